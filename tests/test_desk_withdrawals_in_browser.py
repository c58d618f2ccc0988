"""The desk's list of withdrawals and Done in a real browser: fit for everybody, at both widths."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from desk.access import loopback_address
from tests.axe import violations
from tests.desk_access_fixtures import Clock, Desk, made_desk, served
from tests.desk_fixtures import NOW
from tests.desk_withdrawals_fixtures import SAM, answering
from tests.site_fixtures import make_site
from tests.test_desk_withdrawals import ITEM, PAGE

TODAY = date(2026, 11, 30)
LONG = "You may write to me, or ring me, about Family Hub activities, courses and everything else that starts nearby."
LETTER = {"seq": 7, "letter": "receipt", "notice": "family-hubs", "reference": "7KQ-M2X-TPF", "deadline": "2026-12-24"}
LETTERS = [LETTER | {"id": 1, "owed": "2026-11-24T09:00:00Z", "why": "refused"}]


@pytest.fixture(scope="module")
def desk_here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk whose endpoint lists 130 withdrawals."""
    root: Path = make_site(tmp_path_factory.mktemp("site"))
    key = root / "key"
    key.write_text("key")
    kinds = ("withdrawn", "withdrawal-requested", "revoked")
    items = [
        ITEM
        | {"seq": number, "kind": kinds[number % 3], "label": LONG, "title": "Family Hubs privacy notice"}
        | {"deadline": (TODAY + timedelta(days=number % 25 - 8)).isoformat(), "reference": f"7KQ-M2X-{number:03}"}
        for number in range(1, 131)
    ]

    def endpoint(environ: dict[str, Any], start: Any) -> list[bytes]:
        start("200 OK", [("Content-Type", "application/json")])
        if environ["PATH_INFO"] == "/api/withdrawals":
            return [json.dumps(PAGE | {"withdrawals": items, "undelivered": LETTERS}).encode()]
        return [json.dumps(items[0]).encode()]

    with answering(endpoint) as (address, _stop):

        def desk(port: int) -> Desk:
            options: dict[str, Any] = {"consents": address, "consents_key_file": key, "port": port}
            return made_desk(root, SAM, clock=Clock(NOW), **options)

        with served(desk) as here:
            yield here


@pytest.fixture(params=[(320, "en"), (1280, "cy")], ids=["320 English", "1280 Welsh"])
def page(request: pytest.FixtureRequest, browser: Browser, desk_here: Desk) -> Iterator[Page]:
    """A browser in which somebody of a service team is signed in."""
    width, language = request.param
    tab = browser.new_page(viewport={"width": width, "height": 800}, locale=language)
    tab.goto(loopback_address(desk_here.access))
    tab.locator("main button").first.click()
    yield tab
    tab.close()


def assert_fit(page: Page) -> None:
    """Nothing for axe to find, one h1, and nothing to scroll for sideways."""
    assert violations(page) == []
    assert page.locator("h1").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_list_and_done_are_fit_for_everybody_in_every_state(page: Page, desk_here: Desk) -> None:
    address = desk_here.access.config.address
    page.goto(f"{address}/desk/withdrawals")
    assert page.locator(".group").count() == 3 and page.locator(".waiting > li").count() == 101
    assert_fit(page)
    page.goto(f"{address}/desk/withdrawals?page=2")
    assert page.locator(".waiting > li").count() == 30
    page.goto(f"{address}/desk/withdrawals?find=nothing")
    assert_fit(page)
    page.goto(f"{address}/desk/withdrawals/1/done")
    assert_fit(page)
    page.fill("#on", "never")
    page.locator("form.done button").click()
    expect(page.locator(".error")).to_have_count(2)
    assert_fit(page)
    page.locator(".wrong a[href='#on']").click()
    expect(page.locator("#on")).to_be_focused()
    expect(page.locator("#on")).to_have_value("never")


def test_a_full_list_is_light(desk_here: Desk) -> None:
    browser = desk_here.browser()
    assert browser.sign_in(SAM).status_code == 303
    page = browser.get("/desk/withdrawals")
    assert page.status_code == 200 and page.text.count("7KQ-M2X-") > 100
    assert len(gzip.compress(page.data)) < 60_000
