"""Consent records and receipts in ISO/IEC TS 27560 terms, as JSON-LD with the W3C Data Privacy Vocabulary. Pure.

What the endpoint does not know (the personal data, the recipients, the rights in detail) stands in the notice, which the
record names by its permanent address and its digest.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from widget.consent.offers import contact_for
from widget.consent.receipt_words import version_read
from widget.consent.renewal import Standing
from widget.ledger.events import ConsentEvent, Kind, State
from widget.ledger.receipt import Receipt
from widget.manifest import ActingFor, Consent, Contact, Manifest, PublishedVersion

JsonLd = dict[str, Any]
SCHEMA = "https://w3id.org/dpv/schema/dpv-27560"
CONTEXT = {
    "dpv": "https://w3id.org/dpv#",
    "dct": "http://purl.org/dc/terms/",
    "schema": "https://schema.org/",
    "loc": "https://w3id.org/dpv/loc#",
    "legal-gb": "https://w3id.org/dpv/legal/gb#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "leaves": None,
    "proof": None,
    "checkpoint": None,
    "signature": None,
}
STATUS = {
    Kind.GIVEN: "dpv:ConsentGiven",
    Kind.RENEWED: "dpv:RenewedConsentGiven",
    Kind.REFUSED: "dpv:ConsentRefused",
    Kind.WITHDRAWN: "dpv:ConsentWithdrawn",
}


def receipt_record(
    receipt: Receipt, events: Iterable[ConsentEvent], standings: Mapping[str, Standing], manifest: Manifest
) -> JsonLd:
    """A receipt with the record of each consent on it."""
    events = list(events)
    records = [
        consent_record([event for event in events if event.consent == name], standing, manifest)
        for name, standing in standings.items()
    ]
    return {
        "@context": CONTEXT,
        "@type": "dpv:ConsentReceipt",
        "dct:conformsTo": {"@id": f"{SCHEMA}#receipt"},
        **_identified(receipt.reference),
        "dct:created": _time(receipt.made),
        "dct:publisher": _party(manifest.site.contact, manifest.site.name, "dpv:DataController"),
        "dpv:hasRecordOfActivity": records,
    }


def consent_record(events: list[ConsentEvent], standing: Standing, manifest: Manifest) -> JsonLd:
    """The record of one consent of one subject: its words, and each act in order."""
    decided = standing.event
    version = version_read(decided, manifest)
    consent = version.consent(decided.consent or "") if version else None
    statuses = [_status(event) for event in events if event.kind in STATUS]
    if standing.state is State.LAPSED and standing.lapses:
        ended = {"@value": standing.lapses.isoformat(), "@type": "xsd:date"}
        statuses.append({"@type": "dpv:ConsentExpired", "dpv:isIndicatedAtTime": ended})
    return {
        "@type": "dpv:ConsentRecord",
        "dct:conformsTo": {"@id": f"{SCHEMA}#record"},
        **_identified(events[0].event_id),
        "dpv:hasDataSubject": {
            "@id": f"urn:noticeboard:subject:{decided.subject}",
            **_identified(decided.subject or ""),
        },
        "dct:language": decided.language,
        "dpv:hasNotice": _notice(decided, version),
        "dpv:hasProcess": [_process(decided, version, consent, manifest)] if version and consent else [],
        "dpv:hasConsentStatus": statuses,
    }


def _status(event: ConsentEvent) -> JsonLd:
    by = "dpv:ParentOfDataSubject" if event.acting_for == ActingFor.CHILD else "dpv:DataSubject"
    status: JsonLd = {
        "@type": [STATUS[event.kind], "dpv:ExpressedConsent"],
        **_identified(event.event_id),
        "dpv:isIndicatedAtTime": _time(event.happened),
        "dpv:isIndicatedBy": {"@type": by},
        "dct:medium": event.channel,
    }
    if event.prior:
        status["dct:replaces"] = event.prior
    return status


def _notice(event: ConsentEvent, version: PublishedVersion | None) -> JsonLd:
    notice: JsonLd = {"@type": "dpv:ConsentNotice", "schema:sha256": event.digest}
    if version:
        notice |= {
            "@id": version.url,
            "dct:title": version.title,
            "dct:hasVersion": str(version.version),
            "dct:language": version.language,
            "dct:issued": {"@value": version.published.isoformat(), "@type": "xsd:date"},
        }
    return notice


def _process(event: ConsentEvent, version: PublishedVersion, consent: Consent, manifest: Manifest) -> JsonLd:
    site = manifest.site
    kept = version.consent_records or site.consent_records
    return {
        "@type": "dpv:Process",
        "dpv:hasPurpose": [
            {"@type": "dpv:Purpose", "dct:description": consent.statement, "dct:identifier": name}
            for name in consent.purposes or (consent.id,)
        ],
        "dpv:hasPersonalData": [{"@type": "dpv:PersonalData", "dct:source": {"@id": version.url}}],
        "dpv:hasDataController": [_party(site.contact, site.name, "dpv:DataController")],
        "dpv:hasRecipient": [{"@type": "dpv:Recipient", "dct:source": {"@id": version.url}}],
        "dpv:hasLegalBasis": [{"@type": "dpv:Consent", "dpv:hasApplicableLaw": {"@id": "legal-gb:law-GDPR"}}],
        "dpv:hasJurisdiction": [{"@id": "loc:GB"}],
        "dpv:hasAuthority": [{"@id": "legal-gb:DPA-GB"}],
        "dpv:hasRight": [{"@type": "dpv:DataSubjectRight", "dct:source": {"@id": version.url}}],
        "dpv:hasStorageCondition": [
            {
                "@type": "dpv:StorageDuration",
                "dct:description": f"{kept.keep} {f'after {kept.after}' if kept.after else ''}".strip(),
            }
        ],
        "dpv:hasDataSource": [{"@type": "dpv:DataSubjectDataSource"}],
        "dpv:hasConsentControl": [
            {
                "@type": "dpv:WithdrawConsent",
                "dpv:isExercisedAt": {"@id": f"{site.base_url}/withdraw?notice={event.notice}"},
                "dct:description": consent.effect,
                "schema:contactPoint": _contact(contact_for(version, consent, manifest)),
            }
        ],
    }


def _party(contact: Contact, name: str, role: str) -> JsonLd:
    return {
        "@type": [role, "dpv:Organisation"],
        **_identified(name),
        "dpv:hasName": name,
        "dpv:hasContact": _contact(contact),
    }


def _contact(contact: Contact) -> JsonLd:
    named = {
        "schema:name": contact.name,
        "schema:email": contact.email,
        "schema:telephone": contact.phone,
        "schema:address": contact.post,
        "schema:url": contact.url,
    }
    return {name: value for name, value in named.items() if value}


def _identified(value: str) -> JsonLd:
    """27560's guide uses both names for one thing."""
    return {"dct:identifier": value, "dpv:hasIdentifier": value}


def _time(text: str) -> JsonLd:
    return {"@value": text, "@type": "xsd:dateTime"}
