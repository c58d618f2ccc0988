"""The folder that a new site is written to: whether it can be, and writing all of it or nothing."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from generator.content.site_file import FILE
from generator.repository import CONTENT
from generator.starting import example
from generator.starting.example import Example

BESIDE = ("readme", "licen", "requirements", "venv")
"""How the names of files start that a council's own repository may have before the site; names with a dot may too."""


def refusal(root: Path, found: Example | None, *, remove: bool) -> str | None:
    """Why no site can be written there; None where it can. `remove` says that the example may be taken away."""
    if root.exists() and not root.is_dir():
        return f"{root} is a file. Name a folder that is empty or does not exist yet."
    if not root.is_dir():
        return None
    if found is not None:
        return _keeps(root, found) if remove else None
    taken = [name for name in (FILE, CONTENT) if (root / name).exists()]
    if taken:
        return (
            f"There is a site in {_shown(root)} already ({' and '.join(taken)}), and nothing is written over it. Name an empty "
            "folder: `noticeboard init DIR`."
        )
    others = [path.name for path in sorted(root.iterdir()) if not path.name.lower().startswith((".", *BESIDE))]
    if others and not _is_checkout(root):
        shown = ", ".join(others[:3]) + (" and others" if len(others) > 3 else "")
        return f"{_shown(root)} is not empty: it has {shown}. Name an empty folder: `noticeboard init DIR`."
    return None


def _keeps(root: Path, found: Example) -> str | None:
    """The files among the example's that somebody wrote or changed, as a refusal to remove it."""
    if not found.foreign:
        return None
    names = [path.relative_to(root).as_posix() for path in found.foreign]
    listed = "\n".join(f"  {name}" for name in names)
    return (
        f"These files are not as the example came, so somebody wrote them:\n{listed}\n"
        "Move them out of the folder, or delete them yourself, and run the command again. Nothing was changed."
    )


def _is_checkout(root: Path) -> bool:
    """Whether it is the folder of this program's own source, whose example was deleted by hand."""
    return (root / "generator" / "cli.py").is_file()


def _shown(root: Path) -> str:
    return "This folder" if root == Path() else str(root)


def write(root: Path, files: Mapping[str, bytes], found: Example | None) -> None:
    """Write the files, in the order given, and take the example away first, where there is one.

    All of them are on the disk before anything is removed or takes its place, so that a full disk changes nothing.
    """
    root.mkdir(parents=True, exist_ok=True)
    staged = Path(tempfile.mkdtemp(prefix=".noticeboard-init-", dir=root))
    try:
        for name, data in files.items():
            (staged / name).parent.mkdir(parents=True, exist_ok=True)
            (staged / name).write_bytes(data)
        if found is not None:
            example.remove(root, found)
        for name in files:
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (staged / name).replace(root / name)
    finally:
        shutil.rmtree(staged, ignore_errors=True)
