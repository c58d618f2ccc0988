"""The page where something could not be done: no such page, a text that cannot be read, too much sent, a fault of the desk.

Words that were sent are shown again. Nobody sees a trace: the log has it.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence

from flask import Flask, request
from werkzeug.exceptions import HTTPException, InternalServerError, RequestEntityTooLarge
from werkzeug.routing import IntegerConverter
from werkzeug.wrappers import Response as Answer

from desk import guard
from generator.problems import ContentError, Problem

LOG = logging.getLogger("desk")
KNOWN = {404: "not_there", 405: "not_there", 409: "changed", 413: "too_large", 500: "fault"}
"""The keys of the words for each status; any other has `refused`."""


class ShortNumber(IntegerConverter):
    """A number in an address, of at most nine digits: Python reads no number of thousands."""

    regex = r"\d{1,9}"


def install(app: Flask) -> None:
    """Answer every failure with a page of the desk. To be called before views are registered."""
    app.url_map.converters["int"] = ShortNumber
    app.register_error_handler(HTTPException, _failed)
    app.register_error_handler(ContentError, _unreadable)


def _failed(failure: HTTPException) -> Answer:
    if failure.response is not None or (failure.code or 500) < 400:
        return Answer.force_type(failure.get_response())
    status = failure.code or InternalServerError.code
    answer = _page(KNOWN.get(status, "refused"), status)
    answer.headers.extend([one for one in failure.get_headers() if one[0] in ("Allow", "Retry-After")])
    return answer


def _unreadable(failure: ContentError) -> Answer:
    for problem in failure.problems:
        LOG.warning("%s %s: %s", request.method, request.endpoint, problem)
    return _page("unreadable", 409, failure.problems)


def _page(key: str, status: int, problems: Sequence[Problem] = ()) -> Answer:
    say = guard.words()
    values = {"text": say(f"not_done.{key}"), "problems": problems, "fields": _sent()}
    return guard.page("not_done.html", status, title=say(f"not_done.{key}_title"), **values)


def _sent() -> list[tuple[str, str]]:
    """The words of the form that was sent; none where it was too large to be read."""
    try:
        return [pair for pair in request.form.items(multi=True) if pair[0] != guard.TOKEN_FIELD]
    except RequestEntityTooLarge:
        return []
