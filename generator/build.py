"""The static site: read, plan, render, write, and swap the new site for the old one in a single step.

Killed at any point, `out` still leads to a whole site: the old one or the new one.
"""

from __future__ import annotations

import dataclasses
import os
import secrets
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator import drafts, estate, pages, theme
from generator.errors import ContentError, Place, error
from generator.pages import PagePlan, Planner
from generator.repository import Repository
from generator.words import Words
from widget import manifest

KEPT = 2
MARK_TITLE, MARK_MAIN = "@@title@@", "@@main@@"


@dataclass(frozen=True)
class Built:
    """What a build wrote."""

    out: Path
    notices: int
    pages: int


def build(repository: Repository, out: Path, on: date, base_url: str | None = None, with_drafts: bool = False) -> Built:
    """Write the site as it stands on a day and make `out` lead to it. `base_url` replaces the one of site.yml.

    Raises `ContentError` where `out` is a folder that no build made, or the words of a language are incomplete.
    """
    if base_url:
        repository = dataclasses.replace(
            repository, site=dataclasses.replace(repository.site, base_url=type(repository.site.base_url)(base_url))
        )
    _refuse_foreign(out)
    site = Rendering(repository, on)
    plans = list(site.plans(with_drafts))
    folder = _new_folder(out)
    try:
        for name, data in site.files(plans):
            _write(folder / name, data)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    _swap(folder, out)
    notices = {version.notice for version in repository.versions}
    return Built(out, len(notices), len(plans))


class Rendering:
    """Everything that one build renders with: words, templates and assets read once."""

    def __init__(self, repository: Repository, on: date) -> None:
        self.repository = repository
        self.on = on
        self.site = repository.site
        where = theme.folders(repository.root, self.site)
        self.words = theme.read_words(where, self.site.languages)
        self.assets = theme.read_assets(where, self.site)
        self.names = {name: theme.hashed_name(name, data) for name, data in self.assets.items()}
        self.environment = theme.environment(where, self.names)
        self.planners = pages.planners(self.site, self.words, repository.ever, repository.pages, on, repository.notices)

    def plans(self, with_drafts: bool) -> Iterator[PagePlan]:
        """Every page of the site, and the working texts under /draft/ if they are asked for."""
        for planner in self.planners:
            yield from planner.plans()
        if with_drafts:
            yield from self._draft_plans()

    def _draft_plans(self) -> Iterator[PagePlan]:
        planner_of = {planner.language: planner for planner in self.planners}
        for draft in drafts.drafts(self.repository, self.words, self.on):
            planner = planner_of[draft.notice.language]
            path = f"{planner.prefix}/draft/{draft.notice.id}/"
            history = planner.histories.get((draft.notice.id, draft.notice.language))
            version = drafts.final(self.repository, self.words, draft, self.on)
            page = planner.draft_page(draft, version, history, path)
            yield PagePlan(f"{path}index.html".lstrip("/"), "notice.html", page, planner.site_frame())

    def files(self, plans: list[PagePlan]) -> Iterator[tuple[str, bytes]]:
        """Every file of the site: (name, bytes)."""
        for plan in plans:
            yield plan.file, self.page(plan).encode()
        for name, data in self.assets.items():
            yield self.names[name], data
        yield theme.WIDGET_SCRIPT, self.assets[theme.WIDGET_SCRIPT]
        published = estate.manifest_of(self.repository.ever, self.site, self.on)
        yield "published.json", manifest.to_json(published).encode()
        yield "endpoint.json", manifest.layout_to_json(self.layout()).encode()

    def page(self, plan: PagePlan) -> str:
        words = self.words[plan.page.language]
        return theme.render(self.environment, plan.template, words, {"page": plan.page, "site": plan.site})

    def layout(self) -> manifest.Layout:
        """The shell of every language, cut where a page's title and main part go."""
        return manifest.Layout({planner.language: self._shell(planner) for planner in self.planners})

    def _shell(self, planner: Planner) -> manifest.Shell:
        plan = PagePlan("", "shell.html", planner.shell_page(MARK_TITLE, MARK_MAIN), planner.site_frame())
        before_title, rest = self.page(plan).split(MARK_TITLE, 1)
        before_main, after_main = rest.split(MARK_MAIN, 1)
        words: Mapping[str, str] = planner.words.under("endpoint", "consent_form", "widget")
        return manifest.Shell(before_title, before_main, after_main, words)


def read_words(repository: Repository) -> dict[str, Words]:
    """The words of the site's languages, for those who compose without building."""
    return theme.read_words(theme.folders(repository.root, repository.site), repository.site.languages)


def _refuse_foreign(out: Path) -> None:
    """A folder that is no link and holds something else than a site is not ours to replace."""
    if out.is_symlink() or not out.exists() or (out.is_dir() and not any(out.iterdir())):
        return
    if not (out / "published.json").is_file():
        message = "This is not a folder that a build made, so it is left alone."
        raise ContentError([error("O01", Place(str(out)), message, "Delete it, or name another folder with --out.")])


def _builds(out: Path) -> Path:
    """The folder beside `out` that holds the builds it leads to."""
    return out.parent / ".noticeboard" / out.name


def _new_folder(out: Path) -> Path:
    folder = _builds(out) / secrets.token_hex(8)
    folder.mkdir(parents=True)
    return folder


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def _swap(folder: Path, out: Path) -> None:
    """Make `out` a link to the new folder with one rename; keep the build before it, delete older ones."""
    old = out.resolve() if out.is_symlink() else None
    link = folder.with_name(f"{folder.name}.link")
    link.symlink_to(os.path.relpath(folder, out.parent), target_is_directory=True)
    if out.is_dir() and not out.is_symlink():
        out.rename(folder.with_name(f"{folder.name}.before"))
    link.replace(out)
    kept = {folder, old}
    for other in _builds(out).iterdir():
        if other not in kept:
            other.unlink() if other.is_symlink() else shutil.rmtree(other, ignore_errors=True)
