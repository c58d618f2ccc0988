"""Markdown to HTML that cannot harm."""

from __future__ import annotations

import re

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.markdown.render import Renderer, TooHard, risky
from tests.site_fixtures import PROJECT

RENDERER = Renderer()
FORBIDDEN = {"script", "iframe", "object", "embed", "form", "input", "style", "link", "meta", "svg", "base", "math"}
PIECES = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](  JaVaScRiPt:alert(1))",
    "<a href='data:text/html,x'>x</a>",
    '<form action="/receipt"><input name="version"></form>',
    '<h2 id="main">x</h2>',
    "<svg/onload=alert(1)>",
    "{: onclick=alert(1)}",
    "<details open ontoggle=alert(1)><summary>s</summary></details>",
    '<div markdown="1" onclick="x">*a*</div>',
    "![a](x 'onerror=y')",
    "<base href=//evil.example>",
    "**bold**\n\n",
    "`code`",
    "\n\n- item\n",
    "| a | b |\n|---|---|\n| 1 | 2 |\n",
    "[^1]\n\n[^1]: note\n",
    "<!--",
    "-->",
    "<![CDATA[",
    "\x00",
    "&#106;avascript:",
]


def html(markdown: str) -> str:
    return RENDERER.section(markdown, "test")


@pytest.mark.parametrize("piece", PIECES)
def test_nothing_active_reaches_a_page(piece: str) -> None:
    assert_harmless(html(piece))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=8).map("".join))
def test_no_mixture_of_pieces_reaches_a_page_alive(markdown: str) -> None:
    assert_harmless(html(markdown))


def assert_harmless(html: str) -> None:
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    for element in tree.iter():
        tag = element.tag if isinstance(element.tag, str) else ""
        assert tag not in FORBIDDEN
        for name, value in element.attrib.items():
            assert not name.startswith("on")
            assert not re.match(r"[\s\x00-\x20]*(javascript|data|vbscript):", value, re.I)
            assert name != "id" or value.startswith("fn")


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("1. a\n2. b\n    - c", "<ol>\n<li>a</li>\n<li>b<ul>\n<li>c</li>\n</ul>\n</li>\n</ol>"),
        ("# a", "<h3>a</h3>"),
        ("### a\n\n#### b", "<h3>a</h3>\n<h4>b</h4>"),
        ("[a](mailto:a@example.org)", '<p><a href="mailto:a@example.org">a</a></p>'),
        ("Term\n: what it means", "<dl>\n<dt>Term</dt>\n<dd>what it means</dd>\n</dl>"),
        ("The DPO\n\n*[DPO]: Officer", '<p>The <abbr title="Officer">DPO</abbr></p>'),
        ("![A bus](/bus.png)", '<p><img alt="A bus" src="/bus.png"></p>'),
        ("{{7*7}} {% x %}", "<p>{{7*7}} {% x %}</p>"),
        ("a < b & c", "<p>a &lt; b &amp; c</p>"),
    ],
)
def test_what_editors_write_survives(markdown: str, expected: str) -> None:
    assert html(markdown) == expected


def test_an_accordion_survives_with_its_markdown() -> None:
    text = '<details markdown="1"><summary>More</summary>\n\n- a\n- b\n\n</details>'
    assert "<summary>More</summary>" in html(text)
    assert "<li>a</li>" in html(text)


def test_a_table_can_be_scrolled_by_keyboard() -> None:
    assert html("| a |\n|---|\n| 1 |").startswith('<div class="table" tabindex="0"><table>')


def test_footnotes_of_two_sections_have_their_own_ids() -> None:
    text = "One.[^1]\n\n[^1]: Note."
    first, second = RENDERER.section(text, "one"), RENDERER.section(text, "two")
    assert 'href="#fn-one-1"' in first
    assert 'id="fn-one-1"' in first
    assert 'id="fn-two-1"' in second


def test_a_heading_is_inline_text() -> None:
    assert RENDERER.inline("1. Your *data* <script>x</script>") == "1. Your <em>data</em>"


HOSTILE = {
    "marked sections": "<![ " * 25_000,
    "brackets": "[" * 8_000,
    "deep quotations": "\n".join(">" * depth + " a" for depth in range(300)),
    "deep lists": "\n".join("  " * depth + "- a" for depth in range(300)),
    "list in a list in a list": "- " * 2_000 + "a",
    "numbers": "1. " * 2_000 + "a",
    "definitions": "a\n: b\n" * 3_000,
    "headings": "# a\n" * 16_000,
    "abbreviations": "*[a]: b\n" * 8_000,
    "tags": "<a " * 20_000,
    "footnotes": "[^1]" * 10_000 + "\n\n[^1]: x",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_text_that_could_keep_the_library_busy_is_known_by_its_look(name: str) -> None:
    assert risky([HOSTILE[name]])


@pytest.mark.parametrize("end", ["x", "{#x}", "##", "|", "[c](/d){" + " " * 40_000 + "e"])
def test_a_line_that_is_nearly_all_spaces_takes_no_longer_than_its_length(end: str) -> None:
    """It has no mark that makes it known by its look, so it is read at once: a limit of five seconds holds in a process of its own."""
    text = f"### a{' ' * 60_000}*b*{' ' * 40_000}{end}"
    assert not risky([text])
    assert Renderer(seconds=5).texts([(text, "a"), ("[" * 8_000, "b")])


@pytest.mark.parametrize("name", ["list in a list in a list", "numbers"])
def test_a_text_that_takes_too_long_or_nests_too_deeply_is_given_up(name: str) -> None:
    with pytest.raises(TooHard):
        Renderer(seconds=1).texts([(HOSTILE[name], "a")])


def test_a_large_ordinary_text_is_rendered_in_its_own_process_to_the_same_html() -> None:
    text = "See [the guide](https://example.org).\n\n" * 1_000
    assert risky([text])
    assert RENDERER.texts([(text, "a")]) == [RENDERER.section(text, "a")]


def test_the_notices_of_this_project_need_no_such_process() -> None:
    files = [*(PROJECT / "content").glob("*/notice.md"), *(PROJECT / "tests" / "notices").glob("*.md")]
    assert not [path.name for path in files if risky([path.read_text("utf-8")])]


@pytest.mark.parametrize(
    ("pasted", "expected"),
    [
        ("We use:\n- a\n- b", "<p>We use:</p>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("- a\n  - b\n- c", "<ul>\n<li>a<ul>\n<li>b</li>\n</ul>\n</li>\n<li>c</li>\n</ul>"),
        ("1) a\n   - b", "<ol>\n<li>a<ul>\n<li>b</li>\n</ul>\n</li>\n</ol>"),
        ("In\n2026. Then", "<p>In\n2026. Then</p>"),
        ("```\n- a\n  - b\n```", "<pre><code>- a\n  - b\n</code></pre>"),
        ("* * *", "<hr>"),
    ],
)
def test_lists_are_read_as_most_programs_write_them(pasted: str, expected: str) -> None:
    assert html(pasted) == expected


def test_a_columns_alignment_is_a_class() -> None:
    assert '<td class="align-right">1</td>' in html("| a |\n|--:|\n| 1 |")
    assert "style" not in html("| a |\n|--:|\n| 1 |")
