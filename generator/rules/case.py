"""The subject of a rule: one working text, and everything around it that bears on it. Values only."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from generator.content.facets import FACETS, kind_of
from generator.content.model import BodySection, Email, Facets, Ident, Notice, Point, Source, SourceKind, Url
from generator.content.rights import Article, read_article
from generator.content.site_file import SiteSource
from generator.law import entries
from generator.law.statute_book import LawOfDay, newest
from generator.markdown.pictures import Picture
from generator.repository import Repository
from generator.rules.passages import Passage, passages, plain
from generator.rules.prose import statements
from generator.versions.version import Version
from generator.wording import inserts
from generator.wording.compose import Composed
from generator.wording.inserts import Wording
from generator.wording.outline import outline

YOU = re.compile(r"(?:from )?(?:you(?:rself)?|the person(?: themselves)?|chi|oddi wrthych chi)", re.I)
_NOT_PROSE = (Ident, Email, Url, Point)


@dataclass(frozen=True)
class Case:
    """One working text as a rule sees it, in `repository`, the whole site. A rule asks that for no more than it
    needs: the open site remembers what was asked, and looks at the text anew when one of the answers changes.
    """

    notice: Notice
    site: SiteSource
    repository: Repository
    wording: Wording
    today: Callable[[], date | None] = lambda: None
    law: LawOfDay = field(default_factory=newest)
    """The law by which the text is judged: that of the day of the check, or without a day the newest that is known."""

    @property
    def on(self) -> date | None:
        """Today, where it is known. To ask is to be looked at anew each day."""
        return self.today()

    @property
    def notices(self) -> Mapping[tuple[str, str], Notice]:
        """The working texts of all notices, by (id, language)."""
        return self.repository.notices

    @property
    def pages(self) -> Mapping[tuple[str, str], Notice]:
        """The ordinary pages, by (id, language)."""
        return self.repository.pages

    @property
    def pictures(self) -> Mapping[str, Picture]:
        """The pictures beside the notice, by their names in its folder."""
        return self.repository.pictures.get(self.notice.id, {})

    @property
    def published(self) -> Sequence[Version]:
        """The published versions of this notice in its language, oldest first."""
        return self.repository.published(self.notice.id, self.notice.language)

    @property
    def language(self) -> str:
        return self.notice.language

    @property
    def main(self) -> bool:
        """Whether the text is in the site's main language."""
        return self.language == self.site.language

    @property
    def day(self) -> str:
        """The day of the check as messages write it."""
        return entries.plain_date(self.on) if self.on else "any day"

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
        return tuple(passage for section in self.notice.parts for passage in self._section(section))

    @cached_property
    def prose(self) -> str:
        """All passages as one text, for rules that ask whether something is said anywhere."""
        return "\n".join(passage.text for passage in self.passages)

    @cached_property
    def said(self) -> statements.Text:
        """The body as statements, split once for all rules that ask what it says."""
        return statements.read(self.body)

    @cached_property
    def _outlines(self) -> dict[str, Composed]:
        return {}

    def outline(self, notice: Notice) -> Composed:
        """The sections, ids and consents on the page that a working text of the site would be."""
        if notice.file not in self._outlines:
            shared = self.repository.shared.get(notice.language, {})
            words = inserts.wording(self.site, shared, notice.language, self.law.day)
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
                yield Passage(plain(text), place.file, ((0, place.line, place.column),), facet=path)

    def _section(self, section: BodySection) -> Iterator[Passage]:
        file = section.place.file
        if section.heading:
            yield Passage(plain(section.heading), file, ((0, section.place.line, 4),), heading=2)
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
