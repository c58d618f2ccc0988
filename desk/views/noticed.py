"""Shared by the pages of one notice: its proposal, its title, and the answer where there is no such notice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import abort

from desk.guard import access, person
from desk.people.acts import Act
from desk.publication import described
from desk.publication.described import Described
from desk.publication.proposal import Proposal, proposed
from desk.workplace import workplace
from generator.building.site.open_site import OpenSite
from generator.content.site_file import Approval
from generator.publishing.approval import Evidence
from generator.publishing.evidence import evidence_of


@dataclass(frozen=True)
class Found:
    """A notice that has a text, with what publishing it would do and how it says that it changed."""

    notice: str
    title: str
    proposal: Proposal
    described: Described
    needs_approval: bool
    last: int
    """The number of its last version; 0 where it has none."""


def find(notice: str) -> Found:
    """The notice of an address; 404 where it has no text. `ContentError` where its text cannot be read."""
    found = workplace().ask(lambda site: _found(site, notice))
    if found is None:
        abort(404)
    return found


def _found(site: OpenSite, notice: str) -> Found | None:
    proposal = proposed(site, notice)
    if proposal is None:
        return None
    main = proposal.drafts[0]
    used = any(
        main.notice.facets.change and one.change.summary == main.notice.facets.change.summary
        for one in site.repository.published(notice, main.notice.language)
    )
    said = described.of_change(None if used else main.notice.facets.change)
    last = max((draft.last.version for draft in proposal.drafts if draft.last), default=0)
    required = site.repository.site.approval is Approval.REQUIRED
    return Found(notice, main.version.title, proposal, said, required, last)


def evidence(notice: str) -> Evidence:
    """The savers of a notice's text since its last version, by history and by the desk's own log, and its review."""
    work = workplace()
    people = access().people.people()
    since = _last_published(notice)
    log = access().log.entries(to=notice, act=Act.EDIT, since=since)
    names = {found.name for entry in log if (found := people.by_id(entry.person)) is not None}
    return evidence_of(work.root, notice, None, names)


def _last_published(notice: str) -> date | None:
    versions = workplace().ask(lambda site: site.repository.ever_of(notice))
    return max((version.published for version in versions), default=None)


def is_writer(notice: str) -> bool:
    """Whether the person at the desk saved a part of the notice's text since its last version."""
    own = person()
    saved_by = {" ".join(name.casefold().split()) for name in evidence(notice).saved_by}
    return bool({own.name.casefold(), own.address.casefold()} & saved_by)
