"""English now, Welsh by a day, at the desk: the form, its approval, what waits afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, expect
from werkzeug.test import TestResponse

from generator.content import notice_file
from tests.axe import violations
from tests.desk_access_fixtures import Browser, Desk
from tests.desk_fixtures import ANNA, BEN, served_desk, whole_desk
from tests.desk_pages import fields_of, text_of, visit
from tests.following_fixtures import DAY, ENGLISH, OWN_REASON, REASON, SHARED_TOO, both
from tests.site_fixtures import read, write_notice

PUBLISH, REVIEW, WELSH_PAGE = (f"/desk/notices/library/{name}" for name in ("publish", "review", "cy"))
SAID = {"kind": "material", "summary": "We share your name with the county archive."}
LATER = {"later_by-cy": DAY, "later_reason-cy": REASON, "later_own_reason-cy": OWN_REASON}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A notice whose English changed, and whose Welsh differs from it in a recipient: an error of the Welsh."""
    return both(tmp_path)


@pytest.fixture
def desk(root: Path) -> Desk:
    return whole_desk(root, ANNA, BEN)


def signed_in(desk: Desk, person: object = ANNA) -> Browser:
    browser = desk.browser()
    assert browser.sign_in(person).status_code == 303  # type: ignore[arg-type]
    return browser


def publish_it(browser: Browser, **more: str) -> TestResponse:
    page = browser.get(PUBLISH)
    return browser.press(page, PUBLISH, seen=fields_of(page)["seen"], **(SAID | more))


def test_the_form_names_the_day_and_then_everybody_sees_what_is_due(desk: Desk, root: Path) -> None:
    anna = signed_in(desk)
    page = text_of(anna.get(PUBLISH))
    assert "Publish now and add this language by a day: Welsh" in page and '<details class="later" open>' in page
    assert "`sharing` is none here and 1 entries in English." in page, (
        "what stands in the way is beside the way round it"
    )
    refused = publish_it(anna)
    assert refused.status_code == 409 and "Nothing was published" in text_of(refused)
    assert publish_it(anna, **LATER).status_code == 303
    home = text_of(anna.get("/desk/"))
    assert "This language follows by 20 December 2026: Welsh." in home
    assert "Texts that follow later" in home and "Welsh, by 20 December 2026" in home
    last = read(root).last("library", "en")
    assert last is not None and last.change.translations is not None
    (said,) = last.change.translations
    assert (said.reason, said.own_reason) == (REASON, OWN_REASON)
    assert "Version 2 is published without this text, which is due by 20 December 2026." in text_of(
        anna.get(WELSH_PAGE)
    )
    assert f"Welsh: Follows by 20 December 2026. {REASON}" in text_of(anna.get("/desk/notices/library/versions"))


def test_the_form_says_where_the_welsh_stayed_as_it_is(desk: Desk, root: Path) -> None:
    write_notice(root, ENGLISH.replace("This is about", "This is all about"))
    page = text_of(signed_in(desk).get(PUBLISH))
    assert "The main text changed and this one did not." in page and '<details class="later" open>' in page


def test_once_the_day_is_over_the_desk_says_so_and_the_welsh_is_published(desk: Desk, root: Path) -> None:
    anna = signed_in(desk)
    assert publish_it(anna, **LATER).status_code == 303
    desk.clock.later(days=21)
    anna = signed_in(desk)
    assert "The day is over." in text_of(anna.get("/desk/")) and "The day is over." in text_of(anna.get(WELSH_PAGE))
    write_notice(root, SHARED_TOO, language="cy")
    page = text_of(anna.get(PUBLISH))
    assert 'value="clarification"' in page, "the English said already how much changed"
    assert publish_it(anna, kind="clarification", summary="This change is now in Welsh too.").status_code == 303
    assert "Texts that follow later" not in text_of(anna.get("/desk/"))


LACKING = [
    ({"later_by-cy": DAY}, "Say why the text is not there yet"),
    ({"later_reason-cy": REASON}, "Choose the day by which the text follows"),
    ({**LATER, "later_by-cy": "2026-11-30"}, "Choose a day after today"),
    ({**LATER, "later_by-cy": "soon"}, "Choose the day by which the text follows"),
    ({**LATER, "later_reason-cy": "x" * 301}, "300 letters or fewer"),
]


