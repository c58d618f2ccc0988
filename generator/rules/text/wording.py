"""Words that should not have been published: drafting notes and gaps; and words that are hard to read."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from generator.content import gaps, marks, retention
from generator.content.facets import LISTS, kind_of
from generator.content.model import Audience, Label, Name, Phone
from generator.problems import Level, Problem
from generator.rule import ERROR, WARNING, Example, Family, Rule
from generator.rules.case import Case
from generator.rules.law.lawfulness import matches
from generator.rules.passages import Passage
from generator.rules.prose.common import PERIOD_CY, PERIOD_EN
from generator.rules.prose.signs import words
from generator.rules.text.readability import Sentence, reading_age, sentences

LONGEST = 25
"""Words in a sentence; longer ones are hard to follow for most readers."""
ENOUGH = 100
"""Words below which a reading age says nothing."""


def _rule(number: str, level: Level, title: str, looks_for: str, why: str, fails: Example, passes: Example) -> Rule:
    return Rule(number, Family.WORDING, level, title, looks_for, why, fails, passes)


TRANSPARENT = "UK GDPR article 12(1): concise, transparent and intelligible, in clear and plain language."
T01 = _rule(
    "T01",
    ERROR,
    "A template's instruction left in",
    "Words that a template speaks to its author: “You must reference ...”, “Insert ... here”, “Guidance note”.",
    f"{TRANSPARENT} Residents cannot tell what is meant for them.",
    Example(body="You must reference the legislation here."),
    Example(body="You must tell us if your address changes."),
)
T02 = _rule(
    "T02",
    ERROR,
    "A choice left open",
    "“(delete all that do not apply)”, “delete as appropriate”, “select one”.",
    f"{TRANSPARENT} The notice says several things at once.",
    Example(body="We share it with the police (delete all that do not apply)."),
    Example(body="We share it with the police. We delete it later."),
)
T03 = _rule(
    "T03",
    ERROR,
    "Brackets that nobody filled",
    "[Words in square brackets] that are no link, such as [DATE] or [insert name]; <gaps>, <<gaps>> and {{gaps}}; rows of "
    "underscores; dates such as xx/xx/xxxx.",
    f"{TRANSPARENT} Something is missing.",
    Example(body="This notice was reviewed on [DATE]."),
    Example(body="Read [our policy](https://www.example.org/policy)."),
)
T04 = _rule(
    "T04",
    ERROR,
    "Filler text",
    "Lorem ipsum and other filler Latin, TBC, TODO, XXX, “text goes here”, addresses that end in to-write.invalid.",
    f"{TRANSPARENT} Something is missing.",
    Example(body="We keep it for TBC."),
    Example(body="We keep it for two years."),
)
T05 = _rule(
    "T05",
    ERROR,
    "Drafting notes",
    "Comments, marks of a word processor (“Commented [A1]”, “Error! Reference source not found.”), “DRAFT”, “Draft v1.0”.",
    f"{TRANSPARENT} They are for the people who write it.",
    Example(body="Error! Reference source not found."),
    Example(body="Tell us if you find an error."),
)
T07 = _rule(
    "T07",
    WARNING,
    "“Outside the EU”",
    "Text about sending information outside the EU, the European Union or the EEA.",
    "UK GDPR articles 13(1)(f) and 44: the law asks about outside the United Kingdom.",
    Example(body="We do not send it outside the European Union (EU)."),
    Example(body="We do not send it outside the United Kingdom."),
)
T08 = _rule(
    "T08",
    WARNING,
    "“As long as necessary” alone",
    "A retention row whose `keep` is “as long as needed”, or text about keeping that says so (also “no longer than necessary”, “until it is no longer needed”), without how that is decided.",
    "UK GDPR articles 13(2)(a) and 14(2)(a): the period, or the criteria for it.",
    Example("retention: [{record: your membership, keep: as long as necessary}]"),
    Example(
        "retention: [{record: your membership, keep: as long as necessary, note: We look at it each March.}]",
    ),
)
T09 = _rule(
    "T09",
    WARNING,
    "A period that is not understood",
    "A `keep` that the retention grammar does not know; it is published as it is written.",
    "UK GDPR articles 13(2)(a) and 14(2)(a). A known period gets a worked example with a date.",
    Example("retention: [{record: your membership, keep: quite a while}]"),
    Example("retention: [{record: your membership, keep: 2 years}]"),
)
T10 = _rule(
    "T10",
    WARNING,
    "The same item twice",
    "Two entries of a list that read the same, such as data, sources, sharing, purposes, retention or transfers.",
    f"{TRANSPARENT} One of the two was probably meant to be something else.",
    Example("data: [your name, your address, Your name]"),
    Example("data: [your name, your address]"),
)
T11 = _rule(
    "T11",
    WARNING,
    "A long sentence",
    f"Sentences of more than {LONGEST} words: one finding for all of a text, at the longest.",
    f"{TRANSPARENT} GOV.UK's guidance also asks for sentences of at most 25 words.",
    Example(body="We use what you tell us " + "and what you show us " * 5 + "to lend you books."),
    Example(body="We use what you tell us to lend you books."),
)
T12 = _rule(
    "T12",
    WARNING,
    "Hard to read",
    "A notice in English whose reading age is over that of its `audience`: adult 14 years, child 11, easy-read 9, or "
    "`reading_age` of site.yml. By the Flesch-Kincaid formula with syllables counted by rules of our own "
    f"(generator/rules/text/readability.py). Under {ENOUGH} words nothing is said.",
    f"{TRANSPARENT} In particular for any information addressed to a child.",
    Example(body="Organisational accountability necessitates comprehensive documentation. " * 25),
    Example(body="We lend you books. You bring them back. " * 25),
)


@dataclass(frozen=True)
class Phrase:
    """Words that break a rule; `{}` in the message is what was found.

    Each match of `pattern` has one of the `needles`, in lower case: a passage without any is not searched.
    """

    rule: Rule
    needles: tuple[str, ...]
    pattern: re.Pattern[str]
    message: str
    remedy: str


PHRASES = (
    Phrase(
        T01,
        (
            "you must ",
            "you should ",
            "you need to ",
            "insert ",
            "enter ",
            "add ",
            "type ",
            "write ",
            "guidance note",
            "note to ",
            "this section should",
            "example text",
            "click or tap",
        ),
        re.compile(
            r"you (?:must|should|need to) (?:reference|list|state|specify|insert|describe|include|cite|explain|name) "
            r"|\b(?:insert|enter|add|type|write) (?:[\w' ]{1,40} )?(?:here|below)\b|\bguidance notes?:|\bnote to (?:the )?author"
            r"|\bthis section should\b|\bexample text\b|click or tap (?:here|to enter)",
            re.I,
        ),
        "“{}” sounds like a template speaking to its author.",
        "Do what it asks for, and take it out.",
    ),
    Phrase(
        T02,
        ("delete", "select ", "choose an item", "yes"),
        re.compile(
            r"\(?\s?(?:please )?delete (?:all|any|those|what|as|where|if)\b[^.)]{0,30}(?:appl(?:y|icable)|appropriate)\s?\)?"
            r"|\bselect (?:one|as appropriate|from (?:the )?list)\b|\bchoose an item\b|\(?yes\s?/\s?no\)?(?=\W|$)",
            re.I,
        ),
        "“{}” leaves a choice open.",
        "Keep what applies, and delete the rest with these words.",
    ),
    Phrase(
        T04,
        (
            "lorem",
            "dolor sit",
            "tbc",
            "tbd",
            "tba",
            "todo",
            "fixme",
            "xxx",
            "to be confirmed",
            "to be completed",
            "to be added",
            "goes here",
            "to go here",
            "consectetur",
            "adipiscing",
            "sed do",
            "incididunt",
            "ut enim",
            "quis nostrud",
            "duis aute",
            "excepteur",
            "vestibulum",
            "pellentesque",
            "curabitur",
            "phasellus",
            "praesent",
            "maecenas",
            "suspendisse",
            "nulla facilisi",
            "aliquam",
            "nemo enim",
            "sed ut",
        ),
        gaps.FILLER,
        "“{}” stands for something that is still to be written.",
        "Write it.",
    ),
    Phrase(
        T04,
        (marks.NOWHERE,),
        re.compile(rf"(?<![\w.:/@-])[\w.:/@-]{{0,99}}\b{re.escape(marks.NOWHERE)}\b"),
        "“{}” stands for an address that is still to be written.",
        "Write the council's own.",
    ),
    Phrase(
        T05,
        ("<!--", "comment", "error!", "draft", "drafft", "{++", "{--", "{>>", "{~~"),
        re.compile(
            r"<!--(?!\s*-->)|\bComment(?:ed)? \[[A-Z]{1,4}\d+\]|\bError! (?:Reference source|Bookmark)|\bDRAFT\b(?!ing)"
            r"|(?i:\b(?:draft|drafft)[ _-]{0,2}v(?:ersion)?\.? ?\d|\b(?:draft|drafft) \d[\d.]{0,5}$|\bdraft (?:version|copy|only|for (?:comment|consultation|review))|\bv\d[\d.]{0,5} ?draft\b)"
            r"|\{(?:\+\+|--|>>|~~)"
        ),
        "“{}” is a drafting note.",
        "Take it out.",
    ),
    Phrase(
        T07,
        ("outside", "tu allan"),
        re.compile(
            r"outside (?:of )?(?:the )?(?:EU\b|EEA\b|European (?:Union|Economic Area))(?! or (?:the )?(?:UK|United))"
            r"|y tu allan i(?:’r|'r)? (?:UE\b|Undeb Ewropeaidd|AEE\b)",
            re.I,
        ),
        "UK law asks about “outside the United Kingdom”, and this says “{}”.",
        "Check with your data protection officer, and write about the United Kingdom.",
    ),
)
_VAGUE = re.compile(
    r"\b(?:(?:as|so) long as|longer than) (?:(?:it |this |that |they |there )?(?:is |are |remains? )|it'?s |it’s |we )?(?:a |still )?(?:strictly |absolutely |reasonably )?(?:necessary|needed|required?|need(?: it| them| to)?)\b"
    r"|\b(?:until|when|once) (?:it|they|(?:the |your |this )?(?:data|information|records?|details)) (?:is|are) no longer (?:necessary|needed|required)\b"
    r"|\b(?:for|within) (?:the|an?) (?:minimum|shortest|reasonable|appropriate|necessary) (?:time|period|length of time)\b"
    r"|\b(?:the (?:time|period)) (?:that is )?(?:necessary|needed|required)\b"
    r"|\b[cg]yhyd (?:ag|â) (?:y |yr )?(?:bo|bod|bydd|mae|oes)(?:'n|’n)? ?(?:ei |eu )?(?:angen|hangen|angenrheidiol)\b"
    r"|\b(?:hirach|hwy) nag? (?:sydd|y bo|y mae|y bydd)(?:'n|’n)? ?(?:ei |eu )?(?:angen|hangen|angenrheidiol)\b",
    re.I,
)
_KEEPING = re.compile(
    r"\b(?:keep(?:ing|s)?(?! (?:you|people|visitors|customers|anyone)\b)|kept|h[eo]ld(?:ing|s)?|retain\w*|retention|stor(?:e[ds]?|ing|age)|how long"
    r"|c[ae]dw\w*|gadw|ba hyd)\b",
    re.I,
)
"""Words about keeping, in the passage or above it: a meeting may also last as long as necessary."""
_HOW = re.compile(
    r"schedule|criteria|periods\b|retention period|years?|months?|decide|until (?!(?:it|they|the \w+|your \w+) (?:is|are) no longer)|because"
    r"|(?<!protection )\blaw\b|\bact \d{4}|\blegislation\b|statut\w+|limitation|for example|review|\bdepend(?:s|ing)? on\b|\bbased on\b|\bguid(?:ance|elines?)\b|\btable\b",
    re.I,
)
GAP_SIGNS = ("[", "__", "\\_", "...", "…", "<", "&lt;", "«", "{{", "xx/", "XX/", "Xx/", "xX/")
"""One of these is in every gap."""
_TELLS_APART = {"retention": ("keep", "after", "holder"), "transfers": ("safeguard", "copy")}
"""By what else the entries of a list differ that begin alike."""


def check(case: Case) -> Iterator[Problem]:
    """Everything about one notice's words."""
    lowered = [(passage, passage.text.lower()) for passage in case.passages]
    whole = "\n".join(text for _, text in lowered)
    for phrase in PHRASES:
        if not any(needle in whole for needle in phrase.needles):
            continue
        near = [passage for passage, text in lowered if any(needle in text for needle in phrase.needles)]
        for passage, found in matches(near, phrase.pattern):
            message = phrase.message.format(found[0].strip())
            yield phrase.rule.problem(passage.place(found.start()), message, phrase.remedy)
    yield from _gaps(case)
    yield from _periods(case)
    yield from _repeated(case)
    read = [(passage, sentence) for passage in _prose(case) for sentence in sentences(passage)]
    yield from _long(read)
    yield from _age(case, [sentence for passage, sentence in read if _is_running_text(passage)])


