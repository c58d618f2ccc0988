"""What is on file about a person: read from its row with the keys that are not in the database."""

from __future__ import annotations

from cryptography.exceptions import InvalidTag

from widget.consent.recording import Sealing
from widget.people.details import Details, unseal
from widget.store.queries import Reading


def details_of(reading: Reading, sealing: Sealing, subject: str) -> Details:
    """What a subject said about themselves; nothing where it was erased."""
    sealed = reading.sealed_details(subject)
    if sealed is None:
        return Details()
    try:
        return unseal(*sealed, subject, sealing.details_key)
    except InvalidTag:
        return Details()
