"""The QR code of a printed copy: ISO/IEC 18004. It leads to the page that says whether the copy still counts. Pure."""

from __future__ import annotations

import io

import segno

MASK = 3
"""One mask for all: trying each of the eight takes three times as long, and every reader reads every mask."""
QUIET = 4
"""The empty border, in modules."""


def svg(address: str) -> bytes:
    """The code of an absolute address as an SVG picture, black on white. The same address gives the same bytes."""
    picture = io.BytesIO()
    code = segno.make(address, error="m", micro=False, mask=MASK)
    code.save(
        picture,
        kind="svg",
        border=QUIET,
        light="#fff",
        xmldecl=False,
        omitsize=True,
        svgclass=None,
        lineclass=None,
        nl=False,
    )
    return picture.getvalue()
