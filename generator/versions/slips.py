"""Which differences between two texts are slips of the pen, so that no fact and no rule can hide behind a "typo". Pure.

A slip changes a word of five letters or more into one within two strokes of it, or takes out a word that was written twice.
Everything else counts as another text: digits, short words, signs, words for numbers, days and months, words that forbid
or allow, and prefixes that turn a word into its opposite. A slip that is refused costs an editor another kind; a
change of meaning that passes for a slip costs residents their say.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from generator.versions.telling_words import COUNTRIES

SHORTEST = 5
"""Letters that both words of a slip have at least: "not" and "now" are two strokes apart."""
STROKES = 2
PREFIXES = ("un", "in", "im", "il", "ir", "dis", "non", "mis")
WELSH_PREFIXES = ("an", "di")
_ADDRESS = r"[^\s@]{1,64}@\S+|https?://\S+|\b[A-Za-z0-9-]{1,63}(?:\.[A-Za-z]{2,63})+(?:/\S*)?"
_WORD = re.compile(rf"{_ADDRESS}|[^\W\d_]+(?:[’'-][^\W\d_]+)*|\S")
_NAMES = """
three seven eight eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty
sixty seventy eighty ninety hundred thousand million first second third fourth fifth sixth seventh eighth ninth tenth
pedwar pedair chwech wythfed pedwerydd pumed chweched seithfed nawfed degfed deunaw ugain deugain trigain cyntaf canfed
monday tuesday wednesday thursday friday saturday sunday january february march april august september october
november december ionawr chwefror mawrth ebrill mehefin gorffennaf hydref tachwedd rhagfyr
consent content contact contract police policy health wealth public publish caniatâd
"""
_RULES = """
never neither either nobody nothing nowhere cannot without within unless except hardly rarely every always
could would should shall might ought required allowed erioed peidio oddieithr heblaw dylai gallai fyddai rhaid
"""
NAMED = frozenset(_NAMES.split()) | {country.casefold() for country in COUNTRIES}
"""Numbers, days, months, countries and words of the law: one may be mended, and never becomes another (seven and seventy,
Austria and Australia, contact and contract)."""
RULING = frozenset(_RULES.split())
"""Words that forbid, allow, promise or turn a sentence into its opposite (never and every): no slip may touch one."""


def words_of(text: str) -> list[str]:
    """A text as its words; every digit and every sign is one of its own, and an address is one word, which no slip mends."""
    return _WORD.findall(unicodedata.normalize("NFC", text))


def only_slips(old: Sequence[str], new: Sequence[str], language: str) -> bool:
    """Whether one text becomes the other by slips alone.

    Word stands against word in order; the old text may have more words only where one follows itself. All ways to pair
    them are followed at once: `reached` are the lengths of the new text that the old one can become so far.
    """
    if old == new:
        return True
    reached = {0}
    for index, word in enumerate(old):
        after = {at + 1 for at in reached if at < len(new) and is_slip(word, new[at], language)}
        if index and word.isalpha() and word.casefold() == old[index - 1].casefold():
            after |= reached  # the second of two equal words goes
        reached = after
    return len(new) in reached


def is_slip(old: str, new: str, language: str) -> bool:
    """Whether a word is another one, mended; the same word is."""
    if old == new:
        return True
    if min(len(old), len(new)) < SHORTEST or not (old.isalpha() and new.isalpha()):
        return False
    lower = {old.casefold(), new.casefold()}
    if len(lower) == 2 and (lower & RULING or lower <= NAMED):
        return False
    return _prefixes(old, language) == _prefixes(new, language) and distance(old, new) <= STROKES


def _prefixes(word: str, language: str) -> list[str]:
    """The prefixes of negation that a word begins with."""
    known = PREFIXES + (WELSH_PREFIXES if language == "cy" else ())
    return [prefix for prefix in known if word.casefold().startswith(prefix)]


@lru_cache(4096)
def distance(one: str, other: str) -> int:
    """Damerau-Levenshtein: the fewest letters to add, take out, replace or swap with a neighbour.

    The unrestricted form, which is a metric (Lowrance and Wagner, 1975): letters may be changed after they were swapped.
    """
    far = len(one) + len(other)
    costs = {(-1, -1): far}
    for row in range(len(one) + 1):
        costs[row, -1], costs[row, 0] = far, row
    for column in range(len(other) + 1):
        costs[-1, column], costs[0, column] = far, column
    last_row: dict[str, int] = {}  # where each letter of `other` was last met in `one`
    for row, letter in enumerate(one, 1):
        last_column = 0
        for column, facing in enumerate(other, 1):
            from_row, from_column = last_row.get(facing, 0), last_column
            if letter == facing:
                last_column = column
            swapped = costs[from_row - 1, from_column - 1] + (row - from_row - 1) + 1 + (column - from_column - 1)
            costs[row, column] = min(
                costs[row - 1, column - 1] + (letter != facing),
                costs[row, column - 1] + 1,
                costs[row - 1, column] + 1,
                swapped,
            )
        last_row[letter] = row
    return costs[len(one), len(other)]


def deciding(old: Sequence[str], new: Sequence[str], language: str) -> list[tuple[str, str]]:
    """The words that make it another text: each run of the old one with what took its place, empty where nothing did."""
    found = []
    for name, a1, a2, b1, b2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if name != "equal" and not only_slips(old[a1:a2], new[b1:b2], language):
            found.append((" ".join(old[a1:a2]), " ".join(new[b1:b2])))
    return found
