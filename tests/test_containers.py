"""The image and both compose files on a real engine: what only an engine can show.

`make faults ONLY=container`; it takes some minutes.
"""

from __future__ import annotations

import http.client
import io
import json
import os
import secrets
import shutil
import socket
import ssl
import subprocess
import tarfile
import time
import urllib.parse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.container_engine import IMAGE, Engine, engine, make_images, ran, stand_in
from tests.container_files import WITH_POSTGRESQL, services
from tests.serving import free_port
from tests.site_fixtures import make_site, publish
from widget import __version__

pytestmark = pytest.mark.skipif(os.environ.get("FAULTS") != "long", reason="make faults ONLY=container")
NAMES = {"PRIVACY_ADDRESS": "privacy.example.org", "DESK_ADDRESS": "desk.example.org"}
PASSWORDS = ("POSTGRESQL_PASSWORD", "CONSENTS_OWNER_PASSWORD", "CONSENTS_DATABASE_PASSWORD")
MAIL = "{0}_MAIL=folder:/tmp/letters\n{0}_MAIL_FROM=privacy@example.org\n"


@dataclass(frozen=True)
class Composed:
    """The services of compose files, in a project of their own."""

    engine: Engine
    folder: Path
    files: tuple[str, ...]
    name: str
    https: int

    def compose(self, *words: str, check: bool = True, given: bytes | None = None) -> str:
        files = [word for file in self.files for word in ("-f", file)]
        command = [*self.engine.compose, "-p", self.name, *files, *words]
        return ran(command, check=check, given=given, folder=self.folder)

    def inside(self, service: str, *words: str, check: bool = True) -> str:
        """The output of a command in a service that runs."""
        return self.engine.run("exec", self.container(service), *words, check=check)

    def container(self, service: str) -> str:
        label = f"label=com.docker.compose.service={service}"
        project = f"label=com.docker.compose.project={self.name}"
        (found,) = self.engine.run("ps", "-a", "-q", "--filter", label, "--filter", project).split()
        return found

    def ask(self, method: str, host: str, path: str, form: dict[str, str] | None = None) -> tuple[int, str, str]:
        """The answer by way of the proxy: status, the address that it leads to, body."""
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        connection = http.client.HTTPSConnection(host, context=context, timeout=20)
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
        with (
            socket.create_connection(("127.0.0.1", self.https), 20) as plain,
            context.wrap_socket(plain, server_hostname=host) as connection.sock,
        ):
            connection.request(method, path, urllib.parse.urlencode(form or {}), headers)
            answer = connection.getresponse()
            return answer.status, answer.headers.get("Location", ""), answer.read().decode()

    def becomes(self, status: int, host: str, path: str) -> None:
        """Wait until the proxy gets an answer with a status."""
        for _ in range(240):
            try:
                if self.ask("GET", host, path)[0] == status:
                    return
            except OSError:
                pass
            time.sleep(0.5)
        raise AssertionError(f"{path}: {self.compose('logs', check=False)[-3000:]}")


@pytest.fixture(scope="module")
def found() -> Engine:
    return engine()


@pytest.fixture(scope="module")
def images(found: Engine, tmp_path_factory: pytest.TempPathFactory) -> bool:
    """The image of this folder is built; whether the images of Caddy and PostgreSQL are there."""
    return make_images(found, tmp_path_factory.mktemp("images"))


def site_as_archive(folder: Path) -> bytes:
    """A site with one published notice."""
    make_site(folder)
    assert publish(folder, "2026-10-01", "First.", "material") == 0
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w") as archive:
        for name in ("site.yml", "content"):
            archive.add(folder / name, name)
    return written.getvalue()


@pytest.fixture(params=["compose.yml", "compose-postgresql.yml"])
def composed(request: pytest.FixtureRequest, found: Engine, images: bool, tmp_path: Path) -> Iterator[Composed]:
    """Everything set up by the steps of docs/containers.md, and running."""
    https = free_port()
    folder = stand_in(tmp_path, free_port(), https, images=images)
    files = ("compose.yml",) if request.param == "compose.yml" else ("compose.yml", "compose-postgresql.yml")
    here = Composed(found, folder, files, f"noticeboard-{secrets.token_hex(4)}", https)
    values = NAMES | {"CADDY_GLOBAL_OPTIONS": "local_certs"} | {name: secrets.token_hex(16) for name in PASSWORDS}
    (folder / ".env").write_text("".join(f"{name}={value}\n" for name, value in values.items()), "utf-8")
    (folder / "consents.env").write_text(MAIL.format("CONSENTS"), "utf-8")
    (folder / "desk.env").write_text(MAIL.format("DESK"), "utf-8")
    (folder / "secrets" / "desk").mkdir(parents=True)
    (tmp_path / "site").mkdir()
    try:
        site = ("--profile", "commands", "run", "--rm", "-T", "site")
        here.compose(*site, "tar", "--no-same-owner", "-xf", "-", given=site_as_archive(tmp_path / "site"))
        here.compose(*site)
        start(here)
        here.becomes(200, "privacy.example.org", "/readyz")
        yield here
    finally:
        here.compose("--profile", "commands", "down", "--volumes", check=False)


def start(here: Composed) -> None:
    """Start all; step by step where the database is PostgreSQL and the engine Podman, which waits for nothing before
    4.6."""
    if here.engine.name != "podman" or len(here.files) == 1:
        here.compose("up", "--detach")
        return
    here.compose("up", "--detach", "postgresql")
    check = services(WITH_POSTGRESQL)["postgresql"]["healthcheck"]["test"][1:]
    for _ in range(120):
        if (
            subprocess.run(["podman", "exec", here.container("postgresql"), *check], capture_output=True).returncode
            == 0
        ):
            break
        time.sleep(0.5)
    here.compose("run", "--rm", "--no-deps", "-T", "migrate")
    here.compose("up", "--detach", "--no-deps", "proxy", "endpoint", "desk")


