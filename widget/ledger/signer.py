"""Signs the ledger's heads. Requests that share a commit share its signature."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from widget.ledger.checkpoint import tlog_proof
from widget.ledger.events import ConsentEvent
from widget.ledger.key_folder import Keys
from widget.ledger.merkle import Tree, inclusion_path

NONE: Mapping[int, bytes] = {}


@dataclass(frozen=True)
class Evidence:
    """What proves that events are in the ledger: leaves, a C2SP tlog-proof for each, and the signed head."""

    leaves: list[str]
    proofs: list[str]
    checkpoint: str


class Signer:
    """Safe to use from many threads: at worst a head is signed twice, with the same result."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys
        self._last: tuple[Tree, str] | None = None

    def checkpoint(self, tree: Tree) -> str:
        """The signed head of a tree."""
        last = self._last
        if last is not None and last[0] == tree:
            return last[1]
        signed = self._keys.sign(tree.size, tree.root)
        self._last = (tree, signed)
        return signed

    def evidence(
        self, tree: Tree, nodes: Mapping[int, bytes], events: Sequence[ConsentEvent], leaves: Mapping[int, bytes] = NONE
    ) -> Evidence:
        """The proofs for events, all against one head, from the nodes that they need; `leaves` that are known, by number."""
        checkpoint = self.checkpoint(tree)
        paths = [inclusion_path(event.seq - 1, tree.size).proof(nodes) for event in events]
        proofs = [tlog_proof(event.seq - 1, path, checkpoint) for event, path in zip(events, paths, strict=True)]
        return Evidence([(leaves.get(event.seq) or event.leaf()).decode() for event in events], proofs, checkpoint)
