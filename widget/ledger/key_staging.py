"""New keys beside the old ones, until the database is changed to them: what is cut short is seen, and never half used.

The folder `next` holds each file that is to be replaced, and in `what` which change it is. It appears whole; when the
database has changed in one transaction, its files take their places one by one, and it is removed last.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from widget.whole_files import flush_folder, write_whole

NEXT, MAKING, WHAT = "next", ".next", "what"


def unfinished(folder: Path) -> str | None:
    """Which change of keys was begun and not ended; None where there is none."""
    try:
        return (folder / NEXT / WHAT).read_text("utf-8").strip()
    except FileNotFoundError:
        return None


def stage(folder: Path, what: str, files: Mapping[str, str]) -> None:
    """Put new files beside, all at once."""
    discard(folder)
    making = folder / MAKING
    making.mkdir(mode=0o700)
    for name, text in {**files, WHAT: f"{what}\n"}.items():
        write_whole(making / name, text)
    making.rename(folder / NEXT)
    flush_folder(folder)


def take_over(folder: Path) -> None:
    """Put the new files in place of the old ones. Cut short, it is done again to the same end."""
    staged = folder / NEXT
    for path in sorted(staged.iterdir()):
        if path.name != WHAT:
            path.replace(folder / path.name)
    flush_folder(folder)
    discard(folder)


def discard(folder: Path) -> None:
    """Remove what is staged."""
    making = folder / MAKING
    shutil.rmtree(making, ignore_errors=True)
    if (folder / NEXT).exists():
        (folder / NEXT).rename(making)  # gone at once
        flush_folder(folder)
        shutil.rmtree(making)
