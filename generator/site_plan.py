"""Which files and addresses a site has, which notice, page and language each belongs to, and which names are
reserved. Pure.

Pages, exports, old addresses, language switches, the sitemap and the check all ask here; nothing else decides it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple
from urllib.parse import unquote

from generator.content.site_file import SiteSource
from generator.markdown import pictures
from generator.versions import timeline
from generator.versions.timeline import History
from generator.versions.version import Version
from widget import manifest

ASSETS, CHECKS, DRAFTS, SEARCH = "assets", "check", "draft", "pagefind"
MISSING, UNAVAILABLE = "404.html", "unavailable.html"
WITHDRAW, REPORT = "withdraw", "report"
"""Where the consent service has its pages; a site without the service has pages of its own there."""
MANIFEST, LAYOUT = "published.json", "endpoint.json"
NETLIFY, NGINX = "_redirects", "redirects.map"
SECURITY = ".well-known/security.txt"
EMBEDDED = ("consent.js", "consent.css")
"""The script and the styles that other sites embed, by the names that never change."""
FOLDERS = frozenset({ASSETS, CHECKS, DRAFTS, SEARCH, pictures.FOLDER, ".well-known"})
"""Folders in which the site itself writes, whatever is published."""
RESERVED = FOLDERS | manifest.PATHS | {"shared", "pages", "demo", "search", "versions"}
"""Names that no notice and no page can have, besides the language codes: some are folders of content/."""
SITEMAP_MOST = 50_000
"""How many addresses one sitemap may name (sitemaps.org)."""
LONGEST_NAME = 240
"""Bytes of a file's name: file systems take 255, and `index.html.gz` and the like must fit."""


class Kind(StrEnum):
    """The kind of a file of the site."""

    INDEX = "the list of notices"
    MISSING = "that nothing is at an address"
    UNAVAILABLE = "that the consent service does not answer"
    WITHDRAW = "how to withdraw where there is no consent service"
    REPORT = "how to report a problem where there is no consent service"
    NOTICE = "the notice's own address"
    VERSION = "a version"
    PDF = "a version as a PDF"
    CHANGES = "what a version changed"
    CHECK = "whether a printed copy counts"
    HISTORY = "all versions of a notice"
    RETRACTED = "a version that was taken down"
    LOST_CHECK = "that a printed copy was taken down"
    LOST_HISTORY = "the history of a notice that was taken down"
    PAGE = "an ordinary page"
    MOVED = "an old address"
    FACTS = "a version's facts for programs"
    CODE = "a version's QR code"
    FROZEN = "a version's frozen file"
    FEED = "a notice's feed"
    WHOLE_FEED = "the feed of all notices"
    FILE = "a file of the whole site"


PAGES = frozenset(Kind) - {Kind.PDF, Kind.FACTS, Kind.CODE, Kind.FROZEN, Kind.FEED, Kind.WHOLE_FEED, Kind.FILE}
"""The kinds that a reader sees as pages."""
OF_A_VERSION = frozenset(
    {Kind.VERSION, Kind.PDF, Kind.CHANGES, Kind.CHECK, Kind.RETRACTED, Kind.LOST_CHECK, Kind.FACTS, Kind.CODE}
    | {Kind.FROZEN}
)
"""The kinds at a version's permanent address, which never move."""


class Planned(NamedTuple):
    """One file of the site. `name` is that of its notice or ordinary page, empty for the site's own.

    `version` is the version it shows: for an address of the notice, its history or an old address, the one in force, or
    the earlier one of a language that follows later.
    """

    file: str
    kind: Kind
    language: str = ""
    name: str = ""
    version: Version | None = None

    @property
    def address(self) -> str:
        """The root-relative address at which it is asked for."""
        return f"/{self.file.removesuffix('index.html')}"


class Move(NamedTuple):
    """An old address as it is written, the file that is there, and the version in force to which it leads."""

    old: str
    file: str
    version: Version


