"""The consent form in each of its states, and the pages that mailed links lead to: fit for everybody, with and
without script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.axe import COLOURS, violations
from tests.widget_fixtures import ANSWERS, NEWER, NEWS, PHOTOS, choice, linked, visit, width_of
from tests.widget_states import ALL, Council, changed_council, reach

LEADS_AWAY = ("given", "refused", "partly", "withdrawn")
"""On our own pages the answer is at the receipt's address."""
OWN = [state for state in ALL if state not in ("unlisted", *LEADS_AWAY)]
SHOWN = [*((state, "/demo/") for state in ALL), *((state, "/library/") for state in OWN)]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("council")


@pytest.fixture(scope="module")
def council(browser: Browser, root: Path) -> Iterator[Council]:
    with changed_council(root, browser) as found:
        yield found


def touching(page: Page) -> list[str]:
    """Pairs of things to press or to type in that have less than 4 pixels between them, one below the other."""
    found = page.locator("main").locator("input[type=email], label:has(input), button")
    boxes = [box for control in found.all() if control.is_visible() and (box := control.bounding_box())]
    boxes.sort(key=lambda box: box["y"])
    return [
        f"{above} {below}" for above, below in pairwise(boxes) if 0 <= below["y"] - above["y"] - above["height"] < 4
    ]


@pytest.mark.parametrize(("state", "path"), SHOWN)
def test_each_state_is_fit_for_everybody_in_light_dark_and_forced_colours(
    browser: Browser, council: Council, state: str, path: str
) -> None:
    with visit(browser) as page:
        reach(page, state, council, path)
        assert violations(page) == []
        page.set_viewport_size({"width": 320, "height": 640})
        assert width_of(page) <= 320
        assert touching(page) == []
        page.emulate_media(color_scheme="dark")
        assert violations(page, COLOURS) == []
        page.emulate_media(color_scheme="light", forced_colors="active")
        assert violations(page, COLOURS) == []
        edges = page.locator("consent-form").locator(".errors, button:visible, blockquote, label:has(input):visible")
        for edge in edges.all():
            styles = (
                "edge => Object.values(getComputedStyle(edge)).length && getComputedStyle(edge).borderInlineStartStyle"
            )
            assert edge.evaluate(styles) == "solid", "what colours alone would show has an edge"


# Pages that links lead to


def has_one_thing_to_do(page: Page, button: str) -> None:
    expect(page.locator("h1")).to_have_count(1)
    expect(page.locator("main").get_by_role("button")).to_have_count(1)
    expect(page.locator("main").get_by_role("button", name=button)).to_be_visible()
    assert page.title().startswith(str(page.locator("h1").text_content()))


def agree(page: Page, council: Council, email: str) -> None:
    page.goto(f"{council.address}/consent/library")
    for statement, word in ((NEWER, "Yes"), (PHOTOS, "No")):
        choice(page, statement).get_by_role("radio", name=ANSWERS[word]).check()
    page.get_by_label(re.compile("Your email address")).fill(email)
    page.get_by_role("button", name="Save my answer").click()
    expect(page.locator("main")).to_contain_text("You said yes")


@pytest.mark.parametrize("script", [True, False])
def test_an_address_is_confirmed_or_refused_by_a_button_each(
    browser: Browser, council: Council, root: Path, script: bool
) -> None:
    with visit(browser, script=script) as page:
        email = f"confirm-{script}@example.org".lower()
        agree(page, council, email)
        link = linked(root, email, "confirm/")
        page.goto(link)
        buttons = page.locator("main").get_by_role("button")
        expect(buttons).to_have_text(["Yes, this is my address and I agreed", "I did not agree"])
        expect(page.locator("main li")).to_contain_text([NEWER])
        if script:
            assert violations(page) == []
        buttons.first.click()
        expect(page.locator("main")).to_contain_text("Your address is confirmed.")
        expect(buttons).to_have_count(0)
        page.goto(link)
        has_one_thing_to_do(page, "I did not agree")
        expect(page.locator("main")).to_contain_text("Your address is confirmed.")
        buttons.click()
        expect(page.locator("h1")).to_have_text("Withdrawn and erased")
        page.goto(link)
        expect(page.locator("h1")).to_have_text("This link no longer works")


