"""Each key can be changed on a database in use: nothing that was handed out, sealed or signed before is lost by it."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import psycopg
import pytest
from flask.testing import FlaskClient
from sqlalchemy import LargeBinary, select

from tests.consent_fixtures import FakeClock, answer, form, press, published
from tests.databases import CHOSEN, SQLITE, plain
from tests.test_mail import RESIDENT, Box, links_in
from widget.app import close_app, create_app
from widget.cli import main
from widget.config import Config
from widget.errors import StartRefused
from widget.ledger import key_folder, key_staging
from widget.ledger.checkpoint import Verifier, verify
from widget.ledger.key_changes import LogKeys
from widget.mail.delivery import send_due
from widget.service import open_service
from widget.store.engine import open_engine
from widget.store.schema import METADATA
from widget.views.shared import service_of

pytestmark = pytest.mark.postgresql
KEYS = ("signing", "token", "pepper", "details")


@dataclass(frozen=True)
class Used:
    """A ledger in use, and what it handed out."""

    config: Config
    token: str
    link: str
    """The mailed link that confirms the resident's address."""
    receipt: Path
    key: str
    api_key: str


def run(config: Config, *command: str) -> int:
    words = 2 if command[0] in ("rotate", "key") else 1
    where = ("--database", config.database, "--keys", str(config.keys_folder))
    return main([*command[:words], *where, *command[words:]])


@contextmanager
def started(config: Config) -> Iterator[FlaskClient]:
    app = create_app(config, FakeClock())
    try:
        yield app.test_client(use_cookies=False)
    finally:
        close_app(app)


@pytest.fixture
def used(tmp_path: Path, each_database: str, capsys: pytest.CaptureFixture[str]) -> Used:
    config = published(tmp_path)
    app = create_app(config, FakeClock())
    client = app.test_client(use_cookies=False)
    given = client.post("/api/consents", json=answer(service_news="given") | {"email": RESIDENT}).json or {}
    box = Box()
    send_due(service_of(app), box)
    (link,) = links_in(box.to(RESIDENT)[0])
    receipt = tmp_path / "receipt.jsonld"
    receipt.write_bytes(client.get(f"/receipt/{given['token']}/file").data)
    key = client.get("/log/key").text
    close_app(app)
    assert run(config, "key", "add", "case system") == 0
    api_key = capsys.readouterr().out.strip()
    return Used(config, given["token"], link, receipt, key, api_key)


def holds(used: Used, capsys: pytest.CaptureFixture[str]) -> None:
    """Everything that was there before works: the ledger, what was handed out, look-ups and details."""
    config = used.config
    assert run(config, "verify") == 0, capsys.readouterr().out
    with started(config) as client:
        assert client.get("/readyz").status_code == 200
        assert client.get(f"/receipt/{used.token}").status_code == 200
        assert client.get(used.link).status_code == 200
        assert press(client, used.link) == 200
        asked = {"notice": "family-hubs", "consent": "service-news", "email": RESIDENT}
        status = client.post("/api/status", json=asked, headers={"Authorization": f"Bearer {used.api_key}"})
        assert (status.status_code, (status.json or {}).get("state")) == (200, "given")
        published_keys = used.receipt.with_name("keys.txt")
        published_keys.write_text(client.get("/log/keys").text)
        new = used.receipt.with_name("new.jsonld")
        new.write_bytes(client.get(f"/receipt/{used.token}/file").data)
        client.post("/api/consents", json=answer(photos="given"))
    for file in (used.receipt, new):
        assert main(["verify-receipt", str(file), "--key", str(published_keys)]) == 0
    capsys.readouterr()
    assert run(config, "export", "--format", "jsonl") == 0
    assert RESIDENT in capsys.readouterr().out
    assert run(config, "verify") == 0


