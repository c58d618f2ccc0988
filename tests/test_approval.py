"""An approval names what it approved, and nobody approves what they wrote (P2)."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.cli import main
from generator.publishing import review_file
from generator.publishing.review_file import Approval, Remark, Review, Words
from tests.site_fixtures import NOTICE, SITE, make_site, publish, read, write_notice

CHANGED = NOTICE.replace("We look after", "We take good care of")
CHANGE = ("--kind", "clarification", "--summary", "We say it more clearly.")
WRITER, READER = "writer@example.org", "reader@example.org"


def run(root: Path, *arguments: str, on: str = "2026-11-30") -> int:
    return main([arguments[0], "--root", str(root), "--date", on, *arguments[1:]])


def approve(root: Path, *more: str, by: str = READER, on: str = "2026-11-30") -> int:
    return run(root, "approve", "library", "--by", by, "--role", "Data Protection Officer", *(more or CHANGE), on=on)


def publish_it(root: Path, *more: str, on: str = "2026-11-30") -> int:
    return run(root, "publish", "library", "--by", WRITER, *(more or CHANGE), on=on)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A notice that was published and changed since, where site.yml asks for approval from now on."""
    root = make_site(tmp_path)
    assert publish(root, "2026-10-01", "First.", "material") == 0
    write_notice(root, CHANGED)
    (root / "site.yml").write_text(f"{SITE}approval: required\n", "utf-8")
    return root