@dataclass(frozen=True, eq=False)
class SitePlan:
    """The whole site as it is on a day, or that part of it which is known: of one notice, its own files are right.

    `pages` and `drafts` are the (name, language) of ordinary pages and of working texts that are shown, `own` the files
    whose names follow from their bytes: assets and pictures.
    """

    site: SiteSource
    histories: Mapping[tuple[str, str], History]
    tombstones: Mapping[tuple[str, str], tuple[Version, ...]]
    pages: Iterable[tuple[str, str]] = ()
    drafts: Collection[tuple[str, str]] = ()
    own: tuple[str, ...] = ()

    def of_notices(self, language: str) -> Iterator[Planned]:
        """The files of every notice in one language, its pages in the order in which they are rendered."""
        for (_, own), history in self.histories.items():
            if own == language:
                yield from self._of_history(history)
        for (notice, own), retracted in self.tombstones.items():
            if own == language:
                yield from self._of_tombstones(notice, language, retracted)
        for notice in sorted({name for name, own in (*self.histories, *self.tombstones) if own == language}):
            yield Planned(f"{self.folder(language)}{notice}/feed.xml", Kind.FEED, language, notice)

    def _of_history(self, history: History) -> Iterator[Planned]:
        notice, language, current = history.notice, history.language, history.shown
        folder = f"{self.folder(language)}{notice}/"
        if current is not None:
            yield Planned(f"{folder}index.html", Kind.NOTICE, language, notice, current)
        for version in history.versions:
            yield from self.of_version(version, first=history.before(version) is None)
        yield Planned(f"{folder}history/index.html", Kind.HISTORY, language, notice, current)

    def of_version(self, version: Version, *, first: bool) -> Iterator[Planned]:
        """The files at a version's permanent address; the first one has none before it to be compared with."""
        about = version.language, version.notice, version
        folder = timeline.version_path(version, self.site)[1:]
        check = timeline.check_path(version, self.site)[1:]
        yield Planned(f"{folder}index.html", Kind.VERSION, *about)
        if self.site.pdf:
            yield Planned(f"{folder}notice.pdf", Kind.PDF, *about)
        if not first:
            yield Planned(f"{folder}changes/index.html", Kind.CHANGES, *about)
        yield Planned(f"{check}index.html", Kind.CHECK, *about)
        yield Planned(f"{folder}notice.jsonld", Kind.FACTS, *about)
        if self.site.print_codes:
            yield Planned(f"{folder}qr.svg", Kind.CODE, *about)
        yield from self._frozen(version)

    def _frozen(self, version: Version) -> Iterator[Planned]:
        """The frozen file, as it was published: not that of a version that names a member of staff."""
        path = timeline.frozen_path(version, self.site)
        if path is not None:
            yield Planned(path[1:], Kind.FROZEN, version.language, version.notice, version)

    def _of_tombstones(self, notice: str, language: str, retracted: Iterable[Version]) -> Iterator[Planned]:
        for version in retracted:
            folder, check = timeline.version_path(version, self.site)[1:], timeline.check_path(version, self.site)[1:]
            yield Planned(f"{folder}index.html", Kind.RETRACTED, language, notice, version)
            yield Planned(f"{check}index.html", Kind.LOST_CHECK, language, notice, version)
            yield from self._frozen(version)
        if (notice, language) not in self.histories:
            file = f"{self.folder(language)}{notice}/history/index.html"
            yield Planned(file, Kind.LOST_HISTORY, language, notice)

    def of_site(self, language: str) -> Iterator[Planned]:
        """The files of one language that belong to no notice."""
        folder = self.folder(language)
        yield Planned(f"{folder}index.html", Kind.INDEX, language)
        written = set()
        for move in self.moves(language):
            if move.file not in written:
                yield Planned(move.file, Kind.MOVED, language, move.version.notice, move.version)
            written.add(move.file)
        for name, own in self.pages:
            if own == language:
                yield Planned(f"{folder}{name}/index.html", Kind.PAGE, language, name)
        yield Planned(f"{folder}{MISSING}", Kind.MISSING, language)
        if self.site.consent.endpoint:
            yield Planned(f"{folder}{UNAVAILABLE}", Kind.UNAVAILABLE, language)
        else:
            yield Planned(f"{folder}{WITHDRAW}/index.html", Kind.WITHDRAW, language)
            yield Planned(f"{folder}{REPORT}/index.html", Kind.REPORT, language)
        yield Planned(f"{folder}feed.xml", Kind.WHOLE_FEED, language)

    def has(self, language: str, path: str) -> bool:
        """Whether a page is at an address without the language's prefix, be it the list of working texts or one of them.

        The changes of a working text have a folder of their own, and count as no page here.
        """
        start, _, name = path.partition("/")
        if start == DRAFTS:
            return not name or (name.endswith("/") and (name[:-1], language) in self.drafts)
        return (language, path) in self.addresses

    def of_whole(self) -> Iterator[Planned]:
        """The files that belong to no language."""
        names = [*sitemap_names(sum(1 for _ in self.listed())), "robots.txt"]
        names += [SECURITY] if self.site.told_of_security else []
        names += [NETLIFY, NGINX] if any(any(self.moves(language)) for language in self.site.languages) else []
        names += [name + suffix for name in EMBEDDED for suffix in ("", *compressed_as(name))]
        names += [*self.own, MANIFEST, LAYOUT]
        yield from (Planned(name, Kind.FILE) for name in names)

    @cached_property
    def files(self) -> tuple[Planned, ...]:
        """Every file of the site but working texts, for residents are not shown them, and the search index's."""
        found: list[Planned] = []
        for language in self.site.languages:
            found += (*self.of_notices(language), *self.of_site(language))
        return (*found, *self.of_whole())

    @cached_property
    def addresses(self) -> frozenset[tuple[str, str]]:
        """Every page but drafts by its language and its address without the language's prefix, such as
        `library/history/`."""
        return frozenset(self._addresses())

    @cached_property
    def own_names(self) -> frozenset[str]:
        """The beginnings of the addresses of the site's own files, the language's prefix aside: none is a notice's or
        page's."""
        own = [*self.of_whole(), *(p for language in self.site.languages for p in self.of_site(language))]
        names = {
            p.file[len(self.folder(p.language)) if p.language else 0 :].partition("/")[0] for p in own if not p.name
        }
        return frozenset({"", NETLIFY, NGINX, *names})  # old addresses may come with the next version

    def _addresses(self) -> Iterator[tuple[str, str]]:
        for language in self.site.languages:
            start = len(self.folder(language))
            for part in (self.of_notices(language), self.of_site(language)):
                for planned in part:
                    if planned.kind in PAGES and planned.kind is not Kind.MOVED:
                        yield language, planned.file[start:].removesuffix("index.html")

    def listed(self) -> Iterator[Planned]:
        """Pages that search engines may list: the lists of notices, those in force, their histories, and the ordinary
        pages."""
        for language in self.site.languages:
            own = list(self.of_site(language))
            yield from (planned for planned in own if planned.kind is Kind.INDEX)
            for planned in self.of_notices(language):
                if planned.kind in (Kind.NOTICE, Kind.HISTORY) and planned.version is not None:
                    yield planned
            yield from (planned for planned in own if planned.kind is Kind.PAGE)

    def moves(self, language: str) -> Iterator[Move]:
        """The old addresses of one language's notices in force; a file that an earlier language has stays with it."""
        earlier = self.site.languages[: self.site.languages.index(language)]
        for (notice, own), history in self.histories.items():
            if own != language or (current := history.shown) is None:
                continue
            others = (self.histories.get((notice, other)) for other in earlier)
            claimed = {file for other in others if other and other.shown for _, file in aliases(other.shown)}
            yield from (Move(old, file, current) for old, file in aliases(current) if file not in claimed)

    def folder(self, language: str) -> str:
        """The prefix of a language's files: nothing for the main one, `cy/` for Welsh."""
        return f"{timeline.prefix(language, self.site)}/"[1:]


