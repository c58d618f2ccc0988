"""Which files of a site's folder are read: nothing outside it, nothing under a name with a dot, and all else or a reason why not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator.cli import main
from tests.site_fixtures import NOTICE, SITE, make_site, publish

SECRET = "The words of another file."


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site with a notice, a page and shared wording, published."""
    root = tmp_path / "site"
    root.mkdir()
    make_site(root)
    for folder, name in (("pages", "cookies"), ("shared", "desk")):
        (root / "content" / folder).mkdir()
        (root / "content" / folder / f"{name}.md").write_text(f"# {name}\n\nWords.\n", "utf-8")
    assert publish(root, "2026-10-01", "First.", "material") == 0
    return root


def run(root: Path, *arguments: str) -> int:
    return main([*arguments, "--root", str(root)])


def put_link(path: Path, target: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    path.symlink_to(target)


@pytest.mark.parametrize(
    "name",
    [
        "content/pages/.#cookies.md",
        "content/shared/.#desk.md",
        "content/library/.#notice.md",
        "content/library/versions/.#1.yml",
        "templates/.#layout.html",
        "templates/strings/.#en.yml",
    ],
)
def test_the_lock_of_an_editor_stops_nothing(site: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    put_link(site / name, "me@host.1234")
    for command in ("check", "status", "build"):
        assert run(site, command) == 0
    assert run(site, "publish") == 3
    assert ".#" not in capsys.readouterr().err


PLACES = [
    ("content/pages/cookies.md", ("check", "build")),
    ("content/shared/desk.md", ("check",)),
    ("content/library/notice.md", ("check", "status")),
    ("content/library/versions/2.yml", ("check", "status", "publish", "build")),
    ("content/versions.lock", ("check", "status", "publish", "build")),
    ("templates/404.html", ("status", "build")),
    ("templates/strings/more.en.yml", ("status", "build")),
]


@pytest.mark.parametrize(("name", "commands"), PLACES)
@pytest.mark.parametrize("kind", ["a link to nowhere", "a link out of the folder", "a folder"])
def test_what_cannot_be_read_is_a_problem_with_its_place(
    site: Path, name: str, commands: tuple[str, ...], kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    if kind == "a folder":
        (site / name).unlink(missing_ok=True)
        (site / name / "within").mkdir(parents=True)
        commands = () if name.startswith("templates/") else commands
        what = "This is a folder where a file is expected."
    elif kind == "a link to nowhere":
        put_link(site / name, "nowhere")
        what = "This is a link that leads nowhere."
    else:
        (site.parent / "secret.md").write_text(f"# Secret\n\n{SECRET}\n", "utf-8")
        put_link(site / name, str(site.parent / "secret.md"))
        history = "versions" in name
        what = "not written by publish" if "versions/" in name else "a link to a place outside the site's folder"
        commands = commands if not history or "versions/" in name else ("check",)
    for command in commands:
        assert run(site, command) == 1, command
        said = capsys.readouterr()
        assert f"{name}:1:1: error: " in said.err
        assert what in said.err
        assert SECRET not in said.err + said.out


def test_a_folder_of_a_notice_outside_is_not_followed(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site.parent / "parking").mkdir()
    (site.parent / "parking" / "notice.md").write_text(NOTICE, "utf-8")
    (site / "content" / "parking").symlink_to(site.parent / "parking")
    assert run(site, "check") == 1
    assert "content/parking:1:1: error: This is a link to a place outside" in capsys.readouterr().err
    assert run(site, "publish", "parking", "--kind", "material", "--summary", "First.") == 2


def test_a_link_within_the_folder_is_followed(site: Path) -> None:
    (site / "content" / "pages" / "cookies.md").rename(site / "cookies.md")
    put_link(site / "content" / "pages" / "cookies.md", "../../cookies.md")
    assert run(site, "build", "--quiet") == 0
    assert "Words." in (site / "public" / "cookies" / "index.html").read_text("utf-8")


@pytest.mark.parametrize("theme", ["{logo: logo.svg}", "{templates: ../theme}", "{templates: theme}"])
def test_neither_logo_nor_templates_come_from_outside(
    site: Path, theme: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (site.parent / "theme").mkdir()
    (site.parent / "theme" / "404.html").write_text(SECRET, "utf-8")
    (site / "theme").symlink_to(site.parent / "theme")
    (site.parent / "logo.svg").write_text(f"<svg>{SECRET}</svg>", "utf-8")
    (site / "logo.svg").symlink_to(site.parent / "logo.svg")
    (site / "site.yml").write_text(f"{SITE}theme: {theme}\n", "utf-8")
    assert run(site, "build") == 1
    said = capsys.readouterr().err
    assert "outside the site's folder" in said and SECRET not in said
    assert not (site / "public").exists()


@pytest.mark.skipif(os.getuid() == 0, reason="root may read every file")
def test_a_file_without_permission_is_a_problem(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site / "content" / "pages" / "cookies.md").chmod(0)
    assert run(site, "check") == 1
    assert "may not be read" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (NOTICE.encode("utf-16"), "not UTF-8"),
        (b"---\ntitle:\xc2\xa0Parks notice\n---\nHello.\n", "no-break space"),
        (NOTICE.replace("We look", "<<<<<<< HEAD\nWe look").encode(), "A merge left"),
    ],
    ids=["UTF-16", "a no-break space", "a merge"],
)
def test_a_notice_that_cannot_be_read_is_not_called_missing(
    site: Path, data: bytes, what: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = site / "content" / "test" / "notice.md"
    path.parent.mkdir()
    path.write_bytes(data)
    for command in (["check", "test"], ["publish", "test", "--kind", "material", "--summary", "First version."]):
        assert run(site, *command) == 1, command
        said = capsys.readouterr()
        assert "content/test/notice.md:" in said.err and what in said.err
        assert "There is no notice" not in said.err
    run(site, "status")
    (row,) = (line for line in capsys.readouterr().out.splitlines() if line.startswith("test "))
    assert "1 error" in row


def test_a_line_that_cannot_be_read_is_no_reason_to_have_nothing_to_publish(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = NOTICE.replace("category:", "aliases: [old library]\ncategory:")
    (site / "content" / "library" / "notice.md").write_text(text, "utf-8")
    assert publish(site, "2026-11-01", "An old address.") == 1
    assert "`old library` is not an address" in capsys.readouterr().err


def test_a_translation_that_cannot_be_read_holds_its_notice_back(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (site / "site.yml").write_text(f"{SITE}languages: [en, cy]\n", "utf-8")
    notice = site / "content" / "library" / "notice.md"
    notice.write_text(NOTICE.replace("We look after", "We mind"), "utf-8")
    notice.with_name("notice.cy.md").write_bytes(NOTICE.encode("utf-16"))
    assert publish(site, "2026-11-01", "Better.") == 1
    assert "notice.cy.md:1:1: error: This file is not UTF-8 text." in capsys.readouterr().err
    assert not (site / "content" / "library" / "versions" / "2.yml").exists()


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("README.md", "Only folders belong here"),
        ("library/notes.docx", "Text is read from notice.md alone"),
        ("library/Notice.MD", "If it is the text, call it notice.md."),
        ("library/notice.txt", "If it is the text, call it notice.md."),
        ("library/notice.fr.md", "`fr` is not among the `languages` of site.yml."),
        ("library/notice.en.md", "The main language has no mark in the name: call it notice.md."),
        ("library/more.md", "A notice is one file, notice.md."),
        ("library/plans/map.doc", "Only pictures are read"),
        ("library/versions/1.yml.bak", "Here are published versions"),
        ("shared/desk.fr.md", "`fr` is not among the `languages` of site.yml."),
        ("shared/desk.txt", "If it is the text, call it desk.md."),
        ("pages/more/cookies.md", "Move it up"),
        ("pictures/plan.svg", "Here are the pictures of published versions."),
    ],
)
def test_every_file_that_is_not_read_is_named_with_the_reason(
    site: Path, name: str, reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = site / "content" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("Words.\n", "utf-8")
    assert run(site, "check") == 0
    said = capsys.readouterr().err
    assert f"content/{name}:1:1: warning: This file is not read" in said
    assert reason in said
    assert run(site, "build", "--quiet") == 0


def test_what_commands_keep_beside_a_notice_is_no_stranger(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("listing.yml", "review.yml", "notice.cy.xlf", ".DS_Store"):
        (site / "content" / "library" / name).write_text("", "utf-8")
    assert run(site, "check") == 0
    assert "is not read" not in capsys.readouterr().err
