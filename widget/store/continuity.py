"""Whether the database holds what was signed. Reads the nodes of the tree that this takes, and no more.

Rows and nodes are never believed for being there: a head counts if it extends the kept one, a row if it is in that head.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from widget.errors import NotAsSigned, OtherKeys
from widget.ledger.checkpoint import Head
from widget.ledger.events import ConsentEvent
from widget.ledger.head_keeper import HeadKeeper, SignedHead
from widget.ledger.merkle import (
    EMPTY_ROOT,
    Tree,
    consistency_path,
    inclusion_path,
    leaf_hash,
    peak_positions,
    verify_consistency,
    verify_inclusion,
)

Nodes = Callable[[Iterable[int]], Mapping[int, bytes]]
"""Reads stored nodes of the tree by position; one that is missing is left out."""


@dataclass(frozen=True)
class Claim:
    """The database's claim about itself: how many events it has, the signed head that covers them, and which keys it
    needs."""

    size: int
    checkpoint: str | None
    keys: str | None


def stored_tree(size: int, nodes: Nodes) -> Tree:
    """The tree of the first `size` events, from its peaks: at most as many nodes as `size` has bits."""
    places = peak_positions(size)
    stored = nodes(places)
    try:
        return Tree(size, tuple(stored[place] for place in places))
    except KeyError as error:
        raise NotAsSigned(f"the tree of {size} events lacks a node") from error


def extends(first: Head, second: Head, nodes: Nodes) -> bool:
    """Whether the tree of the second head only added to that of the first: RFC 6962 section 2.1.2."""
    if first.size == 0:
        return first.root == EMPTY_ROOT
    if first.size >= second.size:
        return (first.size, first.root) == (second.size, second.root)
    path = consistency_path(first.size, second.size)
    try:
        proof = path.proof(nodes(path.positions()))
    except KeyError:
        return False
    return verify_consistency(first.size, second.size, first.root, second.root, proof)


def signed_tree(claim: Claim, heads: HeadKeeper, known: Sequence[Head], nodes: Nodes) -> tuple[Tree, SignedHead]:
    """The database's tree and its signed head, seen to extend the `known` ones, which were asked for before it was read.

    `NotAsSigned` for anything else: nothing may be signed, kept or handed out then.
    """
    check_keys(claim, heads)
    signed = heads.signed(claim.checkpoint) if claim.checkpoint is not None else None
    if signed is None:
        raise NotAsSigned("the database has no head that this log signed")
    if signed.head.size != claim.size:
        raise NotAsSigned(f"the database has {claim.size} events, but its signed head covers {signed.head.size}")
    tree = stored_tree(claim.size, nodes)
    if tree.root != signed.head.root:
        raise NotAsSigned(f"the tree of the {claim.size} events is not the one that was signed")
    for head in known:
        if head != signed.head and not extends(head, signed.head, nodes):
            raise NotAsSigned(
                f"the database, of {claim.size} events, does not go on from the {head.size} that were signed"
            )
    heads.trust(signed)
    return tree, signed


def check_keys(claim: Claim, heads: HeadKeeper) -> None:
    """`OtherKeys` where the database needs other keys than these. One of an earlier release does not say."""
    if claim.keys in (None, heads.fingerprints):
        return
    here, needed = (set(prints.split()) for prints in (heads.fingerprints, claim.keys or ""))
    names = ", ".join(sorted(one.partition("=")[0] for one in needed - here))
    raise OtherKeys(
        f"The database needs other keys than those in {heads.folder} ({names}). They were changed with `consents rotate` on "
        "another host, or this folder is from before. Stop the endpoint here, copy the whole folder from the host that "
        "changed them, and start again."
    )


def first_tree(claim: Claim, heads: HeadKeeper, nodes: Nodes) -> tuple[Tree, SignedHead]:
    """The same when the endpoint starts: a log that is new, or new under this name, or of an earlier release, is signed.

    An earlier release kept a head at most once a second and wrote none into the database: its last events are believed.
    """
    check_keys(claim, heads)
    signed = heads.signed(claim.checkpoint) if claim.checkpoint is not None else None
    kept = heads.kept()
    if signed is not None:
        if kept is None and signed.head.size:
            raise NotAsSigned("the keys folder lacks the last signed head")
        return signed_tree(claim, heads, heads.known(), nodes)
    tree = stored_tree(claim.size, nodes)
    if kept is not None:
        head = Head(kept.head.origin, tree.size, tree.root)
        if not extends(kept.head, head, nodes) or (kept.head.size < tree.size and not heads.kept_before()):
            raise NotAsSigned("the signed head is missing from the database")
    return tree, heads.sign(tree)


def check_events(events: Sequence[ConsentEvent], tree: Tree, nodes: Nodes) -> None:
    """`NotAsSigned` unless each event, hashed again, is in the tree: an inclusion proof for each (RFC 6962 2.1.1)."""
    if any(not 0 < event.seq <= tree.size for event in events):
        raise NotAsSigned("the database has an event that is in no signed head")
    paths = [inclusion_path(event.seq - 1, tree.size) for event in events]
    stored = nodes({place for path in paths for place in path.positions()})
    root = tree.root
    for event, path in zip(events, paths, strict=True):
        try:
            leaf, proof = leaf_hash(event.leaf()), path.proof(stored)
        except (KeyError, ValueError) as error:
            raise NotAsSigned(f"event {event.seq} is not as it was signed") from error
        if not verify_inclusion(leaf, event.seq - 1, tree.size, proof, root):
            raise NotAsSigned(f"event {event.seq} is not as it was signed")
