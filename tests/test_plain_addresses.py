"""Addresses that are typed plainly become links, on pages and to the rules, and nothing around them does."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.markdown.plain_addresses import plain_addresses
from generator.markdown.render import Renderer
from generator.rule import Example
from generator.versions.html_passages import passages_in
from tests.rule_fixtures import make, problems

RENDERER = Renderer()


@pytest.mark.parametrize(
    ("text", "linked"),
    [
        ("See https://www.example.org/a_b?x=1&y=2.", "https://www.example.org/a_b?x=1&y=2"),
        ("(https://example.org/a(b))", "https://example.org/a(b)"),
        ("**https://example.org**, and more", "https://example.org"),
        ("“https://example.org/news”", "https://example.org/news"),
        ("Write to first_last@example.org.", "mailto:first_last@example.org"),
        ("Email:dpo@example.org", "mailto:dpo@example.org"),
        ("_dpo@example.org_", "mailto:dpo@example.org"),
    ],
)
def test_an_address_is_a_link_without_what_belongs_to_the_sentence(text: str, linked: str) -> None:
    escaped = linked.replace("&", "&amp;")
    assert RENDERER.section(text, "x").count("<a ") == 1
    assert f'<a href="{escaped}">{escaped.removeprefix("mailto:")}</a>' in RENDERER.section(text, "x")


@pytest.mark.parametrize(
    "text",
    [
        "`https://example.org`",
        "    a@example.org",
        "<code>a@example.org</code>",
        "mailto:a@example.org",
        "library/https://example.org",
        "a@example",
        "https://localhost/",
        "www.example.org",
        "![The page https://example.org](/picture.png)",
    ],
)
def test_code_pictures_and_what_is_no_whole_address_stay_text(text: str) -> None:
    assert "<a " not in RENDERER.section(text, "x")


def test_no_link_stands_within_a_link() -> None:
    for link in ("[our **a@example.org**](/us)", '<a href="/us">our <strong>a@example.org</strong></a>'):
        assert RENDERER.section(link, "x") == '<p><a href="/us">our <strong>a@example.org</strong></a></p>'


def test_a_heading_has_no_link() -> None:
    assert RENDERER.inline("Write to a@example.org") == "Write to a@example.org"


def test_a_version_of_release_0_1_keeps_its_addresses_as_text() -> None:
    assert RENDERER.older.section("a@example.org", "x") == "<p>a@example.org</p>"


def test_a_link_that_another_release_did_not_make_is_no_change() -> None:
    linked = RENDERER.section("Write to a@example.org or https://example.org.", "x")
    assert passages_in(linked) == passages_in("<p>Write to a@example.org or https://example.org.</p>")


def test_ten_times_the_signs_give_ten_times_the_addresses() -> None:
    assert len(list(plain_addresses("https://e.org/( a@e.org " * 1000))) == 2000


def test_the_rules_for_links_look_at_plain_addresses(tmp_path: Path) -> None:
    body = "See https://privacy.example.org/libary/ or [http://a.example.org](/library/), and http://www.example.org."
    found = [problem for problem in problems(make(tmp_path, Example(body=body))) if problem.rule[0] == "K"]
    assert [(problem.rule, body[problem.place.column - 1 :].split()[0]) for problem in found] == [
        ("K01", "https://privacy.example.org/libary/"),
        ("K04", "http://www.example.org."),
    ]
