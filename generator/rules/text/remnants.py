"""Remnants of writing and pasting in a text: doubled words, labels with nothing below, marks that readers would see."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from generator.content.periods.english import ENGLISH
from generator.importing import last_updated
from generator.problems import Problem
from generator.rule import WARNING, Example, Family, Rule
from generator.rules.case import Case
from generator.rules.passages import Passage
from generator.rules.prose.common import NUMBER_EN
from generator.rules.prose.statements import Statement
from generator.rules.text.wording import TRANSPARENT


def _rule(number: str, title: str, looks_for: str, why: str, fails: Example, passes: Example) -> Rule:
    return Rule(number, Family.WORDING, WARNING, title, looks_for, why, fails, passes)


T13 = _rule(
    "T13",
    "A word written twice",
    "A word that follows itself, such as “the the”.",
    TRANSPARENT,
    Example(body="We share it with the the police."),
    Example(body="We know that that is long."),
)
T14 = _rule(
    "T14",
    "A label with nothing below it",
    "A line that ends in a colon before a heading, another such line or the end of the text; in a notice published as written also a "
    "heading without a text.",
    f"{TRANSPARENT} Something is missing.",
    Example(body="Data Protection Officer:\n\n## Books\n\nWe lend them."),
    Example(body="Data Protection Officer:\n\ndpo@example.org\n\n## Books\n\nWe lend them."),
)
T15 = _rule(
    "T15",
    "A typed day of the last change",
    "A line such as “Last updated: 3 May 2019” whose day is neither today's nor that of the newest version.",
    "The page gives the day of its version by itself, and the two would contradict each other.",
    Example(body="Last updated: 3 May 2019"),
    Example(body="Our rules were last changed in 2019, when the new library opened."),
)
T16 = _rule(
    "T16",
    "Two periods for one record",
    "Two sentences that keep the same record for different times.",
    "UK GDPR articles 13(2)(a) and 14(2)(a): the period, which can only be one.",
    Example(body="We keep loan records for 2 years.\n\nLoan records are kept for six years."),
    Example(body="We keep loan records for 2 years.\n\nLoan records are kept for two years."),
)
T17 = _rule(
    "T17",
    "Marks that readers would see",
    "`**`, `](`, `##`, `|---|`, a bullet sign or a backslash that makes nothing bold, linked or listed: one finding a file, at the first.",
    TRANSPARENT,
    Example(body="See **our rules."),
    Example(body="See **our rules**."),
)
T18 = _rule(
    "T18",
    "The European regulation in place of the UK's",
    "“GDPR” or “General Data Protection Regulation” in a text that never says UK GDPR: one finding a text, at the first.",
    "Data Protection Act 2018 section 3(10): the law here is the UK GDPR.",
    Example(body="We follow the GDPR."),
    Example(body="We follow the UK GDPR. The GDPR gives you rights."),
)
RULES = (T13, T14, T15, T16, T17, T18)


def check(case: Case) -> Iterator[Problem]:
    """Everything that one notice's text should have lost before it was saved."""
    yield from _doubled(case)
    yield from _labels(case)
    yield from _typed_days(case)
    yield from _two_periods(case)
    yield from _marks(case)
    yield from _european(case)


_TWICE = re.compile(r"(?<![\w’'-])([^\W\d_]{1,20}) \1(?![\w’'-])", re.I)
_MAY_BE_TWICE = frozenset(
    {"had", "that", "so", "very", "bye", "ha", "no", "really", "mae", "her", "who", "yn", "a", "i"}
)
_ALWAYS_ONCE = frozenset({"a"})


def _doubled(case: Case) -> Iterator[Problem]:
    for passage in case.passages:
        for found in _TWICE.finditer(passage.text):
            word = found[1].lower()
            if word not in _MAY_BE_TWICE or (word in _ALWAYS_ONCE and case.language == "en"):
                yield T13.problem(passage.place(found.start()), f"“{found[0]}” has a word twice.", "Take one out.")


_LABEL = re.compile(r"[*_]{0,2}[^\W\d_][^.!?:|]{1,60}:[*_]{0,2}")


def _labels(case: Case) -> Iterator[Problem]:
    body = case.body
    for index, passage in enumerate(body):
        following = body[index + 1] if index + 1 < len(body) else None
        if passage.heading:
            empty = case.as_written and (following is None or 0 < following.heading <= passage.heading)
        else:
            empty = bool(_LABEL.fullmatch(passage.text.strip())) and not passage.cell and _ends(following)
        if empty:
            message = f"There is nothing below “{passage.text.strip()}”."
            yield T14.problem(passage.place(), message, "Write what belongs there, or take it out.")


def _ends(following: Passage | None) -> bool:
    """Whether what comes after a label is not its text."""
    if following is None or following.heading:
        return True
    return not following.item and bool(_LABEL.fullmatch(following.text.strip()))


_WRITTEN_DAYS = (
    re.compile(r"(?P<day>\d{1,2})(?:st|nd|rd|th)?(?: of)? (?P<month>[^\W\d]+),? (?P<year>\d{4})"),
    re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)"),
    re.compile(r"(?P<day>\d{1,2})[./-](?P<month>\d{1,2})[./-](?P<year>\d{4})"),
)
_MONTHS = (
    *("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"),
    *("ion", "chw", "maw", "ebr", "mai", "meh", "gor", "aws", "med", "hyd", "tac", "rha"),
)
"""The first letters of the months in English and then in Welsh."""
_LONGEST_LINE = 120


def _typed_days(case: Case) -> Iterator[Problem]:
    for passage in case.body:
        line = passage.text.strip(" *_")
        if len(line) > _LONGEST_LINE or not line[-3:].strip(". ").isdigit() or not last_updated.LINE.fullmatch(line):
            continue
        own = case.published
        if _day(line) not in {case.on, *((own[-1].effective, own[-1].published) if own else ())}:
            message = f"“{line}” contradicts the day that the page gives by itself."
            yield T15.problem(passage.place(), message, "Take it out: every version carries its day.")


