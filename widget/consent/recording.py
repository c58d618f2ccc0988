"""What an answer, a withdrawal or a request becomes in the ledger: rules over one transaction, without any SQL."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from widget.consent.input import Answer, WithdrawalRequest
from widget.consent.renewal import renewal_due
from widget.errors import Refusal, Wrong
from widget.ledger.events import TO_ACT_ON, Act, ConsentEvent, Kind, State, kind_of, standing, state_of
from widget.ledger.receipt import Receipt
from widget.manifest import Manifest
from widget.people import details
from widget.people.addresses import lookup
from widget.store.transaction import Writing

WEB = "web"


@dataclass(frozen=True)
class Once:
    """An idempotency key and the body that it binds, both as hashes."""

    key: bytes
    body: bytes
    since: str = ""

    @classmethod
    def of(cls, scope: str, key: str, body: bytes, since: str = "") -> Once:
        """From what the client sent; `scope` keeps the keys of different callers apart. Older than `since` is expired."""
        hashed = hashlib.sha256(f"{scope}\0{key}".encode()).digest()
        return cls(hashed, hashlib.sha256(body).digest(), since)


@dataclass(frozen=True)
class Recorded:
    """The receipt of an act and the events that it wrote, or that its first sending wrote; `new` if it wrote any.

    `before` are the events that the receipt showed already.
    """

    receipt: Receipt
    events: tuple[ConsentEvent, ...]
    new: bool
    before: tuple[ConsentEvent, ...] = ()


NOTHING = details.Details()


@dataclass(frozen=True)
class Recorder:
    """Through which channel an act came, who put it in where that was not the person, and when the person acted."""

    channel: str = WEB
    recorded_by: str | None = None
    happened: str | None = None
    said: details.Details = NOTHING

    def mark(self, act: Act) -> Act:
        """The act as recorded so."""
        if self is ONLINE:
            return act  # as it came
        return replace(act, channel=self.channel, recorded_by=self.recorded_by, happened=self.happened)


ONLINE = Recorder()
"""The person, on the website: acts are made so."""


@dataclass(frozen=True)
class Sealing:
    """The two keys that personal details need."""

    details_key: bytes
    pepper: bytes


def record_answer(
    writing: Writing,
    answer: Answer,
    manifest: Manifest,
    sealing: Sealing,
    once: Once | None = None,
    joined: Receipt | None = None,
    by: Recorder = ONLINE,
) -> Recorded:
    """Record an answer, once for each idempotency key. With an earlier receipt the events join its subject.

    What a person answered for a child and for themselves are kept apart: such an answer gets a subject of its own.
    `Refusal` 422 where the key came before with another body.
    """
    if once is not None and (earlier := _answered_before(writing, once)):
        return earlier
    if joined and not _same_person(writing.events_of(joined.subject), answer.acting_for):
        joined = None
    subject = joined.subject if joined else writing.randomness(16).hex()
    notice = answer.version.notice
    receipt = writing.receipt_about(subject, notice) if joined else None
    before = tuple(writing.events_on(receipt)) if receipt else ()
    acts = _acts(answer, subject, before, manifest)
    if receipt and not acts:
        return Recorded(receipt, (), False)
    acts = [by.mark(act) for act in acts]
    said = replace(by.said, email=answer.email) if answer.email else by.said
    if said:
        acts = _with_details(writing, acts, said, subject, sealing, new=joined is None)
    receipt = receipt or writing.add_receipt(subject, notice)
    events = writing.append(acts)
    _owe(writing, events)
    if answer.email:
        writing.owe("receipt", events[0])
    if once is not None:
        writing.remember(once.key, once.body, receipt)
    return Recorded(receipt, events, True, before)


def record_withdrawal(
    writing: Writing,
    receipt: Receipt,
    consents: Sequence[str],
    by: Recorder = ONLINE,
    kind: Kind = Kind.WITHDRAWN,
) -> Recorded:
    """Withdraw consents of a receipt; those that are not given any more stay as they are.

    The council itself ends them as `revoked`. `Refusal` 404 where one was never on it. A withdrawal is bound to the version that was agreed to, not to the newest.
    """
    shown = writing.events_on(receipt)
    before = standing(shown)
    if absent := [consent for consent in consents if consent not in before]:
        raise Refusal(404, [Wrong(consent, "not-on-receipt") for consent in absent])
    events = writing.append(
        [by.mark(_following(before[consent], kind)) for consent in consents if state_of(before[consent]) is State.GIVEN]
    )
    _owe(writing, events)
    return Recorded(receipt, events, bool(events), tuple(shown))


def record_request(writing: Writing, request: WithdrawalRequest, language: str, sealing: Sealing) -> ConsentEvent:
    """Record a request to withdraw without a receipt: the service that holds the consent must act on it."""
    subject = writing.randomness(16).hex()
    act = Act(
        *(Kind.WITHDRAWAL_REQUESTED, subject, request.notice),
        language=language,
        channel=WEB,
        acting_for=request.acting_for,
    )
    (event,) = writing.append(_with_details(writing, [act], request.details, subject, sealing, new=True))
    _owe(writing, (event,))
    writing.owe("link", event)  # whether anything is known is found out when it is sent: the answer takes as long
    return event


def _same_person(events: Iterable[ConsentEvent], acting_for: str) -> bool:
    """Whether a receipt's events are about the same person, and that person has not been erased."""
    return all(event.acting_for in (None, acting_for) and event.kind is not Kind.ERASED for event in events)


