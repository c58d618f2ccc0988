"""The manifest of published versions and the endpoint's layout: what generator and endpoint share. Standard library only.

The generator writes `published.json` and `endpoint.json`; the endpoint reads them and believes nothing else about
what was published. A version that asks for consent carries its frozen text: reading hashes it, compares it with the
digest, and takes what the version says from that text and from nowhere else. Which version is in force on a day is
decided here, once, for both.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any

from widget import frozen_text, record_period
from widget.record_period import RecordPeriod, Start, TimeLimit, Unit

SCHEMA = 1
IDENT = re.compile(r"(?!.{101})[a-z0-9]+(?:-[a-z0-9]+)*")
"""The id of a notice, a page, a consent or a part of a notice, as each new one must be: of at most 100 characters."""
PUBLISHED_IDENT = re.compile(r"[a-z0-9-]{1,255}")
"""An id that may have been published: earlier releases let through `family--hubs`, `a-` and longer ones, and what was
published stays valid. Look-ups among the published use this one."""
PATHS = frozenset(
    {
        "consent",
        "receipt",
        "withdraw",
        "report",
        "confirm",
        "api",
        "log",
        "healthz",
        "livez",
        "readyz",
        "mailz",
        "metrics",
        "openapi.json",
    }
)
"""The beginnings of the endpoint's addresses: no page of the site can stand there."""
LANGUAGE = re.compile(r"[a-z]{2,3}")
DIGEST = re.compile(r"[0-9a-f]{64}")


class ManifestError(ValueError):
    """The file is not a manifest this release can read; the message says where and what.

    `version` is the one at fault, as (notice, number, language), where it is a version's.
    """

    def __init__(self, message: str, version: tuple[str, int, str] | None = None) -> None:
        super().__init__(message)
        self.version = version


@dataclass(frozen=True)
class Contact:
    """A service or body and the ways to reach it, each optional."""

    name: str
    email: str | None = None
    phone: str | None = None
    post: str | None = None
    url: str | None = None


@dataclass(frozen=True)
class Records:
    """How long records of consent are kept: keep `6 years` after `withdrawal of consent`, as an editor wrote it.

    `period` is what the generator read in these words. None where no day follows from them, or where a release that
    did not read them wrote the manifest: then nobody can tell when the records are due, and they are kept.
    """

    keep: str
    after: str | None = None
    period: RecordPeriod | None = None


@dataclass(frozen=True)
class OwnRecords:
    """How long the council keeps records that are not of consent; None where it did not say, and nothing is erased.

    `requests` are those of people of whom nothing else is known; `staff_logs` say which member of staff did what;
    `problems` are what was reported about a page.
    """

    requests: RecordPeriod | None = None
    staff_logs: RecordPeriod | None = None
    problems: RecordPeriod | None = None


@dataclass(frozen=True)
class Renewal:
    """The fate of an older consent when its statement or purposes changed."""

    stays_valid: bool = True
    lapses_after_days: int | None = None


class ActingFor(StrEnum):
    """On whose behalf a consent is given."""

    SELF = "self"
    CHILD = "child"


@dataclass(frozen=True)
class Question:
    """A consent as a question, with its own answers."""

    text: str
    agree: str
    refuse: str


@dataclass(frozen=True)
class Consent:
    """One thing a resident can agree to, in the final words of one version."""

    id: str
    statement: str
    effect: str
    if_refused: str
    purposes: tuple[str, ...] = ()
    withdraw: Contact = Contact("")
    on_behalf: tuple[str, ...] = (ActingFor.SELF,)
    topic: str | None = None
    """Its subject in a few words, where the author names one."""
    reach: str | None = None
    """`required` where a yes needs a way to reach the person."""
    question: Question | None = None

    @property
    def agreed_to(self) -> tuple[str, ...]:
        """The words that a yes says yes to, none left out: statement, question with that answer (empty without one),
        purposes.

        Where they differ, what was agreed to differs.
        """
        asked = (self.question.text, self.question.agree) if self.question else ("", "")
        return (self.statement, *asked, *self.purposes)


@dataclass(frozen=True)
class Following:
    """A language that follows later: the version lacks it, by which day the council means to add it, and why it is
    not there.

    `own_reason` says why in that very language, for its readers; empty where the council gave no such words.
    """

    language: str
    by: date
    reason: str
    own_reason: str = ""


