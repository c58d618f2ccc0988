"""The PDF of a version: tagged, PDF/UA-1, the same bytes every time, and nothing fetched from elsewhere."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zlib
from importlib import import_module
from pathlib import Path

import pytest

from generator.building import build
from generator.exports import pdf
from tests.picture_fixtures import write_picture
from tests.site_fixtures import NOTICE, PROJECT, SITE, TODAY, make_site, publish, read

try:
    import_module("weasyprint")
except (ImportError, OSError) as missing:  # OSError: the system has no Pango
    pytest.skip(f"the extra pdf is not installed whole: {missing}", allow_module_level=True)


def inside(data: bytes) -> bytes:
    """A PDF with its streams unpacked, in which words can be looked for."""
    streams = re.findall(rb"/FlateDecode.*?stream\n(.*?)\nendstream", data, re.DOTALL)
    return data + b"\n".join(zlib.decompressobj().decompress(stream) for stream in streams)


def made(root: Path) -> bytes:
    return (root / "public" / "library" / "v" / "1" / "notice.pdf").read_bytes()


def site_with_pdf(root: Path) -> Path:
    make_site(root, site=f"{SITE}pdf: yes\n")
    publish(root, "2026-10-01", "First.", "material")
    return root


def test_a_version_is_a_tagged_pdf_in_its_language(tmp_path: Path) -> None:
    root = site_with_pdf(tmp_path)
    build.build(read(root), root / "public", TODAY)
    data = inside(made(root))
    assert data.startswith(b"%PDF-1.7")
    for mark in (b"/StructTreeRoot", b"/Marked true", b"/Lang (en)", b'pdfuaid:part="1"', b"/DisplayDocTitle true"):
        assert mark in data, mark
    page = (root / "public" / "library" / "index.html").read_text("utf-8")
    assert 'href="/library/v/1/notice.pdf"' in page


def test_the_same_version_gives_the_same_bytes(tmp_path: Path) -> None:
    root = site_with_pdf(tmp_path)
    build.build(read(root), root / "public", TODAY)
    first = made(root)
    environment = os.environ | {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"}
    command = [sys.executable, "-m", "generator.cli", "build", "--root", str(root), "--date", str(TODAY)]
    subprocess.run(command, cwd=PROJECT, check=True, env=environment, capture_output=True)
    assert made(root) == first


def test_without_being_asked_for_there_is_neither_pdf_nor_link(tmp_path: Path) -> None:
    root = make_site(tmp_path)
    publish(root, "2026-10-01", "First.", "material")
    build.build(read(root), root / "public", TODAY)
    assert not list((root / "public").rglob("*.pdf"))
    assert "notice.pdf" not in (root / "public" / "library" / "index.html").read_text("utf-8")


def test_the_pictures_of_a_notice_are_in_it(tmp_path: Path) -> None:
    make_site(tmp_path, NOTICE + "\n![A person reading a book](reading.png) We read.\n", f"{SITE}pdf: yes\n")
    write_picture(tmp_path / "content" / "library" / "reading.png")
    assert publish(tmp_path, "2026-10-01", "First.", "material") == 0
    build.build(read(tmp_path), tmp_path / "public", TODAY)
    data = inside(made(tmp_path))
    assert re.search(rb"/Subtype /Image[^>]*/Width 40|/Width 40[^>]*/Subtype /Image", data)


def test_only_the_sites_own_files_are_read(tmp_path: Path) -> None:
    asked = []
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    page = (
        '<html lang="en"><title>A</title><p>A<img src="/x.svg" alt=""><img src="https://elsewhere.example.org/y.png" alt="">'
        f'<img src="{secret.as_uri()}" alt=""></p></html>'
    )

    def asset(path: str) -> bytes | None:
        asked.append(path)
        return None

    assert pdf.render(page, "https://privacy.example.org", asset).startswith(b"%PDF")
    assert asked == ["/x.svg"]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_system_without_pango_is_told_what_to_install(tmp_path: Path, jobs: str) -> None:
    (root := tmp_path / "site").mkdir()
    site_with_pdf(root)
    lacking = tmp_path / "lacking" / "weasyprint"
    lacking.mkdir(parents=True)
    (lacking / "__init__.py").write_text("raise OSError(\"cannot load library 'libpango-1.0-0'\")\n", "utf-8")
    command = [sys.executable, "-m", "generator.cli", "build", "--root", str(root), "--force", "--jobs", jobs]
    paths = f"{lacking.parent}{os.pathsep}{PROJECT}"
    ended = subprocess.run(command, capture_output=True, text=True, env=os.environ | {"PYTHONPATH": paths})
    assert ended.returncode == 2
    assert "apt-get install libpango-1.0-0" in ended.stderr + ended.stdout
    assert "Traceback" not in ended.stderr
