"""The lock files: each is what its kind of machine needs and no more, with hashes, and all name one release of a
package."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.lock_files import BUILD, FOLDER, PIN, installed, pins, pins_here, production_sets
from tests.site_fixtures import PROJECT

LOCKS = sorted([*FOLDER.glob("*.lock"), *PROJECT.glob("*.lock")])
PROJECT_FILE = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))


def needs(extras: Iterable[str]) -> list[Requirement]:
    """The dependencies that pyproject.toml asks for, with these extras."""
    project = PROJECT_FILE["project"]
    asked = [*project["dependencies"], *(one for extra in extras for one in project["optional-dependencies"][extra])]
    return [Requirement(one) for one in asked]


def closure(asked: Iterable[Requirement]) -> set[str]:
    """All packages that these bring on this machine, as the packages themselves say."""
    waiting = [(one.name, frozenset(one.extras)) for one in asked if one.marker is None or one.marker.evaluate()]
    seen = set[tuple[str, frozenset[str]]]()
    while waiting:
        name, extras = waiting.pop()
        if (name, extras) in seen:
            continue
        seen.add((name, extras))
        found = installed(name)
        assert found is not None, name
        for text in found.requires or ():
            need = Requirement(text)
            chosen = [need.marker is None or need.marker.evaluate({"extra": extra}) for extra in ("", *extras)]
            if any(chosen):
                waiting.append((need.name, frozenset(need.extras)))
    return {canonicalize_name(name) for name, _ in seen}


def test_there_is_a_lock_for_each_production_set_and_for_building() -> None:
    assert {path.stem for path in FOLDER.iterdir()} == {*production_sets(), BUILD.stem}
    used = {extra for extras in production_sets().values() for extra in extras}
    assert used == set(PROJECT_FILE["project"]["optional-dependencies"]), "each extra is in a production set"


@pytest.mark.parametrize("name", production_sets())
def test_a_lock_has_what_its_extras_bring_and_nothing_else(name: str) -> None:
    asked = needs(production_sets()[name])
    pinned = pins_here(FOLDER / f"{name}.lock")
    assert set(pinned) == closure(asked)
    for need in asked:
        assert pinned[canonicalize_name(need.name)] in need.specifier


def test_the_lock_for_building_has_what_the_build_asks_for() -> None:
    asked = [Requirement(one) for one in PROJECT_FILE["build-system"]["requires"]]
    asked += [Requirement(one) for one in PROJECT_FILE["dependency-groups"]["build"]]
    assert set(pins_here(BUILD)) == closure(asked)


def test_all_locks_name_one_release_of_a_package() -> None:
    releases = defaultdict[str, dict[str, str]](dict)
    for lock in LOCKS:
        for pin in pins(lock):
            releases[f"{pin.name} {pin.marker}"][lock.name] = pin.release
        for name, release in pins_here(lock).items():
            releases[f"{name} on this machine"][lock.name] = release
    assert {package: found for package, found in releases.items() if len({*found.values()}) > 1} == {}


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_each_pin_has_its_hashes_and_no_line_names_where_it_comes_from(lock: Path) -> None:
    text = lock.read_text("utf-8")
    entries = re.split(r"\n(?=\S)", text.strip())
    assert len(entries) == len(PIN.findall(text)) > 3
    assert all(re.search(r"--hash=sha256:[0-9a-f]{64}", entry) for entry in entries)
    assert "://" not in text and "index-url" not in text
