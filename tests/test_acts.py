"""One act is one event, in the right order, and every page, letter and API says the same about where a consent stands."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.consent_fixtures import MANIFEST, V1, V2, FakeClock, acts, answer, confirm_address, form, published
from tests.site_fixtures import PROJECT
from widget.app import close_app, create_app
from widget.cli import main
from widget.config import Config
from widget.consent.erasure import erase
from widget.consent.on_file import held_of
from widget.consent.recording import Recorder
from widget.ledger.events import ConsentEvent
from widget.mail.compose import details_of
from widget.manifest import layout_from_json
from widget.people.details import Details
from widget.views.shared import service_of

RESIDENT = "resident@example.org"
PUBLISHED = len(MANIFEST.versions)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client(use_cookies=False)


@pytest.fixture
def key(config: Config, app: Flask, capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    """The header of a system of the council's."""
    assert main(["key", "add", "case system", "--database", config.database, "--keys", str(config.keys_folder)]) == 0
    return {"Authorization": f"Bearer {capsys.readouterr().out.strip()}"}


def written(app: Flask) -> list[ConsentEvent]:
    """The events of people."""
    with service_of(app).store.reading() as reading:
        return acts(reading)


def confirm_all(app: Flask) -> None:
    """As if everybody had used the link that was mailed to them."""
    here = service_of(app)
    for subject in {event.subject or "": None for event in written(app)}:
        with here.store.reading() as reading:
            known = held_of(reading, here.sealing, subject).address is not None
        if known:
            confirm_address(here, subject)


def bearer(receipt: dict[str, Any]) -> dict[str, str]:
    return {"Authorization": f"Bearer {receipt['token']}"}


def give(client: FlaskClient, **more: str) -> dict[str, Any]:
    """The receipt of a yes to the news."""
    response = client.post("/api/consents", json=answer(V2, service_news="given") | more)
    assert response.status_code == 201
    return dict(response.json or {})


def status(client: FlaskClient, key: dict[str, str], **asked: str) -> dict[str, Any]:
    """A service's view of the news."""
    sent = {"notice": "family-hubs", "consent": "service-news", **asked}
    return dict(client.post("/api/status", json=sent, headers=key).json or {})


# One answer about where a consent stands.


@pytest.mark.postgresql
def test_two_answers_of_one_address_that_differ_are_no_consent_anywhere(
    app: Flask, client: FlaskClient, key: dict[str, str]
) -> None:
    first, second = give(client, email=RESIDENT), give(client, email=RESIDENT)
    confirm_all(app)
    assert status(client, key, email=RESIDENT)["valid"] is True
    assert client.get("/api/receipts", headers=bearer(first)).json["ambiguous"] == []  # type: ignore[index]
    client.post(f"/receipt/{second['token']}/withdraw", data={"consent": "service-news"})
    asked = status(client, key, email=RESIDENT)
    assert (asked["state"], asked["valid"], asked["since"], asked["seq"]) == ("ambiguous", False, None, None)
    assert status(client, key, reference=first["reference"])["state"] == "given"
    assert status(client, key, reference=second["reference"])["state"] == "withdrawn"
    for one in (first, second):
        assert "it sees no yes" in client.get(f"/receipt/{one['token']}").text
        assert client.get("/api/receipts", headers=bearer(one)).json["ambiguous"] == ["service-news"]  # type: ignore[index]
    client.post(f"/receipt/{first['token']}/withdraw", data={"consent": "service-news"})
    assert status(client, key, email=RESIDENT)["state"] == "withdrawn"
    assert "it sees no yes" not in client.get(f"/receipt/{first['token']}").text


def test_an_address_that_nobody_confirmed_makes_nobody_elses_answer_ambiguous(
    app: Flask, client: FlaskClient, key: dict[str, str]
) -> None:
    own = give(client, email=RESIDENT)
    confirm_all(app)
    client.post("/api/consents", json=answer(V2, service_news="refused") | {"email": RESIDENT})
    assert status(client, key, email=RESIDENT)["state"] == "given"
    assert "it sees no yes" not in client.get(f"/receipt/{own['token']}").text


