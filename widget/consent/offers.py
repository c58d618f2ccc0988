"""Which version of a notice a page offers, and whom a withdrawal concerns: what the manifest says, for pages. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from widget.alphabet import folded, place_in_order
from widget.manifest import Consent, Contact, Manifest, PublishedVersion


@dataclass(frozen=True)
class Choice:
    """A notice that residents may have agreed to something in, and whom to tell that they withdraw."""

    notice: str
    title: str
    contact: Contact


def unproved(manifest: Manifest, today: date) -> list[str]:
    """The versions in force whose words nothing proves, so that nobody can agree to them."""
    found = []
    for notice in manifest.notices():
        for language in manifest.site.languages:
            version = manifest.in_force(notice, language, today)
            if version is not None and version.consents and not version.proved:
                found.append(version.name)
    return found


def offered(manifest: Manifest, notice: str, number: int | None, language: str, today: date) -> PublishedVersion | None:
    """The version that was asked for by number, else the one in force; in the language, or else in the site's first.

    A version that is not in force yet cannot be answered: the one in force is offered in its place.
    """
    for wanted in (language, *manifest.site.languages):
        asked = manifest.find(notice, number, wanted) if number else None
        if asked is None and number:
            continue
        found = asked if asked and asked.started(today) else manifest.in_force(notice, wanted, today)
        if found is not None:
            return found
    return None


def contact_for(version: PublishedVersion, consent: Consent | None, manifest: Manifest) -> Contact:
    """The contact to tell: the routes of the consent where it has its own, completed by the service's, else the
    council's."""
    own = consent.withdraw if consent else Contact("")
    service = version.service if _reachable(version.service) else manifest.site.contact
    return Contact(
        own.name or service.name,
        own.email or service.email,
        own.phone or service.phone,
        own.post or service.post,
        own.url or service.url,
    )


def choices(manifest: Manifest, language: str, today: date) -> list[Choice]:
    """Every notice that has, or once had, something to agree to, by its newest title, as the language sorts."""
    asking: dict[str, PublishedVersion] = {}
    last: dict[str, PublishedVersion] = {}
    for version in manifest.versions:
        last[version.notice] = version
        if version.consents:
            asking[version.notice] = version
    found = []
    for notice, newest in asking.items():
        shown = offered(manifest, notice, None, language, today) or last[notice]
        found.append(Choice(notice, shown.title, contact_for(newest, newest.consents[0], manifest)))
    return sorted(found, key=lambda choice: (place_in_order(choice.title, language), choice.notice))


def meant(typed: str, among: Iterable[Choice]) -> list[Choice]:
    """The notice whose id was typed; else those of that title, however a keyboard writes it; else those that have all
    the words."""
    words = folded(typed).split()
    named, found = [], []
    for choice in among:
        title = folded(choice.title)
        if typed == choice.notice:
            return [choice]
        if title.split() == words:
            named.append(choice)
        elif words and all(word in title for word in words):
            found.append(choice)
    return named or found


def _reachable(contact: Contact) -> bool:
    return bool(contact.email or contact.phone or contact.post or contact.url)
