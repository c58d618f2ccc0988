"""The site's pages as bytes: everything that one build renders with, read once."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from generator import drafts, estate, pages, theme
from generator.contexts import Frame
from generator.pages import PagePlan, Planner
from generator.repository import Repository
from generator.versions import Version
from widget import manifest

MARK_TITLE, MARK_MAIN = "@@title@@", "@@main@@"


class Rendering:
    """Everything that one build renders with: words, templates and assets. Not for two threads at once."""

    def __init__(self, repository: Repository, on: date, compiled: Path | None = None) -> None:
        self.repository = repository
        self.on = on
        self.site = repository.site
        where = theme.folders(repository.root, self.site)
        self.words = theme.read_words(where, self.site.languages)
        self.spoken = {language: theme.spoken(words) for language, words in self.words.items()}
        self.assets = theme.read_assets(where, self.site)
        self.names = {name: theme.hashed_name(name, data) for name, data in self.assets.items()}
        self.environment = theme.environment(where, self.names, compiled)
        self.planners = pages.planners(self.site, self.words, (), repository.pages, on)

    def notice(self, versions: Iterable[Version]) -> Iterator[tuple[str, bytes | str]]:
        """Every file of one notice: (name, bytes), or the name of the file before that has the same bytes."""
        for planner in pages.knowing(self.planners, versions, self.on):
            known: dict[str, list[tuple[Frame, str]]] = {}
            for plan in planner.notice_plans():
                same = next((file for page, file in known.get(plan.template, ()) if page == plan.page), None)
                yield plan.file, same or self.page(plan).encode()
                known.setdefault(plan.template, []).append((plan.page, plan.file))

    def others(
        self, versions: Iterable[Version], published: Iterable[str], with_drafts: bool
    ) -> Iterator[tuple[str, Iterable[bytes]]]:
        """Every other file: (name, its bytes in parts). Of versions only the facts are known, not the sections."""
        for planner in pages.knowing(self.planners, versions, self.on):
            for plan in planner.site_plans():
                yield plan.file, [self.page(plan).encode()]
        if with_drafts:
            for plan in self._draft_plans():
                yield plan.file, [self.page(plan).encode()]
        for name, data in self.assets.items():
            yield from _with_compressed(self.names[name], data)
        yield from _with_compressed(theme.WIDGET_SCRIPT, self.assets[theme.WIDGET_SCRIPT])
        parts = manifest.json_parts(estate.council(self.site), self.on, published)
        yield "published.json", (part.encode() for part in parts)
        yield "endpoint.json", [manifest.layout_to_json(self.layout()).encode()]

    def _draft_plans(self) -> Iterator[PagePlan]:
        source = self.repository
        planners = pages.knowing(self.planners, source.ever, self.on, source.notices)
        planner_of = {planner.language: planner for planner in planners}
        for draft in drafts.drafts(self.repository, self.words, self.on):
            planner = planner_of[draft.notice.language]
            path = f"{planner.prefix}/draft/{draft.notice.id}/"
            history = planner.histories.get((draft.notice.id, draft.notice.language))
            version = drafts.final(self.repository, self.words, draft, self.on)
            page = planner.draft_page(draft, version, history, path)
            yield PagePlan(f"{path}index.html".lstrip("/"), "notice.html", page, planner.site_frame())

    def page(self, plan: PagePlan) -> str:
        said = self.spoken[plan.page.language]
        return theme.render(self.environment, plan.template, said, {"page": plan.page, "site": plan.site})

    def layout(self) -> manifest.Layout:
        """The shell of every language, cut where a page's title and main part go."""
        return manifest.Layout({planner.language: self._shell(planner) for planner in self.planners})

    def _shell(self, planner: Planner) -> manifest.Shell:
        plan = PagePlan("", "shell.html", planner.shell_page(MARK_TITLE, MARK_MAIN), planner.site_frame())
        before_title, rest = self.page(plan).split(MARK_TITLE, 1)
        before_main, after_main = rest.split(MARK_MAIN, 1)
        words: Mapping[str, str] = planner.words.under("endpoint", "consent_form", "widget")
        return manifest.Shell(before_title, before_main, after_main, words)


def compressed(data: bytes) -> Iterator[tuple[str, bytes]]:
    """A file for those who send it: by suffix, always the same bytes."""
    import brotli  # type: ignore[import-untyped]  # one file in a hundred: only where an asset is written

    yield ".br", brotli.compress(data, quality=11)
    yield ".gz", gzip.compress(data, 9, mtime=0)


def _with_compressed(name: str, data: bytes) -> Iterator[tuple[str, Iterable[bytes]]]:
    yield name, [data]
    for suffix, small in compressed(data):
        yield name + suffix, [small]
