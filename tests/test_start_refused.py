"""A start that is refused is told in one sentence, with an exit code, and never by a trace."""

from __future__ import annotations

import logging
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator.cli import main as noticeboard
from tests.consent_fixtures import published
from tests.serving import free_port
from tests.site_fixtures import PROJECT, SITE, make_site
from widget.cli import main as consents
from widget.config import Config

NOWHERE = "postgresql+psycopg://consents:secret-word@127.0.0.1:9/consents"
"""Nothing listens on that port."""
COMMANDS = (
    "serve",
    "migrate",
    "verify",
    "stats",
    "mail",
    "listed",
    "send --mail folder:x",
    "purge",
    "export",
    "checkpoint",
)


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that somebody else listens on."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield int(other.getsockname()[1])


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Config:
    """An endpoint that could start."""
    made = published(tmp_path)
    for name, value in made.environ().items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("CONSENTS_PORT", str(free_port()))
    monkeypatch.setenv("CONSENTS_KEYS", str(tmp_path / "keys"))
    return made


@dataclass
class Told:
    """All that a command says: on standard error, or `serve` in its log."""

    capsys: pytest.CaptureFixture[str]
    caplog: pytest.LogCaptureFixture

    def lines(self) -> list[str]:
        """The sentences for a person, from here on."""
        lines = [line for line in self.capsys.readouterr().err.splitlines() if not line.startswith("{")]
        lines += [record.getMessage() for record in self.caplog.records if record.levelno == logging.CRITICAL]
        self.caplog.clear()
        return lines


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture) -> Told:
    return Told(capsys, caplog)


def refused(arguments: list[str], heard: Told) -> str:
    """The one sentence of the endpoint's command, which ends with 2."""
    assert consents(arguments) == 2
    told = heard.lines()
    assert len(told) == 1 and "Traceback" not in told[0] and "Errno" not in told[0] and "secret-word" not in told[0], (
        told
    )
    return told[0]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_database_that_does_not_answer(
    config: Config, command: str, told: Told, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "keys").mkdir(mode=0o700)
    monkeypatch.setenv("DATABASE_URL", NOWHERE)
    said = refused(command.split(), told)
    assert ("127.0.0.1" in said and "refused" in said) or "keys" in said


@pytest.mark.parametrize(
    ("database", "said"),
    [
        ("nonsense", "is no address of a database"),
        ("mysql://x/y", "mysql is no database that consents are recorded in"),
        ("sqlite:///:memory:", "needs a file"),
        ("sqlite:////proc/nowhere/consents.db", "/proc/nowhere"),
        ("sqlite:////proc", "/proc"),
        ("postgresql+psycopg://consents:secret-word@nowhere.invalid/x", "nowhere.invalid"),
        ("postgresql+psycopg://consents:secret-word@[/x", "failed to resolve"),
    ],
)
def test_an_address_of_a_database_that_is_wrong(
    config: Config, database: str, said: str, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", database)
    for command in ("serve", "verify"):
        assert said in refused([command], told)


def test_a_file_that_is_no_database(config: Config, tmp_path: Path, told: Told) -> None:
    junk = tmp_path / "junk.db"
    junk.write_text("these are words\n" * 100)
    for command in ("serve", "verify", "stats"):
        assert "junk.db" in refused([command, "--database", f"sqlite:///{junk}"], told)


def test_a_driver_that_is_not_installed(config: Config, told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", NOWHERE)
    monkeypatch.setitem(sys.modules, "psycopg", None)
    assert "The driver for PostgreSQL is missing" in refused(["serve"], told)


def test_a_port_or_a_host_that_cannot_be_had(
    config: Config, taken: int, tmp_path: Path, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert f"Nothing can listen on 127.0.0.1, port {taken}: " in refused(["serve", "--port", str(taken)], told)
    assert "99999 is no port" in refused(["serve", "--port", "99999"], told)
    assert "nowhere.invalid" in refused(["serve", "--host", "nowhere.invalid"], told)
    root = tmp_path / "site"
    root.mkdir()
    make_site(root)
    monkeypatch.setenv("DESK_FOLDER", str(tmp_path / "desk"))
    for command in ("serve", "desk"):
        for port, said in (
            (str(taken), f"Nothing can listen on 127.0.0.1, port {taken}"),
            ("99999", "ports end at 65535"),
        ):
            assert noticeboard([command, "--root", str(root), "--port", port]) == 2
            assert said in told.capsys.readouterr().err


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("CONSENTS_WORKERS", "two", "CONSENTS_WORKERS"),
        ("CONSENTS_WORKERS", "0", "CONSENTS_WORKERS"),
        ("CONSENTS_THREADS", "0", "CONSENTS_THREADS"),
        ("CONSENTS_MANIFEST", "/nowhere/published.json", "/nowhere/published.json"),
        ("CONSENTS_MAIL", "smtp:/x", "CONSENTS_MAIL"),
        ("CONSENTS_DESK", "desk", "CONSENTS_DESK"),
    ],
)
def test_an_option_that_is_wrong(
    config: Config,
    variable: str,
    value: str,
    said: str,
    told: Told,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(variable, value)
    assert said in refused(["serve"], told)


@pytest.mark.parametrize("origin", ["https://www.example.org/parks", "https://*.example.org", "/parks"])
def test_an_origin_that_no_browser_sends(origin: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make_site(tmp_path, site=f"{SITE}consent: {{origins: ['{origin}']}}\n")
    assert noticeboard(["build", "--root", str(tmp_path)]) == 1
    assert "F04" in capsys.readouterr().err


def test_a_reader_that_has_read_enough() -> None:
    line = f"{sys.executable} -m generator.cli schema | head -n 1; {sys.executable} -m widget.cli --help | head -n 1"
    done = subprocess.run(["sh", "-c", line], cwd=PROJECT, capture_output=True, text=True)
    assert done.stderr == "" and done.stdout.startswith("{")
