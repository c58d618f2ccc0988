"""One grammar and one folding of mail addresses: what a form accepts is what a letter can bear."""

from __future__ import annotations

import os
import random
from dataclasses import replace
from datetime import UTC, date, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.content.decode import EMAIL
from tests.consent_fixtures import MANIFEST, V2, answer, english, form, published
from widget.app import close_app, create_app
from widget.cli import main
from widget.consent.input import CONTROL, Answer, answer_from_json
from widget.consent.lookups import refold_lookups
from widget.consent.recording import record_answer
from widget.errors import Refusal
from widget.ledger.events import Decision
from widget.mail.delivery import send_due
from widget.mail.message import Letter
from widget.people.addresses import REASONS, Address, BadAddress, address, lookup
from widget.people.details import Details
from widget.service import Service
from widget.store.transaction import Writing
from widget.views.shared import service_of

TODAY = date(2026, 11, 22)

LONG = os.environ.get("FAULTS") == "long"
RANDOM = random.Random(20261129)  # noqa: S311 (a test that can be repeated)
PEPPER = bytes(32)
NASTY = [
    *'..@@  ,;:<>()[]"\\\t\r\n\x00\x1b\x7f%!|/=?',
    *"\u00a0\u00ad\u034f\u200b\u200e\u202e\u2028\u2060\ufe0f\ufeff\ud800\uffff\ue000\U000e0041",
    *(
        "é",
        "ß",
        "ς",
        "İ",
        "ｅ",
        "。",
        "☃",
        "xn--",
        "xn--a",
        "=?utf-8?q?=40?=",
        "\r\nBcc: b@example.org",
        "..",
        "x" * 70,
    ),
]
HOSTS = (
    "example.org",
    "straße.example",
    "mail.example.org",
    "[127.0.0.1]",
    "example",
    "xn--strae-oqa.example",
    "1.2.3.4",
)


def hostile() -> str:
    """An address with one to four signs put where they may not be."""
    text = f"{RANDOM.choice(['jane', 'jane.doe', 'j', 'o+x'])}{RANDOM.randrange(10**6)}@{RANDOM.choice(HOSTS)}"
    for _ in range(RANDOM.randint(1, 4)):
        place = RANDOM.choice([0, len(text), text.find("@"), text.find("@") + 1, RANDOM.randint(0, len(text))])
        text = text[:place] + RANDOM.choice(NASTY) + text[place:]
    return text


