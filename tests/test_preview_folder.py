"""The preview and the published site: two folders, so that a draft cannot be published by mistake."""

from __future__ import annotations

import os
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from generator.cli import main
from tests.serving import served
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
    with served(root) as address:
        assert "Parking privacy" in fetched(f"{address}/draft/parking/")
    assert not (root / "public").exists()


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
    after = files(root / "public")
    assert after == before
    assert not any(name.startswith("draft/") for name in after)
    assert not any(LOOPBACK in data for data in after.values())
