"""The people who saved a part of a notice's text since its last version, as far as git knows.

Runs git; without it, nobody is known.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from generator.content import site_file
from generator.repository import CONTENT

LONGEST = 30
"""Seconds that git may take."""
SHARED = (f"{CONTENT}/shared", site_file.FILE)
"""The sources of every notice's words besides its own texts."""


def saved_by(root: Path, notice: str, by: str | None) -> frozenset[str]:
    """Names and mail addresses of those who committed a change to the notice's texts, to shared wording or to
    site.yml since the commit of its last version; of a notice that was never published, since its text was first
    committed.

    Where a text is changed and not committed, or nothing is under version control, `by` or git's own user saved it too.
    """
    own = f"{CONTENT}/{notice}"
    texts = f"{own}/notice*.md"
    since = _git(root, "log", "-1", "--format=%H", "--", f"{own}/versions").strip()
    commits = f"{since}..HEAD" if since else "HEAD"
    people = set(_git(root, "log", "--format=%an%n%ae", commits, "--", texts).splitlines())
    first = since or _git(root, "log", "--reverse", "--format=%H", "--", texts).partition("\n")[0]
    if first:
        people |= set(_git(root, "log", "--format=%an%n%ae", f"{first}..HEAD", "--", *SHARED).splitlines())
    tracked = _git(root, "ls-files", "--", texts)
    if by or not tracked or _git(root, "status", "--porcelain", "--", texts, *SHARED):
        people |= {by} if by else {_git(root, "config", key).strip() for key in ("user.name", "user.email")}
    return frozenset(people - {""})


def _git(root: Path, *arguments: str) -> str:
    """The output of git; nothing where it is not installed, or the folder is not under version control."""
    try:
        done = subprocess.run(  # noqa: S603 (our own arguments, no shell)
            ["git", *arguments],  # noqa: S607 (wherever it is installed)
            cwd=root,
            env=os.environ | {"GIT_OPTIONAL_LOCKS": "0"},  # `status` else takes the lock that a commit needs just then
            capture_output=True,
            timeout=LONGEST,
            check=False,
            encoding="utf-8",
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout if done.returncode == 0 else ""