@dataclass(frozen=True)
class Change:
    """Why a version exists; `kind` is typo, clarification, material or new-purpose.

    `translations` are the languages that follow later, the same in each language of the version.
    """

    kind: str
    summary: str
    translations: tuple[Following, ...] | None = None

    def following(self, language: str) -> Following | None:
        """The version's day for a language that follows later; None where it says nothing."""
        return next((one for one in self.translations or () if one.language == language), None)


@dataclass(frozen=True)
class Retraction:
    """When and why a version was taken down. It is never in force again; what people answered on it stays valid.

    `digest` is that of the tombstone, the file that took its place.
    """

    on: date
    reason: str
    digest: str = ""


@dataclass(frozen=True)
class Storage:
    """How long one record is kept, as an editor wrote it; `duration` is ISO 8601 (`P6Y`) where the words mean a
    length."""

    record: str
    keep: str
    duration: str | None = None


@dataclass(frozen=True)
class Handling:
    """A version's account of the use of data, as far as a record of consent must name it (ISO/IEC TS 27560).

    `data` and `special` are kinds of data, the second those of UK GDPR article 9. `recipients` is empty where the data is
    shared with nobody. `places` are countries outside the United Kingdom. `controller` is the body that the notice names
    in the council's place.
    """

    data: tuple[str, ...] = ()
    special: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    storage: tuple[Storage, ...] = ()
    places: tuple[str, ...] = ()
    controller: Contact | None = None


@dataclass(frozen=True)
class PublishedVersion:
    """One language of one frozen version. `digest` is the SHA-256 of its file; `url` is its permanent address, absolute.

    A version that was taken down keeps the digest that people saw. One that was `called_off` on a day, before it
    started, never applied. `retired` where it says that the notice is no longer used. `urgent_help` says where to
    turn in danger; a `discreet` notice is named in no letter to a resident. `text` is the frozen file of a version
    with consents; it is empty where the file names a member of staff, and in a manifest of release 0.1.
    """

    notice: str
    version: int
    language: str
    title: str
    published: date
    effective: date
    change: Change
    digest: str
    url: str
    consents: tuple[Consent, ...] = ()
    service: Contact = Contact("")
    renewal: Renewal = Renewal()
    consent_records: Records | None = None
    awaiting_review: bool = False
    retracted: Retraction | None = None
    called_off: date | None = None
    retired: bool = False
    handling: Handling | None = None
    urgent_help: str | None = None
    discreet: bool | None = None
    text: str = field(default="", repr=False)

    @property
    def proved(self) -> bool:
        """Whether its words are those of its digest: nobody may be asked to agree to others."""
        return bool(self.text)

    def asked(self, acting_for: str) -> tuple[Consent, ...]:
        """The consents that can be answered for oneself, or for a child."""
        return tuple(consent for consent in self.consents if acting_for in consent.on_behalf)

    def started(self, today: date) -> bool:
        """Whether it counts or has counted by today (in Europe/London): its day has come, and it was not called off."""
        return self.called_off is None and self.effective <= today

    @property
    def frozen_digest(self) -> str:
        """The digest of its file as it is kept now: the tombstone's where it was taken down."""
        return self.retracted.digest if self.retracted else self.digest

    @property
    def name(self) -> str:
        """How messages to the operator call it: `library/2/en`."""
        return f"{self.notice}/{self.version}/{self.language}"

    def consent(self, consent_id: str) -> Consent | None:
        """The consent of that id in this version, if it has one."""
        return next((consent for consent in self.consents if consent.id == consent_id), None)


@dataclass(frozen=True)
class Site:
    """The council as the endpoint needs to know it; `base_url` has no trailing slash; the first language is the default.

    `contact` answers residents; `controller` is the legal body, where site.yml says more of it than its name.
    """

    name: str
    base_url: str
    languages: tuple[str, ...] = ("en",)
    contact: Contact = Contact("")
    origins: tuple[str, ...] = ()
    destinations: Mapping[str, str] = field(default_factory=dict)
    consent_records: Records = Records(
        "6 years", "withdrawal of consent", RecordPeriod(6, Unit.YEAR, Start.CONSENT_END)
    )
    controller: Contact | None = None
    records: OwnRecords | None = None
    act_within: TimeLimit | None = None
    """How soon a service acts on a withdrawal; None in the manifest of an earlier release."""


