"""The canonical text of a frozen version."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.versions import frozen_yaml
from tests.examples import examples
from tests.site_fixtures import PROJECT
from widget import frozen_text

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=60)
KEY = st.from_regex(
    r"[a-z]{2,8}[_-][a-z]{1,4}", fullmatch=True
)  # like the keys of a version: no YAML word such as `no`
VALUE = st.recursive(
    TEXT, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEY, inner, max_size=4), max_leaves=12
)
DOCUMENT = st.dictionaries(KEY, VALUE, min_size=1, max_size=5)


def without_nested_lists(value: Any) -> bool:
    if isinstance(value, dict):
        return all(without_nested_lists(item) for item in value.values())
    return not isinstance(value, list) or all(not isinstance(i, list) and without_nested_lists(i) for i in value)


@settings(max_examples=examples(100, 3000), deadline=None)
@given(DOCUMENT.filter(without_nested_lists))
def test_what_is_frozen_is_read_back_the_same_by_our_two_readers_and_any_other(document: dict[str, Any]) -> None:
    text = frozen_yaml.dump(document)
    assert frozen_yaml.load(text, "f") == document
    assert yaml.safe_load(text) == document
    assert frozen_text.load(text) == frozen_yaml.load_any(text, "f")


def test_the_text_is_made_to_be_read() -> None:
    document = {
        "notice": "library",
        "version": 2,
        "effective": date(2026, 12, 1),
        "sections": [{"id": "one", "markdown": 'First.\n\n- a "b"\n- c: d'}, {"id": "two", "markdown": "no"}],
        "empty": [],
    }
    assert frozen_yaml.dump(document) == (
        'notice: "library"\n'
        "version: 2\n"
        "effective: 2026-12-01\n"
        "sections:\n"
        '  - id: "one"\n'
        "    markdown: |-\n"
        "      First.\n"
        "\n"
        '      - a "b"\n'
        "      - c: d\n"
        '  - id: "two"\n'
        '    markdown: "no"\n'
        "empty: []\n"
    )


@pytest.mark.parametrize("text", ["a\n\tb", "a\tb", "C:\\ud83d\\users", "a\n \n b", "\U0001f4da", "a\x85b", "x\ny\n"])
def test_signs_that_few_texts_have_are_read_back_by_both_readers(text: str) -> None:
    written = frozen_yaml.dump({"sections": [{"html": text}], "shared": {"who-to-ask2": "x"}})
    assert frozen_text.load(written) == frozen_yaml.load_any(written, "f")
    assert frozen_text.load(written)["sections"] == [{"html": text}]


@settings(max_examples=examples(100, 3000), deadline=None)
@given(st.text(st.sampled_from("ab_:-\"|\\ \n\t#{}[]1'")))
def test_the_endpoints_reader_is_never_different_where_it_answers(text: str) -> None:
    try:
        found = frozen_text.load(text)
    except frozen_text.NotCanonical:
        return
    assert found == frozen_yaml.load_any(text, "f")


def test_the_endpoint_can_read_every_published_version() -> None:
    for path in (PROJECT / "content").glob("*/versions/*.yml"):
        text = path.read_text("utf-8")
        assert frozen_text.load(text) == frozen_yaml.load_any(text, path.name)


def test_a_list_in_a_list_cannot_be_frozen() -> None:
    with pytest.raises(TypeError, match="cannot be frozen"):
        frozen_yaml.dump({"a": [["b"]]})
