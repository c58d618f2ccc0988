"""Requests are read strictly: anything unexpected is refused with its reason, and nothing makes the endpoint fail."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.consent_fixtures import LATER, MANIFEST, NEWS, PRIMARY, V1, V2, answer, form, version
from widget.consent import input
from widget.errors import Refusal
from widget.ledger.events import Decision
from widget.ledger.strict_json import json_body
from widget.manifest import Manifest, PublishedVersion
from widget.people.details import Details

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(exclude_categories=[])),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=20,
)
TODAY = date(2026, 11, 22)
KEYS = sorted(input.JSON_KEYS)


def as_lists(fields: dict[str, str]) -> dict[str, list[str]]:
    return {name: [value] for name, value in fields.items()}


def refused(read: Callable[[], object]) -> tuple[int, set[tuple[str, str]]]:
    with pytest.raises(Refusal) as caught:
        read()
    return caught.value.status, {(wrong.field, wrong.code) for wrong in caught.value.wrongs}


def test_form_and_json_ask_the_same() -> None:
    from_form = input.answer_from_form(
        as_lists(form(V1, service_news="given", photos="refused")), "family-hubs", MANIFEST, TODAY
    )
    from_json = input.answer_from_json(answer(V1, service_news="given", photos="refused"), MANIFEST, TODAY)
    assert from_form.request_id is not None
    assert replace(from_form, request_id=None) == from_json
    assert from_form.version == V1
    assert from_form.decisions == {"service-news": Decision.GIVEN, "photos": Decision.REFUSED}


def test_a_choice_left_blank_is_no_choice() -> None:
    fields = form(photos="given") | {"decision.service-news": "", "email": "", "acting_for": "child"}
    read = input.answer_from_form(as_lists(fields), "family-hubs", MANIFEST, TODAY)
    assert read.decisions == {"photos": Decision.GIVEN}
    assert (read.said.email, read.acting_for) == (None, "child")


def test_all_blank_is_refused_with_a_reason() -> None:
    assert refused(lambda: input.answer_from_form(as_lists(form()), "family-hubs", MANIFEST, TODAY)) == (
        400,
        {("decisions", "nothing-chosen")},
    )


def test_everything_that_is_wrong_is_said_at_once() -> None:
    body = answer(service_news="perhaps") | {
        "email": "a@example.org, b@example.org",
        "acting_for": "pet",
        "digest": "0",
        "colour": 1,
    }
    assert refused(lambda: input.answer_from_json(body, MANIFEST, TODAY)) == (
        400,
        {
            ("decision.service-news", "decision"),
            ("email", "email"),
            ("acting_for", "acting-for"),
            ("digest", "malformed"),
            ("colour", "unknown"),
        },
    )


@pytest.mark.parametrize(
    "changed",
    [
        {"version": 9},
        {"digest": "0" * 64},
        {"digest": V1.digest},
        {"language": "cy"},
        {"notice": "primary"},
        {"notice": "never-heard-of"},
        {"decisions": {"tracking": "given"}},
    ],
)
def test_words_that_were_never_published_are_refused(changed: dict[str, object]) -> None:
    assert refused(lambda: input.answer_from_json(answer(service_news="given") | changed, MANIFEST, TODAY))[0] == 409


@pytest.mark.parametrize("read", [V1, V2])
def test_every_version_that_was_ever_in_force_can_be_answered(read: PublishedVersion) -> None:
    assert input.answer_from_json(answer(read, service_news="given"), MANIFEST, TODAY).version is read


def test_a_version_can_be_answered_from_the_day_it_is_in_force() -> None:
    body = answer(LATER, service_news="given")
    eve = LATER.effective - timedelta(days=1)
    assert refused(lambda: input.answer_from_json(body, MANIFEST, eve)) == (409, {("version", "unpublished")})
    assert input.answer_from_json(body, MANIFEST, LATER.effective).version is LATER


def test_a_version_that_was_called_off_can_never_be_answered() -> None:
    off = replace(LATER, called_off=LATER.effective - timedelta(days=30))
    known = replace(MANIFEST, versions=tuple(off if one is LATER else one for one in MANIFEST.versions))
    body = answer(LATER, service_news="given")
    assert refused(lambda: input.answer_from_json(body, known, LATER.effective)) == (409, {("version", "unpublished")})


def test_a_translation_that_awaits_review_cannot_be_answered() -> None:
    welsh = version(number=1, language="cy", awaiting_review=True)
    manifest = Manifest(MANIFEST.site, MANIFEST.built, (V1, welsh))
    assert refused(lambda: input.answer_from_json(answer(welsh, photos="given"), manifest, TODAY))[0] == 409


def test_nobody_can_answer_for_a_child_where_the_consent_is_for_oneself() -> None:
    body = answer(service_news="given") | {"acting_for": "child"}
    assert refused(lambda: input.answer_from_json(body, MANIFEST, TODAY)) == (
        400,
        {("decision.service-news", "not-for-child")},
    )


def test_which_child_it_is_can_only_be_said_in_an_answer_for_a_child() -> None:
    body = answer(photos="given") | {"about": "Robin"}
    assert refused(lambda: input.answer_from_json(body, MANIFEST, TODAY)) == (400, {("about", "unknown")})
    assert input.answer_from_json(body | {"acting_for": "child"}, MANIFEST, TODAY).said.about == "Robin"


@pytest.mark.parametrize("number", ["1", True, 1.0, None, 0, -1, 10**30, [1], {}])
def test_a_version_is_a_whole_number(number: object) -> None:
    assert (
        refused(lambda: input.answer_from_json(answer(photos="given") | {"version": number}, MANIFEST, TODAY))[0] == 400
    )


@pytest.mark.parametrize("text", ["2 ", "02", "+2", "٢", "2\n", "1e0", "", "9" * 40])
def test_a_version_in_a_form_is_written_as_one(text: str) -> None:
    fields = as_lists(form(photos="given") | {"version": text})
    assert refused(lambda: input.answer_from_form(fields, "family-hubs", MANIFEST, TODAY))[0] == 400


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b'"abc"' * 2,
        b"NaN",
        b'{"a": Infinity}',
        b"\xff\xfe",
        b'{"a": 1, "a": 2}',
        b"[" * 100_000,
        b"9" * 5000,
    ],
)
def test_what_is_not_json_is_refused(body: bytes) -> None:
    assert refused(lambda: json_body(body)) == (400, {("", "not-json")})


@pytest.mark.parametrize(
    "text", ["\ud800@example.org", "a\x00@example.org", "a@example.org\x1b", "x" * 250 + "@example.org"]
)
def test_texts_that_cannot_be_kept_are_refused(text: str) -> None:
    assert refused(lambda: input.answer_from_json(answer(photos="given") | {"email": text}, MANIFEST, TODAY))[0] == 400


@given(JSON)
def test_any_json_is_read_or_refused(body: object) -> None:
    for read in (lambda: input.answer_from_json(body, MANIFEST, TODAY), lambda: input.withdrawal_from_json(body)):
        with pytest.raises(Refusal):
            read()


@given(st.dictionaries(st.sampled_from(KEYS), JSON, max_size=7))
def test_any_value_at_any_key_is_read_or_refused(changed: dict[str, object]) -> None:
    try:
        read = input.answer_from_json(answer(photos="given") | changed, MANIFEST, TODAY)
    except Refusal as refusal:
        assert refusal.status in (400, 409)
        assert json.dumps([vars(wrong) for wrong in refusal.wrongs], ensure_ascii=False).encode()
    else:
        assert read.version in MANIFEST.versions


@given(
    st.dictionaries(
        st.text(max_size=20) | st.sampled_from(["version", "decision.photos", "email"]), st.lists(st.text(), max_size=3)
    )
)
def test_any_form_is_read_or_refused(fields: dict[str, list[str]]) -> None:
    for read in (
        lambda: input.answer_from_form(fields, "family-hubs", MANIFEST, TODAY),
        lambda: input.withdrawal_from_form(fields),
    ):
        with pytest.raises(Refusal):
            read()


def test_a_withdrawal_names_consents() -> None:
    read = input.withdrawal_from_json({"consents": ["photos", "photos", "service-news"], "case": " FH-17 ", "name": ""})
    assert (read.consents, read.details) == (("photos", "service-news"), Details(case="FH-17"))


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"consents": []},
        {"consents": "photos"},
        {"consents": [1]},
        {"consents": ["Photos"]},
        {"consents": ["a"], "b": 1},
    ],
)
def test_a_withdrawal_that_names_none_is_refused(body: object) -> None:
    assert refused(lambda: input.withdrawal_from_json(body))[0] == 400


def test_a_form_with_a_field_twice_is_refused() -> None:
    fields = as_lists(form(photos="given")) | {"decision.photos": ["given", "refused"]}
    assert ("decision.photos", "repeated") in refused(
        lambda: input.answer_from_form(fields, "family-hubs", MANIFEST, TODAY)
    )[1]


def test_a_request_without_a_receipt_needs_one_way_to_the_person() -> None:
    assert refused(lambda: input.withdrawal_request(as_lists({"name": "A Resident"}), MANIFEST)) == (
        400,
        {("reference", "no-way-to-reach")},
    )
    read = input.withdrawal_request(
        as_lists({"notice": "family-hubs", "phone": " 0161 496 0002 ", "post": ""}), MANIFEST
    )
    assert (read.notice, read.details.phone, read.details.post) == ("family-hubs", "0161 496 0002", None)


def test_a_request_about_an_unknown_notice_is_refused_and_one_about_none_is_not() -> None:
    assert ("notice", "notice-unknown") in refused(
        lambda: input.withdrawal_request(as_lists({"notice": "nope", "email": "a@example.org"}), MANIFEST)
    )[1]
    assert input.withdrawal_request(as_lists({"notice": "", "email": "a@example.org"}), MANIFEST).notice is None


def test_the_fixtures_are_what_these_tests_take_them_for() -> None:
    assert V1.consent("service-news") == NEWS
    assert not PRIMARY.consents
