"""All files of law, read and checked when first asked: `LAW.on(day)` is the law of a day. Most commands never ask."""

from __future__ import annotations

import dataclasses
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

from generator.law.entries import (
    KINDS,
    Adequate,
    Basis,
    Condition,
    Duty,
    Entry,
    Regulator,
    Replaced,
    Safeguard,
)

FOLDER = Path(__file__).parent
HINTS = {kind.__name__: {name: str(hint) for name, hint in get_type_hints(kind).items()} for kind in KINDS.values()}
"""The type of each key of an entry, as text."""
E = TypeVar("E", bound=Entry)


class LawError(ValueError):
    """A file of law that does not fit its schema: every fault in it, one a line."""


@dataclass(frozen=True)
class Body:
    """One file: a body of law with its entries."""

    file: str
    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class LawOfDay:
    """The law that holds on one day."""

    day: date
    entries: tuple[Entry, ...]
    known_rules: frozenset[str] = frozenset()

    def of(self, kind: type[E]) -> tuple[E, ...]:
        """The entries of one kind, in the order of the files."""
        return tuple(entry for entry in self.entries if isinstance(entry, kind))

    @cached_property
    def duties(self) -> Mapping[str, Duty]:
        """The duties by the rule that looks for them."""
        return {duty.id: duty for duty in self.of(Duty)}

    @cached_property
    def bases(self) -> Mapping[str, Basis]:
        """The points of article 6(1)."""
        return {basis.id: basis for basis in self.of(Basis)}

    @cached_property
    def conditions(self) -> tuple[Condition, ...]:
        return self.of(Condition)

    @cached_property
    def safeguards(self) -> tuple[Safeguard, ...]:
        return self.of(Safeguard)

    @cached_property
    def adequate(self) -> Mapping[str, Adequate]:
        """The regulation that holds a country's protection adequate, by its ISO code."""
        return {code: entry for entry in self.of(Adequate) for code in entry.countries}

    @cached_property
    def replaced(self) -> tuple[Replaced, ...]:
        return self.of(Replaced)

    @property
    def regulator(self) -> Regulator:
        """The regulator of the day: the newest whose day has come."""
        return self.of(Regulator)[-1]

    def asks_for(self, rule: str) -> bool:
        """Whether a rule has a say on this day: one that no file of law names always has."""
        return rule not in self.known_rules or rule in self.duties


@dataclass(frozen=True)
class StatuteBook:
    """Every body of law that the product knows."""

    read: Callable[[], tuple[Body, ...]]

    @cached_property
    def bodies(self) -> tuple[Body, ...]:
        return self.read()

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        return tuple(entry for body in self.bodies for entry in body.entries)

    @cached_property
    def duties(self) -> Mapping[str, Duty]:
        """Every duty, in force or not, by its rule; the newest where one took another's place."""
        return {entry.id: entry for entry in self.entries if isinstance(entry, Duty)}

    @cached_property
    def first_day(self) -> date:
        """The day from which the files know a regulator; earlier days are judged as if they were this one."""
        return min(
            (entry.start for entry in self.entries if isinstance(entry, Regulator) and entry.start), default=date.min
        )

    @cached_property
    def _days(self) -> dict[date, LawOfDay]:
        return {}

    def on(self, day: date | None) -> LawOfDay:
        """The law of a day; without one, all that has a day from which it holds."""
        day = max(day or date.max, self.first_day)
        if day not in self._days:
            held = tuple(entry for entry in self.entries if entry.holds(day))
            self._days[day] = LawOfDay(day, held, frozenset(self.duties))
        return self._days[day]

    def settled(self, day: date) -> date:
        """The first of the days on which the law was as on this one: what is judged by the one holds on the other."""
        return max((self.first_day, *self.switches(date.min, day)))

    def why(self, rule: str) -> str:
        """The source of a rule and what it says, as a sentence."""
        return self.duties[rule].why

    def since(self, rule: str) -> date | None:
        """The first day on which a rule has a say; None for a rule that no file of law names, or whose day is not
        known."""
        days = [entry.start for entry in self.entries if isinstance(entry, Duty) and entry.id == rule and entry.start]
        return min(days, default=None)

    def switches(self, after: date, until: date = date.max) -> list[date]:
        """The days in (after, until] on which something begins to hold, or holds no more."""
        found = {entry.start for entry in self.entries if entry.start}
        found |= {date.fromordinal(entry.end.toordinal() + 1) for entry in self.entries if entry.end}
        return sorted(day for day in found if after < day <= until)

    def awaited(self) -> list[Entry]:
        """The entries whose day is not known yet."""
        return [entry for entry in self.entries if entry.awaits]


