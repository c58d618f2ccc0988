"""What an answer, a withdrawal or a request becomes in the ledger: rules over one transaction, without any SQL."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from widget import details
from widget.events import Act, ConsentEvent, Kind, State, kind_of, standing, state_of
from widget.manifest import Manifest, PublishedVersion
from widget.problems import Refusal, Wrong
from widget.receipts import Receipt
from widget.requests import Answer, WithdrawalRequest
from widget.store.writing import Writing

WEB = "web"


@dataclass(frozen=True)
class Once:
    """An idempotency key and the body that it binds, both as hashes."""

    key: bytes
    body: bytes

    @classmethod
    def of(cls, scope: str, key: str, body: bytes) -> Once:
        """From what the client sent; `scope` keeps the keys of different callers apart."""
        hashed = hashlib.sha256(f"{scope}\0{key}".encode()).digest()
        return cls(hashed, hashlib.sha256(body).digest())


@dataclass(frozen=True)
class Recorded:
    """The receipt of an act and the events that it wrote, or that its first sending wrote; `new` if it wrote any."""

    receipt: Receipt
    events: tuple[ConsentEvent, ...]
    new: bool


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
) -> Recorded:
    """Record an answer, once for each idempotency key. With an earlier receipt the events join its subject.

    `Refusal` 422 where the key came before with another body.
    """
    if once is not None and (earlier := _answered_before(writing, once)):
        return earlier
    subject = joined.subject if joined else writing.randomness(16).hex()
    notice = answer.version.notice
    receipt = writing.receipt_about(subject, notice) if joined else None
    acts = _acts(answer, subject, writing.events_on(receipt) if receipt else [], manifest)
    if receipt and not acts:
        return Recorded(receipt, (), False)
    if answer.email:
        acts = _with_details(writing, acts, details.Details(email=answer.email), subject, sealing)
    receipt = receipt or writing.add_receipt(subject, notice)
    events = writing.append(acts)
    _owe(writing, events)
    if answer.email:
        writing.owe("receipt", events[0])
    if once is not None:
        writing.remember(once.key, once.body, receipt)
    return Recorded(receipt, events, True)


def record_withdrawal(writing: Writing, receipt: Receipt, consents: Sequence[str]) -> Recorded:
    """Withdraw consents of a receipt; those that are not given any more stay as they are.

    `Refusal` 404 where one was never on it. A withdrawal is bound to the version that was agreed to, not to the newest.
    """
    before = standing(writing.events_on(receipt))
    if absent := [consent for consent in consents if consent not in before]:
        raise Refusal(404, [Wrong(consent, "not-on-receipt") for consent in absent])
    events = writing.append(
        [
            _following(before[consent], Kind.WITHDRAWN)
            for consent in consents
            if state_of(before[consent]) is State.GIVEN
        ]
    )
    _owe(writing, events)
    return Recorded(receipt, events, bool(events))


def record_request(writing: Writing, request: WithdrawalRequest, language: str, sealing: Sealing) -> ConsentEvent:
    """Record a request to withdraw without a receipt: the service that holds the consent must act on it."""
    subject = writing.randomness(16).hex()
    act = Act(Kind.WITHDRAWAL_REQUESTED, subject, request.notice, language=language, channel=WEB)
    (event,) = writing.append(_with_details(writing, [act], request.details, subject, sealing))
    _owe(writing, (event,))
    return event


def renewal_due(before: ConsentEvent, version: PublishedVersion, manifest: Manifest) -> bool:
    """Whether the statement or the purposes of that very consent changed between the version agreed to and this one."""
    if before.notice is None or before.version is None or before.language is None or before.consent is None:
        return False
    read = manifest.find(before.notice, before.version, before.language)
    now = manifest.find(version.notice, version.version, before.language) or version
    old, new = (found.consent(before.consent) if found else None for found in (read, now))
    if old is None or new is None:
        return version.digest != before.digest
    return (old.statement, old.purposes) != (new.statement, new.purposes)


def _answered_before(writing: Writing, once: Once) -> Recorded | None:
    remembered = writing.remembered(once.key)
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
    writing: Writing, acts: list[Act], said: details.Details, subject: str, sealing: Sealing
) -> list[Act]:
    sealed = details.seal(said, subject, sealing.details_key, writing.randomness)
    lookup = details.lookup(said.email, sealing.pepper) if said.email else None
    writing.put_details(subject, sealed, lookup)
    return [replace(act, detail_commit=sealed.commit) for act in acts]


def _owe(writing: Writing, events: Iterable[ConsentEvent]) -> None:
    """The service must be told of every withdrawal and every request for one."""
    for event in events:
        if event.kind in (Kind.WITHDRAWN, Kind.WITHDRAWAL_REQUESTED):
            writing.owe(event.kind, event)
