"""The folder that a site is written to: two builds take turns, and `out` is a link to the one that is whole.

The published build is never written to. The next one starts from the build before it, so that only what differs is
written; files that stay the same in both are one file with two names. Killed at any point, `out` leads to a whole site.
A folder that cannot be swapped, such as a mounted one, gets its files one by one (see `mounted`).

    .noticeboard/<out>/<name>/           a build
    .noticeboard/cache/<out>.<name>      what is in it; missing while it is being written
    .noticeboard/cache/<out>.shown       the build that a folder which cannot be swapped holds, whole
    .noticeboard/<out>.lock              held by the build that is running
"""

from __future__ import annotations

import contextlib
import filecmp
import gzip
import hashlib
import marshal
import os
import secrets
import shutil
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from generator.building import mounted
from generator.building.faults import O01, O04
from generator.problems import ContentError, Place

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

MARK = "published.json"
COMPRESSED = ".gz"
PATIENCE = 10.0  # seconds to wait for a build that is about to end


@dataclass
class State:
    """The content of a build's folder. `frame` is the digest of what all pages depend on, `whole` of everything.

    `notices` has for each notice its record (see `cache`), `others` the files that belong to no notice.
    """

    frame: str = ""
    whole: str = ""
    notices: dict[str, tuple[Any, ...]] = field(default_factory=dict)
    others: tuple[str, ...] = ()
    pages: int = 0


def builds(out: Path) -> Path:
    """The folder beside `out` that holds the builds it leads to."""
    return out.parent / ".noticeboard" / out.name


def cache(where: Path) -> Path:
    """The cache that builds keep for the next one, beside the folder that holds them."""
    return where.parent / "cache"


def refuse_foreign(out: Path) -> None:
    """A folder that is no link and holds something else than a site is not ours to replace."""
    if out.is_symlink() or not out.exists():
        return
    if out.is_dir() and {path.name for path in out.iterdir()} <= mounted.OF_THE_DISK:
        return
    if not (out / MARK).is_file():
        message = "This is not a folder that a build made, so it is left alone."
        raise ContentError(
            [O01.problem(Place(str(out)), message, "Name another folder with --out, or move this one away.")]
        )


@contextlib.contextmanager
def alone(out: Path, patience: float | None = None) -> Iterator[None]:
    """Hold the lock of an output folder: two builds at once would write over each other.

    The system releases it when the process and its workers end, however they end.
    """
    path = builds(out).with_name(f"{out.name}.lock")
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        deadline = time.monotonic() + (PATIENCE if patience is None else patience)
        while fcntl is not None:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    message = "Another build of this folder is running."
                    remedy = "Wait until it ends, or name another folder with --out."
                    raise ContentError([O04.problem(Place(str(out)), message, remedy)]) from None
                time.sleep(0.05)
        yield


def live(out: Path) -> Path | None:
    """The build that `out` leads to, if it is one of ours."""
    if out.is_dir() and not out.is_symlink():
        return _shown(out)
    found = out.resolve() if out.is_symlink() else None
    return found if found and found.parent == builds(out).resolve() and found.is_dir() else None


def _shown(out: Path) -> Path | None:
    """The build that a folder which cannot be swapped holds, unless it was emptied since."""
    record = _shown_record(out)
    if not record.is_file():
        return None
    found = builds(out) / record.read_text("utf-8")
    whole = found.is_dir() and (out / MARK).is_file() and filecmp.cmp(found / MARK, out / MARK, shallow=False)
    return found.resolve() if whole else None


def _shown_record(out: Path) -> Path:
    return cache(builds(out)) / f"{out.name}.shown"


def knows_no_case(out: Path) -> bool:
    """Whether `A` and `a` are one file where the builds of `out` are, as on macOS and Windows. They must be there."""
    where = builds(out).parent
    return where.with_name(where.name.upper()).exists()


def state_of(folder: Path | None) -> State | None:
    """The state of a build's folder; None where it is not known."""
    if folder is None or not (folder / MARK).is_file():
        return None
    try:
        data = _state_file(folder).read_bytes()
        if hashlib.sha256(data[32:]).digest() != data[:32]:
            return None
        return State(*marshal.loads(data[96:]))  # noqa: S302 (our own file, whole by its digest)
    except (OSError, ValueError, EOFError, TypeError):
        return None


def whole_of(folder: Path) -> str:
    """The digest of everything that a build was made from, or an empty text; without reading what is in it."""
    try:
        with _state_file(folder).open("rb") as file:
            return file.read(96)[32:].decode() if (folder / MARK).is_file() else ""
    except (OSError, ValueError):
        return ""


@dataclass
class Spare:
    """The build that is not published, open for writing. `state` is what it holds; None if that must be swept."""

    folder: Path
    state: State | None


