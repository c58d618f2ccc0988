"""The one way to read a site's folder: texts, templates, pictures. Nothing outside the folder is ever read for the site.

The right to write into `content/` or site.yml must not publish another file of the machine that builds. A link
within the folder is followed; hard links cannot be told from files. Frozen files are read by their digests instead.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from generator.problems import ContentError, Place, Problem
from generator.rule import ERROR, Family, Rule
from generator.scene import Edit, scene

Y05 = Rule(
    "Y05",
    Family.FILE,
    ERROR,
    "A file that cannot be opened",
    "Links out of the site's folder or to nowhere, folders called like a file, and files without permission to read.",
    "Nothing outside the site's folder may reach a page, and a text that is missing must be noticed.",
    scene(Edit("content/pages/cookies.md/words.txt", new="We set no cookies.\n"), "check"),
    scene(Edit("content/pages/cookies.md", new="# Cookies\n\nWe set no cookies.\n"), "check"),
)


def read(root: Path, path: Path) -> bytes:
    """The bytes of a file within `root`; `ContentError` says why it cannot be read."""
    if (problem := unreadable(root, path)) is not None:
        raise ContentError([problem])
    try:
        return path.read_bytes()
    except OSError as failure:
        raise ContentError([refused(root, path, failure)]) from failure


def exists(path: Path) -> bool:
    """Whether there is anything of that name, be it a link that leads nowhere."""
    return os.path.lexists(path)


def listed(folder: Path, ending: str) -> Iterator[Path]:
    """The names in a folder with that ending, in order. Names that begin with a dot are no concern of ours."""
    if not folder.is_dir():
        return
    for path in sorted(folder.iterdir()):
        if path.name.endswith(ending) and not path.name.startswith("."):
            yield path


def unreadable(root: Path, path: Path) -> Problem | None:
    """Why a file that is there cannot be read for the site; None where it can."""
    if not is_within(root, path):
        return outside(root, path)
    if path.is_file() and os.access(path, os.R_OK):
        return None
    place = Place(_name(root, path))
    if not path.exists():
        what = "This is a link that leads nowhere." if path.is_symlink() else "There is no such file."
        return Y05.problem(place, what, "Put the file itself here.")
    if path.is_dir():
        return Y05.problem(place, "This is a folder where a file is expected.", "Give the folder another name.")
    if not path.is_file():
        return Y05.problem(place, "This is neither a file nor a folder.", "Put a file with the text here.")
    return Y05.problem(place, "This file may not be read by who runs the command.", "Change its permissions.")


def outside(root: Path, path: Path) -> Problem:
    """The problem of a link that leads out of the site's folder."""
    message = "This is a link to a place outside the site's folder, and no such link is followed."
    return Y05.problem(Place(_name(root, path)), message, "Put the file or folder itself here.")


def is_within(root: Path, path: Path) -> bool:
    """Whether a path leads to a place within `root`, through whatever links and junctions; not while a link on it is
    replaced."""
    home = os.path.realpath(root)
    try:
        real = os.path.realpath(path)
    except OSError:
        return False
    return real.startswith(home if home.endswith(os.sep) else home + os.sep)


def refused(root: Path, path: Path, failure: OSError) -> Problem:
    """Why a file could not be opened or read."""
    if (problem := unreadable(root, path)) is not None:
        return problem
    message = f"This file cannot be read: {failure.strerror}."
    return Y05.problem(Place(_name(root, path)), message, "Try again, and look at the disk if it goes on.")


def _name(root: Path, path: Path) -> str:
    return Path(os.path.relpath(path, root)).as_posix()
