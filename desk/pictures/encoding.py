"""A picture from anybody becomes a new one of its pixels alone: no place, no camera, no remark, nothing behind its end.

Pillow reads it, here and nowhere else. `python -m desk.pictures.encoding` is a process of its own, for `confined`: it
reads a picture's bytes and writes JSON.
"""

from __future__ import annotations

import base64
import io
import json
import sys
from collections.abc import Iterator
from typing import Any

from PIL import Image, ImageCms, ImageFile, ImageOps

from desk.pictures.drawing import cleaned, is_blank, is_drawing
from desk.pictures.making import Made, NotTakenError, Wanted
from generator import own_process

KINDS = ("PNG", "JPEG", "WEBP", "GIF")
"""Formats that Pillow may try: each further kind is another reader of hostile bytes."""
MOST_PIXELS = {"JPEG": 120_000_000}
"""A JPEG is unpacked at a smaller size than its own."""
MOST_PIXELS_OTHERS = 40_000_000
SMALLEST = 320
"""Pixels of the longest edge below which a picture is not made smaller to save bytes."""
QUALITIES = (85, 75, 62)
COLOURS = 256
OTHERS = (
    (b"%PDF", "pdf"),
    (b"\x00\x00\x00\x0cjP", "other"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"BM", "bmp"),
)


def made(data: bytes, wanted: Wanted) -> Made:
    """The new picture. `NotTakenError` with the reason where there can be none."""
    if not data:
        raise NotTakenError("empty")
    if is_drawing(data):
        if not wanted.drawings:
            raise NotTakenError("svg")
        drawing = cleaned(data, wanted.most_bytes)
        if drawing is None:
            raise NotTakenError("svg_hostile")
        if is_blank(drawing):
            raise NotTakenError("svg_blank")
        return Made(drawing, "svg")
    opened = _opened(data)
    return _fitting(_upright(opened, wanted.edge), opened.format == "JPEG", wanted)


def _opened(data: bytes) -> Image.Image:
    """The picture with its header read, and none of its pixels."""
    Image.MAX_IMAGE_PIXELS = None  # the sizes below are asked, before anything is unpacked
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # the maker of PDF files turns it on for its whole process
    try:
        image = Image.open(io.BytesIO(data), formats=KINDS)
    except Exception as failure:  # a reader of hostile bytes may raise anything
        raise NotTakenError(_kind_of_other(data)) from failure
    if image.width * image.height > MOST_PIXELS.get(image.format or "", MOST_PIXELS_OTHERS):
        raise NotTakenError("too_many_pixels")
    if getattr(image, "n_frames", 1) > 1:
        raise NotTakenError("moves")
    return image


def _kind_of_other(data: bytes) -> str:
    if b"ftyphei" in data[:16] or b"ftypmif1" in data[:16] or b"ftypavif" in data[:16]:
        return "heic"
    return next((kind for start, kind in OTHERS if data.startswith(start)), "other")


def _upright(image: Image.Image, edge: int) -> Image.Image:
    """The pixels as somebody sees them: turned as the camera says, in the colours of the web, no larger than asked."""
    try:
        profile = image.info.get("icc_profile")
        if image.format == "JPEG":
            image.draft(None, (edge, edge))
        image.load()
        image = ImageOps.exif_transpose(image)
    except MemoryError:
        raise
    except Exception as failure:
        raise NotTakenError("broken") from failure
    image = _plain(_in_srgb(image, profile))
    image.thumbnail((edge, edge), Image.Resampling.LANCZOS, reducing_gap=3)
    return image


def _in_srgb(image: Image.Image, profile: object) -> Image.Image:
    """The same colours without the profile; as they are where the profile cannot be read."""
    if not isinstance(profile, bytes) or image.mode not in ("RGB", "CMYK", "L"):
        return image
    try:
        mode = "L" if image.mode == "L" else "RGB"
        if mode == "L":
            return image
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        turned = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=mode)
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return image
    return turned if turned is not None else image


def _plain(image: Image.Image) -> Image.Image:
    """In one of four modes: RGB, L, and both with an alpha channel."""
    if image.mode.startswith("I") or image.mode == "F":  # 16 bits of grey
        return image.point(lambda value: value * (1 / 256)).convert("L")
    if (image.mode in ("PA", "P") and "transparency" in image.info) or image.mode in ("PA", "RGBa"):
        image = image.convert("RGBA")
    elif image.mode == "La":
        image = image.convert("LA")
    elif image.mode == "1":
        image = image.convert("L")
    elif image.mode not in ("RGB", "L", "RGBA", "LA"):
        image = image.convert("RGB")
    if image.mode in ("RGBA", "LA") and image.getchannel("A").getextrema() == (255, 255):
        return image.convert(image.mode[:-1])
    if image.mode in ("RGB", "L") and "transparency" in image.info:
        return image.convert("RGBA")
    return image


def _fitting(image: Image.Image, is_photo: bool, wanted: Wanted) -> Made:
    """The picture in few enough bytes: first as it is, then packed harder, then smaller."""
    while True:
        for found in _ways(image, is_photo):
            if len(found.data) <= wanted.most_bytes:
                return found
        if max(image.size) <= SMALLEST:
            raise NotTakenError("too_large_made")
        size = (max(1, image.width * 3 // 4), max(1, image.height * 3 // 4))
        image = image.resize(size, Image.Resampling.LANCZOS)


def _ways(image: Image.Image, is_photo: bool) -> Iterator[Made]:
    """The picture in one kind after another: few colours are a drawing and stay sharp; a photograph is a JPEG, one
    with an alpha channel a WebP."""
    colours = image.getcolors(COLOURS)
    if colours is not None or not is_photo:
        yield _png(image, len(colours) if colours is not None and image.mode == "RGB" else 0)
    for quality in QUALITIES:
        if image.mode in ("RGBA", "LA"):
            yield _saved(image.convert("RGBA"), "webp", "WEBP", quality=quality, method=4)
        else:
            yield _saved(image, "jpg", "JPEG", quality=quality, optimize=True, progressive=True)


def _png(image: Image.Image, colours: int) -> Made:
    if colours:
        return _saved(image.quantize(colours, dither=Image.Dither.NONE), "png", "PNG", optimize=True)
    return _saved(image, "png", "PNG")  # packing a photograph harder takes seconds and wins little


def _saved(image: Image.Image, suffix: str, kind: str, **options: Any) -> Made:
    """The pixels alone: what else came with them is left behind."""
    image.info.clear()
    out = io.BytesIO()
    image.save(out, kind, **options)
    return Made(out.getvalue(), suffix)


def main() -> None:
    """Make the picture that standard input holds anew, within the limits."""
    seconds, memory, edge, most_bytes, drawings = map(int, sys.argv[1:])
    own_process.limit(seconds, memory)
    sys.stdout.write(json.dumps(answer(sys.stdin.buffer.read(), Wanted(edge, most_bytes, bool(drawings)))))


def answer(data: bytes, wanted: Wanted) -> dict[str, str]:
    """The output of the process: the new picture in base64 with its ending, or why there is none."""
    try:
        found = made(data, wanted)
    except NotTakenError as refused:
        return {"refused": str(refused)}
    except (MemoryError, RecursionError):
        return {"refused": "too_hard"}
    return {"data": base64.b64encode(found.data).decode("ascii"), "suffix": found.suffix}


if __name__ == "__main__":
    main()
