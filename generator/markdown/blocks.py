"""The blocks of a text as CommonMark reads them: lists, quotations, tables, code, headings, HTML, paragraphs.

The way is that of CommonMark's appendix, "A parsing strategy": each line goes on with the open blocks that it can, then
starts new ones. Tables are GitHub's; footnotes and lists of definitions those of Pandoc. Columns count as in CommonMark:
a tab is the spaces to the next multiple of four. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum, auto
from itertools import pairwise

from generator.markdown import inlines
from generator.markdown.inlines import LABEL, normal


class Kind(Enum):
    """The kind of a block."""

    DOCUMENT = auto()
    QUOTE = auto()
    LIST = auto()
    ITEM = auto()
    DEFINITIONS = auto()
    TERM = auto()
    MEANING = auto()
    FOOTNOTE = auto()
    PARAGRAPH = auto()
    HEADING = auto()
    RULE = auto()
    CODE = auto()
    FENCE = auto()
    HTML = auto()
    TABLE = auto()


_CONTAINERS = {
    *(Kind.DOCUMENT, Kind.QUOTE, Kind.LIST, Kind.ITEM, Kind.DEFINITIONS, Kind.MEANING, Kind.FOOTNOTE),
}
_FOR = {Kind.ITEM: Kind.LIST, Kind.TERM: Kind.DEFINITIONS, Kind.MEANING: Kind.DEFINITIONS}
"""The only blocks allowed in a list or in a list of definitions."""


@dataclass(eq=False)
class Block:
    """A block with its `children`, or its `lines`. `start` and `end` are the first and last line that are not empty."""

    kind: Kind
    start: int
    end: int
    parent: Block | None = None
    children: list[Block] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    open: bool = True
    mark: str = ""
    """The sign of a list or fence, the label of a footnote, where HTML ends."""
    number: int = 0
    """The level of a heading, the number that a list starts with, the column at which an item's text starts."""
    aligns: tuple[str, ...] = ()
    """How the columns of a table are aligned."""
    ordinary: bool = True
    """Whether the last line of a paragraph could be the head of a table."""

    @property
    def ends_at_empty_line(self) -> bool:
        """Whether HTML ends at an empty line, and not behind a tag or sign of its own as code and comments do."""
        return self.mark in (_EMPTY_LINE, _TAG_LINE)

    @property
    def tight(self) -> bool:
        """Whether no empty line parts the items of a list, or what is in them."""
        if self.kind is Kind.LIST:
            return not _parted(self.children) and not any(_parted(item.children) for item in self.children)
        meanings = [group for group in _groups(self.children) if group]
        return not any(_parted(group) or any(_parted(one.children) for one in group) for group in meanings)


def _parted(blocks: list[Block]) -> bool:
    return any(after.start > before.end + 1 for before, after in pairwise(blocks))


def _groups(blocks: list[Block]) -> list[list[Block]]:
    """The meanings of each term."""
    groups: list[list[Block]] = [[]]
    for block in blocks:
        if block.kind is Kind.TERM:
            groups.append([])
        else:
            groups[-1].append(block)
    return groups


