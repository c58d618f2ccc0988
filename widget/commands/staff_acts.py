"""Acts that staff report for somebody, from the options of `consents record` or a line of CSV: read, or every problem."""

from __future__ import annotations

import argparse
import csv
import hashlib
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from widget.commands.channels import CHANNELS
from widget.commands.moments import When, read_moment
from widget.consent.input import CONTROL, LONGEST
from widget.consent.reach import lacking
from widget.errors import StartRefused
from widget.ledger.events import Decision
from widget.manifest import DIGEST, ActingFor, Manifest, PublishedVersion
from widget.people.addresses import BadAddress, address
from widget.people.details import Details
from widget.strings import LONDON

SAID = ("name", "email", "phone", "post", "about", "case")
COLUMNS = (
    *("notice", "version", "language", "decision", "channel", "reference", "acting-for", "earlier", "digest"),
    *("person-confirmed", *SAID, "by", "happened"),
)
"""The columns of a CSV file: the command's long options."""
STAFF_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
LIKE_A_NAME = re.compile(r"[A-Z][a-z]+([._-][A-Z][a-z]+)+|[a-z]+(\.[a-z]+)+|[A-Z]\.?[A-Z][a-z]{2,}")
WITHDRAWN = "withdrawn"
REACH = {
    "reach": "this yes needs a way to reach the person: give an email, a phone or a case.",
    "reach-child": "this yes needs to say which child it is: a first name, or a reference that the service knows.",
}


@dataclass(frozen=True)
class Problem:
    """The fault of one value: its place, and the remedy."""

    place: str
    text: str

    def __str__(self) -> str:
        return f"{self.place}: {self.text}"


class Problems(StartRefused):
    """Every problem of what was to be recorded. Nothing was."""

    def __init__(self, found: list[Problem]) -> None:
        super().__init__("Nothing was recorded.\n" + "\n".join(map(str, found)))
        self.problems = found


@dataclass(frozen=True)
class StaffAct:
    """One person's answers to the council, in the words of one version or of an earlier form."""

    place: str
    notice: str
    version: PublishedVersion | None
    language: str
    decisions: Mapping[str, str]
    channel: str
    by: str
    happened: When
    acting_for: str
    said: Details
    reference: str | None = None
    earlier: bytes | None = None
    digest: str | None = None
    person_confirmed: bool = False

    @property
    def withdraws(self) -> bool:
        """Whether it withdraws, and does not answer."""
        return WITHDRAWN in self.decisions.values()


def staff_id(text: str) -> str:
    """The id of the member of staff, as the ledger keeps it for good; `StartRefused` for a name or an address."""
    if not STAFF_ID.fullmatch(text) or LIKE_A_NAME.fullmatch(text):
        raise StartRefused(
            f"--by {text}: the ledger keeps this for good, so it is never a name or an address. Write a staff number or a "
            "role of letters, digits, . _ and -, such as FH-3 or DPO."
        )
    return text


def from_options(given: argparse.Namespace) -> list[dict[str, str]]:
    """The one act of the command line, as a row."""
    return [_options(given)]


