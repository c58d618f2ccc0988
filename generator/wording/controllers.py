"""Another body than the council that is responsible for what a notice is about: it stands where site.yml's would. Pure."""

from __future__ import annotations

from dataclasses import replace

from generator.content.model import Controller, Facets, Localised
from generator.content.site_file import Complaints, DataProtectionOfficer, Organisation, SiteSource


def site_of(site: SiteSource, facets: Facets) -> SiteSource:
    """The site's facts with the notice's own controller, officer and way to complain. UK GDPR article 13(1)(a) and (b)."""
    found = facets.controller
    if found is None:
        return site
    return replace(
        site,
        organisation=_organisation(found),
        data_protection_officer=_officer(found),
        complaints=_complaints(found),
    )


def _organisation(found: Controller) -> Organisation:
    reached = found.contact
    return Organisation(
        name=_text(found.name),
        website=reached.url if reached else None,
        email=reached.email if reached else None,
        phone=reached.phone if reached else None,
        address=_text(reached.post) if reached and reached.post else None,
        ico_registration=found.registration,
    )


def _officer(found: Controller) -> DataProtectionOfficer | None:
    officer = found.officer
    if officer is None:
        return None
    post = _text(officer.post) if officer.post else None
    return DataProtectionOfficer(_text(officer.name), officer.email, officer.phone, post)


def _complaints(found: Controller) -> Complaints | None:
    ways = found.complaints
    if ways is None:
        return None
    return Complaints(ways.form, ways.email, ways.phone, _text(ways.post) if ways.post else None)


def _text(words: str) -> Localised:
    return Localised({"": words})
