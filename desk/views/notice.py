"""`/desk/notices/<id>`: a notice's facts as a form, its text section by section, and the page beside it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import (
    Blueprint,
    Flask,
    Response,
    abort,
    current_app,
    flash,
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
from desk.editing import Choice, Open, Sheet
from desk.forms.row_acts import act
from desk.forms.values import Values, of_form
from desk.guard import needs, person
from desk.people.acts import Act
from desk.saving.outcome import Conflict, ConflictPart, PartKind, Refused, Same, Saved, SavedNotInHistory
from desk.saving.unrecorded import WORDS
from desk.shown_drafts import SHOWN, ShownDrafts
from desk.workplace import PREVIEW, workplace
from generator.problems import ContentError, Problem
from generator.wording.strings import language_name

VIEWS = Blueprint("notice", __name__)
DIGEST, KEY, DO, CHOICE, SEEN = "base", "key", "do", "choose.", "seen"
SAVE, SHOW, CHOOSE, CHECK = "save", "show", "choose", "check"
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
    form, digest, wanted = of_form(request.form.items(multi=True)), request.form.get(DIGEST, ""), request.form.get(DO)
    if wanted in (None, "", SAVE, CHOOSE) or str(wanted).startswith(PICTURE):
        return _save(text, form, digest)
    if wanted in (SHOW, CHECK):
        return _show(text, form, digest)
    changed, focus = act(form, str(wanted))
    return _unsaved(text, changed, digest, focus=focus)


@VIEWS.post("/desk/notices/<notice>/look")
@VIEWS.post("/desk/notices/<notice>/in/<language>/look")
@needs(Act.EDIT)
def look(notice: str, language: str = "") -> Answer:
    """The page of words that nobody has saved, for the frame beside the form, and what was found in them.

    Writes nothing.
    """
    text = _open(notice, language)
    form, digest = of_form(request.form.items(multi=True)), request.form.get(DIGEST, "")
    try:
        data = editing.typed(text, editing.base_of(workplace(), text, digest), form)
        found, page = editing.check_and_show(workplace(), text, data)
    except ContentError as wrong:
        return jsonify(address=None, problems=[one.message for one in wrong.problems])
    listed = render_template("notice_found.html", **_findings(editing.sheet(workplace(), form, found, guard.words())))
    return jsonify(address=_kept(page), found=listed)


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


def _save(text: Open, form: Values, digest: str) -> Answer:
    chosen = {name.removeprefix(CHOICE): value for name, value in request.form.items() if name.startswith(CHOICE)}
    key = request.form.get(KEY, "")
    key = f"{person().id}-{key}" if key else ""
    try:
        if request.form.get(DO) == CHOOSE:
            choice = Choice(request.form.get(SEEN, ""), chosen)
            outcome = editing.save_chosen(workplace(), text, form, digest, choice, person(), key)
        else:
            outcome = editing.save_form(workplace(), text, form, digest, person(), key)
    except ContentError as wrong:
        return _refuse(text, form, digest, tuple(wrong.problems))
    if isinstance(outcome, Refused):
        return _refuse(text, form, digest, outcome.problems)
    if isinstance(outcome, Conflict):
        return _conflict(text, form, digest, outcome, chosen)
    if isinstance(outcome, Saved):
        guard.access().write(person().id, Act.EDIT, text.notice)
    _say(outcome)
    return redirect(_onward(text, form, request.form.get(KEY) or None), 303)


def _onward(text: Open, form: Values, saved: str | None) -> str:
    """Where a save leads: back to the form, or to the page that adds a picture to a part of it."""
    do = request.form.get(DO, "")
    if not do.startswith(PICTURE):
        return _at("notice.edit", text, saved=saved)
    part = editing.part_of_row(workplace(), text, form, do.removeprefix(PICTURE))
    return _at("pictures.every", text, saved=saved, back="write", spot=f"end:{part}") + "#new"


def _say(outcome: Saved | Same) -> None:
    say = guard.words()
    if isinstance(outcome, Same):
        flash(say("notice.same"))
        return
    if isinstance(outcome.history, SavedNotInHistory):
        flash(WORDS[outcome.history.reason].officer[say.language])
        current_app.logger.warning("saved, not in history: %s %s", outcome.history.reason, outcome.history.detail)
    else:
        flash(say("notice.saved"))
    if outcome.merged:
        flash(say("notice.merged", parts=len(outcome.merged)))


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
    address = "" if refused else _kept(page)
    return _page(text, form, found, digest, address, focus, said, refused, status)


def _kept(page: bytes | None) -> str:
    if page is None:
        return ""
    drafts: ShownDrafts = current_app.extensions[SHOWN]
    return url_for("previews.unsaved", key=drafts.put(person().id, page))


def _refilled(words: MultiDict[str, str], reason: str, notice: str, language: str = "") -> Answer:
    """The form with the words that were sent, after a token or a session was no good."""
    text = _open(notice, language)
    form = of_form(words.items(multi=True))
    return _unsaved(text, form, words.get(DIGEST, ""), said=guard.words()(f"guard.{reason}"))


def _conflict(text: Open, form: Values, digest: str, outcome: Conflict, chosen: dict[str, str]) -> Answer:
    values: dict[str, Any] = {
        "text": text,
        "send_to": _at("notice.sent", text),
        "label_of": _part_label,
        "marked": lambda part: workplace().marker(guard.words().language).text(part.passages),
        "at": lambda moment: workplace().moment(moment, guard.words().language),
        "conflict": outcome,
        "parts": [(editing.part_name(part), part, chosen.get(editing.part_name(part), "")) for part in outcome.parts],
        "fields": [(name, value) for name, several in form.items() if _is_word(name) for value in several],
        "digest": digest,
        "key": guard.access().token(16),
    }
    return make_response(render_template("notice_conflict.html", **values), 409)


def _part_label(part: ConflictPart) -> str:
    """The name of a disputed part."""
    say = guard.words()
    if part.kind is PartKind.FACT:
        name, _, rest = part.name.partition(".")
        known = f"field.{name}" in say.sentences
        label = say(f"field.{name}") if known else name
        row = rest.partition(".")[0]
        return f"{label}, {say('row.number', number=int(row) + 1)}" if row.isdecimal() else label
    if part.kind is PartKind.SECTION:
        return next(iter((part.mine or part.theirs or part.name).split("\n")), "").lstrip("# ").partition(" {#")[0]
    return say({PartKind.LEAD: "section.lead", PartKind.ORDER: "conflict.order"}.get(part.kind, "conflict.whole"))


def _is_word(name: str) -> bool:
    return name not in (guard.TOKEN_FIELD, DIGEST, KEY, DO, SEEN) and not name.startswith(CHOICE)


def _findings(sheet: Sheet) -> dict[str, Any]:
    errors = [one for one in sheet.found if one.level == "error"]
    return {"errors": errors, "others": [one for one in sheet.found if one.level != "error"], "found": sheet.found}


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
            changes=f"{PREVIEW}{_prefix(text)}/draft/{text.notice}/changes/"
            if editing.differs(workplace(), text)
            else "",
            unsaved=bool(preview) or bool(refused) or bool(focus),
            wide=request.values.get("width") == "wide",
            focus=focus,
            said=said,
            refused=refused,
            **_findings(sheet),
        ),
        status,
    )
    return answer
