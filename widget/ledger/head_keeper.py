"""Signs the ledger's heads and keeps the last one beside the keys, before it leaves. Safe to use from many threads.

A kept head gives way only to a larger one that extends it. Processes of one host share the keys folder; those of other
hosts share the database alone, where each finds the head that the others signed.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from widget.errors import NotAsSigned, Unavailable
from widget.ledger import head_files
from widget.ledger.checkpoint import BadCheckpoint, Head, verify
from widget.ledger.key_folder import Keys
from widget.ledger.merkle import Tree

Extends = Callable[[Head, Head], bool]
"""Whether the database shows that the tree of the second head only added to that of the first."""
REMEMBERED = 256
ATTEMPTS = 3
"""Another process may be writing one file while the other is read, and then the other way round."""


@dataclass(frozen=True)
class SignedHead:
    """A head and the checkpoint that states it."""

    head: Head
    checkpoint: str


class HeadKeeper:
    """The head of one ledger, as this process knows it.

    `trust` notes a head that was seen to extend all that was trusted before: trusted heads lie on one chain.
    """

    def __init__(self, keys: Keys) -> None:
        self._keys = keys
        self._read: dict[str, SignedHead | None] = {}
        self._trusted: dict[Head, SignedHead] = {}
        self._newest: SignedHead | None = None
        self._changing = threading.Lock()
        self._kept_size = -1
        """Up to where this process has kept or found kept: a larger head need not be looked for before the lock."""
        self._doubtful = True
        """Whether the last attempt to keep a head failed, or there was none yet."""

    @property
    def folder(self) -> Path:
        """The folder of keys."""
        return self._keys.folder

    @property
    def fingerprints(self) -> str:
        """Which keys these are, as the database notes it."""
        return self._keys.fingerprints

    def sign(self, tree: Tree) -> SignedHead:
        """The signed head of a tree, which the caller has seen to extend the kept one."""
        head = Head(self._keys.origin, tree.size, tree.root, self._keys.cites)
        signed = SignedHead(head, self._keys.sign(tree.size, head.root))
        self._remember(signed.checkpoint, signed)
        return signed

    def signed(self, checkpoint: str) -> SignedHead | None:
        """The head that a checkpoint states, if a key of this log signed it when it was the log's."""
        try:
            return self._read[checkpoint]
        except KeyError:
            pass
        try:
            read = SignedHead(self._keys.public.verify(checkpoint)[0], checkpoint)
        except BadCheckpoint:
            read = None
        self._remember(checkpoint, read)
        return read

    def is_current(self, signed: SignedHead) -> bool:
        """Whether the key that signs now signed it, rather than one that the log had before."""
        try:
            return verify(signed.checkpoint, self._keys.verifier) == signed.head
        except BadCheckpoint:
            return False

    def kept(self) -> SignedHead | None:
        """The head in the keys folder; None where none was ever kept. `NotAsSigned` where it is damaged."""
        return self._look()[1]

    def kept_before(self) -> bool:
        """Whether only an earlier release kept a head here: it wrote none into the database."""
        *now, before = head_files.texts(self._keys.folder)
        return before is not None and not any(now)

    def known(self) -> tuple[Head, ...]:
        """The heads that whatever is signed, kept or handed out must extend. Ask before the database is read."""
        newest, kept = self._newest, self.kept()
        known = [newest.head] if newest is not None else []
        if kept is not None and kept.head not in self._trusted:
            known.append(kept.head)
        return tuple(known)

    def trust(self, signed: SignedHead) -> None:
        """Note a head that extends all the known ones, and that the database has on its disk."""
        with self._changing:
            self._trusted[signed.head] = signed
            if self._newest is None or self._newest.head.size < signed.head.size:
                self._newest = signed
            while len(self._trusted) > REMEMBERED:
                del self._trusted[next(iter(self._trusted))]

    def keep(self, signed: SignedHead, extends: Extends) -> None:
        """Have a trusted head in the keys folder, on the disk, or one there that extends it: then it may leave.

        `NotAsSigned` where the kept head is of another past; `Unavailable` where it cannot be kept.
        """
        if signed.head.size <= self._kept_size and self._covers(self.kept(), signed):
            return
        while True:
            with self._writing():
                texts, kept = self._look()
                if kept is None or kept.head in self._trusted:
                    if not self._covers(kept, signed):
                        self._put(texts, kept, signed)
                    self._kept_size = max(self._kept_size, signed.head.size)
                    return
            first, second = sorted((kept.head, signed.head), key=lambda head: head.size)
            if not extends(first, second):
                raise NotAsSigned(
                    f"the head of {signed.head.size} events does not go with the kept one of {kept.head.size}"
                )
            self.trust(kept)

    def check(self) -> None:
        """`Unavailable` where a head could not be kept now. Writes the kept one once more."""
        with self._writing():
            texts, kept = self._look()
            if kept is not None:
                self._put(texts, kept, kept)

    def ready(self) -> None:
        """The same, where the last head could not be kept: asked before each commit, so that none is made in vain."""
        if self._doubtful:
            self.check()

    def _look(self) -> tuple[Sequence[str | None], SignedHead | None]:
        """The content of the files, and the larger head of those that are whole."""
        for _ in range(ATTEMPTS):
            try:
                texts = head_files.texts(self._keys.folder)
            except OSError as error:
                self._doubtful = True
                raise Unavailable(f"the signed head cannot be read in {self._keys.folder}: {error}") from error
            read = [signed for text in texts if text is not None and (signed := self.signed(text)) is not None]
            if read or not any(text is not None for text in texts):
                return texts, max(read, key=lambda one: one.head.size, default=None)
        raise NotAsSigned(f"the signed head in {self._keys.folder} is damaged")

    def _covers(self, kept: SignedHead | None, signed: SignedHead) -> bool:
        return kept is not None and kept.head in self._trusted and kept.head.size >= signed.head.size

    def _put(self, texts: Sequence[str | None], kept: SignedHead | None, signed: SignedHead) -> None:
        """Write into the file that does not hold the kept head."""
        number = int(kept is not None and texts[0] == kept.checkpoint)
        head_files.write(self._keys.folder, number, signed.checkpoint)
        if texts[number] is None:
            head_files.settle(self._keys.folder)
        self._doubtful = False

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """The right to replace the kept head; `Unavailable` where the folder does not take it."""
        try:
            with head_files.locked(self._keys.folder):
                yield
        except OSError as error:
            self._doubtful = True
            raise Unavailable(f"the signed head cannot be kept in {self._keys.folder}: {error}") from error

    def _remember(self, checkpoint: str, signed: SignedHead | None) -> None:
        with self._changing:
            while len(self._read) >= REMEMBERED:
                del self._read[next(iter(self._read))]
            self._read[checkpoint] = signed
