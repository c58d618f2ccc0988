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
    moment_of,
    standing,
    state_of,
    utc,
    with_states,
)
from widget.strings import LONDON

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


def spoken(*said: tuple[str, str, str, str]) -> list[ConsentEvent]:
    """Events as (who, kind, when the person acted, when it was recorded); days of June, in London, such as `8 14:30`."""

    def at(text: str) -> str:
        day, _, clock = text.partition(" ")
        hour, minute = (clock or "0:0").split(":")
        return utc(datetime(2026, 6, int(day), int(hour), int(minute), tzinfo=LONDON))

    return [
        entry(
            Act(Kind(kind), "s", consent="news", recorded_by="FH-3" if who == "staff" else None, happened=at(acted)),
            seq,
            f"e{seq}",
            at(recorded),
        )
        for seq, (who, kind, acted, recorded) in enumerate(said, 1)
    ]


YES, NO, STOP = "given", "refused", "withdrawn"
ORDERS = {
    "a paper yes from before a withdrawal revives nothing": (
        [("web", YES, "1", "1"), ("web", STOP, "8", "8"), ("staff", YES, "4", "9")],
        (STOP, 2),
    ),
    "a yes by phone after a withdrawal counts": (
        [("web", YES, "1", "1"), ("web", STOP, "8", "8"), ("staff", YES, "8 14:30", "9")],
        (YES, 3),
    ),
    "a yes and a no of one moment are no consent": (
        [("web", STOP, "8 14:30", "8 14:30"), ("staff", YES, "8 14:30", "9")],
        (STOP, 1),
    ),
    "a day without a time is its start for a yes": (
        [("web", STOP, "8 0:01", "8 0:01"), ("staff", YES, "8", "9")],
        (STOP, 1),
    ),
    "a day without a time is its end for a withdrawal": (
        [("staff", STOP, "8", "9"), ("staff", YES, "8 23:59", "10")],
        (STOP, 1),
    ),
    "the next day's start is after that end": (
        [("staff", STOP, "8", "9"), ("staff", YES, "9 0:01", "10")],
        (YES, 2),
    ),
    "a no wins over a yes that was said before it, whichever was typed first": (
        [("staff", NO, "8", "9"), ("staff", YES, "7", "10")],
        (NO, 1),
    ),
    "a late no counts from when it is recorded": (
        [("web", YES, "8", "8"), ("staff", NO, "4", "9")],
        (NO, 2),
    ),
    "a late yes never takes the place of a later one": (
        [("web", YES, "8", "8"), ("staff", YES, "4", "9")],
        (YES, 1),
    ),
    "what the person does on the web counts in the order of the log": (
        [("staff", STOP, "8", "8 9:00"), ("web", YES, "8 10:00", "8 10:00")],
        (YES, 2),
    ),
    "an earlier withdrawal stays in the way of a late yes after a later no": (
        [("web", STOP, "8", "8"), ("staff", NO, "2", "9"), ("staff", YES, "4", "10")],
        (NO, 2),
    ),
}


@pytest.mark.parametrize("story", ORDERS)
def test_the_order_of_acts_decides(story: str) -> None:
    said, (state, seq) = ORDERS[story]
    deciding = standing(spoken(*said))["news"]
    assert (state_of(deciding), deciding.seq) == (state, seq)


@given(
    st.lists(
        st.tuples(st.sampled_from(["web", "staff"]), st.sampled_from([YES, NO, STOP]), st.integers(1, 9)), max_size=8
    )
)
def test_no_late_form_ever_revives_what_was_ended_after_it(acts: list[tuple[str, str, int]]) -> None:
    events = spoken(*((who, kind, str(day if who == "staff" else 10), "10") for who, kind, day in acts))
    found = standing(events).get("news")
    if found is not None and found.kind is Kind.GIVEN and found.recorded_by:
        ends = [event for event in events if event.kind is not Kind.GIVEN]
        assert all(moment_of(event) < moment_of(found) for event in ends if event.seq < found.seq)
        assert all(event.seq < found.seq for event in ends)


def test_an_entry_is_told_with_the_state_that_results() -> None:
    events = [
        *spoken(*ORDERS["a paper yes from before a withdrawal revives nothing"][0]),
        entry(Act(Kind.WITHDRAWAL_REQUESTED, "t"), 4, "e4", NOW),
        entry(Act(Kind.ERASED, "s"), 5, "e5", NOW),
        entry(Act(Kind.NOTICE_PUBLISHED), 6, "e6", NOW),
    ]
    states = [state for _, state in with_states(events)]
    assert states == ["given", "withdrawn", "withdrawn", "withdrawal-requested", "none", None]


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
