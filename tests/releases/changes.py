"""The differences between a recorded site and the same site built now: the list of those that are meant, and the comparison."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatch
from typing import Any


@dataclass(frozen=True)
class Change:
    """A change since a release, with the reason why its site may differ. Patterns such as `*/index.html` name the files."""

    why: str
    alters: tuple[str, ...] = ()
    """Files with other bytes."""
    rewords: tuple[str, ...] = ()
    """Pages with other words; name them in `alters` too."""
    adds: tuple[str, ...] = ()
    """New files."""
    drops: tuple[str, ...] = ()
    """Files that are gone."""
    fields: tuple[str, ...] = ()
    """Keys added to published.json, such as `versions[].words`."""


CHANGES: Mapping[str, tuple[Change, ...]] = {
    "0.1.0": (
        Change("each page says what it may load", alters=("*.html", "endpoint.json")),
        Change(
            "the frozen file of each version is published, and the history links to it",
            alters=("*/history/index.html", "holiday-clubs/v/1/index.html"),
            rewords=("*/history/index.html", "holiday-clubs/v/1/index.html"),
            adds=("*/v/*/notice.yml",),
        ),
        Change(
            "the manifest carries the frozen text of versions with consents",
            fields=("versions[].text", "versions[].retracted.digest"),
        ),
        Change("security.txt names SECURITY.md for faults of the software", alters=(".well-known/security.txt",)),
        Change("the endpoint has sentences for addresses that no letter can bear", alters=("endpoint.json",)),
        Change(
            "published.json says how soon a service acts on a withdrawal",
            fields=("site.act_within",),
        ),
        Change(
            "the endpoint counts the period that the generator read",
            fields=("site.consent_records.period", "versions[].consent_records.period"),
        ),
        Change(
            "words for letters and pages about erasures, digests and what was done",
            alters=("endpoint.json",),
        ),
        Change(
            "records of consent name the data, recipients, storage and controller (ISO/IEC TS 27560)",
            fields=("site.controller", "versions[].handling"),
        ),
        Change(
            "a mail address whose link leads to it stands once among the changes",
            alters=("*/changes/index.html",),
            rewords=("*/changes/index.html",),
        ),
        Change(
            "headings of ordinary pages have ids that links lead to",
            alters=("*accessibility/index.html", "*cookies/index.html"),
        ),
        Change(
            "forms of consent keep no old choice beside new words, and the script sends the id of the view",
            alters=(
                "consent.js*",
                "family-hubs/index.html",
                "family-hubs/v/2/index.html",
                "*holiday-clubs/index.html",
                "*holiday-clubs/v/3/index.html",
            ),
            adds=("assets/consent.*.js*",),
            drops=("assets/consent.*.js*",),
        ),
        Change(
            "ids that blockers hide have a prefix; the styles that choose by id have a new name in every page",
            alters=("*.html", "consent.js*"),
            adds=("assets/site.*.css*",),
            drops=("assets/site.*.css*",),
        ),
        Change(
            "the filter of the list folds apostrophes and letters",
            adds=("assets/filter.*",),
            drops=("assets/filter.*",),
        ),
        Change(
            "the list has one line a notice and no dates, and begins with the search and the ways to withdraw",
            rewords=("index.html", "cy/index.html"),
        ),
        Change("the foot of every page says who helps and where to report a problem", rewords=("*.html",)),
        Change("versions apply from a day, in feeds too", alters=("*feed.xml",)),
        Change(
            "fields of the form that stands in other sites have room between them",
            alters=("consent.css*",),
            adds=("assets/consent.*.css*",),
            drops=("assets/consent.*.css*",),
        ),
        Change("pages of the endpoint say more about answers that are not saved, or differ", alters=("endpoint.json",)),
        Change(
            "the choice begins with “I do not agree”, and answers fit a statement",
            alters=("endpoint.json", "consent.js*"),
            rewords=(
                "family-hubs/index.html",
                "family-hubs/v/2/index.html",
                "*holiday-clubs/index.html",
                "*holiday-clubs/v/3/index.html",
            ),
        ),
        Change(
            "a notice begins with a line and what it says at a glance; the facts about the version are at its end",
            rewords=("*family-hubs/index.html", "*holiday-clubs/index.html", "*primary/index.html", "*/v/?/index.html"),
        ),
    )
}
"""The changes since each release. Tests fail for a difference that no change names, and for a pattern that matches nothing."""


def patterns(release: str, kind: str) -> list[str]:
    """All patterns of one kind (`alters`, `adds` ...) since a release."""
    return [pattern for change in CHANGES.get(release, ()) for pattern in getattr(change, kind)]


def unexplained(files: Iterable[str], named: Iterable[str]) -> list[str]:
    """Files that no pattern matches, and patterns that match no file."""
    files, named = set(files), set(named)
    strange = {name for name in files if not any(fnmatch(name, pattern) for pattern in named)}
    idle = {pattern for pattern in named if not any(fnmatch(name, pattern) for name in files)}
    return sorted(strange | idle)


def differences(was: Any, now: Any, path: str = "") -> Iterator[str]:
    """Differences between two JSON documents: the path of an added key (`versions[].words`), a sentence for anything else."""
    if isinstance(was, dict) and isinstance(now, dict):
        start = f"{path}." if path else ""
        yield from (start + key for key in now.keys() - was.keys())
        yield from (f"{start}{key} is gone" for key in was.keys() - now.keys())
        for key in was.keys() & now.keys():
            yield from differences(was[key], now[key], start + key)
    elif isinstance(was, list) and isinstance(now, list) and len(was) == len(now):
        for old, new in zip(was, now, strict=True):
            yield from differences(old, new, f"{path}[]")
    elif was != now:
        yield f"{path} was {was!r} and is {now!r}"
