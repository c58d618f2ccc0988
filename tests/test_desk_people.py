"""People at the desk: the file of people, roles and acts, sessions, things that work once, kept forms, the log."""

from __future__ import annotations

import json
import os
import stat
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from desk.people.act_log import ActLog, Entry
from desk.people.acts import (
    NEEDS_RECENT,
    ROLES_OF,
    Act,
    can_require_approval,
    has_administrator,
    may,
    may_approve,
    may_serve,
)
from desk.people.kept_forms import MOST_BYTES, MOST_FORMS, KeptForm, KeptForms
from desk.people.key_file import FILE as KEY
from desk.people.key_file import open_key
from desk.people.one_time import MOST_TRIES, OneTimeFolder, State
from desk.people.people_file import (
    PeopleFile,
    first_administrator,
    sessions_ended,
    with_identity,
    with_person,
    without_person,
)
from desk.people.person import Identity, People, Person, Role
from desk.people.reading import read_people
from desk.people.sessions import Session, Way, form_token, is_form_token, is_recent, sealed, signed_in, unsealed
from desk.people.writing import whole, with_people
from generator.cli import main as noticeboard
from generator.problems import ContentError
from tests.site_fixtures import make_site
from widget.errors import StartRefused

NOW = datetime(2026, 11, 30, 10, 0, tzinfo=UTC)
KEY_BYTES = bytes(range(32))
SIAN = Person("sian1234", "Siân Example", "sian@example.org", frozenset({Role.EDITOR, Role.APPROVER}))
TOM = Person("tom12345", "Tom Example", "tom@example.org", frozenset({Role.EDITOR}))
ANN = Person("ann12345", "Ann Example", "ann@example.org", frozenset({Role.ADMINISTRATOR}))
BY_HAND = """\
# Agreed with HR in May; ask Ann before changing it.
people:
  # Communications
  - id: sian1234
    name: Siân Example   # back in March
    address: sian@example.org
    roles: [editor, approver]
    # her second account is closed
    session: 3
    identities:
      - issuer: https://login.example.org
        subject: 00u1ab

  # Waste
  - id: tom12345
    address: tom@example.org
    name: "Tom Example"
    roles:
      - service
    services: [waste]
# the end
"""
TABLE = {
    Act.READ: "editor approver service administrator",
    Act.PREVIEW: "editor approver service administrator",
    Act.PRINT: "editor approver service administrator",
    Act.EDIT: "editor",
    Act.CREATE: "editor",
    Act.IMPORT: "editor",
    Act.SAVE_SHARED: "editor",
    Act.SAVE_PAGES: "editor",
    Act.TRANSLATE: "editor",
    Act.SHARE_PREVIEW: "editor",
    Act.ASK_APPROVAL: "editor",
    Act.REMARK: "editor approver",
    Act.APPROVE: "approver",
    Act.ASK_CHANGES: "approver",
    Act.PUBLISH: "editor",
    Act.CALL_OFF: "editor",
    Act.TAKE_DOWN: "editor",
    Act.RETIRE: "editor",
    Act.RESTORE: "editor",
    Act.REVIEWED: "editor",
    Act.SEE_WITHDRAWALS: "service",
    Act.ACT_ON_WITHDRAWAL: "service",
    Act.SETTINGS: "administrator",
    Act.PEOPLE: "administrator",
    Act.SEE_LOG: "administrator",
    Act.REMOVE_EXAMPLE: "administrator",
}


def a_person(number: int, *roles: Role) -> Person:
    return Person(f"person{number}", f"Person {number}", f"person{number}@example.org", frozenset(roles))


@pytest.mark.parametrize("act", Act)
@pytest.mark.parametrize("role", Role)
def test_each_role_may_do_what_the_table_says_and_nothing_else(act: Act, role: Role) -> None:
    assert may(a_person(1, role), act) is (role in TABLE[act].split())


@pytest.mark.parametrize("act", Act)
def test_somebody_without_a_role_may_do_nothing(act: Act) -> None:
    assert not may(a_person(1), act)


def test_every_act_has_its_line_in_the_table() -> None:
    assert set(ROLES_OF) == set(Act) == set(TABLE)
    assert all(act.value == act.value.lower() for act in Act)
    assert {Act.SETTINGS, Act.PEOPLE} <= NEEDS_RECENT


