"""What a rule looks at: one working text, and everything around it that bears on it. Values only."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from generator.content.facets import FACETS, kind_of
from generator.content.model import BodySection, Email, Facets, Ident, Notice, Point, Source, SourceKind, Url
from generator.content.notice_file import outside_code
from generator.content.rights import Article, read_article
from generator.content.site_file import SiteSource
from generator.markdown.pictures import Picture
from generator.problems import Place
from generator.repository import Repository
from generator.wording import inserts
from generator.wording.compose import Composed
from generator.wording.inserts import Wording
from generator.wording.outline import outline

YOU = re.compile(r"(?:from )?(?:you(?:rself)?|the person(?: themselves)?|chi|oddi wrthych chi)", re.I)
_NOT_PROSE = (Ident, Email, Url, Point)
_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d+[.)])[ \t]+")
_QUOTE = re.compile(r"[ \t]*(?:>[ \t]?)+")
_DEFINITION = re.compile(r" {0,3}\[[^\]\n]+\]:|\*\[[^\]\n]+\]:")
_RULE_LINE = re.compile(r"[-:| \t]+")


@dataclass(frozen=True)
class Passage:
    """A paragraph, heading, list item, table cell or facet text, with where it stands.

    In `text` every line break is a space, so that a phrase is found wherever it is broken; `starts` are the offsets
    of its lines, each with the line's number and the column at which that part of the text begins.
    """

    text: str
    file: str
    starts: tuple[tuple[int, int, int], ...]
    facet: str = ""
    heading: int = 0

    def place(self, offset: int = 0) -> Place:
        """Where a character of the text stands; the key's place for a facet."""
        begin, line, column = self.starts[max(bisect_right(self.starts, offset, key=lambda start: start[0]) - 1, 0)]
        return Place(self.file, line, column if self.facet else column + offset - begin)


@dataclass(frozen=True)
class Case:
    """One working text as a rule sees it, in `repository`, the whole site. A rule asks that for no more than it needs: the
    open site remembers what was asked, and looks at the text anew when one of the answers changes.
    """

    notice: Notice
    site: SiteSource
    repository: Repository
    wording: Wording
    today: Callable[[], date | None] = lambda: None

    @property
    def on(self) -> date | None:
        """Today, where it is known."""
        return self.today()

    @property
    def notices(self) -> Mapping[tuple[str, str], Notice]:
        return self.repository.notices

    @property
    def pages(self) -> Mapping[tuple[str, str], Notice]:
        return self.repository.pages

    @property
    def pictures(self) -> Mapping[str, Picture]:
        """The pictures beside the notice, by their names in its folder."""
        return self.repository.pictures.get(self.notice.id, {})

    @property
    def language(self) -> str:
        return self.notice.language

    @property
    def main(self) -> bool:
        """Whether the text is in the site's main language."""
        return self.language == self.site.language

    @cached_property
    def facets(self) -> Facets:
        """The facets with shared values filled in."""
        return self.wording.inside(self.notice.facets)

    @cached_property
    def as_written(self) -> bool:
        """Whether the notice has no content facets, so that it is published as written: content.md."""
        return all(self.lacks(name) for name, row in FACETS.items() if not row.describes)

    def lacks(self, name: str) -> bool:
        """Whether a facet is really absent: not written, rather than written and not understood."""
        return getattr(self.facets, name) in ((), None) and not self.damaged(name)

    def damaged(self, path: str) -> bool:
        """Whether a facet, or something in it, is written and could not be read."""
        return any(name == path or name.startswith(f"{path}.") for name in self.notice.unread)

    @cached_property
    def articles(self) -> tuple[Article, ...]:
        found = (read_article(basis.article) for basis in self.facets.lawful_bases)
        return tuple(dict.fromkeys(article for article in found if article))

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Everything of the working text that residents read, in its own words."""
        return (*self._facet_passages(), *self.body)

    @cached_property
    def body(self) -> tuple[Passage, ...]:
        notice = self.notice
        sections = (*([notice.opening] if notice.opening else ()), *notice.sections)
        return tuple(passage for section in sections for passage in self._section(section))

    @cached_property
    def prose(self) -> str:
        """All passages as one text, for rules that ask whether something is said anywhere."""
        return "\n".join(passage.text for passage in self.passages)

    @cached_property
    def _outlines(self) -> dict[str, Composed]:
        return {}

    def outline(self, notice: Notice) -> Composed:
        """The sections, ids and consents on the page that a working text of the site would be."""
        if notice.file not in self._outlines:
            shared = self.repository.shared.get(notice.language, {})
            words = inserts.wording(self.site, shared, notice.language)
            self._outlines[notice.file] = outline(notice, words, self.site, self.notices)
        return self._outlines[notice.file]

    def section(self, name: str) -> BodySection | None:
        """The body's section that opens a standard one, if it has words."""
        return next((s for s in self.notice.sections if s.id == name and s.markdown.strip()), None)

    def from_others(self) -> bool:
        """Whether article 14 applies: some data comes from somebody else than the person."""
        return any(not is_person(source) for source in self.facets.sources)

    def from_person(self) -> bool:
        """Whether article 13 applies; so it is taken to be where nothing is said."""
        return not self.facets.sources or any(is_person(source) for source in self.facets.sources)

    def _facet_passages(self) -> Iterator[Passage]:
        for path, text in inserts.facet_texts(self.notice.facets):
            if FACETS[path.partition(".")[0]].text and kind_of(path) not in _NOT_PROSE:
                place = self.notice.place(path)
                yield Passage(_plain(text), place.file, ((0, place.line, place.column),), facet=path)

    def _section(self, section: BodySection) -> Iterator[Passage]:
        file = section.place.file
        if section.heading:
            yield Passage(_plain(section.heading), file, ((0, section.place.line, 4),), heading=2)
        lines = section.markdown.split("\n")
        for passage in passages(lines, file, section.first_line):
            found = inserts.ALONE.fullmatch(passage.text)
            if found and found[1] in self.wording.shared:
                yield from self._shared(found[1])
            else:
                yield passage

    def _shared(self, name: str) -> Iterator[Passage]:
        file = inserts.shared_file(name, self.language, self.site)
        yield from passages(self.wording.shared[name].split("\n"), file, 1)


