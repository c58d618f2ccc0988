"""`/desk/shared/<name>/saves`, `/desk/pages/<name>/saves`: the earlier saves of a text, each of which can be used again."""

from __future__ import annotations

from flask import Blueprint, Response, abort, redirect, request
from werkzeug.wrappers import Response as Answer

from desk.editing import Open
from desk.guard import access, needs, page, person, words
from desk.people.acts import Act
from desk.saving.outcome import Conflict, Refused, Saved
from desk.texts import known as texts
from desk.texts import saves
from desk.texts.known import Folder, Known
from desk.views.texts.answers import DIGEST, address, say_saved
from desk.workplace import workplace
from generator.problems import Place, Problem, error

SHARED, PAGES = Blueprint("shared_saves", __name__), Blueprint("page_saves", __name__)


@SHARED.get("/desk/shared/<name>/saves")
@SHARED.get("/desk/shared/<name>/in/<language>/saves")
@needs(Act.SAVE_SHARED)
def every_of_wording(name: str, language: str = "") -> Response:
    """The saves of a shared wording in a language."""
    return _list(*_open(Folder.SHARED, name, language))


@SHARED.post("/desk/shared/<name>/saves")
@SHARED.post("/desk/shared/<name>/in/<language>/saves")
@needs(Act.SAVE_SHARED)
def wording_again(name: str, language: str = "") -> Response | Answer:
    """Use the words of one of them again."""
    return _bring_back(*_open(Folder.SHARED, name, language))


@PAGES.get("/desk/pages/<name>/saves")
@PAGES.get("/desk/pages/<name>/in/<language>/saves")
@needs(Act.SAVE_PAGES)
def every_of_page(name: str, language: str = "") -> Response:
    """The saves of a page in a language."""
    return _list(*_open(Folder.PAGES, name, language))


@PAGES.post("/desk/pages/<name>/saves")
@PAGES.post("/desk/pages/<name>/in/<language>/saves")
@needs(Act.SAVE_PAGES)
def page_again(name: str, language: str = "") -> Response | Answer:
    """Use the text of one of them again."""
    return _bring_back(*_open(Folder.PAGES, name, language))


def _open(folder: Folder, name: str, language: str) -> tuple[Known, Open]:
    """404 where there is no such text."""
    work = workplace()
    found = work.ask(lambda site: texts.find(site, folder, name))
    if found is None or (language or found.languages[0]) not in found.files or language == found.languages[0]:
        abort(404)
    return found, texts.open_in(work, found, language or found.languages[0])


def _bring_back(known: Known, text: Open) -> Response | Answer:
    commit, digest = request.form.get("commit", ""), request.form.get(DIGEST, "")
    outcome = saves.bring_back(workplace(), known, text, commit, digest, person())
    if isinstance(outcome, Conflict):
        changed = error("D04", Place(text.file), words()("saves.changed"), "")
        return _list(known, text, (changed,), 409)
    if isinstance(outcome, Refused):
        return _list(known, text, outcome.problems, 422)
    is_page = known.folder is Folder.PAGES
    if isinstance(outcome, Saved):
        access().write(person().id, Act.SAVE_PAGES if is_page else Act.SAVE_SHARED, known.log_id, text.language)
    say_saved(outcome, "pages.saved" if is_page else "shared.saved")
    return redirect(address("pages.edit" if is_page else "shared.edit", known, text.language), 303)


def _list(known: Known, text: Open, refused: tuple[Problem, ...] = (), status: int = 200) -> Response:
    work, is_page = workplace(), known.folder is Folder.PAGES
    return page(
        "texts/saves.html",
        status,
        known=known,
        text=text,
        saves=saves.earlier(work, text),
        most=saves.MOST,
        refused=refused,
        back=address("pages.edit" if is_page else "shared.edit", known, text.language),
        marked=lambda one: work.marker(words().language).text(one.passages),
        moment=lambda at: work.moment(at, words().language),
    )
