"""Whether a text says what the law requires: yes, perhaps or no, with the statement that shows it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from heapq import merge

from generator.rules.prose.signs import Kinds, Sign, Table
from generator.rules.prose.statements import Statement, Text


class Answer(StrEnum):
    """Whether a text says something."""

    YES = "yes"
    PERHAPS = "perhaps"
    NO = "no"


@dataclass(frozen=True)
class Judgement:
    """The answer, and the statement that shows it; none where nothing does."""

    answer: Answer
    statement: Statement | None = None


NOTHING = Judgement(Answer.NO)


def judged(text: Text, requirement: str) -> Judgement:
    """Whether a text says what a requirement (`N01` and so on) asks for, in English or Welsh."""
    perhaps = NOTHING
    for table, part in _tables(text):
        for sign in table.get(requirement, ()):
            found = _by_kinds(part, sign) if isinstance(sign, Kinds) else _by_sign(part, sign)
            if found.answer is Answer.YES:
                return found
            if found.answer is Answer.PERHAPS and perhaps is NOTHING:
                perhaps = found
    return perhaps


def _tables(text: Text) -> Iterator[tuple[Table, Text]]:
    """The signs of the languages that the text is in, each with the text that they are looked for in; a bilingual one, or one
    too short to tell, has both.

    They are imported with the first text that is read: most commands read none.
    """
    if text.english or not text.welsh:
        from generator.rules.prose.english import ENGLISH

        yield ENGLISH, text.in_english
    if text.welsh or not text.english:
        from generator.rules.prose.welsh import WELSH

        yield WELSH, text.in_welsh


def shown(text: Text, signs: Iterable[Sign]) -> Iterator[Statement]:
    """The statements that show one of the signs."""
    for sign in signs:
        if sign.anywhere and not sign.anywhere.search(text.words):
            continue
        for number in _candidates(text, sign):
            if _fits(text, sign, number):
                yield text.statements[number]


def _by_sign(text: Text, sign: Sign) -> Judgement:
    answer = Answer.PERHAPS if sign.unsure else Answer.YES
    statement = next(shown(text, (sign,)), None)
    return Judgement(answer, statement) if statement else NOTHING


def _candidates(text: Text, sign: Sign | Kinds) -> Iterable[int]:
    """The statements that a sign may fit, by its pattern that is looked for in the whole text at once."""
    if sign.under is not None:
        return text.under(sign.under)
    return text.with_words(sign.says) if sign.says else ()


def _fits(text: Text, sign: Sign, number: int) -> bool:
    statement = text.statements[number]
    if statement.heading or (sign.unless and sign.unless.search(statement.words)):
        return False
    if sign.under and sign.says and not sign.says.search(statement.words):
        return False
    if sign.about and not sign.about.search(statement.words):
        return False
    return not sign.near or bool(sign.near.search(text.around(number, sign.before, sign.after)))


def _chosen(text: Text, sign: Kinds) -> Iterator[int]:
    """The statements that such a sign picks out, in their order, some of them twice; the words are searched only as far as wanted."""
    under = text.under(sign.under) if sign.under else ()
    says = text.with_words(sign.says) if sign.says else ()
    return merge(under, says)


def _by_kinds(text: Text, sign: Kinds) -> Judgement:
    """How many different kinds the statements name that the sign picks out, in the words or under the label."""
    named: set[int] = set()
    first: Statement | None = None
    last = -1
    for number in _chosen(text, sign):
        if number == last:
            continue
        statement = text.statements[number]
        if sign.together and (number > last + 1 or statement.section != text.statements[last].section):
            named, first = set(), None
        last = number
        if statement.heading or (sign.unless and sign.unless.search(statement.words)):
            continue
        for index, kind in enumerate(sign.kinds):
            if index not in named and kind.search(statement.words):
                first = first or statement
                named.add(index)
                if len(named) >= sign.enough:
                    return Judgement(Answer.YES, first)
    return Judgement(Answer.PERHAPS, first) if named and not sign.together else NOTHING
