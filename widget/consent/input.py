"""Requests, read strictly from a form or JSON against the manifest; or every fault of one. Pure.

The manifest is the only authority on what was published. Unexpected parts are refused, never passed over: an
unknown key may be a misspelt one that mattered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from widget.alphabet import folded
from widget.consent.reach import lacking
from widget.errors import Refusal, Unavailable, Wrong
from widget.ledger.events import Decision
from widget.manifest import DIGEST, PUBLISHED_IDENT, ActingFor, Consent, Manifest, PublishedVersion
from widget.people.addresses import BadAddress, address
from widget.people.details import Details

NUMBER = re.compile(r"[1-9][0-9]{0,8}")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
KEY = re.compile(r"[A-Za-z0-9_-]{22,255}")
UUID = re.compile(r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}")
REQUEST_ID = re.compile(r"[A-Za-z0-9_-]{22,128}")
"""128 bits or more, as base64 or hexadecimal digits."""
LONGEST = {
    "name": 200,
    "phone": 50,
    "post": 500,
    "reference": 50,
    "notice": 255,
    "about": 200,
    "case": 100,
    "problem": 2000,
}
LONGEST_TEXT = 254
LONGEST_SHOWN = 1000
MOST_DECISIONS = 100
DECISION = "decision."

REACHED_BY = ("email", "phone", "case", "about")
"""Details that somebody who answers may give about themselves, or `about` the child."""
ANSWER_KEYS = frozenset({"version", "digest", "language", "acting_for", *REACHED_BY})
FORM_KEYS = ANSWER_KEYS | {"request_id"}
JSON_KEYS = ANSWER_KEYS | {"notice", "decisions", "request_id"}
STATUS_KEYS = frozenset({"notice", "consent", "reference", "email", "acting_for"})
REQUEST_KEYS = frozenset({"notice", "reference", "name", "email", "phone", "post", "about", "case", "acting_for"})
REQUEST_FORM_KEYS = REQUEST_KEYS | {"request_id"}


@dataclass(frozen=True)
class Answer:
    """A resident's answer to the statements of one published version."""

    version: PublishedVersion
    decisions: Mapping[str, Decision]
    acting_for: str = ActingFor.SELF
    said: Details = field(default_factory=Details)
    request_id: str | None = None
    """Of the view of the form; None where it is not one that nobody can guess."""


@dataclass(frozen=True)
class StatusQuestion:
    """A question of one of the council's systems: where one consent stands, of whom the reference or address is."""

    notice: str
    consent: str
    reference: str | None
    email: str | None
    acting_for: str


@dataclass(frozen=True)
class Withdrawal:
    """Which consents of a receipt are withdrawn, and what the person adds about themselves."""

    consents: tuple[str, ...]
    details: Details


@dataclass(frozen=True)
class WithdrawalRequest:
    """A wish to withdraw without a receipt: the notice, where it is known, and how the person can be found."""

    notice: str | None
    details: Details
    acting_for: str | None = None
    request_id: str | None = None
    """Of the view of the form; None where it is not one that nobody can guess."""


OnFile = Mapping[str, Details]
"""Details on file about the person who answers, by the person answered for."""
NOBODY: OnFile = {}


def answer_from_form(
    form: Mapping[str, Sequence[str]], notice: str, manifest: Manifest, today: date, on_file: OnFile = NOBODY
) -> Answer:
    """The answer in a form that was sent for a notice; `Refusal` 400 if it is malformed, 409 if not in force by today."""
    wrongs = list(form_wrongs(form, FORM_KEYS, DECISION))
    fields = single(form)
    decisions = {
        name.removeprefix(DECISION): value for name, value in fields.items() if name.startswith(DECISION) and value
    }
    number = fields.get("version", "")
    if not NUMBER.fullmatch(number):
        wrongs.append(Wrong("version", "malformed" if number else "missing"))
    said = {**fields, "notice": notice}
    return _answer(said, int(number) if NUMBER.fullmatch(number) else None, decisions, manifest, today, wrongs, on_file)


