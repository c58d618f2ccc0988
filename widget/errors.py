"""Failures as codes: the endpoint's only error types. The wording is in the words files, at the edge."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class Wrong:
    """One thing that is wrong with what was sent: where it stands, and a code that the words file has a sentence for."""

    field: str
    code: str


class Refusal(Exception):
    """The request is not accepted and nothing was recorded; `status` is the HTTP status, `wrongs` every reason.

    `facts` are what a program gets to know besides, by their names (RFC 9457 section 3.2).
    """

    def __init__(
        self, status: int, wrongs: Iterable[Wrong] = (), facts: Mapping[str, object] = MappingProxyType({})
    ) -> None:
        self.status = status
        self.wrongs = tuple(wrongs)
        self.facts = facts
        super().__init__(f"{status}: " + ", ".join(f"{wrong.field} {wrong.code}" for wrong in self.wrongs))


class Unavailable(Exception):
    """No answer can be taken just now: the database is locked, full, read-only or gone, or nothing proves the words that
    are asked about. Nothing may be said to be recorded."""


class NotAsSigned(Unavailable):
    """The database does not hold what was signed: it was rewritten, cut, rolled back or replaced, or a row was changed.

    Nothing is signed over it and nothing answered from it. The message names sizes and numbers, never a person.
    """


class OtherKeys(NotAsSigned):
    """The database needs other keys than those that are here: it is whole, and nothing must be written to it with
    these."""


class StartRefused(Exception):
    """The endpoint must not start; the message says why and what to do, for the operator."""
