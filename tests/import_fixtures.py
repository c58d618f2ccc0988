"""The content of a page, read by html5lib alone: words, headings, lists, tables and links, to compare a document with
its notice."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import unquote
from xml.etree.ElementTree import Element

import html5lib
from markdown_it import MarkdownIt

from generator.importing import confined
from generator.importing.document import Loss
from generator.importing.notice import Imported
from generator.importing.settings import Settings

DOCUMENTS = Path(__file__).parent / "documents"
_UNSEEN = frozenset(("script", "style", "head", "title", "template"))
_APART = frozenset(
    {
        "p",
        "div",
        "li",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "table",
        "tr",
        "td",
        "th",
        "caption",
        "br",
        "section",
        "sup",
        "sub",
    }
    | {"h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "summary", "details", "address", "legend", "fieldset", "pre"}
    | {
        "button",
        "main",
        "article",
        "nav",
        "header",
        "footer",
        "aside",
        "form",
        "center",
        "label",
        "figure",
        "figcaption",
    }
    | {"ins", "del", "hr", "option", "select", "tbody", "thead", "body"}
)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6", "summary")


@dataclass(frozen=True)
class Outline:
    """The content of some HTML, in order."""

    words: Counter[str]
    headings: list[str]
    items: list[tuple[int, str, str]]
    """How deep each item of a list is, the kind of its list, and its own words."""
    tables: list[list[list[str]]]
    links: list[tuple[str, str]]


def taken(html: str, name: str = "page.html", **more: object) -> Imported:
    """A document given as text, in this process."""
    return converted(html.encode("utf-8"), name, **more)


def converted(data: bytes, name: str = "page.html", **more: object) -> Imported:
    """A document given as bytes, in this process."""
    settings = Settings(name, "https://www.example.org", today=date(2026, 11, 24), **more)  # type: ignore[arg-type]
    return confined.converted(data, settings)


def body(imported: Imported) -> str:
    """The Markdown below the front matter."""
    return imported.text.split("\n---\n", 1)[1].strip("\n")


def front(imported: Imported) -> str:
    """The front matter."""
    return imported.text.split("\n---\n", 1)[0]


def page(content: str) -> str:
    """A page with some content in its `<main>`, below a title."""
    return f"<html lang=en><head><title>T</title></head><body><main><h1>Title</h1>{content}</main></body></html>"


def markdown(content: str, **more: object) -> str:
    """The Markdown that some content of a page becomes; every word of it is accounted for."""
    imported = taken(page(content), **more)
    assert imported.report.whole, (imported.report.missing, imported.report.new)
    return body(imported)


def losses(content: str) -> list[Loss]:
    """The parts of a page's content that are left behind."""
    return list(taken(page(content)).report.left)


def tree(html: str | bytes, **more: str) -> Element:
    """A page as html5lib reads it."""
    parsed: Element = html5lib.parse(html, namespaceHTMLElements=False, **more)
    return parsed


def without(element: Element, left_out: Callable[[Element], bool]) -> Element:
    """The same without the elements that are left out; the text after them stays."""
    for parent in list(element.iter()):
        for child in list(parent):
            if left_out(child):
                _cut(parent, child)
    return element


def _cut(parent: Element, child: Element) -> None:
    at = list(parent).index(child)
    tail = child.tail or ""
    parent.remove(child)
    if at:
        before = list(parent)[at - 1]
        before.tail = f"{before.tail or ''} {tail}"
    else:
        parent.text = f"{parent.text or ''} {tail}"


def words(text: str) -> list[str]:
    """The letters and digits of a text."""
    return re.findall(r"\w+", unicodedata.normalize("NFC", text))


def text_of(element: Element, skip: frozenset[str] = frozenset()) -> str:
    """The text of an element on one line, without some elements within."""
    return " ".join(words("".join(_texts(element, skip))))


def _texts(element: Element, skip: frozenset[str]) -> Iterator[str]:
    tag = str(element.tag)
    yield " " if tag in _APART else ""
    yield element.text or ""
    for child in element:
        if not isinstance(child.tag, str) or child.tag in _UNSEEN | skip:
            yield " "
        else:
            yield from _texts(child, skip)
        yield child.tail or ""
    yield " " if tag in _APART else ""


def outline(element: Element) -> Outline:
    """The content of an element."""
    return Outline(
        Counter(words(text_of(element))),
        [text_of(part) for part in element.iter() if part.tag in _HEADINGS],
        list(_items(element, 0)),
        [
            [[text_of(cell) for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]
            for table in element.iter("table")
        ],
        [(text_of(link), unquote(link.get("href") or "")) for link in element.iter("a") if link.get("href")],
    )


def _items(element: Element, depth: int) -> Iterator[tuple[int, str, str]]:
    for child in element:
        if child.tag in ("ul", "ol"):
            for item in child:
                if item.tag == "li":
                    yield depth, str(child.tag), text_of(item, frozenset(("ul", "ol")))
                    yield from _items(item, depth + 1)
        elif isinstance(child.tag, str):
            yield from _items(child, depth)


def by_markdown_it(text: str) -> Outline:
    """The content of Markdown as markdown-it-py reads it: CommonMark with tables, without footnotes and marks of
    headings."""
    text = re.sub(r"(?m)^(#{2,6} .*?)(?: \{#[^\s{}]+\})+$", r"\1", re.sub(r"\[\^\d+\](?!:)", "", text))
    text = re.sub(r"(?m)^\[\^\d+\]: ", "", text)
    return outline(tree(MarkdownIt("commonmark", {"html": True}).enable("table").render(text)))
