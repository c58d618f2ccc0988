"""A stand-in for systemd, for following the operator's chapter on an empty prefix: it reads the units that were
copied there and runs their commands as they are written, as their users where the tests run as root.

It cannot fence a service in, and checks that afterwards: a job must have written in the places of its unit alone.
"""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
import sysconfig
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

SYSTEMS = Path("/usr/bin/python3")
PYTHON = str(SYSTEMS) if SYSTEMS.resolve().name == f"python3.{sys.version_info.minor}" else sys.executable
"""A Python of the release that the tests run on: the system's, which every user may run, if it is of that release."""


def is_open(path: Path) -> bool:
    """Whether every user may get at a file."""
    return all(step.stat().st_mode & 0o001 for step in path.resolve().parents) and bool(path.stat().st_mode & 0o004)


IS_ROOT = os.geteuid() == 0 and is_open(Path(PYTHON)) and is_open(Path(sysconfig.get_path("purelib")))
"""Whether each service can run as a user of its own.

Elsewhere all run as the one who tests, and nothing is said of rights.
"""
FIRST_USER = 61_000
"""The first number of the users that are made; nobody has it."""
USUAL = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8"}
"""The variables that systemd gives a service besides its own options."""
Unit = dict[str, list[str]]


def read_unit(*files: Path) -> Unit:
    """The settings of a unit and of the files beside it, each with all its values; an empty one takes those before
    away."""
    found: Unit = {}
    for file in files:
        for line in file.read_text("utf-8").splitlines():
            name, is_setting, value = line.partition("=")
            if is_setting and not line.startswith(("#", ";", "[")):
                found[name] = [*found.get(name, []), value] if value or name != "ExecStart" else []
    return found


def words(command: str, unit: str) -> list[str]:
    """A command of a unit as its arguments: quotes, `$$` and the signs that stand for the unit's name."""
    stem = unit.rpartition(".")[0]
    instance = stem.partition("@")[2]
    text = command.replace("%%", "\0").replace("%N", stem).replace("%i", instance).replace("\0", "%")
    return [word.replace("$$", "$") for word in shlex.split(text)]


def options_in(file: Path) -> dict[str, str]:
    """The variables of a file of options, as systemd reads it."""
    lines = [line.partition("=") for line in file.read_text("utf-8").splitlines() if line and line[0] not in "#;"]
    return {name: "".join(shlex.split(value)) if value[:1] in "'\"" else value for name, _, value in lines}


@dataclass
class Services:
    """The services of a prefix.

    `shims` has programs that stand in for those below /usr/bin; `environment` is what they need.
    """

    prefix: Path
    shims: Path
    environment: Mapping[str, str]
    users: dict[str, int] = field(default_factory=dict)
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    enabled: set[str] = field(default_factory=set)
    failed: set[str] = field(default_factory=set)
    stray: list[str] = field(default_factory=list)
    """The files that jobs wrote outside of the places of their units."""

    def unit(self, name: str) -> Unit:
        """A unit that was copied where systemd looks, with the files beside it."""
        stem, _, kind = name.rpartition(".")
        template = f"{stem.partition('@')[0]}@.{kind}" if "@" in stem else name
        folder = self.prefix / "etc/systemd/system"
        return read_unit(folder / template, *sorted((folder / f"{template}.d").glob("*.conf")))

    def start(self, name: str, **more: str) -> int:
        """Start a service, or run a job to its end: its exit code.

        Where it fails, what it names in OnFailure is started.
        """
        unit = self.unit(name)
        if unit.get("Type") != ["oneshot"]:
            self._run_on(name, unit)
            return 0
        began = time.time()
        codes = [self._run(name, unit, command, more) for command in unit["ExecStart"]]
        self.stray += self._written_elsewhere(unit, began)
        if not any(codes):
            return 0
        self.failed.add(name)
        for other in unit.get("OnFailure", []):
            self.start(words(other, name)[0])
        return next(code for code in codes if code)

    def stop(self, name: str) -> None:
        """End a service, within the time that its unit gives it."""
        process = self.running.pop(name)
        process.terminate()
        assert process.wait(int(self.unit(name).get("TimeoutStopSec", ["90"])[0].rstrip("s"))) is not None

    def reload(self, name: str) -> None:
        """Run what a unit says for a reload: here a signal to its process alone."""
        command = words(self.unit(name)["ExecReload"][0], name)
        assert command == ["/bin/kill", "-HUP", "$MAINPID"]
        self.running[name].send_signal(signal.SIGHUP)

    def log(self, name: str) -> str:
        """All that a service said."""
        file = self.prefix / f"{name}.log"
        return file.read_text("utf-8", "replace") if file.exists() else ""

    def close(self) -> None:
        """End all that runs."""
        for process in self.running.values():
            process.terminate()
        for process in self.running.values():
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()

    def _run_on(self, name: str, unit: Unit) -> None:
        if name in self.running:
            self.stop(name)
        (command,) = unit["ExecStart"]
        with (self.prefix / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                self._command(name, command), **self._how(unit, {}), stdout=log, stderr=log
            )

    def _run(self, name: str, unit: Unit, command: str, more: Mapping[str, str]) -> int:
        with (self.prefix / f"{name}.log").open("ab") as log:
            words = self._command(name, command)
            return subprocess.run(words, **self._how(unit, more), stdout=log, stderr=log, timeout=120).returncode

    def _command(self, name: str, command: str) -> list[str]:
        program, *arguments = words(command, name)
        instead = self.shims / Path(program).name
        return [str(instead) if program.startswith("/usr/bin/") and instead.exists() else program, *arguments]

    def _how(self, unit: Unit, more: Mapping[str, str]) -> dict[str, object]:
        """User, mask, folder and environment of a service, whose own folders are made."""
        number = self.users.get(unit.get("User", [""])[0])
        mode = int(unit.get("StateDirectoryMode", ["0755"])[0], 8)
        for folder in (self.prefix / "var/lib" / one for one in unit.get("StateDirectory", [""])[0].split()):
            folder.mkdir(mode, exist_ok=True)
            folder.chmod(mode)
            if IS_ROOT and number is not None:
                os.chown(folder, number, number)
        for place in " ".join(unit.get("ReadWritePaths", [])).split():
            assert Path(place).is_dir(), f"{place} does not exist, and the unit would not start"
        variables = dict(USUAL) | self.environment
        for file in unit.get("EnvironmentFile", []):
            variables |= options_in(Path(file))
        how: dict[str, object] = {
            "env": variables | more,
            "cwd": unit.get("WorkingDirectory", ["/"])[0],
            "umask": int(unit.get("UMask", ["0022"])[0], 8),
            "start_new_session": True,
        }
        if IS_ROOT and number is not None:
            how |= {"user": number, "group": number, "extra_groups": []}
        return how

    def _written_elsewhere(self, unit: Unit, began: float) -> list[str]:
        """The files that a job wrote where neither its unit nor that of a service that runs beside it lets it write."""
        places = [place for one in (unit, *map(self.unit, self.running)) for place in self._places(one)]
        return [
            str(path)
            for part in ("etc", "srv", "var/lib", "var/www", "var/backups")
            for path in (self.prefix / part).rglob("*")
            if path.is_file() and path.lstat().st_mtime >= began and not any(map(path.is_relative_to, places))
        ]

    def _places(self, unit: Unit) -> list[Path]:
        named = [Path(place) for place in " ".join(unit.get("ReadWritePaths", [])).split()]
        return named + [self.prefix / "var/lib" / name for name in unit.get("StateDirectory", [""])[0].split()]