@pytest.mark.parametrize("roles", [{Role.APPROVER}, set(Role)])
def test_nobody_approves_their_own_text_an_administrator_neither(roles: set[Role]) -> None:
    person = a_person(1, *roles)
    assert may_approve(person, {"person2"})
    assert not may_approve(person, {"person2", "person1"}), "a second contributor approves their own words"
    assert not may_approve(a_person(3, Role.EDITOR), set())


def test_approval_is_required_only_where_another_person_can_approve_each_writers_text() -> None:
    both, writer, approver = (
        a_person(1, Role.EDITOR, Role.APPROVER),
        a_person(2, Role.EDITOR),
        a_person(3, Role.APPROVER),
    )
    assert can_require_approval(People((writer, approver))).possible
    assert can_require_approval(People((both, replace(both, id="person9")))).possible
    for people, reason in (
        ((), "people.nobody_writes"),
        ((approver,), "people.nobody_writes"),
        ((writer,), "people.nobody_approves"),
        ((both,), "people.nobody_else_approves"),
        ((both, writer), "people.nobody_else_approves"),
    ):
        found = can_require_approval(People(people))
        assert (found.possible, found.reason) == (False, reason)


def test_the_last_administrator_is_known_to_be_the_last() -> None:
    people = People((ANN, SIAN))
    assert has_administrator(people)
    assert not has_administrator(without_person(people, ANN.id))
    assert not has_administrator(with_person(people, replace(ANN, roles=frozenset({Role.EDITOR}))))


def test_somebody_of_a_service_acts_for_that_service_alone() -> None:
    waste = replace(a_person(1, Role.SERVICE), services=("waste",))
    assert may_serve(waste, "waste") and not may_serve(waste, "parking")
    assert may_serve(replace(waste, services=()), "parking")
    assert not may_serve(replace(waste, roles=frozenset({Role.EDITOR})), "waste")


def test_the_file_of_people_is_read_as_it_was_written_by_hand() -> None:
    people = read_people(BY_HAND)
    sian, tom = people.persons
    assert (sian.name, sian.session, sian.roles) == ("Siân Example", 3, {Role.EDITOR, Role.APPROVER})
    assert sian.identities == (Identity("https://login.example.org", "00u1ab"),)
    assert (tom.roles, tom.services, tom.session) == ({Role.SERVICE}, ("waste",), 1)
    assert people.by_address(" SIAN@EXAMPLE.ORG ") is sian
    assert people.by_identity(Identity("https://other.example.org", "00u1ab")) is None


def test_everything_that_is_wrong_in_the_file_of_people_is_said_at_once() -> None:
    text = """\
people:
  - id: "No!"
    name: A
    address: nowhere
    role: [editor]
    roles: [editr]
  - id: abcd
    name: B
    address: b@example.org
    roles: editor
    session: 0
    identities:
      - issuer: login
        subject: x
  - name: C
    address: c@example.org
    roles: []
"""
    with pytest.raises(ContentError) as refused:
        read_people(text)
    said = [str(problem) for problem in refused.value.problems]
    for place, words in (
        (2, "no id"),
        (4, "No letter"),
        (5, "`role`"),
        (6, "editr"),
        (10, "not a list"),
        (11, "session number"),
        (13, "no issuer"),
        (15, "`id` is missing"),
    ):
        assert any(line.startswith(f"people.yml:{place}:") and words in line for line in said), (place, words, said)


@pytest.mark.parametrize(
    ("first", "second", "what"),
    [
        (SIAN, replace(TOM, id="sian1234"), "id"),
        (SIAN, replace(TOM, address="Sian@Example.org"), "address"),
        (
            replace(SIAN, identities=(Identity("https://a.example", "1"),)),
            replace(TOM, identities=(Identity("https://a.example", "1"),)),
            "identity",
        ),
    ],
)
def test_two_people_never_share_an_id_an_address_or_an_identity(first: Person, second: Person, what: str) -> None:
    with pytest.raises(ContentError, match=f"has the {what} of the person on line 3"):
        read_people(whole(People((first, second))))


