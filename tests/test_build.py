"""The built site: whole, repeatable, valid, and swapped in one step."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import html5lib
import pytest

from generator import repository
from generator.building import build
from generator.cli import main
from generator.problems import ContentError, Level
from generator.rules import check
from tests.site_fixtures import NOTICE, PROJECT, TODAY, make_site, publish, read, write_notice
from widget import manifest


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example content of this project, built with its drafts."""
    out = tmp_path_factory.mktemp("site") / "public"
    build.build(repository.read(PROJECT), out, TODAY, with_drafts=True)
    return out


def html_pages(public: Path) -> list[Path]:
    return sorted(public.rglob("*.html"))


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_every_address_of_the_example_is_there(public: Path) -> None:
    names = {name for name in contents(public) if not name.startswith(("assets/", "draft/"))}
    assert names >= {
        "index.html",
        "404.html",
        "unavailable.html",
        "consent.js",
        "published.json",
        "endpoint.json",
        "family-hubs/index.html",
        "family-hubs/history/index.html",
        "family-hubs/feed.xml",
        "family-hubs/v/2/changes/index.html",
        "family-hubs/v/2/notice.jsonld",
        "family-hubs/v/2/qr.svg",
        "check/family-hubs/1/index.html",
        "check/family-hubs/2/index.html",
        "feed.xml",
        "sitemap.xml",
        "robots.txt",
        ".well-known/security.txt",
        "family-hubs/v/1/index.html",
        "family-hubs/v/2/index.html",
        "primary/index.html",
        "accessibility/index.html",
        "cookies/index.html",
        "cy/index.html",
        "cy/404.html",
        "cy/unavailable.html",
        "cy/family-hubs/index.html",
        "cy/family-hubs/history/index.html",
        "cy/family-hubs/v/3/index.html",
        "cy/primary/index.html",
        "cy/accessibility/index.html",
        "cy/cookies/index.html",
    }


