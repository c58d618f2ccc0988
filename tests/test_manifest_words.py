"""The words of a consent have one home: the frozen text, which is hashed where it is read. Nothing else is believed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator.cli import main
from tests.site_fixtures import NOTICE, make_site, publish, write_notice
from tests.test_retract import REASON
from widget.manifest import FrozenText, Manifest, ManifestError, from_json, missing_from

STATEMENT = "I agree that the library can send me news."


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = make_site(tmp_path)
    assert publish(root, "2026-10-01", "First.") == 0
    write_notice(root, NOTICE.replace("We look after", "We guard"))
    assert publish(root, "2026-10-02", "Second.") == 0
    return root


def built(root: Path) -> dict[str, Any]:
    assert main(["build", "--root", str(root), "--date", "2026-11-24"]) == 0
    found: dict[str, Any] = json.loads((root / "public" / "published.json").read_text("utf-8"))
    return found


def read(document: dict[str, Any], before: dict[str, FrozenText] | None = None) -> Manifest:
    return from_json(json.dumps(document), before)


def test_the_manifest_carries_the_frozen_text(site: Path) -> None:
    document = built(site)
    for number, entry in enumerate(document["versions"], 1):
        frozen = site / "content" / "library" / "versions" / f"{number}.yml"
        assert entry["text"].encode() == frozen.read_bytes()
    assert all(version.proved for version in read(document).versions)


def test_a_version_without_consents_carries_no_text(tmp_path: Path) -> None:
    root = make_site(tmp_path, "---\ntitle: Parking\n---\nThis is about parking.\n", notice_id="parking")
    assert publish(root, "2026-10-01", "First.") == 0
    (entry,) = built(root)["versions"]
    assert entry["text"] == ""


def test_statements_answers_effects_and_contacts_come_from_the_text_alone(site: Path) -> None:
    document = built(site)
    honest = read(document)
    for entry in document["versions"]:
        entry["title"] = "Another title"
        entry["effective"] = "2020-01-01"
        entry["consents"][0] |= {"statement": "Everything.", "effect": "Nothing.", "purposes": ["selling"]}
        entry["service"] = {"name": "Somebody", "email": "somebody@example.org"}
        entry["renewal"] = {"stays_valid": False, "lapses_after_days": 1}
    assert read(document) == honest
    assert honest.versions[0].consents[0].statement == STATEMENT


@pytest.mark.parametrize(
    ("forge", "said"),
    [
        (lambda entry: entry.update(text=entry["text"].replace("send me news", "sell my data")), "its digest"),
        (lambda entry: entry.update(version=7), "that of library/1/en"),
        (lambda entry: entry.update(language="cy"), "that of library/1/en"),
        (lambda entry: entry.update(digest="0" * 64), "its digest"),
        (lambda entry: entry.update(text=entry["text"] + "\n"), "its digest"),
        (lambda entry: entry.update(retracted={"on": "2026-11-01", "reason": "x", "digest": entry["digest"]}), "taken"),
        (lambda entry: entry.update(retracted={"on": "2026-11-01", "reason": "x"}), "its digest"),
    ],
)
def test_a_text_that_is_not_the_one_of_its_digest_is_refused(
    site: Path, forge: Callable[[dict[str, Any]], None], said: str
) -> None:
    document = built(site)
    before: dict[str, FrozenText] = {}
    read(document, before)
    forge(document["versions"][0])
    for known in ({}, before):
        with pytest.raises(ManifestError, match=said):
            read(document, known)


def test_a_manifest_that_is_read_again_says_the_same_and_holds_each_text_once(site: Path) -> None:
    document, before = built(site), {}
    first, again = read(document, before), read(document, before)
    assert first == again == read(document)
    assert all(one.text is other.text for one, other in zip(first.versions, again.versions, strict=True))


def test_a_version_that_was_taken_down_keeps_the_words_that_people_agreed_to(site: Path) -> None:
    before = read(built(site))
    assert main(["retract", "library", "1", "--root", str(site), "--reason", REASON, "--date", "2026-11-24"]) == 0
    after = read(built(site))
    assert after.versions[0].consents == before.versions[0].consents and after.versions[0].proved
    assert missing_from(before, after) == []
    assert missing_from(after, before) == ["library/1/en"], "what was taken down is not put back"


def test_a_manifest_that_leaves_a_text_out_has_lost_it(site: Path) -> None:
    document = built(site)
    before = read(document)
    del document["versions"][1]["text"]
    assert missing_from(before, read(document)) == ["library/2/en"]
