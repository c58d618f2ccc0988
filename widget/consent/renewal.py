"""Where a consent is on a day: whether it must be renewed, and whether it has lapsed. Pure.

It is asked for again only where the words that were agreed to changed since: the statement, the question that it was
asked as with the answer that says yes, or the purposes of that very consent. A new purpose is a new consent, which an
old one never covers; who refused or withdrew is not asked, and nobody is about a notice that is no longer used.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from widget.ledger.events import ConsentEvent, State, standing, state_of
from widget.manifest import Manifest, PublishedVersion


@dataclass(frozen=True)
class Standing:
    """Where one consent stands. `renewal` is the version whose words can be agreed to in place of the old ones."""

    event: ConsentEvent
    state: State
    renewal: PublishedVersion | None = None
    lapses: date | None = None


def standings(events: Iterable[ConsentEvent], manifest: Manifest, today: date) -> dict[str, Standing]:
    """Where each consent of one subject is on a day."""
    return {consent: standing_on(event, manifest, today) for consent, event in standing(events).items()}


def standing_on(event: ConsentEvent, manifest: Manifest, today: date) -> Standing:
    """Where the consent that an event decided about is on a day."""
    state = state_of(event)
    if state is not State.GIVEN or event.notice is None or event.version is None:
        return Standing(event, state)
    now = manifest.in_force(event.notice, event.language or "", today)
    if now is None or now.version <= event.version or now.awaiting_review or now.retired:
        return Standing(event, state)
    if now.consent(event.consent or "") is None or not renewal_due(event, now, manifest):
        return Standing(event, state)
    lapses = _lapses(event, now, manifest)
    return Standing(event, State.LAPSED if lapses and lapses <= today else state, now, lapses)


def renewal_due(before: ConsentEvent, version: PublishedVersion, manifest: Manifest) -> bool:
    """Whether the words agreed to of that very consent changed between the version agreed to and this one."""
    if before.notice is None or before.language is None or before.consent is None:
        return False
    if before.version is None:
        return True
    read = manifest.find(before.notice, before.version, before.language)
    now = manifest.find(version.notice, version.version, before.language) or version
    old, new = (found.consent(before.consent) if found else None for found in (read, now))
    if old is None or new is None:
        return version.digest != before.digest
    return old.agreed_to != new.agreed_to


def _lapses(event: ConsentEvent, now: PublishedVersion, manifest: Manifest) -> date | None:
    """The day on which the old consent ends: some days after the first version with other words began to count."""
    days = now.renewal.lapses_after_days
    if days is None:
        return None
    later = (
        version
        for version in manifest.versions
        if (version.notice, version.language) == (now.notice, now.language)
        and (event.version or 0) < version.version <= now.version
        and version.retracted is None
        and version.called_off is None
        and renewal_due(event, version, manifest)
    )
    return min(version.effective for version in later) + timedelta(days=days)
