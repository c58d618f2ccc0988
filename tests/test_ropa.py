"""The record of processing activities: article 30's fields, in a file that a spreadsheet opens and never runs."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from generator.cli import main
from generator.exports import ropa
from tests.site_fixtures import NOTICE, PROJECT, SITE, make_site, publish, write_notice

ALL = (PROJECT / "tests" / "every_facet.md").read_text("utf-8").replace("parent: primary\n", "")


def record(root: Path, *more: str) -> list[dict[str, str]]:
    out = root / "record.csv"
    assert main(["ropa", "--root", str(root), "--date", "2026-11-24", "--out", str(out), *more]) == 0
    with out.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, strict=True))


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = make_site(tmp_path, ALL, notice_id="travel")
    site = f"{SITE}languages: [en, cy]\nsecurity_measures: Access by role; encrypted backups.\n"
    (root / "site.yml").write_text(site, "utf-8")
    return root


def test_a_row_for_each_purpose_has_the_fields_of_article_30(site: Path) -> None:
    rows = record(site, "--drafts")
    assert [row["Purpose"] for row in rows] == [
        "give your child a seat on the school bus",
        "take your payment",
        "send you news about routes",
        "tell your story in our newsletter",
    ]
    first, second = rows[:2]
    assert first["Controller"].startswith("Exampleshire School Transport Ltd; buses@example.org")
    assert first["Joint controllers"].startswith("Exampleton Academy Trust")
    assert first["Representative"].startswith("Example Agents Ltd; agent@example.org")
    assert first["Data protection officer"] == "Its officer; officer@example.org"
    assert first["Categories of data subjects"] == "children who travel to school; their parents"
    assert first["Categories of personal data"] == "contact details; health needs (special category)"
    assert second["Categories of personal data"] == "health needs (special category)"
    assert first["Legal basis"].startswith("UK GDPR article 6(1)(e), Education Act 1996 section 508B")
    assert second["Legal basis"] == "UK GDPR article 6(1)(b)"
    assert (
        "health: UK GDPR article 9(2)(g), Schedule 1, paragraph 6" in first["Special category data and its condition"]
    )
    assert first["Categories of recipients"].startswith("bus companies, to drive your child, processor; the Department")
    assert first["Transfers to other countries, with safeguards"] == (
        "Ireland: UK adequacy regulations; India: the international data transfer agreement"
    )
    assert (
        "Applications: Kept for 2 years after the end of the financial year (31 March)."
        in first["Time limits for erasure"]
    )
    assert "For example" not in first["Time limits for erasure"]
    assert "https://www.example.org/s" in first["Time limits for erasure"]
    assert first["Security measures"] == "Access by role; encrypted backups."
    assert (first["State"], first["Version"], first["Published on"]) == ("working text", "", "")


def test_the_record_is_of_what_is_published_unless_working_texts_are_asked_for(tmp_path: Path) -> None:
    root = make_site(tmp_path, NOTICE)
    assert main(["ropa", "--root", str(root)]) == 3
    assert publish(root, "2026-11-01", "First.") == 0
    write_notice(root, NOTICE.replace("lend you books", "lend you e-books"))
    row = record(root)[0]
    assert (row["Purpose"], row["Version"], row["State"]) == ("lend you books", "1", "in force")
    assert (row["Published on"], row["Applies from"]) == ("2026-11-01", "2026-11-01")
    assert row["Address"] == "https://privacy.example.org/library/v/1/"
    assert row["Categories of recipients"] == row["Transfers to other countries, with safeguards"] == "None"
    assert record(root, "--drafts")[0]["Purpose"] == "lend you e-books"


def test_a_retired_notice_is_no_processing_any_more(tmp_path: Path) -> None:
    root = make_site(tmp_path, NOTICE)
    assert publish(root, "2026-11-01", "First.") == 0
    write_notice(root, NOTICE.replace("service: Libraries\n", "service: Libraries\nretired: It has ended.\n"))
    assert publish(root, "2026-11-02", "It ended.", "material") == 0
    assert main(["ropa", "--root", str(root), "--date", "2026-11-24"]) == 3


def test_the_record_comes_in_welsh_too(site: Path) -> None:
    write_notice(site, ALL.replace("title: Everything notice", "title: Hysbysiad â phopeth"), "travel", "cy")
    row = record(site, "--drafts", "--language", "cy")[0]
    assert (row["Hysbysiad"], row["Statws"]) == ("Hysbysiad â phopeth", "testun gwaith")
    assert "Cedwir am 2 flynedd ar ôl diwedd y flwyddyn ariannol" in row["Terfynau amser ar gyfer dileu"]


def test_a_language_that_the_site_lacks_is_refused(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ropa", "--root", str(site), "--language", "fr"]) == 2
    assert "Write one of: en, cy." in capsys.readouterr().err


def test_the_command_says_what_the_record_still_lacks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make_site(tmp_path, NOTICE)
    record(root, "--drafts")
    said = capsys.readouterr().err
    assert "Security measures: empty in 2 of 2 rows." in said
    assert "Joint controllers" not in said


def test_the_file_is_one_that_a_spreadsheet_opens_with_its_accents(
    site: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main(["ropa", "--root", str(site), "--drafts"]) == 0
    data = capfdbinary.readouterr().out
    assert data.startswith(b"\xef\xbb\xbfNotice,State,")
    assert data.endswith(b"\r\n")
    assert data.count(b"\n") == data.count(b"\r\n") == 5


@pytest.mark.parametrize("cell", ["=1+1", "+44 1632 960000", "-1", "@SUM(A1)", "\t=1", " =1", "\r=1"])
def test_no_cell_is_a_formula(cell: str) -> None:
    (row,) = csv.reader(io.StringIO(ropa.csv_bytes([("a, “b”", cell)]).decode("utf-8-sig"), newline=""))
    assert row == ["a, “b”", f"'{cell}"]
