"""Markdown to HTML that cannot harm: what is not on the list below does not reach a page.

Headings inside a section start at h3, since its own heading is the h2. Ids in content are dropped (they could shadow
the page's own), save those of footnotes, which are made unique to their section.
"""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from typing import Any

from markupsafe import Markup

from generator import plain

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
KEPT = 2048  # sections kept as HTML: what notices share, and what a version shares with the one before


class Renderer:
    """Turns the Markdown of sections into HTML. Not safe to share between threads."""

    def __init__(self) -> None:
        self.section = lru_cache(KEPT)(self._section)
        self.inline = lru_cache(KEPT)(self._inline)

    def _section(self, markdown: str, section_id: str) -> Markup:
        """The HTML of a section; its footnotes carry the section's id."""
        html = plain.section(markdown)
        return Markup(self.any_section(markdown, section_id) if html is None else html)  # noqa: S704 (safe: see `plain`)

    def any_section(self, markdown: str, section_id: str) -> str:
        """The HTML of a section by Python-Markdown and the cleaner, which `plain` equals where it answers."""
        markdown_pass, nh3 = self._tools
        html = _HEADING.sub(
            lambda found: found[1] + str(max(3, int(found[2]))), markdown_pass.reset().convert(markdown)
        )
        clean: str = nh3.clean(
            html,
            tags=set(INLINE | BLOCKS),
            attributes=ATTRIBUTES,
            attribute_filter=lambda _tag, name, value: _attribute(name, value, section_id),
            url_schemes=SCHEMES,
            link_rel=None,
        )
        return _tables(clean)

    def _inline(self, markdown: str) -> Markup:
        """The HTML of a heading: inline text only, so `1. Your data` is no list."""
        html = plain.inline(markdown)
        return Markup(self.any_inline(markdown) if html is None else html)  # noqa: S704 (safe: see `plain`)

    def any_inline(self, markdown: str) -> str:
        """The same by Python-Markdown and the cleaner."""
        markdown_pass, nh3 = self._tools
        html = markdown_pass.reset().convert("# " + " ".join(markdown.split()))
        clean: str = nh3.clean(html, tags=set(INLINE), attributes={"abbr": {"title"}}, link_rel=None)
        return clean.strip()

    def block(self, markdown: str) -> Markup:
        """The HTML of a single text outside the sections, such as a consent's effect."""
        return self.section(markdown, "text")

    @cached_property
    def _tools(self) -> tuple[Any, Any]:
        """Python-Markdown and nh3. Imported here, since most sites never need them and they take 60 ms to start."""
        import nh3
        from markdown import Markdown
        from markdown.extensions.abbr import AbbrExtension
        from markdown.extensions.def_list import DefListExtension
        from markdown.extensions.fenced_code import FencedCodeExtension
        from markdown.extensions.footnotes import FootnoteExtension
        from markdown.extensions.md_in_html import MarkdownInHtmlExtension
        from markdown.extensions.sane_lists import SaneListExtension
        from markdown.extensions.tables import TableExtension

        extensions = [
            AbbrExtension(),
            DefListExtension(),
            FencedCodeExtension(),
            FootnoteExtension(),
            MarkdownInHtmlExtension(),
            SaneListExtension(),
            TableExtension(),
        ]
        return Markdown(extensions=extensions, output_format="html"), nh3


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
