"""The people of the desk and its log in a browser: added, changed, taken out, and never without an administrator."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser as Chromium

from desk.people.acts import Act
from desk.people.person import Identity, Person, Role
from desk.strings import LANGUAGES, desk_words
from tests.desk_access_fixtures import Browser, Desk
from tests.desk_fixtures import ANNA, CERI, served_desk, whole_desk
from tests.desk_pages import fields_of, look, send, text_of
from tests.site_fixtures import make_site

DAN = replace(CERI, id="dan12345", name="Dan Example", address="dan@example.org")
ISSUER = "https://login.example.org"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    folder.mkdir()
    return make_site(folder)


@pytest.fixture
def desk(root: Path) -> Desk:
    return whole_desk(root, CERI, ANNA)


def visiting(desk: Desk, person: Person = CERI) -> Browser:
    browser = desk.browser()
    assert browser.sign_in(person).status_code == 303
    return browser


@pytest.fixture
def ceri(desk: Desk) -> Browser:
    return visiting(desk)


def change(browser: Browser, person: Person, page: Any = None, **fields: Any) -> Any:
    """Send a person's form with some fields changed; a form has one field `roles` a role."""
    path = f"/desk/people/{person.id}"
    roles = [str(role) for role in person.roles]
    return send(browser, page or browser.get(path), path, **({"roles": roles} | fields))


def test_the_list_has_everybody_with_their_roles(ceri: Browser) -> None:
    text = text_of(ceri.get("/desk/people"))
    assert "Anna Example" in text and "Editor" in text and "ceri@example.org" in text


def test_a_person_is_added_and_can_sign_in(desk: Desk, ceri: Browser) -> None:
    answer = send(
        ceri, ceri.get("/desk/people/new"), "/desk/people/new",
        name="Siân Example", address="sian@example.org", roles=["approver", "service"], services="waste, parking",
        issuer=ISSUER, subject="00u1ab",
    )  # fmt: skip
    assert answer.status_code == 303 and "Siân Example is added." in text_of(ceri.get("/desk/people"))
    (added,) = [one for one in desk.access.people.people().persons if one.name == "Siân Example"]
    assert added.roles == {Role.APPROVER, Role.SERVICE} and added.services == ("waste", "parking")
    assert added.identities == (Identity(ISSUER, "00u1ab"),)
    assert visiting(desk, added).get("/desk/").status_code == 200
    assert next(iter(desk.access.log.entries(act="people"))).to == added.id


def test_a_changed_role_counts_from_the_next_page_on(desk: Desk, ceri: Browser) -> None:
    anna = visiting(desk, ANNA)
    assert anna.get("/desk/import").status_code == 200
    assert change(ceri, ANNA, roles=["service"]).status_code == 303
    assert anna.get("/desk/import").status_code == 403


def test_only_the_lines_of_what_changed_are_written(desk: Desk, ceri: Browser) -> None:
    path = desk.access.people.path
    path.write_text(path.read_text("utf-8") + "    # Anna is away in May.\n", "utf-8")
    before = path.read_text("utf-8").splitlines()
    assert change(ceri, ANNA, name="Anna Other").status_code == 303
    after = path.read_text("utf-8").splitlines()
    assert [line for line in after if line not in before] == ['    name: "Anna Other"']
    assert "    # Anna is away in May." in after


def test_an_account_can_be_bound_and_taken_away(desk: Desk, ceri: Browser) -> None:
    assert change(ceri, ANNA, issuer=ISSUER, subject="00u1ab").status_code == 303
    assert desk.access.people.people().by_identity(Identity(ISSUER, "00u1ab")) is not None
    page = ceri.get(f"/desk/people/{ANNA.id}")
    assert f'value="{ISSUER}"' in text_of(page)
    assert change(ceri, ANNA, page, issuer=["", ""], subject=["", ""]).status_code == 303
    assert desk.access.people.people().by_identity(Identity(ISSUER, "00u1ab")) is None


