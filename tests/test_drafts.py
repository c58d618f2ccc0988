"""A working text's page says truly how it stands to what was published."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.building import build
from generator.cli import main
from tests.site_fixtures import NOTICE, TODAY, make_site, publish, read, write_notice


def draft(root: Path) -> str:
    build.build(read(root), root / "public", TODAY, with_drafts=True)
    return (root / "public/draft/library/index.html").read_text("utf-8")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return make_site(tmp_path)


def test_a_draft_is_said_to_be_unpublished_until_it_is_and_again_once_it_differs(site: Path) -> None:
    assert "has not been published" in draft(site)
    assert publish(site, "2026-11-01", "First.", "material") == 0
    page = draft(site)
    assert "has not been published" not in page
    assert 'the same as version 1, published on <time datetime="2026-11-01">' in page
    assert "<dt>Version</dt><dd>1</dd>" in page
    write_notice(site, NOTICE.replace("about the library", "about the library and its books"))
    page = draft(site)
    assert "has not been published" in page and "<dt>Version</dt><dd>2</dd>" in page and "the same as" not in page


def test_a_build_refuses_every_mark_that_residents_would_read_and_the_preview_shows_them(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert publish(site, "2026-11-01", "First.", "material") == 0
    with (site / "site.yml").open("a") as file:
        file.write("# [TO WRITE: a remark is no mark]\nsecurity_contact: officer@to-write.invalid\n")
    page = site / "content/pages/cookies.md"
    page.parent.mkdir()
    page.write_text(
        "---\ntitle: Cookies\n---\nAsk [TO WRITE: who answers].\n\nOr https://site.to-write.invalid.\n", "utf-8"
    )
    capsys.readouterr()
    assert main(["build", "--root", str(site)]) == 1
    said = capsys.readouterr().err
    assert [f"{place}: error" in said for place in ("cookies.md:4:5", "cookies.md:6:4")] == [True, True]
    assert ":19: error: `security_contact` is not answered yet." in said and "Write who answers." in said
    assert not (site / "public").exists()
    build.build(read(site), site / "preview", TODAY, with_drafts=True)
    assert "[TO WRITE: who answers]" in (site / "preview/cookies/index.html").read_text("utf-8")
    assert main(["check", "--root", str(site)]) == 1
    said = capsys.readouterr().err
    assert all(f"cookies.md:{place}: error" in said for place in ("4:5", "6:4"))


def test_no_page_leads_to_a_parent_until_that_is_published(site: Path) -> None:
    write_notice(site, NOTICE.replace("service: Libraries", "service: Libraries\nparent: primary"))
    write_notice(site, NOTICE.replace("Library privacy notice", "Main privacy notice"), "primary")
    command = ["publish", "--root", str(site), "--kind", "material", "--summary", "First.", "--date"]
    page, version = (site / "public/library" / name for name in ("index.html", "v/1/index.html"))
    assert main([*command, "2026-11-01", "library"]) == 0
    for options in ([], ["--force"], []):
        assert main(["build", "--root", str(site), "--quiet", "--date", "2026-11-02", *options]) == 0
        assert "main privacy notice" in page.read_text("utf-8")
        assert 'href="/primary/"' not in page.read_text("utf-8") + version.read_text("utf-8")
    assert 'href="/primary/"' not in draft(site)
    assert main([*command, "2026-11-03", "primary"]) == 0
    assert main(["build", "--root", str(site), "--quiet", "--date", "2026-11-03"]) == 0
    assert 'href="/primary/"' in page.read_text("utf-8")
    assert 'href="/primary/"' in version.read_text("utf-8")
