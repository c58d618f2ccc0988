"""The same pages for Hugo: for each notice the current page, both versions and the history, and the list of all.

What Hugo does well it may do: the version in force is rendered once and shown at two addresses, dates are Hugo's own,
and kinds of pages that our build does not write are off. The templates hold the HTML of ours.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from benchmarks.sites import corpus
from generator import versions
from generator.versions import Version

TEMPLATES = Path(__file__).with_name("hugo_templates")
CONFIG = {
    "baseURL": "https://privacy.example.org/",
    "title": "Exampleshire",
    "disableKinds": ["taxonomy", "term", "RSS", "sitemap", "section", "robotsTXT", "404"],
    "markup": {"goldmark": {"renderer": {"unsafe": False}}, "tableOfContents": {"endLevel": 2}},
}


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
