"""The chain of versions: each names the digest of the one before it in its language, so none can be changed unnoticed. Pure.

The lock finds a file that changed; the chain finds a file and its line in the lock that changed together, and a version
that was taken out with its line. Neither can tell that of the newest version: `noticeboard verify` compares with the site.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.problems import Place, Problem
from generator.versions.faults import V07
from generator.versions.version import Version, in_order


def problems(versions: Iterable[Version], folder: str) -> list[Problem]:
    """A problem for each version whose `previous` is not the digest of the version before it."""
    return list(_broken(versions, folder))


def _broken(versions: Iterable[Version], folder: str) -> Iterator[Problem]:
    earlier: dict[tuple[str, str], list[Version]] = {}
    for version in in_order(versions):
        before = earlier.setdefault((version.notice, version.language), [])
        last = before[-1] if before else None
        if version.previous != (last.digest if last else ""):
            yield _problem(version, last, folder)
        if _cites_wrongly(version, before):
            yield _called_off(version, folder)
        before.append(version)


def uncited(versions: Iterable[Version]) -> list[str]:
    """Of the files that called off versions of one language, the digests that no version names yet: the next one does."""
    known = list(versions)
    named = {digest for version in known for digest in version.cites}
    return [
        version.called_off.digest for version in known if version.called_off and version.called_off.digest not in named
    ]


def _cites_wrongly(version: Version, before: list[Version]) -> bool:
    """Whether a file that it names is missing, or one from before its day is not named by then."""
    there = {other.called_off.digest for other in before if other.called_off}
    named = {digest for other in (*before, version) for digest in other.cites}
    due = {one.digest for other in before if (one := other.called_off) and one.on < version.published}
    return not there.issuperset(version.cites) or not named.issuperset(due)


def _called_off(version: Version, folder: str) -> Problem:
    message = (
        f"Version {version.version} was published when other versions were called off than the files beside them say: "
        "such a file was taken away, added or changed."
    )
    remedy = (
        f"Nothing that was published may change: restore {folder}/ from version control or a backup, "
        "and compare it with the site: noticeboard verify --live."
    )
    return V07.problem(Place(f"{folder}/{version.file}"), message, remedy)


def _problem(version: Version, last: Version | None, folder: str) -> Problem:
    place = Place(f"{folder}/{version.file}")
    remedy = (
        f"Nothing that was published may change: restore {folder}/ from version control or a backup, "
        "and compare it with the site: noticeboard verify --live."
    )
    if last is None:
        message = f"Version {version.version} follows {_short(version.previous)}, and no version before it is here."
        return V07.problem(place, message, remedy)
    said = _short(version.previous) if version.previous else "none"
    message = (
        f"Version {version.version} was published after one with the digest {said}, "
        f"but version {last.version} has {_short(last.digest)}: it was changed, or one between them is missing."
    )
    return V07.problem(place, message, remedy)


def _short(digest: str) -> str:
    return f"{digest[:12]}…"
