"""Which pages exist and what each needs. Pure: histories, working texts and words in, page plans out."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup

from generator.content.model import Audience, Notice
from generator.content.site_file import SiteSource, ThemeLink
from generator.markdown.render import Renderer, TooHard
from generator.pages import contexts
from generator.pages import history as history_pages
from generator.pages.addresses import Addresses
from generator.pages.contexts import Alternate, Block, Frame, Link, OtherVersion, SiteFrame
from generator.pages.following import behind, following_texts
from generator.pages.index import index_page
from generator.pages.notice_layout import notice_layout
from generator.pages.ordinary import prose_page
from generator.problems import ContentError, Place
from generator.repository import CONTENT
from generator.rules.text.rendering import too_hard
from generator.site_plan import MISSING, PAGES, SEARCH, UNAVAILABLE, Kind, Planned, SitePlan
from generator.versions import timeline
from generator.versions.marked_changes import Marker
from generator.versions.section_html import section_html
from generator.versions.timeline import History, Standing
from generator.versions.version import Version
from generator.wording import contacts, sentences
from generator.wording.strings import Words
from widget.manifest import Contact

OBJECTION = "object"
SEARCH_SCRIPT = f"/{SEARCH}/pagefind.js"
TEMPLATES = {
    Kind.NOTICE: "notice.html",
    Kind.VERSION: "notice.html",
    Kind.CHANGES: "changes.html",
    Kind.CHECK: "check.html",
    Kind.HISTORY: "history.html",
    Kind.RETRACTED: "retracted.html",
    Kind.LOST_CHECK: "check.html",
    Kind.LOST_HISTORY: "history.html",
    Kind.INDEX: "index.html",
    Kind.MOVED: "moved.html",
    Kind.PAGE: "page.html",
    Kind.MISSING: MISSING,
    Kind.UNAVAILABLE: UNAVAILABLE,
    Kind.WITHDRAW: "withdraw.html",
    Kind.REPORT: "report.html",
}
"""The template of each page."""
OF_SITE = frozenset({Kind.INDEX, Kind.MOVED, Kind.PAGE, Kind.MISSING, Kind.UNAVAILABLE, Kind.WITHDRAW, Kind.REPORT})
"""The pages that belong to no notice."""


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
    plan: SitePlan
    pages: Mapping[tuple[str, str], Notice]
    marker: Marker
    renderer: Renderer = field(default_factory=Renderer)
    frames: dict[str, SiteFrame] = field(default_factory=dict, compare=False)
    asked: bool = True
    """Whether any notice of the site ever asked for consent."""
    shared: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Shared wording by language and name, which ordinary pages may insert."""
    unreadable: frozenset[str] = frozenset()
    """Notices that the texts name as their parent and that nobody can read yet: no link leads there."""

    @property
    def language(self) -> str:
        return self.words.language

    @property
    def prefix(self) -> str:
        return timeline.prefix(self.language, self.site)

    @property
    def histories(self) -> Mapping[tuple[str, str], History]:
        return self.plan.histories

    @property
    def tombstones(self) -> Mapping[tuple[str, str], tuple[Version, ...]]:
        return self.plan.tombstones

    @property
    def addresses(self) -> Addresses:
        return Addresses(self.plan)

    def own_histories(self) -> Iterator[History]:
        """The history of every notice in this language."""
        return (history for (_, language), history in self.histories.items() if language == self.language)

    def plans(self) -> Iterator[PagePlan]:
        """Every page of the language."""
        yield from self.notice_plans()
        yield from self.site_plans()

    def notice_plans(self) -> Iterator[PagePlan]:
        """The pages of the notices. The build asks for those of one notice at a time, knowing no other."""
        rendered: contexts.NoticePage | None = None
        for planned in self.plan.of_notices(self.language):
            if planned.kind is Kind.PDF and rendered is not None:
                yield PagePlan(planned.file, "notice_pdf.html", rendered, self.site_frame())
            elif planned.kind in PAGES:
                page = self._notice_page(planned)
                rendered = page if isinstance(page, contexts.NoticePage) else rendered
                yield PagePlan(planned.file, TEMPLATES[planned.kind], page, self.site_frame())

    def page_plan(self, planned: Planned) -> PagePlan | None:
        """One of the pages, or a PDF; None where the file is neither. The open site asks for them one at a time."""
        if planned.kind is Kind.PDF:
            of_version = planned._replace(
                kind=Kind.VERSION, file=planned.file.removesuffix("notice.pdf") + "index.html"
            )
            return PagePlan(planned.file, "notice_pdf.html", self._notice_page(of_version), self.site_frame())
        if planned.kind not in PAGES:
            return None
        own = planned.kind in OF_SITE
        page = self._site_page(planned) if own else self._notice_page(planned)
        return PagePlan(planned.file, TEMPLATES[planned.kind], page, self.site_frame())

    def _notice_page(self, planned: Planned) -> Frame:
        """A page of a notice, with the address at which a problem with it is reported."""
        page = self._page_of_notice(planned)
        return replace(page, report=self._report_address(planned)) if self.site.consent.endpoint else page

    def _report_address(self, planned: Planned) -> str:
        address = sentences.act_address("report", self.site, self.language)
        about = {"notice": planned.name} | ({"version": planned.version.version} if planned.version else {})
        return f"{address}{'&' if '?' in address else '?'}{urlencode(about)}"

    def _page_of_notice(self, planned: Planned) -> Frame:
        """A page of a notice; a PDF is made from the same values as the version's page before it."""
        key, version, path = (planned.name, self.language), planned.version, planned.address
        if planned.kind is Kind.LOST_HISTORY:
            return history_pages.lost_history_page(self, planned.name, self.tombstones[key], path)
        if planned.kind is Kind.RETRACTED and version is not None:
            return history_pages.retracted_page(self, version, path)
        if planned.kind is Kind.LOST_CHECK and version is not None:
            return history_pages.lost_check_page(self, version)
        history = self.histories[key]
        if planned.kind is Kind.HISTORY or version is None:
            return history_pages.history_page(self, history, path)
        if planned.kind is Kind.CHECK:
            return history_pages.check_page(self, version, history)
        if planned.kind is Kind.CHANGES and (before := history.before(version)) is not None:
            return history_pages.changes_page(self, before, version, history)
        return self.notice_page(version, history, path)

    def site_plans(self) -> Iterator[PagePlan]:
        """All other pages. The build gives them every history, but of each version only its facts, not its sections."""
        for planned in self.plan.of_site(self.language):
            if planned.kind in PAGES:
                yield PagePlan(planned.file, TEMPLATES[planned.kind], self._site_page(planned), self.site_frame())

    def _site_page(self, planned: Planned) -> Frame:
        if planned.kind is Kind.INDEX:
            return index_page(self)
        if planned.kind is Kind.MOVED and planned.version is not None:
            return self._moved_page(planned.version)
        if planned.kind is Kind.PAGE:
            return prose_page(self, planned.name, self.pages[planned.name, self.language])
        if planned.kind in (Kind.WITHDRAW, Kind.REPORT):
            act = "withdraw" if planned.kind is Kind.WITHDRAW else "report"
            frame = self.frame(planned.address, self.words(f"page.{act}.title"))
            return contexts.ActPage(**frame, ask=contacts.for_withdrawals(self.site, self.language))
        return self.missing_page() if planned.kind is Kind.MISSING else self.unavailable_page()

    def _moved_page(self, current: Version) -> Frame:
        """The page at an old address of a notice."""
        path = self.notice_path(current.notice)
        frame = self.frame(path, self.words("page.moved.title", title=current.title))
        return contexts.MovedPage(**frame, notice=Link(current.title, path))

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
        agreed = sentences.act_address("withdraw/agreed", self.site, self.language)
        return SiteFrame(
            name=organisation.name.in_language(self.language),
            short_name=self.site.short_name(self.language),
            website=organisation.website,
            home=f"{self.prefix}/",
            withdraw=sentences.act_address("withdraw", self.site, self.language),
            asked=self.asked,
            report=sentences.act_address("report", self.site, self.language),
            agreed=agreed if self.site.consent.endpoint and self.asked else None,
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
        """The values that every page's context starts from; no path for a page that is not at one address.

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
        answers = version if counts and version.consents and not version.awaiting_review else None
        form = answers if self.site.consent.endpoint else None
        retired = version.facets.get("retired")
        return contexts.NoticePage(
            **frame,
            description=version.summary or None,
            feed=f"{own}feed.xml",
            facts=f"{permanent}notice.jsonld",
            first_view=counts or path == own,
            standing=standing,
            version=version.version,
            effective=version.effective,
            published=version.published,
            until=history.until(version),
            approved_role=version.approved_role or None,
            called_off=version.called_off.on if version.called_off else None,
            change=version.change.summary,
            sections=blocks,
            audience=version.facets.get("audience", Audience.ADULT),
            summary=version.summary or None,
            review_by=_day(version.facets.get("review_by")),
            permanent=permanent,
            permanent_url=self.site.base_url + permanent,
            history=f"{own}history/",
            in_force=None if counts else self.in_force(version.notice),
            replaced_by=() if counts else self.since(version, history),
            upcoming=self.upcoming(history) if counts else None,
            objection=objection,
            consents=version.consents,
            form=timeline.published(form, self.site) if form else None,
            consent_action=f"/consent/{version.notice}",
            ask=self._answering(answers) if answers and not form else (),
            changes=f"{permanent}changes/" if history.before(version) else None,
            searched=self.site.search and path == own and not retired,
            pdf=f"{permanent}notice.pdf" if self.site.pdf else None,
            code=f"{permanent}qr.svg" if self.site.print_codes else None,
            check_url=self.site.base_url + timeline.check_path(version, self.site),
            change_language=self.change_language(version),
            awaiting=version.awaiting_review,
            reviewed=self._reviewed(version, frame["alternates"]),
            retired=retired,
            following=following_texts(self, version),
            behind=behind(self, version, history),
            withheld=version.names_somebody,
            **self.layout(version, blocks, objection, answered=bool(answers) or (counts and version.awaiting_review)),
        )

    def layout(
        self, version: Version, blocks: tuple[Block, ...], objection: Block | None, *, answered: bool
    ) -> dict[str, Any]:
        """The parts of a notice's page besides its texts; `answered` says whether a consent can be given."""
        language = self.words, self.renderer
        try:
            return notice_layout(version, blocks, objection, language, answered=answered and bool(version.consents))
        except TooHard as failure:
            raise ContentError([too_hard(Place(f"{CONTENT}/{version.file}"))]) from failure

    def _answering(self, version: Version) -> tuple[Contact, ...]:
        return contacts.answering(version.consents, version.service, self.site, self.language)

    def in_force(self, notice: str) -> OtherVersion | None:
        """The version that counts today, at the notice's address: in this language, else in the first that has it."""
        version = self.best(notice)
        return self.other(version, f"{timeline.prefix(version.language, self.site)}/{notice}/") if version else None

    def since(self, version: Version, history: History) -> tuple[OtherVersion, ...]:
        """Every later version that has come into force, the oldest first."""
        later = (self.best(version.notice, number) for number in history.after(version))
        return tuple(self.other(other) for other in later if other)

    def upcoming(self, history: History) -> OtherVersion | None:
        """The next version, if one is scheduled; one that this language follows later is in another."""
        number = history.upcoming_number
        following = self.best(history.notice, number) if number in history.following else history.upcoming
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
            kind=version.change.kind,
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
        try:
            sections = section_html(version, self.renderer)
        except TooHard as failure:
            raise ContentError([too_hard(Place(file))]) from failure
        for section in sections:
            heading = section.heading or self.renderer.inline(self.words("page.notice.about"))
            html = self._without_dead_links(section.html)
            block = Block(section.id, Markup(heading), Markup(html), section.anchors)  # noqa: S704 (the cleaner made it)
            if section.id == OBJECTION:
                objection = block
            else:
                blocks.append(block)
        return tuple(blocks), objection

    def _without_dead_links(self, html: str) -> str:
        """The words of a link alone where it leads to a notice that was never published."""
        for notice in self.unreadable:
            html = re.sub(rf'<a href="(?:/[\w-]+)?/{re.escape(notice)}/"[^>]*>(.*?)</a>', r"\1", html, flags=re.S)
        return html

    def rendered(self, texts: Iterable[tuple[str, str]], file: str) -> list[Markup]:
        """The HTML of a file's texts; `ContentError` names the file where that takes too long."""
        try:
            return self.renderer.texts(texts)
        except TooHard as failure:
            raise ContentError([too_hard(Place(file))]) from failure

    def missing_page(self) -> contexts.MissingPage:
        at = f"{self.prefix}/{MISSING}"
        return contexts.MissingPage(**self.frame(None, self.words("page.missing.title"), at))

    def unavailable_page(self) -> contexts.UnavailablePage:
        at = f"{self.prefix}/{UNAVAILABLE}"
        return contexts.UnavailablePage(**self.frame(None, self.words("page.unavailable.title"), at))

    def shell_page(self, title: str, main: str) -> contexts.ShellPage:
        """The layout for the endpoint's pages, with marks where their title and main part go."""
        frame = self.frame(None, title) | {"alternates": self.addresses.in_place(self.words)}
        return contexts.ShellPage(**frame, main=Markup(main))  # noqa: S704 (our own mark)


def planners(
    site: SiteSource,
    words: Mapping[str, Words],
    versions: Iterable[Version],
    pages: Mapping[tuple[str, str], Notice],
    on: date,
    drafts: Collection[tuple[str, str]] = (),
    *,
    asked: bool = True,
    shared: Mapping[str, Mapping[str, str]] | None = None,
) -> list[Planner]:
    """A planner for each language of the site, for everything ever published, as it is on a day.

    `drafts` are (id, language) of working texts; `asked` says whether any notice ever asked for consent;
    `shared` is the shared wording by language and name.
    """
    nothing = SitePlan(site, {}, {}, pages)
    empty = [
        Planner(site, words[language], nothing, pages, Marker(words[language]), asked=asked, shared=shared or {})
        for language in site.languages
    ]
    return knowing(empty, versions, on, drafts)


def knowing(
    planners: Sequence[Planner], versions: Iterable[Version], on: date, drafts: Collection[tuple[str, str]] = ()
) -> list[Planner]:
    """The same planners for other versions, be they all or those of one notice; they share what was rendered so far."""
    ever, first = list(versions), planners[0]
    plan = SitePlan(first.site, timeline.histories(ever, on), timeline.tombstones(ever), first.pages, drafts)
    return [replace(planner, plan=plan) for planner in planners]


def without(planners: Sequence[Planner], unreadable: Iterable[str]) -> list[Planner]:
    """The same planners, which lead to none of these notices."""
    return [replace(planner, unreadable=frozenset(unreadable)) for planner in planners]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
