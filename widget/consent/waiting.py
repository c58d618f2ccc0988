"""One thing that waits for a service, as the desk lists it: which notice and words it is about, and by when. Pure.

Nothing here names a person. Words come in the language that was asked for, where the version has it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from widget.alphabet import folded
from widget.consent.acting import deadline, request_reference
from widget.consent.offers import contact_for
from widget.ledger.events import ConsentEvent, Kind
from widget.manifest import Manifest, PublishedVersion


@dataclass(frozen=True)
class Waiting:
    """A withdrawal, an erasure or a request. `label` is the consent's topic, or its statement where it has none.

    `said_in` is the language of both: the version may not have the one that was asked for. `request` is the reference
    of a request without a receipt. `deadline` is the last day on which acting is in time.
    """

    title: str | None
    label: str | None
    said_in: str | None
    service: str
    request: str | None
    deadline: date
    overdue: bool


def waiting(events: Iterable[ConsentEvent], manifest: Manifest, language: str, today: date) -> list[Waiting]:
    """The facts that a service needs about some events, besides the events themselves; in their order."""
    newest = _newest(manifest)
    return [_waiting(event, _version(event, manifest, newest, language), manifest, today) for event in events]


def notices_of(service: str, manifest: Manifest) -> frozenset[str]:
    """The notices whose newest version, in any language, has a service of that name; case and accents do not count."""
    wanted = folded(service).split()
    return frozenset(one.notice for one in _newest(manifest).values() if wanted in _names(one, manifest))


def _waiting(event: ConsentEvent, version: PublishedVersion | None, manifest: Manifest, today: date) -> Waiting:
    consent = version.consent(event.consent or "") if version else None
    contact = contact_for(version, consent, manifest) if version else manifest.site.contact
    last = deadline(event, manifest.site.act_within)
    return Waiting(
        version.title if version else None,
        (consent.topic or consent.statement) if consent else None,
        version.language if version else None,
        contact.name,
        request_reference(event) if event.kind is Kind.WITHDRAWAL_REQUESTED else None,
        last,
        today > last,
    )


def _newest(manifest: Manifest) -> dict[tuple[str, str], PublishedVersion]:
    """The newest version of each notice in each language: the manifest has the oldest first."""
    return {(version.notice, version.language): version for version in manifest.versions}


def _names(version: PublishedVersion, manifest: Manifest) -> list[list[str]]:
    """The services that a version names, folded: each consent's, and its own."""
    return [folded(contact_for(version, consent, manifest).name).split() for consent in (*version.consents, None)]


def _version(
    event: ConsentEvent, manifest: Manifest, newest: Mapping[tuple[str, str], PublishedVersion], language: str
) -> PublishedVersion | None:
    """The version that was read, in a language that it has; the notice's newest where the event names none."""
    notice, number = event.notice or "", event.version
    for one in (language, event.language or "", *manifest.site.languages):
        found = manifest.find(notice, number, one) if number is not None else newest.get((notice, one))
        if found is not None:
            return found
    return None
