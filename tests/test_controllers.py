"""A notice of another controller names it, its officer and its complaints, and not the council's (UK GDPR article 13(1)(a))."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator.building import build
from generator.exports import jsonld
from generator.rules.check import inspect
from tests.site_fixtures import NOTICE, TODAY, composed_text, make_site, publish, read
from widget import manifest
from widget.consent.ts27560 import _responsible

RETURNING_OFFICER = """\
controller:
  name: The Returning Officer for Exampleshire
  contact: {email: elections@example.org, post: "Shire House, Exampleton"}
  officer: {name: The officer of elections, email: officer@elections.example.org}
  complaints: {form: "https://www.example.org/elections/complain"}
  registration: Z7654321
"""


def site(root: Path, front: str) -> Path:
    return make_site(root, NOTICE.replace("data: [your", f"{front}data: [your"))


def test_the_page_names_the_body_that_is_responsible_and_not_the_council(tmp_path: Path) -> None:
    text = composed_text("library", site(tmp_path, RETURNING_OFFICER))
    assert "The Returning Officer for Exampleshire is the controller" in text
    assert "Exampleshire County Council is the controller" not in text
    assert "officer@elections.example.org" in text
    assert "dpo@example.org" not in text
    assert "elections/complain" in text
    assert "Its number in the register of the Information Commissioner is Z7654321." in text


def test_a_processor_says_who_decides(tmp_path: Path) -> None:
    front = "processor_for: [{name: Exampleton Academy Trust, email: trust@example.org}]\n"
    text = composed_text("library", site(tmp_path, front))
    assert "They decide why and how your information is used" in text
    assert "**Exampleton Academy Trust**, Email: [trust@example.org]" in text
    assert "is the controller" not in text


@pytest.mark.parametrize(("left_out", "rule"), [("officer", "N03"), ("complaints", "N13b")])
def test_what_the_other_body_lacks_is_not_taken_from_the_council(tmp_path: Path, left_out: str, rule: str) -> None:
    lines = [line for line in RETURNING_OFFICER.splitlines() if not line.startswith(f"  {left_out}:")]
    found = read(site(tmp_path, "\n".join([*lines, ""])))
    assert rule in {problem.rule for problem in inspect(found, found.notices["library", "en"]).problems}


def test_programs_and_records_of_consent_read_the_same_controller(tmp_path: Path) -> None:
    root = site(tmp_path, RETURNING_OFFICER)
    publish(root, "2026-10-01", "First.", "material")
    build.build(read(root), root / "public", TODAY)
    (version,) = read(root).versions
    facts = json.dumps(jsonld._controller(read(root).site, version))
    assert "The Returning Officer for Exampleshire" in facts
    assert "Exampleshire County Council" not in facts
    published = manifest.from_json((root / "public" / "published.json").read_text("utf-8"))
    (entry,) = published.versions
    assert _responsible(entry, published.site)["dpv:hasName"] == "The Returning Officer for Exampleshire"
