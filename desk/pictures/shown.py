"""The pictures of a notice as its page at the desk lists them: those that a text shows, and those that lie beside it unshown."""

from __future__ import annotations

from dataclasses import dataclass

from desk.editing import Open
from desk.pictures import in_text
from desk.pictures.in_text import Mark
from desk.saving.editing.edit import content
from desk.workplace import PREVIEW, Workplace
from generator.building.site.open_site import OpenSite
from generator.markdown.pictures import Picture
from generator.wording.strings import language_name

LEAD = ""
"""The name of the text before the first heading among the sections."""


@dataclass(frozen=True)
class Part:
    """A part of a text: its name for changes, its heading (empty of the first one), its id, its Markdown."""

    name: str
    heading: str
    id: str
    markdown: str


@dataclass(frozen=True)
class Shown:
    """A picture in a text: in which part, the how manieth there, and the address at which the desk shows it, empty where its
    file cannot be shown."""

    part: Part
    number: int
    mark: Mark
    address: str


@dataclass(frozen=True)
class Unshown:
    """A picture beside the notice that this text does not show: its words by the languages of the texts that do."""

    name: str
    address: str
    elsewhere: tuple[tuple[str, str], ...]
    """(code of the language, alternative text)."""
    part: str = ""
    """The id of the section that shows it in another language."""


@dataclass(frozen=True)
class Pictures:
    """Everything that the page lists."""

    parts: tuple[Part, ...]
    shown: tuple[Shown, ...]
    unshown: tuple[Unshown, ...]


def parts_of(data: bytes, file: str) -> tuple[Part, ...]:
    """The parts of a text. `ContentError` where it cannot be read."""
    body = content(data, file).body
    sections = (Part(one.name, one.heading, one.id or "", one.markdown) for one in body.sections)
    return (Part(LEAD, "", "", body.lead), *sections)


def pictures_of(place: Workplace, text: Open) -> Pictures:
    """The pictures of a text as it is saved. `ContentError` where it cannot be read."""
    parts = parts_of(text.data, text.file)
    beside = place.ask(lambda site: dict(site.repository.pictures.get(text.notice, {})))
    shown = tuple(
        Shown(part, number, mark, address_of(beside.get(mark.name)))
        for part in parts
        for number, mark in enumerate(in_text.marks(part.markdown))
    )
    named = {one.mark.name for one in shown}
    others = place.ask(lambda site: _in_other_texts(site, text))
    left = (name for name, picture in sorted(beside.items()) if name not in named and picture.sound)
    return Pictures(parts, shown, tuple(_unshown(beside[name], others) for name in left))


def address_of(picture: Picture | None) -> str:
    """Where the desk shows a picture; empty where it cannot be published."""
    return f"{PREVIEW}/{picture.frozen}" if picture is not None and picture.sound else ""


def _in_other_texts(site: OpenSite, text: Open) -> list[tuple[str, str, Mark]]:
    """(language, id of the section, picture) of the notice's other texts."""
    found = []
    for language in site.repository.site.languages:
        notice = site.repository.notices.get((text.notice, language))
        if notice is None or language == text.language:
            continue
        for part in notice.parts:
            found += [(language, getattr(part, "id", "") or "", mark) for mark in in_text.marks(part.markdown)]
    return found


def _unshown(picture: Picture, others: list[tuple[str, str, Mark]]) -> Unshown:
    own = [(language, part, mark) for language, part, mark in others if mark.name == picture.name]
    said = tuple(dict.fromkeys((language_name(language), mark.alt) for language, _, mark in own))
    return Unshown(picture.name, address_of(picture), said, next((part for _, part, _ in own if part), ""))