def _gaps(case: Case) -> Iterator[Problem]:
    defined = {mark.lower() for mark in re.findall(r"^ {0,3}\*?\[([^\]\n]+)\]:", _markdown(case), re.M)}
    with_signs = [passage for passage in case.passages if any(sign in passage.text for sign in GAP_SIGNS)]
    for passage, found in matches(with_signs, gaps.GAP):
        if not _is_link(passage, found, defined):
            message = f"“{found[0]}” is a gap that nobody filled."
            yield T03.problem(passage.place(found.start()), message, "Write what belongs there, or take it out.")


def _is_link(passage: Passage, found: re.Match[str], defined: set[str]) -> bool:
    """Whether square brackets belong to a link, a footnote, a tick box, code or a value of site.yml."""
    if found["square"] is None:
        return False
    if passage.text.count("`", 0, found.start()) % 2:
        return True
    text, start, end = passage.text, found.start(), found.end()
    before, after = text[max(start - 1, 0) : start], text[end : end + 1]
    mark = found["square"].strip().lower()
    inserted = before == "[" and after == "]"
    box = mark in ("", "x") and not before.strip()
    known = mark in defined or mark.startswith("^")
    target = after == "[" and text[end + 1 : end + 200].partition("]")[0].lower() in {*defined, ""}
    return after == "(" or inserted or box or known or target or gaps.editorial(mark)