def borne(to: Address) -> list[str]:
    """The addresses that a program which reads the letter finds in it."""
    letter = Letter("a@example.org", "council@example.org", "Council", str(to), "S", "B\n", datetime.now(UTC))
    message = message_from_bytes(bytes(letter.message()), policy=policy.default)
    assert isinstance(message, EmailMessage)
    assert not message["To"].defects
    return [found.addr_spec for found in message["To"].addresses]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("resident@example.org", "resident@example.org"),
        ("First.Last+news@Mail.EXAMPLE.org", "First.Last+news@mail.example.org"),
        (" o'neil@example.org ", "o'neil@example.org"),
        ("resident@straße.example", "resident@xn--strae-oqa.example"),
        ("resident@xn--strae-oqa.example", "resident@xn--strae-oqa.example"),
        ("resident@bücher.example", "resident@xn--bcher-kva.example"),
        ("a" * 64 + "@example.org", "a" * 64 + "@example.org"),
    ],
)
def test_an_address_is_kept_as_letters_bear_it(text: str, kept: str) -> None:
    assert str(address(text)) == kept
    assert borne(address(text)) == [kept]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a..b@x.org", "email-dots"),
        (".a@x.org", "email-dots"),
        ("jane.@example.org", "email-dots"),
        ("siân@example.org", "email-letters"),
        ("\u200bjane@example.org", "email-unseen"),
        ("jane@example.org\u200b", "email-unseen"),
        ("ja\u00adne@example.org", "email-unseen"),
        ("jane@exam\u00adple.org", "email-unseen"),
        ("jane@example.org\ufe0f", "email-unseen"),
        ("jane\u00a0@example.org", "email-unseen"),
        ("jane@example.org\n", "email-unseen"),
        ("a@example.org\r\nBcc: b@example.org", "email-unseen"),
        ("a@example.org\u2028", "email-unseen"),
        ("\ud800@example.org", "email-unseen"),
        ("A Name <a@example.org>", "email"),
        ("a(comment)@example.org", "email"),
        ('"a b"@example.org', "email"),
        ("a@example.org,b@example.org", "email"),
        ("a@example.org b@example.org", "email"),
        ("a@@example.org", "email"),
        ("example.org", "email"),
        ("@example.org", "email"),
        ("", "email"),
        ("a@", "email-domain"),
        ("a@example", "email-domain"),
        ("a@.org", "email-domain"),
        ("a@example.org.", "email-domain"),
        ("a@a_b.org", "email-domain"),
        ("a@[127.0.0.1]", "email-domain"),
        ("a@127.0.0.1", "email-domain"),
        ("a@☃.example", "email-domain"),
        ("a" * 65 + "@example.org", "email-long"),
        ("a" * 60 + "@" + ".".join(["b" * 60] * 4) + ".org", "email-long"),
        ("a" * 10**6, "email-long"),
    ],
)
def test_an_address_that_no_letter_can_bear_is_refused_with_its_reason(text: str, code: str) -> None:
    with pytest.raises(BadAddress) as refused:
        address(text)
    assert refused.value.code == code
    with pytest.raises(Refusal) as answered:
        answer_from_json(answer(photos="given") | {"email": text or "x"}, MANIFEST, TODAY)
    assert answered.value.status == 400
    assert {wrong.field for wrong in answered.value.wrongs} == {"email"}


def test_residents_read_a_sentence_for_each_reason() -> None:
    assert all(f"endpoint.wrong.{code}" in english() for code in REASONS)


@given(
    st.text(max_size=40)
    | st.builds("{}@{}".format, st.text(max_size=20), st.sampled_from(HOSTS) | st.text(max_size=20))
)
def test_whatever_is_accepted_is_borne_by_a_letter_to_that_address_alone(text: str) -> None:
    try:
        accepted = address(text)
    except BadAddress as error:
        assert error.code in REASONS
        return
    assert borne(accepted) == [str(accepted)]
    assert address(str(accepted)) == accepted
    assert lookup(text, PEPPER) == lookup(str(accepted), PEPPER)


PARTS = st.sampled_from(["a", "B", "7", "council", "x-y", "-", "--", ".", "+", "_", "'", "%", "é"])


@given(
    st.lists(PARTS, max_size=5).map("".join),
    st.lists(PARTS, max_size=6).map("".join),
    st.sampled_from(["org", "7", "o", "o7"]),
)
def test_the_endpoint_can_write_to_every_mailbox_that_site_yml_may_name(local: str, domain: str, last: str) -> None:
    text = f"{local}@{domain}.{last}"
    if EMAIL.fullmatch(text):
        assert str(address(text)).lower() == text.lower()


@pytest.mark.parametrize(
    "text", ["a..b@x.org", ".a@x.org", "siân@example.org", "a@-x.org", "a@x..org", "a@x.1", "a@[1.2.3.4]"]
)
def test_site_yml_names_no_mailbox_that_no_letter_can_reach(text: str) -> None:
    assert not EMAIL.fullmatch(text)


@given(st.text())
def test_any_text_can_be_looked_up(text: str) -> None:
    assert len(lookup(text, PEPPER)) == 32


def test_a_look_up_tells_domains_apart_and_knows_each_spelling_of_one() -> None:
    assert lookup("Resident@STRASSE.example", PEPPER) != lookup("resident@straße.example", PEPPER)
    assert lookup("Resident@Straße.example", PEPPER) == lookup("resident@xn--strae-oqa.example", PEPPER)
    assert lookup("Si\u00e2n@example.org", PEPPER) == lookup("sia\u0302n@example.org", PEPPER)


