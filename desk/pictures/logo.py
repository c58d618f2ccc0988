"""The council's logo: a picture beside site.yml, and the line of it that names the picture."""

from __future__ import annotations

from dataclasses import dataclass

from desk.people.person import Person
from desk.pictures import confined, naming
from desk.pictures.making import Made, Wanted
from desk.saving.beside import Beside, NameTakenError
from desk.saving.editing import plain
from desk.saving.editing.changes import SetFact
from desk.saving.editing.edit import content
from desk.saving.files import is_picture
from desk.saving.outcome import Outcome
from desk.saving.outcome import Person as Author
from desk.saving.save import opened, save
from desk.workplace import PREVIEW, Workplace
from generator import site_folder
from generator.content.site_file import FILE
from generator.pages.theme import hashed_name
from generator.problems import ContentError

FACT = "theme.logo"
NAME = "logo"
WANTED = Wanted(600, 60_000, drawings=True)
"""Every page loads it, and shows it 40 pixels high."""
MOST_TRIES = 5


@dataclass(frozen=True)
class Logo:
    """The logo as it is: its file (empty where there is none), where the desk shows it (empty where its file cannot be read),
    and the digest of site.yml."""

    file: str
    address: str
    digest: str


def logo_of(place: Workplace) -> Logo:
    """The logo now. `ContentError` where site.yml cannot be read."""
    found = opened(place.root, FILE)
    named = plain.at(content(found.data, FILE).facts, tuple(FACT.split(".")))
    file = named if isinstance(named, str) else ""
    if not file:
        return Logo("", "", found.digest)
    try:
        data = site_folder.read(place.root, place.root / file)
    except ContentError:  # gone, or outside: it can still be changed
        return Logo(file, "", found.digest)
    name = f"{NAME}.{file.rpartition('.')[2].lower()}"
    return Logo(file, f"{PREVIEW}/{hashed_name(name, data)}", found.digest)


def remade(data: bytes) -> Made:
    """An uploaded logo as it is kept. `making.NotTakenError` with the reason where it cannot be."""
    return confined.remade(data, WANTED)


def change(place: Workplace, made: Made | None, base: str, person: Person, key: str) -> Outcome:
    """Name a new logo in site.yml, or (None) none; `base` is the digest of the file that somebody saw.

    The old one goes where nothing names it and git has it. A conflict where somebody else changed the logo meanwhile.
    """
    old = logo_of(place).file
    for _ in range(MOST_TRIES):
        name = naming.free(NAME, made.suffix, _taken(place)) if made is not None else None
        gone = (old,) if old and is_picture(old) else ()
        beside = Beside({name: made.data} if made is not None and name else {}, gone)
        author, message = Author(person.name, person.address), "Change the logo" if made else "Take the logo out"
        try:
            return save(
                place.root, FILE, base, [SetFact(FACT, name)], author, message, place.clock(), key=key, beside=beside
            )
        except NameTakenError:
            continue
    raise NameTakenError(NAME)


def _taken(place: Workplace) -> list[str]:
    return [path.name for path in place.root.iterdir() if not path.name.startswith(".")]
