"""The consent form in a real browser, on our own pages and on another site: every state, for everybody, and no lies."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import brotli
import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from generator.cli import main
from generator.pages.theme import WIDGET
from tests.axe import violations
from tests.serving import served
from tests.site_fixtures import PROJECT
from tests.widget_fixtures import (
    ANSWERS,
    MARK,
    NEWER,
    NEWS,
    NEWS_IN_URDU,
    PHOTOS,
    change_news,
    choice,
    make_council,
    never_published,
    stored,
    visit,
    width_of,
)

NODE = PROJECT / ".venv" / "bin" / "npm"
PLACES = {"own": "/library/", "other": "/demo/"}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(make_council(tmp_path_factory.mktemp("council"))) as found:
        yield found


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with visit(browser) as found:
        yield found


def answer(page: Page, **said: str) -> None:
    """Choose and save: `news="Yes"`, `photos="No"`."""
    for name, word in said.items():
        choice(page, {"news": NEWS, "photos": PHOTOS}[name]).get_by_role("radio", name=ANSWERS[word]).check()
    page.get_by_role("button", name="Save my answer").click()


def widget(page: Page) -> Locator:
    return page.locator("consent-form")


def outcome(page: Page, place: str) -> Locator:
    """Where the answer that was saved is told: on our own pages at the receipt's address, elsewhere in place."""
    if place == "own":
        page.wait_for_url(re.compile("/receipt/"))
        return page.locator("main")
    return widget(page)


def token_of(page: Page) -> str:
    """The token of the receipt whose page is open."""
    page.wait_for_url(re.compile("/receipt/"))
    return page.url.rpartition("/")[2]


def looks_right(page: Page) -> None:
    """For everybody: axe in light, and in dark at 400 % zoom (320 pixels), without sideways scrolling."""
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 320, "height": 640})
    assert width_of(page) <= 320
    assert violations(page) == []
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 1280, "height": 900})


# States


@pytest.mark.parametrize("place", PLACES)
def test_each_state_is_told_and_fit_for_everybody(page: Page, address: str, place: str) -> None:
    page.goto(address + PLACES[place])
    expect(choice(page, NEWS).get_by_role("radio", checked=True)).to_have_count(0)  # nothing decided
    looks_right(page)

    page.get_by_role("button", name="Save my answer").click()  # nothing chosen
    expect(page.get_by_role("alert")).to_contain_text("There is a problem")
    expect(page.get_by_role("alert")).to_have_accessible_name("There is a problem")  # as without script
    expect(page.get_by_role("alert")).to_be_focused()
    assert page.title().startswith("Error: ") is (place == "own")
    expect(choice(page, NEWS).get_by_role("radio").first).to_have_attribute("aria-invalid", "true")
    expect(choice(page, NEWS)).to_have_accessible_description(re.compile("Choose an answer first"))
    looks_right(page)
    page.get_by_role("alert").get_by_role("link").click()
    expect(choice(page, NEWS).get_by_role("radio").first).to_be_focused()

    if place == "own":
        return
    answer(page, news="Yes")  # partly
    expect(widget(page).get_by_role("heading", name="Your answer is saved")).to_be_focused()
    expect(widget(page)).to_contain_text("You said yes.")
    expect(widget(page)).to_contain_text("You have not answered this yet.")
    looks_right(page)

    page.get_by_role("button", name="Answer again").click()
    answer(page, news="Yes", photos="No")  # given and refused, on the same receipt
    expect(widget(page)).to_contain_text("You said no.")
    expect(widget(page)).not_to_contain_text("not answered")
    looks_right(page)

    page.get_by_role("button", name="Withdraw my consent").click()  # withdrawn
    expect(widget(page).get_by_role("heading", name="Your consent is withdrawn")).to_be_focused()
    expect(page.get_by_role("button", name="Withdraw my consent")).to_have_count(0)
    looks_right(page)
    assert stored(page) == {}