@dataclass(frozen=True)
class Manifest:
    """Every version ever published, oldest first within a notice."""

    site: Site
    built: date
    versions: tuple[PublishedVersion, ...] = ()

    def notices(self) -> tuple[str, ...]:
        """The ids of all notices, in order."""
        return tuple(sorted({version.notice for version in self.versions}))

    @cached_property
    def discreet(self) -> frozenset[str]:
        """The notices that letters and titles must not name: those of which any version ever said so.

        People answered an earlier version under that promise.
        """
        return frozenset(version.notice for version in self.versions if version.discreet)

    @cached_property
    def _by_name(self) -> Mapping[tuple[str, int, str], PublishedVersion]:
        return {(v.notice, v.version, v.language): v for v in self.versions}

    @cached_property
    def _days(self) -> Mapping[str, tuple[tuple[int, date], ...]]:
        days: dict[str, list[tuple[int, date]]] = {}
        for version in self.versions:
            if version.retracted is None and version.called_off is None:
                days.setdefault(version.notice, []).append((version.version, version.effective))
        return {notice: tuple(pairs) for notice, pairs in days.items()}

    @cached_property
    def _by_number(self) -> Mapping[tuple[str, int], tuple[PublishedVersion, ...]]:
        found: dict[tuple[str, int], tuple[PublishedVersion, ...]] = {}
        for version in self.versions:
            key = version.notice, version.version
            found[key] = (*found.get(key, ()), version)
        return found

    def find(self, notice: str, version: int, language: str) -> PublishedVersion | None:
        """That version in that language, if it was ever published."""
        return self._by_name.get((notice, version, language))

    def in_force(self, notice: str, language: str, on: date) -> PublishedVersion | None:
        """The version of a notice that counts on a day, in a language; None before its first, or where it has none."""
        return next((v for v in self.all_in_force(notice, on) if v.language == language), None)

    def all_in_force(self, notice: str, on: date) -> tuple[PublishedVersion, ...]:
        """The version of a notice that counts on a day, in each of its languages; none before its first."""
        number = number_in_force(self._days.get(notice, ()), on)
        return self._by_number[notice, number] if number is not None else ()


def number_in_force(versions: Iterable[tuple[int, date]], on: date) -> int | None:
    """Of (version, effective) pairs, the highest version whose day has come; None if none has.

    Days are the council's: the caller passes today in Europe/London.
    """
    return max((number for number, effective in versions if effective <= on), default=None)


@dataclass(frozen=True)
class Shell:
    """The site's page layout in one language, cut where the page's title, description and main part go.

    `page` sets a page into it. `words` are the endpoint's and the widget's words: a key such as `receipt.title`
    to a sentence with `{name}` placeholders.
    """

    before_title: str
    before_main: str
    after_main: str
    words: Mapping[str, str]

    def page(self, title: str, main: str) -> str:
        """A whole HTML page; both parts are HTML that is already escaped."""
        return f"{self.before_title}{title}{self.before_main}{main}{self.after_main}"


@dataclass(frozen=True)
class Layout:
    """`endpoint.json`: a shell for each language of the site."""

    shells: Mapping[str, Shell]


def to_json(manifest: Manifest) -> str:
    """The text of `published.json`; the same manifest always gives the same text."""
    versions = map(version_json, manifest.versions)
    return b"".join(json_parts(manifest.site, manifest.built, versions)).decode()


BETWEEN, AFTER = b",\n  ", b"\n ]\n}\n"
"""The text between two versions in `published.json`, and after the last."""


def json_parts(site: Site, built: date, versions: Iterable[bytes]) -> Iterator[bytes]:
    """The same in parts, from what `version_json` gave, for a manifest too large to hold at once."""
    head = _text({"schema": SCHEMA, "built": built.isoformat(), "site": asdict(site)})
    yield (head.removesuffix("\n}") + ',\n "versions": [').encode()
    separator = b"\n  "
    for version in versions:
        yield separator
        yield version
        separator = BETWEEN
    yield AFTER if separator == BETWEEN else b"]\n}\n"


def version_json(version: PublishedVersion) -> bytes:
    """One version as it is within `published.json`. Several of one notice are joined with `BETWEEN`."""
    return _text(_fields(version)).replace("\n", "\n  ").encode()  # a text's own line ends are escaped


