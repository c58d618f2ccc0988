"""A notice and its translation, text by text, from the bytes of both files and of the last exchange. Pure.

The last exchange (`notice.cy.xlf`) remembers which words were translated, so that what changed since is known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.content import notice_file
from generator.content.model import Notice
from generator.content.site_file import SiteSource
from generator.problems import ContentError, Place, Problem, error, errors_in
from generator.repository import CONTENT, Repository, text_file
from generator.translation import exchange, xliff
from generator.translation.exchange import Files
from generator.translation.faults import E01
from generator.translation.texts import units
from generator.translation.xliff import Entry, Exchange, NotXliff

RULE = "D13"


@dataclass(frozen=True)
class Sides:
    """The bytes of a notice's main text, of its translation and of the last exchange, where there are any."""

    notice: str
    language: str
    main: bytes
    translation: bytes | None = None
    last: bytes | None = None

    @property
    def files(self) -> Files:
        """The two texts, as an exchange takes them."""
        return Files(self.main, self.translation)


@dataclass(frozen=True)
class Sheet:
    """Every text with its translation, and which of them stand in the translation's file."""

    sides: Sides
    entries: tuple[Entry, ...]
    paths: Mapping[str, str]
    """The path of each text that is a fact; the others are parts of the body."""


def sheet(site: SiteSource, sides: Sides) -> Sheet:
    """The texts beside each other. `ContentError` where one of the files cannot be read."""
    repository = of_sides(site, sides)
    sent = exchange.export(repository, sides.notice, sides.language, last_of(sides))
    main = repository.notices[sides.notice, site.language]
    return Sheet(sides, sent.entries, {unit.name: unit.path for unit in units(main)})


def of_sides(site: SiteSource, sides: Sides) -> Repository:
    """These two texts as all that there is, which is all that an exchange looks at."""
    notices = {(sides.notice, site.language): _read(sides.main, site, sides.notice, site.language)}
    if sides.translation is not None:
        notices[sides.notice, sides.language] = _read(sides.translation, site, sides.notice, sides.language)
    return Repository(Path(), site, notices, {}, {}, (), "", ())


def last_of(sides: Sides) -> Exchange | None:
    """The last exchange; None where there was none. One that cannot be read is a problem with its place."""
    if sides.last is None:
        return None
    name = f"{CONTENT}/{sides.notice}/notice.{sides.language}.xlf"
    return exchange_of(sides.last, name)


def exchange_of(data: bytes, name: str) -> Exchange:
    """A translator's file. `ContentError` where it is none."""
    try:
        return xliff.read(data[: xliff.MAX_BYTES + 1])
    except NotXliff as failure:
        remedy = "Send an XLIFF 1.2 file, as this page gives it."
        raise ContentError([E01.problem(Place(name, failure.line), str(failure), remedy)]) from None


def _read(data: bytes, site: SiteSource, notice: str, language: str) -> Notice:
    file = text_file(notice, language, site)
    found, problems = notice_file.read(data, file, notice, language)
    if found is None:
        raise ContentError(errors_in(problems) or [error(RULE, Place(file), "This text cannot be read.", "Mend it.")])
    return found


def for_another(name: str, notice: str, language: str) -> Problem:
    """A translator's file that is for another page."""
    message = f"This file is for the notice {notice} in `{language}`."
    return error(RULE, Place(name), message, "Bring it in on the page of that translation.")


def changing(file: str) -> Problem:
    """The translation changed in the very moment of saving."""
    return error(RULE, Place(file), "Somebody saved this translation in the same moment.", "Save once more.")
