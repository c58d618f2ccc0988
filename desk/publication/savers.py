"""Who saved a part of a notice's text since its last version: by version control, and by the desk's own log."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from desk.people.act_log import ActLog, Entry
from desk.people.acts import Act
from desk.people.person import People
from generator.building.site.open_site import OpenSite
from generator.publishing.approval import Evidence
from generator.publishing.evidence import evidence_of

OWN = frozenset({Act.EDIT, Act.CREATE, Act.IMPORT, Act.TRANSLATE})
"""Acts that save a part of a notice's own text."""
COMMON = frozenset({Act.SAVE_SHARED, Act.SETTINGS})
"""Acts that save what many notices are made of."""


def last_published(site: OpenSite, notice: str) -> date | None:
    """The day of the newest version of a notice; None where it has none. Within a question to the open site."""
    return max((version.published for version in site.repository.ever_of(notice)), default=None)


def evidence_at(root: Path, notice: str, people: People, log: ActLog, since: date | None) -> Evidence:
    """The review of a notice, and the names of those who saved a part of its text since a day, that of its last version."""
    entries = _saves(log, notice, since)
    names = {found.name for entry in entries if (found := people.by_id(entry.person)) is not None}
    return evidence_of(root, notice, None, names)


def _saves(log: ActLog, notice: str, since: date | None) -> Iterator[Entry]:
    """The saves that went into a notice since its last version; of one that was never published, since its first save."""
    common = list[Entry]()
    for entry in log.entries(since=since):
        if entry.to == notice and entry.act == Act.PUBLISH and entry.version:
            break  # what was saved before is in that version
        if entry.act in COMMON:
            common.append(entry)
        elif entry.to == notice and entry.act in OWN:
            yield entry
            yield from common
            common.clear()
    if since is not None:
        yield from common
