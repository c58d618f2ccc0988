"""The package as it is handed on: a wheel and an sdist with all that is needed, installed where nothing of this
project is, beside the packages of a lock file and no others. tests/test_container_steps.py starts the desk so."""

from __future__ import annotations

import signal
import subprocess
import sys
import tarfile
import time
import urllib.error
import urllib.request
import venv
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from email.parser import Parser
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.lock_files import FOLDER, environment_of
from tests.serving import free_port
from tests.site_fixtures import PROJECT
from tests.test_init import ANSWERS
from tests.test_new import filled
from widget import __version__


def built(folder: Path, source: Path, target: str) -> Path:
    """The package of a folder, made by the build backend without a network."""
    command = [sys.executable, "-m", "hatchling", "build", "--target", target, "--directory", str(folder)]
    subprocess.run(command, cwd=source, check=True, capture_output=True)
    (found,) = folder.glob("*.whl" if target == "wheel" else "*.tar.gz")
    return found


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("wheel"), PROJECT, "wheel")


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The unpacked source archive."""
    folder = tmp_path_factory.mktemp("sdist")
    with tarfile.open(built(folder, PROJECT, "sdist")) as archive:
        archive.extractall(folder, filter="data")
    return folder / f"noticeboard-{__version__}"


def contents(wheel: Path) -> dict[str, bytes]:
    with ZipFile(wheel) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def test_the_sdist_makes_the_same_wheel_as_the_folder(wheel: Path, sdist: Path, tmp_path: Path) -> None:
    assert contents(built(tmp_path, sdist, "wheel")) == contents(wheel)


def test_the_wheel_has_every_file_of_the_packages_and_what_an_operator_sets_up(wheel: Path) -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, text=True, check=True)
    shared = f"noticeboard-{__version__}.data/data/share/noticeboard/deploy"
    places = {"generator": "generator", "widget": "widget", "desk": "desk", "deploy": shared}
    places["templates"] = "generator/default_templates"
    wanted = {
        f"{places[top]}/{rest}"
        for top, _, rest in (name.partition("/") for name in listed.stdout.split("\0"))
        if top in places and (PROJECT / top / rest).is_file()
    }
    names = {name for name in contents(wheel) if ".dist-info/" not in name}
    assert wanted - names == set(), "left out"
    assert {name for name in names - wanted if name.endswith((".pyc", ".map")) or "test" in name} == set()


def test_the_sdist_has_the_documents_and_nothing_of_the_example_or_the_tests(sdist: Path) -> None:
    tops = {path.name for path in sdist.iterdir()}
    assert {"docs", "deploy", "LICENSE", "README.md", "CHANGELOG.md", "pyproject.toml", "PKG-INFO"} <= tops
    assert not tops & {"tests", "content", "site.yml", "benchmarks", "node_modules", "var", "public"}
    assert (sdist / "docs" / "operators.md").is_file() and not (sdist / "docs" / "pictures").exists()


@dataclass(frozen=True)
class Elsewhere:
    """The wheel in a virtual environment of its own, and the folder from which its commands are run."""

    programs: Path
    folder: Path
    packages: Path

    def environment(self, more: Mapping[str, str]) -> dict[str, str]:
        """Nothing of this project is on the way: neither its folder nor the packages of the tests."""
        return {"PATH": f"{self.programs}:/usr/bin:/bin", "PYTHONPATH": str(self.packages), **more}

    def run(self, *command: str, code: int = 0, **more: str) -> str:
        """The output of a command, standard error included."""
        place = {"cwd": self.folder, "env": self.environment(more)}
        done = subprocess.run(
            [self.programs / command[0], *command[1:]],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, **place,  # type: ignore[call-overload]
        )  # fmt: skip
        assert done.returncode == code, f"{command}\n{done.stdout}"
        return str(done.stdout)

    @contextmanager
    def started(self, *command: str, path: str, host: str, **more: str) -> Iterator[int]:
        """The status with which a server answers first; it must end when it is asked to."""
        port = free_port()
        words = [self.programs / command[0], *command[1:], "--port", str(port)]
        place = {"cwd": self.folder, "env": self.environment(more)}
        with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **place) as process:  # type: ignore[call-overload]
            try:
                yield first_answer(f"http://127.0.0.1:{port}{path}", host, process)
            finally:
                process.send_signal(signal.SIGTERM)
                process.communicate(timeout=20)


def first_answer(address: str, host: str, process: subprocess.Popen[str]) -> int:
    asked = urllib.request.Request(address, headers={"Host": host})  # noqa: S310 (this machine)
    for _ in range(300):
        assert process.poll() is None, process.communicate()[0]
        try:
            with urllib.request.urlopen(asked, timeout=2) as answer:  # noqa: S310
                return int(answer.status)
        except urllib.error.HTTPError as refused:
            return refused.code
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"{address} did not answer")


@pytest.fixture(scope="module")
def programs(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the commands of the wheel are, once it is installed."""
    place = tmp_path_factory.mktemp("installed") / "venv"
    venv.create(place)
    pip = [sys.executable, "-m", "pip", "--python", str(place / "bin" / "python"), "install", "--no-deps", "--no-index"]
    subprocess.run([*pip, "--no-compile", "--quiet", str(wheel)], check=True, capture_output=True)
    return place / "bin"


