"""Reporting a problem with a page: to the service's mailbox, and without script. Nothing that was typed is shown again."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as Redirect

from widget.base_path import path_of
from widget.consent import input
from widget.consent.problem_reports import page_of, page_reported, problem_in, record_problem
from widget.errors import Refusal
from widget.views.shared import Fault, asked_language, form, home_in, page, sentences, service, words_in

VIEWS = Blueprint("report", __name__)


@VIEWS.get("/report")
def ask() -> Response:
    """The form; `notice` and `version` in the address say which page it is about."""
    return _form({name: request.args.get(name, "") for name in ("notice", "version")})


@VIEWS.post("/report")
def tell() -> Response | Redirect:
    """Keep the report and lead to the page that says so."""
    sent, here = form(), service()
    words = words_in(asked_language())
    try:
        problem = problem_in(sent)
    except Refusal as refusal:
        return _form(input.typed(sent), refusal)
    about = page_of(input.single(sent), words.language, here.manifest)
    view = input.request_id_in(sent) or ""
    report = here.store.write(
        lambda writing: record_problem(writing, problem, about, words.language, view, here.sealing)
    )
    return redirect(f"{path_of(here.manifest.site.base_url)}/report/{report}?language={words.language}", 303)


@VIEWS.get("/report/<report>")
def told(report: str) -> Response:
    """Say that a report came and when, and nothing that was typed."""
    if not input.REQUEST_ID.fullmatch(report):
        raise Refusal(404)
    with service().store.reading() as reading:
        found = reading.report(report)
    if found is None:
        raise Refusal(404)
    words = words_in(request.args.get("language", "") or found.language)
    return page(
        "reported.html",
        words("endpoint.report.sent_title"),
        words.language,
        when=words.time(found.made),
        home=home_in(words.language),
        back=page_reported(found, service().manifest),
    )


def _form(said: dict[str, str], refusal: Refusal | None = None) -> Response:
    here = service()
    words = words_in(asked_language())
    if "endpoint.report.title" not in words.sentences:  # the site was built by an earlier release
        raise Refusal(404)
    errors = sentences(refusal.wrongs, words) if refusal else {}
    view = said.get("request_id", "")
    response = page(
        "report.html",
        words("endpoint.report.title"),
        words.language,
        refusal.status if refusal else 200,
        action=f"/report?language={words.language}&answer",  # not the page's own address: Back finds this view again
        request_id=view if input.REQUEST_ID.fullmatch(view) else here.randomness(16).hex(),
        about=page_of(said, words.language, here.manifest),
        said=said,
        errors=errors,
        faults=[Fault(text, name if name in ("problem", "email") else None) for name, text in errors.items()],
    )
    response.headers["Cache-Control"] = "private, no-cache"  # as the form of a consent
    return response
