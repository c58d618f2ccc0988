"""Facts about a notice that no version is needed for: when it is reviewed, its heading in the list, its old
addresses. Pure.

`listing.yml` beside the versions holds them, with the days of reviews. It is not frozen: version control is its
history. Its facts about a language replace those that that language's versions hold.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from generator.rule import ERROR, Family, Rule
from generator.scene import Edit, scene
from generator.versions import frozen_yaml
from generator.versions.version import Version

P07 = Rule(
    "P07",
    Family.PUBLISHING,
    ERROR,
    "Facts about a notice that cannot be read",
    "A `listing.yml` that `publish` or `reviewed` would not have written.",
    "No page can be made with it.",
    scene(Edit("content/library/listing.yml", new="categry: Leisure\n"), "status"),
    scene("reviewed library --next 2027-11-24", "status"),
)

FILE = "listing.yml"
_REMARK = "# Facts about the notice that need no version. Change them in notice.md; `publish` and `reviewed` write them here.\n"


@dataclass(frozen=True)
class Entry:
    """The notice's entry in one language's list."""

    category: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Listing:
    """Everything in the file.

    `reviewed` are the days on which somebody found that nothing has to change, oldest first.
    """

    review_by: date | None = None
    reviewed: tuple[date, ...] = ()
    languages: Mapping[str, Entry] = field(default_factory=dict)


def name(notice: str) -> str:
    """Where it is kept, relative to content/."""
    return f"{notice}/{FILE}"


def of(texts: Iterable[Version], before: Listing | None) -> Listing:
    """The listing from these texts, the main language first; `before` keeps its reviews, and its day where the texts
    name none."""
    listing = before or Listing()
    languages = dict(listing.languages)
    days = []
    for text in texts:
        facets = text.facets
        languages[text.language] = Entry(facets.get("category", ""), tuple(map(str, facets.get("aliases", ()))))
        days += [facets["review_by"]] if facets.get("review_by") else []
    review_by = date.fromisoformat(str(days[0])) if days else listing.review_by
    return Listing(review_by, listing.reviewed, languages)


def dump(listing: Listing) -> bytes:
    """The bytes of the file: the same facts always give the same bytes."""
    document: dict[str, Any] = {"review_by": listing.review_by} if listing.review_by else {}
    if listing.reviewed:
        document["reviewed"] = list(listing.reviewed)
    document["languages"] = {
        language: {key: list(value) if key == "aliases" else value for key, value in vars(entry).items() if value}
        for language, entry in listing.languages.items()
    }
    return (_REMARK + frozen_yaml.dump(document)).encode()


@lru_cache(1024)
def read(data: bytes, file: str) -> Listing:
    """The file's facts. `ValueError` says what is wrong with it, for its editor."""
    document = frozen_yaml.load_any(data.decode("utf-8-sig"), file)
    if not isinstance(document, dict) or (unknown := document.keys() - {"review_by", "reviewed", "languages"}):
        raise ValueError(f"it has `{', '.join(sorted(unknown))}`" if isinstance(document, dict) else "it has no keys")
    languages = document.get("languages", {})
    if not isinstance(languages, dict) or not all(isinstance(said, dict) for said in languages.values()):
        raise ValueError("`languages` has, for each language, `category` and `aliases`")
    days = [_day(day) for day in document.get("reviewed", ())]
    review_by = _day(document["review_by"]) if document.get("review_by") else None
    return Listing(review_by, tuple(days), {language: _entry(said) for language, said in languages.items()})


def _day(text: object) -> date:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        raise ValueError(f"`{text}` is not a day like 2027-11-30") from None


def _entry(said: Mapping[str, Any]) -> Entry:
    aliases = said.get("aliases") or ()
    category = said.get("category") or ""
    if isinstance(aliases, str) or not all(isinstance(one, str) for one in aliases) or not isinstance(category, str):
        raise ValueError("`category` is a text, and `aliases` a list of addresses")
    return Entry(category, tuple(aliases))


def applied(version: Version, listing: Listing) -> Version:
    """A version as pages show it: with the facts of the listing in place of its own."""
    facets = dict(version.facets)
    if listing.review_by:
        facets["review_by"] = str(listing.review_by)
    if (entry := listing.languages.get(version.language)) is not None:
        facets |= {"category": entry.category, "aliases": list(entry.aliases)}
    kept = {key: value for key, value in facets.items() if value or key not in ("category", "aliases")}
    return dataclasses.replace(version, facets=kept)
