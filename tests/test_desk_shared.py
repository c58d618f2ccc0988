"""Shared wording at the desk: its list, its form with who uses it, two people in it, new wording, and taking it away."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from desk.people.acts import Act
from tests.desk_access_fixtures import Browser, Desk
from tests.desk_fixtures import ANNA, BEN, CERI, whole_desk
from tests.desk_pages import fields_of, send, text_of
from tests.site_fixtures import NOTICE, SITE, make_site, publish, read, write_notice
from tests.test_desk_publishing import git

PATH = "/desk/shared/promise"
MANY = NOTICE.replace("We look after", "[[promise]]\n\nWe look after")
FIRST = "Ring 01 for help.\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two notices and a page with shared wording, in version control."""
    root = tmp_path_factory.mktemp("site")
    make_site(root, MANY, f"{SITE}languages: [en, cy]\n")
    write_notice(root, MANY.replace("Library", "Museum"), "museum")
    write(root, "shared/promise.md", FIRST)
    write(root, "pages/contact.md", "---\ntitle: Contact\n---\nAsk us.\n\n[[promise]]\n")
    assert publish(root, "2026-10-01", "First.", "material") == 0
    (root / ".gitignore").write_text("var/\n.noticeboard/\npublic\n", "utf-8")
    for arguments in (("init", "--quiet"), ("add", "."), ("commit", "--quiet", "-m", "First")):
        git(root, *arguments, who="Founder Example")
    return root


@pytest.fixture
def root(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "site"))


def write(root: Path, name: str, text: str) -> Path:
    path = root / "content" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text.encode())
    return path


@pytest.fixture
def desk(root: Path) -> Desk:
    return whole_desk(root, ANNA, BEN, CERI)


@pytest.fixture
def anna(desk: Desk) -> Browser:
    return signed_in(desk)


def signed_in(desk: Desk, person: object = ANNA) -> Browser:
    browser = desk.browser()
    assert browser.sign_in(person).status_code == 303  # type: ignore[arg-type]
    return browser


def words_of(root: Path, name: str = "promise") -> str:
    return (root / "content" / "shared" / f"{name}.md").read_bytes().decode()


def frame_of(browser: Browser, page: TestResponse) -> str:
    address = page.text.split('<iframe name="preview" src="')[1].split('"')[0].partition("#")[0]
    return str(browser.get(address).text)


def test_the_list_says_where_each_wording_stands_and_who_saved_it_last(anna: Browser, root: Path) -> None:
    write(root, "shared/alone.md", "[TO WRITE: the hours]\n")
    page = text_of(anna.get("/desk/shared"))
    assert "notices: 2, pages: 1" in page and "Founder Example" in page and "Ring 01 for help." in page
    assert "nowhere" in page and "1 to put right" in page


def test_a_save_is_one_commit_of_the_file_by_that_person_and_the_notices_can_be_published_at_once(
    desk: Desk, anna: Browser, root: Path
) -> None:
    page = anna.get(PATH)
    assert "Library privacy notice" in page.text and "/desk/publish-shared" in page.text
    assert send(anna, page, PATH, text="Ring 02 for help.").status_code == 303
    assert words_of(root) == "Ring 02 for help.\n"
    said = git(root, "log", "-1", "--format=%an|%s", "--name-only").split()
    assert " ".join(said) == "Anna Example|Edit the shared wording promise content/shared/promise.md"
    touched = text_of(anna.get("/desk/publish-shared"))
    assert "Library privacy notice" in touched and "Museum privacy notice" in touched
    entry = next(desk.access.log.entries(act=Act.SAVE_SHARED))
    assert (entry.person, entry.to, entry.version) == (ANNA.id, "shared/promise", "en")


def test_words_are_shown_in_the_text_that_is_chosen_and_not_written(anna: Browser, root: Path) -> None:
    page = anna.get(PATH)
    shown = send(anna, page, PATH, do="show", text="Ring 03 tomorrow.", within="notice/museum")
    assert "Nothing was saved" in shown.text and fields_of(shown)["within"] == "notice/museum"
    frame = frame_of(anna, shown)
    assert "Museum privacy notice" in frame and "Ring 03 tomorrow." in frame
    assert "Contact" in frame_of(anna, send(anna, page, PATH, do="show", text="x", within="page/contact"))
    looked = send(anna, page, f"{PATH}/look", text="Ring 04.", within="notice/library")
    assert "Ring 04." in anna.get(looked.json["address"]).text
    assert words_of(root) == FIRST


def test_findings_stand_at_the_words_and_those_of_the_text_around_them_name_it(anna: Browser) -> None:
    page = send(anna, anna.get(PATH), PATH, do="show", text="[here](https://www.example.org) [[nothing]]")
    text = text_of(page)
    assert 'href="#text"' in text and "“here” does not say where the link leads" in text
    assert "no value is called so" in text
    within = send(anna, anna.get(PATH), PATH, do="show", text="See [our promise](#our-promise), [none](#none).")
    assert "no section “none” in this notice" in text_of(within) and "no section “our-promise”" not in text_of(within)


def test_a_translation_is_written_beside_the_words_of_the_main_language(anna: Browser, root: Path) -> None:
    path = f"{PATH}/in/cy"
    page = anna.get(path)
    assert "Ring 01 for help." in page.text and fields_of(page)["base"] == ""
    assert send(anna, page, path, text="Ffoniwch 01.").status_code == 303
    assert words_of(root, "promise.cy") == "Ffoniwch 01.\n" and words_of(root) == FIRST
    assert anna.get(f"{PATH}/in/fr").status_code == 404


