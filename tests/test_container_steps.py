"""The steps of the image without a container engine: the Containerfile's own lines, run in a scratch folder in place
of /opt, then the commands and health checks of the compose file. The parts that only an engine can show are in
tests/test_containers.py.

Packages come from where the tests run instead of a registry (tests/test_locks.py holds the locks to them); what the
system's packages and users are for is left out."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.container_files import COMPOSE, context, image_environment, instructions, services
from tests.lock_files import FOLDER, environment_of
from tests.serving import free_port
from tests.site_fixtures import PROJECT, TODAY, make_site, publish
from tests.test_package import contents

INSTALLED = "/opt/noticeboard"
PYTHON = """#!/bin/sh
# Stands in for the base image's python3: the environment of the build tools is the one that the tests run in.
if [ "$1 $2 $3" = "-m venv tools" ]; then
  mkdir -p tools/bin
  printf '#!/bin/sh\\nexec {python} "$@"\\n' > tools/bin/python
  cp "$0-pip" tools/bin/pip
  chmod +x tools/bin/python
  exit
fi
exec {python} "$@"
"""
PIP = """#!/bin/sh
# What would be fetched is noted and not fetched; what is installed from a file is installed.
case " $* " in
  *" --require-hashes "*) echo "$@" >> {log} ;;
  *) exec {python} -m pip "$@" --no-compile ;;
esac
"""


@dataclass(frozen=True)
class Image:
    """The files that the build stage left, at a place of its own in place of /opt/noticeboard."""

    prefix: Path
    wheel: Path
    fetched: str
    packages: Path

    def words(self, command: list[str]) -> list[str]:
        """A command of the image, here."""
        found = [word.replace(INSTALLED, str(self.prefix)) for word in command]
        return [str(self.prefix / "bin" / found[0]), *found[1:]] if "/" not in found[0] else found

    def environment(self, more: Mapping[str, str]) -> dict[str, str]:
        """The image's variables, and `more` over them."""
        own = image_environment() | {"PYTHONPATH": str(self.packages), "PATH": f"{self.prefix}/bin:/usr/bin:/bin"}
        return own | {"CONSENTS_HOST": "127.0.0.1", "DESK_HOST": "127.0.0.1"} | dict(more)


at_length = pytest.mark.skipif(os.environ.get("FAULTS") != "long", reason="at length: make faults ONLY=container")


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Image:
    """Runs every RUN of the build stage, on the files that its COPY lines take from the build context."""
    place = tmp_path_factory.mktemp("image")
    build, programs, prefix = place / "build", place / "programs", place / "opt"
    build.mkdir()
    programs.mkdir()
    for name, text in (("python3", PYTHON), ("python3-pip", PIP)):
        (programs / name).write_text(text.format(python=shlex.quote(sys.executable), log=place / "fetched"), "utf-8")
        (programs / name).chmod(0o755)
    given = {path.relative_to(PROJECT): path for path in context()}
    for one in instructions():
        if one.stage == 0 and one.word == "COPY":
            copy(one.text.split(), given, build)
        elif one.stage == 0 and one.word == "RUN":
            line = one.text.replace(INSTALLED, str(prefix))
            environment = {"PATH": f"{programs}:/usr/bin:/bin", "PIP_NO_INDEX": "1", "HOME": str(place)}
            done = subprocess.run(["sh", "-ec", line], cwd=build, env=environment, capture_output=True, text=True)
            assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
    (wheel,) = (build / "dist").glob("*.whl")
    packages = environment_of(FOLDER / "desk.lock", place / "packages")
    return Image(prefix, wheel, (place / "fetched").read_text("utf-8"), packages)


def copy(words: list[str], given: Mapping[Path, Path], build: Path) -> None:
    """COPY: files, or what is in folders, of the context alone."""
    *sources, target = words
    for source in sources:
        chosen = {name: path for name, path in given.items() if name.is_relative_to(source)}
        assert chosen, f"the ignore file leaves out {source}"
        for name, path in chosen.items():
            inside = name.relative_to(source)
            to = build / target / (inside if inside.parts else name)
            to.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, to)