def _fields(value: Any) -> Any:
    """A dataclass as nested mappings, like `asdict` without its copies: a site has tens of thousands of versions."""
    if hasattr(value, "__dataclass_fields__"):
        return {name: _fields(item) for name, item in vars(value).items() if name in value.__dataclass_fields__}
    return [_fields(item) for item in value] if isinstance(value, tuple) else value


def _text(document: Any) -> str:
    return json.dumps(_without_empty(document), ensure_ascii=False, indent=1, default=_plain)


def layout_to_json(layout: Layout) -> str:
    """The text of `endpoint.json`."""
    document = {"schema": SCHEMA, "shells": {language: asdict(shell) for language, shell in layout.shells.items()}}
    return json.dumps(document, ensure_ascii=False, indent=1, default=_plain) + "\n"


def from_json(text: str | bytes, read: dict[str, FrozenText] | None = None) -> Manifest:
    """Read `published.json`; `ManifestError` if it is not one, or says something twice.

    `read` holds the frozen texts that were read before, by digest, and takes those that are new: a manifest that is read
    again differs in few of them. Each text is hashed all the same.
    """
    document = _document(text)
    known: dict[str, FrozenText] = {} if read is None else read
    with _Where("manifest"):
        site = _site(document["site"])
        versions = tuple(_named_version(item, known) for item in document["versions"])
        manifest = Manifest(site, date.fromisoformat(document["built"]), versions)
    seen: set[tuple[str, int, str]] = set()
    for version in versions:
        name = (version.notice, version.version, version.language)
        if name in seen:
            raise ManifestError(
                f"the manifest names version {version.notice}/{version.version}/{version.language} twice", name
            )
        seen.add(name)
    return manifest


def salvaged(text: str | bytes) -> Manifest:
    """The sound part of a manifest that `from_json` refuses for some of its versions; `ManifestError` where nothing
    is."""
    document = _document(text)
    with _Where("manifest"):
        site = _site(document["site"])
        found: dict[str, PublishedVersion] = {}
        for item in document["versions"]:
            try:
                version = _version(item, {})
            except (ManifestError, KeyError, TypeError, ValueError, AttributeError):
                continue
            found.setdefault(version.name, version)
        return Manifest(site, date.fromisoformat(document["built"]), tuple(found.values()))


def layout_from_json(text: str | bytes) -> Layout:
    """Read `endpoint.json`; `ManifestError` if it is not one."""
    document = _document(text)
    with _Where("layout"):
        shells = {str(language): _shell(shell) for language, shell in document["shells"].items()}
    if not shells:
        raise ManifestError("the layout holds no language")
    return Layout(shells)


def missing_from(old: Manifest, new: Manifest) -> list[str]:
    """Versions that `old` had and `new` has lost or altered, as `notice/version/language`: history that was rewritten.

    A version may be taken down or called off, but not put back, and its text may not be left out.
    """
    return [v.name for v in old.versions if not _kept(v, new.find(v.notice, v.version, v.language))]


def _kept(old: PublishedVersion, new: PublishedVersion | None) -> bool:
    if new is None or new.digest != old.digest or (old.called_off and new.called_off != old.called_off):
        return False
    if new.retracted is None:
        return old.retracted is None and (new.proved or not old.proved)
    return old.retracted is None or new.retracted.digest == old.retracted.digest or not old.retracted.digest


class _Where:
    """Turns the errors of a malformed document into one `ManifestError`."""

    def __init__(self, what: str) -> None:
        self.what = what

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if isinstance(error, KeyError):
            raise ManifestError(f"the {self.what} lacks {error}") from error
        if isinstance(error, (TypeError, ValueError, AttributeError)) and not isinstance(error, ManifestError):
            raise ManifestError(f"the {self.what} cannot be read: {error}") from error


def _document(text: str | bytes) -> dict[str, Any]:
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ManifestError(f"not JSON: {error}") from error
    if not isinstance(document, dict) or document.get("schema") != SCHEMA:
        raise ManifestError(f"not a document of schema {SCHEMA}")
    return document


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def _without_empty(value: Any) -> Any:
    """Drop keys that say nothing (None), so that the file stays short and a later release can add keys."""
    if isinstance(value, dict):
        return {key: _without_empty(item) for key, item in value.items() if item is not None}
    if isinstance(value, (list, tuple)):
        return [_without_empty(item) for item in value]
    return value


