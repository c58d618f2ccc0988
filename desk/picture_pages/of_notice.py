"""`/desk/notices/<id>/pictures`: the pictures of a notice's text, and another one added, described, exchanged or
taken out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from flask import Blueprint, Flask, Response, abort, flash, redirect, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as Answer

from desk import editing, guard
from desk.editing import Open
from desk.guard import access, needs, page, person, words
from desk.people.acts import Act
from desk.picture_pages import uploads
from desk.pictures import saving, shown
from desk.pictures.confined import MOST_BYTES
from desk.pictures.making import Made, NotTakenError
from desk.pictures.saving import LONGEST, Doing, GoneError, NoPlaceError, Seen, Spot
from desk.saving.outcome import Outcome, Refused, Saved
from desk.views.kept import not_in_history
from desk.workplace import workplace
from generator.building.site.open_site import OpenSite
from generator.problems import Problem
from generator.wording.strings import language_name

VIEWS = Blueprint("pictures", __name__)
VIEWS.url_value_preprocessor(uploads.make_room)
ADD, USE, DESCRIBE, EXCHANGE, REMOVE = "add", "use", "describe", "exchange", "remove"
WRITING = "write"
"""Where `back` leads: to the form of the text, for those who came from there."""


@dataclass(frozen=True)
class Wrong:
    """The fault: the form by its act and picture, and by field a key of the desk's words. `problems` are of the files."""

    form: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


@VIEWS.get("/desk/notices/<notice>/pictures")
@VIEWS.get("/desk/notices/<notice>/in/<language>/pictures")
@needs(Act.EDIT)
def every(notice: str, language: str = "") -> Response:
    """The pictures as the text is saved."""
    return _page(_open(notice, language), request.args)


@VIEWS.post("/desk/notices/<notice>/pictures/add")
@VIEWS.post("/desk/notices/<notice>/in/<language>/pictures/add")
@needs(Act.EDIT)
def add(notice: str, language: str = "") -> Response | Answer:
    """Keep an uploaded picture, and show it in the text."""
    text = _open(notice, language)
    alt, wrong = _alt()
    made, name = _made(wrong)
    if made is None or wrong:
        return _page(text, request.form, Wrong(ADD, wrong), 422)
    return _done(text, ADD, lambda: saving.add(_doing(text, made), made, name, alt, _spot()))


@VIEWS.post("/desk/notices/<notice>/pictures/use")
@VIEWS.post("/desk/notices/<notice>/in/<language>/pictures/use")
@needs(Act.EDIT)
def use(notice: str, language: str = "") -> Response | Answer:
    """Show a picture that lies beside the notice in this text too."""
    text, name = _open(notice, language), request.form.get("name", "")
    alt, wrong = _alt()
    if wrong:
        return _page(text, request.form, Wrong(f"{USE}-{name}", wrong), 422)
    return _done(text, f"{USE}-{name}", lambda: saving.use(_doing(text), name, alt, _spot()))


@VIEWS.post("/desk/notices/<notice>/pictures/describe")
@VIEWS.post("/desk/notices/<notice>/in/<language>/pictures/describe")
@needs(Act.EDIT)
def describe(notice: str, language: str = "") -> Response | Answer:
    """Give a picture other words, or take it out of the text: each button of its form is one act."""
    text, seen = _open(notice, language), _seen()
    if request.form.get("do") == REMOVE:
        return _done(text, _form(seen), lambda: saving.take_out(_doing(text), seen))
    alt, wrong = _alt()
    if wrong:
        return _page(text, request.form, Wrong(_form(seen), wrong), 422)
    return _done(text, _form(seen), lambda: saving.describe(_doing(text), seen, alt))


@VIEWS.post("/desk/notices/<notice>/pictures/exchange")
@VIEWS.post("/desk/notices/<notice>/in/<language>/pictures/exchange")
@needs(Act.EDIT)
def exchange(notice: str, language: str = "") -> Response | Answer:
    """Show an uploaded picture in the place of one."""
    text, seen = _open(notice, language), _seen()
    form = f"{EXCHANGE}-{_form(seen)}"
    alt, wrong = _alt()
    made, name = _made(wrong)
    if made is None or wrong:
        return _page(text, request.form, Wrong(form, wrong), 422)
    return _done(text, form, lambda: saving.exchange(_doing(text, made), seen, made, name, alt))


@VIEWS.errorhandler(RequestEntityTooLarge)
def too_large(failure: RequestEntityTooLarge) -> Response:
    """The form again with the words that came before the file, which nobody read."""
    given = request.view_args or {}
    if not uploads.may_see(Act.EDIT) or "notice" not in given:
        return page("not_done.html", 413, title=words()("not_done.too_large_title"), text=words()("not_done.too_large"))
    text = _open(given["notice"], given.get("language", ""))
    sent = uploads.words_before_file()
    form = f"{EXCHANGE}-{_form(_seen(sent))}" if request.endpoint == "pictures.exchange" else ADD
    return _page(text, sent, Wrong(form, {uploads.FIELD: "pictures.not_too_large"}), 413)


def install(app: Flask) -> None:
    """Have the form shown again by its own page after its token or session was no good."""
    guard.refills(app, "pictures.add", _refilled)


