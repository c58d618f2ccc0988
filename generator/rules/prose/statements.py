"""A text as statements: one sentence, list item or table cell each, with the words that it falls under. Pure.

`read` splits a text once for all rules. A statement's words are those that readers see, in lower case with plain quotation
marks: the words of links stay, web and mail addresses become one sign each, because an address says nothing in words.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate, pairwise

from generator.problems import Place
from generator.rules.passages import Passage
from generator.rules.prose.signs import Words

WEB, MAIL, OFFICER_MAIL = "\ue000", "\ue001", "\ue002"
"""In a statement's words, the signs for a web address, a mail address, and one that begins like `dpo@`."""
LONGEST = 700
"""Characters after which a statement without an end is cut, so that no pattern looks far."""
_LINK = re.compile(r"!?\[([^\[\]]{0,500})\](?:\(([^()]{0,2000})\)|\[[^\[\]]{0,200}\])?")
_MAIL = re.compile(r"(?:mailto:)?[\w.+-]{1,64}@[\w.-]{0,200}\w")
_WEB = re.compile(
    r"(?:https?://|www\.)[^\s<>)\]]+|\b(?:[\w-]{1,60}\.){1,4}(?:org|gov|com|uk|net|cymru|wales)\b[^\s<>)\]]*"
)
_OFFICER = re.compile(r"(?:mailto:)?(?:dpo|sdd|dataprotection|data\.protection)[\w.+-]*@", re.I)
_END = re.compile(r"[.!?…]{1,4}[\"”’')\]*_]{0,4}(?=\s)")
_SHORT = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|no|nos|art|arts|para|s|ss|mr|mrs|ms|dr|st|ltd|vs|tel|ext)|\b(?-i:[A-Z])|^\W*\d+)\.$", re.I
)
_LABEL = re.compile(r"([^:.!?]{2,60}):[*_]{0,2}(?=\s|$)")
_BOLD_HEADING = re.compile(r"(?:\*\*|__)([^*_]{3,100})(?:\*\*|__):?")
_NUMBER = re.compile(r"(?:\(?(?:\d+(?:\.\d+)*|[a-z])[.)]|\d+(?:\.\d+)*) ")
_FOOTNOTE = re.compile(r"\[\^[^\[\]]{1,80}\]")
_PLAIN = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " ", "*": " ", "`": " ", "\u2011": "-", "–": "-"}
)
_SHORT_LINE = 60
_IN_ENGLISH = re.compile(r"\b(?:the|you|your|we|our|of|for|and)\b")
_IN_WELSH = re.compile(r"\b(?:yn|yw|eich|mae|nid|chi|swyddog|rheolydd|ôl|ch?aiff|rydym|ydym|cyngor|g?wybodaeth|hawl)\b")


@dataclass(frozen=True)
class Statement:
    """One sentence, list item or cell; `labels` are the heading, introduction, column and own label that it falls under."""

    words: str
    labels: tuple[str, ...]
    section: int
    passage: Passage
    start: int
    end: int
    heading: bool = False

    @property
    def place(self) -> Place:
        """Where it begins."""
        return self.passage.place(self.start)

    @property
    def quote(self) -> str:
        """Its words as the author wrote them, shortened."""
        text = _MARKS.sub(r"\1", self.passage.text[self.start : self.end]).replace("**", "")
        words = " ".join(text.split())
        return words if len(words) <= _QUOTED else f"{words[:_QUOTED].rsplit(' ', 1)[0]} …"


_MARKS = re.compile(r"!?\[([^\[\]]{0,500})\]\([^()]{0,2000}\)")
_QUOTED = 120


