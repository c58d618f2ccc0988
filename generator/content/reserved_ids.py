"""The ids that a page has of its own: those of the templates and of the form of consents. Data.

No text of a notice may bring one of them in.
"""

from __future__ import annotations

CHOICE = "your-choice"
"""The form with what a resident can agree to."""
MAIN = "main"
"""The top of the text, on every page."""
VERSION_FACTS = "about-this-version"
"""The facts about the version, at the end of a notice."""
PAGE_IDS = frozenset(
    {MAIN, "page-standing", "page-contents", "page-glance", "page-retired", "page-translation", CHOICE, VERSION_FACTS}
    | {f"{start}-{name}" for start in ("field", "hint", "wrong") for name in ("about", "case", "email", "phone")}
    | {"hint-remember", "filter", "found"}
)
"""Ids that the templates and the form's script put into pages, the list of notices among them."""
CONSENT_IDS = ("set-", "consent-", "decision.", "effect-", "wrong-", "said-")
"""How the ids start that the form and its script make of a consent's id."""


def is_reserved(name: str) -> bool:
    """Whether a page has an id of this name itself, or the form makes one like it of a consent's id."""
    return name in PAGE_IDS or name.startswith(CONSENT_IDS)