def _day(line: str) -> date | None:
    """The first day in a line; None where it gives a month alone or a day that the calendar does not have."""
    found = next(filter(None, (form.search(line) for form in _WRITTEN_DAYS)), None)
    if found is None:
        return None
    month = found["month"][:3].lower()
    number = _MONTHS.index(month) % 12 + 1 if month in _MONTHS else 0
    try:
        return date(int(found["year"]), int(month) if month.isdigit() else number, int(found["day"]))
    except ValueError:
        return None


_RECORD = re.compile(
    rf"^(?:we (?:will |shall )?(?:keep|hold|retain|store) (?P<kept>[a-z' -]{{3,50}}?)|(?P<record>[a-z' -]{{3,50}}?) (?:is|are|will be|must be)"
    rf" (?:kept|held|retained|stored)) for (?:up to )?(?P<number>{NUMBER_EN}) (?P<unit>day|week|month|year)s?\b",
)
_ONE_OF_MANY = re.compile(r"\b(?:if|unless|where|when|some|other|except|otherwise|or)\b")
_OWNER = re.compile(r"^(?:the|your|our|all|any|these|this|their) ")
_NOT_A_RECORD = frozenset(
    {
        "it",
        "they",
        "them",
        "this",
        "these",
        "that",
        "information",
        "data",
        "personal data",
        "records",
        "personal information",
    }
)
_DAYS = {"day": 1, "week": 7, "month": 30.4375, "year": 365.25}


def _two_periods(case: Case) -> Iterator[Problem]:
    first: dict[str, tuple[float, Statement]] = {}
    for statement in case.said.statements:
        found = _RECORD.match(statement.words) if " for " in statement.words else None
        if found is None or _ONE_OF_MANY.search(statement.words):
            continue
        record = _OWNER.sub("", (found["kept"] or found["record"]).strip())
        number = int(found["number"]) if found["number"].isdigit() else ENGLISH.number(found["number"]) or 0
        days = round(number * _DAYS[found["unit"]], 1)
        if record in _NOT_A_RECORD or not days:
            continue
        earlier = first.setdefault(record, (days, statement))
        if earlier[0] != days:
            message = f"«{statement.quote}» contradicts «{earlier[1].quote}» in line {earlier[1].place.line}."
            yield T16.problem(statement.place, message, "Keep the one that is right, or say how the records differ.")


_CANDIDATE = re.compile(r"\*\*|\]\(|#{2,}|\|\s{0,9}:?-{3}|[•▪◦●‣\uf0b7]|\\[a-zA-Z0-9]|(?<!\w)__")
_RULED = re.compile(r"\s*(?:[*_-] ?){3,}\s*")
_SOUND = (
    re.compile(r"`[^`]{1,300}`"),
    re.compile(
        r"\]\(\s?<?[^\s()<>]{0,1000}(?:\([^\s()]{0,300}\)[^\s()<>]{0,300})?>?(?:\s{1,3}[\"'(][^\"')]{0,300}[\"')])?\s?\)"
    ),
    re.compile(r"\*\*(?=\S)(?:[^*]|\*(?!\*)){1,2000}?(?<=\S)\*\*"),
    re.compile(r"__(?=\S)[^_]{1,2000}(?<=\S)__"),
    re.compile(r"_{3,}"),
)


def _marks(case: Case) -> Iterator[Problem]:
    """T17, at the first place of each file."""
    left: dict[str, list[tuple[Passage, re.Match[str]]]] = {}
    for passage in case.passages:
        if _CANDIDATE.search(passage.text) is None or _RULED.fullmatch(passage.text):
            continue
        text = passage.text
        for sound in _SOUND:
            text = sound.sub(lambda found: " " * len(found[0]), text)
        left.setdefault(passage.file, []).extend((passage, found) for found in _CANDIDATE.finditer(text))
    for places in left.values():
        if places:
            yield _seen_marks(places)


def _seen_marks(places: Sequence[tuple[Passage, re.Match[str]]]) -> Problem:
    passage, found = places[0]
    message = f"Readers would see “{found[0].strip()}”."
    if len(places) > 1:
        lines = ", ".join(str(p.place(f.start()).line) for p, f in places[1:5])
        message = f"{len(places)} marks would be seen. {message} The next: lines {lines}."
    return T17.problem(
        passage.place(found.start()), message, "Close what it opens, make it a list with `-`, or take it out."
    )


_EUROPEAN = re.compile(
    r"(?<!UK )(?<!UK-)(?<!EU )\bGDPR\b(?!,?\s?\(?20\d\d)(?! y DU)|(?<!UK )(?<!Kingdom )\bGeneral Data Protection Regulations?\b(?!,?\s?(?:\(GDPR\),?\s?)?\(?20\d\d)"
)
_BRITISH = re.compile(
    r"\bUK[ -]GDPR\b|\bGDPR y DU\b|\b(?:UK|United Kingdom) General Data Protection|\bGDPR UK\b|GDPR y Deyrnas"
)


def _european(case: Case) -> Iterator[Problem]:
    places = [
        (passage, found)
        for passage in case.passages
        if "G" in passage.text
        for found in _EUROPEAN.finditer(passage.text)
    ]
    if not places or any(_BRITISH.search(passage.text) for passage in case.passages):
        return
    passage, found = places[0]
    more = f" It does so {len(places)} times." if len(places) > 1 else ""
    yield T18.problem(
        passage.place(found.start()),
        f"This says “{found[0]}” and means the law of the United Kingdom.{more}",
        "Write UK GDPR.",
    )
