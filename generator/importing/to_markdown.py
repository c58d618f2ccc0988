"""Blocks to Markdown that says the same wherever it is read: by this site's library and by CommonMark.

html-to-markdown lays the blocks out. The text goes through it as signs for private use, so that nothing in it is taken
for a mark, and comes out with exactly the escapes that it needs.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from urllib.parse import quote

from html_to_markdown import ConversionError, ConversionOptions, HiddenContent, convert

from generator.content import marks
from generator.importing.escapes import escaped, protected
from generator.importing.refusal import NotTaken
from generator.importing.tree.blocks import LINE_END, Block, Mark, Span, plain, tidy

OPTIONS = ConversionOptions(
    extract_metadata=False,
    bullets="-",
    br_in_tables=True,
    escape_misc=True,
    escape_asterisks=True,
    escape_underscores=True,
    skip_images=True,
    hidden_content=HiddenContent.ALL,
    sup_symbol="<sup>",
    sub_symbol="<sub>",
)
_NOT_LAID_OUT = ("This document cannot be laid out whole.", "Import it in smaller pieces.")
APART = "<!-- -->"
"""Between two lists of one kind, which would else be read as one."""
_DIGITS = 0xE200
_PIECE = re.compile("\ue101([\ue200-\ue20f]{5})")
_BLOCK_LINE = re.compile("^(.*?)\ue102([\ue200-\ue20f]{5})[ ]*$")
_URL_SAFE = "/:?#@!$&'*+,;=%-._~"
_NAMES = {"strong": "**", "em": "*"}


def markdown(blocks: Sequence[Block]) -> str:
    """The Markdown of blocks, without a line end at its end. Headings have the level that they have."""
    writer = _Writer()
    text = writer.document(blocks)
    notes = [block for block in blocks if block.kind == "notes"]
    return "\n\n".join([*([text] if text else []), *(writer.footnotes(note) for note in notes)])


class _Writer:
    """Writes blocks as HTML whose text cannot be misread, has it laid out, and puts the text back."""

    def __init__(self) -> None:
        self.kept: list[str] = []

    def document(self, blocks: Sequence[Block]) -> str:
        """The Markdown of some blocks."""
        lines: list[str] = []
        for line in _laid_out(self.html(blocks)).strip("\n").split("\n"):
            lines += self.whole_blocks(line)
        return self.with_text(_apart(lines))

    def whole_blocks(self, line: str) -> list[str]:
        """A line, or the lines of the table, definitions or code that it is the place of."""
        found = _BLOCK_LINE.match(line)
        if not found:
            return [line]
        indent = re.sub(r"[^> ]", " ", found[1])
        first, *rest = self.kept[_number(found[2])].split("\n")
        return [found[1] + first, *((indent + other).rstrip() for other in rest)]

    def html(self, blocks: Sequence[Block]) -> str:
        """The HTML of blocks."""
        parts, before = [], ""
        for block in blocks:
            if block.kind in ("ul", "ol") and before == block.kind:
                parts.append(self.keep(APART))
            parts.append(self.block(block))
            before = block.kind if block.kind != "notes" else before
        return "".join(parts)

    def block(self, block: Block) -> str:
        """The HTML of one block."""
        if block.kind == "p":
            return f"<p>{self.line(block.spans)}</p>"
        if block.kind == "h":
            one_line = tidy([Span(span.text.replace(LINE_END, " "), span.marks) for span in block.spans])
            return f"<h{block.level}>{self.line(one_line)}</h{block.level}>"
        if block.kind in ("ul", "ol"):
            items = "".join(f"<li>{self.item(item)}</li>" for item in block.items)
            start = f' start="{block.start}"' if block.kind == "ol" and block.start != 1 else ""
            return f"<{block.kind}{start}>{items}</{block.kind}>"
        if block.kind == "quote":
            return f"<blockquote>{self.html(block.items[0])}</blockquote>"
        if block.kind == "hr":
            return "<hr>"
        if block.kind == "table":
            return self.keep(self.table(block))
        if block.kind == "dl":
            return self.keep(self.definitions(block))
        if block.kind == "pre":
            return self.keep(_fenced(plain(block.spans)))
        return ""

    def item(self, blocks: Sequence[Block]) -> str:
        """An item of a list: its first paragraph without a paragraph's marks where only lists follow."""
        if blocks and blocks[0].kind == "p" and all(block.kind in ("ul", "ol") for block in blocks[1:]):
            return self.line(blocks[0].spans) + self.html(blocks[1:])
        return self.html(blocks)

    def table(self, block: Block) -> str:
        """A table, laid out on its own so that its place may be inside a list."""
        rows = []
        for number, row in enumerate(block.rows):
            tag = "td" if number else "th"
            cells = (f"<{tag}>{self.line(cell).replace(LINE_END, '<br>')}</{tag}>" for cell in row)
            rows.append(f"<tr>{''.join(cells)}</tr>")
        content = _laid_out(f"<table>{''.join(rows)}</table>")
        return self.with_text(re.sub(r"  +", " ", content).rstrip("\n").replace("-|", "- |"))

    def definitions(self, block: Block) -> str:
        """Terms and meanings in the form `: meaning`."""
        lines: list[str] = []
        for kind, inside in zip(block.anchors, block.items, strict=True):
            text = self.document(inside)
            if kind == "dt":
                lines += ["", *text.split("\n")] if not lines or lines[-1].startswith((":", " ")) else text.split("\n")
            else:
                first, *rest = text.split("\n")
                lines += [f":   {first}", *(f"    {line}".rstrip() for line in rest)]
        return "\n".join(lines).strip("\n")

    def footnotes(self, block: Block) -> str:
        """The text of footnotes, each with its number."""
        notes = []
        for number, inside in zip(block.anchors, block.items, strict=True):
            first, *rest = self.document(inside).split("\n")
            notes.append("\n".join([f"[^{_note_name(number)}]: {first}", *(f"    {line}".rstrip() for line in rest)]))
        return "\n\n".join(notes)

    def keep(self, text: str) -> str:
        """A paragraph that stands for some finished Markdown."""
        self.kept.append(text)
        return f"<p>\ue102{_digits(len(self.kept) - 1)}</p>"

    def piece(self, text: str) -> str:
        """Signs that stand for some Markdown within a line."""
        self.kept.append(text)
        return f"\ue101{_digits(len(self.kept) - 1)}"

    def line(self, spans: Sequence[Span]) -> str:
        """The HTML of some text with its marks as signs."""
        return self._marked(list(spans), 0, "", "").replace(LINE_END, "<br>")

    def _marked(self, spans: list[Span], depth: int, before: str, after: str) -> str:
        """Text whose marks from `depth` on are to be written; `before` and `after` are the characters around it."""
        parts: list[str] = []
        index = 0
        while index < len(spans):
            span = spans[index]
            if len(span.marks) <= depth:
                parts.append(protected(span.text))
                index += 1
                continue
            mark, end = span.marks[depth], index
            while end < len(spans) and len(spans[end].marks) > depth and spans[end].marks[depth] == mark:
                end += 1
            inside, lead, trail = _trimmed(spans[index:end])
            previous = lead[-1:] or (spans[index - 1].text[-1:] if index else before)
            following = trail[:1] or (spans[end].text[:1] if end < len(spans) else after)
            text = self._with_mark(mark, inside, depth, previous, following) if inside else ""
            parts += [protected(lead), text, protected(trail)]
            index = end
        return "".join(parts)

    def _with_mark(self, mark: Mark, spans: list[Span], depth: int, before: str, after: str) -> str:
        kind, value = mark
        text = plain(spans)
        if kind == "footnote":
            return self.piece(f"[^{_note_name(value)}]")
        if kind == "literal":
            return self.piece(text)
        if kind == "mark" and value not in ("placeholder", "merge field"):
            return self._marked(spans, depth + 1, before, after)
        if kind == "mark":
            return self.piece(marks.text(" ".join(text.split()).replace("]", ")").replace("[", "(")))
        if kind == "code" and not any("`" in span.text or LINE_END in span.text for span in spans):
            return self.piece(f"`{text}`")
        if kind == "code":
            return self._marked(spans, depth + 1, before, after)
        if kind == "a":
            inner = self._marked(spans, depth + 1, "[", "]")
            return self.piece("[") + inner + self.piece(f"]({_address(value)})")
        inner_marks = any(len(span.marks) > depth + 1 for span in (spans[0], spans[-1]))
        if kind in _NAMES and not inner_marks and _can_be_marked(text, before, after):
            inner = self._marked(spans, depth + 1, "*", "*")
            return self.piece(_NAMES[kind]) + inner + self.piece(_NAMES[kind])
        inner = self._marked(spans, depth + 1, ">", "<")
        return self.piece(f"<{kind}>") + inner + self.piece(f"</{kind}>")

    def with_text(self, text: str) -> str:
        """The Markdown with its text in place of the signs, escaped where it has to be."""
        lines = [escaped(line) for line in text.split("\n")]
        return _PIECE.sub(lambda found: self.kept[_number(found[1])], "\n".join(lines))


