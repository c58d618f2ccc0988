"""Shared by the pages of one notice: its proposal, its title, and the answer where there is no such notice."""

from __future__ import annotations

from flask import abort

from desk.guard import access
from desk.publication.found import Found, found_in
from desk.publication.savers import evidence_at, last_published
from desk.workplace import workplace
from generator.publishing.approval import Evidence


def find(notice: str) -> Found:
    """The notice of an address; 404 where it has no text. `ContentError` where its text cannot be read."""
    found = workplace().ask(lambda site: found_in(site, notice))
    if found is None:
        abort(404)
    return found


def evidence(notice: str) -> Evidence:
    """The savers of a notice's text since its last version, by history and by the desk's own log, and its review."""
    work, own = workplace(), access()
    since = work.ask(lambda site: last_published(site, notice))
    return evidence_at(work.root, notice, own.people.people(), own.log, since)