@dataclass
class Document:
    """The blocks of a text, and what they define."""

    root: Block
    references: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Addresses and titles by label."""
    abbreviations: dict[str, str] = field(default_factory=dict)


_QUOTE = re.compile(r"> ?")
_HEADING = re.compile(r"(#{1,6})(?:[ ]+(.*))?$")
_FENCE = re.compile(r"(`{3,})[^`]*$|(~{3,})")
_UNDERLINE = re.compile(r"(=+|-+) *$")
_RULE = re.compile(r"([-*_])(?: *\1){2,} *$")
_ITEM = re.compile(r"([-+*])(?= |$)|(\d{1,9})([.)])(?= |$)")
_MEANING = re.compile(r"[:~] +(?=[^ ])")
_FOOTNOTE = re.compile(r"\[\^([^\]\s]+)\]:")
_ABBREVIATION = re.compile(r" {0,3}\*\[([^\]\\]+)\] ?: *(\S.*)$")
_DEFINED = re.compile(r" {0,3}\*?\[[^\]]+\]:")
"""A definition right below a footnote, where `compose` and many editors put it, is none of its words."""
_ALIGN = re.compile(r":?-+:?")
_ALIGNS = {(True, True): "center", (True, False): "left", (False, True): "right", (False, False): ""}
_ENDS = {"<!--": "-->", "<?": "?>", "<![CDATA[": "]]>", "<!": ">"}
_VERBATIM = re.compile(r"<(?:script|pre|style|textarea)(?=[\s>]|$)", re.I)
_VERBATIM_END = "</script>|</pre>|</style>|</textarea>"
_BLOCKS = (
    "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|"
    "fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|"
    "menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|"
    "track|ul"
)
_BLOCK_TAG = re.compile(rf"</?(?:{_BLOCKS})(?=[\s/>]|$)", re.I)
_ANY_TAG = re.compile(rf"(?:{inlines.OPEN_TAG}|{inlines.CLOSE_TAG})\s*$")
_AROUND_TEXT = re.compile(
    r"</?(?:address|article|aside|blockquote|center|details|dialog|div|fieldset|figure|footer|form|header|main|nav|"
    r"section)(?:\s[^<>]*)?>\s*$|.*</(?:summary|figcaption)>\s*$",
    re.I,
)
"""A line that is only the tag of a box around text, below which Markdown is read."""
_EMPTY_LINE, _TAG_LINE = "", "tag"
"""Where HTML of the seventh and of the sixth kind ends: at an empty line."""


def read(text: str) -> Document:
    """The blocks of a text."""
    reader = _Reader()
    for line in text.split("\n"):
        reader.line(line.expandtabs(4))
    return reader.finished()


class _Reader:
    """Reads line by line. `tip` is the innermost open block."""

    def __init__(self) -> None:
        self.document = Document(Block(Kind.DOCUMENT, 0, 0))
        self.tip = self.document.root
        self.number = 0
        self.starts: tuple[Callable[[Block, str, int, str], tuple[Block, str] | None], ...] = (
            self._quote,
            self._heading,
            self._fence,
            self._html,
            self._table,
            self._underlined,
            self._rule,
            self._item,
            self._footnote,
            self._meaning,
        )

    def finished(self) -> Document:
        """The document, when every line was read."""
        self._close_below(self.document.root)
        self._close(self.document.root)
        return self.document

    def line(self, line: str) -> None:
        """The next line."""
        self.number += 1
        block, rest = self.document.root, line
        while block.children and (inner := block.children[-1]).open:
            if inner.kind is Kind.FENCE and _closes(inner, rest):
                self._reaches(inner)
                self._close_below(block)
                return
            below = _continued(inner, rest)
            if below is None:
                break
            block, rest = inner, below
            if inner.kind is Kind.QUOTE:
                self._reaches(inner)
        goes_on = block is self.tip
        block, rest, started = self._new_blocks(block, rest)
        lazy = not started and not goes_on and rest.strip(" ") and self.tip.kind is Kind.PARAGRAPH
        if lazy and not (_DEFINED.match(rest) and self.tip.parent and self.tip.parent.kind is Kind.FOOTNOTE):
            self._more(self.tip, rest, ordinary=False)
        else:
            self._close_below(block)
            self._text(block, rest)

    def _new_blocks(self, block: Block, rest: str) -> tuple[Block, str, bool]:
        """The blocks that start on the line: the innermost, what is left of the line, and whether there is any."""
        started = False
        while block.kind in _CONTAINERS or block.kind in (Kind.PARAGRAPH, Kind.TABLE):
            text = rest.lstrip(" ")
            indent = len(rest) - len(text)
            if not text:
                break
            if indent >= 4:
                lazy = self.tip.kind is Kind.PARAGRAPH and not started
                if not lazy:
                    block, rest, started = self._add(block, Kind.CODE), rest[4:], True
                break
            found = next((new for start in self.starts if (new := start(block, text, indent, rest))), None)
            if found is None:
                break
            block, rest = found
            started = True
        return block, rest, started

    def _text(self, block: Block, rest: str) -> None:
        """The rest of a line, in the innermost block that it belongs to."""
        if block.kind is Kind.FENCE and block.start == self.number:
            return
        if block.kind in (Kind.CODE, Kind.FENCE, Kind.HTML):
            self._more(block, rest)
            if block.kind is Kind.HTML and block.mark not in (_EMPTY_LINE, _TAG_LINE) and _html_ends(block, rest):
                self._close(block)
                self.tip = block.parent or block
        elif not rest.strip(" "):
            if block.kind is Kind.PARAGRAPH:
                self._close_below(block.parent or block)
        elif block.kind in (Kind.PARAGRAPH, Kind.TABLE):
            self._more(block, rest.strip(" ") if block.kind is Kind.TABLE else rest)
        elif block.kind in _CONTAINERS:
            self._more(self._add(block, Kind.PARAGRAPH), rest)

    def _more(self, block: Block, rest: str, ordinary: bool = True) -> None:
        if block.kind is Kind.PARAGRAPH:
            text = rest.lstrip(" ")
            block.ordinary = ordinary and len(rest) - len(text) < 4
            rest = text
        block.lines.append(rest)
        if rest.strip(" ") or block.kind is Kind.FENCE:
            self._reaches(block)

    def _reaches(self, block: Block) -> None:
        """The block, and each that it is in, goes as far as this line."""
        at: Block | None = block
        while at is not None:
            at.end = self.number
            at = at.parent

    def _add(self, parent: Block, kind: Kind) -> Block:
        """A new block in the parent, or in the nearest that may have it."""
        while parent.kind not in _CONTAINERS or (
            parent.kind in _FOR.values() and _FOR.get(kind) is not parent.kind and parent.parent
        ):
            parent = parent.parent or self.document.root
        self._close_below(parent)
        block = Block(kind, self.number, self.number, parent)
        parent.children.append(block)
        self._reaches(block)
        self.tip = block
        return block

    def _close_below(self, block: Block) -> None:
        """Close the open blocks inside a block."""
        while self.tip is not block and self.tip.parent is not None:
            self._close(self.tip)
            self.tip = self.tip.parent

    def _close(self, block: Block) -> None:
        block.open = False
        if block.kind is Kind.PARAGRAPH:
            block.lines = self._without_definitions(block.lines)
        elif block.kind is Kind.CODE:
            while block.lines and not block.lines[-1].strip(" "):
                block.lines.pop()

    def _without_definitions(self, lines: list[str]) -> list[str]:
        """The lines of a paragraph without the links and abbreviations that it defines."""
        kept = []
        for line in lines:
            if found := _ABBREVIATION.match(line) if line.startswith("*[") else None:
                self.document.abbreviations.setdefault(found[1], found[2].strip())
            else:
                kept.append(line)
        if not kept or not kept[0].startswith("["):
            return kept
        text, at = "\n".join(kept), 0
        while (found_at := self._definition(text, at)) is not None:
            at = found_at
        return text[at:].split("\n") if at < len(text) else []

    def _definition(self, text: str, at: int) -> int | None:
        """Read `[label]: address "title"`; where the next line starts, or None where there is no definition."""
        found = LABEL.match(text, at)
        if found is None or not found[1].strip() or text[found.end() : found.end() + 1] != ":":
            return None
        start = inlines.after_space(text, found.end() + 1)
        target = inlines.destination(text, start)
        if target is None or target[1] == start:
            return None
        address, end = target
        rest_of_line = _line_end(text, end)
        following = inlines.after_space(text, end)
        said = inlines.title(text, following) if following > end else None
        name = ""
        if said and (titled := _line_end(text, said[1])) is not None:
            name, rest_of_line = said[0], titled
        if rest_of_line is None:
            return None
        self.document.references.setdefault(normal(found[1]), (address, name))
        return rest_of_line

    # What may start on a line: the new block with what is left of the line, or None.

    def _quote(self, block: Block, text: str, _indent: int, _rest: str) -> tuple[Block, str] | None:
        found = _QUOTE.match(text)
        return (self._add(block, Kind.QUOTE), text[found.end() :]) if found else None

    def _heading(self, block: Block, text: str, _indent: int, _rest: str) -> tuple[Block, str] | None:
        found = _HEADING.match(text) if text[0] == "#" else None
        if found is None:
            return None
        heading = self._add(block, Kind.HEADING)
        heading.number = len(found[1])
        heading.lines = [_unclosed(found[2] or "")]
        return heading, ""

    def _fence(self, block: Block, text: str, indent: int, _rest: str) -> tuple[Block, str] | None:
        found = _FENCE.match(text) if text[0] in "`~" else None
        if found is None:
            return None
        fence = self._add(block, Kind.FENCE)
        fence.mark, fence.number = found[1] or found[2], indent
        return fence, ""

    def _html(self, block: Block, text: str, _indent: int, rest: str) -> tuple[Block, str] | None:
        mark = _html_mark(text) if text[0] == "<" else None
        if mark is None and text[0] == "<" and block.kind in _CONTAINERS and _ANY_TAG.match(text):
            lazy = self.tip.kind is Kind.PARAGRAPH
            mark = None if lazy else _EMPTY_LINE
        if mark is None:
            return None
        html = self._add(block, Kind.HTML)
        html.mark = mark
        return html, rest

    def _table(self, block: Block, text: str, _indent: int, _rest: str) -> tuple[Block, str] | None:
        if block.kind is not Kind.PARAGRAPH or not block.ordinary or text[0] not in "|:-":
            return None
        aligns = _aligns(text)
        head = block.lines[-1].strip(" ")
        if aligns is None or "|" not in head or len(cells(head)) != len(aligns):
            return None
        block.lines.pop()
        block.end = self.number - 2
        table = self._add(block, Kind.TABLE)
        table.start = self.number - 1
        table.lines, table.aligns = [head], aligns
        if not block.lines and table.parent:
            table.parent.children.remove(block)
        return table, ""

    def _underlined(self, block: Block, text: str, _indent: int, _rest: str) -> tuple[Block, str] | None:
        if block.kind is not Kind.PARAGRAPH or text[0] not in "=-" or not _UNDERLINE.match(text):
            return None
        block.lines = self._without_definitions(block.lines)
        if not block.lines:
            return None
        block.kind, block.number = Kind.HEADING, 1 if text[0] == "=" else 2
        self._reaches(block)
        return block, ""

    def _rule(self, block: Block, text: str, _indent: int, _rest: str) -> tuple[Block, str] | None:
        return (self._add(block, Kind.RULE), "") if text[0] in "-*_" and _RULE.match(text) else None

    def _item(self, block: Block, text: str, indent: int, _rest: str) -> tuple[Block, str] | None:
        found = _ITEM.match(text) if text[0] in "-+*0123456789" else None
        if found is None:
            return None
        after = text[found.end() :]
        blank = not after.strip(" ")
        if block.kind is Kind.PARAGRAPH and (blank or (found[2] and int(found[2]) != 1)):
            return None
        spaces = len(after) - len(after.lstrip(" "))
        padding = 1 if blank or spaces > 4 else spaces
        mark = found[1] or found[3]
        if block.kind is not Kind.LIST or block.mark != mark:
            block = self._add(block, Kind.LIST)
            block.mark, block.number = mark, int(found[2]) if found[2] else 0
        item = self._add(block, Kind.ITEM)
        item.number = indent + len(found[0]) + padding
        return item, after[padding:]

    def _footnote(self, block: Block, text: str, _indent: int, _rest: str) -> tuple[Block, str] | None:
        found = _FOOTNOTE.match(text) if text.startswith("[^") else None
        if found is None:
            return None
        footnote = self._add(block, Kind.FOOTNOTE)
        footnote.mark = found[1]
        after = text[found.end() :]
        return footnote, after[4:] if after.startswith("    ") else after

    def _meaning(self, block: Block, text: str, indent: int, _rest: str) -> tuple[Block, str] | None:
        if text[0] not in ":~" or not _MEANING.match(text):
            return None
        if block.kind is Kind.PARAGRAPH:
            term = block
            term.lines = self._without_definitions(term.lines)
            if not term.lines:
                return None
        else:
            term = block.children[-1] if block.children else block
            one_line = term.kind is Kind.PARAGRAPH and bool(term.lines)
            ended = one_line and term.start == term.end == self.number - 2
            if block.kind is not Kind.DEFINITIONS and not ended:
                return None
        if block.kind is not Kind.DEFINITIONS:
            block = self._as_terms(term)
        meaning = self._add(block, Kind.MEANING)
        meaning.number = indent + 2
        return meaning, text[2:]

    def _as_terms(self, paragraph: Block) -> Block:
        """The list of definitions in which each line of a paragraph is a term."""
        parent = paragraph.parent or self.document.root
        self._close_below(parent)
        parent.children.remove(paragraph)
        before = parent.children[-1] if parent.children else None
        if before is None or before.kind is not Kind.DEFINITIONS:
            before = Block(Kind.DEFINITIONS, paragraph.start, paragraph.end, parent)
            parent.children.append(before)
        before.open = True
        self.tip = before
        for number, line in enumerate(paragraph.lines, paragraph.start):
            before.children.append(Block(Kind.TERM, number, number, before, lines=[line], open=False))
        return before


def _continued(block: Block, rest: str) -> str | None:
    """The rest of a line that goes on with an open block; None where it does not."""
    text = rest.lstrip(" ")
    indent = len(rest) - len(text)
    if block.kind in (Kind.LIST, Kind.DEFINITIONS):
        return rest
    if block.kind is Kind.QUOTE:
        found = _QUOTE.match(text) if indent < 4 else None
        return text[found.end() :] if found else None
    if block.kind in (Kind.ITEM, Kind.MEANING, Kind.FOOTNOTE):
        column = 4 if block.kind is Kind.FOOTNOTE else block.number
        if not text:
            return rest[column:] if block.children or block.kind is Kind.FOOTNOTE else None
        return rest[column:] if indent >= column else None
    if block.kind is Kind.FENCE:
        return rest[min(indent, block.number) :]
    if block.kind is Kind.CODE:
        return rest[4:] if indent >= 4 or not text else None
    if block.kind is Kind.HTML:
        return rest if _html_goes_on(block, text, indent) else None
    goes_on = block.kind is Kind.PARAGRAPH or (block.kind is Kind.TABLE and indent < 4)
    return rest if text and goes_on else None


def _unclosed(heading: str) -> str:
    """A heading's text without the row of `#` that may close it, which stands alone or behind a space."""
    text = heading.rstrip(" ")
    bare = text.rstrip("#")
    return (bare if not bare or bare.endswith(" ") else text).strip(" ")