def answer_from_json(body: object, manifest: Manifest, today: date, on_file: OnFile = NOBODY) -> Answer:
    """The answer in a JSON document; `Refusal` 400 if it is malformed, 409 if its words were not in force by today."""
    document = _object(body)
    wrongs = [Wrong(_shown(key), "unknown") for key in document if key not in JSON_KEYS]
    said = {key: document[key] for key in JSON_KEYS & document.keys() if key not in ("version", "decisions")}
    number = document.get("version")
    if type(number) is not int or not 1 <= number < 10**9:
        wrongs.append(Wrong("version", "malformed" if "version" in document else "missing"))
        number = None
    decisions = document.get("decisions", {})
    if not isinstance(decisions, dict) or len(decisions) > MOST_DECISIONS:
        wrongs.append(Wrong("decisions", "malformed"))
        decisions = {}
    return _answer(said, number, decisions, manifest, today, wrongs, on_file)


WHO = ("name", "email", "case")
"""Details that somebody who withdraws may add, so that the service can find them."""


def withdrawal_from_json(body: object) -> Withdrawal:
    """The withdrawal in a JSON document; `Refusal` 400 if it is malformed."""
    document = _object(body)
    wrongs = [Wrong(_shown(key), "unknown") for key in document if key not in ("consents", *WHO)]
    texts = _texts({key: document[key] for key in WHO if document.get(key) is not None}, wrongs)
    details = _who(texts, wrongs)
    consents = document.get("consents")
    if not isinstance(consents, list) or not 1 <= len(consents) <= MOST_DECISIONS:
        wrongs.append(Wrong("consents", "malformed" if "consents" in document else "missing"))
    elif not all(isinstance(consent, str) and PUBLISHED_IDENT.fullmatch(consent) for consent in consents):
        wrongs.append(Wrong("consents", "malformed"))
    elif not wrongs:
        return Withdrawal(tuple(dict.fromkeys(consents)), details)
    raise Refusal(400, dict.fromkeys(wrongs))


def status_from_json(body: object, manifest: Manifest) -> StatusQuestion:
    """The question in a JSON document; `Refusal` 400 if it is malformed, 409 if no version has that consent."""
    document = _object(body)
    wrongs = [Wrong(_shown(key), "unknown") for key in document if key not in STATUS_KEYS]
    texts = _texts({key: document[key] for key in sorted(STATUS_KEYS & document.keys())}, wrongs)
    for name in ("notice", "consent"):
        if not PUBLISHED_IDENT.fullmatch(texts.get(name, "")):
            wrongs.append(Wrong(name, "malformed" if texts.get(name) else "missing"))
    if bool(texts.get("reference")) == bool(texts.get("email", "").strip(" ")):
        wrongs.append(Wrong("reference", "no-way-to-reach"))
    texts["email"] = email_in(texts.get("email", ""), wrongs)
    if texts.get("acting_for", ActingFor.SELF) not in tuple(ActingFor):
        wrongs.append(Wrong("acting_for", "acting-for"))
    if wrongs:
        raise Refusal(400, dict.fromkeys(wrongs))
    notice, consent = texts["notice"], texts["consent"]
    if not any(version.notice == notice and version.consent(consent) for version in manifest.versions):
        raise Refusal(409, [Wrong("consent", "consent-unknown")])
    named = {name: texts.get(name) or None for name in ("reference", "email")}
    return StatusQuestion(notice, consent, acting_for=texts.get("acting_for", ActingFor.SELF), **named)


def withdrawal_from_form(form: Mapping[str, Sequence[str]]) -> Withdrawal:
    """The withdrawal of one consent by a receipt's form; `Refusal` 400 if it is malformed."""
    wrongs = list(form_wrongs(form, frozenset({"consent", *WHO})))
    fields = single(form)
    consent = fields.get("consent", "")
    texts = _texts({name: fields[name] for name in WHO if name in fields}, wrongs)
    details = _who(texts, wrongs)
    if not PUBLISHED_IDENT.fullmatch(consent):
        wrongs.append(Wrong("consent", "malformed" if consent else "missing"))
    if wrongs:
        raise Refusal(400, dict.fromkeys(wrongs))
    return Withdrawal((consent,), details)


def address_from_form(form: Mapping[str, Sequence[str]], others: frozenset[str] = frozenset()) -> str:
    """The one address in a form that asks for a letter; `Refusal` 400 if there is none, or none that a letter can bear.

    `others` are the names of further fields that the form may have.
    """
    wrongs = list(form_wrongs(form, others | {"email"}))
    email = email_in(single(form).get("email", ""), wrongs)
    if not email and not wrongs:
        wrongs.append(Wrong("email", "missing"))
    if wrongs:
        raise Refusal(400, wrongs)
    return email