def read(files: Mapping[str, str]) -> StatuteBook:
    """The law from the texts of its files, by name. Raises `LawError` with every fault in them."""
    faults: list[str] = []
    parsed: dict[str, dict[str, Any]] = {}
    for name, text in sorted(files.items()):
        try:
            parsed[name] = tomllib.loads(text)
        except tomllib.TOMLDecodeError as failure:
            faults.append(f"{name}: {failure}")
    days = {table.get("id"): table for tables in parsed.values() for table in tables.get("day", ())}
    bodies = []
    for name, tables in parsed.items():
        kinds = (kind for kind in tables if kind != "title")
        entries = [entry for kind in kinds for entry in _entries(name, kind, tables[kind], days, faults)]
        bodies.append(Body(name, str(tables.get("title", "")), tuple(entries)))
        if not bodies[-1].title:
            faults.append(f"{name}: `title` is missing")
    book = StatuteBook(lambda: tuple(bodies))
    faults += _twice(book.entries)
    if faults:
        raise LawError("\n".join(faults))
    return book


def _entries(
    file: str, kind: str, tables: Any, days: Mapping[Any, Mapping[str, Any]], faults: list[str]
) -> Iterator[Entry]:
    if kind not in KINDS or not isinstance(tables, list):
        faults.append(f"{file}: `{kind}` is no table of a file of law; write one of {', '.join(KINDS)}")
        return
    for table in tables:
        where = f"{file}: {kind} `{table.get('id', '?')}`"
        values = _dated(table, days)
        own = list(_faults(KINDS[kind], values))
        faults += [f"{where}: {fault}" for fault in own]
        if not own:
            yield KINDS[kind](**{key: _typed(KINDS[kind], key, value) for key, value in values.items()})


def _dated(table: Mapping[str, Any], days: Mapping[Any, Mapping[str, Any]]) -> dict[str, Any]:
    """An entry's values by the names of its fields; a day that is written by its name is filled in."""
    values = {{"from": "start", "until": "end"}.get(key, key): value for key, value in table.items()}
    if values.get("start") in days and isinstance(values["start"], str):
        named = days[values.pop("start")]
        values |= {{"from": "start"}.get(key, key): named[key] for key in ("from", "awaits") if key in named}
    return values


def _faults(kind: type[Entry], values: Mapping[str, Any]) -> Iterator[str]:
    """Each fault of one entry."""
    fields = {field.name: field for field in dataclasses.fields(kind)}
    yield from (f"`{key}` is not known" for key in values if key not in fields)
    for name, field in fields.items():
        if field.default is dataclasses.MISSING and name not in values:
            yield f"`{name}` is missing"
    for key, value in values.items():
        if key in fields and not _fits(HINTS[kind.__name__][key], value):
            yield f"`{key}` is {value!r}"
    if ("start" in values) == bool(values.get("awaits")):
        yield "give `from`, or `awaits` where the day is not known: one of the two"
    start, end = values.get("start"), values.get("end")
    if isinstance(start, date) and isinstance(end, date) and end < start:
        yield "`until` comes before `from`"
    if values.get("level", "error") not in ("error", "warning"):
        yield "`level` is error or warning"


def _fits(hint: str, value: Any) -> bool:
    """Whether a value of a file is what its field holds; patterns must compile."""
    if "Pattern" in hint:
        try:
            return isinstance(value, str) and bool(_pattern(value))
        except re.error:
            return False
    if "date" in hint:
        return isinstance(value, date)
    if "bool" in hint:
        return isinstance(value, bool)
    if "tuple" in hint:
        return isinstance(value, list) and all(isinstance(item, str) and item for item in value)
    if "Mapping" in hint:
        return isinstance(value, dict) and all(isinstance(text, str) and text for text in value.values())
    return isinstance(value, str) and bool(value.strip())


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.I)  # with the same flags each time, so that `re` remembers it


def _typed(kind: type[Entry], key: str, value: Any) -> Any:
    hint = HINTS[kind.__name__][key]
    if "Pattern" in hint:
        return _pattern(value)
    return tuple(value) if "tuple" in hint else value


def _twice(entries: tuple[Entry, ...]) -> Iterator[str]:
    """Two entries of one kind and id that hold on the same day."""
    seen: dict[tuple[type[Entry], str], list[Entry]] = {}
    for entry in entries:
        for other in seen.setdefault((type(entry), entry.id), []):
            if _overlap(entry, other):
                yield f"`{entry.id}` has two entries that hold on the same day"
        seen[type(entry), entry.id].append(entry)


def _overlap(one: Entry, other: Entry) -> bool:
    if one.start is None or other.start is None:
        return False
    return one.start <= (other.end or date.max) and other.start <= (one.end or date.max)


def _of_this_release() -> tuple[Body, ...]:
    return read({path.name: path.read_text("utf-8") for path in sorted(FOLDER.glob("*.toml"))}).bodies


LAW = StatuteBook(_of_this_release)
"""The law that comes with this release."""


def newest() -> LawOfDay:
    """All of it that has a day, for what is asked without one."""
    return LAW.on(None)
