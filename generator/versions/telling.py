"""The meaning of changed words to residents: whether they read like another period, recipient, purpose, basis or
country. Pure.

A fact says for certain that it changed; words only read so. Sentences that came or went are set against each other,
and the differences of the pairs are reported: times, amounts and ages, words of the law, countries, negations, and
what follows the verbs of sharing, keeping and using. A text that says the same in other words can be read wrongly
here: an editor then says so, and it is published as asked.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property, lru_cache

from generator.content.section_order import ORDER
from generator.versions import telling_words as known
from generator.versions.html_passages import ADDRESS, passages_in
from generator.versions.slips import STROKES, is_slip
from generator.versions.telling_words import Topic
from generator.versions.version import SectionHtml

_WORD = re.compile(r"[£$€]?\d+(?:[.,]\d+)*%?|\w+(?:['-]\w+)*")
_CLITIC = re.compile(r"'(?:s|r|n|i|ch|u|m|w|th)$")
"""Endings that English and Welsh hang on a word: `council's`, `gyda'r`."""
_ENDS = (".", "!", "?")
MOST_PAIRS = 1_000_000
"""Sentences of one text times those of the other, up to which they are set against each other in order."""
MOST_WORDS = 4_000_000
"""Words that went times words that came, up to which each sentence is looked at for the one that it became."""
MOST_FORMS = 2_000
"""Words of a text among which another form of a word is looked for."""
ALIKE = 0.5
"""From which share of equal words on a sentence is another one, rewritten."""
MOVED = 5
"""Words from which on a sentence means the same wherever it stands: a cell of a table does not."""
SHOWN = 14
"""Words that a quotation may have."""
_PASSING = known.COMMON | known.AUXILIARIES | known.NEGATIONS | known.NUMBERS.keys() | known.UNITS.keys()
"""Words that carry nothing by themselves, or that are read as numbers and times."""
_SIGNS = ".,;:()“”‘’'\""
"""Signs that may stand around a name."""
_PERIOD, _AMOUNT, _AGE, _BASIS, _COUNTRY, _OWN, _NOT = (
    "a time",
    "an amount",
    "an age",
    "the legal basis",
    "where information goes",
    "what is done with information",
    "what is done and what is not",
)


@dataclass(frozen=True)
class Told:
    """A meaning that changed words suggest: where, the words before and after (empty where there were none), about
    what."""

    where: str
    before: str
    after: str
    about: str


@dataclass(frozen=True)
class Sentence:
    """A sentence, an item of a list or a cell, with what it speaks of by the words or the heading that lead in to it."""

    words: tuple[str, ...]
    where: str
    topic: Topic | None = None

    @property
    def text(self) -> str:
        """Its words as an editor reads them, the first ones only where it is long."""
        return _short(self.words)

    @cached_property  # several questions are asked about each sentence, and several sentences are set against it
    def folded(self) -> tuple[str, ...]:
        """Its words as they are compared."""
        return tuple(_folded(self.words))

    @property
    def key(self) -> tuple[tuple[str, ...], str]:
        """Two sentences with the same key are one."""
        return self.folded, self.topic.name if self.topic else ""


def told(
    old: Iterable[tuple[SectionHtml, str]], new: Iterable[tuple[SectionHtml, str]], language: str
) -> Iterator[Told]:
    """Everything that the sections, each with its heading in plain words, seem to say otherwise than before."""
    before, after = list(_sentences(old)), list(_sentences(new))
    found = list(_compared(before, after, language))
    if not found:  # which sentence became which can read otherwise from the other end
        found = [Told(one.where, one.after, one.before, one.about) for one in _compared(after, before, language)]
    yield from found


def _compared(before: Sequence[Sentence], after: Sequence[Sentence], language: str) -> Iterator[Told]:
    for gone, come in _hunks(before, after):
        yield from _judged(gone, come, language)


def _sentences(sections: Iterable[tuple[SectionHtml, str]]) -> Iterator[Sentence]:
    for section, where in sections:
        yield from _of_section(section.id, section.html, where)


@lru_cache(4096)
def _of_section(section: str, html: str, where: str) -> tuple[Sentence, ...]:
    found: list[Sentence] = []
    given = known.SECTION_TOPICS.get(section) if section in ORDER else _topic_of(_folded(where.split()))
    lead: Topic | None = None
    for passage in passages_in(html):
        listed = passage.kind == "item" or len(passage.words) < MOVED
        if not listed:
            lead = None
        for words in _split(passage.words):
            found.append(Sentence(words, where, (lead or given) if listed else None))
        if passage.words[-1].endswith(":"):
            lead = _topic_of(_folded(passage.words))
    return tuple(found)


def _split(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    start = 0
    for at, word in enumerate(words):
        if word.rstrip("”’)\"'").endswith(_ENDS):
            yield words[start : at + 1]
            start = at + 1
    if start < len(words):
        yield words[start:]


def _topic_of(words: Sequence[str]) -> Topic | None:
    """The topic of a heading, or of a sentence that leads in to a list, where one of its verbs is among the words.

    "The information that we use" leads in to information, not to what it is used for: that takes a "why", "how" or "to".
    """
    found = next((topic for topic in known.TOPICS if not topic.verbs.isdisjoint(words)), None)
    if found is known.USING and known.TO_WHAT_END.isdisjoint(words):
        return None
    return found


@lru_cache(16384)
def _fold(word: str) -> tuple[str, ...]:
    """A word in small letters without signs around it; `don't` is `do not`. An address is one word."""
    plain = unicodedata.normalize("NFC", word).replace("’", "'")
    if word.startswith(ADDRESS) or "@" in word or "/" in word.strip("/"):
        return ()
    found: list[str] = []
    for piece in _WORD.findall(plain):
        small = piece.casefold()
        if small.endswith("n't"):
            found += ["can" if small == "can't" else small[:-3], "not"]
        elif small == "cannot":
            found += ["can", "not"]
        else:
            found.append(_CLITIC.sub("", small))
    return tuple(found)


def _folded(words: Iterable[str]) -> list[str]:
    return [piece for word in words for piece in _fold(word)]


def _hunks(old: Sequence[Sentence], new: Sequence[Sentence]) -> Iterator[tuple[list[Sentence], list[Sentence]]]:
    """The sentences that went and came at one place; those that only moved are neither."""
    before, after = ([sentence.key for sentence in sentences] for sentences in (old, new))
    moved = Counter(before) - Counter(after), Counter(after) - Counter(before)

    def changed(sentences: Sequence[Sentence], left: Counter[tuple[tuple[str, ...], str]]) -> list[Sentence]:
        found = []
        for sentence in sentences:
            key = sentence.key
            if len(key[0]) < MOVED:
                found.append(sentence)
            elif left[key]:
                left[key] -= 1
                found.append(sentence)
        return found

    if len(old) * len(new) > MOST_PAIRS:
        yield changed(old, moved[0]), changed(new, moved[1])
        return
    for name, a1, a2, b1, b2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if name != "equal":
            yield changed(old[a1:a2], moved[0]), changed(new[b1:b2], moved[1])


def _pairs(
    gone: list[Sentence], come: list[Sentence]
) -> tuple[list[tuple[Sentence, Sentence]], list[Sentence], list[Sentence]]:
    """Each sentence that went with the one that it became, and those that became none or came from none."""
    if len(gone) == len(come) == 1:
        return [(gone[0], come[0])], [], []
    if sum(len(one.words) for one in gone) * sum(len(one.words) for one in come) > MOST_WORDS:
        return [], gone, come
    pairs, alone, left = [], [], list(come)
    matchers = {new: SequenceMatcher(None, (), new.folded, autojunk=False) for new in left}
    for old in gone:
        ratios = [_ratio(old, matchers[new]) for new in left]
        closest = max(range(len(left)), key=ratios.__getitem__, default=None)
        if closest is not None and ratios[closest] >= ALIKE:
            pairs.append((old, left.pop(closest)))
        else:
            alone.append(old)
    return pairs, alone, left


def _ratio(old: Sentence, new: SequenceMatcher[str]) -> float:
    """The share of equal words of a sentence and of one that came; 0 where it is below `ALIKE`."""
    new.set_seq1(old.folded)
    could_be = new.real_quick_ratio() >= ALIKE and new.quick_ratio() >= ALIKE
    return new.ratio() if could_be else 0


def _judged(gone: list[Sentence], come: list[Sentence], language: str) -> Iterator[Told]:
    """The differences in meaning between the changed sentences of one place, one answer a sentence.

    A sentence that was cut in two, or two that became one, say the same between them: a sentence of the other side
    that has no pair counts for all.
    """
    pairs, gone_alone, come_alone = _pairs(gone, come)
    gone_too, come_too = _Side.of(gone_alone), _Side.of(come_alone)
    for old, new in pairs:
        about = _differ(old, new, gone_too, come_too, language)
        if about:
            before, after = _apart(old.words, new.words)
            yield Told(new.where, before, after, about)
    whole_old, whole_new = _Side.of(gone), _Side.of(come)
    for new in come_alone:
        if about := _says(new, whole_old, language):
            yield Told(new.where, "", new.text, about)
    for old in gone_alone:
        if about := _says(old, whole_new, language):
            yield Told(old.where, old.text, "", about)


@dataclass(frozen=True)
class _Side:
    """The meaning of several sentences together."""

    said: Counter[tuple[str, str]]
    words: frozenset[str]
    negations: int

    @staticmethod
    def of(sentences: Sequence[Sentence]) -> _Side:
        said: Counter[tuple[str, str]] = Counter()
        words: set[str] = set()
        for sentence in sentences:
            said += _said(sentence, alone=False)
            words.update(sentence.folded)
        return _Side(said, frozenset(words), sum(map(_negations, sentences)))


def _differ(old: Sentence, new: Sentence, gone: _Side, come: _Side, language: str) -> str:
    """The difference in meaning between a sentence and the one it became; empty where they say the same."""
    before, after = _said(old, alone=False), _said(new, alone=False)
    less, more = before - after - come.said, after - before - gone.said
    if found := min(less + more, default=None):
        return found[0]
    if _negations(old) != _negations(new) and _negations(old) + gone.negations != _negations(new) + come.negations:
        return _NOT
    lost = _weighty(old, {*new.folded, *come.words}, language)
    return lost or _weighty(new, {*old.folded, *gone.words}, language) or _renamed(old, new)


def _says(sentence: Sentence, other: _Side, language: str) -> str:
    """The part of a sentence's meaning that the other side lacks; empty where nothing counts."""
    if found := min(_said(sentence, alone=True) - other.said, default=None):
        return found[0]
    return _weighty(sentence, other.words, language) or (
        "who is named" if not known.HELPERS.isdisjoint(sentence.folded) and _names(sentence) else ""
    )


