"""The interface that the reader gives to its parts, so that no module imports itself through another."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from generator.importing.tree.blocks import LINE_END, Block, Mark, Span
from generator.importing.tree.inert import Element


class Reads(Protocol):
    """`reader.Reader`, as text within a block and the cells of tables use it."""

    added: list[str]

    def blocks(self, element: Element, marks: tuple[Mark, ...] = ()) -> list[Block]:
        """The blocks inside an element."""
        ...

    def block(self, element: Element, marks: tuple[Mark, ...]) -> list[Block]:
        """The blocks that one block element becomes."""
        ...

    def flat(self, block: Block, end: str = LINE_END) -> list[Span]:
        """A block as a run of text."""
        ...

    def take_anchors(self) -> list[str]:
        """The ids met since the last block."""
        ...

    def note_anchor(self, element: Element) -> None:
        """Remember an element's id."""
        ...

    def wait_for_block(self, names: Iterable[str], *, of_heading: bool = False) -> None:
        """Have ids belong to the next block."""
        ...

    def lose(self, kind: str, element: Element, text: str = "") -> None:
        """Note something that does not come along."""
        ...