def test_a_resident_agrees_and_a_program_reads_it_in_the_ledger(composed: Composed) -> None:
    published = json.loads(composed.ask("GET", "privacy.example.org", "/published.json")[2])
    (version,) = published["versions"]
    form = {name: str(version[name]) for name in ("version", "digest", "language")}
    form |= {"decision.news": "given", "request_id": secrets.token_hex(16)}
    status, receipt, _ = composed.ask("POST", "privacy.example.org", "/consent/library", form)
    assert status == 303 and receipt.startswith("/receipt/")
    assert ",given," in composed.inside("endpoint", "consents", "export")
    assert "whole" in composed.inside("endpoint", "consents", "verify").lower()
    composed.inside("endpoint", "consents", "checkpoint", "--out", "/var/backups/noticeboard/head.txt")
    if len(composed.files) == 1:
        composed.inside("endpoint", "consents", "backup", "/var/backups/noticeboard/now.db")
    assert composed.ask("GET", "privacy.example.org", "/metrics")[0] == 403
    assert composed.ask("GET", "privacy.example.org", "/library/")[0] == 200

    for service, check in (("endpoint", "consents"), ("desk", "desk")):
        script = "/opt/noticeboard/share/noticeboard/deploy/container/healthy.py"
        assert composed.inside(service, "python3", script, check) == "200\n"
        rights = composed.inside(service, "cat", "/proc/1/status")
        assert "CapEff:\t0000000000000000" in rights and "NoNewPrivs:\t1" in rights
        assert composed.inside(service, "id", "-u") == "10001\n"
        for place in ("/opt/noticeboard", "/etc", "/usr/local/bin"):
            assert composed.inside(service, "sh", "-c", f"touch {place}/x || echo refused", check=False) == "refused\n"
    assert composed.inside("endpoint", "sh", "-c", "touch /var/www/privacy/x || echo refused") == "refused\n"
    assert (
        composed.inside("desk", "ls", "/var/lib/noticeboard-keys", "/var/lib/noticeboard-consents").split("\n")[1] == ""
    )
    kept = composed.inside("endpoint", "ls", "/var/lib/noticeboard-keys")
    assert "signing.pem" in kept

    where = "import socket; print(socket.gethostbyname('privacy.example.org'))"
    inspected = json.loads(composed.engine.run("inspect", composed.container("proxy")))
    addresses = {one["IPAddress"] for one in inspected[0]["NetworkSettings"]["Networks"].values()}
    assert composed.inside("desk", "python3", "-c", where).strip() in addresses, "the desk reaches the site by its name"

    began = time.monotonic()
    composed.engine.run("stop", "--time", "30", composed.container("endpoint"), composed.container("desk"))
    assert time.monotonic() - began < 25, "they end when they are asked to, and are not killed"
    for service in ("endpoint", "desk"):
        inspected = json.loads(composed.engine.run("inspect", composed.container(service)))
        assert inspected[0]["State"]["ExitCode"] in (0, 143), service
    assert composed.ask("GET", "privacy.example.org", "/readyz")[0] == 502
    composed.compose("start", "endpoint")
    composed.becomes(200, "privacy.example.org", "/readyz")
    assert ",given," in composed.inside("endpoint", "consents", "export")
    assert composed.ask("GET", "privacy.example.org", receipt)[0] == 200


@pytest.mark.parametrize("missing", [".env", "consents.env", "desk.env", "secrets/desk"])
def test_nothing_starts_without_what_is_secret(missing: str, found: Engine, images: bool, tmp_path: Path) -> None:
    folder = stand_in(tmp_path, free_port(), free_port(), images=images)
    (folder / ".env").write_text("".join(f"{name}={value}\n" for name, value in NAMES.items()), "utf-8")
    (folder / "secrets" / "desk").mkdir(parents=True)
    for name in ("consents", "desk"):
        (folder / f"{name}.env").write_text(MAIL.format(name.upper()), "utf-8")
    here = Composed(found, folder, ("compose.yml",), f"noticeboard-{secrets.token_hex(4)}", 0)
    (shutil.rmtree if (folder / missing).is_dir() else os.unlink)(folder / missing)
    try:
        service = "desk" if "desk" in missing else "endpoint"
        here.compose("up", "--detach", service, check=False)
        label = f"label=com.docker.compose.project={here.name}"
        assert found.run("ps", "-q", "--filter", label) == ""
    finally:
        here.compose("down", "--volumes", check=False)


def test_the_image_runs_each_command_without_compose(found: Engine, images: bool) -> None:
    safe = ["run", "--rm", "--read-only", "--cap-drop", "ALL", "--network", "none", "--tmpfs", "/tmp", IMAGE]  # noqa: S108
    assert found.run(*safe, "consents", "--version") == f"consents {__version__}\n"
    assert found.run(*safe, "noticeboard", "--version") == f"noticeboard {__version__}\n"
    found.run(*safe, "python3", "-c", "import sys; sys.exit(0)")
    layers = found.run(*safe, "sh", "-c", "ls -d /build /opt/noticeboard/bin/pip /srv/noticeboard/*", check=False)
    assert layers == "", "nothing of the build, and no content"
    inspected = json.loads(found.run("image", "inspect", IMAGE))[0]
    assert inspected["Config"]["StopSignal"] in ("SIGTERM", "15") and inspected["Config"]["User"] == "10001:10001"
