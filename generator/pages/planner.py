"""Which pages exist and what each needs. Pure: histories, working texts and words in, page plans out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from markupsafe import Markup

from generator.content.model import Audience, Notice
from generator.content.site_file import SiteSource, ThemeLink
from generator.markdown.render import Renderer, TooHard
from generator.pages import addresses as languages
from generator.pages import contexts, old_addresses
from generator.pages import history as history_pages
from generator.pages.addresses import Addresses
from generator.pages.contexts import Alternate, Block, Frame, Link, OtherVersion, SiteFrame
from generator.pages.index import index_page
from generator.pages.ordinary import prose_page
from generator.problems import ContentError, Place
from generator.repository import CONTENT
from generator.rules.text.rendering import too_hard
from generator.versions import timeline
from generator.versions.marked_changes import Marker
from generator.versions.timeline import History, Standing
from generator.versions.version import Version
from generator.wording import contacts
from generator.wording.strings import Words

OBJECTION = "object"
SEARCH_SCRIPT = "/pagefind/pagefind.js"


@dataclass(frozen=True)
class PagePlan:
    """One page to write: its file within the site, its template and its context."""

    file: str
    template: str
    page: Frame
    site: SiteFrame


@dataclass(frozen=True)
class Planner:
    """Plans the pages of one language of the site."""

    site: SiteSource
    words: Words
    histories: Mapping[tuple[str, str], History]
    pages: Mapping[tuple[str, str], Notice]
    addresses: Addresses
    marker: Marker
    renderer: Renderer = field(default_factory=Renderer)
    tombstones: Mapping[tuple[str, str], tuple[Version, ...]] = field(default_factory=dict)
    frames: dict[str, SiteFrame] = field(default_factory=dict, compare=False)

    @property
    def language(self) -> str:
        return self.words.language

    @property
    def prefix(self) -> str:
        return timeline.prefix(self.language, self.site)

    def own_histories(self) -> Iterator[History]:
        """The history of every notice in this language."""
        return (history for (_, language), history in self.histories.items() if language == self.language)

    def plans(self) -> Iterator[PagePlan]:
        """Every page of the language."""
        yield from self.notice_plans()
        yield from self.site_plans()

    def notice_plans(self) -> Iterator[PagePlan]:
        """The pages of the notices. The build asks for those of one notice at a time, knowing no other."""
        for history in self.own_histories():
            yield from self._notice_plans(history)
        for (notice, language), retracted in self.tombstones.items():
            if language == self.language:
                yield from self._tombstone_plans(notice, retracted)

    def site_plans(self) -> Iterator[PagePlan]:
        """All other pages. The build gives them every history, but of each version only its facts, not its sections."""
        yield self._plan(f"{self.prefix}/", "index.html", index_page(self))
        for old, current in old_addresses.moved(self.histories, self.site, self.language):
            yield self._moved_plan(old, current)
        for (name, language), page in self.pages.items():
            if language == self.language:
                yield self._plan(f"{self.prefix}/{name}/", "page.html", prose_page(self, name, page))
        yield self._file_plan(languages.MISSING, self.missing_page())
        yield self._file_plan(languages.UNAVAILABLE, self.unavailable_page())

    def _notice_plans(self, history: History) -> Iterator[PagePlan]:
        if (current := history.in_force) is not None:
            path = self.notice_path(history.notice)
            yield self._plan(path, "notice.html", self.notice_page(current, history, path))
        for version in history.versions:
            path = timeline.version_path(version, self.site)
            page = self.notice_page(version, history, path)
            yield self._plan(path, "notice.html", page)
            if page.pdf:
                yield PagePlan(page.pdf.lstrip("/"), "notice_pdf.html", page, self.site_frame())
            if (before := history.before(version)) is not None:
                changes = history_pages.changes_page(self, before, version, history)
                yield self._plan(f"{path}changes/", "changes.html", changes)
            check = history_pages.check_page(self, version, history)
            yield self._plan(timeline.check_path(version, self.site), "check.html", check)
        path = f"{self.notice_path(history.notice)}history/"
        yield self._plan(path, "history.html", history_pages.history_page(self, history, path))

    def _tombstone_plans(self, notice: str, retracted: tuple[Version, ...]) -> Iterator[PagePlan]:
        """The pages of versions that were taken down, and the history of a notice of which nothing else is left."""
        for version in retracted:
            path = timeline.version_path(version, self.site)
            yield self._plan(path, "retracted.html", history_pages.retracted_page(self, version, path))
            path = timeline.check_path(version, self.site)
            yield self._plan(path, "check.html", history_pages.lost_check_page(self, version))
        if (notice, self.language) not in self.histories:
            path = f"{self.notice_path(notice)}history/"
            yield self._plan(path, "history.html", history_pages.lost_history_page(self, notice, retracted, path))

    def _file_plan(self, name: str, page: contexts.Frame) -> PagePlan:
        """A page that the web server shows at other addresses than its own; its template has its name."""
        return PagePlan(f"{self.prefix}/{name}".lstrip("/"), name, page, self.site_frame())

    def _moved_plan(self, old: str, current: Version) -> PagePlan:
        """The page at an old address of a notice."""
        path = self.notice_path(current.notice)
        frame = self.frame(path, self.words("page.moved.title", title=current.title))
        name = old.strip("/")
        file = name if name.endswith((".html", ".htm")) else f"{name}/index.html"
        return PagePlan(
            file, "moved.html", contexts.MovedPage(**frame, notice=Link(current.title, path)), self.site_frame()
        )

    def _plan(self, path: str, template: str, page: Frame) -> PagePlan:
        return PagePlan(f"{path}index.html".lstrip("/"), template, page, self.site_frame())

    def notice_path(self, notice: str) -> str:
        """The address of a notice in this language, whichever version is in force."""
        return f"{self.prefix}/{notice}/"

    def site_frame(self) -> SiteFrame:
        if self.language not in self.frames:
            self.frames[self.language] = self._site_frame()
        return self.frames[self.language]

    def _site_frame(self) -> SiteFrame:
        organisation = self.site.organisation
        contact = contacts.officer(self.site, self.language) or contacts.council(self.site, self.language)
        links = (self._page_link(name) for name in sorted({name for name, _ in self.pages}))
        return SiteFrame(
            name=organisation.name.in_language(self.language),
            short_name=self.site.short_name(self.language),
            website=organisation.website,
            home=f"{self.prefix}/",
            withdraw="/withdraw" if self.language == self.site.language else f"/withdraw?language={self.language}",
            contact=contact,
            pages=tuple(links),
            header_links=self._own(self.site.theme.header_links),
            footer_links=self._own(self.site.theme.footer_links),
            logo=self.site.logo,
            feed=f"{self.prefix}/feed.xml",
            search=SEARCH_SCRIPT if self.site.search else None,
        )

    def _own(self, links: Iterable[ThemeLink]) -> tuple[Link, ...]:
        return tuple(Link(link.label.in_language(self.language), link.href) for link in links)

    def _page_link(self, name: str) -> Link:
        """An ordinary page in this language, else in the first that has it."""
        language = next(language for language in self._preferred() if (name, language) in self.pages)
        href = f"{timeline.prefix(language, self.site)}/{name}/"
        return Link(self.pages[name, language].facets.title, href, self.foreign(language))

    def _preferred(self) -> list[str]:
        """The languages in which a reader of this one is best served."""
        return sorted(self.site.languages, key=lambda language: language != self.language)

    def foreign(self, language: str) -> str | None:
        """A language that is not the page's own; None for its own."""
        return language if language != self.language else None

    def frame(self, path: str | None, title: str, at: str | None = None) -> dict[str, Any]:
        """What every page's context starts from; no path for a page that is not at one address.

        `path` is the address that search engines are to know, `at` where the page stands if that is another.
        """
        here, canonical = (self._bare(address) if address else None for address in (at or path, path))
        alternates = self.addresses.alternates(here, self.words, canonical) if here is not None else ()
        return {
            "language": self.language,
            "direction": self.words.direction,
            "title": title,
            "canonical": self.site.base_url + path if path else None,
            "alternates": alternates,
            "x_default": self.addresses.x_default(self.language, canonical or "", alternates) if path else None,
        }

    def _bare(self, address: str) -> str:
        """An address without the language's prefix and the first slash."""
        return address.removeprefix(f"{self.prefix}/")

    def best(self, notice: str, number: int | None = None) -> Version | None:
        """A version by its number, or the one that counts today: in this language, else in the first that has it."""
        for language in self._preferred():
            history = self.histories.get((notice, language))
            if history and (version := history.numbered(number or history.number)):
                return version
        return None

    def notice_page(self, version: Version, history: History, path: str) -> contexts.NoticePage:
        """A published version: at the notice's address where it is in force, or at its permanent one."""
        standing = history.standing(version)
        counts = standing is Standing.IN_FORCE
        blocks, objection = self.blocks(version, f"{CONTENT}/{version.file}")
        permanent, own = timeline.version_path(version, self.site), self.notice_path(history.notice)
        frame = self.frame(own if counts else path, version.title, path)
        form = version if counts and version.consents and not version.awaiting_review else None
        retired = version.facets.get("retired")
        return contexts.NoticePage(
            **frame,
            description=version.summary or None,
            feed=f"{own}feed.xml",
            facts=f"{permanent}notice.jsonld",
            standing=standing,
            version=version.version,
            effective=version.effective,
            published=version.published,
            until=history.until(version),
            change=version.change.summary,
            sections=blocks,
            audience=version.facets.get("audience", Audience.ADULT),
            summary=version.summary or None,
            review_by=_day(version.facets.get("review_by")),
            permanent=permanent,
            permanent_url=self.site.base_url + permanent,
            history=f"{own}history/",
            in_force=None if counts else self.in_force(version.notice),
            upcoming=self.upcoming(history) if counts else None,
            objection=objection,
            consents=version.consents,
            form=timeline.published(form, self.site) if form else None,
            consent_action=f"/consent/{version.notice}",
            changes=f"{permanent}changes/" if history.before(version) else None,
            searched=self.site.search and path == own and not retired,
            pdf=f"{permanent}notice.pdf" if self.site.pdf else None,
            code=f"{permanent}qr.svg" if self.site.print_codes else None,
            check_url=self.site.base_url + timeline.check_path(version, self.site),
            change_language=self.change_language(version),
            awaiting=version.awaiting_review,
            reviewed=self._reviewed(version, frame["alternates"]),
            retired=retired,
        )

    def in_force(self, notice: str) -> OtherVersion | None:
        """The version that counts today, at the notice's address: in this language, else in the first that has it."""
        version = self.best(notice)
        return self.other(version, f"{timeline.prefix(version.language, self.site)}/{notice}/") if version else None

    def upcoming(self, history: History) -> OtherVersion | None:
        """The next version, if one is scheduled."""
        following = history.upcoming
        return self.other(following) if following else None

    def other(self, version: Version, path: str | None = None) -> OtherVersion:
        """A version that another page points to, at its permanent address if no other is given."""
        permanent = timeline.version_path(version, self.site)
        language = self.foreign(version.language)
        before = self.histories[version.notice, version.language].before(version)
        return OtherVersion(
            number=version.version,
            href=path or permanent,
            effective=version.effective,
            change=version.change.summary,
            changes=f"{permanent}changes/" if before else None,
            language=language,
            language_name=self.words.name_of(language) if language else None,
            change_language=self.change_language(version),
        )

    def _reviewed(self, version: Version, alternates: Iterable[Alternate]) -> Alternate | None:
        """For a translation that awaits review: the same version in a language that does not."""
        if not version.awaiting_review:
            return None
        for other in alternates:
            history = self.histories.get((version.notice, other.language))
            twin = history.numbered(version.version) if history else None
            if twin and not twin.awaiting_review:
                return other
        return None

    def change_language(self, version: Version) -> str | None:
        """The main language where a version says what changed in its words; None for the page's own."""
        history = self.histories.get((version.notice, self.site.language))
        twin = history.numbered(version.version) if history else None
        same = twin is not None and twin.change.summary == version.change.summary
        return self.foreign(self.site.language if same else version.language)

    def blocks(self, version: Version, file: str) -> tuple[tuple[Block, ...], Block | None]:
        """The sections as HTML, and the right to object apart from them (UK GDPR article 21(4))."""
        blocks = []
        objection = None
        rendered = self.rendered(((s.markdown, s.id) for s in version.sections), file)
        for section, html in zip(version.sections, rendered, strict=True):
            heading = section.heading or self.words("page.notice.about")
            block = Block(section.id, self.renderer.inline(heading), html)
            if section.id == OBJECTION:
                objection = block
            else:
                blocks.append(block)
        return tuple(blocks), objection

    def rendered(self, texts: Iterable[tuple[str, str]], file: str) -> list[Markup]:
        """The HTML of a file's texts; `ContentError` names the file where that takes too long."""
        try:
            return self.renderer.texts(texts)
        except TooHard as failure:
            raise ContentError([too_hard(Place(file))]) from failure

    def missing_page(self) -> contexts.MissingPage:
        at = f"{self.prefix}/{languages.MISSING}"
        return contexts.MissingPage(**self.frame(None, self.words("page.missing.title"), at))

    def unavailable_page(self) -> contexts.UnavailablePage:
        at = f"{self.prefix}/{languages.UNAVAILABLE}"
        return contexts.UnavailablePage(**self.frame(None, self.words("page.unavailable.title"), at))

    def shell_page(self, title: str, main: str) -> contexts.ShellPage:
        """The layout for the endpoint's pages, with marks where their title and main part go."""
        return contexts.ShellPage(**self.frame(None, title), main=Markup(main))  # noqa: S704 (our own mark)


def planners(
    site: SiteSource,
    words: Mapping[str, Words],
    versions: Iterable[Version],
    pages: Mapping[tuple[str, str], Notice],
    on: date,
    drafts: Iterable[tuple[str, str]] = (),
) -> list[Planner]:
    """A planner for each language of the site, for everything ever published, as it stands on a day.

    `drafts` are (id, language) of working texts.
    """
    nothing = languages.addresses(site, {}, pages, ())
    empty = [Planner(site, words[language], {}, pages, nothing, Marker(words[language])) for language in site.languages]
    return knowing(empty, versions, on, drafts)


def knowing(
    planners: Sequence[Planner], versions: Iterable[Version], on: date, drafts: Iterable[tuple[str, str]] = ()
) -> list[Planner]:
    """The same planners for other versions, be they all or those of one notice; they share what was rendered so far."""
    ever = list(versions)
    found, gone = timeline.histories(ever, on), timeline.tombstones(ever)
    addresses = languages.addresses(planners[0].site, found, planners[0].pages, drafts)
    return [replace(planner, histories=found, tombstones=gone, addresses=addresses) for planner in planners]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
