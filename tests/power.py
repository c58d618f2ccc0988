"""A disk that forgets: what was not flushed is gone after the power fails, and so is a deletion that was not flushed."""

from __future__ import annotations

from pathlib import Path

import apsw


class Disk(apsw.VFS):
    """Files in a folder, and beside them what of each would outlast a loss of power."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        self.folder = folder
        self.kept: dict[str, bytes] = {}
        self.deleted: set[str] = set()
        super().__init__(name, "")

    def xOpen(self, name: object, flags: list[int]) -> apsw.VFSFile:
        return DiskFile(self, name, flags)

    def xDelete(self, name: str, syncdir: bool) -> None:
        self.deleted.add(Path(name).name)
        if syncdir:
            self.flush_folder()
        super().xDelete(name, syncdir)

    def flush_folder(self) -> None:
        """From now on what was deleted is gone for good."""
        for name in self.deleted:
            self.kept.pop(name, None)
        self.deleted.clear()

    def after_power_failure(self, folder: Path) -> None:
        """Write what outlasted it."""
        folder.mkdir(exist_ok=True)
        for name, content in self.kept.items():
            (folder / name).write_bytes(content)


class DiskFile(apsw.VFSFile):
    """A file whose flushed content is remembered."""

    def __init__(self, disk: Disk, name: object, flags: list[int]) -> None:
        self.disk = disk
        self.path = Path(name.filename() if isinstance(name, apsw.URIFilename) else str(name))
        super().__init__("", name, flags)

    def xSync(self, flags: int) -> None:
        super().xSync(flags)
        name = self.path.name
        if name in self.disk.deleted or name not in self.disk.kept:
            self.disk.flush_folder()  # SQLite flushes the folder of a file that it has made
        self.disk.kept[name] = self.path.read_bytes()
