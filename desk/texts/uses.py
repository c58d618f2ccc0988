"""The notices and pages that insert shared wording.

Read from what is known of each text, so that many are looked at at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from generator import site_folder
from generator.building.site.open_site import OpenSite
from generator.problems import ContentError
from generator.repository import text_file
from generator.wording import page_ids
from generator.wording.inserts import ALONE, MARK


class Kind(StrEnum):
    """The texts that insert shared wording."""

    NOTICE = "notice"
    PAGE = "page"


@dataclass(frozen=True)
class Use:
    """A text in which shared wording stands."""

    kind: Kind
    name: str
    language: str
    title: str

    @property
    def key(self) -> str:
        """Its name in a form, such as `notice/library`."""
        return f"{self.kind}/{self.name}"


def every(site: OpenSite) -> dict[str, tuple[Use, ...]]:
    """The texts that name each shared wording, by title; within a question.

    A text that cannot be read counts by its bytes.
    """
    found: defaultdict[str, list[Use]] = defaultdict(list)
    for names, use in _all(site):
        for name in names:
            found[name].append(use)
    return {name: tuple(sorted(own, key=_order)) for name, own in found.items()}


def readable(site: OpenSite, used: Iterable[Use], language: str) -> tuple[Use, ...]:
    """Those texts of a language in which a shared wording can be shown, notices first; within a question."""
    found = [
        use
        for use in used
        if use.language == language and (use.kind is Kind.PAGE or (use.name, use.language) in site.repository.notices)
    ]
    return tuple(sorted(found, key=lambda use: use.kind is Kind.PAGE))


def place_in(site: OpenSite, use: Use, name: str) -> str:
    """The id of the section in which a shared wording is on a text's page; empty where it is in none.

    Within a question.
    """
    texts = site.repository.pages if use.kind is Kind.PAGE else site.repository.notices
    text = texts[use.name, use.language]
    for section in text.sections:
        if name in ALONE.findall(section.markdown):
            return page_ids.shown_id(section.id or page_ids.slug(section.heading))
    return ""


def _order(use: Use) -> tuple[str, str, str]:
    return use.title.casefold(), use.name, use.language


def _all(site: OpenSite) -> Iterator[tuple[list[str], Use]]:
    repository = site.repository
    for name, language in site.texts_of(repository.ids):
        if names := _named_in(site, name, language):
            title = repository.title(name, language) or name
            yield names, Use(Kind.NOTICE, name, language, title)
    for name, language in repository.pages:
        if names := site.read("inserted", Kind.PAGE, name, language):
            yield names, Use(Kind.PAGE, name, language, repository.pages[name, language].facets.title)


def _named_in(site: OpenSite, name: str, language: str) -> list[str]:
    names: list[str] = site.read("inserted", Kind.NOTICE, name, language)
    if names or not site.read("unread", name, language):
        return names
    try:
        data = site_folder.read(site.root, site.root / text_file(name, language, site.repository.site))
    except (ContentError, OSError):  # a link that leads out of the folder, or a file that has just gone
        return []
    return sorted({found[1] for found in MARK.finditer(data.decode("utf-8", "replace"))})