def test_withdrawing_takes_no_more_steps_than_giving(page: Page, address: str) -> None:
    """A step is a key that does something: Tab only moves."""
    page.goto(f"{address}/demo/")
    expect(page.get_by_role("button", name="Save my answer")).to_be_visible()

    def press_until(done: str, keys: list[str]) -> int:
        for key in keys:
            page.keyboard.press(key)
        expect(widget(page)).to_contain_text(done)
        return len(keys)

    choice(page, NEWS).get_by_role("radio").last.focus()
    page.keyboard.press("Space")
    giving = 1 + press_until("You said yes.", ["Enter"])
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Withdraw my consent")).to_be_focused()
    withdrawing = press_until("You have withdrawn your consent", ["Enter"])
    assert withdrawing <= giving


def test_an_old_yes_is_asked_for_again_when_its_words_changed(browser: Browser, tmp_path: Path) -> None:
    root = make_council(tmp_path)
    with visit(browser) as page:
        with served(root, "--date", "2026-01-10") as address:
            port = address.rpartition(":")[2]
            page.goto(f"{address}/library/")
            page.get_by_role("checkbox", name="Remember this answer on this device").check()
            answer(page, news="Yes", photos="Yes")
            token_of(page)
            (token,) = stored(page).values()
        change_news(root)
        with served(root, port=int(port)) as address:
            page.goto(f"{address}/library/")
            expect(widget(page).get_by_role("heading", name="Your answer so far")).to_be_visible()
            expect(widget(page).get_by_text(NEWS, exact=True).first).to_be_visible()  # what was read then
            expect(widget(page)).to_contain_text("The words have changed since you said yes.")
            looks_right(page)
            page.get_by_role("link", name="Read the new words and choose").click()
            expect(page.locator("blockquote").get_by_text(NEWER)).to_be_visible()
            page.get_by_role("button", name="I agree to the new words").click()
            expect(page.get_by_role("heading", level=1)).to_be_focused()
            leaves = page.request.get(f"{address}/api/receipts", headers={"Authorization": f"Bearer {token}"}).json()[
                "leaves"
            ]
            assert [json.loads(leaf)["kind"] for leaf in leaves] == ["given", "given", "renewed"]


def _add(page: Page, pattern: str, more: dict[str, object]) -> None:
    """Let the endpoint's real answer say something more."""

    def more_said(route: Route) -> None:
        response = route.fetch()
        route.fulfill(response=response, json=response.json() | more)

    page.route(pattern, more_said, times=1)


@pytest.mark.parametrize("place", PLACES)
def test_offline_nothing_is_lost_and_nothing_is_claimed(page: Page, address: str, place: str) -> None:
    page.goto(address + PLACES[place])
    choice(page, NEWS).get_by_role("radio", name="I agree").check()
    page.context.set_offline(True)
    page.get_by_role("button", name="Save my answer").click()
    expect(page.get_by_role("alert")).to_contain_text("we cannot say that your answer is saved")
    expect(choice(page, NEWS).get_by_role("radio", name="I agree")).to_be_checked()
    expect(widget(page)).not_to_contain_text("You said yes.")
    expect(page.get_by_role("button", name="Save my answer")).to_be_enabled()
    looks_right(page)
    page.context.set_offline(False)  # tried again by itself
    expect(outcome(page, place)).to_contain_text("You said yes")


@pytest.mark.parametrize("place", PLACES)
def test_what_is_touched_while_waiting_is_not_sent_unless_the_button_is_pressed(
    page: Page, address: str, place: str
) -> None:
    page.goto(address + PLACES[place])
    choice(page, NEWS).wait_for()
    page.context.set_offline(True)
    answer(page, news="No")
    expect(page.get_by_role("alert")).to_be_visible()
    choice(page, NEWS).get_by_role("radio", name="I agree").check()  # only a thought
    page.context.set_offline(False)
    expect(outcome(page, place)).to_contain_text("You said no")
    expect(outcome(page, place)).not_to_contain_text("You said yes")


def test_a_late_answer_leaves_alone_whoever_types_elsewhere_on_the_page(page: Page, address: str) -> None:
    page.goto(f"{address}/demo/")
    choice(page, NEWS).wait_for()
    network = {"offline": False, "latency": 1500, "downloadThroughput": -1, "uploadThroughput": -1}
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", network)
    answer(page, news="Yes")
    question = page.get_by_label("Your question")
    question.focus()
    expect(widget(page)).to_contain_text("You said yes.")
    expect(question).to_be_focused()
    page.get_by_role("button", name="Withdraw my consent").click()
    expect(page.get_by_role("heading", name="Your consent is withdrawn")).to_be_focused()


