"""Facts about notices that are published for the first time, known before anybody reads their files again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.building import memory
from generator.building.site.memo import Key, Stored, mark_of
from generator.building.site.snapshot import digest_of
from generator.versions import lock as lockfile
from generator.versions import version as versions


def facts(files: Mapping[str, bytes]) -> Iterator[tuple[Key, Stored]]:
    """The query `facts` of each notice whose first versions are among these files: name within content/ to frozen bytes.

    It holds once exactly these bytes are in its folder, and none beside them: else their mark is another.
    """
    for notice, names in _by_notice(files).items():
        first = versions.in_order(versions.read_facts(files[name], name) for name in names if lockfile.is_version(name))
        if all(version.version == 1 for version in first):
            plain = [list(memory.facts_of(version)) for version in first]
            mark = digest_of((name, versions.digest(files[name])) for name in names)
            yield ("facts", notice), Stored(mark_of(plain), ((("frozen", notice), mark),), plain)


def _by_notice(files: Mapping[str, bytes]) -> dict[str, list[str]]:
    """The names of the files by notice, in the order of a folder."""
    found: dict[str, list[str]] = {}
    for name in sorted(files):
        if not lockfile.is_picture(name):
            found.setdefault(name.partition("/")[0], []).append(name)
    return found