def open_spare(out: Path, published: Path | None) -> Spare:
    """The folder for the next build: the one before the published, or a new one. From here on it is not whole."""
    where = builds(out)
    where.mkdir(parents=True, exist_ok=True)
    folders = [path for path in sorted(where.iterdir()) if path.is_dir() and path.resolve() != published]
    for path in where.iterdir():
        if path.is_symlink():
            path.unlink()
    folder, *others = [path for path in folders if path.is_dir() and not path.is_symlink()] or [
        where / secrets.token_hex(8)
    ]
    for other in others:
        _state_file(other).unlink(missing_ok=True)
        shutil.rmtree(other, ignore_errors=True)
    if not folder.exists():
        folder.mkdir()
        return Spare(folder, State())
    state = state_of(folder)
    _state_file(folder).unlink(missing_ok=True)
    return Spare(folder, state)


def publish(spare: Spare, state: State, out: Path) -> None:
    """Store what the build holds and make `out` a link to it with one rename."""
    values = (state.frame, state.whole, state.notices, state.others, state.pages)
    data = state.whole.encode() + marshal.dumps(values)
    path = _state_file(spare.folder)
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f"{path.name}.new")
    new.write_bytes(hashlib.sha256(data).digest() + data)
    new.replace(path)
    record = _shown_record(out)
    record.unlink(missing_ok=True)
    if not _swapped(spare.folder, out):
        mounted.fill(spare.folder, out, MARK)
        record.write_text(spare.folder.name, "utf-8")


def _swapped(folder: Path, out: Path) -> bool:
    """Make `out` a link to a folder; False where this system or this folder does not allow it, which stays as it was."""
    link = folder.with_name(f"{folder.name}.link")
    before = folder.with_name(f"{folder.name}.before")
    link.unlink(missing_ok=True)
    moved = False
    try:
        link.symlink_to(os.path.relpath(folder, out.parent), target_is_directory=True)
        if out.is_dir() and not out.is_symlink():
            out.rename(before)
            moved = True
        link.replace(out)
    except OSError as failure:
        link.unlink(missing_ok=True)
        if moved:
            before.rename(out)
        if out.is_symlink() or failure.errno not in mounted.NO_SWAP:
            raise
        return False
    return True


def write(folder: str, name: str, parts: Iterable[bytes]) -> None:
    """Write a file of a build, which may share its old content with the published build: that stays as it is."""
    path = f"{folder}/{name}"
    try:
        target = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120 (plain texts are three times as fast)
        target = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
    except FileExistsError:
        os.unlink(path)  # noqa: PTH108
        target = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
    if isinstance(parts, list) and len(parts) == 1:
        _write_all(target, parts[0])
        return
    with open(target, "wb") as file:  # noqa: PTH123
        file.writelines(parts)


def compressed(data: bytes) -> bytes:
    """A file as one that ends in `.gz` holds it: the same bytes every time."""
    return gzip.compress(data, 9, mtime=0)


def _write_all(target: int, data: bytes) -> None:
    """Write to an open file and close it, without the three system calls more that a buffer costs."""
    try:
        left = memoryview(data)
        while left:
            left = left[os.write(target, left) :]
    finally:
        os.close(target)


def link(source: str, folder: str, name: str) -> None:
    """Give a build a file that another one has: a second name for it, or a copy where the disk has none."""
    path = f"{folder}/{name}"
    try:
        os.link(source, path)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120
        _link_over(source, path)
    except OSError:
        _link_over(source, path)


def _link_over(source: str, path: str) -> None:
    with contextlib.suppress(FileNotFoundError):
        os.unlink(path)  # noqa: PTH108
    try:
        os.link(source, path)
    except OSError:
        shutil.copyfile(source, path)


def remove(folder: str, name: str) -> None:
    """Take a file out of a build, and the folders that it leaves empty."""
    with contextlib.suppress(FileNotFoundError):
        os.unlink(f"{folder}/{name}")  # noqa: PTH108
    while name := name.rpartition("/")[0]:
        try:
            os.rmdir(f"{folder}/{name}")  # noqa: PTH106
        except OSError:
            return


def sweep(folder: Path, wanted: set[str]) -> None:
    """Take everything out of a build that does not belong: what an interrupted one left."""
    for at, _, names in os.walk(folder):
        for name in names:
            own = os.path.relpath(f"{at}/{name}", folder).replace(os.sep, "/")
            if own not in wanted:
                remove(str(folder), own)


def names(folder: Path, within: str) -> list[str]:
    """Every file of one folder of a build."""
    return sorted(path.relative_to(folder).as_posix() for path in (folder / within).rglob("*") if path.is_file())


def _state_file(folder: Path) -> Path:
    return cache(folder.parent) / f"{folder.parent.name}.{folder.name}"
