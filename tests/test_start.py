"""docs/start.md is followed word by word: from the built package alone, by somebody who has no checkout of this project."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import sysconfig
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.serving import await_ready, free_port
from tests.site_fixtures import PROJECT
from tests.test_init import SEED, seed_names
from tests.test_new import filled

START = PROJECT / "docs" / "start.md"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package, built from this folder."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=PROJECT, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def test_the_package_has_what_a_new_council_needs_and_nothing_of_the_example(wheel: Path) -> None:
    with ZipFile(wheel) as packed:
        names = packed.namelist()
        for folder in ("templates", "templates/strings", "templates/start/primary", "templates/start/pages"):
            files = [path.name for path in (PROJECT / folder).iterdir() if path.is_file()]
            inside = folder.replace("templates", "generator/default_templates")
            assert files and {f"{inside}/{name}" for name in files} <= set(names)
        texts = {name: packed.read(name).decode("utf-8", "replace") for name in names if not name.endswith("METADATA")}
    assert not [(name, SEED.findall(name + text)) for name, text in texts.items() if SEED.search(name + text)]


class Newcomer:
    """Follows the commands of the page in a shell of their own, where nothing of this project is."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        # What the package needs is taken from where the tests run: nothing is fetched.
        self.environment = kept | {"PIP_NO_INDEX": "1", "PIP_NO_DEPS": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}

    def run(self, command: str, code: int = 0) -> str:
        """Run one command of the page, or go where it goes; what it prints."""
        name, *rest = shlex.split(command)
        if name == "cd":
            self.folder = self.folder / rest[0]
            return ""
        if name == ".":
            self.environment["PATH"] = f"{(self.folder / rest[0]).parent}{os.pathsep}{self.environment['PATH']}"
            return ""
        command = command.replace("python3", sys.executable, 1) if name == "python3" else command
        done = subprocess.run(
            ["sh", "-c", command], cwd=self.folder, env=self.environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == code, f"{command}\n{done.stdout}{done.stderr}"
        return done.stdout + done.stderr

    @contextmanager
    def serve(self, command: str) -> Iterator[str]:
        """Run `serve` on a port that is free; its address."""
        port = free_port()
        process = subprocess.Popen(
            [*command.split(), "--port", str(port)],
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        try:
            address = f"http://127.0.0.1:{port}"
            await_ready(address, lambda: process.poll() is None)
            yield address
        finally:
            process.terminate()
            process.communicate(timeout=20)


def commands() -> list[str]:
    """The commands of the page, in order; one that goes on in the next line is one."""
    blocks = re.findall(r"^```sh\n(.*?)^```", START.read_text("utf-8"), re.M | re.S)
    lines = "".join(blocks).replace("\\\n", " ").splitlines()
    return [" ".join(line.split()) for line in lines]


def bring_what_the_package_needs(environment: Path) -> None:
    """Have a virtual environment find the packages of the one that the tests run in, and not this project itself."""
    (site,) = environment.glob("[Ll]ib/**/site-packages")
    (site / "needed.pth").write_text(sysconfig.get_path("purelib"), "utf-8")


def fetched(address: str, data: dict[str, str] | None = None) -> str:
    sent = urllib.parse.urlencode(data).encode() if data else None
    with urllib.request.urlopen(address, sent, timeout=20) as answer:  # noqa: S310 (this machine)
        return answer.read().decode()  # type: ignore[no-any-return]


def every_page(address: str) -> dict[str, str]:
    """Each page and file that links lead to from the first page, by its address."""
    pages: dict[str, str] = {}
    waiting = [
        "/",
        "/published.json",
        "/endpoint.json",
        "/sitemap.xml",
        "/feed.xml",
        "/withdraw",
        "/404.html",
        "/draft/",
    ]
    while waiting:
        path = waiting.pop()
        if path not in pages and len(pages) < 200:
            pages[path] = fetched(address + path)
            links = re.findall(r'(?:href|src|action)="(/[^"#]*)', pages[path])
            waiting += [
                link for link in links if "method" not in link and not link.startswith(("/consent/", "/receipt/"))
            ]
    return pages


def hidden(page: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]+)"', page))


def agree(address: str) -> None:
    """Say yes on the notice's page, as a browser without script does."""
    answer = {"decision.main": "given"}
    unsaved = fetched(f"{address}/consent/parking", hidden(fetched(f"{address}/parking/")) | answer)
    assert "receipt" in fetched(f"{address}/consent/parking?answer", hidden(unsaved) | answer).lower()


def test_the_page_leads_from_nothing_to_a_consent_on_a_notice_of_ones_own(tmp_path: Path, wheel: Path) -> None:
    shutil.copy(wheel, tmp_path)
    newcomer = Newcomer(tmp_path)
    served = 0
    for command in commands():
        if command.endswith(" serve"):
            served += 1
            with newcomer.serve(command) as address:
                if served == 1:
                    assert "Parking permits privacy notice" in fetched(f"{address}/draft/parking/")
                else:
                    agree(address)
                    pages = every_page(address)
                    assert len(pages) > 20
                    assert not [(path, SEED.findall(text)) for path, text in pages.items() if SEED.search(text)]
            continue
        if command.endswith(" check"):
            assert "[TO WRITE: " in newcomer.run(command, code=1)
            for path in newcomer.folder.rglob("*.md"):
                path.write_text(filled(path.read_text("utf-8")), "utf-8")
        told = newcomer.run(command)
        if "-m venv" in command:
            bring_what_the_package_needs(tmp_path / ".venv")
    assert served == 2
    assert ",given," in told, "the last command shows what was recorded"
    published = json.loads((newcomer.folder / "public/published.json").read_bytes())
    assert {one["notice"] for one in published["versions"]} == {"parking", "primary", "privacy-notices"}
    assert not seed_names(newcomer.folder)
