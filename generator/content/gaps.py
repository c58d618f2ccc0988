"""Signs of words that are still to be written: gaps of templates and filler.

`check` and `import` read this list. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from generator.content import marks

_TAGS = (
    "a|abbr|acronym|address|applet|area|article|aside|audio|b|base|bdi|bdo|big|blockquote|body|br|button|canvas|caption|center"
    "|cite|code|col|colgroup|data|datalist|dd|del|details|dfn|dialog|dir|div|dl|dt|em|embed|fieldset|figcaption|figure|font"
    "|footer|form|frame|frameset|h[1-6]|head|header|hgroup|hr|html|i|iframe|img|input|ins|kbd|label|legend|li|link|main|map"
    "|mark|menu|meta|meter|nav|noscript|object|ol|optgroup|option|output|p|param|picture|pre|progress|q|rp|rt|ruby|s|samp"
    "|script|search|section|select|slot|small|source|span|strike|strong|style|sub|summary|sup|svg|table|tbody|td|template"
    "|textarea|tfoot|th|thead|time|title|tr|track|tt|u|ul|var|video|wbr"
)
"""Elements of HTML (HTML Standard, index of elements, with the old ones)."""
TAG = rf"</?(?:{_TAGS})(?:\s[^<>]{{0,300}})?/?>"
"""A tag of HTML, in lower case or compared without case."""
_BLANK = r"(?:\\?_){4,}|(?<=[^\s_\\][ \t])(?:\\?_){3}(?![_\\])|\.{6,}|…{3,}"
_ANGLES = (
    r"(?:<<|&lt;&lt;)[^<>&\n]{1,60}(?:>>|&gt;&gt;)"
    rf"|(?<!\]\()(?:<|&lt;)(?![A-Za-z]+:\S)(?!(?i:(?:{_TAGS})(?:\s[^<>]{{0,300}})?/?(?:>|&gt;)))[A-Za-z][^<>&@\n]{{0,40}}(?:>|&gt;)"
)
_BRACES = r"\{\{[^{}\n]{1,60}\}\}|«[^»\n]{1,140}»"
_SQUARE = r"(?<!\!)\[(?P<square>[^\[\]]+)\]"
_DATE = r"(?<![\w/])(?i:xx/xx/xx(?:xx)?)(?![\w/])"
GAP = re.compile("|".join((_SQUARE, _BLANK, _ANGLES, _BRACES, _DATE)))
"""A gap of a template, in text or in Markdown. `square` are words in square brackets, which may be a link's too."""
FILLER = re.compile(
    r"\blorem ipsum\b|\bdolor sit amet\b|\b(?:TBC|TBD|TBA|TODO|FIXME)\b|(?<![\w/])[Xx]{3,}(?![\w/])|(?i:\bto be (?:confirmed|completed|added)\b)"
    r"|(?i:\b(?:text|content) (?:goes|to go) here\b)|(?i:\blorem\b)"
    r"|(?i:\b(?:consectetur|adipiscing|sed do eiusmod|incididunt|ut enim ad minim|quis nostrud|duis aute|excepteur sint|vestibulum"
    r"|pellentesque|curabitur|phasellus|praesent|maecenas|suspendisse|nulla facilisi|aliquam erat|nemo enim ipsam|sed ut perspiciatis)\b)"
)
"""Words that stand for others, and the filler Latin of programs for page layout."""
_EDITORIAL = re.compile(r"\d{4}|sic|\.\.\.|…")
"""The text in square brackets of a citation such as [2004] EWCA, or for a cut in a quotation."""
_BOX = ("", "x")


@dataclass(frozen=True)
class Gap:
    """A gap or filler in a text: from where to where it reaches, and its words."""

    start: int
    end: int
    text: str

    @property
    def mark(self) -> str | None:
        """The mark that takes its place; None for what is plain enough as it stands."""
        if self.text.startswith("[") or FILLER.fullmatch(self.text):
            return None
        wanted = self.text.strip("<>{}«» ")
        return marks.text(wanted if any(map(str.isalnum, wanted)) else WANTED)


WANTED = "what belongs here"
"""The words of a mark that takes the place of a row of underscores or full stops."""


def editorial(words: str) -> bool:
    """Whether words in square brackets are an editor's: the year of a citation, or a cut in a quotation."""
    return _EDITORIAL.fullmatch(words.strip()) is not None


def found_in(text: str) -> Iterator[Gap]:
    """The gaps and the filler of a text without links, in order."""
    reached = 0
    places = [*GAP.finditer(text), *FILLER.finditer(text)]
    for place in sorted(places, key=lambda match: match.start()):
        square = place.groupdict().get("square")
        kept = square is not None and (editorial(square) or square.strip().lower() in _BOX)
        if kept or place.start() < reached:
            continue
        reached = place.end()
        yield Gap(place.start(), place.end(), place[0])


def marked(text: str) -> str:
    """The text with a mark to fill in for each gap that could be taken for words."""
    parts, end = list[str](), 0
    for gap in found_in(text):
        parts += [text[end : gap.start], gap.mark or gap.text]
        end = gap.end
    return "".join([*parts, text[end:]])
