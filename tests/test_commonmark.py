"""Markdown is read as CommonMark reads it: on made-up texts as an independent library does, and as Word pastes lists."""

from __future__ import annotations

import pytest

from tests.markdown_texts import text_of
from tests.site_fixtures import PROJECT
from tests.two_readings import DIFFERENT_ON_PURPOSE, RENDERER, difference, others, ours

COUNT = 600
GROUPS = 8


def html(markdown: str) -> str:
    """A section as a reader sees it."""
    return RENDERER.any_section(markdown, "x")


@pytest.mark.parametrize("group", range(GROUPS))
def test_made_up_texts_are_read_as_another_library_reads_them(group: int) -> None:
    unexplained = [seed for seed in range(group, COUNT, GROUPS) if difference(text_of(seed)) == ""]
    assert unexplained == []


@pytest.mark.parametrize("seed", [16_581, 88_871])
def test_texts_of_the_long_run_that_were_not_understood_at_first_are(seed: int) -> None:
    """A table's head with two pipes right below an item, and code that is indented by four in a paragraph."""
    assert difference(text_of(seed))


def test_most_made_up_texts_need_no_explanation() -> None:
    assert sum(ours(text) == others(text) for text in map(text_of, range(200))) > 150


def test_what_differs_on_purpose_is_documented() -> None:
    page = (PROJECT / "docs" / "markdown.md").read_text("utf-8").lower()
    assert [why for why in DIFFERENT_ON_PURPOSE if why not in page] == []


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("- a\n\n  b\n\n- c", "<ul>\n<li>\n<p>a</p>\n<p>b</p>\n</li>\n<li>\n<p>c</p>\n</li>\n</ul>"),
        (
            "- a\n  > q\n- b",
            "<ul>\n<li>a<blockquote>\n<p>q</p>\n</blockquote>\n</li>\n<li>b</li>\n</ul>",
        ),
        ("- a\n      code\n- b", "<ul>\n<li>a\ncode</li>\n<li>b</li>\n</ul>"),
        ("One\\\ntwo", "<p>One<br>\ntwo</p>"),
        ("\\' \\\" \\& \\< \\$ \\@", "<p>' \" &amp; &lt; $ @</p>"),
        ("1. one\n  - a", "<ol>\n<li>one</li>\n</ol>\n<ul>\n<li>a</li>\n</ul>"),
        ("- a\n1. b", "<ul>\n<li>a</li>\n</ul>\n<ol>\n<li>b</li>\n</ol>"),
        ("- a\n---", "<ul>\n<li>a</li>\n</ul>\n<hr>"),
        ("The [rules](/r){hreflang=cy}", '<p>The <a href="/r" hreflang="cy">rules</a></p>'),
        ("<https://e.org>{hreflang=cy}{}", '<p><a href="https://e.org" hreflang="cy">https://e.org</a></p>'),
        ("- > a\n  >\n  b", "<ul>\n<li><blockquote>\n<p>a</p>\n</blockquote>\nb</li>\n</ul>"),
        ("<!é", "<p>&lt;!é</p>"),
    ],
)
def test_lists_breaks_and_escapes_mean_what_they_mean_elsewhere(markdown: str, expected: str) -> None:
    assert html(markdown) == expected


def test_a_table_right_below_a_line_is_a_table() -> None:
    assert "<p>We keep:</p>" in html("We keep:\n| a | b |\n|---|---|\n| 1 | 2 |")
    assert html("We keep:\n| a | b |\n|---|---|\n| 1 | 2 |").count("<td>") == 2


@pytest.mark.parametrize("tag", ["div", "section", "address", "aside", "figure", "details"])
def test_markdown_inside_the_tag_of_a_box_is_read(tag: str) -> None:
    made = html(f"<{tag}>\n### Who\n- [us](/us)\n- **you**\n</{tag}>\nAfter")
    assert "<h3>Who</h3>" in made
    assert '<li><a href="/us">us</a></li>' in made
    assert made.endswith("<p>After</p>")


@pytest.mark.parametrize(
    "mark", ["•\t", "• ", "·\t", "o\t", "\uf0b7\t", "\uf0a7 ", "–\t", "– ", "-\t", "-\u00a0", "▪ "]
)
def test_a_bullet_as_word_pastes_it_starts_an_item(mark: str) -> None:
    pasted = f"We use:\n\n{mark}your name\n{mark}your address\n\nand more"
    assert html(pasted) == "<p>We use:</p>\n<ul>\n<li>your name</li>\n<li>your address</li>\n</ul>\n<p>and more</p>"


@pytest.mark.parametrize("mark", ["1)\t{}", "1.\t{}", "1.\u00a0{}"])
def test_a_number_as_word_pastes_it_starts_an_item(mark: str) -> None:
    pasted = "\n".join(mark.format(text).replace("1", number) for text, number in (("a", "1"), ("b", "2")))
    assert html(pasted) == "<ol>\n<li>a</li>\n<li>b</li>\n</ol>"


def test_another_bullet_is_one_level_in_and_a_dash_in_a_wrapped_sentence_is_none() -> None:
    nested = "<ul>\n<li>a<ul>\n<li>b</li>\n</ul>\n</li>\n<li>c</li>\n</ul>"
    assert html("•\ta\no\tb\n•\tc") == nested
    assert html("We keep it\n– and only it – safe") == "<p>We keep it\n– and only it – safe</p>"
    assert html("```\n• a\n```") == "<pre><code>• a\n</code></pre>"


def test_a_version_of_release_0_1_keeps_the_reading_of_its_release() -> None:
    assert html("One\\\ntwo") == "<p>One<br>\ntwo</p>"
    assert RENDERER.older.any_section("One\\\ntwo", "x") == "<p>One\\\ntwo</p>"
