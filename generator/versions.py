"""Published versions: what is frozen, the lock that proves it, and how a working text differs. A version never changes.

Pure: bytes and values in, bytes and values out.
"""

from __future__ import annotations

import dataclasses
import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any

from generator import frozen
from generator.compose import Composed
from generator.errors import Place, Problem, error
from generator.model import Facets, Section, TranslationStatus
from generator.site import SiteSource
from widget import manifest

LOCK = "versions.lock"
FILE = re.compile(r"(?P<notice>[a-z0-9-]+)/versions/(?P<number>[1-9][0-9]{0,5})(?:\.(?P<language>[a-z]{2,3}))?\.yml")
_LOCK_LINE = re.compile(r"([0-9a-f]{64})  ([^\n]+)")
_RESTORE = "restore it and publish a new version"
_OWN_KEYS = frozenset(
    {"title", "summary", "consents", "change", "silence", "translation", "renewal", "consent_records"}
)


@dataclass(frozen=True)
class Version:
    """One language of a published version, in its final words. `digest` and `file` come from its frozen file."""

    notice: str
    version: int
    language: str
    published: date
    effective: date
    change: manifest.Change
    title: str
    sections: tuple[Section, ...]
    summary: str = ""
    previous: str = ""
    approved_by: str = ""
    approved_on: str = ""
    service: manifest.Contact = manifest.Contact("")
    consents: tuple[manifest.Consent, ...] = ()
    renewal: manifest.Renewal = manifest.Renewal()
    consent_records: manifest.Records | None = None
    awaiting_review: bool = False
    facets: Mapping[str, Any] = field(default_factory=dict)
    digest: str = ""
    file: str = ""


def file_name(notice: str, number: int, language: str, main_language: str) -> str:
    """Where a version is kept, relative to content/: `family-hubs/versions/2.yml`, `2.cy.yml` for a translation."""
    suffix = "" if language == main_language else f".{language}"
    return f"{notice}/versions/{number}{suffix}.yml"


def digest(data: bytes) -> str:
    """SHA-256 in lower-case hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def freeze(version: Version) -> bytes:
    """The bytes of a version's file: the same version always gives the same bytes."""
    document = {
        "notice": version.notice,
        "version": version.version,
        "language": version.language,
        "published": version.published,
        "effective": version.effective,
        "change": _stated(version.change),
        "approved_by": version.approved_by,
        "approved_on": version.approved_on,
        "previous": version.previous,
        "title": version.title,
        "summary": version.summary,
        "awaiting_review": version.awaiting_review,
        "sections": [dataclasses.asdict(section) for section in version.sections],
        "facets": version.facets,
        "service": _stated(version.service),
        "consents": [_stated(consent) for consent in version.consents],
        "renewal": _stated(version.renewal),
        "consent_records": _stated(version.consent_records),
    }
    return frozen.dump({key: value for key, value in document.items() if _says_something(value)}).encode()


def read(data: bytes, file: str) -> Version:
    """A frozen file's version. Raises `ValueError` with the place where it cannot be read."""
    try:
        document = frozen.load(data.decode(), file)
        return _version(document, digest(data), file)
    except (KeyError, TypeError, AttributeError) as failure:
        raise ValueError(f"{file}: not a frozen version: {failure}") from failure


def _version(document: dict[str, Any], digest: str, file: str) -> Version:
    return Version(
        notice=document["notice"],
        version=int(document["version"]),
        language=document["language"],
        published=date.fromisoformat(document["published"]),
        effective=date.fromisoformat(document["effective"]),
        change=manifest.Change(**document["change"]),
        title=document["title"],
        sections=tuple(Section(item["id"], item["heading"], item.get("markdown", "")) for item in document["sections"]),
        summary=document.get("summary", ""),
        previous=document.get("previous", ""),
        approved_by=document.get("approved_by", ""),
        approved_on=document.get("approved_on", ""),
        service=_contact(document.get("service")),
        consents=tuple(_consent(item) for item in document.get("consents", ())),
        renewal=_renewal(document.get("renewal", {})),
        consent_records=manifest.Records(**document["consent_records"]) if "consent_records" in document else None,
        awaiting_review=document.get("awaiting_review") == "yes",
        facets=document.get("facets", {}),
        digest=digest,
        file=file,
    )


def _contact(value: dict[str, Any] | None) -> manifest.Contact:
    return manifest.Contact(**value) if value else manifest.Contact("")


def _consent(value: dict[str, Any]) -> manifest.Consent:
    lists: dict[str, Any] = {name: tuple(value[name]) for name in ("purposes", "on_behalf") if name in value}
    return manifest.Consent(**(value | lists | {"withdraw": _contact(value.get("withdraw"))}))


def _renewal(value: dict[str, str]) -> manifest.Renewal:
    days = value.get("lapses_after_days")
    return manifest.Renewal(value.get("stays_valid", "yes") == "yes", int(days) if days else None)


def _says_something(value: Any) -> bool:
    return value is not None and value is not False and value not in ("", (), [], {})


