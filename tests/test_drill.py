"""`consents drill` tries a backup in a scratch place, says in sentences whether it can be put back, and touches nothing else."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.consent_fixtures import MANIFEST, FakeClock, form, published
from tests.databases import PROGRAMS, cluster, plain
from tests.databases import run as run_postgresql
from tests.test_faults import edited, recomputed
from widget.app import close_app, create_app
from widget.cli import main
from widget.config import Config, sqlite_file

pytestmark = pytest.mark.postgresql
RESIDENT = "resident@example.org"
GIVEN = len(MANIFEST.versions) + 3


@dataclass
class Live:
    """A service with three answers, and what its backup is tried with."""

    config: Config
    backup: Path
    scratch: tuple[str, ...]

    def drill(self, *more: str, backup: Path | None = None, keys: Path | None = None) -> int:
        """Run the command."""
        manifest = ("--manifest", str(self.config.manifest))
        where = ("--keys", str(keys or self.config.keys_folder))
        return main(["drill", str(backup or self.backup), *self.scratch, *manifest, *where, *more])

    def run(self, command: str, *more: str) -> int:
        """Run another command on the live service."""
        where = ("--database", self.config.database, "--keys", str(self.config.keys_folder))
        return main([command, *more, *where])

    def answer(self, **more: str) -> str:
        """One more answer; the address of its receipt."""
        app = create_app(self.config, FakeClock())
        sent = form(photos="given") | more
        receipt = app.test_client(use_cookies=False).post("/consent/family-hubs", data=sent).location
        close_app(app)
        return str(receipt)

    def files(self) -> dict[str, str]:
        """The digest of every file of the live service but its locks."""
        folder = self.config.manifest.parent.parent
        found = (path for path in folder.rglob("*") if path.is_file() and path.name not in ("in-use", "head.lock"))
        return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in found if path != self.backup}


@pytest.fixture
def live(each_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Live]:
    """The service after its backup."""
    monkeypatch.setenv("PATH", f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}")
    config = published(tmp_path / "live")
    there = Live(config, tmp_path / "consents.backup", ())
    for address in (RESIDENT, "other@example.org", "third@example.org"):
        there.answer(email=address)
    if each_database == "sqlite":
        assert there.run("backup", str(there.backup)) == 0
        yield there
        return
    name = f"drill{secrets.token_hex(4)}"
    there.scratch = ("--scratch", cluster().make(name))
    dump = ("--format=custom", f"--file={there.backup}", f"--dbname={plain(config.database)}")
    run_postgresql("pg_dump", *dump)
    yield there
    with cluster().connect() as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def test_a_whole_backup_is_put_back_in_a_scratch_place_and_nothing_else_changes(
    live: Live, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before, report = live.files(), tmp_path / "report.json"
    capsys.readouterr()
    for _ in range(2):  # the scratch database is empty again
        assert live.drill("--report", str(report)) == 0
    said = capsys.readouterr().out
    assert f"with {GIVEN} events, the last of 2026-11-22T09:30:00" in said
    assert "This backup can be put back." in said and "would lose them" not in said
    told = json.loads(report.read_text("utf-8"))
    assert (told["events"], told["signed_later"], told["whole"]) == (GIVEN, 0, True)
    assert told["backup"]["sha256"] == hashlib.sha256(live.backup.read_bytes()).hexdigest()
    assert {check["name"] for check in told["checks"] if check["whole"]} == {
        *("ledger", "head", "keys", "tables", "manifest", "start")
    }
    assert RESIDENT not in report.read_text("utf-8") + said
    assert live.files() == before
    assert live.run("verify") == 0


def test_an_older_backup_says_what_it_lacks_and_erases_again_whom_it_would_bring_back(
    live: Live, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    live.answer()
    assert live.run("erase", "--email", RESIDENT, "--by", "DPO", "--manifest", str(live.config.manifest)) == 0
    before = live.files()
    capsys.readouterr()
    assert live.drill("--report", str(tmp_path / "report.json")) == 0
    said = capsys.readouterr().out
    assert "3 events were signed after this backup. Putting it back would lose them" in said
    assert "1 people who were erased since were erased again." in said
    told = json.loads((tmp_path / "report.json").read_text("utf-8"))
    assert (told["signed_later"], told["erased_again"]) == (3, 1)
    assert live.files() == before


@pytest.mark.parametrize("damage", ["keys", "manifest"])
def test_a_backup_that_does_not_go_with_its_keys_or_site_cannot_be_relied_on(
    live: Live, tmp_path: Path, capsys: pytest.CaptureFixture[str], damage: str
) -> None:
    keys = tmp_path / "keys of a backup"
    shutil.copytree(live.config.keys_folder, keys)
    if damage == "keys":
        (keys / "details.key").write_text(secrets.token_hex(32) + "\n")
        part, says = "start", "in its place, and run this again"
    else:
        told = json.loads(live.config.manifest.read_text("utf-8"))
        del told["versions"][0]
        live.config.manifest.write_text(json.dumps(told), "utf-8")
        part, says = "manifest", "family-hubs"
    assert live.drill("--report", str(tmp_path / "report.json"), keys=keys) == 1
    assert "This backup cannot be relied on." in capsys.readouterr().out
    told = json.loads((tmp_path / "report.json").read_text("utf-8"))
    (found,) = [check["found"] for check in told["checks"] if check["name"] == part]
    assert any(says in line for line in found), told["checks"]


def test_what_cannot_be_tried_is_said_in_one_sentence(
    live: Live,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    each_database: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "notes.txt").write_text("no backup")
    assert live.drill(backup=tmp_path / "notes.txt") == 2
    assert live.drill(backup=tmp_path / "nothing.db") == 2
    assert live.drill(keys=tmp_path / "no keys") == 2
    said = capsys.readouterr().err
    assert "neither an SQLite database nor a dump" in said and "No such file" in said and "There is no folder" in said
    if each_database == "postgresql":
        rival = cluster().make("full")
        for scratch, why in (
            ((), "name an empty database for it with --scratch"),
            (("--scratch", live.config.database), "is not empty: it has public."),
            (("--scratch", f"sqlite:///{tmp_path}/x.db"), "goes into a scratch database of PostgreSQL"),
            (("--scratch", rival.replace("/full", "/nobody")), "cannot be reached"),
        ):
            live.scratch = scratch
            assert live.drill() == 2
            assert why in " ".join(capsys.readouterr().err.split())
        monkeypatch.setenv("DATABASE_URL", live.config.database)
        live.scratch = ("--scratch", live.config.database)
        assert live.drill() == 2
        assert "--scratch names the live database" in capsys.readouterr().err
        assert live.run("verify") == 0


@pytest.mark.parametrize("tamper", [edited, recomputed])
def test_a_backup_that_was_tampered_with_is_neither_relied_on_nor_put_back(
    tmp_path: Path, tamper: Callable[[Path], None], capsys: pytest.CaptureFixture[str]
) -> None:
    """An older copy, which no kept head covers, is held to the head that was signed over its own events."""
    live = Live(published(tmp_path / "live"), tmp_path / "copy.db", ())
    for _ in range(3):
        live.answer()
    assert live.run("backup", str(live.backup)) == 0
    live.answer()
    tamper(live.backup)
    file = sqlite_file(live.config.database)
    assert file is not None
    before = file.read_bytes()
    capsys.readouterr()
    assert live.drill() == 1
    assert "This backup cannot be relied on." in capsys.readouterr().out
    assert file.read_bytes() == before
    assert live.run("restore", str(live.backup), "--manifest", str(live.config.manifest)) == 1
    assert "Nothing was replaced" in capsys.readouterr().out
    assert not file.with_name(f"{file.name}.before-restore").exists()
    assert live.run("verify") == 0