@pytest.mark.postgresql
def test_the_feed_says_what_results_and_not_only_what_was_said(
    app: Flask, client: FlaskClient, key: dict[str, str], clock: FakeClock
) -> None:
    receipt = give(client)
    clock.move(days=1)
    client.post(f"/receipt/{receipt['token']}/withdraw", data={"consent": "service-news"})
    here = service_of(app)
    subject = written(app)[0].subject or ""
    here.store.write(lambda writing: erase(writing, subject, Recorder("staff", "FH-3")))
    feed = client.get(f"/api/events?after={PUBLISHED}", headers=key).json or {}
    assert [(event["kind"], event["state"]) for event in feed["events"]] == [
        ("given", "given"),
        ("withdrawn", "withdrawn"),
        ("erased", "none"),
    ]
    rest = client.get(f"/api/events?after={PUBLISHED + 1}", headers=key).json or {}
    assert [event["state"] for event in rest["events"]] == ["withdrawn", "none"]


# Words that are not in force, and receipts that are over.


def test_a_version_dated_in_the_future_is_not_offered_and_not_answered(app: Flask, client: FlaskClient) -> None:
    far = next(one for one in MANIFEST.versions if one.version == 3)
    assert client.post("/api/consents", json=answer(far, service_news="given")).status_code == 409
    refused = client.post("/consent/family-hubs", data=form(far, service_news="given"))
    assert (refused.status_code, V2.digest in refused.text) == (409, True)
    assert V2.digest in client.get("/consent/family-hubs?version=3").text
    assert client.get("/api/notices/family-hubs?version=3").json["digest"] == V2.digest  # type: ignore[index]
    assert written(app) == []


@pytest.mark.postgresql
def test_an_erased_receipt_takes_no_new_answer(app: Flask, client: FlaskClient) -> None:
    receipt = client.post("/api/consents", json=answer(V1, service_news="given")).json or {}
    subject = written(app)[0].subject or ""
    service_of(app).store.write(lambda writing: erase(writing, subject, Recorder("staff", "FH-3")))
    before = written(app)
    assert client.post(f"/receipt/{receipt['token']}/renew", data=form(V2, service_news="given")).status_code == 303
    assert written(app) == before
    anew = client.post("/api/consents", json=answer(V2, service_news="given"), headers=bearer(receipt)).json or {}
    assert anew["reference"] != receipt["reference"]  # the person sees where the new answer is
    assert client.get("/api/receipts", headers=bearer(anew)).json["state"] == {"service-news": "given"}  # type: ignore[index]


@pytest.mark.postgresql
def test_new_words_are_answered_from_the_receipt_once_and_only_while_they_are_asked(
    app: Flask, client: FlaskClient
) -> None:
    receipt = client.post("/api/consents", json=answer(V1, service_news="given")).json or {}
    renew, sent = f"/receipt/{receipt['token']}/renew", form(V2, service_news="given")
    for _ in range(2):
        assert client.post(renew, data=sent).status_code == 303
    client.post(f"/receipt/{receipt['token']}/withdraw", data={"consent": "service-news"})
    assert client.post(renew, data=sent).status_code == 303
    assert [event.kind for event in written(app)] == ["given", "renewed", "withdrawn"]


# One act is one event.


def id_in(text: str) -> str:
    """The id of the view that a page is."""
    (found,) = re.findall(r'name="request_id" value="([^"]+)"', text)
    return str(found)


def kinds(app: Flask) -> list[str]:
    return [str(event.kind) for event in written(app)]


