"""A version's facts for programs: W3C Data Privacy Vocabulary 2 (DPV) in JSON-LD 1.1. Pure.

Only what the notice says: a fact that it does not state is left out, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from json.encoder import encode_basestring
from typing import Any

from generator.content.site_file import SiteSource
from generator.versions import handling, timeline
from generator.versions.version import Version
from generator.wording import contacts
from widget.manifest import Consent, Contact

CONTEXT = {
    "dpv": "https://w3id.org/dpv#",
    "eu-gdpr": "https://w3id.org/dpv/legal/eu/gdpr#",
    "legal-gb": "https://w3id.org/dpv/legal/gb#",
    "loc": "https://w3id.org/dpv/loc#",
    "dct": "http://purl.org/dc/terms/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "dct:issued": {"@type": "xsd:date"},
    "dct:valid": {"@type": "xsd:date"},
}
BASES: Mapping[str, str | tuple[str, ...]] = {
    "a": "dpv:Consent",
    "b": "dpv:Contract",
    "c": "dpv:LegalObligation",
    "d": "dpv:VitalInterest",
    "e": "dpv:PublicInterest",
    "ea": ("dpv:LegitimateInterest", "urn:noticeboard:term:RecognisedLegitimateInterest"),
    "f": "dpv:LegitimateInterest",
}
"""UK GDPR article 6(1), point by point. DPV 2.3 has no term for (ea), so one of our own follows the nearest."""
SOURCES = {"person": "dpv:DataSubjectDataSource", "public": "dpv:PublicDataSource", "other": "dpv:DataSource"}
ROLES = {"processor": "dpv:DataProcessor"}
_POINT = re.compile(r"6\(1\)\((ea|[a-f])\)")
EMPTY = frozenset({"null", '""', "[]", "{}"})
Node = dict[str, Any]


def notice(version: Version, site: SiteSource) -> str:
    """The text of `notice.jsonld`; the same version and site always give the same text."""
    document = {"@context": CONTEXT} | _notice(version, site)
    return _Text().of(document, "\n") + "\n"


def _notice(version: Version, site: SiteSource) -> Node:
    address = site.base_url + timeline.version_path(version, site)
    return {
        "@id": address,
        "@type": ["dpv:PrivacyNotice", *(["dpv:ConsentNotice"] if version.consents else [])],
        "dct:identifier": f"sha256:{version.digest}",
        "dpv:hasIdentifier": f"sha256:{version.digest}",
        "dct:title": _text(version.title, version),
        "dct:description": _text(version.summary, version) if version.summary else None,
        "dct:language": version.language,
        "dct:hasVersion": str(version.version),
        "dct:isVersionOf": {"@id": f"{site.base_url}{timeline.prefix(version.language, site)}/{version.notice}/"},
        "dct:issued": version.published.isoformat(),
        "dct:valid": version.effective.isoformat(),
        "dpv:hasProcess": _processes(version, site, address),
    }


def _processes(version: Version, site: SiteSource, address: str) -> list[Node]:
    """One process for each purpose, all else being true of the whole notice; one in all where no purpose is stated."""
    facets = version.facets
    bases = {str(basis["id"]): basis for basis in facets.get("lawful_bases", ())}
    shared = _shared(version, site)
    found = []
    for number, purpose in enumerate(facets.get("purposes", ()), 1):
        named = [bases[name] for name in purpose.get("basis", ()) if name in bases] or list(bases.values())
        consents = [consent for consent in version.consents if purpose["text"] in consent.purposes]
        found.append(
            {
                "@id": f"{address}#purpose-{purpose.get('id', number)}",
                "@type": "dpv:Process",
                "dpv:hasPurpose": {"@type": "dpv:Purpose", "dct:title": _text(purpose["text"], version)},
                "dpv:hasLegalBasis": [_basis(basis, version) for basis in named],
                "dpv:hasConsentControl": [_withdrawal(consent, site) for consent in consents],
            }
            | shared
        )
    return found or [{"@type": "dpv:Process"} | shared]


def _shared(version: Version, site: SiteSource) -> Node:
    facts: dict[str, list[Node]] = {"dpv:hasDataController": [_controller(site, version)]}
    for name, (term, node) in TERMS.items():
        entries = _listed(version.facets.get(name))
        facts.setdefault(term, []).extend(node(entry, version) for entry in entries)
    return {
        **facts,
        "dpv:hasJurisdiction": {"@id": "loc:GB"},
        "dpv:hasApplicableLaw": [{"@id": "legal-gb:law-GDPR"}, {"@id": "legal-gb:law-DPA"}],
        "dpv:hasAuthority": {"@id": "legal-gb:DPA-GB"},
    }


def _listed(value: Any) -> Iterable[Any]:
    """The entries of a facet that may also say `none`."""
    return value if isinstance(value, (list, tuple)) else ()


def _controller(site: SiteSource, version: Version) -> Node:
    """The body that a notice names in the council's place, as its version holds it; else the council."""
    if own := handling.controller(version.facets):
        return _body(own, handling.officer(version.facets))
    council, officer = contacts.controller(site, version.language), contacts.officer(site, version.language)
    return {"@id": f"{site.base_url}/#controller", **_body(council, officer)}


