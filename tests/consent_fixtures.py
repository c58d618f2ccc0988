"""A small council with two notices, for the endpoint's tests: made with the manifest's own classes, no generator."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

import yaml
from flask.testing import FlaskClient

from generator.versions import version as versions
from tests.databases import CHOSEN
from widget.config import Config
from widget.consent.on_file import confirm, held_of
from widget.ledger.events import ConsentEvent, Kind
from widget.manifest import (
    Change,
    Consent,
    Contact,
    Layout,
    Manifest,
    PublishedVersion,
    Shell,
    Site,
    layout_to_json,
    to_json,
)
from widget.people.addresses import lookup
from widget.people.mailed_links import recipient_of
from widget.service import Service
from widget.store.queries import Reading
from widget.store.transaction import Writing

STRINGS = Path(__file__).parent.parent / "templates" / "strings"
BASE_URL = "https://privacy.example.org"
SERVICE = Contact("Family Hubs", "family.hubs@example.org", "0161 496 0000", "Town Hall, Example Street")
NEWS = Consent(
    "service-news",
    "You may write to me about Family Hub activities.",
    "We stop writing to you about activities. Help that you already have goes on.",
    "You get the same help whether you agree or not.",
    ("news",),
    SERVICE,
)
PHOTOS = Consent(
    "photos",
    "You may use photos of my child <b>in</b> “our” leaflets & pages.",
    "We stop using the photos in anything new.",
    "Your child can join in all the same.",
    ("photos",),
    SERVICE,
    ("self", "child"),
)


def version(
    notice: str = "family-hubs", number: int = 1, consents: tuple[Consent, ...] = (NEWS, PHOTOS), **other: object
) -> PublishedVersion:
    language = str(other.pop("language", "en"))
    values: dict[str, object] = {
        "title": f"{notice.replace('-', ' ').title()} privacy notice",
        "published": date(2026, 1, number),
        "effective": date(2026, 1, number),
        "change": Change("clarification", "Made clearer."),
        "digest": "",
        "url": f"{BASE_URL}/{notice}/v/{number}/",
        "service": SERVICE,
    }
    return frozen(
        PublishedVersion(notice=notice, version=number, language=language, consents=consents, **values | other)
    )  # type: ignore[arg-type]


def frozen(version: PublishedVersion) -> PublishedVersion:
    """The version with the frozen text that says what its fields say, and the digest of that text."""
    said = {"retired": "It is over." if version.retired else None, "urgent_help": version.urgent_help}
    facets = {name: value for name, value in (said | {"discreet": version.discreet}).items() if value}
    own = {field.name for field in fields(versions.Version)} & {field.name for field in fields(version)}
    values = {name: getattr(version, name) for name in own - {"digest", "retracted"}}
    gone = version.retracted
    stone = versions.Retraction(gone.on, gone.reason, version.digest) if gone else None
    data = versions.freeze(versions.Version(**values, sections=(), facets=facets, retracted=stone))
    digest = hashlib.sha256(data).hexdigest()
    text = data.decode() if version.consents else ""
    if gone is not None:
        return replace(version, text=text, retracted=replace(gone, digest=digest))
    return replace(version, text=text, digest=digest)


NEWS_BY_PHONE = Consent(**{**vars(NEWS), "statement": "You may write to me, or ring me, about Family Hub activities."})
V1 = version(number=1)
V2 = version(number=2, consents=(NEWS_BY_PHONE, PHOTOS))
LATER = version(number=3, effective=date(2027, 6, 1))
PRIMARY = version("primary", 1, ())
SITE = Site(
    "Example Council",
    BASE_URL,
    ("en",),
    Contact("The council", "council@example.org", "0161 496 0001"),
    ("https://www.example.org",),
)
MANIFEST = Manifest(SITE, date(2026, 11, 22), (V1, V2, LATER, PRIMARY))


def english() -> dict[str, str]:
    """The endpoint's words as the generator writes them: flat, by dotted key."""
    return dict(_words("en"))


