"""Pictures of a notice at the desk, without script: added with their words, described, exchanged, taken out, in two languages."""

from __future__ import annotations

import html
import io
import re
import subprocess
import threading
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from desk.forms.values import of_form
from desk.people.acts import Act
from desk.saving import files
from generator import own_process
from generator.problems import ContentError, Place, error
from tests.desk_access_fixtures import Browser, Desk, token_of
from tests.desk_fixtures import ANNA, BEN, CERI, whole_desk
from tests.desk_pages import fields_of, text_of
from tests.picture_uploads import SECRET, in_this_process, multipart, photograph, saved, scene
from tests.site_fixtures import NOTICE, SITE, make_site, publish, read, write_notice

PAGE = "/desk/notices/library/pictures"
WELSH_PAGE = "/desk/notices/library/in/cy/pictures"
SPOT = "end:section-1"
ALT = "A person [left] reading *a* <book> & a leaflet_"
WORDS = "![A person &#91;left&#93; reading \\*a\\* &#60;book&#62; & a leaflet\\_]"


def git(root: Path, *arguments: str) -> str:
    own = ("git", "-c", "user.name=Founder Example", "-c", "user.email=founder@example.org")
    return subprocess.run([*own, *arguments], cwd=root, check=True, capture_output=True, text=True).stdout


@pytest.fixture
def root(tmp_path: Path) -> Path:
    make_site(tmp_path, site=f"{SITE}languages: [en, cy]\n")
    write_notice(tmp_path, NOTICE.replace("title: Library", "title: Llyfrgell"), language="cy")
    (tmp_path / ".gitignore").write_text("var/\n.noticeboard/\npublic\n", "utf-8")
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "-m", "First")
    return tmp_path


