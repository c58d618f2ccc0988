"""`/desk/`: what waits for the person who is signed in."""

from __future__ import annotations

from flask import Blueprint, render_template

VIEWS = Blueprint("home", __name__)


@VIEWS.get("/desk/")
def home() -> str:
    """What waits for you."""
    return render_template("home.html")


@VIEWS.get("/desk/accessibility")
def accessibility() -> str:
    """The desk's own accessibility statement."""
    return render_template("accessibility.html")
