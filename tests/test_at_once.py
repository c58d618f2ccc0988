"""Commands that run at the same time take turns: P6 of the field tests, with real processes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from generator.cli import main
from tests.site_fixtures import NOTICE, PROJECT, make_site, publish, read, write_notice

ROUNDS = 25 if os.environ.get("FAULTS") == "long" else 2
"""How often two commands meet."""
PUBLISH = ("publish", "library", "--kind", "clarification", "--summary", "Clearer.", "--date", "2026-11-01")
TAKE_DOWN = ("retract", "library", "1", "--reason", "It named somebody.", "--date", "2026-11-01")


def at_once(root: Path, *commands: tuple[str, ...]) -> list[int]:
    """Start commands together, each in a process of its own, and wait for all: their exit codes."""
    whole = [[sys.executable, "-m", "generator.cli", one[0], "--root", str(root), *one[1:]] for one in commands]
    running = [subprocess.Popen(one, cwd=PROJECT, stdout=subprocess.DEVNULL) for one in whole]
    return [process.wait(120) for process in running]


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    """A site with a published notice whose text was changed since."""
    root = tmp_path / "site"
    root.mkdir()
    make_site(root)
    assert publish(root, "2026-10-01", "First.", "material") == 0
    write_notice(root, NOTICE.replace("We look after", "We take good care of"))
    return root


@pytest.mark.parametrize("other", [PUBLISH, TAKE_DOWN], ids=["publish twice", "publish and take down"])
def test_commands_at_the_same_time_leave_a_whole_history(changed: Path, other: tuple[str, ...], tmp_path: Path) -> None:
    for number in range(ROUNDS):
        root = tmp_path / f"round-{number}"
        shutil.copytree(changed, root)
        codes = at_once(root, PUBLISH, other)
        assert [version.version for version in read(root).ever if version.retracted is None][-1] == 2
        assert codes[0] in (0, 3)
        if other is PUBLISH:
            assert sorted(codes) == [0, 3]  # one published; the other found nothing to publish
            assert len(read(root).versions) == 2
    assert main(["build", "--root", str(root), "--jobs", "1"]) == 0
