"""The preview and the published site: two folders, so that a draft cannot be published by mistake."""

from __future__ import annotations

import html
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from generator.cli import main
from tests.serving import free_port, served
from tests.site_fixtures import NOTICE, PROJECT, make_site, publish, write_notice

LOOPBACK = b"http://127.0.0.1:"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A published notice, and another that is only a draft."""
    make_site(tmp_path)
    assert publish(tmp_path, "2026-10-01", "First.", "material") == 0
    write_notice(tmp_path, NOTICE.replace("Library privacy", "Parking privacy"), "parking")
    return tmp_path


def fetched(address: str) -> str:
    with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310 (this machine)
        return str(answer.read().decode())


def files(folder: Path) -> dict[str, bytes]:
    """Every file of a built site."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_the_preview_leaves_no_folder_to_publish(root: Path) -> None:
    of_before = root / ".noticeboard/preview/site"
    of_before.mkdir(parents=True)
    with served(root) as address:
        assert "Parking privacy" in fetched(f"{address}/draft/parking/")
        assert "library" in fetched(f"{address}/demo/")
    assert not (root / "public").exists()
    assert not of_before.exists()


def test_a_build_and_the_preview_do_each_other_no_harm(root: Path) -> None:
    assert main(["build", "--root", str(root), "--quiet"]) == 0
    before = files(root / "public")
    with served(root) as address:
        assert files(root / "public") == before
        command = [sys.executable, "-m", "generator.cli", "build", "--root", str(root), "--quiet"]
        built = subprocess.run(command, cwd=PROJECT, env=os.environ, timeout=60, check=False)
        assert built.returncode == 0
        assert "Parking privacy" in fetched(f"{address}/draft/parking/")
        assert f'href="{address}/library/"' in fetched(f"{address}/library/")
        draft = fetched(f"{address}/draft/library/")
        assert "the same as version 1" in draft and ">privacy.example.org/library</a>" in draft
    after = files(root / "public")
    assert after == before
    assert not any(name.startswith("draft/") for name in after)
    assert not any(LOOPBACK in data for data in after.values())


def test_the_preview_keeps_its_address_while_site_yml_is_at_fault_from_its_start_or_later(root: Path) -> None:
    site, port = root / "site.yml", free_port()
    good = site.read_text("utf-8")
    site.write_text(f"{good}nonsense: 1\n", "utf-8")
    command = [sys.executable, "-m", "generator.cli", "serve", "--root", str(root), "--port", str(port)]
    process = subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.DEVNULL)
    try:
        await_page(port, 503, "`nonsense` is not a key")
        site.write_text(good, "utf-8")
        await_page(port, 200, "Library privacy notice")
        site.write_text(f"{good}nonsense: 1\n", "utf-8")
        await_page(port, 503, "`nonsense` is not a key")
        assert process.poll() is None
    finally:
        process.terminate()
        process.wait(timeout=10)


def await_page(port: int, status: int, words: str) -> None:
    """Wait until the first page has that status and these words."""
    found: tuple[int, str] = (0, "")
    for _ in range(200):
        try:
            found = 200, fetched(f"http://127.0.0.1:{port}/")
        except urllib.error.HTTPError as failure:
            found = failure.code, html.unescape(failure.read().decode())
        except OSError:
            pass  # it does not listen yet
        if found[0] == status and words in found[1]:
            return
        time.sleep(0.1)
    raise AssertionError(found)
