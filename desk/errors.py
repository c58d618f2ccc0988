"""Pages for what is not there, too large, or has failed. Nobody sees a trace; the operator's log has it."""

from __future__ import annotations

from flask import Flask, current_app, make_response, render_template
from werkzeug.exceptions import HTTPException, InternalServerError
from werkzeug.wrappers import Response as Answer

from desk import guard
from generator.problems import ContentError

KNOWN = (404, 405, 413)


def answer(app: Flask) -> None:
    """Have every error answered by a page of the desk."""
    app.register_error_handler(HTTPException, _of_http)
    app.register_error_handler(ContentError, _of_content)
    app.register_error_handler(InternalServerError, _failed)


def _of_http(error: HTTPException) -> Answer:
    if error.response is not None:
        return error.get_response()
    code = error.code or 500
    return _page(code if code in KNOWN else 500, code)


def _of_content(error: ContentError) -> Answer:
    """A question about the site that it does not answer now, such as while its settings are wrong."""
    return make_response(render_template("site_broken.html", problems=error.problems), 503)


def _failed(error: InternalServerError) -> Answer:
    current_app.logger.error("a page failed: %r", error.original_exception)
    return _page(500, 500)


def _page(words: int, code: int) -> Answer:
    say = guard.words()
    return make_response(
        render_template("error.html", title=say(f"error.{words}"), text=say(f"error.{words}_text")), code
    )
