"""The list of erased people: every host knows it, so that no backup and no other host brings anybody back.

An erasure is in the keys folder of the host that confirms it, on the disk, and in the database, encrypted, before it
is confirmed. Every process copies what others added, at its start and each minute, into its own folder, and puts back
into the database what that lacks. A person who is on the list and known again, because an older database took the place
of the newer one, is erased again.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from cryptography.exceptions import InvalidTag

from widget.consent.erasure import erase
from widget.consent.recording import Recorder
from widget.errors import Unavailable
from widget.ledger import key_folder
from widget.ledger.events import ConsentEvent
from widget.people.details import open_erasure, seal_erasure
from widget.store.group_commit import Store
from widget.store.queries import Reading
from widget.store.transaction import Writing

log = logging.getLogger("consents")
COPIES_EVERY = timedelta(minutes=1)
AGAIN = Recorder("staff", "consents")
"""The actor who erases again what came back: the service itself, for the staff who did it first."""


@dataclass
class ErasureList:
    """The list of one host, in its keys folder and in the database. Safe to use from many threads."""

    store: Store
    folder: Path
    details_key: bytes
    again: int = 0
    """How many were erased again since this was opened."""
    _copied: tuple[int, bytes] | None = None
    """The last row that was copied: where the database has another one in its place, it is another database."""
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def erase(self, subject: str, by: Recorder) -> tuple[ConsentEvent, ...]:
        """Erase a subject for good; the entries that say so, none where they were erased before."""
        self._keep([subject])  # first: a crash between the two erases too much, not too little
        return self.store.write(lambda writing: self._erase(writing, subject, by))

    def copy(self) -> None:
        """Bring the list here and the one in the database together, and erase again whoever came back."""
        with self._lock:
            with self.store.reading() as reading:
                anew = self._copied is None or reading.erasure(self._copied[0]) != self._copied[1]
                rows = reading.erasures_after(0 if anew or self._copied is None else self._copied[0])
            shared = _opened(rows, self.details_key)
            here = set(key_folder.erasures(self.folder))
            if lacking := [subject for subject in shared if subject not in here]:
                self._keep(lacking)
            if rows or anew:
                self._copied = rows[-1] if rows else None
            self._repeat(shared if not anew else [*here, *lacking], noted=shared)

    def _repeat(self, subjects: Iterable[str], noted: Iterable[str]) -> None:
        listed, in_database = list(dict.fromkeys(subjects)), set(noted)
        with self.store.reading() as reading:
            back = set(reading.known_again(listed))
        for subject in listed:
            if subject in back:
                self.again += bool(self.store.write(lambda writing, who=subject: erase(writing, who, AGAIN)))  # type: ignore[misc]
        if missing := [subject for subject in listed if subject not in in_database]:
            self.store.write(lambda writing: self._note(writing, missing))

    def _keep(self, subjects: Iterable[str]) -> None:
        try:
            key_folder.note_erasures(self.folder, subjects)
        except OSError as error:
            raise Unavailable(f"no erasure can be kept in {self.folder}: {error.strerror}") from error

    def _erase(self, writing: Writing, subject: str, by: Recorder) -> tuple[ConsentEvent, ...]:
        self._note(writing, [subject])
        return erase(writing, subject, by)

    def _note(self, writing: Writing, subjects: Iterable[str]) -> None:
        for subject in subjects:
            writing.note_erasure(seal_erasure(subject, self.details_key, writing.randomness))


def copy_from(reading: Reading, folder: Path, details_key: bytes) -> None:
    """Copy the list of a database that is about to be replaced into the keys folder."""
    key_folder.note_erasures(folder, _opened(reading.erasures_after(0), details_key))


def _opened(rows: Iterable[tuple[int, bytes]], details_key: bytes) -> list[str]:
    found = []
    for number, sealed in rows:
        try:
            found.append(open_erasure(sealed, details_key))
        except (InvalidTag, ValueError):
            log.error("row %d of the table erasure cannot be opened: changed, or sealed with other keys", number)
    return list(dict.fromkeys(found))


class Copier:
    """Copies each minute, from its start on, what every host must know: this list and others like it."""

    def __init__(self, copy: Callable[[], None]) -> None:
        self._copy = copy
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="copier", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def close(self) -> None:
        """End, after the copy that is under way."""
        self._stop.set()
        if self._thread.ident is not None:
            self._thread.join(timeout=5)

    def _run(self) -> None:
        while not self._stop.wait(COPIES_EVERY.total_seconds()):
            try:
                self._copy()
            except Unavailable as error:
                log.error("who was erased and which keys were revoked is not copied: %s", error)
            except Exception as error:
                log.error("who was erased and which keys were revoked is not copied", exc_info=error)
