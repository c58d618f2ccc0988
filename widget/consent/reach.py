"""Whether the service can reach the person whose yes it gets: some consents need that (`reach: required`). Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from widget.errors import Wrong
from widget.ledger.events import Decision
from widget.manifest import ActingFor, Consent
from widget.people.details import Details


def lacking(
    consents: Iterable[Consent], decisions: Mapping[str, Decision], acting_for: str, *known: Details
) -> Iterator[Wrong]:
    """Details that are missing for a yes that needs a way to reach the person; for a child, which child it is too.

    A no needs nothing. `known` is what they say now, and what is on file already.
    """
    if not any(consent.reach and decisions.get(consent.id) is Decision.GIVEN for consent in consents):
        return
    if not any(one.email or _has_digit(one.phone) or one.case for one in known):
        yield Wrong("email", "reach")
    if acting_for == ActingFor.CHILD and not any(one.about for one in known):
        yield Wrong("about", "reach-child")


def _has_digit(phone: str | None) -> bool:
    """Whether a number can be dialled: "none" and "-" reach nobody."""
    return any(sign.isdigit() for sign in phone or "")