def _laid_out(html: str) -> str:
    """HTML as Markdown. `NotTaken` where the library says that it left something out."""
    try:
        result = convert(html, OPTIONS)
    except ConversionError as failure:
        raise NotTaken(*_NOT_LAID_OUT) from failure
    if result.warnings:
        raise NotTaken(*_NOT_LAID_OUT)
    return result.content or ""


def _apart(lines: list[str]) -> str:
    """An empty line before a quotation, which html-to-markdown leaves out."""
    result: list[str] = []
    for line in lines:
        if line.startswith(">") and result and result[-1] and not result[-1].startswith(">"):
            result.append("")
        result.append(line)
    return "\n".join(result)


def _trimmed(spans: list[Span]) -> tuple[list[Span], str, str]:
    """Spans without the blanks at their two ends, and those blanks."""
    text = plain(spans)
    if not text.strip():
        kept = [span for span in spans if any(mark[0] == "footnote" for mark in span.marks)]
        return kept, "" if kept else text, ""
    lead, trail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    result = list(spans)
    cut = len(lead)
    while cut:
        taken = min(cut, len(result[0].text))
        result[0] = Span(result[0].text[taken:], result[0].marks)
        cut -= taken
        result = result if result[0].text else result[1:]
    cut = len(trail)
    while cut:
        taken = min(cut, len(result[-1].text))
        result[-1] = Span(result[-1].text[: len(result[-1].text) - taken], result[-1].marks)
        cut -= taken
        result = result if result[-1].text else result[:-1]
    return result, lead, trail


