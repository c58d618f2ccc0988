"""Pictures that somebody brings to the desk: made anew from what can be seen in them, or refused with the reason."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from desk.pictures import confined, drawing, encoding, in_text, naming
from desk.pictures.making import Made, NotTakenError, Wanted
from desk.pictures.saving import WANTED
from desk.strings import LANGUAGES, desk_words
from generator.markdown import image_header, pictures
from tests import picture_uploads as uploads
from tests.examples import examples

LOGO = Wanted(600, 60_000, drawings=True)


def image(made: Made) -> Image.Image:
    found = Image.open(io.BytesIO(made.data))
    found.load()
    return found


def is_like(colour: tuple[int, ...], wanted: tuple[int, ...]) -> bool:
    return all(abs(one - other) < 40 for one, other in zip(colour, wanted, strict=True))


def test_a_photograph_loses_its_place_and_all_that_cannot_be_seen_and_stands_upright() -> None:
    made = confined.remade(uploads.photograph(), WANTED)
    found = image(made).convert("RGB")
    assert found.size == (40, 60) and not found.getexif()
    assert is_like(found.getpixel((20, 5)), (200, 20, 20)) and is_like(found.getpixel((20, 55)), (20, 20, 200))  # type: ignore[arg-type]
    for hidden in (uploads.SECRET, b"script", b"Exif", b"http"):
        assert hidden not in made.data


def test_words_in_a_png_and_behind_it_are_gone() -> None:
    made = encoding.made(uploads.with_words() + uploads.SCRIPT, WANTED)
    assert made.suffix == "png" and b"script" not in made.data and uploads.SECRET not in made.data
    assert b"tEXt" not in made.data and b"iTXt" not in made.data


@pytest.mark.parametrize("name", ["RGB", "RGBA", "P", "L", "LA", "1", "CMYK", "I;16"])
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_every_kind_and_colour_becomes_a_picture_that_can_be_published(name: str, kind: str) -> None:
    plain = uploads.scene()
    source = plain.convert("L").convert(name) if name == "I;16" else plain.convert(name)
    try:
        data = uploads.saved(source, kind)
    except (OSError, ValueError):
        return  # this kind has no such colours
    made = encoding.made(data, WANTED)
    seen = image_header.kind_of(made.data)
    assert seen is not None and seen.suffix == made.suffix and (seen.width, seen.height) == plain.size
    assert "icc_profile" not in image(made).info and not image(made).getexif()
    if name not in ("1", "L", "LA", "I;16"):
        assert is_like(image(made).convert("RGB").getpixel((10, 10)), (200, 20, 20))  # type: ignore[arg-type]


def test_sixteen_bits_of_grey_keep_their_shades() -> None:
    data = Image.frombytes("I;16", (256, 2), b"".join((shade * 257).to_bytes(2, "little") for shade in range(256)) * 2)
    found = image(encoding.made(uploads.saved(data, "PNG"), WANTED)).convert("L")
    assert [found.getpixel((at, 0)) for at in (0, 128, 255)] == [0, 128, 255]


def test_large_pictures_become_as_small_as_a_phone_needs() -> None:
    noise = Image.effect_noise((1_700, 500), 90).convert("RGB")
    for kind in ("JPEG", "PNG"):
        made = encoding.made(uploads.saved(noise, kind), WANTED)
        assert max(image(made).size) <= 1_600 and len(made.data) <= pictures.MAX_BYTES
    clear = noise.resize((640, 400)).convert("RGBA")
    clear.putalpha(Image.linear_gradient("L").resize((640, 400)))
    made = encoding.made(uploads.saved(clear, "PNG"), WANTED)
    assert made.suffix == "webp" and len(made.data) <= pictures.MAX_BYTES and image(made).mode == "RGBA"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"<html><script>alert(1)</script>", "other"),
        (b"\x89PNG\r\n\x1a\n", "other"),
        (uploads.saved(uploads.scene(600, 400), "JPEG")[:2_000], "broken"),
        (uploads.moving("GIF"), "moves"),
        (uploads.moving("PNG"), "moves"),
        (uploads.moving("WEBP"), "moves"),
        (uploads.bomb(60_000, 60_000), "too_many_pixels"),
        (uploads.bomb(6_000, 6_000), "broken"),
        (uploads.text_bomb(), "other"),
        (uploads.saved(uploads.scene(), "TIFF"), "tiff"),
        (uploads.saved(uploads.scene(), "BMP"), "bmp"),
        (b"%PDF-1.7", "pdf"),
        (b"\0\0\0\x18ftypheic", "heic"),
        (uploads.DRAWING, "svg"),
        (b"\n<svg xmlns='http://www.w3.org/2000/svg'/>", "svg"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_published_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(NotTakenError) as refused:
        encoding.made(data, WANTED)
    assert str(refused.value) == reason
    assert all(f"pictures.not_{reason}" in desk_words(language).sentences for language in LANGUAGES)


def test_a_picture_that_takes_too_much_ends_with_its_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confined, "MEMORY", 150_000_000)
    assert confined.remade(uploads.photograph(), WANTED)
    with pytest.raises(NotTakenError, match="too_hard"):
        confined.remade(uploads.saved(Image.new("RGB", (6_000, 4_000)), "PNG"), WANTED)
    with pytest.raises(NotTakenError, match="too_large"):
        confined.remade(bytes(confined.MOST_BYTES + 1), WANTED)


def test_a_drawing_keeps_its_shapes_and_nothing_that_runs_or_loads() -> None:
    made = encoding.made(uploads.DRAWING, LOGO)
    assert (
        made.suffix == "svg" and b'd="M0 0h9v9z"' in made.data and b".a{fill:#fff}" in made.data and b"#p" in made.data
    )
    for harmful in (
        b"script",
        b"alert",
        b"example.org",
        b"onload",
        b"onclick",
        b"foreign",
        b"image",
        b"animate",
        b"import",
    ):
        assert harmful not in made.data
    assert drawing.cleaned(made.data, 60_000) == made.data


@pytest.mark.parametrize(
    "data",
    [
        uploads.MULTIPLYING,
        b"<svg>",
        b"<svg xmlns='http://www.w3.org/2000/svg'>" + b"<g/>" * 6_000 + b"</svg>",
        b"<svg xmlns='http://www.w3.org/2000/svg'><desc>" + b"x" * 70_000 + b"</desc></svg>",
        b'<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "'
        + b"&a;" * 90_000
        + b'">]><svg xmlns="http://www.w3.org/2000/svg" id="'
        + b"&b;" * 500
        + b'"/>',
    ],
    ids=["parts that draw each other", "no drawing", "too many parts", "too many bytes", "entities"],
)
def test_a_hostile_drawing_is_refused(data: bytes) -> None:
    with pytest.raises(NotTakenError, match="svg_hostile"):
        encoding.made(data, LOGO)


@pytest.mark.parametrize(
    "within", ['<a href="https://example.org">{}</a>', "<switch><foreignObject/><g>{}</g></switch>"]
)
def test_a_drawing_keeps_the_shapes_within_a_link_or_a_choice(within: str) -> None:
    made = encoding.made(f'<svg xmlns="{drawing.SVG}">{within.format("<rect/>")}</svg>'.encode(), LOGO)
    assert b"<rect/>" in made.data and b"example" not in made.data


@pytest.mark.parametrize("inner", ["", '<image href="data:image/png;base64,AA"/>', "<defs><rect/></defs>"])
def test_a_drawing_of_which_nothing_is_left_to_see_is_refused(inner: str) -> None:
    with pytest.raises(NotTakenError, match="svg_blank"):
        encoding.made(f'<svg xmlns="{drawing.SVG}">{inner}</svg>'.encode(), LOGO)


@pytest.mark.parametrize(
    "style",
    [
        "fill:url(http://example.org)",
        "fill:url( 'https://example.org' )",
        "fill:u\\72l(http://example.org)",
        "fill:url(/**/http://example.org)",
        "fill:u/**/rl(http://example.org)",
        "background:image-set('http://example.org' 1x)",
        "@import 'http://example.org'",
    ],
)
def test_a_drawings_styles_load_nothing(style: str) -> None:
    data = f'<svg xmlns="http://www.w3.org/2000/svg"><style>p{{{style}}}</style><path style="{style}"/></svg>'
    made = drawing.cleaned(data.encode(), 60_000)
    assert made is not None and b"example" not in made


@pytest.mark.parametrize(
    ("name", "suffix", "taken", "kept"),
    [
        ("Reading room.JPG", "jpg", (), "reading-room.jpg"),
        ("../../site.yml", "png", (), "site.png"),
        ("C:\\Lluniau\\Tŷ bach.png", "webp", (), "ty-bach.webp"),
        ("صورة.png", "png", (), "picture.png"),
        ("", "png", (), "picture.png"),
        (".htaccess", "png", (), "htaccess.png"),
        ("a\0b\r\n.png", "png", (), "a-b.png"),
        ("x" * 500, "png", (), "x" * 60 + ".png"),
        ("Map.png", "png", ("MAP.jpg", "map-2.png"), "map-3.png"),
    ],
)
def test_a_name_is_safe_and_no_other_picture_has_it(name: str, suffix: str, taken: tuple[str, ...], kept: str) -> None:
    assert naming.free(name, suffix, taken) == kept and pictures.NAME.fullmatch(kept)


@settings(max_examples=examples(60, 2_000), deadline=None)
@given(
    st.text(st.characters(exclude_categories=["Cc", "Cs", "Co", "Cn"]), min_size=1).filter(lambda text: text.split())
)
def test_words_of_a_picture_are_read_again_as_they_were_typed(alt: str) -> None:
    wanted = " ".join(alt.split())
    text = f"Before.\n\n{in_text.written('map.png', alt)} Behind."
    (mark,) = in_text.marks(text)
    assert (mark.alt, mark.name, mark.whole) == (wanted, "map.png", True)
    assert in_text.without(text, mark) == "Before.\n\nBehind."


def test_pictures_are_put_in_and_taken_out_without_a_trace() -> None:
    mark = in_text.written("map.png", "A map")
    for text in ("", "One.", "One.\n\n- a\n- b", "| a |\n|---|\n| b |"):
        for on_top in (True, False):
            new = in_text.added(text, mark, on_top=on_top)
            assert new is not None and in_text.without(new, in_text.marks(new)[0]) == text
    assert in_text.added("```\ncode", mark, on_top=False) is None
    assert in_text.marks("`![a](map.png)` ![b](https://example.org/x.png)") == ()
    assert [one.whole for one in in_text.marks('<img alt="A" src="map.png">')] == [False]