def _who(texts: Mapping[str, str], wrongs: list[Wrong]) -> Details:
    said = {name: visible(text) for name, text in texts.items() if name != "email"}
    return Details(email_in(texts.get("email", ""), wrongs) or None, **said)


def withdrawal_request(form: Mapping[str, Sequence[str]], manifest: Manifest) -> WithdrawalRequest:
    """A request to withdraw without a receipt; `Refusal` 400 if it is malformed or leads to nobody."""
    wrongs = list(form_wrongs(form, REQUEST_FORM_KEYS))
    fields = {name: value for name, value in single(form).items() if name in REQUEST_KEYS}
    typed_email = fields.pop("email", "")
    fields = {name: value.strip() for name, value in fields.items()}
    wrongs += [wrong for name, value in fields.items() if (wrong := text_wrong(name, value))]
    notice = fields.pop("notice", "") or None
    if notice is not None and notice not in manifest.notices():
        wrongs.append(Wrong("notice", "notice-unknown"))
    acting_for = fields.pop("acting_for", "") or None
    if acting_for not in (None, *ActingFor):
        wrongs.append(Wrong("acting_for", "acting-for"))
    details = Details(email_in(typed_email, wrongs) or None, **{name: visible(value) for name, value in fields.items()})
    if not (details.reference or typed_email.strip(" ") or details.phone or details.post):
        wrongs.append(Wrong("reference", "no-way-to-reach"))
    if wrongs:
        raise Refusal(400, wrongs)
    return WithdrawalRequest(notice, details, acting_for, request_id_in(form))


def request_id_in(form: Mapping[str, Sequence[str]]) -> str | None:
    """The id of the view that a form was sent from; None where it is not one that nobody can guess."""
    request_id = single(form).get("request_id", "")
    return request_id if REQUEST_ID.fullmatch(request_id) else None