class Bytes:
    """A transport that writes each letter out, as any real one does, and keeps whom it was for."""

    def __init__(self) -> None:
        self.to: list[str] = []

    def send(self, letter: Letter, *, again: bool) -> None:
        assert bytes(letter.message())
        self.to.append(letter.to)


def on_file(here: Service, *emails: str) -> None:
    """Answers with addresses as an earlier release took them: without this grammar."""

    def record(writing: Writing) -> None:
        for email in emails:
            said = Answer(V2, {"photos": Decision.GIVEN}, said=Details(email))
            record_answer(writing, said, here.manifest, here.sealing)

    here.store.write(record)


def test_no_hostile_address_stops_a_letter_or_breaks_a_form(tmp_path: Path) -> None:
    count, together = (100_000, 1000) if LONG else (400, 100)
    config = replace(published(tmp_path), mail_hourly=count, mail_daily=count)
    app = create_app(config)
    client = app.test_client(use_cookies=False)
    here, box, accepted = service_of(app), Bytes(), 0
    for part in range(count // together):
        texts = [hostile() for _ in range(together)]
        for text in texts:
            try:
                answer_from_json(answer(photos="given") | {"email": text}, MANIFEST, TODAY)
                accepted += 1
            except Refusal as refusal:
                assert refusal.status == 400
        for text in texts[:10]:
            sent = client.post("/consent/family-hubs", data=form(V2, photos="given") | {"email": _in_a_form(text)})
            assert sent.status_code in (303, 400)
        kept = [text for text in texts if not CONTROL.search(text)]  # the releases before refused these alone
        on_file(here, *kept, f"last{part}@example.org")
        done = send_due(here, box)
        assert done.failed == 0
        assert box.to[-1] == f"last{part}@example.org"
        with here.store.reading() as reading:
            assert reading.unsent() == 0
    close_app(app)
    print(f"{count} hostile addresses: {accepted} can bear a letter, the others are refused; no letter stopped another")


def _in_a_form(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


@pytest.mark.postgresql
def test_look_ups_of_an_earlier_release_are_made_anew_at_start(each_database: str, tmp_path: Path) -> None:
    config = published(tmp_path)
    app = create_app(config)
    here = service_of(app)
    on_file(here, "resident@straße.example", "siân@example.org")
    here.store.write(_spoil)
    with here.store.reading() as reading:
        assert reading.known_by(lookup("siân@example.org", here.keys.pepper)) == []
    close_app(app)
    app = create_app(config)
    here = service_of(app)
    with here.store.reading() as reading:
        for typed in ("Resident@xn--strae-oqa.example", "SIÂN@example.org"):
            assert len(reading.known_by(lookup(typed, here.keys.pepper))) == 1
    assert refold_lookups(here.store, here.sealing) == 0
    close_app(app)


def _spoil(writing: Writing) -> None:
    """Look-ups as the release before made them."""
    for number, subject in enumerate(list(writing.subjects())):
        writing.refold(subject, bytes([number]) * 32, 1)


def test_staff_erase_an_old_address_and_cannot_record_a_bad_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    config = published(tmp_path)
    for name, value in config.environ().items():
        monkeypatch.setenv(name, value)
    app = create_app(config)
    on_file(service_of(app), "siân@example.org")
    close_app(app)
    said = ["--notice", "family-hubs", "--decision", "photos=given", "--channel", "phone", "--by", "17"]
    assert main(["record", *said, "--happened", "2026-01-20", "--email", "jane.@example.org"]) == 2
    assert "a dot cannot be first or last before the @" in capsys.readouterr().err
    assert main(["erase", "--email", "SIÂN@example.org", "--by", "17"]) == 0
