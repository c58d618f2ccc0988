"""The chain of versions: each names the digest of the one before it in its language, so none can be changed unnoticed. Pure.

The lock finds a file that changed; the chain finds a file and its line in the lock that changed together, and a version
that was taken out with its line. Neither can tell that of the newest version: `noticeboard verify` compares with the site.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.problems import Place, Problem, error
from generator.versions.version import Version, in_order

BROKEN = "V07"


def problems(versions: Iterable[Version], folder: str) -> list[Problem]:
    """A problem for each version whose `previous` is not the digest of the version before it."""
    return list(_broken(versions, folder))


def _broken(versions: Iterable[Version], folder: str) -> Iterator[Problem]:
    before: dict[tuple[str, str], Version] = {}
    for version in in_order(versions):
        last = before.get((version.notice, version.language))
        before[version.notice, version.language] = version
        if version.previous != (last.digest if last else ""):
            yield _problem(version, last, folder)


def _problem(version: Version, last: Version | None, folder: str) -> Problem:
    place = Place(f"{folder}/{version.file}")
    remedy = (
        f"Nothing that was published may change: restore {folder}/ from version control or a backup, "
        "and compare it with the site: noticeboard verify --live."
    )
    if last is None:
        message = f"Version {version.version} follows {_short(version.previous)}, and no version before it is here."
        return error(BROKEN, place, message, remedy)
    said = _short(version.previous) if version.previous else "none"
    message = (
        f"Version {version.version} was published after one with the digest {said}, "
        f"but version {last.version} has {_short(last.digest)}: it was changed, or one between them is missing."
    )
    return error(BROKEN, place, message, remedy)


def _short(digest: str) -> str:
    return f"{digest[:12]}…"
