"""Commands run as the endpoint's own user, and say how: what root makes in its folders, the endpoint cannot use."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.cli import main as noticeboard
from tests.consent_fixtures import FakeClock, published
from tests.site_fixtures import PROJECT, make_site
from widget.app import close_app, create_app
from widget.cli import main
from widget.config import Config

OWNER = pwd.getpwnam("nobody")
root_only = pytest.mark.skipif(os.geteuid() != 0, reason="only root can run a command as another user")


@pytest.fixture
def theirs(tmp_path: Path) -> Iterator[Config]:
    """A ledger that belongs to the endpoint's user, in a folder that others can look into."""
    config = published(tmp_path)
    close_app(create_app(config, FakeClock()))
    yield config


def give(folder: Path, user: pwd.struct_passwd) -> None:
    for path in (folder, *folder.rglob("*")):
        os.chown(path, user.pw_uid, user.pw_gid)


def owners(folder: Path) -> set[int]:
    return {path.stat().st_uid for path in folder.rglob("*")}


COMMANDS = (
    ("serve", "--port", "1"),
    ("verify",),
    ("stats",),
    ("export",),
    ("checkpoint",),
    ("purge",),
    ("send", "--mail", "folder:/tmp"),
    ("key", "add", "case system"),
    ("key", "list"),
    ("rotate", "signing"),
    ("migrate",),
    ("backup", "copy.db"),
)


@root_only
@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: " ".join(command[:2]))
def test_root_is_refused_and_shown_the_line_to_use(
    theirs: Config,
    tmp_path: Path,
    command: tuple[str, ...],
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    give(tmp_path, OWNER)
    monkeypatch.setenv("DATABASE_URL", theirs.database)
    monkeypatch.setenv("CONSENTS_KEYS", str(theirs.keys_folder))
    monkeypatch.chdir(tmp_path)
    assert main(command) == 2
    said = capsys.readouterr().err + caplog.text  # `serve` says it in its log
    assert "belongs to nobody, and this is root" in said
    assert f"sudo -u nobody --preserve-env=DATABASE_URL,CONSENTS_KEYS consents {command[0]}" in said
    assert owners(tmp_path) == {OWNER.pw_uid}


@root_only
def test_root_makes_nothing_in_a_folder_of_the_endpoints_user(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = tmp_path / "consents"
    home.mkdir()
    give(home, OWNER)
    config = published(tmp_path)
    where = ["--database", f"sqlite:///{home}/consents.db", "--manifest", str(config.manifest)]
    assert main(["purge", *where]) == 2
    assert "sudo -u nobody" in capsys.readouterr().err
    assert list(home.iterdir()) == []


@root_only
def test_the_endpoints_user_runs_them_and_another_one_does_not(theirs: Config, tmp_path: Path) -> None:
    readable = Path(tempfile.mkdtemp())  # pytest's own folders are root's alone
    shutil.copytree(tmp_path, readable, dirs_exist_ok=True)
    give(readable, OWNER)
    database = f"sqlite:///{readable}/consents.db"

    def stats(user: int) -> int:
        os.seteuid(user)
        try:
            return main(["stats", "--database", database, "--keys", str(readable / "keys")])
        finally:
            os.seteuid(0)

    try:
        assert stats(OWNER.pw_uid) == 0
        assert stats(pwd.getpwnam("daemon").pw_uid) == 2
        assert owners(readable) == {OWNER.pw_uid}
    finally:
        shutil.rmtree(readable)


def test_a_folder_of_ones_own_is_no_obstacle(theirs: Config) -> None:
    command = [sys.executable, "-m", "widget.cli", "stats", "--database", theirs.database]
    assert subprocess.run(command, cwd=PROJECT, capture_output=True).returncode == 0


@root_only
@pytest.mark.parametrize("arguments", [["--tick"], ["--first-administrator", "Ann Example", "ann@example.org"]])
def test_root_is_refused_at_the_desk_of_another_user(
    tmp_path: Path, arguments: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    make_site(tmp_path)
    give(tmp_path, OWNER)
    monkeypatch.setenv("DESK_FOLDER", str(tmp_path / "desk"))
    monkeypatch.setattr(sys, "argv", ["noticeboard", "desk", *arguments])
    assert noticeboard(["desk", "--root", str(tmp_path), *arguments]) == 2
    said = capsys.readouterr().err
    assert "belongs to nobody, and this is root" in said
    assert "sudo -u nobody --preserve-env=DESK_FOLDER noticeboard desk" in said
    assert owners(tmp_path) == {OWNER.pw_uid} and not (tmp_path / "desk").exists()
