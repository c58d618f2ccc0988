"""Signs that nobody sees break nothing, and those that turn words round are refused."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.content import notice_file, site_file
from generator.content.unseen_signs import seen
from tests.site_fixtures import SITE

PASTED = """---
title: Parks\u200b notice
owner: {name: Parks, email: "\u200bparks@council.example.org\ufeff"}
---
Infor\u00admation about parks.

\u200b## How long

\ufeff- one
\u2060- two

[Our schedule](https://www.example.org/\u200bretention) and \u202a.
"""


def test_what_copying_brings_in_breaks_no_address_mark_or_search() -> None:
    notice, problems = notice_file.read(PASTED.replace("\u202a", "").encode(), "notice.md", "parks", "en")
    assert notice
    assert problems == []
    assert notice.facets.title == "Parks notice"
    assert notice.facets.owner
    assert notice.facets.owner.email == "parks@council.example.org"
    assert [section.heading for section in notice.sections] == ["How long"]
    assert notice.sections[0].markdown.startswith("- one\n- two\n")
    assert "(https://www.example.org/retention)" in notice.sections[0].markdown
    assert notice.opening
    assert notice.opening.markdown == "Information about parks."


@pytest.mark.parametrize("sign", ["\u202a", "\u202b", "\u202c", "\u202d", "\u202e"])
def test_a_sign_that_turns_words_round_is_named_with_its_line(sign: str) -> None:
    _, problems = notice_file.read(PASTED.replace("\u202a", sign).encode(), "notice.md", "parks", "en")
    assert [(problem.place.line, problem.rule) for problem in problems] == [(12, "Y01")]
    assert f"U+{ord(sign):04X}" in problems[0].remedy
    escape = f'---\ntitle: "A\\u{ord(sign):04x}B"\n---\n'
    assert notice_file.read(escape.encode(), "notice.md", "parks", "en")[1]


def test_an_escape_brings_no_unseen_sign_in_either() -> None:
    notice, problems = notice_file.read(b'---\ntitle: "A\\u200bB\\u00ad"\n---\n', "notice.md", "parks", "en")
    assert notice
    assert problems == []
    assert notice.facets.title == "AB"


def test_site_yml_is_read_in_the_same_way() -> None:
    site, problems = site_file.read(SITE.replace("dpo@", "\u200bdpo@").encode())
    assert site
    assert problems == []
    assert "\u200b" not in str(site)
    _, problems = site_file.read((SITE + "\n# \u202e\n").encode())
    assert [problem.rule for problem in problems] == ["Y01"]


@given(st.text())
def test_a_text_has_one_form_however_it_was_typed(text: str) -> None:
    once = seen(text)
    assert seen(once) == once
    assert seen(unicodedata.normalize("NFD", text)) == once


@pytest.mark.parametrize(
    "kept", ["ภาษา\u200bไทย", "می\u200cخواهم", "\U0001f469\u200d\U0001f680", "a\u00a0b", "\u200fא"]
)
def test_signs_that_mean_something_stay(kept: str) -> None:
    assert seen(kept) == kept
