"""The effect of publishing a notice: how its text differs, which kinds of change it may be, and what is in the way.

Each function answers within a question to the open site (`OpenSite.asked`) and writes nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from generator.building.site.open_site import OpenSite
from generator.content.model import ChangeKind
from generator.problems import Problem, errors_in
from generator.publishing import later, publish, refusals
from generator.publishing.drafts import Draft
from generator.publishing.publish import Asked
from generator.rules.languages.translation import X02
from generator.versions import kinds
from generator.versions import version as versions
from generator.versions.kinds import Reason


@dataclass(frozen=True)
class Offer:
    """A kind of change that the text may be published as.

    With `same_meaning` the editor has to answer that the words of `because` mean the same to residents as before.
    """

    kind: ChangeKind
    same_meaning: bool = False
    because: tuple[str, ...] = ()


@dataclass(frozen=True)
class Proposal:
    """A notice's text in all its languages beside what is published, the site's main language first."""

    notice: str
    drafts: tuple[Draft, ...]
    reasons: tuple[Reason, ...]
    seen: str
    """The SHA-256 of the texts as they were saved: whoever publishes says which they saw."""

    @property
    def is_first(self) -> bool:
        """Whether nothing of the notice was ever published."""
        return all(draft.last is None for draft in self.drafts)

    @property
    def is_changed(self) -> bool:
        """Whether a new version is needed."""
        return any(draft.changed for draft in self.drafts)

    @property
    def has_facts(self) -> bool:
        """Whether facts about the notice differ, which need no version."""
        return any(draft.facts for draft in self.drafts)

    @property
    def errors(self) -> tuple[Problem, ...]:
        """All that is wrong with the texts and stops publishing all of them together."""
        return tuple(problem for draft in self.drafts for problem in errors_in(draft.problems))

    @property
    def stopping(self) -> tuple[Problem, ...]:
        """Those of the main text, which stop publishing whichever languages follow later."""
        return tuple(problem for problem in errors_in(self.drafts[0].problems) if not later.is_of_another(problem))

    @property
    def avoidable(self) -> tuple[Problem, ...]:
        """Those that do not stop publishing without the other languages."""
        return tuple(problem for problem in self.errors if problem not in self.stopping)

    def avoidable_of(self, language: str) -> tuple[Problem, ...]:
        """Those of one language, which goes without a text of its own where the main one says that it is missing."""
        draft = next((one for one in self.drafts if one.notice.language == language), None)
        if draft is None:
            return tuple(
                problem for problem in self.avoidable if later.is_of_another(problem) and language == later.WELSH
            )
        return tuple(errors_in(draft.problems))

    def is_stale(self, language: str) -> bool:
        """Whether a translation stayed as it is although the main text changed."""
        drafts = (draft for draft in self.drafts if draft.notice.language == language)
        return any(problem.rule == X02.id for draft in drafts for problem in draft.problems)


def proposed(site: OpenSite, notice: str) -> Proposal | None:
    """The proposal for a notice; None where it has no text. `ContentError` where a text cannot be read."""
    found = site.repository
    texts = tuple(language for language in found.site.languages if (notice, language) in found.notices)
    drafts = tuple(site.draft(notice, language) for language in texts)
    if not drafts:
        return None
    every = (reason for draft in drafts if draft.changed for reason in refusals.reasons(draft))
    first = all(draft.last is None for draft in drafts)
    return Proposal(notice, drafts, () if first else tuple(every), text_digest(site, notice, texts))


def text_digest(site: OpenSite, notice: str, languages: Sequence[str]) -> str:
    """The SHA-256 of a notice's texts, as they are on the disk, and of the words that they are read as."""
    found = site.repository
    total = hashlib.sha256()
    for language in languages:
        text = found.notices[notice, language]
        total.update(f"{language}\n".encode() + hashlib.sha256(found.source(text) or b"").digest())
        total.update(hashlib.sha256(versions.freeze(site.draft(notice, language).version)).digest())
    return total.hexdigest()


def offers(proposal: Proposal) -> tuple[Offer, ...]:
    """The kinds that a text may be published as, the least first; of a first version the one that tells residents
    most."""
    if proposal.is_first:
        return (Offer(ChangeKind.MATERIAL),)
    certain = kinds.least([reason for reason in proposal.reasons if reason.certain])
    reads_like = kinds.least(proposal.reasons)
    found = []
    for kind in ChangeKind:
        rank = kinds.RANK[kind]
        if rank < kinds.RANK[certain]:
            continue
        more = [reason.text for reason in proposal.reasons if kinds.RANK[reason.kind] > rank]
        if rank >= kinds.RANK[reads_like]:
            found.append(Offer(kind))
        elif kind is not ChangeKind.TYPO:
            found.append(Offer(kind, same_meaning=True, because=tuple(more)))
    return tuple(found)


def wanted_digest(site: OpenSite, notice: str, asked: Asked, on: date) -> str | None:
    """The digest that an approval of the text has to name; None where nothing differs.

    Raises `ContentError` with all that is in the way besides approval.
    """
    return publish.proposal(site.repository, site.words(), notice, asked, on, site)
