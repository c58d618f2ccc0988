"""One change of shared wording or settings in many notices: which they are, its kinds, its digests, and its description.

Each notice still gets a version and an approval of its own. The description waits for its approver in the desk's folder.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from desk.publication.described import Described
from desk.publication.found import Found, found_in
from desk.publication.proposal import Offer, offers, wanted_digest
from desk.publication.review import State
from generator.building.site.open_site import OpenSite
from generator.content.model import ChangeKind
from generator.problems import ContentError
from generator.publishing.drafts import Draft
from generator.publishing.publish import Asked
from widget.whole_files import write_whole

FILE = "shared-change.json"


@dataclass(frozen=True)
class Together:
    """The notices whose own text is as it was published, and that read otherwise through something they share."""

    notices: tuple[Found, ...]

    @property
    def seen(self) -> dict[str, str]:
        """The digest of each notice's texts, by its id."""
        return {found.notice: found.proposal.seen for found in self.notices}

    @property
    def through(self) -> tuple[str, ...]:
        """The shared wording that changed."""
        drafts = (draft for found in self.notices for draft in found.proposal.drafts)
        return tuple(sorted({name for draft in drafts for one in draft.differences for name in one.through}))

    @property
    def offers(self) -> tuple[Offer, ...]:
        """The kinds that every notice may be published as; an answer that one needs is asked for all."""
        each = [{offer.kind: offer for offer in offers(found.proposal)} for found in self.notices]
        shared = [kind for kind in ChangeKind if each and all(kind in one for one in each)]
        return tuple(_merged([one[kind] for one in each]) for kind in shared)


def touched(site: OpenSite, among: Iterable[str] | None = None) -> Together:
    """Every notice that differs only through what it shares, among those of some ids where they are given.

    A notice that cannot be read, or has errors, is left to its own page.
    """
    ids = dict.fromkeys(notice for notice, _ in site.repository.notices) if among is None else dict.fromkeys(among)
    return Together(tuple(one for notice in ids if (one := _touched(site, notice)) is not None))


def combined(digests: Mapping[str, str]) -> str:
    """One digest of the digests of several notices."""
    lines = (f"{notice} {digest}\n" for notice, digest in sorted(digests.items()))
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def wanted_digests(site: OpenSite, notices: tuple[Found, ...], asked: Asked, on: date) -> dict[str, str]:
    """The digest that an approval of each notice has to name. `ContentError` with what is in the way of any of them."""
    answered = replace(asked, same_meaning=True)
    problems, digests = [], dict[str, str]()
    for found in notices:
        try:
            digests[found.notice] = wanted_digest(site, found.notice, answered, on) or ""
        except ContentError as failure:
            problems += failure.problems
    if problems:
        raise ContentError(problems)
    return digests


def state_of_all(each: Iterable[State]) -> State:
    """Where a change stands as a whole: what all of its notices are, or asked for where they are not all the same."""
    states = set(each)
    return states.pop() if len(states) == 1 else State.ASKED


@dataclass(frozen=True)
class Pending:
    """A description that waits for its approver: its words, and the combined digest of the texts that it was asked
    for."""

    kind: str
    summary: str
    starts: str
    asked_for: str

    @property
    def mark(self) -> str:
        """Its SHA-256: a form says by it which description it was shown with."""
        return hashlib.sha256(json.dumps(asdict(self)).encode()).hexdigest()

    @property
    def described(self) -> Described:
        """The same as the form has it."""
        return Described(self.kind, self.summary, self.starts, True)


class PendingFile:
    """The one description in the desk's folder: the next one takes its place."""

    def __init__(self, desk_folder: Path) -> None:
        self._path = desk_folder / FILE

    def keep(self, pending: Pending) -> None:
        """Keep a description."""
        write_whole(self._path, json.dumps(asdict(pending)))

    def read(self) -> Pending | None:
        """The description that waits; None where there is none."""
        try:
            said: Any = json.loads(self._path.read_text("utf-8"))
            return Pending(**{name: str(said[name]) for name in ("kind", "summary", "starts", "asked_for")})
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def end(self) -> None:
        """It was published."""
        self._path.unlink(missing_ok=True)


def _touched(site: OpenSite, notice: str) -> Found | None:
    try:
        texts = [name for name in site.repository.site.languages if (notice, name) in site.repository.notices]
        if not any(site.outcome(notice, language).changed for language in texts):
            return None  # most notices: their drafts need not be made
        found = found_in(site, notice)
    except ContentError:
        return None
    if found is None or not found.proposal.is_changed or found.proposal.errors:
        return None
    return found if all(_only_shared(site, draft) for draft in found.proposal.drafts) else None


def _only_shared(site: OpenSite, draft: Draft) -> bool:
    if draft.last is None:
        return False
    as_published = bool(draft.last.source) and site.repository.source(draft.notice) == draft.last.source
    return as_published or all(one.through for one in draft.differences)


def _merged(each: list[Offer]) -> Offer:
    because = dict.fromkeys(text for offer in each for text in offer.because)
    return replace(each[0], same_meaning=any(offer.same_meaning for offer in each), because=tuple(because))
