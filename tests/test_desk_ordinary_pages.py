"""Ordinary pages at the desk: their form, translations, two people in one, new ones, and the way to the website."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from desk.afterwards import afterwards_of
from desk.people.acts import Act
from generator.content.model import TranslationStatus
from tests.desk_access_fixtures import Browser, Desk, made_desk
from tests.desk_fixtures import ANNA, BEN
from tests.desk_pages import fields_of, send, text_of
from tests.site_fixtures import SITE, make_site, read
from tests.test_desk_publishing import git
from tests.test_desk_shared import signed_in, write

PATH = "/desk/pages/cookies"
COOKIES = "---\r\n# Ours.\r\ntitle:   Cookies\r\nsilence:\r\n  T01: We say so.\r\n---\r\nNone.\r\n\r\n\r\n## Why ##\r\n\r\nWe need none.\r\n\r\n## More {#more}\r\nAsk us."
"""A page with what a form must leave alone: remarks, facts that it does not show, line ends, blank lines, ids."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("site")
    make_site(root, site=f"{SITE}languages: [en, cy]\n")
    write(root, "pages/cookies.md", COOKIES)
    (root / ".gitignore").write_text("desk/\n.noticeboard/\npublic\nlive\n", "utf-8")
    (root / ".gitattributes").write_text("* -text\n", "utf-8")
    for arguments in (("init", "--quiet"), ("add", "."), ("commit", "--quiet", "-m", "First")):
        git(root, *arguments, who="Founder Example")
    return root


@pytest.fixture
def root(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "site"))


@pytest.fixture
def desk(root: Path) -> Desk:
    return made_desk(root, ANNA, BEN)


@pytest.fixture
def anna(desk: Desk) -> Browser:
    return signed_in(desk)


def text(root: Path, name: str = "cookies") -> str:
    return (root / "content" / "pages" / f"{name}.md").read_bytes().decode()


def test_a_save_changes_the_lines_of_what_was_changed_and_no_others(anna: Browser, root: Path) -> None:
    form = anna.get(PATH)
    assert send(anna, form, PATH).status_code == 303 and text(root) == COOKIES
    assert send(anna, form, PATH, **{"sections.1.text": "Write to us."}).status_code == 303
    assert text(root) == COOKIES.replace("Ask us.", "Write to us.")
    assert git(root, "log", "-1", "--format=%an|%s", "--name-only").split("\n") == [
        "Anna Example|Edit the page cookies",
        "",
        "content/pages/cookies.md",
        "",
    ]
    assert [entry.to for entry in anna.desk.access.log.entries(act=Act.SAVE_PAGES)] == ["pages/cookies"]


def test_changes_of_different_sections_go_together_and_of_the_same_one_are_chosen(desk: Desk, root: Path) -> None:
    anna, ben = signed_in(desk), signed_in(desk, BEN)
    hers, his, late = anna.get(PATH), ben.get(PATH), ben.get(PATH)
    assert send(anna, hers, PATH, **{"sections.0.text": "Anna's."}).status_code == 303
    assert send(ben, his, PATH, **{"sections.1.text": "Ben's."}).status_code == 303
    assert "Anna's." in text(root) and "Ben's." in text(root)
    before = text(root)
    refused = send(ben, late, PATH, **{"sections.0.text": "Late."})
    assert refused.status_code == 409 and text(root) == before
    assert "Anna's." in text_of(refused) and "Late." in text_of(refused)


def test_words_that_nobody_saved_are_checked_and_shown_as_the_page_that_they_make(anna: Browser, root: Path) -> None:
    page = send(anna, anna.get(PATH), PATH, do="show", lead="See [here](https://www.example.org).")
    assert 'href="#lead"' in page.text and "does not say where the link leads" in text_of(page)
    looked = send(anna, anna.get(PATH), f"{PATH}/look", title="Biscuits")
    assert "<h1>Biscuits</h1>" in anna.get(looked.json["address"]).text
    with_row = send(anna, anna.get(PATH), PATH, do="add:sections")
    assert "sections.2.heading" in fields_of(with_row)
    assert text(root) == COOKIES


def test_words_that_cannot_be_made_into_a_page_are_found_and_not_shown(anna: Browser) -> None:
    page = send(anna, anna.get(PATH), PATH, do="show", lead=">" * 5_000 + "x")
    assert page.status_code == 200 and "cannot be made into a page" in text_of(page)
    assert '<iframe name="preview" title' in page.text


def test_a_translation_starts_from_the_words_beside_it_and_waits_for_its_reader(anna: Browser, root: Path) -> None:
    path = f"{PATH}/in/cy"
    page = anna.get(path)
    assert "We need none." in page.text and "no words in this language yet" in page.text
    assert send(anna, page, path, title="Cwcis", lead="Dim.").status_code == 303

    def status() -> object:
        said = read(root).pages["cookies", "cy"].facets.translation
        return said and (said.status, said.reviewed_by)

    assert status() == (TranslationStatus.AWAITING_REVIEW, None)
    assert send(anna, anna.get(path), path, do="reviewed").status_code == 303
    assert status() == (TranslationStatus.REVIEWED, ANNA.name)
    assert ANNA.name in text_of(anna.get(path))
    assert send(anna, anna.get(path), path, lead="Dim o gwbl.").status_code == 303
    assert status() == (TranslationStatus.AWAITING_REVIEW, None)
    assert text(root) == COOKIES


