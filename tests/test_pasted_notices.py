"""Notices pasted as Markdown are published as written: the same words, lists, tables, links and headings.

The source is read by another Markdown library (markdown-it-py, CommonMark with tables). Footnotes,
definition lists and abbreviations, which it does not know, are taken out of the source by `_plain` and compared apart.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import pytest
from markdown_it import MarkdownIt

from generator.building import build
from generator.content.reserved_ids import VERSION_FACTS
from generator.pages import drafts as draft_pages
from generator.pages import planner as pages
from generator.pages import theme
from generator.pages.contexts import NoticePage
from generator.problems import errors_in
from generator.publishing import drafts
from tests.site_fixtures import SITE, TODAY, make_site, read

NOTICES = sorted((Path(__file__).parent / "notices").glob("*.md"))
FOOTNOTE = re.compile(r"^\[\^([^\]]+)\]:[ ]*(.*)$\n?", re.M)
ABBREVIATION = re.compile(r"^\*\[([^\]]+)\]:[ ]*(.*)$\n?", re.M)
DEFINITIONS = re.compile(r"^(?P<term>\S.*)\n:[ ]+(?P<meaning>.*)$", re.M)
BLOCKS = frozenset(
    [
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "td",
        "th",
        "dt",
        "dd",
        "pre",
        "blockquote",
        "summary",
        "div",
        "section",
        "br",
    ]
)


def _plain(text: str) -> str:
    """The source without what the other library does not know; definitions become the HTML they stand for."""
    text = re.sub(r"\A---\ntitle: (.*?)\n(?:.*\n)*?---\n", r"# \1\n\n", text)
    text = ABBREVIATION.sub("", FOOTNOTE.sub("", text))
    text = re.sub(r"\[\^[^\]]+\]", "", text)
    return DEFINITIONS.sub(r"<dl><dt>\g<term></dt><dd>\g<meaning></dd></dl>\n", text)


def source_tree(text: str) -> Element:
    html = MarkdownIt("commonmark", {"html": True}).enable("table").render(_plain(text))
    tree: Element = html5lib.parse(html, namespaceHTMLElements=False)
    return tree


def page_trees(path: Path, root: Path) -> tuple[Element, str]:
    """The page that a pasted notice becomes: its text, and its title."""
    make_site(root, path.read_text("utf-8"), SITE)
    found = read(root)
    words = build.read_words(found)
    (draft,) = drafts.drafts(found, words, TODAY)
    elsewhere = "K01"  # a link to a page of the council's site that stands beside the notice
    assert not [problem for problem in errors_in(draft.problems) if problem.rule != elsewhere]
    (planner,) = pages.planners(found.site, words, found.versions, found.pages, TODAY)
    page = draft_pages.draft_page(planner, draft, drafts.final(found, words, draft, TODAY), "/draft/library/")
    page = dataclasses.replace(page, notes={})  # what an editor is told is not part of the text
    tree = html5lib.parse(rendered(page, planner.site_frame(), words["en"]), namespaceHTMLElements=False)
    (text,) = (item for item in tree.iter("div") if item.get("class", "").split()[:1] == ["text"])
    (title,) = tree.iter("h1")
    for section in text.findall("section"):  # the heading that the page gives to what stands before the first heading
        if section.get("id") == "about" and (heading := section.find("h2")) is not None:
            section.remove(heading)
    for section in text.findall("section"):
        if section.get("id") == VERSION_FACTS:
            text.remove(section)
    for last in text.findall("p"):
        text.remove(last)
    return text, "".join(title.itertext())


def rendered(page: NoticePage, frame: Any, words: Any) -> str:
    where = [theme.OWN_TEMPLATES]
    assets = {name: name for name in (*theme.ALWAYS, *theme.WIDGET_FILES)}
    return theme.render(theme.environment(where, assets, words), "notice.html", {"page": page, "site": frame})


def without_footnotes(tree: Element) -> list[str]:
    """Take the footnotes and their marks out of a page's tree; their texts."""
    texts = []
    for parent in list(tree.iter()):
        for child in list(parent):
            if child.tag == "sup" and child.get("id", "").startswith("fnref"):
                _remove(parent, child)
            elif child.tag == "div" and any((li.get("id") or "").startswith("fn-") for li in child.iter("li")):
                texts += [words_of(li).replace("↩", "").strip() for li in child.iter("li")]
                _remove(parent, child)
    return texts


