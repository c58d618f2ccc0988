"""Letters about approvals: one to everybody who may approve when it is asked for, one reminder, one to the asker when it is
answered. None holds a word of the draft.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from desk.access import Access
from desk.letters.sent import Sent
from desk.letters.writing import Send, can_be_written, languages_of, letter
from desk.people.acts import Act
from desk.people.person import Person, Role
from desk.publication import review, together
from desk.publication.found import found_in
from desk.publication.proposal import wanted_digest
from desk.publication.review import State
from desk.publication.savers import evidence_at, last_published
from desk.publication.together import Pending, PendingFile, combined
from desk.workplace import Workplace
from generator.building.site.open_site import OpenSite
from generator.problems import ContentError
from generator.publishing import review_file
from generator.publishing.approval import Evidence
from generator.publishing.review_file import Remark
from generator.repository import CONTENT

TOGETHER = "/desk/publish-shared"
LOG = logging.getLogger("desk.mail")


@dataclass(frozen=True)
class Waiting:
    """A text that waits for an approver: its notice, the request, how often this text was asked for, and the evidence."""

    notice: str
    request: Remark
    times: int
    evidence: Evidence


class ApprovalLetters:
    """Writes the letters that are due, each once. `send` hands a letter over, or raises where nobody takes it."""

    def __init__(self, work: Workplace, access: Access, send: Send) -> None:
        self._work = work
        self._access = access
        self._send = send
        self._sent = Sent(access.config.folder)

    def asked(self, notice: str) -> None:
        """Tell everybody who may approve that a notice waits; nothing where they were told of this request."""
        if (waiting := self._waiting(notice)) is not None:
            self._tell_approvers(waiting, "asked")

    def asked_together(self) -> None:
        """Tell everybody who may approve a change in several notices that it waits; nothing where they were told of this request."""
        if (waiting := self._waiting_together()) is not None:
            self._tell_together(waiting, "asked")

    def returned_together(self, log_id: str, digest: str, by: str) -> None:
        """Tell the person who asked that all of several notices need changes."""
        asker = self._asker(log_id)
        entries = sum(1 for _ in self._access.log.entries(to=log_id, act=Act.ASK_CHANGES))
        if asker is not None and asker.id != by:
            self._once(asker, "told.returned", TOGETHER, "returned-together", digest, entries, asker.id)

    def approved_together(self, log_id: str, digest: str, by: str) -> None:
        """Tell the person who asked that all of several notices were approved."""
        asker = self._asker(log_id)
        if asker is not None and asker.id != by:
            self._once(asker, "told.approved", TOGETHER, "approved-together", digest, asker.id)

    def answered(self, notice: str, answer: str, by: str) -> None:
        """Tell the person who asked that the text was `approved` or `returned`, once for each answer."""
        evidence = self._evidence(notice)
        answers = evidence.review.approvals if answer == "approved" else evidence.review.returned
        asker = self._asker(notice)
        if asker is None or asker.id == by or not answers:
            return
        key = (answer, notice, answers[-1].digest, answers[-1].on, len(answers), asker.id)
        self._once(asker, f"told.{answer}", _review(notice), *key)

    def check(self) -> None:
        """Send what nobody took before, and each reminder that is due."""
        for notice in self._reviewed():
            if (waiting := self._waiting(notice)) is not None:
                self._tell_approvers(waiting, self._kind(waiting.request))
        if (every := self._waiting_together()) is not None:
            self._tell_together(every, self._kind(every[0].request))
        self._sent.drop_old(self._access.clock())

    def _kind(self, request: Remark) -> str:
        after = self._access.config.remind_after
        is_old = bool(after) and (self._work.today() - request.on).days >= after
        return "reminded" if is_old else "asked"

    def _tell_together(self, each: Sequence[Waiting], kind: str) -> None:
        key = (f"{kind}-together", combined({one.notice: one.request.digest for one in each}), each[0].times)
        for person in set.intersection(*(set(self._approvers(one)) for one in each)):
            self._once(person, f"told.{kind}", TOGETHER, *key, person.id)

    def _tell_approvers(self, waiting: Waiting, kind: str) -> None:
        for person in self._approvers(waiting):
            key = (kind, waiting.notice, waiting.request.digest, waiting.times, person.id)
            self._once(person, f"told.{kind}", _review(waiting.notice), *key)

    def _approvers(self, waiting: Waiting) -> Iterator[Person]:
        for person in self._access.people.people().with_role(Role.APPROVER):
            if review.may_approve(waiting.evidence, person.name, person.address) and can_be_written(person):
                yield person

    def _once(self, person: Person, words: str, path: str, *key: object) -> None:
        if not self._sent.take(*key):
            return
        languages = self._work.ask(lambda site: languages_of(site.repository.site.languages))
        try:
            self._send(letter(self._access, person.address, words, languages, path))
        except Exception as error:
            self._sent.give_back(*key)
            LOG.error("a letter about an approval was not handed over: %s", type(error).__name__, exc_info=error)

    def _asker(self, notice: str) -> Person | None:
        entry = next(self._access.log.entries(to=notice, act=Act.ASK_APPROVAL), None)
        return self._access.people.people().by_id(entry.person) if entry else None

    def _reviewed(self) -> list[str]:
        """The notices that have a review."""
        return sorted(path.parent.name for path in (self._work.root / CONTENT).glob(f"*/{review_file.FILE}"))

    def _waiting(self, notice: str) -> Waiting | None:
        """The text of a notice where it is exactly the one that was asked for, and nobody answered."""
        try:
            digest = self._work.ask(lambda site: self._digest(site, notice))
            evidence = self._evidence(notice)
        except (ContentError, ValueError) as failure:
            LOG.warning("nobody is told of %s: its text or review cannot be read: %s", notice, failure)
            return None
        if not digest or review.standing(evidence, digest).state is not State.ASKED:
            return None
        requests = [one for one in evidence.review.requests if one.digest == digest]
        return Waiting(notice, requests[-1], len(requests), evidence)

    def _waiting_together(self) -> list[Waiting] | None:
        """The notices of one change that waits for an approver as a whole; None where none does."""
        pending = PendingFile(self._access.config.folder).read()
        if pending is None:
            return None
        try:
            digests = self._work.ask(lambda site: self._digests(site, pending))
            each = [Waiting(notice, *self._asked(notice, digest)) for notice, digest in digests.items()]
        except (ContentError, ValueError) as failure:
            LOG.warning("no approver hears of the change in many notices: a text or review cannot be read: %s", failure)
            return None
        states = (review.standing(one.evidence, one.request.digest).state for one in each)
        return each if each and together.state_of_all(states) is State.ASKED else None

    def _asked(self, notice: str, digest: str) -> tuple[Remark, int, Evidence]:
        """The last request for a text, how often it was made, and the evidence; `ValueError` where nobody asked."""
        evidence = self._evidence(notice)
        requests = [one for one in evidence.review.requests if one.digest == digest]
        if not requests:
            raise ValueError(f"nobody asked for {notice}")
        return requests[-1], len(requests), evidence

    def _digests(self, site: OpenSite, pending: Pending) -> dict[str, str]:
        """The digest of each notice that a change touches; nothing where the texts are others than those that were asked for."""
        notices = together.touched(site).notices
        digests = together.wanted_digests(site, notices, pending.described.asked, self._work.today())
        return digests if combined(digests) == pending.asked_for else {}

    def _digest(self, site: OpenSite, notice: str) -> str | None:
        """The digest that an approval of the text as it is has to name; None where there is nothing to approve."""
        found = found_in(site, notice)
        if found is None or not found.proposal.is_changed or found.proposal.stopping or not found.described.kind:
            return None
        asked = replace(found.described.asked, same_meaning=True)
        return wanted_digest(site, notice, asked, self._work.today())

    def _evidence(self, notice: str) -> Evidence:
        since = self._work.ask(lambda site: last_published(site, notice))
        return evidence_at(self._work.root, notice, self._access.people.people(), self._access.log, since)


def _review(notice: str) -> str:
    return f"/desk/notices/{notice}/review"
