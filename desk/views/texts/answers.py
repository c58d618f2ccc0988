"""Answers that the editors of notices, pages and shared wording share: the sent form, the outcome of a save, a conflict, a preview."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import current_app, flash, make_response, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from desk import editing, guard
from desk.editing import Choice, Open
from desk.forms.findings import Finding, by_part
from desk.forms.values import Values, of_form
from desk.guard import person
from desk.saving.outcome import Conflict, ConflictPart, PartKind, Same, Saved, SavedNotInHistory
from desk.saving.unrecorded import WORDS
from desk.shown_drafts import SHOWN, ShownDrafts
from desk.texts.known import Known, open_in
from desk.workplace import workplace
from generator.problems import ContentError
from generator.wording.strings import language_name

DIGEST, KEY, DO, CHOICE, SEEN = "base", "key", "do", "choose.", "seen"
SAVE, SHOW, CHOOSE, CHECK = "save", "show", "choose", "check"


@dataclass(frozen=True)
class Sent:
    """A form as it was sent: its words, the digest that it started from, the button, and the key of the post."""

    form: Values
    digest: str
    wanted: str
    key: str
    chosen: dict[str, str]

    @property
    def own_key(self) -> str:
        """The key of the post, apart from everybody else's."""
        return f"{person().id}-{self.key}" if self.key else ""

    @property
    def choice(self) -> Choice | None:
        """The choices in a conflict; None where none was shown."""
        return Choice(request.form.get(SEEN, ""), self.chosen) if self.wanted == CHOOSE else None


def sent_form() -> Sent:
    """The form of this request."""
    form = of_form(request.form.items(multi=True))
    chosen = {name.removeprefix(CHOICE): value for name, value in request.form.items() if name.startswith(CHOICE)}
    found = {name: request.form.get(name, "") for name in (DIGEST, DO, KEY)}
    return Sent(form, found[DIGEST], found[DO], found[KEY], chosen)


def say_saved(outcome: Saved | Same, saved: str = "notice.saved") -> None:
    """Say what came of a save; `saved` is the key of the sentence for one that was saved."""
    say = guard.words()
    if isinstance(outcome, Same):
        flash(say("notice.same"))
        return
    if isinstance(outcome.history, SavedNotInHistory):
        flash(WORDS[outcome.history.reason].officer[say.language])
        current_app.logger.warning("saved, not in history: %s %s", outcome.history.reason, outcome.history.detail)
    else:
        flash(say(saved))
    if outcome.merged:
        flash(say("notice.merged", parts=len(outcome.merged)))


def kept(page: bytes | None) -> str:
    """The address of a page of words that nobody has saved; empty where there is none."""
    if page is None:
        return ""
    drafts: ShownDrafts = current_app.extensions[SHOWN]
    return url_for("previews.unsaved", key=drafts.put(person().id, page))


def conflict_page(
    text: Open, send_to: str, form: Values, digest: str, outcome: Conflict, chosen: dict[str, str]
) -> Answer:
    """Both texts of each part that two people changed, to choose from."""
    values: dict[str, Any] = {
        "text": text,
        "send_to": send_to,
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


def address(endpoint: str, known: Known, language: str, saved: str = "", within: str = "") -> str:
    """The address of a page of a text in a language."""
    own = language if language != known.languages[0] else None
    return url_for(endpoint, name=known.name, language=own, saved=saved or None, within=within or None)


def language_links(known: Known, endpoint: str) -> list[tuple[str, str, str]]:
    """The languages of the site, each with its own name and the address of its form; none where there is one alone."""
    every = [(one, language_name(one), address(endpoint, known, one)) for one in known.languages]
    return every if len(every) > 1 else []


def source_of(known: Known, text: Open) -> Values:
    """The words of the main language, as a form has them, for those who write a translation; none for the main language."""
    if text.language == known.languages[0] or known.languages[0] not in known.files:
        return {}
    try:
        return editing.form_of_file(open_in(workplace(), known, known.languages[0]))
    except ContentError:
        return {}


def findings(found: tuple[Finding, ...]) -> dict[str, Any]:
    """The findings as the box on top of a form prints them."""
    errors = [one for one in found if one.level == "error"]
    others = [one for one in found if one.level != "error"]
    return {"errors": errors, "parts": by_part(errors), "others": others, "found": found}


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
