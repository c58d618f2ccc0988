"""The frozen file of each version is on the site, byte for byte, so that anybody can hash it; one with a name is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.cli import main
from generator.versions.version import digest
from tests.site_fixtures import NOTICE, SITE, make_site, publish, read, write_notice
from tests.test_chain import WELSH, rewrite
from tests.test_retract import REASON


def run(root: Path, *arguments: str) -> int:
    return main([arguments[0], "--root", str(root), "--date", "2026-11-24", *arguments[1:]])


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = make_site(tmp_path, site=f"{SITE}languages: [en, cy]\n")
    write_notice(root, WELSH, language="cy")
    assert publish(root, "2026-10-01", "First.") == 0
    write_notice(root, NOTICE.replace("We look after", "We guard"))
    assert publish(root, "2026-10-02", "Second.") == 0
    return root


def page(root: Path, address: str) -> str:
    return (root / "public" / address / "index.html").read_text("utf-8")


def test_the_frozen_file_is_published_byte_for_byte_in_every_language(site: Path) -> None:
    assert run(site, "build") == 0
    for version in read(site).versions:
        prefix = "cy/" if version.language == "cy" else ""
        address = f"{prefix}library/v/{version.version}/notice.yml"
        shown = (site / "public" / address).read_bytes()
        assert shown == (site / "content" / version.file).read_bytes() and digest(shown) == version.digest
        assert f'href="/{address}"' in page(site, f"{prefix}library/history")


def test_the_page_of_a_version_that_was_taken_down_says_that_its_file_is_another(site: Path) -> None:
    assert run(site, "retract", "library", "1", "--reason", REASON) == 0
    assert run(site, "build") == 0
    (english, _) = sorted(read(site).retracted, key=lambda version: version.language != "en")
    shown = (site / "public" / "library" / "v" / "1" / "notice.yml").read_bytes()
    assert shown == (site / "content" / english.file).read_bytes() and digest(shown) != english.digest
    for address in ("library/v/1", "library/history"):
        assert "has another digest than the one on a receipt" in page(site, address)
        assert 'href="/library/v/1/notice.yml"' in page(site, address)


def test_a_file_that_names_somebody_is_not_published_and_its_page_says_why(site: Path) -> None:
    """Release 0.1 froze who approved a version."""
    rewrite(site, "library/versions/2.yml", b"previous:", b'approved_by: "A. Lawyer"\nprevious:')
    assert run(site, "build") == 0
    public = (site / "public").resolve()
    assert not (public / "library" / "v" / "2" / "notice.yml").exists()
    assert (public / "library" / "v" / "1" / "notice.yml").exists()
    assert not [path for path in public.rglob("*") if path.is_file() and b"A. Lawyer" in path.read_bytes()]
    for address in ("library", "library/v/2", "library/history"):
        assert "because it names a member of staff" in page(site, address)
    assert "because it names a member of staff" not in page(site, "library/v/1")
