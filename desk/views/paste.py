"""`/desk/paste`: HTML from a clipboard as Markdown. Writes nothing."""

from __future__ import annotations

from flask import Blueprint, jsonify, request
from werkzeug.wrappers import Response as Answer

from desk import guard
from desk.guard import needs
from desk.pasting import MERGED, NO_NOTE, pasted
from desk.people.acts import Act

VIEWS = Blueprint("paste", __name__)


@VIEWS.post("/desk/paste")
@needs(Act.EDIT)
def paste() -> Answer:
    """The Markdown of what was copied, and a sentence where something was left behind."""
    found = pasted(request.form.get("html", ""))
    if found is None:
        return jsonify(markdown=None)
    own = {NO_NOTE: "paste.no_note", MERGED: "paste.merged"}
    counts = {key: found.left.get(kind, 0) for kind, key in own.items()}
    counts["paste.left"] = sum(count for kind, count in found.left.items() if kind not in own)
    said = " ".join(guard.words()(key, count=count) for key, count in counts.items() if count)
    return jsonify(markdown=found.markdown, said=said)
