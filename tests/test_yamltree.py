"""YAML that says what it means."""

from __future__ import annotations

import pytest

from generator.content import yaml_tree
from generator.content.yaml_tree import Mapping, Scalar


def texts(node: yaml_tree.Node | None) -> object:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, yaml_tree.Sequence):
        return [texts(item) for item in node.items]
    return {key.text: texts(value) for key, value in node.entries} if node else None


@pytest.mark.parametrize("word", ["no", "1.10", "12:30", "010", "null", "2026-13-45", "0x1F", "yes", "~", "1_000"])
def test_a_value_is_the_word_that_was_written(word: str) -> None:
    tree, problems = yaml_tree.parse(f"key: {word}\n", "f")
    assert (texts(tree), problems) == ({"key": word}, [])


def test_places_count_from_the_top_of_the_file() -> None:
    tree, _ = yaml_tree.parse("a: 1\nlist:\n  - é: x\n", "notice.md", first_line=2)
    assert isinstance(tree, Mapping)
    inner = tree.entries[1][1]
    assert isinstance(inner, yaml_tree.Sequence)
    entry = inner.items[0]
    assert isinstance(entry, Mapping)
    assert str(entry.entries[0][1].place) == "notice.md:4:8"


@pytest.mark.parametrize(
    ("text", "line", "message", "remedy"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "The key `a` is written twice; the first is on line 1.", "Keep one"),
        ("a: 1\nb: one: two\n", 2, "There is a second colon in this line.", "in quotes"),
        ("a: 1\nb:\n\tc: 2\n", 3, "This line is indented with a tab.", "Use spaces"),
        ('a: 1\nb: "open\nc: 2\n', 2, "A quotation mark is opened here and never closed.", "Close it"),
        ("a: 1\nb: [x, y\n", 3, "A bracket or brace is opened and not closed properly.", "in quotes"),
        ("a: &x 1\n", 1, "`&x` is a YAML alias, which content cannot use.", "quotes"),
        ("a: *x\n", 1, "`*x` is a YAML alias, which content cannot use.", "quotes"),
        ("a: !!python/object:os.system x\n", 1, "`tag:yaml.org,2002:python/object:os.system` is a YAML tag", "quotes"),
        ("a: 1\n[x, y]: 2\n", 2, "A list or a group of keys cannot be the name of a key.", "quotes"),
        ("a: 1\n---\nb: 2\n", 2, "A second document starts here.", "Remove"),
        ("a: \x01\n", 1, "The character U+0001 cannot stand here.", "Delete it"),
        ("a: @home\n", 1, "Text cannot start with", "quotes"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_a_remedy(text: str, line: int, message: str, remedy: str) -> None:
    _, problems = yaml_tree.parse(text, "f")
    assert [(p.place.line, p.message) for p in problems if p.message.startswith(message)] == [
        (line, next(p.message for p in problems if p.message.startswith(message)))
    ]
    assert any(remedy in problem.remedy for problem in problems)


def test_one_broken_key_does_not_hide_the_others() -> None:
    tree, problems = yaml_tree.parse("a: 1\nb: x: y\nc: 3\nd: x: z\n", "f")
    assert texts(tree) == {"a": "1", "c": "3"}
    assert [problem.place.line for problem in problems] == [2, 4]


def test_a_bomb_is_refused_at_once() -> None:
    bomb = "a: &a [x,x,x]\n" + "".join(
        f"{new}: &{new} [*{old},*{old},*{old},*{old}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    )
    _, problems = yaml_tree.parse(bomb, "f")
    assert problems
    assert all(problem.rule == "Y04" for problem in problems)


@pytest.mark.parametrize("text", ["[" * 5000, "a: " + "{b: " * 5000, "- " * 5000, "x" * 2_000_000])
def test_deep_and_large_input_is_refused(text: str) -> None:
    _, problems = yaml_tree.parse(text, "f")
    assert problems


@pytest.mark.parametrize(
    "text",
    [
        "a: [\n" * 100_000,
        "a: *b\n" * 100_000,
        "a: x: y\n" * 50_000,
        "a:\n" * 200_000,
        "a: &a [" + "x, " * 300_000 + "]\n",
        "a: {" * 50_000,
    ],
    ids=["open lists", "aliases", "second colons", "one key", "a long list", "open groups"],
)
def test_a_large_file_of_mistakes_is_answered_with_few_problems(text: str) -> None:
    """Each of these took up to 18 seconds, or an answer for every line, before there were limits."""
    _, problems = yaml_tree.parse(text, "f")
    assert 0 < len(problems) <= yaml_tree.MAX_BLOCKS


def test_a_key_written_twice_is_told_where_the_rest_cannot_be_read() -> None:
    tree, problems = yaml_tree.parse("a: 1\nb: x: y\na: 2\n", "f")
    assert texts(tree) == {"a": "1"}
    assert [(problem.rule, problem.place.line) for problem in problems] == [("Y01", 2), ("Y03", 3)]


def test_a_mistake_that_shows_only_at_the_end_is_on_the_last_line() -> None:
    for text in ("a: b\nc", "a: 'b", "a: [b", "? a\n: b\nc\n"):
        _, problems = yaml_tree.parse(text, "f", 5)
        assert all(5 <= problem.place.line <= 5 + text.count("\n") for problem in problems)
