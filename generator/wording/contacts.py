"""How residents reach those whom site.yml names, in one language."""

from __future__ import annotations

from collections.abc import Iterable

from generator.content.site_file import SiteSource
from widget.manifest import Consent, Contact


def council(site: SiteSource, language: str) -> Contact:
    """The council by its name alone, where nobody else is named."""
    return Contact(site.short_name(language))


def controller(site: SiteSource, language: str) -> Contact:
    """The legal body, with every way to reach it that site.yml gives. UK GDPR article 13(1)(a)."""
    body = site.organisation
    post = body.address.in_language(language) if body.address else None
    return Contact(body.name.in_language(language), body.email, body.phone, post, body.website)


def mailbox(site: SiteSource, language: str) -> Contact | None:
    """The mailbox that acts on withdrawals; None where site.yml names no mailbox."""
    box = site.consent.mailbox
    if box is None:
        return None
    post = box.post.in_language(language) if box.post else None
    return Contact(box.name.in_language(language), box.email, box.phone, post)


def for_withdrawals(site: SiteSource, language: str) -> Contact:
    """The contact for withdrawals where a notice names nobody: the mailbox, the officer, or the council by its name."""
    return mailbox(site, language) or officer(site, language) or council(site, language)


def answering(consents: Iterable[Consent], service: Contact, site: SiteSource, language: str) -> tuple[Contact, ...]:
    """The contact that takes the answer to each consent where no consent service does: the consent's own contact
    first."""
    general = for_withdrawals(site, language)
    return tuple(next(filter(reachable, (consent.withdraw, service)), general) for consent in consents)


def reachable(contact: Contact) -> bool:
    """Whether a contact has a way to reach it, other than a page that may say no more."""
    return any((contact.email, contact.phone, contact.post))


def officer(site: SiteSource, language: str) -> Contact | None:
    """The data protection officer; None where site.yml names none."""
    dpo = site.data_protection_officer
    if dpo is None:
        return None
    post = dpo.address.in_language(language) if dpo.address else None
    return Contact(dpo.name.in_language(language), dpo.email, dpo.phone, post)
