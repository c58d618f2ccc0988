"""One slip of an editor's hand is one problem, on its own line, with what to write instead."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator import repository
from generator.content import site_file
from generator.content.yaml_slips import WIDE
from generator.problems import Level, Problem
from generator.rules import check
from tests.site_fixtures import PROJECT, SITE, make_site, write_notice

NOTICE = """\
---
title: Library privacy notice
summary: What we do with your information when you join the library.
service: Libraries
category: Leisure
owner:
  name: Libraries
  email: libraries@example.org
purposes:
  - id: lend
    text: lend you books
    basis: task
  - id: news
    text: send you news
    basis: agreed
lawful_bases:
  - id: task
    article: 6(1)(e)
    legislation: Public Libraries and Museums Act 1964 section 7
  - {id: agreed, article: 6(1)(a)}
data:
  - your name
  - your address
sources: [you]
sharing: none
retention:
  - record: your membership
    keep: 2 years
    after: end of financial year
transfers: none
automated_decisions: none
must_provide: {required: no}
consents:
  - id: news
    statement: I agree that the library can send me news.
    purposes: news
    effect: If you withdraw, we send you no more news. You can still borrow books.
    if_refused: You can say no and still borrow books.
---
This is about the library.

## Our promise

We look after your **information**.
"""
LINES = NOTICE.split("\n")
NBSP = "\u00a0"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_site(tmp_path_factory.mktemp("slips"), NOTICE)


def errors(site: Path, text: str) -> list[Problem]:
    """Every error of the notice, and what stops the site otherwise."""
    write_notice(site, text)
    found = repository.read(site)
    problems = [*found.problems, *(p for n in found.notices.values() for p in check.inspect(found, n).problems)]
    return sorted({problem for problem in problems if problem.level is Level.ERROR}, key=lambda p: p.place)


def line_of(text: str, words: str) -> int:
    return next(number for number, line in enumerate(text.split("\n"), 1) if words in line)


def test_the_notice_that_slips_are_made_in_is_right(site: Path) -> None:
    assert errors(site, NOTICE) == []


@pytest.mark.parametrize(
    ("old", "new", "where", "message", "remedy"),
    [
        ("title: Lib", f"title:{NBSP}Lib", "title:", "no-break space", "Type a space"),
        ("service: Lib", f"service:{NBSP} Lib", "service:", "no-break space", "Type a space"),
        ("  name: Lib", f"{NBSP} name: Lib", "name: Lib", "no-break space", "Type a space"),
        ("    text: lend", f"    text:{NBSP}lend", "lend you", "no-break space", "Type a space"),
        ("  - your name", f"  -{NBSP}your name", "your name", "no-break space", "Type a space"),
        ("  - your name\n  - your address", "  • your name\n  • your address", "• your name", "`•`", "`- your name`"),
        ("  - your name\n  - your address", "• your name\n• your address", "• your name", "`•`", "`- your name`"),
        ("  - your name\n  - your address", "  – your name\n  – your address", "– your name", "`–`", "`- your name`"),
        ("  - your name\n  - your address", "  * your name\n  * your address", "* your name", "`*`", "`- your name`"),
        ("  - your name\n  - your address", f"  ·{NBSP}your name\n  ·{NBSP}your address", "your name", "`·`", "`- "),
        ("  - your name\n  - your address", "  -your name\n  -your address", "-your name", "no space after", "`- `"),
        ("  - your address", "  -your address", "-your address", "no space after", "`- `"),
        ("  - id: lend", "  -id: lend", "-id: lend", "no space after", "`- `"),
        ("  - id: news\n    text", "  -id: news\n    text", "-id: news", "no space after", "`- `"),
        ("category: Leisure", "category: @leisure", "@leisure", "Text cannot start with `@` here.", "in quotes"),
        ("  - your name", "  - @name", "- @name", "Text cannot start with `@` here.", "in quotes"),
        ("when you join", "when\nyou join", "you join", "first column", "two spaces"),
        ("of financial", "of\nfinancial", "financial year", "first column", "two spaces"),
        ("---\ntitle", "\n---\ntitle", "", "first line is empty", "`---` is the first line"),
        ("---\ntitle", "—\ntitle", "—", "begins with `—`", "Write `---`"),
        ("---\ntitle", "–––\ntitle", "–––", "begins with `–––`", "Write `---`"),
        ("---\ntitle", "title", "title:", "has no beginning", "Write `---` above"),
        ("---\nThis", "—\nThis", "—", "ends with `—`", "Write `---`"),
        ("---\nThis", "----\nThis", "----", "ends with `----`", "Write `---`"),
        ("category: Leisure", "category Leisure", "category Leisure", "first column", "a colon"),
        ("category: Leisure", "category: Leisure: books", "Leisure: books", "second colon", "in quotes"),
        ("service: Libraries", "service: Parking #1", "#1", "cut off", 'service: "Parking #...'),
        ("send me news.", "send me #News and share.", "#News", "cut off", "in quotes"),
        ("service: Libraries", "service: #1 Library", "#1", "cut off", "in quotes"),
        ("  - your name", "  - your name #1", "#1", "cut off", "in quotes"),
        ("  - your name", "  - Contact details: your name", "Contact details", "The colon after", "in quotes"),
        ("6(1)(a)}", "6(1)(a), legislation: Acts, orders and rules}", "orders", "The comma", "in quotes"),
        ("must_provide: {required: no}", "must_provide: {required: no", "required: no", "not closed", "in quotes"),
        ("title: Library", 'title: "Library', "title:", "never closed", "Close it"),
        ("title: Lib", "titel: Lib", "titel", "not a key", "`title`"),
        ("category: Leisure", "\tcategory: Leisure", "category", "tab", "spaces"),
    ],
)
def test_one_slip_is_one_error_on_its_line_with_what_to_write(
    site: Path, old: str, new: str, where: str, message: str, remedy: str
) -> None:
    assert NOTICE.count(old) >= 1
    text = NOTICE.replace(old, new, 1)
    found = errors(site, text)
    assert [(p.place.line, message in p.message, remedy in p.remedy) for p in found] == [
        (line_of(text, where), True, True)
    ], found


@pytest.mark.parametrize("line", ["accent: #7a1f5c", "logo: logo.svg #1"])
def test_what_is_cut_off_in_site_yml_is_told(line: str) -> None:
    _, problems = site_file.read(f"{SITE}theme:\n  {line}\n".encode())
    assert [(p.rule, p.place.line) for p in problems] == [("F09", SITE.count("\n") + 2)]
    assert "in quotes" in problems[0].remedy


def test_a_remark_after_a_date_a_choice_or_nothing_is_a_remark(site: Path) -> None:
    text = NOTICE.replace("owner:", "owner: # who answers").replace("  id: lend", "  id: lend # an id")
    text = text.replace("category:", "review_by: 2027-01-01 # once a year\ncategory:")
    assert errors(site, text) == []


def test_text_that_only_looks_like_a_slip_is_left_alone(site: Path) -> None:
    text = NOTICE.replace("when you join the library.", f"when{NBSP}you join:\n  – now, or\n  * later · soon")
    text = text.replace("join:\n", "join\n").replace("I agree that", '"I agree that').replace("me news.", 'me #News."')
    assert errors(site, text) == []
    block = NOTICE.replace("summary: What we do", "summary: |\n  -one\n  •two #three\n  What we do")
    assert errors(site, block) == []


@pytest.mark.parametrize("end", ["\x85", "\u2028", "\u2029"])
def test_a_line_end_that_only_yaml_knows_moves_no_place(end: str) -> None:
    _, problems = site_file.read(f"{SITE}# one{end}# two{end}\nsecurity_contact: a@example.org #1\n".encode())
    assert "F09" in {problem.rule for problem in problems} or problems == []


def drop_space(line: str) -> str:
    return line.replace(": ", ":", 1)


def wide_space(line: str) -> str:
    return line.replace(": ", f":{NBSP}", 1)


def at_sign(line: str) -> str:
    key, colon, value = line.partition(": ")
    return f"{key}{colon}@{value}"


def second_colon(line: str) -> str:
    return f"{line}: more"


def misspelt(line: str) -> str:
    at = next(index for index, sign in enumerate(line) if sign.isalpha())
    return f"{line[: at + 1]}{line[at + 2 :]}"


def remark(line: str) -> str:
    return f"{line} #1"


def bullet(line: str) -> str:
    return line.replace("- ", "• ", 1)


def no_space(line: str) -> str:
    return line.replace("- ", "-", 1)


def quote(line: str) -> str:
    key, colon, value = line.partition(": ")
    return f'{key}{colon}"{value}'


def tab(line: str) -> str:
    return f"\t{line}"


def less_indent(line: str) -> str:
    return line.removeprefix(" ")


def doubled(line: str) -> str:
    return f"{line}\n{line}"


SLIPS: list[Callable[[str], str]] = [
    *(drop_space, wide_space, at_sign, second_colon, misspelt, remark, bullet, no_space, quote, tab, less_indent),
    doubled,
]
FRONT = range(1, LINES.index("---", 1))


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.sampled_from(FRONT), slip=st.sampled_from(SLIPS))
def test_any_one_slip_is_told_within_a_line_of_it_and_nothing_false_elsewhere(
    site: Path, at: int, slip: Callable[[str], str]
) -> None:
    """A list whose first item is wrong is told there; a notice that is still right has no error at all."""
    text = "\n".join([*LINES[:at], slip(LINES[at]), *LINES[at + 1 :]])
    found = errors(site, text)
    block = max(number for number in range(1, at + 1) if not LINES[number].startswith((" ", "-")))
    end = next(number for number in range(at + 1, len(LINES)) if not LINES[number].startswith(" "))
    near = [p for p in found if abs(p.place.line - (at + 1)) <= 1]
    elsewhere = [p for p in found if p not in near and not block < p.place.line <= end + 1]
    assert elsewhere == []
    assert near or not found or slip is less_indent, (LINES[at], slip.__name__, found)


def test_every_wide_space_is_one(site: Path) -> None:
    assert "\u00a0" in WIDE and "\u3000" in WIDE


def test_a_number_sign_between_braces_is_no_brace_left_open(tmp_path: Path) -> None:
    owner = "owner: {name: Libraries, phone: Room #4, email: libraries@example.org}"
    root = make_site(tmp_path, NOTICE.replace("owner:\n  name: Libraries\n  email: libraries@example.org", owner))
    (found,) = [p for p in repository.read(root).problems if p.level is Level.ERROR]
    assert (found.rule, found.place.line, found.place.column) == ("F09", 6, owner.index("#") + 1)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("transfers: none", 'transfers: "[TO WRITE: none, or the country]"'),
        ("automated_decisions: none", 'automated_decisions: "[TO WRITE: none, or what is decided]"'),
        ("keep: 2 years", 'keep: "[TO WRITE: how long, such as 2 years]"'),
        ("required: no", 'required: "[TO WRITE: yes or no]"'),
    ],
)
def test_a_mark_that_nobody_filled_in_is_one_problem(tmp_path: Path, old: str, new: str) -> None:
    found = repository.read(make_site(tmp_path, NOTICE.replace(old, new)))
    (notice,) = found.notices.values()
    assert len([one for one in check.inspect(found, notice).problems if one.level is not Level.NOTE]) == 1


def test_no_message_calls_a_fact_by_its_name_in_the_code() -> None:
    pages = [*(PROJECT / "docs").glob("*.md")]
    own = {"architecture.md", "decisions.md", "assurance.md"}
    assert not [
        page.name for page in pages if page.name not in own and re.search("facet", page.read_text("utf-8"), re.I)
    ]
    for path in (PROJECT / "generator").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                said = [one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
                assert not [text for text in said if re.search(r"\bfacets?\b", text, re.I) and " " in text], path
