"""Characters of a Word file as everybody's fonts have them."""

from __future__ import annotations

import re

from mammoth.docx.dingbats import dingbats  # type: ignore[import-untyped]

BULLETS = "•·▪▫◦‣∙●○■□◆◇➢➤❖"
_UNSEEN = re.compile("[\u00ad\u200b\ufeff]")
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")
_FONTS = frozenset(font for font, _ in dingbats)
_USUAL = {0xB7: "•", 0x6F: "◦", 0xA7: "▪", 0xA8: "▪", 0xD8: "➢", 0x76: "❖", 0xFC: "✓", 0xFE: "☑"}
"""Signs that Word puts before the items of lists, where the font is not told."""


def symbol(font: str, code: int) -> str:
    """A character of a symbol font; empty where it has no equal."""
    code &= 0xFF if code >= 0xF000 else 0xFFFF  # symbol fonts are laid at U+F000
    known = dingbats.get((font, code))
    return chr(known) if known else _USUAL.get(code, "")


def readable(text: str, font: str) -> str:
    """Text without soft hyphens and other signs that nobody sees, and with symbols as characters of their own."""
    if font in _FONTS:
        text = "".join(symbol(font, ord(sign)) or sign for sign in text)
    text = _PRIVATE.sub(lambda found: symbol(font, ord(found[0])), text)
    return _UNSEEN.sub("", text)
