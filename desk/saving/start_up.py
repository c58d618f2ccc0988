"""Warnings to the operator about the site's folder before anybody saves: one sentence each, none where all is well."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from desk.saving import git
from desk.saving.git import Git
from desk.saving.outcome import Reason
from desk.saving.unrecorded import WORDS

SHOWN = 5
"""How many files a sentence names."""


def sentences(root: Path) -> tuple[str, ...]:
    """Whether saves can be written and recorded, and what of the repository has no effect on the desk."""
    return (*_of_files(root), *_of_git(Git(Path(os.path.realpath(root)))))


def _texts(root: Path) -> Iterator[Path]:
    yield root / "site.yml"
    yield from sorted((root / "content").glob("*/*.md"))


def _of_files(root: Path) -> Iterator[str]:
    found = [path for path in _texts(root) if path.exists()]
    if closed := [path for path in found if not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK))]:
        yield f"The desk's user may not write {_named(root, closed)}: give it the right to write them and their folders."
    own = os.geteuid() if hasattr(os, "geteuid") else None
    foreign = [path for path in found if own and path.stat().st_uid != own]
    if foreign:
        yield f"{_named(root, foreign)} belong to another user, and saving would change that: use chown."


def _named(root: Path, paths: list[Path]) -> str:
    names = [path.relative_to(root).as_posix() for path in paths[:SHOWN]]
    more = f" and {len(paths) - SHOWN} more" if len(paths) > SHOWN else ""
    return f"{', '.join(names)}{more}"


def _of_git(repository: Git) -> Iterator[str]:
    why = git.unfit(repository)
    if why is not None:
        yield f"{WORDS[why.reason].operator} {why.detail}".strip()
    if why is not None and why.reason in (Reason.NO_REPOSITORY, Reason.NO_GIT, Reason.OWNERSHIP):
        return
    if hooks := _hooks(repository):
        yield f"The desk runs no hooks: {', '.join(hooks)} will not see its commits."
    if repository.text("config", "--local", "--type=bool", "commit.gpgSign") == "true":
        yield "The desk's commits are not signed, though this repository asks for it."
    changed = (repository.text("status", "--porcelain", "-z", "--", "content", "site.yml") or "").split("\0")
    if names := [line[3:] for line in changed if line]:
        more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
        yield f"Changes that no commit has: {', '.join(names[:SHOWN])}{more}. The next save of such a file takes them along."


def _hooks(repository: Git) -> list[str]:
    """The hooks that git would run for anybody else."""
    folder = repository.text("config", "--local", "core.hooksPath") or repository.text("rev-parse", "--git-common-dir")
    if folder is None:
        return []
    path = repository.folder / folder
    path = path / "hooks" if path.name != "hooks" and (path / "hooks").is_dir() else path
    if not path.is_dir():
        return []
    return sorted(
        one.name for one in path.iterdir() if one.suffix != ".sample" and os.access(one, os.X_OK) and one.is_file()
    )