def is_person(source: Source) -> bool:
    """Whether a source is the person whom the data is about."""
    if source.kind is not None:
        return source.kind is SourceKind.PERSON
    return bool(YOU.fullmatch(source.who.strip()))


def passages(lines: list[str], file: str, first_line: int) -> Iterator[Passage]:
    """The passages of a piece of Markdown whose first line has that number."""
    held: list[tuple[int, int, str]] = []  # (line number, column, text)
    for index, line, prose in outside_code(lines):
        number = first_line + index
        level = len(line.lstrip()) - len(line.lstrip().lstrip("#")) if line.lstrip().startswith("#") else 0
        starts_new = bool(_ITEM.match(line) or _DEFINITION.match(line)) or 0 < level <= 6 or line.lstrip()[:1] == "|"
        if not prose or not line.strip() or starts_new or _RULE_LINE.fullmatch(line):
            yield from _joined(held, file)
            held = []
        if not prose or not line.strip() or _RULE_LINE.fullmatch(line) or _DEFINITION.match(line):
            continue
        if line.lstrip()[:1] == "|":
            yield from _cells(line, file, number)
        elif 0 < level <= 6:
            text = line.lstrip().lstrip("#")
            column = len(line) - len(text) + 1
            yield Passage(text.rstrip(), file, ((0, number, column),), heading=level)
        else:
            mark = _ITEM.match(line) or _QUOTE.match(line)
            indent = mark.end() if mark else len(line) - len(line.lstrip())
            held.append((number, indent + 1, line[indent:].rstrip()))
    yield from _joined(held, file)


def _joined(held: Iterable[tuple[int, int, str]], file: str) -> Iterator[Passage]:
    starts, parts, offset = [], [], 0
    for number, column, text in held:
        starts.append((offset, number, column))
        parts.append(text)
        offset += len(text) + 1
    if parts:
        yield Passage(_plain(" ".join(parts)), file, tuple(starts))


def _cells(line: str, file: str, number: int) -> Iterator[Passage]:
    for found in re.finditer(r"[^|]+", line):
        if text := found[0].strip():
            column = found.start() + len(found[0]) - len(found[0].lstrip()) + 1
            yield Passage(text, file, ((0, number, column),))


def _plain(text: str) -> str:
    return text.replace("\n", " ").replace("\t", " ")
