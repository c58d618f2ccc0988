"""The lock files of the project: what each pins, and an environment that has exactly that, made of what is installed
here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.markers import Marker
from packaging.utils import canonicalize_name

from tests.site_fixtures import PROJECT

FOLDER = PROJECT / "deploy" / "locks"
BUILD = FOLDER / "build.lock"
PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<release>[^\s;]+)(?: ; (?P<marker>.+?))? \\$", re.MULTILINE)


@dataclass(frozen=True)
class Pin:
    """A package, its release, and on which machines it is installed: on all without a marker."""

    name: str
    release: str
    marker: str

    @property
    def is_for_here(self) -> bool:
        """Whether this machine installs it."""
        return not self.marker or Marker(self.marker).evaluate()


def production_sets() -> dict[str, tuple[str, ...]]:
    """The extras of each production set by the name of its lock file, as `make lock` has them."""
    lines = (PROJECT / "Makefile").read_text("utf-8")
    named = re.findall(r"^EXTRAS_([a-z-]+) =(.*)$", lines, re.MULTILINE)
    return {name: tuple(re.findall(r"--extra (\S+)", extras)) for name, extras in named}


def pins(lock: Path) -> list[Pin]:
    """The pins of a lock file, by normalised names. A package can have several releases, for several Pythons."""
    found = PIN.finditer(lock.read_text("utf-8"))
    return [Pin(canonicalize_name(one["name"]), one["release"], one["marker"] or "") for one in found]


def pins_here(lock: Path) -> dict[str, str]:
    """The releases that this machine installs, by name."""
    chosen = [pin for pin in pins(lock) if pin.is_for_here]
    assert len({pin.name for pin in chosen}) == len(chosen)
    return {pin.name: pin.release for pin in chosen}


def installed(name: str) -> Distribution | None:
    """A package of the environment in which the tests run."""
    try:
        return distribution(name)
    except PackageNotFoundError:
        return None


def environment_of(lock: Path, folder: Path) -> Path:
    """A folder for PYTHONPATH with links to the packages that a lock file pins for this machine, and to no others."""
    folder.mkdir()
    for name, release in pins_here(lock).items():
        found = installed(name)
        assert found is not None and found.version == release, f"{name}: make install-dev"
        tops = {file.parts[0] for file in found.files or ()} - {"..", "__pycache__"}
        for top in tops:
            place = folder / top
            if not place.is_symlink():
                place.symlink_to(Path(str(found.locate_file(top))))
    return folder
