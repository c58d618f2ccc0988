"""Facts of a notice about data for one purpose, about saying no, and about its history before this site."""

from __future__ import annotations

from pathlib import Path

from generator.building import build
from generator.rules.check import inspect
from tests.site_fixtures import NOTICE, TODAY, composed_text, make_site, publish, read

MORE = """\
opt_outs: [{id: survey, text: We ask you once a year what you read, how: Tell us at the desk.}]
earlier:
  - {date: 2018-05-25, summary: The first notice after the law changed., url: https://www.example.org/notice-2018}
  - {date: 2021-03-01, summary: We added the reading club.}
data: [{label: your loans, purposes: [lend]}, your address]
"""


def site(root: Path, front: str = MORE) -> Path:
    return make_site(root, NOTICE.replace("data: [your name, your address]\n", front))


def test_data_for_one_purpose_and_what_can_be_refused_read_as_sentences(tmp_path: Path) -> None:
    text = composed_text("library", site(tmp_path))
    assert "- your loans, to lend you books\n- your address" in text
    assert "We ask you once a year what you read. Tell us at the desk." in text


def test_a_purpose_that_no_data_can_have_is_named(tmp_path: Path) -> None:
    found = read(site(tmp_path, MORE.replace("[lend]", "[lendd]")))
    problems = [one for one in inspect(found, found.notices["library", "en"]).problems if one.rule == "L03"]
    assert [one.remedy for one in problems] == ["Did you mean `lend`?"]


def test_the_list_of_versions_tells_what_was_before(tmp_path: Path) -> None:
    root = site(tmp_path)
    publish(root, "2026-10-01", "First.", "material")
    build.build(read(root), root / "public", TODAY)
    page = (root / "public" / "library" / "history" / "index.html").read_text("utf-8")
    before = page[page.index("Before this site") :]
    assert before.index("We added the reading club.") < before.index("The first notice after the law changed.")
    assert '<a href="https://www.example.org/notice-2018">' in before
    assert "25 May 2018" in before
