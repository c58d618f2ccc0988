"""A failure around a command is one sentence and an exit code, never a trace; and no good file is lost by it."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from generator.cli import main as noticeboard
from tests import forked
from tests.consent_fixtures import FakeClock, answer, published
from tests.serving import free_port
from tests.site_fixtures import PROJECT, make_site
from widget.app import close_app, create_app
from widget.cli import main
from widget.config import Config
from widget.errors import StartRefused
from widget.ledger.checkpoint import Verifier, verify
from widget.store.engine import sqlite_module

CONSENTS, NOTICEBOARD = "widget.cli", "generator.cli"
PYTHON = f"{PROJECT}{os.pathsep}{os.environ.get('PYTHONPATH', '')}"


@pytest.fixture
def config(tmp_path: Path) -> Iterator[Config]:
    config = published(tmp_path)
    app = create_app(config, FakeClock())
    app.test_client().post("/api/consents", json=answer(service_news="given"))
    close_app(app)
    yield config


def run(module: str, *arguments: str, **streams: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", module, *arguments]
    environment = os.environ | {"PYTHONPATH": PYTHON}
    return subprocess.run(
        command, cwd=PROJECT, stderr=subprocess.PIPE, text=True, env=environment, timeout=60, **streams
    )  # type: ignore[call-overload,no-any-return]


def is_one_sentence(text: str) -> bool:
    lines = [line for line in text.splitlines() if not line.startswith("{")]
    return len(lines) == 1 and "Traceback" not in text


@pytest.mark.parametrize(
    ("database", "said"),
    [
        ("nonsense", "no address of a database"),
        ("postgresql+psycopg://user:secret@host:port/consents", "no address of a database"),
        ("mysql://user:secret@host/consents", "mysql is no database"),
        ("postgresql+asyncpg://user:secret@host/consents", "asyncpg is no database"),
        ("sqlite://", "needs a file"),
        ("sqlite:////proc/nowhere/consents.db", "/proc/nowhere"),
        ("postgresql+psycopg://user:secret@127.0.0.1:1/consents", "Connection refused"),
        ("postgresql+psycopg://user:secret@nowhere.invalid/consents", "nowhere.invalid"),
    ],
)
@pytest.mark.parametrize("command", ["migrate", "verify"])
def test_a_wrong_address_of_the_database_is_told(
    command: str, database: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    keys = [] if command == "migrate" else ["--keys", str(tmp_path / "keys")]
    assert main([command, "--database", database, *keys]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert is_one_sentence(error)
    assert "secret" not in error


def test_a_missing_driver_is_told_with_what_to_install() -> None:
    script = f"""
import sys
sys.modules["psycopg"] = None
from {CONSENTS} import main
sys.exit(main(["migrate", "--database", "postgresql+psycopg://user@host/consents"]))
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=PROJECT, capture_output=True, text=True)
    assert (done.returncode, is_one_sentence(done.stderr)) == (2, True)
    assert "pip install" in done.stderr


@pytest.mark.parametrize("storage", ["foo://secret@host", "redis://user:secret@host:port", "memcached://secret"])
def test_a_wrong_address_of_the_count_of_requests_is_told(storage: str, config: Config) -> None:
    with pytest.raises(StartRefused) as refused:
        create_app(replace(config, ratelimit="on", ratelimit_storage=storage), FakeClock())
    assert "RATELIMIT_STORAGE_URI" in str(refused.value) and "redis://" in str(refused.value)
    assert "secret" not in str(refused.value)


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that somebody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield int(listener.getsockname()[1])


def test_a_port_in_use_is_told(config: Config, taken: int) -> None:
    where = ("--database", config.database, "--manifest", str(config.manifest))
    done = run(CONSENTS, "serve", *where, "--port", str(taken))
    said = json.loads(done.stderr)["message"]  # nobody sits before it, so it is a line of the log
    assert (done.returncode, is_one_sentence(said)) == (2, True)
    assert "--port" in said
    assert run(CONSENTS, "serve", *where, "--port", "99999").returncode == 2


@pytest.mark.parametrize(("host", "port"), [("127.0.0.1", None), ("nowhere.invalid", 8000), ("127.0.0.1", 99999)])
def test_an_address_that_the_preview_cannot_listen_on_is_told(
    tmp_path: Path, taken: int, host: str, port: int | None
) -> None:
    root = make_site(tmp_path)
    done = run(NOTICEBOARD, "serve", "--root", str(root), "--host", host, "--port", str(port or taken))
    assert done.returncode == 2, done.stderr
    assert is_one_sentence(done.stderr), done.stderr


def test_keys_that_cannot_be_read_are_told(config: Config, capsys: pytest.CaptureFixture[str]) -> None:
    (config.keys_folder / "signing.pem").unlink()
    (config.keys_folder / "signing.pem").mkdir()
    for command in ("verify", "checkpoint", "export"):
        assert main([command, "--database", config.database]) == 2
        assert is_one_sentence(capsys.readouterr().err)


@pytest.mark.parametrize(
    ("module", "arguments"),
    [
        (CONSENTS, ("--help",)),
        (CONSENTS, ("export",)),
        (NOTICEBOARD, ("schema",)),
        (NOTICEBOARD, ("check",)),
        (NOTICEBOARD, ("status",)),
        (NOTICEBOARD, ("--help",)),
    ],
)
def test_a_reader_that_has_read_enough_ends_a_command_without_a_word(
    config: Config, module: str, arguments: Sequence[str]
) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    more = ("--database", config.database) if arguments == ("export",) else ()
    done = run(module, *arguments, *more, stdout=writing)
    os.close(writing)
    assert "BrokenPipe" not in done.stderr
    assert "Traceback" not in done.stderr
    assert done.returncode in (0, 1)


