"""A pasted notice gains its facts one at a time: nothing is said twice, and what is missing only warns."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.problems import Level
from generator.rules.check import inspect
from tests.site_fixtures import PROJECT, composed_text, make_site, read

PASTED = """\
---
title: Parks notice
---
We look after parks.

## How long we keep it {#retention}

We keep your booking for two years.

## Your rights

You can ask for a copy.

## Who we are

Exampleshire County Council is the controller.
"""
SAYS = "says: [retention, rights, controller]\n"
FACT = "retention: [{record: your booking, keep: 2 years}]\n"


def site(root: Path, front: str) -> Path:
    return make_site(root, PASTED.replace("---\nWe look", f"{front}---\nWe look"), notice_id="parks")


def levels(root: Path) -> set[Level]:
    found = read(root)
    return {problem.level for problem in inspect(found, found.notices["parks", "en"]).problems}


def test_a_first_fact_stops_nothing_that_could_be_published_before(tmp_path: Path) -> None:
    for name, front, stops in (("none", "", False), ("one", FACT, False), ("all", FACT + "complete: yes\n", True)):
        (tmp_path / name).mkdir()
        found = levels(site(tmp_path / name, front))
        assert Level.WARNING in found
        assert (Level.ERROR in found) is stops, name


def test_what_the_text_says_is_not_said_a_second_time(tmp_path: Path) -> None:
    for name, front in (("said", FACT + SAYS), ("twice", FACT)):
        (tmp_path / name).mkdir()
        site(tmp_path / name, front)
    said, twice = (composed_text("parks", tmp_path / name) for name in ("said", "twice"))
    assert "your booking:" not in said.lower()
    assert "your booking:" in twice.lower()
    assert said.count("is the controller") == 1
    assert "two years" in said


def test_a_section_that_says_itself_and_is_misspelt_is_named(tmp_path: Path) -> None:
    found = read(site(tmp_path, "says: [retenion]\n"))
    (problem,) = [one for one in inspect(found, found.notices["parks", "en"]).problems if one.rule == "L03"]
    assert problem.level is Level.ERROR
    assert "`retention`" in problem.remedy


@pytest.mark.parametrize("notice", ["family-hubs", "primary"])
def test_the_example_says_that_it_is_complete(notice: str) -> None:
    assert read(PROJECT).notices[notice, "en"].facets.complete


@pytest.mark.parametrize(
    ("why", "said"),
    [
        ("to prevent crime", "the police, to prevent crime"),
        ("prevent crime", "the police (the reason: prevent crime)"),
        ("the prevention of crime.", "the police (the reason: the prevention of crime)"),
        ("where the law says so", "the police, where the law says so"),
    ],
)
def test_a_reason_for_sharing_reads_as_a_sentence_however_it_starts(tmp_path: Path, why: str, said: str) -> None:
    text = composed_text("parks", site(tmp_path, f"sharing: [{{who: the police, why: {why}}}]\n"))
    assert f"We may share your information with {said}." in text
