"""What a page says where the site's files cannot be read: every problem, with its place."""

from __future__ import annotations

from flask import Blueprint, Response

from desk.guard import page
from generator.problems import ContentError


def told(blueprint: Blueprint) -> None:
    """Have the pages of a blueprint say what is wrong with the site."""
    blueprint.register_error_handler(ContentError, _page)


def _page(failure: ContentError) -> Response:
    return page("office/broken.html", 503, problems=failure.problems)
