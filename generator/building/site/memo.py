"""Values that are made when somebody asks for them, each kept with all that was read to make it.

A query reads inputs and other queries through `Memo.read` and nothing else. Each reading is recorded with its mark:
digits that differ where the value does. A kept value holds while all that it read has the marks of then, so that a
change goes no further than the first value that it leaves the same. Nothing can be stale, unless a query reads past
the memo.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

from generator.problems import ContentError

Key = tuple[str, ...]
"""The name of a query or an input, and its arguments."""
Reads = tuple[tuple[Key, str], ...]
"""The sources of a value in the order of reading, with the mark that each had."""
_UNREAD = object()
T = TypeVar("T")


class GaveWay(Exception):
    """Work that nobody waits for was left, because somebody waits for something else."""


class Stored(NamedTuple):
    """A value as it lies on the disk: as plain JSON, with what was read to make it."""

    mark: str
    reads: Reads
    plain: Any


@dataclass(frozen=True)
class Query:
    """How a value is made. `mark` gives its mark; without one it is that of all that was read.

    `dump` and `load` turn it into plain JSON and back, where it is worth keeping on the disk: they mark it too. At
    most `most` values are kept in memory. The reader of a `through` one has read what that read, and not the value
    itself: what comes of it can then be found on the disk without it.
    """

    make: Callable[..., Any]
    mark: Callable[[Any], str] | None = None
    dump: Callable[[Any], Any] | None = None
    load: Callable[[Any], Any] | None = None
    most: int | None = None
    through: bool = False


class _Cell:
    """One value, or the `ContentError` that came in its place. `seen` is the last revision in which it held."""

    __slots__ = ("failure", "mark", "plain", "reads", "seen", "value")

    def __init__(self, value: Any, failure: ContentError | None, mark: str, reads: Reads, seen: int) -> None:
        self.value = value
        self.failure = failure
        self.mark = mark
        self.reads = reads
        self.seen = seen
        self.plain: Any = None


class Memo:
    """The values of many queries. `inputs` give the mark of what lies outside; it may change between two revisions only.

    Not for two threads at once.
    """

    def __init__(
        self,
        queries: Mapping[str, Query],
        inputs: Mapping[str, Callable[..., str]],
        stored: Mapping[Key, Stored] | None = None,
    ) -> None:
        self._queries = dict(queries)
        self._inputs = inputs
        self._stored = stored or {}
        self._taken: dict[Key, Stored] = {}
        self._cells: dict[str, OrderedDict[Key, _Cell]] = {name: OrderedDict() for name in queries}
        self._recorders: list[dict[Key, str]] = []
        self._revision = 0
        self._latest: list[Key] = []
        self.gives_way: Callable[[], bool] = lambda: False
        """Whether what is being made is to be left now, with `GaveWay`; what was made until then is kept."""
        self.made = 0
        """How many values were made: those that held are not among them."""

    def add(self, name: str, query: Query) -> None:
        """Have another query."""
        self._queries[name] = query
        self._cells[name] = OrderedDict()

    def renew(self) -> None:
        """Begin a revision: any input may have changed."""
        self._revision += 1

    def begin(self) -> None:
        """Begin an attempt to make what somebody asks for."""
        self._latest.clear()

    def forget(self) -> None:
        """Forget what was made in this attempt: what it read past the inputs may have been there for a moment only."""
        for key in self._latest:
            self._cells[key[0]].pop(key, None)

    def read(self, name: str, *arguments: str) -> Any:
        """The value of a query, made anew only where it does not hold, or the mark of an input.

        `ContentError` as made.
        """
        key = (name, *arguments)
        if name in self._inputs:
            mark = self._inputs[name](*arguments)
            self._record(((key, mark),))
            return mark
        cell = self._fresh(key)
        self._record(cell.reads if self._queries[name].through else ((key, cell.mark),))
        if cell.failure:
            raise cell.failure
        return self._value(key, cell)

    def _record(self, reads: Reads) -> None:
        if self._recorders:
            self._recorders[-1].update(reads)

    def recorded(self, question: Callable[[], T]) -> tuple[T, Reads]:
        """The answer to a question, with all that it read to find it."""
        recorded: dict[Key, str] = {}
        self._recorders.append(recorded)
        try:
            answer = question()
        finally:
            self._recorders.pop()
        return answer, tuple(recorded.items())

    def same(self, reads: Reads) -> bool:
        """Whether all that was read is the same. One after the other: what comes later was asked for because of it."""
        return all(self._mark(key) == mark for key, mark in reads)

    def to_store(self) -> Iterator[tuple[Key, Stored]]:
        """The values worth keeping on the disk: those that this process made or used, then the others that lay there."""
        used = set()
        for name, query in self._queries.items():
            for key, cell in self._cells[name].items() if query.dump else ():
                if cell.failure is None:
                    used.add(key)
                    yield key, Stored(cell.mark, cell.reads, self._plain(query, cell))
        for entries in (self._taken, self._stored):
            left = entries.keys() - used
            used |= left
            yield from ((key, entries[key]) for key in entries if key in left)

    def holds(self, *key: str) -> bool:
        """Whether the value of a query is known and need not be made."""
        cell = self._cells[key[0]].get(key)
        if cell is None:
            return self._from_disk(key) is not None
        return cell.seen == self._revision or self.same(cell.reads)

    def stored(self, *key: str) -> Stored:
        """A value that is worth keeping on the disk, made where it does not hold. Raises as `read`."""
        self.read(*key)
        cell = self._fresh(key)
        return Stored(cell.mark, cell.reads, self._plain(self._queries[key[0]], cell))

    def take(self, entries: Iterable[tuple[Key, Stored]]) -> None:
        """Have values that another process made: they count as long as what they read has the same marks here."""
        self._taken.update(entries)

    def foresee(self, entries: Iterable[tuple[Key, Stored]]) -> None:
        """Have values that will hold, in the place of those that hold now: what they read is about to be so."""
        for key, entry in entries:
            self._cells[key[0]].pop(key, None)
            self._taken[key] = entry

    def _fresh(self, key: Key) -> _Cell:
        """The cell of a query, which holds in this revision."""
        cells = self._cells[key[0]]
        cell = cells.get(key)
        if cell is not None and cell.seen != self._revision and self.same(cell.reads):
            cell.seen = self._revision
        if cell is None:
            cell = self._from_disk(key)
        if cell is None or cell.seen != self._revision:
            cell = self._made(key)
        cells[key] = cell
        if (most := self._queries[key[0]].most) is not None:
            cells.move_to_end(key)
            while len(cells) > most:
                cells.popitem(last=False)
        return cell

    def _mark(self, key: Key) -> str:
        name, *arguments = key
        if (given := self._inputs.get(name)) is not None:
            return given(*arguments)
        return self._fresh(key).mark

    def _from_disk(self, key: Key) -> _Cell | None:
        entry = self._taken.get(key) or self._stored.get(key)
        if entry is None or not all(self._is_known(read) for read, _ in entry.reads) or not self.same(entry.reads):
            return None
        cell = _Cell(_UNREAD, None, entry.mark, entry.reads, self._revision)
        cell.plain = entry.plain
        return cell

    def _is_known(self, key: Key) -> bool:
        return key[0] in self._queries or key[0] in self._inputs

    def _made(self, key: Key) -> _Cell:
        if self.gives_way():
            raise GaveWay
        query = self._queries[key[0]]
        recorded: dict[Key, str] = {}
        self._recorders.append(recorded)
        value, failure = None, None
        try:
            value = query.make(*key[1:])
        except ContentError as refused:
            failure = refused
        finally:
            self._recorders.pop()
        self.made += 1
        self._latest.append(key)
        cell = _Cell(value, failure, "", tuple(recorded.items()), self._revision)
        if failure is not None:
            cell.mark = f"!{digest(repr(failure.problems))}"
        elif query.mark is not None:
            cell.mark = query.mark(value)
        elif query.dump is not None:
            cell.plain = query.dump(value)
            cell.mark = digest(repr(cell.plain))
        else:
            cell.mark = mark_of(cell.reads)
        return cell

    def _value(self, key: Key, cell: _Cell) -> Any:
        load = self._queries[key[0]].load
        if cell.value is _UNREAD and load is not None:
            cell.value = load(cell.plain)
        return cell.value

    def _plain(self, query: Query, cell: _Cell) -> Any:
        if cell.plain is None and query.dump is not None:
            cell.plain = query.dump(cell.value)
        return cell.plain


def digest(text: str) -> str:
    """A mark for a text: 32 hexadecimal digits of its SHA-256."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def mark_of(value: Any) -> str:
    """A mark for a value whose `repr` says all that it is, in an order that is always the same."""
    return digest(repr(value))
