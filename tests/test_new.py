"""`noticeboard new`: a first text that needs nothing but what its author alone knows."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.cli import main
from generator.commands import new_notice
from generator.commands.new_notice import Answers
from generator.content import notice_file
from generator.content.unseen_signs import seen
from generator.content.yaml_tree import NOT_TEXT
from generator.problems import Problem, errors_in
from generator.repository import read_site
from tests.site_fixtures import PROJECT, SITE, make_site, publish, write_notice

OPTIONS = ("--title", "Parking permits", "--service", "Parking", "--email", "parking@example.org", "--consent")
MARK = re.compile(r"\[TO WRITE: [^\]]*\]")


def filled(text: str) -> str:
    """The text with an answer in place of every mark."""
    text = text.replace("[TO WRITE: how long, such as 2 years]", "2 years")
    text = text.replace("[TO WRITE: yes or no]", "no")
    text = re.sub(r'"\[TO WRITE: none[^"]*"', "none", text)
    return MARK.sub("some words", text)


def _errors_but_marks(problems: list[Problem]) -> list[Problem]:
    """A yes or no that is a mark still is no value, which is said as what it is."""
    return [problem for problem in errors_in(problems) if "[TO WRITE" not in problem.message]


def new(root: Path, *arguments: str) -> int:
    return main(["new", "--root", str(root), "--date", "2026-11-22", "--yes", *arguments])


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_site(tmp_path)


@pytest.mark.parametrize(
    "options",
    [(), OPTIONS, (*OPTIONS, "--law", "Road Traffic Regulation Act 1984 section 45"), ("--law", "An Act: section 1")],
    ids=["nothing known", "consent", "task and consent", "task"],
)
def test_a_new_notice_has_no_error_and_is_published_once_its_marks_are_gone(
    root: Path, options: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert new(root, "parking", *options) == 0
    assert "content/parking/notice.md" in capsys.readouterr().out
    path = root / "content" / "parking" / "notice.md"
    text = path.read_text("utf-8")
    assert len(MARK.findall(text)) > 10
    notice, problems = notice_file.read(path.read_bytes(), "notice.md", "parking", "en")
    assert notice is not None and not _errors_but_marks(problems)
    path.write_text(filled(text), "utf-8")
    assert main(["check", "parking", "--root", str(root)]) == 0
    assert main(["publish", "parking", "--root", str(root), "--date", "2026-11-22"]) == 0


def test_nothing_is_answered_in_the_authors_place(root: Path) -> None:
    assert new(root, "parking") == 0
    notice, _ = notice_file.read((root / "content/parking/notice.md").read_bytes(), "notice.md", "parking", "en")
    assert notice is not None
    facets = notice.facets
    assert "none" not in (facets.transfers, facets.sharing, facets.automated_decisions)
    assert facets.review_by == date(2027, 11, 22)


def test_nothing_is_written_over(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (root / "content/library/notice.md").read_bytes()
    assert new(root, "library") == 2
    assert (root / "content/library/notice.md").read_bytes() == before
    assert "nothing is written over it" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("Family_Hubs", "such as family-hubs"),
        ("parking permits!", "such as parking-permits"),
        ("../x", "is not an id"),
        ("consent", "Choose another, such as consent-notice"),
        ("en", "is an address that the site itself uses"),
        ("cookies", "is an address that the site itself uses"),
        ("library", "was published before"),
    ],
)
def test_an_id_that_cannot_be_is_refused_with_a_better_one(
    root: Path, name: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert publish(root, "2026-10-01", "First.", "material") == 0
    pages = root / "content" / "pages"
    pages.mkdir()
    (pages / "cookies.md").write_text("# Cookies\n", "utf-8")
    (root / "content" / "library" / "notice.md").unlink()
    before = sorted(root.rglob("*"))
    assert new(root, name) == 2
    assert message in capsys.readouterr().err
    assert sorted(root.rglob("*")) == before


def test_a_mail_address_and_a_language_are_checked(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert new(root, "parking", "--email", "nobody") == 2
    assert new(root, "parking", "--language", "cy") == 2
    said = capsys.readouterr().err
    assert "`nobody` is not a mail address." in said and "`cy` is not a language of this site." in said


def test_a_translation_waits_for_review(tmp_path: Path) -> None:
    root = make_site(tmp_path, site=SITE + "languages: [en, cy]\nprimary_notice: library\n")
    assert new(root, "library", "--language", "cy") == 0
    text = (root / "content/library/notice.cy.md").read_text("utf-8")
    assert "status: awaiting-review" in text
    assert "parent:" not in text
    assert new(root, "parking") == 0
    assert "parent: library\n" in (root / "content/parking/notice.md").read_text("utf-8")


def test_a_terminal_is_asked(root: Path) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "generator.cli", "new", "parking", "--root", str(root), "--title", "Permits"]
    with subprocess.Popen(command, stdin=theirs, stdout=subprocess.PIPE, text=True, cwd=PROJECT) as running:
        os.write(ours, b"Parking\nTravel\nwrong\nparking@example.org\n\nmaybe\nyes\n")
        said, _ = running.communicate(timeout=60)
    os.close(ours)
    os.close(theirs)
    assert running.returncode == 0
    assert "What is the notice called" not in said and "Please answer yes or no." in said
    assert "`wrong` is not a mail address." in said
    text = (root / "content/parking/notice.md").read_text("utf-8")
    assert 'title: "Permits"' in text and 'category: "Travel"' in text and "consents:" in text


def test_without_a_terminal_nothing_is_asked(root: Path) -> None:
    command = [sys.executable, "-m", "generator.cli", "new", "parking", "--root", str(root)]
    subprocess.run(command, stdin=subprocess.DEVNULL, cwd=PROJECT, check=True, capture_output=True)
    assert (root / "content/parking/notice.md").is_file()


WORDS = st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\x00"), max_size=40)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(title=WORDS, service=WORDS, law=WORDS, consent=st.booleans())
def test_any_answer_is_written_so_that_it_reads_the_same(
    root: Path, title: str, service: str, law: str, consent: bool
) -> None:
    answers = Answers(title=title, service=service, law=law, consent=consent)
    text = new_notice.text("parking", answers, read_site(root), "en", date(2028, 2, 29))
    notice, problems = notice_file.read(text.encode(), "notice.md", "parking", "en")
    assert notice is not None and not _errors_but_marks(problems)
    if NOT_TEXT.sub(" ", seen(title)).strip():
        assert notice.facets.title == " ".join(NOT_TEXT.sub(" ", seen(title)).split())


def test_new_is_listed_as_new(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_notice(root, "---\ntitle: Parks\n---\n", "parks")
    assert new(root, "parking") == 0
    assert main(["status", "--root", str(root)]) == 0
    assert "new: not published yet" in capsys.readouterr().out
