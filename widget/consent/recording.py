"""The entries of an answer, a withdrawal or a request in the ledger: rules over one transaction, without any SQL."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from widget.consent import on_file
from widget.consent.input import Answer, WithdrawalRequest
from widget.consent.renewal import renewal_due
from widget.errors import Refusal, Wrong
from widget.ledger.events import TO_ACT_ON, Act, ConsentEvent, Kind, State, kind_of, moment_of, standing, state_of
from widget.ledger.receipt import Receipt
from widget.manifest import ActingFor, Manifest
from widget.people import details
from widget.people.addresses import folded
from widget.people.details import Sealing
from widget.store.transaction import Writing

WEB = "web"
MOST_IN_VIEW = 20
"""How many different requests from one view of a form are told from repeated ones."""


@dataclass(frozen=True)
class Once:
    """The identity of a repeated sending, as hashes: a key and the body that it binds.

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
        others = tuple((name, value) for name, value in vars(answer.said).items() if value and name != details.EMAIL)
        who = repr((version.notice, answer.acting_for, answer.said.email, *others))
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

    @property
    def name(self) -> str:
        """The person who set the details, as it is kept with them."""
        return self.recorded_by or self.channel


ONLINE = Recorder()
"""The person, on the website: acts are made so."""


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

    Answers for a child and for oneself are kept apart: such an answer gets a subject of its own. Their details are
    added to those on file; an address in place of a confirmed one waits until it is confirmed too. `Refusal` 422
    where the key came before with another body.
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
    acts = [by.mark(act) for act in acts]
    said = replace(by.said, **{name: value for name, value in vars(answer.said).items() if value})
    events = append_with_details(writing, acts, said, subject, sealing, by, new=joined is None)
    if receipt and not events:
        return Recorded(receipt, (), False)
    receipt = receipt or writing.add_receipt(subject, notice)
    _owe(writing, events)
    if answer.said.email:
        letter = "receipt" if joined is None else _letter_to(answer.said.email, events[0], writing, sealing)
        writing.owe(letter, events[0])
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
    version that was agreed to, not to the newest. The person's details in `by` are added to those on file, with
    `sealing`: so that the service can find them.
    """
    shown = writing.events_on(receipt)
    before = standing(shown)
    if absent := [consent for consent in consents if consent not in before]:
        raise Refusal(404, [Wrong(consent, "not-on-receipt") for consent in absent])
    acts = [by.mark(_following(before[consent], kind)) for consent in consents if _ends(before[consent], by)]
    if sealing is None or _is_erased(shown):
        events = writing.append(acts)
    else:
        events = append_with_details(writing, acts, by.said, receipt.subject, sealing, by)
    _owe(writing, events)
    return Recorded(receipt, events, bool(events), tuple(shown))


def end_token(writing: Writing, receipt: Receipt, sealing: Sealing) -> bool:
    """End a receipt's token; whether the person gets the next one by mail, which takes an address that was confirmed.

    Ending it twice at once ends it once.
    """
    now = writing.receipt(receipt.receipt_id)
    if now is None or now.ended != receipt.ended:
        raise Refusal(404, [Wrong("token", "no-token")])
    ended = writing.end_token(receipt)
    address = on_file.held_of(writing, sealing, receipt.subject).address
    if address is None or not address.confirmed:
        return False
    last = writing.events_on(receipt)[-1]
    writing.owe(f"receipt again-{ended.ended}", last)
    return True


def mail_receipt(writing: Writing, receipt: Receipt, email: str, sealing: Sealing) -> None:
    """Owe the receipt to an address that its holder gives now: it becomes the one on file, unless another was confirmed.

    A new address in place of a confirmed one is only asked whether it is the person's. `Refusal` 404 after an erasure.
    """
    shown = writing.events_on(receipt)
    if _is_erased(shown):
        raise Refusal(404)
    last = shown[-1]
    changed = append_with_details(writing, [], details.Details(email=email), receipt.subject, sealing)
    claimed = _letter_to(email, last, writing, sealing) == "receipt claim"
    about = changed[-1] if changed and claimed else last
    number = writing.randomness(4).hex()  # each press sends it; the allowance limits them
    writing.owe(f"receipt {'claim' if claimed else 'mailed'}-{number}", about)


def _ends(before: ConsentEvent, by: Recorder) -> bool:
    """Whether a withdrawal says something new: there was consent, or staff hear again, and later, that there is to be
    none."""
    if state_of(before) is State.GIVEN:
        return True
    again = by.recorded_by is not None and by.happened is not None
    return again and datetime.fromisoformat(by.happened or "") > moment_of(before)


def _is_erased(events: Sequence[ConsentEvent]) -> bool:
    return any(event.kind is Kind.ERASED for event in events)


def record_request(
    writing: Writing, request: WithdrawalRequest, language: str, sealing: Sealing, by: Recorder = ONLINE
) -> ConsentEvent:
    """Record a request to withdraw without a receipt: the service that holds the consent must act on it.

    Sent again from one view of the form it is the same request; with something else typed in it is another.
    """
    subject, earlier = _subject_of(writing, request, sealing)
    if earlier is not None:
        return earlier
    act = Act(
        *(Kind.WITHDRAWAL_REQUESTED, subject, request.notice),
        language=language,
        channel=WEB,
        acting_for=request.acting_for,
    )
    act = by.mark(act)
    (event,) = append_with_details(writing, [act], request.details, subject, sealing, by, new=True)
    _owe(writing, (event,))
    writing.owe("link", event)  # whether anything is known is found out when it is sent: the answer takes as long
    return event


def _subject_of(writing: Writing, request: WithdrawalRequest, sealing: Sealing) -> tuple[str, ConsentEvent | None]:
    """The subject of a request, and its entry where it was recorded before.

    It follows from the view's id alone, under a secret, and a number: no index of requests is needed to find it
    again, and nothing about it follows from an address.
    """
    for number in range(MOST_IN_VIEW if request.request_id else 0):
        said = f"request {request.request_id} {number}".encode()
        subject = hmac.digest(sealing.details_key, said, hashlib.sha256)[:16].hex()
        events = writing.events_of(subject)
        if not events:
            return subject, None
        first = events[0]
        same = (first.notice, first.acting_for) == (request.notice, request.acting_for)
        if same and on_file.details_of(writing, sealing, subject) == request.details:
            return subject, first
    return writing.randomness(16).hex(), None


def _same_person(events: Iterable[ConsentEvent], acting_for: str) -> bool:
    """Whether a receipt's events are about the same person, and that person has not been erased."""
    return all(event.acting_for in (None, acting_for) and event.kind is not Kind.ERASED for event in events)


