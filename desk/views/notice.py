"""`/desk/notices/<id>`: a notice's facts as a form, its text section by section, and the page beside it."""

from __future__ import annotations

from dataclasses import replace

from flask import (
    Blueprint,
    Flask,
    Response,
    abort,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as Answer

from desk import editing, guard
from desk.drafting import Checked
from desk.editing import Open
from desk.forms.row_acts import act
from desk.forms.values import Values, of_form
from desk.guard import needs, person
from desk.people.acts import Act
from desk.saving.outcome import Conflict, Refused, Saved
from desk.translations.saving import says_something_older
from desk.views.texts.answers import (
    CHECK,
    CHOOSE,
    DIGEST,
    SAVE,
    SHOW,
    Sent,
    conflict_page,
    findings,
    kept,
    say_saved,
    sent_form,
)
from desk.workplace import PREVIEW, workplace
from generator.problems import ContentError, Problem
from generator.wording.strings import language_name

VIEWS = Blueprint("notice", __name__)
PICTURE = "picture:"
"""With a part of the form: save, and go on to add a picture to it."""


@VIEWS.get("/desk/notices/<notice>")
@VIEWS.get("/desk/notices/<notice>/in/<language>")
@needs(Act.EDIT)
def edit(notice: str, language: str = "") -> Answer:
    """The form as the file has it."""
    text = _open(notice, language)
    try:
        form = editing.form_of_file(text)
    except ContentError as wrong:
        return make_response(render_template("notice_broken.html", text=text, problems=wrong.problems))
    return _page(text, form, editing.check(workplace(), text, text.data), text.digest)


@VIEWS.post("/desk/notices/<notice>")
@VIEWS.post("/desk/notices/<notice>/in/<language>")
@needs(Act.EDIT)
def sent(notice: str, language: str = "") -> Answer:
    """Save the form, show it, or change its rows; each gives the words back."""
    text = _open(notice, language)
    sent = sent_form()
    if sent.wanted in ("", SAVE, CHOOSE) or sent.wanted.startswith(PICTURE):
        return _save(text, sent)
    if sent.wanted in (SHOW, CHECK):
        return _show(text, sent.form, sent.digest)
    changed, focus = act(sent.form, sent.wanted)
    return _unsaved(text, changed, sent.digest, focus=focus)


@VIEWS.post("/desk/notices/<notice>/look")
@VIEWS.post("/desk/notices/<notice>/in/<language>/look")
@needs(Act.EDIT)
def look(notice: str, language: str = "") -> Answer:
    """The page of words that nobody has saved, for the frame beside the form, and what was found in them.

    Writes nothing.
    """
    text = _open(notice, language)
    sent = sent_form()
    try:
        data = editing.typed(text, editing.base_of(workplace(), text, sent.digest), sent.form)
        found, page = editing.check_and_show(workplace(), text, data)
    except ContentError as wrong:
        return jsonify(address=None, problems=[one.message for one in wrong.problems])
    listed = render_template(
        "notice_found.html", **findings(editing.sheet(workplace(), sent.form, found, guard.words()).found)
    )
    return jsonify(address=kept(page), found=listed)


def install(app: Flask) -> None:
    """Have refused forms shown again by the form itself."""
    guard.refills(app, "notice.sent", _refilled)


def _open(notice: str, language: str) -> Open:
    """The text of an address, in the site's main language where the address names none; 404 where there is none."""
    place = workplace()
    ids, languages = place.ask(lambda site: (notice in site.repository.ids, site.repository.site.languages))
    if not ids or (language and language not in languages[1:]):
        abort(404)
    found = editing.open_text(place, notice, language or languages[0])
    if found is None:
        abort(404)
    return found


def _at(endpoint: str, text: Open, **query: str | None) -> str:
    """The address of a page of a text."""
    main = workplace().ask(lambda site: site.repository.site.language)
    own = {} if text.language == main else {"language": text.language}
    return url_for(endpoint, notice=text.notice, **own, **query)  # type: ignore[arg-type]


def _prefix(text: Open) -> str:
    """The folder of the site in which the pages of a text's language are."""
    main = workplace().ask(lambda site: site.repository.site.language)
    return "" if text.language == main else f"/{text.language}"


def _languages(text: Open) -> list[tuple[str, str, str]]:
    """The languages in which the notice has a text: each with its own name and the address of its form."""
    place = workplace()
    there = place.ask(lambda site: [language for _, language in site.texts_of([text.notice])])
    ordered = [one for one in place.ask(lambda site: site.repository.site.languages) if one in there]
    texts = [(one, language_name(one), replace(text, language=one)) for one in ordered]
    return [(one, name, _at("notice.edit", other)) for one, name, other in texts] if len(texts) > 1 else []


def _save(text: Open, sent: Sent) -> Answer:
    try:
        if (choice := sent.choice) is not None:
            outcome = editing.save_chosen(workplace(), text, sent.form, sent.digest, choice, person(), sent.own_key)
        else:
            outcome = editing.save_form(workplace(), text, sent.form, sent.digest, person(), sent.own_key)
    except ContentError as wrong:
        return _refuse(text, sent.form, sent.digest, tuple(wrong.problems))
    if isinstance(outcome, Refused):
        return _refuse(text, sent.form, sent.digest, outcome.problems)
    if isinstance(outcome, Conflict):
        return conflict_page(text, _at("notice.sent", text), sent.form, sent.digest, outcome, sent.chosen)
    if isinstance(outcome, Saved):
        guard.access().write(person().id, Act.EDIT, text.notice)
    say_saved(outcome)
    return redirect(_onward(text, sent), 303)


def _onward(text: Open, sent: Sent) -> str:
    """Where a save leads: back to the form, or to the page that adds a picture to a part of it."""
    saved = sent.key or None
    if not sent.wanted.startswith(PICTURE):
        return _at("notice.edit", text, saved=saved)
    part = editing.part_of_row(workplace(), text, sent.form, sent.wanted.removeprefix(PICTURE))
    return _at("pictures.every", text, saved=saved, back="write", spot=f"end:{part}") + "#new"


def _refuse(text: Open, form: Values, digest: str, problems: tuple[Problem, ...]) -> Answer:
    return _unsaved(text, form, digest, refused=problems, status=422)


def _show(text: Open, form: Values, digest: str) -> Answer:
    return _unsaved(text, form, digest, said=guard.words()("notice.shown"))


def _unsaved(
    text: Open,
    form: Values,
    digest: str,
    *,
    focus: str = "",
    said: str = "",
    refused: tuple[Problem, ...] = (),
    status: int = 200,
) -> Answer:
    """The form with words that are not saved, checked as they are and shown beside it."""
    try:
        data = editing.typed(text, editing.base_of(workplace(), text, digest), form)
    except ContentError as wrong:
        data, refused = text.data, refused or tuple(wrong.problems)
    found, page = editing.check_and_show(workplace(), text, data)
    address = "" if refused else kept(page)
    return _page(text, form, found, digest, address, focus, said, refused, status)


def _refilled(words: MultiDict[str, str], reason: str, notice: str, language: str = "") -> Answer:
    """The form with the words that were sent, after a token or a session was no good."""
    text = _open(notice, language)
    form = of_form(words.items(multi=True))
    return _unsaved(text, form, words.get(DIGEST, ""), said=guard.words()(f"guard.{reason}"))


def _page(
    text: Open,
    form: Values,
    found: Checked,
    digest: str,
    preview: str = "",
    focus: str = "",
    said: str = "",
    refused: tuple[Problem, ...] = (),
    status: int = 200,
) -> Answer:
    sheet = editing.sheet(workplace(), form, found, guard.words())
    title = next(iter(form.get("title", ())), "") or text.notice
    answer: Response = make_response(
        render_template(
            "notice.html",
            text=text,
            title=title,
            sheet=sheet,
            digest=digest,
            digest_now=text.digest,
            key=guard.access().token(16),
            preview=preview or url_for("previews.saved", notice=text.notice, language=text.language),
            send_to=_at("notice.sent", text),
            look_at=_at("notice.look", text),
            languages=_languages(text),
            older=[(one, language_name(one), count) for one, count in says_something_older(workplace(), text.notice)],
            changes=f"{PREVIEW}{_prefix(text)}/draft/{text.notice}/changes/"
            if editing.differs(workplace(), text)
            else "",
            unsaved=bool(preview) or bool(refused) or bool(focus),
            wide=request.values.get("width") == "wide",
            focus=focus,
            said=said,
            refused=refused,
            **findings(sheet.found),
        ),
        status,
    )
    return answer