def _closes(fence: Block, rest: str) -> bool:
    text = rest.strip(" ")
    indent = len(rest) - len(rest.lstrip(" "))
    return indent < 4 and len(text) >= len(fence.mark) and set(text) == {fence.mark[0]}


def _html_mark(text: str) -> str | None:
    """Where a block of HTML ends that starts so; None where it is none of CommonMark's first six kinds."""
    for start, end in _ENDS.items():
        if text.startswith(start) and (start != "<!" or "a" <= text[2:3].lower() <= "z"):
            return end
    if _VERBATIM.match(text):
        return _VERBATIM_END
    if _BLOCK_TAG.match(text):
        return _TAG_LINE
    return None


def _html_ends(block: Block, line: str) -> bool:
    return any(end in line.lower() for end in block.mark.lower().split("|"))


def _html_goes_on(block: Block, text: str, indent: int) -> bool:
    if block.mark not in (_EMPTY_LINE, _TAG_LINE):
        return True
    if not text:
        return False
    inside = block.mark == _TAG_LINE and _AROUND_TEXT.match(block.lines[-1].strip(" "))
    return not inside or text[0] == "<" or indent >= 4


def _aligns(text: str) -> tuple[str, ...] | None:
    """How the columns are aligned, by the line below a table's head; None where the line is none."""
    if not set(text) <= set("|:- ") or len(text.rstrip(" ")) < 2 or text[:2] == "- ":
        return None
    columns = text.strip(" ").split("|")
    aligns = []
    for index, column in enumerate(columns):
        mark = column.strip(" ")
        if not mark and index in (0, len(columns) - 1):
            continue
        if not _ALIGN.fullmatch(mark):
            return None
        aligns.append(_ALIGNS[mark.startswith(":"), mark.endswith(":")])
    return tuple(aligns)


def cells(row: str) -> list[str]:
    """The cells of a row of a table; `\\|` is no end of a cell."""
    found = [part.replace("\\|", "|").strip(" ") for part in re.split(r"(?<!\\)\|", row.strip(" "))]
    if found and not found[0]:
        found.pop(0)
    if found and not found[-1]:
        found.pop()
    return found


def _line_end(text: str, at: int) -> int | None:
    """Where the next line starts, if only spaces are left on this one."""
    end = text.find("\n", at)
    end = len(text) if end < 0 else end
    return min(end + 1, len(text)) if not text[at:end].strip(" ") else None
