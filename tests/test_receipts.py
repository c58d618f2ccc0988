"""References that can be read out, and tokens that cannot be guessed."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from widget.ledger.receipt import ALPHABET, Receipt, is_token, read_reference, receipt_id_in, reference, token

SECRET = bytes(range(32))
IDS = st.binary(min_size=16, max_size=16)
REFERENCES = st.binary(min_size=8, max_size=8).map(reference)


@given(REFERENCES)
def test_a_reference_is_three_short_groups_and_reads_back_however_it_is_typed(made: str) -> None:
    assert re.fullmatch(r"(?:[0-9A-Z]{3}-){2}[0-9A-Z]{3}", made)
    for typed in (made, made.lower(), made.replace("-", ""), made.replace("-", " "), made.replace("0", "o")):
        assert read_reference(f" {typed} ") == made


@given(REFERENCES, st.integers(0, 8), st.sampled_from(ALPHABET))
def test_one_wrong_sign_is_always_noticed(made: str, place: int, sign: str) -> None:
    signs = list(made.replace("-", ""))
    changed = signs[place] != sign
    signs[place] = sign
    assert (read_reference("".join(signs)) is None) == changed


@given(REFERENCES, st.integers(0, 8), st.integers(0, 8))
def test_two_signs_that_changed_places_are_always_noticed(made: str, one: int, other: int) -> None:
    signs = list(made.replace("-", ""))
    changed = signs[one] != signs[other]
    signs[one], signs[other] = signs[other], signs[one]
    assert (read_reference("".join(signs)) is None) == changed


@given(st.text())
def test_any_text_can_be_asked_for_as_a_reference(text: str) -> None:
    assert read_reference(text) is None or len(text) >= 9


def receipt(receipt_id: bytes, subject: str = "s", notice: str = "family-hubs") -> Receipt:
    return Receipt(receipt_id, "222-222-222", subject, notice, "2026-11-22T09:30:00.000Z")


@given(IDS)
def test_a_token_leads_to_its_receipt_and_only_with_the_secret(receipt_id: bytes) -> None:
    made = token(SECRET, receipt(receipt_id))
    assert receipt_id_in(made) == receipt_id
    assert is_token(SECRET, made, receipt(receipt_id))
    assert not is_token(bytes(32), made, receipt(receipt_id))
    assert made[-1] not in "-_"  # which mail programs leave out of a link


@given(IDS, st.text(), st.text())
def test_a_token_is_for_one_subject_and_notice(receipt_id: bytes, subject: str, notice: str) -> None:
    made = token(SECRET, receipt(receipt_id, "somebody", "library"))
    assert is_token(SECRET, made, receipt(receipt_id, subject, notice)) is (
        (subject, notice) == ("somebody", "library")
    )


def test_a_token_that_an_earlier_release_mailed_keeps_working() -> None:
    mailed = "AAECAwQFBgcICQoLDA0OD-j8FG9cCXagUbDZr9ziXgw"
    assert is_token(SECRET, mailed, receipt(bytes(range(16))))
    assert not is_token(SECRET, mailed, receipt(bytes(16)))


@given(IDS, st.integers(0, 42), st.characters(codec="ascii"))
def test_no_sign_of_a_token_can_be_changed(receipt_id: bytes, place: int, sign: str) -> None:
    made = token(SECRET, receipt(receipt_id))
    altered = made[:place] + sign + made[place + 1 :]
    assert is_token(SECRET, altered, receipt(receipt_id)) is (altered == made)
    assert receipt_id_in(altered) is None or len(altered) == len(made)


@given(st.text())
def test_any_text_can_be_tried_as_a_token(text: str) -> None:
    assert receipt_id_in(text) is None
    assert not is_token(SECRET, text, receipt(bytes(16)))
