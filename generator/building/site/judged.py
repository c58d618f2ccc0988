"""The judgement of each working text: its problems, and how it differs from its last version."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from generator.building.site.memo import Query, mark_of
from generator.building.site.plain import plain_problems, problems_of
from generator.building.site.queries import Queries
from generator.building.site.reading import Reading
from generator.law.statute_book import LAW
from generator.problems import Problem
from generator.publishing import drafts
from generator.publishing.drafts import Draft, Outcome
from generator.rules import check
from generator.rules.catalogue import BY_ID
from generator.rules.check import Inspection, Score, State
from generator.rules.law import ahead
from generator.rules.law.ahead import Broken
from generator.rules.silence import Silenced
from generator.versions.differences import Difference

MOST_DRAFTS = 64


class Judged:
    """Checks and comparisons of single texts, as queries of the memo."""

    def __init__(self, queries: Queries, reading: Reading) -> None:
        self._queries = queries
        self._read = queries.read
        self._reading = reading

    def all(self) -> dict[str, Query]:
        """Each by its name."""
        return {
            "law since": Query(lambda: LAW.settled(self._today()).isoformat(), mark_of),
            "addresses": Query(self._addresses, mark_of),
            "inspection": Query(self._inspection, dump=_plain_inspection, load=_inspection),
            "page problems": Query(self._page_problems, dump=plain_problems, load=problems_of),
            "draft": Query(self._draft, most=MOST_DRAFTS, through=True),
            "outcome": Query(self._outcome, dump=_plain_outcome, load=_outcome),
            "broken": Query(self._broken, dump=list, load=list),
        }

    def _today(self) -> date:
        return date.fromisoformat(self._read("day"))

    def _law_since(self) -> date:
        """The day since which the law has been as it is today: another day asks for nothing anew unless the law
        changed."""
        return date.fromisoformat(self._read("law since"))

    def _addresses(self, kind: str, name: str, language: str) -> list[Problem]:
        """Of a notice, which may be published today, or of an ordinary page."""
        if kind == "page":
            return check.address_problems(self._reading, self._reading.pages[name, language])
        aliases: list[str] = self._read("head", name, language)[2]
        if not aliases and not self._reading.old_addresses:
            return []  # as `address_problems` says, without a look at the text
        return check.address_problems(self._reading, self._reading.notices[name, language], self._today())

    def _inspection(self, name: str, language: str) -> Inspection:
        notice = self._reading.notices[name, language]
        addresses: Iterable[Problem] = self._read("addresses", "notice", name, language)
        return check.inspect_among(self._reading, notice, self._today, addresses, LAW.on(self._law_since()))

    def _page_problems(self, name: str, language: str) -> list[Problem]:
        law = LAW.on(self._law_since())
        return check.inspect_page_by(self._reading, self._reading.pages[name, language], self._today, law)

    def _draft(self, name: str, language: str) -> Draft:
        notice = self._reading.notices[name, language]
        problems = self._read("inspection", name, language).problems
        return drafts.draft(self._reading, self._read("words"), notice, self._today, problems, self._law_since())

    def _outcome(self, name: str, language: str) -> Outcome:
        return drafts.outcome(self._read("draft", name, language))

    def _broken(self, notice: str) -> list[list[Any]]:
        """The objections of changed law to a notice's versions, as plain values."""
        counting = [version for version in self._reading.ever_of(notice) if version.retracted is None]
        found = ahead.broken_among(self._reading, counting, self._today())
        return [
            [one.version.language, one.version.version, one.since.isoformat(), plain_problems(one.problems)]
            for one in found
        ]

    def broken(self) -> Iterator[Broken]:
        """The same of all notices; their versions are without sections."""
        for version in self._queries.all_published():
            for language, number, since, problems in self._read("broken", version.notice):
                if (language, number) == (version.language, version.version):
                    yield Broken(version, date.fromisoformat(since), tuple(problems_of(problems)))


def _plain_inspection(found: Inspection) -> list[Any]:
    silenced = [[one.rule, one.reason, plain_problems(one.problems)] for one in found.silenced]
    scores = [[score.rule.id, str(score.state), score.detail] for score in found.scores]
    return [found.notice, found.language, plain_problems(found.problems), silenced, scores]


def _inspection(plain: Sequence[Any]) -> Inspection:
    notice, language, problems, silenced, scores = plain
    return Inspection(
        notice,
        language,
        tuple(problems_of(problems)),
        tuple(Silenced(rule, reason, tuple(problems_of(told))) for rule, reason, told in silenced),
        tuple(Score(BY_ID[rule], State(state), detail) for rule, state, detail in scores),
    )


def _plain_differences(found: Iterable[Difference]) -> list[list[Any]]:
    return [[one.id, one.heading, one.how, list(one.through)] for one in found]


def _differences(plain: Iterable[Sequence[Any]]) -> tuple[Difference, ...]:
    return tuple(Difference(name, heading, how, tuple(through)) for name, heading, how, through in plain)


def _plain_outcome(found: Outcome) -> list[Any]:
    review_by = found.review_by.isoformat() if found.review_by else None
    about = [found.notice, found.language, found.file, found.title, found.last, review_by]
    return [
        *about,
        _plain_differences(found.differences),
        _plain_differences(found.facts),
        plain_problems(found.problems),
    ]


def _outcome(plain: Sequence[Any]) -> Outcome:
    notice, language, file, title, last, review_by, differences, facts, problems = plain
    day = date.fromisoformat(review_by) if review_by else None
    about = notice, language, file, title, last, day
    return Outcome(*about, _differences(differences), _differences(facts), tuple(problems_of(problems)))
