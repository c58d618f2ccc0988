"""Every shared wording and every ordinary page, as their lists show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path, PurePosixPath

from desk.people.act_log import ActLog
from desk.people.acts import Act
from desk.people.person import People
from desk.saving import history
from desk.texts import tried, uses
from desk.texts.known import Folder, fits
from desk.texts.tried import Today
from desk.texts.uses import Kind
from generator import repository
from generator.building.site.open_site import OpenSite
from generator.problems import Level, Problem, errors_in
from generator.repository import CONTENT

LONGEST = 90
"""Characters of a wording's first words."""


@dataclass(frozen=True)
class LastSave:
    """By whom and when a text was saved last."""

    person: str
    at: datetime


@dataclass(frozen=True)
class Listed:
    """A shared wording or page: its title or first words, the languages that it has a text in, what the checks found in
    all of them, how many notices and pages use it, and its last save, where it is known."""

    name: str
    title: str
    languages: tuple[str, ...]
    errors: int
    warnings: int
    notices: int = 0
    pages: int = 0
    saved: LastSave | None = None
    opens: bool = True
    """Whether the desk opens it: a file with another name than it could have is listed, and IT has to rename it."""


def shared(site: OpenSite, today: Today) -> list[Listed]:
    """Every shared wording by name; within a question."""
    files, used = repository.shared_files(site.root, site.repository.site), uses.every(site)
    known, found = site.repository.shared, []
    for name in sorted({name for name, _ in files}):
        languages = [language for language in site.repository.site.languages if (name, language) in files]
        texts = {language: known[language].get(name) for language in languages}
        problems = [
            problem
            for language, text in texts.items()
            for problem in (
                site.repository.problems_in(files[name, language])
                if text is None
                else tried.wording(site, name, language, text, today)
            )
        ]
        by = {kind: len({one.name for one in used.get(name, ()) if one.kind is kind}) for kind in Kind}
        listed = _listed(name, _first_words(texts.values()), languages, problems)
        own = by[Kind.NOTICE], by[Kind.PAGE]
        found.append(replace(listed, notices=own[0], pages=own[1], opens=fits(Folder.SHARED, name)))
    return found


def pages(site: OpenSite) -> list[Listed]:
    """Every ordinary page by title; within a question."""
    files, texts, found = repository.page_files(site.root, site.repository.site), site.repository.pages, []
    for name in {name for name, _ in files}:
        languages = [language for language in site.repository.site.languages if (name, language) in files]
        readable = [language for language in languages if (name, language) in texts]
        problems = [problem for one in readable for problem in site.read("page problems", name, one)]
        for language in set(languages) - set(readable):
            problems += site.repository.problems_in(files[name, language])
        title = texts[name, readable[0]].facets.title if readable else name
        found.append(replace(_listed(name, title, languages, problems), opens=fits(Folder.PAGES, name)))
    return sorted(found, key=lambda one: (one.title.casefold(), one.name))


def _listed(name: str, title: str, languages: list[str], problems: list[Problem]) -> Listed:
    warnings = sum(one.level is Level.WARNING for one in problems)
    return Listed(name, title, tuple(languages), len(errors_in(problems)), warnings)


def _first_words(texts: Iterable[str | None]) -> str:
    """The first words of the first text that has some, without the signs of a heading or list."""
    for text in texts:
        bare = " ".join((text or "").split()).lstrip("#*-> ")
        if bare:
            return bare if len(bare) <= LONGEST else bare[:LONGEST].rpartition(" ")[0] + " …"
    return ""


def with_saves(listed: Iterable[Listed], root: Path, folder: Folder, people: People, log: ActLog) -> list[Listed]:
    """The same with who saved each last: as history says, or else the desk's own log."""
    by_file = history.latest(root, f"{CONTENT}/{folder}") if (root / CONTENT / folder).is_dir() else {}
    saves: dict[str, LastSave] = {}
    for file, save in by_file.items():
        name = PurePosixPath(file).name.partition(".")[0]
        known = saves.get(name)
        if known is None or known.at < save.when:
            saves[name] = LastSave(save.person.name, save.when)
    found = []
    for one in listed:
        found.append(replace(one, saved=saves.get(one.name) or _logged(one.name, folder, people, log)))
    return found


def _logged(name: str, folder: Folder, people: People, log: ActLog) -> LastSave | None:
    act = Act.SAVE_SHARED if folder is Folder.SHARED else Act.SAVE_PAGES
    for entry in log.entries(act=act, to=f"{folder}/{name}"):
        found = people.by_id(entry.person)
        return LastSave(found.name, entry.at) if found else None
    return None