def test_the_heading_tells_what_was_just_done(page: Page, address: str) -> None:
    page.goto(f"{address}/demo/")
    answer(page, news="Yes", photos="No")
    expect(page.get_by_role("heading", name="Your answer is saved")).to_be_focused()
    page.get_by_role("button", name="Withdraw my consent").click()
    expect(page.get_by_role("heading", name="Your consent is withdrawn")).to_be_focused()
    page.get_by_role("button", name="Answer again").click()
    answer(page, photos="Yes")  # the other stays withdrawn
    expect(page.get_by_role("heading", name="Your answer is saved")).to_be_focused()
    expect(widget(page)).to_contain_text("You have withdrawn your consent")


def test_an_answer_whose_receipt_was_lost_on_the_way_counts_once(page: Page, address: str) -> None:
    page.goto(f"{address}/library/")
    seen: list[str] = []

    def lose(route: Route) -> None:
        seen.append(json.dumps(route.fetch().json()["events"]))
        route.abort()

    page.route("**/api/consents*", lose, times=1)
    answer(page, news="Yes")
    token = token_of(page)
    events = page.request.get(f"{address}/api/receipts", headers={"Authorization": f"Bearer {token}"}).json()["events"]
    assert json.dumps(events) == seen[0]


def test_a_server_that_cannot_save_is_never_taken_for_one_that_did(page: Page, address: str) -> None:
    page.goto(f"{address}/library/")
    page.route("**/api/consents*", lambda route: route.fulfill(status=503, body="{}"))
    answer(page, news="Yes")
    expect(widget(page).get_by_role("status")).to_have_text("Saving your answer…")
    expect(page.get_by_role("alert")).to_contain_text("we cannot say", timeout=20_000)
    expect(choice(page, NEWS).get_by_role("radio", name="I agree")).to_be_checked()


@pytest.mark.parametrize("place", PLACES)
def test_words_that_were_never_published_are_not_agreed_to(page: Page, address: str, place: str) -> None:
    page.goto(address + PLACES[place])
    expect(page.get_by_role("button", name="Save my answer")).to_be_visible()
    never_published(page)
    answer(page, news="Yes")
    expect(page.get_by_role("alert")).to_contain_text("This notice changed while you had it open.")
    looks_right(page)
    page.get_by_role("button", name="Load the page again and choose").click()
    expect(page.get_by_role("alert")).to_have_count(0)
    if place == "other":  # a page that loads anew starts at its top
        expect(choice(page, NEWS).get_by_role("radio", name="I do not agree")).to_be_focused()
    answer(page, news="No")
    expect(outcome(page, place)).to_contain_text("You said no")


def test_consent_to_words_replaced_while_the_page_was_open_is_kept(browser: Browser, tmp_path: Path) -> None:
    root = make_council(tmp_path)
    with visit(browser) as page, served(root, "--date", "2026-01-10") as first:
        page.goto(f"{first}/library/")
        port = int(first.rpartition(":")[2])
        digest = widget(page).locator("input[name=digest]").get_attribute("value")
        choice(page, NEWS).get_by_role("radio", name="I agree").check()
        choice(page, PHOTOS).get_by_role("radio", name="I do not agree").check()
    with visit(browser) as page:
        with served(root, "--date", "2026-01-10", port=port) as address:
            page.goto(f"{address}/library/")
        change_news(root)
        with served(root, port=port) as address:
            answer(page, news="Yes")
            token = token_of(page)
            (leaf,) = page.request.get(f"{address}/api/receipts", headers={"Authorization": f"Bearer {token}"}).json()[
                "leaves"
            ]
            assert json.loads(leaf)["digest"] == digest


# What it remembers and hands on


@pytest.mark.parametrize("place", PLACES)
def test_the_receipt_is_remembered_only_while_the_box_is_ticked(page: Page, address: str, place: str) -> None:
    page.goto(address + PLACES[place])
    box = page.get_by_role("checkbox", name="Remember this answer on this device")
    if place == "other":
        answer(page, news="Yes")
    expect(box).not_to_be_checked()
    assert stored(page) == {}
    box.check()
    if place == "own":  # before it leads to the receipt
        answer(page, news="Yes")
        token_of(page)
    ((name, token),) = stored(page).items()
    assert name == "consent:library" and re.fullmatch(r"[A-Za-z0-9_-]{43}", token)
    page.goto(address + PLACES[place])
    expect(widget(page).get_by_role("heading", name="Your answer so far")).to_be_visible()
    looks_right(page)
    page.get_by_role("button", name="Withdraw my consent").click()
    expect(widget(page)).to_contain_text("You have withdrawn your consent")
    page.reload()
    expect(widget(page)).to_contain_text("You have withdrawn your consent")


