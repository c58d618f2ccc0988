"""Proofs that events are in the ledger, as text that anyone can keep and check. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from widget.ledger.checkpoint import tlog_proof
from widget.ledger.events import ConsentEvent
from widget.ledger.merkle import inclusion_path

NONE: Mapping[int, bytes] = {}


@dataclass(frozen=True)
class Evidence:
    """The proof that events are in the ledger: leaves, a C2SP tlog-proof for each, and the signed head."""

    leaves: list[str]
    proofs: list[str]
    checkpoint: str


def evidence(
    checkpoint: str,
    size: int,
    nodes: Mapping[int, bytes],
    events: Sequence[ConsentEvent],
    leaves: Mapping[int, bytes] = NONE,
) -> Evidence:
    """The proofs for events, all against the signed head of `size` events, from the nodes that they need.

    `leaves` are those that are known already, by number.
    """
    paths = [inclusion_path(event.seq - 1, size).proof(nodes) for event in events]
    proofs = [tlog_proof(event.seq - 1, path, checkpoint) for event, path in zip(events, paths, strict=True)]
    return Evidence([(leaves.get(event.seq) or event.leaf()).decode() for event in events], proofs, checkpoint)
