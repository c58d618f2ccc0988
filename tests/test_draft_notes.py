"""A draft's page shows each problem at the section that it is about."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest

from generator.building import build
from generator.content.model import Facets
from generator.pages.draft_notes import notes_by_section
from generator.problems import error
from generator.publishing import drafts
from generator.publishing.drafts import Draft
from generator.wording.inserts import facet_texts
from tests.rule_fixtures import SOUND, changed
from tests.site_fixtures import PROJECT, SITE, TODAY, make_site, read, write_notice

EVERY_FACET = (
    (PROJECT / "tests" / "every_facet.md")
    .read_text("utf-8")
    .replace(
        "\nsummary: s\n",
        """
summary: s
category: Travel
audience: adult
parent: primary
review_by: 2027-01-01
aliases: [/buses/]
renewal: {stays_valid: no}
consent_records: {keep: 6 years, after: withdrawal of consent}
translation: {status: reviewed, reviewed_by: A reader, reviewed_on: 2026-01-01}
processor_for: [{name: Exampleton Academy Trust}]
says: [updates]
silence: {N15: It does not apply.}
change: {kind: typo, summary: One letter., effective: 2027-01-01}
retired: The service ended.
""",
    )
)
ABOVE = {"title", "summary", "service", "category", "owner", "audience", "review_by", "aliases", "translation"}
ABOVE |= {"glance", "silence", "retired", "change", "says", "complete", "earlier"}
"""Facets that readers find above the sections, or nowhere."""


def draft_of(root: Path, notice: str = "library") -> Draft:
    found = read(root)
    (draft,) = (one for one in drafts.drafts(found, build.read_words(found), TODAY) if one.notice.id == notice)
    return draft


def where(root: Path) -> dict[str, str]:
    """The section in which the page of the draft shows each gap, by the number in `[NAME 1]`; `` for above them all."""
    build.build(read(root), root / "public", TODAY, with_drafts=True)
    page = (root / "public" / "draft" / "library" / "index.html").read_text("utf-8")
    shown: dict[str, str] = {}
    for part in re.split(r'(?=<section[^>]* id=")', page):
        section = re.match(r'<section[^>]* id="([^"]+)"', part)
        for notes in re.findall(r'<ul class="notes">.*?</ul>', part, re.S):
            for number in re.findall(r"“\[NAME (\w+)\]”", notes):
                assert shown.setdefault(number, section[1] if section else "") == (section[1] if section else "")
    return shown


@pytest.mark.parametrize("facet", Facets.__dataclass_fields__)
def test_a_problem_of_a_facet_is_shown_where_readers_find_it(facet: str, tmp_path: Path) -> None:
    retired = "" if facet == "retired" else "\nretired: The service ended."
    root = make_site(tmp_path, EVERY_FACET.replace(retired, "") if retired else EVERY_FACET)
    write_notice(root, "---\ntitle: Primary notice\n---\nAll.\n", "primary")
    draft = draft_of(root)
    place = draft.notice.place(facet)
    assert place.line > 1
    told = dataclasses.replace(draft, problems=(error("F04", place, "This is wrong.", "Write it anew."),))
    (section,) = notes_by_section(told, draft.version)
    if facet in ABOVE:
        assert section == ""
    elif facet in ("renewal", "consent_records", "consents", "urgent_help", "discreet"):
        assert section == "your-choice"
    elif facet in ("parent", "direct_marketing"):
        assert section == {"parent": "primary-notice", "direct_marketing": "object"}[facet]
    else:
        (words,) = (one.markdown for one in draft.version.sections if one.id == section)
        texts = [text for _, text in facet_texts(getattr(draft.notice.facets, facet))]
        assert any(text.rstrip(".") in words for text in texts if len(text) > 3)


def test_a_problem_of_a_consent_that_nobody_is_asked_for_any_more_is_shown_at_its_words(tmp_path: Path) -> None:
    root = make_site(tmp_path, EVERY_FACET)
    draft = draft_of(root)
    told = dataclasses.replace(draft, problems=(error("L02", draft.notice.place("consents.0.id"), "No.", "Yes."),))
    assert list(notes_by_section(told, draft.version)) == ["consent"]


BODY = """\
Before it all [NAME one].

