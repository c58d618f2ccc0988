"""The state that follows from events, and the bytes that the ledger keeps."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from widget.ledger.events import (
    Act,
    ConsentEvent,
    Decision,
    Kind,
    State,
    canonical,
    entry,
    kind_of,
    standing,
    state_of,
    utc,
)

NOW = "2026-11-22T09:30:00.000Z"
KINDS = st.sampled_from([Kind.GIVEN, Kind.REFUSED, Kind.WITHDRAWN, Kind.RENEWED, Kind.WITHDRAWAL_REQUESTED])
HISTORIES = st.lists(st.tuples(KINDS, st.sampled_from(["news", "photos"])), max_size=20)


def history(acts: list[tuple[Kind, str]]) -> list[ConsentEvent]:
    return [entry(Act(kind, "s", consent=consent), seq, f"e{seq}", NOW) for seq, (kind, consent) in enumerate(acts, 1)]


def test_a_leaf_is_one_line_of_json_with_its_keys_in_order() -> None:
    event = entry(
        Act(Kind.GIVEN, "ab", "family-hubs", 2, "en", "00", "news", channel="web", acting_for="self"), 1, "e1", NOW
    )
    assert event.leaf() == (
        b'{"acting_for":"self","at":"2026-11-22T09:30:00.000Z","channel":"web","consent":"news","detail_commit":null,'
        b'"digest":"00","event_id":"e1","happened":"2026-11-22T09:30:00.000Z","kind":"given","language":"en",'
        b'"notice":"family-hubs","prior":null,"recorded_by":null,"seq":1,"subject":"ab","v":1,"version":2}'
    )


def test_texts_are_written_as_rfc_8785_asks() -> None:
    assert canonical({"a": '\u20ac$\x0f\nA\'B"\\\\"/'}) == '{"a":"\u20ac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'.encode()


@given(
    st.dictionaries(st.from_regex(r"[a-z_]{1,8}", fullmatch=True), st.text() | st.integers(-(2**53), 2**53) | st.none())
)
def test_canonical_json_says_the_same_whatever_the_order_was(values: dict[str, str | int | None]) -> None:
    backwards = dict(reversed(values.items()))
    assert canonical(values) == canonical(backwards)
    assert json.loads(canonical(values)) == values


@pytest.mark.parametrize("value", [1.5, True, 2**53 + 1, float("nan")])
def test_what_json_writes_in_more_than_one_way_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match="not a flat text"):
        canonical({"a": value})  # type: ignore[dict-item]


@given(HISTORIES)
def test_a_consent_stands_only_where_the_last_word_on_it_was_yes(acts: list[tuple[Kind, str]]) -> None:
    states = {consent: state_of(event) for consent, event in standing(history(acts)).items()}
    for consent in ("news", "photos"):
        words = [kind for kind, about in acts if about == consent and kind is not Kind.WITHDRAWAL_REQUESTED]
        assert (states.get(consent) is State.GIVEN) == (bool(words) and words[-1] in (Kind.GIVEN, Kind.RENEWED))
        assert (consent in states) == bool(words)


@given(HISTORIES, st.randoms())
def test_the_order_in_which_events_are_read_does_not_matter(acts: list[tuple[Kind, str]], random: object) -> None:
    events = history(acts)
    shuffled = list(events)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert standing(shuffled) == standing(events)


def test_nothing_stands_after_erasure() -> None:
    assert standing([*history([(Kind.GIVEN, "news")]), entry(Act(Kind.ERASED, "s"), 2, "e2", NOW)]) == {}


@pytest.mark.parametrize(
    ("decision", "before", "due", "expected"),
    [
        (Decision.GIVEN, None, False, Kind.GIVEN),
        (Decision.GIVEN, Kind.REFUSED, False, Kind.GIVEN),
        (Decision.GIVEN, Kind.WITHDRAWN, True, Kind.GIVEN),
        (Decision.GIVEN, Kind.GIVEN, False, None),
        (Decision.GIVEN, Kind.GIVEN, True, Kind.RENEWED),
        (Decision.REFUSED, None, False, Kind.REFUSED),
        (Decision.REFUSED, Kind.GIVEN, False, Kind.WITHDRAWN),
        (Decision.REFUSED, Kind.RENEWED, True, Kind.WITHDRAWN),
        (Decision.REFUSED, Kind.REFUSED, False, None),
        (Decision.REFUSED, Kind.WITHDRAWN, False, None),
    ],
)
def test_what_a_decision_is_depends_on_what_came_before(
    decision: Decision, before: Kind | None, due: bool, expected: Kind | None
) -> None:
    earlier = history([(before, "news")])[0] if before else None
    assert kind_of(decision, earlier, renewal_due=due) is expected


def test_times_are_utc_to_the_millisecond() -> None:
    summer = timezone(timedelta(hours=1))
    assert utc(datetime(2026, 7, 1, 10, 0, 0, 1999, tzinfo=summer)) == "2026-07-01T09:00:00.001Z"
    assert utc(datetime(2026, 1, 1, tzinfo=UTC)) == "2026-01-01T00:00:00.000Z"
