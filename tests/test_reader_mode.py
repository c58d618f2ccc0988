"""Reader modes of browsers: what a notice says of itself is in nothing that they throw away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest

from generator.building import build
from tests.site_fixtures import NOTICE, SITE, TODAY, make_site, publish, read, write_notice

UNLIKELY = re.compile(
    "-ad-|ai2html|banner|breadcrumbs|combx|comment|community|cover-wrap|disqus|extra|footer|gdpr|header|legends|menu|related|"
    "remark|replies|rss|shoutbox|sidebar|skyscraper|social|sponsor|supplemental|ad-break|agegate|pagination|pager|popup|"
    "hidden|masthead|media|meta|outbrain|promo|scroll|share|shopping|tags|widget",
    re.I,
)
"""Words in a class or an id for which @mozilla/readability 0.6 drops an element or thinks less of it."""
DROPPED = {"aside", "footer", "object", "embed", "iframe"}


@pytest.fixture(scope="module")
def mains(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Element]:
    """The main part of a notice in force, of the version before it, of one to come and of a translation that awaits
    review."""
    root = make_site(tmp_path_factory.mktemp("site"), site=f"{SITE}languages: [en, cy]\n")
    welsh = NOTICE.replace("---\nThis is", "translation: {status: awaiting-review}\n---\nThis is", 1)
    write_notice(root, welsh, language="cy")
    publish(root, "2026-10-01", "First.", "material")
    for language, text in (("", NOTICE), ("cy", welsh)):
        write_notice(root, text.replace("look after", "take care of"), language=language)
    publish(root, "2026-11-01", "Second.", "clarification", "--same-meaning")
    build.build(read(root), root / "public", TODAY)
    names = {"in force": "library", "replaced": "library/v/1", "awaiting": "cy/library"}
    return {name: _main(root / "public" / path / "index.html") for name, path in names.items()}


def _main(page: Path) -> Element:
    tree = html5lib.parse(page.read_text("utf-8"), namespaceHTMLElements=False)
    found = tree.find(".//main")
    assert found is not None
    return found


def kept(element: Element) -> Iterator[Element]:
    """The parts that a reader goes through: lists of links to parts of the page are no text."""
    for child in element:
        if child.tag != "nav" and isinstance(child.tag, str):
            yield child
            yield from kept(child)


@pytest.mark.parametrize("name", ["in force", "replaced", "awaiting"])
def test_no_part_of_a_notice_looks_like_decoration_to_a_reader_mode(mains: dict[str, Element], name: str) -> None:
    found = list(kept(mains[name]))
    assert [one.tag for one in found if one.tag in DROPPED] == []
    named = [f"{one.get('class', '')} {one.get('id', '')}".strip() for one in found]
    assert [words for words in named if UNLIKELY.search(words)] == []


def test_version_dates_and_standing_are_in_the_text(mains: dict[str, Element]) -> None:
    text = {name: " ".join("".join(main.itertext()).split()) for name, main in mains.items()}
    assert "Applies from 1 November 2026" in text["in force"]
    assert "version 2" in text["in force"]
    assert "This is an old version" in text["replaced"]
    assert "Applied from 1 October 2026 replaced on 1 November 2026 version 1" in text["replaced"]
    assert "Mae'r cyfieithiad hwn yn aros" in text["awaiting"].replace("’", "'")