def test_words_with_which_the_site_could_not_be_built_are_not_saved(anna: Browser, root: Path) -> None:
    for wrong in ({"title": " "}, {"lead": "[TO WRITE: the words]"}):
        page = send(anna, anna.get(PATH), PATH, **wrong)
        assert page.status_code == 422 and text(root) == COOKIES, wrong
    write(root, "pages/cookies.md", COOKIES.replace("None.", "[TO WRITE: the first]\n\n[TO WRITE: the second]"))
    page = anna.get(PATH)
    mended = send(anna, page, PATH, lead="None.\n\n[TO WRITE: the second]")
    assert mended.status_code == 303, "a page with gaps is filled step by step"


def test_an_earlier_save_comes_back_whole(anna: Browser, root: Path) -> None:
    assert send(anna, anna.get(PATH), PATH, lead="Two.", title="Biscuits").status_code == 303
    saves = anna.get(f"{PATH}/saves")
    first = git(root, "log", "--format=%H", "--reverse", "--", "content/pages/cookies.md").split()[0]
    assert send(anna, saves, f"{PATH}/saves", commit=first).status_code == 303
    assert text(root) == COOKIES


def test_a_new_page_has_a_title_words_and_an_address_of_its_own(anna: Browser, root: Path) -> None:
    form = anna.get("/desk/new-page")
    taken = ("cookies", "library", "withdraw", "cy", "Ab c", "../x")
    for name in taken:
        page = send(anna, form, "/desk/new-page", title="Contact us", name=name, lead="Words to keep.")
        assert page.status_code == 422 and "Words to keep." in page.text, name
    assert send(anna, form, "/desk/new-page", title="", name="", lead="").status_code == 422
    answer = send(anna, form, "/desk/new-page", title="Contact us", lead="Ring us.\n\n## When\n\nAny time.")
    assert answer.headers["Location"] == "/desk/pages/contact-us"
    page = read(root).pages["contact-us", "en"]
    assert page.facets.title == "Contact us" and [one.heading for one in page.sections] == ["When"]
    assert "Contact us" in text_of(anna.get("/desk/pages"))
    answer = send(anna, form, "/desk/new-page", title="Ein tŷ: sut mae'n gweithio", lead="Words.")
    assert answer.headers["Location"] == "/desk/pages/ein-ty-sut-mae-n-gweithio"
    refused = text_of(send(anna, form, "/desk/new-page", title="Contact us", name="Tŷ bach", lead="Words."))
    assert "such as ty-bach." in refused


def test_no_section_of_a_page_offers_a_picture_since_pages_show_none(anna: Browser) -> None:
    assert 'value="remove:sections.0"' in anna.get(PATH).text and 'value="picture:' not in anna.get(PATH).text


def test_without_a_way_to_the_website_the_desk_says_that_it_cannot_see_what_residents_read(anna: Browser) -> None:
    page = text_of(anna.get("/desk/pages"))
    assert (
        "once IT builds it" in page
        and "which this desk cannot start by itself" in page
        and "DESK_" not in page
        and "Put the pages" not in page
    )
    assert anna.press(anna.get("/desk/pages"), "/desk/publish-pages").status_code == 409


COPY = "import pathlib, shutil, sys; shutil.copytree(sys.argv[2], sys.argv[1], dirs_exist_ok=True)"


def test_saved_words_wait_for_a_build_and_a_button_makes_one(root: Path) -> None:
    live = root / "live"
    deploy = (sys.executable, "-c", COPY, str(live))
    desk = made_desk(root, ANNA, deploy=deploy, look_live=False)
    anna, publisher = signed_in(desk), afterwards_of(desk.app).publisher
    assert "with the next build" in text_of(anna.get("/desk/pages"))
    assert anna.press(anna.get("/desk/pages"), "/desk/publish-pages").status_code == 303
    publisher.wait()
    assert "We need none." in (live / "cookies" / "index.html").read_text("utf-8")
    page = text_of(anna.get("/desk/pages"))
    assert "as saved" in page and "with the next build" not in page
    assert "Residents read these words." in text_of(anna.get(PATH))
    assert send(anna, anna.get(PATH), PATH, lead="None at all.").status_code == 303
    assert "Residents do not read the saved words yet" in text_of(anna.get(PATH))
    assert "None at all." not in (live / "cookies" / "index.html").read_text("utf-8")
    write(root, "pages/cookies.md", "---\ntitle: Cookies\n---\n[TO WRITE: words]\n")
    refused = anna.press(anna.get("/desk/pages"), "/desk/publish-pages")
    assert refused.status_code == 409 and "a gap that nobody filled" in text_of(refused)
    publisher.close()