## Our promise

First [NAME two].

## Our promise

Second [NAME three].

## What [[council.short_name]] does

It does [NAME four].

## Write to us {#email}

Write [NAME five].

## How long {#retention}

As [NAME six] says.

## More

Here [NAME seven].

[[pledge]]

There [NAME eight].

## Last

- one
- two [NAME nine]

> said [NAME ten]

| a | b |
|---|---|
| c | [NAME eleven] |
"""
PLEDGE = "We pledge [NAME twelve].\n\n## Our pledge\n\nTo lend [NAME thirteen].\n\n### Always\n\nYes [NAME fourteen].\n"


def test_a_problem_of_the_body_is_shown_in_its_section_whatever_the_section_is(tmp_path: Path) -> None:
    front = changed(SOUND, "data: [your name, 'your [NAME fifteen]']\nsummary: What we do for [NAME sixteen].")
    root = make_site(tmp_path, f"---\n{front}---\n{BODY}", SITE)
    (root / "content" / "shared").mkdir()
    (root / "content" / "shared" / "pledge.md").write_text(PLEDGE, "utf-8")
    assert where(root) == {
        "one": "about",
        "two": "our-promise",
        "three": "our-promise-2",
        "four": "what-exampleshire-does",
        "five": "email",
        "six": "retention",
        "seven": "more",
        "eight": "our-pledge",
        "nine": "last",
        "ten": "last",
        "eleven": "last",
        "twelve": "more",
        "thirteen": "our-pledge",
        "fourteen": "our-pledge",
        "fifteen": "data",
        "sixteen": "",
    }


def test_a_problem_of_shared_wording_that_opens_the_text_is_shown_in_the_section_that_it_starts(tmp_path: Path) -> None:
    root = make_site(tmp_path, f"---\n{SOUND}---\n[[pledge]]\n\nThen [NAME one].\n\n## Last\n\nEnd [NAME two].\n")
    (root / "content" / "shared").mkdir()
    pledge = "## Our pledge\n\nTo lend [NAME three].\n\nOur books\n---\n\nAre [NAME four].\n\n## Our time\n\nIs [NAME five].\n"
    (root / "content" / "shared" / "pledge.md").write_text(pledge, "utf-8")
    assert where(root) == {
        "one": "our-time",
        "two": "last",
        "three": "our-pledge",
        "four": "our-books",
        "five": "our-time",
    }


def test_shared_wording_in_two_sections_has_its_problem_in_the_first(tmp_path: Path) -> None:
    root = make_site(tmp_path, f"---\n{SOUND}---\n## One\n\n[[pledge]]\n\n## Two\n\n[[pledge]]\n\nNow [NAME one].\n")
    (root / "content" / "shared").mkdir()
    (root / "content" / "shared" / "pledge.md").write_text("We pledge [NAME two].\n", "utf-8")
    assert where(root) == {"one": "two", "two": "one"}


def test_a_fact_that_is_missing_is_asked_for_in_the_section_that_should_have_it(tmp_path: Path) -> None:
    front = changed(SOUND, "", ("retention", "transfers"))
    site = re.sub(r"data_protection_officer:\n.*\n.*\n", "", SITE)
    root = make_site(
        tmp_path, f"---\n{front}---\n## How long {{#retention}}\n\nIt depends.\n\n## DPO {{#dpo}}\n\nA.\n", site
    )
    draft = draft_of(root)
    found = {
        section: [note.message for note in notes] for section, notes in notes_by_section(draft, draft.version).items()
    }
    rules = {problem.message: problem.rule for problem in draft.problems}
    assert {rules[message]: section for section, messages in found.items() for message in messages} == {
        "N03": "dpo",
        "N09": "",
        "N10": "retention",
    }


def test_a_key_that_nobody_knows_is_told_above_the_sections_and_not_at_its_neighbour(tmp_path: Path) -> None:
    root = make_site(tmp_path, f"---\n{SOUND}retenion: []\n---\nThis is about the library.\n")
    draft = draft_of(root)
    assert list(notes_by_section(draft, draft.version)) == [""]
