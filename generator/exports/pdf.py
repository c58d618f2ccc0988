"""A version as a tagged PDF (PDF/UA-1), made by WeasyPrint: the extra `pdf`.

It reads nothing but the site's own files.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import Any
from urllib.parse import urlsplit

from generator.content.site_file import FILE
from generator.exports.faults import O02
from generator.problems import NotInstalled, Place, Problem

VARIANT = "pdf/ua-1"


def missing() -> list[Problem]:
    """The reason why PDFs cannot be made here."""
    if find_spec("weasyprint") is not None:
        return []
    remedy = "Install it with: pip install 'noticeboard[pdf]', or write `pdf: no`."
    return [O02.problem(Place(FILE), "`pdf` is asked for, and WeasyPrint is not installed.", remedy)]


def render(html: str, base_url: str, asset: Callable[[str], bytes | None]) -> bytes:
    """The PDF of a whole HTML page; the same page always gives the same bytes.

    `asset` gives the bytes of a file of the site by its root-relative address, or None: nothing else is ever fetched.
    """
    weasyprint = _weasyprint()

    class OwnFiles(import_module("weasyprint.urls").URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:
            data = asset(urlsplit(url).path) if url.startswith(f"{base_url}/") else None
            if data is None:
                raise ValueError(f"{url} is not a file of this site")
            return weasyprint.urls.URLFetcherResponse(url, data, {"Content-Type": _type(url)})

    logging.getLogger("weasyprint").setLevel(logging.ERROR)  # it also warns of every style meant for browsers
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    identifier = hashlib.sha256(html.encode()).hexdigest()[:32].encode()
    document = weasyprint.HTML(string=html, base_url=f"{base_url}/", url_fetcher=OwnFiles())
    made: bytes = document.write_pdf(pdf_variant=VARIANT, pdf_identifier=identifier, pdf_tags=True)
    return made


def _weasyprint() -> Any:
    """The library: an extra, and slow to start, so only builds that make PDFs load it.

    `NotInstalled` where the system lacks Pango, which it draws text with and which no wheel brings.
    """
    try:
        return import_module("weasyprint")
    except OSError as missing:
        remedy = "Install Pango (Debian: apt-get install libpango-1.0-0 libpangoft2-1.0-0), or write `pdf: no`."
        message = "`pdf` is asked for, and the system has no Pango, which draws the text of PDFs."
        raise NotInstalled([O02.problem(Place(FILE), message, remedy)]) from missing


def _type(url: str) -> str:
    kinds = {"css": "text/css", "svg": "image/svg+xml", "png": "image/png", "jpg": "image/jpeg", "webp": "image/webp"}
    kinds["gif"] = "image/gif"
    return kinds.get(url.rpartition(".")[2], "application/octet-stream")