@pytest.mark.postgresql
def test_a_form_without_an_id_comes_back_with_its_choices_and_one_and_only_that_is_recorded(
    app: Flask, client: FlaskClient
) -> None:
    sent = form(photos="given", service_news="refused") | {"email": RESIDENT, "acting_for": "self"}
    for request_id in ("", "short", "not an id of ours, whatever it is"):
        back = client.post("/consent/family-hubs", data=sent | {"request_id": request_id})
        assert (back.status_code, kinds(app)) == (200, [])
        assert "Your answer is not saved yet." in back.text
        assert back.text.count(" checked") == 2 and f'value="{RESIDENT}"' in back.text
    saved = client.post("/consent/family-hubs", data=sent | {"request_id": id_in(back.text)})
    assert (saved.status_code, sorted(kinds(app))) == (303, ["given", "refused"])


def test_every_visit_is_a_view_of_its_own_and_back_finds_the_old_one(client: FlaskClient) -> None:
    first, second = (client.get("/consent/family-hubs") for _ in range(2))
    assert id_in(first.text) != id_in(second.text)
    assert len(id_in(first.text)) >= 22
    assert first.headers["Cache-Control"] == "private, no-cache"
    wrong = client.post("/consent/family-hubs", data=form() | {"request_id": id_in(first.text)})
    assert (wrong.status_code, id_in(wrong.text)) == (400, id_in(first.text))
    unsaved = client.post("/consent/family-hubs", data=form(photos="given") | {"request_id": ""})
    assert unsaved.headers["Cache-Control"] == "private, no-cache"


@pytest.mark.postgresql
def test_what_is_sent_twice_from_one_view_is_one_act_with_script_and_without(app: Flask, client: FlaskClient) -> None:
    sent = form(photos="given") | {"email": RESIDENT}
    places = {client.post("/consent/family-hubs", data=sent).location for _ in range(2)}
    assert len(places) == 1 and kinds(app) == ["given"]
    scripted = answer(photos="given") | {"email": RESIDENT, "request_id": sent["request_id"]}
    again = client.post("/api/consents", json=scripted)
    assert (again.status_code, kinds(app)) == (200, ["given"])
    assert places == {f"/receipt/{(again.json or {})['token']}"}
    client.post(f"{places.pop()}/withdraw", data={"consent": "photos"})
    client.post("/consent/family-hubs", data=sent)
    assert kinds(app) == ["given", "withdrawn"]


@pytest.mark.postgresql
def test_another_answer_from_the_same_view_joins_the_receipt_of_the_first(app: Flask, client: FlaskClient) -> None:
    sent = form(photos="given")
    first = client.post("/consent/family-hubs", data=sent).location
    assert client.post("/consent/family-hubs", data=sent | {"decision.photos": "refused"}).location == first
    assert client.post("/consent/family-hubs", data=sent).location == first
    assert kinds(app) == ["given", "withdrawn"]  # to send the first once more is no new yes
    somebody = sent | {"email": "somebody.else@example.org"}
    assert client.post("/consent/family-hubs", data=somebody).location != first


def test_another_child_has_a_receipt_of_its_own(client: FlaskClient) -> None:
    sent = form(photos="given") | {"acting_for": "child"}
    first = client.post("/consent/family-hubs", data=sent).location
    assert client.post("/consent/family-hubs", data=sent | {"decision.photos": "refused"}).location != first
    next_child = "/consent/family-hubs?language=en&amp;for=child"  # a new view
    assert f'href="{next_child}"' in client.get(first).text


@pytest.mark.postgresql
def test_thirty_forms_at_once_from_one_view_are_one_act(app: Flask) -> None:
    sent = form(photos="given") | {"email": RESIDENT}

    def send(_: int) -> str:
        return str(app.test_client().post("/consent/family-hubs", data=sent).location)

    with ThreadPoolExecutor(12) as pool:
        assert len(set(pool.map(send, range(30)))) == 1
    assert kinds(app) == ["given"]


