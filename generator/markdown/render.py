"""Markdown to HTML that cannot harm: it is read as CommonMark (`commonmark.py`) and cleaned (`cleaning.py`).

Headings inside a section start at h3, since its own heading is the h2. A text that could keep the library
busy for longer than anybody waits is rendered in a process of its own, which is ended in time (`Renderer.texts`).
"""

from __future__ import annotations

import json
import re
import sys
import threading
from collections.abc import Callable, Iterable
from enum import StrEnum
from functools import cached_property, lru_cache
from types import ModuleType
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from generator import own_process
from generator.markdown import fast_path

if TYPE_CHECKING:
    from markdown import Markdown

_HEADING = re.compile(r"(</?h)([1-6])(?=[\s>])")
KEPT = 2048  # sections kept as HTML: what notices share, and what a version shares with the one before

SECONDS = 3
"""How much of the processor's time one file may take when the site is built."""
CHECK_SECONDS = 2
"""The same where a notice is checked: a little less, so that what passes there does not fail later."""
WAITING = 100 if own_process.LIMITED else 10
"""How many times as long the clock may run.

Where the processor's time is limited, a busy machine must not fail a build.
"""
MARKS = re.compile(r"[<\[]|[\]>*_`#&\\|~=^!(]|^[ \t]*:|^[ \t]*\d+[.)]|^[ \t]*[-+]", re.M)
DEEP = re.compile(r"^(?:[ \t]{40}|(?:[ \t]{0,3}(?:>|[*+-][ \t]|\d{1,9}[.)][ \t])){9})", re.M)
LONGEST_HEADING = 500
HEAVY = frozenset("<[")
MANY, VERY_MANY, LARGE = 1_500, 6_000, 150_000


class Release(StrEnum):
    """The release whose reading of Markdown applies: that of this release, or that of the first, whose versions keep
    what they show."""

    THIS = "this"
    OF_0_1 = "0.1"


class TooHard(Exception):
    """A text that the Markdown library cannot render in time, or not at all."""


class Renderer:
    """Turns the Markdown of sections into HTML. Not safe to share between threads."""

    def __init__(self, seconds: int = SECONDS, release: Release = Release.THIS) -> None:
        self.release = release
        self.seconds = seconds
        self.section = lru_cache(KEPT)(self._section)
        self.inline = lru_cache(KEPT)(self._inline)
        self.line = lru_cache(KEPT)(self._line)

    def texts(self, texts: Iterable[tuple[str, str]]) -> list[Markup]:
        """The HTML of all the (Markdown, section id) of one file. `TooHard` where that takes too long."""
        listed = list(texts)
        if risky(text for text, _ in listed):
            return _in_time(listed, self.seconds, self.release)
        return [self.section(markdown, section_id) for markdown, section_id in listed]

    def _section(self, markdown: str, section_id: str) -> Markup:
        """The HTML of a section, however long it takes; its footnotes carry the section's id."""
        html = fast_path.section(markdown)
        return Markup(self.any_section(markdown, section_id) if html is None else html)  # noqa: S704 (safe: see `fast_path`)

    def any_section(self, markdown: str, section_id: str) -> str:
        """The HTML of a section by the Markdown library and the cleaner, which `fast_path` equals where it answers."""
        try:
            html = self._read(markdown)
            html = _HEADING.sub(lambda found: found[1] + str(max(3, int(found[2]))), html)
            clean: str = self._cleaning.clean(html, section_id, heading_ids=self.release is Release.THIS)
            return clean
        except RecursionError as failure:
            raise TooHard("nested too deeply") from failure

    def _inline(self, markdown: str) -> Markup:
        """The HTML of a heading: inline text only, so `1. Your data` is no list."""
        html = fast_path.inline(markdown) if len(markdown) <= LONGEST_HEADING else None
        return Markup(self.any_inline(markdown) if html is None else html)  # noqa: S704 (safe: see `fast_path`)

    def any_inline(self, markdown: str) -> str:
        """The same by the library and the cleaner."""
        return self._any_line(" ".join(markdown.split())[:LONGEST_HEADING])

    def _line(self, markdown: str) -> Markup:
        """The HTML of a fact: inline text as in a heading, and whole.

        Of one with very many marks it shows the marks as they are.
        """
        if risky([markdown]):
            return escape(markdown)
        html = fast_path.inline(markdown)
        try:
            return Markup(self._any_line(" ".join(markdown.split())) if html is None else html)  # noqa: S704 (as above)
        except RecursionError:
            return escape(markdown)

    def _any_line(self, text: str) -> str:
        html = self._read("# " + text)
        clean: str = self._cleaning.clean_inline(html, empty_links=self.release is Release.OF_0_1)
        return clean

    def block(self, markdown: str) -> Markup:
        """The HTML of a single text outside the sections, such as a consent's effect."""
        return self.section(markdown, "text")

    def _read(self, markdown: str) -> str:
        """The tree that the Markdown library makes of a text."""
        library, readable = self._library
        return library.reset().convert(readable(markdown))

    @cached_property
    def _library(self) -> tuple[Markdown, Callable[[str], str]]:
        """Python-Markdown, and what makes a text ready for it.

        They and the cleaner are imported here: most sites never need them, and they take 60 ms to start.
        """
        if self.release is Release.OF_0_1:
            from generator.markdown import reading_0_1

            return reading_0_1.library(), reading_0_1.readable
        from generator.markdown import commonmark, pasted

        return commonmark.library(), pasted.readable

    @cached_property
    def _cleaning(self) -> ModuleType:
        from generator.markdown import cleaning

        return cleaning

    @cached_property
    def older(self) -> Renderer:
        """The reading of release 0.1, for versions that were published by it."""
        return Renderer(self.seconds, Release.OF_0_1)


_OF_THREAD = threading.local()


def kept() -> Renderer:
    """The renderer of this thread: the library is made ready once, and what many notices share is rendered once."""
    if not hasattr(_OF_THREAD, "renderer"):
        _OF_THREAD.renderer = Renderer()
    found: Renderer = _OF_THREAD.renderer
    return found


def risky(texts: Iterable[str]) -> bool:
    """Whether the texts of a file could keep the library busy: many marks, deep nesting, or very much text.

    Looks at each character a constant number of times. A text that passes takes the library well under a second.
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


def _in_time(texts: list[tuple[str, str]], seconds: int, release: Release) -> list[Markup]:
    """Rendered by a process of its own, which is ended when the time is up."""
    try:
        rendered: list[str] = own_process.answer(
            "generator.markdown.render", json.dumps(texts).encode(), str(seconds), release, clock=seconds * WAITING
        )
    except own_process.TakesTooMuch as failure:
        raise TooHard("not rendered in time") from failure
    return [Markup(text) for text in rendered]  # noqa: S704 (nh3 has cleaned it)


def main() -> None:
    """Render what `_in_time` writes to standard input, within the seconds of processor time that it names."""
    own_process.limit(int(sys.argv[1]))
    renderer = Renderer(release=Release(sys.argv[2]))
    texts: list[tuple[str, str]] = json.load(sys.stdin)
    sys.stdout.write(json.dumps([renderer.section(markdown, section_id) for markdown, section_id in texts]))


if __name__ == "__main__":
    main()
