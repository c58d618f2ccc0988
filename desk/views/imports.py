"""`/desk/import`: a Word file, a saved web page or pasted text becomes a draft. Nothing is fetched."""

from __future__ import annotations

import json
from dataclasses import dataclass

from flask import Blueprint, Response, flash, redirect, request
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as Answer

from desk import guard
from desk.documents import proposed, reading, saving
from desk.documents.proposed import Proposal
from desk.documents.reading import Asked, Brought, Busy
from desk.documents.saving import Wanted
from desk.frame import OWN_NAMES
from desk.guard import needs, page, person, words
from desk.guard.large_forms import room_for
from desk.people.acts import Act
from desk.saving.outcome import Refused
from desk.views.onward import to_notice
from desk.workplace import workplace
from generator.importing.contents import KINDS
from generator.importing.reading import MAX_BYTES
from generator.importing.refusal import NotTaken
from generator.problems import Problem
from generator.wording.page_ids import address

VIEWS = Blueprint("imports", __name__)
VIEWS.url_value_preprocessor(room_for("imports.read"))
LONGEST_PROPOSALS = 200_000


@dataclass(frozen=True)
class Choices:
    """Somebody's choices for a draft, as the form sent it."""

    title: str
    name: str
    text: str
    proposals: tuple[Proposal, ...]
    taken: tuple[str, ...]
    key: str


@VIEWS.errorhandler(RequestEntityTooLarge)
def too_large(failure: RequestEntityTooLarge) -> Response:
    """A file that is too large to be read at all: the browser still has what was typed."""
    return page("imports/too_large.html", 413)


@VIEWS.get("/desk/import")
@needs(Act.IMPORT)
def start() -> Response:
    """Choose a file, or paste."""
    return _start()


@VIEWS.post("/desk/import")
@needs(Act.IMPORT)
def read() -> Response:
    """The notice that the document becomes; nothing is saved yet."""
    data, name = sent_document()
    if not data.strip():
        return _start(400, problem=words()("imports.nothing"))
    asked = Asked(
        name=name,
        address=request.form.get("address", "").strip(),
        read_as=request.form.get("read_as", ""),
        headings=request.form.get("headings") == "yes",
    )
    place = workplace()
    try:
        brought = reading.bring(data, asked, place.ask(lambda site: site.repository.site), place.today())
    except NotTaken as refused:
        return _start(400, refused=refused)
    except Busy:
        return _start(503, problem=words()("imports.busy"))
    return _report(brought)


@VIEWS.post("/desk/import/save")
@needs(Act.IMPORT)
def take() -> Response | Answer:
    """The draft becomes a notice, with the facts that were taken."""
    chosen = _choices()
    wanted = Wanted(
        chosen.name, chosen.title, chosen.text, proposed.changes(chosen.proposals, chosen.taken), chosen.key
    )
    outcome = saving.begin(workplace(), wanted, person())
    if isinstance(outcome, Refused):
        return _draft(chosen, 400, problems=outcome.problems)
    guard.access().write(person().id, Act.IMPORT, chosen.name)
    flash(words()("imports.saved", title=chosen.title))
    return redirect(to_notice(chosen.name), 303)


def sent_document() -> tuple[bytes, str]:
    """The file of the form, or else the text that was pasted, and its name; a byte more than may be read of what is too large."""
    file = request.files.get("file")
    if file is not None and file.filename:
        return file.stream.read(MAX_BYTES + 1), file.filename
    pasted = request.form.get("rich", "") or request.form.get("pasted", "")
    return pasted.encode(), "pasted text"


def _start(status: int = 200, problem: str = "", refused: NotTaken | None = None) -> Response:
    """The first form with what was typed; a chosen file must be chosen again, as browsers have it."""
    return page("imports/start.html", status, problem=problem, refused=refused, typed=request.form, most=MAX_BYTES)


def _report(brought: Brought) -> Response:
    """The report with the draft, before anybody chose."""
    imported, report = brought.imported, brought.imported.report
    counted = [
        (kind.replace(" ", "_"), before, after)
        for kind, before, after in zip(KINDS, report.before, report.after, strict=True)
        if before or after
    ]
    chosen = Choices(
        imported.title, imported.id, brought.draft.text, brought.draft.proposals, (), guard.access().token(16)
    )
    main = workplace().ask(lambda site: site.repository.site.language)
    other = OWN_NAMES.get(imported.language, imported.language) if imported.language != main else ""
    return _draft(chosen, counted=counted, report=report, remarks=brought.draft.remarks, other_language=other)


def _draft(chosen: Choices, status: int = 200, problems: tuple[Problem, ...] = (), **more: object) -> Response:
    sent = json.dumps([vars(one) for one in chosen.proposals], ensure_ascii=False)
    shown = {"counted": (), "report": None, "remarks": (), "other_language": ""} | more
    return page("imports/draft.html", status, chosen=chosen, sent=sent, problems=problems, **shown)


def _choices() -> Choices:
    """The choices in the form of the draft. The proposals come back in it, since nothing was saved before."""
    form = request.form
    title = " ".join(form.get("title", "").split())
    return Choices(
        title,
        form.get("id", "").strip() or address(title, "notice"),
        form.get("text", ""),
        _proposals(form.get("proposals", "")),
        tuple(form.getlist("take")),
        form.get("key", "")[:64],
    )


def _proposals(text: str) -> tuple[Proposal, ...]:
    """The proposals of a form; none where they are not what the desk sent. Their values are checked like any fact."""
    try:
        found = json.loads(text) if len(text) <= LONGEST_PROPOSALS else []
        return tuple(
            Proposal(str(one["name"]), str(one["fact"]), one["value"], tuple(map(str, one["said"]))) for one in found
        )
    except (ValueError, KeyError, TypeError, RecursionError):
        return ()
