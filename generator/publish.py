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
    """One number for all languages, each with its own words and its own summary of the change."""
    group = sorted(group, key=lambda draft: repository.site.languages.index(draft.notice.language))
    written = {draft.notice.language: _written(repository, draft) for draft in group}
    main = group[0]
    change, problems = _change(main, [own for own in written.values() if own], asked)
    if change is None:
        return [], problems if named else []
    problems += [problem for draft in group for problem in errors_in(draft.problems)]
    problems += next((wrong for draft in group if (wrong := _dates(draft, change, on))), [])
    number = (
        max((version.version for version in repository.versions if version.notice == main.notice.id), default=0) + 1
    )
    found = []
    for draft in group:
        said = _said(draft, written[draft.notice.language], change, group, words[draft.notice.language])
        version = drafts.final(repository, words, draft, on) if draft.changed else draft.version
        found.append(
            dataclasses.replace(
                version,
                version=number,
                published=on,
                effective=change.effective or on,
                change=said if draft is not main or not asked.summary else manifest.Change(said.kind, asked.summary),
                approved_by=change.approved_by or "",
                approved_on=str(change.approved_on or ""),
                previous=draft.last.digest if draft.last else "",
            )
        )
    return found, problems


def _written(repository: Repository, draft: Draft) -> Change | None:
    """The `change` of a working text; None if it has none, or if it still describes a version of the past."""
    written = draft.notice.facets.change
    past = repository.published(draft.notice.id, draft.notice.language)
    used = written and any((str(written.kind), written.summary) == (v.change.kind, v.change.summary) for v in past)
    return None if used else written


def _change(draft: Draft, written: list[Change], asked: Asked) -> tuple[Change | None, list[Problem]]:
    """What the version changes: the command line's words before the notice's own, the main language's before others'."""
    own = written[0] if written else None
    kind = asked.kind or (own.kind if own else None)
    summary = asked.summary or (own.summary if own else None)
    if kind is None or not summary:
        what = f"does not say what changed since version {draft.last.version}" if draft.last else "has no `change`"
        remedy = "Give --kind and --summary, or write `change` with a kind and a summary in its front matter."
        return None, [error("P01", draft.notice.place("change"), f"This notice {what}.", remedy)]
    effective = asked.effective or (own.effective if own else None)
    if own:
        return dataclasses.replace(own, kind=kind, summary=summary, effective=effective), []
    return Change(kind, summary, effective), []


def _said(draft: Draft, own: Change | None, change: Change, group: list[Draft], words: Words) -> manifest.Change:
    """What one language says of the change, in its own words where it has them.

    A language whose words stay the same says so, and asks nobody to renew: what changed is another language's text.
    """
    if own:
        return manifest.Change(str(change.kind), own.summary)
    others = [other.notice.language for other in group if other.changed]
    if draft.changed or not others:
        return manifest.Change(str(change.kind), change.summary)
    kind = change.kind if change.kind in (ChangeKind.TYPO, ChangeKind.CLARIFICATION) else ChangeKind.CLARIFICATION
    names = ", ".join(words.name_of(language) for language in others)
    return manifest.Change(str(kind), words("section.change.same", languages=names))


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
