"""A notice's file to its working text, or every problem in it at once."""

from __future__ import annotations

import pytest

from generator.content import notice_file
from generator.content.model import Notice
from generator.problems import Problem
from tests.site_fixtures import NOTICE


def read(text: str | bytes) -> tuple[Notice | None, list[Problem]]:
    data = text.encode() if isinstance(text, str) else text
    return notice_file.read(data, "notice.md", "library", "en")


def told(problems: list[Problem]) -> list[tuple[int, str, str]]:
    return [(problem.place.line, problem.message, problem.remedy) for problem in problems]


def test_a_notice_is_read_with_its_places() -> None:
    notice, problems = read(NOTICE)
    assert problems == []
    assert notice is not None
    assert notice.facets.purposes[1].basis == ("agreed",)
    assert str(notice.place("purposes.1.basis")).startswith("notice.md:9:")
    assert [(section.heading, section.place.line) for section in notice.sections] == [("Our promise", 29)]
    assert notice.opening is not None
    assert notice.opening.markdown == "This is about the library."


def test_every_mistake_of_a_file_is_told_in_one_run() -> None:
    text = """\
---
titel: Library
review_by: 2026-02-30
retenion: []
audience: grown-ups
purposes:
  - id: Not An Id
    text: lend
  - id: news
owner: {name: Library, email: "a@example.org, b@example.org"}
lawful_bases:
  - id: task
must_provide: {required: maybe}
change: {kind: tpyo, summary: x}
data: {label: [a]}
summary: one: two
---
## {#purposes}

## How long {#How long}
"""
    _, problems = read(text)
    lines = sorted((p.place.line, p.rule) for p in problems)
    assert lines == [
        (2, "F01"),
        (3, "F05"),
        (4, "F01"),
        (5, "F04"),
        (7, "F04"),
        (9, "F02"),
        (10, "F04"),
        (12, "F02"),
        (13, "F04"),
        (14, "F04"),
        (15, "F03"),
        (16, "Y01"),
        (18, "B01"),
        (20, "B02"),
    ]
    remedies = {p.place.line: p.remedy for p in problems}
    assert remedies[4] == "Did you mean `retention`?"
    assert remedies[14] == "Did you mean `typo`?"
    assert remedies[20] == "Use lower-case letters, digits and hyphens, like {#retention}."


def test_an_unknown_key_is_answered_with_the_nearest_one() -> None:
    _, problems = read("---\ntitle: A\nlawful-basis: []\n---\n")
    assert told(problems) == [(3, "`lawful-basis` is not a key that is known here.", "Did you mean `lawful_bases`?")]


def test_plain_text_stands_for_an_item_whose_other_keys_may_be_left_out() -> None:
    notice, problems = read("---\ntitle: A\ndata: postcode\nsources: [you, {who: school, kind: other}]\n---\n")
    assert problems == []
    assert notice is not None
    assert [item.label for item in notice.facets.data] == ["postcode"]
    assert [source.who for source in notice.facets.sources] == ["you", "school"]


def test_a_pasted_notice_takes_its_title_from_its_first_line() -> None:
    notice, problems = read("# Library notice\n\nHello.\n\n## One\n\nText.\n")
    assert problems == []
    assert notice is not None
    assert notice.facets.title == "Library notice"
    assert notice.opening is not None
    assert notice.opening.markdown == "Hello."
    assert [section.heading for section in notice.sections] == ["One"]


def test_headings_inside_code_are_not_sections() -> None:
    notice, _ = read("---\ntitle: A\n---\n## One\n\n```\n## not this\n```\n\nTwo\n---\n\ntext\n")
    assert notice is not None
    assert [section.heading for section in notice.sections] == ["One", "Two"]


@pytest.mark.parametrize(
    ("data", "line", "message"),
    [
        (b"---\ntitle: caf\xe9\n---\n", 2, "This file is not UTF-8 text."),
        (b"\xef\xbb\xbf---\rtitle: Caf\r\n\rabc: \xe9\n---\n", 4, "This file is not UTF-8 text."),
        (b"---\ntitle: A\n\nNo end", 1, "The front matter that starts here has no end."),
        (b"---\ntitle: A\n---\nx\x00y", 4, "There is a character here that is not text."),
        (b"", 1, "`title` is missing."),
        (b"x" * 1_000_001, 1, "This file is too large to read."),
        (b"---\ntitle: A\n---\n" + b"## One\n" * 1_001, 1_004, "There are too many sections."),
    ],
)
def test_a_file_that_is_not_a_notice_is_told(data: bytes, line: int, message: str) -> None:
    _, problems = read(data)
    assert (line, message) in [(problem.place.line, problem.message) for problem in problems]


def test_windows_line_ends_and_a_byte_order_mark_make_no_difference() -> None:
    windows = b"\xef\xbb\xbf" + NOTICE.replace("\n", "\r\n").encode()
    assert read(windows) == read(NOTICE)


@pytest.mark.parametrize(
    ("line", "told_as"),
    [
        ("summary: 1.10", None),
        ("summary: no", None),
        ("summary: 12:30", None),
        ("summary: 010", None),
        ("summary: null", None),
        ("must_provide: {required: 0}", "F04"),
        ("must_provide: {required: no, required: yes}", "Y03"),
        ("title: Parks", "Y03"),
        ("renewal: {lapses_after_days: 1_000}", "F04"),
        ("renewal: {lapses_after_days: 0x1F}", "F04"),
        ("review_by: 12:30", "F05"),
        ("summary: !!python/object/apply:os.system [ls]", "Y04"),
        ("summary: !include secrets.yml", "Y04"),
        ("owner: {<<: *base}", "Y04"),
        ("data: [*a, *a]", "Y04"),
        ("? [a, b]\n: c", "Y01"),
        ("summary: >-\n\tx", "Y01"),
    ],
)
def test_front_matter_is_read_as_written_or_refused_with_its_line(line: str, told_as: str | None) -> None:
    notice, problems = read(f"---\ntitle: Library\n{line}\n---\nText.\n")
    assert notice is not None
    if told_as is None:
        assert problems == []
        assert notice.facets.summary == line.partition(": ")[2]
    else:
        assert told_as in {problem.rule for problem in problems}
        assert {problem.place.line for problem in problems} <= {3, 4}


def test_the_text_before_the_first_heading_starts_on_its_first_line_that_is_not_empty() -> None:
    notice, _ = read(b"---\ntitle: A\n---\n\n\t\nHello.\n")
    assert notice and notice.opening
    assert (notice.opening.place.line, notice.opening.first_line) == (6, 5)
