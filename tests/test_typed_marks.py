"""Marks that residents would see as they are typed are named with their line, and with what to write."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.rule import Example
from tests.rule_fixtures import make, problems


def named(root: Path, body: str) -> list[tuple[str, str]]:
    """The rule and the line of each mark that the check names."""
    lines = make(root, Example(body=body)).joinpath("content/library/notice.md").read_text("utf-8").split("\n")
    found = [problem for problem in problems(root) if problem.rule in ("K11", "K12")]
    return [(problem.rule, lines[problem.place.line - 1][problem.place.column - 1 :]) for problem in found]


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("<div>\n    **We never sell it.**\n</div>", "**We never sell it.**"),
        ("<address>\n    Write to [us](/library/).\n</address>", "[us](/library/)."),
        ("<section>\n    ### Who\n</section>", "### Who"),
        ("<aside>\n    - your name\n</aside>", "- your name"),
        ("<p>We keep\n**your name**</p>", "**your name**</p>"),
        ("<div>\n\n    We never sell it.\n\n</div>", "    We never sell it."),
        ("<div class='a'>\n\n    We never\n    sell it.\n</div>", "    We never"),
        ("- a\n\n  <table>\n  <tr><td>__b__</td></tr>\n  </table>", "__b__</td></tr>"),
    ],
)
def test_a_mark_within_html_is_named_with_its_line(body: str, line: str, tmp_path: Path) -> None:
    assert named(tmp_path, body) == [("K11", line)]


@pytest.mark.parametrize(
    "body",
    [
        "<div>\n**We never sell it.**\n</div>",
        "<div>\n    <strong>We</strong> never sell it, at 5 * 3 - 1.\n</div>",
        "<!--\n**note**\n-->",
        "<div>\n\nWe never sell it.\n\n</div>\n\n    as typed",
        "<pre>\n**as typed**\n</pre>",
        "```\n<div>\n    **code**\n```",
    ],
)
def test_what_is_read_or_meant_as_it_is_typed_is_not_named(body: str, tmp_path: Path) -> None:
    assert named(tmp_path, body) == []


@pytest.mark.parametrize("mark", ["{})\t", "({}) ", "{}. "])
def test_letters_that_run_together_are_named_once(mark: str, tmp_path: Path) -> None:
    items = "\n".join(f"{mark.format(letter)}item" for letter in "abc")
    assert named(tmp_path, f"We need:\n\n{items}") == [("K12", f"{mark.format('a')}item")]
    apart = items.replace("\n", "\n\n")
    assert named(tmp_path, f"We need:\n\n{apart}") == []
