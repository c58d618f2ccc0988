"""The record of processing activities: what the council's notices say, as a table with a row for each purpose. Pure.

UK GDPR article 30(1)(a) to (g); 30(2)(a) and (b) for work that the council does for others. The table guesses
nothing: a cell is empty where the notice says nothing, and `none` is written as such.
"""

from __future__ import annotations

import csv
import dataclasses
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from generator.content.model import Retention
from generator.content.site_file import SiteSource
from generator.versions import handling, timeline
from generator.versions.timeline import Standing
from generator.versions.version import Version
from generator.wording import contacts, retention_sentences
from generator.wording.context import Setting
from generator.wording.strings import Words
from widget.manifest import Contact

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""First signs of a cell that a spreadsheet may run."""


@dataclass(frozen=True)
class Activity:
    """One purpose of a version, or a version that names none."""

    version: Version
    standing: Standing
    purpose: Mapping[str, Any]
    site: SiteSource
    words: Words

    def items(self, facet: str) -> list[Mapping[str, Any]]:
        """The entries of a facet that is a list."""
        return list(handling.items(self.version.facets, facet))

    def said(self, facet: str, texts: Iterable[str]) -> str:
        """The texts of a facet, or that there is none of it."""
        if self.version.facets.get(facet) == "none":
            return self.words("ropa.none")
        return "; ".join(texts)


Row = tuple[str, ...]


def rows(versions: Iterable[tuple[Version, Standing]], site: SiteSource, words: Words) -> list[Row]:
    """The table: first the heads of its columns in one language, then a row for each purpose of each version.

    `words` are those of the versions' language. A retired notice is no processing any more and has no row.
    """
    table = [tuple(words(f"ropa.columns.{name}") for name in COLUMNS)]
    for version, standing in versions:
        if not version.facets.get("retired"):
            table += _rows(version, standing, site, words)
    return table


def _rows(version: Version, standing: Standing, site: SiteSource, words: Words) -> Iterator[Row]:
    purposes: Iterable[Mapping[str, Any]] = version.facets.get("purposes") or ({},)
    for purpose in purposes:
        activity = Activity(version, standing, purpose, site, words)
        yield tuple(" ".join(cell(activity).split()) for cell in COLUMNS.values())


def in_force(versions: Iterable[Version], language: str, on: date) -> Iterator[tuple[Version, Standing]]:
    """The version of each notice in a language that counts on a day; before the first counts, the one to come.

    Of a language that follows later, it is the newest that there is.
    """
    for (_, spoken), history in sorted(timeline.histories(versions, on).items()):
        version = (history.shown or history.upcoming) if spoken == language else None
        if version is not None:
            yield version, history.standing(version)


def empty_columns(table: Sequence[Row]) -> list[tuple[str, int]]:
    """The columns with rows that have nothing in them, and how many those are: what the record still lacks."""
    head, *body = table
    counts = [(name, sum(not row[index] for row in body)) for index, name in enumerate(head)]
    optional = {index for index, name in enumerate(COLUMNS) if name in _OPTIONAL}
    return [found for index, found in enumerate(counts) if found[1] and index not in optional]


def csv_bytes(table: Iterable[Row]) -> bytes:
    """The table as CSV (RFC 4180) that a spreadsheet opens with its accents, and without running what a cell says."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows([_harmless(cell) for cell in row] for row in table)
    return text.getvalue().encode("utf-8-sig")


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.lstrip().startswith(FORMULA) else cell


def _reached(contact: Contact | Mapping[str, Any] | None) -> str:
    """A name with every way to reach it."""
    if contact is None:
        return ""
    known = contact if isinstance(contact, Mapping) else vars(contact)
    return "; ".join(str(known[key]) for key in ("name", "email", "phone", "post", "url") if known.get(key))


def _controller(activity: Activity) -> str:
    own = handling.controller(activity.version.facets)
    return _reached(own or contacts.controller(activity.site, activity.version.language))


def _officer(activity: Activity) -> str:
    facets = activity.version.facets
    if handling.controller(facets):
        return _reached(handling.officer(facets))
    return _reached(contacts.officer(activity.site, activity.version.language))


def _address(activity: Activity) -> str:
    if activity.standing is Standing.DRAFT:
        return ""
    return activity.site.base_url + timeline.version_path(activity.version, activity.site)


def _number(activity: Activity) -> str:
    return "" if activity.standing is Standing.DRAFT else str(activity.version.version)


def _day(name: str) -> Callable[[Activity], str]:
    def cell(activity: Activity) -> str:
        return "" if activity.standing is Standing.DRAFT else getattr(activity.version, name).isoformat()

    return cell


