"""nginx, Caddy, Redis, lynx, w3m and promtool, as Debian packs them: unpacked beside the tests, neither installed nor
started. Canaille, an OpenID Connect provider, is there in a Python environment of its own.

`python -m tests.programs` fetches those that the machine does not have.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from tests.site_fixtures import PROJECT

FOLDER = PROJECT / ".programs"
PACKAGES = {
    "nginx": ("nginx", "nginx-common"),
    "caddy": ("caddy", "libzstd1"),
    "redis-server": ("redis-server", "redis-tools", "libjemalloc2", "liblzf1", "libatomic1"),
    "lynx": ("lynx", "lynx-common"),
    "w3m": ("w3m", "libgc1"),
    "promtool": ("prometheus",),
}
PLACES = ("usr/sbin", "usr/bin")
CANAILLE = FOLDER / "canaille" / "bin" / "python"
CANAILLE_LOCK = PROJECT / "tests" / "canaille.lock"


def program(name: str) -> Path | None:
    """Where the machine has it, or where it was unpacked."""
    places = os.pathsep.join((os.environ["PATH"], "/usr/sbin", *(str(FOLDER / place) for place in PLACES)))
    found = shutil.which(name, path=places)
    return Path(found) if found else None


def required(name: str) -> Path:
    """The program; the test is skipped where there is none that runs."""
    found = program(name)
    if found is None or not _runs(found):
        pytest.skip(f"{name} is not installed: python -m tests.programs fetches it on Debian")
    return found


def provider() -> Path:
    """The Python that has Canaille; the test is skipped where there is none."""
    if not CANAILLE.exists() or subprocess.run([CANAILLE, "-c", "import canaille"], capture_output=True).returncode:
        pytest.skip("Canaille is not installed: python -m tests.programs fetches it")
    return CANAILLE


def environment() -> dict[str, str]:
    """The environment in which an unpacked program finds the libraries that came with it."""
    folders = [str(folder) for folder in sorted((FOLDER / "usr" / "lib").glob("*-linux-gnu*"))]
    return os.environ | {"LD_LIBRARY_PATH": os.pathsep.join(folders)} if folders else dict(os.environ)


@cache
def _runs(found: Path) -> bool:
    flag = {"nginx": "-v", "caddy": "version", "w3m": "-version"}.get(found.name, "--version")
    return subprocess.run([found, flag], env=environment(), capture_output=True).returncode == 0


def fetch() -> None:
    """Unpack what is missing from Debian's packages; needs no rights beyond those to write here."""
    missing = [package for name, packages in PACKAGES.items() if program(name) is None for package in packages]
    if not missing or not shutil.which("apt-get") or not shutil.which("dpkg"):
        return
    archives = FOLDER / "archives"
    archives.mkdir(parents=True, exist_ok=True)
    download = ["apt-get", "--quiet", "download", *missing]
    quiet = {"cwd": archives, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    if subprocess.run(download, **quiet).returncode:  # type: ignore[call-overload]
        subprocess.run(["apt-get", "--quiet", "update"], **quiet)  # type: ignore[call-overload]
        subprocess.run(download, **quiet)  # type: ignore[call-overload]
    for archive in sorted(archives.glob("*.deb")):
        subprocess.run(["dpkg", "--extract", archive, FOLDER], check=True)
    shutil.rmtree(archives)


def fetch_canaille() -> None:
    """Install the provider of the tests with the releases that `canaille.lock` names, where it is missing."""
    if CANAILLE.exists():
        return
    subprocess.run([sys.executable, "-m", "venv", CANAILLE.parent.parent], check=True)
    install = [CANAILLE, "-m", "pip", "install", "--quiet", "--no-deps", "--requirement", CANAILLE_LOCK]
    if subprocess.run(install).returncode:
        shutil.rmtree(CANAILLE.parent.parent)


if __name__ == "__main__":
    fetch()
    fetch_canaille()
