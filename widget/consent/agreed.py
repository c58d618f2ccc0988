"""A wish to see everything that was agreed to with one address: it is owed one letter with a link, and looks nobody up."""

from __future__ import annotations

import hashlib
import hmac

from widget.errors import Unavailable
from widget.people.addresses import lookup
from widget.people.details import Sealing
from widget.store.outbox import AGREED_KIND
from widget.store.transaction import Writing


def ask_for_link(writing: Writing, email: str, language: str, view: str, sealing: Sealing) -> None:
    """Owe the letter. Asked again from one view of the form with the same address, it is the same letter.

    Whether anything is known under the address is found out when the letter is sent, so that the answer takes as long for
    everybody. The letter is owed about the first publication, since no act of a person is in the wish. `Unavailable` where
    nothing was published yet.
    """
    publication = writing.first_publication()
    if publication is None:
        raise Unavailable("a letter with a link is owed about a publication, and nothing was published yet")
    recipient = lookup(email, sealing.pepper)
    asked = b"\0".join((b"agreed", view.encode(), language.encode(), recipient))
    number = hmac.digest(sealing.details_key, asked, hashlib.sha256)[:16].hex()
    kind = f"{AGREED_KIND} {language} {number}"
    if not writing.is_owed(kind, publication.seq):
        writing.owe_to(recipient, kind, publication)