def test_forgetting_is_one_tick(page: Page, address: str) -> None:
    page.goto(f"{address}/demo/")
    answer(page, news="Yes")
    box = page.get_by_role("checkbox", name="Remember this answer on this device")
    box.check()
    page.reload()
    expect(box).to_be_checked()
    box.uncheck()
    assert stored(page) == {}
    page.reload()
    expect(page.get_by_role("button", name="Save my answer")).to_be_visible()


def test_what_is_remembered_can_be_forgotten_after_withdrawing_too(page: Page, address: str) -> None:
    page.goto(f"{address}/demo/")
    answer(page, news="Yes", photos="No")
    box = page.get_by_role("checkbox", name="Remember this answer on this device")
    box.check()
    page.get_by_role("button", name="Withdraw my consent").click()
    expect(widget(page)).to_contain_text("You have withdrawn your consent")
    expect(box).to_be_checked()
    page.reload()
    expect(box).to_be_checked()
    box.uncheck()
    assert stored(page) == {}


def test_a_remembered_token_that_is_worth_nothing_is_forgotten(page: Page, address: str) -> None:
    page.goto(f"{address}/library/")
    page.evaluate("localStorage.setItem('consent:library', 'x'.repeat(43))")
    with page.expect_response("**/api/receipts"):
        page.reload()
    expect(page.get_by_role("button", name="Save my answer")).to_be_visible()
    for _ in range(100):
        if stored(page) == {}:
            break
        page.wait_for_timeout(100)  # the pages' policy forbids `wait_for_function`, which evaluates a text
    assert stored(page) == {}


def test_the_enquiry_carries_the_reference_under_a_strict_policy(page: Page, address: str) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{address}/demo/")
    page.get_by_label("Your question").fill("When do you open?")
    answer(page, news="Yes")
    expect(page.locator("#told")).to_contain_text("This reference goes with your question:")
    told = str(page.locator("#told").text_content()).split()[-1]
    assert page.get_by_label("Your question").input_value() == "When do you open?"
    assert said == []  # nothing was blocked: no inline code or style, no string made into markup
    page.get_by_role("button", name="Send my question").click()
    expect(page.locator("#linked")).to_have_text(f"Your question came with the consent reference {told}.")


def test_the_surrounding_form_gets_nothing_else(page: Page, address: str) -> None:
    page.goto(f"{address}/demo/")
    page.evaluate("addEventListener('consent-recorded', event => { window.told = event.detail })")
    answer(page, news="Yes")
    expect(widget(page)).to_contain_text("You said yes.")
    fields = page.evaluate("Object.keys(Object.fromEntries(new FormData(document.querySelector('main form'))))")
    assert fields == ["question", "consent_reference"]
    told = page.evaluate("window.told")
    assert set(told) == {"notice", "reference", "state"} and told["state"] == {"news": "given"}


# Everyone


def test_a_screen_reader_hears_names_roles_and_descriptions(page: Page, address: str) -> None:
    page.goto(f"{address}/demo/")
    expect(widget(page)).to_match_aria_snapshot(
        f"""
        - group "Library privacy notice":
          - group "{NEWS}":
            - text: {NEWS}
            - paragraph: You can say no and still borrow books. If you withdraw, we send you no more news. You can still borrow books.
            - radio "I do not agree"
            - text: I do not agree
            - radio "I agree"
            - text: I agree
        """
    )
    group = choice(page, NEWS)
    expect(group).to_have_accessible_description(re.compile("You can say no and still borrow books"))
    expect(page.get_by_role("textbox", name="Your email address (you can leave this empty)")).to_be_visible()
    answer(page, news="Yes")
    expect(page.get_by_role("button", name="Withdraw my consent")).to_have_accessible_description(NEWS)


