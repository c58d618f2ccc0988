"""The letters of names: how each language sorts them in a list, and how they are found whatever keyboard types them.
Pure.

Standard library only: the site and the consent service sort and find alike. `templates/filter.js` folds as `folded` does.

A library with every language's order (ICU) needs a compiler on the council's machine. Councils list names of services in
two or three languages, so letters count without their accents and Welsh has its own alphabet.
"""

from __future__ import annotations

import re
import unicodedata

_WELSH = re.compile("ch|dd|ff|ng|ll|ph|rh|th")
_AFTER = "\uffff"
_LETTERS = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "ŧ": "t"})
_UNHEARD = re.compile("['\u2019\u2018\u02bc`\u00b4\"\u201c\u201d]")
_UNSEEN = frozenset({"Mn", "Mc", "Me", "Cf"})


def place_in_order(text: str, language: str) -> tuple[str, str]:
    """The sort key of a name: its letters without case, accents and apostrophes, then the name itself.

    In Welsh ch, dd, ff, ng, ll, ph, rh and th are letters of their own, after c, d, f, g, l, p, r and t (the Welsh
    alphabet).
    """
    plain = folded(text)
    if language.partition("-")[0] == "cy":
        plain = _WELSH.sub(lambda letter: letter[0][0] + _AFTER, plain)
    return plain, text


def folded(text: str) -> str:
    """A text without case, accents, apostrophes and signs that nobody sees, with one kind of hyphen."""
    apart = unicodedata.normalize("NFKD", text).casefold().translate(_LETTERS)
    seen = (sign for sign in apart if unicodedata.category(sign) not in _UNSEEN)
    return _UNHEARD.sub("", "".join("-" if unicodedata.category(sign) == "Pd" else sign for sign in seen))
