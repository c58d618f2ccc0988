"""A container engine, a compose program and the images that compose.yml names; what this machine lacks is made or
skipped.

`CONTAINER_BASE` names a base image that the engine has. Without one, and where `python:3.13-slim-bookworm` is not
there either, Debian's packages make one with the same programs (mmdebstrap), and Debian's Caddy and PostgreSQL take
the place of their images: they are other builds of the same programs, so what is in those images alone is not tried.
Everything goes through the machine's own settings for pip and apt.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.container_files import CONTAINERFILE, DEPLOY
from tests.site_fixtures import PROJECT

BASE = "python:3.13-slim-bookworm"
OWN_BASE = "localhost/noticeboard-base"
PROXY = "localhost/noticeboard-proxy"
POSTGRESQL = "localhost/noticeboard-postgresql"
IMAGE = "localhost/noticeboard"
MINUTE = 60
ENTRYPOINT = """#!/bin/sh
# As PostgreSQL's own image does it: a new folder gets a superuser with the password, then the scripts run, by the socket alone.
set -eu
PATH=$(ls -d /usr/lib/postgresql/*/bin):$PATH
data=/var/lib/postgresql/data
if [ ! -s "$data/PG_VERSION" ]; then
  printf '%s' "$POSTGRES_PASSWORD" > /tmp/password
  initdb --username "$POSTGRES_USER" --pwfile /tmp/password --auth-host scram-sha-256 --auth-local trust "$data" > /tmp/initdb
  echo 'host all all all scram-sha-256' >> "$data/pg_hba.conf"
  pg_ctl -D "$data" -o "-c listen_addresses='' -c unix_socket_directories=/run/postgresql" -w start > /tmp/first
  export PGHOST=/run/postgresql
  for script in /docker-entrypoint-initdb.d/*.sh; do sh "$script"; done
  pg_ctl -D "$data" -m fast -w stop > /tmp/last
fi
exec postgres -D "$data" -c 'listen_addresses=*' -c unix_socket_directories=/run/postgresql
"""
IMAGES = {
    OWN_BASE: "COPY machine/ /\n",
    PROXY: "RUN apt-get update && apt-get install --yes --no-install-recommends caddy wget\n"
    "ENV XDG_DATA_HOME=/data XDG_CONFIG_HOME=/config\n"
    'CMD ["caddy", "run", "--config", "/etc/caddy/Caddyfile", "--adapter", "caddyfile"]\n',
    POSTGRESQL: "RUN apt-get update && apt-get install --yes --no-install-recommends postgresql postgresql-client \\\n"
    " && usermod --uid 999 --non-unique postgres && groupmod --gid 999 --non-unique postgres \\\n"
    " && install -d -o 999 -g 999 -m 0700 /var/lib/postgresql/data && install -d -o 999 -g 999 -m 3777 /run/postgresql\n"
    "COPY entrypoint /entrypoint\n"
    'ENTRYPOINT ["/bin/sh", "/entrypoint"]\n',
}
"""A stand-in for an image that cannot be fetched, over `OWN_BASE`; and that base itself, over Debian's packages."""


@dataclass(frozen=True)
class Engine:
    """Podman or Docker, and the program that reads compose files with it."""

    name: str
    compose: tuple[str, ...]

    def run(self, *words: str, check: bool = True, given: bytes | None = None) -> str:
        """The output of a command of the engine."""
        return ran([self.name, *words], check=check, given=given)

    def has(self, image: str) -> bool:
        return subprocess.run([self.name, "image", "inspect", image], capture_output=True).returncode == 0


def ran(
    command: Sequence[str],
    *,
    check: bool = True,
    given: bytes | None = None,
    folder: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> str:
    """The output of a command, standard error apart: engines warn there of much."""
    done = subprocess.run(
        command, input=given or b"", cwd=folder, env=environment, capture_output=True, timeout=20 * MINUTE
    )
    assert done.returncode == 0 or not check, f"{' '.join(command)}\n{done.stdout.decode()}{done.stderr.decode()}"
    return done.stdout.decode()


def engine() -> Engine:
    """The engine of this machine; the test is skipped where none runs, or nothing reads compose files."""
    for name, compose in (("podman", ("podman-compose",)), ("docker", ("docker", "compose"))):
        if shutil.which(name) and subprocess.run([name, "info"], capture_output=True).returncode == 0:
            if subprocess.run([*compose, "version"], capture_output=True).returncode:
                pytest.skip(f"{name} is there, and {' '.join(compose)} is not")
            return Engine(name, compose)
    pytest.skip("no container engine runs here: apt-get install podman, and pip install podman-compose")


def make_images(found: Engine, folder: Path) -> bool:
    """Build the image of this project; whether Caddy's and PostgreSQL's own images are there too, or Debian's stand
    in for them."""
    base = os.environ.get("CONTAINER_BASE", BASE)
    own = not found.has(base)
    if own:
        base = OWN_BASE
        make_base(found, folder)
        for name in (PROXY, POSTGRESQL):
            layer(found, folder, name, OWN_BASE)
    arguments = ["--build-arg", f"BASE={base}", "--file", str(CONTAINERFILE), "--tag", IMAGE, str(PROJECT)]
    docker_format = ["--format", "docker"] if found.name == "podman" else []
    found.run("build", "--network", "host", *docker_format, *arguments)
    return not own


def make_base(found: Engine, folder: Path) -> None:
    """Debian with Python, and this machine's way to the package registries."""
    if found.has(OWN_BASE):
        return
    if not shutil.which("mmdebstrap"):
        pytest.skip(f"{BASE} is not here, and neither is mmdebstrap, which makes one: CONTAINER_BASE names another")
    packages = "--include=python3,python3-venv,ca-certificates"
    ran(["mmdebstrap", "--quiet", "--variant=minbase", packages, "bookworm", str(folder / "base.tar")])
    found.run("import", str(folder / "base.tar"), f"{OWN_BASE}-bare")
    machine = folder / "machine"
    for name in ("/etc/pip.conf", "/etc/ssl/certs/ca-certificates.crt"):
        if Path(name).is_file():
            (machine / name[1:]).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(name, machine / name[1:])
    shutil.copytree("/etc/apt/apt.conf.d", machine / "etc" / "apt" / "apt.conf.d")
    layer(found, folder, OWN_BASE, f"{OWN_BASE}-bare")


def layer(found: Engine, folder: Path, name: str, base: str) -> None:
    """An image of `IMAGES` over another, unless it is there."""
    if found.has(name):
        return
    (folder / "entrypoint").write_text(ENTRYPOINT, "utf-8")
    (folder / "Containerfile").write_text(f"FROM {base}\n{IMAGES[name]}", "utf-8")
    found.run("build", "--network", "host", "--file", str(folder / "Containerfile"), "--tag", name, str(folder))


def stand_in(folder: Path, http: int, https: int, *, images: bool) -> Path:
    """A copy of deploy/ that publishes on loopback alone, and takes Debian's programs where their own images are not
    there."""
    copied = folder / "deploy"
    shutil.copytree(DEPLOY, copied)
    changes = {
        "compose.yml": {'"80:80"': f'"127.0.0.1:{http}:80"', '"443:443"': f'"127.0.0.1:{https}:443"'},
        "compose-postgresql.yml": {},
        "container/Caddyfile": {},
    }
    if not images:
        changes["compose.yml"]["image: caddy:2"] = f"image: {PROXY}"
        changes["compose-postgresql.yml"]["image: postgres:17-bookworm"] = f"image: {POSTGRESQL}"
        changes["container/Caddyfile"]["request_buffers 64KB"] = "buffer_requests"  # Caddy 2.6
    for name, pairs in changes.items():
        text = (copied / name).read_text("utf-8")
        for old, new in pairs.items():
            assert old in text, f"{name}: {old}"
            text = text.replace(old, new)
        (copied / name).write_text(text, "utf-8")
    return copied
