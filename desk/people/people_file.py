"""The file of people on disk: read at each request, changed whole or not at all.

Contents are compared, not times: two changes in one second would look like one. The file is small, so that reading it
takes microseconds; it is parsed again only where its bytes differ.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import IO

from desk.people.person import Identity, People, Person, Role
from desk.people.reading import FILE, RULE, read_people
from desk.people.writing import with_people
from generator.problems import ContentError, Place, error
from widget.whole_files import write_whole

if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[str]) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
else:
    import fcntl

    def _lock(file: IO[str]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX)


MOST_BYTES = 1_000_000


class PeopleFile:
    """The file in the desk's folder. Safe between threads and processes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / FILE
        self._turn = threading.Lock()
        self._seen: tuple[bytes, People] = (b"", People())

    def people(self) -> People:
        """Everybody who is in the file now; nobody where there is no file. `ContentError` where it cannot be read."""
        data = self._bytes()
        seen, people = self._seen
        if data != seen:
            people = read_people(_text(data))
            self._seen = (data, people)
        return people

    def change(self, change: Callable[[People], People]) -> People:
        """Change the people as they are now, and write them. `ContentError` where the file or the change is wrong."""
        with self._turn, self._alone():
            text = _text(self._bytes())
            wanted = change(read_people(text))
            written = with_people(text, wanted)
            read_people(written)  # refuses what could not be read again, before anything is written
            if written != text:
                write_whole(self.path, written)
            return wanted

    def _bytes(self) -> bytes:
        try:
            with self.path.open("rb") as file:
                return file.read(MOST_BYTES + 1)
        except FileNotFoundError:
            return b""
        except OSError as failure:
            message = f"The file of people cannot be read: {failure.strerror}."
            raise ContentError([error(RULE, Place(FILE), message, "Let the desk's user read it.")]) from failure

    @contextmanager
    def _alone(self) -> Iterator[None]:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (self.folder / "people.lock").open("a") as file:
            _lock(file)
            yield


FIRST = frozenset({Role.ADMINISTRATOR, Role.EDITOR, Role.APPROVER})
"""The roles of the first administrator of a council's desk: no withdrawals are theirs to see."""


def first_administrator(
    file: PeopleFile, name: str, address: str, new_id: Callable[[], str], roles: frozenset[Role] = FIRST
) -> Person:
    """Put the first administrator into the file, who also writes and approves until there are others.

    `ContentError` where there is an administrator already: from then on people are named at the desk.
    """
    person = Person(new_id(), name.strip(), address.strip(), roles)

    def change(people: People) -> People:
        if people.with_role(Role.ADMINISTRATOR):
            message = "There is an administrator already."
            remedy = "Ask them to name others at the desk, or change the file of people by hand."
            raise ContentError([error(RULE, Place(FILE), message, remedy)])
        return with_person(people, person)

    return file.change(change).persons[-1]


def with_person(people: People, person: Person) -> People:
    """Everybody, with a person added or changed."""
    if people.by_id(person.id) is None:
        return People((*people.persons, person))
    return People(tuple(person if one.id == person.id else one for one in people.persons))


def without_person(people: People, person_id: str) -> People:
    """Everybody but one. Their sessions end with the next request."""
    return People(tuple(one for one in people.persons if one.id != person_id))


def sessions_ended(people: People, person_id: str) -> People:
    """Everybody, with every session of one person ended, whichever copies of their cookie there are."""
    person = people.by_id(person_id)
    return people if person is None else with_person(people, replace(person, session=person.session + 1))


def with_identity(people: People, person_id: str, identity: Identity) -> People:
    """Everybody, with an identity bound to a person, as an administrator says."""
    person = people.by_id(person_id)
    if person is None or identity in person.identities:
        return people
    return with_person(people, replace(person, identities=(*person.identities, identity)))


def _text(data: bytes) -> str:
    if len(data) > MOST_BYTES:
        message, remedy = "The file of people is over a million bytes.", "Take out what is no person."
        raise ContentError([error(RULE, Place(FILE), message, remedy)])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as failure:
        line = data.count(b"\n", 0, failure.start) + 1
        message = "The file of people is not UTF-8 here."
        raise ContentError([error(RULE, Place(FILE, line), message, "Save it as UTF-8.")]) from failure
