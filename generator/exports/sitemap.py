"""Files for search engines: sitemap.xml (sitemaps.org) with last changes and languages, and robots.txt. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from xml.sax.saxutils import escape, quoteattr

from generator.site_plan import SITEMAP_MOST, sitemap_names
from widget.base_path import path_of

_OPEN = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">'
_PRIVATE = ("/consent/", "/receipt/", "/confirm/", "/api/")
CHECKS = "/check/"


@dataclass(frozen=True)
class Address:
    """A page that search engines may list: its absolute address, last change and address in each language."""

    url: str
    changed: date | None = None
    languages: Mapping[str, str] = field(default_factory=dict)


def files(addresses: Sequence[Address], base_url: str, most: int = SITEMAP_MOST) -> Iterable[tuple[str, str]]:
    """sitemap.xml, or an index of that name and its parts where there are more addresses than one may hold."""
    chunks = [addresses[at : at + most] for at in range(0, len(addresses), most)] or [()]
    whole, *names = sitemap_names(len(addresses), most)
    if not names:
        yield whole, _sitemap(chunks[0])
        return
    lines = [f"<sitemap><loc>{escape(f'{base_url}/{name}')}</loc></sitemap>" for name in names]
    opening = '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    yield whole, _document([opening, *lines, "</sitemapindex>"])
    for name, chunk in zip(names, chunks, strict=True):
        yield name, _sitemap(chunk)


def _sitemap(addresses: Iterable[Address]) -> str:
    return _document([_OPEN, *(_url(address) for address in addresses), "</urlset>"])


def _document(lines: Iterable[str]) -> str:
    return "\n".join(['<?xml version="1.0" encoding="utf-8"?>', *lines]) + "\n"


def _url(address: Address) -> str:
    changed = f"<lastmod>{address.changed.isoformat()}</lastmod>" if address.changed else ""
    languages = address.languages if len(address.languages) > 1 else {}
    others = "".join(
        f'<xhtml:link rel="alternate" hreflang={quoteattr(language)} href={quoteattr(url)}/>'
        for language, url in languages.items()
    )
    return f"<url><loc>{escape(address.url)}</loc>{changed}{others}</url>"


def robots(base_url: str, prefixes: Sequence[str] = ("",)) -> str:
    """robots.txt (RFC 9309): everything may be listed save the addresses that are one person's, or one paper copy's.

    `prefixes` are what the addresses of each language start with.
    """
    below = path_of(base_url)
    paths = [*_PRIVATE, *(f"{prefix}{CHECKS}" for prefix in prefixes)]
    closed = "".join(f"Disallow: {below}{path}\n" for path in paths)
    return f"User-agent: *\n{closed}\nSitemap: {base_url}/sitemap.xml\n"
