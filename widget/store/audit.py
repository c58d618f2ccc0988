"""Recomputes the whole ledger from its rows and says everything that is not as it must be."""

from __future__ import annotations

from collections.abc import Iterator

from widget.ledger.checkpoint import BadCheckpoint, Head
from widget.ledger.events import ConsentEvent
from widget.ledger.key_changes import LogKeys
from widget.ledger.key_folder import Keys
from widget.ledger.merkle import Tree, leaf_hash, stored_nodes
from widget.store.queries import Reading

MOST = 20
"""How many faults are told before the rest is left out: one altered row makes many."""


def faults(reading: Reading, kept: Head | None) -> tuple[Tree, list[str]]:
    """The tree that the events make, and in what the stored tree and the kept head differ from it."""
    found: list[str] = []
    tree = Tree()
    kept_root = Tree().root if kept and kept.size == 0 else None
    nodes = reading.stored_nodes()
    for event in _readable(reading, found):
        if event.seq != tree.size + 1:
            found.append(f"event {tree.size + 1} is missing")
            return tree, found
        first = stored_nodes(tree.size)
        tree, completed = tree.append(leaf_hash(event.leaf()))
        stored = [next(nodes, None) for _ in completed]
        if stored != list(enumerate(completed, first)) and len(found) < MOST:
            found.append(f"event {event.seq} does not match the tree")
        if kept and kept.size == tree.size:
            kept_root = tree.root
    if next(nodes, None) is not None:
        found.append("the tree holds more than the events")
    if kept and kept.size > tree.size:
        found.append(f"the signed head has {kept.size} events, the database {tree.size}: the end was cut off")
    elif kept and kept_root != kept.root:
        found.append(f"the first {kept.size} events are not those that were signed")
    return tree, found


def head_faults(checkpoint: str | None, tree: Tree, keys: LogKeys, *, expected: bool) -> list[str]:
    """In what the signed head in the database differs from the tree that the events make."""
    if checkpoint is None:
        return ["the signed head is missing from the database"] if expected else []
    try:
        head = keys.verify(checkpoint)[0]
    except BadCheckpoint as error:
        return [f"the head in the database is not one that this log signed: {error}"]
    if (head.size, head.root) != (tree.size, tree.root):
        return [f"the head in the database covers {head.size} events and is not that of the {tree.size} that are there"]
    return []


def key_faults(reading: Reading, tree: Tree, keys: Keys) -> list[str]:
    """In what the database differs from what the keys folder says of its keys; the tree is that of its events."""
    found = [
        f"at {change.head.size} events, where the signing key changed, the tree was another"
        for change in keys.changes
        if change.head.size > tree.size or reading.tree(change.head.size).root != change.head.root
    ]
    if reading.keys() not in (None, keys.fingerprints):
        found.append("the database needs other keys than those that are here")
    return found


def _readable(reading: Reading, found: list[str]) -> Iterator[ConsentEvent]:
    """The events up to the first that cannot be one."""
    try:
        for event in reading.events():
            event.leaf()
            yield event
    except (ValueError, TypeError) as error:
        found.append(f"a row of the table event is not an event: {error}")
