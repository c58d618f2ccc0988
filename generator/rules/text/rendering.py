"""Texts that cannot be made into a page in time: the same limit holds when the site is built."""

from __future__ import annotations

from collections.abc import Iterator

from generator.content.model import Notice
from generator.markdown.render import CHECK_SECONDS, Renderer, TooHard, risky
from generator.problems import Place, Problem
from generator.rule import ERROR, Example, Family, Rule
from generator.wording.inserts import Wording, facet_texts

B04 = Rule(
    "B04",
    Family.BODY,
    ERROR,
    "A text that cannot be made into a page",
    "Texts that nest so deeply, or have so many marks, that rendering them takes seconds.",
    "One text must not hold up the whole site.",
    Example(file=f"---\ntitle: Library\n---\n{'>' * 8000} Bring the books back.\n"),
    Example(file="---\ntitle: Library\n---\n> Bring the books back.\n"),
)


def check(notice: Notice, wording: Wording) -> Iterator[Problem]:
    """B04: only texts that look risky are rendered here, in a process that is ended in time."""
    texts = [(wording.text(part.markdown), f"part-{number}") for number, part in enumerate(notice.parts)]
    facets = "\n\n".join(wording.text(text) for _, text in facet_texts(notice.facets))
    if not risky(text for text, _ in [*texts, (facets, "")]):
        return
    try:
        Renderer(CHECK_SECONDS).texts([*texts, (facets, "facets")])
    except TooHard:
        heaviest = (part.place for part, (text, _) in zip(notice.parts, texts, strict=True) if risky([text]))
        yield too_hard(next(heaviest, Place(notice.file)))


def too_hard(place: Place) -> Problem:
    """The problem of a file that is not rendered in time."""
    message = "This text cannot be made into a page: it nests too deeply, or has too many marks such as [ and <."
    return B04.problem(place, message, "Write it more simply, or cut it into several notices.")
