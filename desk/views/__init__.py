"""The desk's pages for authoring, a blueprint each. `desk.app` registers those in `ALL`."""

from __future__ import annotations

from desk.views import home, publish, review, shares, versions

ALL = (home.VIEWS, review.VIEWS, publish.VIEWS, versions.VIEWS, shares.VIEWS)
