"""`[[name]]` in content: shared wording on a line of its own, a value of site.yml inside a line.

Nothing else is expanded.
"""

from __future__ import annotations

import dataclasses
import operator
import re
from collections.abc import Iterator, Mapping
from datetime import date
from enum import Enum
from functools import cache
from typing import Any, TypeVar

from generator.content.decode import nearest
from generator.content.model import BodySection, Localised, Notice
from generator.content.site_file import SiteSource
from generator.law.entries import Regulator
from generator.law.statute_book import LAW
from generator.problems import Place, Problem
from generator.rule import ERROR, Example, Family, Rule

S01 = Rule(
    "S01",
    Family.SHARED,
    ERROR,
    "A name that nothing answers to",
    "`[[name]]` where neither content/shared nor site.yml has that name, or where it does not stand alone.",
    "Readers would see the brackets.",
    Example(body="Write to [[dpo.emial]]."),
    Example(body="Write to [[dpo.email]]."),
)

MARK = re.compile(r"\[\[\s*([a-z0-9_.-]+)\s*\]\]")
ALONE = re.compile(r"^[ \t]*\[\[\s*([a-z0-9_.-]+)\s*\]\][ \t]*$", re.M)
SHORT_NAMES = {"data_protection_officer": "dpo", "organisation": "council"}
MAX_INSERTED = 200_000
"""How many characters of shared wording one text may insert."""
T = TypeVar("T")


@dataclasses.dataclass(frozen=True)
class Wording:
    """Texts that content may insert, in one language: shared wording by name, site values by dotted name."""

    shared: Mapping[str, str]
    values: Mapping[str, str]

    def text(self, text: str) -> str:
        """The text with everything known filled in; unknown names stay as they are."""
        return "".join(words for _, _, words in self.pieces(text))

    def pieces(self, text: str) -> Iterator[tuple[int, str, str]]:
        """The same in pieces: where each starts in the text, the shared wording that it is from (or ""), its words."""
        room, start = MAX_INSERTED, 0
        for found in ALONE.finditer(text):
            words = self.shared.get(found[1], found[0]).strip("\n")
            room -= len(words)
            if found[1] in self.shared and room > 0:
                yield start, "", self._with_values(text[start : found.start()])
                yield found.start(), found[1], self._with_values(words)
                start = found.end()
        yield start, "", self._with_values(text[start:])

    def _with_values(self, text: str) -> str:
        return MARK.sub(lambda found: self.values.get(found[1], found[0]), text)

    def inside(self, value: T) -> T:
        """A facet value with every text inside it filled in."""
        return self._inside(value)  # type: ignore[no-any-return]

    def _inside(self, value: Any) -> Any:
        if isinstance(value, Enum):
            return value
        if isinstance(value, str):
            return self.text(value) if "[[" in value else value
        if isinstance(value, tuple):
            items = [self._inside(item) for item in value]
            return value if all(map(operator.is_, items, value)) else tuple(items)
        inner = {name: getattr(value, name) for name in _fields(value)}
        filled = {name: self._inside(one) for name, one in inner.items()}
        changed = {name: one for name, one in filled.items() if one is not inner[name]}
        return dataclasses.replace(value, **changed) if changed else value

    def used(self, notice: Notice) -> dict[str, str]:
        """The shared wording that a notice inserts, by name."""
        if not self.shared:
            return {}
        return {name: self.shared[name] for name in sorted(named(notice)) if name in self.shared}


def named(notice: Notice) -> frozenset[str]:
    """The names on lines of their own in a notice or page: it inserts those that are shared wording."""
    texts = [text for _, text in facet_texts(notice.facets)]
    texts += [part.markdown for part in notice.parts]
    return frozenset(name for text in texts for name in ALONE.findall(text))


def wording(site: SiteSource, shared: Mapping[str, str], language: str, on: date | None = None) -> Wording:
    """Everything that content in a language may insert; shared wording may itself insert values.

    `[[ico.name]]` is that of the day.
    """
    values = _regulator(LAW.on(on).regulator, language)
    for group in ("organisation", "data_protection_officer", "complaints"):
        if (record := getattr(site, group)) is not None:
            for name, value in _texts(record, language):
                values[f"{group}.{name}"] = value
                values[f"{SHORT_NAMES.get(group, group)}.{name}"] = value
    return Wording(_Filled(shared, Wording({}, values)), values)


