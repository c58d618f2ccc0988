"""Words of shared wording or of a page that nobody has saved: what the checks find in them, and the page that they
would make.

They are composed in memory. Nothing is written.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from desk.drafting import Checked, page_in, planner_of, rendered
from desk.texts.uses import Kind, Use
from generator.building.site.open_site import OpenSite
from generator.building.site.reading import Reading
from generator.content import marks, notice_file
from generator.content.model import Notice
from generator.law.statute_book import LAW, LawOfDay
from generator.pages.ordinary import prose_page
from generator.pages.planner import TEMPLATES, PagePlan
from generator.problems import Problem, errors_in
from generator.repository import Repository
from generator.rules import check
from generator.rules.text import links
from generator.rules.text.rendering import B04
from generator.site_plan import Kind as PageKind
from generator.wording.inserts import shared_file

Today = Callable[[], date]
ALONE = "alone"
"""The name of a page that has nothing but a shared wording, to look at its words by themselves."""


class Trying(Reading):
    """The site as it would be with other words of one shared wording in one language; within a question."""

    def __init__(self, site: OpenSite, name: str, language: str, words: str) -> None:
        super().__init__(site.repository.folder)
        object.__setattr__(self, "tried", (language, {name: words}))

    tried: tuple[str, dict[str, str]]

    @property
    def shared(self) -> Mapping[str, Mapping[str, str]]:
        language, own = self.tried
        known = super().shared
        return {**known, language: ChainMap(own, dict(known[language]))}


def wording(site: OpenSite, name: str, language: str, words: str, today: Today) -> tuple[Problem, ...]:
    """The findings of the checks in the words of a shared wording by themselves; within a question."""
    file = shared_file(name, language, site.repository.site)
    text, problems = notice_file.decode_text(words.encode("utf-8", "replace"), file)
    if text is None:
        return tuple(problems)
    alone, _ = notice_file.read(f"---\ntitle: {ALONE}\n---\n[[{name}]]\n".encode(), file, ALONE, language)
    assert alone is not None  # noqa: S101 -- our own text
    trying = Trying(site, name, language, words.strip("\n"))
    found = check.inspect_page_by(trying, alone, today, _law(site))
    own = (one for one in found if one.place.file == file and not _is_of_the_page(one))
    return tuple(dict.fromkeys([*problems, *own]))


def _is_of_the_page(problem: Problem) -> bool:
    """Whether a problem may be none in another page: a section that a link within it leads to."""
    return problem.rule == links.K02.id and problem.message.endswith(" in this notice.")


def within(site: OpenSite, use: Use, name: str, words: str, today: Today) -> tuple[Problem, ...]:
    """The findings of the checks in a text with other words of a shared wording: all that is in these words, and of
    the rest what they do not find with the present ones; within a question."""
    trying, present = Trying(site, name, use.language, words.strip("\n")), site.repository
    if use.kind is Kind.PAGE:
        page = present.pages[use.name, use.language]
        before, after = (tuple(check.inspect_page_by(one, page, today, _law(site))) for one in (present, trying))
    else:
        before = site.inspection(use.name, use.language).problems
        after = _inspected(site, trying, present.notices[use.name, use.language], today)
    known = {(one.rule, one.message) for one in before}
    file = shared_file(name, use.language, present.site)
    return tuple(one for one in after if one.place.file == file or (one.rule, one.message) not in known)


def shown_within(site: OpenSite, use: Use, name: str, words: str, today: Today) -> bytes:
    """The page of a text with other words of a shared wording; within a question."""
    trying = Trying(site, name, use.language, words.strip("\n"))
    if use.kind is Kind.PAGE:
        return _prose(site, site.repository.pages[use.name, use.language], trying)
    notice = trying.notices[use.name, use.language]
    return page_in(site, trying, notice, _inspected(site, trying, notice, today), today)


def shown_alone(site: OpenSite, name: str, language: str, words: str) -> bytes:
    """The words by themselves, as a page of the site; within a question. For wording that is in no text."""
    text = f"---\ntitle: {name}\n---\n[[{name}]]\n".encode()
    alone, _ = notice_file.read(text, ALONE, ALONE, language)
    assert alone is not None  # noqa: S101 -- our own text
    return _prose(site, alone, Trying(site, name, language, words.strip("\n")))


def checked_page(site: OpenSite, name: str, language: str, file: str, data: bytes, today: Today) -> Checked:
    """The text of an ordinary page with everything that is wrong with it; within a question."""
    page, problems = notice_file.read(data, file, name, language)
    if page is None:
        return Checked(None, tuple(problems))
    on_disk = set(site.repository.problems_in(file))
    found = check.inspect_page_by(site.repository, page, today, _law(site))
    every = [*problems, *(one for one in found if one not in on_disk)]
    return Checked(page, tuple(sorted(dict.fromkeys(every), key=lambda one: one.place)))


def shown_page(site: OpenSite, page: Notice) -> bytes:
    """The page that a text makes; within a question."""
    return _prose(site, page, site.repository)


def stopping(text: Checked, file: str, data: bytes) -> tuple[Problem, ...]:
    """The problems that would keep the whole site from being built, were this the text of a page."""
    if text.notice is None:
        return tuple(errors_in(text.problems))
    return (*marks.left(data, file), *(one for one in text.problems if one.rule == B04.id))


def _law(site: OpenSite) -> LawOfDay:
    return LAW.on(date.fromisoformat(site.read("law since")))


def _inspected(site: OpenSite, repository: Repository, notice: Notice, today: Today) -> tuple[Problem, ...]:
    addresses = check.address_problems(repository, notice, today())
    return check.inspect_among(repository, notice, today, addresses, _law(site)).problems


def _prose(site: OpenSite, page: Notice, repository: Repository) -> bytes:
    planner = replace(planner_of(site, page.language), shared=repository.shared)
    path = planner.notice_path(page.id)
    plan = PagePlan(
        f"{path}index.html".lstrip("/"),
        TEMPLATES[PageKind.PAGE],
        prose_page(planner, page.id, page),
        planner.site_frame(),
    )
    return rendered(site, plan)
