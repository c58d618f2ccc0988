"""The evidence about one receipt, for a person to read: the words, what the buttons say now, every act, what was done
about it, and the proofs. UK GDPR article 7(1).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from widget import __version__
from widget.consent.acting import Deed
from widget.consent.receipt_words import version_read
from widget.consent.renewal import Standing
from widget.ledger.events import ConsentEvent, Kind
from widget.ledger.receipt import Receipt
from widget.manifest import ActingFor, Manifest, PublishedVersion
from widget.people.details import Details
from widget.strings import Words

LABELS = ("agree", "refuse", "child_lead", "send")


@dataclass(frozen=True)
class Case:
    """Everything that is known about one receipt."""

    receipt: Receipt
    events: Sequence[ConsentEvent]
    standings: Sequence[Standing]
    deeds: Sequence[Deed]
    details: Details
    earlier: dict[str, str]
    told: Mapping[int, str | None]
    """When each service's letter was sent, by the event it is about; None where it waits."""
    publications: Sequence[ConsentEvent]
    leaves: Sequence[str]
    proofs: Sequence[str]
    checkpoint: str
    key: str
    made: str
    maker: str


def bundle(case: Case, manifest: Manifest, words: Words) -> str:
    """The evidence as text."""
    return "\n".join(_lines(case, manifest, words)) + "\n"


def _lines(case: Case, manifest: Manifest, words: Words) -> Iterator[str]:
    yield f"Evidence about receipt {case.receipt.reference}"
    yield f"{manifest.site.name}, {manifest.site.base_url}"
    yield f"Made on {case.made} by {case.maker} with Noticeboard {__version__}"
    yield from ("", "## How to check this file", *_check(case, manifest))
    yield from ("", "## Where it stands")
    for one in case.standings:
        yield f"{one.event.consent}: {one.state}, by event {one.event.seq} of {one.event.happened}"
        if one.renewal:
            yield f"  The words changed in version {one.renewal.version}; asked to renew" + (
                f" by {one.lapses}." if one.lapses else "."
            )
    yield from ("", "## The words that were shown")
    seen = dict.fromkeys(found for event in case.events if (found := version_read(event, manifest)) is not None)
    for version in seen:
        yield from _words(version, {event.consent for event in case.events if version_read(event, manifest) == version})
    for digest, wording in case.earlier.items():
        yield from (f"Wording from before Noticeboard, SHA-256 {digest}:", wording.rstrip(), "")
    yield "## What the form says now: it may have had other words when an answer was given"
    yield from (f"{name}: {words.either(f'consent_form.{name}', 'consent_form.for_child')}" for name in LABELS)
    yield from ("", "## Who")
    yield f"Subject {case.receipt.subject}"
    said = {name: _on_one_line(value) for name, value in vars(case.details).items() if value}
    yield from (f"{name}: {value}" for name, value in said.items())
    if not said:
        erased = any(event.kind is Kind.ERASED for event in case.events)
        yield "Their details were erased." if erased else "They gave no details."
    yield from ("", "## What happened, in order")
    yield from _acts(case)
    yield from ("", "## Proof")
    yield f"Public key of the ledger: {case.key}"
    yield "Each entry below is followed by its C2SP tlog-proof."
    yield f"The publication of the words is event {', '.join(str(entry.seq) for entry in case.publications) or '-'}."
    for leaf, proof in zip(case.leaves, case.proofs, strict=True):
        yield from ("", leaf, proof.rstrip("\n"))


def _words(version: PublishedVersion, consents: Iterable[str | None]) -> Iterator[str]:
    yield f"{version.title}, version {version.version} ({version.language}), in force from {version.effective}"
    yield f"{version.url}"
    yield f"SHA-256 {version.digest}"
    for consent in version.consents:
        if consent.id in consents:
            yield f"{consent.id}"
            yield f"  Statement: {consent.statement}"
            if consent.question:
                yield f"  Question: {consent.question.text}"
                yield f"  Answers: {consent.question.refuse} / {consent.question.agree}"
            yield f"  If refused: {consent.if_refused}"
            yield f"  If withdrawn: {consent.effect}"
    text = version.text
    if text and hashlib.sha256(text.encode()).hexdigest() == version.digest:  # else it is that of a tombstone
        yield from ("The whole text, as it was frozen and as its SHA-256 covers it:", "")
        yield from (f"  | {line}" for line in text.splitlines())
    else:
        yield "The manifest does not carry the whole text: read it at that address, and compare its SHA-256."
    yield ""


def _check(case: Case, manifest: Manifest) -> Iterator[str]:
    base = manifest.site.base_url
    yield "The last lines are signed by the council's ledger. They cover every word above them and prove each entry."
    yield f"1. Take the ledger's public key from {base}/log/key, or better a copy that you kept earlier, as key.txt."
    yield "2. Run: consents verify-receipt THIS-FILE --key key.txt"
    yield "   It says Whole, and ends with 0. If one letter was changed, it says so, and ends with 1."
    yield "3. The words: save the whole text without the marks (|) in front, and run: sha256sum TEXT"
    yield f"   It must print the SHA-256 that stands above it, which the event of its publication holds too (kind {Kind.NOTICE_PUBLISHED})."
    yield f"4. That the ledger was not begun anew since: {base}/log/checkpoint must be at the same name, and not smaller."
    yield f"This does not prove who {case.receipt.reference} belongs to, nor that what staff typed is true."


def _on_one_line(text: str) -> str:
    """Somebody's own words, so that it cannot pass for a line of ours."""
    return " / ".join(filter(None, (line.strip() for line in text.splitlines())))


def _acts(case: Case) -> Iterator[str]:
    for event in case.events:
        about = f" {event.consent}" if event.consent else ""
        by = f", recorded by {event.recorded_by}" if event.recorded_by else ""
        child = ", for a child" if event.acting_for == ActingFor.CHILD else ""
        version = f", version {event.version}" if event.version else ""
        earlier = ", earlier wording" if is_earlier(event) else ""
        yield f"{event.seq}. {event.happened} {event.kind}{about} by {event.channel or '-'}{by}{child}{version}{earlier}"
        if event.happened != event.at:
            yield f"   Recorded at {event.at}"
        if event.seq in case.told:
            yield f"   The service was told at {case.told[event.seq] or '- (the letter waits to be sent)'}"
        for deed in case.deeds:
            if deed.about == event.seq:
                done = ": ".join(filter(None, (deed.code, _on_one_line(deed.note or ""))))
                yield f"   Done {deed.happened} by {deed.recorded_by}: {done}"
    if not case.events:
        yield "Nothing."


def is_earlier(event: ConsentEvent) -> bool:
    """Whether the event is about wording from before Noticeboard: it has a digest, but no version."""
    return event.digest is not None and event.version is None
