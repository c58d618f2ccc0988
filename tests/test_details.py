"""Personal details: sealed row by row, found by address, bound to the ledger without being in it."""

from __future__ import annotations

import secrets

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given
from hypothesis import strategies as st

from widget.people.addresses import lookup
from widget.people.details import Details, seal, unseal

KEY = bytes(range(32))
TEXTS = st.none() | st.text(min_size=1, max_size=50)


@given(st.builds(Details, TEXTS, TEXTS, TEXTS, TEXTS, TEXTS))
def test_what_was_sealed_can_be_read_again(details: Details) -> None:
    sealed = seal(details, "s", KEY, secrets.token_bytes)
    assert unseal(sealed.row_key, sealed.sealed, "s", KEY) == details


def test_only_the_same_row_and_key_open_it() -> None:
    one, two = (seal(Details("a@example.org"), "s", KEY, secrets.token_bytes) for _ in range(2))
    for row_key, sealed, subject, key in (
        (one.row_key, one.sealed, "s", bytes(32)),
        (one.row_key, one.sealed, "another", KEY),
        (one.row_key, two.sealed, "s", KEY),
        (one.row_key, one.sealed[:-1] + b"\0" + one.sealed[-1:], "s", KEY),
    ):
        with pytest.raises(InvalidTag):
            unseal(row_key, sealed, subject, key)


def test_the_same_details_never_look_the_same() -> None:
    one, two = (seal(Details("a@example.org"), "s", KEY, secrets.token_bytes) for _ in range(2))
    assert len({one.commit, two.commit}) == len({one.sealed, two.sealed}) == len({one.row_key, two.row_key}) == 2


def test_an_address_is_found_however_it_is_written_and_only_with_the_pepper() -> None:
    assert lookup("Resident@Example.ORG", KEY) == lookup("resident@example.org", KEY)
    assert lookup("resident@ｅxample.org", KEY) == lookup("resident@example.org", KEY)
    assert lookup("resident@example.org", KEY) != lookup("resident@example.org", bytes(32))
    assert lookup("resident@example.org", KEY) != lookup("other@example.org", KEY)
