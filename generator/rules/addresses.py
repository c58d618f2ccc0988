"""Old addresses (`aliases`): nothing else is there, now or when every working text is published."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache

from generator.content.model import Notice
from generator.problems import Problem
from generator.rule import ERROR, Family, Rule
from generator.scene import Edit, scene
from generator.site_plan import OF_A_VERSION, Kind, Planned, SitePlan, Taken, alias_file, aliases, fold, reserved
from generator.versions import timeline
from generator.versions.version import Version
from widget import manifest

_PARKS = "---\ntitle: Parks\naliases: [{alias}]\n---\nThis is about parks.\n"
O03 = Rule(
    "O03",
    Family.OUTPUT,
    ERROR,
    "An old address that is taken",
    "`aliases` that name the address of another page or file, of the site itself or of the consent service; also where "
    "they only differ in letter case or in how they are written.",
    "One of the two pages would be lost without a word.",
    scene(Edit("content/parks/notice.md", new=_PARKS.format(alias="/library/")), "check parks"),
    scene(Edit("content/parks/notice.md", new=_PARKS.format(alias="/trees/")), "check parks"),
)
_REMEDY = "Take it out of `aliases`, or write the address at which the notice really stood."


@dataclass(frozen=True)
class _Book:
    """All files that the site has or will have: by the name of their notice or page, and by their own."""

    plan: SitePlan
    owners: dict[str, Planned] = field(default_factory=dict)
    files: Taken = field(default_factory=lambda: Taken(()))
    coming: dict[tuple[str, str], list[Planned]] = field(default_factory=dict)
    """Addresses that are announced and not served yet, by (name, language)."""
    claimed: Taken = field(default_factory=lambda: Taken(()))
    claimants: dict[str, set[str]] = field(default_factory=dict)
    """The notices that lead readers from an old address to themselves, by its file as `_key` has it."""
    published: Taken = field(default_factory=lambda: Taken(()))
    """The files of old addresses that are published."""


@lru_cache(maxsize=2)  # today's, and that of ordinary pages
def _book(plan: SitePlan, on: date) -> _Book:
    """Everything about the addresses of a site: `plan` has every working text as its notice's next version."""
    real = [version for history in plan.histories.values() for version in history.versions if version.digest]
    today = replace(plan, histories=timeline.histories(real, on))
    there = {planned.file for planned in today.files if planned.kind not in (Kind.MOVED, Kind.PAGE)}
    book = _Book(plan)
    for planned in (*plan.files, *today.files):
        if planned.kind is Kind.MOVED:
            continue
        book.files.add(planned.file)
        book.owners.setdefault(planned.file, planned)
        if planned.file not in there:
            book.coming.setdefault((planned.name, planned.language), []).append(planned)
    for history in today.histories.values():
        for version in history.versions:
            if history.number is None or version.version >= history.number:
                _claim(book, version, published=True)
    for history in plan.histories.values():
        if not history.latest.digest:
            _claim(book, history.latest, published=False)
    return book


def _claim(book: _Book, version: Version, *, published: bool) -> None:
    for _, file in aliases(version):
        book.claimed.add(file)
        book.claimants.setdefault(_key(file), set()).add(version.notice)
        if published:
            book.published.add(file)


def _key(file: str) -> str:
    return "/".join(map(fold, file.split("/")))


def check(plan: SitePlan, text: Notice, on: date | None = None) -> Iterator[Problem]:
    """Problems with the addresses of a notice or an ordinary page. `on` is today; without it all has started."""
    book = _book(plan, on or date.max)
    for index, alias in enumerate(text.facets.aliases):
        if alias.startswith("/") and (why := _wrong(book, text.id, alias)):
            yield O03.problem(text.place(f"aliases.{index}"), f"The old address {alias} {why}.", _REMEDY)
    for planned in book.coming.get((text.id, text.language), ()):
        file = book.published.by(planned.file)
        others = book.claimants.get(_key(file), set()) - {text.id} if file else set()
        if others:
            other = min(others)
            message = f"This would stand at {planned.address}, and that is a published old address of `{other}`."
            remedy = f"Take it out of `aliases` of `{other}` and publish that first, or give this another name."
            yield O03.problem(text.place("title"), message, remedy)
            return


def _wrong(book: _Book, notice: str, alias: str) -> str | None:
    """Why no page of a notice can stand at an old address, to follow its name; None if one can."""
    file = alias_file(alias)
    if file is None:
        return "cannot be the address of a page"
    if name := reserved(file, book.plan.site):
        whose = "the consent service" if name in manifest.PATHS else "the site itself"
        return f"is in /{name}, which belongs to {whose}"
    if taken := book.files.by(file):
        return f"is taken: {_owner(book.owners[taken])}"
    if Taken(_at_any_number(book.plan, file)).by(file):
        return "is where a version of a notice will stand"
    claimed = book.claimed.by(file)
    if claimed and (others := book.claimants[_key(claimed)] - {notice}):
        return f"is also an old address of `{min(others)}`"
    if claimed and _key(claimed) != _key(file):
        return f"would need a folder where the page of another one is, /{claimed}"
    return None


def _owner(planned: Planned) -> str:
    """The owner of an address, in an editor's words."""
    at = planned.address
    if planned.kind is Kind.PAGE:
        return f"the page `{planned.name}` stands at {at}"
    if planned.kind in OF_A_VERSION and planned.version is not None:
        return f"version {planned.version.version} of `{planned.name}` has {at}"
    return f"the notice `{planned.name}` has {at}" if planned.name else f"the site itself has {at}"


def _at_any_number(plan: SitePlan, file: str) -> Iterable[str]:
    """The files of each version that a notice named in a file could have, by the numbers that are named there too."""
    parts = {fold(part) for part in file.split("/")}
    numbers = [int(part) for part in parts if part.isascii() and part.isdigit() and len(part) < 7]
    for name in parts if numbers else ():
        for language in plan.site.languages:
            history = plan.histories.get((name, language))
            for number in numbers if history else ():
                version = replace(history.latest, version=number)  # type: ignore[union-attr]
                yield from (planned.file for planned in plan.of_version(version, first=False))