@pytest.mark.parametrize(
    ("key", "status"),
    [
        ("2f1c5a34-9b60-4c8e-8d0a-0d5a6f8b1c22", 201),
        ("A_b-0123456789abcdefgh", 201),
        ("A_b-0123456789abcdefg", 400),
        ("order 4711 of a clerk, long", 400),
        ("x" * 256, 400),
        ("01890a5d-ac96-774b-bcce-b302099a8057", 400),
        ("2f1c5a34-9b60-1c8e-8d0a-0d5a6f8b1c22", 400),
        ("", 400),
    ],
)
def test_a_key_that_can_be_guessed_hands_out_no_token(client: FlaskClient, key: str, status: int) -> None:
    for expected in (status, 200 if status == 201 else status):
        told = client.post("/api/consents", json=answer(photos="given"), headers={"Idempotency-Key": key})
        assert told.status_code == expected
        assert ("token" in (told.json or {})) == (expected < 400)


@pytest.mark.postgresql
def test_a_key_binds_only_what_was_written(app: Flask, client: FlaskClient) -> None:
    receipt = give(client)
    headers = bearer(receipt) | {"Idempotency-Key": "0123456789abcdef-012345"}
    nothing_new = client.post("/api/consents", json=answer(V2, service_news="given"), headers=headers)
    other = client.post("/api/consents", json=answer(V2, service_news="refused"), headers=headers)
    assert (nothing_new.status_code, other.status_code) == (200, 201)
    assert client.post("/api/consents", json=answer(V2, photos="given"), headers=headers).status_code == 422
    assert kinds(app) == ["given", "withdrawn"]


def test_the_endpoint_of_this_release_answers_the_script_of_the_last_one(app: Flask, client: FlaskClient) -> None:
    """A page that was open, or is cached, still sends a UUID as the key and no id of the view."""
    key = {"Idempotency-Key": "2f1c5a34-9b60-4c8e-8d0a-0d5a6f8b1c22"}
    statuses = [client.post("/api/consents", json=answer(photos="given"), headers=key).status_code for _ in range(2)]
    assert (statuses, kinds(app)) == ([201, 200], ["given"])


def words_before() -> dict[str, str]:
    """The words of the layout that release 0.1.0 built."""
    layout = layout_from_json((PROJECT / "tests/releases/0.1.0/built/endpoint.json").read_text("utf-8"))
    return dict(layout.shells["en"].words)


def test_on_a_layout_of_the_last_release_no_heading_or_label_is_empty(tmp_path: Path) -> None:
    app = create_app(published(tmp_path, words={"en": words_before()}), FakeClock())
    client = app.test_client(use_cookies=False)
    receipt = f"/receipt/{give(client)['token']}"
    asked = client.post("/withdraw", data={"notice": "family-hubs", "email": RESIDENT}).location
    for address in (receipt, f"{receipt}?mailed", asked):
        shown = client.get(address)
        assert shown.status_code == 200
        assert re.findall(r"<(h\d|dt|p|label|summary|button)\b[^>]*>\s*</", shown.text) == []
    assert "<h2>Keep this receipt</h2>" in client.get(receipt).text
    close_app(app)


def test_a_layout_of_the_last_release_does_not_stop_the_form(tmp_path: Path) -> None:
    words = words_before()
    app = create_app(published(tmp_path, words={"en": words}), FakeClock())
    client = app.test_client(use_cookies=False)
    back = client.post("/consent/family-hubs", data=form(photos="given") | {"request_id": ""})
    assert (back.status_code, words["consent_form.failed"] in back.text) == (200, True)
    first, second = give(client, email=RESIDENT), give(client, email=RESIDENT)
    confirm_all(app)
    client.post(f"/receipt/{second['token']}/withdraw", data={"consent": "service-news"})
    assert client.get(f"/receipt/{first['token']}").status_code == 200
    close_app(app)


# What staff record.


