"""Which pages exist and what each needs. Pure: histories, working texts and words in, page plans out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from markupsafe import Markup

from generator import contexts, estate, languages, versions
from generator.contexts import Alternate, Block, Frame, Link, OtherVersion, SiteFrame, Standing
from generator.drafts import Draft
from generator.errors import ContentError, Place
from generator.estate import History
from generator.languages import Addresses
from generator.model import Audience, Notice, TranslationStatus
from generator.prose import Renderer, TooHard
from generator.repository import CONTENT
from generator.rules.rendering import TOO_HARD, too_hard
from generator.site import SiteSource
from generator.versions import Version
from generator.words import Words
from widget import manifest

OBJECTION = "object"
SAME, FIRST = "same", "first"


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
    renderer: Renderer = field(default_factory=Renderer)
    tombstones: Mapping[tuple[str, str], tuple[Version, ...]] = field(default_factory=dict)
    frames: dict[str, SiteFrame] = field(default_factory=dict, compare=False)

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
        for key, retracted in self.tombstones.items():
            if key[1] == self.language:
                yield from self._tombstone_plans(retracted, self.histories.get(key))

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

    def _tombstone_plans(self, retracted: tuple[Version, ...], history: History | None) -> Iterator[PagePlan]:
        """The pages of versions that were taken down, and the history of a notice of which nothing else is left."""
        for version in retracted:
            path = estate.version_path(version, self.site)
            yield self._plan(path, "retracted.html", self.retracted_page(version, history, path))
        if history is None:
            path = f"{self.prefix}/{retracted[0].notice}/history/"
            yield self._plan(path, "history.html", self.lost_history_page(retracted, path))

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
        links = (self._page_link(name) for name in sorted({name for name, _ in self.pages}))
        return SiteFrame(
            name=organisation.name.in_language(self.language),
            short_name=self.site.short_name(self.language),
            website=organisation.website,
            home=f"{self.prefix}/",
            withdraw="/withdraw" if self.language == self.site.language else f"/withdraw?language={self.language}",
            contact=contact,
            pages=tuple(links),
        )

    def _page_link(self, name: str) -> Link:
        """An ordinary page in this language, else in the first that has it."""
        language = next(language for language in self._preferred() if (name, language) in self.pages)
        href = f"{estate.prefix(language, self.site)}/{name}/"
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

    def index_page(self) -> contexts.IndexPage:
        primary = self.site.primary_notice
        categories = self._categories()
        groups: dict[tuple[str, str | None], list[contexts.ListedNotice]] = {}
        names = set()
        for history, version in sorted(self._current(), key=lambda pair: pair[1].title.casefold()):
            language = self.foreign(version.language)
            category = version.facets.get("category")
            if not category or (language and category in categories):
                category, language = categories.get(category or "", self.words("page.index.other")), None
            groups.setdefault((category, language), []).append(self._listed(history, version))
            names |= {history.notice} if version.language == self.language else set()
        ordered = sorted(groups, key=lambda group: (group[0].casefold(), group[1] or ""))
        return contexts.IndexPage(
            **self.frame(f"{self.prefix}/", self.words("page.index.title")),
            categories=tuple(contexts.Category(name, tuple(groups[name, lang]), lang) for name, lang in ordered),
            primary=f"{self.prefix}/{primary}/" if primary in names else None,
        )

    def _current(self) -> Iterator[tuple[History, Version]]:
        """Every notice in force that is still used: in this language, else in the first that has it."""
        for notice in sorted({notice for notice, _ in self.histories}):
            if (found := self._best(notice)) and not found[1].facets.get("retired"):
                yield found

    def _best(self, notice: str) -> tuple[History, Version] | None:
        for language in self._preferred():
            history = self.histories.get((notice, language))
            if history and (version := history.in_force):
                return history, version
        return None

    def _categories(self) -> dict[str, str]:
        """What this language calls the categories of another, learned from the notices that exist in both."""
        names: dict[str, str] = {}
        for (notice, language), history in self.histories.items():
            own = self.histories.get((notice, self.language))
            if language != self.language and own and own.in_force and history.in_force:
                here, there = (v.facets.get("category") for v in (own.in_force, history.in_force))
                if here and there:
                    names[there] = here
        return names

    def _listed(self, history: History, version: Version) -> contexts.ListedNotice:
        path = f"{estate.prefix(version.language, self.site)}/{history.notice}/"
        language = self.foreign(version.language)
        return contexts.ListedNotice(
            title=version.title,
            href=path,
            version=version.version,
            effective=version.effective,
            summary=version.summary or None,
            language=language,
            language_name=self.words.name_of(language) if language else None,
        )

    def notice_page(self, version: Version, history: History, path: str) -> contexts.NoticePage:
        """A published version: at the notice's address where it is in force, or at its permanent one."""
        standing = history.standing(version)
        blocks, objection = self.blocks(version, f"{CONTENT}/{version.file}")
        permanent = estate.version_path(version, self.site)
        frame = self.frame(self.notice_path(history) if standing is Standing.IN_FORCE else path, version.title, path)
        form = version if standing is Standing.IN_FORCE and version.consents and not version.awaiting_review else None
        return contexts.NoticePage(
            **frame,
            description=version.summary or None,
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
            history=f"{self.notice_path(history)}history/",
            in_force=self._in_force(history, version),
            upcoming=self._upcoming(history) if standing is Standing.IN_FORCE else None,
            objection=objection,
            consents=version.consents,
            form=estate.published(form, self.site) if form else None,
            consent_action=f"/consent/{version.notice}",
            change_language=self._change_language(version),
            awaiting=version.awaiting_review,
            reviewed=self._reviewed(version, frame["alternates"]),
            retired=version.facets.get("retired"),
        )

    def retracted_page(self, version: Version, history: History | None, path: str) -> contexts.RetractedPage:
        """What stands where a version stood that was taken down."""
        assert version.retracted is not None  # noqa: S101 (only tombstones are planned so)
        current = history.in_force if history else None
        title = (current.title if current else version.title) or self.words("page.retracted.notice")
        heading = self.words("page.retracted.title", title=title, number=version.version)
        return contexts.RetractedPage(
            **(self.frame(path, heading) | {"canonical": None}),
            version=version.version,
            published=version.published,
            retracted=version.retracted.on,
            reason=version.retracted.reason,
            digest=version.digest,
            history=f"{self.prefix}/{version.notice}/history/",
            in_force=self.other(current, f"{self.prefix}/{version.notice}/") if current else None,
        )

    def _in_force(self, history: History, version: Version) -> OtherVersion | None:
        """The version that counts, if it is not this one: in this language, else in the first that has it."""
        best = self._best(history.notice)
        if best is None or best[1] == version or history.standing(version) is Standing.IN_FORCE:
            return None
        return self.other(best[1], f"{estate.prefix(best[1].language, self.site)}/{history.notice}/")

    def _reviewed(self, version: Version, alternates: Iterable[Alternate]) -> Alternate | None:
        """For a translation that awaits review: the same version in a language that does not."""
        if not version.awaiting_review:
            return None
        for other in alternates:
            history = self.histories.get((version.notice, other.language))
            twin = next((v for v in history.versions if v.version == version.version), None) if history else None
            if twin and not twin.awaiting_review:
                return other
        return None

    def _change_language(self, version: Version) -> str | None:
        """The main language where a version says what changed in its words."""
        history = self.histories.get((version.notice, self.site.language))
        twins = (v for v in (history.versions if history else ()) if v.version == version.version)
        same = any(twin.change.summary == version.change.summary for twin in twins)
        language = self.site.language if same and version.language != self.site.language else version.language
        return self.foreign(language)

    def _upcoming(self, history: History) -> OtherVersion | None:
        following = history.upcoming
        return self.other(following, estate.version_path(following, self.site)) if following else None

    def other(self, version: Version, path: str) -> OtherVersion:
        language = self.foreign(version.language)
        return OtherVersion(
            number=version.version,
            href=path,
            effective=version.effective,
            change=version.change.summary,
            language=language,
            language_name=self.words.name_of(language) if language else None,
            change_language=self._change_language(version),
        )

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

    def draft_page(self, draft: Draft, version: Version, history: History | None, path: str) -> contexts.NoticePage:
        """A working text as it would be published; `version` is its final wording."""
        # A text that is not rendered in time is told as a problem; the pages of all others are built.
        unrendered = any(problem.rule == TOO_HARD for problem in draft.problems)
        blocks, objection = ((), None) if unrendered else self.blocks(version, draft.notice.file)
        best = self._best(draft.notice.id)
        change = draft.notice.facets.change
        frame = self.frame(None, version.title, path)
        return contexts.NoticePage(
            **frame,
            standing=Standing.DRAFT,
            version=(draft.last.version if draft.last else 0) + 1,
            effective=change.effective if change and draft.changed else None,
            published=None,
            change=change.summary if change and draft.changed else None,
            sections=blocks,
            audience=version.facets.get("audience", Audience.ADULT),
            summary=version.summary or None,
            review_by=draft.notice.facets.review_by,
            history=f"{self.notice_path(history)}history/" if history else None,
            in_force=self.other(best[1], f"{estate.prefix(best[1].language, self.site)}/{best[1].notice}/")
            if best
            else None,
            changed=tuple(self._changed(draft, version)),
            objection=objection,
            consents=version.consents,
            awaiting=version.awaiting_review,
            reviewed=next(iter(frame["alternates"]), None) if version.awaiting_review else None,
            retired=draft.notice.facets.retired,
        )

    def _changed(self, draft: Draft, version: Version) -> Iterator[Link]:
        """The parts of a draft that differ: a section by its heading, anything else at the top of the page."""
        ids = {section.id for section in version.sections}
        for item in draft.differences:
            if item.how != "removed":
                label = item.heading or self.words("page.notice.about")
                yield Link(label, f"#{item.id}" if item.id in ids else "#main")

    def history_page(self, history: History, path: str) -> contexts.HistoryPage:
        title = (history.in_force or history.latest).title
        newest = estate.version_path(history.latest, self.site)
        return contexts.HistoryPage(
            **self.frame(path, self.words("page.history.title", title=title)),
            notice=Link(title, self.notice_path(history) if history.in_force else newest),
            versions=self._newest_first(
                [self._past(version, history) for version in history.versions],
                self.tombstones.get((history.notice, history.language), ()),
            ),
        )

    def lost_history_page(self, retracted: tuple[Version, ...], path: str) -> contexts.HistoryPage:
        """The history of a notice of which every version was taken down."""
        title = self.words("page.retracted.notice")
        return contexts.HistoryPage(
            **self.frame(path, self.words("page.history.title", title=title)),
            notice=Link(title, ""),
            versions=self._newest_first([], retracted),
        )

    def _newest_first(
        self, past: list[contexts.PastVersion], retracted: Iterable[Version]
    ) -> tuple[contexts.PastVersion, ...]:
        entries = [*past, *(self._taken_down(version) for version in retracted)]
        return tuple(sorted(entries, key=lambda entry: -entry.number))

    def _taken_down(self, version: Version) -> contexts.PastVersion:
        return contexts.PastVersion(
            number=version.version,
            href=estate.version_path(version, self.site),
            standing=Standing.RETRACTED,
            published=version.published,
            effective=version.effective,
            kind=version.change.kind,
            change="",
            digest=version.digest,
            retracted=version.retracted.on if version.retracted else None,
            reason=version.retracted.reason if version.retracted else None,
        )

    def _past(self, version: Version, history: History) -> contexts.PastVersion:
        before = history.before(version)
        same = before is not None and not versions.differences(before, version)
        return contexts.PastVersion(
            number=version.version,
            href=estate.version_path(version, self.site),
            standing=history.standing(version),
            published=version.published,
            effective=version.effective,
            kind=SAME if same else version.change.kind if version.previous else FIRST,
            change=version.change.summary,
            digest=version.digest,
            until=history.until(version),
            change_language=self._change_language(version),
        )

    def prose_page(self, name: str, page: Notice) -> contexts.ProsePage:
        opening = [(page.opening.markdown, name)] if page.opening else []
        sections = [(section.markdown, f"{name}-{number}") for number, section in enumerate(page.sections, 1)]
        rendered = self.rendered([*opening, *sections], page.file)
        parts = rendered[: len(opening)]
        for section, text in zip(page.sections, rendered[len(opening) :], strict=True):
            heading = Markup("<h2>{}</h2>").format(self.renderer.inline(section.heading))
            parts += [heading, text]
        frame = self.frame(f"{self.prefix}/{name}/", page.facets.title)
        awaiting = _awaits_review(page)
        reviewed = (
            other
            for other in frame["alternates"]
            if (name, other.language) in self.pages and not _awaits_review(self.pages[name, other.language])
        )
        return contexts.ProsePage(
            **frame,
            description=page.facets.summary,
            html=Markup("\n").join(parts),
            awaiting=awaiting,
            reviewed=next(reviewed, None) if awaiting else None,
        )

    def missing_page(self) -> contexts.MissingPage:
        at = f"{self.prefix}/{languages.MISSING}"
        return contexts.MissingPage(**self.frame(None, self.words("page.missing.title"), at))

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
    empty = [Planner(site, words[language], {}, pages, nothing) for language in site.languages]
    return knowing(empty, versions, on, drafts)


def knowing(
    planners: Sequence[Planner], versions: Iterable[Version], on: date, drafts: Iterable[tuple[str, str]] = ()
) -> list[Planner]:
    """The same planners for other versions, be they all or those of one notice; they share what was rendered so far."""
    ever = list(versions)
    found, gone = estate.histories(ever, on), estate.tombstones(ever)
    addresses = languages.addresses(planners[0].site, found, planners[0].pages, drafts)
    return [replace(planner, histories=found, tombstones=gone, addresses=addresses) for planner in planners]


def _awaits_review(page: Notice) -> bool:
    translation = page.facets.translation
    return translation is not None and translation.status is TranslationStatus.AWAITING_REVIEW


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