def _body(controller: Contact, officer: Contact | None) -> Node:
    return {
        "@type": "dpv:DataController",
        "dpv:hasName": controller.name,
        "dpv:hasAddress": controller.post,
        "dpv:hasContact": [text for text in (controller.url, controller.email, controller.phone) if text],
        "dpv:hasDataProtectionOfficer": {
            "@type": "dpv:DataProtectionOfficer",
            "dpv:hasName": officer.name,
            "dpv:hasContact": [text for text in (officer.email, officer.phone) if text],
        }
        if officer
        else None,
    }


def _joint(item: Mapping[str, Any], _version: Version) -> Node:
    return {"@type": "dpv:DataController", "dpv:hasName": item["name"], "dpv:hasContact": item.get("contact")}


def _subject(text: str, version: Version) -> Node:
    return _typed("dpv:DataSubject", text, version)


def _data(item: Mapping[str, Any], version: Version) -> Node:
    special = handling.says_yes(item, "special")
    return _typed("dpv:SpecialCategoryPersonalData" if special else "dpv:PersonalData", item["label"], version)


def _special(item: Mapping[str, Any], version: Version) -> Node:
    return _typed("dpv:SpecialCategoryPersonalData", item["label"], version)


def _source(item: Mapping[str, Any], version: Version) -> Node:
    return _typed(SOURCES.get(item.get("kind", "other"), "dpv:DataSource"), item["who"], version)


def _recipient(item: Mapping[str, Any], version: Version) -> Node:
    return _typed(ROLES.get(item.get("role", ""), "dpv:Recipient"), item["who"], version)


def _country(item: Mapping[str, Any], version: Version) -> Node:
    return _typed("dpv:ThirdCountry", item["country"], version)


def _basis(basis: Mapping[str, Any], version: Version) -> Node:
    """The kind of basis in DPV, with the article and the Acts in the notice's own words."""
    point = _POINT.match(str(basis["article"]))
    words = ", ".join([f"UK GDPR article {basis['article']}", *basis.get("legislation", ())])
    return _typed(BASES[point[1]] if point else "dpv:LegalBasis", words, version)


def _withdrawal(consent: Consent, site: SiteSource) -> Node:
    return {
        "@type": "dpv:WithdrawConsent",
        "dpv:isExercisedAt": [
            {"@id": f"{site.base_url}/withdraw{'' if site.consent.endpoint else '/'}"},
            *_addresses(consent.withdraw),
        ],
    }


def _addresses(contact: Contact) -> list[Node]:
    phone = [{"@id": f"tel:{contact.phone.replace(' ', '')}"}] if contact.phone else []
    return [*([{"@id": f"mailto:{contact.email}"}] if contact.email else []), *phone]


