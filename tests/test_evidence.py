"""The evidence about a receipt: complete, readable, and checked by one command with the public key alone."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.consent_fixtures import V2, FakeClock, acts, confirm_address, form
from tests.test_desk import run
from tests.test_mail import Box
from widget.cli import main
from widget.config import Config
from widget.ledger.checkpoint import BadCheckpoint
from widget.ledger.evidence_file import check_evidence
from widget.ledger.key_changes import LogKeys
from widget.mail.delivery import send_due
from widget.views.shared import service_of

pytestmark = pytest.mark.postgresql
RESIDENT = "resident@example.org"


@pytest.fixture
def clock() -> FakeClock:
    """Now: commands use the real time."""
    return FakeClock(datetime.now(UTC))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client(use_cookies=False)


@pytest.fixture
def withdrawn(app: Flask, client: FlaskClient, config: Config) -> str:
    """The reference of a consent that was given with an address, withdrawn, told to the service and acted on."""
    sent = form(V2, service_news="given") | {"email": RESIDENT}
    location = client.post("/consent/family-hubs", data=sent).location
    client.post(f"{location}/withdraw", data={"consent": "service-news"})
    here = service_of(app)
    with here.store.reading() as reading:
        given, gone = acts(reading)
        receipt = reading.receipts_of(given.subject or "")[0]
    send_due(here, Box())
    note = "Off the list\n## Proof\n-----BEGIN SIGNED EVIDENCE-----"
    assert run(config, "acted", str(gone.seq), "stopped", "--note", note, "--by", "FH-3") == 0
    return receipt.reference


def evidence(config: Config, reference: str, capfdbinary: pytest.CaptureFixture[bytes]) -> bytes:
    capfdbinary.readouterr()
    assert run(config, "export", "--reference", reference, "--by", "DPO") == 0
    return capfdbinary.readouterr().out


def test_the_evidence_tells_the_whole_story_and_how_to_check_it(
    app: Flask, config: Config, withdrawn: str, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    text = evidence(config, withdrawn, capfdbinary).decode()
    here = service_of(app)
    with here.store.reading() as reading:
        given = acts(reading)[0]
        (publication,) = reading.publications_of([(given.notice, given.version, given.language)])
    for part in (
        f"Made on {datetime.now(UTC).date()}",
        "by DPO with Noticeboard",
        "consents verify-receipt THIS-FILE --key key.txt",
        "nobody confirmed it",
        "The service was told at 20",
        "by FH-3: stopped: Off the list / ## Proof / -----BEGIN",
        f"The publication of the words is event {publication.seq}.",
        publication.leaf().decode(),
        "\n".join(f"  | {line}" for line in V2.text.splitlines()),
        V2.digest,
    ):
        assert part in text
    confirm_address(here, given.subject or "")
    assert ", confirmed 20" in evidence(config, withdrawn, capfdbinary).decode()


def test_a_changed_sign_anywhere_in_the_evidence_is_found(
    app: Flask,
    config: Config,
    client: FlaskClient,
    withdrawn: str,
    tmp_path: Path,
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    content = evidence(config, withdrawn, capfdbinary)
    verifier = LogKeys.parse(client.get("/log/key").text)
    path, key = tmp_path / "evidence.txt", tmp_path / "key.txt"
    key.write_text(str(verifier))
    for whole in (content, content.replace(b"\n", b"\r\n"), b"\xef\xbb\xbf" + content):
        path.write_bytes(whole)
        assert main(["verify-receipt", str(path), "--key", str(key)]) == 0
        assert len(check_evidence(whole, verifier).entries) == 4  # given, withdrawn, acted and the publication
    chance = random.Random(7)  # noqa: S311
    for _ in range(300):
        place = chance.randrange((len(content) - 40) * 8)
        flipped = bytearray(content)
        flipped[place // 8] ^= 1 << place % 8
        with pytest.raises(BadCheckpoint):
            check_evidence(bytes(flipped), verifier)
    for changed in (
        content.replace(b"by FH-3: stopped", b"by FH-4: stopped"),
        content + b"One more line.\n",
        content[: content.index(b"-----BEGIN")],
    ):
        path.write_bytes(changed)
        assert main(["verify-receipt", str(path), "--key", str(key)]) == 1


def test_evidence_after_an_erasure_still_verifies_and_says_who_ended_the_consent(
    config: Config, client: FlaskClient, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    location = client.post("/consent/family-hubs", data=form(V2, photos="given") | {"email": RESIDENT}).location
    reference = client.get(location).text.partition('class="reference"')[2].partition(">")[2].partition("<")[0].strip()
    assert run(config, "erase", "--email", RESIDENT, "--by", "DPO") == 0
    content = evidence(config, reference, capfdbinary)
    assert b"revoked photos by staff, recorded by DPO" in content
    assert b"Their details were erased." in content
    assert RESIDENT.encode() not in content
    check_evidence(content, LogKeys.parse(client.get("/log/key").text))
