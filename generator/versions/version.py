"""Published versions: what is frozen, and how it is read again. A version never changes.

Pure: bytes and values in, bytes and values out.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from functools import lru_cache
from typing import Any

from markupsafe import Markup

from generator.content.facets import FACETS
from generator.content.model import Facets, Section
from generator.content.site_file import SiteSource
from generator.versions import frozen_yaml
from generator.wording import contacts
from generator.wording.compose import Composed
from generator.wording.glance import Row
from widget import frozen_text, manifest


@dataclass(frozen=True)
class Retraction:
    """Why a version was taken down, when, on whose word, and the digest that its file had."""

    on: date
    reason: str
    digest: str
    by: str = ""


@dataclass(frozen=True)
class CalledOff:
    """When a version was called off before it started, and the digest of the file that says so."""

    on: date
    digest: str


@dataclass(frozen=True)
class SectionHtml:
    """A section as residents read it: its id, its heading as inline HTML, and clean HTML.

    `composed` is the digest of the Markdown that it was made from, in a version that holds HTML. `anchors` are old
    ids that lead there.
    """

    id: str
    heading: str
    html: str
    composed: str = ""
    anchors: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The text below the heading."""
        return self.html


@dataclass(frozen=True)
class Version:
    """One language of a published version, in its final words. `digest` and `file` come from its frozen file.

    A working text has its `sections` in Markdown. A frozen one has `html` and `composed`, the digest of the Markdown,
    by which it is compared: new HTML from a new release is no change. One from before release 0.2 has Markdown, and
    `html` once `noticeboard upgrade` has rendered it.

    With `retracted` it is a tombstone: the words are gone, and `digest` is still that of the file which held them.
    """

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
    approved_role: str = ""
    """The role of the approver, such as Data Protection Officer; no name is frozen."""
    service: manifest.Contact = manifest.Contact("")
    consents: tuple[manifest.Consent, ...] = ()
    renewal: manifest.Renewal = manifest.Renewal()
    consent_records: manifest.Records | None = None
    awaiting_review: bool = False
    facets: Mapping[str, Any] = field(default_factory=dict)
    shared: Mapping[str, str] = field(default_factory=dict)
    """The shared wording in it: name to the SHA-256 of the words, so that a change of them is known as such."""
    pictures: Mapping[str, str] = field(default_factory=dict)
    """The pictures that its working text names: each one's name beside the text, and its published one."""
    digest: str = ""
    file: str = ""
    retracted: Retraction | None = None
    called_off: CalledOff | None = None
    """Set where it was called off before it started: it never applied. Kept beside its file, not in it."""
    cites: tuple[str, ...] = ()
    """The digests of the files that called off the versions before it, which no earlier version names."""
    html: tuple[SectionHtml, ...] = ()
    glance: tuple[Row, ...] = ()
    """The part that residents read at a glance: Markdown in a working text, HTML in a frozen one.

    One from before it has none.
    """
    composed: str = ""
    wording_release: str = ""
    """The release whose generated wording is in it."""
    frozen: bytes = field(default=b"", compare=False, repr=False)
    """The bytes of its file, which are published too."""
    source: bytes = field(default=b"", compare=False, repr=False)
    """The working text that it was made from, as its editor wrote it; none is kept of a version from before."""

    @property
    def names_somebody(self) -> bool:
        """Whether its file names who approved it or took it down, as those of release 0.1 could.

        Such a file is not published.
        """
        return bool(self.approved_by or (self.retracted and self.retracted.by))


def composed_digest(version: Version) -> str:
    """SHA-256 of the composed Markdown: the title, the summary, and each section under its heading."""
    if version.composed:
        return version.composed
    texts = [f"# {version.title}", version.summary, *map(_as_markdown, version.sections)]
    return digest("\n\n".join(texts).encode("utf-8", "replace"))


def section_digest(section: Section) -> str:
    """SHA-256 of a section's Markdown under its heading."""
    return digest(_as_markdown(section).encode("utf-8", "replace"))