@pytest.mark.parametrize(
    ("fields", "field", "said"),
    [
        ({"name": " "}, "name", "Write a name"),
        ({"address": "anna"}, "address", "Write an email address"),
        ({"address": "CERI@example.org"}, "address", "Somebody else has this address"),
        ({"services": "Bins & bags"}, "services", "Write ids of services"),
        ({"issuer": ISSUER, "subject": ""}, "identities", "Write both lines"),
        ({"issuer": "login", "subject": "1"}, "identities", "Write both lines"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_the_words_stay(
    desk: Desk, ceri: Browser, fields: dict[str, str], field: str, said: str
) -> None:
    before = desk.access.people.people()
    answer = change(ceri, ANNA, **({"name": "Another Name"} | fields))
    text = text_of(answer)
    assert (
        answer.status_code == 400 and said in text and f'<a href="#{field}">' in text and f'id="{field}-wrong"' in text
    )
    assert desk.access.people.people() == before
    assert fields_of(answer)["name"] == fields.get("name", "Another Name").strip()


def test_nobody_has_the_account_of_somebody_else(desk: Desk, ceri: Browser) -> None:
    desk.add(replace(CERI, identities=(Identity(ISSUER, "1"),)))
    answer = change(ceri, ANNA, issuer=ISSUER, subject="1")
    assert answer.status_code == 400 and "Somebody else has this work account" in text_of(answer)


def test_somebody_stays_who_can_name_people(desk: Desk, ceri: Browser) -> None:
    answer = change(ceri, CERI, roles=["editor"])
    assert answer.status_code == 400 and "Somebody must stay administrator" in text_of(answer)
    out = ceri.press(answer, f"/desk/people/{CERI.id}/out", sure="yes")
    assert out.status_code == 400 and desk.access.people.people().by_id(CERI.id) is not None


def test_taking_somebody_out_needs_a_tick_and_ends_every_session(desk: Desk, ceri: Browser) -> None:
    anna, elsewhere = visiting(desk, ANNA), visiting(desk, ANNA)
    page = ceri.get(f"/desk/people/{ANNA.id}")
    assert ceri.press(page, f"/desk/people/{ANNA.id}/out").status_code == 400
    assert anna.get("/desk/").status_code == 200
    assert ceri.press(page, f"/desk/people/{ANNA.id}/out", sure="yes").status_code == 303
    for browser in (anna, elsewhere):
        assert "/desk/sign-in" in browser.get("/desk/").location
    assert ceri.get(f"/desk/people/{ANNA.id}").status_code == 404


def test_every_session_of_a_person_can_be_ended(desk: Desk, ceri: Browser) -> None:
    anna = visiting(desk, ANNA)
    ceri.press(ceri.get(f"/desk/people/{ANNA.id}"), f"/desk/people/{ANNA.id}/sessions")
    assert "/desk/sign-in" in anna.get("/desk/").location
    assert visiting(desk, ANNA).get("/desk/").status_code == 200


def test_two_administrators_do_not_write_over_each_other_unseen(desk: Desk, ceri: Browser) -> None:
    desk.add(DAN)
    dan = visiting(desk, DAN)
    page = dan.get(f"/desk/people/{ANNA.id}")
    change(ceri, ANNA, roles=["editor", "approver"])
    answer = change(dan, ANNA, page, name="Anna Other")
    assert answer.status_code == 409 and "Somebody else changed this person meanwhile" in text_of(answer)
    found = desk.access.people.people().by_id(ANNA.id)
    assert found is not None and found.has(Role.APPROVER) and found.name == ANNA.name


def test_the_last_approver_can_leave_and_the_desk_says_what_follows(desk: Desk, root: Path, ceri: Browser) -> None:
    desk.add(replace(DAN, roles=frozenset({Role.APPROVER})))
    site = root / "site.yml"
    site.write_text(site.read_text("utf-8") + "approval: required\n", "utf-8")
    page = ceri.get(f"/desk/people/{DAN.id}")
    assert ceri.press(page, f"/desk/people/{DAN.id}/out", sure="yes").status_code == 303
    assert "Approval is required, and some texts cannot be approved" in text_of(ceri.get("/desk/people"))


def test_people_and_the_log_are_for_administrators_alone(desk: Desk) -> None:
    anna = visiting(desk, ANNA)
    for path in ("/desk/people", "/desk/people/new", f"/desk/people/{ANNA.id}", "/desk/log"):
        assert anna.get(path).status_code == 403, path


# The log.


def test_the_log_shows_a_month_and_one_person(desk: Desk, ceri: Browser) -> None:
    desk.access.write(ANNA.id, Act.EDIT, "library")
    desk.access.write("gone1234", Act.APPROVE, "library", "3")
    desk.access.write(ANNA.id, "something-new", "library")
    desk.access.write(ANNA.id, "refused-settings")
    desk.clock.later(days=3)
    ceri = visiting(desk)
    text = text_of(ceri.get("/desk/log"))
    assert "<option selected>2026-12</option>" in text and "saved a text" not in text
    text = text_of(ceri.get("/desk/log?month=2026-11"))
    assert "30 November 2026, 10:00" in text and "saved a text" in text and "gone1234" in text and "library 3" in text
    assert "something-new" in text and "was refused: changed the settings" in text
    assert "signed in on the desk’s own machine" in text
    assert "gone1234" not in text_of(ceri.get(f"/desk/log?month=2026-11&person={ANNA.id}"))
    for query in ("month=2026-13", "month=../people", "page=99", "page=x", "person=nobody"):
        assert ceri.get(f"/desk/log?{query}").status_code == 200


def test_a_long_month_has_pages(desk: Desk, ceri: Browser) -> None:
    for number in range(250):
        desk.access.write(ANNA.id, Act.EDIT, f"notice-{number}")
    first, last = text_of(ceri.get("/desk/log")), text_of(ceri.get("/desk/log?page=3"))
    assert "notice-249" in first and "notice-10 " not in first and 'rel="next"' in first
    assert "notice-0<" in last and 'rel="next"' not in last


def test_each_act_has_words_in_both_languages() -> None:
    for language in LANGUAGES:
        assert {f"act.{act}" for act in Act} <= set(desk_words(language).sentences)


def test_the_pages_fit_and_have_no_barrier(browser: Chromium, root: Path) -> None:
    with served_desk(root, CERI, ANNA) as desk:

        def wrong(page: Any) -> None:
            page.locator("#address").fill("nobody")
            page.locator("main form button").first.click()

        look(browser, desk, CERI, "/desk/people")
        look(browser, desk, CERI, "/desk/people/new", wrong)
        look(browser, desk, CERI, f"/desk/people/{ANNA.id}")
        look(browser, desk, CERI, "/desk/log")