@pytest.fixture(scope="module")
def site(programs: Path, tmp_path_factory: pytest.TempPathFactory) -> Elsewhere:
    """A council's new site, begun and filled in with the packages for building sites."""
    folder = tmp_path_factory.mktemp("council")
    packages = environment_of(FOLDER / "site.lock", folder / "packages")
    Elsewhere(programs, folder, packages).run("noticeboard", "init", "council", *ANSWERS, "--languages", "en")
    here = Elsewhere(programs, folder / "council", packages)
    for text in [here.folder / "site.yml", *(here.folder / "content").rglob("*.md")]:
        text.write_text(filled(text.read_text("utf-8")), "utf-8")
    here.run("noticeboard", "check")
    here.run("noticeboard", "publish")
    here.run("noticeboard", "build", "--quiet")
    return here


def with_packages(site: Elsewhere, lock: str, folder: Path) -> Elsewhere:
    """The same site and programs, beside the packages of another lock file."""
    return Elsewhere(site.programs, site.folder, environment_of(FOLDER / f"{lock}.lock", folder / lock))


def test_the_release_has_one_home(site: Elsewhere, wheel: Path) -> None:
    assert site.run("noticeboard", "--version") == f"noticeboard {__version__}\n"
    assert site.run("consents", "--version") == f"consents {__version__}\n"
    metadata = contents(wheel)[f"noticeboard-{__version__}.dist-info/METADATA"].decode()
    assert Parser().parsestr(metadata)["Version"] == __version__
    repeated = subprocess.run(["git", "grep", "-lF", __version__, "--", "*.py", "*.toml", "*.json", "deploy"], cwd=PROJECT, capture_output=True, text=True)  # fmt: skip
    assert repeated.stdout.split() == ["widget/__init__.py"]


def test_a_new_council_builds_its_site_without_the_repository(site: Elsewhere) -> None:
    said = site.run("python", "-c", "import generator, widget, desk; print(generator.__file__)")
    assert said.startswith(str(site.programs.parent))
    assert (site.folder / "public" / "published.json").is_file()
    assert (site.programs.parent / "share" / "noticeboard" / "deploy" / "consents.service").is_file()


def test_the_endpoint_starts_with_the_packages_of_its_lock(site: Elsewhere, tmp_path: Path) -> None:
    here = with_packages(site, "endpoint-sqlite", tmp_path)
    database = f"sqlite:///{tmp_path}/consents.db"
    with here.started(
        "consents", "serve", "--database", database, path="/readyz", host="privacy.example.org"
    ) as status:
        assert status == 200


PROVIDER = {
    "DESK_ISSUER": "https://login.example.org",
    "DESK_CLIENT_ID": "desk",
    "DESK_CLIENT_SECRET": "made up for this test",
}
POSTGRESQL = "postgresql+psycopg://consents@127.0.0.1:1/consents"
EXTRAS: dict[str, tuple[list[str], dict[str, str]]] = {
    "pdf": (["noticeboard", "build"], {}),
    "search": (["noticeboard", "build"], {}),
    "postgresql": (["consents", "migrate", "--database", POSTGRESQL], {}),
    "redis": (["consents", "serve"], {"RATELIMIT_STORAGE_URI": "redis://127.0.0.1:1"}),
    "desk": (["noticeboard", "desk"], PROVIDER),
}
"""For each extra a command that needs it, and the options with which it does."""


@pytest.mark.parametrize("extra", EXTRAS)
def test_a_command_without_its_extra_says_in_one_sentence_what_to_install(
    extra: str, site: Elsewhere, tmp_path: Path
) -> None:
    bare = with_packages(site, "endpoint-sqlite", tmp_path)
    command, more = EXTRAS[extra]
    plain = (site.folder / "site.yml").read_text("utf-8")
    try:
        if extra in ("pdf", "search"):
            (site.folder / "site.yml").write_text(f"{plain}\n{extra}: yes\n", "utf-8")
        said = bare.run(*command, code=2, DESK_FOLDER=str(tmp_path / "desk"), **more)
    finally:
        (site.folder / "site.yml").write_text(plain, "utf-8")
    (line,) = (line for line in said.splitlines() if "pip install" in line)
    assert f"pip install 'noticeboard[{extra}]'" in line
    assert "Traceback" not in said


def test_the_lock_with_an_extra_is_enough_for_what_needs_it(site: Elsewhere, tmp_path: Path) -> None:
    here = with_packages(site, "endpoint-postgresql", tmp_path)
    assert "pip install" not in here.run(*EXTRAS["postgresql"][0], code=2), "the server is not there, and that is said"
    here.run("python", "-c", "from limits.storage import storage_from_string as s; s('redis://127.0.0.1:1')")
