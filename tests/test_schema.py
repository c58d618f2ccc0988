"""`noticeboard schema` agrees with the decoder, key by key."""

from __future__ import annotations

import dataclasses
import json
import types
from collections.abc import Mapping
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from generator.cli import main
from generator.content import json_schema, yaml_tree
from generator.content.decode import Decoder, bare, doc_of, fields_of, hints_of, is_required
from generator.content.front_matter import split
from generator.content.model import Email, Facets, Ident, Localised, Url
from generator.content.site_file import SiteSource
from generator.problems import Place
from tests.examples import examples
from tests.site_fixtures import NOTICE, PROJECT, SITE

KINDS = {"notice": Facets, "site": SiteSource}
VALIDATORS = {name: Draft202012Validator(json_schema.schema(name)) for name in KINDS}


def written(value: Any) -> str:
    """YAML of a value; a null is written as nothing, as an editor leaves a key empty."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)}: {written(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(written(item) or "''" for item in value) + "]"
    return "" if value is None else json.dumps(value)


def decoded(kind: type[Any], value: Any) -> bool:
    """Whether the decoder finds nothing wrong."""
    tree, problems = yaml_tree.parse(written(value), "x.yml")
    decoder = Decoder("x.yml")
    decoder.decode(kind, tree, Place("x.yml"))
    return not problems and not decoder.problems


def accepted(name: str, value: Any) -> bool:
    return bool(VALIDATORS[name].is_valid(value))


TEXTS = st.one_of(
    st.text("abc 1-", max_size=8),
    st.sampled_from(["none", "yes", "No", "6(1)(e)", "a@example.org", "https://example.org", "/x", "2026-12-01"]),
    st.sampled_from(["adult", "Child", "material", "person", "required", "2026-02-31", "30"]),
    st.integers(0, 99),
    st.booleans(),
)


def values(kind: Any) -> st.SearchStrategy[Any]:
    """Values of a type as an editor may write them, right for the most part, in long and short forms."""
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return st.one_of([values(option) for option in get_args(kind) if option is not type(None)])
    if origin is Literal:
        return st.sampled_from(get_args(kind))
    if origin is tuple:
        item = values(get_args(kind)[0])
        return st.one_of(item, st.lists(item, max_size=2))
    if origin is Mapping or kind is Localised:
        return st.one_of(TEXTS, st.dictionaries(st.sampled_from(["en", "cy"]), TEXTS, max_size=2))
    if dataclasses.is_dataclass(kind):
        return st.one_of(groups(kind), TEXTS)
    if kind is bool:
        return st.sampled_from(["yes", "NO", True, False, "on"])
    if kind is int:
        return st.one_of(st.integers(-1, 1_000_001), st.just("007"))
    if kind is date:
        return st.sampled_from(["2026-12-01", " 2026-12-01 ", "1 December"])
    if isinstance(kind, type) and issubclass(kind, Enum):
        return st.sampled_from([str(item.value) for item in kind] + ["Material", "?"])
    if kind in (Ident, Email, Url):
        return st.sampled_from(["an-id", "a@example.org", "https://www.example.org", "Not One", 7, True])
    return TEXTS


def groups(kind: Any) -> st.SearchStrategy[dict[str, Any]]:
    """Mappings of a class: every key it needs, some of the others, now and then an empty one."""
    hints, fields = hints_of(kind), fields_of(kind)
    needed = {name: values(bare(hints[name])) for name, field in fields.items() if is_required(field)}
    others = {
        name: st.one_of(st.deferred(lambda n=name: values(bare(hints[n]))), st.sampled_from([None, "", " "]))
        for name, field in fields.items()
        if not is_required(field)
    }
    return st.fixed_dictionaries(needed, optional=others)


def few(kind: Any) -> st.SearchStrategy[dict[str, Any]]:
    """A document with what it needs and at most three other keys."""
    hints, fields = hints_of(kind), fields_of(kind)
    needed = {name: values(bare(hints[name])) for name, field in fields.items() if is_required(field)}
    optional = [name for name, field in fields.items() if not is_required(field)]
    chosen = st.lists(st.sampled_from(optional), max_size=3, unique=True)
    return chosen.flatmap(lambda names: st.fixed_dictionaries(needed | {n: values(bare(hints[n])) for n in names}))


@pytest.mark.parametrize("name", KINDS)
def test_the_schema_is_one(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", "--of", name]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed == json_schema.schema(name)
    Draft202012Validator.check_schema(printed)
    assert main(["schema", "--of", name, "--out", str(tmp_path / "x.json")]) == 0
    assert json.loads((tmp_path / "x.json").read_bytes()) == printed


@pytest.mark.parametrize("name", KINDS)
@settings(max_examples=examples(120, 4000), deadline=None)
@given(data=st.data())
def test_what_the_decoder_accepts_the_schema_accepts(name: str, data: st.DataObject) -> None:
    value = data.draw(few(KINDS[name]))
    if decoded(KINDS[name], value):
        assert accepted(name, value), [error.message for error in VALIDATORS[name].iter_errors(value)]


def _plain(text: str) -> Any:
    """YAML as other programs read it: YAML 1.2, where yes is a text and a date too."""
    node, problems = yaml_tree.parse(text, "x.yml")
    assert not problems
    return _value(node)


def _value(node: Any) -> Any:
    if isinstance(node, yaml_tree.Mapping):
        return {key.text: _value(item) for key, item in node.entries}
    if isinstance(node, yaml_tree.Sequence):
        return [_value(item) for item in node.items]
    return node.text


def _right(name: str) -> dict[str, Any]:
    matter = split(NOTICE, "x").matter
    assert matter is not None
    value: dict[str, Any] = _plain(matter if name == "notice" else SITE)
    return value


def _spots(kind: Any, value: Any) -> list[tuple[Any, dict[str, Any]]]:
    """Every group in a document, with its class."""
    found = [(kind, value)]
    for key, hint in hints_of(kind).items():
        inner = next((k for k in _inside(bare(hint)) if dataclasses.is_dataclass(k) and k is not Localised), None)
        items = value.get(key, [])
        for item in items if isinstance(items, list) else [items]:
            if inner and isinstance(item, dict):
                found += _spots(inner, item)
    return found


def _inside(kind: Any) -> list[Any]:
    return [kind, *(deeper for part in get_args(kind) for deeper in _inside(part))]


@pytest.mark.parametrize("name", KINDS)
def test_an_unknown_key_is_refused_by_both_wherever_it_stands(name: str) -> None:
    for number in range(len(_spots(KINDS[name], _right(name)))):
        value = _right(name)
        _spots(KINDS[name], value)[number][1]["unheard_of"] = "x"
        assert not decoded(KINDS[name], value)
        assert not accepted(name, value)


@pytest.mark.parametrize("name", KINDS)
def test_a_missing_key_is_refused_by_both_wherever_it_stands(name: str) -> None:
    tried = 0
    for number, (kind, _) in enumerate(_spots(KINDS[name], _right(name))):
        for key, field in fields_of(kind).items():
            value = _right(name)
            if not is_required(field):
                continue
            for wrong in ("gone", "", None):
                group = _spots(KINDS[name], value)[number][1]
                if wrong == "gone":
                    group.pop(key)
                else:
                    group[key] = wrong
                tried += 1
                assert not decoded(KINDS[name], value), (key, wrong)
                assert not accepted(name, value), (key, wrong)
                value = _right(name)
    assert tried > 3


def test_the_example_content_fits_the_schema() -> None:
    assert accepted("site", _plain((PROJECT / "site.yml").read_text("utf-8")))
    for path in sorted((PROJECT / "content").glob("*/notice.md")):
        matter = split(path.read_text("utf-8"), "x").matter
        assert matter is not None and accepted("notice", _plain(matter))


def test_every_key_comes_with_its_help() -> None:
    for name, kind in KINDS.items():
        properties = json_schema.schema(name)["properties"]
        assert {key: value["description"] for key, value in properties.items()} == {
            key: doc_of(kind, key) for key in fields_of(kind)
        }
    assert json_schema.schema("notice")["properties"]["audience"]["anyOf"][0] == {
        "enum": ["adult", "child", "easy-read"]
    }