def record(config: Config, *options: str) -> int:
    places = ("--database", config.database, "--keys", str(config.keys_folder), "--manifest", str(config.manifest))
    return main(["record", *places, *options])


SAID = ("--notice", "family-hubs", "--channel", "phone", "--by", "FH-3")


@pytest.mark.postgresql
def test_a_late_paper_form_is_recorded_and_revives_nothing(
    app: Flask, client: FlaskClient, config: Config, clock: FakeClock, capsys: pytest.CaptureFixture[str]
) -> None:
    """A yes on the web, a withdrawal on the web, then a paper yes of two days before the withdrawal is typed in."""
    receipt = give(client)
    clock.move(days=2)
    client.post(f"/receipt/{receipt['token']}/withdraw", data={"consent": "service-news"})
    late = (*SAID, "--reference", receipt["reference"], "--decision", "service-news=given")
    assert record(config, *late, "--happened", "22 November 2026") == 0
    told = capsys.readouterr().out
    assert "family-hubs service-news: stays withdrawn" in told and "this yes is not later" in told
    assert kinds(app) == ["given", "withdrawn", "given"]
    assert client.get("/api/receipts", headers=bearer(receipt)).json["state"] == {"service-news": "withdrawn"}  # type: ignore[index]


@pytest.mark.postgresql
def test_a_yes_after_the_persons_own_withdrawal_needs_the_form_or_their_word(
    app: Flask, client: FlaskClient, config: Config, clock: FakeClock, capsys: pytest.CaptureFixture[str]
) -> None:
    receipt = give(client)
    client.post(f"/receipt/{receipt['token']}/withdraw", data={"consent": "service-news"})
    yes = (
        *SAID,
        "--reference",
        receipt["reference"],
        "--decision",
        "service-news=given",
        "--happened",
        "24/11/2026 2.30pm",
    )
    assert record(config, *yes) == 2
    assert "--digest: they withdrew service-news on 22 November 2026." in capsys.readouterr().err
    assert record(config, *yes, "--digest", V1.digest) == 2
    assert record(config, *yes, "--digest", V2.digest, "--dry-run") == 0
    assert "service-news: withdrawn -> given" in capsys.readouterr().out
    assert kinds(app) == ["given", "withdrawn"]
    assert record(config, *yes, "--digest", V2.digest) == 0
    assert kinds(app) == ["given", "withdrawn", "given"]
    stop = (
        *SAID,
        "--reference",
        receipt["reference"],
        "--decision",
        "service-news=withdrawn",
        "--happened",
        "25/11/2026",
    )
    assert record(config, *stop) == 0
    again = (*yes[:-1], "26/11/2026 9am")
    assert record(config, *again) == 2
    assert record(config, *again, "--person-confirmed") == 0
    assert kinds(app)[3:] == ["withdrawn", "given"]


IMPOSSIBLE = {
    "in the future": (("--happened", "1 Jan 2999"), "--happened: 1 Jan 2999 lies in the future."),
    "no such day": (("--happened", "31/02/2026"), "February 2026 has 28 days"),
    "no time at all": (("--happened", "soon"), "soon is not a time. Write 24/11/2026"),
    "before the version": (
        ("--happened", "1 January 2026", "--version", "2"),
        "--happened: version 2 was published on 2 January 2026, after that.",
    ),
    "a version of the future": (("--version", "3"), "--happened: version 3 is in force from 1 June 2027."),
    "a version that is none": (("--version", "9"), "--version: family-hubs has no version 9 in en."),
    "an empty name": (("--name", " "), "--name: this is empty."),
    "a bad address": (("--email", "a b@example.org"), "--email: no letter can be sent to a b@example.org"),
    "a consent that is none": (("--decision", "photo=given"), "There are: service-news, photos."),
    "a name as staff": (("--by", "Jane Smith"), "never a name or an address"),
    "a name with a dot": (("--by", "jane.smith"), "never a name or an address"),
    "an address as staff": (("--by", "desk@example.org"), "never a name or an address"),
    "a withdrawal of nobody": (("--decision", "photos=withdrawn"), "--reference: whose is it?"),
    "a receipt that is none": (("--reference", "AAA-AAA-AAA"), "--reference: there is no receipt AAA-AAA-AAA."),
}