def _as_markdown(section: Section) -> str:
    ids = " ".join(f"{{#{name}}}" for name in (section.id, *section.anchors))
    return f"## {section.heading} {ids}\n\n{section.markdown}"


def section_marks(version: Version) -> dict[str, tuple[str, str]]:
    """Each section's heading in plain words and the digest of its Markdown, by its id."""
    if version.composed:
        return {one.id: (plain_heading(one.heading), one.composed) for one in version.html}
    return {one.id: (one.heading, section_digest(one)) for one in version.sections}


@lru_cache(1000)  # the notices of a site have the same few headings
def plain_heading(heading: str) -> str:
    """The words of a heading, which is HTML."""
    return str(Markup(heading).striptags())  # noqa: S704 (read, not shown)


def shown_text(version: Version) -> str:
    """Everything in the sections as one text, HTML or Markdown, to look for the pictures that it names."""
    return "\n".join([*(one.markdown for one in version.sections), *(one.html for one in version.html)])


def file_name(notice: str, number: int, language: str, main_language: str) -> str:
    """Where a version is kept, relative to content/: `parking/versions/2.yml`, `2.cy.yml` for a translation."""
    suffix = "" if language == main_language else f".{language}"
    return f"{notice}/versions/{number}{suffix}.yml"


def digest(data: bytes) -> str:
    """SHA-256 in lower-case hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def digests(texts: Mapping[str, str]) -> dict[str, str]:
    """The digest of each text, by its name."""
    return {name: digest(text.encode("utf-8", "replace")) for name, text in texts.items()}


def freeze(version: Version) -> bytes:
    """The bytes of a version's file: the same version always gives the same bytes."""
    document = {
        "retracted": _stated(version.retracted),
        "notice": version.notice,
        "version": version.version,
        "language": version.language,
        "published": version.published,
        "effective": version.effective,
        "change": _stated(version.change),
        "approved_by": version.approved_by,
        "approved_on": version.approved_on,
        "approved_role": version.approved_role,
        "previous": version.previous,
        "called_off": list(version.cites),
        "title": version.title,
        "summary": version.summary,
        "awaiting_review": version.awaiting_review,
        "composed": version.composed,
        "wording_release": version.wording_release,
        "sections": [_stated_section(section) for section in (version.html if version.composed else version.sections)],
        "glance": [_stated(row) for row in version.glance],
        "facets": version.facets,
        "service": _stated(version.service),
        "consents": [_stated(consent) for consent in version.consents],
        "renewal": _stated(version.renewal),
        "consent_records": _stated(version.consent_records),
        "shared": dict(version.shared),
        "pictures": [{"name": name, "file": file} for name, file in version.pictures.items()],
    }
    return frozen_yaml.dump({key: value for key, value in document.items() if _says_something(value)}).encode()


def asks(data: bytes) -> bool:
    """Whether a frozen file asks for consent, without reading it; a tombstone without any words may have."""
    wordless = data.startswith(b"retracted:") and b"\ntitle:" not in data
    return wordless or b"\nconsents:" in data


def _stated_section(section: Section | SectionHtml) -> dict[str, Any]:
    """A section's keys; files of versions without old anchors do not speak of them."""
    found = dict(vars(section))
    if not section.anchors:
        del found["anchors"]
    return found


def read(data: bytes, file: str) -> Version:
    """A frozen file's version. Raises `ValueError` with the place where it cannot be read."""
    try:
        document = frozen_yaml.load(data.decode(), file)
        return dataclasses.replace(_version(document, digest(data), file), frozen=data)
    except (KeyError, TypeError, AttributeError) as failure:
        raise ValueError(f"{file}: not a frozen version: {failure}") from failure


def read_facts(data: bytes, file: str) -> Version:
    """The same without its sections, of a file that this very process froze. Raises `ValueError` as well."""
    document = frozen_text.load_without(data.decode(), ("sections", "glance"))
    return _version(document, digest(data), file)


