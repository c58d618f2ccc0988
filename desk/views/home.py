"""`/desk/`: what waits for the person who is signed in."""

from __future__ import annotations

from flask import Blueprint, render_template

from desk.guard import open_to_all, signed_in_only

VIEWS = Blueprint("home", __name__)


@VIEWS.get("/desk/")
@signed_in_only
def home() -> str:
    """What waits for you."""
    return render_template("home.html")


@VIEWS.get("/desk/accessibility")
@open_to_all
def accessibility() -> str:
    """The desk's own accessibility statement."""
    return render_template("accessibility.html")
