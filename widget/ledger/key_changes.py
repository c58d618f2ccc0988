"""Which key signed a log's heads from which size: the log goes on under its name when its signing key changes. Pure.

Each change is stated by a checkpoint at the size where it was made, with the old and the new key in its extension lines and
the signatures of both (a C2SP signed note can bear several). So either key leads to the other, and a key counts only for
heads of the sizes that it signed: an old key that somebody finds cannot sign what came later.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from widget.ledger.checkpoint import BadCheckpoint, Head, Verifier, sign, verify

UNTIL, FROM = "signed-until-here-by ", "signed-from-here-by "


@dataclass(frozen=True)
class Change:
    """The head at which one key ended and the next began, and the checkpoint that states it."""

    head: Head
    old: Verifier
    new: Verifier
    statement: str


@dataclass(frozen=True)
class LogKeys:
    """The public keys of one log: the one that signs now, and the changes that led to it, in order."""

    current: Verifier
    changes: tuple[Change, ...] = ()

    def verify(self, checkpoint: str) -> tuple[Head, Verifier]:
        """The head that a checkpoint states, and the key that signed it; `BadCheckpoint` unless it was that key's to sign."""
        reason = BadCheckpoint("not signed by this key")
        for verifier, first, last in self._spans():
            try:
                head = verify(checkpoint, verifier)
            except BadCheckpoint as error:
                reason = error
                continue
            if first <= head.size and (last is None or head.size <= last):
                return head, verifier
            reason = BadCheckpoint(f"the key that signed it was not the log's at {head.size} events")
        raise reason

    def earlier(self) -> Iterator[tuple[Verifier, int]]:
        """The keys from before, the last first, each with the largest size that it signed."""
        for change in reversed(self.changes):
            yield change.old, change.head.size

    def __str__(self) -> str:
        return "\n".join((f"{self.current}\n", *(change.statement for change in self.changes)))

    @classmethod
    def parse(cls, text: str) -> LogKeys:
        """Read a vkey, alone or with the changes that lead to it or away from it; `BadCheckpoint` if they do not."""
        trusted, _, statements = text.strip().partition("\n\n")
        verifier = Verifier.parse(trusted)
        changes = changes_in(statements)
        if not changes:
            return cls(verifier)
        if verifier.key_id not in {changes[0].old.key_id, *(change.new.key_id for change in changes)}:
            raise BadCheckpoint("the changes are not of this key")
        return cls(changes[-1].new, changes)

    def _spans(self) -> Iterator[tuple[Verifier, int, int | None]]:
        last: int | None = None
        verifier = self.current
        for change in reversed(self.changes):
            yield verifier, change.head.size, last
            verifier, last = change.old, change.head.size
        yield verifier, 0, last


def change(head: Head, old: Ed25519PrivateKey, new: Ed25519PrivateKey) -> Change:
    """State at a head that the old key gives way to the new one: both sign it."""
    before, after = Verifier(head.origin, old.public_key()), Verifier(head.origin, new.public_key())
    stated = Head(head.origin, head.size, head.root, (*head.notes, f"{UNTIL}{before}", f"{FROM}{after}"))
    signature = sign(stated, new).partition("\n\n")[2]
    return Change(stated, before, after, sign(stated, old) + signature)


def changes_in(text: str) -> tuple[Change, ...]:
    """The changes that a text states, one after the other; `BadCheckpoint` where one does not follow from the last."""
    parts = text.strip("\n").split("\n\n") if text.strip() else []
    changes: list[Change] = []
    for said, signatures in zip(parts[::2], parts[1::2], strict=len(parts) % 2 == 0):
        one = _change(f"{said}\n\n{signatures}\n")
        if changes and (changes[-1].new.key_id != one.old.key_id or changes[-1].head.size > one.head.size):
            raise BadCheckpoint("a change of the key does not follow from the one before")
        changes.append(one)
    if len(parts) % 2:
        raise BadCheckpoint("a change of the key is cut short")
    return tuple(changes)


def _change(statement: str) -> Change:
    lines = statement.partition("\n\n")[0].split("\n")
    try:
        old, new = (
            Verifier.parse(line.removeprefix(mark)) for line, mark in zip(lines[-2:], (UNTIL, FROM), strict=True)
        )
    except ValueError as error:
        raise BadCheckpoint("a change of the key names no keys") from error
    if old.origin != new.origin:
        raise BadCheckpoint("a change of the key is between two logs")
    head = verify(statement, old)
    verify(statement, new)
    return Change(head, old, new, statement)
