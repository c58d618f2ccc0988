"""The working texts as pages, for editors only: drafts, their list, what they would change and what is wrong. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from generator.content.model import Audience, Change
from generator.pages import contexts
from generator.pages import history as history_pages
from generator.pages.contexts import Link, ListedDraft
from generator.pages.draft_notes import notes, notes_by_section
from generator.pages.planner import PagePlan, Planner
from generator.problems import Level, Problem, errors_in
from generator.publishing import drafts
from generator.publishing.drafts import Draft, Outcome
from generator.repository import Repository
from generator.rules.text.rendering import B04
from generator.versions.differences import COMPARED, LISTED, ORDER
from generator.versions.timeline import Standing
from generator.versions.version import Version
from generator.wording.strings import Words
from widget.alphabet import place_in_order

PARTS = {part.id: part.words for part in (ORDER, *LISTED, *COMPARED.values())}
"""The names of differences that are no section."""


def plans(
    repository: Repository, words: Mapping[str, Words], planners: Sequence[Planner], on: date
) -> Iterator[PagePlan]:
    """Every page under /draft/: the list, each working text, what it would change, and those that cannot be read."""
    planner_of = {planner.language: planner for planner in planners}
    outcomes = []
    for draft in drafts.drafts(repository, words, on):
        planner = planner_of[draft.notice.language]
        yield draft_plan(planner, draft, drafts.final(repository, words, draft, on))
        if (plan := changes_plan(planner, draft)) is not None:
            yield plan
        outcomes.append(drafts.outcome(draft))
    broken = broken_texts(repository)
    for (name, language), problems in broken.items():
        yield broken_plan(planner_of[language], name, problems)
    for planner in planners:
        yield list_plan(planner, planner_of, outcomes, broken, repository.problems)


def draft_plan(planner: Planner, draft: Draft, version: Version) -> PagePlan:
    """The page of a working text; `version` is its final wording."""
    path = draft_path(planner, draft.notice.id)
    return _plan(planner, path, "notice.html", draft_page(planner, draft, version, path))


def changes_plan(planner: Planner, draft: Draft) -> PagePlan | None:
    """The page of what a working text would change, where it can be compared and differs."""
    path = draft_path(planner, draft.notice.id)
    changes = changes_path(drafts.outcome(draft), path)
    if draft.last is None or changes is None:
        return None
    return _plan(planner, changes, "changes.html", changes_page(planner, draft, draft.last, path))


def broken_plan(planner: Planner, name: str, problems: Sequence[Problem]) -> PagePlan:
    """The page of a working text that cannot be read."""
    path = draft_path(planner, name)
    title = planner.words("page.drafts.broken_title", file=problems[0].place.file)
    frame = planner.frame(None, title, path)
    page = contexts.BrokenPage(**frame, notes=notes(problems), drafts=f"{planner.prefix}/draft/")
    return _plan(planner, path, "broken.html", page)


def _plan(planner: Planner, path: str, template: str, page: contexts.Frame) -> PagePlan:
    return PagePlan(f"{path}index.html".lstrip("/"), template, page, planner.site_frame())


def draft_path(planner: Planner, notice: str) -> str:
    """Where a working text is shown, root-relative."""
    return f"{planner.prefix}/draft/{notice}/"


def changes_path(outcome: Outcome, path: str) -> str | None:
    """Where the draft at `path` is compared with the last version, if it can be and differs."""
    differs = outcome.last is not None and outcome.changed
    return f"{path}changes/" if differs and not _unrendered(outcome.problems) else None


def _unrendered(problems: Iterable[Problem]) -> bool:
    """Whether a text is not rendered in time: that is reported as a problem, and the pages of all others are built."""
    return any(problem.rule == B04.id for problem in problems)


def _listed(outcome: Outcome, path: str) -> ListedDraft:
    state = "new" if outcome.last is None else "changed" if outcome.changed else "same"
    errors = len(errors_in(outcome.problems))
    warnings = sum(problem.level is Level.WARNING for problem in outcome.problems)
    title = outcome.title or outcome.file
    return ListedDraft(title, path, None, None, state, errors, warnings, changes_path(outcome, path))


def _listed_broken(problems: Sequence[Problem], path: str) -> ListedDraft:
    errors = len(errors_in(problems))
    return ListedDraft(problems[0].place.file, path, None, None, "broken", errors, len(problems) - errors)


def list_plan(
    planner: Planner,
    planner_of: Mapping[str, Planner],
    outcomes: Iterable[Outcome],
    broken: Mapping[tuple[str, str], Sequence[Problem]],
    problems: Iterable[Problem],
) -> PagePlan:
    """The list of every working text in one language's words; `problems` are those of the whole site."""
    outcomes = list(outcomes)
    listed = [(one.language, _listed(one, draft_path(planner_of[one.language], one.notice))) for one in outcomes]
    listed += [
        (language, _listed_broken(told, draft_path(planner_of[language], name)))
        for (name, language), told in broken.items()
    ]
    owned = {one.file for one in outcomes} | {told[0].place.file for told in broken.values()}
    others = [problem for problem in problems if problem.place.file not in owned]
    path = f"{planner.prefix}/draft/"
    ordered = sorted(listed, key=lambda item: (place_in_order(item[1].title, planner.language), item[0]))
    page = contexts.DraftsPage(
        **planner.frame(None, planner.words("page.drafts.title"), path),
        drafts=tuple(_named(planner, language, item) for language, item in ordered),
        notes=notes(others),
    )
    return _plan(planner, path, "drafts.html", page)


