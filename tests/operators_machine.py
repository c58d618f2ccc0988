"""A machine on which somebody follows a chapter of docs/operators.md: an empty prefix in place of `/`, with the
blocks run as they are.

Only addresses, ports and places are those of the test. Users are made and used by number where the tests run as root,
so that a file that a service cannot read is found.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import ssl
import subprocess
import sysconfig
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests import programs
from tests.certificates import certificate
from tests.proxies import NAME, Proxy, of_the_test
from tests.service_manager import FIRST_USER, IS_ROOT, PYTHON, USUAL, Services
from tests.serving import free_port
from tests.site_fixtures import PROJECT

DESK_NAME = "desk.example.org"
CHAPTER = PROJECT / "docs" / "operators.md"
PLACE = re.compile(r"(?<![\w.$}])/(?=(?:opt|srv|var|etc|usr/local)/)")
"""Where a place of the machine begins, in a block or a file."""
DEPLOY = "opt/noticeboard/current/share/noticeboard/deploy"
STOOD_IN_FOR = ("sudo", "install", "curl", "python3", "caddy", "apt-get", "useradd", "systemctl", "logger")


def blocks(heading: str) -> list[str]:
    """The blocks of commands in a chapter of the page, in order."""
    text = CHAPTER.read_text("utf-8")
    _, _, chapter = text.partition(f"\n## {heading}\n")
    assert chapter
    return re.findall(r"^```sh\n(.*?)^```", chapter.partition("\n## ")[0], re.MULTILINE | re.DOTALL)


@dataclass
class Machine:
    """The prefix, what runs on it, and the ports in place of those of the page."""

    prefix: Path
    services: Services
    trusted: dict[str, ssl.SSLContext] = field(default_factory=dict)
    https: int = field(default_factory=free_port)
    endpoint: int = field(default_factory=free_port)
    desk: int = field(default_factory=free_port)
    told: list[list[str]] = field(default_factory=list)
    """The calls to programs that the test is in for."""
    faults: list[str] = field(default_factory=list)
    """The tasks that they could not do."""

    @property
    def shims(self) -> Path:
        return self.services.shims

    @property
    def deploy(self) -> Path:
        """The shipped files of the release that runs."""
        return self.prefix / DEPLOY

    def at(self, place: str) -> Path:
        """A place of the page, on this machine."""
        return self.prefix / place.lstrip("/")

    def proxy(self) -> Proxy:
        """The site through the proxy."""
        return Proxy(self.https, self.at("var/log/caddy"), self.trusted[NAME])

    def own(self, text: str) -> str:
        """A block or a shipped file with the places, ports and addresses of this machine."""
        text = PLACE.sub(f"{self.prefix}/", text)
        for old, new in (
            ("127.0.0.1:8001", f"127.0.0.1:{self.endpoint}"),
            ("127.0.0.1:8002", f"127.0.0.1:{self.desk}"),
            ("\nCONSENTS_KEYS=", f"\nCONSENTS_PORT={self.endpoint}\nCONSENTS_KEYS="),
            ("\nDESK_URL=", f"\nDESK_PORT={self.desk}\nDESK_URL="),
            ("mail.example.org:587", "127.0.0.1:9"),
            ("\n{\n\tlog", f"\n{{\n\t{of_the_test(self.https)}\n\tlog"),
            *((f"\n{name} {{", self._with_certificate(name)) for name in (NAME, DESK_NAME)),
        ):
            text = text.replace(old, new)
        return text

    def _with_certificate(self, name: str) -> str:
        folder = self.prefix / "certificates" / name
        return f"\n{name} {{\n\tbind 127.0.0.1\n\ttls {folder}/certificate.pem {folder}/key.pem"

    def follow(self, block: str) -> str:
        """Run a block of the page, where the one before ended; what it printed."""
        self._write_what_is_known()
        whole = f'cd "$(cat {self.prefix}/where)"\n{self.own(block)}\npwd > {self.prefix}/where\n'
        environment = dict(USUAL) | self.services.environment
        done = subprocess.run(
            ["sh", "-ec", whole], env=environment, capture_output=True, text=True, timeout=180, umask=0o022
        )
        assert done.returncode == 0, f"{block}\n{done.stdout}{done.stderr}\n{self._said()}"
        if (self.prefix / "opt/noticeboard/current").exists() and not (self.prefix / "own").exists():
            self._make_files_own()
        return done.stdout

    def _said(self) -> str:
        names = [*self.services.running, *self.services.failed]
        return "\n".join([*self.faults, *(f"{name}: {self.services.log(name)[-2000:]}" for name in names)])

    def _make_files_own(self) -> None:
        """The shipped files name the machine's places and ports from here on."""
        for file in self.deploy.iterdir():
            if file.is_file():
                file.write_text(self.own(file.read_text("utf-8")), "utf-8")
        (self.prefix / "own").touch()

    def _write_what_is_known(self) -> None:
        curl = shutil.which("curl", path=USUAL["PATH"])
        known = {
            "users": self.services.users,
            "https": self.https,
            "names": [NAME, DESK_NAME],
            "authorities": str(self.prefix / "certificates" / "all.pem"),
            "curl": curl,
            "python": PYTHON,
            "as_users": IS_ROOT,
            "needed": sysconfig.get_path("purelib"),
            "caddy": str(programs.program("caddy")),
            "caddy_environment": {
                name: value for name, value in programs.environment().items() if name == "LD_LIBRARY_PATH"
            }
            | {"HOME": str(self.prefix / "var/lib/caddy"), "XDG_DATA_HOME": str(self.prefix / "var/lib/caddy")},
        }
        (self.shims / "stand_ins.json").write_text(json.dumps(known), "utf-8")

    def answer(self, name: str, arguments: list[str]) -> int:
        """The exit code of a program that the test is in for."""
        self.told.append([name, *arguments])
        words = [word for word in arguments if not word.startswith("-")]
        if name == "useradd":
            assert {"--system", "--user-group"} <= set(arguments)
            self._add_user(words[-1])
        elif name == "apt-get" and "install" in arguments and "caddy" in arguments:
            self._unpack_caddy()
        elif name == "systemctl":
            return self._systemctl(arguments, words)
        return 0

    def _add_user(self, name: str) -> None:
        assert name not in self.services.users
        self.services.users[name] = FIRST_USER + len(self.services.users)
        self._write_what_is_known()

    def _unpack_caddy(self) -> None:
        """The content of Debian's package: a user, a folder of files and a unit."""
        self._add_user("caddy")
        unit = (programs.FOLDER / "lib/systemd/system/caddy.service").read_text("utf-8")
        for folder in ("etc/caddy", "etc/systemd/system", "var/log", "var/lib/caddy", "usr/local/bin", "etc/ssl"):
            self.at(folder).mkdir(parents=True, exist_ok=True)
        if IS_ROOT:
            os.chown(self.at("var/lib/caddy"), self.services.users["caddy"], -1)
        self.at("etc/systemd/system/caddy.service").write_text(self.own(unit), "utf-8")

    def _systemctl(self, arguments: list[str], words: list[str]) -> int:
        verb, *units = words or [""]
        if "--failed" in arguments:
            return int(bool(self.services.failed))
        for name in (one if "." in one else f"{one}.service" for one in units):
            if verb == "enable":
                assert self.at(f"etc/systemd/system/{name}").is_file(), name
                self.services.enabled.add(name)
            if name.endswith(".timer"):
                assert self.services.unit(name.replace(".timer", ".service"))["ExecStart"]
            elif name == "systemd-journald.service":
                continue
            elif verb == "reload":
                self.services.reload(name)
            elif (verb in ("start", "restart", "reload-or-restart") or "--now" in arguments) and (
                code := self.services.start(name)
            ):
                return code
        return 0