def _can_be_marked(text: str, before: str, after: str) -> bool:
    """Whether asterisks around a text are read as marks (CommonMark 0.31, 6.2: left- and right-flanking)."""
    opens = not _punctuation(text[0]) or not before or before.isspace() or _punctuation(before)
    closes = not _punctuation(text[-1]) or not after or after.isspace() or _punctuation(after)
    return opens and closes and "*" not in (text[0], text[-1], before, after) and LINE_END not in text


def _punctuation(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "PS"


def _digits(number: int) -> str:
    return "".join(chr(_DIGITS + int(digit, 16)) for digit in f"{number:05x}")


def _number(digits: str) -> int:
    return int("".join(f"{ord(sign) - _DIGITS:x}" for sign in digits), 16)


def _note_name(number: str) -> str:
    return re.sub(r"[^A-Za-z0-9-]", "", number) or "1"


def _address(url: str) -> str:
    """An address that ends where it should: brackets, blanks and quotation marks as percent signs."""
    return quote(url, safe=_URL_SAFE) if url else "#"


def _fenced(text: str) -> str:
    """Code between fences longer than any run of backticks in it."""
    longest = max((len(run) for run in re.findall(r"`{3,}", text)), default=2)
    fence = "`" * (longest + 1)
    return f"{fence}\n{text}\n{fence}"