class _Filled(Mapping[str, str]):
    """Shared wording with values filled in, each text when it is asked for: a notice inserts few of them."""

    def __init__(self, shared: Mapping[str, str], values: Wording) -> None:
        self._shared = shared
        self._values = values
        self._texts: dict[str, str] = {}

    def __getitem__(self, name: str) -> str:
        text = self._shared[name]
        if name not in self._texts:
            self._texts[name] = self._values.text(text)
        return self._texts[name]

    def __contains__(self, name: object) -> bool:
        return name in self._shared

    def __iter__(self) -> Iterator[str]:
        return iter(self._shared)

    def __len__(self) -> int:
        return len(self._shared)


def _regulator(regulator: Regulator, language: str) -> dict[str, str]:
    """The name and contacts of the regulator; a language without a name of its own has the English one."""
    name = regulator.insert.get(language, regulator.insert["en"])
    contacts = {key: getattr(regulator, key) for key in ("website", "complaint", "phone")}
    return {f"ico.{key}": text for key, text in ({"name": name} | contacts).items()}


def _texts(record: Any, language: str) -> Iterator[tuple[str, str]]:
    for field in dataclasses.fields(record):
        value = getattr(record, field.name)
        if isinstance(value, Localised):
            yield field.name, value.in_language(language)
        elif isinstance(value, str):
            yield field.name, value


def shared_file(name: str, language: str, site: SiteSource) -> str:
    """The file of shared wording in a language."""
    suffix = "" if language == site.language else f".{language}"
    return f"content/shared/{name}{suffix}.md"


def _fields(value: object) -> tuple[str, ...]:
    """The names of a dataclass's fields; none of any other value."""
    kind: Any = type(value)
    return _fields_of(kind)


@cache
def _fields_of(kind: type[Any]) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(kind)) if dataclasses.is_dataclass(kind) else ()


def problems(notice: Notice, wording: Wording) -> Iterator[Problem]:
    """A problem for every name that nothing answers to."""
    for path, text in facet_texts(notice.facets):
        yield from _unknown(text, notice.place(path), wording, alone=False, in_body=False)
    for section in notice.parts:
        yield from _unknown_in_body(section, wording)
    yield from _unknown_in_shared(notice, wording)


def _unknown_in_shared(notice: Notice, wording: Wording) -> Iterator[Problem]:
    """A name inside shared wording that is no value: shared wording inserts values, never other shared wording."""
    for name, text in wording.used(notice).items():
        for found in MARK.finditer(text):
            message = (
                f"The shared wording `{name}`, which this notice uses, has `{found[0]}`, and no value is called so."
            )
            remedy = f"Correct content/shared/{name}: it can insert values of site.yml."
            yield S01.problem(Place(notice.file), message, remedy)


def facet_texts(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text inside a facet value, with its path."""
    if isinstance(value, str) and not isinstance(value, Enum):
        yield path, value
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from facet_texts(item, f"{path}.{index}")
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from facet_texts(item, f"{path}.{key}")
    else:
        for name in _fields(value):
            yield from facet_texts(getattr(value, name), f"{path}.{name}" if path else name)


def _unknown_in_body(section: BodySection, wording: Wording) -> Iterator[Problem]:
    for offset, line in enumerate(section.markdown.split("\n")):
        place = Place(section.place.file, section.first_line + offset)
        yield from _unknown(line, place, wording, alone=bool(ALONE.match(line)), in_body=True)


def _unknown(text: str, place: Place, wording: Wording, *, alone: bool, in_body: bool) -> Iterator[Problem]:
    for found in MARK.finditer(text):
        name = found[1]
        if name in wording.values or (alone and name in wording.shared):
            continue
        here = dataclasses.replace(place, column=found.start() + 1) if in_body else place
        if name in wording.shared:
            message = f"`[[{name}]]` is shared wording, which stands on a line of its own."
            yield S01.problem(here, message, "Put it alone on a line, with an empty line above and below.")
            continue
        known = [*wording.shared, *wording.values]
        near = nearest(name[:60], known)
        remedy = (
            f"Did you mean `[[{near}]]`?" if near else "Shared wording is in content/shared; values are in site.yml."
        )
        yield S01.problem(here, f"Nothing is called `{name}`.", remedy)