@contextmanager
def machine() -> Iterator[Machine]:
    """An empty machine with the wheel of this project in a folder; all that it runs ends with the block."""
    prefix = Path(tempfile.mkdtemp(prefix="machine-"))
    prefix.chmod(0o755)
    shims = prefix / "stand-ins"
    shims.mkdir()
    for name in STOOD_IN_FOR:
        text = (PROJECT / "tests" / "stand_ins.py").read_text("utf-8")
        (shims / name).write_text(f"#!{PYTHON} -IS\n{text}", "utf-8")
        (shims / name).chmod(0o755)
    environment = {"PATH": f"{prefix}/usr/local/bin:{shims}:{USUAL['PATH']}"}
    # nothing is fetched, and no program of the machine is installed
    environment |= {"PIP_NO_INDEX": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_ROOT_USER_ACTION": "ignore"}
    here = Machine(prefix, Services(prefix, shims, environment))
    for name in (NAME, DESK_NAME):
        folder = prefix / "certificates" / name
        folder.mkdir(parents=True)
        here.trusted[name] = certificate(folder, name)
        (folder / "key.pem").chmod(0o644)
        with (prefix / "certificates" / "all.pem").open("a") as both:
            both.write((folder / "certificate.pem").read_text("utf-8"))
    (prefix / "where").write_text(str(prefix))
    with socket.socket(socket.AF_UNIX) as asked:
        asked.bind(str(shims / "asked"))
        (shims / "asked").chmod(0o777)
        asked.listen()
        threading.Thread(target=_answer, args=(asked, here), daemon=True).start()
        try:
            yield here
        finally:
            here.services.close()
            shutil.rmtree(prefix)


def _answer(asked: socket.socket, here: Machine) -> None:
    """Answer the programs that the test is in for, one at a time, until the socket closes."""
    while True:
        try:
            connection, _ = asked.accept()
        except OSError:
            return
        with connection, connection.makefile("r") as lines:
            name, *arguments = json.loads(lines.readline())
            try:
                code = here.answer(name, arguments)
            except Exception as fault:
                here.faults.append(f"{name} {arguments}: {fault!r}")
                code = 1
            connection.sendall(f"{code}\n".encode())
