"""Statements in the text of a notice that the law does not allow (G01, G05, G07 and G08, where words say it and not a
fact)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.content import rights
from generator.content.rights import Article, Right
from generator.problems import Level, Problem
from generator.rules.case import Case
from generator.rules.law.bases import G01
from generator.rules.law.lawfulness import G05, G07, G08
from generator.rules.prose import bases
from generator.rules.prose.judgement import shown
from generator.rules.prose.signs import sign, words
from generator.rules.prose.statements import Statement

_STATUTORY = words(
    r"\bpublic task\b|\bstatutory\b|\b(?:act|measure) \d{4}\b|\blegal (?:obligation|duty)\b|\bofficial authority\b|\bpublic authority\b"
    r"|\bdeddf .{3,60}\d{4}|\btasg gyhoeddus\b"
)
_DEPENDS = words(
    r"\bwhere we (?:rely|use)\b|\bdepend|\b(?:in|under) (?:some|certain)\b|\bsometimes\b|\bif we\b|\bmay (?:have|also|not)\b|\bnot apply\b"
    r"|\bdoes not\b|\bdo not\b|\bmewn rhai\b"
)
_GIVES = {
    Right.ERASURE: sign(
        r"\bright (?:to|of) (?:erasure|be forgotten)\b|\bright to (?:have|ask us to|get) .{0,40}\b(?:deleted?|erased?)\b|\bhawl i gael eich anghofio\b"
    ),
    Right.PORTABILITY: sign(r"\bright (?:to|of) (?:data )?portab\w+|\bhawl .{0,20}gludadwyedd"),
}
_LIST_OF_SPECIAL = re.compile(
    r"\b(?:special categor(?:y|ies)|sensitive personal)\b[^:(]{0,60}?(?:\((?P<inside>[^)]*)\)|(?::|\bsuch as|\bincluding|\blike|\bnamely)(?P<after>.*))"
    r"|\b(?:categori arbennig|categorïau arbennig)\b[^:(]{0,60}?(?:\((?P<mewn>[^)]*)\)|(?::|\bmegis|\bfel)(?P<wedyn>.*))"
)
_SPECIAL_LEAD = words(r"\bspecial categor(?:y|ies)\b(?!.*\band\b.*\bcrim)|\bcategori arbennig\b")
_NOT_SPECIAL = words(
    r"\b(?:gender(?! reassignment)|nationality|marital status|immigration status|criminal (?:allegations?|records?|convictions?|offences?)"
    r"|national insurance|bank details|income|date of birth|rhywedd|cenedligrwydd|euogfarnau)\b"
)
_SPECIAL = (
    r"\b(?:religion|religious|ethnic(?:ity)?|ethnic origin|racial|sexual orientation|sex life|trade union|biometric|genetic|political opinions?"
    r"|disabilit(?:y|ies)|your health|health (?:information|data|conditions?|needs)|medical (?:information|conditions?|history)|crefydd|ethnigrwydd"
    r"|tarddiad ethnig|anabledd)\b"
)
_NOT_COLLECTED = (
    r"\b(?:not|never|n't) (?:collect|hold|record|need|use|ask)\b|\benvironmental health\b|\bif you (?:have|need)\b|\bequal(?:ly|ity)\b"
    r"|\bregardless\b|\bwhatever your\b|\bhealth (?:visitor|service|centre|and safety)"
)
_COLLECTED = sign(
    r"\b(?:collect|hold|record|need|use|process|ask|keep|store|includ\w+|your|cofnodi|casglu|cadw)\b",
    about=_SPECIAL,
    unless=_NOT_COLLECTED,
)
_LISTED = sign(
    _SPECIAL,
    under=r"\b(?:information|data|details|we (?:collect|hold|use|need|record))\b|\bgwybodaeth\b",
    unless=_NOT_COLLECTED,
)
_CONDITION = words(
    r"\b(?:article|art\.?|erthygl) 9\b|\b9 ?\(2\)|\bschedule 1\b|\batodlen 1\b|\bexplicit(?:ly)? consent\w*|\bcydsyniad penodol\b|\bsubstantial public interest\b"
)


def check(case: Case) -> Iterator[Problem]:
    """Statements of the body that no lawful basis bears out."""
    yield from _interests_of_an_authority(case)
    if case.as_written:
        yield from _rights(case)
        yield from _without_condition(case)
    yield from _not_special(case)


def _interests_of_an_authority(case: Case) -> Iterator[Problem]:
    """G01: a council's own legitimate interests, beside words of the law that give it the task."""
    named = bases.named_for(case.said, Article.LEGITIMATE_INTERESTS)
    if named and _STATUTORY.search(case.said.words):
        message = f"A public authority cannot rest its tasks on legitimate interests: «{named.quote}»"
        yield G01.problem(named.place, message, "Rest it on the public task, 6(1)(e), or on consent.", Level.WARNING)


def _rights(case: Case) -> Iterator[Problem]:
    """G05: erasure or portability promised, where the bases that the words name give neither."""
    promised = [(right, statement) for right, promise in _GIVES.items() for statement in shown(case.said, (promise,))]
    named = bases.named(case.said) if promised else ()
    given = {derived.right for derived in rights.derived(named)}
    for right, statement in promised:
        if named and right not in given and not _DEPENDS.search(statement.words):
            message = f"The lawful bases that this text names do not give this right ({right}): «{statement.quote}»"
            yield G05.problem(statement.place, message, "Take it out, or say when people have it.")


def _not_special(case: Case) -> Iterator[Problem]:
    """G07: what a text lists as special category data, and is not."""
    for statement in case.said.statements:
        if "categor" not in statement.words and "sensitive personal" not in statement.words:
            continue
        listed = _LIST_OF_SPECIAL.search(statement.words)
        wrong = _NOT_SPECIAL.search(next(filter(None, listed.groups()), "")) if listed else None
        if wrong:
            yield _called_special(statement, wrong[0])
    for number in case.said.under(_SPECIAL_LEAD):
        statement = case.said.statements[number]
        wrong = _NOT_SPECIAL.search(statement.words)
        if wrong and not _LIST_OF_SPECIAL.search(statement.words):
            yield _called_special(statement, wrong[0])


def _called_special(statement: Statement, wrong: str) -> Problem:
    message = f"“{wrong}” is not special category data: «{statement.quote}»"
    remedy = "Name it apart: article 9(1) has a closed list, and data about crime falls under article 10."
    return G07.problem(statement.place, message, remedy)


def _without_condition(case: Case) -> Iterator[Problem]:
    """G08: special category data that the text collects, without a word on what allows it."""
    if _CONDITION.search(case.said.words):
        return
    statement = next(shown(case.said, (_COLLECTED, _LISTED)), None)
    if statement:
        message = f"This is special category data, and the text does not say what allows its use: «{statement.quote}»"
        yield G08.problem(
            statement.place,
            message,
            "Name the condition in article 9, and where it asks for one the paragraph of Schedule 1.",
        )