def typed(form: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """The typed text, fit to be shown again: without signs that HTML cannot hold, and not without end."""
    return {
        name: CONTROL.sub("", value)[: max(LONGEST_SHOWN, LONGEST.get(name, 0))] for name, value in single(form).items()
    }


def is_key(text: str) -> bool:
    """Whether an Idempotency-Key is fit to be answered with a token: one that nobody guesses, a random UUID (version
    4) or at least 22 characters of base64url. UUIDs of other versions are made from a clock, a machine or a name."""
    if UUID.fullmatch(text):
        return text[14] == "4" and text[19] in "89abAB"
    return KEY.fullmatch(text) is not None


def _answer(
    said: Mapping[str, object],
    number: int | None,
    decisions: Mapping[str, object],
    manifest: Manifest,
    today: date,
    wrongs: list[Wrong],
    on_file: OnFile,
) -> Answer:
    """Both forms of an answer come together here: first is it well formed, then was it published, then is it allowed."""
    texts = _texts(said, wrongs)
    for name, pattern in (("notice", PUBLISHED_IDENT), ("digest", DIGEST), ("language", PUBLISHED_IDENT)):
        if not pattern.fullmatch(texts.get(name, "").lower() if name == "language" else texts.get(name, "")):
            wrongs.append(Wrong(name, "malformed" if texts.get(name) else "missing"))
    chosen = _decisions(decisions, wrongs)
    said_of = _who({name: texts[name] for name in REACHED_BY if name in texts}, wrongs)
    acting_for = texts.get("acting_for", ActingFor.SELF)
    if acting_for not in tuple(ActingFor):
        wrongs.append(Wrong("acting_for", "acting-for"))
    if said_of.about and acting_for == ActingFor.SELF:
        wrongs.append(Wrong("about", "unknown"))
    if wrongs or number is None:
        raise Refusal(400, dict.fromkeys(wrongs))
    version = _published(manifest, texts, number, today)
    consents = _on(version, chosen)
    _check_acting_for(consents, acting_for)
    if missing := list(lacking(consents, chosen, acting_for, said_of, on_file.get(acting_for, Details()))):
        raise Refusal(400, missing)
    request_id = texts.get("request_id", "")
    return Answer(version, chosen, acting_for, said_of, request_id if REQUEST_ID.fullmatch(request_id) else None)


def _texts(said: Mapping[str, object], wrongs: list[Wrong]) -> dict[str, str]:
    """The values that are clean texts; the others are noted."""
    texts = {}
    for name, value in said.items():
        if value is None and name in ("acting_for", *REACHED_BY):
            continue
        if not isinstance(value, str):
            wrongs.append(Wrong(name, "malformed"))
        elif wrong := text_wrong(name, value):
            wrongs.append(wrong)
        else:
            texts[name] = value
    return texts


def email_in(text: str, wrongs: list[Wrong]) -> str:
    """The address as letters are sent to it; nothing where none was typed, or where none can be: that is noted."""
    if not text.strip(" "):
        return ""
    try:
        return str(address(text))
    except BadAddress as error:
        wrongs.append(Wrong("email", error.code))
        return ""


def _decisions(decisions: Mapping[str, object], wrongs: list[Wrong]) -> dict[str, Decision]:
    chosen = {}
    for consent, value in decisions.items():
        if not PUBLISHED_IDENT.fullmatch(consent):
            wrongs.append(Wrong(DECISION + _shown(consent), "malformed"))
        elif value not in ("given", "refused"):
            wrongs.append(Wrong(DECISION + consent, "decision"))
        else:
            chosen[consent] = Decision(str(value))
    if not decisions and not any(wrong.field.startswith("decision") for wrong in wrongs):
        wrongs.append(Wrong("decisions", "nothing-chosen"))
    return chosen


def _published(manifest: Manifest, texts: Mapping[str, str], number: int, today: date) -> PublishedVersion:
    version = manifest.find(texts["notice"], number, texts["language"])
    if version is None or version.digest != texts["digest"] or version.awaiting_review or version.retracted:
        raise Refusal(409, [Wrong("version", "unpublished")])
    check_proved(version)
    if not version.started(today):  # a page that shows it early has no choice to make yet
        raise Refusal(409, [Wrong("version", "unpublished")])
    return version


def check_proved(version: PublishedVersion) -> None:
    """`Unavailable` where nothing proves that the words of a version are those of its digest: nobody may agree to
    them."""
    if version.consents and not version.proved:
        raise Unavailable(f"nothing proves the words of {version.name}: build the site, and see /readyz")


def _on(version: PublishedVersion, chosen: Iterable[str]) -> list[Consent]:
    found = {consent: version.consent(consent) for consent in chosen}
    if unknown := [consent for consent, known in found.items() if known is None]:
        raise Refusal(409, [Wrong(DECISION + consent, "consent-unknown") for consent in unknown])
    return [known for known in found.values() if known is not None]


def _check_acting_for(consents: Iterable[Consent], acting_for: str) -> None:
    code = "not-for-child" if acting_for == ActingFor.CHILD else "not-for-self"
    if wrongs := [Wrong(DECISION + consent.id, code) for consent in consents if acting_for not in consent.on_behalf]:
        raise Refusal(400, wrongs)


def form_wrongs(form: Mapping[str, Sequence[str]], known: frozenset[str], prefix: str = "\0") -> Iterable[Wrong]:
    """Fields of a form that nobody asked for, or that it has more than once."""
    for name, values in form.items():
        if name not in known and not name.startswith(prefix):
            yield Wrong(_shown(name), "unknown")
        if len(values) != 1:
            yield Wrong(_shown(name), "repeated")


def visible(text: str) -> str | None:
    """A text without the space around it; None where nothing of it can be seen, so that nobody could read it."""
    return text.strip() if folded(text).strip() else None


def single(form: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """The first value of each field."""
    return {name: values[0] for name, values in form.items() if values}


def text_wrong(name: str, text: str) -> Wrong | None:
    """The fault of a text: it is too long, or has signs that nothing can keep."""
    if name == "email":
        return None  # its own grammar says more
    if len(text) > LONGEST.get(name, LONGEST_TEXT):
        return Wrong(name, "too-long")
    if CONTROL.search(text):
        return Wrong(name, "characters")
    return None


def _object(body: object) -> dict[str, object]:
    if not isinstance(body, dict):
        raise Refusal(400, [Wrong("", "not-json")])
    return body


def _shown(name: str) -> str:
    """A name that was sent, fit to be sent back."""
    return name[:50].encode("utf-8", "replace").decode()
