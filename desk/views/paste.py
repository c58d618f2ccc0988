"""`/desk/paste`: HTML from a clipboard as Markdown. Writes nothing."""

from __future__ import annotations

from flask import Blueprint, jsonify, request
from werkzeug.wrappers import Response as Answer

from desk import guard
from desk.guard import needs
from desk.pasting import pasted
from desk.people.acts import Act

VIEWS = Blueprint("paste", __name__)


@VIEWS.post("/desk/paste")
@needs(Act.EDIT)
def paste() -> Answer:
    """The Markdown of what was copied, and a sentence where something was left behind."""
    found = pasted(request.form.get("html", ""))
    if found is None:
        return jsonify(markdown=None)
    count = sum(found.left.values())
    said = guard.words()("paste.left", count=count) if count else ""
    return jsonify(markdown=found.markdown, said=said)
