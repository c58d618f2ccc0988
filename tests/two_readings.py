"""A text's reading by us and by markdown-it-py, an independent library, and why they may differ where they do.

It has plug-ins for footnotes, definitions and attributes. `DIFFERENT_ON_PURPOSE` lists what is meant to differ, as
docs/markdown.md does.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, html_block
from markdown_it.rules_block.html_block import HTML_SEQUENCES
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline import text as text_rule
from mdit_py_plugins.attrs import attrs_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from generator.markdown.cleaning import INLINE, clean
from generator.markdown.render import Renderer

RENDERER = Renderer()
OTHER = MarkdownIt("commonmark", {"html": True, "maxNesting": 100}).enable("table")
OTHER.use(footnote_plugin, inline=False).use(deflist_plugin).use(attrs_plugin)
OTHER.validateLink = lambda _url: True  # type: ignore[method-assign]  # what is dangerous is the cleaner's to take out
SPACE = re.compile(r"\s+")
_LEVEL = re.compile(r"(</?h)[12](?=[\s>])")
_ID = re.compile(r" *\{#([^\s\"'<>&#{}]{1,100})\} *$")
_ALIGN = re.compile(r'style="text-align:(\w+)"')
BOX = re.compile(
    r"</?(?:address|article|aside|blockquote|center|details|dialog|div|fieldset|figure|footer|form|header|main|nav|section)"
    r"\b[^<>]*> *$|.*</(?:summary|figcaption)> *$",
    re.I,
)


@dataclass(frozen=True)
class Reason:
    """Why readings may differ: `mended` takes the cause out of a text, which is then read alike.

    `applies` looks at what we make of the text and at what the other library does.
    """

    mended: Callable[[str], str]
    applies: Callable[[list[str], list[str]], bool] = lambda _ours, _others: True


def _unused(ours: list[str], _others: list[str]) -> bool:
    return any(f"<li id='fn-x-{name}'>" in ours and f"<a href='#fn-x-{name}'>" not in ours for name in "npqr")


def _more_code(ours: list[str], others: list[str]) -> bool:
    """Whether the other library sees more code in blocks."""

    def code(shape: list[str]) -> int:
        return sum(
            len(after.removeprefix("text ")) for item, after in pairwise(shape) if item == "<code>" and "\n" in after
        )

    return code(others) > code(ours)


def _only_looser(ours: list[str], others: list[str]) -> bool:
    """Whether nothing differs but the tags of paragraphs."""

    def tight(shape: list[str]) -> list[str]:
        return [item for item in shape if item not in ("<p>", "</p>")]

    return tight(ours) == tight(others)


def _without(pattern: str, instead: str) -> Callable[[str], str]:
    compiled = re.compile(pattern, re.M)
    return lambda text: compiled.sub(instead, text)


_STARTS_A_BLOCK = re.compile(r"^[ >]*(?:[-+*#>]+|\d+[.)]|\[\^\w\]:|`{3}|~{3}|<[!?/\w]).*", re.M)
DIFFERENT_ON_PURPOSE = {
    "a footnote that nothing refers to is shown": Reason(lambda text: f"first[^n][^p][^q][^r]\n\n{text}", _unused),
    "several terms may share a meaning": Reason(_without(r"[:~] ", ";"), lambda ours, _: "</dt><dt>" in "".join(ours)),
    "a term and its meaning are no heading": Reason(_without(r"^([ >]*)[:~] ", r"\1;")),
    "a meaning is indented by less than four columns": Reason(_without(r"^([ >]* {2,})[:~] ", r"\1;")),
    "a definition right below a footnote is none of its words": Reason(
        _without(r"(?<=[^\n])\n(?=\[)", r"\n\n"), lambda ours, _: "<li id='fn-" in "".join(ours)
    ),
    "the start of a footnote, an item, a heading, a quotation, code or html is no head of a table": Reason(
        lambda text: _STARTS_A_BLOCK.sub(lambda line: line[0].replace("|", ";"), text)
    ),
    "a line that says what an abbreviation means is no text": Reason(_without(r"\*(?=\[[^\]\n]+\] ?:)", ";")),
    "a footnote ends a table or a quotation": Reason(_without(r"\n([ >]*\[\^\w\]:)", r"\n\n\1")),
}
"""docs/markdown.md has the same list, and Markdown below the tag of a box, by which `_box` mends the other library."""
FAULTS_OF_THE_OTHER = {
    "an entity of no sign in a title stays as it is": Reason(_without(r"&#0;", ";")),
    "brackets with brackets in them are a label": Reason(_without(r"\]\[", "];[")),
    "a backslash and two spaces at the end of a line are no break": Reason(_without(r"\\(?= )", ";")),
    "a line right below an item is the head of a table within it": Reason(
        _without(r"^([^\n]*\S[^\n]*\n) {2,}([|:-][|: -]*)$", r"\1;"), lambda ours, _: "<li" in "".join(ours)
    ),
    "a quotation goes on with a mark that is indented by four columns": Reason(_without(r"^([ >]*? {4,})>", r"\1;")),
    "a link in a picture's description within a link; a sign with a backslash in it": Reason(_without(r"!\[", ";[")),
    "a line that is indented by four and goes on with a paragraph is code": Reason(
        _without(r"^([ >]*) {4,}(?=[^ ])", r"\1 ;"), _more_code
    ),
    "a line right below a definition is outside the quotation": Reason(
        _without(r"(\[(?:[^\]\\\n]|\\.)+\]:[^\n]*)\n", r"\1\n\n")
    ),
    "the bracket behind a link's text is a space to the emphasis before it": Reason(_without(r"([*_])\]", r"\1;]")),
    "an item without text, and two empty lines, end a list": Reason(
        _without(r"^((?:[ >]*(?:[-+*]|\d+[.)]))+ *\n[ >]*\n)(?:[ >]*\n)+", r"\1")
    ),
    "an empty line at the end of code without an end parts two blocks": Reason(
        _without(r"(?:`{3,}|~{3,})[^\n]*$", ";"), _only_looser
    ),
}
"""Where markdown-it-py leaves the words of CommonMark or its reference implementation."""


def _box(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """The rule for blocks of HTML, which end below a line that is only the tag of a box, as ours do."""
    if not html_block(state, start, end, silent):
        return False

    def line(number: int) -> str:
        return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]

    if silent or not HTML_SEQUENCES[5][0].search(line(start)):
        return True
    for number in range(start + 1, state.line):
        if (
            BOX.match(line(number - 1))
            and not line(number).startswith("<")
            and state.sCount[number] - state.blkIndent < 4
        ):
            state.line = number
            state.tokens[-1].content = state.getLines(start, number, state.blkIndent, True)
            break
    return True


OTHER.block.ruler.at("html_block", _box, {"alt": ["paragraph", "reference", "blockquote"]})


def _ids_of_headings(state: StateCore) -> None:
    """Take `{#name}` off the end of each heading and make it the heading's id."""
    for heading, inside in pairwise(state.tokens):
        found = _ID.search(inside.content) if heading.type == "heading_open" else None
        if found:
            heading.attrSet("id", found[1])
            inside.content = inside.content[: found.start()]