@pytest.mark.parametrize("key", KEYS)
def test_each_key_is_changed_and_all_that_was_handed_out_goes_on_working(
    used: Used, key: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = key_folder.read(used.config.keys_folder)
    assert run(used.config, "rotate", key) == 0, capsys.readouterr().err
    after = key_folder.read(used.config.keys_folder)
    changed = {
        "signing": before.verifier.key_id != after.verifier.key_id,
        "token": before.token_secret != after.token_secret,
        "pepper": before.pepper != after.pepper,
        "details": before.details_key != after.details_key,
    }
    assert [name for name, done in changed.items() if done] == [key]
    assert before.origin == after.origin
    holds(used, capsys)


def test_all_keys_are_changed_twice_one_after_the_other(used: Used, capsys: pytest.CaptureFixture[str]) -> None:
    for key in (*KEYS, *KEYS):
        assert run(used.config, "rotate", key) == 0, capsys.readouterr().err
    holds(used, capsys)


def test_the_log_says_which_key_signed_up_to_which_size_and_either_key_leads_to_the_other(used: Used) -> None:
    old = Verifier.parse(used.key)
    size = key_folder.kept_head(used.config.keys_folder)
    assert run(used.config, "rotate", "signing") == 0
    with started(used.config) as client:
        text = client.get("/log/keys").text
        head = client.get("/log/checkpoint").text
        current = Verifier.parse(client.get("/log/key").text)
    (change,) = LogKeys.parse(text).changes
    assert size
    assert (change.head.size, change.head.root, change.head.origin) == (size.size, size.root, old.origin)
    assert verify(change.statement, old) == verify(change.statement, current)
    written_down_long_ago = LogKeys.parse(f"{old}\n\n{change.statement}")
    assert written_down_long_ago.verify(head)[1].key_id == current.key_id


def test_an_old_signing_key_that_somebody_finds_signs_nothing_that_came_later(used: Used) -> None:
    old = key_folder.read(used.config.keys_folder)
    assert run(used.config, "rotate", "signing") == 0
    with started(used.config) as client:
        client.post("/api/consents", json=answer(photos="given"))
        head = verify(client.get("/log/checkpoint").text, Verifier.parse(client.get("/log/key").text))
    keys = key_folder.read(used.config.keys_folder).public
    with pytest.raises(ValueError, match="was not the log's"):
        keys.verify(old.sign(head.size, head.root))


def test_earlier_token_secrets_end_when_that_is_said_and_not_while_api_keys_need_them(
    used: Used, capsys: pytest.CaptureFixture[str]
) -> None:
    config = used.config
    assert run(config, "rotate", "token", "--retire") == 2
    assert "no earlier token.secret" in capsys.readouterr().err
    assert run(config, "rotate", "token") == 0
    assert "consents rotate token --retire" in capsys.readouterr().out
    assert run(config, "rotate", "token", "--retire") == 2
    assert "case system" in capsys.readouterr().err
    assert run(config, "key", "revoke", used.api_key.split("_")[1]) == 0
    assert run(config, "rotate", "token", "--retire") == 0
    with started(config) as client:
        assert client.get(f"/receipt/{used.token}").status_code == 404
        assert client.get(used.link).status_code == 404
    assert run(config, "verify") == 0


def test_nothing_changes_while_the_endpoint_runs(used: Used, capsys: pytest.CaptureFixture[str]) -> None:
    before = key_folder.read(used.config.keys_folder).fingerprints
    with started(used.config):
        for key in KEYS:
            assert run(used.config, "rotate", key) == 2
            assert "Stop the endpoint" in capsys.readouterr().err
    assert key_folder.read(used.config.keys_folder).fingerprints == before
    holds(used, capsys)


STEPS = ("os.rename", "os.remove", "os.rmdir", "os.mkdir", "fcntl.flock")


def killed_after(steps: int, config: Config, *command: str) -> bool:
    """Run a command in a process of its own that is killed before its next step in the folder of keys."""
    child = os.fork()
    if child == 0:
        left = steps

        def count(event: str, given: tuple[object, ...]) -> None:
            nonlocal left
            left -= event in STEPS or (event == "open" and str(config.keys_folder) in str(given[0]))
            if left < 0 and event != "os.kill":
                os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(count)
        os._exit(run(config, *command))
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return True
    assert os.WEXITSTATUS(status) == 0
    return False


@pytest.mark.parametrize("key", ["signing", "details"])
def test_a_change_that_is_killed_at_any_step_is_ended_by_running_it_again_and_nothing_starts_before(
    used: Used, key: str, capsys: pytest.CaptureFixture[str]
) -> None:
    config = used.config
    interrupted = 0
    steps = iter(range(0, 100, 3))
    while killed_after(next(steps), config, "rotate", key):
        if key_staging.unfinished(config.keys_folder):
            interrupted += 1
            with pytest.raises(StartRefused, match=f"consents rotate {key}"):
                create_app(config, FakeClock())
            assert run(config, "rotate", "token") == 2
            assert run(config, "rotate", key) == 0, capsys.readouterr().err
    assert interrupted >= 4
    holds(used, capsys)


def test_another_host_learns_that_it_needs_the_new_keys(used: Used, tmp_path: Path) -> None:
    config = used.config
    other = tmp_path / "other-host"
    shutil.copytree(config.keys_folder, other)
    for key in KEYS:
        assert run(config, "rotate", key) == 0
        with pytest.raises(StartRefused, match="copy the whole folder from the host that changed them"):
            create_app(replace(config, keys=other), FakeClock())
        shutil.rmtree(other)
        shutil.copytree(config.keys_folder, other)
        with started(replace(config, keys=other)) as client:
            assert client.get("/readyz").status_code == 200


def test_an_endpoint_that_was_left_running_elsewhere_neither_answers_nor_writes(used: Used, tmp_path: Path) -> None:
    config = used.config
    other = tmp_path / "other-host"
    shutil.copytree(config.keys_folder, other)
    elsewhere = create_app(replace(config, keys=other), FakeClock())
    client = elsewhere.test_client(use_cookies=False)
    assert client.get(f"/receipt/{used.token}").status_code == 200
    assert run(config, "rotate", "pepper") == 0  # it has no lock of this folder, and is a process of this machine
    assert client.get(f"/receipt/{used.token}").status_code == 503
    assert client.post("/consent/family-hubs", data=form(photos="given")).status_code == 503
    close_app(elsewhere)
    assert run(config, "verify") == 0


def test_a_backup_from_before_is_restored_with_the_keys_of_now(
    used: Used, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if CHOSEN.kind != SQLITE:
        pytest.skip("the copy is made by pg_dump there; tests/test_postgresql.py restores one")
    config, copy = used.config, tmp_path / "backup.db"
    assert run(config, "backup", str(copy)) == 0
    for key in KEYS:
        assert run(config, "rotate", key) == 0
    command = ["restore", "--database", config.database, "--keys", str(config.keys_folder)]
    assert main([*command, "--manifest", str(config.manifest), str(copy)]) == 0, capsys.readouterr()
    holds(used, capsys)


def test_a_backup_whose_keys_have_ended_says_which_folder_it_needs(
    used: Used, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if CHOSEN.kind != SQLITE:
        pytest.skip("as above")
    config, copy = used.config, tmp_path / "backup.db"
    assert run(config, "backup", str(copy)) == 0
    assert run(config, "rotate", "details") == 0
    assert run(config, "rotate", "details", "--retire") == 0
    command = ["restore", "--database", config.database, "--keys", str(config.keys_folder)]
    assert main([*command, "--manifest", str(config.manifest), str(copy)]) == 2
    assert "details.key" in capsys.readouterr().err


def test_a_row_whose_key_was_lost_before_stops_no_change(used: Used, capsys: pytest.CaptureFixture[str]) -> None:
    config = used.config
    (config.keys_folder / "details.key").unlink()
    service = open_service(replace(config, new_keys=True), FakeClock(), os.urandom)
    service.close()
    assert run(config, "rotate", "details") == 0
    assert "lost before" in capsys.readouterr().out


def test_a_host_that_still_has_the_database_open_is_named(used: Used, capsys: pytest.CaptureFixture[str]) -> None:
    if CHOSEN.kind == SQLITE:
        pytest.skip("SQLite is of one machine, where the folder of keys is locked")
    with psycopg.connect(plain(used.config.database), application_name="consents host-two 4711"):
        assert run(used.config, "rotate", "pepper") == 2
    assert "consents host-two 4711" in capsys.readouterr().err
    assert run(used.config, "rotate", "pepper") == 0


WITHOUT_KEYS = {"node.hash", "receipt.receipt_id", "idempotency.key", "idempotency.body", "idempotency.receipt_id"}
WITHOUT_KEYS |= {"earlier.wording"}
WITHOUT_KEYS |= {"api_key.hash", "api_key.seal"}  # API keys are checked with every token secret that is kept


def made_with_keys(database: str) -> dict[str, set[bytes]]:
    """All bytes in the database that a key made, by table and column."""
    engine = open_engine(database, 5)
    found: dict[str, set[bytes]] = {}
    with engine.connect() as connection:
        for table in METADATA.tables.values():
            for column in table.columns:
                name = f"{table.name}.{column.name}"
                if isinstance(column.type, LargeBinary) and name not in WITHOUT_KEYS:
                    values = connection.execute(select(column).where(column.is_not(None))).scalars()
                    found[name] = {bytes(value) for value in values}
    engine.dispose()
    return found


def test_nothing_in_the_database_stays_as_the_old_pepper_and_details_key_made_it(used: Used) -> None:
    with started(used.config) as client:
        client.post(f"/receipt/{used.token}/withdraw", data={"consent": "service-news"})
        withdrawn = client.get("/log/checkpoint").text.splitlines()[1]
    about = ("--by", "FH-3", "--manifest", str(used.config.manifest))
    assert run(used.config, "acted", withdrawn, "stopped", "--note", "Taken off the list.", *about) == 0
    before = made_with_keys(used.config.database)
    assert before["subject.sealed"] and before["note.sealed"]
    assert before["outbox.recipient"] == before["subject.lookup"]
    for key in ("pepper", "details"):
        assert run(used.config, "rotate", key) == 0
    after = made_with_keys(used.config.database)
    assert {name: len(values) for name, values in before.items()} == {
        name: len(values) for name, values in after.items()
    }
    assert [name for name in before if before[name] & after[name]] == []
