"""The demands of ISO/IEC TS 27560 on a record of consent and on a receipt, as a JSON Schema of the JSON-LD that we
write."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker

Json = dict[str, Any]
UUID = "^urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"
RESOURCE: Json = {
    "type": "object",
    "required": ["@id"],
    "properties": {"@id": {"type": "string", "pattern": "^[a-z-]+:"}},
}
TEXT: Json = {"type": "string", "minLength": 1}


def node(*required: str, kind: str = "", **properties: Json) -> Json:
    """A node with those properties; `kind` is one of its types."""
    named = {name.replace("__", ":"): schema for name, schema in properties.items()}
    if kind:
        named["@type"] = {"anyOf": [{"const": kind}, {"type": "array", "contains": {"const": kind}}]}
    return {"type": "object", "required": [*required, *named], "properties": named}


def some(items: Json, least: int = 1) -> Json:
    """A list."""
    return {"type": "array", "minItems": least, "items": items}


def value(kind: str, pattern: str) -> Json:
    """A typed value."""
    properties = {"@value": {"type": "string", "pattern": pattern}, "@type": {"const": kind}}
    return {"type": "object", "required": list(properties), "properties": properties}


TIME = value("xsd:dateTime", r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$")
LENGTH = value("xsd:duration", r"^P(\d+[YMD]|T\d+H)$")
IDENTIFIED: Json = {"dct:identifier": TEXT, "dpv:hasIdentifier": TEXT}
PARTY = node(
    *("@id", "@type", "dct:identifier", "dpv:hasIdentifier", "dpv:hasContact"), dpv__hasName=TEXT, dpv__hasAddress=TEXT
)
DURATION: Json = {
    "oneOf": [
        node(kind="dpv:UntilTimeDuration", rdf__value=TIME),
        node(kind="dpv:UntilEventDuration", dct__description=TEXT),
        node(kind="dpv:TemporalDuration", rdf__value=LENGTH),
        node(kind="dpv:IndeterminateDuration"),
    ]
}
PROCESS = node(
    *("@id", "dpv:hasLegalBasis", "dpv:hasRight", "dpv:hasAuthority", "dpv:hasDataSource"),
    kind="dpv:Process",
    dpv__hasPurpose=some(node("@id", "dct:identifier", "dct:description", kind="dpv:Purpose")),
    dpv__hasPersonalData=some(node(kind="dpv:PersonalData", dct__title=TEXT)),
    dpv__hasDataController=some(PARTY),
    dpv__hasRecipient=some(node(dpv__hasName=TEXT)),
    dpv__hasJurisdiction=some(RESOURCE),
    dpv__hasStorageCondition={
        "type": "array",
        "items": {
            "oneOf": [
                node(kind="dpv:StorageLocation", dpv__hasLocation=some({"type": "object"})),
                node("dct:description", kind="dpv:StorageDuration", dpv__hasDuration=DURATION),
            ]
        },
        "allOf": [
            {"contains": node(kind="dpv:StorageLocation")},
            {"contains": node(kind="dpv:StorageDuration", dpv__hasDuration=node(rdf__value=LENGTH))},
        ],
    },
    dpv__hasConsentControl=some(node(kind="dpv:WithdrawConsent", dpv__isExercisedAt=RESOURCE)),
)
STATE = "^dpv:(RenewedConsentGiven|Consent(Given|Refused|Withdrawn|Revoked|Expired))$"
STATUS = node(
    *("dct:identifier", "dpv:hasIdentifier"),
    **{"@id": {"pattern": UUID}, "@type": {"type": "array", "contains": {"pattern": STATE}}},
    dpv__isIndicatedAtTime=TIME,
    dpv__hasDuration=DURATION,
    dpv__isIndicatedBy=node("@id", "@type", "dct:identifier"),
)
CONFORMS = {
    "type": "array",
    "allOf": [{"contains": {"properties": {"@id": {"pattern": part}}}} for part in ("dpv-27560#re", "/dpv/2.3$")],
}
RECORD = node(
    *("dct:identifier", "dpv:hasIdentifier"),
    **{"@id": {"pattern": UUID}, "@type": {"const": "dpv:ConsentRecord"}},
    dct__conformsTo=CONFORMS,
    schema__schemaVersion={"const": "ISO/IEC TS 27560:2023"},
    dpv__hasDataSubject=node("@id", "@type", "dct:identifier"),
    dct__language=RESOURCE,
    dpv__hasNotice=node("@id", kind="dpv:ConsentNotice", schema__sha256={"pattern": "^[0-9a-f]{64}$"}),
    dpv__hasProcess=some(PROCESS),
    dpv__hasConsentStatus=some(STATUS),
)
RECEIPT = node(
    *("@context", "@id", "dct:identifier", "dpv:hasIdentifier"),
    **{"@type": {"const": "dpv:ConsentReceipt"}},
    dct__conformsTo=CONFORMS,
    dct__created=TIME,
    dct__publisher=PARTY,
    dpv__hasRecordOfActivity=some(RECORD),
)


def faults(document: Json, shape: Json) -> list[str]:
    """Everything in which a document is not of a shape, and every id that names two things."""
    found = Draft202012Validator(shape, format_checker=FormatChecker()).iter_errors(document)
    said = [f"{'/'.join(map(str, error.path))}: {error.message[:200]}" for error in found]
    return said + list(_named_twice(document))


def _named_twice(document: Json) -> Iterator[str]:
    """Ids with two types, and identifiers with two ids: each names one thing."""
    types: dict[str, str] = {}
    ids: dict[str, str] = {}
    for part in _nodes(document):
        name = part.get("@id")
        if name is None:
            continue
        if "@type" in part and types.setdefault(name, str(part["@type"])) != str(part["@type"]):
            yield f"{name} is {types[name]} and {part['@type']}"
        if (identifier := part.get("dct:identifier")) and ids.setdefault(identifier, name) != name:
            yield f"{identifier} identifies {ids[identifier]} and {name}"


def _nodes(part: Any) -> Iterator[Json]:
    if isinstance(part, dict):
        yield part
        for inner in part.values():
            yield from _nodes(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from _nodes(inner)
