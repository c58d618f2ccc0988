"""One document read for the desk: in a process of its own, with limits, and not more than two at a time."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlsplit

from desk.documents.proposed import Draft, parted
from generator.content.site_file import SiteSource
from generator.importing import confined
from generator.importing.notice import Imported
from generator.importing.reading import READERS
from generator.importing.refusal import NotTaken
from generator.importing.settings import Settings

AT_ONCE = 2
PATIENCE = 30.0
"""Seconds that an import waits for its turn."""
LONGEST = 500_000
"""Characters of a draft: more than any notice has, and what a form of the desk can bring back."""
_REMEDIES = {
    "`import -`": "Bring in the Word file it was made from, or copy its text and paste it here.",
    "`check`": "Open it, copy its text, and put it into a new notice.",
}
"""The step at the desk in place of a remedy that names a command."""
_TURNS = threading.BoundedSemaphore(AT_ONCE)


class Busy(Exception):
    """Others are reading documents, and went on doing so."""


@dataclass(frozen=True)
class Asked:
    """How somebody asked for a document to be read. `name` is the file's; `address` is where the page was."""

    name: str
    address: str = ""
    read_as: str = ""
    headings: bool = False
    translates: str = ""
    """The language into which the document translates a notice that is there: it needs no facts of its own."""


@dataclass(frozen=True)
class Brought:
    """A document that was read: the notice it becomes, and that notice without its proposals."""

    imported: Imported
    draft: Draft


def bring(data: bytes, asked: Asked, site: SiteSource, today: date) -> Brought:
    """Read a document. `NotTaken` says in words why it cannot be taken; `Busy` where it never was its turn.

    Nothing is fetched: `address` only completes links.
    """
    if asked.address and urlsplit(asked.address).scheme not in ("http", "https"):
        raise NotTaken("The page's address is none.", "Write the whole address, from https:// on, or leave it empty.")
    settings = Settings(
        name=asked.name,
        website=str(site.organisation.website or site.base_url),
        address=asked.address,
        today=today,
        language=asked.translates or site.language,
        translates=bool(asked.translates),
        read_as=asked.read_as if asked.read_as in READERS else "",
        headings=asked.headings,
    )
    if not _TURNS.acquire(timeout=PATIENCE):
        raise Busy
    try:
        imported = confined.imported(data, settings)
    except NotTaken as refused:
        remedy = next((own for command, own in _REMEDIES.items() if command in refused.remedy), refused.remedy)
        raise NotTaken(refused.message, remedy) from refused
    finally:
        _TURNS.release()
    if len(imported.text) > LONGEST:
        raise NotTaken("The text is longer than half a million characters.", "Import it in smaller pieces.")
    # The page has the choices of the command itself, and a translation takes the marks of the text that it translates.
    unsaid = ("`--", "--from", *(("take the mark away",) if asked.translates else ()))
    notes = tuple(note for note in imported.report.notes if not any(sign in note for sign in unsaid))
    imported = replace(imported, report=replace(imported.report, notes=notes))
    return Brought(imported, parted(imported.text))
