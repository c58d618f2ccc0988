"""A colour as the settings show it: how well it can be read, and a picture of it. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote

from generator.content import accent_colour

COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


@dataclass(frozen=True)
class Swatch:
    """`ratio` is the lower contrast of the two that count; `nearest` the nearest colour that can be read, if it is another."""

    ratio: str
    readable: bool
    nearest: str
    picture: str


def swatch(colour: str) -> Swatch | None:
    """How a colour looks and reads; None for what is no colour."""
    if not COLOUR.fullmatch(colour):
        return None
    ratio = min(accent_colour.contrast(colour, "#ffffff"), accent_colour.contrast(colour, accent_colour.wash(colour)))
    readable = accent_colour.readable(colour)
    shown = f"{int(ratio * 10) / 10:.1f}"  # never rounded up to a ratio that it does not have
    return Swatch(shown, readable, "" if readable else accent_colour.nearest_readable(colour), _picture(colour))


def _picture(colour: str) -> str:
    """A picture as an address: the page's policy lets no style of its own stand in it."""
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 24"><rect width="48" height="24" rx="3" fill="{colour}"/></svg>'
    return f"data:image/svg+xml,{quote(svg)}"
