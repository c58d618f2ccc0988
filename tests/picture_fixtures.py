"""Pictures for the tests, made from bytes written here."""

from __future__ import annotations

import zlib
from pathlib import Path


def png(width: int = 40, height: int = 30, grey: int = 120) -> bytes:
    """A whole PNG of one shade of grey."""
    rows = (b"\x00" + bytes([grey]) * width) * height
    header = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes([8, 0, 0, 0, 0])
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)


def _chunk(name: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + name + data + zlib.crc32(name + data).to_bytes(4, "big")


GIF = (
    b"GIF89a\x28\x00\x1e\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
)
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xff\xc2\x00\x0b\x08\x00\x1e\x00\x28\x01\x01\x11\x00"
LOSSY = b"RIFF\x1a\x00\x00\x00WEBPVP8 \x0e\x00\x00\x00\x30\x01\x00\x9d\x01\x2a\x28\x00\x1e\x00"
LOSSLESS = b"RIFF\x1a\x00\x00\x00WEBPVP8L\x0d\x00\x00\x00\x2f" + ((39 | 29 << 14).to_bytes(4, "little")) + b"\x00" * 8
EXTENDED = b"RIFF\x1a\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x00\x00\x00\x00\x27\x00\x00\x1d\x00\x00"
"""The beginnings of pictures that are 40 pixels wide and 30 high."""


def write_picture(path: Path, data: bytes | None = None) -> Path:
    """Put a picture, a small JPEG or PNG unless bytes are given, where a notice looks for it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data or (JPEG if path.suffix == ".jpg" else png()))
    return path