def _remove(parent: Element, child: Element) -> None:
    siblings = list(parent)
    at = siblings.index(child)
    if at:
        siblings[at - 1].tail = (siblings[at - 1].tail or "") + (child.tail or "")
    else:
        parent.text = (parent.text or "") + (child.tail or "")
    parent.remove(child)


def words_of(item: Element) -> str:
    """All words in order; the ends of blocks part words, inline marks do not."""
    return " ".join("".join(_texts(item)).split())


def _texts(item: Element) -> Iterator[str]:
    if isinstance(item.tag, str):
        yield " " if item.tag in BLOCKS else ""
        yield item.text or ""
        for child in item:
            yield from _texts(child)
            yield child.tail or ""
        yield " " if item.tag in BLOCKS else ""


def lists(tree: Element, inside: bool = False) -> list[Any]:
    """Every list as (kind, start, its items as (own words, lists inside))."""
    found = []
    for child in tree:
        if child.tag in ("ul", "ol"):
            items = [(words_of(li), lists(li)) for li in child if li.tag == "li"]
            found.append((child.tag, child.get("start", "1"), items))
        else:
            found += lists(child)
    return found


def tables(tree: Element) -> list[list[list[tuple[str, str]]]]:
    """Every table as rows of (words, alignment)."""
    return [
        [[(words_of(cell), _alignment(cell)) for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]
        for table in tree.iter("table")
    ]


def _alignment(cell: Element) -> str:
    found = re.search(r"left|center|right", f"{cell.get('style', '')} {cell.get('class', '')}")
    return found[0] if found else ""


def links(tree: Element) -> list[tuple[str, str, str]]:
    return [(words_of(a), a.get("href", ""), a.get("title", "")) for a in tree.iter("a")]


def images(tree: Element) -> list[tuple[str, str]]:
    return [(image.get("alt", ""), image.get("src", "")) for image in tree.iter("img")]


def headings(tree: Element) -> list[tuple[int, str]]:
    """Level and words of each heading; a second-level one inside an accordion stands one lower on the page."""
    found = [(int(item.tag[1]), item) for item in tree.iter() if re.fullmatch("h[1-6]", str(item.tag))]
    folded = {id(item) for details in tree.iter("details") for item in details.iter()}
    return [(max(level, 3) if id(item) in folded else level, words_of(item)) for level, item in found]


def accordions(tree: Element) -> list[tuple[str, bool, str]]:
    return [
        (words_of(summary), "open" in item.attrib, words_of(item))
        for item in tree.iter("details")
        if (summary := item.find("summary")) is not None
    ]


def emphasis(tree: Element) -> list[tuple[str, str]]:
    return [
        (str(item.tag), words_of(item)) for item in tree.iter() if item.tag in ("em", "strong", "code", "blockquote")
    ]


def definitions(tree: Element) -> list[tuple[str, str]]:
    return [(str(item.tag), words_of(item)) for item in tree.iter() if item.tag in ("dt", "dd")]


def test_there_are_notices_of_many_shapes() -> None:
    assert len(NOTICES) >= 10


def shows_itself(link: tuple[str, ...]) -> bool:
    """Whether a link's words are its address: typed plainly, it is linked here and was not in the source."""
    return link[1].removeprefix("mailto:") == link[0]


@pytest.mark.parametrize("path", NOTICES, ids=lambda path: path.stem)
def test_a_pasted_notice_is_published_as_written(path: Path, tmp_path: Path) -> None:
    text = path.read_text("utf-8")
    source = source_tree(text)
    (title,) = (item for item in source.iter("h1"))
    body = source.find("body")
    assert body is not None
    body.remove(title)
    page, page_title = page_trees(path, tmp_path)
    notes = without_footnotes(page)
    assert page_title.strip() == words_of(title)
    assert words_of(page) == words_of(body)
    assert headings(page) == headings(body)
    assert lists(page) == lists(body)
    assert tables(page) == tables(body)
    assert images(page) == images(body)
    assert accordions(page) == accordions(body)
    assert emphasis(page) == emphasis(body)
    assert definitions(page) == definitions(body)
    shown = [link for link in links(page) if "footnote" not in link[2] and not shows_itself(link)]
    assert shown == [link for link in links(body) if not shows_itself(link)]
    assert len(notes) == len(FOOTNOTE.findall(text))
    for _, note in FOOTNOTE.findall(re.sub(r"\[([^\]]+)\]\[[^\]]+\]", r"\1", text)):
        assert any(words_of(source_tree(note)) in found for found in notes)
    for name, meaning in ABBREVIATION.findall(text):
        assert any(item.text == name and item.get("title") == meaning for item in page.iter("abbr"))
