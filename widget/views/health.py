"""Whether the endpoint is well, for those who watch it: alive, ready to take events, and whether mail goes out. Each
by itself.

They answer under any name of the machine: nothing in them is made from it, and a load balancer asks by a bare address.
"""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint, Response

from widget.consent.offers import unproved
from widget.errors import Unavailable
from widget.service import Service
from widget.views.shared import service

VIEWS = Blueprint("health", __name__)
ADDRESSES = frozenset(("/healthz", "/livez", "/readyz", "/mailz", "/metrics"))
LEDGER, MANIFEST, WORDS = "ledger", "manifest", "words"


@VIEWS.get("/healthz")
@VIEWS.get("/livez")
def alive() -> Response:
    """The process answers; it asks nothing else, so that nobody restarts it for a database that is away."""
    return _text("ok\n")


@VIEWS.get("/readyz")
def ready() -> Response:
    """The database would take an event, its head and keys can be kept and the manifest is good: 200, else 503.

    Mail has no part in it: acts are taken while letters wait.
    """
    for fault in readiness(service()).values():
        if fault is not None:
            raise fault
    return _text("ready\n")


@VIEWS.get("/mailz")
def mail() -> Response:
    """No letter waits longer than `CONSENTS_MAIL_AGE`, but for those that wait for their turn by a limit: 200, else
    503."""
    here = service()
    with here.store.reading() as reading:
        made = reading.oldest_late()
    if made is not None and (here.clock() - datetime.fromisoformat(made)).total_seconds() > here.config.mail_age:
        raise Unavailable(f"the oldest letter waits since {made}: see `consents mail`")
    return _text("mail goes out\n")


def readiness(here: Service) -> dict[str, Unavailable | None]:
    """The fault of each part that taking events needs; None where nothing is.

    `ledger`: an event is written and taken back, and a head kept in the keys folder. `manifest`: the site's files are
    those in use. `words`: each notice in force comes with the text that proves its words.
    """
    found: dict[str, Unavailable | None] = {LEDGER: None, MANIFEST: None, WORDS: None}
    try:
        here.store.check_writable()
    except Unavailable as error:
        found[LEDGER] = error
    if (wrong := here.files.wrong()) is not None:
        found[MANIFEST] = Unavailable(wrong)
    if names := unproved(here.manifest, here.today()):
        said = f"nothing proves the words of {', '.join(names[:5])}: build the site with this release"
        found[WORDS] = Unavailable(said)
    return found


def _text(said: str) -> Response:
    return Response(said, mimetype="text/plain")