def test_a_screen_reader_hears_that_an_answer_is_on_its_way(page: Page, address: str) -> None:
    page.goto(f"{address}/library/")
    waiting: list[Route] = []
    page.route("**/api/consents*", lambda route: waiting.append(route))
    answer(page, news="Yes")
    expect(widget(page).get_by_role("status")).to_have_text("Saving your answer…")
    expect(page.get_by_role("button", name="Save my answer")).to_have_attribute("aria-disabled", "true")
    page.get_by_role("button", name="Save my answer").click(force=True)  # a second press changes nothing
    assert len(waiting) == 1
    waiting[0].continue_()
    expect(outcome(page, "own")).to_contain_text("You said yes")


def test_a_parent_answers_for_a_child(page: Page, address: str) -> None:
    page.goto(f"{address}/demo/")
    page.get_by_role("link", name="Answer for a child instead").click()
    expect(choice(page, NEWS)).to_have_count(0)  # one can only answer it for oneself
    page.get_by_role("textbox", name="The child’s first name").fill("Robin")
    looks_right(page)
    answer(page, photos="Yes")
    expect(widget(page)).to_contain_text("You said yes.")
    token = str(widget(page).get_by_role("link").first.get_attribute("href")).rpartition("/")[2]
    (leaf,) = page.request.get(f"{address}/api/receipts", headers={"Authorization": f"Bearer {token}"}).json()["leaves"]
    assert json.loads(leaf)["acting_for"] == "child"


def test_each_child_has_a_receipt_of_its_own(page: Page, address: str) -> None:
    page.goto(f"{address}/demo/")
    references = []
    page.get_by_role("link", name="Answer for a child instead").click()
    expect(choice(page, NEWS)).to_have_count(0)
    for word, said in (("No", "You said no."), ("Yes", "You said yes.")):
        answer(page, photos=word)
        expect(widget(page)).to_contain_text(said)
        expect(
            widget(page).locator(".receipt").get_by_text("A child I have parental responsibility for")
        ).to_be_visible()
        references.append(widget(page).locator(".reference").text_content())
        page.get_by_role("button", name="Answer again").click()
    assert len(set(references)) == 2


def test_who_said_yes_to_everything_can_answer_for_a_child_too(page: Page, address: str) -> None:
    page.goto(f"{address}/demo/")
    answer(page, news="Yes", photos="Yes")
    page.get_by_role("button", name="Answer again").click()
    page.get_by_role("link", name="Answer for a child instead").click()
    expect(choice(page, NEWS)).to_have_count(0)
    answer(page, photos="No")
    expect(widget(page)).to_contain_text("You said no.")
    expect(widget(page).locator(".receipt").get_by_text("A child I have parental responsibility for")).to_be_visible()


def test_a_notice_that_is_not_there_is_said_not_to_be(page: Page, address: str) -> None:
    page.goto(f"{address}/demo/")
    page.evaluate("""() => {
        const form = document.createElement("consent-form");
        form.setAttribute("notice", "gone");
        document.querySelector("consent-form").replaceWith(form);
    }""")
    expect(page.get_by_role("alert")).to_have_text("This notice is not on our website, or not any more.")
    expect(widget(page).get_by_role("link")).to_have_attribute("href", re.compile("/consent/gone$"))


def test_what_is_wrong_leads_to_its_field(page: Page, address: str) -> None:
    page.goto(f"{address}/demo/")
    page.get_by_role("textbox", name="Your email address").fill("nobody")
    answer(page, news="Yes")
    page.get_by_role("alert").get_by_role("link").click()
    assert page.evaluate("document.querySelector('consent-form').shadowRoot.activeElement.id") == "field-email"
    email = page.get_by_role("textbox", name="Your email address")
    expect(email).to_have_attribute("aria-invalid", "true")
    expect(email).to_have_accessible_description(re.compile("Write one email address"))
    email.fill("")
    page.get_by_role("button", name="Save my answer").click()
    expect(widget(page)).to_contain_text("You said yes.")