def _bases(activity: Activity) -> str:
    """The bases of the purpose; all of the notice's where it names none."""
    bases = activity.items("lawful_bases")
    named = [basis for basis in bases if basis.get("id") in activity.purpose.get("basis", ())]
    return "; ".join(_basis(basis, activity.words) for basis in named or bases)


def _basis(basis: Mapping[str, Any], words: Words) -> str:
    details = [*basis.get("legislation", ()), *(basis.get(key) for key in ("task", "interests", "condition"))]
    return ", ".join([words("ropa.basis", article=basis["article"]), *filter(None, details)])


def _joint(activity: Activity) -> str:
    keys = ("name", "contact", "share")
    return "; ".join(
        ", ".join(item[key] for key in keys if item.get(key)) for item in activity.items("joint_controllers")
    )


def _data(activity: Activity) -> str:
    """The kinds of data for this purpose: those that name it, and those that name none."""
    own = activity.purpose.get("id")
    texts = []
    for item in activity.items("data"):
        if not item.get("purposes") or own in item["purposes"]:
            special = handling.says_yes(item, "special")
            texts.append(activity.words("ropa.special", label=item["label"]) if special else item["label"])
    return "; ".join(texts)


def _special(activity: Activity) -> str:
    return "; ".join(_allowed(item, activity.words) for item in activity.items("special_category"))


def _allowed(item: Mapping[str, Any], words: Words) -> str:
    condition = str(item.get("condition") or "").removeprefix("Article ").removeprefix("article ")
    label = words("ropa.point", label=item["label"], condition=condition) if condition else item["label"]
    return ", ".join(filter(None, (label, item.get("schedule"), item.get("policy"))))


def _criminal(activity: Activity) -> str:
    found = activity.version.facets.get("criminal_data") or {}
    return ", ".join(found[key] for key in ("label", "authority") if found.get(key))


def _recipients(activity: Activity) -> str:
    texts = (
        ", ".join(item[key] for key in ("who", "why", "law", "role") if item.get(key))
        for item in activity.items("sharing")
    )
    return activity.said("sharing", texts)


def _transfers(activity: Activity) -> str:
    return activity.said("transfers", (_transfer(item, activity.words) for item in activity.items("transfers")))


def _transfer(item: Mapping[str, Any], words: Words) -> str:
    if handling.says_yes(item, "adequacy"):
        return words("ropa.adequate", country=item["country"])
    safeguard = item.get("safeguard")
    return words("ropa.safeguarded", country=item["country"], safeguard=safeguard) if safeguard else item["country"]


def _retention(activity: Activity) -> str:
    setting = Setting(activity.site, activity.words, activity.version.effective, {})
    return " ".join(_period(item, setting) for item in activity.items("retention"))


def _period(item: Mapping[str, Any], setting: Setting) -> str:
    known = {field.name: item[field.name] for field in dataclasses.fields(Retention) if field.name in item}
    row = Retention(**known)
    rule = retention_sentences.rule(dataclasses.replace(row, url=None), setting, example=False)
    key = "held" if row.holder else "kept"
    record = retention_sentences.capitalised(row.record)
    text = setting.words(f"ropa.{key}", record=record, holder=row.holder, rule=rule)
    return f"{text} {row.url or ''}"


def _security(activity: Activity) -> str:
    said = activity.site.security_measures
    return said.in_language(activity.version.language) if said else ""


COLUMNS: Mapping[str, Callable[[Activity], str]] = {
    "notice": lambda activity: activity.version.title,
    "state": lambda activity: activity.words(f"ropa.states.{activity.standing}"),
    "version": _number,
    "published": _day("published"),
    "effective": _day("effective"),
    "address": _address,
    "service": lambda activity: activity.version.facets.get("service") or "",
    "controller": _controller,
    "joint-controllers": _joint,
    "acts-for": lambda activity: "; ".join(map(_reached, activity.items("processor_for"))),
    "representative": lambda activity: _reached(activity.version.facets.get("representative")),
    "officer": _officer,
    "purpose": lambda activity: activity.purpose.get("text", ""),
    "lawful-basis": _bases,
    "data-subjects": lambda activity: "; ".join(activity.version.facets.get("data_subjects") or ()),
    "data": _data,
    "special-category": _special,
    "criminal-data": _criminal,
    "recipients": _recipients,
    "transfers": _transfers,
    "retention": _retention,
    "security": _security,
}
"""The columns in their order, each with its cell; the heads are `ropa.columns` of the strings."""
_OPTIONAL = frozenset(
    {"version", "published", "effective", "address", "service", "joint-controllers", "acts-for", "representative"}
    | {"special-category", "criminal-data"}
)
"""Columns that a sound record may leave empty."""
