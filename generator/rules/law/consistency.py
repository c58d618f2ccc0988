"""Facets must agree with each other: names that point to something, consents that stand on consent."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from generator.content.decode import nearest
from generator.content.facets import KINDS, LISTS
from generator.content.faults import B02
from generator.content.model import Notice
from generator.content.rights import Article, read_article
from generator.content.section_order import ORDER
from generator.problems import Problem
from generator.rule import ERROR, Example, Family, Rule
from generator.rules.law.bases import AGREED, L01, TASK

L02 = Rule(
    "L02",
    Family.CONSISTENCY,
    ERROR,
    "An id used twice",
    "Two purposes, lawful bases or consents with one id.",
    "Records of consent name the id.",
    Example(f"lawful_bases: [{TASK}, {AGREED}, {{id: task, article: 6(1)(c)}}]"),
    Example(),
)
L03 = Rule(
    "L03",
    Family.CONSISTENCY,
    ERROR,
    "A name that points to nothing",
    "The basis of a purpose, the purpose of a consent, or a parent that does not exist.",
    "The fact that it stands for would be lost without a word.",
    Example("parent: town-hall"),
    Example(),
)
L04 = Rule(
    "L04",
    Family.CONSISTENCY,
    ERROR,
    "Consent asked for what does not rest on it",
    "A consent whose purpose does not rest on article 6(1)(a) alone.",
    "UK GDPR articles 4(11) and 7(4): a yes that changes nothing is no consent.",
    Example("purposes: [{id: lend, text: lend you books, basis: task}, {id: news, text: send you news, basis: task}]"),
    Example(),
)
RULES = (L01, L02, L03, L04)


def check(notice: Notice, notices: Collection[str]) -> Iterator[Problem]:
    """Every disagreement inside one notice; `notices` are the ids of all of them."""
    yield from _articles(notice)
    yield from _twice(notice)
    yield from _references(notice, notices)
    yield from _consents(notice)
    yield from _sections(notice)
    yield from _says(notice)


def _articles(notice: Notice) -> Iterator[Problem]:
    for index, basis in enumerate(notice.facets.lawful_bases):
        if read_article(basis.article) is None:
            place = notice.place(f"lawful_bases.{index}.article")
            message = f"`{basis.article}` is not a point of UK GDPR article 6(1)."
            yield L01.problem(place, message, "Write one of 6(1)(a) to 6(1)(f), or 6(1)(ea).")


def _twice(notice: Notice) -> Iterator[Problem]:
    for name in (name for name in LISTS if f"{name}.*.id" in KINDS):
        ids = [item.id for item in getattr(notice.facets, name)]
        for index, item in enumerate(ids):
            if item and item in ids[:index]:
                place = notice.place(f"{name}.{index}.id")
                yield L02.problem(place, f"The id `{item}` is used twice in `{name}`.", "Give each its own id.")


def _references(notice: Notice, notices: Collection[str]) -> Iterator[Problem]:
    facets = notice.facets
    bases = [basis.id for basis in facets.lawful_bases]
    for index, purpose in enumerate(facets.purposes):
        for basis in purpose.basis:
            if basis not in bases and not _is_unread(notice, "lawful_bases"):
                yield _unknown(notice, f"purposes.{index}.basis", basis, bases, "lawful_bases")
    purposes = [purpose.id for purpose in facets.purposes if purpose.id]
    for index, consent in enumerate(facets.consents):
        for name in consent.purposes:
            if name not in purposes and not _is_unread(notice, "purposes"):
                yield _unknown(notice, f"consents.{index}.purposes", name, purposes, "purposes")
    named = [(f"data.{index}.purposes", name) for index, item in enumerate(facets.data) for name in item.purposes]
    named += [(f"direct_marketing.{index}", name) for index, name in enumerate(facets.direct_marketing)]
    for path, name in named:
        if name not in purposes:
            yield _unknown(notice, path, name, purposes, "purposes")
    if facets.parent and facets.parent not in notices:
        yield _unknown(notice, "parent", facets.parent, notices, "the folder content")


def _is_unread(notice: Notice, facet: str) -> bool:
    """Whether some of a facet was written and could not be read: what seems to lack may stand there."""
    return any(path == facet or path.startswith(f"{facet}.") for path in notice.unread)


def _unknown(notice: Notice, path: str, name: str, known: Iterable[str], where: str) -> Problem:
    near = nearest(name, known)
    remedy = f"Did you mean `{near}`?" if near else f"Name one of {where}, or add it there."
    return L03.problem(notice.place(path), f"Nothing in {where} is called `{name}`.", remedy)


def _consents(notice: Notice) -> Iterator[Problem]:
    """A consent may stand only on article 6(1)(a): a task of the law goes on whatever a person says."""
    if _is_unread(notice, "purposes") or _is_unread(notice, "lawful_bases"):
        return
    facets = notice.facets
    articles = {basis.id: read_article(basis.article) for basis in facets.lawful_bases}
    purposes = {purpose.id: purpose for purpose in facets.purposes}
    for index, consent in enumerate(facets.consents):
        for name in consent.purposes:
            bases = purposes[name].basis if name in purposes else ()
            if name in purposes and (not bases or any(articles.get(b) is not Article.CONSENT for b in bases)):
                place = notice.place(f"consents.{index}.purposes")
                message = f"The purpose `{name}` does not rest on consent alone, so nobody can be asked to agree to it."
                yield L04.problem(place, message, "Give it a basis with article 6(1)(a), or take the consent away.")


def _sections(notice: Notice) -> Iterator[Problem]:
    seen: set[str] = set()
    for section in notice.sections:
        if section.id in seen and section.id not in ORDER:
            message = f"Two headings carry the id `{section.id}`."
            yield B02.problem(section.place, message, "Give one of them another id.")
        seen.add(section.id or "")


def _says(notice: Notice) -> Iterator[Problem]:
    for index, name in enumerate(notice.facets.says):
        if name not in ORDER:
            near = nearest(name, ORDER)
            remedy = f"Did you mean `{near}`?" if near else f"Name standard sections: {', '.join(ORDER)}."
            yield L03.problem(notice.place(f"says.{index}"), f"`{name}` is not a standard section.", remedy)
