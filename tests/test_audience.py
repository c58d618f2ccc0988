"""Notices for children and in easy read: their own reading age and explanations; and Welsh that must not be missing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from generator.cli import main
from generator.content import json_schema, site_file
from generator.content.model import Audience
from generator.problems import Level, Problem
from generator.rule import Example
from generator.rules.text.readability import syllables
from tests.rule_fixtures import make, problems
from tests.site_fixtures import SITE, publish

HARD = "We keep a record of each visit to the library and of the books that every member borrows. " * 40
EXPLAINED = (
    "What happens to what you tell us? We use it to lend you books. Your librarian can help you. You can say no. "
    "Ask a grown-up if you do not understand.\n"
)
WELSH = (
    "Beth sy’n digwydd i’r hyn rydych yn ei ddweud? Gall y llyfrgellydd eich helpu; gofynnwch wrth y ddesg. Gallwch newid "
    "eich meddwl. Cewch ofyn am help gan oedolyn.\n"
)


def found(folder: Path, rule: str, **example: Any) -> list[Problem]:
    return [problem for problem in problems(make(folder, Example(**example))) if problem.rule.startswith(rule)]


@pytest.mark.parametrize(
    ("audience", "said"),
    [("adult", None), ("child", "11 is the limit for children"), ("easy-read", "9 is the limit for easy read")],
)
def test_each_audience_has_its_own_reading_age(tmp_path: Path, audience: str, said: str | None) -> None:
    (age, *_) = found(tmp_path, "T12", front=f"audience: {audience}", body=HARD) or [None]
    assert (said is None) if age is None else (said or "?") in age.message


@pytest.mark.parametrize("address", ["https://www.example.org/a", "<https://www.example.org>", "office@example.org"])
def test_a_sentence_ends_behind_an_address(tmp_path: Path, address: str) -> None:
    assert found(tmp_path, "T11", body=f"Ask us at {address}. " * 12) == []


def test_cells_of_tables_are_no_sentences_for_the_reading_age(tmp_path: Path) -> None:
    table = "\n\n| What | Why |\n|---|---|\n" + "| Name | Loans |\n" * 60
    said = [
        found(tmp_path, "T12", front="audience: easy-read", body=body)[0].message for body in (HARD, f"{HARD}{table}")
    ]
    assert said[0] == said[1]


@pytest.mark.parametrize(
    ("name", "heard"), [("Pwllheli", 3), ("Cwmbrân", 2), ("Llangollen", 3), ("Swansea", 2), ("Owner", 2)]
)
def test_the_syllables_of_a_welsh_name_are_those_that_are_heard(name: str, heard: int) -> None:
    assert syllables(name) == heard


def test_site_yml_sets_the_reading_age_of_one_audience_and_keeps_the_others(tmp_path: Path) -> None:
    (problem,) = found(tmp_path, "T12", body=HARD, site="reading_age: {adult: 10}")
    assert "10 is the limit for adults" in problem.message
    site, _ = site_file.read(f"{SITE}reading_age: {{adult: 10}}\n".encode())
    assert site
    assert [site.oldest_reader(audience) for audience in Audience] == [10, 11, 9]


@pytest.mark.parametrize("wrong", ["{teenagers: 12}", "{child: young}", "{child: 99}", "12"])
def test_a_reading_age_that_is_none_is_refused_with_its_place(wrong: str) -> None:
    site, told = site_file.read(f"{SITE}reading_age: {wrong}\n".encode())
    assert site is None
    assert [(problem.place.line, bool(problem.remedy)) for problem in told] == [(SITE.count("\n") + 1, True)]


def test_the_schema_of_site_yml_knows_the_audiences() -> None:
    schema = Draft202012Validator(json_schema.schema("site"))
    site = {"organisation": "A", "base_url": "https://a.example.org", "welsh_body": "yes"}
    assert schema.is_valid(site | {"reading_age": {"child": 10, "easy-read": 8}})
    assert not schema.is_valid(site | {"reading_age": {"teenagers": 12}})


@pytest.mark.parametrize(
    ("audience", "body", "missing"),
    [
        ("adult", "Hello.", []),
        ("child", EXPLAINED, []),
        ("child", "Hello.", ["A01", "A02", "A03", "A04"]),
        ("easy-read", "Hello.", ["A01", "A02", "A03"]),
        ("child", EXPLAINED.replace("Ask a grown-up", "Do not ask a grown-up"), ["A04"]),
        (
            "child",
            EXPLAINED.replace("Ask a grown-up if you do not understand", "Your mum or dad can read it to you"),
            [],
        ),
        ("child", EXPLAINED.replace("You can say no", "Tell us to stop if you want to"), []),
    ],
)
def test_a_childs_and_an_easy_read_notice_explain_what_the_childrens_code_asks_for(
    tmp_path: Path, audience: str, body: str, missing: list[str]
) -> None:
    told = found(tmp_path, "A", front=f"audience: {audience}\nsummary: The library.", body=body, without=("consents",))
    assert [problem.rule for problem in told] == missing
    assert {problem.level for problem in told} <= {Level.WARNING}


def test_a_childs_notice_in_welsh_is_read_too(tmp_path: Path) -> None:
    both = {"front": "audience: child\nsummary: The library.", "body": EXPLAINED, "languages": "[en, cy]"}
    welsh = "audience: child\nsummary: Y llyfrgell."
    assert found(tmp_path, "A", **both, welsh=welsh, welsh_body=WELSH) == []
    told = found(tmp_path, "A", **both, welsh=welsh, welsh_body="Dyma hysbysiad y llyfrgell.")
    assert [problem.rule for problem in told] == [
        "A01",
        "A02",
        "A04",
    ]  # the consent says how to say no: “Gallwch wrthod”


def test_a_missing_translation_is_an_error_for_a_welsh_body_and_else_a_warning(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (problem,) = found(tmp_path, "X01", languages="[en, cy]")
    assert problem.level is Level.WARNING
    (problem,) = found(tmp_path, "X01", languages="[en, cy]", site="welsh_body: yes")
    assert problem.level is Level.ERROR
    assert main(["check", "--root", str(tmp_path)]) == 1
    assert "[X01]" in capsys.readouterr().err
    assert publish(tmp_path, "2026-11-01", "First.") == 1


def test_a_welsh_body_has_welsh_among_its_languages() -> None:
    site, told = site_file.read(f"{SITE}welsh_body: yes\n".encode())
    assert site is None
    assert [problem.remedy for problem in told] == ["Write `languages: [en, cy]`, or `welsh_body: no`."]
