"""Signs that nobody sees, and the one Unicode form that every text of an editor's is read in. Pure.

Word, web pages and chat programs put such signs into what is copied from them. They break mail addresses, links, ids,
searches and Markdown's marks.
"""

from __future__ import annotations

import re
import unicodedata

_SPACELESS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
"""Thai, Lao, Burmese and Khmer, which write no spaces: there a zero-width space tells where a line may break."""
UNSEEN = re.compile(f"[\u00ad\u2060-\u2064\ufeff]|(?<![{_SPACELESS}])\u200b|\u200b(?![{_SPACELESS}])")
"""Soft hyphens, word joiners, byte order marks and zero-width spaces. Joiners that letters and emoji need stay."""


def seen(text: str) -> str:
    """The text in NFC, without signs that nobody sees and that mean nothing."""
    return unicodedata.normalize("NFC", UNSEEN.sub("", text))
