"""Old versions and printed copies: every change since is named, what is out of date looks it, and changes are printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from generator.building import build
from tests.long_lists import open_page
from tests.site_fixtures import NOTICE, PROJECT, TODAY, make_site, publish, read, write_notice

CHANGES = (
    ("2026-10-01", "First.", "material", "We look after your **information**."),
    ("2026-10-10", "We say who keeps it.", "clarification", "We look after your **information** in the library."),
    ("2026-11-01", "We now keep it for three years.", "material", "We look after it for three years."),
)


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A notice in its third version."""
    root = make_site(tmp_path_factory.mktemp("site"))
    for day, summary, kind, words in CHANGES:
        write_notice(root, NOTICE.replace("We look after your **information**.", words))
        assert publish(root, day, summary, kind, "--same-meaning") == 0
    build.build(read(root), root / "public", TODAY)
    return root / "public"


@pytest.fixture(scope="module")
def page(browser: Browser, public: Path) -> Iterator[Page]:
    files = {}
    for path in public.rglob("*"):
        if path.is_file():
            files[f"/{path.relative_to(public)}".removesuffix("index.html")] = path.read_bytes()
    found = open_page(browser, files)
    yield found
    found.context.close()


def test_an_old_version_names_every_change_since_in_the_words_of_its_note(public: Path) -> None:
    def told(path: str) -> list[str]:
        top = (public / path).read_text("utf-8").partition('<div class="hero">')[0]
        plain = (
            re.sub(r"<[^>]+>", "", item) for item in re.findall(r"<li>(.*?)</li>", top[top.index("<main") :], re.S)
        )
        return [" ".join(item.split()) for item in plain]

    second = "Clearer words, same meaning (version 2, from 10 October 2026): We say who keeps it. See every change"
    third = "A change that matters (version 3, from 1 November 2026): We now keep it for three years. See every change"
    assert told("library/v/1/index.html") == [second, third]
    assert told("library/v/2/index.html") == [third]
    assert told("library/index.html") == []


def test_readers_keep_the_standing_of_a_version(public: Path) -> None:
    """Reader modes throw away `aside` and classes like `banner` (mozilla/readability#807)."""
    page = (public / "library/v/1/index.html").read_text("utf-8")
    assert '<section class="standing"' in page
    assert "<aside" not in page
    assert "banner" not in "".join(re.findall(r'(?:class|id)="([^"]*)"', page))


def test_a_check_page_that_is_out_of_date_looks_it(page: Page) -> None:
    looks = {}
    for number in (1, 3):
        page.goto(f"/check/library/{number}/")
        answer = page.locator("main section").first
        looks[number] = answer.evaluate("element => getComputedStyle(element).backgroundColor")
        if number == 1:
            assert answer.locator("h1").inner_text() == "Your copy is out of date"
            assert answer.locator("li").count() == 2
    red, _, _ = map(int, re.findall(r"\d+", looks[1])[:3])
    assert red > max(map(int, re.findall(r"\d+", looks[1])[1:3])), "it is reddish"
    assert looks[1] != looks[3]


def test_what_changed_prints_its_changes(page: Page) -> None:
    page.goto("/library/v/3/changes/")
    page.emulate_media(media="print")
    assert page.get_by_role("definition").get_by_text("Our promise").is_visible(), "the list of changed parts"
    assert page.locator("ins").first.is_visible()
    assert "line-through" in page.locator("del").first.evaluate("element => getComputedStyle(element).textDecoration")
    page.emulate_media(media="screen")


@pytest.mark.parametrize("folder", ["templates/start/pages/accessibility{}.md", "content/pages/accessibility{}.md"])
def test_the_accessibility_statement_says_what_the_regulations_ask(folder: str) -> None:
    """SI 2018/952 regulation 8, in the model wording: status, what is not accessible, contact, time, enforcement, date."""
    asked = {
        "en": (
            "Compliance status",
            "not accessible",
            "Feedback and contact",
            "We answer within",
            "is responsible for enforcing",
        ),
        "cy": (
            "Statws cydymffurfio",
            "nad yw'n hygyrch",
            "Adborth a chysylltu",
            "Byddwn yn ateb o fewn",
            "yn gyfrifol am orfodi",
        ),
    }
    for language, wordings in asked.items():
        main = ".en" if "start" in folder else ""
        text = (PROJECT / folder.format(".cy" if language == "cy" else main)).read_text("utf-8")
        for words in (*wordings, "WCAG", "2018", "EHRC", "EASS", "[[dpo.email]]"):
            assert words in text, (language, words)
