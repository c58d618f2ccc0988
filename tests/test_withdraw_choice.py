"""/withdraw asks which service it is about, among a few as among 400: sorted, found as any keyboard types it, without script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.consent_fixtures import MANIFEST, NEWS, SERVICE, FakeClock, published, version
from tests.long_lists import SERVICES
from widget.alphabet import place_in_order
from widget.app import close_app, create_app
from widget.consent.nearest import MOST_OFFERED, nearest
from widget.consent.offers import choices, meant
from widget.manifest import Contact, Manifest

TODAY = date(2026, 11, 22)
NAMES = (*SERVICES, "School meals", "Blue badges", "Adoption", "Bins", "Elections", "Zoos")


ASKED = replace(NEWS, withdraw=Contact(""))


def council(titles: tuple[str, ...]) -> Manifest:
    notices = [
        version(f"notice-{number}", 1, (ASKED,), title=title, service=Contact(title, f"service{number}@example.org"))
        for number, title in enumerate(titles)
    ]
    return replace(MANIFEST, versions=tuple(notices))


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """An endpoint of a council with 14 notices."""
    app = create_app(published(tmp_path_factory.mktemp("many"), council(NAMES)), FakeClock())
    yield app.test_client()
    close_app(app)


def asking(client: FlaskClient, notice: str) -> tuple[int, str]:
    sent = client.post("/withdraw", data={"notice": notice, "email": "sam@example.org"}, follow_redirects=True)
    return sent.status_code, unescape(sent.get_data(as_text=True))


def test_the_form_lists_no_contacts_and_its_choices_are_in_order(client: FlaskClient) -> None:
    shown = unescape(client.get("/withdraw").get_data(as_text=True))
    assert re.findall(r'<option value="([^"]+)"', shown) == sorted(NAMES, key=lambda name: place_in_order(name, "en"))
    assert "service3@example.org" not in shown
    assert "council@example.org" in shown
    chosen = unescape(client.get("/withdraw?notice=notice-5").get_data(as_text=True))
    assert 'list="notices" value="Parking"' in chosen
    assert "service5@example.org" in chosen


@pytest.mark.parametrize(
    ("typed", "number"),
    [("childrens services", 0), ("CHILDREN'S services", 0), ("strasse", 1), ("lodz", 1), ("elan", 3), ("notice-6", 6)],
)
def test_a_service_is_found_as_any_keyboard_types_it(client: FlaskClient, typed: str, number: int) -> None:
    status, shown = asking(client, typed)
    assert status == 200
    assert "We have your request" in shown
    assert f"<h3>{NAMES[number]}</h3>" in shown
    assert f"service{number}@example.org" in shown


def test_a_part_of_a_name_and_another_mistake_are_answered_with_the_form(client: FlaskClient) -> None:
    sent = client.post("/withdraw", data={"notice": "childrens services", "email": ""})
    shown = unescape(sent.get_data(as_text=True))
    assert sent.status_code == 400
    assert "Give your reference, your email address" in shown and f'value="{NAMES[0]}"' in shown


def test_where_several_may_be_meant_they_are_offered_and_nothing_is_lost(client: FlaskClient) -> None:
    status, shown = asking(client, "school")
    assert status == 400
    assert "Choose one." in shown
    assert re.findall(r'type="radio"[^>]* name="notice" value="([^"]*)"', shown) == [
        "notice-2",
        "notice-6",
        "notice-8",
        "",
    ]
    assert 'value="sam@example.org"' in shown
    status, shown = asking(client, "dragons")
    assert status == 400
    assert "We do not know a service by that name." in shown
    assert 'value="dragons"' in shown


def test_nobody_needs_to_know_the_service(client: FlaskClient) -> None:
    status, shown = asking(client, "")
    assert status == 200
    assert "council@example.org" in shown
    assert "service0@example.org" not in shown


def test_four_hundred_notices_are_found_in_one_look_over_the_manifest() -> None:
    one = version("notice-0", 1, (NEWS,), service=SERVICE)
    many = [replace(one, notice=f"notice-{n}", title=f"{SERVICES[n % 8]} {n}") for n in range(400)]
    found = choices(replace(MANIFEST, versions=tuple(many)), "en", TODAY)
    assert len(found) == 400
    assert [choice.notice for choice in meant("childrens services 200", found)] == ["notice-200"]
    assert len(meant("taxis", found)) == 50


def test_of_two_services_of_one_name_none_is_taken_by_itself_and_of_very_many_more_is_asked(tmp_path: Path) -> None:
    app = create_app(published(tmp_path, council(("Bins", "Bins", *(f"Hub {n}" for n in range(16))))), FakeClock())
    client = app.test_client()
    status, shown = asking(client, "bins")
    assert (status, re.findall(r'name="notice" value="(notice-\d+)"', shown)) == (400, ["notice-0", "notice-1"])
    status, shown = asking(client, "hub")
    assert (status, 'list="notices" value="hub"' in shown) == (400, True)
    assert "Type more of the name" in shown
    close_app(app)


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("parkng", [5]),
        ("Praking", [5]),
        ("blue bagdes", [9]),
        ("adotpion", [10]),
        ("scool meels", [8, 2]),
        ("electoins", [12]),
        ("childrnes service", [0]),
        ("bluebadges", [9]),
        ("taxsis", [7]),
    ],
)
def test_a_letter_or_two_wrong_still_offers_the_nearest_services(
    client: FlaskClient, typed: str, numbers: list[int]
) -> None:
    status, shown = asking(client, typed)
    assert (status, "Did you mean one of these?" in shown) == (400, True)
    offered = re.findall(r'type="radio"[^>]* name="notice" value="([^"]*)"', shown)
    assert offered[: len(numbers)] == [f"notice-{number}" for number in numbers]
    assert offered[-1] == "", "nobody has to take what is offered"
    assert 'value="sam@example.org"' in shown


def test_what_is_near_is_never_taken_by_itself_and_what_is_not_is_not_offered() -> None:
    among = choices(council(NAMES), "en", TODAY)
    assert meant("parkng", among) == []
    for nothing in ("dragons", "xyz", "", "'", "q" * 5000, "- - -"):
        assert nearest(nothing, among) == []


def test_the_nearest_of_four_hundred_are_few_and_the_best_comes_first() -> None:
    names = [f"{SERVICES[number % 8]} {number}" for number in range(400)]
    among = choices(council(tuple(names)), "en", TODAY)
    found = nearest("shcool admissoins 38", among)
    assert len(found) == MOST_OFFERED
    assert {choice.title.rpartition(" ")[0] for choice in found} == {"School admissions"}
    assert nearest(" ".join(["admissoins"] * 100), among)
