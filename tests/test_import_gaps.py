"""Gaps that a template left in a document: none comes in unseen, and none is published."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.cli import main
from tests.import_fixtures import body, converted, page, taken
from tests.site_fixtures import make_site
from tests.word_fixtures import paragraph, word_file
from tests.word_fixtures import text as words

GAPS = (
    "[insert name]",
    "[INSERT NAME]",
    "______",
    "......................",
    "<<name>>",
    "{{name}}",
    "«Name»",
    "<name>",
    "<Name of officer>",
    "xx/xx/xxxx",
    "XX/XX/XX",
    "XXX",
    "TBC",
)


def document(gap: str, kind: str) -> bytes:
    """A notice with a gap, as a document of one kind."""
    sentence = f"Write to {gap} about it."
    inert = sentence.replace("&", "&amp;").replace("<", "&lt;")
    if kind == "docx":
        return word_file(paragraph(words("Bins"), style="Title") + paragraph(words(inert)))
    return (f"Bins\n\n{sentence}" if kind == "txt" else page(f"<p>{inert}</p>").replace("Title", "Bins")).encode()


@pytest.mark.parametrize("kind", ["txt", "html", "docx"])
@pytest.mark.parametrize("gap", GAPS)
def test_a_gap_is_in_the_report_with_its_place_and_is_never_lost_or_new(gap: str, kind: str) -> None:
    report = converted(document(gap, kind), f"bins.{kind}").report
    (found,) = [loss for loss in report.left if loss.kind in ("placeholder", "merge field")]
    assert found.text == gap and "Write to" in found.where
    assert report.whole, (report.missing, report.new)


@pytest.mark.parametrize("gap", GAPS)
def test_check_refuses_every_gap_that_an_import_reports_and_the_same_gap_in_a_notice_of_ones_own(
    tmp_path: Path, gap: str
) -> None:
    root = make_site(tmp_path)
    for text in (
        converted(document(gap, "txt"), "bins.txt").text,
        f"---\ntitle: Bins\n---\nWrite to {gap} about it.\n",
    ):
        (root / "content/bins").mkdir(exist_ok=True)
        (root / "content/bins/notice.md").write_text(text, "utf-8")
        assert main(["check", "bins", "--root", str(root)]) == 1


@pytest.mark.parametrize(
    "text", ["R v Smith [2004] EWCA 1", "he said [sic] so", "a [...] b", "[x] yes", "<br> here", "2 < 3 > 1"]
)
def test_an_editor_s_brackets_and_tags_are_no_gaps(text: str) -> None:
    report = converted(f"Bins\n\nWe say {text} to you.".encode(), "bins.txt").report
    assert not [loss for loss in report.left if loss.kind == "placeholder"]


def test_a_gap_in_the_title_and_in_a_table_is_a_mark_too() -> None:
    imported = taken("<h1>{{service}} privacy notice</h1><table><tr><th>a<th>b<tr><td>x<td><b>____</b></table>")
    assert imported.id == "service-privacy-notice"
    assert imported.title == "[TO WRITE: service] privacy notice"
    assert "| x | <strong>[TO WRITE: what belongs here]</strong> |" in body(imported)
    assert [loss.text for loss in imported.report.left if loss.kind == "placeholder"] == ["{{service}}", "____"]