def test_two_people_in_the_same_words_choose_and_nothing_is_overwritten_unseen(
    desk: Desk, anna: Browser, root: Path
) -> None:
    ben = signed_in(desk, BEN)
    hers, his = anna.get(PATH), ben.get(PATH)
    assert send(anna, hers, PATH, text="Ring 05.").status_code == 303
    refused = send(ben, his, PATH, text="Ring 06.")
    assert refused.status_code == 409 and "Ring 05." in text_of(refused) and "Ring 06." in text_of(refused)
    assert words_of(root) == "Ring 05.\n"
    assert send(ben, refused, PATH, do="choose", **{"choose.text": "mine"}).status_code == 303
    assert words_of(root) == "Ring 06.\n"


def test_two_people_who_begin_the_same_translation_choose_too(desk: Desk, anna: Browser, root: Path) -> None:
    ben, path = signed_in(desk, BEN), f"{PATH}/in/cy"
    hers, his = anna.get(path), ben.get(path)
    assert send(anna, hers, path, text="Ffoniwch 05.").status_code == 303
    refused = send(ben, his, path, text="Ffoniwch 06.")
    assert refused.status_code == 409
    assert send(ben, refused, path, do="choose", **{"choose.text": "theirs"}).status_code == 303
    assert words_of(root, "promise.cy") == "Ffoniwch 05.\n"


def test_a_name_that_no_notice_could_take_in_is_refused_with_the_words_given_back(anna: Browser) -> None:
    form = anna.get("/desk/new-shared")
    for name in ("", "a.b", "Desk", "../x", "tŷ", "-a", "a" * 101, "promise"):
        page = send(anna, form, "/desk/new-shared", name=name, text="Words to keep.")
        assert page.status_code == 422 and "Words to keep." in page.text, name
        assert any(remedy in page.text for remedy in ("Use at most 100", "Write a short one", "Choose another name"))


def test_new_wording_is_taken_in_by_its_name(anna: Browser, root: Path) -> None:
    answer = send(anna, anna.get("/desk/new-shared"), "/desk/new-shared", name="opening-hours", text="Nine\r\nto five")
    assert answer.headers["Location"] == "/desk/shared/opening-hours"
    write_notice(root, MANY.replace("[[promise]]", "[[opening-hours]]"))
    assert read(root).shared["en"]["opening-hours"] == "Nine\nto five"
    assert "Library privacy notice" in text_of(anna.get("/desk/shared/opening-hours"))
    assert send(anna, anna.get(PATH), PATH, text="  ").status_code == 422


def test_wording_goes_once_nobody_uses_it_and_as_it_was_seen(anna: Browser, root: Path) -> None:
    used = anna.get(PATH)
    assert "Remove" not in used.text
    refused = anna.press(used, f"{PATH}/remove", **{"seen.en": fields_of(used)["base"]})
    assert refused.status_code == 409 and "Museum privacy notice" in text_of(refused)
    write(root, "shared/old.md", "Old.\n")
    page = anna.get("/desk/shared/old")
    write(root, "shared/old.md", "Older.\n")
    assert send(anna, page, "/desk/shared/old/remove").status_code == 409
    page = anna.get("/desk/shared/old")
    assert send(anna, page, "/desk/shared/old/remove").status_code == 303
    assert not (root / "content/shared/old.md").exists() and anna.get("/desk/shared/old").status_code == 404
    assert git(root, "status", "--porcelain") == ""


def test_editors_alone_come_here(desk: Desk, anna: Browser) -> None:
    ceri = signed_in(desk, CERI)
    for path in ("/desk/shared", PATH, "/desk/new-shared", "/desk/pages", "/desk/new-page", "/desk/pages/contact"):
        assert ceri.get(path).status_code == 403, path
        assert anna.get(path).status_code == 200, path
    assert ceri.press(ceri.get("/desk/"), PATH, text="Not mine").status_code == 403


def test_an_earlier_save_is_used_again_to_the_byte_and_not_over_unseen_words(anna: Browser, root: Path) -> None:
    saves = f"{PATH}/saves"
    assert send(anna, anna.get(PATH), PATH, text="Ring 07.").status_code == 303
    page = anna.get(saves)
    assert "Founder Example" in page.text and "01 for help." in page.text and saves in anna.get(PATH).text
    first = git(root, "log", "--format=%H", "--reverse", "--", "content/shared/promise.md").split()[0]
    write(root, "shared/promise.md", "Ring 08.\n")
    refused = send(anna, page, saves, commit=first)
    assert refused.status_code == 409 and words_of(root) == "Ring 08.\n"
    assert send(anna, anna.get(saves), saves, commit="0" * 40).status_code == 422
    assert send(anna, anna.get(saves), saves, commit=first).status_code == 303
    assert words_of(root) == FIRST
    assert anna.get(f"{PATH}/in/cy/saves").status_code == 404


def test_files_with_names_that_nothing_can_use_are_listed_and_not_opened(anna: Browser, root: Path) -> None:
    write(root, "shared/My words.md", "Words.\n")
    write(root, "pages/Tŷ.md", "---\ntitle: House\n---\nWords.\n")
    for path, own in (("/desk/shared", "My words"), ("/desk/pages", "House")):
        page = text_of(anna.get(path))
        assert own in page and "IT has to rename it" in page
    assert anna.get("/desk/shared/My%20words").status_code == anna.get("/desk/pages/T%C5%B7").status_code == 404
