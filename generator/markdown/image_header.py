"""A picture's kind and size by its first bytes: PNG, JPEG, WebP or GIF, and how wide and high. Pure; no picture is
unpacked.

SVG is none of them: it can hold scripts and call other sites.
"""

from __future__ import annotations

from dataclasses import dataclass

SUFFIXES = {"png": "png", "jpg": "jpg", "jpeg": "jpg", "webp": "webp", "gif": "gif"}
"""The ends of names that a picture may have, and the kind that each stands for."""
NAMES = {"png": "PNG", "jpg": "JPEG", "webp": "WebP", "gif": "GIF"}
MAX_SIDE = 65_535
_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
"""The marks of JPEG that carry the size (ITU T.81, table B.1)."""
_BARE = frozenset({0x01, *range(0xD0, 0xD9)})
"""The marks that have no length."""


@dataclass(frozen=True)
class Kind:
    """A kind of picture, such as `png`, and its size in pixels."""

    suffix: str
    width: int
    height: int


def kind_of(data: bytes) -> Kind | None:
    """The kind of picture that the bytes begin as; None where that is no picture of these kinds or its size cannot be
    told."""
    if data.startswith(b"\x89PNG\r\n\x1a\n") and data[12:16] == b"IHDR":
        return _sized("png", _big(data[16:20]), _big(data[20:24]), len(data) >= 24)
    if data[:6] in (b"GIF87a", b"GIF89a"):
        return _sized("gif", _little(data[6:8]), _little(data[8:10]), len(data) >= 10)
    if data.startswith(b"\xff\xd8\xff"):
        return _jpeg(data)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return _webp(data)
    return None


def _sized(suffix: str, width: int, height: int, whole: bool = True) -> Kind | None:
    sound = whole and 0 < width <= MAX_SIDE and 0 < height <= MAX_SIDE
    return Kind(suffix, width, height) if sound else None


def _jpeg(data: bytes) -> Kind | None:
    """Walks from one segment to the next until the frame that tells the size."""
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        mark = data[at + 1]
        if mark == 0xFF:  # a byte that only fills
            at += 1
        elif mark in _BARE:
            at += 2
        elif mark in _FRAMES:
            return _sized("jpg", _big(data[at + 7 : at + 9]), _big(data[at + 5 : at + 7]))
        else:
            at += 2 + max(2, _big(data[at + 2 : at + 4]))
    return None


def _webp(data: bytes) -> Kind | None:
    """The three forms of RFC 9649: simple lossy, simple lossless, extended."""
    form = data[12:16]
    if len(data) < 30:
        return None
    if form == b"VP8 " and data[23:26] == b"\x9d\x01\x2a":
        return _sized("webp", _little(data[26:28]) & 0x3FFF, _little(data[28:30]) & 0x3FFF)
    if form == b"VP8L" and data[20] == 0x2F:
        bits = _little(data[21:25])
        return _sized("webp", (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
    if form == b"VP8X":
        return _sized("webp", _little(data[24:27]) + 1, _little(data[27:30]) + 1)
    return None


def _big(data: bytes) -> int:
    return int.from_bytes(data, "big")


def _little(data: bytes) -> int:
    return int.from_bytes(data, "little")