def _stated(value: Any) -> Any:
    """A value as plain mappings, lists and texts; of a dataclass only what differs from its defaults."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = ((f, getattr(value, f.name)) for f in dataclasses.fields(value))
        return {f.name: _stated(item) for f, item in fields if item != f.default and _says_something(item)}
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, (tuple, list)):
        return [_stated(item) for item in value]
    return value


def stated_facets(facets: Facets) -> dict[str, Any]:
    """The facets that a version keeps beside its words, for the records that are made from them."""
    return {name: value for name, value in _stated(facets).items() if name not in _OWN_KEYS}


def working(composed: Composed, facets: Facets, site: SiteSource, language: str) -> Version:
    """A working text as the version it would become; number, dates and change are for `publish` to set."""
    day = date.min
    return Version(
        notice="",
        version=0,
        language=language,
        published=day,
        effective=day,
        change=manifest.Change("", ""),
        title=composed.title,
        sections=composed.sections,
        summary=composed.summary,
        service=service_contact(facets, site, language),
        consents=composed.consents,
        renewal=manifest.Renewal(facets.renewal.stays_valid, facets.renewal.lapses_after_days)
        if facets.renewal
        else manifest.Renewal(),
        consent_records=manifest.Records(facets.consent_records.keep, facets.consent_records.after)
        if facets.consent_records
        else None,
        awaiting_review=bool(facets.translation and facets.translation.status is TranslationStatus.AWAITING_REVIEW),
        facets=stated_facets(facets),
    )


def service_contact(facets: Facets, site: SiteSource, language: str) -> manifest.Contact:
    """Who acts on what residents ask about a notice: its owner, else the mailbox of site.yml."""
    if (owner := facets.owner) is not None:
        return manifest.Contact(owner.name, owner.email, owner.phone, owner.post, owner.url)
    if (mailbox := site.consent.mailbox) is not None:
        post = mailbox.post.in_language(language) if mailbox.post else None
        return manifest.Contact(mailbox.name.in_language(language), mailbox.email, mailbox.phone, post)
    return manifest.Contact(site.short_name(language))


@dataclass(frozen=True)
class Difference:
    """A part of a text that differs: a section's id and heading, and whether it was added, removed or changed."""

    id: str
    heading: str
    how: str


def differences(old: Version, new: Version) -> list[Difference]:
    """What a reader would find different, in the new text's order; an empty list if the words are the same."""
    found = []
    for name in ("title", "summary"):
        if getattr(old, name) != getattr(new, name):
            found.append(Difference(name, name, "changed"))
    before = {section.id: section for section in old.sections}
    for section in new.sections:
        if section.id not in before:
            found.append(Difference(section.id, section.heading, "added"))
        elif before[section.id] != section:
            found.append(Difference(section.id, section.heading, "changed"))
    after = {section.id for section in new.sections}
    found += [Difference(s.id, s.heading, "removed") for s in old.sections if s.id not in after]
    if not found and [s.id for s in old.sections] != [s.id for s in new.sections]:
        found.append(Difference("order", "the order of the sections", "changed"))
    return found + _other_differences(old, new)


def _other_differences(old: Version, new: Version) -> list[Difference]:
    names = ("consents", "service", "renewal", "consent_records", "awaiting_review")
    labels = ("the consents", "the service's contact", "renewal", "how long records of consent are kept", "translation")
    return [
        Difference(name, label, "changed")
        for name, label in zip(names, labels, strict=True)
        if getattr(old, name) != getattr(new, name)
    ]


def lock_line(digest: str, file: str) -> str:
    """A line of versions.lock, as `sha256sum` writes it."""
    return f"{digest}  {file}\n"


def read_lock(text: str, file: str) -> tuple[dict[str, str], list[Problem]]:
    """File name to digest, and a problem for each line that is not one of `sha256sum`."""
    lock: dict[str, str] = {}
    problems = []
    for number, line in enumerate(text.splitlines(), 1):
        found = _LOCK_LINE.fullmatch(line)
        if found and FILE.fullmatch(found[2]) and found[2] not in lock:
            lock[found[2]] = found[1]
        else:
            message = "This line of the lock was not written by publish."
            remedy = "Restore the file from your backup or version control."
            problems.append(error("V04", Place(file, number), message, remedy))
    return lock, problems


def verify(lock: Mapping[str, str], files: Mapping[str, bytes], folder: str) -> list[Problem]:
    """A problem for every frozen file that changed, vanished or was never published. Names are relative to content/."""
    changed = (name for name in files if name in lock and digest(files[name]) != lock[name])
    return [*verify_names(lock, files, folder), *(was_changed(name, folder) for name in changed)]


def verify_names(lock: Mapping[str, str], names: Iterable[str], folder: str) -> list[Problem]:
    """The same by the names alone: what vanished and what was never published."""
    known = set(names)
    problems = [has_vanished(name, folder) for name in sorted(lock.keys() - known)]
    for name in sorted(known - lock.keys()):
        message = "This file was not written by publish: it is not in versions.lock."
        remedy = "Delete it and publish: if publishing was interrupted, it never reached the site."
        problems.append(error("V03", Place(f"{folder}/{name}"), message, remedy))
    return problems


def has_vanished(name: str, folder: str) -> Problem:
    message = "A published version has vanished."
    return error("V02", Place(f"{folder}/{name}"), message, f"To put it right, {_RESTORE} if something must change.")


def was_changed(name: str, folder: str) -> Problem:
    message = "A published version was changed."
    return error("V01", Place(f"{folder}/{name}"), message, f"What people read never changes: {_RESTORE}.")


def in_order(versions: Iterable[Version]) -> list[Version]:
    """Versions by notice, number and language."""
    return sorted(versions, key=lambda version: (version.notice, version.version, version.language))