def tombstone(version: Version, on: date, reason: str, *, all_words: bool = False) -> Version:
    """The rest of a version that is taken down: its dates, and what people could agree to.

    The council must be able to show what somebody agreed to (UK GDPR article 7(1)): with `all_words`, where those very
    words must go, it can no longer.
    """
    return dataclasses.replace(
        version,
        retracted=Retraction(on, reason, version.digest),
        approved_by="",
        change=manifest.Change(version.change.kind, ""),
        title="" if all_words else version.title,
        consents=() if all_words else version.consents,
        sections=(),
        html=(),
        glance=(),
        composed="",
        wording_release="",
        summary="",
        facets={},
        pictures={},
    )


def _version(document: dict[str, Any], digest: str, file: str) -> Version:
    retracted = _retraction(document["retracted"]) if "retracted" in document else None
    composed = document.get("composed", "")
    words = manifest.frozen_words(document)
    for name in ("retired", "urgent_help", "discreet"):
        del words[name]  # a facet here
    sections = () if retracted else document.get("sections", ())
    return Version(
        notice=document["notice"],
        version=int(document["version"]),
        language=document["language"],
        title=document.get("title", "") if retracted else document["title"],
        sections=() if composed else _sections(sections),
        html=tuple(SectionHtml(**{**item, "anchors": tuple(item.get("anchors", ()))}) for item in sections)
        if composed
        else (),
        glance=() if retracted else tuple(_row(item) for item in document.get("glance", ())),
        composed=composed,
        wording_release=document.get("wording_release", ""),
        summary=document.get("summary", ""),
        previous=document.get("previous", ""),
        cites=tuple(document.get("called_off", ())),
        approved_by=document.get("approved_by", ""),
        approved_on=document.get("approved_on", ""),
        approved_role=document.get("approved_role", ""),
        facets=document.get("facets", {}),
        shared=document.get("shared", {}),
        pictures={item["name"]: item["file"] for item in document.get("pictures", ())},
        digest=retracted.digest if retracted else digest,
        file=file,
        retracted=retracted,
        **words,
    )


def _sections(value: Iterable[dict[str, str]]) -> tuple[Section, ...]:
    return tuple(Section(item["id"], item["heading"], item.get("markdown", "")) for item in value)


def _row(value: dict[str, Any]) -> Row:
    return Row(value["key"], value["section"], tuple(value["texts"]))


def _retraction(value: dict[str, str]) -> Retraction:
    return Retraction(date.fromisoformat(value["on"]), value["reason"], value["digest"], value.get("by", ""))


def _says_something(value: Any) -> bool:
    return value is not None and value is not False and value not in ("", (), [], {})


def _stated(value: Any) -> Any:
    """A value as plain mappings, lists and texts; of a dataclass only what differs from its defaults."""
    if isinstance(value, str) and not isinstance(value, Enum):
        return value
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
    return {name: value for name, value in _stated(facets).items() if FACETS[name].frozen == "facets"}


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
        consents=() if facets.retired else composed.consents,  # nobody is asked to agree to what is over
        renewal=manifest.Renewal(facets.renewal.stays_valid, facets.renewal.lapses_after_days)
        if facets.renewal
        else manifest.Renewal(),
        consent_records=manifest.Records(facets.consent_records.keep, facets.consent_records.after)
        if facets.consent_records
        else None,
        awaiting_review=facets.awaits_review,
        facets=stated_facets(facets),
    )


def service_contact(facets: Facets, site: SiteSource, language: str) -> manifest.Contact:
    """The contact for residents' questions about a notice: its owner, else the mailbox of site.yml."""
    if (owner := facets.owner) is not None:
        return manifest.Contact(owner.name, owner.email, owner.phone, owner.post, owner.url)
    return contacts.mailbox(site, language) or contacts.council(site, language)


def in_order(versions: Iterable[Version]) -> list[Version]:
    """Versions by notice, number and language."""
    return sorted(versions, key=lambda version: (version.notice, version.version, version.language))