def _said(sentence: Sentence, *, alone: bool) -> Counter[tuple[str, str]]:
    """Times, amounts, ages, words of the law and countries in a sentence; `alone` where there is none to set it
    against."""
    words = sentence.folded
    found = Counter((_COUNTRY, name) for name in _countries(sentence))
    found.update((_OWN, word) for word in words if word in known.OWN_ACCORD)
    for at, word in enumerate(words):
        number = known.NUMBERS.get(word, word)
        if word in known.FOR_EVER:
            found[_PERIOD, "for ever"] += 1
        elif word[0] in "£$€" or word.endswith("%"):
            found[_AMOUNT, word] += 1
        elif number.isdecimal():
            found.update(_measured(words, at, number))
    if not alone or not known.BASIS_MARKERS.isdisjoint(words):
        spaced = f" {' '.join(words)} "
        for phrase in known.BASIS_PHRASES:
            if times := spaced.count(f" {phrase} "):
                found[_BASIS, phrase] = times
    return found


def _measured(words: Sequence[str], at: int, number: str) -> Iterator[tuple[str, str]]:
    """The time, the age or the article that a number stands for, if it does: those of addresses and lists stand for
    none."""
    before = words[at - 1] if at else ""
    following = [word for word in words[at + 1 : at + 4] if word not in known.BETWEEN]
    unit = known.UNITS.get(following[0]) if following else None
    if before in ("article", "erthygl"):
        yield _BASIS, " ".join(words[at - 1 : at + 3])
    elif unit and not (words[at] in ("a", "an", "un") and before in ("once", "such")):
        yield _PERIOD, f"{number} {unit}"
    elif _begins_range(following):
        yield _PERIOD, number
    elif words[at].isdecimal() and (before in known.BEFORE_AGE or following[:1] == ["oed"]):
        yield _AGE, number