@pytest.mark.parametrize("module", [CONSENTS, NOTICEBOARD])
def test_a_command_without_a_name_shows_the_help(module: str) -> None:
    done = run(module, stdout=subprocess.PIPE)
    assert (done.returncode, done.stderr) == (2, "")
    assert done.stdout.startswith("usage: ") and "--help" in done.stdout and "verify" in done.stdout


@pytest.mark.parametrize("console", ["cp1252", "ascii"])
def test_a_program_reads_utf_8_whatever_the_console_speaks(
    config: Config, tmp_path: Path, console: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "welsh"
    root.mkdir()
    make_site(root, "---\ntitle: Tŷ\nsummari: ŵ\n---\nTŷ [TO WRITE: ŵy].\n")
    monkeypatch.setenv("PYTHONIOENCODING", console)
    monkeypatch.setenv("PYTHONUTF8", "0")
    forms, commands = ("text",), ("listed",)
    if console == "ascii":  # which has the fewest signs
        forms, commands = ("text", "json", "github", "sarif"), ("listed", "export", "stats", "mail")
    for form in forms:
        checked = run(
            NOTICEBOARD, "check", "--root", str(root), "--format", form, stdout=subprocess.PIPE, encoding="utf-8"
        )
        assert (checked.returncode, "Traceback" in checked.stderr) == (1, False)
        assert "ŵy" in checked.stdout + checked.stderr
    database = ("--database", config.database)
    listing = ("list", "family-hubs", "service-news", *database, "--manifest", str(config.manifest), "--by", "Tŷ")
    assert run(CONSENTS, *listing, stdout=subprocess.PIPE).returncode == 0
    for command in commands:
        done = run(CONSENTS, command, *database, stdout=subprocess.PIPE, encoding="utf-8")
        assert (done.returncode, done.stderr) == (0, "")
        assert "Tŷ" in done.stdout or command != "listed"


def test_output_that_nothing_takes_is_told(config: Config) -> None:
    for module, arguments in ((CONSENTS, ("export", "--database", config.database)), (NOTICEBOARD, ("schema",))):
        with Path("/dev/full").open("w") as full:
            done = run(module, *arguments, stdout=full)
        assert (done.returncode, is_one_sentence(done.stderr)) == (2, True), done.stderr


def test_a_head_is_written_whole_or_the_one_of_before_stays(config: Config, tmp_path: Path) -> None:
    out = tmp_path / "head.txt"
    command = ["checkpoint", "--database", config.database, "--out", str(out)]
    assert main(command) == 0
    good = out.read_text()
    assert verify(good, Verifier.parse((config.keys_folder / "log.vkey").read_text())).size > 0
    for head in config.keys_folder.glob("head.[12]"):
        head.write_text("spoilt")
    assert main(command) == 2
    assert out.read_text() == good
    assert [path.name for path in tmp_path.iterdir() if "head.txt" in path.name] == ["head.txt"]


def test_an_export_that_fails_halfway_leaves_the_file_of_before(config: Config, tmp_path: Path) -> None:
    out = tmp_path / "events.csv"
    command = ["export", "--database", config.database, "--out", str(out)]
    assert main(command) == 0
    assert out.stat().st_mode & 0o077 == 0  # it holds what people said about themselves
    good = out.read_bytes()
    connection = sqlite_module().connect(config.database.removeprefix("sqlite:///"))
    with connection:
        connection.execute("DROP TRIGGER event_is_not_updated")
        connection.execute("UPDATE event SET kind = 'refused' WHERE kind = 'given'")
    connection.close()
    assert main(command) == 2
    assert out.read_bytes() == good


def test_a_backup_that_fails_leaves_nothing_that_looks_like_one(config: Config, tmp_path: Path) -> None:
    broken = tmp_path / "broken.db"
    broken.write_bytes(b"not a database at all, but long enough to be looked at" * 20)
    folder = tmp_path / "backups"
    command = ["backup", "--keys", str(config.keys_folder), str(folder / "copy.db"), "--database"]
    assert main([*command, f"sqlite:///{broken}"]) == 2
    assert list(folder.iterdir()) == []
    assert main([*command, config.database]) == 0
    assert [path.name for path in folder.iterdir()] == ["copy.db"]


def test_the_shipped_timer_never_empties_a_good_file() -> None:
    for unit in (PROJECT / "deploy").glob("*.service"):
        starts = [line for line in unit.read_text("utf-8").splitlines() if line.startswith("Exec")]
        assert not any(" > " in line for line in starts), unit.name


def test_serve_ends_once_however_often_it_is_told_to(tmp_path: Path) -> None:
    """Somebody presses Ctrl+C twice, or a terminal tells the whole group and then the process."""
    root, output = make_site(tmp_path), tmp_path / "said"
    output.touch()
    process = forked.start(noticeboard, ["serve", "--root", str(root), "--port", str(free_port())], output)
    deadline = time.monotonic() + 60
    while b"Stop with Ctrl+C" not in output.read_bytes() and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(0.2)
    assert process.pid is not None
    for signal_number in (signal.SIGINT, signal.SIGTERM, signal.SIGINT):
        os.kill(process.pid, signal_number)
    process.join(30)
    assert process.exitcode == 0 and b"Traceback" not in output.read_bytes()