OTHER.core.ruler.before("inline", "ids_of_headings", _ids_of_headings)


def _plain_text(state: StateInline, silent: bool) -> bool:
    """The rule for text, which ends where an address starts that stands plainly."""
    start = state.pos
    if state.linkLevel or not (found := _PLAIN.search(state.src, start, state.posMax)) or _inside(state):
        return text_rule(state, silent)
    if found.start() > start:
        read = text_rule(state, silent)
        beyond = state.pos - found.start()
        if read and beyond > 0:
            state.pos -= beyond
            state.pending = state.pending if silent else state.pending[:-beyond]
        return read
    address = found["mail"] or found["web"]
    while found["web"] and (
        address[-1] in "?!.,:;_~'’‘»…(" or (address[-1] == ")" and address.count(")") > address.count("("))
    ):
        address = address[:-1]
    state.pos += len(address)
    if not silent:
        told = unescape(address)
        state.push("link_open", "a", 1).attrs = {"href": f"mailto:{told}" if found["mail"] else told}
        state.push("text", "", 0).content = told
        state.push("link_close", "a", -1)
    return True


def _inside(state: StateInline) -> bool:
    """Whether a tag of HTML is open between which addresses stay text."""
    tags = [
        re.match(r"<(/?)(?:code|kbd|pre|samp)\b", token.content, re.I)
        for token in state.tokens
        if token.type == "html_inline"
    ]
    depth = 0
    for tag in filter(None, tags):
        depth = max(0, depth + (-1 if tag[1] else 1))
    return depth > 0