def _named(planner: Planner, language: str, listed: ListedDraft) -> ListedDraft:
    """An entry that says its language where that is not the list's own."""
    foreign = planner.foreign(language)
    return replace(listed, language=foreign, language_name=planner.words.name_of(foreign) if foreign else None)


def broken_texts(repository: Repository) -> dict[tuple[str, str], list[Problem]]:
    """The problems of each notice's file that could not be read as a notice at all, by (notice, language)."""
    found: dict[tuple[str, str], list[Problem]] = {}
    for problem in repository.problems:
        parts = problem.place.file.split("/")
        if len(parts) == 3 and parts[0] == "content" and parts[2].startswith("notice."):
            language = parts[2].removeprefix("notice.").removesuffix("md").strip(".") or repository.site.language
            if (parts[1], language) not in repository.notices and language in repository.site.languages:
                found.setdefault((parts[1], language), []).append(problem)
    return found


def draft_page(planner: Planner, draft: Draft, version: Version, path: str) -> contexts.NoticePage:
    """A working text as it would be published, or as it was where nothing differs; `version` is its final wording."""
    history = planner.histories.get((draft.notice.id, draft.notice.language))
    if _unrendered(draft.problems):
        version = replace(version, sections=())
    blocks, objection = planner.blocks(version, draft.notice.file)
    change = _change(draft)
    same = draft.last if not draft.changed else None
    frame = planner.frame(None, version.title or draft.notice.file, path)
    return contexts.NoticePage(
        **frame,
        standing=Standing.DRAFT,
        version=same.version if same else (draft.last.version if draft.last else 0) + 1,
        effective=_starts(change, same),
        published=same.published if same else None,
        change=change.summary if change else None,
        sections=blocks,
        audience=version.facets.get("audience", Audience.ADULT),
        summary=version.summary or None,
        review_by=draft.notice.facets.review_by,
        history=f"{planner.notice_path(draft.notice.id)}history/" if history else None,
        in_force=planner.in_force(draft.notice.id),
        changed=_changed(planner, draft, version),
        changes=changes_path(drafts.outcome(draft), path),
        objection=objection,
        consents=version.consents,
        notes=notes_by_section(draft, version),
        awaiting=version.awaiting_review,
        reviewed=next(iter(frame["alternates"]), None) if version.awaiting_review else None,
        retired=draft.notice.facets.retired,
        **planner.layout(version, blocks, objection, answered=True),
    )


def _starts(change: Change | None, same: Version | None) -> date | None:
    """From when the words count: as published where they are, else as the working text says."""
    if same:
        return same.effective
    return change.effective if change else None


def _change(draft: Draft) -> Change | None:
    """The working text's description of its next version, unless it still describes the last one."""
    change, last = draft.notice.facets.change, draft.last
    if not draft.changed or (change and last and (str(change.kind), change.summary) == _said(last)):
        return None
    return change


def _said(version: Version) -> tuple[str, str]:
    return version.change.kind, version.change.summary


def _changed(planner: Planner, draft: Draft, version: Version) -> tuple[Link, ...]:
    """The parts that differ: each with its section, or the top of the page if it is none."""
    shown = {section.id for section in version.sections}
    found = [item for item in (*draft.differences, *draft.facts) if item.how != "removed"]
    links = [Link(planner.words(PARTS[item.id]), "#main") for item in found if item.id in PARTS]
    about = planner.words("page.notice.about")
    sections = [item for item in found if item.id not in PARTS]
    at = {item.id: item.id if item.id in shown else "main" for item in sections}
    return (*links, *(Link(item.heading or about, f"#{at[item.id]}") for item in sections))


def changes_page(planner: Planner, draft: Draft, last: Version, path: str) -> contexts.ChangesPage:
    """The changes that a working text would make, compared as of the day of the last version."""
    change = _change(draft)
    words = planner.words
    return contexts.ChangesPage(
        **planner.frame(None, words("page.changes.draft_title", title=draft.version.title), f"{path}changes/"),
        notice=Link(draft.version.title, path),
        version=Link(words("page.banner.draft"), path),
        before=history_pages.numbered(planner, last),
        effective=change.effective if change else None,
        kind=str(change.kind) if change else None,
        change=change.summary if change else None,
        history=f"{planner.notice_path(draft.notice.id)}history/",
        **history_pages.compared(planner, last, draft.version),
    )
