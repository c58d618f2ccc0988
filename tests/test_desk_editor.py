"""The editor over HTTP without script: saving, conflicts, rows, previews, refusals that give the words back."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from werkzeug.test import TestResponse

from desk.views.notices import A_PAGE
from tests.desk_access_fixtures import Browser
from tests.desk_fixtures import ANNA, BEN, whole_desk
from tests.site_fixtures import NOTICE, PROJECT, make_site, write_notice

EDITOR = "/desk/notices/library"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_site(tmp_path)


@pytest.fixture
def anna(root: Path) -> Browser:
    browser = whole_desk(root, ANNA, BEN).browser()
    assert browser.sign_in(ANNA).status_code == 303
    return browser


def file_of(root: Path, notice: str = "library") -> Path:
    return root / "content" / notice / "notice.md"


def fields(page: TestResponse, form: str = "sheet") -> list[tuple[str, str]]:
    """The fields of a form as a browser sends them."""
    found = html.fromstring(page.text).forms
    wanted = next(
        one for one in found if one.get("id") == form or (form == "choose" and one.xpath(".//*[@value='choose']"))
    )
    for area in wanted.xpath(".//textarea"):
        if area.text and area.text.startswith("\n"):
            area.text = area.text[1:]
    return [(name, value) for name, value in wanted.form_values() if name != "do"]


def send(
    browser: Browser, sent: list[tuple[str, str]], do: str = "save", path: str = EDITOR, **changed: str
) -> TestResponse:
    names = {name.replace("__", "."): value for name, value in changed.items()}
    pairs = [(name, names.pop(name, value)) for name, value in sent] + list(names.items())
    data: dict[str, Any] = {}
    for name, value in [*pairs, ("do", do)]:
        data.setdefault(name, []).append(value.replace("\n", "\r\n"))
    return browser.post(path, data)


def test_saving_an_untouched_form_writes_nothing(root: Path, anna: Browser) -> None:
    before, stat = file_of(root).read_bytes(), file_of(root).stat()
    answer = send(anna, fields(anna.get(EDITOR)))
    assert answer.status_code == 303
    assert file_of(root).read_bytes() == before and file_of(root).stat().st_mtime_ns == stat.st_mtime_ns
    assert "nothing was saved" in anna.get(EDITOR).text


def test_a_changed_title_changes_its_line_alone_and_the_page_beside_it_shows_it(root: Path, anna: Browser) -> None:
    before = file_of(root).read_text("utf-8")
    assert send(anna, fields(anna.get(EDITOR)), title="Borrowing books").status_code == 303
    after = file_of(root).read_text("utf-8")
    differing = [(old, new) for old, new in zip(before.split("\n"), after.split("\n"), strict=True) if old != new]
    assert [new for _, new in differing] == ["title: Borrowing books"]
    page = anna.get(EDITOR)
    assert "Saved" in page.text
    frame = html.fromstring(page.text).xpath("//iframe")[0]
    shown = anna.get(frame.get("src"))
    assert "Borrowing books" in shown.text
    assert shown.headers["Content-Security-Policy"].startswith("sandbox; ")
    assert frame.get("sandbox") == "" and frame.get("title")


def test_links_of_the_page_in_the_frame_lead_nowhere_but_within_it(anna: Browser) -> None:
    frame = html.fromstring(anna.get(EDITOR).text).xpath("//iframe")[0]
    links = html.fromstring(anna.get(frame.get("src")).text).xpath("//a/@href")
    assert links and all(link.startswith("#") for link in links)


def test_the_styles_of_the_frame_need_no_session_and_its_pages_do(root: Path, anna: Browser) -> None:
    stranger = whole_desk(root, ANNA).browser()
    page = anna.get("/desk/preview/draft/library/")
    styles = html.fromstring(page.text).xpath("//link[@rel='stylesheet']/@href")
    assert styles and all(one.startswith("/desk/preview/assets/") for one in styles)
    assert stranger.get(styles[0]).status_code == 200
    for path in ("/desk/preview/draft/library/", "/desk/preview/saved/library/en", "/desk/preview/unsaved/abc"):
        assert stranger.get(path).status_code == 303


def test_words_that_nobody_saved_are_shown_and_checked_and_not_written(root: Path, anna: Browser) -> None:
    before = file_of(root).read_bytes()
    answer = send(anna, fields(anna.get(EDITOR)), do="show", title="A title of tomorrow")
    assert answer.status_code == 200 and "Nothing was saved" in answer.text
    assert dict(fields(answer))["title"] == "A title of tomorrow"
    frame = html.fromstring(answer.text).xpath("//iframe")[0].get("src")
    assert "A title of tomorrow" in anna.get(frame).text
    assert file_of(root).read_bytes() == before
    ben = anna.desk.browser()
    ben.sign_in(BEN)
    assert ben.get(frame).status_code == 404, "another person's words"


def test_the_page_of_typed_words_is_made_for_the_script_without_writing(root: Path, anna: Browser) -> None:
    before = file_of(root).read_bytes()
    answer = send(anna, fields(anna.get(EDITOR)), path=f"{EDITOR}/look", title="")
    assert "title" in answer.json["found"].casefold()
    answer = send(anna, fields(anna.get(EDITOR)), path=f"{EDITOR}/look", title="Seen at once")
    assert "Seen at once" in anna.get(answer.json["address"]).text
    assert file_of(root).read_bytes() == before


def test_rows_are_added_moved_and_taken_out_without_script_and_without_saving(root: Path, anna: Browser) -> None:
    before = file_of(root).read_bytes()
    page = send(anna, fields(anna.get(EDITOR)), do="add:retention", title="Kept title")
    new = max(name for name, _ in fields(page) if re.fullmatch(r"retention\.\d+\.record", name))
    assert f'data-focus="{new}"' in page.text
    page = send(anna, fields(page), do=f"up:{new.removesuffix('.record')}", **{new: "loan records of tomorrow"})
    names = dict(fields(page))
    assert names["title"] == "Kept title" and "loan records of tomorrow" in names.values()
    assert file_of(root).read_bytes() == before
    assert send(anna, fields(page)).status_code == 303
    assert b"loan records of tomorrow" in file_of(root).read_bytes()


def test_the_first_button_of_the_form_saves_so_that_enter_does(anna: Browser) -> None:
    form = html.fromstring(anna.get(EDITOR).text).xpath("//form[@id='sheet']")[0]
    first = form.xpath(".//button[not(@type='button')] | .//input[@type='submit']")[0]
    assert (first.get("name"), first.get("value")) == ("do", "save")


def test_two_people_who_change_different_parts_both_keep_their_words(root: Path, anna: Browser) -> None:
    ben = anna.desk.browser()
    ben.sign_in(BEN)
    hers, his = fields(anna.get(EDITOR)), fields(ben.get(EDITOR))
    assert send(ben, his, title="Ben's title").status_code == 303
    assert send(anna, hers, summary="Anna's summary.").status_code == 303
    text = file_of(root).read_text("utf-8")
    assert "Ben's title" in text and "Anna's summary." in text
    assert "Somebody else had saved meanwhile" in anna.get(EDITOR).text


@pytest.mark.parametrize(("choice", "kept"), [("mine", "Anna's title"), ("theirs", "Ben's title")])
def test_a_part_that_both_changed_is_shown_with_both_texts_and_chosen(
    root: Path, anna: Browser, choice: str, kept: str
) -> None:
    ben = anna.desk.browser()
    ben.sign_in(BEN)
    hers, his = fields(anna.get(EDITOR)), fields(ben.get(EDITOR))
    send(ben, his, title="Ben's title", category="Ben's heading")
    page = send(anna, hers, title="Anna's title", summary="Anna's summary.")
    assert page.status_code == 409
    assert "Anna&#39;s title" in page.text and "Ben&#39;s title" in page.text
    assert "Anna's" not in file_of(root).read_text("utf-8"), "nothing was written"
    assert send(anna, fields(page, "choose"), do="choose").status_code == 409, "nothing was chosen yet"
    done = send(anna, [*fields(page, "choose"), ("choose.fact:title", choice)], do="choose")
    assert done.status_code == 303
    text = file_of(root).read_text("utf-8")
    assert kept in text and "Anna's summary." in text and "Ben's heading" in text


def test_the_form_can_be_had_back_from_a_conflict_with_the_words(root: Path, anna: Browser) -> None:
    hers = fields(anna.get(EDITOR))
    file_of(root).write_text(file_of(root).read_text("utf-8").replace("title: ", "title: Another "), "utf-8")
    page = send(anna, hers, title="Anna's title")
    assert page.status_code == 409
    back = send(anna, fields(page, "choose"), do="show")
    assert dict(fields(back))["title"] == "Anna's title"


def test_a_file_that_another_program_wrote_is_never_overwritten_unseen(root: Path, anna: Browser) -> None:
    hers = fields(anna.get(EDITOR))
    file_of(root).write_text(file_of(root).read_text("utf-8").replace("title: ", "title: Pulled "), "utf-8")
    assert send(anna, hers, title="Mine").status_code == 409
    assert "title: Pulled" in file_of(root).read_text("utf-8")


def test_the_same_post_twice_is_one_save(root: Path, anna: Browser) -> None:
    sent = fields(anna.get(EDITOR))
    assert [send(anna, sent, title="Twice").status_code for _ in range(2)] == [303, 303]
    assert file_of(root).read_text("utf-8").count("title: Twice") == 1


def test_words_that_cannot_be_written_come_back_with_the_reason(root: Path, anna: Browser) -> None:
    before = file_of(root).read_bytes()
    merged = "<<<<<<< mine\none\n=======\ntwo\n>>>>>>> theirs"
    answer = send(anna, fields(anna.get(EDITOR)), summary="Kept.", lead=merged)
    assert answer.status_code == 422 and "Your words were not saved" in answer.text
    assert dict(fields(answer))["summary"] == "Kept." and "<<<<<<< mine" in dict(fields(answer))["lead"]
    assert file_of(root).read_bytes() == before


def test_a_choice_made_before_the_file_changed_again_is_asked_anew(root: Path, anna: Browser) -> None:
    hers = fields(anna.get(EDITOR))
    path = file_of(root)
    path.write_text(path.read_text("utf-8").replace("title: ", "title: One "), "utf-8")
    page = send(anna, hers, title="Mine")
    path.write_text(path.read_text("utf-8").replace("title: One ", "title: Two "), "utf-8")
    answer = send(anna, [*fields(page, "choose"), ("choose.fact:title", "mine")], do="choose")
    assert answer.status_code == 409 and "Two " in answer.text
    assert "title: Two" in path.read_text("utf-8")


def test_a_token_that_is_no_good_gives_the_words_back_in_the_form(root: Path, anna: Browser) -> None:
    answer = send(anna, fields(anna.get(EDITOR)), title="Not lost", form_token="wrong")
    assert answer.status_code == 403
    assert dict(fields(answer))["title"] == "Not lost"
    assert send(anna, fields(answer)).status_code == 303
    assert "title: Not lost" in file_of(root).read_text("utf-8")


def test_no_form_that_names_the_text_it_was_shown_with_is_filled_by_a_browser_with_older_words() -> None:
    """Firefox puts typed words back after F5, beside the digest of a newer text: saving them would overwrite it unseen."""
    found = 0
    for path in (PROJECT / "desk/templates").rglob("*.html"):
        for form in re.findall(r"<form\b[^>]*>.*?</form>", path.read_text("utf-8"), re.S):
            if re.search(r'type="hidden" name="(base|seen|digest|main|described|over|mark)"', form):
                found += 1
                assert 'autocomplete="off"' in form.partition("csrf_field")[0], path.name
    assert found >= 12


def test_dates_stay_as_they_were_typed(root: Path, anna: Browser) -> None:
    send(anna, fields(anna.get(EDITOR)), review_by="2027-03-28")
    assert "review_by: 2027-03-28" in file_of(root).read_text("utf-8")
    assert dict(fields(anna.get(EDITOR)))["review_by"] == "2027-03-28"
    answer = send(anna, fields(anna.get(EDITOR)), review_by="28/3/27", do="show")
    assert 'href="#review_by"' in answer.text and dict(fields(answer))["review_by"] == "28/3/27"


def test_what_is_found_leads_to_its_field_and_nothing_is_called_lawful(anna: Browser) -> None:
    page = html.fromstring(anna.get(EDITOR).text)
    for link in page.xpath("//*[@id='found']//a/@href"):
        assert page.get_element_by_id(link.removeprefix("#")) is not None
    assert not re.search(r"\blawful\b(?! bas)", page.xpath("//*[@id='found']")[0].text_content())


def test_a_script_in_a_draft_is_kept_from_the_desk(root: Path, anna: Browser) -> None:
    body = "<script>top.location='/desk/'</script><img src=x onerror=alert(1)>"
    page = send(anna, fields(anna.get(EDITOR)), do="show", lead=body)
    frame = anna.get(html.fromstring(page.text).xpath("//iframe")[0].get("src"))
    assert "sandbox;" in frame.headers["Content-Security-Policy"] and "onerror" not in frame.text
    assert body not in page.text


@pytest.mark.parametrize("path", ["/desk/", "/desk/notices", "/desk/new", EDITOR])
def test_no_page_is_over_60_kb_compressed_with_its_script_and_styles(anna: Browser, path: str) -> None:
    page = anna.get(path)
    linked = re.findall(r'(?:src|href)="(/desk/static/[^"]+)"', page.text)
    assert linked
    whole = len(gzip.compress(page.data))
    for one in set(linked):
        with anna.get(one) as file:
            whole += len(gzip.compress(file.data))
    assert whole < 60_000
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", page.text)


def test_the_list_is_filtered_by_words_state_and_problems_and_comes_in_pages(root: Path, anna: Browser) -> None:
    for number in range(A_PAGE + 5):
        write_notice(root, NOTICE.replace("title: ", f"title: {number:02} "), f"branch-{number}")
    page = anna.get("/desk/notices")
    assert page.text.count("<tr>") == A_PAGE + 1 and 'rel="next"' in page.text
    second = anna.get("/desk/notices?page=2")
    assert second.text.count("<tr>") == 6 + 1 and 'rel="prev"' in second.text
    found = anna.get("/desk/notices?words=07")
    assert "branch-7" in found.text and "branch-8" not in found.text
    assert "No notice fits" in anna.get("/desk/notices?state=in-force").text


def test_the_list_checks_nothing_and_says_what_is_known(root: Path, anna: Browser) -> None:
    site = anna.desk.app.extensions["desk"].site
    assert "not checked yet" in anna.get("/desk/notices").text
    assert not site.asked(lambda: site.knows("inspection", "library", "en"))
    site.asked(lambda: site.outcome("library", "en"))
    assert "not checked yet" not in anna.get("/desk/notices").text


def test_a_new_notice_is_written_with_marks_and_opened(root: Path, anna: Browser) -> None:
    page = anna.get("/desk/new")
    answer = anna.press(page, "/desk/new", title="Parking permits", id="", copy="")
    assert answer.headers["Location"] == "/desk/notices/parking-permits"
    assert "Parking permits" in file_of(root, "parking-permits").read_text("utf-8")
    assert anna.get("/desk/notices/parking-permits").status_code == 200
    again = anna.press(page, "/desk/new", title="Parking permits", id="", copy="")
    assert again.status_code == 422 and 'value="Parking permits"' in again.text


@pytest.mark.parametrize("name", ["../etc", "draft", "UPPER", "a b", ".hidden"])
def test_a_name_that_no_notice_can_have_is_refused(root: Path, anna: Browser, name: str) -> None:
    before = sorted(root.rglob("*.md"))
    answer = anna.press(anna.get("/desk/new"), "/desk/new", title="Parking", id=name, copy="")
    assert answer.status_code == 422 and sorted(root.rglob("*.md")) == before


def test_a_copy_has_the_facts_of_the_other_notice_and_its_own_title(root: Path, anna: Browser) -> None:
    answer = anna.press(anna.get("/desk/new"), "/desk/new", title="Archives", id="archives", copy="library")
    assert answer.status_code == 303
    copied = file_of(root, "archives").read_text("utf-8")
    assert "title: Archives" in copied and "owner: {name: Libraries" in copied


@pytest.mark.parametrize(
    "path", ["/desk/notices/nothing", "/desk/notices/..%2Fshared", "/desk/preview/saved/nothing/en"]
)
def test_what_is_not_there_is_not_found(anna: Browser, path: str) -> None:
    assert anna.get(path).status_code == 404


def test_a_site_that_cannot_be_read_says_so(root: Path, anna: Browser) -> None:
    (root / "site.yml").write_text("organisation: [", "utf-8")
    for path in ("/desk/", "/desk/notices"):
        page = anna.get(path)
        assert page.status_code == 200 and "The site cannot be read" in page.text


def test_what_word_copies_becomes_markdown(anna: Browser) -> None:
    token = dict(fields(anna.get(EDITOR)))["form_token"]
    word = (
        "<p class=MsoNormal><b>True bold</b> and <i>true italics</i></p>"
        "<table><tr><th>Record</th><th>Kept</th></tr><tr><td>Loans</td><td>2 years</td></tr></table>"
        '<p><img src="file:///C:/a.png"></p>'
    )
    answer = anna.post("/desk/paste", {"html": word, "form_token": token})
    assert "**True bold** and *true italics*" in answer.json["markdown"]
    assert re.search(r"\| Record\s*\| Kept\s*\|", answer.json["markdown"])
    assert "file:" not in answer.json["markdown"] and "left behind" in answer.json["said"]
    google = '<b style="font-weight:normal" id="docs-internal-guid-1"><p><span style="font-weight:700">bold</span> and not</p></b>'
    assert anna.post("/desk/paste", {"html": google, "form_token": token}).json["markdown"] == "**bold** and not"
    number = '<p>See<a href="#_ftn1" name="_ftnref1"><span class=MsoFootnoteReference>[1]</span></a> more</p>'
    note = "<div id=ftn1><p><a href='#_ftnref1' name='_ftn1'>[1]</a> The note.</p></div>"
    whole = anna.post("/desk/paste", {"html": number + note, "form_token": token}).json
    assert whole == {"markdown": "See[^1] more\n\n[^1]: The note.", "said": ""}
    without = anna.post("/desk/paste", {"html": number, "form_token": token}).json
    assert "](#" not in without["markdown"] and "Footnotes that were not copied: 1" in without["said"]
    table = "<table><tr><th colspan=2>Kept</th></tr><tr><td>Loans</td><td rowspan='2'>2 years</td></tr><tr><td>Fines</td></tr></table>"
    assert "Merged cells: 2" in anna.post("/desk/paste", {"html": table, "form_token": token}).json["said"]
    heading = "<h1>Kept</h1><h2>Longer</h2><p>text</p>"
    assert (
        anna.post("/desk/paste", {"html": heading, "form_token": token})
        .json["markdown"]
        .startswith("### Kept\n\n#### Longer")
    )
    assert anna.post("/desk/paste", {"html": "<p>" * 2000, "form_token": token}).json["markdown"] in (None, "")


def test_each_language_of_a_notice_has_its_form_and_is_saved_to_its_own_file(root: Path) -> None:
    (root / "site.yml").write_text((root / "site.yml").read_text("utf-8") + "languages: [en, cy]\n", "utf-8")
    write_notice(root, NOTICE.replace("title: Library", "title: Llyfrgell"), "library", "cy")
    anna = whole_desk(root, ANNA).browser()
    anna.sign_in(ANNA)
    english = file_of(root).read_bytes()
    welsh = f"{EDITOR}/in/cy"
    assert f'href="{welsh}"' in anna.get(EDITOR).text
    page = anna.get(welsh)
    assert '<textarea id="lead" name="lead" rows="3" lang="cy"' in page.text
    answer = send(anna, fields(page), path=welsh, title="Y llyfrgell")
    assert answer.headers["Location"].startswith(welsh)
    assert "title: Y llyfrgell" in (root / "content" / "library" / "notice.cy.md").read_text("utf-8")
    assert file_of(root).read_bytes() == english
    frame = html.fromstring(anna.get(welsh).text).xpath("//iframe")[0].get("src")
    assert "Y llyfrgell" in anna.get(frame).text
    assert anna.get(f"{EDITOR}/in/en").status_code == 404 and anna.get(f"{EDITOR}/in/fr").status_code == 404
