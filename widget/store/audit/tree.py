"""Computes the Merkle tree anew from the rows of the ledger, and compares it with the stored one and with signed
heads."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from sqlalchemy import select

from widget.ledger.checkpoint import BadCheckpoint, Head
from widget.ledger.key_changes import LogKeys
from widget.ledger.key_folder import Keys
from widget.ledger.merkle import EMPTY_ROOT, Tree, leaf_hash, stored_nodes
from widget.store.audit.findings import MOST, Fault
from widget.store.queries import Reading
from widget.store.schema import HEAD

ALTERED = "It or the tree was changed after it was signed"
CUT = "Events were deleted, or an older database was put in place"
REWRITTEN = "The ledger was rewritten, or begun anew"
KEPT = "the signed head"
STEP = 1000
"""After so many events the progress of the tree is reported."""


def faults(
    reading: Reading,
    kept: Head | None,
    elsewhere: Mapping[str, Head] | None = None,
    told: Callable[[str], None] = lambda said: None,
) -> tuple[Tree, list[Fault]]:
    """The tree that the events make, and in what the stored tree, the kept head and heads from `elsewhere` differ
    from it.

    Reads all rows once, and holds none of them. `told` hears how far it has come.
    """
    found: list[Fault] = []
    heads = {**({KEPT: kept} if kept else {}), **(elsewhere or {})}
    sizes = {head.size for head in heads.values()}
    roots = {0: EMPTY_ROOT}
    tree = Tree()
    total = reading.size()
    for tree in _grown(reading, found):
        if tree.size % STEP == 0:
            told(f"{tree.size:,} of {total:,} events")
        if tree.size in sizes:
            roots[tree.size] = tree.root
    for name, head in heads.items():
        if head.size > tree.size:
            wrong = f"{name} has {head.size} events, the database {tree.size}: the end was cut off"
            found.append(Fault("event", wrong, CUT))
        elif roots[head.size] != head.root:
            wrong = f"the first {head.size} events are not those that were signed, by {name}"
            found.append(Fault("event", wrong, REWRITTEN))
    return tree, found


def head_faults(reading: Reading, tree: Tree, keys: LogKeys, *, expected: bool) -> list[Fault]:
    """In what the signed head in the database differs from the tree that the events make."""
    rows = reading.connection.execute(select(HEAD.c.id, HEAD.c.size, HEAD.c.checkpoint)).all() if expected else []
    if expected and not rows:
        return [Fault("head", "the signed head is missing from the database", "Nothing is recorded until it is back")]
    found = [Fault(f"head {row.id}", "there is one head, number 1", ALTERED) for row in rows if row.id != 1]
    for row in rows:
        try:
            head = keys.verify(row.checkpoint)[0]
        except BadCheckpoint as error:
            wrong = f"the head in the database is not one that this log signed: {error}"
            found.append(Fault(f"head {row.id}", wrong, ALTERED))
            continue
        if (head.size, head.root) != (tree.size, tree.root):
            wrong = f"it covers {head.size} events and is not that of the {tree.size} that are there"
            found.append(
                Fault(f"head {row.id}", wrong, "Events were added, deleted or changed without the signing key")
            )
        if row.size != head.size:
            found.append(Fault(f"head {row.id}", f"its column says {row.size}, its text {head.size}", ALTERED))
    return found


def key_faults(reading: Reading, tree: Tree, keys: Keys) -> list[Fault]:
    """In what the database differs from what the keys folder says of its keys; the tree is that of its events."""
    found = [
        Fault("event", f"at {change.head.size} events, where the signing key changed, the tree was another", REWRITTEN)
        for change in keys.changes
        if change.head.size > tree.size or reading.tree(change.head.size).root != change.head.root
    ]
    if reading.keys() not in (None, keys.fingerprints):
        wrong = "the database needs other keys than those that are here"
        found.append(Fault("head", wrong, "A file of the keys folder was replaced, or the folder is another's"))
    return found


def _grown(reading: Reading, found: list[Fault]) -> Iterator[Tree]:
    """The tree after each event. For a row that is missing or unreadable the stored hash of its leaf is taken.

    Where that is missing too nothing can be computed from there on.
    """
    tree, nodes = Tree(), _Nodes(reading)
    for seq, leaf in _leaves(reading):
        if seq <= tree.size:
            _add(found, Fault(f"event {seq}", "it is there twice", ALTERED))
            continue
        while tree.size + 1 < seq:
            _add(found, Fault(f"event {tree.size + 1}", f"event {tree.size + 1} is missing", "Its row was deleted"))
            stored = nodes.at(stored_nodes(tree.size))
            if stored is None:
                return
            tree = _appended(tree, stored, nodes, found)
            yield tree
        hashed = leaf_hash(leaf) if leaf is not None else nodes.at(stored_nodes(tree.size))
        if leaf is None:
            _add(found, Fault(f"event {seq}", "a row of the table event is not an event", ALTERED))
        if hashed is None:
            return
        tree = _appended(tree, hashed, nodes, found)
        yield tree
    if nodes.are_left(stored_nodes(tree.size)):
        found.append(Fault("node", "the tree holds more than the events", "Events were deleted"))


def _appended(tree: Tree, hashed: bytes, nodes: _Nodes, found: list[Fault]) -> Tree:
    first = stored_nodes(tree.size)
    grown, completed = tree.append(hashed)
    if any(nodes.at(place) != node for place, node in enumerate(completed, first)):
        _add(found, Fault(f"event {grown.size}", f"event {grown.size} does not match the tree", ALTERED))
    return grown


def _leaves(reading: Reading) -> Iterator[tuple[int, bytes | None]]:
    """Each row's number and the bytes of its leaf, None where it cannot be one."""
    for seq, event in reading.entries():
        try:
            yield seq, event.leaf() if event else None
        except (ValueError, TypeError, KeyError):
            yield seq, None


def _add(found: list[Fault], fault: Fault) -> None:
    if len(found) < MOST:
        found.append(fault)


class _Nodes:
    """The stored nodes in order of position; asked for in that order too."""

    def __init__(self, reading: Reading) -> None:
        self._rows = reading.stored_nodes()
        self._current = next(self._rows, None)

    def at(self, place: int) -> bytes | None:
        """The node at a position that is not before the last one asked for; None where there is none."""
        while self._current is not None and self._current[0] < place:
            self._current = next(self._rows, None)
        if self._current is None or self._current[0] != place:
            return None
        return self._current[1]

    def are_left(self, place: int) -> bool:
        """Whether there are nodes from a position on."""
        while self._current is not None and self._current[0] < place:
            self._current = next(self._rows, None)
        return self._current is not None