def test_a_form_that_lacks_something_says_so_and_keeps_the_rest(desk: Desk) -> None:
    anna = signed_in(desk)
    for sent, told in LACKING:
        answer = publish_it(anna, **sent)
        page = text_of(answer)
        assert answer.status_code == 400 and told in page and SAID["summary"] in page
        assert all(f'value="{text}"' in page for text in sent.values())


def test_an_approval_holds_for_the_day_and_the_reason(desk: Desk, root: Path) -> None:
    site = root / "site.yml"
    site.write_text(site.read_text("utf-8") + "approval: required\n", "utf-8")
    anna, ben = signed_in(desk), signed_in(desk, BEN)
    page = anna.get(REVIEW)
    seen = fields_of(page)["seen"]
    assert anna.press(page, f"{REVIEW}/ask", seen=seen, **SAID, **LATER).status_code == 303
    text = (root / "content/library/notice.md").read_bytes()
    notice, problems = notice_file.read(text, "content/library/notice.md", "library", "en")
    assert notice is not None and notice.facets.change is not None and problems == []
    assert [one.own_reason for one in notice.facets.change.translations] == [OWN_REASON]
    page = ben.get(REVIEW)
    assert f"Follows by 20 December 2026. {REASON}" in text_of(page) and OWN_REASON in text_of(page)
    write_notice(root, SHARED_TOO, language="cy")
    page = ben.get(REVIEW)
    assert "archif y sir" not in text_of(page), "the Welsh that somebody began is not what is approved"
    digest = fields_of(page)["digest"]
    assert ben.press(page, f"{REVIEW}/approve", digest=digest, role="Officer").status_code == 303
    assert fields_of(anna.get(PUBLISH))["later_by-cy"] == DAY
    assert publish_it(anna, **(LATER | {"later_by-cy": "2026-12-21"})).status_code == 409
    assert publish_it(anna, **LATER).status_code == 303
    assert (last := read(root).last("library", "en")) is not None and last.approved_role == "Officer"


def test_it_is_done_by_keyboard_without_script(browser: Chromium, root: Path) -> None:
    with (
        served_desk(root, ANNA) as desk,
        visit(browser, desk, ANNA, java_script_enabled=False, viewport={"width": 360, "height": 740}) as page,
    ):
        page.goto(desk.access.config.address + PUBLISH)
        fill(page)
    assert (last := read(root).last("library", "en")) is not None and last.version == 2


def test_with_script_the_form_is_fit_for_everybody_and_publishes_too(browser: Chromium, root: Path) -> None:
    with served_desk(root, ANNA) as desk:
        with visit(browser, desk, ANNA, viewport={"width": 320, "height": 740}, locale="cy") as page:
            page.goto(desk.access.config.address + PUBLISH)
            assert violations(page) == []
            send_without_a_reason(page)
            assert page.evaluate("document.documentElement.scrollWidth") <= 320
            assert violations(page) == []
        with visit(browser, desk, ANNA, viewport={"width": 360, "height": 740}, locale="en-GB") as page:
            page.goto(desk.access.config.address + PUBLISH)
            fill(page)
            for path in ("/desk/", WELSH_PAGE):
                page.goto(desk.access.config.address + path)
                assert violations(page) == []


def fill(page: Page) -> None:
    """Say how the text changed and by which day the Welsh follows; the last field sends it."""
    page.get_by_label("Something changes for people").check()
    page.get_by_label("What changed, in one plain sentence").fill(SAID["summary"])
    page.get_by_label("By which day the text follows: Welsh").fill(DAY)
    page.get_by_label("Why it is not there yet").fill(REASON)
    page.keyboard.press("Tab")
    page.keyboard.type(OWN_REASON)
    page.keyboard.press("Enter")
    page.wait_for_url("**/versions")
    expect(page.get_by_text("This language follows by 20 December 2026: Welsh.")).to_be_visible()


def send_without_a_reason(page: Page) -> None:
    page.locator("#later_by-cy").fill(DAY)
    page.locator("form.narrow button").click()
    page.locator("#later_reason-cy-wrong").wait_for()