def test_a_change_leaves_the_remarks_and_the_lines_of_everybody_else() -> None:
    people = read_people(BY_HAND)
    sian = people.persons[0]
    renamed = with_people(BY_HAND, with_person(people, replace(sian, name="Siân Jones")))
    assert renamed == BY_HAND.replace("name: Siân Example   # back", 'name: "Siân Jones"  # back')
    ended = with_people(BY_HAND, sessions_ended(people, "sian1234"))
    assert ended == BY_HAND.replace("session: 3", "session: 4")
    again = with_people(BY_HAND, sessions_ended(people, "tom12345"))
    assert again == BY_HAND.replace("services: [waste]\n", "services: [waste]\n    session: 2\n")
    bound = with_people(BY_HAND, with_identity(people, "tom12345", Identity("https://login.example.org", "9")))
    assert all(line in bound for line in BY_HAND.splitlines())
    gone = with_people(BY_HAND, without_person(people, "tom12345"))
    assert "tom" not in gone and "# Waste" in gone and "# the end" in gone


ROLES = some.frozensets(some.sampled_from(Role))
NAMES = some.text(some.characters(categories=("L", "Nd", "P", "S")), min_size=1, max_size=20)
IDENTITIES = some.lists(
    some.builds(Identity, some.just("https://i.example"), some.from_regex(r"\A[a-z0-9#:]{1,9}\Z")), max_size=2
)


@given(some.lists(some.tuples(NAMES, ROLES, some.integers(1, 99), IDENTITIES), max_size=3), some.randoms())
@settings(max_examples=50)
def test_the_written_file_says_exactly_the_people_that_were_meant(
    drawn: list[tuple[str, frozenset[Role], int, list[Identity]]], chance: Random
) -> None:
    met = set[Identity]()
    persons = [one for one in read_people(BY_HAND).persons if chance.random() < 0.7]
    for number, (name, roles, session, identities) in enumerate(drawn):
        own = tuple(dict.fromkeys(identity for identity in identities if identity not in met))
        met.update(own)
        persons.append(Person(f"new{number}x", name, f"n{number}@example.org", roles, session, own))
    wanted = People(tuple(replace(one, session=one.session + round(chance.random())) for one in persons))
    assert read_people(with_people(BY_HAND, wanted)) == wanted


def test_a_change_of_the_file_counts_from_the_next_reading_be_it_in_the_same_second(tmp_path: Path) -> None:
    file = PeopleFile(tmp_path)
    assert file.people() == People()
    file.path.write_text(whole(People((SIAN,))))
    times = (1_000_000_000, 1_000_000_000)
    os.utime(file.path, times)
    assert file.people().persons == (SIAN,)
    file.path.write_text(whole(People((replace(SIAN, name="Siân Examplo"),))))
    os.utime(file.path, times)
    assert file.people().persons[0].name == "Siân Examplo"


def test_twenty_changes_at_once_all_count(tmp_path: Path) -> None:
    files = [PeopleFile(tmp_path) for _ in range(4)]
    files[0].change(lambda people: with_person(people, SIAN))
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: files[n % 4].change(lambda people: sessions_ended(people, SIAN.id)), range(20)))
    assert files[0].people().persons[0].session == 21


def test_a_refused_change_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    file = PeopleFile(tmp_path)
    file.change(lambda people: with_person(people, SIAN))
    before = file.path.read_bytes()
    with pytest.raises(ContentError):
        file.change(lambda people: with_person(people, replace(TOM, address="sian@example.org")))
    with pytest.raises(ContentError):
        file.change(lambda people: with_person(people, replace(TOM, name="two\nlines")))
    assert file.path.read_bytes() == before
    assert stat.S_IMODE(file.path.stat().st_mode) == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == ["people.lock", "people.yml"]


def test_the_first_administrator_is_made_once(tmp_path: Path) -> None:
    file = PeopleFile(tmp_path)
    with pytest.raises(ContentError, match="No letter can be sent"):
        first_administrator(file, "Ann Example", "ann", lambda: "ann12345")
    made = first_administrator(file, "Ann Example", "ann@example.org", lambda: "ann12345")
    assert made in file.people().persons and may(made, Act.PEOPLE)
    with pytest.raises(ContentError, match="an administrator already"):
        first_administrator(file, "Eve Example", "eve@example.org", lambda: "eve12345")


