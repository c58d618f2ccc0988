"""The earlier saves of a file, as git keeps them: by whom, when and why, and their bytes. Without git there are none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desk.saving import files
from desk.saving.git import Git, in_repository
from desk.saving.outcome import Person

MOST = 200
"""How many saves back somebody can look at once."""
MOST_OF_MANY = 1_000
"""How many commits of a folder are looked at for the last one of each of its files."""
_BEGINS, _PARTS = "%x01", "%x02"
_FIELDS = ("%H", "%an", "%ae", "%aI", "%B")
_COMMIT = re.compile("[0-9a-f]{40}(?:[0-9a-f]{24})?")


@dataclass(frozen=True)
class EarlierSave:
    """A commit that changed a file."""

    commit: str
    person: Person
    when: datetime
    message: str


def earlier(root: Path, file: str, most: int = MOST) -> tuple[EarlierSave, ...]:
    """The saves of a file, the newest first; none where no history is kept or git does not answer."""
    path = files.target(root, file)
    answer = _asked(
        path.parent, "log", "-z", f"--max-count={most}", f"--format={'%x00'.join(_FIELDS)}", "--", _own(path)
    )
    fields = answer.decode("utf-8", "replace").split("\0")
    rows = [fields[start : start + len(_FIELDS)] for start in range(0, len(fields) - 4, len(_FIELDS))]
    return tuple(
        EarlierSave(commit, Person(name, address), datetime.fromisoformat(when), message.strip())
        for commit, name, address, when, message in rows
    )


def latest(root: Path, folder: str, most: int = MOST_OF_MANY) -> dict[str, EarlierSave]:
    """The last save of each file right in a folder, by its name there, as far as the last `most` commits of the folder say."""
    place = files.target(root, folder)
    wanted = f"{_BEGINS}{_PARTS.join(_FIELDS)}{_PARTS}"
    answer = _asked(
        place, "log", "-z", "--relative", "--name-only", f"--max-count={most}", f"--format={wanted}", "--", "."
    )
    found: dict[str, EarlierSave] = {}
    for one in answer.decode("utf-8", "replace").split("\x01")[1:]:
        fields = one.split("\x02")
        if len(fields) > len(_FIELDS):  # a message that has the signs themselves names no file
            commit, name, address, when, message = fields[: len(_FIELDS)]
            save = EarlierSave(commit, Person(name, address), datetime.fromisoformat(when), message.strip())
            for file in fields[-1].split("\0"):
                found.setdefault(file.strip("\n"), save)
    return found


def bytes_at(root: Path, file: str, commit: str) -> bytes | None:
    """A file as a commit has it; None where it has none."""
    if not _COMMIT.fullmatch(commit):
        return None
    path = files.target(root, file)
    return _asked(path.parent, "cat-file", "blob", f"{commit}:./{path.name}") or None


def with_digest(root: Path, file: str, digest: str) -> bytes | None:
    """The bytes that a file had in some earlier save, by their digest."""
    for save in earlier(root, file):
        data = bytes_at(root, file, save.commit)
        if data is not None and files.digest(data) == digest:
            return data
    return None


def _own(path: Path) -> str:
    return f":(literal){path.name}"


def _asked(folder: Path, *arguments: str) -> bytes:
    """The output of git; nothing where there is no git, no repository or no such thing."""
    if not folder.is_dir() or not in_repository(folder.resolve()):
        return b""
    try:
        answer = Git(folder).run(*arguments)
    except OSError:
        return b""
    return answer.out if answer.code == 0 else b""
