"""`/desk/notices/<id>/<language>`: a notice beside its translation, text by text."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, flash, make_response, redirect, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response as Answer

from desk.documents import reading
from desk.documents.reading import Asked, Busy
from desk.frame import OWN_NAMES
from desk.guard import access, needs, page, person, words
from desk.guard.large_forms import room_for
from desk.people.acts import Act
from desk.saving import merging
from desk.saving.outcome import Refused, Same, Saved
from desk.translations import due
from desk.translations import sheet as sheets
from desk.translations import typed as typing
from desk.translations.labels import labels
from desk.translations.matching import Matched, matched
from desk.translations.saving import (
    Both,
    NotAll,
    Opened,
    Post,
    Wrong,
    come_back,
    open_translation,
    save_translation,
    sent_to_translators,
)
from desk.translations.typed import Typed
from desk.views.imports import sent_document
from desk.views.kept import not_in_history
from desk.workplace import workplace
from generator.content import notice_file
from generator.importing.refusal import NotTaken
from generator.importing.report import Report
from generator.problems import ContentError, Place, Problem, error, errors_in
from generator.translation import xliff
from generator.versions.changes import passages_between

VIEWS = Blueprint("translation", __name__)
VIEWS.url_value_preprocessor(room_for("translation.bring_document"))


@VIEWS.get("/desk/notices/<notice>/<language>")
@needs(Act.TRANSLATE)
def translate(notice: str, language: str) -> Response:
    """The translation as it is."""
    now = _open(notice, language)
    return _page(now, typing.of_sheet(now.sheet))


@VIEWS.post("/desk/notices/<notice>/<language>")
@needs(Act.TRANSLATE)
def save(notice: str, language: str) -> Response | Answer:
    """Save what was typed; the page again with everything that is in the way."""
    now, typed, post = _open(notice, language), typing.of_form(request.form), _post()
    outcome = save_translation(workplace(), now, typed, post, person())
    if isinstance(outcome, Both):
        return _conflict(now, typed, post, outcome)
    if isinstance(outcome, NotAll):
        return _page(now, typed, 409, post, said=words()("translation.not_all", count=len(outcome.names)))
    if isinstance(outcome, Refused):
        outcome = Wrong(tuple(("", problem) for problem in outcome.problems))
    if isinstance(outcome, Wrong):
        return _page(now, typed, 422, post, problems=outcome.problems)
    if isinstance(outcome, Saved):
        access().write(person().id, Act.TRANSLATE, notice, language)
    flash(words()("translation.same" if isinstance(outcome, Same) else "translation.saved"))
    if said := not_in_history(outcome):
        flash(said)
    return redirect(url_for("translation.translate", notice=notice, language=language), 303)


@VIEWS.get("/desk/notices/<notice>/<language>/xliff")
@needs(Act.TRANSLATE)
def download(notice: str, language: str) -> Response:
    """The file for translators."""
    now = _open(notice, language)
    answer = make_response(sent_to_translators(workplace(), now))
    answer.headers["Content-Type"] = "application/xliff+xml"
    answer.headers["Content-Disposition"] = f'attachment; filename="{notice}.{language}.xlf"'
    return answer


@VIEWS.post("/desk/notices/<notice>/<language>/xliff")
@needs(Act.TRANSLATE)
def upload(notice: str, language: str) -> Response:
    """The page with a translator's file in it. Nothing is saved until somebody has looked at it."""
    now, file = _open(notice, language), request.files.get("file")
    data = file.stream.read(xliff.MAX_BYTES + 1) if file is not None else b""
    if not data.strip():
        return _page(now, typing.of_sheet(now.sheet), 400, said=words()("translation.no_file"))
    try:
        typed = come_back(workplace(), now, data, "xliff")
    except ContentError as wrong:
        return _page(now, typing.of_sheet(now.sheet), 422, problems=tuple(("", one) for one in wrong.problems))
    count = len(typing.changed(now.sheet, typed))
    return _page(now, typed, said=words()("translation.come_back", count=count), unsaved=True)


