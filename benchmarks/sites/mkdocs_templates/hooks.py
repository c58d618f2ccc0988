"""The hooks that MkDocs asks of its user here: facts of pages from JSON files, dates, and what the pages of the whole
site list."""

from __future__ import annotations

import json
from datetime import date
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any

FACTS = Path(__file__).with_name("facts")
LISTED = {"index.html", "current.html", "version.html", "changes.html", "history.html"}
VERSIONS: dict[str, Any] = {}


@lru_cache
def day(text: str) -> str:
    """2026-01-03 as "3 January 2026"."""
    then = date.fromisoformat(text)
    return f"{then.day} {then:%B %Y}"


def on_page_markdown(markdown: str, page: Any, config: Any, files: Any) -> None:
    """Read the facts of a page: JSON is read several times as fast as MkDocs reads front matter."""
    page.meta["p"] = json.loads((FACTS / page.file.src_uri).with_suffix(".json").read_bytes())


def on_env(env: Any, config: Any, files: Any) -> Any:
    """All pages are read: what the list, the feed and the sitemap show."""
    pages = [file.page for file in files.documentation_pages()]
    shown = [
        {"title": page.title, "url": page.abs_url, "p": page.meta["p"], "of": page.meta["template"]} for page in pages
    ]
    notices = [one for one in shown if one["of"] == "current.html"]
    notices.sort(key=lambda one: (one["p"]["category"], one["title"]))
    versions = [one for one in shown if one["of"] == "version.html"]
    env.autoescape = True
    env.filters["day"] = day
    env.globals |= {
        "base": config.site_url.rstrip("/"),
        "categories": [
            {"name": name, "notices": list(found)} for name, found in groupby(notices, lambda one: one["p"]["category"])
        ],
        "latest": sorted(versions, key=lambda one: one["p"]["published"], reverse=True)[:50],
        "listed": [one for one in shown if one["of"] in LISTED],
    }
    VERSIONS.update({page.file.src_uri: page for page in pages if page.meta["template"] == "version.html"})
    return env


def on_page_context(context: Any, page: Any, config: Any, nav: Any) -> Any:
    """The current page shows the version in force, which is rendered already."""
    source = page.meta["p"].get("source")
    shown = VERSIONS[f"{source.strip('/')}.md"] if source else page
    context |= {"title": page.title, "url": page.abs_url, "p": shown.meta["p"], "content": shown.content}
    return context


def on_template_context(context: Any, template_name: str, config: Any) -> Any:
    """404.html, the feed and the sitemap have no facts of their own."""
    context |= {"title": "There is no such page", "url": f"/{template_name}", "p": {}}
    return context
