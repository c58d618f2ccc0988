"""The words, headings, lists and so on of a document and of its notice, and those that only one of the two has. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from lxml import html

from generator.importing.tree.inert import Element, tag_of, words_in
from generator.importing.words import words_of

KINDS = ("words", "headings", "lists", "items of lists", "tables", "links", "footnotes")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6", "summary")
_NAMED = 6
"""Words by which a heading, an item or a table is named."""
_LISTED = 40
"""How many are listed of what only one of the two has."""

Contents = tuple[tuple[str, ...], ...]
"""All that a text has of each of `KINDS`, in order, by its first words."""


def contents_of(body: Element, words: Sequence[str]) -> Contents:
    """Count the words, lists, tables and links of some HTML; its words are given."""
    notes = [element for element in body.iter("ol") if "footnotes" in (element.get("class") or "").split()]
    note_items = [item for note in notes for item in note if tag_of(item) == "li"]
    lists = [element for element in body.iter("ul", "ol") if element not in notes]
    return (
        tuple(words),
        _names(
            head
            for head in body.iter(*_HEADINGS)
            if tag_of(head) != "summary" or next(head.iter(*_HEADINGS[:-1]), None) is None
        ),
        _names(lists),
        _names(item for item in body.iter("li") if item not in note_items),
        _names(body.iter("table")),
        _names(link for link in body.iter("a") if link.get("href") and not _of_note(link)),
        _names(note_items),
    )


def rendered_contents(rendered: str, title: str, words: Sequence[str]) -> Contents:
    """Count the same of a notice as a page shows it, with its title."""
    body = html.fragment_fromstring(rendered, create_parent="body")
    for notes in body.iter("ol"):
        if any((item.get("id") or "").startswith("fn-") for item in notes):
            notes.set("class", "footnotes")
    found = contents_of(body, words)
    return (found[0], (_name(title), *found[1]), *found[2:])


def counts(contents: Contents) -> tuple[int, ...]:
    """How many there are of each of `KINDS`."""
    return tuple(map(len, contents))


def differences(document: Contents, notice: Contents) -> Iterator[str]:
    """For each kind of which one has more, a line on those that only the document or only the notice has."""
    for kind, before, after in zip(KINDS, document, notice, strict=True):
        if len(before) == len(after):
            continue
        for owner, own, others in (("document", before, after), ("notice", after, before)):
            if alone := _without(own, others):
                more = f" and {len(alone) - _LISTED} more" if len(alone) > _LISTED else ""
                apart = " " if kind == "words" else "”, “"
                yield f"{kind} that only the {owner} has: “{apart.join(alone[:_LISTED])}”{more}"


def _without(own: Sequence[str], others: Sequence[str]) -> list[str]:
    left, result = Counter(own) - Counter(others), list[str]()
    for name in own:
        if left[name] > 0:
            left[name] -= 1
            result.append(name)
    return result


def _names(elements: Iterator[Element] | Sequence[Element]) -> tuple[str, ...]:
    return tuple(_name(words_in(element)) for element in elements)


def _name(text: str) -> str:
    found = words_of(text)
    return " ".join(found[:_NAMED]) + (" ..." if len(found) > _NAMED else "")


def _of_note(link: Element) -> bool:
    around = link.getparent()
    return (link.get("href") or "").startswith(("#fn", "#fnref")) or (
        around is not None and "footnote-ref" in (around.get("class") or "")
    )
