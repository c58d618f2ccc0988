"""The English of code and docs names its subject: no sentence opens with a Who or What clause, questions aside.

The other words that style forbids ("is told", "stands") are counted: their number may shrink and not grow.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.site_fixtures import PROJECT

PACKAGES = ("generator", "widget", "desk", "tests", "benchmarks")
OPENING = re.compile(r"(?:^|(?<=[.!?:;]\s))(?:Who|Whoever|What|Whatever|Whom|Whose|Whichever)\b[^.!?:;]*[.!?:;]")
VAGUE = {"is told": 14, "are told": 3, " stands ": 55, "is there": 43}
"""How often the packages' docstrings may say each: lower a number when you have mended some."""
OWN_NAMES = ("**What waits for you**",)
"""Titles of pages, which documents quote."""


def docstrings(file: Path) -> Iterator[str]:
    """Each text of a module that stands alone in a body, on one line: docstrings of modules, classes, functions and
    values."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        body = getattr(node, "body", None)
        for statement in body if isinstance(body, list) else []:
            value = statement.value if isinstance(statement, ast.Expr) else None
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                yield " ".join(value.value.split())


def paragraphs(file: Path) -> Iterator[str]:
    """Each paragraph, list item and cell of a table in a document, on one line, without code and headings."""
    text = re.sub(r"^(`{3,}).*?^\1", "", file.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    text = re.sub(r"^#.*$", "", text, flags=re.MULTILINE)
    for part in re.split(r"\n\s*\n|\n(?=\s*(?:[-*]|\d+\.) )|\|", text):
        yield re.sub(r"^(?:[-*]|\d+\.) ", "", " ".join(part.split()))


def openings(text: str) -> list[str]:
    """The sentences of a text that open with such a clause and ask nothing."""
    return [found[0] for found in OPENING.finditer(text) if not found[0].endswith("?")]


@cache
def all_docstrings() -> list[tuple[str, str]]:
    """The docstrings of all packages, each with the name of its file."""
    files = [file for package in PACKAGES for file in sorted((PROJECT / package).rglob("*.py"))]
    return [(str(file.relative_to(PROJECT)), text) for file in files for text in docstrings(file)]


def test_the_search_tells_clauses_from_questions() -> None:
    assert openings("What was typed stays. It is there.") == ["What was typed stays."]
    assert openings("One thing. Who refused is not asked.") == ["Who refused is not asked."]
    assert openings("What changed? The person who refused. See what it says.") == []


def test_no_docstring_opens_with_a_who_or_what_clause() -> None:
    found = {f"{name}: {one}" for name, text in all_docstrings() for one in openings(text)}
    assert found == set()


def test_no_sentence_of_the_docs_opens_with_a_who_or_what_clause() -> None:
    documents = [*PROJECT.glob("*.md"), *(PROJECT / "docs").glob("*.md")]
    found = {
        f"{file.name}: {one}"
        for file in documents
        for text in paragraphs(file)
        if not text.startswith(OWN_NAMES)
        for one in openings(text)
    }
    assert found == set()


def test_vague_words_become_fewer() -> None:
    counts = {words: sum(text.count(words) for _, text in all_docstrings()) for words in VAGUE}
    assert {words: count for words, count in counts.items() if count > VAGUE[words]} == {}
