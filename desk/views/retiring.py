"""Says in a notice's texts that it is no longer used, and why, or takes that back. Residents read it once it is published."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response as Answer

from desk.guard import access, needs, person, words
from desk.people.acts import Act
from desk.saving.editing.changes import Change, RemoveFact, SetFact
from desk.saving.editing.edit import edited
from desk.saving.outcome import Conflict, InHistory, Refused, Saved
from desk.saving.save import Opened, opened, save
from desk.saving.unrecorded import WORDS
from desk.views import versions
from desk.views.recorded import author
from desk.workplace import workplace
from generator.content.model import Notice
from generator.problems import ContentError, Problem

VIEWS = Blueprint("retiring", __name__)
FACT = "retired"
LONGEST = 300
"""Letters of the sentence that residents read."""


@VIEWS.post("/desk/notices/<notice>/retire")
@needs(Act.RETIRE)
def retire(notice: str) -> Answer:
    """Write the reason into the text of each language."""
    texts = _texts(notice)
    reasons = {language: " ".join(request.form.get(f"why_{language}", "").split()) for language in texts}
    if not all(0 < len(reason) <= LONGEST for reason in reasons.values()):
        return versions.listed(notice, [versions.needed(notice, words()("retire.missing", most=LONGEST))], 400)
    return _saved(
        notice, texts, {language: SetFact(FACT, reason) for language, reason in reasons.items()}, "retire.done"
    )


@VIEWS.post("/desk/notices/<notice>/use")
@needs(Act.RETIRE)
def use(notice: str) -> Answer:
    """Take the reason out again: the notice is used."""
    texts = {language: text for language, text in _texts(notice).items() if text.facets.retired}
    return _saved(notice, texts, {language: RemoveFact(FACT) for language in texts}, "retire.undone")


def _texts(notice: str) -> dict[str, Notice]:
    """The notice's texts by language; 404 where it has none."""

    def read() -> dict[str, Notice]:
        found = workplace().site.repository
        return {name: found.notices[notice, name] for name in found.site.languages if (notice, name) in found.notices}

    texts = workplace().ask(lambda _: read())
    if not texts:
        abort(404)
    return texts


def _saved(notice: str, texts: dict[str, Notice], changes: dict[str, Change], done: str) -> Answer:
    """Save a change of each text: all of them can be changed, or none is."""
    root = workplace().root
    try:
        starts = {language: opened(root, text.file) for language, text in texts.items()}
        for language, start in starts.items():
            edited(start.data, texts[language].file, [changes[language]])
    except ContentError as failure:
        return versions.listed(notice, failure.problems, 409)
    for language, start in starts.items():
        if problems := _save(notice, texts[language].file, start, changes[language]):
            return versions.listed(notice, problems, 409)
    access().write(person().id, Act.RETIRE, notice)
    access().write(person().id, Act.EDIT, notice)
    flash(words()(done))
    return redirect(url_for("publish.ask", notice=notice), 303)


def _save(notice: str, file: str, start: Opened, change: Change) -> list[Problem]:
    message = f"Say whether {notice} is still used"
    outcome = save(workplace().root, file, start.digest, [change], author(), message, access().clock())
    if isinstance(outcome, Refused):
        return list(outcome.problems)
    if isinstance(outcome, Conflict):
        return [versions.needed(notice, words()("retire.conflict"))]
    if isinstance(outcome, Saved) and not isinstance(outcome.history, InHistory):
        flash(WORDS[outcome.history.reason].officer[words().language])
    return []