def _begins_range(following: Sequence[str]) -> bool:
    """Whether a number is the lower one of two: `1 to 7 years`."""
    rest = [word for word in following if word not in ("to", "or", "and", "i", "neu")]
    return len(rest) > 1 and rest[0].isdecimal() and rest[1] in known.UNITS


def _countries(sentence: Sentence) -> Iterator[str]:
    for word in sentence.words:
        plain = word.strip(_SIGNS)
        plain = plain.removesuffix("’s").removesuffix("'s")
        if plain in known.COUNTRIES or plain.casefold() in known.ABROAD:
            yield plain


def _negations(sentence: Sentence) -> int:
    """How many words of a sentence deny or restrict; Welsh `ni` does at its beginning, and means "we" anywhere else."""
    words = sentence.folded
    return sum(word in known.NEGATIONS for word in words) + (words[:1] == ("ni",))


def _weighty(sentence: Sentence, other: Collection[str], language: str) -> str:
    """The topic of a sentence in words that the other text lacks; empty where nothing counts."""
    others = {*other, *(known.NUMBERS[word] for word in other if word in known.NUMBERS)}
    words = sentence.folded
    for topic in known.TOPICS:
        told = words if sentence.topic is topic else _point(words, topic, language)
        days = {word for word in told if topic is known.KEEPING and word.isdecimal()}
        telling = (
            word
            for word in told
            if word in days or (word not in topic.verbs and word not in topic.weak and _counts(word))
        )
        if any(not _known(word, others, language) for word in telling):
            return topic.name
    return ""


