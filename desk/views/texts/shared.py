"""`/desk/shared`: wording that many notices insert, with the notices that it is in and the page of one of them."""

from __future__ import annotations

from dataclasses import dataclass, field

from flask import Blueprint, Flask, Response, abort, flash, jsonify, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as Answer

from desk import editing, guard
from desk.editing import Open
from desk.forms import controls
from desk.forms.controls import Control, area
from desk.forms.findings import Finding
from desk.forms.values import TEXT, Values, of_form, one
from desk.guard import access, needs, page, person, words
from desk.people.acts import Act
from desk.saving.outcome import Conflict, Refused, Saved
from desk.texts import known as texts
from desk.texts import listing, shown_wording, uses, wording
from desk.texts.known import Folder, Known
from desk.texts.shown_wording import Shown
from desk.texts.uses import Use
from desk.views.recorded import record
from desk.views.texts.answers import (
    DIGEST,
    SHOW,
    Sent,
    address,
    conflict_page,
    findings,
    kept,
    language_links,
    say_saved,
    sent_form,
    source_of,
)
from desk.workplace import workplace
from generator.building.site.open_site import OpenSite
from generator.problems import ContentError, Problem

VIEWS = Blueprint("shared", __name__)
WITHIN = "within"
"""The field that says in which text the words are shown."""
MOST_LISTED = 200


@VIEWS.get("/desk/shared")
@needs(Act.SAVE_SHARED)
def every() -> Response:
    """Every shared wording."""
    work, own = workplace(), access()
    found = work.ask(lambda site: listing.shared(site, work.today))
    listed = listing.with_saves(found, work.root, Folder.SHARED, own.people.people(), own.log)
    return page("texts/shared_list.html", listed=listed, moment=lambda at: work.moment(at, words().language))


@VIEWS.get("/desk/new-shared")
@needs(Act.SAVE_SHARED)
def new() -> Response:
    """The form for new wording."""
    return page("texts/new_shared.html", asked={}, refused=())


@VIEWS.post("/desk/new-shared")
@needs(Act.SAVE_SHARED)
def create() -> Response | Answer:
    """Write new wording and open it."""
    name = request.form.get("name", "").strip()
    outcome = wording.begin(workplace(), name, request.form.get(TEXT, ""), person())
    if isinstance(outcome, Refused | Conflict):
        refused = outcome.problems if isinstance(outcome, Refused) else ()
        return page("texts/new_shared.html", 422, asked=request.form, refused=refused)
    access().write(person().id, Act.SAVE_SHARED, f"{Folder.SHARED}/{name}")
    say_saved(outcome, "shared.begun")
    return redirect(url_for("shared.edit", name=name), 303)


@VIEWS.get("/desk/shared/<name>")
@VIEWS.get("/desk/shared/<name>/in/<language>")
@needs(Act.SAVE_SHARED)
def edit(name: str, language: str = "") -> Response:
    """The words as the file has them."""
    at = _at(name, language, request.args.get(WITHIN, ""))
    try:
        form = editing.form_of_file(at.text)
    except ContentError as wrong:
        return page("notice_broken.html", text=at.text, problems=wrong.problems)
    return _page(at, form, at.text.digest)


@VIEWS.post("/desk/shared/<name>")
@VIEWS.post("/desk/shared/<name>/in/<language>")
@needs(Act.SAVE_SHARED)
def sent(name: str, language: str = "") -> Response | Answer:
    """Save the words, or show them; each gives them back."""
    found = sent_form()
    at = _at(name, language, one(found.form, WITHIN))
    if found.wanted == SHOW:
        return _page(at, found.form, found.digest, said=words()("notice.shown"), is_unsaved=True)
    return _save(at, found)


@VIEWS.post("/desk/shared/<name>/look")
@VIEWS.post("/desk/shared/<name>/in/<language>/look")
@needs(Act.SAVE_SHARED)
def look(name: str, language: str = "") -> Answer:
    """The page of words that nobody has saved, and what was found in them. Writes nothing."""
    form = sent_form().form
    at = _at(name, language, one(form, WITHIN))
    try:
        shown = shown_wording.check_and_show(workplace(), at.text, form, at.within)
    except ContentError as wrong:
        return jsonify(address=None, problems=[one.message for one in wrong.problems])
    return jsonify(address=_frame(shown), found=render_template("notice_found.html", **findings(shown.found)))


@VIEWS.post("/desk/shared/<name>/remove")
@needs(Act.SAVE_SHARED)
def remove(name: str) -> Response | Answer:
    """Take the wording away in all languages, where nobody uses it."""
    at = _at(name, "", "")
    seen = {field.removeprefix("seen."): value for field, value in request.form.items() if field.startswith("seen.")}
    try:
        done = wording.remove(workplace(), at.known, seen)
    except ContentError as wrong:
        return _page(at, editing.form_of_file(at.text), at.text.digest, refused=tuple(wrong.problems), status=409)
    told = record(done, Act.SAVE_SHARED, at.known.log_id, f"Remove {texts.TOLD[Folder.SHARED]} {name}")
    flash(words()("shared.removed", name=name))
    if told:
        flash(told)
    return redirect(url_for("shared.every"), 303)


