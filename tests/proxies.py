"""nginx and Caddy with the files in deploy/ as they are shipped: only addresses and paths are those of the test."""

from __future__ import annotations

import http.client
import os
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests import programs
from tests.certificates import certificate
from tests.serving import free_port
from tests.site_fixtures import PROJECT

NAME = "privacy.example.org"
KINDS = ("nginx", "caddy")
UPSTREAM = "    server 127.0.0.1:8001 fail_timeout=5s;\n"
"""The line in nginx.conf for a host of the endpoint."""


@dataclass(frozen=True)
class Answer:
    """An answer."""

    status: int
    headers: http.client.HTTPMessage
    body: str


@dataclass(frozen=True)
class Proxy:
    """A proxy that runs: asked as a browser asks it."""

    port: int
    folder: Path
    trusted: ssl.SSLContext = field(repr=False)
    too_long: tuple[int, ...] = (413,)
    """Its answer to a body that is too long."""

    def connect(self) -> ssl.SSLSocket:
        """A connection with TLS to the name of the site."""
        plain = socket.create_connection(("127.0.0.1", self.port), timeout=20)
        return self.trusted.wrap_socket(plain, server_hostname=NAME)

    def ask(
        self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """One request on a connection of its own."""
        connection = http.client.HTTPConnection(NAME)
        connection.sock = self.connect()
        try:
            connection.request(method, path, body, dict(headers or {}))
            response = connection.getresponse()
            return Answer(response.status, response.headers, response.read().decode())
        finally:
            connection.close()

    def written(self) -> str:
        """All that it wrote to its logs."""
        return "".join(file.read_text("utf-8", "replace") for file in self.folder.glob("*.log"))


@contextmanager
def proxy(kind: str, folder: Path, public: Path, *endpoints: int) -> Iterator[Proxy]:
    """The proxy before a built site and an endpoint on this machine; nginx before several."""
    binary = programs.required(kind)
    folder.mkdir()
    port, trusted = free_port(), certificate(folder, NAME)
    command = {"nginx": _nginx, "caddy": _caddy}[kind](binary, folder, public, port, endpoints)
    environment = programs.environment() | {"HOME": str(folder), "XDG_DATA_HOME": str(folder)}
    with (folder / "output.log").open("w") as output:
        process = subprocess.Popen(command, env=environment, stdout=output, stderr=output)
    running = Proxy(port, folder, trusted, (400, 413, 502) if is_old_caddy(binary) else (413,))
    try:
        for _ in range(200):
            assert process.poll() is None, running.written()
            with suppress(OSError):
                running.connect().close()
                break
            time.sleep(0.05)
        yield running
    finally:
        process.terminate()
        process.wait(20)


def is_old_caddy(binary: Path) -> bool:
    """Debian's is of 2022: it buffers by another word, and answers 502 or 400 where it stops reading a body."""
    if binary.name != "caddy":
        return False
    version = subprocess.run([binary, "version"], env=programs.environment(), capture_output=True, text=True).stdout
    return version.removeprefix("v").startswith("2.6.")


def shipped(name: str, **changes: str) -> str:
    text = (PROJECT / "deploy" / name).read_text("utf-8")
    for old, new in changes.items():
        assert old in text, f"{old!r} is no longer in deploy/{name}"
        text = text.replace(old, new)
    return text


def mime_types() -> Path:
    """nginx's list of file types."""
    places = (programs.FOLDER / "etc/nginx/mime.types", Path("/etc/nginx/mime.types"))
    return next(file for file in places if file.is_file())


def _nginx(binary: Path, folder: Path, public: Path, port: int, endpoints: Sequence[int]) -> list[str]:
    changes = {
        "listen 443 ssl": f"listen 127.0.0.1:{port} ssl",
        "listen 80;": f"listen 127.0.0.1:{free_port()};",
        "/etc/ssl/privacy.example.org.pem": f"{folder}/certificate.pem",
        "/etc/ssl/private/privacy.example.org.key": f"{folder}/key.pem",
        "/var/log/nginx/": f"{folder}/",
        "/var/www/privacy/public": str(public),
        UPSTREAM: "".join(UPSTREAM.replace("8001", str(endpoint)) for endpoint in endpoints),
        "client_body_timeout 10s": "client_body_timeout 120s",  # so that it is not this that helps against slow clients
    }
    (folder / "site.conf").write_text(shipped("nginx.conf", **changes))
    types = mime_types()
    own = [f"{name}_temp_path {folder}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")]
    (folder / "nginx.conf").write_text(
        ("user root;\n" if os.geteuid() == 0 else "")
        + f"daemon off;\npid {folder}/pid;\nevents {{ }}\n"
        + f"http {{ include {types}; {' '.join(own)} include {folder}/site.conf; }}\n"
    )
    return [str(binary), "-p", str(folder), "-e", "stderr", "-c", str(folder / "nginx.conf")]


def of_the_test(port: int) -> str:
    """Global options of Caddy: another port for TLS, and nothing that another Caddy on this machine could meet."""
    return f"admin off\n\tauto_https disable_redirects\n\thttps_port {port}\n\thttp_port {free_port()}"


def _caddy(binary: Path, folder: Path, public: Path, port: int, endpoints: Sequence[int]) -> list[str]:
    (endpoint,) = endpoints
    changes = {
        "\n{\n\tlog": f"\n{{\n\t{of_the_test(port)}\n\tlog",
        f"{NAME} {{": f"{NAME} {{\n\tbind 127.0.0.1\n\ttls {folder}/certificate.pem {folder}/key.pem",
        "/var/log/caddy/": f"{folder}/",
        "import /etc/caddy/Caddyfile-*\n": "",
        "/var/www/privacy/public": str(public),
        "127.0.0.1:8001": f"127.0.0.1:{endpoint}",
        "read_body 10s": "read_body 120s",
    }
    if is_old_caddy(binary):
        changes["request_buffers 64KB"] = "buffer_requests"  # as the file says
    (folder / "Caddyfile").write_text(shipped("Caddyfile", **changes))
    return [str(binary), "run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile")]
