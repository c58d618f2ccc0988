"""A folder that cannot be swapped for another, such as one that is mounted: its files are replaced one by one.

Each file is the old one or the new one, never a part. A build that is killed meanwhile leaves a site of old and new
pages, and the next build puts it right. The manifest goes first, so that the consent service knows every version on a
page.
"""

from __future__ import annotations

import errno
import filecmp
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

NO_SWAP = frozenset(
    {errno.EBUSY, errno.EXDEV, errno.EPERM, errno.EACCES, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL}
)
"""Errors of a system where a folder cannot be renamed or no link can be made; a full disk is no such reason."""
OF_THE_DISK = frozenset({"lost+found"})
"""Names in a mounted folder that are not the site's."""


def fill(built: Path, out: Path, first: str) -> None:
    """Make a folder hold exactly what a build has: the file `first` before all others, and last what it has no more."""
    out.mkdir(exist_ok=True)
    names = sorted(_files(built), key=lambda name: (name != first, name))
    for name in names:
        _replace(built / name, out / name)
    wanted = set(names)
    for name in sorted(set(_files(out)) - wanted):
        (out / name).unlink()
    for at, _, _ in sorted(os.walk(out), reverse=True):
        if at != str(out) and not os.listdir(at) and Path(at).name not in OF_THE_DISK:  # noqa: PTH208
            Path(at).rmdir()


def _files(folder: Path) -> Iterator[str]:
    """Every file of a folder, by its name within it; links are files here."""
    for at, folders, names in os.walk(folder):
        within = Path(at).relative_to(folder)
        if not within.parts:
            folders[:] = [name for name in folders if name not in OF_THE_DISK]
        links = [name for name in folders if (Path(at) / name).is_symlink()]
        yield from ((within / name).as_posix() for name in [*names, *links])


def _replace(source: Path, target: Path) -> None:
    """Give a file another's content with one rename; one that has it already is left as it is."""
    if target.is_dir() and not target.is_symlink():
        shutil.rmtree(target)
    elif target.is_file() and not target.is_symlink() and filecmp.cmp(source, target, shallow=False):
        return
    elif not target.parent.is_dir():
        target.parent.unlink(missing_ok=True)
        target.parent.mkdir(parents=True)
    new = target.with_name(f".{target.name}.new")
    try:
        shutil.copyfile(source, new)
        new.replace(target)
    except OSError:
        new.unlink(missing_ok=True)
        raise
