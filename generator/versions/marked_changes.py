"""A compared section as HTML: what was added and what was taken out is marked, for eyes and for screen readers. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property, lru_cache
from itertools import groupby

from markupsafe import Markup, escape

from generator.markdown.render import KEPT
from generator.versions.changes import How, Passage, Run
from generator.wording.strings import Words

_ELEMENTS = {How.ADDED: "ins", How.REMOVED: "del"}


class Marker:
    """Marks comparisons in the words of one language."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.text = lru_cache(KEPT)(self._text)  # most sections did not change, and many notices have the same

    @cached_property
    def _around(self) -> dict[How, tuple[str, str]]:
        return {how: _around(self.words, how) for how in _ELEMENTS}

    def _text(self, passages: tuple[Passage, ...]) -> Markup:
        """The passages of a section; neighbouring items make a list."""
        parts = []
        for kind, found in groupby(passages, key=lambda passage: passage.kind):
            if kind == "item":
                items = (f"<li>{self._runs(passage.runs)}</li>\n" for passage in found)
                parts.append(f"<ul>\n{''.join(items)}</ul>\n")
            else:
                start = '<p class="label">' if kind == "heading" else "<p>"
                parts += [f"{start}{self._runs(passage.runs)}</p>\n" for passage in found]
        return Markup("".join(parts))  # noqa: S704 (every word is escaped)

    def _runs(self, runs: Iterable[Run]) -> str:
        return " ".join(map(self._run, runs))

    def _run(self, run: Run) -> str:
        text = str(escape(run.text))
        if run.how is How.SAME:
            return text
        start, end = self._around[run.how]
        return f"{start}{text}{end}"


def _around(words: Words, how: How) -> tuple[str, str]:
    """The tags around a run, with the words that say to those who do not see its marks where it starts and ends."""
    element = _ELEMENTS[how]
    start, end = (escape(words(f"page.changes.{how}_{edge}")) for edge in ("start", "end"))
    unseen = '<span class="unseen">'
    return f"<{element}>{unseen}{start} </span>", f"{unseen} {end}</span></{element}>"
