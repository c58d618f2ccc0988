"""Facts about a notice change without a version: its day of review, its category, its old addresses (P4)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.cli import main
from generator.publishing import reviewed
from generator.versions import listing
from generator.versions.listing import Entry, Listing
from tests.site_fixtures import NOTICE, make_site, publish, read, write_notice

FACTS = NOTICE.replace("category: Leisure\n", "category: Leisure\nreview_by: 2026-12-01\n")
CHANGED = FACTS.replace("Leisure\n", "Books\naliases: [/old-library]\n").replace("2026-12-01", "2027-06-01")


def run(root: Path, *arguments: str, on: str = "2026-11-30") -> int:
    return main([arguments[0], "--root", str(root), "--date", on, *arguments[1:]])


def page(root: Path, name: str) -> str:
    return (root / "public" / name).read_text("utf-8")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = make_site(tmp_path, FACTS)
    assert publish(root, "2026-10-01", "First.", "material") == 0
    assert run(root, "build") == 0
    return root


def test_facts_about_a_notice_reach_the_site_without_a_version(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lock = (site / "content/versions.lock").read_bytes()
    write_notice(site, CHANGED)
    capsys.readouterr()
    assert run(site, "status") == 0
    assert {"addresses,", "category,", "review", "differs,", "version"} <= set(capsys.readouterr().out.split())
    assert run(site, "publish") == 0
    assert "Wrote content/library/listing.yml" in capsys.readouterr().out
    assert (site / "content/versions.lock").read_bytes() == lock and len(read(site).versions) == 1
    assert run(site, "build") == 0
    assert "Books" in page(site, "index.html") and "Leisure" not in page(site, "index.html")
    assert "1 June 2027" in page(site, "library/index.html")
    assert 'href="/library/"' in page(site, "old-library/index.html")
    assert "/old-library /library/ 301" in page(site, "_redirects")
    assert run(site, "publish") == 3


def test_a_build_reads_no_working_text(site: Path) -> None:
    write_notice(site, CHANGED)
    assert run(site, "publish") == 0
    (site / "content/library/notice.md").unlink()
    assert run(site, "build") == 0
    assert "1 June 2027" in page(site, "library/index.html")


def test_a_version_that_is_published_later_keeps_the_listing_in_step(site: Path) -> None:
    write_notice(site, CHANGED)
    assert run(site, "publish") == 0
    text = CHANGED.replace("category: Books", "category: Culture").replace("We look after", "We take good care of")
    write_notice(site, text)
    assert run(site, "publish", "library", "--kind", "clarification", "--summary", "Clearer.") == 0
    assert read(site).versions[-1].facets["category"] == "Culture"
    assert run(site, "publish") == 3


def test_an_old_address_that_is_taken_is_refused_here_too(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_notice(site, CHANGED.replace("/old-library", "/feed.xml/"))
    assert run(site, "publish") == 1
    assert "[O03]" in capsys.readouterr().err
    assert not (site / "content/library/listing.yml").exists()


def test_a_review_that_changed_nothing_is_a_record_of_its_own(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(site, "reviewed", "library", "--next", "2027-11-30") == 0
    assert run(site, "reviewed", "library", "--next", "2028-11-30", on="2027-11-29") == 0
    found = read(site).listings["library"]
    assert found.reviewed == (date(2026, 11, 30), date(2027, 11, 29)) and found.review_by == date(2028, 11, 30)
    assert found.languages["en"] == Entry("Leisure")
    assert "review_by: 2028-11-30\n" in (site / "content/library/notice.md").read_text("utf-8")
    assert run(site, "build") == 0
    assert "30 November 2028" in page(site, "library/index.html")
    capsys.readouterr()
    assert run(site, "status") == 0
    assert " same " in capsys.readouterr().out
    assert run(site, "restore", "library") == 3, "the line that `reviewed` wrote is no unsaved work, and stays"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("library", "--next", "2026-11-30"), "lies ahead"),
        (("museum", "--next", "2027-11-30"), "no notice called museum"),
        (("pool", "--next", "2027-11-30"), "was never published"),
    ],
)
def test_a_review_is_of_a_published_notice_and_names_a_day_to_come(
    site: Path, arguments: tuple[str, ...], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write_notice(site, NOTICE, "pool")
    assert run(site, "reviewed", *arguments) == 2
    assert message in capsys.readouterr().err


@pytest.mark.parametrize(
    "text",
    [
        "category: Leisure\n",
        "review_by: soon\n",
        "languages: [en]\n",
        "languages:\n  en:\n    aliases: /old\n",
        "- a\n",
        "a: [\n",
    ],
)
def test_a_listing_that_cannot_be_read_stops_with_its_name(
    site: Path, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (site / "content/library/listing.yml").write_text(text, "utf-8")
    for command in ("status", "build", "publish"):
        assert run(site, command) == 1
        said = capsys.readouterr().err
        assert "content/library/listing.yml" in said and "[P07]" in said and "[V01]" not in said


texts = st.text("ab é:#\"'", min_size=1, max_size=9)


@given(
    st.builds(
        Listing,
        st.none() | st.dates(),
        st.lists(st.dates(), max_size=3).map(tuple),
        st.dictionaries(
            st.sampled_from(["en", "cy"]), st.builds(Entry, st.just("") | texts, st.lists(texts, max_size=3).map(tuple))
        ),
    )
)
def test_a_listing_is_read_back_as_it_was_written(one: Listing) -> None:
    assert listing.read(listing.dump(one), "x") == one


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("---\ntitle: A\n---\nB\n", "---\ntitle: A\nreview_by: 2027-01-01\n---\nB\n"),
        ("---\nreview_by: 2026-01-01 # yearly\ntitle: A\n---\nB\n", "---\nreview_by: 2027-01-01\ntitle: A\n---\nB\n"),
        ("---\r\nreview_by: soon\r\n---\r\nB\r\n", "---\r\nreview_by: 2027-01-01\r\n---\r\nB\r\n"),
        ("---\ntitle: A\n---\nreview_by: no\n", "---\ntitle: A\nreview_by: 2027-01-01\n---\nreview_by: no\n"),
        ("# A\n\nreview_by: no\n", "# A\n\nreview_by: no\n"),
    ],
    ids=["added", "replaced", "Windows", "in the body too", "no front matter"],
)
def test_the_day_of_review_is_one_line_of_the_working_text(text: str, expected: str) -> None:
    assert reviewed.with_day(text.encode(), date(2027, 1, 1)) == expected.encode()
