"""/.well-known/security.txt: where to report a security problem of the site. RFC 9116. Pure."""

from __future__ import annotations

from datetime import date, timedelta

from generator.content.site_file import SiteSource
from generator.site_plan import SECURITY

VALID = timedelta(days=365)
"""How long it holds after a build. The RFC asks for less than a year ahead: a build comes after its day has begun."""


def security_txt(site: SiteSource, on: date) -> str | None:
    """The text as of a day; None where site.yml names nobody who could be told."""
    contact = site.told_of_security
    if contact is None:
        return None
    address = contact if contact.startswith("https://") else f"mailto:{contact}"
    return (
        "# A fault of the software itself, Noticeboard: see SECURITY.md in its source.\n"
        f"Contact: {address}\n"
        f"Expires: {(on + VALID).isoformat()}T00:00:00Z\n"
        f"Preferred-Languages: {', '.join(site.languages)}\n"
        f"Canonical: {site.base_url}/{SECURITY}\n"
    )