@pytest.fixture
def desk(root: Path) -> Desk:
    return whole_desk(root, ANNA, BEN, CERI)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pictures are made in this process: the first tests of this file show what the other one does."""
    monkeypatch.setattr(own_process, "answer", in_this_process)


@pytest.fixture
def anna(desk: Desk) -> Browser:
    return visiting(desk)


def visiting(desk: Desk, person: Any = ANNA) -> Browser:
    browser = desk.browser()
    assert browser.sign_in(person).status_code == 303
    return browser


def add(browser: Browser, data: bytes | None = None, name: str = "Reading.JPG", path: str = PAGE, **more: Any) -> Any:
    """Send the form that adds a picture, as a browser does."""
    fields = {"form_token": token_of(browser.get("/desk/import")), "spot": SPOT, "alt": ALT} | more
    body, kind = multipart(fields, photograph() if data is None else data, name)
    return browser.post(f"{path}/add", body, content_type=kind)


def act(browser: Browser, what: str, path: str = PAGE, at: int = 0, **more: Any) -> Any:
    """Send the form of a picture that the page shows."""
    page = browser.get(path)
    forms = re.findall(r'<form[^>]*action="([^"]+)"[^>]*>(.*?)</form>', page.text, re.S)
    form = [inner for action, inner in forms if action.endswith(f"/pictures/{what}")][at]
    fields = {
        name: html.unescape(value)
        for name, value in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form)
    }
    kind = {"content_type": "multipart/form-data"} if "picture" in more else {}
    return browser.post(f"{path}/{what}", {**fields, "spot": SPOT, **more}, **kind)


def text(root: Path, language: str = "") -> str:
    return (root / "content" / "library" / f"notice{language and '.'}{language}.md").read_text("utf-8")


def names(root: Path) -> list[str]:
    return sorted(path.name for path in (root / "content/library").iterdir() if path.suffix != ".md")


def last(root: Path) -> tuple[str, list[str]]:
    """The last commit: by whom and why, and its files."""
    said, _, files = git(root, "log", "-1", "--name-only", "--format=%an: %s%n").partition("\n")
    return said, files.split()


def test_a_picture_is_kept_with_its_line_in_one_commit_of_the_two(anna: Browser, root: Path, desk: Desk) -> None:
    before = text(root)
    answer = add(anna, name="../../Reading room.PNG")
    assert answer.status_code == 303 and answer.headers["Location"] == PAGE
    (name,) = names(root)
    assert name.startswith("reading-room.") and text(root) == f"{before}\n{WORDS}({name})\n"
    files = [f"content/library/{one}" for one in ("notice.md", name)]
    assert last(root) == ("Anna Example: Add a picture to library", files) and git(root, "status", "--porcelain") == ""
    data = (root / files[1]).read_bytes()
    assert SECRET not in data and not Image.open(io.BytesIO(data)).getexif()
    page = anna.get(PAGE)
    assert "Saved. Residents see it once" in page.text and "For Cymraeg, open that text" in page.text
    (image,) = re.findall(r'<img src="([^"]+)" alt="([^"]+)"', page.text)
    assert html.unescape(image[1]) == ALT and anna.get(image[0]).data == data
    shown = anna.get("/desk/preview/saved/library/en").text
    assert f'alt="{html.escape(ALT)}"' in shown and image[0] in shown
    (entry,) = desk.access.log.entries(person=ANNA.id, act=Act.EDIT)
    assert entry.to == "library"


def test_the_same_post_twice_is_one_picture_and_two_at_once_are_two(desk: Desk, root: Path) -> None:
    anna, ben = visiting(desk), visiting(desk, BEN)
    for _ in range(2):
        assert add(anna, key="one").status_code == 303
    assert len(names(root)) == 1 and text(root).count(WORDS) == 1
    answers = list[int]()

    def send(browser: Browser, data: bytes) -> None:
        answers.append(add(browser, data).status_code)

    both = [
        threading.Thread(target=send, args=(browser, saved(scene(60, 40 + at), "PNG")))
        for at, browser in enumerate((anna, ben))
    ]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert answers == [303, 303] and len(names(root)) == 3 and text(root).count(WORDS) == 3
    assert len({name.rpartition(".")[0] for name in names(root)}) == 3
    assert git(root, "status", "--porcelain") == "" and git(root, "rev-list", "--count", "HEAD") == "4\n"


@pytest.mark.usefixtures("quick")
def test_another_act_from_a_page_that_back_brought_again_is_done(anna: Browser, root: Path) -> None:
    assert add(anna, key="one").status_code == 303
    assert add(anna, saved(scene(20, 20), "PNG"), key="one").status_code == 303
    assert add(anna, saved(scene(20, 20), "PNG"), key="one", alt="Others.").status_code == 303
    assert len(names(root)) == 2 and text(root).count("reading-2.png") == 2
    page = anna.get(PAGE)
    for what in ("One.", "Two."):
        assert act(anna, "describe", alt=what, do="describe", key=fields_of(page)["key"]).status_code == 303
    assert "![Two.]" in text(root)


@pytest.mark.usefixtures("quick")
def test_a_text_that_cannot_be_written_leaves_no_picture(
    anna: Browser, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = files.write

    def full(root: Path, file: str, data: bytes, expected: bytes | None) -> None:
        if file.endswith(".md"):
            raise ContentError([error("D03", Place(file), "The disk is full.", "Have IT make room on it.")])
        write(root, file, data, expected)

    monkeypatch.setattr(files, "write", full)
    answer = add(anna)
    assert answer.status_code == 422 and "The disk is full." in answer.text and "You wrote:" in answer.text
    assert names(root) == [] and git(root, "status", "--porcelain") == ""


@pytest.mark.usefixtures("quick")
def test_a_picture_is_described_exchanged_and_taken_out(anna: Browser, root: Path) -> None:
    before = text(root)
    assert add(anna).status_code == 303
    (first,) = names(root)
    assert act(anna, "describe", alt="Somebody reads.", do="describe").status_code == 303
    assert text(root) == f"{before}\n![Somebody reads.]({first})\n" and last(root)[1] == ["content/library/notice.md"]
    other = (io.BytesIO(saved(scene(50, 50), "PNG")), "Map.gif")
    assert act(anna, "exchange", alt="A map.", picture=other).status_code == 303
    assert names(root) == ["map.png"] and text(root) == f"{before}\n![A map.](map.png)\n"
    assert len(last(root)[1]) == 3, "the text, the new picture, and the old one, which git has"
    assert act(anna, "describe", do="remove").status_code == 303
    assert text(root) == before and names(root) == [] and git(root, "status", "--porcelain") == ""


@pytest.mark.usefixtures("quick")
def test_what_another_text_or_no_history_needs_stays(anna: Browser, root: Path) -> None:
    assert add(anna).status_code == 303
    (name,) = names(root)
    page = anna.get(WELSH_PAGE)
    assert "This text shows no picture" in page.text and f"English: {html.escape(ALT)}" in page.text
    assert act(anna, "use", WELSH_PAGE, alt="Rhywun yn darllen.").status_code == 303
    assert f"![Rhywun yn darllen.]({name})" in text(root, "cy") and last(root)[1] == ["content/library/notice.cy.md"]
    assert act(anna, "describe", do="remove").status_code == 303
    assert names(root) == [name] and name not in text(root) and name in text(root, "cy")
    subprocess.run(["rm", "-rf", ".git"], cwd=root, check=True)
    assert act(anna, "describe", WELSH_PAGE, do="remove").status_code == 303
    assert names(root) == [name] and name not in text(root, "cy"), "nobody could bring it back"
    assert act(anna, "use", alt="Again.").status_code == 303 and f"![Again.]({name})" in text(root)


@pytest.mark.usefixtures("quick")
def test_shared_wording_that_names_a_picture_keeps_it(anna: Browser, root: Path) -> None:
    assert add(anna).status_code == 303
    (name,) = names(root)
    shared = root / "content/shared/photo.md"
    shared.parent.mkdir()
    shared.write_text(f"![A book]({name})\n", "utf-8")
    assert act(anna, "describe", do="remove").status_code == 303 and names(root) == [name]


@pytest.mark.usefixtures("quick")
def test_what_others_wrote_meanwhile_stays_and_a_picture_that_changed_is_not_touched(desk: Desk, root: Path) -> None:
    anna, ben = visiting(desk), visiting(desk, BEN)
    assert add(anna).status_code == 303
    page = anna.get(PAGE)
    write_notice(root, text(root).replace("We look after", "We take care of").replace("A person", "Somebody"))
    again = saved(scene(30, 30), "PNG")
    assert add(ben, again, alt="Another.").status_code == 303
    assert "We take care of" in text(root) and "Somebody" in text(root)
    fields = {name: value for name, value in fields_of(page).items() if name not in ("spot", "back", "saved")}
    fields |= {"alt": "Words that must stay", "was": ALT, "part": "section-1", "number": "0"}
    answer = anna.post(f"{PAGE}/describe", fields)
    assert answer.status_code == 409 and "not in it any more" in answer.text and "Words that must stay" in answer.text
    assert "Words that must stay" not in text(root)


WRONG: tuple[tuple[bytes | None, dict[str, str], str], ...] = (
    (None, {"alt": "  "}, "Write what the picture shows"),
    (None, {"alt": "x" * 501}, "at most 500 letters"),
    (b"", {}, "This file is empty"),
    (b"<svg xmlns='http://www.w3.org/2000/svg'/>", {}, "can hold scripts"),
    (bytes(30_000_000), {}, "larger than 20 MB"),
    (bytes(60_000_000), {}, "larger than 20 MB"),
    (None, {"spot": "end:gone"}, "not in it any more"),
)


@pytest.mark.usefixtures("quick")
def test_what_is_wrong_is_said_and_the_words_stay(anna: Browser, root: Path) -> None:
    for data, more, said in WRONG:
        answer = add(anna, data, name="reading.png", **({"alt": "Words that must stay"} | more))
        assert answer.status_code in (409, 413, 422) and said in text_of(answer)
        assert (answer.status_code == 413) is (data is not None and len(data) > 50_000_000)
        assert more.get("alt", "Words that must stay").strip() in text_of(answer) and names(root) == []
    assert git(root, "rev-list", "--count", "HEAD") == "1\n" and git(root, "status", "--porcelain") == ""


@pytest.mark.usefixtures("quick")
def test_a_picture_is_chosen_and_a_form_that_was_too_old_comes_back(anna: Browser, root: Path) -> None:
    fields = {"form_token": token_of(anna.get(PAGE)), "spot": SPOT, "alt": "Words that must stay"}
    answer = anna.post(f"{PAGE}/add", fields)
    assert answer.status_code == 422 and "Choose a picture." in answer.text and "Words that must stay" in answer.text
    answer = add(anna, form_token="wrong", alt="Words that must stay")
    assert answer.status_code == 403 and "Words that must stay" in answer.text and names(root) == []
    unclosed = text(root) + "\n```\ncode\n"
    write_notice(root, unclosed)
    answer = add(anna)
    assert answer.status_code == 422 and "a block of code that is not closed" in answer.text and names(root) == []


@pytest.mark.usefixtures("quick")
def test_the_form_of_the_text_saves_and_leads_to_its_pictures(anna: Browser, root: Path) -> None:
    edit = anna.get("/desk/notices/library")
    form = fields_of(edit)
    section = next(name for name, value in form.items() if name.endswith(".text") and "We look after" in value)
    row = section.removesuffix(".text")
    assert f'value="picture:{row}"' in edit.text and of_form(form.items())
    sent = form | {section: "We look after all of it.", "do": f"picture:{row}"}
    answer = anna.post("/desk/notices/library", sent)
    assert answer.status_code == 303 and "We look after all of it." in text(root)
    page = anna.get(answer.headers["Location"])
    assert f'<option value="{SPOT}" selected>' in page.text
    own = {name: fields_of(page)[name] for name in ("back", "saved")}
    answer = add(anna, **own)
    assert answer.headers["Location"] == f"/desk/notices/library?saved={form['key']}"
    assert text(root).endswith(f"We look after all of it.\n\n{WORDS}({names(root)[0]})\n")


@pytest.mark.usefixtures("quick")
def test_whoever_reads_a_draft_sees_its_pictures_and_publishing_freezes_them(root: Path) -> None:
    (root / "site.yml").write_text(SITE, "utf-8")
    (root / "content/library/notice.cy.md").unlink()
    assert publish(root, "2026-11-01", "First.", "material") == 0
    git(root, "add", ".")
    git(root, "commit", "--quiet", "-m", "Published")
    desk = whole_desk(root, ANNA, BEN)
    anna, ben = visiting(desk), visiting(desk, BEN)
    assert add(anna).status_code == 303
    (source,) = re.findall(r'<img src="(/desk/preview/pictures/[^"]+)"', anna.get(PAGE).text)
    for path in ("/desk/notices/library/review", "/desk/notices/library/print"):
        page = ben.get(path)
        assert f'<img src="{source}" alt="{html.escape(ALT)}">' in page.text and "New picture" in page.text
    made = anna.press(anna.get("/desk/notices/library/share"), "/desk/notices/library/share")
    (shared,) = re.findall(r'value="http://[^/]+(/desk/shared/[^"]+)"', made.text)
    draft = desk.browser().get(shared)
    (image,) = re.findall(r'<img[^>]* src="([^"]+pictures/[^"]+)"', draft.text)
    assert image.startswith(shared) and desk.browser().get(image).data == anna.get(source).data
    assert publish(root, "2026-11-20", "A picture.") == 0
    (kept,) = (root / "content/pictures").iterdir()
    assert act(anna, "exchange", alt=ALT, picture=(io.BytesIO(saved(scene(9, 9), "PNG")), "x.png")).status_code == 303
    page = ben.get("/desk/notices/library/review").text
    assert "This picture was taken out" in page and kept.name in page and "New picture" in page
    assert read(root).versions[-1].html and kept.is_file(), "the same words beside another picture are a change"


@pytest.mark.usefixtures("quick")
def test_nobody_without_the_role_adds_a_picture(desk: Desk, root: Path) -> None:
    assert add(visiting(desk, CERI), b"x" * 60_000_000).status_code == 413
    answer = add(visiting(desk, CERI))
    assert answer.status_code == 403 and "A person" in text_of(answer) and names(root) == []
