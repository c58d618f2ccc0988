"""Pictures that are saved together with the text that names them: in the same save and the same commit.

A picture is written before its text, so that no text names one that is not there, and goes after it. It goes only where git has
it and no text needs it: nothing is lost that nobody can bring back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from desk.saving import files, git
from desk.saving.git import Git
from generator.problems import ContentError, Place, error

RULE = "D04"


class NameTakenError(Exception):
    """Another picture has this name: choose one that is free."""


@dataclass(frozen=True)
class Beside:
    """Files by their names within the site's folder: new ones with their bytes, and those that nothing needs any more."""

    new: Mapping[str, bytes] = field(default_factory=dict)
    gone: tuple[str, ...] = ()

    def refuse_others(self) -> None:
        """Raise `ContentError` for a name that is no picture's."""
        for name in (*self.new, *self.gone):
            if not files.is_picture(name):
                message = "The desk keeps no picture of this name."
                raise ContentError([error(RULE, Place(name[:200]), message, "Choose another name for its file.")])

    def refuse_taken(self, root: Path) -> None:
        """Raise `NameTakenError` where a file has the name of a new one and other bytes: no picture is ever written over.

        To be asked before a text counts as saved already: the same words may name a picture of somebody else.
        """
        for name, data in self.new.items():
            if files.read(root, name) not in (None, data):
                raise NameTakenError(name)

    @contextmanager
    def put(self, root: Path) -> Iterator[None]:
        """Write the new files, and take them away again where the text is not saved. Only within `files.turn`."""
        written = list[str]()
        try:
            for name, data in self.new.items():
                if files.read(root, name) is None:
                    files.write(root, name, data, None)
                    written.append(name)
            yield
        except BaseException:
            for name in written:
                files.remove(root, name)
            raise

    def take_away(self, root: Path) -> tuple[str, ...]:
        """Remove what no text needs and git has; the names of what went. Only within `files.turn`, once the text is saved."""
        gone = [name for name in self.gone if _is_dispensable(root, name)]
        for name in gone:
            files.remove(root, name)
        return tuple(gone)


def _is_dispensable(root: Path, name: str) -> bool:
    path = root / name
    if path.is_symlink() or not path.is_file() or any(_names(text, path.name) for text in _texts(root, path.parent)):
        return False
    folder = Git(path.parent)
    return git.unfit(folder) is None and git.is_recorded(folder, path, path.read_bytes())


def _texts(root: Path, folder: Path) -> Iterator[Path]:
    """The texts that may name a picture in a folder: those beside it, and shared wording, which looks beside each notice."""
    yield from folder.glob("*.md")
    yield from (root / "content" / "shared").glob("*.md")
    yield root / "site.yml"


def _names(text: Path, picture: str) -> bool:
    try:
        return picture.encode() in text.read_bytes()
    except OSError:  # what cannot be read may need it
        return text.exists()
