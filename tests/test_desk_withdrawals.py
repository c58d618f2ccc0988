"""The desk's list of withdrawals and Done: against a real endpoint on loopback, and against answers that are none."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import requests
from werkzeug.test import TestResponse

from desk.config import Config as DeskConfig
from desk.people.person import Person, Role
from desk.strings import LANGUAGES, desk_words
from desk.withdrawals import done_form
from desk.withdrawals.client import MOST_BYTES, Client
from desk.withdrawals.connection import beside, install
from desk.withdrawals.done_form import Report, Typed
from desk.withdrawals.listing import Chosen, Group, for_services, grouped, matching
from desk.withdrawals.waiting import CannotReach, Listed, OpenWithdrawal, Reason, Recorded, Refused
from generator.preview.endpoint import Endpoint as PreviewEndpoint
from tests.consent_fixtures import acts, published, welsh
from tests.consent_fixtures import english as english_words
from tests.desk_access_fixtures import Browser, Clock, made_desk, token_of
from tests.desk_fixtures import NOW
from tests.desk_withdrawals_fixtures import COUNCIL, SAM, Endpoint, answering, desk_of, endpoint, key_file
from tests.serving import free_port
from tests.site_fixtures import make_site
from tests.test_open_withdrawals import fail
from widget.cli import main
from widget.errors import StartRefused
from widget.ledger.events import Done, Kind
from widget.mail.message import Why
from widget.views.shared import service_of

TODAY = date(2026, 11, 30)


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Endpoint]:
    with endpoint(tmp_path / "endpoint") as found:
        yield found


@pytest.fixture
def key(tmp_path: Path, here: Endpoint, capsys: pytest.CaptureFixture[str]) -> Path:
    return key_file(tmp_path, here.config, lambda: capsys.readouterr().out)


@pytest.fixture
def client(here: Endpoint, key: Path) -> Client:
    return Client(here.address, key.read_text("ascii").strip())


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    folder.mkdir()
    return make_site(folder)


@pytest.fixture
def browser(root: Path, here: Endpoint, key: Path) -> Browser:
    return desk_of(root, here.address, key)


def listed(client: Client, language: str = "en") -> Listed:
    found = client.open_withdrawals(language)
    assert isinstance(found, Listed)
    return found


def done(here: Endpoint) -> list[tuple[str | None, str | None, str]]:
    """The reports in the ledger: code, by whom, when."""
    with service_of(here.app).store.reading() as reading:
        return [(one.code, one.recorded_by, one.happened) for one in acts(reading) if one.kind is Kind.ACTED]


# The client.


def test_the_client_lists_what_waits_as_values(here: Endpoint, client: Client) -> None:
    reference = here.withdraw(language="cy")
    here.ask()
    withdrawal, request = listed(client).withdrawals
    assert (withdrawal.kind, withdrawal.label, withdrawal.reference) == (Kind.WITHDRAWN, "Family Hub news", reference)
    assert (withdrawal.language, withdrawal.version, withdrawal.service) == ("cy", 2, "Family Hubs")
    assert (withdrawal.deadline, withdrawal.acted, withdrawal.told) == (TODAY + timedelta(days=7), None, None)
    assert request.request and request.notice is None and request.deadline > withdrawal.deadline
    fail(here.config, where="kind <> 'link'")
    letters = listed(client).letters
    assert {(one.letter, one.why) for one in letters} == {
        ("withdrawn", Why.REFUSED),
        ("withdrawal-requested", Why.REFUSED),
    }
    assert "Canary" not in repr(listed(client))


def test_the_client_records_once_and_says_who_acted_before(here: Endpoint, client: Client) -> None:
    here.withdraw()
    (one,) = listed(client).withdrawals
    assert [client.done(one.number, Done.STOPPED, SAM.id, "Taken off") for _ in range(2)] == [
        Recorded(True),
        Recorded(False),
    ]
    refused = client.done(one.number, Done.OTHER, "another")
    assert isinstance(refused, Refused) and refused.acted is not None
    assert (refused.acted.by, refused.acted.what) == (SAM.id, Done.STOPPED)
    assert client.done(one.number, Done.OTHER, "another", beside=True) == Recorded(True)
    assert client.done(1, Done.STOPPED, SAM.id) == Refused(None)
    again = client.withdrawal(one.number, "en")
    assert isinstance(again, OpenWithdrawal) and again.acted is not None and again.acted.by == "another"
    assert client.withdrawal(1, "en") is None
    assert listed(client).withdrawals == ()


def test_a_key_that_may_not_and_one_that_is_none_are_told_apart_from_being_away(
    tmp_path: Path, here: Endpoint, capsys: pytest.CaptureFixture[str]
) -> None:
    other = key_file(tmp_path, here.config, lambda: capsys.readouterr().out, "--may", "events")
    for text in (other.read_text("ascii").strip(), "nonsense", "a\u0000b"):
        assert Client(here.address, text).open_withdrawals("en") in (
            CannotReach(Reason.KEY),
            CannotReach(Reason.AWAY),
        )
    assert Client(here.address, "nonsense").done(1, Done.STOPPED, SAM.id) == CannotReach(Reason.KEY)
    away = Client(f"http://127.0.0.1:{free_port()}", "nonsense")
    assert away.open_withdrawals("en") == away.done(1, Done.STOPPED, SAM.id) == CannotReach(Reason.AWAY)
    assert "nonsense" not in repr(away)


def test_the_key_never_goes_to_another_host(
    here: Endpoint, client: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    seen: list[dict[str, Any]] = []

    def elsewhere(environ: dict[str, Any], start: Any) -> list[bytes]:
        seen.append(environ)
        start("200 OK", [("Content-Type", "application/json")])
        return [b"{}"]

    with answering(elsewhere) as (there, _stop):

        def redirecting(environ: dict[str, Any], start: Any) -> list[bytes]:
            start("307 Temporary Redirect", [("Location", f"{there}{environ['PATH_INFO']}")])
            return [b""]

        with answering(redirecting) as (address, _stop):
            led = Client(address, client.key)
            assert led.open_withdrawals("en") == led.done(1, Done.STOPPED, SAM.id) == CannotReach(Reason.STRANGE)
        monkeypatch.setenv("http_proxy", there)
        monkeypatch.setenv("ALL_PROXY", there)
        netrc = tmp_path / "netrc"
        netrc.write_text("machine 127.0.0.1 login somebody password secret\n")
        monkeypatch.setenv("NETRC", str(netrc))
        assert isinstance(client.open_withdrawals("en"), Listed)
    assert seen == []


ITEM: dict[str, Any] = {
    "seq": 7,
    "kind": "withdrawn",
    "notice": "a",
    "title": "A",
    "label": None,
    "version": 1,
    "language": "en",
    "said_in": "en",
    "service": "S",
    "reference": None,
    "request": None,
    "channel": "web",
    "deadline": "2026-12-01",
    "told": None,
    "happened": "2026-11-24T09:00:00Z",
    "acted": None,
}
PAGE = {"withdrawals": [ITEM], "undelivered": [], "next": 7, "more": False}


@pytest.mark.parametrize(
    "said",
    [
        *(b"", b"<h1>Welcome</h1>", b"[]", b"null", b"{}", b"\xff", b"[" * 100_000),
        *(json.dumps(PAGE | wrong).encode() for wrong in ({"more": None, "next": None}, {"withdrawals": 7})),
        *(
            json.dumps(PAGE | {"withdrawals": [ITEM | wrong]}).encode()
            for wrong in (
                *({"kind": "praised"}, {"deadline": "soon"}, {"seq": "7"}, {"title": 7}, {"happened": "2026-11-24"}),
                *({"acted": {}}, {"version": True}, {"told": "never"}),
            )
        ),
        b" " * (MOST_BYTES + 1),
    ],
    ids=lambda said: repr(said[:24]) + str(len(said)),
)
def test_an_answer_that_no_endpoint_gives_is_an_error_value(said: bytes) -> None:
    def strange(_environ: dict[str, Any], start: Any) -> list[bytes]:
        start("200 OK", [("Content-Type", "application/json")])
        return [said]

    with answering(strange) as (address, _stop):
        assert Client(address, "key").open_withdrawals("en") == CannotReach(Reason.STRANGE)


def test_a_server_that_drips_is_not_waited_for_without_end() -> None:
    ticks = iter(range(0, 10_000, 6))

    def dripping(_environ: dict[str, Any], start: Any) -> Iterator[bytes]:
        start("200 OK", [("Content-Type", "application/json")])
        for _ in range(1000):
            yield b" " * 70_000

    with answering(dripping) as (address, _stop):
        slow = Client(address, "key", monotonic=lambda: float(next(ticks)))
        assert slow.open_withdrawals("en") == CannotReach(Reason.AWAY)


def test_a_long_list_is_read_page_after_page_and_says_where_it_ends() -> None:
    asked: list[str] = []

    def endless(environ: dict[str, Any], start: Any) -> list[bytes]:
        asked.append(environ["QUERY_STRING"])
        number = len(asked)
        start("200 OK", [("Content-Type", "application/json")])
        page = PAGE | {"withdrawals": [ITEM | {"seq": number}], "next": number, "more": True}
        return [json.dumps(page).encode()]

    with answering(endless) as (address, _stop):
        found = listed(Client(address, "key"))
    assert [one.number for one in found.withdrawals] == list(range(1, 11)) and not found.whole
    assert asked[0].startswith("after=0&") and asked[-1].startswith("after=9&")


# The list, pure.


def waiting(number: int, **other: Any) -> OpenWithdrawal:
    values: dict[str, Any] = {
        "kind": Kind.WITHDRAWN,
        "notice": "family-hubs",
        "title": "Family Hubs",
        "label": "Café news",
        "version": 1,
        "language": "en",
        "said_in": "en",
        "service": "Family Hubs",
        "reference": "7KQ-M2X-TPF",
        "request": None,
        "channel": "web",
        "happened": datetime(2026, 11, 24, 9, tzinfo=UTC),
        "deadline": TODAY,
        "told": None,
    }
    return OpenWithdrawal(number=number, **values | other)


def test_the_most_urgent_comes_first_in_groups() -> None:
    days = {1: 8, 2: -1, 3: 0, 4: 7, 5: -9, 6: 7}
    found = grouped([waiting(number, deadline=TODAY + timedelta(days=days[number])) for number in days], TODAY)
    assert {group: [one.number for one in own] for group, own in found.items()} == {
        Group.OVERDUE: [5, 2],
        Group.SOON: [3, 4, 6],
        Group.LATER: [1],
    }
    assert list(found) == [Group.OVERDUE, Group.SOON, Group.LATER] and grouped([], TODAY) == {}


@pytest.mark.parametrize(
    ("chosen", "numbers"),
    [
        (Chosen(), [1, 2, 3]),
        (Chosen(service="LIBRARY service"), [2, 3]),
        (Chosen(notice="family-hubs"), [1, 3]),
        (Chosen(text="7kqm2xtpf"), [1, 2]),
        (Chosen(text="7KQ-M2X-TPF cafe"), [1, 2]),
        (Chosen(text="abc"), [3]),
        (Chosen(text="nothing of this"), []),
    ],
)
def test_a_choice_keeps_what_may_be_about_any_notice(chosen: Chosen, numbers: list[int]) -> None:
    everything = [
        waiting(1),
        waiting(2, service="Library Service", notice="library"),
        waiting(3, notice=None, service="The council", label=None, reference=None, request="ABC-DEF-GHJ"),
    ]
    assert [one.number for one in matching(everything, chosen)] == numbers
    for services, own in (((), [1, 2, 3]), (("library",), [2, 3]), (("library service",), [2, 3]), (("x",), [3])):
        assert [one.number for one in for_services(everything, services)] == own


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        (Typed(), {"what"}),
        (Typed("praised", "30/11/2026"), {"what"}),
        (Typed("other", "30/11/2026"), {"note"}),
        (Typed("stopped", "yesterday"), {"on"}),
        (Typed("stopped", "31/11/2026"), {"on"}),
        (Typed("stopped", "1/12/2026"), {"on"}),
        (Typed("stopped", "23/11/2026"), {"on"}),
        (Typed("stopped", "24/11/2026", "x" * 2001), {"note"}),
        (Typed("", "x", "a\x00b"), {"what", "on", "note"}),
    ],
)
def test_everything_that_is_wrong_with_what_was_typed_is_said_at_once(typed: Typed, wrong: set[str]) -> None:
    said = done_form.read(typed, TODAY, datetime(2026, 11, 24, 9, tzinfo=UTC))
    assert isinstance(said, Typed) and set(said.wrong or {}) == wrong
    assert (said.what, said.on, said.note) == (typed.what, typed.on, typed.note)
    for language in LANGUAGES:
        assert all(desk_words(language)(key) for key in (said.wrong or {}).values())


@pytest.mark.parametrize("on", ["24/11/2026", "24.11.2026", "2026-11-24", "24 11 2026"])
def test_an_earlier_day_is_its_end_and_today_is_now(on: str) -> None:
    said = done_form.read(Typed("stopped", on), TODAY, datetime(2026, 11, 24, 23, 30, tzinfo=UTC))
    assert isinstance(said, Report) and said.on is not None
    assert said.on.astimezone(UTC) == datetime(2026, 11, 24, 23, 59, 59, tzinfo=UTC)
    today = done_form.read(Typed("stopped", "30/11/2026"), TODAY, datetime(2026, 11, 24, tzinfo=UTC))
    assert isinstance(today, Report) and today.on is None


# The pages.


def press(browser: Browser, number: object, fields: dict[str, str]) -> TestResponse:
    """Send the form Done with the token of a page."""
    return browser.press(browser.get("/desk/"), f"/desk/withdrawals/{number}/done", **fields)


def text_of(browser: Browser, path: str, status: int = 200, language: str = "en") -> str:
    answer = browser.get(path, headers={"Accept-Language": language})
    assert answer.status_code == status
    return unescape(answer.text)


def test_the_list_shows_what_waits_and_nobodys_name(here: Endpoint, browser: Browser) -> None:
    reference, other = here.withdraw(), here.withdraw("library")
    here.ask(notice="library")
    page = text_of(browser, "/desk/withdrawals")
    for part in ("Family Hub news", "Library news", reference, other, "Act by 7 December 2026", "Within seven days"):
        assert part in page
    assert "Family Hubs privacy notice</span>, Version 2, in English" in page and page.count("<h2") == 2
    assert "Canary" not in page and "0161" not in page
    found = text_of(browser, f"/desk/withdrawals?reference={reference}")
    assert reference in found and other not in found and "1 of 3" in found
    assert reference not in text_of(browser, "/desk/withdrawals?service=Library+Service")
    assert reference not in text_of(browser, "/desk/withdrawals?notice=library&find=library")
    assert "Nothing that waits fits" in text_of(browser, "/desk/withdrawals?find=nothing-like-this")
    here.clock.move(days=8)
    welsh = text_of(browser, "/desk/withdrawals", language="cy")
    assert "<h3>Family Hub news" in welsh and '<h3 lang="en">Library news' in welsh, "the library's notice has no Welsh"
    assert "Tynnu'n ôl a cheisiadau" in welsh and "O fewn saith diwrnod" in welsh and "yn Saesneg" in welsh


def test_a_service_sees_its_own_and_cannot_act_on_anothers(root: Path, here: Endpoint, key: Path) -> None:
    reference, other = here.withdraw(), here.withdraw("library")
    library = desk_of(
        root, here.address, key, replace(SAM, id="lib12345", address="lib@example.org", services=("library",))
    )
    page = text_of(library, "/desk/withdrawals")
    assert other in page and reference not in page
    numbers = re.findall(r"/desk/withdrawals/(\d+)/done", page)
    assert len(numbers) == 1
    everybody = text_of(desk_of(root, here.address, key), "/desk/withdrawals")
    (hidden,) = set(re.findall(r"/desk/withdrawals/(\d+)/done", everybody)) - set(numbers)
    assert reference not in text_of(library, f"/desk/withdrawals/{hidden}/done", 404)
    assert press(library, hidden, {"what": "stopped"}).status_code == 404
    assert done(here) == []


def test_done_is_recorded_once_with_who_and_when(here: Endpoint, browser: Browser) -> None:
    here.withdraw()
    (number,) = re.findall(r"/desk/withdrawals/(\d+)/done", text_of(browser, "/desk/withdrawals"))
    form = text_of(browser, f"/desk/withdrawals/{number}/done")
    assert 'value="30/11/2026"' in form and "Family Hub news" in form
    said = {"what": "stopped", "on": "30/11/2026", "note": "Off the list"}
    for words in ("Recorded. It is off the list.", "This was recorded before."):
        sent = press(browser, number, said)
        assert (sent.status_code, sent.location) == (303, "/desk/withdrawals")
        page = text_of(browser, "/desk/withdrawals")
        assert words in page and "Nothing waits for you." in page
    assert "Nothing that waits fits what you chose." in text_of(browser, "/desk/withdrawals?find=FHN")
    assert f"{SAM.name} recorded this on 30 November 2026" in text_of(browser, f"/desk/withdrawals/{number}/done")
    ((code, by, _when),) = done(here)
    assert (code, by) == ("stopped", SAM.id)


def test_what_was_typed_stays_where_it_is_wrong(here: Endpoint, browser: Browser) -> None:
    here.withdraw()
    (number,) = re.findall(r"/desk/withdrawals/(\d+)/done", text_of(browser, "/desk/withdrawals"))
    sent = press(browser, number, {"on": "31/12/2026", "note": "<b>Kept</b>\r\nline"})
    page = unescape(sent.text)
    assert sent.status_code == 400 and "There is a problem" in page
    assert "Choose what was done." in page and "This day is in the future." in page
    assert "&lt;b&gt;Kept&lt;/b&gt;\nline</textarea>" in sent.text and 'value="31/12/2026"' in page
    assert done(here) == []


def test_a_second_person_reads_who_acted_and_may_add_to_it(
    root: Path, here: Endpoint, key: Path, client: Client
) -> None:
    here.withdraw()
    (one,) = listed(client).withdrawals
    assert client.done(one.number, Done.PASSED_ON, "another") == Recorded(True)
    browser = desk_of(root, here.address, key)
    said = {"what": "stopped", "on": "30/11/2026", "note": "Mine"}
    sent = press(browser, one.number, said)
    page = unescape(sent.text)
    assert sent.status_code == 409
    assert "another recorded this on 30 November 2026: Somebody else holds the consent" in page
    assert "Mine</textarea>" in page and 'value="stopped" checked' in page
    assert press(browser, one.number, said | {"beside": "yes"}).status_code == 303
    assert [code for code, _by, _when in done(here)] == ["passed-on", "stopped"]


def test_letters_that_reached_nobody_are_listed_with_why(here: Endpoint, browser: Browser) -> None:
    reference = here.withdraw()
    assert "Letters that reached nobody" not in text_of(browser, "/desk/withdrawals")
    fail(here.config)
    letters = text_of(browser, "/desk/withdrawals").partition("Letters that reached nobody")[2]
    assert "A withdrawal, to your service" in letters and reference in letters
    assert "The mail server does not know the address" in letters


def test_a_letter_that_somebody_dealt_with_leaves_the_list_once_and_for_its_service_alone(
    root: Path, here: Endpoint, key: Path, browser: Browser
) -> None:
    here.withdraw()
    fail(here.config)
    page = text_of(browser, "/desk/withdrawals")
    (path,) = re.findall(r'action="(/desk/withdrawals/letters/\d+)"', page)
    library = replace(SAM, id="lib12345", address="lib@example.org", services=("library",))
    other = desk_of(root, here.address, key, library)
    assert path not in text_of(other, "/desk/withdrawals")
    for who, how, words in (
        (other, "reached", "This letter is not on your list any more."),
        (browser, "praised", "Choose what came of the letter."),
        (browser, "reached", "Recorded. The letter is off the list."),
        (browser, "reached", "This letter is not on your list any more."),
    ):
        assert who.press(who.get("/desk/"), path, how=how).status_code == 303
        assert words in text_of(who, "/desk/withdrawals")
    assert path not in text_of(browser, "/desk/withdrawals") and "Family Hub news" in text_of(
        browser, "/desk/withdrawals"
    )
    acts = [entry.to for entry in browser.desk.access.log.entries() if entry.act == "act-on-withdrawal"]
    assert acts == [f"letter-{path.rpartition('/')[2]}"]
    here.stop()
    assert browser.press(browser.get("/desk/"), path, how="reached").status_code == 303


def test_the_desk_beside_the_preview_shows_its_withdrawals_with_a_key_that_ends_with_it(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = published(tmp_path / "preview", COUNCIL, {"en": english_words(), "cy": welsh()})
    preview = PreviewEndpoint(root, config.manifest.parent, "127.0.0.1", free_port(), lambda: None)
    with answering(preview) as (address, _stop):
        connection = beside(address, preview.key)
        desk = made_desk(root, SAM, clock=Clock(NOW))
        install(desk.app, desk.access.config, connection)
        browser = desk.browser()
        browser.sign_in(SAM)
        assert "Nothing waits for you." in text_of(browser, "/desk/withdrawals")
        requests.post(f"{address}/withdraw", data={"phone": "0161 496 0002"}, timeout=20)
        assert "Asked to withdraw, without a receipt" in text_of(browser, "/desk/withdrawals")
        (number,) = re.findall(r"/desk/withdrawals/(\d+)/done", text_of(browser, "/desk/withdrawals"))
        assert press(browser, number, {"what": "stopped"}).status_code == 303
        events = requests.get(f"{address}/api/events", headers={"Authorization": f"Bearer {preview.key()}"}, timeout=20)
        assert events.status_code == 403, "the key is for withdrawals alone"
        secret = preview.key().encode()
        preview.close()
    database = f"sqlite:///{root / 'var' / 'consents.db'}"
    assert main(["key", "list", "--database", database]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert line.split("\t")[3] != "-", "the key is revoked"
    assert not [path for path in root.rglob("*") if path.is_file() and secret in path.read_bytes()]


def test_while_the_endpoint_is_away_the_pages_say_so_and_keep_what_was_typed(
    root: Path, here: Endpoint, key: Path
) -> None:
    here.withdraw()
    browser = desk_of(root, here.address, key)
    (number,) = re.findall(r"/desk/withdrawals/(\d+)/done", text_of(browser, "/desk/withdrawals"))
    here.stop()
    assert "We cannot reach the consent service." in text_of(browser, "/desk/withdrawals", 503)
    assert "We cannot reach" in text_of(browser, f"/desk/withdrawals/{number}/done", 503)
    said = {"what": "passed-on", "on": "29/11/2026", "note": "Kept words"}
    sent = press(browser, number, said)
    page = unescape(sent.text)
    assert sent.status_code == 503 and "What you typed is still here." in page
    assert "Kept words</textarea>" in page and 'value="29/11/2026"' in page and 'value="passed-on" checked' in page
    assert done(here) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_desk_without_an_endpoint_or_its_key_says_what_is_missing(root: Path, tmp_path: Path, language: str) -> None:
    empty = tmp_path / "empty"
    empty.write_text("\n")
    words = desk_words(language)("withdrawals.away_not_set")
    for number, (address, file) in enumerate(
        ((None, None), ("http://127.0.0.1:1", tmp_path / "none"), ("http://127.0.0.1:1", empty))
    ):
        site = tmp_path / str(number)
        site.mkdir()
        make_site(site)
        assert words in text_of(desk_of(site, address, file), "/desk/withdrawals", 503, language)


def test_a_long_list_has_pages(root: Path, tmp_path: Path) -> None:
    items = [ITEM | {"seq": number, "reference": f"REF-{number:03}"} for number in range(1, 251)]

    def long(_environ: dict[str, Any], start: Any) -> list[bytes]:
        start("200 OK", [("Content-Type", "application/json")])
        return [json.dumps(PAGE | {"withdrawals": items}).encode()]

    file = tmp_path / "key"
    file.write_text("key")
    with answering(long) as (address, _stop):
        browser = desk_of(root, address, file)
        seen: list[str] = []
        path = "/desk/withdrawals?find=ref"
        for _ in range(3):
            page = text_of(browser, path)
            seen += re.findall(r"<dd>(REF-\d+)</dd>", page)
            path = (re.findall(r'rel="next" href="([^"]+)"', page) or [""])[0]
        assert path == "" and seen == [str(item["reference"]) for item in items]
        assert "Page 3 of 3" in text_of(browser, "/desk/withdrawals?page=9999")


@pytest.mark.parametrize(
    ("environ", "wrong"),
    [
        ({"DESK_CONSENTS": "privacy.example.org"}, "such as https://privacy.example.org"),
        ({"DESK_CONSENTS": "http://privacy.example.org"}, "the key would travel in the open"),
        ({"DESK_CONSENTS": "https://a@privacy.example.org"}, "such as https://privacy.example.org"),
        ({"DESK_CONSENTS": "https://privacy.example.org"}, "Name the file with the key."),
        ({"DESK_CONSENTS_KEY_FILE": "key"}, "Write where the consent endpoint answers."),
    ],
)
def test_a_wrong_address_of_the_endpoint_refuses_the_start(environ: dict[str, str], wrong: str) -> None:
    with pytest.raises(StartRefused, match=re.escape(wrong)):
        DeskConfig.from_env(environ)


def test_a_token_that_is_no_good_and_a_wrong_role_do_nothing_and_lose_nothing(
    root: Path, here: Endpoint, browser: Browser, key: Path
) -> None:
    here.withdraw()
    (number,) = re.findall(r"/desk/withdrawals/(\d+)/done", text_of(browser, "/desk/withdrawals"))
    said = {"what": "stopped", "on": "30/11/2026", "note": "Kept words"}
    for fields in (said, said | {"form_token": "made up"}):
        sent = browser.post(f"/desk/withdrawals/{number}/done", fields)
        assert sent.status_code == 403 and "Kept words</textarea>" in sent.text and "Family Hub news" in sent.text
    token = token_of(browser.get(f"/desk/withdrawals/{number}/done"))
    elsewhere = browser.post(
        f"/desk/withdrawals/{number}/done", said | {"form_token": token}, headers={"Sec-Fetch-Site": "same-site"}
    )
    assert elsewhere.status_code == 403
    editor = Person("edi12345", "Edi Example", "edi@example.org", frozenset({Role.EDITOR, Role.ADMINISTRATOR}))
    other = desk_of(root, here.address, key, editor)
    assert other.get("/desk/withdrawals").status_code == 403
    assert press(other, number, said).status_code == 403
    assert browser.desk.browser().get("/desk/withdrawals").status_code == 303
    assert done(here) == []


def test_the_log_has_acts_and_looks_with_ids_alone(here: Endpoint, browser: Browser, root: Path) -> None:
    reference = here.withdraw()
    page = text_of(browser, f"/desk/withdrawals?find={reference}")
    (number,) = re.findall(r"/desk/withdrawals/(\d+)/done", page)
    assert press(browser, number, {"what": "stopped"}).status_code == 303
    written = [(entry.person, str(entry.act), entry.to) for entry in browser.desk.access.log.entries()]
    assert written[:2] == [(SAM.id, "act-on-withdrawal", number), (SAM.id, "see-withdrawals", "")]
    assert reference not in str(written)
