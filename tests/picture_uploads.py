"""Pictures as people and attackers send them: photographs with a place in them, moving ones, bombs, and files that
are two things."""

from __future__ import annotations

import io
import zlib
from typing import Any

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from desk.pictures import encoding
from desk.pictures.making import Wanted

PLACE = {1: "N", 2: (53.0, 24.0, 30.0), 3: "W", 4: (2.0, 9.0, 0.0)}
SECRET = b"a remark that nobody may read"
SCRIPT = b"<html><script>alert(1)</script>"


def saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    """The bytes of a picture."""
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def multipart(fields: dict[str, str], data: bytes, name: str) -> tuple[bytes, str]:
    """The body of a form with a picture as its last field, and its kind, as a browser sends them."""
    mark = "-----a-boundary-of-the-tests"
    parts = [
        f'--{mark}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n' for key, value in fields.items()
    ]
    quoted = name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
    head = f'--{mark}\r\nContent-Disposition: form-data; name="picture"; filename="{quoted}"\r\nContent-Type: image/png\r\n\r\n'
    return "".join(
        [*parts, head]
    ).encode() + data + f"\r\n--{mark}--\r\n".encode(), f"multipart/form-data; boundary={mark}"


def scene(width: int = 60, height: int = 40) -> Image.Image:
    """A picture whose left half is red and whose right half is blue."""
    found = Image.new("RGB", (width, height), (200, 20, 20))
    found.paste((20, 20, 200), (width // 2, 0, width, height))
    return found


def photograph(width: int = 60, height: int = 40) -> bytes:
    """A JPEG of a phone on its side: turned a quarter, with its place, its maker, a remark, and a script behind its
    end."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x8825] = 6, SECRET.decode(), PLACE
    return saved(scene(width, height), "JPEG", exif=exif, comment=SECRET, quality=95) + SCRIPT


def with_words() -> bytes:
    """A PNG with text, XMP and a script in it."""
    told = PngInfo()
    told.add_text("Comment", (SECRET + SCRIPT).decode())
    told.add_itxt("XML:com.adobe.xmp", f"<x:xmpmeta>{SECRET.decode()}</x:xmpmeta>")
    return saved(scene(), "PNG", pnginfo=told)


def moving(kind: str) -> bytes:
    """A picture of two frames."""
    return saved(scene(), kind, save_all=True, append_images=[Image.new("RGB", (60, 40))])


def chunk(name: bytes, data: bytes) -> bytes:
    """A part of a PNG."""
    return len(data).to_bytes(4, "big") + name + data + zlib.crc32(name + data).to_bytes(4, "big")


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it has very many pixels."""
    header = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes([8, 2, 0, 0, 0])
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(500))) + chunk(b"IEND", b"")
    )


def text_bomb() -> bytes:
    """A PNG with a remark that unpacks to very many bytes."""
    data = saved(scene(), "PNG")
    return data[:33] + chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(80_000_000), 9)) + data[33:]


DRAWING = (
    b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9"'
    b' onload="alert(1)"><script>alert(1)</script><style>.a{fill:#fff}</style><style>@import url(http://example.org)</style>'
    b'<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject><a href="javascript:alert(1)"><rect/></a>'
    b'<image href="http://example.org/x.png"/><path id="p" class="a" d="M0 0h9v9z" onclick="alert(1)" fill="url(http://example.org)"/>'
    b'<use xlink:href="#p"/><use href="http://example.org#p"/><animate attributeName="href" to="javascript:alert(1)"/></svg>'
)
MULTIPLYING = (
    b'<svg xmlns="http://www.w3.org/2000/svg"><g id="a"><use href="#b"/><use href="#b"/></g>'
    b'<g id="b"><use href="#a"/></g></svg>'
)


def in_this_process(module: str, given: bytes, *arguments: str, clock: float) -> Any:
    """The answer that a process of its own would give, for tests of what becomes of it: a process takes half a second."""
    assert module == encoding.__name__ and clock > 0
    _seconds, _memory, edge, most_bytes, drawings = map(int, arguments)
    return encoding.answer(given, Wanted(edge, most_bytes, bool(drawings)))
