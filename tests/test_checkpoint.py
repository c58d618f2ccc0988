"""Signed heads and proofs as text that anyone can check with the public key alone."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from widget.ledger.checkpoint import BadCheckpoint, Head, Verifier, sign, tlog_proof, verify, verify_tlog_proof
from widget.ledger.merkle import Tree, inclusion_path, leaf_hash, position

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
VERIFIER = Verifier("privacy.example.org/consents/1", KEY.public_key())
LEAVES = [leaf_hash(bytes([number])) for number in range(3)]


def signed_tree() -> tuple[str, dict[int, bytes]]:
    tree = Tree()
    stored: dict[int, bytes] = {}
    for leaf in LEAVES:
        tree, completed = tree.append(leaf)
        stored |= dict(enumerate(completed, len(stored)))
    return sign(Head(VERIFIER.origin, tree.size, tree.root), KEY), stored


CHECKPOINT, STORED = signed_tree()
PROOF = tlog_proof(1, inclusion_path(1, 3).proof(STORED), CHECKPOINT)


def test_a_checkpoint_is_a_signed_note_with_origin_size_and_root() -> None:
    origin, size, root, gap, signature, end = CHECKPOINT.split("\n")
    assert (origin, size, gap, end) == (VERIFIER.origin, "3", "", "")
    assert signature.startswith(f"— {VERIFIER.origin} ")
    assert len(root) == 44


def test_the_public_key_alone_gives_back_the_head() -> None:
    verifier = Verifier.parse(str(VERIFIER))
    assert verify(CHECKPOINT, verifier).size == 3
    assert verify_tlog_proof(LEAVES[1], PROOF, verifier).size == 3


def test_another_key_or_another_name_is_refused() -> None:
    other = Ed25519PrivateKey.from_private_bytes(bytes(32))
    for verifier in (
        Verifier(VERIFIER.origin, other.public_key()),
        Verifier("elsewhere.example.org", KEY.public_key()),
    ):
        with pytest.raises(BadCheckpoint):
            verify(CHECKPOINT, verifier)


def test_signatures_of_witnesses_may_stand_beside_ours() -> None:
    assert verify(CHECKPOINT + "— witness.example.org c29tZXRoaW5nIGVsc2U=\n", VERIFIER).size == 3


def test_a_proof_holds_for_its_own_entry_only() -> None:
    for leaf in (LEAVES[0], LEAVES[2], leaf_hash(b"")):
        with pytest.raises(BadCheckpoint, match="does not lead"):
            verify_tlog_proof(leaf, PROOF, VERIFIER)


@given(st.integers(0, len(PROOF.encode()) * 8 - 1))
def test_no_single_bit_of_a_proof_can_be_changed(bit: int) -> None:
    altered = bytearray(PROOF.encode())
    altered[bit // 8] ^= 1 << bit % 8
    with pytest.raises((BadCheckpoint, UnicodeDecodeError)):
        verify_tlog_proof(LEAVES[1], altered.decode(), VERIFIER)


@given(st.text() | st.just("") | st.text(alphabet="\n —+=a1"))
def test_any_other_text_is_refused_and_nothing_else_happens(text: str) -> None:
    for read in (
        lambda: verify(text, VERIFIER),
        lambda: verify_tlog_proof(LEAVES[0], text, VERIFIER),
        lambda: Verifier.parse(text),
    ):
        with pytest.raises(BadCheckpoint):
            read()


def test_an_untrusted_extra_line_is_passed_over() -> None:
    with_extra = PROOF.replace("\n", "\nextra aGVsbG8=\n", 1)
    assert verify_tlog_proof(LEAVES[1], with_extra, VERIFIER).size == 3


def test_stored_positions_are_what_the_proof_reads() -> None:
    assert STORED[position(0, 1)] == LEAVES[1]