@VIEWS.post("/desk/notices/<notice>/<language>/document")
@needs(Act.TRANSLATE)
def bring_document(notice: str, language: str) -> Response:
    """The page with a document's texts in it, section by section. Nothing is saved until somebody has looked at it."""
    now, (data, name), place = _open(notice, language), sent_document(), workplace()
    asked = Asked(name, headings=request.form.get("headings") == "yes", translates=language)
    unread = typing.of_sheet(now.sheet)
    if not data.strip():
        return _page(now, unread, 400, said=words()("imports.nothing"))
    try:
        brought = reading.bring(data, asked, place.ask(lambda site: site.repository.site), place.today())
    except NotTaken as refused:
        problem = error(sheets.RULE, Place(name), refused.message, refused.remedy)
        return _page(now, unread, 400, problems=(("", problem),))
    except Busy:
        return _page(now, unread, 503, said=words()("imports.busy"))
    found, wrong = notice_file.read(brought.draft.text.encode(), name, notice, language)
    if found is None:
        return _page(now, unread, 422, problems=tuple(("", one) for one in errors_in(wrong)))
    both = matched(now.sheet, found)
    count = len(typing.changed(now.sheet, both.typed))
    read_as = brought.imported.language
    return _page(
        now,
        both.typed,
        said=words()("translation.document_read", count=count),
        unsaved=True,
        document=both,
        report=brought.imported.report,
        read_as=OWN_NAMES.get(read_as, read_as) if read_as != language else "",
    )


def _open(notice: str, language: str) -> Opened:
    place = workplace()
    ids, languages = place.ask(lambda site: (site.repository.ids, site.repository.site.languages))
    if notice not in ids or language not in languages[1:]:
        abort(404)
    found = open_translation(place, notice, language)
    if found is None:
        abort(404)
    return found


def _post() -> Post:
    form = request.form
    key = f"{person().id}-{form.get('key', '')[:64]}" if form.get("key") else ""
    return Post(
        form.get("main", "")[:64],
        form.get("base", "")[:64],
        form.get("over", "")[:64],
        form.get("do") == "reviewed",
        key,
    )


def _page(
    now: Opened,
    typed: Typed,
    status: int = 200,
    post: Post | None = None,
    *,
    said: str = "",
    problems: tuple[tuple[str, Problem], ...] = (),
    unsaved: bool = False,
    document: Matched | None = None,
    report: Report | None = None,
    read_as: str = "",
) -> Response:
    """The texts with what was typed; a form that was sent keeps the files that it started from."""
    sides = now.sheet.sides
    at: dict[str, list[Problem]] = {}
    for name, problem in problems:
        at.setdefault(name, []).append(problem)
    place = workplace()
    main, title, translation = place.ask(
        lambda site: (
            site.repository.site.language,
            site.repository.title(sides.notice, site.repository.site.language) or sides.notice,
            site.repository.notices.get((sides.notice, sides.language)),
        )
    )
    return page(
        "translation/translate.html",
        status,
        **_languages(main, sides.language),
        notice=sides.notice,
        notice_title=title,
        entries=now.sheet.entries,
        labels=labels(now.sheet, words()),
        typed=typed,
        base=post.base if post else now.base,
        main_digest=post.main if post else now.main,
        key=access().token(16),
        state=translation.facets.translation if translation else None,
        left=len(typing.open_texts(now.sheet)),
        due=place.ask(lambda site: due.of(site, sides.notice, sides.language, place.today())),
        older=len(typing.older_texts(now.sheet)),
        at=at,
        said=said,
        unsaved=unsaved,
        document=document,
        report=report,
        read_as=read_as,
        marked=_marked,
        lines=_lines,
    )


def _languages(main: str, language: str) -> dict[str, Any]:
    names = {code: OWN_NAMES.get(code, code) for code in (main, language)}
    return {"main": main, "other": language, "main_name": names[main], "other_name": names[language]}


def _conflict(now: Opened, typed: Typed, post: Post, both: Both) -> Response:
    fields = {f"{typing.TEXT}{name}": text for name, text in typed.texts.items()}
    fields |= {f"{typing.RIGHT}{name}": "yes" for name in typed.right}
    fields |= {f"{typing.SEEN}{name}": text for name, text in typed.seen.items()}
    fields |= {"main": post.main, "base": post.base, "over": both.digest, "key": access().token(16)}
    language = now.sheet.sides.language
    return page(
        "translation/conflict.html", 409, both=both, fields=fields, other=language, labels=labels(now.sheet, words())
    )


def _marked(earlier: str, now: str) -> Markup:
    """The words of a text as they changed since it was translated."""
    passages = tuple(passages_between(merging.paragraphs(earlier), merging.paragraphs(now)))
    return workplace().marker(words().language).text(passages)


def _lines(text: str) -> int:
    """How many lines a text area shows: enough for the text, within reason."""
    return min(24, max(1, sum(1 + len(line) // 60 for line in text.split("\n"))))
