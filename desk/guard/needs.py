"""The needs that a view declares: an act, somebody signed in, a ticket in its address, or nobody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Flask

from desk.people.acts import Act

NEED = "desk_need"
View = TypeVar("View", bound=Callable[..., Any])


class Open:
    """Nobody need be signed in."""


class AnyRole:
    """Somebody must be signed in, whatever their roles."""


@dataclass(frozen=True)
class ByTicket:
    """The address holds a ticket of somebody's session; no cookie is asked for."""

    act: Act


Need = Act | ByTicket | type[Open] | type[AnyRole]


def needs(act: Act) -> Callable[[View], View]:
    """Mark a view as an act: it runs for people alone whose roles are enough."""
    return _marked(act)


def signed_in_only(view: View) -> View:
    """Mark a view that everybody who is signed in may see."""
    return _marked(AnyRole)(view)


def open_to_all(view: View) -> View:
    """Mark a view that needs nobody to be signed in."""
    return _marked(Open)(view)


def by_ticket(act: Act) -> Callable[[View], View]:
    """Mark a view whose address has a `<ticket>`: pages and files of previews, which are only looked at.

    A preview is an origin of its own. Browsers send no cookie with what it loads, nor with the links in it, so that its
    addresses must say whose session it belongs to. A ticket opens nothing but such views, and ends with the session.
    """
    return _marked(ByTicket(act))


def check_views(app: Flask) -> list[str]:
    """The endpoints whose views say nothing about what they need: a start must be refused where there are any."""
    return sorted(name for name, view in app.view_functions.items() if name != "static" and not hasattr(view, NEED))


def _marked(need: Need) -> Callable[[View], View]:
    def mark(view: View) -> View:
        setattr(view, NEED, need)
        return view

    return mark
