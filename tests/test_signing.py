"""Signing never trusts the database: what is done to it while the endpoint runs is noticed, and nothing is signed."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests import tampering
from tests.consent_fixtures import MANIFEST, FakeClock, answer, form, published
from tests.tampering import Administrator
from widget.app import close_app, create_app
from widget.cli import main
from widget.config import Config
from widget.errors import StartRefused
from widget.ledger import head_files, key_folder
from widget.ledger.checkpoint import Verifier, verify
from widget.views.shared import service_of

LONG = os.environ.get("FAULTS") == "long"
SIZES = range(3, 24) if LONG else (6,)
"""How many events there are when somebody tampers: trees of all shapes in the long form."""


def give(client: FlaskClient) -> dict[str, str]:
    response = client.post("/api/consents", json=answer(service_news="given"))
    assert response.status_code == 201, response.text
    return response.json or {}


def head_of(client: FlaskClient) -> int:
    """The size of the head that is handed out, which must be kept already."""
    text = client.get("/log/checkpoint").text
    return verify(text, Verifier.parse(client.get("/log/key").text)).size


def verifying(config: Config) -> int:
    return main(["verify", "--database", config.database, "--keys", str(config.keys_folder)])


@pytest.fixture
def admin(config: Config) -> Administrator:
    return Administrator(config.database)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client(use_cookies=False)


class Noticed:
    """The endpoint notices what was done: it records nothing, answers nothing from it and signs nothing."""

    def __init__(self, client: FlaskClient, config: Config, receipt: dict[str, str]) -> None:
        self.client, self.config = client, config
        self.receipt = f"/receipt/{receipt['token']}"
        self.kept = head_files.texts(config.keys_folder)

    def check(self, admin: Administrator, log: pytest.LogCaptureFixture) -> None:
        size, head = admin.size(), admin.head()
        log.clear()
        refused = self.client.post("/api/consents", json=answer(service_news="given"))
        assert (refused.status_code, refused.mimetype) == (503, "application/problem+json")
        page = self.client.post("/consent/family-hubs", data=form(photos="given") | {"request_id": "r" * 22})
        assert page.status_code == 503
        assert "0161 496 0001" in page.text and "council@example.org" in page.text
        for question in ("/log/checkpoint", "/log/proof/inclusion?seq=1", "/log/proof/consistency?from=1", "/readyz"):
            assert self.client.get(question).status_code == 503, question
        for question in (self.receipt, f"{self.receipt}/file"):
            assert self.client.get(question).status_code == 503, question
        assert any(record.levelname == "ERROR" and "nothing is signed" in record.message for record in log.records)
        assert (admin.size(), admin.head()) == (size, head)
        assert head_files.texts(self.config.keys_folder) == self.kept
        assert self.client.get("/healthz").status_code == 200
        assert verifying(self.config) == 1


@pytest.mark.postgresql
@pytest.mark.parametrize("tamper", tampering.KINDS)
@pytest.mark.parametrize("count", SIZES)
def test_what_is_done_to_the_database_of_a_running_endpoint_is_noticed_at_the_next_write_and_question(
    client: FlaskClient,
    config: Config,
    admin: Administrator,
    caplog: pytest.LogCaptureFixture,
    tamper: Callable[[Administrator], None],
    count: int,
) -> None:
    receipts = [give(client) for _ in range(count)]
    noticed = Noticed(client, config, receipts[0])
    tamper(admin)
    noticed.check(admin, caplog)
    if tamper in tampering.HEALED:
        close_app(create_app(config, FakeClock()))
        assert verifying(config) == 0
    else:
        with pytest.raises(StartRefused):
            create_app(config, FakeClock())


@pytest.mark.postgresql
def test_a_database_that_is_rolled_back_or_failed_over_to_a_lagging_standby_is_noticed(
    client: FlaskClient, config: Config, admin: Administrator, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    receipts = [give(client) for _ in range(3)]
    fall_back = admin.copy(tmp_path / "standby.db")
    receipts += [give(client) for _ in range(2)]  # acknowledged, and the standby never gets them
    noticed = Noticed(client, config, receipts[0])
    fall_back()
    noticed.check(admin, caplog)
    with pytest.raises(StartRefused, match="were signed"):
        create_app(config, FakeClock())


@pytest.mark.postgresql
def test_a_standby_that_lacks_nothing_takes_over_without_a_word(
    client: FlaskClient, config: Config, admin: Administrator, tmp_path: Path
) -> None:
    receipts = [give(client) for _ in range(3)]
    take_over = admin.copy(tmp_path / "standby.db")
    take_over()
    assert client.get(f"/receipt/{receipts[-1]['token']}").status_code == 200
    give(client)
    assert head_of(client) == admin.size() == len(MANIFEST.versions) + 4
    assert verifying(config) == 0


def test_another_ledger_put_in_its_place_is_noticed(
    client: FlaskClient, config: Config, admin: Administrator, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    other = create_app(published(tmp_path / "other"), FakeClock())
    for _ in range(5):
        give(other.test_client())
    close_app(other)
    noticed = Noticed(client, config, give(client))
    admin.swap(tmp_path / "other" / "consents.db")
    noticed.check(admin, caplog)


def test_an_older_copy_written_over_the_open_file_is_noticed_or_healed(
    client: FlaskClient, config: Config, admin: Administrator, tmp_path: Path
) -> None:
    """As `cp` does it. SQLite heals it where its log of changes, deleted but open still, holds what the copy lacks."""
    receipts = [give(client) for _ in range(3)]
    admin.copy(tmp_path / "older.db")
    receipts += [give(client) for _ in range(3)]
    file = Path(config.database.removeprefix("sqlite:///"))
    file.write_bytes((tmp_path / "older.db").read_bytes())
    for ending in ("-wal", "-shm"):
        file.with_name(file.name + ending).unlink(missing_ok=True)
    written = client.post("/api/consents", json=answer(service_news="given")).status_code
    asked = [client.get(f"/receipt/{receipt['token']}").status_code for receipt in receipts]
    assert (written, set(asked)) in ((201, {200}), (503, {503}))
    assert (verifying(config) == 0) is (written == 201)


def test_a_copy_of_the_same_file_is_written_to_and_not_the_one_that_was_moved_away(
    client: FlaskClient, config: Config, admin: Administrator, tmp_path: Path
) -> None:
    give(client)
    admin.copy(tmp_path / "copy.db")
    admin.swap(tmp_path / "copy.db")
    give(client)
    assert admin.size() == len(MANIFEST.versions) + 2
    assert verifying(config) == 0


@pytest.mark.postgresql
@pytest.mark.parametrize(
    "change", ["kind = 'refused'", "version = 1", "subject = 'somebody else'", "kind = 'nonsense'", "happened = '2020'"]
)
def test_a_row_that_was_changed_alone_is_not_answered_from(
    client: FlaskClient, config: Config, admin: Administrator, change: str
) -> None:
    first, second = give(client), give(client)
    seq = first["events"][0]["seq"]  # type: ignore[index]
    admin.run(f"UPDATE event SET {change} WHERE seq = ?", seq)  # noqa: S608 (names of our own tables)
    if "subject" in change:
        admin.run("UPDATE receipt SET subject = 'somebody else' WHERE reference = ?", first["reference"])
    token = {"Authorization": f"Bearer {first['token']}"}
    assert client.get(f"/receipt/{first['token']}").status_code in (404, 503)
    for answered in (
        client.get(f"/api/receipts/{first['reference']}", headers=token),
        client.post(
            f"/api/receipts/{first['reference']}/withdrawals", json={"consents": ["service-news"]}, headers=token
        ),
    ):
        assert answered.status_code in (404, 503)
    assert client.get(f"/receipt/{second['token']}").status_code == 200
    assert verifying(config) == 1


@pytest.mark.postgresql
def test_a_head_is_in_the_keys_folder_before_it_is_in_an_answer(client: FlaskClient, config: Config) -> None:
    for _ in range(5):
        said = give(client)["checkpoint"]
        assert said in head_files.texts(config.keys_folder)
        assert client.get("/log/checkpoint").text == said


def test_the_ledger_of_an_earlier_release_goes_on_where_it_was(config: Config, admin: Administrator) -> None:
    """It kept its head in one file, at most once a second, and wrote none into the database."""
    app = create_app(config, FakeClock())
    client = app.test_client()
    give(client)
    earlier = client.get("/log/checkpoint").text
    give(client)  # the last second
    close_app(app)
    admin.run("DELETE FROM head")
    head_files.remove(config.keys_folder)
    (config.keys_folder / "head").write_text(earlier)
    app = create_app(config, FakeClock())
    assert head_of(app.test_client()) == len(MANIFEST.versions) + 2
    give(app.test_client())
    close_app(app)
    assert verifying(config) == 0


def ask_with(client: FlaskClient, key: str) -> int:
    return client.get("/api/events", headers={"Authorization": f"Bearer {key}"}).status_code


@pytest.mark.postgresql
def test_an_api_key_that_is_added_in_the_database_alone_does_not_count(
    client: FlaskClient, config: Config, admin: Administrator, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["key", "add", "case system", *given(config)]) == 0
    assert ask_with(client, capsys.readouterr().out.strip()) == 200
    forged = f"nbk_{'0' * 8}_{'A' * 43}"
    values = ("0" * 8, hashlib.sha256(forged.encode()).digest(), "forged", "2026-11-22T09:30:00.000Z")
    admin.run("INSERT INTO api_key (key_id, hash, name, made) VALUES (?, ?, ?, ?)", *values)
    assert ask_with(client, forged) == 401


@pytest.mark.postgresql
def test_a_revoked_api_key_that_is_put_in_use_again_opens_nothing_on_any_host(
    client: FlaskClient, config: Config, admin: Administrator, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["key", "add", "case system", *given(config)]) == 0
    key = capsys.readouterr().out.strip()
    assert ask_with(client, key) == 200
    shutil.copytree(config.keys_folder, tmp_path / "keys-of-the-second")
    second = create_app(replace(config, keys=tmp_path / "keys-of-the-second"), FakeClock())
    assert main(["key", "revoke", key.split("_")[1], *given(config)]) == 0
    assert ask_with(client, key) == 401
    service_of(second).copy_lists()  # as each minute
    admin.run("UPDATE api_key SET revoked = NULL")
    assert [ask_with(client, key), ask_with(second.test_client(), key)] == [401, 401]
    close_app(second)
    capsys.readouterr()
    assert main(["verify", *given(config)]) == 1
    assert "it was revoked and is in use again" in capsys.readouterr().out
    assert main(["key", "revoke", key.split("_")[1], *given(config)]) == 0
    capsys.readouterr()
    assert main(["verify", *given(config)]) == 0


def test_an_api_key_of_an_earlier_release_keeps_working_and_none_like_it_can_be_added(
    config: Config, admin: Administrator
) -> None:
    close_app(create_app(config, FakeClock()))
    (config.keys_folder / "head").write_text((config.keys_folder / "head.1").read_text())
    for name in head_files.NAMES:
        (config.keys_folder / name).unlink(missing_ok=True)
    answers = []
    for number in range(2):  # the first is there at the upgrade, the other is added later
        key = f"nbk_{str(number) * 8}_{'A' * 43}"
        values = (str(number) * 8, hashlib.sha256(key.encode()).digest(), "case system", "2026-11-22T09:30:00.000Z")
        admin.run("INSERT INTO api_key (key_id, hash, name, made) VALUES (?, ?, ?, ?)", *values)
        app = create_app(config, FakeClock())
        answers.append(ask_with(app.test_client(), key))
        close_app(app)
    assert answers == [200, 401]


def test_a_host_that_was_away_starts_from_the_head_that_a_peer_hands_out(
    client: FlaskClient, config: Config, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    give(client)
    head_files.remove(config.keys_folder)
    with pytest.raises(StartRefused, match="keep-head"):
        create_app(config, FakeClock())
    (tmp_path / "peer.txt").write_text(client.get("/log/checkpoint").text)
    head_files.remove(config.keys_folder)
    assert main(["keep-head", str(tmp_path / "peer.txt"), *given(config)]) == 0
    assert "head of 5 events" in capsys.readouterr().out
    close_app(create_app(config, FakeClock()))


def test_a_head_of_another_past_is_not_kept(
    client: FlaskClient, config: Config, admin: Administrator, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    give(client)
    admin.copy(tmp_path / "older.db")
    give(client)
    (tmp_path / "newer.txt").write_text(client.get("/log/checkpoint").text)
    head_files.remove(config.keys_folder)
    admin.swap(tmp_path / "older.db")
    assert main(["keep-head", str(tmp_path / "newer.txt"), *given(config)]) == 2
    assert "does not hold the 6 events" in capsys.readouterr().err
    (tmp_path / "newer.txt").write_text("nonsense")
    assert main(["keep-head", str(tmp_path / "newer.txt"), *given(config)]) == 2


def given(config: Config) -> tuple[str, ...]:
    return ("--database", config.database, "--keys", str(config.keys_folder))


@pytest.mark.postgresql
def test_where_heads_cannot_be_kept_nothing_is_acknowledged_and_it_is_not_ready(
    client: FlaskClient, config: Config
) -> None:
    give(client)
    kept = key_folder.kept_head(config.keys_folder)
    lock = config.keys_folder / head_files.LOCK
    lock.unlink()
    lock.mkdir()  # as if the folder were read-only, for root too
    assert client.get("/readyz").status_code == 503
    assert client.post("/api/consents", json=answer(service_news="given")).status_code == 503
    assert client.post("/consent/family-hubs", data=form(photos="given")).status_code == 503
    assert key_folder.kept_head(config.keys_folder) == kept
    lock.rmdir()
    assert client.get("/readyz").status_code == 200
    give(client)
    assert verifying(config) == 0


def test_an_event_whose_head_cannot_be_kept_is_the_last_that_is_written(
    client: FlaskClient, config: Config, admin: Administrator
) -> None:
    give(client)
    size = admin.size()
    lock = config.keys_folder / head_files.LOCK
    lock.unlink()
    lock.mkdir()
    for _ in range(3):
        assert client.post("/api/consents", json=answer(service_news="given")).status_code == 503
    assert admin.size() == size + 1
    lock.rmdir()
    give(client)
