"""A notice's text as residents would get it, and what the checks find: of the file, or of words that nobody has saved.

Words that are not saved are composed in memory. Nothing is written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from generator.building.rendering import Rendering
from generator.building.site.open_site import OpenSite
from generator.content import notice_file
from generator.content.model import Notice
from generator.law.statute_book import LAW
from generator.pages import drafts as draft_pages
from generator.pages.contexts import NoticePage
from generator.pages.planner import PagePlan, Planner
from generator.problems import Problem
from generator.publishing import drafts
from generator.repository import Repository, text_file
from generator.rules import check

_LINK = re.compile(rb"(<a\b[^>]*?)\shref=(?:\"(?!#)[^\"]*\"|'(?!#)[^']*')", re.IGNORECASE)


@dataclass(frozen=True)
class Checked:
    """A text that was read and checked; `notice` is None where nothing can be made of it."""

    notice: Notice | None
    problems: tuple[Problem, ...]


def checked(site: OpenSite, name: str, language: str, data: bytes, today: Callable[[], date]) -> Checked:
    """A text of a notice with everything that is wrong with it; within a question.

    The judgement of the file is taken from memory where the text is the file's own.
    """
    repository = site.repository
    file = text_file(name, language, repository.site)
    notice, problems = notice_file.read(data, file, name, language)
    if notice is None:
        return Checked(None, tuple(problems))
    saved = repository.notices.get((name, language))
    if saved is not None and repository.source(saved) == data:
        return Checked(saved, site.inspection(name, language).problems)
    since = date.fromisoformat(site.read("law since"))
    addresses = check.address_problems(repository, notice, today())
    found = check.inspect_among(repository, notice, today, addresses, LAW.on(since)).problems
    on_disk = set(repository.problems_in(file))
    return Checked(notice, tuple(sorted([*problems, *(one for one in found if one not in on_disk)], key=_place)))


def page(site: OpenSite, text: Checked, today: Callable[[], date]) -> bytes | None:
    """The page of a text, with what changed named on top; None where the text cannot be read. Within a question."""
    return None if text.notice is None else page_in(site, site.repository, text.notice, text.problems, today)


def page_in(
    site: OpenSite, repository: Repository, notice: Notice, problems: Sequence[Problem], today: Callable[[], date]
) -> bytes:
    """The page of a notice among what a repository has, be it other shared wording than the site's. Within a question."""
    words = site.words()
    since = date.fromisoformat(site.read("law since"))
    draft = drafts.draft(repository, words, notice, today, problems, since)
    final = drafts.final(repository, words, draft, today())
    plan = draft_pages.draft_plan(planner_of(site, notice.language), draft, final)
    return rendered(site, _without_notes(plan))


def planner_of(site: OpenSite, language: str) -> Planner:
    """The planner of the working texts of a language; within a question."""
    planners: list[Planner] = site.read("draft planners")
    return next(one for one in planners if one.language == language)


def rendered(site: OpenSite, plan: PagePlan) -> bytes:
    """A page for the frame beside a form; within a question."""
    rendering: Rendering = site.read("rendering")
    return inert(rendering.file(plan))


def saved_page(site: OpenSite, name: str, language: str, today: Callable[[], date]) -> bytes | None:
    """The page of a text as it is saved; None where there is none that can be read. Within a question."""
    notice = site.repository.notices.get((name, language))
    if notice is None:
        return None
    return page(site, Checked(notice, site.inspection(name, language).problems), today)


def inert(html: bytes) -> bytes:
    """A page whose links lead nowhere but within itself: in a frame they would lead away from the form."""
    return _LINK.sub(rb"\1", html)


def _without_notes(plan: PagePlan) -> PagePlan:
    """The page as residents get it: what was found is shown at the fields of the form."""
    return replace(plan, page=replace(plan.page, notes={})) if isinstance(plan.page, NoticePage) else plan


def _place(problem: Problem) -> tuple[str, int, int]:
    return problem.place.file, problem.place.line, problem.place.column
