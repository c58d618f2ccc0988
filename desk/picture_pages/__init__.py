"""The desk's pages that take a picture: those of a notice, and the council's logo. `desk.app` registers them."""

from __future__ import annotations

from flask import Flask

from desk.picture_pages import logo, of_notice


def install(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(of_notice.VIEWS)
    app.register_blueprint(logo.VIEWS)
    of_notice.install(app)
