"""`/desk/pages`: the ordinary pages of the site, such as cookies and accessibility. They have no versions."""

from __future__ import annotations

from flask import Blueprint, Flask, Response, abort, flash, jsonify, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as Answer

from desk import editing, guard
from desk.afterwards import afterwards
from desk.editing import Open
from desk.forms.row_acts import act
from desk.forms.values import LEAD, Values, of_form, one, rows
from desk.guard import access, needs, page, person, words
from desk.people.acts import Act
from desk.saving.outcome import Conflict, Refused, Saved
from desk.texts import known as texts
from desk.texts import listing, live_pages, ordinary_page
from desk.texts.known import Folder, Known
from desk.texts.live_pages import Standing
from desk.views.live_line import live_line
from desk.views.texts.answers import (
    CHECK,
    CHOOSE,
    DIGEST,
    SAVE,
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
from generator.content.model import Translation
from generator.problems import ContentError, Problem

VIEWS = Blueprint("pages", __name__)
READ = "reviewed"
"""The button that saves, and says that the person has read the whole translation."""


@VIEWS.get("/desk/pages")
@needs(Act.SAVE_PAGES)
def every() -> Response:
    """Every ordinary page, and the way to the website."""
    return _list()


@VIEWS.post("/desk/publish-pages")
@needs(Act.PUBLISH)
def put_live() -> Response | Answer:
    """Build the site as it is saved and put it on the website; refused where it could not be built."""
    standing = _standing()
    if not afterwards().publisher.is_on:
        return _list([words()("pages.by_it")], 409)
    if standing.in_the_way:
        return _list(status=409)
    access().write(person().id, Act.PUBLISH, str(Folder.PAGES))
    afterwards().published()
    flash(words()("live.on_its_way"))
    return redirect(url_for("pages.every"), 303)


@VIEWS.get("/desk/new-page")
@needs(Act.SAVE_PAGES)
def new() -> Response:
    """The form for a new page."""
    return page("texts/new_page.html", asked={}, refused=())


@VIEWS.post("/desk/new-page")
@needs(Act.SAVE_PAGES)
def create() -> Response | Answer:
    """Write a new page and open it."""
    asked = {name: request.form.get(name, "") for name in ("title", "name", LEAD)}
    outcome = ordinary_page.begin(workplace(), asked["title"], asked["name"], asked[LEAD], person())
    if isinstance(outcome, Refused):
        return page("texts/new_page.html", 422, asked=asked, refused=outcome.problems)
    access().write(person().id, Act.SAVE_PAGES, f"{Folder.PAGES}/{outcome}")
    flash(words()("pages.begun"))
    return redirect(url_for("pages.edit", name=outcome), 303)


@VIEWS.get("/desk/pages/<name>")
@VIEWS.get("/desk/pages/<name>/in/<language>")
@needs(Act.SAVE_PAGES)
def edit(name: str, language: str = "") -> Response:
    """The form as the file has it; empty where the page has no text in this language yet."""
    known, text = _open(name, language)
    try:
        form = editing.form_of_file(text)
    except ContentError as wrong:
        return page("notice_broken.html", text=text, problems=wrong.problems)
    return _page(known, text, form, text.digest)


@VIEWS.post("/desk/pages/<name>")
@VIEWS.post("/desk/pages/<name>/in/<language>")
@needs(Act.SAVE_PAGES)
def sent(name: str, language: str = "") -> Response | Answer:
    """Save the form, show it, or change its rows; each gives the words back."""
    known, text = _open(name, language)
    found = sent_form()
    if found.wanted in ("", SAVE, CHOOSE, READ):
        return _save(known, text, found)
    if found.wanted in (SHOW, CHECK):
        return _page(known, text, found.form, found.digest, said=words()("notice.shown"), is_unsaved=True)
    form, focus = act(found.form, found.wanted)
    return _page(known, text, form, found.digest, focus=focus, is_unsaved=True)


@VIEWS.post("/desk/pages/<name>/look")
@VIEWS.post("/desk/pages/<name>/in/<language>/look")
@needs(Act.SAVE_PAGES)
def look(name: str, language: str = "") -> Answer:
    """The page of words that nobody has saved, and what was found in them. Writes nothing."""
    _, text = _open(name, language)
    found = sent_form()
    try:
        data = editing.typed(text, editing.base_of(workplace(), text, found.digest), found.form)
        checked, shown = ordinary_page.check_and_show(workplace(), text, data)
    except ContentError as wrong:
        return jsonify(address=None, problems=[one.message for one in wrong.problems])
    sheet = ordinary_page.sheet(found.form, checked, words())
    return jsonify(address=kept(shown), found=render_template("notice_found.html", **findings(sheet.found)))


def install(app: Flask) -> None:
    """Have refused forms shown again by the form itself."""
    guard.refills(app, "pages.sent", _refilled)


def _refilled(fields: MultiDict[str, str], reason: str, name: str, language: str = "") -> Response:
    known, text = _open(name, language)
    form, digest = of_form(fields.items(multi=True)), fields.get(DIGEST, "")
    return _page(known, text, form, digest, said=words()(f"guard.{reason}"), is_unsaved=True)


def _open(name: str, language: str) -> tuple[Known, Open]:
    """404 where there is no such page or language."""
    work = workplace()
    found = work.ask(lambda site: texts.find(site, Folder.PAGES, name))
    if found is None or (language and language not in found.languages[1:]):
        abort(404)
    return found, texts.open_in(work, found, language or found.languages[0])


def _standing() -> Standing:
    publisher = afterwards().publisher
    return workplace().ask(lambda site: live_pages.standing(site, publisher.folder.pages(), is_on=publisher.is_on))


def _list(said: list[str] | None = None, status: int = 200) -> Response:
    work, own = workplace(), access()
    listed = listing.with_saves(work.ask(listing.pages), work.root, Folder.PAGES, own.people.people(), own.log)
    return page(
        "texts/pages.html",
        status,
        listed=listed,
        standing=_standing(),
        is_on=afterwards().publisher.is_on,
        line=live_line(),
        refused=said or [],
        moment=lambda at: work.moment(at, words().language),
    )


def _save(known: Known, text: Open, sent: Sent) -> Response | Answer:
    work, is_read = workplace(), sent.wanted == READ and text.language != known.languages[0]
    try:
        outcome = ordinary_page.save_form(
            work, text, sent.form, sent.digest, person(), sent.own_key, sent.choice, is_read=is_read
        )
    except ContentError as wrong:
        outcome = Refused(tuple(wrong.problems))
    if isinstance(outcome, Refused):
        return _page(known, text, sent.form, sent.digest, refused=outcome.problems, is_unsaved=True, status=422)
    if isinstance(outcome, Conflict):
        return conflict_page(
            text, address("pages.sent", known, text.language), sent.form, sent.digest, outcome, sent.chosen
        )
    if isinstance(outcome, Saved):
        access().write(person().id, Act.SAVE_PAGES, known.log_id, text.language)
    say_saved(outcome, "pages.saved")
    return redirect(address("pages.edit", known, text.language, sent.key), 303)


def _page(
    known: Known,
    text: Open,
    form: Values,
    digest: str,
    *,
    said: str = "",
    focus: str = "",
    refused: tuple[Problem, ...] = (),
    is_unsaved: bool = False,
    status: int = 200,
) -> Response:
    """The form, with what was found in its words at their fields and the page that they make beside it."""
    work = workplace()
    try:
        data = editing.typed(text, editing.base_of(work, text, digest), form)
    except ContentError as wrong:
        data, refused = text.data, refused or tuple(wrong.problems)
    checked, shown = ordinary_page.check_and_show(work, text, data)
    sheet = ordinary_page.sheet(form, checked, words())
    return page(
        "texts/page.html",
        status,
        known=known,
        text=text,
        title=one(form, "title") or known.name,
        sheet=sheet,
        sources=_sources(known, text),
        translation=_translation(checked.notice.facets.translation if checked.notice else None, known, text),
        languages=language_links(known, "pages.edit"),
        standing=_standing(),
        digest=digest,
        digest_now=text.digest,
        key=access().token(16),
        preview=kept(shown),
        send_to=address("pages.sent", known, text.language),
        saves=address("page_saves.every_of_page", known, text.language),
        look_at=address("pages.look", known, text.language),
        wide=request.values.get("width") == "wide",
        said=said,
        focus=focus,
        refused=refused,
        unsaved=is_unsaved or bool(refused),
        **findings(sheet.found),
    )


def _sources(known: Known, text: Open) -> dict[str, str]:
    """The words of the main language by the field in which their translation is typed; sections by their place."""
    source = source_of(known, text)
    found = {name: one(source, name) for name in ("title", "summary", LEAD) if source}
    for at, row in enumerate(rows(source, "sections")):
        heading, words_of = (one(source, f"sections.{row.number}.{part}") for part in ("heading", "text"))
        found[f"sections.{at}"] = f"{heading}\n\n{words_of}"
    return {name: text for name, text in found.items() if text.strip()}


def _translation(said: Translation | None, known: Known, text: Open) -> str:
    """Where a translation stands: a sentence; empty for the main language."""
    if text.language == known.languages[0] or not text.digest:
        return ""
    if said is None or said.status != "reviewed":
        return words()("pages.awaits")
    day = workplace().dates[words().language].full_date(said.reviewed_on) if said.reviewed_on else ""
    return words()("translation.is_reviewed", name=said.reviewed_by or "", day=day)
