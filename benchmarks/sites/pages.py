"""The pages of a notice as facts and Markdown: what each of the other generators writes down in its own form.

Values that such a tool cannot compute are computed here: the comparison of two versions as runs of words, the facts
of a version as finished text, the digests. Dates are text in ISO 8601.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from benchmarks.sites.ours import SITE as OUR_SITE
from generator.content import site_file
from generator.exports import jsonld, qr_code
from generator.markdown.render import Renderer
from generator.pages import theme
from generator.versions import changes
from generator.versions import version as versions
from generator.versions.changes import How
from generator.versions.version import Version

BASE = "https://privacy.example.org"
ROBOTS = f"User-agent: *\nDisallow: /check/\n\nSitemap: {BASE}/sitemap.xml\n"
TEMPLATES = Path(__file__).with_name("jinja_templates")
"""The HTML of ours in what Jinja2 and Nunjucks have in common."""
RENDERER = Renderer()
(SITE,) = filter(None, [site_file.read(OUR_SITE.encode())[0]])
WORDS = theme.read_words([theme.OWN_TEMPLATES], SITE.languages)["en"]


@dataclass(frozen=True)
class Page:
    """One page: its template, address and title, the facts that its template shows, and its Markdown."""

    layout: str
    url: str
    title: str
    facts: dict[str, object]
    body: str = ""


def of_notice(history: tuple[Version, ...]) -> Iterator[Page]:
    """The HTML pages of a notice and its feed; the current page first, then the versions."""
    current = history[-1]
    name = f"/{current.notice}/"
    yield Page("current", name, current.title, _current(current))
    for version in history:
        yield Page("version", f"{name}v/{version.version}/", version.title, _facts(version, current), body(version))
    listed = [_past(version, history) for version in reversed(history)]
    shared: dict[str, object] = {"notice": name, "versions": listed}
    yield Page("history", f"{name}history/", f"Versions of {current.title}", shared)
    feed = shared | {"notice_title": current.title, "updated": str(current.published)}
    yield Page("feed", f"{name}feed.xml", f"Changes of {current.title}", feed)
    for before, version in zip((None, *history), history, strict=False):
        check = _facts(version, current) | {"notice_title": version.title}
        shown = {key: value for key, value in check.items() if key not in ("sections", "consents")}
        yield Page("check", f"/check/{version.notice}/{version.version}/", "Is this copy still current?", shown)
        if before is not None:
            title = f"{version.title}: what version {version.version} changed"
            yield Page("changes", f"{name}v/{version.version}/changes/", title, _changes(before, version))


def json_ld(version: Version) -> tuple[str, str]:
    """The facts of a version for programs: their address and their text."""
    return f"/{version.notice}/v/{version.version}/notice.jsonld", jsonld.notice(version, SITE)


def write_ready(folder: Path, history: tuple[Version, ...]) -> None:
    """The files of a notice that a tool only copies: the facts of its versions and their QR codes."""
    for version in history:
        url, text = json_ld(version)
        path = folder / url.strip("/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        path.with_name("qr.svg").write_bytes(qr_code.svg(f"{BASE}/check/{version.notice}/{version.version}/"))


def body(version: Version) -> str:
    """The sections as one Markdown text, each heading with its id as most tools read it."""
    return "\n\n".join(f"## {s.heading or 'About this notice'} {{#{s.id}}}\n\n{s.markdown}" for s in version.sections)


def _current(version: Version) -> dict[str, object]:
    return {
        "source": f"/{version.notice}/v/{version.version}",
        "category": version.facets["category"],
        "summary": version.summary,
        "number": version.version,
        "effective": str(version.effective),
    }


def _facts(version: Version, current: Version) -> dict[str, object]:
    name = f"/{version.notice}/"
    return {
        "notice": name,
        "summary": version.summary,
        "number": version.version,
        "in_force": version is current,
        "replaced_by": None
        if version is current
        else {"number": current.version, "effective": str(current.effective), "change": current.change.summary},
        "effective": str(version.effective),
        "published": str(version.published),
        "review_by": version.facets["review_by"],
        "change": version.change.summary,
        "digest": versions.digest(version.notice.encode()),
        "permanent": f"{name}v/{version.version}/",
        "sections": [{"id": s.id, "heading": s.heading or "About this notice"} for s in version.sections],
        "consents": [
            {"id": c.id, "statement": c.statement, "effect": c.effect, "if_refused": c.if_refused}
            for c in version.consents
        ],
    }


def _changes(before: Version, version: Version) -> dict[str, object]:
    found = changes.compare(before, version, RENDERER, WORDS)
    name = f"/{version.notice}/"
    numbered = {
        which: {"label": f"version {v.version}", "href": f"{name}v/{v.version}/"}
        for which, v in (("before", before), ("after", version))
    }
    return numbered | {
        "notice": name,
        "notice_title": version.title,
        "kind": version.change.kind,
        "change": version.change.summary,
        "effective": str(version.effective),
        "words_added": found.words(How.ADDED),
        "words_removed": found.words(How.REMOVED),
        "changed": [{"id": section.id, "heading": section.heading} for section in found.of(How.CHANGED)],
        "sections": [
            {"id": section.id, "heading": section.heading, "how": section.how, "groups": _groups(section)}
            for section in found.sections
        ],
    }


def _groups(section: changes.SectionChange) -> list[dict[str, object]]:
    return [
        {"kind": kind, "passages": [[{"how": run.how, "text": run.text} for run in passage.runs] for passage in found]}
        for kind, found in groupby(section.passages, key=lambda passage: passage.kind)
    ]


def _past(version: Version, history: tuple[Version, ...]) -> dict[str, object]:
    following = next((v for v in history if v.version > version.version), None)
    return {
        "number": version.version,
        "href": f"/{version.notice}/v/{version.version}/",
        "in_force": following is None,
        "published": str(version.published),
        "effective": str(version.effective),
        "until": str(following.effective) if following else None,
        "kind": version.change.kind,
        "change": version.change.summary,
        "digest": versions.digest(version.notice.encode()),
    }