def _refilled(sent: MultiDict[str, str], reason: str, notice: str, language: str = "") -> Response:
    fields = {uploads.FIELD: f"guard.{reason}"}
    return _page(_open(notice, language), sent, Wrong(ADD, fields))


def _open(notice: str, language: str) -> Open:
    place = workplace()
    ids, languages = place.ask(lambda site: (notice in site.repository.ids, site.repository.site.languages))
    if not ids or (language and language not in languages[1:]):
        abort(404)
    found = editing.open_text(place, notice, language or languages[0])
    if found is None:
        abort(404)
    return found


def _alt() -> tuple[str, dict[str, str]]:
    """The alternative text that was typed, and what is wrong with it."""
    alt = " ".join(request.form.get("alt", "").split())
    if not alt:
        return alt, {"alt": "pictures.alt_missing"}
    return alt, {"alt": "pictures.alt_long"} if len(alt) > LONGEST else {}


def _made(wrong: dict[str, str]) -> tuple[Made | None, str]:
    """The uploaded picture made anew, and its name; None with the reason in `wrong`. Not made where words are wrong: it
    must be chosen again in any case."""
    if not uploads.is_chosen():
        wrong[uploads.FIELD] = "pictures.not_chosen"
        return None, ""
    if wrong:
        wrong[uploads.FIELD] = "pictures.choose_again"
        return None, ""
    data, name = uploads.picture()
    try:
        return saving.remade(data), name
    except NotTakenError as refused:
        wrong[uploads.FIELD] = f"pictures.not_{refused}"
        return None, name


def _spot() -> Spot:
    where, _, part = request.form.get("spot", "").partition(":")
    return Spot(part, where == "top")


def _seen(sent: MultiDict[str, str] | None = None) -> Seen:
    sent = request.form if sent is None else sent
    number = sent.get("number", "")
    return Seen(
        sent.get("part", ""),
        int(number) if number.isascii() and number.isdecimal() and len(number) < 5 else 0,
        sent.get("name", ""),
        sent.get("was", ""),
    )


def _form(seen: Seen) -> str:
    """The name of a picture's form on the page."""
    return f"{seen.part}-{seen.number}"


def _doing(text: Open, made: Made | None = None) -> Doing:
    return Doing(workplace(), text, person(), uploads.post_key(made.data if made is not None else b""))


def _done(text: Open, form: str, act: Callable[[], Outcome]) -> Response | Answer:
    try:
        outcome = act()
    except GoneError:
        return _page(text, request.form, Wrong(form, {"": "pictures.gone"}), 409)
    except NoPlaceError:
        return _page(text, request.form, Wrong(form, {"spot": "pictures.no_place"}), 422)
    if isinstance(outcome, Refused):
        return _page(text, request.form, Wrong(form, problems=outcome.problems), 422)
    if isinstance(outcome, Saved):
        access().write(person().id, Act.EDIT, text.notice)
    _say(text, form, outcome)
    if request.form.get("back") == WRITING:
        return redirect(_at("notice.edit", text, saved=request.form.get("saved", "")[:64] or None), 303)
    return redirect(_at("pictures.every", text), 303)


def _say(text: Open, form: str, outcome: Outcome) -> None:
    say = words()
    if not isinstance(outcome, Saved):
        flash(say("notice.same"))
        return
    if request.form.get("do") == REMOVE:
        flash(say("pictures.removed"))
    else:
        flash(say("pictures.saved"))
    others = [language_name(code) for code in _languages() if code != text.language]
    if form == ADD and others:
        flash(say("pictures.others", languages=", ".join(others)))
    if told := not_in_history(outcome):
        flash(told)


def _languages() -> tuple[str, ...]:
    return tuple(workplace().ask(lambda site: site.repository.site.languages))


def _at(endpoint: str, text: Open, **more: str | None) -> str:
    """The address of a page of a text."""
    own = {} if text.language == _languages()[0] else {"language": text.language}
    return url_for(endpoint, notice=text.notice, **own, **more)  # type: ignore[arg-type]


def _page(text: Open, sent: MultiDict[str, str], wrong: Wrong | None = None, status: int = 200) -> Response:
    place = workplace()
    there = place.ask(lambda site: [language for _, language in site.texts_of([text.notice])])
    title = place.ask(lambda site: _title(site, text))
    texts = [Open(text.notice, code, "", b"", "") for code in _languages() if code in there]
    return page(
        "pictures/of_notice.html",
        status,
        text=text,
        title=title,
        found=shown.pictures_of(place, text),
        sent=sent,
        wrong=wrong or Wrong(),
        key=access().token(16),
        at=lambda endpoint: _at(endpoint, text),
        back_to_text=_at("notice.edit", text, saved=sent.get("saved", "")[:64] or None),
        languages=[(one.language, language_name(one.language), _at("pictures.every", one)) for one in texts],
        most=MOST_BYTES,
    )


def _title(site: OpenSite, text: Open) -> str:
    notice = site.repository.notices.get((text.notice, text.language))
    return str(notice.facets.title or text.notice) if notice is not None else text.notice