_PLAIN = re.compile(
    r"(?<![^\W_])(?<![.+%/@&=~-])(?:"
    r"(?P<web>https?://(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9]{2,}(?::\d+)?(?![\w@-])(?:[/?#](?:(?!&[gl]t;)[^\s<>\"“”`*\\|\[\]{}])*)?)"
    r"|(?<!mailto:)(?P<mail>[a-z0-9][a-z0-9._+%'-]*@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,})(?![a-z0-9@-]))"
)
OTHER.inline.ruler.at("text", _plain_text)


def _note_rule(rule: Callable[..., str]) -> Callable[..., str]:
    """A rule of rendering, made for markdown-it-py: it gives the renderer first."""
    return lambda _renderer, tokens, index, *_: rule(tokens[index].meta or {})


def _reference_html(meta: dict[str, Any]) -> str:
    count = meta["subId"] + 1
    return f'<sup id="fnref{count if count > 1 else ""}:{meta["label"]}"><a href="#fn:{meta["label"]}">{meta["id"] + 1}</a></sup>'


def _back_html(meta: dict[str, Any]) -> str:
    count = meta["subId"] + 1
    href, title = (
        f"#fnref{count if count > 1 else ''}:{meta['label']}",
        f"Jump back to footnote {meta['id'] + 1} in the text",
    )
    return f'{"" if meta["subId"] else "&nbsp;"}<a href="{href}" title="{title}">\u21a9</a>'


for _name, _rule in {
    "footnote_ref": _reference_html,
    "footnote_block_open": lambda _: "<div><hr><ol>",
    "footnote_block_close": lambda _: "</ol></div>",
    "footnote_open": lambda meta: f'<li id="fn:{meta["label"]}">',
    "footnote_anchor": _back_html,
}.items():
    OTHER.add_render_rule(_name, _note_rule(_rule))


class _Shape(HTMLParser):
    """HTML as a list of tags, each with its attributes in order, and of texts without the white space that nobody
    sees."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.open: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag opens. Addresses are compared without their percent signs."""
        self._end_text(tag)
        plain = sorted(
            (name, unquote(value or "") if name in ("href", "src") else value or "") for name, value in attrs
        )
        attributes = "".join(f" {name}={SPACE.sub(' ', value)!r}" for name, value in plain)
        self.found.append(f"<{tag}{attributes}>")
        if tag not in ("br", "hr", "img"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """A tag closes."""
        self._end_text(tag)
        self.found.append(f"</{tag}>")
        if self.open:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        """Text between two tags, perhaps a part of it."""
        self.text += data

    def close(self) -> None:
        """The HTML is at its end."""
        super().close()
        self._end_text("p")

    def _end_text(self, tag: str) -> None:
        """Keep the text that stood before a tag. White space beside the tag of a block, or within code, is not seen."""
        text, self.text = self.text, ""
        if not self.open or self.open[-1] not in ("pre", "code") or "pre" not in self.open:
            text = SPACE.sub(" ", text)
            before = re.match(r"</?([a-z0-9]+)", self.found[-1]) if self.found else None
            if before is None or before[1] not in INLINE_TAGS or self.found[-1] == "<code>":
                text = text.lstrip(" ")
            if tag not in INLINE_TAGS or (self.open and self.open[-1] == "code"):
                text = text.rstrip(" ")
        if text:
            self.found.append(text if not text.startswith("<") else f"text {text}")


INLINE_TAGS = INLINE - {"br"} | {"img"}


def shape(html: str) -> list[str]:
    """The parts in which two readings must agree."""
    reader = _Shape()
    reader.feed(html)
    reader.close()
    return reader.found


def ours(text: str) -> list[str]:
    """Our reading of a text."""
    return shape(RENDERER.any_section(text, "x"))


def others(text: str) -> list[str]:
    """The other library's reading, cleaned as ours is, with headings that start at the third level."""
    text = "\n".join(line.expandtabs(4) for line in text.split("\n"))
    html = _LEVEL.sub(r"\g<1>3", OTHER.render(text + "\n"))
    return shape(clean(_ALIGN.sub(r'align="\1"', html).strip(), "x"))


def difference(text: str) -> str | None:
    """Why two readings of a text may differ; "" where they do and may not, None where they are the same."""
    here, there = ours(text), others(text)
    if here == there:
        return None
    reasons = DIFFERENT_ON_PURPOSE | FAULTS_OF_THE_OTHER
    for why, reason in reasons.items():
        mended = reason.mended(text)
        if mended != text and reason.applies(here, there) and ours(mended) == others(mended):
            return why
    for reason in reasons.values():  # several of them in one text
        if reason.applies(here, there):
            text = reason.mended(text)
            here, there = ours(text), others(text)
    return "" if here != there else "several of these"
