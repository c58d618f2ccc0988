"""Publishing: working texts become frozen versions, with their lines in the lock. A version never changes.

`plan` decides and refuses; `write` stores. The lock as it will be is written first, under another name, and takes its
name last: until then nothing counts, and what a stop leaves behind is known for what it is. `clear_away` removes it.
"""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from generator import drafts, versions
from generator.drafts import Draft
from generator.errors import ContentError, Problem, error, errors_in
from generator.model import Change, ChangeKind
from generator.repository import CONTENT, Repository, read_lock
from generator.site import Approval
from generator.versions import Difference, Version
from generator.words import Words
from widget import manifest


@dataclass(frozen=True)
class Asked:
    """What the command line says about the change; what it leaves out comes from the notice's `change`."""

    kind: ChangeKind | None = None
    summary: str | None = None
    effective: date | None = None
    approved_by: str | None = None
    approved_on: date | None = None


@dataclass(frozen=True)
class Publication:
    """Versions to write: file name within content/ to bytes, and the lock as it will be. `differences` is for people:
    what differs from the version before, by file name.
    """

    files: Mapping[str, bytes]
    lock: str
    versions: tuple[Version, ...]
    differences: Mapping[str, tuple[Difference, ...]] = field(default_factory=dict)


def plan(
    repository: Repository,
    words: Mapping[str, Words],
    ids: Iterable[str],
    asked: Asked,
    on: date,
    *,
    every: bool = False,
) -> Publication:
    """The next version of each notice named, or of every notice that changed and says how (`change`) if none is named.

    With `every`, of all published notices that differ, through whatever they share: what is asked describes those that
    have no new `change` of their own. All languages of a notice are published together. Raises `ContentError` with
    everything that stands in the way.
    """
    wanted = set(ids)
    by_notice: dict[str, list[Draft]] = {}
    for draft in drafts.drafts(repository, words, on):
        by_notice.setdefault(draft.notice.id, []).append(draft)
    problems: list[Problem] = []
    found: list[Version] = []
    drafted: list[Draft] = []
    for notice, group in by_notice.items():
        if (notice in wanted or not wanted) and any(draft.changed for draft in group):
            main = next((draft for draft in group if draft.notice.language == repository.site.language), group[0])
            change, refused = _change(main, _asked_of(main, asked, every=every))
            if change is None:
                problems += refused if notice in wanted or (every and repository.numbers(notice)) else []
                continue
            problems += _in_the_way(repository, main, group, change, on)
            found += _next(repository, words, group, change, on)
            drafted += group
    if problems:
        raise ContentError(problems)
    return _publication(repository, found, drafted)


def _asked_of(draft: Draft, asked: Asked, *, every: bool) -> Asked:
    """What is asked of one notice: when all are published, its own new `change` says more, and a first version needs it."""
    own = draft.notice.facets.change
    described = own is not None and not (draft.last and _described(own, draft.last))
    if every and (described or draft.last is None):
        return dataclasses.replace(asked, kind=None, summary=None)
    return asked


def _in_the_way(repository: Repository, main: Draft, group: list[Draft], change: Change, on: date) -> Iterator[Problem]:
    """Everything that stops a notice from being published with a change."""
    yield from (problem for draft in group for problem in errors_in(draft.problems))
    yield from _dates(main, change, on)
    if repository.site.approval is Approval.REQUIRED:
        yield from _approval(main, change, on)


def _next(
    repository: Repository, words: Mapping[str, Words], group: list[Draft], change: Change, on: date
) -> list[Version]:
    notice = group[0].notice.id
    number = max(repository.numbers(notice), default=0) + 1
    before = {v.language: v.digest for v in repository.ever if v.notice == notice}  # the newest is the last
    return [
        dataclasses.replace(
            drafts.final(repository, words, draft, on),
            version=number,
            published=on,
            effective=change.effective or on,
            change=manifest.Change(str(change.kind), change.summary),
            approved_by=change.approved_by or "",
            approved_on=str(change.approved_on or ""),
            previous=before.get(draft.notice.language, ""),
        )
        for draft in group
    ]


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
    by = asked.approved_by or (written.approved_by if written else None)
    approved = asked.approved_on or (written.approved_on if written else None)
    return Change(kind, summary, effective, by, approved), []


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


def _approval(draft: Draft, change: Change, on: date) -> list[Problem]:
    if not (change.approved_by and change.approved_on):
        missing = "who approved it" if not change.approved_by else "when it was approved"
        remedy = "Write approved_by and approved_on in `change`, or give --approved-by and --approved-on."
        message = f"site.yml asks for approval, and nothing says {missing}."
        return [error("P03", draft.notice.place("change"), message, remedy)]
    if change.approved_on > on:
        message = f"The approval is dated {change.approved_on}, which is still to come."
        remedy = "Write the day on which it was approved."
        return [error("P03", draft.notice.place("change.approved_on"), message, remedy)]
    return []


def _publication(repository: Repository, found: list[Version], drafted: list[Draft]) -> Publication:
    main = repository.site.language
    names = [versions.file_name(v.notice, v.version, v.language, main) for v in found]
    files = {name: versions.freeze(version) for name, version in zip(names, found, strict=True)}
    lines = [versions.lock_line(versions.digest(data), name) for name, data in files.items()]
    differences = {name: draft.differences for name, draft in zip(names, drafted, strict=True)}
    return Publication(files, repository.lock + "".join(lines), tuple(found), differences)


def write(root: Path, publication: Publication) -> None:
    """Store the versions and then the lock that vouches for them; the files are read-only from then on."""
    content = root / CONTENT
    prepared = content / versions.PREPARED
    _write(prepared, publication.lock.encode())
    for name, data in publication.files.items():
        path = content / name
        new = path.with_name(f".{path.name}.new")
        _write(new, data)
        new.chmod(0o444)
        if path.is_file():
            path.chmod(0o644)  # Windows replaces no file that is read-only
        new.replace(path)
    prepared.replace(content / versions.LOCK)


def _write(path: Path, data: bytes) -> None:
    """Write a file and flush it to the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def clear_away(root: Path) -> int:
    """Remove what an interrupted publication left, which never counted; how many versions that were.

    Only files that the prepared lock names with their very digest are removed. A retraction that was interrupted is
    left alone: `retract` goes on with it.
    """
    content = root / CONTENT
    lock, _ = versions.read_lock(read_lock(root), "")
    begun, _ = versions.read_lock(read_lock(root, prepared=True), "")
    if any(name in lock and lock[name] != new for name, new in begun.items()):
        return 0
    left = [content / name for name in begun if name not in lock]
    written = [path for path in left if path.is_file() and versions.digest(path.read_bytes()) == begun[_within(path)]]
    for path in [*written, *(path.with_name(f".{path.name}.new") for path in left), content / versions.PREPARED]:
        if path.is_file():
            path.chmod(0o644)
            path.unlink()
    return len(written)


def _within(path: Path) -> str:
    """A version's name within content/."""
    return "/".join(path.parts[-3:])
