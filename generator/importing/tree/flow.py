"""The content of one element as paragraphs and blocks: text is collected until a block comes, with the marks around it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from generator.importing.tree.blocks import LINE_END, Block, Mark, Span, tidy
from generator.importing.tree.inert import DEAD, Element, classes_of, style, tag_of, words_in
from generator.importing.tree.reads import Reads
from generator.importing.words import clean

HEADINGS = {f"h{level}": level for level in range(1, 7)}
BLOCKS = frozenset(HEADINGS) | frozenset(
    {"address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details"}
    | {"dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form"}
    | {"header", "hgroup", "hr", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "search"}
    | {"section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"}
)
MARKS = {
    **dict.fromkeys(("b", "strong"), "strong"),
    **dict.fromkeys(("i", "em", "cite", "dfn", "var"), "em"),
    **dict.fromkeys(("s", "strike", "del"), "s"),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), "code"),
    "sup": "sup",
    "sub": "sub",
}
_BOLD = re.compile(r"font-weight:(bold|bolder|[6-9]00)")
_NORMAL = re.compile(r"font-weight:(normal|lighter|[1-4]00)")


class Flow:
    """The content of one element: collects text until a block comes, then goes on."""

    def __init__(self, reader: Reads) -> None:
        self.reader = reader
        self.blocks: list[Block] = []
        self.run: list[Span] = []
        self.after_picture = False

    def walk(self, element: Element, marks: tuple[Mark, ...]) -> None:
        """Take all that is inside an element."""
        self.text(element.text, marks)
        for child in element:
            tag = tag_of(child)
            if tag and tag not in DEAD:
                self.child(child, tag, marks)
            self.text(child.tail, marks)

    def child(self, child: Element, tag: str, marks: tuple[Mark, ...]) -> None:
        """Take one element: a block, something inside a line, or what is only noted."""
        if tag in BLOCKS:
            self.flush()
            self.reader.note_anchor(child)
            self.blocks += self.reader.block(child, marks)
        elif tag == "br":
            self.reader.note_anchor(child)
            self.run.append(Span(LINE_END))
        elif tag == "img":
            self.image(child, marks)
        elif "footnote-ref" in classes_of(child):
            number = next((a.get("href", "").rpartition("fn-")[2] for a in child.iter("a")), "")
            self.run.append(Span("", (("footnote", number or words_in(child)),)))
        else:
            self.run += [Span("", (("anchor", name),)) for name in anchors_of(child)]
            if tag == "q":
                self.run.append(Span("“", marks))
            own = self.marks(child, tag, marks)
            if tag in ("input", "select", "textarea", "option", "button", "label", "rt"):
                self.text(" ", marks)
            self.walk(child, own)
            if tag == "q":
                self.run.append(Span("”", marks))

    def marks(self, child: Element, tag: str, marks: tuple[Mark, ...]) -> tuple[Mark, ...]:
        """The marks of text inside an element of a line."""
        css = style(child)
        if tag == "a" and child.get("href") is not None:
            marks = (*(mark for mark in marks if mark[0] != "a"), ("a", (child.get("href") or "").strip()))
        elif tag == "mark" and child.get("data-kind"):
            marks = (*marks, ("mark", child.get("data-kind") or ""))
        elif tag in MARKS and not (MARKS[tag] == "strong" and _NORMAL.search(css)):
            marks = _with(marks, MARKS[tag])
        if tag not in MARKS and _BOLD.search(css):
            marks = _with(marks, "strong")
        if tag not in MARKS and "font-style:italic" in css:
            marks = _with(marks, "em")
        if tag == "abbr" and child.get("title"):
            self.reader.lose("explanation on hover", child, f"{words_in(child)}: {clean(child.get('title') or '')}")
        return marks

    def image(self, child: Element, marks: tuple[Mark, ...]) -> None:
        """A picture's alternative text in its place; the picture itself is noted."""
        alt = clean(child.get("alt") or "").strip()
        self.reader.lose("picture", child, alt)
        if alt:
            self.after_picture = True
            self.reader.added.append(alt)
            self.text(alt, marks)
            self.after_picture = True

    def text(self, text: str | None, marks: tuple[Mark, ...]) -> None:
        """Take some text."""
        if not text or not (cleaned := clean(text)):
            return
        before = self.run[-1].text[-1:] if self.run else ""
        if self.after_picture and before not in ("", " ", "(", "“", "‘") and cleaned[0].isalnum():
            cleaned = f" {cleaned}"
        self.after_picture = False
        self.run.append(Span(cleaned, marks))

    def flush(self) -> None:
        """End the paragraph. Two line ends in a row end one too."""
        run, self.run = self.run, []
        ends = max((index for index, span in enumerate(run) if span.text.strip()), default=-1)
        self.reader.wait_for_block(_anchors(run[: ends + 1]))
        for spans in _paragraphs(span for span in run if not _anchors([span])):
            if tidied := tidy(spans):
                self.blocks.append(Block("p", tidied, anchors=self.reader.take_anchors()))
        self.reader.wait_for_block(_anchors(run[ends + 1 :]), of_heading=True)


def anchors_of(element: Element) -> list[str]:
    """An element's id, and the name of an `<a>`."""
    names = [element.get("id"), element.get("name") if tag_of(element) == "a" else None]
    return list(dict.fromkeys(name for name in names if name))


def _anchors(run: Iterable[Span]) -> list[str]:
    return [value for span in run for kind, value in span.marks if kind == "anchor"]


def _paragraphs(run: Iterable[Span]) -> Iterator[list[Span]]:
    """A run of text cut where two line ends follow each other."""
    part: list[Span] = []
    ends = 0
    for span in run:
        if span.text == LINE_END:
            ends += 1
        elif span.text.strip() or (span.marks and span.marks[-1][0] == "footnote"):
            if ends > 1:
                yield part
                part = []
            part += [Span(LINE_END)] if ends == 1 and part else []
            ends = 0
            part.append(span)
        elif not ends:
            part.append(span)
    yield part


def _with(marks: tuple[Mark, ...], kind: str) -> tuple[Mark, ...]:
    return marks if (kind, "") in marks else (*marks, (kind, ""))
