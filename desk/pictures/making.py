"""The order for a picture, the picture made, or the reason why it could not be made. Values."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Wanted:
    """The longest edge in pixels, the most bytes, and whether it may be a drawing (SVG)."""

    edge: int
    most_bytes: int
    drawings: bool = False


@dataclass(frozen=True)
class Made:
    """A new picture and the ending of its name."""

    data: bytes
    suffix: str


class NotTakenError(Exception):
    """Why a picture is not taken: a key of the desk's words below `pictures.not_`."""
