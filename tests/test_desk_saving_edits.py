"""Saving changes what somebody changed and nothing else, to the byte: every fact of every notice here, and generated
ones."""

from __future__ import annotations

import os
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from desk.saving.editing import plain
from desk.saving.editing.changes import (
    AddItem,
    AddSection,
    Change,
    MoveItem,
    MoveSection,
    RemoveFact,
    RemoveSection,
    SetFact,
    SetHeading,
    SetLead,
    SetSection,
)
from desk.saving.editing.edit import Content, content, edited
from desk.saving.editing.source_text import split
from desk.saving.merging import merge
from generator.content import yaml_tree
from generator.content.model import Facets
from generator.problems import ContentError
from tests.desk_notices import FILE, FILES, HOSTILE, SITES, blocks, facts, leaves, notices

LONG = os.environ.get("FAULTS") == "long"
GENERATED = settings(
    max_examples=1_000 if LONG else 100,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
    derandomize=not LONG,
)
SOUND = {name: data for name, data in FILES.items() if not split(data, FILE).facts_problems}
NEW_TEXTS = st.sampled_from(HOSTILE)


def crlf(data: bytes) -> bytes:
    return data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def at(value: Any, path: str) -> Any:
    for key in path.split("."):
        value = value[int(key)] if isinstance(value, list) else value[key]
    return value


def only_differs_in(old: bytes, new: bytes, fact: str, file: str = FILE) -> bool:
    before, after = blocks(old, file), blocks(new, file)
    return before.keys() == after.keys() and all(after[key] == before[key] for key in before if key != fact)


