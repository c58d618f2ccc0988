"""Parts that a council can make its own: colours that can be read, logo, links, templates."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.building import build
from generator.cli import main
from generator.content import accent_colour
from generator.problems import ContentError
from tests.site_fixtures import PROJECT, SITE, TODAY, make_site, publish, read

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 1"><path d="M0 0h2v1z"/></svg>'


def themed(root: Path, theme: str) -> Path:
    make_site(root, site=f"{SITE}theme:\n{theme}")
    publish(root, "2026-10-01", "First.", "material")
    build.build(read(root), root / "public", TODAY)
    return root / "public"


def test_contrast_is_that_of_wcag() -> None:
    assert accent_colour.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert accent_colour.contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)
    assert accent_colour.contrast("#0b5c6b", "#0b5c6b") == 1


@given(COLOURS)
def test_the_nearest_colour_can_be_read_and_a_readable_one_stays(accent: str) -> None:
    near = accent_colour.nearest_readable(accent)
    assert accent_colour.readable(near)
    assert accent_colour.contrast(near, "#ffffff") >= 4.5
    assert near == accent or not accent_colour.readable(accent)


def test_a_colour_that_nobody_can_read_is_refused_with_the_nearest_that_can(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_site(tmp_path, site=f"{SITE}theme: {{accent: '#ff9900'}}\n")
    assert main(["build", "--root", str(root)]) == 1
    said = capsys.readouterr().err
    assert "2.0 to 1, and 4.5 to 1 is needed" in said
    (near,) = re.findall(r"is '(#[0-9a-f]{6})'", said)
    assert accent_colour.readable(near)
    make_site(tmp_path, site=f"{SITE}theme: {{accent: '{near}'}}\n")
    assert main(["build", "--root", str(root)]) == 0


def coloured(root: Path, accent: str, styles: str) -> str:
    """The stylesheet of a site with an accent and with a site.css of its own."""
    (root / "templates").mkdir()
    (root / "templates" / "site.css").write_text(styles, "utf-8")
    (path,) = (themed(root, f"  accent: '{accent}'\n") / "assets").glob("site.*.css")
    return path.read_text("utf-8")


@pytest.mark.parametrize(
    ("styles", "published"),
    [
        (":root {\n  --ink: #000;\n  --accent : #0b5c6b;\n}\n", ":root {\n  --ink: #000;\n  --accent : #7a1f5c;\n}\n"),
        (":root{--ink:#000;--accent:teal}", ":root{--ink:#000;--accent:#7a1f5c}"),
        ("/* --accent: is ours; */\n:root{--accent:red;}", "/* --accent: is ours; */\n:root{--accent:#7a1f5c;}"),
        (":root{--accent-edge:red;--accent:\n  red\n}", ":root{--accent-edge:red;--accent:\n  #7a1f5c\n}"),
    ],
    ids=["written out", "another order and colour", "named in a comment", "over lines"],
)
def test_the_accent_colour_survives_styles_that_were_laid_out_anew(tmp_path: Path, styles: str, published: str) -> None:
    assert coloured(tmp_path, "#7a1f5c", styles) == published


def test_styles_without_a_place_for_the_accent_colour_stop_the_build(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(ContentError, match=r"no place for the `accent`.*Write `:root \{ --accent: #0b5c6b; \}` in it"):
        coloured(tmp_path, "#7a1f5c", "body { color: black; }")
    assert main(["build", "--root", str(tmp_path)]) == 1
    assert "templates/site.css:1:1: error: This file has no place" in capsys.readouterr().err


def test_styles_without_a_place_are_fine_where_nobody_chose_a_colour(tmp_path: Path) -> None:
    assert coloured(tmp_path, "#0b5c6b", "body { color: black; }") == "body { color: black; }"


def test_the_logo_and_the_councils_links_are_on_every_page(tmp_path: Path) -> None:
    (tmp_path / "crest.svg").write_text(LOGO)
    public = themed(
        tmp_path,
        "  logo: crest.svg\n"
        "  header_links: [{label: News, href: 'https://www.example.org/news'}]\n"
        "  footer_links: [{label: Contact us, href: 'https://www.example.org/contact'}]\n",
    )
    for name in ("index.html", "library/index.html", "404.html"):
        text = (public / name).read_text("utf-8")
        (logo,) = re.findall(r'<img src="/(assets/logo\.[0-9a-f]{10}\.svg)" alt=""', text)
        assert (public / logo).read_text() == LOGO
        head, foot = text.split("<main", 1)[0], text.split("</main>", 1)[1]
        assert '<a href="https://www.example.org/news">News</a>' in head
        assert '<a href="https://www.example.org/contact">Contact us</a>' in foot


def test_a_logo_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"no file crest\.svg beside site\.yml"):
        themed(tmp_path, "  logo: crest.svg\n")


def test_a_logo_outside_the_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="not the name of a picture"):
        make_site(tmp_path, site=f"{SITE}theme: {{logo: ../../etc/crest.svg}}\n")
        read(tmp_path)


@pytest.mark.parametrize("name", ["page.html", "changes.html", "check.html", "site.css", "filter.js", "strings/en.yml"])
def test_any_template_gives_way_to_the_councils_own(name: str, tmp_path: Path) -> None:
    own = tmp_path / "ours" / name
    own.parent.mkdir(parents=True)
    product = (PROJECT / "templates" / name).read_text("utf-8")
    marks = {
        ".html": product.replace("{% block main %}", "{% block main %}ours"),
        ".css": product + "/* ours */",
        ".js": product + "// ours",
    }
    own.write_text(marks.get(own.suffix, product.replace("Skip to the main content", "ours")), "utf-8")
    make_site(tmp_path, site=f"{SITE}theme: {{templates: ours}}\n")
    publish(tmp_path, "2026-10-01", "First.", "material")
    notice = tmp_path / "content" / "library" / "notice.md"
    notice.write_text(notice.read_text().replace("We look after", "We guard"))
    publish(tmp_path, "2026-11-01", "Second.")
    pages = tmp_path / "content" / "pages"
    pages.mkdir(parents=True)
    (pages / "cookies.md").write_text("---\ntitle: Cookies\n---\nNone.\n")
    build.build(read(tmp_path), tmp_path / "public", TODAY)
    texts = [path.read_text("utf-8") for path in (tmp_path / "public").rglob("*.*") if path.suffix in marks]
    assert any("ours" in text for text in texts)