def test_the_language_of_the_page_is_spoken_from_right_to_left(page: Page, address: str) -> None:
    page.goto(f"{address}/demo/?language=ur")
    expect(widget(page)).to_contain_text(NEWS_IN_URDU)
    group = widget(page).get_by_role("group").first
    expect(group).to_have_attribute("lang", "ur")
    assert group.evaluate("place => getComputedStyle(place).direction") == "rtl"
    looks_right(page)
    choice(page, NEWS_IN_URDU).get_by_role("radio").last.check()
    page.get_by_role("button", name=MARK + "Save my answer").click()
    expect(widget(page)).to_contain_text(MARK + "You said yes.")
    looks_right(page)


@pytest.mark.parametrize("language", ["en", "ur"])
def test_fields_and_buttons_begin_on_one_line(page: Page, address: str, language: str) -> None:
    page.goto(f"{address}/demo/?language={language}")
    button, choices = (widget(page).locator(what).first for what in ("button", "label"))
    button.wait_for()
    side = "right" if language == "ur" else "left"
    begins = [one.evaluate(f"one => one.getBoundingClientRect().{side}") for one in (button, choices)]
    assert begins[0] == begins[1]


def test_a_page_in_a_language_that_the_notice_lacks_says_which_it_speaks(page: Page, address: str) -> None:
    page.goto(f"{address}/demo/")
    page.evaluate(
        """document.documentElement.lang = "pl"; const old = document.querySelector("consent-form");
        const made = document.createElement("consent-form"); made.setAttribute("notice", "library"); old.replaceWith(made)"""
    )
    expect(widget(page).get_by_role("group").first).to_have_attribute("lang", "en")


def test_the_form_takes_on_the_looks_of_the_page(page: Page, address: str) -> None:
    page.goto(f"{address}/demo/")
    button = page.get_by_role("button", name="Save my answer")
    style = button.evaluate("b => [getComputedStyle(b).fontFamily, getComputedStyle(b).backgroundColor]")
    assert style == ["Georgia, serif", "rgb(107, 44, 122)"]


def test_forced_colours_leave_every_edge_and_the_focus_seen(page: Page, address: str) -> None:
    page.goto(f"{address}/demo/")
    expect(choice(page, NEWS)).to_be_visible()
    page.emulate_media(forced_colors="active")
    label = choice(page, NEWS).locator("label").first
    assert label.evaluate("edge => getComputedStyle(edge).borderTopStyle") == "solid"
    choice(page, NEWS).get_by_role("radio").first.focus()
    page.keyboard.press("Space")
    assert label.evaluate("edge => getComputedStyle(edge).outlineWidth") == "3px"
    assert violations(page) == []


def test_a_printed_page_has_the_statement_and_no_buttons(page: Page, address: str) -> None:
    page.goto(f"{address}/demo/")
    expect(choice(page, NEWS)).to_be_visible()
    page.emulate_media(media="print")
    expect(widget(page).get_by_text(NEWS)).to_be_visible()
    expect(page.get_by_role("button", name="Save my answer")).to_be_hidden()
    expect(widget(page).locator("input[type=email]")).to_be_hidden()  # an empty box says nothing on paper


# Without script


def test_without_script_the_link_leads_to_the_same_form(browser: Browser, address: str) -> None:
    with visit(browser, script=False) as page:
        page.goto(f"{address}/demo/")
        page.get_by_role("link", name="Say yes or no on the page of our privacy notices").click()
        page.wait_for_url(f"{address}/**")
        answer(page, news="Yes", photos="No")
        page.get_by_role("button", name=re.compile("Withdraw my consent")).click()
        expect(page.locator("main")).to_contain_text("You have withdrawn your consent")