@pytest.mark.parametrize("script", [True, False])
def test_a_link_to_withdraw_asks_what_to_withdraw_and_leads_to_the_field(
    browser: Browser, council: Council, root: Path, script: bool
) -> None:
    with visit(browser, script=script) as page:
        email = f"withdraw-{script}@example.org".lower()
        agree(page, council, email)
        earlier = linked(root, email, "confirm/")
        page.goto(f"{council.address}/withdraw")
        page.locator("form.request input[type=email]").fill(email)
        page.locator("form.request button[type=submit]").click()
        expect(page.locator("h1")).to_have_text("We have your request")
        page.goto(linked(root, email, "confirm/", earlier))
        expect(page.locator("h1")).to_have_count(1)
        expect(page.locator("main").get_by_role("button")).to_have_count(1)
        expect(page.get_by_role("checkbox", name=re.compile(re.escape(NEWER)))).not_to_be_checked()
        page.locator("main").get_by_role("button").click()
        fault = page.get_by_role("alert").get_by_role("link")
        fault.click()
        expect(page.get_by_role("checkbox").first).to_be_focused()
        if script:
            assert violations(page) == []
        page.get_by_role("checkbox").first.check()
        page.locator("main").get_by_role("button").click()
        expect(page.locator("h1")).to_have_count(1)
        expect(page.get_by_role("alert")).to_have_count(0)
        expect(page.locator("main").get_by_role("button")).to_have_count(0)


@pytest.mark.parametrize("script", [True, False])
def test_the_page_of_new_words_shows_both_and_asks_one_question(
    browser: Browser, council: Council, script: bool
) -> None:
    with visit(browser, script=script, width=320) as page:
        page.goto(f"{council.address}/receipt/{council.token}/renew")
        expect(page.locator("h1")).to_have_text("The words have changed")
        expect(page.locator("main blockquote")).to_have_text([NEWS, NEWER])
        buttons = page.locator("main").get_by_role("button")
        expect(buttons).to_have_text(["I do not agree", "I agree to the new words"])
        assert width_of(page) <= 320
        if script:
            assert violations(page) == []
            return
        buttons.last.click()  # last: from now on there is nothing to renew
        expect(page.locator("h1")).to_have_text("You said yes")
        expect(page.locator("main")).not_to_contain_text("The words have changed since")


# What a screen reader is given


def mistaken(page: Page) -> None:
    """Send the form of the page without a word, past its script."""
    page.evaluate("document.querySelector('main form[method=post]').submit()")
    page.get_by_role("alert").wait_for()


def asked(page: Page) -> None:
    """Ask to withdraw, by phone number."""
    page.get_by_label("Your phone number").fill("0161 496 0000")
    page.get_by_role("button", name="Send my request").click()
    page.get_by_role("heading", name="We have your request").wait_for()


def agreed(page: Page) -> None:
    """Say yes to the news."""
    choice(page, NEWER).get_by_role("radio", name="I agree", exact=True).check()
    page.get_by_role("button", name="Save my answer").click()
    page.wait_for_url("**/receipt/*")


def stay(page: Page) -> None:
    """Do nothing."""


