"""Consent records and receipts in ISO/IEC TS 27560:2023 terms, as JSON-LD with the W3C Data Privacy Vocabulary 2.3. Pure.

Each `@id` names one thing, and each thing has its own: a record is not its first event, and who acted for a child is not
the child. A thing is a node with an `@id` or a type; a word stays a text.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time
from typing import Any
from urllib.parse import quote

from widget.consent.offers import contact_for
from widget.consent.receipt_words import version_read
from widget.consent.renewal import Standing
from widget.ledger.events import ConsentEvent, Kind, State, utc
from widget.ledger.receipt import Receipt
from widget.manifest import ActingFor, Consent, Contact, Handling, Manifest, PublishedVersion, Records, Site
from widget.record_period import iso_duration
from widget.strings import LONDON

JsonLd = dict[str, Any]
SCHEMA = "https://w3id.org/dpv/schema/dpv-27560"
VOCABULARY = "https://w3id.org/dpv/2.3"
STANDARD = "ISO/IEC TS 27560:2023"
CONTEXT = {
    "dpv": "https://w3id.org/dpv#",
    "dct": "http://purl.org/dc/terms/",
    "schema": "https://schema.org/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
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
    Kind.REVOKED: "dpv:ConsentRevoked",
}
GIVES = (Kind.GIVEN, Kind.RENEWED)
IN_THE_NOTICE = "Named in the notice"
"""Stands for what a manifest of an earlier release does not carry."""


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
        "@id": f"urn:noticeboard:receipt:{receipt.reference}",
        "@type": "dpv:ConsentReceipt",
        **_conforms("receipt"),
        **_identified(receipt.reference),
        "dct:created": _time(receipt.made),
        "dct:publisher": _controller(manifest.site),
        "dpv:hasRecordOfActivity": records,
    }


def consent_record(events: list[ConsentEvent], standing: Standing, manifest: Manifest) -> JsonLd:
    """The record of one consent of one subject: its words, and each act in order."""
    decided = standing.event
    version = version_read(decided, manifest)
    consent = version.consent(decided.consent or "") if version else None
    record_id = str(uuid.uuid5(uuid.UUID(events[0].event_id), "record"))
    return {
        "@id": f"urn:uuid:{record_id}",
        "@type": "dpv:ConsentRecord",
        **_conforms("record"),
        **_identified(record_id),
        "dpv:hasDataSubject": _subject(decided),
        "dct:language": _language(decided.language or manifest.site.languages[0]),
        "dpv:hasNotice": _notice(decided, version),
        "dpv:hasProcess": [_process(decided, version, consent, manifest)] if version and consent else [],
        "dpv:hasConsentStatus": list(_statuses(events, standing, manifest.site)),
    }


def _statuses(events: Iterable[ConsentEvent], standing: Standing, site: Site) -> Iterator[JsonLd]:
    """Each act in order; at the end that the consent lapsed, where it did."""
    acts = [event for event in events if event.kind in STATUS]
    lapsed = standing.lapses if standing.state is State.LAPSED else None
    for event, following in zip(acts, [*acts[1:], None], strict=True):
        lapses = standing.lapses if event is standing.event else None
        yield _status(event, following, lapses, site)
    if lapsed is not None:
        expired = str(uuid.uuid5(uuid.UUID(standing.event.event_id), "expired"))
        yield {
            "@id": f"urn:uuid:{expired}",
            "@type": ["dpv:ConsentExpired"],
            **_identified(expired),
            "dpv:isIndicatedAtTime": _time(_midnight(lapsed)),
            "dpv:hasDuration": _until_event("Until the person agrees to the new words"),
            "dpv:isIndicatedBy": _controller(site),
        }


def _status(event: ConsentEvent, following: ConsentEvent | None, lapses: date | None, site: Site) -> JsonLd:
    status: JsonLd = {
        "@id": f"urn:uuid:{event.event_id}",
        "@type": [STATUS[event.kind], "dpv:ExpressedConsent"],
        **_identified(event.event_id),
        "dpv:isIndicatedAtTime": _time(event.happened),
        "dpv:hasDuration": _validity(event, following, lapses),
        "dpv:isIndicatedBy": _controller(site) if event.kind is Kind.REVOKED else _actor(event),
        "dct:medium": {"@id": f"urn:noticeboard:channel:{event.channel or 'web'}"},
    }
    if event.kind is Kind.REVOKED:
        status["@type"] = [STATUS[event.kind]]
    if event.recorded_by:
        status["dct:contributor"] = {"@id": f"urn:noticeboard:staff:{quote(event.recorded_by, safe='')}"}
    if event.prior:
        status["dct:replaces"] = {"@id": f"urn:uuid:{event.prior}"}
    return status


def _validity(event: ConsentEvent, following: ConsentEvent | None, lapses: date | None) -> JsonLd:
    """How long a status counts: until the next act, until the day on which it lapses, or until something happens."""
    if following is not None:
        return _until_time(following.happened)
    if lapses is not None:
        return _until_time(_midnight(lapses))
    return _until_event("Until it is withdrawn" if event.kind in GIVES else "Until the person answers again")


def _until_time(moment: str) -> JsonLd:
    return {"@type": "dpv:UntilTimeDuration", "rdf:value": _time(moment)}


def _until_event(description: str) -> JsonLd:
    return {"@type": "dpv:UntilEventDuration", "dct:description": description}


def _subject(event: ConsentEvent) -> JsonLd:
    named = {"@id": f"urn:noticeboard:subject:{event.subject}", **_identified(event.subject or "")}
    kind = "dpv:Child" if event.for_whom == ActingFor.CHILD else "dpv:DataSubject"
    return {"@type": [kind] if kind == "dpv:DataSubject" else [kind, "dpv:DataSubject"], **named}


def _actor(event: ConsentEvent) -> JsonLd:
    """The actor: the person, or the adult who acts for the child."""
    if event.for_whom != ActingFor.CHILD:
        return _subject(event)
    actor = f"{event.subject}-parent"
    return {"@id": f"urn:noticeboard:subject:{actor}", "@type": ["dpv:ParentOfDataSubject"], **_identified(actor)}


def _notice(event: ConsentEvent, version: PublishedVersion | None) -> JsonLd:
    notice: JsonLd = {"@type": "dpv:ConsentNotice", "schema:sha256": event.digest}
    if version is None:  # wording from before Noticeboard: its digest is all that names it
        return notice | {"@id": f"urn:noticeboard:wording:{event.digest}", **_identified(event.digest or "")}
    return notice | {
        "@id": version.url,
        **_identified(version.url),
        "dct:title": version.title,
        "schema:version": str(version.version),
        "dct:language": _language(version.language),
        "dct:issued": {"@value": version.published.isoformat(), "@type": "xsd:date"},
    }


def _process(event: ConsentEvent, version: PublishedVersion, consent: Consent, manifest: Manifest) -> JsonLd:
    site = manifest.site
    handling = version.handling or Handling()
    return {
        "@id": f"{version.url}#consent-{consent.id}",
        "@type": "dpv:Process",
        "dpv:hasPurpose": [
            {
                "@id": f"{version.url}#purpose-{name}",
                "@type": "dpv:Purpose",
                **_identified(name),
                "dct:description": consent.statement,
            }
            for name in consent.purposes or (consent.id,)
        ],
        "dpv:hasPersonalData": list(_personal_data(handling, version)),
        "dpv:hasDataController": [_responsible(version, site)],
        "dpv:hasRecipient": list(_recipients(version, site)),
        "dpv:hasLegalBasis": [{"@type": "dpv:Consent", "dpv:hasApplicableLaw": {"@id": "legal-gb:law-GDPR"}}],
        "dpv:hasJurisdiction": [{"@id": "loc:GB"}],
        "dpv:hasAuthority": [{"@id": "legal-gb:DPA-GB"}],
        "dpv:hasRight": [{"@type": "dpv:DataSubjectRight", "dct:source": {"@id": version.url}}],
        "dpv:hasStorageCondition": list(_storage(handling, version.consent_records or site.consent_records)),
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


def _personal_data(handling: Handling, version: PublishedVersion) -> Iterator[JsonLd]:
    for label in handling.data:
        yield {"@type": ["dpv:PersonalData"], "dct:title": label}
    for label in handling.special:
        yield {"@type": ["dpv:SpecialCategoryPersonalData", "dpv:PersonalData"], "dct:title": label}
    if not handling.data and not handling.special:
        yield {"@type": ["dpv:PersonalData"], "dct:title": IN_THE_NOTICE, "dct:source": {"@id": version.url}}


def _recipients(version: PublishedVersion, site: Site) -> Iterator[JsonLd]:
    """Those whom the notice names; the council alone where it shares with nobody."""
    if version.handling is None:
        yield {"@type": ["dpv:Recipient"], "dpv:hasName": IN_THE_NOTICE, "dct:source": {"@id": version.url}}
        return
    for name in version.handling.recipients:
        yield {"@type": ["dpv:Recipient"], "dpv:hasName": name}
    if not version.handling.recipients:
        controller = _responsible(version, site)
        yield {"@id": controller["@id"], "dpv:hasName": controller["dpv:hasName"]}


def _storage(handling: Handling, kept: Records) -> Iterator[JsonLd]:
    """Where and how long: the data, and the record of the consent itself."""
    abroad = [{"@type": "dpv:Country", "dct:title": name} for name in handling.places]
    yield {"@type": "dpv:StorageLocation", "dpv:hasLocation": [{"@id": "loc:GB"}, *abroad]}
    for one in handling.storage:
        yield _storage_duration(f"{one.record}: {one.keep}", one.duration)
    after = f" after {kept.after}" if kept.after else ""
    yield _storage_duration(f"This record of consent: {kept.keep}{after}", _iso_duration(kept))


def _storage_duration(description: str, value: str | None) -> JsonLd:
    """A length as a value; where the words name none, that it is not determined."""
    duration: JsonLd = {"@type": "dpv:IndeterminateDuration"}
    if value is not None:
        duration = {"@type": "dpv:TemporalDuration", "rdf:value": {"@value": value, "@type": "xsd:duration"}}
    return {"@type": "dpv:StorageDuration", "dct:description": description, "dpv:hasDuration": duration}


def _iso_duration(kept: Records) -> str | None:
    return iso_duration(kept.period.count, kept.period.unit) if kept.period else None


def _responsible(version: PublishedVersion, site: Site) -> JsonLd:
    """The controller of what a version is about: the body that it names, else the council."""
    own = version.handling.controller if version.handling else None
    if own is None:
        return _controller(site)
    party = f"{site.base_url}/{version.notice}/#controller"
    return _party(party, "dpv:Organisation", own, own.post, own.url or version.url, own)


def _controller(site: Site) -> JsonLd:
    """The council."""
    legal = site.controller or Contact(site.name)
    post, reached = legal.post or site.contact.post, legal.url or site.base_url
    return _party(f"{site.base_url}/#council", "dpv:GovernmentalOrganisation", legal, post, reached, site.contact)


def _party(party: str, kind: str, legal: Contact, post: str | None, reached: str, contact: Contact) -> JsonLd:
    """A controller as a party: id, name, postal address, contact and type."""
    return {
        "@id": party,
        "@type": ["dpv:DataController", kind],
        **_identified(party),
        "dpv:hasName": legal.name,
        "dpv:hasAddress": post or f"Not stated here: see {reached}",
        "dpv:hasContact": _contact(contact),
        "schema:url": {"@id": reached},
    }


def _contact(contact: Contact) -> JsonLd:
    named = {
        "schema:name": contact.name,
        "schema:email": contact.email,
        "schema:telephone": contact.phone,
        "schema:address": contact.post,
        "schema:url": {"@id": contact.url} if contact.url else None,
    }
    return {"@type": "schema:ContactPoint"} | {name: value for name, value in named.items() if value}


def _conforms(part: str) -> JsonLd:
    """The profile (`record` or `receipt`), the vocabulary's version and the standard's."""
    return {"dct:conformsTo": [{"@id": f"{SCHEMA}#{part}"}, {"@id": VOCABULARY}], "schema:schemaVersion": STANDARD}


def _language(code: str) -> JsonLd:
    """A language as the Library of Congress names it: ISO 639-1, or 639-2 for three letters."""
    part = "iso639-1" if len(code) == 2 else "iso639-2"
    return {"@id": f"http://id.loc.gov/vocabulary/{part}/{code}"}


def _identified(value: str) -> JsonLd:
    """27560's guide uses both names for one thing."""
    return {"dct:identifier": value, "dpv:hasIdentifier": value}


def _midnight(day: date) -> str:
    """The beginning of the council's day, in UTC."""
    return utc(datetime.combine(day, time.min, LONDON))


def _time(text: str) -> JsonLd:
    return {"@value": text, "@type": "xsd:dateTime"}
