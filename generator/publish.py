"""Publishing: working texts become frozen versions, with their lines in the lock. A version never changes.

`plan` decides and refuses; `write` stores, each file whole or not at all, the lock last.
"""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator import drafts, versions
from generator.drafts import Draft
from generator.errors import ContentError, Problem, error, errors_in
from generator.model import Change, ChangeKind
from generator.repository import CONTENT, Repository
from generator.versions import Version
from generator.words import Words
from widget import manifest


@dataclass(frozen=True)
class Asked:
    """What the command line says about the change; what it leaves out comes from the notice's `change`."""

    kind: ChangeKind | None = None
    summary: str | None = None
    effective: date | None = None


@dataclass(frozen=True)
class Publication:
    """Versions to write: file name within content/ to bytes, and the lock as it will be."""

    files: Mapping[str, bytes]
    lock: str
    versions: tuple[Version, ...]


def plan(repository: Repository, words: Mapping[str, Words], ids: Iterable[str], asked: Asked, on: date) -> Publication:
    """The next version of each notice named, or of every notice that changed and says how (`change`) if none is named.

    All languages of a notice are published together. Raises `ContentError` with everything that stands in the way.
    """
    wanted = set(ids)
    by_notice: dict[str, list[Draft]] = {}
    for draft in drafts.drafts(repository, words, on):
        by_notice.setdefault(draft.notice.id, []).append(draft)
    problems: list[Problem] = []
    found: list[Version] = []
    for notice, group in by_notice.items():
        if (notice in wanted or not wanted) and any(draft.changed for draft in group):
            new, refused = _next(repository, words, group, asked, on, named=notice in wanted)
            found += new
            problems += refused
    if problems:
        raise ContentError(problems)
    return _publication(repository, found)


def _next(
    repository: Repository, words: Mapping[str, Words], group: list[Draft], asked: Asked, on: date, *, named: bool
) -> tuple[list[Version], list[Problem]]:
    main = next((draft for draft in group if draft.notice.language == repository.site.language), group[0])
    change, problems = _change(main, asked)
    if change is None:
        return [], problems if named else []
    problems += [problem for draft in group for problem in errors_in(draft.problems)]
    problems += _dates(main, change, on)
    number = max((draft.last.version for draft in group if draft.last), default=0) + 1
    return [
        dataclasses.replace(
            drafts.final(repository, words, draft, on),
            version=number,
            published=on,
            effective=change.effective or on,
            change=manifest.Change(str(change.kind), change.summary),
            approved_by=change.approved_by or "",
            approved_on=str(change.approved_on or ""),
            previous=draft.last.digest if draft.last else "",
        )
        for draft in group
    ], problems


def _change(draft: Draft, asked: Asked) -> tuple[Change | None, list[Problem]]:
    """What the version changes: the command line's words before the notice's own, never those of the last version."""
    written = draft.notice.facets.change
    if written and draft.last and _described(written, draft.last):
        written = None
    kind = asked.kind or (written.kind if written else None)
    summary = asked.summary or (written.summary if written else None)
    if kind is None or not summary:
        what = f"does not say what changed since version {draft.last.version}" if draft.last else "has no `change`"
        remedy = "Give --kind and --summary, or write `change` with a kind and a summary in its front matter."
        return None, [error("P01", draft.notice.place("change"), f"This notice {what}.", remedy)]
    effective = asked.effective or (written.effective if written else None)
    if written:
        return dataclasses.replace(written, kind=kind, summary=summary, effective=effective), []
    return Change(kind, summary, effective), []


def _described(change: Change, last: Version) -> bool:
    """Whether a `change` still describes the last version."""
    return (str(change.kind), change.summary) == (last.change.kind, last.change.summary)


def _dates(draft: Draft, change: Change, on: date) -> list[Problem]:
    place = draft.notice.place("change.effective")
    effective = change.effective or on
    if effective < on:
        message = f"The version would start on {effective}, before it is published on {on}."
        return [error("P02", place, message, "Give a day from today on, or leave `effective` out.")]
    if draft.last and effective < draft.last.effective:
        message = f"Version {draft.last.version} starts later, on {draft.last.effective}."
        return [error("P02", place, message, "Let the new version start on that day or after it.")]
    return []


def _publication(repository: Repository, found: list[Version]) -> Publication:
    main = repository.site.language
    files = {versions.file_name(v.notice, v.version, v.language, main): versions.freeze(v) for v in found}
    lines = [versions.lock_line(versions.digest(data), name) for name, data in files.items()]
    return Publication(files, repository.lock + "".join(lines), tuple(found))


def write(root: Path, publication: Publication) -> None:
    """Store the versions, then the lock that vouches for them; the files are read-only from then on."""
    content = root / CONTENT
    for name, data in publication.files.items():
        _store(content / name, data)
        (content / name).chmod(0o444)
    _store(content / versions.LOCK, publication.lock.encode())


def _store(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, and flush it to the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}.new")
    with new.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