def from_csv(given: argparse.Namespace, content: bytes) -> list[dict[str, str]]:
    """The acts of a CSV file, as rows with the number of their line under ``.

    Options fill columns that it does not have.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Problems(
            [Problem(f"byte {error.start + 1}", "this is not UTF-8. Save the file as CSV UTF-8.")]
        ) from error
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    defaults = _options(given)
    rows: list[dict[str, str]] = []
    problems: list[Problem] = []
    try:
        names = [name.strip().lower().lstrip("-").replace("_", "-") for name in next(reader, [])]
        problems += [
            Problem(
                f"line 1, column {place}", f"{name or 'an empty name'} is not a column. There are {', '.join(COLUMNS)}."
            )
            for place, name in enumerate(names, 1)
            if name not in COLUMNS or names.index(name) != place - 1
        ]
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            line = reader.line_num
            if len(cells) != len(names):
                problems.append(Problem(f"line {line}", f"it has {len(cells)} columns, line 1 has {len(names)}."))
            rows.append(defaults | dict(zip(names, cells, strict=False)) | {"": f"line {line}"})
    except csv.Error as error:
        problems.append(Problem(f"line {reader.line_num}", f"this is not CSV: {error}."))
    if problems:
        raise Problems(problems)
    return rows


def read(rows: list[dict[str, str]], manifest: Manifest, now: datetime) -> list[StaffAct]:
    """Every act; `Problems` with everything that is wrong with any of them."""
    acts, problems = [], []
    for row in rows:
        reader = _Row(row, manifest, now)
        act = reader.act()
        problems += reader.problems
        if act is not None:
            acts.append(act)
    if problems:
        raise Problems(problems)
    return acts


def _options(given: argparse.Namespace) -> dict[str, str]:
    row = {}
    for name in COLUMNS:
        value = getattr(given, name.replace("-", "_"), None)
        if isinstance(value, list):
            row[name] = " ".join(value)
        elif value is True:
            row[name] = "yes"
        elif value not in (None, False):
            row[name] = str(value)
    return row


class _Row:
    """Reads one row and gathers its problems."""

    def __init__(self, row: Mapping[str, str], manifest: Manifest, now: datetime) -> None:
        self._row, self._manifest, self._now = row, manifest, now
        self._line = row.get("", "")
        self.problems: list[Problem] = []

    def act(self) -> StaffAct | None:
        """The act; None where there are problems."""
        notice, reference, language = self._text("notice"), self._text("reference"), self._text("language") or "en"
        decisions = dict(self._decisions())
        channel = self._of("channel", CHANNELS)
        acting_for = self._of("acting-for", tuple(ActingFor), ActingFor.SELF)
        by, happened = self._by(), self._happened()
        said = Details(**{name: self._said(name) for name in SAID})
        earlier = self._earlier()
        withdraws = WITHDRAWN in decisions.values()
        if withdraws and set(decisions.values()) != {WITHDRAWN}:
            self._wrong("decision", "a withdrawal is recorded alone: give the other answers in a line of their own.")
        if not notice and not (withdraws and reference):
            self._wrong("notice", f"which notice? There are {', '.join(self._manifest.notices())}.")
        elif notice and notice not in self._manifest.notices():
            self._wrong("notice", f"there is no notice {notice}. There are {', '.join(self._manifest.notices())}.")
        elif withdraws and not reference and not any(vars(said).values()):
            self._wrong(
                "reference", "whose is it? Give the reference of their receipt, or a name, case, phone, email or post."
            )
        if self.problems or happened is None:
            return None
        version = (
            None
            if withdraws or earlier is not None
            else self._version(notice, language, happened, decisions, acting_for)
        )
        if version is not None and not reference:  # else what is on file may do: that is looked up when it is recorded
            chosen = {consent: Decision(decision) for consent, decision in decisions.items()}
            for missing in lacking(version.consents, chosen, acting_for, said):
                self._wrong(missing.field, REACH[missing.code])
        digest = self._digest(version, earlier)
        confirmed = self._of("person-confirmed", ("yes", "no"), "no") == "yes"
        if self.problems:
            return None
        return StaffAct(
            self._line, notice, version, language, decisions, channel, by, happened, acting_for, said, reference or None,
            earlier, digest, confirmed,
        )  # fmt: skip

    def _wrong(self, name: str, text: str) -> None:
        place = f"{self._line}, column {name}" if self._line else f"--{name}"
        self.problems.append(Problem(place, text))

    def _text(self, name: str) -> str:
        return self._row.get(name, "").strip()

    def _of(self, name: str, allowed: tuple[str, ...], default: str = "") -> str:
        value = self._text(name) or default
        if value not in allowed:
            self._wrong(name, f"{value or 'nothing'} is not one of {', '.join(allowed)}.")
        return value

    def _decisions(self) -> Iterator[tuple[str, str]]:
        parts = re.split(r"[\s;,]+", self._text("decision").strip(" ;,"))
        seen: set[str] = set()
        for part in parts if parts != [""] else []:
            consent, _, decision = part.partition("=")
            if decision not in ("given", "refused", WITHDRAWN) or not consent or consent in seen:
                self._wrong(
                    "decision", f"{part} is not CONSENT=given, CONSENT=refused or CONSENT=withdrawn, each consent once."
                )
            seen.add(consent)
            yield consent, decision
        if not seen:
            self._wrong("decision", "what did they say? Write CONSENT=given, CONSENT=refused or CONSENT=withdrawn.")

    def _by(self) -> str:
        try:
            return staff_id(self._text("by"))
        except StartRefused as error:
            self._wrong("by", str(error).partition(": ")[2])
            return ""

    def _happened(self) -> When | None:
        text = self._text("happened")
        try:
            when = read_moment(text)
        except StartRefused as error:
            self._wrong("happened", str(error))
            return None
        if when.at > self._now:
            self._wrong("happened", f"{text} lies in the future. Write when they told you.")
        return when

    def _said(self, name: str) -> str | None:
        if name not in self._row or (self._line and not self._row[name]):
            return None
        text = self._text(name)
        if not text:
            self._wrong(name, "this is empty. Write it, or leave it out.")
        elif name == "email":
            return self._address(text)
        elif len(text) > LONGEST[name]:
            self._wrong(name, f"this is longer than {LONGEST[name]} characters.")
        elif CONTROL.search(text):
            self._wrong(name, "this has signs in it that cannot be kept. Type it anew.")
        return text

    def _address(self, text: str) -> str:
        """An address as letters are sent to it."""
        try:
            return str(address(text))
        except BadAddress as error:
            self._wrong("email", f"no letter can be sent to {text}: {error}.")
            return text

    def _earlier(self) -> bytes | None:
        path = self._text("earlier")
        if not path:
            return None
        try:
            words = Path(path).read_bytes()
        except OSError as error:
            self._wrong("earlier", f"{path} cannot be read: {error.strerror}.")
            return None
        if not words.strip():
            self._wrong("earlier", f"{path} is empty. Write the words of the form into it.")
        return words

    def _version(
        self, notice: str, language: str, happened: When, decisions: Mapping[str, str], acting_for: str
    ) -> PublishedVersion | None:
        """The version that they answered, which was there when they did."""
        text = self._text("version")
        if text and not re.fullmatch(r"[1-9][0-9]{0,8}", text):
            self._wrong("version", f"{text} is not the number of a version.")
            return None
        found = self._manifest.find(notice, int(text), language) if text else None
        version = found if text else self._manifest.in_force(notice, language, happened.day)
        if version is None:
            name = f"version {text}" if text else f"version in force on {happened.day:%-d %B %Y}"
            self._wrong("version", f"{notice} has no {name} in {language}. For a form from before: --earlier FILE.")
            return None
        if happened.day < version.published:
            self._wrong(
                "happened",
                f"version {version.version} was published on {version.published:%-d %B %Y}, after that. Which version did "
                "they answer? For a form from before: --earlier FILE.",
            )
        if version.effective > self._now.astimezone(LONDON).date():
            self._wrong("happened", f"version {version.version} is in force from {version.effective:%-d %B %Y}.")
        if version.called_off:
            self._wrong(
                "version", f"version {version.version} was called off before it started: nobody could agree to it."
            )
            return version
        if version.retracted or version.awaiting_review:
            self._wrong("version", f"version {version.version} was taken down or not checked: nobody can agree to it.")
            return version
        for consent in decisions:
            known = version.consent(consent)
            if known is None:
                there = ", ".join(one.id for one in version.consents) or "none"
                self._wrong(
                    "decision", f"version {version.version} of {notice} has no consent {consent}. There are: {there}."
                )
            elif acting_for not in known.on_behalf:
                self._wrong("acting-for", f"{consent} cannot be answered for: {acting_for}.")
        return version

    def _digest(self, version: PublishedVersion | None, earlier: bytes | None) -> str | None:
        """The fingerprint that the form bears, if it was given: it must be that of the words."""
        text = self._text("digest").lower()
        if not text:
            return None
        words = version.digest if version else hashlib.sha256(earlier).hexdigest() if earlier is not None else ""
        if not DIGEST.fullmatch(text) or text != words:
            self._wrong(
                "digest",
                f"these are not the 64 digits of the words that it is recorded for{f': {words}' if words else ''}.",
            )
        return text
