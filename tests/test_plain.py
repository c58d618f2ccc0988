"""Plain Markdown without a Markdown pass: the same bytes as Python-Markdown and the cleaner give, wherever it answers."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import islice

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from benchmarks.sites import corpus
from generator.markdown import fast_path
from generator.markdown.render import Renderer
from generator.versions import version as versions
from tests.examples import examples
from tests.site_fixtures import PROJECT

RENDERER = Renderer()
PIECES = [
    *("- ", "\n", "\n\n", "**", "bold", "word", " ", "  ", "### h", "# ", "#", "1. ", "2", "3)", "A: b", ":", "DPO"),
    *("[a b](https://e.org/x)", "[x](/y#z)", "[m](mailto:a@b.org)", "[t](tel:+44)", "[^1]", "[r]: /x", "*[DPO]: x"),
    *("| a | b |", "| --- | --- |", "\n| --- |", "| c |", "|", '"q"', "'", "(", "é", "£5", "–", "!", "![", "x.y"),
    *("+", "-", "--", "---", "===", "?", "/", "@", "...", ";", "https://a.b", "a@b.org", "\u00a0", "\t", "😀", "ß"),
    *("\u200b", "$", "{a}", "{: .b}", "%", "^", "{", "}", "<b>", "&amp;", "\\", "`", "_", "*", "~~~", "> ", "    "),
]


def assert_same(markdown: str) -> bool:
    """Compare the answer of `fast_path` with that of the Markdown pass; return whether it answered."""
    section, inline = fast_path.section(markdown), fast_path.inline(markdown)
    assert section is None or section == RENDERER.any_section(markdown, "x")
    assert inline is None or inline == RENDERER.any_inline(markdown)
    return section is not None


@settings(max_examples=examples(300, 10_000), deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
@example("2  2")
@example("[x](/y#z)https://a.bbold")
def test_mixtures_of_everything_that_means_something(markdown: str) -> None:
    assert_same(markdown)


@settings(max_examples=examples(150, 4000), deadline=None)
@given(st.text(max_size=40))
def test_any_text(markdown: str) -> None:
    assert_same(markdown)


def made_up(count: int) -> Iterator[str]:
    """Sections as editors write them: blocks of every plain kind in any order."""
    words = random.Random(5)  # noqa: S311
    inline = ["we keep it", "**for 2 years**", "[our page](/primary/#rights)", "(see below)", "under article 6(1)(e)."]

    def line() -> str:
        return " ".join(words.choices(inline, k=words.randint(1, 4)))

    for _ in range(count):
        blocks = []
        for _ in range(words.randint(1, 5)):
            items = "\n".join(f"- {line()}" for _ in range(words.randint(1, 4)))
            table = f"| {line()} | b |\n| --- | --- |\n| {line()} | {line()} |"
            blocks.append(words.choice([line(), items, table, f"### {line()}"]))
        yield "\n\n".join(blocks)


def test_thousands_of_sections_as_editors_write_them() -> None:
    answered = [assert_same(markdown) for markdown in made_up(2000)]
    assert sum(answered) > len(answered) / 2


def test_the_sections_of_the_benchmark_and_of_the_example() -> None:
    found = [version for pair in islice(corpus.notices(40), 40) for version in pair]
    found += [versions.read(path.read_bytes(), path.name) for path in (PROJECT / "content").glob("*/versions/*.yml")]
    texts = {text for version in found for section in version.sections for text in (section.markdown, section.heading)}
    answered = [assert_same(text) for text in sorted(texts)]
    assert sum(answered) > 0.9 * len(answered)


@pytest.mark.parametrize(
    "markdown",
    [
        "1. a\n2. b",
        "a\nb",
        "- a\n\n- b",
        "- a\n    - b",
        "a & b",
        "a_b_c",
        "[a][b]",
        "# a #",
        "",
        " a",
        "> a",
        "| a |\n|---|",
    ],
)
def test_what_is_not_plain_is_left_to_the_markdown_pass(markdown: str) -> None:
    assert fast_path.section(markdown) is None