def test_a_command_makes_the_first_administrator(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    make_site(tmp_path)
    folder = tmp_path / "apart"
    monkeypatch.setenv("DESK_FOLDER", str(folder))
    command = ["desk", "--root", str(tmp_path), "--first-administrator", "Ann Example"]
    assert noticeboard([*command, "ann"]) == 1
    assert "No letter can be sent" in capsys.readouterr().err and not (folder / "people.yml").exists()
    assert noticeboard([*command, "ann@example.org"]) == 0
    assert "Ann Example is the first administrator" in capsys.readouterr().out
    (person,) = PeopleFile(folder).people().persons
    assert person.address == "ann@example.org" and may(person, Act.PEOPLE) and may(person, Act.EDIT)
    assert noticeboard([*command, "eve@example.org"]) == 1
    assert "There is an administrator already. [" in capsys.readouterr().err
    monkeypatch.setenv("DESK_URL", "http://desk.example.org")
    assert noticeboard([*command, "eve@example.org"]) == 2
    assert "Write https://" in capsys.readouterr().err
    assert PeopleFile(folder).people().persons == (person,)


def test_the_key_is_made_once_and_for_the_desks_user_alone(tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    key = open_key(folder, os.urandom)
    assert open_key(folder, os.urandom) == key
    assert stat.S_IMODE((folder / KEY).stat().st_mode) == 0o600
    (folder / KEY).chmod(0o640)
    with pytest.raises(StartRefused, match="chmod 600"):
        open_key(folder, os.urandom)


def a_session(**changed: object) -> Session:
    return replace(Session(SIAN.id, 1, "m" * 22, NOW, NOW, Way.PROVIDER), **changed)  # type: ignore[arg-type]


def test_a_session_holds_eight_hours_and_ends_with_its_number_or_the_person() -> None:
    people = People((SIAN, TOM))
    session = unsealed(KEY_BYTES, sealed(KEY_BYTES, a_session()))
    assert session == a_session()
    assert signed_in(session, people, NOW + timedelta(hours=7, minutes=59)) == SIAN
    assert signed_in(session, people, NOW + timedelta(hours=8)) is None
    assert signed_in(session, people, NOW - timedelta(hours=1)) is None
    assert signed_in(session, sessions_ended(people, SIAN.id), NOW) is None
    assert signed_in(session, without_person(people, SIAN.id), NOW) is None


def test_a_cookie_of_another_key_or_with_one_sign_changed_says_nothing() -> None:
    value = sealed(KEY_BYTES, a_session())
    assert unsealed(bytes(32), value) is None
    for place in range(len(value)):
        other = "A" if value[place] != "A" else "B"
        changed = unsealed(KEY_BYTES, value[:place] + other + value[place + 1 :])
        assert changed in (None, a_session()), "the last sign of base64 carries spare bits alone"


def test_the_cookie_is_under_a_kilobyte_with_the_longest_id() -> None:
    assert len(sealed(KEY_BYTES, a_session(person="x" * 32, number=999_999_999, mark="m" * 43))) < 300


def test_settings_need_a_proof_of_the_last_quarter_of_an_hour() -> None:
    assert is_recent(a_session(), NOW + timedelta(minutes=14))
    assert not is_recent(a_session(), NOW + timedelta(minutes=15))
    assert not is_recent(a_session(proved=None), NOW)
    assert not is_recent(a_session(proved=NOW + timedelta(hours=1)), NOW)
    assert is_recent(a_session(way=Way.LOOPBACK), NOW + timedelta(hours=7))


def test_the_token_of_a_form_lives_with_its_session_and_fits_no_other() -> None:
    token = form_token(KEY_BYTES, "one")
    assert is_form_token(KEY_BYTES, "one", token)
    assert not is_form_token(KEY_BYTES, "two", token)
    assert not is_form_token(KEY_BYTES, "one", "") and not is_form_token(KEY_BYTES, "one", "\ud800é")


def test_a_thing_is_spent_once_however_many_press_at_the_same_moment(tmp_path: Path) -> None:
    folder = OneTimeFolder(tmp_path)
    folder.put("link", "token", NOW, timedelta(minutes=10), {"person": "sian1234"})
    for _ in range(3):
        assert folder.look("link", "token", NOW)[0] is State.READY
    gate = threading.Barrier(8)

    def press(_: int) -> State:
        gate.wait()
        return folder.spend("link", "token", NOW)[0]

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(press, range(8))) == [State.READY] + [State.SPENT] * 7
    assert folder.look("link", "token", NOW)[0] is State.SPENT
    assert folder.look("code", "token", NOW)[0] is State.UNKNOWN
    assert not any(b"token" in path.read_bytes() or "token" in path.name for path in folder.folder.iterdir())


def test_a_thing_ends_by_time_and_is_forgotten_after_the_hour(tmp_path: Path) -> None:
    folder = OneTimeFolder(tmp_path)
    folder.put("link", "token", NOW, timedelta(minutes=10), {})
    late = NOW + timedelta(minutes=10)
    assert folder.spend("link", "token", late)[0] is State.OVER
    folder.put("link", "other", NOW + timedelta(hours=1), timedelta(minutes=10), {})
    assert folder.look("link", "token", late)[0] is State.UNKNOWN
    assert len(list(folder.folder.iterdir())) == 1


def test_a_code_can_be_tried_five_times(tmp_path: Path) -> None:
    folder = OneTimeFolder(tmp_path)
    assert not folder.try_once("code", "nothing")
    folder.put("code", "token", NOW, timedelta(minutes=10), {})
    assert [folder.try_once("code", "token") for _ in range(7)] == [True] * MOST_TRIES + [False] * 2


FORM = KeptForm(SIAN.id, "/notices/waste/save", "/notices/waste", (("text", "tŷ\r\n"), ("text", "b")), NOW)
NAME = "n" * 22


def test_a_kept_form_comes_back_whole_to_its_person_and_to_nobody_else(tmp_path: Path) -> None:
    kept = KeptForms(tmp_path)
    assert kept.keep(NAME, FORM)
    assert kept.of(NAME, SIAN.id, NOW) == FORM
    assert kept.of(NAME, TOM.id, NOW) is None
    assert kept.of(NAME, SIAN.id, NOW + timedelta(hours=1)) is None
    assert kept.of("../people", SIAN.id, NOW) is None
    kept.drop(NAME)
    assert kept.of(NAME, SIAN.id, NOW) is None


def test_kept_forms_have_a_size_and_a_number_and_go_after_an_hour(tmp_path: Path) -> None:
    kept = KeptForms(tmp_path)
    assert not kept.keep(NAME, replace(FORM, fields=(("text", "x" * MOST_BYTES),)))
    for number in range(MOST_FORMS):
        assert kept.keep(f"{number:0>22}", FORM)
    assert not kept.keep(NAME, FORM)
    assert kept.keep("t" * 22, replace(FORM, person=TOM.id)), "somebody else's number is their own"
    assert kept.keep(NAME, replace(FORM, kept=NOW + timedelta(hours=1)))
    assert [path.stem for path in kept.folder.iterdir()] == [NAME]


def test_the_log_holds_ids_and_no_words(tmp_path: Path) -> None:
    log = ActLog(tmp_path)
    log.append(Entry(NOW, SIAN.id, Act.PUBLISH, "waste", "3"))
    for entry in (
        Entry(NOW, "Siân Example", Act.READ),
        Entry(NOW, SIAN.id, Act.READ, "my search term"),
        Entry(NOW, SIAN.id, Act.READ, "a\nb"),
    ):
        with pytest.raises(ValueError, match="ids alone"):
            log.append(entry)
    (line,) = (log.folder / "acts-2026-11.jsonl").read_text().splitlines()
    assert json.loads(line) == {
        "at": "2026-11-30T10:00:00+00:00",
        "person": SIAN.id,
        "act": "publish",
        "to": "waste",
        "version": "3",
    }


def test_the_log_is_read_newest_first_and_by_person_act_and_thing(tmp_path: Path) -> None:
    log = ActLog(tmp_path)
    entries = [
        Entry(NOW - timedelta(days=40), SIAN.id, Act.READ, "waste"),
        Entry(NOW - timedelta(days=1), TOM.id, Act.EDIT, "waste"),
        Entry(NOW, SIAN.id, Act.EDIT, "parking"),
    ]
    for entry in entries:
        log.append(entry)
    with (log.folder / "acts-2026-11.jsonl").open("a") as file:
        file.write('{"at": broken\n')
    assert list(log.entries()) == entries[::-1]
    assert list(log.entries(person=SIAN.id)) == [entries[2], entries[0]]
    assert list(log.entries(act=Act.EDIT, to="waste")) == [entries[1]]
    assert list(log.entries(since=date(2026, 11, 30))) == [entries[2]]


def test_months_of_the_log_that_are_old_enough_are_dropped_whole(tmp_path: Path) -> None:
    log = ActLog(tmp_path)
    for days in (0, 40, 80):
        log.append(Entry(NOW - timedelta(days=days), SIAN.id, Act.READ))
    assert log.drop_past(lambda day: day + timedelta(days=60), date(2026, 11, 30)) == 1, (
        "September's last day was kept until 29"
    )
    assert sorted(path.name for path in log.folder.iterdir()) == ["acts-2026-10.jsonl", "acts-2026-11.jsonl"]
