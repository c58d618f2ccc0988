"""A receipt in words that a resident reads, ready to print. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from widget.choices import contact_for
from widget.events import ConsentEvent, State, standing, state_of
from widget.manifest import Contact, Manifest, PublishedVersion
from widget.receipts import Receipt
from widget.words import Words


@dataclass(frozen=True)
class Line:
    """One consent: its exact words, where it stands, what happens next; a label where it can be withdrawn."""

    consent: str
    statement: str
    state: str
    sentence: str
    next: str
    effect: str
    withdraw_label: str


@dataclass(frozen=True)
class Read:
    """A version that was read, and what was answered to it."""

    title: str
    number: str
    url: str
    digest: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class ReceiptPage:
    """Everything that the receipt page shows."""

    lead: str
    reference: str
    made: str
    acting_for: str
    versions: tuple[Read, ...]
    contact: Contact
    withdraw_action: str
    withdraw_href: str


def receipt_page(
    receipt: Receipt, token: str, events: Iterable[ConsentEvent], manifest: Manifest, words: Words
) -> ReceiptPage | None:
    """The page of a receipt; None where the site no longer publishes any of the versions it is about."""
    events = list(events)
    lines: dict[PublishedVersion, list[Line]] = {}
    for event in standing(events).values():
        if (read := version_read(event, manifest)) is not None:
            lines.setdefault(read, []).append(_line(event, read, words))
    if not lines:
        return None
    first = next(iter(lines))
    last_state = state_of(max(standing(events).values(), key=lambda event: event.seq))
    return ReceiptPage(
        lead=words("endpoint.receipt.withdrawn" if last_state is State.WITHDRAWN else "endpoint.receipt.saved"),
        reference=receipt.reference,
        made=words.time(receipt.made),
        acting_for=words(f"endpoint.receipt.acting_for_{events[0].acting_for or 'self'}"),
        versions=tuple(_read(version, tuple(found), words) for version, found in lines.items()),
        contact=contact_for(first, first.consents[0], manifest),
        withdraw_action=f"/receipt/{token}/withdraw",
        withdraw_href=f"/withdraw?notice={receipt.notice}&language={words.language}",
    )


def version_read(event: ConsentEvent, manifest: Manifest) -> PublishedVersion | None:
    """The version whose words the event is about."""
    if event.notice is None or event.version is None or event.language is None:
        return None
    found = manifest.find(event.notice, event.version, event.language)
    return found if found is not None and found.digest == event.digest else None


def _read(version: PublishedVersion, lines: tuple[Line, ...], words: Words) -> Read:
    number = words("endpoint.receipt.version_number", version=version.version)
    return Read(version.title, number, version.url, version.digest, lines)


def _line(event: ConsentEvent, version: PublishedVersion, words: Words) -> Line:
    consent = version.consent(event.consent or "")
    assert consent is not None, "an event is recorded only for a consent of its version"  # noqa: S101
    state = state_of(event)
    named = words("endpoint.receipt.withdraw_named", statement=consent.statement)
    return Line(
        consent=consent.id,
        statement=consent.statement,
        state=state,
        sentence=words(f"endpoint.receipt.state_{state}", when=words.time(event.happened)),
        next=words(f"endpoint.receipt.next_{state}"),
        effect=consent.if_refused if state is State.REFUSED else consent.effect,
        withdraw_label=f"{words('endpoint.receipt.withdraw')} {named}" if state is State.GIVEN else "",
    )