LIST = """\
heading "Privacy notices" [level=1]
searchbox "Which service is it about?"
link "Withdraw your consent"
link "See what you agreed to"
heading "Leisure" [level=2]
link "Library privacy notice"
"""
NOTICE_PAGE = f"""\
heading "Library privacy notice" [level=1]
heading "At a glance" [level=2]
heading "Your right to object" [level=2]
navigation "On this page"
heading "Why we use your information" [level=2]
heading "Your choice" [level=2]
group "{NEWER}"
radio "I do not agree"
radio "I agree"
button "Save my answer"
"""
FORM = f"""\
heading "Your choice: Library privacy notice" [level=1]
link "Answer for a child instead"
group "{NEWER}"
paragraph: You can say no
paragraph: If you withdraw
radio "I do not agree"
radio "I agree"
group "{PHOTOS}"
radio "I do not agree"
radio "I agree"
textbox "Your email address (you can leave this empty)"
button "Save my answer"
"""
CHILD_FORM = f"""\
heading "Your choice: Library privacy notice" [level=1]
strong: You are answering for a child
link "Answer for yourself instead"
group "{PHOTOS}"
radio "I do not agree"
radio "I agree"
textbox "The child’s first name
button "Save my answer"
"""
MISTAKE = f"""\
alert "There is a problem"
heading "There is a problem" [level=2]
link "Choose an answer
heading "Your choice: Library privacy notice" [level=1]
group "{NEWER}"
paragraph: Choose an answer
radio "I do not agree"
radio "I agree"
"""
RECEIPT = f"""\
heading "You said yes" [level=1]
text: Your reference
blockquote: {NEWER}
heading "Keep a way back to this page" [level=2]
textbox "Your email address"
button "Email it to me"
it opens this receipt
heading "Change your mind" [level=2]
button "Withdraw my consent to “{NEWER}”"
heading "What happens next" [level=2]
heading "What you have not answered yet" [level=2]
blockquote: {PHOTOS}
"""
REQUEST = """\
heading "Withdraw your consent" [level=1]
combobox "Which service is it about?"
textbox "Your reference, if you have it"
group "Who is it about?"
radio "Me"
radio "A child I have parental responsibility for"
textbox "Your email address"
button "Send my request"
heading "You can also tell the service yourself" [level=2]
"""
REQUEST_MISTAKE = """\
alert "There is a problem"
heading "There is a problem" [level=2]
link "Give your reference
heading "Withdraw your consent" [level=1]
textbox "Your reference, if you have it" [invalid]
button "Send my request"
"""
REQUESTED = """\
heading "We have your request" [level=1]
term: Your reference
term: The service must act by
"""
REPORT = """\
heading "Report a problem with this page" [level=1]
textbox "What is wrong?"
textbox "Your email address, if you want an answer (you can leave this empty)"
button "Send the report"
"""
REPORT_MISTAKE = """\
alert "There is a problem"
link "Say what is wrong.
heading "Report a problem with this page" [level=1]
textbox "What is wrong?" [invalid]
button "Send the report"
"""
GIVEN = {
    "list": ("/", stay, LIST),
    "notice": ("/library/", stay, NOTICE_PAGE),
    "form": ("/consent/library", stay, FORM),
    "form for a child": ("/consent/library?for=child", stay, CHILD_FORM),
    "mistake in the form": ("/consent/library", mistaken, MISTAKE),
    "receipt": ("/consent/library", agreed, RECEIPT),
    "request": ("/withdraw", stay, REQUEST),
    "mistake in the request": ("/withdraw", mistaken, REQUEST_MISTAKE),
    "request that was made": ("/withdraw", asked, REQUESTED),
    "report": ("/report", stay, REPORT),
    "mistake in a report": ("/report", mistaken, REPORT_MISTAKE),
}


NOT_LINKED = ("form for a child", "request that was made", *(state for state in GIVEN if state.startswith("mistake")))
"""States that no other test asks axe about."""


@pytest.mark.parametrize("state", GIVEN)
def test_a_screen_reader_is_given_names_roles_and_headings_in_their_order(
    browser: Browser, council: Council, state: str
) -> None:
    path, reach_it, tree = GIVEN[state]
    with visit(browser) as page:
        page.goto(council.address + path)
        reach_it(page)
        whole = page.locator("body").aria_snapshot()
        given = iter(whole.splitlines())
        assert [line for line in tree.splitlines() if not any(line in one for one in given)] == [], whole
        assert nameless(whole) == []
        levels = [int(level) for level in re.findall(r"- \'?heading .*\[level=(\d)\]", whole)]
        assert levels.count(1) == 1
        assert all(after - before <= 1 for before, after in pairwise(levels)), f"a heading is left out: {levels}"
        if state in NOT_LINKED:
            assert violations(page) == []


def nameless(tree: str) -> list[str]:
    """Controls of a page that nothing names."""
    return re.findall(
        r"^ *- (?:link|button|textbox|searchbox|radio|checkbox|combobox|navigation|img)(?:$|[: \[](?!\").*)", tree, re.M
    )