@pytest.mark.parametrize("case", IMPOSSIBLE)
def test_what_cannot_be_is_refused_with_what_to_write(
    app: Flask, config: Config, capsys: pytest.CaptureFixture[str], case: str
) -> None:
    wrong, said = IMPOSSIBLE[case]
    usual = {"--happened": "20 Nov 2026", "--decision": "service-news=given"}
    more = [part for name, value in usual.items() if name not in wrong for part in (name, value)]
    assert record(config, *SAID, *more, *wrong) == 2
    told = capsys.readouterr().err
    assert said in told and told.startswith("consents record: Nothing was recorded.")
    assert written(app) == []


def test_a_withdrawal_is_never_before_the_yes(
    app: Flask, client: FlaskClient, config: Config, capsys: pytest.CaptureFixture[str]
) -> None:
    receipt = give(client)
    stop = (*SAID, "--reference", receipt["reference"], "--decision", "service-news=withdrawn", "--happened")
    assert record(config, *stop, "21 Nov 2026") == 2
    assert "they said yes at 2026-11-22T09:30, after that" in capsys.readouterr().err
    assert record(config, *stop, "22 Nov 2026") == 0
    assert kinds(app) == ["given", "withdrawn"]


@pytest.mark.postgresql
def test_staff_record_a_withdrawal_by_mail_of_somebody_without_a_receipt(
    app: Flask, config: Config, capsys: pytest.CaptureFixture[str]
) -> None:
    mail = ("--notice", "family-hubs", "--channel", "email", "--by", "FH-3", "--happened", "20 Nov 2026 9am")
    assert record(config, *mail, "--decision", "service-news=withdrawn", "--name", "A Resident", "--case", "FH-17") == 0
    told = capsys.readouterr().out
    assert "no receipt, so the service is asked to find them" in told and "Reference: " in told
    (event,) = written(app)
    assert (event.kind, event.channel, event.recorded_by) == ("withdrawal-requested", "email", "FH-3")
    assert (event.happened, event.notice) == ("2026-11-20T09:00:00.000Z", "family-hubs")


@pytest.mark.postgresql
def test_the_same_act_typed_twice_is_one_act(app: Flask, config: Config, capsys: pytest.CaptureFixture[str]) -> None:
    said = (*SAID, "--decision", "photos=given", "--happened", "20 Nov 2026", "--name", "A Resident")
    for _ in range(2):
        assert record(config, *said) == 0
    assert "This was recorded before." in capsys.readouterr().out
    assert kinds(app) == ["given"]


CSV = """\
\ufeffDecision,--happened,name,case,channel
service-news=given; photos=refused,24/10/2026,A Resident,FH-17,post
photos=given,2026-11-01 14:30,"Resident, B.",,phone

service-news=withdrawn,1 Nov 2026,C Resident,,email
"""


