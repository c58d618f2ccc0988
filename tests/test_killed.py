"""A build that is ended at any system call leaves the site whole: the old one or the new one, with its manifest.

`FAULTS=long` tries 200 moments (`make faults`), the suite a few: strace ends the process, or one of its workers, at the n-th
call of its kind.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from tests import strace
from tests.site_fixtures import NOTICE, PROJECT, make_site, publish, write_notice
from widget import manifest

ROUNDS = 200 if os.environ.get("FAULTS") == "long" else 5
CALLS = {"openat": 800, "write": 150, "mkdir": 60, "unlink": 150, "rename": 3, "symlink": 1, "link": 30, "flock": 1}
"""Calls by which a build changes the disk, and how many of each a process of it makes, or a little more."""
DAYS = (date(2026, 11, 30), date(2026, 12, 1))


def contents(public: Path) -> dict[str, bytes]:
    return {path.relative_to(public).as_posix(): path.read_bytes() for path in public.rglob("*") if path.is_file()}


def command(root: Path, day: date) -> list[str]:
    build = [sys.executable, "-m", "generator.cli", "build", "--quiet", "--root", str(root), "--date", str(day)]
    return [*build, "--jobs", "2", "--force"]


def run(root: Path, day: date, before: tuple[str, ...] = ()) -> int:
    environment = os.environ | {"PYTHONPATH": str(PROJECT), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run([*before, *command(root, day)], cwd=root, env=environment, capture_output=True, timeout=300)
    return done.returncode


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Thirty-three notices, so that both workers have pieces of their own; one of them changes between the two days."""
    root = make_site(tmp_path)
    assert publish(root, "2026-10-01", "First.", "material") == 0
    write_notice(root, NOTICE.replace("We look after", "We guard"))
    assert publish(root, "2026-11-01", "We guard it.", "clarification", "--effective", str(DAYS[1])) == 0
    content = root / "content"
    lines = (content / "versions.lock").read_text("utf-8").splitlines(keepends=True)
    for number in range(32):
        name = f"library-{number:02}"
        shutil.copytree(content / "library" / "versions", content / name / "versions")
        before: tuple[str, str] = ("", "")
        for path in sorted((content / name / "versions").iterdir()):
            old = path.read_bytes()
            text = old.decode().replace('notice: "library"', f'notice: "{name}"').replace(*before)
            path.chmod(0o644)
            path.write_text(text, "utf-8")
            digest = hashlib.sha256(text.encode()).hexdigest()
            lines.append(f"{digest}  {name}/versions/{path.name}\n")
            if path.name == "1.yml":
                before = hashlib.sha256(old).hexdigest(), digest
    (content / "versions.lock").write_text("".join(lines), "utf-8")
    return root


def test_a_build_ended_at_any_system_call_leaves_a_whole_site(root: Path) -> None:
    strace.required()
    wanted = {}
    for day in DAYS:
        assert run(root, day) == 0
        wanted[str(day)] = contents(root / "public")
    choose = random.Random(5)  # noqa: S311 (moments, not secrets)
    killed = 0
    for number in range(ROUNDS):
        call = list(CALLS)[number % len(CALLS)] if len(CALLS) < ROUNDS else choose.choice(list(CALLS))
        when = choose.randint(1, CALLS[call])
        trace = ("strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={call}")
        killed += run(root, DAYS[number % 2], (*trace, "-e", f"inject={call}:signal=KILL:when={when}")) != 0
        found = contents(root / "public")
        assert found == wanted[json.loads(found["published.json"])["built"]]
        assert manifest.from_json(found["published.json"])
    assert killed >= ROUNDS // 3
    assert run(root, DAYS[0]) == 0
    assert contents(root / "public") == wanted[str(DAYS[0])]
    print(f"{ROUNDS} builds, {killed} of them ended on the way.")
