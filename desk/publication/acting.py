"""Publishing, calling off, taking down, bringing back and noting a review, as the desk does them: each holds the one lock.

Each function reads the site anew within the lock, refuses with every problem at once (`ContentError`), writes, and returns
the files that it wrote, relative to the site's folder, for their commit.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from desk.publication.proposal import text_digest
from desk.saving.files import turn as saving
from generator import repository, site_folder
from generator.building.site.open_site import OpenSite
from generator.problems import ContentError, Place, Problem
from generator.publishing import call_off, publish, restore, retract, review_file, reviewed, storing
from generator.publishing.approval import Evidence
from generator.publishing.evidence import review_of
from generator.publishing.faults import P02
from generator.publishing.publish import Asked
from generator.publishing.review_file import Review
from generator.publishing.turn import turn
from generator.repository import CONTENT
from generator.versions import listing
from generator.versions import lock as lockfile
from generator.versions.version import Version
from generator.wording import inserts


@dataclass(frozen=True)
class Done:
    """The files that were written, and the versions among them with the number of each notice."""

    files: tuple[str, ...]
    versions: tuple[Version, ...] = ()
    kept: tuple[str, ...] = field(default=())
    """Files that hold a text which was never published and gave way to another."""

    @property
    def tags(self) -> tuple[str, ...]:
        """The tag of each version, such as `parking/v3`; all languages of a version share one."""
        return tuple(dict.fromkeys(f"{version.notice}/v{version.version}" for version in self.versions))


@dataclass(frozen=True)
class Wanted:
    """One publication: notices by id with the digest of the text that the person saw, and how the change is described."""

    seen: Mapping[str, str]
    asked: Asked
    evidence: Callable[[str], Evidence]


def publish_notices(site: OpenSite, wanted: Wanted, on: date) -> Done:
    """Freeze the next version of some notices, all or none. A text that changed since the person saw it is refused."""
    with turn(site.root):
        storing.clear_away(site.root)
        publication = site.asked(lambda: _publication(site, wanted, on))
        storing.write(site.root, publication)
        return _done(publication)


def _publication(site: OpenSite, wanted: Wanted, on: date) -> storing.Publication:
    found = site.repository
    deciding = publish.Deciding(
        found, site.words(), site, wanted.asked, on, frozenset(wanted.seen), True, wanted.evidence
    )
    chosen = deciding.chosen()
    problems = [_gone(notice) for notice in wanted.seen if notice not in chosen]
    problems += [
        changed(notice)
        for notice, languages in chosen.items()
        if text_digest(site, notice, languages) != wanted.seen[notice]
    ]
    problems += [problem for notice in chosen for problem in found.unread_problems(notice)]
    if problems:
        raise ContentError(problems)
    return publish.gathered(found, [deciding.of(*one) for one in chosen.items()])


def changed(notice: str, remedy: str = "Look at it again, then publish.") -> Problem:
    """The text is another than the one that somebody saw."""
    message = "The text changed since you opened this page."
    return P02.problem(Place(f"{CONTENT}/{notice}"), message, remedy)


def _gone(notice: str) -> Problem:
    message = "This notice has no text any more."
    return P02.problem(Place(f"{CONTENT}/{notice}"), message, "Bring the text back from an earlier save.")


def call_version_off(root: Path, notice: str, number: int, on: date) -> Done:
    """Keep a version that has not started from ever starting."""
    with turn(root):
        storing.clear_away(root)
        lock, ever = repository.read_frozen(root)
        publication = call_off.plan(lock, ever, notice, number, on)
        if publication.versions:
            storing.write(root, publication)
        return dataclasses.replace(_done(publication), versions=())


def take_version_down(root: Path, asked: retract.Asked, on: date) -> Done:
    """Put a tombstone in the place of a version that should never have been published."""
    with turn(root):
        main = repository.read_site(root).language
        lock, ever = repository.read_frozen(root, resume=True)
        publication = retract.plan(lock, ever, asked, main, on)
        if publication.versions:
            storing.write(root, publication)
        return dataclasses.replace(_done(publication), versions=())


def bring_back(root: Path, notice: str, number: int | None, on: date, *, keep: bool) -> Done:
    """Make the working texts those that a version was made from; with `keep`, unpublished ones stay beside them."""
    with turn(root), saving(root):
        site = repository.read_site(root)
        _, ever = repository.read_frozen(root)
        content = root / CONTENT
        names = (f"{notice}/{repository.localised('notice', language, site)}" for language in site.languages)
        working = {name: (content / name).read_bytes() for name in names if (content / name).is_file()}

        def shared(version: Version) -> Mapping[str, str]:
            texts, _ = repository.read_shared(root, site)
            return inserts.wording(site, texts[version.language], version.language, version.effective).shared

        def file(name: str) -> bytes | None:
            path = content / name
            if not site_folder.exists(path) and site_folder.is_within(root, path):
                return None
            return site_folder.read(root, path)

        present = restore.Present(working, file, shared)
        found = restore.plan(site, ever, present, notice, number, on, keep=keep, review_by=_due(content, notice))
        kept = [storing.write_new(content / name, data) for name, data in found.copies.items()]
        written = {**found.pictures, **found.texts}
        for name, data in written.items():
            storing.write_text(content / name, data)
        copies = tuple(path.relative_to(root).as_posix() for path in kept)
        return Done((*copies, *(f"{CONTENT}/{name}" for name in written)), kept=copies)


def _due(content: Path, notice: str) -> date | None:
    told = content / listing.name(notice)
    return listing.read(told.read_bytes(), told.name).review_by if told.is_file() else None


def note_review(site: OpenSite, notice: str, on: date, following: date) -> Done:
    """Note that a notice was reviewed today, nothing had to change, and when it is due again: a day after `on`."""
    if following <= on:
        place = Place(f"{CONTENT}/{listing.name(notice)}")
        raise ContentError([P02.problem(place, "The next review lies ahead.", f"Give a day after {on}.")])
    with turn(site.root), saving(site.root):
        content = site.root / CONTENT
        texts, data = site.asked(lambda: _reviewed(site, notice, on, following))
        for name, text in texts.items():
            storing.write_text(site.root / name, text)
        storing.write_text(content / listing.name(notice), data)
        return Done((*texts, f"{CONTENT}/{listing.name(notice)}"))


def _reviewed(site: OpenSite, notice: str, on: date, following: date) -> tuple[dict[str, bytes], bytes]:
    found = site.repository
    newest = [found.last(notice, language) for language in found.site.languages]
    published = [version for version in newest if version is not None]
    if not published:
        place = Place(f"{CONTENT}/{notice}")
        message = "This notice was never published."
        raise ContentError([P02.problem(place, message, "Its first version has the day of review in its text.")])
    texts = {}
    for language in found.site.languages:
        if (notice, language) not in found.notices:
            continue
        text = found.notices[notice, language]
        old = found.source(text) or b""
        if (new := reviewed.with_day(old, following)) != old:
            texts[text.file] = new
    return texts, listing.dump(reviewed.plan(published, found.listings.get(notice), on, following))


def write_review(root: Path, notice: str, change: Callable[[Review], Review]) -> Done:
    """Change a notice's review.yml; `change` gets it as it is now. Nothing is written where it stays as it was."""
    from_disk = root / CONTENT / review_file.name(notice)
    with turn(root):
        before = review_of(root, notice)
        after = change(before)
        if after == before:
            return Done(())
        storing.write_text(from_disk, review_file.dump(after))
        return Done((f"{CONTENT}/{review_file.name(notice)}",))


def _done(publication: storing.Publication) -> Done:
    names: Sequence[str] = (*publication.files, *publication.removed, *publication.listings)
    files = [f"{CONTENT}/{name}" for name in names]
    return Done((*files, f"{CONTENT}/{lockfile.LOCK}") if files else (), publication.versions)
