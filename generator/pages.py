"""Which pages exist and what each needs. Pure: histories, working texts and words in, page plans out."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from markupsafe import Markup

from generator import contexts, estate
from generator.contexts import Block, Frame, Link, OtherVersion, SiteFrame, Standing
from generator.drafts import Draft
from generator.estate import History
from generator.model import Notice
from generator.prose import Renderer
from generator.site import SiteSource
from generator.versions import Version
from generator.words import Words
from widget import manifest

OBJECTION = "object"
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
    frames: dict[str, SiteFrame] = field(default_factory=dict, compare=False)

    def of(self, histories: Mapping[tuple[str, str], History]) -> Planner:
        """The same planner for other histories; it shares what was rendered so far."""
        return dataclasses.replace(self, histories=histories)

    @property
    def language(self) -> str:
        return self.words.language

    @property
    def prefix(self) -> str:
        return estate.prefix(self.language, self.site)

    def plans(self) -> Iterator[PagePlan]:
        """Every page of the language."""
        yield from self.notice_plans()
        yield from self.site_plans()

    def notice_plans(self) -> Iterator[PagePlan]:
        """The pages of the notices. The build asks for those of one notice at a time, knowing no other."""
        for (_, language), history in self.histories.items():
            if language == self.language:
                yield from self._notice_plans(history)

    def site_plans(self) -> Iterator[PagePlan]:
        """All other pages. The build gives them every history, but of each version only its facts, not its sections."""
        yield self._plan(f"{self.prefix}/", "index.html", self.index_page())
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
            yield self._plan(path, "notice.html", self.notice_page(version, history, path))
        path = f"{self.notice_path(history)}history/"
        yield self._plan(path, "history.html", self.history_page(history, path))

    def _plan(self, path: str, template: str, page: Frame) -> PagePlan:
        return PagePlan(f"{path}index.html".lstrip("/"), template, page, self.site_frame())

    def notice_path(self, history: History) -> str:
        """The address of a notice, whichever version is in force."""
        return f"{self.prefix}/{history.notice}/"

    def site_frame(self) -> SiteFrame:
        if self.language not in self.frames:
            self.frames[self.language] = self._site_frame()
        return self.frames[self.language]

    def _site_frame(self) -> SiteFrame:
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
        )

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
        current = [
            (history, version)
            for (_, language), history in self.histories.items()
            if language == self.language and (version := history.in_force)
        ]
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
            standing=standing,
            version=version.version,
            effective=version.effective,
            published=version.published,
            change=version.change.summary,
            sections=blocks,
            summary=version.summary or None,
            review_by=_day(version.facets.get("review_by")),
            permanent=permanent,
            permanent_url=self.site.base_url + permanent,
            history=f"{self.notice_path(history)}history/",
            in_force=self.other(current, self.notice_path(history)) if current and current != version else None,
            upcoming=self._upcoming(history) if standing is Standing.IN_FORCE else None,
            objection=objection,
            consents=version.consents,
            form=estate.published(form, self.site) if form else None,
            consent_action=f"/consent/{version.notice}",
        )

    def _upcoming(self, history: History) -> OtherVersion | None:
        following = history.upcoming
        return self.other(following, estate.version_path(following, self.site)) if following else None

    def other(self, version: Version, path: str) -> OtherVersion:
        return OtherVersion(version.version, path, version.effective, version.change.summary)

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

    def draft_page(self, draft: Draft, version: Version, history: History | None, path: str) -> contexts.NoticePage:
        """A working text as it would be published; `version` is its final wording."""
        blocks, objection = self.blocks(version)
        current = history.in_force if history else None
        change = draft.notice.facets.change
        return contexts.NoticePage(
            **(self.frame(path, version.title) | {"canonical": None}),
            standing=Standing.DRAFT,
            version=(draft.last.version if draft.last else 0) + 1,
            effective=change.effective if change and draft.changed else None,
            published=None,
            change=change.summary if change and draft.changed else None,
            sections=blocks,
            summary=version.summary or None,
            review_by=draft.notice.facets.review_by,
            history=f"{self.notice_path(history)}history/" if history else None,
            in_force=self.other(current, self.notice_path(history)) if current and history else None,
            changed=tuple(Link(item.heading, f"#{item.id}") for item in draft.differences if item.how != "removed"),
            objection=objection,
            consents=version.consents,
        )

    def history_page(self, history: History, path: str) -> contexts.HistoryPage:
        title = (history.in_force or history.latest).title
        return contexts.HistoryPage(
            **self.frame(path, self.words("page.history.title", title=title)),
            notice=Link(title, self.notice_path(history)),
            versions=tuple(self._past(version, history) for version in reversed(history.versions)),
        )

    def _past(self, version: Version, history: History) -> contexts.PastVersion:
        following = history.after(version)
        return contexts.PastVersion(
            number=version.version,
            href=estate.version_path(version, self.site),
            standing=history.standing(version),
            published=version.published,
            effective=version.effective,
            kind=version.change.kind,
            change=version.change.summary,
            digest=version.digest,
            until=following.effective if following and history.standing(version) is Standing.REPLACED else None,
        )

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


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