def _markdown(case: Case) -> str:
    return "\n".join([*(part.markdown for part in case.notice.parts), *case.wording.used(case.notice).values()])


def _periods(case: Case) -> Iterator[Problem]:
    for index, row in enumerate(case.facets.retention):
        keep = retention.read(row.keep or "permanently", row.after or "").keep
        place = case.notice.place(f"retention.{index}.keep")
        vague = keep is retention.Standing.AS_NEEDED or (
            isinstance(keep, retention.Unread) and _VAGUE.search(keep.text) and not _HOW.search(keep.text)
        )
        if vague and not any((row.note, row.or_if, row.url, row.after)):
            yield T08.problem(place, _VAGUELY, _DECIDED)
        elif isinstance(keep, retention.Unread) and not vague and case.language in ("en", "cy"):
            message = f"`{keep.text[:60]}` is not a period that is understood, so it is published as written."
            if row.after and not isinstance(retention.read(row.keep or "").keep, retention.Unread):
                message = f"`{keep.text[:60]}` and `after` do not go together, so they are published as written."
            yield T09.problem(
                place, message, _WRITTEN_ELSE if retention.lengths_named(keep.text) < 2 else _WRITTEN_APART
            )
    for passage, found in matches(case.body, _VAGUE):
        if _about_keeping(case, passage) and not _HOW.search(passage.text) and not _decided_nearby(case, passage):
            yield T08.problem(passage.place(found.start()), _VAGUELY, _DECIDED)