def append_with_details(
    writing: Writing,
    acts: list[Act],
    said: details.Details,
    subject: str,
    sealing: Sealing,
    by: Recorder = ONLINE,
    *,
    new: bool = False,
) -> tuple[ConsentEvent, ...]:
    """Append acts with what was said about the person, added to what is on file; of a `new` subject there is nothing.

    Where that is something new and there is no act that could carry the commitment to it, an entry says that it changed.
    """
    if not said:
        return writing.append(acts)
    if new:
        commit = on_file.keep_new(writing, sealing, subject, said, by.name)
        return writing.append([replace(act, detail_commit=commit) for act in acts])
    held = on_file.held_of(writing, sealing, subject)
    merged = held.merged(said, by.name, writing.now)
    if merged == held:
        return writing.append(acts)
    if not acts:
        return (on_file.change(writing, sealing, subject, merged, by.recorded_by),)
    commit = on_file.keep(writing, sealing, subject, merged)
    return writing.append([replace(act, detail_commit=commit) for act in acts])


def _letter_to(email: str, event: ConsentEvent, writing: Writing, sealing: Sealing) -> str:
    """The letter that an address gets: the receipt, or where another one is on file, only the question whether it is
    theirs."""
    if event.kind is Kind.DETAILS_CHANGED:
        return "receipt claim"
    held = on_file.held_of(writing, sealing, event.subject or "")
    return "receipt" if held.address and folded(held.address.value) == folded(email) else "receipt claim"


def _answered_before(writing: Writing, once: Once) -> Recorded | None:
    remembered = writing.remembered(once.key, once.since)
    if remembered is None:
        return None
    body, receipt_id = remembered
    receipt = writing.receipt(receipt_id)
    if body != once.body or receipt is None:
        raise Refusal(422, [Wrong("Idempotency-Key", "key-reused")])
    if receipt.ended:  # the answer would hand the next token to whoever has the old request
        raise Refusal(404, [Wrong("token", "no-token")])
    return Recorded(receipt, tuple(writing.events_on(receipt)), False)


def _receipt_of_view(writing: Writing, once: Once) -> Receipt | None:
    """The receipt of what was answered before in the same view, by the same person for the same person."""
    remembered = writing.remembered(once.view, once.since) if once.view is not None else None
    found = writing.receipt(remembered[1]) if remembered else None
    if found and found.ended:  # the answer would lead to the next token
        raise Refusal(404, [Wrong("token", "no-token")])
    return found


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


def _owe(writing: Writing, events: Iterable[ConsentEvent]) -> None:
    """The service must be told of every withdrawal and every request for one."""
    for event in events:
        if event.kind in TO_ACT_ON:
            writing.owe(event.kind, event)
