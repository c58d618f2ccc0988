"""The same pages for Hugo: what our build writes for each notice, and the pages of the whole site.

For each notice the current page, both versions, their changes, the pages that say whether a printed copy counts, the
history, a feed, facts as JSON-LD and QR codes; for the site the list, a feed, the sitemap, robots.txt and 404.html.
What Hugo does well it may do: the version in force is rendered once and shown at two addresses, dates, sitemap and codes
are Hugo's own. What it cannot do, or not without much work in its templates, is done for it before the clock starts: the
comparison of two versions comes as runs of words, the facts as finished text, the digests of versions as they are. It
does not verify that what was published never changed, and it makes no published.json. The templates hold the HTML of ours.
"""

from __future__ import annotations

import json
import shutil
from itertools import groupby
from pathlib import Path

from benchmarks.sites import corpus
from benchmarks.sites.ours import SITE as OUR_SITE
from generator import changes, jsonld, theme, versions
from generator import site as site_file
from generator.changes import How
from generator.prose import Renderer
from generator.versions import Version

TEMPLATES = Path(__file__).with_name("hugo_templates")
CONFIG = {
    "baseURL": "https://privacy.example.org/",
    "title": "Exampleshire",
    "disableKinds": ["taxonomy", "term", "section"],
    "enableRobotsTXT": True,
    "outputs": {"home": ["html", "rss"], "page": ["html"]},
    "services": {"rss": {"limit": 50}},
    "markup": {"goldmark": {"renderer": {"unsafe": False}}, "tableOfContents": {"endLevel": 2}},
}


NOT_LISTED = {"disable": True}
RENDERER = Renderer()
(SITE,) = filter(None, [site_file.read(OUR_SITE.encode())[0]])
WORDS = theme.read_words([theme.OWN_TEMPLATES], SITE.languages)["en"]


def write(root: Path, count: int, unique: bool = False) -> None:
    """Make the folder."""
    shutil.copytree(TEMPLATES, root)
    (root / "hugo.json").write_text(json.dumps(CONFIG), "utf-8")
    (root / "content").mkdir()
    (root / "content" / "_index.md").write_text('{"title": "Privacy notices"}\n', "utf-8")
    for pair in corpus.notices(count, unique):
        _notice(root, pair)


def edit(root: Path, notice: str) -> None:
    """Publish one more version of a notice."""
    first, second = corpus.find(notice)
    _notice(root, (first, second, corpus.following(second, "")))


def _notice(root: Path, history: tuple[Version, ...]) -> None:
    current = history[-1]
    folder = root / "content" / current.notice
    (folder / "v").mkdir(parents=True, exist_ok=True)
    name = f"/{current.notice}/"
    shown = {
        "title": current.title,
        "layout": "current",
        "url": name,
        "source": f"{name}v/{current.version}",
        "version": 0,
    }
    shown |= {"category": current.facets["category"], "summary": current.summary, "number": current.version}
    shown |= {"effective": str(current.effective), "list": True}
    _page(folder / "current.md", shown, "")
    for version in history:
        _page(folder / "v" / f"{version.version}.md", _facts(version, current), _body(version))
    listed = [_past(version, history) for version in reversed(history)]
    title = f"Versions of {current.title}"
    facts = {"title": title, "layout": "history", "url": f"{name}history/", "notice": name, "versions": listed}
    _page(folder / "history.md", facts, "")
    feed = {"title": f"Changes of {current.title}", "layout": "feed", "url": f"{name}feed.xml", "versions": listed}
    feed |= {"notice": name, "notice_title": current.title, "updated": str(current.published), "sitemap": NOT_LISTED}
    _page(folder / "feed.md", feed, "")
    for before, version in zip((None, *history), history, strict=False):
        _of_version(folder / "v", before, version, current)


def _of_version(folder: Path, before: Version | None, version: Version, current: Version) -> None:
    facts = _facts(version, current) | {"sitemap": NOT_LISTED}
    check = facts | {"title": "Is this copy still current?", "layout": "check", "notice_title": version.title}
    _page(folder / f"{version.version}-check.md", check | {"url": f"/check/{version.notice}/{version.version}/"}, "")
    data = {"layout": "facts", "url": f"{facts['permanent']}notice.jsonld", "sitemap": NOT_LISTED}
    _page(folder / f"{version.version}-facts.md", data, jsonld.notice(version, SITE))
    if before is not None:
        _page(folder / f"{version.version}-changes.md", _changes(before, version), "")


def _changes(before: Version, version: Version) -> dict[str, object]:
    found = changes.compare(before, version, RENDERER, WORDS)
    name = f"/{version.notice}/"
    numbered = {
        which: {"label": f"version {v.version}", "href": f"{name}v/{v.version}/"}
        for which, v in (("before", before), ("after", version))
    }
    return numbered | {
        "title": f"{version.title}: what version {version.version} changed",
        "layout": "changes",
        "url": f"{name}v/{version.version}/changes/",
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


def _page(path: Path, facts: dict[str, object], body: str) -> None:
    path.write_text(f"{json.dumps(facts, ensure_ascii=False, indent=1)}\n{body}", "utf-8")


def _facts(version: Version, current: Version) -> dict[str, object]:
    name = f"/{version.notice}/"
    return {
        "title": version.title,
        "layout": "version",
        "url": f"{name}v/{version.version}/",
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


def _body(version: Version) -> str:
    return "\n\n".join(f"## {s.heading or 'About this notice'} {{#{s.id}}}\n\n{s.markdown}" for s in version.sections)


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
