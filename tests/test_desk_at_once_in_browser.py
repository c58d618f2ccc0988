"""Two people at one desk in a real browser, each in a session of their own, who save in any order: nothing is lost unseen."""

from __future__ import annotations

import random
from pathlib import Path

from playwright.sync_api import Browser, Page

from desk.access import loopback_address
from tests.desk_access_fixtures import Desk
from tests.desk_at_once import git
from tests.desk_fixtures import ANNA, BEN, served_desk
from tests.site_fixtures import read
from tests.test_desk_at_once import site

ROUNDS = 5
FIELDS = ("title", "summary")


def signed_in(browser: Browser, desk: Desk, name: str) -> Page:
    page = browser.new_context().new_page()
    page.goto(loopback_address(desk.access))
    page.get_by_text(name).first.click()
    page.locator("main button").click()
    page.wait_for_url("**/desk/")
    return page


def save(page: Page, field: str, word: str, chance: random.Random) -> str:
    """Type a word, press Save, and choose where somebody else changed the same: what was chosen, or nothing."""
    page.fill(f"#{field}", f"We say {word}.")
    page.locator("#sheet button[value=save]").first.click()
    page.wait_for_load_state()
    if page.locator("button[value=choose]").count() == 0:
        return ""
    assert word in page.inner_text("main")
    choice = chance.choice(("mine", "theirs"))
    page.check(f"input[type=radio][value={choice}]")
    page.locator("button[value=choose]").click()
    page.wait_for_load_state()
    return choice


def test_two_people_in_a_browser_lose_no_words_unseen(browser: Browser, tmp_path: Path) -> None:
    root = site(tmp_path, has_git=True, approval=False)
    notice = root / "content/library/notice.md"
    chance, conflicts = random.Random(17), 0  # noqa: S311 (a test that can be repeated)
    with served_desk(root, ANNA, BEN) as desk:
        pages = [signed_in(browser, desk, one.name) for one in (ANNA, BEN)]
        for number in range(ROUNDS):
            for page in pages:
                page.goto(f"{desk.access.config.address}/desk/notices/library")
            chosen = [FIELDS[0]] * 2 if number % 2 == 0 else chance.sample(FIELDS, 2)
            words = [f"word{number}x{at}" for at in range(2)]
            order = chance.sample(range(2), 2)
            choices = [save(pages[at], chosen[at], words[at], chance) for at in order]
            first, second = (words[at] for at in order)
            assert choices[0] == "" and (choices[1] != "") is (chosen[0] == chosen[1])
            conflicts += choices[1] != ""
            text, history = notice.read_text("utf-8"), git(root, "log", "--all", "-p")
            assert first in history, "the first save is in history, whatever was chosen"
            assert (first in text) is (choices[1] != "mine")
            assert (second in text) is (choices[1] != "theirs")
        for page in pages:
            page.context.close()
    assert conflicts == 3
    assert git(root, "status", "--porcelain") == "" and read(root).versions