@pytest.mark.parametrize("language", ["en", "ur"])
def test_every_page_of_a_journey_without_script_is_fit_for_everybody(
    browser: Browser, address: str, language: str
) -> None:
    with visit(browser, script=False, width=320) as page:
        mark = MARK if language == "ur" else ""

        notice = "لائبریری کا رازداری نوٹس" if language == "ur" else "Library privacy notice"

        def fits(title: str) -> None:
            expect(page.locator("h1")).to_have_text(mark + title)
            expect(page.locator("html")).to_have_attribute("lang", language)
            assert width_of(page) <= 320

        page.goto(f"{address}/consent/library?language={language}")
        fits(f"Your choice: {notice}")
        page.get_by_role("button", name=mark + "Save my answer").click()
        fits(f"Your choice: {notice}")
        page.get_by_role("alert").get_by_role("link").click()
        expect(page.locator("fieldset").first.get_by_role("radio").first).to_be_focused()
        page.locator("fieldset").first.get_by_role("radio").last.check()
        page.get_by_role("button", name=mark + "Save my answer").click()
        fits("You said yes")
        page.goto(f"{address}{'/ur' if language == 'ur' else ''}/library/")  # the static page has no id of the view
        page.locator("fieldset").first.get_by_role("radio").last.check()
        page.get_by_role("button", name=mark + "Save my answer").click()
        fits(f"Your choice: {notice}")
        expect(page.locator("main")).to_contain_text(mark + "Your answer is not saved yet.")
        expect(page.locator("fieldset").first.get_by_role("radio").last).to_be_checked()
        page.get_by_role("button", name=mark + "Save my answer").click()
        fits("You said yes")
        page.get_by_role("button", name=re.compile("Withdraw my consent")).click()
        fits("You have withdrawn your consent")
        page.goto(f"{address}/withdraw?language={language}")
        fits("Withdraw your consent")
        page.locator("form.request button[type=submit]").click()
        fits("Withdraw your consent")
        page.get_by_role("alert").get_by_role("link").click()
        page.get_by_label(mark + "Your phone number").fill("0161 496 0000")
        page.locator("form.request button[type=submit]").click()
        fits("We have your request")


def test_a_welsh_page_speaks_welsh_from_the_first_word_to_the_withdrawal(browser: Browser, tmp_path: Path) -> None:
    shutil.copytree(PROJECT / "content", tmp_path / "content")
    shutil.copy(PROJECT / "site.yml", tmp_path)
    with visit(browser) as page, served(tmp_path) as address:
        page.goto(f"{address}/demo/?language=cy")
        form = widget(page)
        expect(form.or_(page.get_by_role("link", name="Cytuno neu wrthod")).first).to_be_visible()
        if page.request.get(f"{address}/api/notices/family-hubs?language=cy").json()["consents"]:
            form.get_by_role("radio", name="Rwy'n cytuno").check()
            page.get_by_role("button", name="Cadw fy ateb").click()
            expect(form).to_contain_text("Gwnaethoch gytuno.")
            page.get_by_role("button", name="Tynnu fy nghaniatâd yn ôl").click()
            expect(form).to_contain_text("Rydych wedi tynnu eich caniatâd yn ôl")
        else:  # a translation that nobody has checked takes no answers
            expect(page.get_by_role("link", name="Cytuno neu wrthod")).to_be_visible()


# Safety


def test_hostile_names_on_the_page_change_nothing(page: Page, address: str) -> None:
    """DOM clobbering: elements that cover what `document` and forms have."""
    clobbers = "".join(
        f'<img name="{name}"><form name="{name}" id="{name}" action="https://evil.example.net/"></form>'
        for name in ("currentScript", "createElement", "querySelector", "location", "fetch", "crypto", "customElements")
    )
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    def with_clobbers(route: Route) -> None:
        response = route.fetch()
        route.fulfill(response=response, body=response.text().replace("<main>", clobbers + "<main>"))

    page.route("**/demo/", with_clobbers)
    page.goto(f"{address}/demo/")
    answer(page, news="Yes")
    expect(widget(page)).to_contain_text("You said yes.")
    assert not [url for url in asked if "evil" in url]


@pytest.mark.parametrize(
    "more",
    [
        "?language=%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
        "#decision.news",
        "#%3Cimg%20src=x%20onerror=alert(1)%3E",
        "?notice=../x",
    ],
)
@pytest.mark.parametrize("place", PLACES)
def test_hostile_addresses_change_nothing(page: Page, address: str, place: str, more: str) -> None:
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    page.goto(address + PLACES[place] + more)
    answer(page, news="Yes")
    expect(outcome(page, place)).to_contain_text("You said yes")