@pytest.mark.parametrize("name", SOUND)
def test_each_fact_of_a_notice_is_saved_and_every_other_line_stays(name: str) -> None:
    """tinacms#216: facts unknown to the form survive.

    powershell-universal#4815 and others: what is written is read again.
    """
    data = SOUND[name]
    found = list(leaves(facts(data)))
    for index, (path, old) in enumerate(found if LONG else found[:: max(1, len(found) // 12)]):
        text = HOSTILE[(index * 7 + len(name)) % len(HOSTILE)]
        new = edited(data, FILE, [SetFact(path, text)])
        assert at(facts(new), path) == text.strip()
        assert only_differs_in(data, new, path.partition(".")[0])
        back = edited(new, FILE, [SetFact(path, old)])
        assert facts(back) == facts(data)


@pytest.mark.parametrize("name", SITES)
def test_each_setting_of_a_site_is_saved_and_every_other_line_stays(name: str) -> None:
    data = SITES[name]
    for index, (path, _) in enumerate(leaves(facts(data, "site.yml"))):
        text = HOSTILE[index % len(HOSTILE)]
        new = edited(data, "site.yml", [SetFact(path, text)])
        assert at(facts(new, "site.yml"), path) == text.strip()
        assert only_differs_in(data, new, path.partition(".")[0], "site.yml")


@pytest.mark.parametrize("name", FILES)
def test_each_section_of_a_notice_is_saved_and_every_other_byte_stays(name: str) -> None:
    data = FILES[name]
    body = content(data, FILE).body
    for section in body.sections:
        new = edited(data, FILE, [SetSection(section.name, "Other words.\r\n\r\n- one\r\n- two")])
        again = content(new, FILE).body
        assert [one for one in again.sections if one.name != section.name] == [
            one for one in body.sections if one.name != section.name
        ]
        before, after = data.splitlines(keepends=True), new.splitlines(keepends=True)
        start = next(index for index, (one, other) in enumerate(zip(before, after, strict=False)) if one != other)
        assert section.heading.split()[0].encode() in b"".join(before[:start])
        changed = "Other words.\n\n- one\n- two"
        assert next(one for one in again.sections if one.name == section.name).markdown == changed
        assert edited(new, FILE, [SetSection(section.name, section.markdown)]) == data


@pytest.mark.parametrize("name", FILES)
def test_a_form_saved_unchanged_is_the_same_file(name: str) -> None:
    """tinacms#1098, nextcloud/text#4078: opening alone rewrites nothing, and no edit is no conflict."""
    data = FILES[name]
    for written in (data, crlf(data), b"\xef\xbb\xbf" + data, data.rstrip(b"\n")):
        found = content(written, FILE)
        changes: list[Change] = [SetLead(found.body.lead.replace("\n", "\r\n"))]
        changes += [SetSection(one.name, one.markdown.replace("\n", "\r\n")) for one in found.body.sections]
        changes += [SetHeading(one.name, one.heading) for one in found.body.sections]
        if name in SOUND:
            changes += [SetFact(path, value.replace("\n", "\r\n")) for path, value in leaves(found.facts)]
            changes += [SetFact(key, value) for key, value in found.facts.items()]
        assert edited(written, FILE, changes) == written


@pytest.mark.parametrize("name", SOUND)
def test_a_file_with_crlf_keeps_it_in_every_line(name: str) -> None:
    """forms-admin PR 1947, wfm#54: posts carry CRLF; the file's own line ends stay, and a break is counted once."""
    data = SOUND[name]
    body = content(data, FILE).body
    changes: list[Change] = [SetFact("summary", "One.\r\nTwo."), AddSection("New", "One.\r\n\r\nTwo.")]
    changes += [SetSection(body.sections[0].name, "One.\r\nTwo.")] if body.sections else []
    assert edited(crlf(data), FILE, changes) == crlf(edited(data, FILE, changes))
    assert b"\r" not in edited(data, FILE, changes)


@given(st.data())
@GENERATED
def test_a_fact_of_a_generated_notice_is_saved_and_every_other_line_stays(data: st.DataObject) -> None:
    notice = _sound(data)
    path, _ = data.draw(st.sampled_from(list(leaves(facts(notice)))))
    text = data.draw(NEW_TEXTS)
    new = edited(notice, FILE, [SetFact(path, text)])
    assert at(facts(new), path) == text.strip()
    assert only_differs_in(notice, new, path.partition(".")[0])
    assert remarks(notice) == remarks(new)


@given(
    st.text(st.characters(codec="utf-8"), max_size=60),
    st.sampled_from(["summary", "data.0", "consents.0.effect", "glance.long"]),
)
@GENERATED
def test_any_text_of_a_generated_form_is_read_again_as_typed_or_refused(text: str, path: str) -> None:
    data = FILES["content/family-hubs/notice.md"]
    wanted = plain.words(text)
    assert at(facts(data), path) != wanted
    try:
        new = edited(data, FILE, [SetFact(path, text), SetLead(text)])
    except ContentError as refused:
        assert yaml_tree.NOT_TEXT.search(plain.one_line_end(text)) or "begin elsewhere" in str(refused)
        return
    if not wanted:  # an emptied field takes the fact along
        assert facts(new) == facts(edited(data, FILE, [RemoveFact(path)]))
        return
    assert at(facts(new), path) == wanted
    assert only_differs_in(_facts_alone(data), _facts_alone(new), path.partition(".")[0])


def test_a_remark_that_is_set_in_does_not_become_words_when_the_fact_above_it_goes() -> None:
    notice = b"---\ntitle: |\n word\nsummary: word\n   # a remark\nowner: word\n---\n"
    assert edited(notice, FILE, [RemoveFact("summary")]) == notice.replace(b"summary: word\n   #", b"#")
    listed = b"---\ntitle: x\ndata:\n- |\n  word\n- other\n   # a remark\n---\n"
    assert edited(listed, FILE, [RemoveFact("data.1")]) == listed.replace(b"- other\n   #", b"#")


def _facts_alone(data: bytes) -> bytes:
    return data.partition(b"\n---\n")[0] + b"\n---\n"


@given(st.data())
@GENERATED
def test_two_people_who_change_a_generated_notice_lose_no_words(data: st.DataObject) -> None:
    """Changes that merge do so in either order; others are a conflict in either order."""
    notice = _sound(data)
    base = content(notice, FILE)
    mine, theirs = (content(edited(notice, FILE, _changes(data, base)), FILE) for _ in range(2))
    one, other = merge(base, mine, theirs, Facets), merge(base, theirs, mine, Facets)
    assert {(part.kind, part.name) for part in one.parts} == {(part.kind, part.name) for part in other.parts}
    assert not merge(base, mine, base, Facets).parts and not merge(base, base, theirs, Facets).changes
    if one.parts:
        return
    sides = [(theirs, one), (mine, other)]
    results = [content(edited(_written(notice, base, side), FILE, found.changes), FILE) for side, found in sides]
    assert results[0].facts == results[1].facts
    assert results[0].body.lead == results[1].body.lead
    assert {section.markdown for section in results[0].body.sections} == {s.markdown for s in results[1].body.sections}
    for _, text in leaves(mine.facts):
        assert text in [words for _, words in leaves(results[0].facts)] or text in dict(leaves(base.facts)).values()


@given(st.data())
@GENERATED
def test_a_list_of_a_generated_notice_is_changed_and_every_other_line_stays(data: st.DataObject) -> None:
    notice = _sound(data)
    found = facts(notice)
    lists = [path for path in _paths(found) if isinstance(at(found, path), list)]
    assume(lists)
    path = data.draw(st.sampled_from(lists))
    items = at(found, path)
    change, wanted = _list_change(data, path, items)
    new = edited(notice, FILE, [change])
    if wanted:
        assert at(facts(new), path) == wanted
        assert only_differs_in(notice, new, path.partition(".")[0])
    if not isinstance(change, RemoveFact):
        assert sorted(remarks(notice)) == sorted(remarks(new))


@given(st.data())
@GENERATED
def test_the_sections_of_a_generated_notice_change_and_its_facts_stay(data: st.DataObject) -> None:
    notice = data.draw(notices())
    names = [section.name for section in content(notice, FILE).body.sections]
    texts = st.sampled_from(
        ["", "Text.", "Two.\n\nParts.", "```\n## code\n```", "- a\n- b\n\n## Further {#more}\n\nBelow."]
    )
    kinds: list[Any] = [
        st.builds(SetLead, texts),
        st.builds(AddSection, st.just("Added"), texts, st.none(), st.sampled_from([None, "", *names])),
    ]
    if names:
        own = st.sampled_from(names)
        kinds += [
            st.builds(SetSection, own, texts),
            st.builds(SetHeading, own, st.just("Other words")),
            st.builds(RemoveSection, own),
            st.builds(MoveSection, own, st.sampled_from(["", *names])),
        ]
    change = data.draw(st.one_of(kinds))
    new = edited(notice, FILE, [change])  # which compares what is read with what is wanted
    matter = split(notice, FILE)
    assert split(new, FILE).facts == matter.facts
    if isinstance(change, AddSection | MoveSection):
        words = {line for line in notice.splitlines() if line.strip() and not line.lstrip().startswith(b"##")}
        assert words <= set(new.splitlines())
    if split(notice, FILE).lines and split(new, FILE).lines:
        assert new.endswith(b"\n") == notice.endswith(b"\n")


def _changes(data: st.DataObject, base: Content) -> list[Change]:
    paths = [path for path, _ in leaves(base.facts)]
    names = [section.name for section in base.body.sections]
    number = data.draw(st.integers(0, 9_999))
    kinds: list[Any] = [
        st.builds(SetFact, st.sampled_from(paths), st.just(f"new words {number}")),
        st.builds(RemoveFact, st.sampled_from(paths)),
        st.just(SetFact("glance.use", f"added {number}")),
        st.just(AddSection(f"Added {number}", f"Text {number}.")),
        st.just(SetLead(f"Lead {number}.")),
    ]
    if names:
        kinds += [
            st.builds(SetSection, st.sampled_from(names), st.just(f"Words {number}.")),
            st.builds(RemoveSection, st.sampled_from(names)),
            st.builds(SetHeading, st.sampled_from(names), st.just(f"Heading {number}")),
        ]
    return [data.draw(st.one_of(kinds))]


def _written(notice: bytes, base: Content, side: Content) -> bytes:
    """The notice as a side has it."""
    found = merge(base, side, base, Facets)
    return edited(notice, FILE, found.changes)


def _sound(data: st.DataObject) -> bytes:
    notice = data.draw(notices())
    assume(not split(notice, FILE).facts_problems)
    return notice


def _paths(value: Any, path: str = "") -> list[str]:
    if isinstance(value, str):
        return [path]
    entries = enumerate(value) if isinstance(value, list) else value.items()
    inner = [one for key, item in entries for one in _paths(item, f"{path}.{key}".lstrip("."))]
    return [path, *inner] if path else inner


def _list_change(data: st.DataObject, path: str, items: list[Any]) -> tuple[Change, list[Any]]:
    kind = data.draw(st.sampled_from(["add", "remove", "move"]))
    index = data.draw(st.integers(0, len(items) - 1))
    if kind == "add":
        new = data.draw(st.sampled_from(["a new text", {"who": "somebody: new", "why": "yes"}]))
        return AddItem(path, new, index), [*items[:index], new, *items[index:]]
    rest = [*items[:index], *items[index + 1 :]]
    if kind == "remove":
        return RemoveFact(f"{path}.{index}"), rest
    to = data.draw(st.integers(0, len(items) - 1))
    return MoveItem(path, index, to), [*rest[:to], items[index], *rest[to:]]


def remarks(data: bytes) -> list[bytes]:
    """The remarks of generated notices, without what only looks like one within a block of text."""
    lines = [line.strip() for line in split(data, FILE).facts.encode().splitlines()]
    texts = "\n".join(text for _, text in leaves(facts(data))).encode()
    return [line for line in lines if line.startswith((b"# remark", b"# deep", b"#  both")) and line not in texts]
