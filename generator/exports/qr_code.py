"""The QR code of a printed copy: ISO/IEC 18004. It leads to the page that says whether the copy still counts. Pure.

segno takes some ten milliseconds over a code. But with one mask for all, the modules of a code depend on the bits of its
address by exclusive-or alone, its error correction too: a code whose address is a combination of addresses of the same
length is that combination of their codes. So most codes of a large site follow from the few that segno made.
"""

from __future__ import annotations

import re
from functools import lru_cache

import segno

MASK = 3
"""One mask for all: trying each of the eight takes three times as long, and every reader reads every mask."""
QUIET = 4
"""The empty border, in modules."""
LENGTHS = 64
"""For how many lengths of address codes are remembered."""
_DARK = re.compile("1+")


def svg(address: str) -> bytes:
    """The code of an absolute address as an SVG picture, black on white. The same address gives the same bytes."""
    plain = address.isascii() and address[:1].islower()  # byte mode, so that all of a length have the same form
    return _picture(_codes(len(address)).of(address) if plain else _made(address))


class _Codes:
    """The codes of addresses of one length, as (rows of modules, read as one number; modules a side)."""

    def __init__(self) -> None:
        self.side = 0
        self.known: dict[int, tuple[int, int]] = {}
        """By its highest bit: a combination of addresses, and that of their codes."""

    def of(self, address: str) -> tuple[int, int]:
        """The code of an address: from those that are known if it is a combination of them, else made and known."""
        left, code = int.from_bytes(b"\1" + address.encode("ascii")), 0
        while left and (found := self.known.get(left.bit_length())):
            left ^= found[0]
            code ^= found[1]
        if left:
            made, self.side = _made(address)
            self.known[left.bit_length()] = left, code ^ made
            code = made
        return code, self.side


@lru_cache(LENGTHS)
def _codes(_length: int) -> _Codes:
    return _Codes()


def _made(address: str) -> tuple[int, int]:
    matrix = segno.make(address, error="m", micro=False, mask=MASK).matrix
    return int("".join("1" if module else "0" for row in matrix for module in row), 2), len(matrix)


def _picture(code: tuple[int, int]) -> bytes:
    """One line a run of dark modules; each starts where the one before it ended."""
    modules, side = code
    text, whole = f"{modules:0{side * side}b}", side + 2 * QUIET
    lines: list[str] = []
    x = y = 0
    for row in range(side):
        for run in _DARK.finditer(text, row * side, (row + 1) * side):
            start, end = run.start() - row * side, run.end() - row * side
            lines.append(
                f"m{start - x} {row - y}h{end - start}" if lines else f"M{QUIET + start} {QUIET + row}.5h{end}"
            )
            x, y = end, row
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {whole} {whole}">'
        f'<path fill="#fff" d="M0 0h{whole}v{whole}h-{whole}z"/><path stroke="#000" d="{"".join(lines)}"/></svg>'
    ).encode()
