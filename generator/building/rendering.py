"""The site's pages as bytes: everything that one build renders with, read once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from generator import site_plan
from generator.building import folders
from generator.exports import files, pdf, qr_code, search_index
from generator.markdown import pictures
from generator.pages import drafts, theme
from generator.pages import planner as pages
from generator.pages.contexts import Frame, NoticePage
from generator.pages.planner import PagePlan, Planner
from generator.problems import ContentError, Place, Problem
from generator.repository import CONTENT, Repository
from generator.versions import timeline
from generator.versions.version import Version
from widget import manifest
from widget.base_path import below, inside, path_of

MARK_TITLE, MARK_MAIN = "@@title@@", "@@main@@"


class Rendering:
    """Everything that one build renders with: words, templates and assets. Not for two threads at once."""

    def __init__(self, repository: Repository, on: date, compiled: Path | None = None) -> None:
        self.repository = repository
        self.on = on
        self.site = repository.site
        where = theme.folders(repository.root, self.site)
        self.words = theme.read_words(where, self.site.languages)
        self.assets = theme.read_assets(repository.root, where, self.site)
        self.names = {name: theme.hashed_name(name, data) for name, data in self.assets.items()}
        styles = theme.inside(self.assets["site.css"])
        self.environments = {
            language: theme.environment(where, self.names, words, compiled, styles)
            for language, words in self.words.items()
        }
        self.planners = pages.planners(
            self.site, self.words, (), repository.pages, on, asked=repository.asked, shared=repository.shared
        )

    def missing(self) -> list[Problem]:
        """Programs that site.yml asks for and this installation lacks."""
        return [*(pdf.missing() if self.site.pdf else ()), *(search_index.missing() if self.site.search else ())]

    def notice(self, versions: Iterable[Version], unreadable: Iterable[str] = ()) -> Iterator[tuple[str, bytes | str]]:
        """Every file of one notice: (name, bytes), or the name of the file before that has the same bytes.

        No link leads to `unreadable` notices.
        """
        for planner in pages.without(pages.knowing(self.planners, versions, self.on), unreadable):
            known: dict[str, list[tuple[Frame, str]]] = {}
            for plan in planner.notice_plans():
                same = next((file for page, file in known.get(plan.template, ()) if page == plan.page), None)
                yield plan.file, same or self.file(plan)
                known.setdefault(plan.template, []).append((plan.page, plan.file))
            yield from files.notice_files(planner)

    def knowing(self, versions: Iterable[Version]) -> list[Planner]:
        """The planners of the whole site. Of versions they need only the facts, not the sections."""
        return pages.knowing(self.planners, versions, self.on)

    def plans(self, planners: Iterable[Planner], with_drafts: bool) -> Iterator[PagePlan]:
        """Every page that belongs to no notice, and the working texts under /draft/ if they are asked for."""
        for planner in planners:
            yield from planner.site_plans()
        if with_drafts:
            source = self.repository
            whole = pages.knowing(self.planners, source.ever, self.on, source.notices)
            working = {notice.facets.parent for notice in source.notices.values() if notice.facets.parent}
            whole = pages.without(whole, working - {version.notice for version in source.ever})
            yield from drafts.plans(source, self.words, whole, self.on)

    def others(
        self, planners: Sequence[Planner], plans: Iterable[PagePlan], published: Iterable[bytes]
    ) -> Iterator[tuple[str, Iterable[bytes]]]:
        """Every file that belongs to no notice: (name, its bytes in parts)."""
        for plan in plans:
            yield plan.file, [self.file(plan)]
        for name, data in files.site_files(planners, self.on):
            yield name, [data]
        for name, data in self.assets.items():
            yield from _with_compressed(self.names[name], data)
        for name in theme.WIDGET_FILES:
            yield from _with_compressed(name, self.assets[name])
        yield site_plan.MANIFEST, manifest.json_parts(timeline.council(self.site), self.on, published)
        yield site_plan.LAYOUT, [manifest.layout_to_json(self.layout()).encode()]

    def file(self, plan: PagePlan) -> bytes:
        """A page's bytes: HTML, or a PDF where the plan says so."""
        return self.pdf(plan) if plan.file.endswith(".pdf") else self.page(plan).encode()

    def pdf(self, plan: PagePlan) -> bytes:
        """A page as a PDF, with nothing but the site's own styles and pictures."""
        own = {f"/{self.names[name]}": data for name, data in self.assets.items()}
        if isinstance(plan.page, NoticePage) and plan.page.code and plan.page.check_url:
            own[plan.page.code] = qr_code.svg(plan.page.check_url)

        def asset(address: str) -> bytes | None:
            address = inside(address, path_of(self.site.base_url))
            path = self.repository.root / CONTENT / address.lstrip("/")
            kept = pictures.FROZEN.fullmatch(address.lstrip("/")) is not None and path.is_file()
            return path.read_bytes() if kept else own.get(address)

        return pdf.render(self.page(plan), self.site.base_url, asset)

    def page(self, plan: PagePlan) -> str:
        """A page's HTML, with the path of the site's address before each of its own addresses."""
        return below(self._page(plan), path_of(self.site.base_url))

    def _page(self, plan: PagePlan) -> str:
        environment = self.environments[plan.page.language]
        return theme.render(environment, plan.template, {"page": plan.page, "site": plan.site})

    def layout(self) -> manifest.Layout:
        """The shell of every language, cut where a page's title and main part go."""
        return manifest.Layout({planner.language: self._shell(planner) for planner in self.planners})

    def _shell(self, planner: Planner) -> manifest.Shell:
        plan = PagePlan("", "shell.html", planner.shell_page(MARK_TITLE, MARK_MAIN), planner.site_frame())
        text = self._page(plan)  # the endpoint puts the path before the addresses of the whole page
        if re.findall(f"{MARK_TITLE}|{MARK_MAIN}", text) != [MARK_TITLE, MARK_MAIN]:
            why = "the consent service's pages need {{ page.title }} and, after it, {{ page.main }}, each once"
            raise ContentError([theme.unusable(Place("templates/shell.html"), why)])
        before_title, rest = text.split(MARK_TITLE)
        before_main, after_main = rest.split(MARK_MAIN)
        words: Mapping[str, str] = planner.words.under("endpoint", "consent_form", "widget")
        return manifest.Shell(before_title, before_main, after_main, words)


def compressed(data: bytes) -> Iterator[tuple[str, bytes]]:
    """A file for those who send it: by suffix, always the same bytes."""
    import brotli  # type: ignore[import-untyped]  # one file in a hundred: only where an asset is written

    yield ".br", brotli.compress(data, quality=11)
    yield folders.COMPRESSED, folders.compressed(data)


def _with_compressed(name: str, data: bytes) -> Iterator[tuple[str, Iterable[bytes]]]:
    yield name, [data]
    wanted = site_plan.compressed_as(name)
    for suffix, small in compressed(data) if wanted else ():
        yield name + suffix, [small]
