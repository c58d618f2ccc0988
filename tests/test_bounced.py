"""Letters that come back later: what a notification may say, what it marks, and what nobody can do with one."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.consent_fixtures import FakeClock, acts
from tests.test_desk import Described, run
from tests.test_mail import Box, agree, sent
from tests.test_systems import key
from widget.cli import main
from widget.config import Config
from widget.mail.message import Letter, Why
from widget.mail.returned import Returned, returned, why_of
from widget.mail.undelivered import why
from widget.service import Service
from widget.store.engine import open_engine
from widget.views.shared import service_of

EVENT = "019369a1-7b1e-7000-8000-0123456789ab"


def notification(letter: str, *, action: str = "failed", status: str = "5.1.1", form: str = "message/rfc822") -> bytes:
    """A notification as Postfix sends it back, as text."""
    return "\r\n".join(
        [
            "From: MAILER-DAEMON@mx.example.net",
            "To: council@example.org",
            "Subject: Undelivered Mail Returned to Sender",
            'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
            *("", "--b", "", "<canary@example.net>: host said: 550 no such user", "--b"),
            *("Content-Type: message/delivery-status", "", "Reporting-MTA: dns; mx.example.net", ""),
            *("Final-Recipient: rfc822; canary@example.net", f"Action: {action}", f"Status: {status}", "", "--b"),
            *(f"Content-Type: {form}", "", *letter.splitlines(), "", "--b--", ""),
        ]
    ).encode()


def head(name: str = f"receipt.{EVENT}") -> str:
    return f"From: council@example.org\nMessage-ID: <{name}@privacy.example.org>\nSubject: A message\n"


@pytest.fixture
def here(app: Flask) -> Service:
    return service_of(app)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    app.test_client_class = Described
    return app.test_client(use_cookies=False)


@pytest.fixture
def clock() -> FakeClock:
    """Now: commands use the real time."""
    return FakeClock(datetime.now(UTC))


@pytest.fixture
def desk(config: Config, client: FlaskClient, capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    return key(config, capsys, "--may", "withdrawals")


@pytest.mark.parametrize("form", ["message/rfc822", "text/rfc822-headers"])
def test_a_notification_names_the_letter_by_its_own_head(form: str) -> None:
    found = returned(notification(head(), form=form))
    assert found == Returned("receipt", EVENT, Why.REFUSED)


def test_a_field_beside_the_status_names_the_letter_where_its_head_is_left_out() -> None:
    field = f"Original-Message-ID: <withdrawal-requested.{EVENT}@privacy.example.org>\r\nReporting-MTA"
    said = notification("A picture", form="text/plain").replace(b"Reporting-MTA", field.encode())
    assert returned(said) == Returned("withdrawal-requested", EVENT, Why.REFUSED)


@pytest.mark.parametrize(
    ("status", "code"),
    [
        ("5.1.1", Why.REFUSED),
        ("5.2.1 (disabled)", Why.REFUSED),
        ("5.2.2", Why.FULL),
        ("4.4.7", Why.NOT_TAKEN),
        ("5.7.1", Why.UNWANTED),
        ("5.0.0", Why.CAME_BACK),
        ("", Why.CAME_BACK),
        ("<script>", Why.CAME_BACK),
    ],
)
def test_a_status_becomes_one_of_a_closed_list(status: str, code: Why) -> None:
    assert why_of(status) is code
    assert why(str(code), came_back=True) is code and why("of a later release", came_back=True) is Why.CAME_BACK


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\0",
        b"Subject: Out of office\n\nI am away.",
        notification(head(), action="delayed", status="4.4.1"),
        notification(head(), action="delivered", status="2.0.0"),
        notification(head("receipt.not-an-event")),
        notification("From: x@example.org\nMessage-ID: <other@example.org>\n"),
        notification(head()).replace(b"multipart/report", b"multipart/mixed"),
        notification(head()).replace(b"message/delivery-status", b"text/plain"),
        notification(head()).replace(b'"b"', b'"other"'),
        b"Content-Type: multipart/report; boundary=b\n\n" + b"--b\nContent-Type: message/rfc822\n\n" * 5_000,
    ],
    ids=lambda content: str(len(content)),
)
def test_what_tells_of_no_failure_of_a_letter_of_ours_says_nothing(content: bytes) -> None:
    assert returned(content) is None


def bounced(config: Config, *files: str) -> int:
    """`consents bounced`, which needs the database and no keys."""
    return main(["bounced", *files, "--database", config.database])


def state(config: Config) -> list[tuple[Any, ...]]:
    """Every row of the ledger and the outbox."""
    engine = open_engine(config.database, 5)
    with engine.connect() as connection:
        rows = [tuple(row) for row in connection.exec_driver_sql("SELECT * FROM event ORDER BY seq")]
        columns = "id, kind, seq, sent, given_up, tries, why, due, closed, bounced"
        rows += [tuple(row) for row in connection.exec_driver_sql(f"SELECT {columns} FROM outbox ORDER BY id")]  # noqa: S608
    engine.dispose()
    return rows


def came_back(letter: Letter, **more: str) -> bytes:
    return notification(bytes(letter.message()).decode(), **more)


@pytest.mark.postgresql
def test_a_letter_that_came_back_is_listed_with_why_until_somebody_deals_with_it(
    client: FlaskClient, here: Service, config: Config, desk: dict[str, str], tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    receipt = agree(client)
    client.post(f"{receipt}/withdraw", data={"consent": "service-news"})
    to_resident, to_service = sorted(sent(here).letters, key=lambda letter: letter.to, reverse=True)
    folder = tmp_path / "Maildir"
    (folder / "new").mkdir(parents=True)
    (folder / "new" / "1").write_bytes(came_back(to_resident, status="5.2.2"))
    (folder / "new" / "2").write_bytes(b"Subject: Hello\n\nNo report.\n")
    box = tmp_path / "box"
    box.write_bytes(b"From MAILER-DAEMON Mon Nov 30 12:00:00 2026\n" + came_back(to_service).replace(b"\r\n", b"\n"))
    for said in (
        "3 read: 2 letters are marked as not delivered, 0 were",
        "3 read: 0 letters are marked as not delivered, 2",
    ):
        assert bounced(config, str(folder), str(box)) == 0
        assert said in capsys.readouterr().out
    found = client.get("/api/withdrawals", headers=desk).json or {}
    letters = {one["letter"]: one for one in found["undelivered"]}
    assert (letters["receipt"]["why"], letters["withdrawn"]["why"]) == ("full", "refused")
    assert found["withdrawals"][0]["told"] is None, "the service's letter came back: nobody was told"
    assert "consents_mail_undelivered 2.0" in client.get("/metrics").text and "canary" not in str(found)
    assert main(["mail", "--database", config.database]) == 0 and capsys.readouterr().out.count("came-back\t") == 2
    address = f"/api/letters/{letters['receipt']['id']}/closed"
    for by, how, status in (("FH-3", "reached", 201), ("FH-3", "reached", 200), ("FH-4", "reached", 409)):
        answer = client.post(address, json={"how": how, "by": by}, headers=desk)
        assert answer.status_code == status and (answer.json or {})["closed"]["by"] == "FH-3"
    assert [one["letter"] for one in (client.get("/api/withdrawals", headers=desk).json or {})["undelivered"]] == [
        "withdrawn"
    ]
    shown = client.get("/api/withdrawals?acted=yes", headers=desk).json or {}
    assert [one["closed"]["how"] for one in shown["undelivered"] if one["closed"]] == ["reached"]
    assert run(config, "verify") == 0


@pytest.mark.postgresql
def test_a_forged_notification_marks_one_letter_that_was_handed_over_and_does_nothing_else(
    client: FlaskClient,
    here: Service,
    config: Config,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    agree(client)
    (letter,) = sent(here).letters
    agree(client, "later@example.org")  # waits in the outbox: it cannot have come back
    with here.store.reading() as reading:
        waiting = acts(reading)[-1]
    before = state(config)
    forged = replace(letter, message_id=f"receipt.{waiting.event_id}@privacy.example.org", body="</title><script>")
    other = replace(letter, message_id=letter.message_id.replace("receipt.", "withdrawn."))
    for content in (came_back(forged), came_back(other), notification(head())):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content)))
        assert bounced(config) == 0
    assert state(config) == before
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(came_back(letter))))
    assert bounced(config, "-") == 0
    changed = [(old, new) for old, new in zip(before, state(config), strict=True) if old != new]
    assert [(old[:-1], old[-1]) for old, _ in changed] == [(changed[0][1][:-1], None)] and changed[0][1][
        -1
    ] == "refused"
    assert sent(here).letters[0].to == "later@example.org", "what waits goes out all the same"
    assert bounced(config, "no-such-file") == 2 and "There is no no-such-file" in capsys.readouterr().err


def test_a_letter_is_closed_only_with_a_code_a_staff_id_and_a_key_for_its_notice(
    client: FlaskClient, here: Service, config: Config, desk: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    agree(client)
    assert isinstance(sent(here), Box)
    said = {"how": "reached", "by": "FH-3"}
    assert client.post("/api/letters/1/closed", json=said, headers=desk).status_code == 404, "it reached somebody"
    engine = open_engine(config.database, 5)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE outbox SET bounced = 'refused' WHERE id = 1")
    engine.dispose()
    for wrong in (
        {"how": "praised", "by": "FH-3"},
        {"how": "reached"},
        said | {"by": "x" * 101},
        said | {"note": "x"},
        7,
    ):
        assert client.post("/api/letters/1/closed", json=wrong, headers=desk).status_code == 400
    narrow = key(config, capsys, "--may", "withdrawals", "--notice", "library")
    assert client.post("/api/letters/1/closed", json=said, headers=narrow).status_code == 404
    events = key(config, capsys, "--may", "events")
    assert client.post("/api/letters/1/closed", json=said, headers=events).status_code == 403
    assert client.post("/api/letters/1/closed", json=said).status_code == 401
    assert client.post(f"/api/letters/{'9' * 30}/closed", json=said, headers=desk).status_code == 404
    assert client.post("/api/letters/1/closed", json=said | {"how": "no-way"}, headers=desk).status_code == 201
