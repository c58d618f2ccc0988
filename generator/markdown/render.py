"""Markdown to HTML that cannot harm: what is not on the list below does not reach a page.

Headings inside a section start at h3, since its own heading is the h2. Ids in content are dropped (they could shadow
the page's own), save those of footnotes, which are made unique to their section. A text that could keep the library
busy for longer than anybody waits is rendered in a process of its own, which is ended in time (`Renderer.texts`).
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

try:
    import resource
except ImportError:  # Windows limits no processor time; the clock alone ends the process there
    resource = None  # type: ignore[assignment]

from markupsafe import Markup

import generator
from generator.markdown import fast_path, pictures
from generator.markdown.pasted import readable

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
    "details": {"open"},
    "img": {"src", "alt", "width", "height"},
    "li": {"id", "value"},
    "ol": {"start", "reversed", "type"},
    "sup": {"id"},
    "td": {"align", "colspan", "rowspan"},
    "th": {"align", "colspan", "rowspan", "scope"},
}
SCHEMES = {"http", "https", "mailto", "tel"}
_HEADING = re.compile(r"(</?h)([1-6])(?=[\s>])")
_ALIGNED = re.compile(r'(<t[dh](?: [a-z]+="[^"<>]*")*?) align="(left|center|right)"')
_FOOTNOTE = re.compile(r"(#?)(fn|fnref\d*):(.+)")
KEPT = 2048  # sections kept as HTML: what notices share, and what a version shares with the one before

SECONDS = 3
"""How much of the processor's time one file may take when the site is built."""
CHECK_SECONDS = 2
"""The same where a notice is checked: a little less, so that what passes there does not fail later."""
WAITING = 100 if resource is not None else 10
"""How many times as long the clock may run. Where the processor's time is limited, a busy machine must not fail a build."""
MARKS = re.compile(r"[<\[]|[\]>*_`#&\\|~=^!(]|^[ \t]*:|^[ \t]*\d+[.)]|^[ \t]*[-+]", re.M)
DEEP = re.compile(r"^(?:[ \t]{40}|(?:[ \t]{0,3}(?:>|[*+-][ \t]|\d{1,9}[.)][ \t])){9})", re.M)
LONGEST_HEADING = 500
HEAVY = frozenset("<[")
MANY, VERY_MANY, LARGE = 1_500, 6_000, 150_000


class TooHard(Exception):
    """A text that the Markdown library cannot render in time, or not at all."""


class Renderer:
    """Turns the Markdown of sections into HTML. Not safe to share between threads."""

    def __init__(self, seconds: int = SECONDS) -> None:
        self.seconds = seconds
        self.section = lru_cache(KEPT)(self._section)
        self.inline = lru_cache(KEPT)(self._inline)

    def texts(self, texts: Iterable[tuple[str, str]]) -> list[Markup]:
        """The HTML of all the (Markdown, section id) of one file. `TooHard` where that takes too long."""
        listed = list(texts)
        if risky(text for text, _ in listed):
            return _in_time(listed, self.seconds)
        return [self.section(markdown, section_id) for markdown, section_id in listed]

    def _section(self, markdown: str, section_id: str) -> Markup:
        """The HTML of a section, however long it takes; its footnotes carry the section's id."""
        html = fast_path.section(markdown)
        return Markup(self.any_section(markdown, section_id) if html is None else html)  # noqa: S704 (safe: see `fast_path`)

    def any_section(self, markdown: str, section_id: str) -> str:
        """The HTML of a section by Python-Markdown and the cleaner, which `fast_path` equals where it answers."""
        markdown_pass, nh3 = self._tools
        try:
            html = markdown_pass.reset().convert(readable(markdown))
        except RecursionError as failure:
            raise TooHard("nested too deeply") from failure
        html = _HEADING.sub(lambda found: found[1] + str(max(3, int(found[2]))), html)
        clean: str = nh3.clean(
            html,
            tags=set(INLINE | BLOCKS),
            attributes=ATTRIBUTES,
            attribute_filter=lambda _tag, name, value: _attribute(name, value, section_id),
            url_schemes=SCHEMES,
            link_rel=None,
        )
        return pictures.sized(_tables(clean))

    def _inline(self, markdown: str) -> Markup:
        """The HTML of a heading: inline text only, so `1. Your data` is no list."""
        html = fast_path.inline(markdown) if len(markdown) <= LONGEST_HEADING else None
        return Markup(self.any_inline(markdown) if html is None else html)  # noqa: S704 (safe: see `fast_path`)

    def any_inline(self, markdown: str) -> str:
        """The same by Python-Markdown and the cleaner."""
        markdown_pass, nh3 = self._tools
        html = markdown_pass.reset().convert("# " + " ".join(markdown.split())[:LONGEST_HEADING])
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
            TableExtension(use_align_attribute=True),
        ]
        return Markdown(extensions=extensions, output_format="html"), nh3


def risky(texts: Iterable[str]) -> bool:
    """Whether the texts of a file could keep the library busy: many marks, deep nesting, or very much text.

    Looks at each character a constant number of times. What passes takes the library well under a second.
    """
    size = total = 0
    for text in texts:
        size += len(text)
        weight = _weight(text)
        total += weight
        if size > LARGE or weight > MANY or total > VERY_MANY:
            return True
    return False


@lru_cache(KEPT)
def _weight(text: str) -> int:
    """How many marks a text has, the heavy ones counted four times; more than any limit where it is nested deeply."""
    if len(text) > LARGE or DEEP.search(text):
        return VERY_MANY + 1
    return sum(4 if mark in HEAVY else 1 for mark in MARKS.findall(text))


def _in_time(texts: list[tuple[str, str]], seconds: int) -> list[Markup]:
    """Rendered by a process of its own, which is ended when the time is up."""
    path = os.pathsep.join([str(Path(generator.__file__).resolve().parent.parent), os.environ.get("PYTHONPATH", "")])
    try:
        done = subprocess.run(  # noqa: S603 (this very module)
            [sys.executable, "-m", "generator.markdown.render", str(seconds)],
            input=json.dumps(texts),
            capture_output=True,
            encoding="utf-8",
            timeout=seconds * WAITING,
            env={**os.environ, "PYTHONPATH": path.rstrip(os.pathsep), "PYTHONIOENCODING": "utf-8"},
            check=True,
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as failure:
        raise TooHard("not rendered in time") from failure
    return [Markup(text) for text in json.loads(done.stdout)]  # noqa: S704 (nh3 has cleaned it)


def _attribute(name: str, value: str, section_id: str) -> str | None:
    found = _FOOTNOTE.fullmatch(value)
    if name == "id":
        return f"{found[2]}-{section_id}-{found[3]}" if found and not found[1] else None
    if name == "href" and found and found[1]:
        return f"#{found[2]}-{section_id}-{found[3]}"
    return value


def _tables(html: str) -> str:
    """Each table in a box that scrolls on a narrow screen and can be reached by keyboard; its alignment as classes."""
    html = _ALIGNED.sub(r'\1 class="align-\2"', html)
    return html.replace("<table>", '<div class="table" tabindex="0"><table>').replace("</table>", "</table></div>")


def main() -> None:
    """Render what `_in_time` writes to standard input, within the seconds of processor time that it names."""
    if resource is not None:
        seconds = int(sys.argv[1])
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    renderer = Renderer()
    texts: list[tuple[str, str]] = json.load(sys.stdin)
    sys.stdout.write(json.dumps([renderer.section(markdown, section_id) for markdown, section_id in texts]))


if __name__ == "__main__":
    main()
