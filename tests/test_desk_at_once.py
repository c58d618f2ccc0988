"""Two and three people at one desk, in any order and at the same moment: no edit is lost, none overwritten unseen, no site
broken.

`make faults ONLY=desk` plays 200 interleavings, other ones each time; `SEED=...` plays those of a run before, `ROUNDS=...` fewer.
"""

from __future__ import annotations

import os
import random
import secrets
from pathlib import Path

import pytest

from desk.people.person import Person, Role
from tests.desk_at_once import NOTICES, Known, Officer, faults, git, play
from tests.desk_fixtures import ANNA, BEN, served_desk
from tests.site_fixtures import NOTICE, SITE, make_site, publish, write_notice

LONG = os.environ.get("FAULTS") == "long"
SEED = int(os.environ.get("SEED", secrets.randbelow(1_000_000) if LONG else 5))
ROUNDS, STEPS = (int(os.environ.get("ROUNDS", "50")), 30) if LONG else (2, 12)
"""Interleavings of each kind; there are four kinds."""
DAI = Person("dai12345", "Dai Example", "dai@example.org", frozenset({Role.EDITOR}))


def site(root: Path, *, has_git: bool, approval: bool) -> Path:
    make_site(root, site=SITE + ("approval: required\n" if approval else ""))
    text = NOTICE.replace("after: end of financial year}", "after: end of financial year, note: Kept on paper}")
    for notice in NOTICES:
        write_notice(root, text, notice)
    assert publish(root, "2026-10-01", "First.", "material", *(("--no-approval",) if approval else ())) in (0, 2)
    (root / ".gitignore").write_text("var/\n.noticeboard/\npublic\n", "utf-8")
    if has_git:
        git(root, "init", "--quiet")
        git(root, "add", ".")
        git(root, "commit", "--quiet", "-m", "First")
    return root


@pytest.mark.parametrize("people", [2, 3])
@pytest.mark.parametrize("has_git", [True, False], ids=["git", "folders"])
def test_people_at_one_desk_lose_nothing_and_break_nothing(tmp_path: Path, has_git: bool, people: int) -> None:
    root = site(tmp_path, has_git=has_git, approval=False)
    chance = random.Random(SEED * 4 + people + 2 * has_git)  # noqa: S311 (a test that can be repeated)
    everybody = (ANNA, BEN, DAI)[:people]
    known = Known()
    with served_desk(root, *everybody) as desk:
        officers = [Officer(desk, one, known) for one in everybody]
        for number in range(ROUNDS):
            play(officers, chance, STEPS)
            assert faults(root, known, has_git=has_git) == [], f"SEED={SEED}, round {number}"
    print(
        f"seed {SEED}: {ROUNDS} rounds of {STEPS} steps, {len(known.saved)} words saved, {dict(sorted(known.answers.items()))}"
    )
    assert known.saved