def install(app: Flask) -> None:
    """Have refused forms shown again by the form itself."""
    guard.refills(app, "shared.sent", _refilled)


def _refilled(fields: MultiDict[str, str], reason: str, name: str, language: str = "") -> Response:
    form = of_form(fields.items(multi=True))
    at = _at(name, language, one(form, WITHIN))
    return _page(at, form, fields.get(DIGEST, ""), said=words()(f"guard.{reason}"), is_unsaved=True)


@dataclass(frozen=True)
class _At:
    """The text that an address names: a wording, its text in a language, who uses it, and in which text it is shown."""

    known: Known
    text: Open
    uses: tuple[Use, ...]
    shown_in: tuple[Use, ...] = field(default=())
    within: Use | None = None


def _at(name: str, language: str, within: str) -> _At:
    """404 where there is no such wording or language."""
    work = workplace()
    found = work.ask(lambda site: texts.find(site, Folder.SHARED, name))
    if found is None or (language and language not in found.languages[1:]):
        abort(404)
    text = texts.open_in(work, found, language or found.languages[0])
    used, shown_in = work.ask(lambda site: _uses(site, name, text.language))
    chosen = next((use for use in shown_in if use.key == within), next(iter(shown_in), None))
    return _At(found, text, used, shown_in[:MOST_LISTED], chosen)


def _uses(site: OpenSite, name: str, language: str) -> tuple[tuple[Use, ...], tuple[Use, ...]]:
    """The texts that use a wording, and those of a language in which it can be shown."""
    used = uses.every(site).get(name, ())
    return used, uses.readable(site, used, language)


def _save(at: _At, sent: Sent) -> Response | Answer:
    text = at.text
    try:
        outcome = wording.save_text(workplace(), text, sent.form, sent.digest, person(), sent.own_key, sent.choice)
    except ContentError as wrong:
        outcome = Refused(tuple(wrong.problems))
    if isinstance(outcome, Refused):
        return _page(at, sent.form, sent.digest, refused=outcome.problems, is_unsaved=True, status=422)
    if isinstance(outcome, Conflict):
        return conflict_page(
            text, address("shared.sent", at.known, text.language), sent.form, sent.digest, outcome, sent.chosen
        )
    if isinstance(outcome, Saved):
        access().write(person().id, Act.SAVE_SHARED, at.known.log_id, text.language)
    say_saved(outcome, "shared.saved")
    within = at.within.key if at.within else ""
    return redirect(address("shared.edit", at.known, text.language, sent.key, within), 303)


def _page(
    at: _At,
    form: Values,
    digest: str,
    *,
    said: str = "",
    refused: tuple[Problem, ...] = (),
    is_unsaved: bool = False,
    status: int = 200,
) -> Response:
    work, text = workplace(), at.text
    try:
        shown = shown_wording.check_and_show(work, text, form, at.within)
    except ContentError as wrong:
        shown, refused = Shown(()), refused or tuple(wrong.problems)
    return page(
        "texts/shared.html",
        status,
        known=at.known,
        text=text,
        control=_control(form, shown.found),
        source=source_of(at.known, text),
        uses=_by_text(at.uses)[:MOST_LISTED],
        count=len(_by_text(at.uses)),
        shown_in=at.shown_in,
        within=at.within,
        languages=language_links(at.known, "shared.edit"),
        digest=digest,
        digest_now=text.digest,
        digests={language: texts.open_in(work, at.known, language).digest for language in at.known.files},
        key=access().token(16),
        preview=_frame(shown),
        send_to=address("shared.sent", at.known, text.language),
        saves=address("shared_saves.every_of_wording", at.known, text.language),
        look_at=address("shared.look", at.known, text.language),
        wide=request.values.get("width") == "wide",
        said=said,
        refused=refused,
        unsaved=is_unsaved or bool(refused),
        **findings(shown.found),
    )


def _frame(shown: Shown) -> str:
    """The address of the page in the frame, at the section in which the words stand."""
    return f"{kept(shown.page)}#{shown.place}" if shown.place else kept(shown.page)


def _control(form: Values, found: tuple[Finding, ...]) -> Control:
    at = {TEXT: [one for one in found if one.field == TEXT]}
    say = words()
    return area(TEXT, say("shared.text"), controls.Shown(form, say, say.sentences, at), say("shared.text_hint"))


def _by_text(used: tuple[Use, ...]) -> list[list[Use]]:
    """The uses of each notice or page together, one a language."""
    found: dict[str, list[Use]] = {}
    for use in used:
        found.setdefault(use.key, []).append(use)
    return list(found.values())
