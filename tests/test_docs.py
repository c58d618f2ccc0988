"""The docs say what the commands do, and every command line in them can be read by the commands."""

from __future__ import annotations

import json
import re
import shlex
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from generator.cli import parser
from tests.commands_page import PAGE, commands, page
from tests.faults import ROWS
from tests.site_fixtures import PROJECT

EDITORS = PROJECT / "docs" / "editors.md"
DECISIONS = PROJECT / "docs" / "decisions.md"
LINE = re.compile(r"^(?:\S*[/\\])?noticeboard(?:\.exe)? .*$", re.MULTILINE)


def test_the_page_of_commands_is_that_of_the_commands() -> None:
    assert PAGE.read_text("utf-8") == page(), "run: python -m tests.commands_page"


def test_every_command_has_help_for_every_option() -> None:
    for name, command in commands().items():
        assert command.description and command.description.endswith("."), name
        assert all(action.help for action in command._actions), name


def blocks(text: str) -> list[str]:
    return re.findall(r"^```\w*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize(
    "file", [EDITORS, PROJECT / "docs/importing.md", PROJECT / "README.md"], ids=lambda file: file.name
)
def test_every_command_line_in_the_docs_can_be_read(file: Path) -> None:
    lines = [line for block in blocks(file.read_text("utf-8") if file.exists() else "") for line in LINE.findall(block)]
    for line in lines:
        arguments = shlex.split(line.replace("\\", "/"), comments=True)[1:]
        parser().parse_args(arguments)  # leaves with an error message if it is not one
    assert lines or file != EDITORS


def test_every_promise_names_a_command_that_is_there() -> None:
    told = (PROJECT / "docs" / "assurance.md").read_text("utf-8")
    before, _, covered = told.partition("## What `consents verify` covers")  # its tables list tampering, not promises
    told = before + covered[covered.index("\n## ") :]
    promises = [line for line in told.splitlines() if line.startswith("| ") and not line.startswith("| promise")]
    named: set[str] = set()
    for promise in promises:
        command = shlex.split(promise.strip("| ").rpartition("`")[0].rpartition("`")[2])
        if command[:2] == ["make", "faults"]:
            named |= set(command[2].removeprefix("ONLY=").split())
        else:
            assert command[0] == ".venv/bin/pytest", promise
            files, _, words = " ".join(command[1:]).partition(" -k ")
            assert _chosen(files.split(), words), promise
    assert named == set(ROWS)
    for name, row in ROWS.items():
        assert not row.file.startswith("tests/") or _chosen(row.file.split(), row.chosen), name


def _chosen(files: list[str], words: str) -> bool:
    """Whether each word that chooses tests is in the name of one."""
    tests = re.findall(r"^def (test_\w+)", "".join((PROJECT / file).read_text("utf-8") for file in files), re.MULTILINE)
    return bool(tests) and all(any(word in test for test in tests) for word in words.split() if word != "or")


def test_every_picture_in_the_docs_is_there_and_small() -> None:
    pages = [PROJECT / "README.md", *(PROJECT / "docs").glob("*.md")]
    shown = {
        (page.parent / name).resolve()
        for page in pages
        for name in re.findall(r"!\[[^\]]+\]\(([^)]+\.png)\)", page.read_text("utf-8"))
    }
    kept = set((PROJECT / "docs" / "pictures").rglob("*.png"))
    assert shown == kept
    for picture in kept:
        data = picture.read_bytes()
        assert data.startswith(b"\x89PNG") and len(data) < 120_000


def test_every_dependency_has_one_line_that_says_why() -> None:
    packages = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))
    project, groups = packages["project"], packages["dependency-groups"]
    asked = [
        *project["dependencies"],
        *(one for extra in project["optional-dependencies"].values() for one in extra),
        *(one for group in groups.values() for one in group),
        *packages["build-system"]["requires"],
    ]
    wanted = {Requirement(one).name for one in asked}
    wanted |= set(json.loads((PROJECT / "package.json").read_text("utf-8"))["devDependencies"])
    table = DECISIONS.read_text("utf-8").partition("\n## Dependencies\n")[2]
    rows = re.findall(r"^\| (?!package |\*\*)([^|]+) \| *\S[^|]+\|$", table, re.MULTILINE)
    told = [name for row in rows for name in re.sub(r" \([^)]*\)", "", row).split(", ")]
    assert sorted(told) == sorted(wanted)


def test_every_decision_has_a_number_in_the_contents_and_says_what_was_given_up() -> None:
    contents, *records = re.split(r"^## ", DECISIONS.read_text("utf-8"), flags=re.MULTILINE)
    headings = [record.partition("\n")[0] for record in records]
    assert headings.pop() == "Dependencies"
    assert [int(heading.partition(". ")[0]) for heading in headings] == list(range(1, len(headings) + 1))
    assert [heading for heading, record in zip(headings, records, strict=False) if "**Given up:**" not in record] == []
    listed = re.findall(r"^- \[(\d+)\]\(#([\w-]+)\)(?: to (\d+))?:", contents, re.MULTILINE)
    numbers = [number for first, _, last in listed for number in range(int(first), int(last or first) + 1)]
    assert numbers == list(range(1, len(headings) + 1))
    for first, anchor, _ in listed:
        assert anchor == re.sub(r"[^\w -]", "", headings[int(first) - 1].lower()).replace(" ", "-")
