"""G01, G13 and G14: lawful bases that a public authority may use, each with what the law asks beside it."""

from __future__ import annotations

from collections.abc import Iterator

from generator.content.model import LawfulBasis
from generator.content.rights import Article, read_article
from generator.law.statute_book import LAW, newest
from generator.problems import Level, Problem
from generator.rule import BY_LAW, ERROR, Example, Family, Rule
from generator.rules.case import Case

TASK = "{id: task, article: 6(1)(e), task: lend books, legislation: Public Libraries and Museums Act 1964 section 7}"
AGREED = "{id: agreed, article: 6(1)(a)}"

L01 = Rule(
    "L01",
    Family.CONSISTENCY,
    ERROR,
    "A point of article 6 that does not exist",
    "`article` of a lawful basis that is not one of 6(1)(a) to 6(1)(f), or 6(1)(ea); and 6(1)(ea) before 5 February 2026.",
    "UK GDPR article 6(1). The rights of the notice follow from it.",
    Example("lawful_bases: [{id: task, article: 6(1)(g)}, {id: agreed, article: 6(1)(a)}]"),
    Example(),
)


def _rule(number: str, title: str, looks_for: str, fails: str, passes: str) -> Rule:
    family = Family.LAWFULNESS
    return Rule(number, family, ERROR, title, looks_for, BY_LAW, Example(fails), Example(passes))


G01 = _rule(
    "G01",
    "Legitimate interests beside a public task",
    "Article 6(1)(f) or 6(1)(ea) in a notice that also rests on a public task, a legal duty or an Act.",
    f"lawful_bases: [{TASK}, {AGREED}, {{id: ours, article: 6(1)(f), interests: good service}}]",
    f"lawful_bases: [{TASK}, {AGREED}]",
)
G13 = _rule(
    "G13",
    "A public task without its law",
    "Article 6(1)(e) without `legislation`: an error in a notice that says `complete: yes`, a warning in others. A `task` that is "
    "missing is a note.",
    f"lawful_bases: [{{id: task, article: 6(1)(e), task: lend books}}, {AGREED}]",
    f"lawful_bases: [{TASK}, {AGREED}]",
)
G14 = _rule(
    "G14",
    "A condition outside Annex 1",
    "A `condition` of 6(1)(ea) that is none of the five of Annex 1.",
    f"lawful_bases: [{{id: task, article: 6(1)(ea), condition: direct marketing}}, {AGREED}]",
    f"lawful_bases: [{{id: task, article: 6(1)(ea), condition: responding to an emergency}}, {AGREED}]",
)


def check(case: Case) -> Iterator[Problem]:
    """Lawful bases of this notice that the law does not allow."""
    for index, basis in enumerate(case.facets.lawful_bases):
        article = read_article(basis.article)
        path = f"lawful_bases.{index}"
        if article is not None and article not in case.law.bases:
            message = f"{article} is not the law on {case.day} ({newest().bases[article].cited})."
            yield L01.problem(
                case.notice.place(f"{path}.article"), message, "Rest it on another point of article 6(1)."
            )
        elif article is not None:
            yield from _of_an_authority(case, path, article)
        if article is Article.PUBLIC_TASK:
            yield from _task(case, path, basis)
        elif article is Article.RECOGNISED_INTERESTS:
            yield from _condition(case, path, basis)


def _of_an_authority(case: Case, path: str, article: Article) -> Iterator[Problem]:
    found = case.law.bases.get(article)
    if found is not None and found.not_for_tasks and _statutory(case):
        message = f"A public authority cannot rest its tasks on {article} ({found.cited})."
        yield G01.problem(
            case.notice.place(f"{path}.article"), message, "Rest it on the public task, 6(1)(e), or on consent."
        )


def _statutory(case: Case) -> bool:
    """Whether the notice is about tasks of the law."""
    tasks = {Article.PUBLIC_TASK, Article.LEGAL_OBLIGATION}
    return bool(tasks & set(case.articles)) or any(basis.legislation for basis in case.facets.lawful_bases)


def _task(case: Case, path: str, basis: LawfulBasis) -> Iterator[Problem]:
    place = case.notice.place(path)
    cited = LAW.duties["G13"].cited
    if not basis.legislation and not case.damaged(f"{path}.legislation"):
        level = ERROR if case.facets.complete else Level.WARNING
        message = f"The public task `{basis.id}` names no law that lays it down ({cited})."
        yield G13.problem(place, message, "Add `legislation` to it, each Act with its section.", level)
    elif not basis.task and not case.damaged(f"{path}.task"):
        message = f"The public task `{basis.id}` does not say what the task is ({cited})."
        yield G13.problem(place, message, "Add `task` to it, in plain words.", Level.NOTE)


def _condition(case: Case, path: str, basis: LawfulBasis) -> Iterator[Problem]:
    if basis.condition and not any(known.words.search(basis.condition) for known in case.law.conditions):
        place = case.notice.place(f"{path}.condition")
        message = f"“{basis.condition}” is no recognised legitimate interest ({LAW.duties['G14'].cited})."
        names = "; ".join(known.name for known in case.law.conditions)
        yield G14.problem(place, message, f"Annex 1 has these alone: {names}.")
