"""A notice as the pages of approval and publishing need it: its proposal, and how it says that it changed."""

from __future__ import annotations

from dataclasses import dataclass

from desk.publication import described
from desk.publication.described import Described
from desk.publication.proposal import Proposal, proposed
from generator.building.site.open_site import OpenSite
from generator.content.site_file import Approval
from generator.publishing import later


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
    others: tuple[str, ...] = ()
    """The languages of the site besides the main one, each of which may follow later."""


def found_in(site: OpenSite, notice: str) -> Found | None:
    """The notice of an id; None where it has no text. `ContentError` where its text cannot be read."""
    proposal = proposed(site, notice)
    if proposal is None:
        return None
    main = proposal.drafts[0]
    used = any(
        main.notice.facets.change and one.change.summary == main.notice.facets.change.summary
        for one in site.repository.published(notice, main.notice.language)
    )
    others = tuple(site.repository.site.languages[1:]) if proposal.is_changed else ()
    said = described.of_change(
        None if used else main.notice.facets.change, others, tuple(later.carried_over(site.repository, proposal.drafts))
    )
    last = max((draft.last.version for draft in proposal.drafts if draft.last), default=0)
    required = site.repository.site.approval is Approval.REQUIRED
    return Found(notice, main.version.title, proposal, said, required, last, others)
