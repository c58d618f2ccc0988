"""What an answer, a withdrawal or a request becomes in the ledger: rules over one transaction, without any SQL."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from widget.consent.input import Answer, WithdrawalRequest
from widget.consent.renewal import renewal_due
from widget.errors import Refusal, Wrong
from widget.ledger.events import TO_ACT_ON, Act, ConsentEvent, Kind, State, kind_of, moment_of, standing, state_of
from widget.ledger.key_folder import Keys
from widget.ledger.receipt import Receipt
from widget.manifest import ActingFor, Manifest
from widget.people import details
from widget.people.addresses import lookup
from widget.store.transaction import Writing

WEB = "web"


@dataclass(frozen=True)
class Once:
    """What makes a repeated sending the same act, as hashes: a key and the body that it binds.

    `view` stands for one view of a form and who answered in it: another answer from there joins the receipt of the first.
    """

    key: bytes
    body: bytes
    since: str = ""
    view: bytes | None = None

    @classmethod
    def of(cls, scope: str, key: str, body: bytes, since: str = "") -> Once:
        """From what the client sent; `scope` keeps the keys of different callers apart. Older than `since` is expired."""
        hashed = hashlib.sha256(f"{scope}\0{key}".encode()).digest()
        return cls(hashed, hashlib.sha256(body).digest(), since)

    @classmethod
    def in_view(cls, request_id: str, answer: Answer, since: str = "") -> Once:
        """From the id of the view that an answer came from: the same view and the same answer are one act.

        Another answer for a child may be for another child: it joins nothing.
        """
        version = answer.version
        who = repr((version.notice, answer.acting_for, answer.email))
        said = repr((who, version.version, version.language, version.digest, sorted(answer.decisions.items())))
        key, view = (hashlib.sha256(f"view {request_id}\0{text}".encode()).digest() for text in (said, who))
        return cls(
            key, hashlib.sha256(said.encode()).digest(), since, view if answer.acting_for == ActingFor.SELF else None
        )


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

    @classmethod
    def of(cls, keys: Keys) -> Sealing:
        """Those among the keys of a ledger."""
        return cls(keys.details_key, keys.pepper)


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
    viewed = _receipt_of_view(writing, once) if once is not None and joined is None else None
    joined = joined or viewed
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
    if said and not (viewed and joined):  # the same view came with the same address before
        acts = _with_details(writing, acts, said, subject, sealing, new=joined is None)
    receipt = receipt or writing.add_receipt(subject, notice)
    events = writing.append(acts)
    _owe(writing, events)
    if answer.email:
        writing.owe("receipt", events[0])
    if once is not None:
        writing.remember(once.key, once.body, receipt)
        if once.view is not None and viewed is None:
            writing.remember(once.view, once.body, receipt)
    return Recorded(receipt, events, True, before)


def record_withdrawal(
    writing: Writing,
    receipt: Receipt,
    consents: Sequence[str],
    by: Recorder = ONLINE,
    sealing: Sealing | None = None,
    kind: Kind = Kind.WITHDRAWN,
) -> Recorded:
    """Withdraw consents of a receipt; those that are not given any more stay as they are.

    The council itself ends them as `revoked`. `Refusal` 404 where one was never on it. A withdrawal is bound to the
    version that was agreed to, not to the newest. What `by` says about the person fills what is not on file yet, with
    `sealing`: so that the service can find them.
    """
    shown = writing.events_on(receipt)
    before = standing(shown)
    if absent := [consent for consent in consents if consent not in before]:
        raise Refusal(404, [Wrong(consent, "not-on-receipt") for consent in absent])
    acts = [by.mark(_following(before[consent], kind)) for consent in consents if _ends(before[consent], by)]
    if acts and by.said and sealing is not None and not _is_erased(shown):
        on_file = _on_file(writing, receipt.subject, sealing)
        said = details.Details(**{name: value or vars(by.said)[name] for name, value in vars(on_file).items()})
        acts = _with_details(writing, acts, said, receipt.subject, sealing, new=False)
    events = writing.append(acts)
    _owe(writing, events)
    return Recorded(receipt, events, bool(events), tuple(shown))


def _ends(before: ConsentEvent, by: Recorder) -> bool:
    """Whether a withdrawal says something new: there was consent, or staff hear again, and later, that there is to be none."""
    if state_of(before) is State.GIVEN:
        return True
    again = by.recorded_by is not None and by.happened is not None
    return again and datetime.fromisoformat(by.happened or "") > moment_of(before)


def _is_erased(events: Sequence[ConsentEvent]) -> bool:
    return any(event.kind is Kind.ERASED for event in events)


def record_request(
    writing: Writing, request: WithdrawalRequest, language: str, sealing: Sealing, by: Recorder = ONLINE
) -> ConsentEvent:
    """Record a request to withdraw without a receipt: the service that holds the consent must act on it."""
    subject = writing.randomness(16).hex()
    act = Act(
        *(Kind.WITHDRAWAL_REQUESTED, subject, request.notice),
        language=language,
        channel=WEB,
        acting_for=request.acting_for,
    )
    act = by.mark(act)
    (event,) = writing.append(_with_details(writing, [act], request.details, subject, sealing, new=True))
    _owe(writing, (event,))
    writing.owe("link", event)  # whether anything is known is found out when it is sent: the answer takes as long
    return event


def _same_person(events: Iterable[ConsentEvent], acting_for: str) -> bool:
    """Whether a receipt's events are about the same person, and that person has not been erased."""
    return all(event.acting_for in (None, acting_for) and event.kind is not Kind.ERASED for event in events)


def append_with_details(
    writing: Writing, acts: list[Act], said: details.Details, subject: str, sealing: Sealing, *, new: bool
) -> tuple[ConsentEvent, ...]:
    """Append acts with what the person said about themselves, if anything; a `new` subject has said nothing before."""
    return writing.append(_with_details(writing, acts, said, subject, sealing, new=new) if said else acts)


def _answered_before(writing: Writing, once: Once) -> Recorded | None:
    remembered = writing.remembered(once.key, once.since)
    if remembered is None:
        return None
    body, receipt_id = remembered
    receipt = writing.receipt(receipt_id)
    if body != once.body or receipt is None:
        raise Refusal(422, [Wrong("Idempotency-Key", "key-reused")])
    return Recorded(receipt, tuple(writing.events_on(receipt)), False)


def _receipt_of_view(writing: Writing, once: Once) -> Receipt | None:
    """The receipt of what was answered before in the same view, by the same person for the same person."""
    remembered = writing.remembered(once.view, once.since) if once.view is not None else None
    return writing.receipt(remembered[1]) if remembered else None


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
    before = NOTHING if new else _on_file(writing, subject, sealing)
    said = details.Details(**{name: value or vars(before)[name] for name, value in vars(said).items()})
    sealed = details.seal(said, subject, sealing.details_key, writing.randomness)
    found_by = lookup(said.email, sealing.pepper) if said.email else None
    known = None if new or said.email != before.email else writing.known(subject)
    writing.put_details(subject, sealed, found_by, new=new, known=known)
    return [replace(act, detail_commit=sealed.commit) for act in acts]


def _on_file(writing: Writing, subject: str, sealing: Sealing) -> details.Details:
    sealed = writing.sealed_details(subject)
    return details.unseal(*sealed, subject, sealing.details_key) if sealed else NOTHING


def _owe(writing: Writing, events: Iterable[ConsentEvent]) -> None:
    """The service must be told of every withdrawal and every request for one."""
    for event in events:
        if event.kind in TO_ACT_ON:
            writing.owe(event.kind, event)
