"""The desk's pages for authoring, a blueprint each. `desk.app` registers those in `ALL`."""

from __future__ import annotations

from flask import Flask

from desk.views import (
    act_log,
    example,
    home,
    imports,
    notice,
    notices,
    paste,
    people,
    previews,
    printed,
    publish,
    publish_shared,
    retiring,
    review,
    settings,
    shares,
    translation,
    versions,
)
from desk.views.texts import pages, saves, shared

ALL = (
    home.VIEWS,
    notices.VIEWS,
    notice.VIEWS,
    previews.VIEWS,
    paste.VIEWS,
    review.VIEWS,
    publish.VIEWS,
    publish_shared.VIEWS,
    versions.VIEWS,
    retiring.VIEWS,
    printed.VIEWS,
    shares.VIEWS,
    imports.VIEWS,
    settings.VIEWS,
    people.VIEWS,
    act_log.VIEWS,
    example.VIEWS,
    translation.VIEWS,
    shared.VIEWS,
    pages.VIEWS,
    saves.SHARED,
    saves.PAGES,
)


def install(app: Flask) -> None:
    """Register the pages."""
    for blueprint in ALL:
        app.register_blueprint(blueprint)
    for editor in (notice, shared, pages):
        editor.install(app)
