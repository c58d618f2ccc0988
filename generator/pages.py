"""Which pages exist and what each needs. Pure: histories, working texts and words in, page plans out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from markupsafe import Markup

from generator import contexts, estate, history_pages
from generator.contexts import Block, Frame, Link, OtherVersion, SiteFrame, Standing
from generator.estate import History
from generator.model import Notice
from generator.prose import Renderer
from generator.site import SiteSource, ThemeLink
from generator.versions import Version
from generator.words import Words
from widget import manifest

OBJECTION = "object"
SEARCH_SCRIPT = "/pagefind/pagefind.js"
LANGUAGE_NAMES = {"en": "English", "cy": "Cymraeg"}


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
    renderer: Renderer = field(default_factory=Renderer)

    @property
    def language(self) -> str:
        return self.words.language

    @property
    def prefix(self) -> str:
        return estate.prefix(self.language, self.site)

    def own_histories(self) -> Iterator[History]:
        """The history of every notice in this language."""
        return (history for (_, language), history in self.histories.items() if language == self.language)

    def plans(self) -> Iterator[PagePlan]:
        """Every page of the language."""
        yield self._plan(f"{self.prefix}/", "index.html", self.index_page())
        for history in self.own_histories():
            yield from self._notice_plans(history)
        for (name, language), page in self.pages.items():
            if language == self.language:
                yield self._plan(f"{self.prefix}/{name}/", "page.html", self.prose_page(name, page))
        yield PagePlan(f"{self.prefix}/404.html".lstrip("/"), "404.html", self.missing_page(), self.site_frame())

    def _notice_plans(self, history: History) -> Iterator[PagePlan]:
        if (current := history.in_force) is not None:
            path = self.notice_path(history)
            yield self._plan(path, "notice.html", self.notice_page(current, history, path))
        for version in history.versions:
            path = estate.version_path(version, self.site)
            page = self.notice_page(version, history, path)
            yield self._plan(path, "notice.html", page)
            if page.pdf:
                yield PagePlan(page.pdf.lstrip("/"), "notice_pdf.html", page, self.site_frame())
            if (before := history.before(version)) is not None:
                yield self._plan(
                    f"{path}changes/", "changes.html", history_pages.changes_page(self, before, version, history)
                )
            yield self._plan(
                estate.check_path(version, self.site), "check.html", history_pages.check_page(self, version, history)
            )
        path = f"{self.notice_path(history)}history/"
        yield self._plan(path, "history.html", history_pages.history_page(self, history, path))
        yield from self._moved_plans(history)

    def _moved_plans(self, history: History) -> Iterator[PagePlan]:
        """A page at each old address of the notice."""
        if (current := history.in_force) is None:
            return
        for path in aliases(current):
            notice = Link(current.title, self.notice_path(history))
            frame = self.frame(self.notice_path(history), self.words("page.moved.title", title=current.title))
            name = path.strip("/")
            file = name if name.endswith((".html", ".htm")) else f"{name}/index.html"
            yield PagePlan(file, "moved.html", contexts.MovedPage(**frame, notice=notice), self.site_frame())

    def _plan(self, path: str, template: str, page: Frame) -> PagePlan:
        return PagePlan(f"{path}index.html".lstrip("/"), template, page, self.site_frame())

    def notice_path(self, history: History) -> str:
        """The address of a notice, whichever version is in force."""
        return f"{self.prefix}/{history.notice}/"

    def site_frame(self) -> SiteFrame:
        organisation, officer = self.site.organisation, self.site.data_protection_officer
        contact = manifest.Contact(self.site.short_name(self.language))
        if officer:
            post = officer.address.in_language(self.language) if officer.address else None
            contact = manifest.Contact(officer.name.in_language(self.language), officer.email, officer.phone, post)
        links = (
            Link(page.facets.title, f"{self.prefix}/{name}/")
            for (name, language), page in sorted(self.pages.items())
            if language == self.language
        )
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

    def frame(self, path: str | None, title: str) -> dict[str, Any]:
        """What every page's context starts from; no path for a page that is not at one address."""
        return {
            "language": self.language,
            "direction": self.words.direction,
            "title": title,
            "canonical": self.site.base_url + path if path else None,
        }

    def index_page(self) -> contexts.IndexPage:
        primary = self.site.primary_notice
        current = [(history, version) for history in self.own_histories() if (version := history.in_force)]
        groups: dict[str, list[contexts.ListedNotice]] = {}
        for history, version in sorted(current, key=lambda pair: pair[1].title.casefold()):
            category = version.facets.get("category") or self.words("page.index.other")
            groups.setdefault(category, []).append(self._listed(history, version))
        names = {history.notice for history, _ in current}
        return contexts.IndexPage(
            **self.frame(f"{self.prefix}/", self.words("page.index.title")),
            categories=tuple(contexts.Category(name, tuple(groups[name])) for name in sorted(groups, key=str.casefold)),
            primary=f"{self.prefix}/{primary}/" if primary in names else None,
        )

    def _listed(self, history: History, version: Version) -> contexts.ListedNotice:
        path = self.notice_path(history)
        return contexts.ListedNotice(version.title, path, version.version, version.effective, version.summary or None)

    def notice_page(self, version: Version, history: History, path: str) -> contexts.NoticePage:
        """A published version: at the notice's address where it is in force, or at its permanent one."""
        standing = history.standing(version)
        blocks, objection = self.blocks(version)
        permanent = estate.version_path(version, self.site)
        current = history.in_force
        form = version if standing is Standing.IN_FORCE and version.consents and not version.awaiting_review else None
        return contexts.NoticePage(
            **self.frame(self.notice_path(history) if standing is Standing.IN_FORCE else path, version.title),
            description=version.summary or None,
            feed=f"{self.notice_path(history)}feed.xml",
            facts=f"{permanent}notice.jsonld",
            standing=standing,
            version=version.version,
            effective=version.effective,
            published=version.published,
            until=history.until(version),
            change=version.change.summary,
            sections=blocks,
            summary=version.summary or None,
            review_by=_day(version.facets.get("review_by")),
            permanent=permanent,
            permanent_url=self.site.base_url + permanent,
            history=f"{self.notice_path(history)}history/",
            in_force=self.in_force(history) if current != version else None,
            upcoming=self.upcoming(history) if standing is Standing.IN_FORCE else None,
            objection=objection,
            consents=version.consents,
            form=estate.published(form, self.site) if form else None,
            consent_action=f"/consent/{version.notice}",
            changes=f"{permanent}changes/" if history.before(version) else None,
            searched=path == self.notice_path(history),
            pdf=f"{permanent}notice.pdf" if self.site.pdf else None,
            code=f"{permanent}qr.svg" if self.site.print_codes else None,
            check_url=self.site.base_url + estate.check_path(version, self.site),
        )

    def upcoming(self, history: History) -> OtherVersion | None:
        """The next version, if one is scheduled."""
        following = history.upcoming
        return self.other(following, history) if following else None

    def in_force(self, history: History) -> OtherVersion | None:
        """The version that counts today, at the notice's address."""
        current = history.in_force
        return replace(self.other(current, history), href=self.notice_path(history)) if current else None

    def other(self, version: Version, history: History) -> OtherVersion:
        """A version that another page points to, at its permanent address."""
        path = estate.version_path(version, self.site)
        changes = f"{path}changes/" if history.before(version) else None
        return OtherVersion(version.version, path, version.effective, version.change.summary, changes)

    def blocks(self, version: Version) -> tuple[tuple[Block, ...], Block | None]:
        """The sections as HTML, and the right to object apart from them (UK GDPR article 21(4))."""
        blocks = []
        objection = None
        for section in version.sections:
            heading = section.heading or self.words("page.notice.about")
            html = self.renderer.section(section.markdown, section.id)
            block = Block(section.id, self.renderer.inline(heading), html)
            if section.id == OBJECTION:
                objection = block
            else:
                blocks.append(block)
        return tuple(blocks), objection

    def prose_page(self, name: str, page: Notice) -> contexts.ProsePage:
        parts = [self.renderer.section(page.opening.markdown, name)] if page.opening else []
        for section in page.sections:
            heading = Markup("<h2>{}</h2>").format(self.renderer.inline(section.heading))
            parts += [heading, self.renderer.section(section.markdown, name)]
        html = Markup("\n").join(parts)
        return contexts.ProsePage(
            **self.frame(f"{self.prefix}/{name}/", page.facets.title), description=page.facets.summary, html=html
        )

    def missing_page(self) -> contexts.MissingPage:
        return contexts.MissingPage(**self.frame(None, self.words("page.missing.title")))

    def shell_page(self, title: str, main: str) -> contexts.ShellPage:
        """The layout for the endpoint's pages, with marks where their title and main part go."""
        return contexts.ShellPage(**self.frame(None, title), main=Markup(main))  # noqa: S704 (our own mark)


def planners(
    site: SiteSource,
    words: Mapping[str, Words],
    versions: Iterable[Version],
    pages: Mapping[tuple[str, str], Notice],
    on: date,
) -> list[Planner]:
    """A planner for each language of the site, for the versions as they stand on a day."""
    found = estate.histories(versions, on)
    return [Planner(site, words[language], found, pages) for language in site.languages]


def aliases(version: Version) -> tuple[str, ...]:
    """The old addresses of a notice within this site; those of other sites are for their own servers to redirect."""
    found = (str(address).partition("?")[0].partition("#")[0] for address in version.facets.get("aliases", ()))
    return tuple(address for address in found if address.startswith("/") and address.strip("/") and ".." not in address)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
