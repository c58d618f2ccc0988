"""The rights of a request with an API key, and the numbers that such requests ask by."""

from __future__ import annotations

from contextlib import suppress

from flask import request

from widget.errors import Refusal, Unavailable, Wrong
from widget.ledger import key_folder
from widget.ledger.events import ConsentEvent, utc
from widget.mail.compose import details_of
from widget.people.api_keys import Right, Scope, is_key, key_id_of
from widget.store.people import ApiKey
from widget.store.queries import Reading
from widget.views.shared import bearer, service

LARGEST = 10**15
"""No event has a larger number."""


def scope_for(right: Right) -> Scope:
    """The scope of the request's key; `Refusal` 401 where it is none in use, 403 where it may not do that."""
    text = bearer() or ""
    key_id = key_id_of(text)
    here = service()
    kept = None
    if key_id is not None:
        with here.store.reading() as reading:
            kept = reading.api_key(key_id)
    if kept is None or not _is_key(text, kept) or _was_revoked(kept) or kept.scope.is_over(here.today()):
        raise Refusal(401, [Wrong("Authorization", "api-key")])
    _note_used(kept)
    if not kept.scope.may(right):
        raise Refusal(403, [Wrong("Authorization", "scope")])
    return kept.scope


def number(name: str, most: int, usual: int = 0) -> int:
    """A whole number from the address; `Refusal` 400 for anything else."""
    text = request.args.get(name, str(usual))
    if not text.isascii() or not text.isdigit() or len(text) > 16 or int(text) > most:
        raise Refusal(400, [Wrong(name, "range")])
    return int(text)


def references(events: list[ConsentEvent], reading: Reading) -> dict[int, str]:
    """The receipt's reference of each event that has one, by the event's number."""
    known = reading.references_of(event.subject for event in events if event.subject)
    found = {event.seq: known.get((event.subject or "", event.notice or "")) for event in events}
    return {seq: reference for seq, reference in found.items() if reference is not None}


def case(event: ConsentEvent, scope: Scope, reading: Reading) -> dict[str, str | None]:
    """The service's own case of an event, for a key that may see it."""
    if not scope.may(Right.CASES):
        return {}
    return {"case": details_of(reading, service(), event.subject or "").case}


def _is_key(text: str, kept: ApiKey) -> bool:
    keys = service().keys
    return any(is_key(secret, text, kept.hash, keys.earlier_api_keys, kept.scope) for secret in keys.token_secrets)


def _was_revoked(kept: ApiKey) -> bool:
    """Whether a key was revoked, whatever its row says: the keys folder remembers it."""
    return kept.key_id in key_folder.revoked(service().keys.folder)


def _note_used(key: ApiKey) -> None:
    """Note the hour in which a key is used: not each use, so that asking seldom writes."""
    here = service()
    hour = utc(here.clock().replace(minute=0, second=0, microsecond=0))
    if key.used != hour:
        with suppress(Unavailable):  # what was asked can be answered all the same
            here.store.write(lambda writing: writing.note_api_key_used(key.key_id, hour))
