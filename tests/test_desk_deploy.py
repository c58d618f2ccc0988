"""The desk as its operator runs it: behind nginx with the shipped file, and started as the shipped unit starts it."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from configparser import RawConfigParser
from contextlib import suppress
from pathlib import Path

import pytest

from desk.people.person import Person
from generator.cli import parser
from tests import programs
from tests.certificates import certificate
from tests.desk_access_fixtures import Desk, made_desk, served
from tests.desk_fixtures import ANNA
from tests.proxies import shipped
from tests.serving import free_port
from tests.site_fixtures import PROJECT, make_site

NAME = "desk.example.org"
SECRET = "spent-elsewhere-0123456789"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk that believes its address alone."""
    root = tmp_path / "site"
    root.mkdir()
    make_site(root)
    mail = {"mail": f"folder:{tmp_path / 'letters'}", "mail_from": "desk@example.org"}
    with served(lambda port: _made(root, ANNA, port=port, base_url=f"https://{NAME}", **mail)) as here:
        yield here


def _made(root: Path, person: Person, **options: object) -> Desk:
    return made_desk(root, person, **options)  # type: ignore[arg-type]


def test_nginx_passes_the_desk_on_and_logs_no_address_that_is_a_key(desk: Desk, tmp_path: Path) -> None:
    binary, port, folder = programs.required("nginx"), free_port(), tmp_path / "nginx"
    folder.mkdir()
    trusted = certificate(folder, NAME)
    changes = {
        "listen 443 ssl": f"listen 127.0.0.1:{port} ssl",
        f"/etc/ssl/{NAME}.pem": f"{folder}/certificate.pem",
        f"/etc/ssl/private/{NAME}.key": f"{folder}/key.pem",
        "/var/log/nginx/": f"{folder}/",
        "127.0.0.1:8002": f"127.0.0.1:{desk.access.config.port}",
    }
    (folder / "site.conf").write_text(shipped("nginx-desk.conf", **changes))
    own = [f"{name}_temp_path {folder}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")]
    user = "user root;\n" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(
        f"{user}daemon off;\npid {folder}/pid;\nevents {{ }}\nhttp {{ {' '.join(own)} include {folder}/site.conf; }}\n"
    )
    command = [str(binary), "-p", str(folder), "-e", "stderr", "-c", str(folder / "nginx.conf")]
    process = subprocess.Popen(command, env=programs.environment(), stderr=subprocess.PIPE)

    def ask(path: str) -> tuple[int, str]:
        connection = http.client.HTTPConnection(NAME)
        plain = socket.create_connection(("127.0.0.1", port), timeout=20)
        connection.sock = trusted.wrap_socket(plain, server_hostname=NAME)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            answer.read()
            return answer.status, str(answer.headers)
        finally:
            connection.close()

    try:
        for _ in range(200):
            assert process.poll() is None, process.stderr and process.stderr.read()
            with suppress(OSError):
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            time.sleep(0.05)
        status, headers = ask("/desk/sign-in")
        assert status == 200 and "__Host-" in headers and "max-age" in headers
        for path in (f"/desk/sign-in/link/{SECRET}", f"/desk/shared/{SECRET}/"):
            assert ask(path)[0] in (404, 410)
    finally:
        process.terminate()
        process.communicate(timeout=20)
    logged = "".join(file.read_text("utf-8") for file in folder.glob("*.log"))
    assert "/desk/sign-in/link/-" in logged and "/desk/shared/-" in logged and SECRET not in logged


def test_the_unit_starts_the_desk_and_lets_it_write_where_it_must() -> None:
    unit = RawConfigParser(strict=False)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read_string((PROJECT / "deploy" / "noticeboard-desk.service").read_text("utf-8"))
    service = unit["Service"]
    program, *arguments = service["ExecStart"].split()
    assert Path(program).name == "noticeboard"
    assert parser().parse_args(arguments).run is not None
    assert service["WorkingDirectory"] in service["ReadWritePaths"].split()
    chapter = (PROJECT / "docs" / "operators.md").read_text("utf-8")
    assert f"DESK_FOLDER=/var/lib/{service['StateDirectory']}" in chapter and service["EnvironmentFile"] in chapter