def _only(kind: type[Any], value: Mapping[str, Any]) -> dict[str, Any]:
    """The keys of a mapping that the class knows: a newer manifest may say more."""
    return {key: item for key, item in value.items() if key in kind.__dataclass_fields__}


def _shell(value: Mapping[str, Any]) -> Shell:
    shell = Shell(**_only(Shell, value))
    texts = (shell.before_title, shell.before_main, shell.after_main, *shell.words.values())
    if not all(isinstance(text, str) for text in texts):
        raise ManifestError("the layout holds something that is not text")
    return shell


def _contact(value: Mapping[str, Any]) -> Contact:
    return Contact(**_only(Contact, value))


def _change(value: Mapping[str, Any]) -> Change:
    known = _only(Change, value)
    if "translations" in known:
        following = (_only(Following, item) for item in known["translations"])
        known["translations"] = tuple(Following(**{**one, "by": date.fromisoformat(one["by"])}) for one in following)
    return Change(**known)


def _consent(value: Mapping[str, Any]) -> Consent:
    known = _only(Consent, value)
    if not PUBLISHED_IDENT.fullmatch(known["id"]):
        raise ManifestError(f"consent {known['id']!r} is not well formed")
    known["purposes"] = tuple(known.get("purposes", ()))
    known["on_behalf"] = tuple(known.get("on_behalf", Consent.on_behalf))
    known["withdraw"] = _contact(known.get("withdraw", {"name": ""}))
    if "question" in known:
        known["question"] = Question(**_only(Question, known["question"]))
    return Consent(**known)


def _named_version(value: Mapping[str, Any], read: dict[str, FrozenText]) -> PublishedVersion:
    """A version; a fault is reported with its name."""
    try:
        return _version(value, read)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        name = _name(value)
        why = f"it lacks {error}" if isinstance(error, KeyError) else str(error)
        raise ManifestError(f"version {'/'.join(map(str, name))}: {why}" if name else why, name) from error


def _name(value: object) -> tuple[str, int, str] | None:
    """(notice, number, language) of a version that cannot be read, if it says as much."""
    match value:
        case {"notice": str(notice), "version": int(number), "language": str(language)}:
            return notice, number, language
    return None


def _version(value: Mapping[str, Any], read: dict[str, FrozenText]) -> PublishedVersion:
    known = _only(PublishedVersion, value)
    for key, pattern in (("notice", PUBLISHED_IDENT), ("language", LANGUAGE), ("digest", DIGEST)):
        if not pattern.fullmatch(known[key]):
            raise ManifestError(f"{key} {known[key]!r} is not well formed")
    if type(known["version"]) is not int or known["version"] < 1:
        raise ManifestError(f"version {known['version']!r} is not a number from 1")
    for key in ("published", "effective"):
        known[key] = date.fromisoformat(known[key])
    known["change"] = _change(known["change"])
    known["consents"] = tuple(_consent(item) for item in known.get("consents", ()))
    known["service"] = _contact(known.get("service", {"name": ""}))
    known["renewal"] = Renewal(**_only(Renewal, known.get("renewal", {})))
    if "consent_records" in known:
        known["consent_records"] = _records(known["consent_records"])
    if "handling" in known:
        known["handling"] = _handling(known["handling"])
    if "retracted" in known:
        gone = known["retracted"]
        known["retracted"] = Retraction(date.fromisoformat(gone["on"]), gone["reason"], gone.get("digest", ""))
    if "called_off" in known:
        known["called_off"] = date.fromisoformat(known["called_off"])
    version = PublishedVersion(**known)
    return replace(version, **_proved_words(version, read)) if version.text else version


@dataclass(frozen=True)
class FrozenText:
    """A frozen text that was read: the text itself, which version it names, what it says, and the digest of the version
    that it took the place of, where it is a tombstone."""

    text: str = field(repr=False)
    names: tuple[str, str, str]
    title: str
    retracted: str | None
    words: Mapping[str, Any]