def _storage(item: Mapping[str, Any], version: Version) -> Node:
    terms = " ".join(filter(None, (item.get("keep"), f"after {item['after']}" if item.get("after") else None)))
    return {
        "@type": "dpv:StorageCondition",
        "dct:title": _text(item["record"], version),
        "dpv:hasDuration": _typed("dpv:StorageDuration", terms, version) if terms else None,
    }


TERMS: Mapping[str, tuple[str, Callable[[Any, Version], Node]]] = {
    "joint_controllers": ("dpv:hasDataController", _joint),
    "data_subjects": ("dpv:hasDataSubject", _subject),
    "data": ("dpv:hasPersonalData", _data),
    "special_category": ("dpv:hasPersonalData", _special),
    "sources": ("dpv:hasDataSource", _source),
    "sharing": ("dpv:hasRecipient", _recipient),
    "retention": ("dpv:hasStorageCondition", _storage),
    "transfers": ("dpv:hasThirdCountry", _country),
}
"""Facets whose entries hold for every purpose: the term, and what is said with it of each entry."""
OWN_TERMS: Mapping[str, str] = {
    "title": "dct:title",
    "summary": "dct:description",
    "purposes": "dpv:hasPurpose",
    "lawful_bases": "dpv:hasLegalBasis",
    "consents": "dpv:hasConsentControl",
    "controller": "dpv:hasDataController",
}
"""Facets that `_notice`, `_processes` and `_controller` say, each with its term."""
UNSAID: Mapping[str, str] = {
    "service": "the controller is the council; the service is part of it",
    "glance": "the facts in short, for people",
    "category": "a heading of this site alone",
    "owner": "the controller's contacts are those of the council",
    "audience": "how the page is laid out",
    "parent": "the notices of a family say their facts each for themselves",
    "review_by": "the council's own calendar",
    "aliases": "old addresses of the page",
    "opt_outs": "not said yet",
    "earlier": "the history of the page, not of the processing",
    "processor_for": "the processing is another body's, whose own notice says it",
    "representative": "not said yet",
    "criminal_data": "not said yet; it is no special category",
    "automated_decisions": "not said yet",
    "algorithmic_records": "links for people; the records themselves are published elsewhere",
    "must_provide": "not said yet",
    "direct_marketing": "not said yet",
    "renewal": "an instruction to the consent service",
    "consent_records": "about the records of consent, not about this processing",
    "urgent_help": "advice to people, nothing about the processing",
    "discreet": "how pages and letters are titled",
    "translation": "a version's text is the same reviewed or not",
    "says": "an instruction on what is generated",
    "complete": "an instruction to the check",
    "silence": "an instruction to the check",
    "retired": "the last version is still the version that it is",
    "change": "an instruction to publish; the days that follow from it are dct:issued and dct:valid",
}
"""Facets that are left out, each with the reason."""


def _typed(kind: str | tuple[str, ...], text: str, version: Version) -> Node:
    return {"@type": kind if isinstance(kind, str) else list(kind), "dct:title": _text(text, version)}


def _text(text: str, version: Version) -> Node:
    return {"@value": text, "@language": version.language}


class _Text:
    """JSON as `json.dumps` indents it, without the keys that say nothing; what is in many places is written once."""

    def __init__(self) -> None:
        self.written: dict[tuple[int, str], str] = {}

    def of(self, value: Any, margin: str) -> str:
        """A value's text; `margin` starts the line that it is on."""
        if isinstance(value, str):
            return encode_basestring(value)
        if value is None:
            return "null"
        place = id(value), margin
        if place not in self.written:
            self.written[place] = self._nested(value, margin)
        return self.written[place]

    def _nested(self, value: Mapping[str, Any] | list[Any], margin: str) -> str:
        inner = f"{margin} "
        if isinstance(value, list):
            items = [self.of(item, inner) for item in value]
            start, end = "[]"
        else:
            texts = ((key, self.of(item, inner)) for key, item in value.items())
            items = [f"{encode_basestring(key)}: {text}" for key, text in texts if text not in EMPTY]
            start, end = "{}"
        return f"{start}{inner}{f',{inner}'.join(items)}{margin}{end}" if items else start + end
