"""The container files of deploy/, read for the tests: the Containerfile's instructions, the build context, the
compose files."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tests.site_fixtures import PROJECT

DEPLOY = PROJECT / "deploy"
CONTAINERFILE = DEPLOY / "Containerfile"
IGNORED = DEPLOY / "Containerfile.dockerignore"
COMPOSE = DEPLOY / "compose.yml"
WITH_POSTGRESQL = DEPLOY / "compose-postgresql.yml"
VARIABLE = re.compile(r"\$\{(?P<name>\w+)(?::(?P<kind>[?-])(?P<rest>[^}]*))?\}")


@dataclass(frozen=True)
class Instruction:
    """An instruction of the Containerfile: its word, what follows, and the number of its stage from 0."""

    word: str
    text: str
    stage: int


def instructions() -> list[Instruction]:
    """The Containerfile, line by line; what goes on in the next line is one."""
    lines = re.sub(r"^\s*#.*\n", "", CONTAINERFILE.read_text("utf-8"), flags=re.MULTILINE)
    found = list[Instruction]()
    stage = -1
    for line in re.sub(r"\\\n\s*", "", lines).splitlines():
        if line.strip():
            word, _, text = line.partition(" ")
            stage += word == "FROM"
            found.append(Instruction(word, text.strip(), stage))
    return found


def image_environment() -> dict[str, str]:
    """The variables that the image sets for every command."""
    words = [part for one in instructions() if one.word == "ENV" and one.stage == 1 for part in shlex.split(one.text)]
    return dict(word.split("=", 1) for word in words)


@cache
def context() -> tuple[Path, ...]:
    """The files that the ignore file lets into the build, below the project's folder.

    The last line that matches counts.
    """
    lines = [line for line in IGNORED.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    let_in = [line[1:] for line in lines if line.startswith("!")]
    tops = [PROJECT / top for top in let_in]
    found = [path for top in tops for path in (sorted(top.rglob("*")) if top.is_dir() else [top]) if path.is_file()]
    return tuple(path for path in found if not _left_out(path.relative_to(PROJECT), lines))


def _left_out(path: Path, lines: list[str]) -> bool:
    left_out = False
    for line in lines:
        pattern = line.removeprefix("!")
        names = [parent.as_posix() for parent in (path, *path.parents)]
        found = any(
            fnmatchcase(name, pattern) or fnmatchcase(f"x/{name}", pattern.replace("**", "*")) for name in names
        )
        if found:
            left_out = not line.startswith("!")
    return left_out


def services(*files: Path) -> dict[str, dict[str, Any]]:
    """The services of compose files, by name; of one that two files name, what the later one adds is put over the
    first."""
    found = dict[str, dict[str, Any]]()
    for file in files:
        for name, service in loaded(file)["services"].items():
            before = found.get(name, {})
            environment = {**before.get("environment", {}), **service.get("environment", {})}
            found[name] = {**before, **service, **({"environment": environment} if environment else {})}
    return found


def loaded(file: Path) -> dict[str, Any]:
    """A compose file."""
    read: dict[str, Any] = yaml.safe_load(file.read_text("utf-8"))
    return read


def filled_in(text: str, values: Mapping[str, str]) -> str:
    """A text with its variables as compose fills them in."""
    return VARIABLE.sub(lambda found: values.get(found["name"], ""), text)


def mounts(service: Mapping[str, Any]) -> Iterator[tuple[str, str, bool]]:
    """The volumes of a service: name or path outside, path inside, whether it can only be read."""
    for one in service.get("volumes", ()):
        if isinstance(one, dict):
            yield one["source"], one["target"], bool(one.get("read_only"))
        else:
            source, target, *mode = one.split(":")
            yield source, target, mode == ["ro"]