def _proved_words(version: PublishedVersion, read: dict[str, FrozenText]) -> Mapping[str, Any]:
    """The words in the frozen text of a version; `ManifestError` where it is not the text of the digest, or of this
    version."""
    expected = version.frozen_digest
    if hashlib.sha256(version.text.encode("utf-8", "surrogatepass")).hexdigest() != expected:
        raise ManifestError(f"the text of {version.name} is not the one of its digest")
    if expected not in read:
        read[expected] = _frozen_text(version.text, expected)
    frozen = read[expected]
    if frozen.names != (version.notice, str(version.version), version.language):
        raise ManifestError(f"the text of {version.name} is that of {'/'.join(frozen.names)}")
    if frozen.retracted != (version.digest if version.retracted else None):
        raise ManifestError(f"the text of {version.name} does not say whether it was taken down as the manifest does")
    words = {**frozen.words, "title": frozen.title or version.notice, "text": frozen.text}
    records, told = words["consent_records"], version.consent_records
    if records and told and (told.keep, told.after) == (records.keep, records.after):
        words["consent_records"] = told  # with the period that the generator read in these very words
    return words


def _frozen_text(text: str, digest: str) -> FrozenText:
    try:
        document = frozen_text.load_without(text, UNUSED)
    except frozen_text.NotCanonical as error:
        raise ManifestError(f"the text of digest {digest} is not one that publish wrote") from error
    names = (document["notice"], document["version"], document["language"])
    gone = document.get("retracted")
    retracted = gone["digest"] if gone else None
    return FrozenText(text, names, document.get("title", ""), retracted, frozen_words(document))


UNUSED = ("sections", "shared", "pictures")
"""Long parts of a frozen text that the endpoint has no use for."""


def frozen_words(document: Mapping[str, Any]) -> dict[str, Any]:
    """The words of a frozen document for both packages, as the fields of a version.

    Its values are texts, lists and mappings.
    """
    records = document.get("consent_records")
    days = document.get("renewal", {}).get("lapses_after_days")
    return {
        "published": date.fromisoformat(document["published"]),
        "effective": date.fromisoformat(document["effective"]),
        "change": _change({"summary": "", **document["change"]}),
        "service": _frozen_contact(document.get("service")),
        "consents": tuple(_frozen_consent(item) for item in document.get("consents", ())),
        "renewal": Renewal(document.get("renewal", {}).get("stays_valid", "yes") == "yes", int(days) if days else None),
        "consent_records": Records(**records) if records else None,
        "awaiting_review": document.get("awaiting_review") == "yes",
        "retired": bool(document.get("facets", {}).get("retired")),
        "urgent_help": document.get("facets", {}).get("urgent_help"),
        "discreet": document.get("facets", {}).get("discreet") == "yes" or None,
    }


def _frozen_contact(value: Mapping[str, Any] | None) -> Contact:
    return Contact(**value) if value else Contact("")


def _frozen_consent(value: Mapping[str, Any]) -> Consent:
    lists: dict[str, Any] = {name: tuple(value[name]) for name in ("purposes", "on_behalf") if name in value}
    if "question" in value:
        lists["question"] = Question(**value["question"])
    return Consent(**{**value, **lists, "withdraw": _frozen_contact(value.get("withdraw"))})


def _handling(value: Mapping[str, Any]) -> Handling:
    given = _only(Handling, value)
    known: dict[str, Any] = {name: tuple(items) for name, items in given.items() if name != "controller"}
    if given.get("controller"):
        known["controller"] = _contact(given["controller"])
    if "storage" in known:
        known["storage"] = tuple(Storage(**_only(Storage, item)) for item in known["storage"])
    return Handling(**known)


def _records(value: Mapping[str, Any]) -> Records:
    known = _only(Records, value)
    if "period" in known:
        known["period"] = record_period.from_json(known["period"])
    return Records(**known)


def _site(value: Mapping[str, Any]) -> Site:
    known = _only(Site, value)
    for key in ("languages", "origins"):
        if key in known:
            known[key] = tuple(known[key])
    for key in ("contact", "controller"):
        if key in known:
            known[key] = _contact(known[key])
    if "consent_records" in known:
        known["consent_records"] = _records(known["consent_records"])
    if "records" in known:
        periods = _only(OwnRecords, known["records"])
        known["records"] = OwnRecords(**{name: record_period.from_json(period) for name, period in periods.items()})
    if "act_within" in known:
        known["act_within"] = record_period.limit_from_json(known["act_within"])
    return Site(**known)
