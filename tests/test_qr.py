"""QR codes: those that follow from others are the ones that segno makes."""

from __future__ import annotations

import io

import segno
from hypothesis import given
from hypothesis import strategies as st

from generator.exports import qr_code

NAMES = st.text(st.sampled_from("abcdefghijklmnopqrstuvwxyz0123456789-"), min_size=1, max_size=40)


def by_segno(address: str) -> bytes:
    picture = io.BytesIO()
    code = segno.make(address, error="m", micro=False, mask=qr_code.MASK)
    classes = {"svgclass": None, "lineclass": None}
    code.save(
        picture, kind="svg", border=qr_code.QUIET, light="#fff", xmldecl=False, omitsize=True, nl=False, **classes
    )
    return picture.getvalue()


@given(NAMES, st.integers(1, 999))
def test_every_code_is_the_one_that_segno_makes(name: str, number: int) -> None:
    address = f"https://privacy.example.org/check/{name}/{number}/"
    assert qr_code.svg(address) == by_segno(address)


def test_most_codes_of_a_large_site_follow_from_few() -> None:
    qr_code._codes.cache_clear()
    addresses = [f"https://privacy.example.org/check/notice-{number:03}/1/" for number in range(300)]
    assert [qr_code.svg(address) for address in addresses] == [by_segno(address) for address in addresses]
    assert len(qr_code._codes(len(addresses[0])).known) < 30


def test_an_address_in_other_letters_has_its_code_too() -> None:
    for address in ("https://privacy.example.org/check/gwasanaethau-tŷ/1/", "HTTPS://EXAMPLE.ORG/CHECK/A/1/", "1"):
        assert qr_code.svg(address) == by_segno(address)