def test_the_steps_make_the_wheel_of_the_folder_and_install_every_lock(image: Image, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    subprocess.run(command, cwd=PROJECT, check=True, capture_output=True)
    assert contents(image.wheel) == contents(next(tmp_path.glob("*.whl")))
    assert set(re.findall(r"deploy/locks/([a-z-]+)\.lock", image.fetched)) == {
        path.stem for path in FOLDER.iterdir() if path.stem != "endpoint-sqlite"
    }, "what SQLite needs is in each of the others"


def test_nothing_of_a_council_or_of_its_secrets_is_in_the_build_context() -> None:
    names = {path.relative_to(PROJECT).as_posix() for path in context()}
    assert names & {"pyproject.toml", "widget/cli.py", "deploy/container/healthy.py"}
    assert {name.partition("/")[0] for name in names} == {
        *("generator", "widget", "desk", "templates", "deploy"),
        *("pyproject.toml", "README.md", "LICENSE"),
    }
    assert not {name for name in names if name.endswith((".env", ".pyc", ".db", ".pem"))}


@contextmanager
def started(image: Image, folder: Path, service: str, more: Mapping[str, str]) -> Iterator[list[str]]:
    """A service of the compose file, without a container; gives its health check."""
    said = services(COMPOSE)[service]
    environment = image.environment(more)
    with (folder / f"{service}.log").open("w") as log:
        command = image.words(said["command"])
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log, start_new_session=True)
    try:
        yield image.words(said["healthcheck"]["test"][1:])
        assert process.poll() is None, (folder / f"{service}.log").read_text()
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)


def becomes_healthy(check: list[str], environment: Mapping[str, str]) -> bool:
    for _ in range(100):
        if subprocess.run(check, env=dict(environment), capture_output=True).returncode == 0:
            return True
        time.sleep(0.1)
    return False


@pytest.fixture(scope="module")
def site(image: Image, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site's folder with its published one, built by the command that compose has for it."""
    root = tmp_path_factory.mktemp("containers") / "site"
    root.mkdir()
    make_site(root)
    assert publish(root, "2026-10-01", "First.", "material") == 0
    command = [word.replace("/var/www/privacy", str(root.parent)) for word in services(COMPOSE)["site"]["command"]]
    more = [*image.words(command), "--quiet", "--date", TODAY.isoformat()]
    subprocess.run(more, cwd=root, env=image.environment({}), check=True)
    return root


@at_length
def test_the_endpoint_is_healthy_once_it_answers_and_not_before(image: Image, site: Path, tmp_path: Path) -> None:
    more = {
        "CONSENTS_MANIFEST": str(site.parent / "public" / "published.json"),
        "CONSENTS_KEYS": str(tmp_path / "keys"),
        "DATABASE_URL": f"sqlite:///{tmp_path}/consents.db",
        "CONSENTS_PORT": str(free_port()),
    }
    with started(image, tmp_path, "endpoint", more) as check:
        assert becomes_healthy(check, image.environment(more))
        nowhere = image.environment(more | {"CONSENTS_MANIFEST": str(tmp_path / "none.json")})
        assert subprocess.run(check, env=nowhere, capture_output=True).returncode == 1
    done = subprocess.run(check, env=image.environment(more), capture_output=True, text=True)
    assert done.returncode == 1 and "Traceback" not in done.stderr


@at_length
def test_the_desk_is_healthy_and_deploys_where_the_endpoint_reads(image: Image, site: Path, tmp_path: Path) -> None:
    more = {
        "DESK_URL": "https://desk.example.org",
        "DESK_FOLDER": str(tmp_path / "desk"),
        "DESK_PORT": str(free_port()),
        "DESK_MAIL": f"folder:{tmp_path}/letters",
        "DESK_MAIL_FROM": "desk@example.org",
    }
    with started(image, site, "desk", more) as check:
        assert becomes_healthy(check, image.environment(more))
    deploy = json.loads(services(COMPOSE)["desk"]["environment"]["DESK_DEPLOY"])
    words = [word.replace("/var/www/privacy", str(tmp_path)).replace("{built}", "/somewhere") for word in deploy]
    subprocess.run(words, cwd=site, env=image.environment({}), check=True)
    built = json.loads((tmp_path / "public" / "published.json").read_text("utf-8"))
    assert [one["notice"] for one in built["versions"]] == ["library"]
