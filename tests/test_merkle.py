"""The Merkle tree: RFC 6962's definitions written out anew are the oracle."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymerkle import InmemoryTree

from widget.ledger.merkle import (
    EMPTY_ROOT,
    Tree,
    consistency_path,
    inclusion_path,
    leaf_hash,
    node_hash,
    peak_positions,
    position,
    shared_positions,
    shared_root,
    stored_nodes,
    verify_consistency,
    verify_inclusion,
)

MOST = 200
LEAVES = [leaf_hash(bytes([number])) for number in range(MOST)]


def root_by_definition(leaves: list[bytes]) -> bytes:
    """RFC 6962 section 2.1, word for word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return hashlib.sha256(b"\x01" + root_by_definition(leaves[:split]) + root_by_definition(leaves[split:])).digest()


def grown(size: int) -> tuple[Tree, dict[int, bytes]]:
    """The tree of the first leaves, and its stored nodes as a table would hold them."""
    tree = Tree()
    stored: dict[int, bytes] = {}
    for leaf in LEAVES[:size]:
        first = stored_nodes(tree.size)
        tree, completed = tree.append(leaf)
        for place, node in enumerate(completed, first):
            assert place not in stored
            stored[place] = node
    return tree, stored


STORED = grown(MOST)[1]
SIZES = st.integers(1, MOST)


def test_the_root_of_every_size_is_the_one_that_the_rfc_defines() -> None:
    tree = Tree()
    assert tree.root == EMPTY_ROOT
    for size, leaf in enumerate(LEAVES, 1):
        tree, _ = tree.append(leaf)
        assert tree.root == root_by_definition(LEAVES[:size])


def test_hashes_of_the_rfc_known_from_elsewhere() -> None:
    assert leaf_hash(b"").hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    assert EMPTY_ROOT.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_nodes_are_stored_without_gaps_in_the_order_in_which_they_are_completed() -> None:
    assert sorted(STORED) == list(range(stored_nodes(MOST)))
    assert all(STORED[position(0, index)] == leaf for index, leaf in enumerate(LEAVES))
    assert STORED[position(1, 3)] == node_hash(LEAVES[6], LEAVES[7])


@given(SIZES)
def test_a_tree_can_be_taken_up_again_from_its_stored_peaks(size: int) -> None:
    assert Tree(size, tuple(STORED[place] for place in peak_positions(size))) == grown(size)[0]


@given(SIZES, st.data())
def test_every_leaf_of_every_tree_has_a_proof_that_holds_for_it_and_no_other(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    root = grown(size)[0].root
    proof = inclusion_path(index, size).proof(STORED)
    assert verify_inclusion(LEAVES[index], index, size, proof, root)
    other = data.draw(st.integers(0, size).filter(lambda number: number != index))
    assert not verify_inclusion(LEAVES[index], other, size, proof, root)
    assert not verify_inclusion(leaf_hash(b"another"), index, size, proof, root)
    assert not verify_inclusion(LEAVES[index], index, size, [*proof, root], root)
    assert not verify_inclusion(LEAVES[index], -1, size, proof, root)
    if proof:
        assert not verify_inclusion(LEAVES[index], index, size, proof[:-1], root)


@given(SIZES, SIZES)
def test_a_tree_that_only_grew_has_a_proof_of_it(first: int, second: int) -> None:
    old, new = sorted((first, second))
    old_root, new_root = grown(old)[0].root, grown(new)[0].root
    proof = consistency_path(old, new).proof(STORED)
    assert verify_consistency(old, new, old_root, new_root, proof)
    assert not verify_consistency(old, new, leaf_hash(b"another"), new_root, proof)
    assert old == new or not verify_consistency(old, new, old_root, leaf_hash(b"another"), proof)
    assert not verify_consistency(old, new, old_root, new_root, [*proof, old_root])
    assert not verify_consistency(0, new, old_root, new_root, proof)


@given(SIZES, st.data())
def test_a_tree_whose_history_was_rewritten_has_no_proof_of_growth(size: int, data: st.DataObject) -> None:
    old = data.draw(st.integers(1, size))
    forged = Tree()
    for leaf in [leaf_hash(b"forged"), *LEAVES[1:old]]:
        forged, _ = forged.append(leaf)
    proof = consistency_path(old, size).proof(STORED)
    assert not verify_consistency(old, size, forged.root, grown(size)[0].root, proof)


def test_what_is_not_in_the_tree_has_no_proof() -> None:
    for index, size in ((0, 0), (3, 3), (-1, 3)):
        with pytest.raises(ValueError, match="no leaf"):
            inclusion_path(index, size)
    for old, new in ((0, 3), (4, 3)):
        with pytest.raises(ValueError, match="no consistency proof"):
            consistency_path(old, new)


def test_a_proof_is_never_longer_than_the_tree_is_high() -> None:
    assert max(len(inclusion_path(index, MOST).ranges) for index in range(MOST)) <= MOST.bit_length()
    assert all(len(consistency_path(old, MOST).ranges) <= MOST.bit_length() + 1 for old in range(1, MOST))


def test_another_implementation_finds_the_same_roots_and_proofs() -> None:
    oracle = InmemoryTree(algorithm="sha256")
    tree = Tree()
    for number in range(MOST):
        oracle.append_entry(bytes([number]))
        tree, _ = tree.append(LEAVES[number])
        assert tree.root == oracle.get_root()
    for size in range(1, MOST + 1, 7):
        for index in range(0, size, 5):
            proof = oracle.prove_inclusion(index + 1, size)
            proof.verify(LEAVES[index], grown(size)[0].root)
            hashes = inclusion_path(index, size).proof(STORED)
            assert verify_inclusion(LEAVES[index], index, size, hashes, oracle.get_root(size))
        assert verify_consistency(
            size, MOST, oracle.get_root(size), oracle.get_root(), consistency_path(size, MOST).proof(STORED)
        )
        oracle.prove_consistency(size, MOST).verify(grown(size)[0].root, tree.root)


@given(st.data(), SIZES)
def test_leaves_together_give_the_root_and_no_changed_one_does(data: st.DataObject, size: int) -> None:
    tree, stored = grown(size)
    chosen = sorted(data.draw(st.sets(st.integers(0, size - 1), min_size=1)))
    needed = {place: stored[place] for place in shared_positions(chosen, size)}
    leaves = {index: LEAVES[index] for index in chosen}
    assert shared_root(leaves, size, needed) == tree.root
    changed = data.draw(st.sampled_from(chosen))
    assert shared_root(leaves | {changed: leaf_hash(b"another")}, size, needed) != tree.root
    if len(chosen) > 1:
        one, other = chosen[0], chosen[-1]
        assert shared_root(leaves | {one: LEAVES[other], other: LEAVES[one]}, size, needed) != tree.root
    if needed:
        with pytest.raises(KeyError):
            shared_root(leaves, size, {place: node for place, node in needed.items() if place != min(needed)})


def test_leaves_that_no_tree_has_are_refused() -> None:
    for chosen, size in (([3], 3), ([-1, 0], 3)):
        with pytest.raises(ValueError, match="not in a tree of 3"):
            shared_positions(chosen, size)