def append_with_details(
    writing: Writing, acts: list[Act], said: details.Details, subject: str, sealing: Sealing
) -> tuple[ConsentEvent, ...]:
    """Append acts with what the person said about themselves, if anything."""
    return writing.append(_with_details(writing, acts, said, subject, sealing, new=True) if said else acts)


def _answered_before(writing: Writing, once: Once) -> Recorded | None:
    remembered = writing.remembered(once.key, once.since)
    if remembered is None:
        return None
    body, receipt_id = remembered
    receipt = writing.receipt(receipt_id)
    if body != once.body or receipt is None:
        raise Refusal(422, [Wrong("Idempotency-Key", "key-reused")])
    return Recorded(receipt, tuple(writing.events_on(receipt)), False)


def _acts(answer: Answer, subject: str, events: Iterable[ConsentEvent], manifest: Manifest) -> list[Act]:
    before = standing(events)
    acts = []
    for consent, decision in answer.decisions.items():
        earlier = before.get(consent)
        due = earlier is not None and renewal_due(earlier, answer.version, manifest)
        kind = kind_of(decision, earlier, renewal_due=due)
        if kind is Kind.WITHDRAWN and earlier is not None:
            acts.append(_following(earlier, kind))
        elif kind is not None:
            acts.append(
                Act(
                    kind,
                    subject,
                    answer.version.notice,
                    answer.version.version,
                    answer.version.language,
                    answer.version.digest,
                    consent,
                    prior=earlier.event_id if earlier else None,
                    channel=WEB,
                    acting_for=answer.acting_for,
                )
            )
    return acts


def _following(event: ConsentEvent, kind: Kind) -> Act:
    """An act about the same consent in the same words."""
    return Act(
        kind,
        event.subject,
        event.notice,
        event.version,
        event.language,
        event.digest,
        event.consent,
        prior=event.event_id,
        channel=WEB,
        acting_for=event.acting_for,
    )


def _with_details(
    writing: Writing, acts: list[Act], said: details.Details, subject: str, sealing: Sealing, *, new: bool
) -> list[Act]:
    sealed = details.seal(said, subject, sealing.details_key, writing.randomness)
    found_by = lookup(said.email, sealing.pepper) if said.email else None
    writing.put_details(subject, sealed, found_by, new=new)
    return [replace(act, detail_commit=sealed.commit) for act in acts]


def _owe(writing: Writing, events: Iterable[ConsentEvent]) -> None:
    """The service must be told of every withdrawal and every request for one."""
    for event in events:
        if event.kind in TO_ACT_ON:
            writing.owe(event.kind, event)
