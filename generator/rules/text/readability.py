"""Sentences, syllables and reading age, worked out offline with rules of our own for English.

The reading age is the Flesch-Kincaid grade plus five years: 0.39 x words per sentence + 11.8 x syllables per word - 15.59.
Syllables are groups of vowels, less a silent final e or ed, plus one for endings such as -ia, -io or -le that a group
hides. It is near enough to compare texts and not a measure of whether somebody understands one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from generator.rules.passages import Passage

_LINK = re.compile(r"!?\[([^\[\]]*)\](?:\([^()]{0,2000}\)|\[[^\[\]]*\])?")
_ADDRESS = re.compile(r"<?(?:https?://|www\.|mailto:)\S+|[^\s@]{1,64}@\S+")
_IN_ADDRESSES = ("@", "://", "www.", "mailto:")
"""One of these is in every address."""
_BEHIND = ".,;:!?…>)]\"'”’*_"
_WORD = re.compile(r"[^\W_]+(?:['’\-.][^\W_]+)*")
_ENDING = re.compile(r"(?:[.!?…]{1,4}[\"”’')\]*_]{0,4}|[:;])(?=\s|$)")
_SHORT = re.compile(r"(?:\b(?:e\.g|i\.e|etc|no|art|para|s|ss|mr|mrs|ms|dr|st|ltd|vs)|\b(?-i:[A-Z]))\.$", re.I)


@dataclass(frozen=True)
class Sentence:
    """One sentence of a passage; `offset` is where it starts there."""

    words: tuple[str, ...]
    offset: int


def sentences(passage: Passage) -> Iterator[Sentence]:
    """The sentences of a passage, without link targets and addresses."""
    text = _blanked(passage.text)
    start = 0
    for found in _ENDING.finditer(text):
        if _SHORT.search(text[max(start, found.end() - 8) : found.end()]) and found.end() < len(text):
            continue
        yield from _sentence(text, start, found.end())
        start = found.end()
    yield from _sentence(text, start, len(text))


def _blanked(text: str) -> str:
    """The text with everything that is not read aloud as spaces, so that offsets stay."""
    if "[" in text:
        text = _LINK.sub(
            lambda found: found[1].rjust(found.start(1) - found.start() + len(found[1])).ljust(len(found[0])), text
        )
    if any(sign in text for sign in _IN_ADDRESSES):
        text = _ADDRESS.sub(_as_one_word, text)
    return text


def _as_one_word(address: re.Match[str]) -> str:
    """An address as one short word; a full stop behind it still ends its sentence."""
    end = len(address[0].rstrip(_BEHIND))
    return "x".ljust(end) + address[0][end:]


def _sentence(text: str, start: int, end: int) -> Iterator[Sentence]:
    words = list(_WORD.finditer(text, start, end))
    if words:
        yield Sentence(tuple(word[0] for word in words), words[0].start())


_WELSH_NAME = re.compile(
    r"Ll|Rh|Ff|[A-Z][a-z]*(?:dd|ngh|[b-df-hj-np-tvxz]w(?:[b-df-hj-np-tvxz]|$))|[CGPBDT]w[b-df-hj-np-tvxz]|Y[nsr]"
)
"""The look of a Welsh name, of which w is a vowel and the last e is heard: Pwllheli, Cwmbrân, Llangollen."""
_WELSH_VOWELS = re.compile(r"[aeiouwyâêîôûŵŷ]+")
_OTHER = re.compile(r"[^a-z]")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT_E = re.compile(r"[^aeiouyl]e$|[aeiouy]le$")
_SILENT_ED = re.compile(r"[^aeiouytd]ed$")
_SILENT_ES = re.compile(r"[^aeiouycgs]es$")
_HIDDEN = re.compile(r"(?<![tsc])i[aou](?!u)|(?<!q)u[ae](?=[lt])")


@lru_cache(maxsize=10_000)
def syllables(word: str) -> int:
    """How many syllables an English word or a Welsh name has, at least one. The notices of a site share most of their words."""
    if _WELSH_NAME.match(word):
        return max(len(_WELSH_VOWELS.findall(word.lower())), 1)
    plain = _OTHER.sub("", word.lower())
    groups = len(_VOWELS.findall(plain))
    groups -= sum(1 for silent in (_SILENT_E, _SILENT_ED, _SILENT_ES) if silent.search(plain))
    groups += len(_HIDDEN.findall(plain))
    return max(groups, 1)


def reading_age(found: list[Sentence]) -> float:
    """The age in years at which most people can read the sentences; 0 for none."""
    times = Counter(word for sentence in found for word in sentence.words)  # a text says most of its words many times
    count = times.total()
    if not count:
        return 0.0
    spoken = sum(syllables(word) * often for word, often in times.items())
    grade = 0.39 * count / len(found) + 11.8 * spoken / count - 15.59
    return max(grade + 5, 5.0)
