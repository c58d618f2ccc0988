"""The handling of data by a version's facts, for the records of consent that the endpoint makes. Pure.

Frozen facts of any release are read: a fact that is missing, or has a form that this release does not know, is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from generator.content import retention
from generator.content.retention import Between, Idle, Period, PlusCurrent, Unread
from widget.manifest import Contact, Handling, Storage
from widget.record_period import iso_duration


def of(facets: Mapping[str, Any]) -> Handling:
    """The handling that the facts of a version describe."""
    kinds = list(items(facets, "data"))
    special = [item["label"] for item in items(facets, "special_category") if "label" in item]
    return Handling(
        data=tuple(item["label"] for item in kinds if "label" in item and not says_yes(item, "special")),
        special=tuple(dict.fromkeys([item["label"] for item in kinds if says_yes(item, "special")] + special)),
        recipients=tuple(item["who"] for item in items(facets, "sharing") if "who" in item),
        storage=tuple(_storage(item) for item in items(facets, "retention") if "record" in item),
        places=tuple(item["country"] for item in items(facets, "transfers") if "country" in item),
        controller=controller(facets),
    )


def controller(facets: Mapping[str, Any]) -> Contact | None:
    """The body that is named in the council's place, with the ways to reach it."""
    found = facets.get("controller")
    if not isinstance(found, Mapping) or "name" not in found:
        return None
    ways = found.get("contact") or {}
    return Contact(found["name"], ways.get("email"), ways.get("phone"), ways.get("post"), ways.get("url"))


def officer(facets: Mapping[str, Any]) -> Contact | None:
    """That body's own data protection officer."""
    found = (facets.get("controller") or {}).get("officer")
    return Contact(found["name"], found.get("email"), found.get("phone"), found.get("post")) if found else None


def items(facets: Mapping[str, Any], name: str) -> Iterator[Mapping[str, Any]]:
    """The parts of a fact that is a list; none where it says `none`."""
    value = facets.get(name)
    if isinstance(value, (list, tuple)):
        yield from (item for item in value if isinstance(item, Mapping))


def says_yes(item: Mapping[str, Any], key: str) -> bool:
    """Whether a key of such a part is answered with yes, in a version of this release or by another hand."""
    return item.get(key) in (True, "yes", "true")


def _storage(item: Mapping[str, Any]) -> Storage:
    keep, after = item.get("keep") or "", item.get("after") or ""
    said = ", ".join(filter(None, (keep, f"after {after}" if after else "", item.get("note") or "")))
    return Storage(item["record"], said or "as the notice says", _duration(keep, after))


@lru_cache(1000)  # the notices of a site say the same few periods
def _duration(keep: str, after: str) -> str | None:
    """The longest time that the words name, as ISO 8601; None where they name no length, or more than one."""
    rule = retention.read(keep, after)
    read = rule.keep
    if isinstance(read, Between):
        read = read.most
    elif isinstance(read, (PlusCurrent, Idle)):
        read = read.period
    event = rule.after.text if isinstance(rule.after, Unread) else ""
    others = f"{event}, {rule.until}, {rule.unless}"
    if not isinstance(read, Period) or rule.otherwise or retention.names_a_period(others):
        return None
    return iso_duration(read.longest, read.unit)