def welsh() -> dict[str, str]:
    """The same in Welsh."""
    return dict(_words("cy"))


@cache
def _words(language: str) -> list[tuple[str, str]]:
    files = (STRINGS / f"endpoint.{language}.yml", STRINGS / f"widget.{language}.yml")
    return [pair for file in files for pair in _flat(yaml.safe_load(file.read_text(encoding="utf-8")))]


def layout(words: Mapping[str, Mapping[str, str]] | None = None) -> Layout:
    """A page layout for each language, as small as one can be."""
    languages = words or {"en": english()}
    return Layout({name: _shell(name, sentences) for name, sentences in languages.items()})


@dataclass
class FakeClock:
    """A clock that stands still until it is moved."""

    now: datetime = field(default_factory=lambda: datetime(2026, 11, 22, 9, 30, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


def published(
    folder: Path, manifest: Manifest = MANIFEST, words: Mapping[str, Mapping[str, str]] | None = None
) -> Config:
    """Write a manifest and a layout into `public`, and the configuration of an endpoint that reads them.

    Its database has the tables already, so that not every test waits until they are made; tests/test_migrations.py has
    them made, and so has every test of a server that finds no database.
    """
    public = folder / "public"
    public.mkdir(parents=True, exist_ok=True)
    (public / "published.json").write_text(to_json(manifest), encoding="utf-8")
    (public / "endpoint.json").write_text(layout_to_json(layout(words)), encoding="utf-8")
    where = {"database": CHOSEN.with_tables(folder), "keys": folder / "keys"}
    return Config(manifest=public / "published.json", ratelimit="off", **where)  # type: ignore[arg-type]


def acts(reading: Reading) -> list[ConsentEvent]:
    """The events of people: without the publications that every ledger begins with."""
    return [event for event in reading.events() if event.kind is not Kind.NOTICE_PUBLISHED]


def answer(read: PublishedVersion = V2, **decisions: str) -> dict[str, object]:
    """A JSON answer to a version; `photos="given"`, `service_news="refused"`."""
    return {
        "notice": read.notice,
        "version": read.version,
        "digest": read.digest,
        "language": read.language,
        "decisions": {name.replace("_", "-"): decision for name, decision in decisions.items()},
    }


def form(read: PublishedVersion = V2, **decisions: str) -> dict[str, str]:
    """The same as the fields of a form, in a view of its own."""
    hidden = {"version": str(read.version), "digest": read.digest, "language": read.language}
    hidden["request_id"] = secrets.token_hex(16)
    return hidden | {f"decision.{name.replace('_', '-')}": decision for name, decision in decisions.items()}


def press(client: FlaskClient, link: str, **more: object) -> int:
    """Press the button on the page of a mailed link, with all that can be ticked there ticked: the status."""
    shown = client.get(link).text
    fields: dict[str, object] = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', shown))
    if 'name="agreed"' in shown:
        fields["agreed"] = "yes"
    if names := re.findall(r'name="consent" value="([^"]+)"', shown):
        fields["consent"] = names
    return client.post(link, data={**fields, **more} or {"_": ""}).status_code


def confirm_address(here: Service, subject: str) -> None:
    """Confirm the address on file of a subject, as the link in a letter does."""

    def job(writing: Writing) -> None:
        address = held_of(writing, here.sealing, subject).address
        assert address is not None
        confirm(writing, here.sealing, subject, recipient_of(lookup(address.value, here.keys.pepper)), writing.now)

    here.store.write(job)


def _shell(language: str, words: Mapping[str, str]) -> Shell:
    head = f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>'
    return Shell(head, " – Example Council</title></head><body><main>", "</main></body></html>", words)


def _flat(value: Mapping[str, object], prefix: str = "") -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for key, item in value.items():
        found += _flat(item, f"{prefix}{key}.") if isinstance(item, Mapping) else [(f"{prefix}{key}", str(item))]
    return found