def sitemap_names(addresses: int, most: int = SITEMAP_MOST) -> list[str]:
    """sitemap.xml, and its parts where there are more addresses than one may name."""
    parts = -(-addresses // most)
    return ["sitemap.xml", *(f"sitemap-{number}.xml" for number in range(1, parts + 1) if parts > 1)]


def compressed_as(name: str) -> tuple[str, ...]:
    """The endings of an asset's compressed copies; pictures are compressed already."""
    return () if name.endswith((".png", ".jpg", ".jpeg", ".webp")) else (".br", ".gz")


def aliases(version: Version) -> Iterator[tuple[str, str]]:
    """The old addresses of a version within this site, as written, each with the file that is there."""
    for written in version.facets.get("aliases", ()):
        old = str(written).partition("?")[0].partition("#")[0]
        if old.strip("/") and (file := alias_file(old)) is not None:
            yield old, file


def alias_file(address: str) -> str | None:
    """The file that a web server sends for an address of this site, as for the page of an old one.

    None where no file can stand there: it is another site's, or steps out of the folder, or no file can be called so.
    """
    try:
        path = unquote(address.partition("?")[0].partition("#")[0], errors="strict")
    except UnicodeDecodeError:
        return None
    parts = [part for part in path.split("/") if part not in ("", ".")]
    if not address.startswith("/") or not all(map(_can_be_a_name, parts)):
        return None
    name = "/".join(parts)
    return name if name.endswith((".html", ".htm")) else f"{name}/index.html".lstrip("/")


def _can_be_a_name(part: str) -> bool:
    plain = part.isprintable() and "\\" not in part
    return plain and part != ".." and len(part.encode("utf-8", "replace")) <= LONGEST_NAME


def reserved(file: str, site: SiteSource) -> str | None:
    """The name of the consent service or of a folder of the site's own in which a file would stand, if it would."""
    parts = file.split("/")
    first = parts[1] if fold(parts[0]) in site.languages[1:] and len(parts) > 1 else parts[0]
    return next((name for name in (fold(parts[0]), fold(first)) if name in FOLDERS | manifest.PATHS), None)


def exactly(part: str) -> str:
    """A file's or folder's name as a web server tells it from others: its compressed copy is the same."""
    return part.removesuffix(".gz").removesuffix(".br")


def fold(part: str) -> str:
    """The same as file systems do that know no difference of case, form (Unicode) or final dots: macOS and Windows."""
    return exactly(unicodedata.normalize("NFC", part).casefold().rstrip(". "))


class Taken:
    """Files that are there, for asking what another one would replace. `same` makes names equal that are one file."""

    def __init__(self, files: Iterable[str], same: Callable[[str], str] = fold) -> None:
        self._same = same
        self._files: dict[str, str] = {}
        self._folders: dict[str, str] = {}
        for file in files:
            self.add(file)

    def add(self, file: str) -> None:
        """Have a file among them; the first of a name stays."""
        *folders, last = map(self._same, file.split("/"))
        at = ""
        for folder in folders:
            at += f"{folder}/"
            self._folders.setdefault(at, file)
        self._files.setdefault(at + last, file)

    def by(self, file: str) -> str | None:
        """The file that `file` would replace, or that stands where its folder must be, or is in a folder of its name."""
        *folders, last = map(self._same, file.split("/"))
        at = ""
        for folder in folders:
            if (found := self._files.get(at + folder)) is not None:
                return found
            at += f"{folder}/"
        return self._files.get(at + last) or self._folders.get(f"{at}{last}/")