_WRITTEN_ELSE = "If you can, write it like `2 years`, `up to 50 years` or `per schedule`."
_WRITTEN_APART = (
    "It names two periods: give each kind of record a row of its own, such as `- record: Film` and `keep: 30 days`."
)


def _about_keeping(case: Case, passage: Passage) -> bool:
    """Whether the passage, or a heading, introduction or column that it falls under, speaks of keeping."""
    labels = (label for statement in case.said.statements if statement.passage is passage for label in statement.labels)
    return any(_KEEPING.search(words) for words in (passage.text, *labels))


def _decided_nearby(case: Case, passage: Passage) -> bool:
    """Whether the passage below gives the period, or a sentence elsewhere under the same heading."""
    numbers = [number for number, statement in enumerate(case.said.statements) if statement.passage is passage]
    if not numbers:
        return False
    section = case.said.statements[numbers[0]].section
    near = case.said.statements[max(numbers[0] - 2, 0) : numbers[-1] + 4]
    return any(statement.section == section and _A_PERIOD.search(statement.words) for statement in near)


_A_PERIOD = words(rf"{PERIOD_EN}|{PERIOD_CY}|\bretention schedule\b|\bamserlen gadw\b")
_VAGUELY = "“As long as necessary” does not tell people how long."
_DECIDED = "Give a period, or add how it is decided."