def test_words_are_text_and_links_lead_home(page: Page, address: str) -> None:
    hostile = {
        "title": '"><img src=x onerror=alert(1)>',
        "url": "javascript:alert(1)//",
        "form": {
            "acting_for": "self",
            "lead": "",
            "asked": [
                {
                    "id": '"><script>alert(1)</script>',
                    "topic": "<script>alert(1)</script>",
                    "statement": "<img src=x onerror=alert(1)>",
                    "notes": ["</p><script>alert(1)</script>", "{{7*7}}"],
                    "answers": [["refused", "<b>"]],
                }
            ],
            "fields": [],
            "instead": None,
        },
    }
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    _add(page, "**/api/notices/*", hostile)
    page.goto(f"{address}/demo/")
    expect(widget(page)).to_contain_text("<img src=x onerror=alert(1)>")
    assert (
        page.evaluate("document.querySelector('consent-form').shadowRoot.querySelectorAll('img, script').length") == 0
    )
    for link in widget(page).get_by_role("link").all():
        assert str(link.get_attribute("href")).startswith(address + "/")


def test_no_token_is_in_an_address_or_a_referrer_that_the_script_sends(page: Page, address: str) -> None:
    sent: list[tuple[str, dict[str, str]]] = []
    page.on("request", lambda request: sent.append((request.url, request.all_headers())))
    page.goto(f"{address}/demo/?secret=abc")
    answer(page, news="Yes")
    page.get_by_role("checkbox", name="Remember").check()
    (token,) = stored(page).values()
    page.get_by_role("button", name="Withdraw my consent").click()
    expect(widget(page)).to_contain_text("You have withdrawn your consent")
    page.reload()
    expect(widget(page)).to_contain_text("You have withdrawn your consent")
    assert not [url for url, _ in sent if token in url]
    api = [headers for url, headers in sent if "/api/" in url]
    assert api and all("secret" not in headers.get("referer", "") and "cookie" not in headers for headers in api)


def test_a_site_that_is_not_listed_says_so_and_leads_to_our_page(page: Page, address: str) -> None:
    page.goto(f"{address}/demo/")
    port = page.url.split("/")[2].rpartition(":")[2]
    page.goto(f"http://localhost:{port}/demo/")  # the same page, but another origin
    expect(widget(page).get_by_role("alert")).to_contain_text("we only take answers from our own pages")
    expect(page.get_by_role("link", name="Say yes or no on the page of our privacy notices")).to_be_visible()
    assert violations(page) == []


def test_where_the_endpoint_cannot_be_reached_the_link_stays_until_it_can(page: Page, address: str) -> None:
    page.route("**/api/**", lambda route: route.abort())
    page.goto(f"{address}/demo/")
    expect(page.get_by_role("link", name="Say yes or no on the page of our privacy notices")).to_be_visible()
    page.unroute("**/api/**")
    page.evaluate("new Promise(done => setTimeout(done, 0)).then(() => dispatchEvent(new Event('online')))")
    expect(choice(page, NEWS)).to_be_visible()


def test_nobody_may_frame_our_pages(page: Page, address: str) -> None:
    for path in ("/consent/library", "/withdraw"):
        headers = page.request.get(address + path).headers
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["x-frame-options"] == "DENY"
    page.set_content(f'<iframe src="{address}/consent/library"></iframe>')
    page.wait_for_timeout(300)
    frame = page.frames[-1]
    assert not frame.url.startswith(address) or frame.locator("form").count() == 0


# Weight, types and the site that is built


def test_the_script_and_its_styles_are_small() -> None:
    script, styles = ((WIDGET / "static" / name).read_bytes() for name in ("consent.min.js", "consent.css"))
    assert len(brotli.compress(script, quality=11)) < 3000
    assert len(brotli.compress(styles, quality=11)) < 1000


def test_the_small_script_is_the_script(tmp_path: Path) -> None:
    small = tmp_path / "small.js"
    command = [str(NODE), "run", "--silent", "minify", "--", "--output", str(small)]
    path = f"{NODE.parent}{os.pathsep}{os.environ['PATH']}"
    subprocess.run(command, cwd=PROJECT, check=True, capture_output=True, env=os.environ | {"PATH": path})
    assert small.read_bytes() == (WIDGET / "static" / "consent.min.js").read_bytes(), "run: make script"


def test_no_page_of_the_demonstration_is_built(tmp_path: Path) -> None:
    root = make_council(tmp_path)
    assert main(["build", "--root", str(root), "--out", str(tmp_path / "out")]) == 0
    assert not list((tmp_path / "out").resolve().rglob("*demo*"))
    assert (tmp_path / "out" / "consent.css").is_file()
