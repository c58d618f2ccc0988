"""The Merkle tree of RFC 6962: its hashes, what an append stores, its proofs and how anyone checks them. Pure.

Only perfect subtrees are stored, and a stored node never changes. A node is named by its level (leaves are on level 0)
and its index on that level. `position` numbers the nodes in the order in which appends complete them, so that the
stored nodes only ever grow at their end.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

EMPTY_ROOT = hashlib.sha256(b"").digest()


def leaf_hash(leaf: bytes) -> bytes:
    """RFC 6962 section 2.1: SHA-256 over 0x00 and the leaf."""
    return hashlib.sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """RFC 6962 section 2.1: SHA-256 over 0x01 and both children."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def position(level: int, index: int) -> int:
    """The place of a node, from 0, among all nodes in the order in which appends complete them."""
    last_leaf = ((index + 1) << level) - 1
    return 2 * last_leaf - last_leaf.bit_count() + level


def stored_nodes(size: int) -> int:
    """How many nodes are stored for a tree of that many leaves; also the position of the next one."""
    return 2 * size - size.bit_count()


@dataclass(frozen=True)
class Tree:
    """The right edge of a tree: the hashes of its perfect subtrees, the largest first. Enough to append and to sign."""

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    @property
    def root(self) -> bytes:
        """RFC 6962 section 2.1: the Merkle tree hash of all leaves."""
        return _folded(self.peaks) if self.peaks else EMPTY_ROOT

    def append(self, leaf: bytes) -> tuple[Tree, tuple[bytes, ...]]:
        """The tree with one more leaf hash, and the nodes that this completes, from `stored_nodes(size)` on."""
        completed = [leaf]
        peaks = list(self.peaks)
        size = self.size
        while size & 1:
            completed.append(node_hash(peaks.pop(), completed[-1]))
            size >>= 1
        return Tree(self.size + 1, (*peaks, completed[-1])), tuple(completed)


def peak_positions(size: int) -> list[int]:
    """Where the peaks of a tree of that size are stored, the largest first."""
    return list(_perfect(0, size))


@dataclass(frozen=True)
class ProofPath:
    """A proof before its hashes are read: ranges of leaves, each the hash of one subtree, in the order of the proof."""

    ranges: tuple[tuple[int, int], ...]

    def positions(self) -> set[int]:
        """The stored nodes that the proof needs."""
        return {place for low, high in self.ranges for place in _perfect(low, high)}

    def proof(self, stored: Mapping[int, bytes]) -> list[bytes]:
        """The hashes of the proof, from stored nodes by position."""
        return [
            stored[_only(low, high)]
            if not (high - low) & (high - low - 1)
            else _folded([stored[place] for place in _perfect(low, high)])
            for low, high in self.ranges
        ]


def inclusion_path(index: int, size: int) -> ProofPath:
    """RFC 6962 section 2.1.1: what proves that the leaf of that index (from 0) is in the tree of that size."""
    if not 0 <= index < size:
        raise ValueError(f"no leaf {index} in a tree of {size}")
    ranges: list[tuple[int, int]] = []
    low, high = 0, size
    while high - low > 1:
        middle = low + _split(high - low)
        if index < middle:
            ranges.append((middle, high))
            high = middle
        else:
            ranges.append((low, middle))
            low = middle
    return ProofPath(tuple(reversed(ranges)))


def shared_positions(leaves: Sequence[int], size: int) -> set[int]:
    """The stored nodes that, with the leaves of those indices, give the root of the tree of that size; indices in order, each once."""
    if not all(0 <= index < size for index in (leaves[0], leaves[-1])):
        raise ValueError(f"a leaf is not in a tree of {size}")
    found: set[int] = set()
    ranges = [(0, size, 0, len(leaves))]
    while ranges:
        low, high, first, last = ranges.pop()
        if first == last:
            found.update(_perfect(low, high))
        elif high - low > 1:
            middle = low + _split(high - low)
            cut = bisect_left(leaves, middle, first, last)
            ranges += [(low, middle, first, cut), (middle, high, cut, last)]
    return found


def shared_root(leaves: Mapping[int, bytes], size: int, stored: Mapping[int, bytes]) -> bytes:
    """The root that leaf hashes by index and stored nodes give: one walk for all, where each proof alone has a walk of its own.

    It is the root of a tree only if every one of the leaves is in that tree at its index. `KeyError` where a node is missing.
    """
    places = sorted(leaves)

    def of(low: int, high: int, first: int, last: int) -> bytes:
        if first == last:
            return _folded([stored[place] for place in _perfect(low, high)])
        if high - low == 1:
            return leaves[low]
        middle = low + _split(high - low)
        cut = bisect_left(places, middle, first, last)
        return node_hash(of(low, middle, first, cut), of(middle, high, cut, last))

    return of(0, size, 0, len(places))


def consistency_path(old: int, new: int) -> ProofPath:
    """RFC 6962 section 2.1.2: what proves that the tree of size `new` continues the tree of size `old`."""
    if not 0 < old <= new:
        raise ValueError(f"no consistency proof from {old} to {new}")
    ranges: list[tuple[int, int]] = []
    low, high = 0, new
    whole = True
    while old != high:
        middle = low + _split(high - low)
        if old <= middle:
            ranges.append((middle, high))
            high = middle
        else:
            ranges.append((low, middle))
            low, whole = middle, False
    if not whole:
        ranges.append((low, high))
    return ProofPath(tuple(reversed(ranges)))


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether the proof shows the leaf hash at that index of that tree. RFC 9162 section 2.1.3.2."""
    if not 0 <= index < size:
        return False
    node, last, found = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if node & 1 or node == last:
            found = node_hash(sibling, found)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            found = node_hash(found, sibling)
        node, last = node >> 1, last >> 1
    return last == 0 and found == root


def verify_consistency(old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether the proof shows that the newer tree only added to the older one. RFC 9162 section 2.1.4.2."""
    if not 0 < old <= new:
        return False
    if old == new:
        return not proof and old_root == new_root
    hashes = list(proof) if old & (old - 1) else [old_root, *proof]
    if not hashes:
        return False
    node, last = old - 1, new - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    first = second = hashes[0]
    for sibling in hashes[1:]:
        if last == 0:
            return False
        if node & 1 or node == last:
            first, second = node_hash(sibling, first), node_hash(sibling, second)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            second = node_hash(second, sibling)
        node, last = node >> 1, last >> 1
    return last == 0 and first == old_root and second == new_root


def _split(size: int) -> int:
    """The largest power of two below `size`: where RFC 6962 cuts a tree."""
    return 1 << (size - 1).bit_length() - 1


def _perfect(low: int, high: int) -> Iterator[int]:
    """Positions of the perfect subtrees that make up the leaves from `low` to `high`, the largest first.

    `low` is a multiple of the largest: RFC 6962 makes no other ranges.
    """
    while low < high:
        level = (high - low).bit_length() - 1
        yield position(level, low >> level)
        low += 1 << level


def _only(low: int, high: int) -> int:
    """The position of the one perfect subtree that leaves from `low` to `high` are: most ranges are such."""
    level = (high - low).bit_length() - 1
    return position(level, low >> level)


def _folded(peaks: Sequence[bytes]) -> bytes:
    """One hash for perfect subtrees of falling size, joined from the right."""
    *rest, found = peaks
    for peak in reversed(rest):
        found = node_hash(peak, found)
    return found
