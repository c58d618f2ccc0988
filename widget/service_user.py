"""Commands run as the service's own user: what another one makes in its folders, the service cannot read or replace."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from widget.errors import StartRefused

ROOT = 0


def refuse_other_user(paths: Iterable[Path], command: Sequence[str], environ: Mapping[str, str]) -> None:
    """`StartRefused` where a file or folder belongs to another user than the one who runs the command.

    Where one does not exist yet, root is held to the owner of the folder that it would be made in; others cannot make
    anything there that the endpoint needs, unless it is theirs. `environ` holds the options, which `sudo` would drop.
    """
    if os.name != "posix":
        return  # files have other rights there
    user = os.geteuid()
    for path in paths:
        place = _nearest(path)
        try:
            owner = place.stat().st_uid
        except OSError as error:
            raise StartRefused(f"{place} cannot be looked at: {error.strerror}.") from error
        if owner != user and (place == path or user == ROOT):
            raise StartRefused(
                f"{place} belongs to {_name(owner)}, and this is {_name(user)}. Run it as its owner: "
                f"{_as(_name(owner), command, environ)}"
            )


def _nearest(path: Path) -> Path:
    """The path, or the closest folder above it that exists."""
    while not os.path.lexists(path) and path != path.parent:
        path = path.absolute().parent
    return path


def _as(name: str, command: Sequence[str], environ: Mapping[str, str]) -> str:
    keep = [f"--preserve-env={','.join(environ)}"] if environ else []
    return shlex.join(["sudo", "-u", name, *keep, *command])


def _name(user: int) -> str:
    import pwd  # POSIX alone has it

    try:
        return pwd.getpwuid(user).pw_name
    except KeyError:
        return f"#{user}"