def _point(words: Sequence[str], topic: Topic, language: str) -> Sequence[str]:
    """The words after the verb of a topic and one of its markers; nothing where the sentence does not speak of it.

    An English sentence that begins with its verb asks the reader to do something; a Welsh one begins with its verb
    anyway.
    """
    for at, word in enumerate(words):
        if word in topic.verbs or (word in topic.weak and not known.INFORMATION.isdisjoint(words)):
            if (at == 0 and language == "en") or _by_yourself(words, at):
                continue
            if word in topic.markers:
                return words
            marker = next((index for index in range(at + 1, len(words)) if words[index] in topic.markers), None)
            if marker is not None:
                return words[marker + 1 :]
    return ()


def _by_yourself(words: Sequence[str], at: int) -> bool:
    """Whether it is the reader who does what the verb at a place says."""
    before = at - 1
    while before >= 0 and words[before] in known.AUXILIARIES and words[before] not in known.YOURSELF:
        before -= 1
    return before >= 0 and (words[before] in known.YOURSELF or words[before].endswith("wch"))


def _counts(word: str) -> bool:
    return len(word) > 1 and word.replace("-", "").isalpha() and word not in _PASSING


def _known(word: str, others: set[str], language: str) -> bool:
    """Whether a word is among others, in any form; a long text is asked for the very word alone."""
    return word in others or (len(others) <= MOST_FORMS and any(_alike(word, other, language) for other in others))


@lru_cache(16384)
def _alike(one: str, other: str, language: str) -> bool:
    """Whether two words are one: a slip, another ending, or a Welsh mutation."""
    if one[0] == other[0] and abs(len(one) - len(other)) <= STROKES and is_slip(one, other, language):
        return True
    shorter, longer = sorted((one, other), key=len)
    if (
        longer.startswith(shorter)
        and len(shorter) >= 3
        and longer[len(shorter) :] in ("s", "es", "d", "ed", "ing", "au")
    ):
        return True
    mutated = language == "cy" and len(shorter) >= 4 and len(longer) - len(shorter) <= 2
    return mutated and (longer[2:] == shorter[1:] or longer[1:] == shorter[1:] or longer[1:] == shorter)


def _names(sentence: Sentence) -> set[str]:
    """Words with a capital, the first one too where a verb of helpers follows it."""
    words = [word.strip(_SIGNS) for word in sentence.words]
    return {
        word
        for at, word in enumerate(words)
        if word[:1].isupper() and (at or _counts(word.casefold())) and word.casefold() not in known.COMMON
    }


def _renamed(old: Sentence, new: Sentence) -> str:
    """Whether another name is in a sentence's place of one, or beside it, where it does not say whom to ask."""
    words = {*old.folded, *new.folded}
    if not known.ASKING.isdisjoint(words):
        return ""
    if not known.HELPERS.isdisjoint(words):
        return "who is named" if _names(old) != _names(new) else ""
    to_you = not known.YOURSELF.isdisjoint(words) or any(word.endswith("wch") for word in words)
    return "" if to_you or not (_new_names(old, new) or _new_names(new, old)) else "who is named"


def _new_names(old: Sentence, new: Sentence) -> bool:
    """Whether a name within a sentence is none of the other's words. Its first word has a capital anyway."""
    others = set(old.folded)
    return any(name.casefold() not in others for name in _names(new) - {new.words[0]})


def _apart(old: tuple[str, ...], new: tuple[str, ...]) -> tuple[str, str]:
    """The words by which two sentences differ, with a word on either side so that each can be found in the text."""
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    start, end = max(start - 1, 0), max(end - 1, 0)
    return _short(old[start : len(old) - end]), _short(new[start : len(new) - end])


def _short(words: Sequence[str]) -> str:
    """The first words, an address behind a link in brackets as it is."""
    shown = " ".join(word.removeprefix(ADDRESS) for word in words[:SHOWN])
    return f"{shown} …" if len(words) > SHOWN else shown
