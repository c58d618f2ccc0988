"""How residents reach those whom site.yml names, in one language."""

from __future__ import annotations

from generator.content.site_file import SiteSource
from widget.manifest import Contact


def council(site: SiteSource, language: str) -> Contact:
    """The council by its name alone, where nobody else is named."""
    return Contact(site.short_name(language))


def controller(site: SiteSource, language: str) -> Contact:
    """The legal body, with every way to reach it that site.yml gives. UK GDPR article 13(1)(a)."""
    body = site.organisation
    post = body.address.in_language(language) if body.address else None
    return Contact(body.name.in_language(language), body.email, body.phone, post, body.website)


def mailbox(site: SiteSource, language: str) -> Contact | None:
    """Who acts on withdrawals; None where site.yml names no mailbox."""
    box = site.consent.mailbox
    if box is None:
        return None
    post = box.post.in_language(language) if box.post else None
    return Contact(box.name.in_language(language), box.email, box.phone, post)


def officer(site: SiteSource, language: str) -> Contact | None:
    """The data protection officer; None where site.yml names none."""
    dpo = site.data_protection_officer
    if dpo is None:
        return None
    post = dpo.address.in_language(language) if dpo.address else None
    return Contact(dpo.name.in_language(language), dpo.email, dpo.phone, post)
