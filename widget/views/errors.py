"""Answers to requests that fail: problem JSON (RFC 9457) for the API, a page for people. Never a trace."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from http import HTTPStatus
from types import MappingProxyType

from flask import Flask, Response, g, jsonify, request
from werkzeug.exceptions import HTTPException

from widget.errors import Refusal, Unavailable, Wrong
from widget.views.health import ADDRESSES as OF_HEALTH
from widget.views.shared import PROBLEM, home_in, page, preferred_language, sentences, words_in

log = logging.getLogger("consents")
RETRY_AFTER = "5"
PATIENCE = "60"
FOR_PROGRAMS = ("/api/", "/log/", "/openapi.json", *OF_HEALTH)


def answer(app: Flask) -> None:
    """Answer every failure of the app's views."""
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Unavailable, _unavailable)
    app.register_error_handler(Exception, _unexpected)


def problem(
    status: int, wrongs: tuple[Wrong, ...] = (), facts: Mapping[str, object] = MappingProxyType({})
) -> Response:
    """The answer for a status, with every reason."""
    words = words_in(_spoken())
    known = f"endpoint.problem.title_{status}" in words.sentences
    shown = status if known else 500 if status >= 500 else 400
    title, lead = (words(f"endpoint.problem.{part}_{shown}") for part in ("title", "lead"))
    if not request.path.startswith(FOR_PROGRAMS):
        return page(PROBLEM, title, words.language, status, lead=lead, home=home_in(words.language))
    said = sentences(wrongs, words)
    response = jsonify(
        type="about:blank",
        title=HTTPStatus(status).phrase,
        status=status,
        detail=" ".join(dict.fromkeys(said.values())) or lead,
        errors=[{"field": wrong.field, "code": wrong.code, "detail": said[wrong.field]} for wrong in wrongs],
        **facts,
    )
    response.status_code = status
    response.mimetype = "application/problem+json"
    return response


def _spoken() -> str:
    """The language in the address, else that of what was opened or sent: who answers in Welsh hears of a fault in
    Welsh."""
    try:
        said = request.args.get("language", "") or str(g.get("language", "")) or request.form.get("language", "")
        return said or preferred_language()
    except HTTPException:  # too big to be read, perhaps
        return ""


def _refused(refusal: Refusal) -> Response:
    response = problem(refusal.status, refusal.wrongs, refusal.facts)
    if refusal.status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def _http(error: HTTPException) -> Response:
    if error.code is None or error.code < 400:
        return Response(error.get_response().get_data(), error.code, error.get_headers())
    response = problem(error.code)
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            response.headers[name] = value
    if error.code == 429:
        response.headers.setdefault("Retry-After", PATIENCE)
    return response


def _unavailable(error: Unavailable) -> Response:
    log.error("answered 503: %s", error)
    response = problem(503)
    response.headers["Retry-After"] = RETRY_AFTER
    return response


def _unexpected(error: Exception) -> Response:
    """A fault of ours. The address is not logged: it may hold a token."""
    log.error("answered 500", exc_info=error)
    return problem(500)