def test_nothing_is_published_that_nobody_approved(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert publish_it(site) == 1
    said = capsys.readouterr().err
    assert "[P03]" in said and "noticeboard approve library" in said


def test_what_was_approved_is_published_with_the_role_and_no_name(site: Path) -> None:
    assert approve(site) == 0
    assert publish_it(site, on="2026-12-02") == 0
    version = read(site).versions[-1]
    assert (version.approved_role, version.approved_on) == ("Data Protection Officer", "2026-11-30")
    assert READER.encode() not in version.frozen and not version.names_somebody
    assert READER in (site / "content/library/review.yml").read_text("utf-8")
    assert run(site, "build", on="2026-12-02") == 0
    for page in ("library/index.html", "library/history/index.html"):
        shown = (site / "public" / page).read_text("utf-8")
        assert "Data Protection Officer" in shown and READER not in shown
    assert "pproved by" in shown
    assert not list((site / "public").resolve().rglob("review.yml"))


def test_an_approval_holds_on_another_day(site: Path) -> None:
    """Dates that are worked out change overnight, also beyond the end of a financial year."""
    assert approve(site) == 0
    assert publish_it(site, on="2027-04-02") == 0


@pytest.mark.parametrize(
    ("text", "change"),
    [
        (CHANGED.replace("good care", "very good care"), CHANGE),
        (CHANGED, ("--kind", "material", "--summary", "We say it more clearly.")),
        (CHANGED, ("--kind", "clarification", "--summary", "We say it differently.")),
        (CHANGED, (*CHANGE, "--effective", "2027-01-01")),
    ],
    ids=["text", "kind", "summary", "day"],
)
def test_an_approval_holds_for_nothing_else(
    site: Path, text: str, change: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert approve(site) == 0
    write_notice(site, text)
    assert publish_it(site, *change) == 1
    assert "approved another text" in capsys.readouterr().err
    write_notice(site, CHANGED)
    assert publish_it(site) == 0


def test_the_approval_of_a_version_is_no_approval_of_the_next(site: Path) -> None:
    assert approve(site) == 0
    assert publish_it(site) == 0
    write_notice(site, CHANGED.replace("keep: 2 years", "keep: 3 years"))
    assert publish_it(site, "--kind", "material", "--summary", "Longer.") == 1


def test_one_person_alone_cannot_publish(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert approve(site, by="Writer@Example.org ") == 0
    assert publish_it(site) == 1
    assert "one person alone cannot publish" in capsys.readouterr().err


def test_a_typo_needs_no_approval_and_a_first_version_does(site: Path) -> None:
    write_notice(site, NOTICE.replace("information", "informaton"))
    assert publish_it(site, "--kind", "typo", "--summary", "A slip.") == 0
    write_notice(site, NOTICE, "museum")
    assert run(site, "publish", "museum", "--by", WRITER, *CHANGE) == 1


def test_what_the_notice_itself_says_of_its_approval_is_ignored(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = "change: {kind: clarification, summary: Clearer., approved_by: A. Lawyer, approved_on: 2026-11-30}\n"
    write_notice(site, CHANGED.replace("consents:", f"{said}consents:"))
    assert run(site, "publish", "--by", WRITER) == 1
    assert "[P03]" in capsys.readouterr().err
    assert run(site, "check", "library") == 0
    assert "`approved_by` is ignored" in capsys.readouterr().err


def test_an_approver_attaches_words_and_the_approval_holds_for_exactly_those(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert approve(site, *CHANGE, "--replace", "good care", "great care") == 0
    assert "It holds once “good care” reads “great care”" in capsys.readouterr().out
    assert publish_it(site) == 1
    assert "Take these words in, and change nothing else: “great care” for “good care” (en)" in capsys.readouterr().err
    write_notice(site, CHANGED.replace("good care", "the greatest care"))
    assert publish_it(site) == 1
    write_notice(site, CHANGED.replace("good care", "great care"))
    assert publish_it(site) == 0


def test_words_to_replace_stand_once_in_the_text(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert approve(site, *CHANGE, "--replace", "books", "novels") == 2
    assert "does not stand exactly once" in capsys.readouterr().err
    assert approve(site, *CHANGE, "--replace", "best care", "great care") == 2
    assert not (site / "content/library/review.yml").exists()


def test_a_text_with_an_error_is_not_approved(site: Path) -> None:
    write_notice(site, CHANGED.replace("purposes: news", "purposes: lend"))
    assert approve(site) == 1
    write_notice(site, NOTICE)
    assert approve(site) == 3


def test_a_review_that_cannot_be_read_says_so(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site / "content/library/review.yml").write_text("approvals:\n  - by: Somebody\n", "utf-8")
    assert publish_it(site) == 1
    assert "content/library/review.yml" in capsys.readouterr().err


def git(root: Path, *arguments: str, who: str = "Writer") -> None:
    own = ("-c", f"user.name={who}", "-c", f"user.email={who.lower()}@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *own, *arguments], cwd=root, check=True, capture_output=True)


@pytest.fixture
def repository(site: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The site under version control; the person at this machine is Reader."""
    own = site / "gitconfig"
    own.write_text("[user]\n\tname = Reader\n\temail = reader@example.org\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(own))
    git(site, "init", "--quiet")
    write_notice(site, NOTICE)
    git(site, "add", ".")
    git(site, "commit", "--quiet", "-m", "First", who="Founder")
    write_notice(site, CHANGED)
    yield site


def test_version_control_knows_who_wrote_the_text(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git(repository, "commit", "--quiet", "-am", "Clearer", who="Writer")
    for name in ("Writer", WRITER):
        assert approve(repository, by=name) == 2
        assert "wrote part of this text" in capsys.readouterr().err
    assert approve(repository, by="Founder") == 0, "whoever wrote only what was published before may"
    assert run(repository, "publish", "library", *CHANGE) == 0


@pytest.mark.parametrize("file", ["site.yml", "content/shared/help.md"])
def test_a_writer_of_shared_wording_or_settings_wrote_a_part_of_the_text(repository: Path, file: str) -> None:
    git(repository, "commit", "--quiet", "-am", "Clearer", who="Writer")
    path = repository / file
    path.parent.mkdir(exist_ok=True)
    path.write_text((path.read_text("utf-8") if path.exists() else "Ring us.") + "\n", "utf-8")
    git(repository, "add", file)
    git(repository, "commit", "--quiet", "-m", "Settle", who="Settler")
    assert approve(repository, by="Settler") == 2
    assert approve(repository, by="Reader") == 0


def test_a_change_that_is_not_committed_is_of_whoever_sits_there(repository: Path) -> None:
    git(repository, "commit", "--quiet", "-am", "Clearer", who="Writer")
    write_notice(repository, CHANGED.replace("good care", "great care"))
    assert approve(repository, by="Reader") == 2
    git(repository, "commit", "--quiet", "-am", "Clearer still", who="Editor")
    assert approve(repository, by="Editor") == 2
    assert approve(repository, by="Reader") == 0


texts = st.text("ab é:#\"'\n", min_size=1, max_size=9)
days = st.dates(date(2020, 1, 1))
remarks = st.lists(st.builds(Remark, texts, texts, days, st.just("") | texts), max_size=2).map(tuple)
words = st.lists(st.builds(Words, texts, texts, texts), max_size=2).map(tuple)
approvals = st.lists(st.builds(Approval, texts, texts, texts, days, words), max_size=2).map(tuple)


@given(st.builds(Review, remarks, remarks, approvals))
def test_a_review_is_read_back_as_it_was_written(review: Review) -> None:
    assert review_file.read(review_file.dump(review), "x") == review
