"""Markdown to HTML that cannot harm: what is not on the list below does not reach a page.

Headings inside a section start at h3, since its own heading is the h2. Ids in content are dropped (they could shadow
the page's own), save those of footnotes, which are made unique to their section.
"""

from __future__ import annotations

import re

import nh3
from markdown import Markdown
from markdown.extensions.abbr import AbbrExtension
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.fenced_code import FencedCodeExtension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.md_in_html import MarkdownInHtmlExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markupsafe import Markup

INLINE = frozenset(
    {"a", "abbr", "b", "br", "cite", "code", "em", "i", "kbd", "q", "s", "small", "strong", "sub", "sup"}
)
BLOCKS = frozenset(
    {"p", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "pre", "hr", "h3", "h4", "h5", "h6", "img"}
    | {"table", "thead", "tbody", "tfoot", "tr", "th", "td", "caption", "details", "summary", "div"}
)
ATTRIBUTES = {
    "a": {"href", "title", "hreflang", "lang", "id"},
    "abbr": {"title"},
    "img": {"src", "alt", "width", "height"},
    "li": {"id", "value"},
    "ol": {"start", "reversed", "type"},
    "sup": {"id"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
SCHEMES = {"http", "https", "mailto", "tel"}
_HEADING = re.compile(r"(</?h)([1-6])(?=[\s>])")
_FOOTNOTE = re.compile(r"(#?)(fn|fnref\d*):(.+)")


class Renderer:
    """Turns the Markdown of sections into HTML. Not safe to share between threads."""

    def __init__(self) -> None:
        extensions = [
            AbbrExtension(),
            DefListExtension(),
            FencedCodeExtension(),
            FootnoteExtension(),
            MarkdownInHtmlExtension(),
            SaneListExtension(),
            TableExtension(),
        ]
        self._markdown = Markdown(extensions=extensions, output_format="html")

    def section(self, markdown: str, section_id: str) -> Markup:
        """The HTML of a section; its footnotes carry the section's id."""
        html = self._markdown.reset().convert(markdown)
        html = _HEADING.sub(lambda found: found[1] + str(max(3, int(found[2]))), html)
        clean = nh3.clean(
            html,
            tags=set(INLINE | BLOCKS),
            attributes=ATTRIBUTES,
            attribute_filter=lambda _tag, name, value: _attribute(name, value, section_id),
            url_schemes=SCHEMES,
            link_rel=None,
        )
        return Markup(_tables(clean))  # noqa: S704 (nh3 has cleaned it)

    def inline(self, markdown: str) -> Markup:
        """The HTML of a heading: inline text only, so `1. Your data` is no list."""
        html = self._markdown.reset().convert("# " + " ".join(markdown.split()))
        return Markup(nh3.clean(html, tags=set(INLINE), attributes={"abbr": {"title"}}, link_rel=None).strip())  # noqa: S704

    def block(self, markdown: str) -> Markup:
        """The HTML of a single text outside the sections, such as a consent's effect."""
        return self.section(markdown, "text")


def _attribute(name: str, value: str, section_id: str) -> str | None:
    found = _FOOTNOTE.fullmatch(value)
    if name == "id":
        return f"{found[2]}-{section_id}-{found[3]}" if found and not found[1] else None
    if name == "href" and found and found[1]:
        return f"#{found[2]}-{section_id}-{found[3]}"
    return value


def _tables(html: str) -> str:
    """Each table in a box of its own that scrolls on a narrow screen and can be reached by keyboard."""
    return html.replace("<table>", '<div class="table" tabindex="0"><table>').replace("</table>", "</table></div>")
