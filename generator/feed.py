"""Atom feeds of what was published: RFC 4287. Pure.

An entry's id is its version's permanent address, so it never changes, whatever is published later.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from xml.sax.saxutils import escape, quoteattr

from generator import estate
from generator.site import SiteSource
from generator.versions import Version
from generator.words import Words

NEWEST = 50
"""How many entries a feed holds."""


def feed(path: str, title: str, page: str, versions: Iterable[Version], site: SiteSource, words: Words) -> str:
    """The feed at `path` of the newest of some versions; `page` is what it is the feed of. Both are root-relative."""
    newest = sorted(versions, key=lambda version: (version.published, version.notice, version.version))[-NEWEST:]
    updated = max((version.published for version in newest), default=date(1970, 1, 1))
    parts = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={quoteattr(words.language)}>',
        f"<id>{escape(site.base_url + path)}</id>",
        f"<title>{escape(title)}</title>",
        f"<updated>{_instant(updated)}</updated>",
        f"<author><name>{escape(site.organisation.name.in_language(words.language))}</name></author>",
        f'<link rel="self" type="application/atom+xml" href={quoteattr(site.base_url + path)}/>',
        f'<link rel="alternate" type="text/html" href={quoteattr(site.base_url + page)}/>',
        *(_entry(version, site, words) for version in reversed(newest)),
        "</feed>",
    ]
    return "\n".join(parts) + "\n"


def _entry(version: Version, site: SiteSource, words: Words) -> str:
    address = site.base_url + estate.version_path(version, site)
    title = words("page.feed.entry", title=version.title, number=version.version)
    starts = words("page.feed.starts", date=words.full_date(version.effective))
    return "\n".join(
        [
            "<entry>",
            f"<id>{escape(address)}</id>",
            f"<title>{escape(title)}</title>",
            f"<published>{_instant(version.published)}</published>",
            f"<updated>{_instant(version.published)}</updated>",
            f'<link rel="alternate" type="text/html" href={quoteattr(address)}/>',
            f"<summary>{escape(f'{version.change.summary} {starts}')}</summary>",
            "</entry>",
        ]
    )


def _instant(day: date) -> str:
    """A day as RFC 3339 asks: versions are published by the day."""
    return f"{day.isoformat()}T00:00:00Z"
