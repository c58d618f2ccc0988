"""The names that new shared wording and new pages can have. Pure."""

from __future__ import annotations

from collections.abc import Collection

from desk.texts.known import LONGEST, Folder, fits
from generator.problems import Place, Problem, error
from generator.repository import CONTENT
from generator.wording.page_ids import address

RULE = "D14"


def refused_wording(name: str, taken: Collection[str]) -> Problem | None:
    """Why new shared wording cannot have a name; None where it can."""
    if not name:
        return _wrong("The wording has no name.", "Write a short one, such as contact-desk.")
    if not fits(Folder.SHARED, name) or not name[0].isalnum():
        better = address(name, "contact-desk")
        remedy = f"Use at most {LONGEST} small letters, digits, hyphens and underscores, such as {better}."
        return _wrong(f"“{name[:LONGEST]}” cannot be the name of shared wording.", remedy)
    if name in taken:
        return _wrong(f"Shared wording called {name} exists.", "Choose another name, or open that wording.")
    return None


def _wrong(message: str, remedy: str) -> Problem:
    return error(RULE, Place(f"{CONTENT}/shared"), message, remedy)