def _repeated(case: Case) -> Iterator[Problem]:
    for name in LISTS:
        items = getattr(case.facets, name)
        seen: dict[tuple[str, ...], int] = {}
        for index, item in enumerate(items if isinstance(items, tuple) else ()):
            field, text = _first(item)
            if kind_of(f"{name}.{index}{field}") not in (str, Name, Label):
                continue  # an id or an address: other rules look at those
            more = (str(getattr(item, other)) for other in _TELLS_APART.get(name, ()))
            key = (re.sub(r"\W+", " ", text.lower()).strip(), *more)
            if key in seen:
                message = f"“{text}” stands in `{name}` twice; the first is entry {seen[key] + 1}."
                yield T10.problem(case.notice.place(f"{name}.{index}"), message, "Take one out, or say what differs.")
            seen.setdefault(key, index)


def _first(item: Any) -> tuple[str, str]:
    """The opening of an entry of a list: the name of its first key after a full stop, none for a plain text; its text."""
    if isinstance(item, str):
        return "", item
    name = dataclasses.fields(item)[0].name
    return f".{name}", getattr(item, name)


def _prose(case: Case) -> Iterator[Passage]:
    """The passages that are sentences: not headings, names, labels or the titles of Acts."""
    for passage in case.passages:
        if not passage.heading and kind_of(passage.facet) not in (Label, Name, Phone):
            yield passage


def _is_running_text(passage: Passage) -> bool:
    """Whether a passage counts for the reading age: the cell of a table does where it is a whole sentence."""
    return not passage.cell or passage.text.rstrip().endswith((".", "!", "?"))


def _long(read: Iterable[tuple[Passage, Sentence]]) -> Iterator[Problem]:
    """T11: one problem a file, at its longest sentence, with the lines of the next ones."""
    long: dict[str, list[tuple[Passage, Sentence]]] = {}
    for passage, sentence in read:
        if len(sentence.words) > LONGEST:
            long.setdefault(passage.file, []).append((passage, sentence))
    for of_file in long.values():
        worst = sorted(of_file, key=lambda item: -len(item[1].words))
        (passage, sentence), *others = worst
        start = " ".join(sentence.words[:4])
        message = f"This sentence, “{start} …”, has {len(sentence.words)} words."
        if others:
            lines = ", ".join(str(p.place(s.offset).line) for p, s in others[:_WORST])
            message = (
                f"{len(worst)} sentences have more than {LONGEST} words. {message} The next longest: lines {lines}."
            )
        yield T11.problem(passage.place(sentence.offset), message, "Cut it in two, or make it a list.")


_WORST = 4


_READERS = {Audience.ADULT: "adults", Audience.CHILD: "children", Audience.EASY_READ: "easy read"}


def _age(case: Case, found: list[Sentence]) -> Iterator[Problem]:
    if case.language != "en" or sum(len(s.words) for s in found) < ENOUGH:
        return
    audience = case.facets.audience
    age, oldest = round(reading_age(found), 1), case.site.oldest_reader(audience)
    if age > oldest:
        readers = _READERS[audience]
        message = f"This notice has a reading age of {age} years; {oldest} is the limit for {readers}."
        remedy = "Use shorter sentences and everyday words; explain the words of the law where you need them."
        yield T12.problem(case.notice.place("title"), message, remedy)


RULES = (T01, T02, T03, T04, T05, T07, T08, T09, T10, T11, T12)
