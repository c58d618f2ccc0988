"""The people who saved a part of a notice's text since its last version: by version control, and by the desk's own
log."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from desk.people.act_log import ActLog
from desk.people.acts import Act
from desk.people.person import People
from generator.building.site.open_site import OpenSite
from generator.publishing.approval import Evidence
from generator.publishing.evidence import evidence_of


def last_published(site: OpenSite, notice: str) -> date | None:
    """The day of the newest version of a notice; None where it has none. Within a question to the open site."""
    return max((version.published for version in site.repository.ever_of(notice)), default=None)


def evidence_at(root: Path, notice: str, people: People, log: ActLog, since: date | None) -> Evidence:
    """The review of a notice, and the names of those who saved a part of its text since a day, that of its last
    version."""
    entries = log.entries(to=notice, act=Act.EDIT, since=since)
    names = {found.name for entry in entries if (found := people.by_id(entry.person)) is not None}
    return evidence_of(root, notice, None, names)
