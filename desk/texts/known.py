"""One shared wording or ordinary page: its files by language, and its text in a language opened for a form.

Knows no Flask.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from desk.editing import Open
from desk.saving import files
from desk.saving.save import NEW, opened
from desk.workplace import Workplace
from generator import repository
from generator.building.site.open_site import OpenSite
from generator.content.site_file import SiteSource
from generator.repository import CONTENT, localised
from widget.manifest import IDENT


class Folder(StrEnum):
    """The folder of content/ that holds them."""

    SHARED = "shared"
    PAGES = "pages"


FILES = {Folder.SHARED: repository.shared_files, Folder.PAGES: repository.page_files}
LONGEST = 100
NAMED = re.compile(r"[a-z0-9_-]+")
"""Names for `[[name]]` and for a file: a dot parts the language of a file, and the names of values."""
TOLD = {Folder.SHARED: "the shared wording", Folder.PAGES: "the page"}
"""The name of one of them in history."""


@dataclass(frozen=True)
class Known:
    """One of them: its name, the languages of the site, and its files by language."""

    folder: Folder
    name: str
    languages: tuple[str, ...]
    files: Mapping[str, str]

    @property
    def log_id(self) -> str:
        """Its id in the log of acts."""
        return f"{self.folder}/{self.name}"


def fits(folder: Folder, name: str) -> bool:
    """Whether the desk opens one of that name: a notice can take the wording in, or the website has an address for
    the page."""
    grammar = NAMED if folder is Folder.SHARED else IDENT
    return len(name) <= LONGEST and grammar.fullmatch(name) is not None


def find(site: OpenSite, folder: Folder, name: str) -> Known | None:
    """One of them by its name; None where there is none, or its name does not fit. Within a question."""
    if not fits(folder, name):
        return None
    source = site.repository.site
    every = FILES[folder](site.root, source)
    own = {language: file for (known, language), file in every.items() if known == name}
    return Known(folder, name, tuple(source.languages), own) if own else None


def file_of(folder: Folder, name: str, language: str, site: SiteSource) -> str:
    """The file of one of them in a language, within the site's folder."""
    return f"{CONTENT}/{folder}/{localised(name, language, site)}"


def open_in(place: Workplace, known: Known, language: str) -> Open:
    """Its text in a language; without bytes where it has none yet. `ContentError` where it cannot be opened."""
    site = place.ask(lambda site: site.repository.site)
    file = file_of(known.folder, known.name, language, site)
    told = f"{TOLD[known.folder]} {known.name}"
    if language not in known.files or files.read(place.root, file) is None:
        return Open(known.name, language, file, b"", NEW, told)
    found = opened(place.root, file)
    return Open(known.name, language, file, found.data, found.digest, told)
