"""Asks axe what on a page is not fit for everybody. It is put into a page once, however often it is asked there."""

from __future__ import annotations

from collections.abc import Mapping

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

COLOURS: Mapping[str, object] = {"runOnly": ["color-contrast", "link-in-text-block"]}
"""The options for a page that was looked at whole: all that another palette can change."""
_RUN = "options => axe.run(options).then(found => found.violations)"


def violations(page: Page, options: Mapping[str, object] | None = None) -> list[str]:
    """Each rule that the page breaks as it is now, with its sentence and where; `options` are those of `axe.run`."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate(_RUN, {"resultTypes": ["violations"], **(options or {})})
    return [f"{one['id']}: {one['help']} {[node['target'] for node in one['nodes']]}" for one in found]