@pytest.mark.postgresql
def test_a_file_is_recorded_in_one_go_and_only_once(
    app: Flask, config: Config, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "forms.csv"
    file.write_text(CSV, "utf-8")
    for _ in range(2):
        assert record(config, "--csv", str(file), "--notice", "family-hubs", "--by", "FH-3") == 0
        told = capsys.readouterr().out
    assert told.count("This was recorded before.") == 3
    found = written(app)
    assert [(event.kind, event.channel) for event in found] == [
        ("given", "post"),
        ("refused", "post"),
        ("given", "phone"),
        ("withdrawal-requested", "email"),
    ]
    assert found[2].happened == "2026-11-01T14:30:00.000Z"


def test_every_problem_of_a_file_is_told_and_nothing_of_it_recorded(
    app: Flask, config: Config, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "forms.csv"
    more = "photo=given,31/02/2026,,,post\nphotos=given,1/11/2026,D Resident,,fax\n"
    file.write_text(CSV + more, "utf-8")
    assert record(config, "--csv", str(file), "--notice", "family-hubs", "--by", "FH-3") == 2
    told = capsys.readouterr().err
    for part in ("line 6, column happened: “31/02/2026”", "line 7, column channel: fax is not one of"):
        assert part in told
    file.write_text(CSV + "photo=given,1/11/2026,,,post\n", "utf-8")
    assert record(config, "--csv", str(file), "--notice", "family-hubs", "--by", "FH-3") == 2
    assert "line 6, column decision: version 2 of family-hubs has no consent photo." in capsys.readouterr().err
    file.write_text("decision,when\nphotos=given,today\n", "utf-8")
    assert record(config, "--csv", str(file)) == 2
    assert "line 1, column 2: when is not a column." in capsys.readouterr().err
    file.write_bytes(CSV.encode("utf-16"))
    assert record(config, "--csv", str(file)) == 2
    assert "this is not UTF-8" in capsys.readouterr().err
    assert written(app) == []


def test_a_row_that_only_the_ledger_shows_to_be_wrong_stops_the_whole_file(
    app: Flask, client: FlaskClient, config: Config, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    receipt = give(client)
    file = tmp_path / "stops.csv"
    rows = f"photos=withdrawn,{receipt['reference']}\nservice-news=withdrawn,AAA-AAA-AAA\n"
    file.write_text(f"decision,reference\n{rows}", "utf-8")
    said = ("--channel", "post", "--by", "FH-3", "--happened", "23 Nov 2026")
    assert record(config, "--csv", str(file), *said) == 2
    told = capsys.readouterr().err
    assert "line 2, column decision: photos is not on that receipt." in told
    assert "line 3, column reference: there is no receipt AAA-AAA-AAA." in told
    assert kinds(app) == ["given"]


# Whose withdrawal it is.


@pytest.mark.postgresql
def test_a_withdrawal_of_nobody_in_particular_says_what_the_service_cannot_know(
    app: Flask, client: FlaskClient
) -> None:
    anonymous, known = give(client), give(client, email=RESIDENT)
    before = client.get(f"/receipt/{anonymous['token']}").text
    assert "it cannot know that the yes is yours" in before and 'name="case-' not in before
    assert "cannot know" not in client.get(f"/receipt/{known['token']}").text
    withdraw = f"/receipt/{anonymous['token']}/withdraw"
    assert client.post(withdraw, data={"consent": "service-news", "email": "nonsense"}).status_code == 400
    client.post(withdraw, data={"consent": "service-news", "name": "", "email": "", "case": ""})
    assert "not that it is you" in client.get(f"/receipt/{anonymous['token']}").text


@pytest.mark.postgresql
def test_who_withdraws_can_say_who_they_are(app: Flask, client: FlaskClient) -> None:
    here = service_of(app)
    page, api = give(client), give(client, email=RESIDENT)
    client.post(
        f"/receipt/{page['token']}/withdraw", data={"consent": "service-news", "name": "A Resident", "case": "FH-17"}
    )
    confirm_all(app)
    client.post(
        f"/api/receipts/{api['reference']}/withdrawals",
        json={"consents": ["service-news"], "case": "FH-18", "email": "somebody.else@example.org"},
        headers=bearer(api),
    )
    first, second = [event for event in written(app) if event.kind == "withdrawn"]
    assert first.detail_commit and second.detail_commit
    with here.store.reading() as reading:
        assert details_of(reading, here, first.subject or "") == Details(name="A Resident", case="FH-17")
        assert details_of(reading, here, second.subject or "") == Details(
            email=RESIDENT, case="FH-18"
        )  # fills gaps only
        known = reading.known(second.subject or "")
    assert known and known.confirmed
