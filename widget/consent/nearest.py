"""The notices whose titles are nearest to what somebody typed with a letter or two wrong: to be offered, never taken. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher, get_close_matches

from widget.alphabet import folded
from widget.consent.offers import Choice

WORD = re.compile(r"\w+")
NEAR = 0.7
"""How alike two words are at least, as difflib counts it: two wrong letters of seven."""
WHOLE = 0.8
"""The same for a whole title, where a space was forgotten or put in."""
WITHIN = 0.1
"""How much less alike than the best one a title may be to be offered beside it."""
SHORT = 3
"""Words of so many letters say little: they count where nothing longer was typed."""
LONGEST = 255
MOST_WORDS = 6
MOST_OFFERED = 5


def nearest(typed: str, among: Iterable[Choice]) -> list[Choice]:
    """A few notices, the most alike first; none where nothing is alike."""
    every = WORD.findall(folded(typed[:LONGEST]))
    words = ([word for word in every if len(word) > SHORT] or every)[:MOST_WORDS]
    if not words:
        return []
    titles = [(choice, WORD.findall(folded(choice.title))) for choice in among]
    known = {word for _, title in titles for word in title}
    near = [_alike(word, known) for word in words]
    joined = "".join(every)
    scores = [(_score(title, near, joined), choice) for choice, title in titles]
    alike = sorted(((score, choice) for score, choice in scores if score), key=lambda one: -one[0])
    return [choice for score, choice in alike if score >= alike[0][0] - WITHIN][:MOST_OFFERED]


def _alike(word: str, known: Iterable[str]) -> dict[str, float]:
    """The known words that are near to one, and how near."""
    found = get_close_matches(word, sorted(known), n=20, cutoff=NEAR)
    return {one: SequenceMatcher(None, one, word).ratio() for one in found}


def _score(title: Sequence[str], near: Sequence[Mapping[str, float]], joined: str) -> float:
    """How alike a title is: 0 where a typed word is near to none of its words, nor the whole to the whole."""
    best = [max((alike.get(word, 0.0) for word in title), default=0.0) for alike in near]
    whole = SequenceMatcher(None, "".join(title), joined)
    as_one = whole.ratio() if whole.real_quick_ratio() >= WHOLE and whole.quick_ratio() >= WHOLE else 0.0
    words = sum(best) / len(best) if all(best) else 0.0
    return max(words, as_one if as_one >= WHOLE else 0.0)