@dataclass(frozen=True)
class Text:
    """All statements of a text in their order."""

    statements: tuple[Statement, ...]
    passed_over: frozenset[int] = frozenset()
    """Statements, by number, in which `with_words` finds nothing."""

    def without(self, numbers: Iterable[int]) -> Text:
        """The same text, in which `with_words` finds nothing in these statements."""
        return replace(self, passed_over=frozenset(numbers))

    @cached_property
    def in_english(self) -> Text:
        """The text for signs in English: they are not looked for in statements that are Welsh by their commonest words."""
        return self.without(self._only(_IN_WELSH, _IN_ENGLISH)) if self.welsh else self

    @cached_property
    def in_welsh(self) -> Text:
        """The text for signs in Welsh: they are not looked for in statements that are English by their commonest words."""
        return self.without(self._only(_IN_ENGLISH, _IN_WELSH)) if self.english else self

    def _only(self, language: re.Pattern[str], other: re.Pattern[str]) -> Iterator[int]:
        for number, statement in enumerate(self.statements):
            if language.search(statement.words) and not other.search(statement.words):
                yield number

    @cached_property
    def words(self) -> str:
        """The words of all statements, one a line, so that a pattern is looked for once."""
        return "\n".join(statement.words for statement in self.statements)

    @cached_property
    def english(self) -> bool:
        """Whether some of it is English, by its commonest words."""
        return _IN_ENGLISH.search(self.words) is not None

    @cached_property
    def welsh(self) -> bool:
        """Whether some of it is Welsh, by its commonest words."""
        return _IN_WELSH.search(self.words) is not None

    @cached_property
    def _looked_through(self) -> tuple[str, tuple[int, ...], list[int]]:
        """The words that `with_words` looks through, the statement of each of their lines, and where each line starts."""
        numbers = tuple(number for number in range(len(self.statements)) if number not in self.passed_over)
        lines = [self.statements[number].words for number in numbers]
        starts = [0, *accumulate(len(line) + 1 for line in lines)]
        return "\n".join(lines), numbers, starts[:-1]

    @cached_property
    def by_label(self) -> Mapping[str, tuple[int, ...]]:
        """The statements, by number, under each heading, introduction, column or label."""
        under: dict[str, list[int]] = defaultdict(list)
        for number, statement in enumerate(self.statements):
            for label in statement.labels:
                under[label].append(number)
        return {label: tuple(numbers) for label, numbers in under.items()}

    def with_words(self, pattern: Words) -> Iterator[int]:
        """The numbers of the statements in whose words a pattern is found, in their order."""
        words, numbers, starts = self._looked_through
        last = -1
        for found in pattern.finditer(words):
            line = bisect_right(starts, found.start()) - 1
            if line != last:
                last = line
                yield numbers[line]

    def under(self, pattern: Words) -> list[int]:
        """The numbers of the statements that fall under a label in which a pattern is found."""
        found = {number for label, numbers in self.by_label.items() if pattern.search(label) for number in numbers}
        return sorted(found)

    def around(self, number: int, before: int = 1, after: int = 1) -> str:
        """The words of a statement, of its labels and of its neighbours in the same section."""
        statement = self.statements[number]
        near = self.statements[max(number - before, 0) : number + after + 1]
        return "\n".join([*statement.labels, *(other.words for other in near if other.section == statement.section)])


def read(passages: Iterable[Passage]) -> Text:
    """The statements of a text's passages. An introduction ends in a colon and leads the items or the passage below it."""
    found: list[Statement] = []
    heading, lead, section = "", "", 0
    for passage in passages:
        title = _BOLD_HEADING.fullmatch(passage.text.strip())
        if passage.heading or title:
            heading, lead, section = _NUMBER.sub("", seen(title[1] if title else passage.text)), "", section + 1
            found.append(Statement(heading, (), section, passage, 0, len(passage.text), heading=True))
            continue
        own = _statements(passage, tuple(filter(None, (heading, lead, seen(passage.column)))), section)
        found += own
        if (
            own
            and not passage.cell
            and not own[-1].words.endswith((".", "!", "?", ";", ",", " and", " or"))
            and not passage.item
        ) or (own and own[-1].words.endswith(":")):
            lead = own[-1].words
        elif not passage.item and not passage.cell:
            lead = ""
    return Text(tuple(found))


def _statements(passage: Passage, labels: tuple[str, ...], section: int) -> list[Statement]:
    found = []
    for start, end in _bounds(passage):
        words = seen(passage.text[start:end])
        if words:
            label = _LABEL.match(words)
            own = (*labels, label[1].strip()) if label else labels
            found.append(Statement(words, own, section, passage, start, end))
    return found


def _bounds(passage: Passage) -> Iterator[tuple[int, int]]:
    """Where each statement of a passage starts and ends: at full stops, and at the lines of a list without marks."""
    text = passage.text
    ends = [
        found.end() for found in _END.finditer(text) if not _SHORT.search(text[max(0, found.end() - 9) : found.end()])
    ]
    if len(passage.starts) > 1:
        ends = sorted({*ends, *_line_ends(passage)})
    start = 0
    for end in (*ends, len(text)):
        while end - start > LONGEST:
            cut = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
            cut = cut if cut > start else start + LONGEST
            yield start, cut
            start = cut
        yield start, end
        start = end


def _line_ends(passage: Passage) -> Iterator[int]:
    """Where a line ends that reads as an entry of its own: it is short, and the next one starts with a capital or a label."""
    text, starts = passage.text, [start for start, _, _ in passage.starts]
    for begin, following in pairwise(starts):
        line, rest = text[begin:following].strip(), text[following : following + _SHORT_LINE].lstrip("*_ ")
        if rest[:1].isupper() and (len(line) < _SHORT_LINE or _LABEL.match(rest)) and not line.endswith((",", ";")):
            yield following


def seen(text: str) -> str:
    """The words that readers see, in lower case, with one sign for each address."""
    if "[" in text:
        text = _LINK.sub(_words_of_link, _FOOTNOTE.sub("", text))
    if "@" in text:
        text = _MAIL.sub(lambda found: OFFICER_MAIL if _OFFICER.match(found[0]) else MAIL, text)
    if "." in text or "://" in text:
        text = _WEB.sub(WEB, text)
    return " ".join(text.translate(_PLAIN).lower().split())


def _words_of_link(link: re.Match[str]) -> str:
    target = (link[2] or "").strip()
    if _MAIL.match(target) or _MAIL.fullmatch(link[1].strip()):
        return f"{link[1] if '@' not in link[1] else ''} {target if '@' in target else link[1]}"
    return f"{'' if _WEB.fullmatch(link[1].strip()) else link[1]} {WEB if target else ''}"
