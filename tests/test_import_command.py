"""`noticeboard import`: one file, many, a folder or what is pasted; nothing is written over and nothing half-written."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from generator.cli import main
from generator.content import notice_file
from generator.problems import errors_in
from tests.import_fixtures import DOCUMENTS, page
from tests.site_fixtures import SITE, make_site
from tests.word_fixtures import paragraph, word_file
from tests.word_fixtures import text as words

WELSH = SITE + "languages: [en, cy]\nprimary_notice: library\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "site").mkdir()
    return make_site(tmp_path / "site")


def run(root: Path, *arguments: object) -> int:
    return main(["import", "--root", str(root), "--date", "2026-11-24", *map(str, arguments)])


def written(root: Path) -> list[str]:
    return sorted(path.parent.name for path in (root / "content").glob("*/notice*.md"))


def file(folder: Path, name: str, content: str | bytes) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_a_folder_is_imported_and_what_cannot_be_taken_is_named(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "old"
    file(folder, "parking.html", page("<p>Words.</p>").replace("Title", "Parking"))
    file(folder, "bins.txt", "Bins\n\nWe collect them.")
    file(folder, "old.doc", b"\xd0\xcf\x11\xe0" + bytes(600))
    file(folder, "broken.docx", b"PK\x03\x04 not whole")
    file(folder, "~$lock.docx", b"x")
    file(folder, ".hidden", b"x")
    (folder / "more").mkdir()
    assert run(root, folder) == 1
    said = capsys.readouterr()
    assert written(root) == ["bins", "library", "parking"]
    assert "old.doc: not imported. This is a Word file of the old kind" in said.err
    assert "broken.docx: not imported." in said.err and "more: not imported. This is a folder" in said.err
    assert "lock" not in said.err and ".hidden" not in said.err
    assert "Imported 2." in said.out


def test_nothing_is_written_over(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (root / "content/library/notice.md").read_bytes()
    path = file(tmp_path / "old", "library.html", page("<p>x</p>").replace("Title", "Library"))
    assert run(root, path) == 1
    assert (root / "content/library/notice.md").read_bytes() == before
    assert "nothing is written over it" in capsys.readouterr().err
    assert run(root, path, "--id", "library-two") == 0
    assert written(root) == ["library", "library-two"]


def test_two_documents_of_one_title_are_not_mixed_up(root: Path, tmp_path: Path) -> None:
    one = file(tmp_path / "old", "one.txt", "Bins\n\nFirst words here.")
    two = file(tmp_path / "old", "two.txt", "Bins\n\nSecond words here.")
    assert run(root, one, two) == 1
    assert "First words" in (root / "content/bins/notice.md").read_text("utf-8")


@pytest.mark.parametrize("title", ["Receipt", "Search", "Pages"])
def test_an_id_that_the_site_uses_is_refused_with_another(
    root: Path, tmp_path: Path, title: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(root, file(tmp_path / "old", "a.txt", f"{title}\n\nWords of it.")) == 1
    assert f"such as {title.lower()}-notice" in capsys.readouterr().err
    assert written(root) == ["library"]


def test_pasted_text_is_read_from_standard_input(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stdin = io.TextIOWrapper(io.BytesIO("Bins\n\n•\tone\n•\ttwo".encode()))
    monkeypatch.setattr(sys, "stdin", stdin)
    assert run(root, "-") == 0
    assert "- one\n- two" in (root / "content/bins/notice.md").read_text("utf-8")


def test_the_old_address_leads_to_the_notice_where_it_can(root: Path, tmp_path: Path) -> None:
    path = file(tmp_path / "old", "a.html", page('<p><a href="b.html">b</a></p>').replace("Title", "Bins"))
    assert run(root, path, "--from", "https://www.example.org/privacy/bins.aspx?x=1") == 0
    text = (root / "content/bins/notice.md").read_text("utf-8")
    assert 'aliases: ["/privacy/bins.aspx"]' in text and "[b](https://www.example.org/privacy/b.html)" in text
    assert run(root, path, "--from", "https://www.example.org/library", "--id", "other") == 0
    assert "aliases:" not in (root / "content/other/notice.md").read_text("utf-8")


def test_wrong_use_is_said_in_a_sentence(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = file(tmp_path / "old", "a.txt", "Bins\n\nWords of it.")
    for arguments, says in (
        (["nothing.html"], "There is no file or folder called nothing.html."),
        ([path, "--from", "www.example.org"], "is not an address"),
        ([path, path, "--from", "https://example.org"], "is the address of one page"),
        ([path, path, "--id", "bins"], "--id is for one file"),
        ([path, "--language", "fr"], "`fr` is not a language of this site"),
    ):
        assert run(root, *arguments) == 2
        assert says in capsys.readouterr().err
    (tmp_path / "empty").mkdir()
    assert run(root, tmp_path / "empty") == 3
    assert written(root) == ["library"]


def test_a_translation_goes_beside_its_notice(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "site").mkdir()
    root = make_site(tmp_path / "site", site=WELSH)
    html = '<html lang="cy"><body><main><h1>Llyfrgell</h1><p>Geiriau.</p></main></body></html>'
    path = file(tmp_path / "old", "a.html", html)
    assert run(root, path) == 1
    assert "--language cy --id ID" in capsys.readouterr().err
    assert run(root, path, "--language", "cy", "--id", "library") == 0
    assert "Geiriau." in (root / "content/library/notice.cy.md").read_text("utf-8")


def test_a_word_file_is_a_notice(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = word_file(
        paragraph(words("Housing"), style="Title")
        + paragraph(words("Our words."))
        + paragraph(words("One"), style="LB")
    )
    assert run(root, file(tmp_path / "old", "housing.docx", data)) == 0
    text = (root / "content/housing/notice.md").read_text("utf-8")
    assert text.endswith("---\nOur words.\n\n- One\n")
    assert "Every word of the document" in capsys.readouterr().out


@pytest.mark.parametrize("name", sorted(path.name for path in DOCUMENTS.iterdir() if path.suffix != ".md"))
def test_a_document_becomes_the_same_notice_as_ever_without_an_error_or_a_decision(root: Path, name: str) -> None:
    assert run(root, DOCUMENTS / name) == 0
    (notice_id,) = (other for other in written(root) if other != "library")
    path = root / "content" / notice_id / "notice.md"
    golden = DOCUMENTS / f"{name}.md"  # a new release of html-to-markdown shows here
    assert path.read_text("utf-8") == golden.read_text("utf-8")
    notice, problems = notice_file.read(path.read_bytes(), "notice.md", notice_id, "en")
    assert notice is not None and not errors_in(problems)
    assert not notice.facets.retention and not notice.facets.lawful_bases and not notice.facets.sharing
    assert main(["check", notice_id, "--root", str(root)]) == 0


def test_proposed_facts_name_their_sentences(root: Path, tmp_path: Path) -> None:
    text = (
        "Bins\n\nWe keep your form for 6 years after your last collection. We rely on Article 6(1)(e) and the Environmental "
        "Protection Act 1990. We share it with our contractor. We get it from your landlord. It goes outside the UK to Norway. "
        "Write to bins@example.org or call 01632 960 123."
    )
    assert run(root, file(tmp_path / "old", "a.txt", text)) == 0
    front = (root / "content/bins/notice.md").read_text("utf-8").split("\n---\n")[0]
    for line in (
        '#    keep: "6 years"',
        '#    after: "your last collection"',
        "#    # It says: We keep your form for 6 years after your last collection.",
        "#  - id: public-task",
        "#    article: 6(1)(e)",
        '#      - "Environmental Protection Act 1990"',
        '#  - who: "our contractor"',
        '#  - who: "your landlord"',
        "#transfers:",
        '#  email: "bins@example.org"',
        '#  phone: "01632 960 123"',
    ):
        assert line in front, line
