"""The proposals of an import are right as they are: an editor who takes them over meets marks to fill in, and no other error."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.cli import main
from generator.content import notice_file, retention
from generator.content.retention import Unread
from generator.importing.notice import Imported
from generator.problems import Problem
from generator.repository import read
from generator.rules.check import inspect
from generator.wording import inserts
from generator.wording.outline import outline
from tests.import_fixtures import DOCUMENTS, body, converted, front, taken
from tests.site_fixtures import make_site

EVERYTHING = (
    "Bins\n\n"
    + " ".join(f"We rely on Article 6(1)({point})." for point in ("a", "b", "c", "d", "e", "ea", "f"))
    + " ".join(f" We rely on Article 9(2)({point})." for point in "abcdefghij")
    + ' We follow the Care Act 2014 and the Highways Act 1980. We share it with the NHS: "partners". We share it with the police.'
    " We keep it for 2 to 5 years. We keep maps permanently. We obtain it from your GP. It goes abroad. Write to a@example.org, "
    "b@example.org or 01632 960123 and 01632 960 124.\n\nRecord\tKept\nForm: x\t2 years\n\t3 years"
)
TEXTS = {
    "everything.txt": EVERYTHING.encode(),
    "an Act alone.txt": b"Bins\n\nThe Care Act 2014 lets us.",
    "consent.txt": b"Bins\n\nWe rely on Article 6(1)(a). You can withdraw your consent: write to bins@example.org.",
    **{path.name: path.read_bytes() for path in DOCUMENTS.iterdir() if path.suffix != ".md"},
}
TAKEN_AWAY = {
    "the sign": r"(?m)^#(?=\S| {2,}[^\s#]| {4,}#)",
    "the sign and a space": r"(?m)^#(?:(?=\S)| (?= +[^\s#]| {3,}#))",
}
"""The two ways in which people and editing programs take a remark's sign away."""


def taken_over(imported: Imported, way: str) -> str:
    """The notice with every proposal taken over."""
    above, said, proposals = front(imported).partition("# Proposals,")
    return f"{above}{said}{re.sub(TAKEN_AWAY[way], '', proposals)}\n---\n{body(imported)}\n"


def errors(root: Path, text: str) -> list[Problem]:
    """The errors of a notice with that text, but for marks that are still to be filled in."""
    (root / "content/bins").mkdir(exist_ok=True)
    (root / "content/bins/notice.md").write_text(text, "utf-8")
    site = read(root)
    found = inspect(site, site.notices["bins", "en"]).problems
    return [problem for problem in found if problem.level == "error" and "TO WRITE" not in problem.message]


@pytest.mark.parametrize("way", TAKEN_AWAY)
@pytest.mark.parametrize("name", TEXTS)
def test_every_proposal_can_be_taken_over_whichever_way_its_sign_goes(tmp_path: Path, name: str, way: str) -> None:
    imported = converted(TEXTS[name], name, headings=True, parent="library")
    text = taken_over(imported, way)
    notice, problems = notice_file.read(text.encode(), "notice.md", "bins", "en")
    assert notice is not None and not [problem for problem in problems if problem.rule == "Y01"]
    assert (
        notice.facets.parent == "library" and notice.facets.summary and notice.facets.category and notice.facets.owner
    )
    assert not errors(make_site(tmp_path), text)


@pytest.mark.parametrize(
    ("said", "keep"),
    [
        ("for up to 6 years after your last visit", "up to 6 years"),
        ("for at least three months", "at least three months"),
        ("for a maximum of 2 years", "maximum of 2 years"),
        ("for no longer than 30 days", "no longer than 30 days"),
        ("between 2 and 5 years", "between 2 and 5 years"),
        ("between 6 months and 2 years", "between 6 months and 2 years"),
        ("for 2 to 5 years", "2 to 5 years"),
        ("for ninety days", "ninety days"),
        ("for a year", "a year"),
        ("for a period of seven (7) years", "seven (7) years"),
        ("for the current financial year plus 6 years", "current financial year plus 6 years"),
    ],
)
def test_a_proposed_period_is_as_long_as_its_sentence_says(said: str, keep: str) -> None:
    proposed = front(converted(f"Bins\n\nWe keep it {said}.".encode(), "bins.txt"))
    assert f'keep: "{keep}"' in proposed
    assert retention.read(keep).keep == retention.read(f"We keep it {said}").keep != Unread(keep)


