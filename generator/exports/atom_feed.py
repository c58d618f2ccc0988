"""Atom feeds of what was published: RFC 4287. Pure.

An entry's id is its version's permanent address, so it never changes, whatever is published later.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape, quoteattr

from generator.content.site_file import SiteSource
from generator.versions import timeline
from generator.versions.version import Version
from generator.wording.strings import Words

NEWEST = 50
"""How many entries a feed holds."""


@dataclass(frozen=True)
class About:
    """A feed's own address, its title, and the page that it is the feed of. Both addresses are root-relative."""

    path: str
    title: str
    page: str


def feed(
    about: About,
    versions: Iterable[Version],
    site: SiteSource,
    words: Words,
    change_language: Callable[[Version], str | None],
) -> str:
    """The text of a feed of the newest of some versions. One that was taken down is named, without its words.

    `change_language` gives the language in which a version says what changed, if it is not that of `words`.
    """
    newest = sorted(versions, key=lambda version: (_updated(version), version.notice, version.version))[-NEWEST:]
    updated = max(map(_updated, newest), default=date(1970, 1, 1))
    parts = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={quoteattr(words.language)}>',
        f"<id>{escape(site.base_url + about.path)}</id>",
        f"<title>{escape(about.title)}</title>",
        f"<updated>{_instant(updated)}</updated>",
        f"<author><name>{escape(site.organisation.name.in_language(words.language))}</name></author>",
        f'<link rel="self" type="application/atom+xml" href={quoteattr(site.base_url + about.path)}/>',
        f'<link rel="alternate" type="text/html" href={quoteattr(site.base_url + about.page)}/>',
        *(_entry(version, site, words, change_language(version)) for version in reversed(newest)),
        "</feed>",
    ]
    return "\n".join(parts) + "\n"


def _updated(version: Version) -> date:
    if version.retracted:
        return version.retracted.on
    return version.called_off.on if version.called_off else version.published


def _entry(version: Version, site: SiteSource, words: Words, language: str | None) -> str:
    address = site.base_url + timeline.version_path(version, site)
    title = version.title or words("page.retracted.notice")
    if version.retracted:
        title = words("page.retracted.title", title=title, number=version.version)
        told = words("page.retracted.reason"), version.retracted.reason
        language = site.language if site.language != words.language else None
    else:
        title = words("page.feed.entry", title=title, number=version.version)
        told = version.change.summary, words("page.feed.starts", date=words.full_date(version.effective))
        if version.called_off:
            told = version.change.summary, words("page.called_off.feed", date=words.full_date(version.called_off.on))
    return "\n".join(
        [
            "<entry>",
            f"<id>{escape(address)}</id>",
            f"<title{_spoken(version.language, words)}>{escape(title)}</title>",
            f"<published>{_instant(version.published)}</published>",
            f"<updated>{_instant(_updated(version))}</updated>",
            f'<link rel="alternate" type="text/html" href={quoteattr(address)}/>',
            _summary(told, 1 if version.retracted else 0, language),
            "</entry>",
        ]
    )


def _spoken(language: str, words: Words) -> str:
    """Marks what is in another language than the feed, such as a version that this language lacks."""
    return "" if language == words.language else f" xml:lang={quoteattr(language)}"


def _summary(told: tuple[str, str], given: int, language: str | None) -> str:
    """Two sentences. The one that the council gave may be in another language than the feed: then HTML says so."""
    if language is None:
        return f"<summary>{escape(' '.join(told))}</summary>"
    marked = (
        f'<span lang="{language}">{escape(text)}</span>' if index == given else escape(text)
        for index, text in enumerate(told)
    )
    return f'<summary type="html">{escape(" ".join(marked))}</summary>'


def _instant(day: date) -> str:
    """A day as RFC 3339 asks: versions are published by the day."""
    return f"{day.isoformat()}T00:00:00Z"