def test_the_same_sources_and_day_give_the_same_bytes(public: Path, tmp_path: Path) -> None:
    again = tmp_path / "elsewhere" / "public"
    environment = os.environ | {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"}
    command = [sys.executable, "-m", "generator.cli", "build", "--out", str(again), "--date", str(TODAY)]
    subprocess.run(command, cwd=PROJECT, check=True, env=environment, capture_output=True)
    without_drafts = {name: data for name, data in contents(public).items() if "draft/" not in name}
    assert contents(again) == without_drafts


def test_every_page_is_valid_with_one_h1_and_ids_used_once(public: Path) -> None:
    for path in html_pages(public):
        text = path.read_text("utf-8")
        parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
        tree = parser.parse(text)
        headings = ["".join(element.itertext()) for element in tree.iter("h1")]
        assert len(headings) == 1, path
        title = "".join(next(tree.iter("title")).itertext())
        assert title.startswith(headings[0]), path
        ids = [element.attrib["id"] for element in tree.iter() if "id" in element.attrib]
        assert len(ids) == len(set(ids)), path
        assert all(form.attrib.get("action") or "hidden" in form.attrib for form in tree.iter("form")), path
        levels = [int(e.tag[1]) for e in tree.iter() if isinstance(e.tag, str) and re.fullmatch("h[1-6]", e.tag)]
        assert all(after - before <= 1 for before, after in pairwise(levels)), path


def test_an_ordinary_page_says_what_site_yml_says(public: Path) -> None:
    pages = {name: data for name, data in contents(public).items() if name.endswith(".html")}
    assert [name for name, data in pages.items() if b"[[" in data] == []
    for name in ("accessibility/index.html", "cy/accessibility/index.html"):
        assert b"Stockport Metropolitan Borough Council" in pages[name].partition(b"<main")[2].partition(b"</main>")[0]


def test_an_ordinary_page_inserts_shared_wording_as_a_notice_does(tmp_path: Path) -> None:
    root = make_site(tmp_path)
    for folder in ("pages", "shared"):
        (root / "content" / folder).mkdir()
    wording = "We answer at [[council.name]].\n\n## How long it takes\n\nA month.\n"
    (root / "content" / "shared" / "answers.md").write_text(wording, "utf-8")
    page = root / "content" / "pages" / "help.md"
    page.write_text("---\ntitle: Help\nsummary: Help.\n---\n\nRead this.\n\n[[answers]]\n\n[[nothing]]\n", "utf-8")
    build.build(repository.read_frame(root), root / "public", TODAY)
    shown = (root / "public" / "help" / "index.html").read_text("utf-8")
    assert "<p>We answer at Exampleshire County Council.</p>" in shown
    assert '<h2 id="how-long-it-takes">How long it takes</h2>' in shown
    found = check.inspect_page(read(root), read(root).pages["help", "en"])
    assert [(one.rule, str(one.place)) for one in found if one.level is Level.ERROR] == [
        ("S01", "content/pages/help.md:10:1")
    ]


def links(public: Path) -> Iterator[tuple[Path, str]]:
    for path in html_pages(public):
        tree = html5lib.parse(path.read_text("utf-8"), namespaceHTMLElements=False)
        here = "/" + path.relative_to(public).as_posix().removesuffix("index.html")
        for element in tree.iter():
            for name in ("href", "src"):
                if name in element.attrib:
                    yield path, urljoin(here, element.attrib[name])


def test_no_link_or_anchor_within_the_site_is_broken(public: Path) -> None:
    checked = 0
    for path, link in links(public):
        parts = urlsplit(link)
        if (
            parts.scheme
            or parts.netloc
            or parts.path in ("/withdraw", "/withdraw/agreed", "/report")
            or parts.path.startswith("/consent/")
        ):
            continue
        target = public / parts.path.lstrip("/")
        target = target / "index.html" if parts.path.endswith("/") else target
        assert target.is_file(), f"{path}: {link}"
        if parts.fragment:
            assert f'id="{parts.fragment}"' in target.read_text("utf-8"), f"{path}: {link}"
        checked += 1
    assert checked > 100


def test_nothing_is_asked_of_anybody_else(public: Path) -> None:
    for path in html_pages(public):
        tree = html5lib.parse(path.read_text("utf-8"), namespaceHTMLElements=False)
        policy = next(iter(found.attrib["content"] for found in tree.iter("meta") if "http-equiv" in found.attrib), "")
        for element in tree.iter():
            if element.tag in ("script", "img", "iframe") or (
                element.tag == "link" and "stylesheet" in element.attrib["rel"]
            ):
                address = element.attrib.get("src") or element.attrib.get("href")
                assert address and address.startswith("/") and not address.startswith("//"), path
            assert not any(name.startswith("on") or name == "style" for name in element.attrib), path
            inside = (element.text or "").strip() if element.tag in ("script", "style") else ""
            digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
            assert not inside or (element.tag == "style" and f"'sha256-{digest}'" in policy), path


def test_an_old_version_says_which_one_counts(public: Path) -> None:
    text = (public / "family-hubs" / "v" / "1" / "index.html").read_text("utf-8")
    assert "This is an old version" in text
    assert "24 November 2026" in text
    assert 'href="/family-hubs/"' in text
    assert "<form" not in text


def test_the_form_goes_to_the_endpoint_with_the_exact_version(public: Path) -> None:
    text = (public / "family-hubs" / "index.html").read_text("utf-8")
    published = manifest.from_json((public / "published.json").read_text("utf-8"))
    current = published.in_force("family-hubs", "en", TODAY)
    assert current is not None
    assert 'method="post" action="/consent/family-hubs"' in text
    assert f'name="digest" value="{current.digest}"' in text
    assert f'name="version" value="{current.version}"' in text


def test_the_manifest_names_every_version_with_its_digest(public: Path) -> None:
    published = manifest.from_json((public / "published.json").read_text("utf-8"))
    lock = (PROJECT / "content" / "versions.lock").read_text("utf-8")
    assert {version.digest for version in published.versions} == {
        line.split()[0] for line in lock.splitlines() if line.endswith(".yml")
    }
    version = published.find("family-hubs", 1, "en")
    assert version is not None
    assert version.url == "https://privacy.example.org/family-hubs/v/1/"
    assert manifest.to_json(published) == (public / "published.json").read_text("utf-8")


def test_the_layout_for_the_endpoint_is_the_sites_own(public: Path) -> None:
    layout = manifest.layout_from_json((public / "endpoint.json").read_text("utf-8"))
    page = layout.shells["en"].page("A title", "<h1>Main</h1>")
    html5lib.HTMLParser(strict=True).parse(page)
    assert "<h1>Main</h1>" in page
    assert "A title – Stockport Council</title>" in page
    assert "@@" not in page
    assert any(key.startswith("endpoint.") for key in layout.shells["en"].words)


def test_a_draft_shows_the_working_text_and_what_differs(tmp_path: Path) -> None:
    root = make_site(tmp_path)
    publish(root, "2026-10-01", "First.", "material")
    write_notice(root, NOTICE.replace("We look after", "We guard"))
    build.build(read(root), root / "public", TODAY, with_drafts=True)
    draft = (root / "public" / "draft" / "library" / "index.html").read_text("utf-8")
    assert "We guard your <strong>information</strong>" in draft
    assert 'href="#our-promise">Our promise' in draft
    assert "We guard" not in (root / "public" / "library" / "index.html").read_text("utf-8")


def test_a_version_that_starts_later_is_announced_and_does_not_count(tmp_path: Path) -> None:
    root = make_site(tmp_path)
    publish(root, "2026-10-01", "First.", "material")
    write_notice(root, NOTICE.replace("We look after", "We guard"))
    publish(root, "2026-11-01", "We guard it now.", "clarification", "--effective", "2026-12-01")
    out = root / "public"
    build.build(read(root), out, date(2026, 11, 30))
    assert "We look after" in (out / "library" / "index.html").read_text("utf-8")
    assert "1 December 2026" in (out / "library" / "index.html").read_text("utf-8")
    assert "This version has not started yet" in (out / "library" / "v" / "2" / "index.html").read_text("utf-8")
    build.build(read(root), out, date(2026, 12, 1))
    assert "We guard" in (out / "library" / "index.html").read_text("utf-8")


def test_the_accent_colour_is_the_councils(tmp_path: Path) -> None:
    root = make_site(tmp_path)
    with (root / "site.yml").open("a") as file:
        file.write("theme: {accent: '#7a1f5c'}\n")
    publish(root, "2026-10-01", "First.", "material")
    build.build(read(root), root / "public", TODAY)
    (styles,) = (root / "public" / "assets").glob("site.*.css")
    assert "\n:root{--accent:#7a1f5c}\n" in styles.read_text("utf-8")
    assert ":root{--accent:#7a1f5c}" in (root / "public" / "library" / "index.html").read_text("utf-8")


def test_a_page_that_is_saved_during_a_build_is_on_the_site_after_the_next(tmp_path: Path) -> None:
    root = make_site(tmp_path)
    page = root / "content/pages/trees.md"
    page.parent.mkdir()
    page.write_text("---\ntitle: Trees\n---\nThey are green.\n")
    found = repository.read_frame(root)
    page.write_text(page.read_text().replace("green", "brown"))
    for source in (found, repository.read_frame(root)):
        build.build(source, tmp_path / "public", TODAY)
    assert "They are brown." in (tmp_path / "public/trees/index.html").read_text()


def test_a_folder_that_no_build_made_is_left_alone(tmp_path: Path) -> None:
    root = make_site(tmp_path / "site") if (tmp_path / "site").mkdir() is None else tmp_path
    publish(root, "2026-10-01", "First.", "material")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("mine")
    with pytest.raises(ContentError, match="left alone"):
        build.build(read(root), tmp_path / "mine", TODAY)
    assert (tmp_path / "mine" / "letter.txt").read_text() == "mine"


def test_a_missing_word_is_an_error_not_a_gap(tmp_path: Path) -> None:
    root = make_site(tmp_path)
    site = (root / "site.yml").read_text("utf-8")
    (root / "site.yml").write_text(site + "languages: [en, gd]\n", "utf-8")
    assert main(["build", "--root", str(root)]) == 1
    assert not (root / "public").exists()


def test_a_killed_build_leaves_the_whole_site_old_or_new(tmp_path: Path) -> None:
    root = make_site(tmp_path)
    publish(root, "2026-10-01", "First.", "material")
    out = root / "public"
    build.build(read(root), out, date(2026, 10, 1))
    old = contents(out)
    build.build(read(root), out, date(2026, 10, 2))
    new = contents(out)
    command = [sys.executable, "-m", "generator.cli", "build", "--root", str(root)]
    build.build(read(root), out, date(2026, 10, 1))
    seen = set()
    for round_number in range(12):
        process = subprocess.Popen([*command, "--date", "2026-10-02"], cwd=PROJECT, stdout=subprocess.DEVNULL)
        time.sleep(0.18 + 0.02 * round_number)
        process.send_signal(signal.SIGKILL)
        process.wait()
        found = contents(out)
        assert found in (old, new)
        seen.add(json.loads(found["published.json"])["built"])
    assert seen <= {"2026-10-01", "2026-10-02"}
    build.build(read(root), out, date(2026, 10, 2))
    assert contents(out) == new
    assert len(list((root / ".noticeboard" / "public").iterdir())) <= 2  # the published one and the one before