def test_periods_are_proposed_in_welsh_and_in_working_days() -> None:
    said = "Biniau\n\nByddwn yn cadw eich cais am hyd at ddwy flynedd ar ôl i chi adael. We keep calls for 10 working days."
    proposed = front(converted(said.encode(), "bins.txt"))
    assert 'keep: "hyd at ddwy flynedd"' in proposed and 'after: "i chi adael"' in proposed
    assert 'keep: "10 working days"' in proposed


def test_a_short_word_with_full_stops_ends_no_name_and_no_sentence() -> None:
    said = "Bins\n\nWe share it with our partners (e.g. the NHS and Dr. Example), when the law says so. We get it from St. Mary."
    proposed = front(converted(said.encode(), "bins.txt"))
    assert 'who: "our partners (e.g. the NHS and Dr. Example)"' in proposed
    assert 'who: "St. Mary"' in proposed


@pytest.mark.parametrize("typed", ["o'neill@example.org", "'o'neill@example.org'", "-o'neill@example.org."])
def test_a_proposed_mail_address_is_the_whole_one(typed: str) -> None:
    proposed = front(converted(f"Bins\n\nWrite to us: {typed}".encode(), "bins.txt"))
    assert '  email: "o\'neill@example.org"' in proposed


@pytest.mark.parametrize(
    "html",
    [
        "<p><b>Your rights</b></p><p>You can ask.</p>",
        "<h2>Your rights</h2><p>You can ask.</p>",
        "<h2>More</h2><h3>Your rights</h3><p>You can ask.</p>",
        "<h2>More</h2><details><summary>Your rights</summary><p>You can ask.</p></details>",
        "<details><summary>Your rights</summary><p>You can ask.</p></details>",
        "<details><summary><h3>Your rights</h3></summary><p>You can ask.</p></details>",
        "<h3><button>Your rights</button></h3><div hidden><p>You can ask.</p></div>",
        "<button aria-controls=p>Your rights</button><div id=p hidden><p>You can ask.</p></div>",
    ],
    ids=["bold", "heading", "heading below", "details below", "details", "heading in a label", "button", "tab"],
)
def test_a_first_fact_says_nothing_that_the_text_says_under_any_kind_of_heading(tmp_path: Path, html: str) -> None:
    imported = taken(f"<main><h1>Bins</h1>{html}<p>We keep it for 2 years.</p></main>")
    text = taken_over(imported, "the sign")
    root = make_site(tmp_path)
    (root / "content/bins").mkdir()
    (root / "content/bins/notice.md").write_text(text.replace("[TO WRITE: which record]", "Your form"), "utf-8")
    site = read(root)
    words = inserts.wording(site.site, {}, "en")
    page = outline(site.notices["bins", "en"], words, site.site, site.notices)
    assert "retention" in [section.id for section in page.sections]
    said = " ".join(f"{section.heading}\n{section.markdown}" for section in page.sections)
    assert said.count("Your rights") == 1 and "You can ask." in said


def test_a_published_import_says_how_it_began_and_when_it_is_looked_at_again(tmp_path: Path) -> None:
    root = make_site(tmp_path)
    path = tmp_path / "bins.txt"
    path.write_text("Bins\n\nWords of it.")
    assert main(["import", str(path), "--root", str(root), "--date", "2026-11-24"]) == 0
    assert main(["publish", "bins", "--root", str(root), "--date", "2026-11-24"]) == 0
    (version,) = read(root).published("bins", "en")
    assert (
        version.change.kind == "material" and "review_by: 2027-11-24" in (root / "content/bins/notice.md").read_text()
    )


def test_a_translation_leaves_the_facts_about_a_notice_to_the_notice() -> None:
    lines = front(converted(b"Biniau\n\nGeiriau.", "a.txt", translates=True, language="cy")).split("\n")
    assert not [line for line in lines if line.startswith(("review_by", "change", "#parent", "#category"))]
