"""The list of notices: in the order of its language, and found as any keyboard types it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from generator.building import build
from generator.wording.alphabet import place_in_order
from tests.site_fixtures import NOTICE, TODAY, make_site, publish, read, write_notice

TITLES = ("Children’s services", "Straße und Łódź", "Free‑school meals", "Élan Valley", "O’Brien's Æsthetics")


@pytest.fixture(scope="module")
def listed(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """The list of notices with these titles, in a browser, from its files alone."""
    root = make_site(tmp_path_factory.mktemp("site"))
    for number, title in enumerate(TITLES):
        write_notice(root, NOTICE.replace("title: Library privacy notice", f'title: "{title}"'), f"notice-{number}")
    publish(root, "2026-10-01", "First.", "material")
    public = root / "public"
    build.build(read(root), public, TODAY)
    page = browser.new_page(base_url="http://list.example.org")
    page.route("**/*", lambda route: route.fulfill(path=_file(public, route.request.url)))
    page.goto("/")
    yield page
    page.close()


def _file(public: Path, url: str) -> Path:
    path = url.partition("example.org/")[2] or "index.html"
    return public / path


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("children's", TITLES[0]),
        ("childrens", TITLES[0]),
        ("CHILDREN’S", TITLES[0]),
        ("chil\u00addren‘s", TITLES[0]),
        ("strasse", TITLES[1]),
        ("lodz", TITLES[1]),
        ("Łódź", TITLES[1]),
        ("free-school", TITLES[2]),
        ("elan", TITLES[3]),
        ("obriens aes", TITLES[4]),
    ],
)
def test_a_title_is_found_as_any_keyboard_types_it(listed: Page, typed: str, title: str) -> None:
    listed.get_by_label("Find a notice").fill(typed)
    assert listed.locator(".category li:visible a").all_inner_texts() == [title]


def order(language: str, *names: str) -> list[str]:
    return sorted(names, key=lambda name: place_in_order(name, language))


def test_a_list_is_sorted_as_its_language_sorts() -> None:
    assert order("en", "Zoos", "Élan", "elm", "Łódź", "Eaves", "lamps") == [
        "Eaves",
        "Élan",
        "elm",
        "lamps",
        "Łódź",
        "Zoos",
    ]
    welsh = ("Llyfrgelloedd", "Lwfans", "Chwaraeon", "Cymorth", "Ddoe", "Dŵr", "Theatr", "Tŷ", "Rhent", "Ysgolion")
    sorted_welsh = [
        "Cymorth",
        "Chwaraeon",
        "Dŵr",
        "Ddoe",
        "Lwfans",
        "Llyfrgelloedd",
        "Rhent",
        "Tŷ",
        "Theatr",
        "Ysgolion",
    ]
    assert order("cy", *welsh) == sorted_welsh
    assert order("en", "“Quoted”", "Pets", "Rats") == ["Pets", "“Quoted”", "Rats"]


@given(st.lists(st.text(max_size=6), unique=True), st.sampled_from(["en", "cy", "ur"]))
def test_an_order_does_not_depend_on_the_order_before(names: list[str], language: str) -> None:
    assert order(language, *names) == order(language, *reversed(names))
