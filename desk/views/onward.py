"""Where a page leads once something is done: to the notice's form."""

from __future__ import annotations

from flask import current_app, url_for


def to_notice(name: str) -> str:
    """The address of a notice's form; of the first page where this desk has no such form."""
    return url_for("notice.edit", notice=name) if "notice.edit" in current_app.view_functions else url_for("home.home")
