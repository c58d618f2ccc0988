"""Personal details: sealed row by row, found by address, bound to the ledger without being in it."""

from __future__ import annotations

import secrets

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given
from hypothesis import strategies as st

from widget.people.addresses import lookup
from widget.people.details import Details, Entry, Held, seal, unseal

KEY = bytes(range(32))
NOON, LATER = "2026-11-22T12:00:00.000Z", "2026-11-23T12:00:00.000Z"
TEXTS = st.none() | st.text(min_size=1, max_size=50)


@given(st.builds(Details, TEXTS, TEXTS, TEXTS, TEXTS, TEXTS))
def test_what_was_sealed_can_be_read_again(details: Details) -> None:
    held = Held().merged(details, "web", NOON)
    sealed = seal(held, "s", KEY, secrets.token_bytes)
    opened = unseal(sealed.row_key, sealed.sealed, "s", KEY)
    assert (opened.held, opened.commit) == (held, sealed.commit)
    assert held.details() == details


def test_only_the_same_row_and_key_open_it() -> None:
    one, two = (
        seal(Held().merged(Details("a@example.org"), "web", NOON), "s", KEY, secrets.token_bytes) for _ in range(2)
    )
    for row_key, sealed, subject, key in (
        (one.row_key, one.sealed, "s", bytes(32)),
        (one.row_key, one.sealed, "another", KEY),
        (one.row_key, two.sealed, "s", KEY),
        (one.row_key, one.sealed[:-1] + b"\0" + one.sealed[-1:], "s", KEY),
    ):
        with pytest.raises(InvalidTag):
            unseal(row_key, sealed, subject, key)


def test_the_same_details_never_look_the_same() -> None:
    one, two = (
        seal(Held().merged(Details("a@example.org"), "web", NOON), "s", KEY, secrets.token_bytes) for _ in range(2)
    )
    assert len({one.commit, two.commit}) == len({one.sealed, two.sealed}) == len({one.row_key, two.row_key}) == 2


def test_an_address_is_found_however_it_is_written_and_only_with_the_pepper() -> None:
    assert lookup("Resident@Example.ORG", KEY) == lookup("resident@example.org", KEY)
    assert lookup("resident@ｅxample.org", KEY) == lookup("resident@example.org", KEY)
    assert lookup("resident@example.org", KEY) != lookup("resident@example.org", bytes(32))
    assert lookup("resident@example.org", KEY) != lookup("other@example.org", KEY)


def test_values_stand_side_by_side_with_who_set_each_and_when() -> None:
    held = Held().merged(Details("a@example.org", name="A Resident"), "web", NOON)
    held = held.merged(Details(name="B Resident", case="FH-17"), "FH-3", LATER)
    assert held.of("name") == (Entry("name", "A Resident", "web", NOON), Entry("name", "B Resident", "FH-3", LATER))
    assert held.details() == Details("a@example.org", name="A Resident; B Resident", case="FH-17")
    assert held.merged(Details("A@EXAMPLE.org", name="A Resident"), "web", LATER) == held


def test_a_confirmed_address_gives_way_only_to_a_confirmed_one() -> None:
    held = Held().merged(Details("a@example.org"), "web", NOON)
    held = held.merged(Details("b@example.org"), "web", NOON)
    assert held.address and held.address.value == "b@example.org"
    held = held.confirmed(held.address, NOON).merged(Details("c@example.org"), "web", LATER)
    assert held.address and held.address.value == "b@example.org"
    assert held.claim and held.claim.value == "c@example.org"
    held = held.confirmed(held.claim, LATER)
    assert held.address and held.address.value == "c@example.org"
    assert held.former and held.former.value == "b@example.org"
    assert held.claim is None
