"""The desk's words: the same keys and places in both languages."""

from __future__ import annotations

import pytest

from desk.config import options
from desk.strings import LANGUAGES, PLACE, desk_words, read_words
from generator.problems import ContentError
from tests.site_fixtures import PROJECT


def test_both_languages_have_the_same_keys_and_places() -> None:
    english, welsh = (desk_words(language).sentences for language in LANGUAGES)
    assert sorted(english) == sorted(welsh)
    differing = [key for key in english if set(PLACE.findall(english[key])) != set(PLACE.findall(welsh[key]))]
    assert not differing


def test_no_sentence_is_the_same_in_both_languages() -> None:
    english, welsh = (desk_words(language).sentences for language in LANGUAGES)
    assert [key for key in english if english[key] == welsh[key]] == []


def test_words_that_are_cut_off_or_no_text_are_refused() -> None:
    with pytest.raises(ContentError) as refused:
        read_words("a: one #two\nb: [three]\n", "en.yml")
    assert {problem.place.line for problem in refused.value.problems} == {1, 2}


def test_the_operators_chapters_name_every_option() -> None:
    names = ("desk-sign-in.md", "desk-operators.md")
    page = "".join((PROJECT / "docs" / name).read_text("utf-8") for name in names)
    assert [option.env for option in options().values() if f"`{option.env}`" not in page] == []
