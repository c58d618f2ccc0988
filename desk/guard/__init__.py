"""Stands before every view: the host, the session, the role, the form's token and where it came from.

A view says what it needs with `@needs(Act.EDIT)`, `@signed_in_only`, `@by_ticket(Act.PREVIEW)` or `@open_to_all`; one that
says nothing is refused, and `check_views` finds it at start. Words that were sent are never lost: every refusal shows them again.
"""

from __future__ import annotations

from desk.guard.checks import protect
from desk.guard.cookies import LANGUAGE, SESSION, VISITOR, cookie_name, drop_cookie, set_cookie
from desk.guard.here import TOKEN_FIELD, Visitor, current_token, page, person, ticket, visitor, words
from desk.guard.needs import by_ticket, check_views, needs, open_to_all, signed_in_only
from desk.guard.opened import access
from desk.guard.sent_words import kept_page, refills, shown_again, words_page

__all__ = [
    "LANGUAGE",
    "SESSION",
    "TOKEN_FIELD",
    "VISITOR",
    "Visitor",
    "access",
    "by_ticket",
    "check_views",
    "cookie_name",
    "current_token",
    "drop_cookie",
    "kept_page",
    "needs",
    "open_to_all",
    "page",
    "person",
    "protect",
    "refills",
    "set_cookie",
    "shown_again",
    "signed_in_only",
    "ticket",
    "visitor",
    "words",
    "words_page",
]
