"""The translation page of the desk: what changed since, still right, files of translators, read, and two translators."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser as Chromium

from desk.translations.matching import pairs
from generator.content import notice_file
from generator.content.model import BodySection
from generator.problems import Place
from generator.translation import xliff
from generator.translation.xliff import State
from tests.desk_access_fixtures import Browser, Desk
from tests.desk_fixtures import ANNA, BEN, CERI, served_desk, whole_desk
from tests.desk_pages import fields_of, look, send, text_of
from tests.site_fixtures import make_site, write_notice

PATH = "/desk/notices/library/cy"
MAIN = """---
# A remark that stays.
title: Library membership
summary: We lend you books.
data:
  - your name
  - your address
---
We look after the library.

## Why we use it {#purposes}

To lend you books.

## A closing word

Thank you.
"""
WELSH = {
    "title": "Aelodaeth llyfrgell",
    "summary": "Rydym yn benthyg llyfrau i chi.",
    "data.1.label": "eich enw",
    "data.2.label": "eich cyfeiriad",
    "body.opening": "Rydym yn gofalu am y llyfrgell.",
    "body.purposes.heading": "Pam rydym yn ei ddefnyddio",
    "body.purposes.text": "I fenthyg llyfrau i chi.",
    "body.section-2.heading": "Gair i gloi",
    "body.section-2.text": "Diolch.",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    folder.mkdir()
    site = make_site(folder, MAIN)
    text = (site / "site.yml").read_text("utf-8")
    if "languages:" not in text:
        (site / "site.yml").write_text(text + "languages: [en, cy]\n", "utf-8")
    return site


@pytest.fixture
def desk(root: Path) -> Desk:
    return whole_desk(root, ANNA, BEN, CERI)


def visiting(desk: Desk, person: Any = ANNA) -> Browser:
    browser = desk.browser()
    assert browser.sign_in(person).status_code == 303
    return browser


@pytest.fixture
def anna(desk: Desk) -> Browser:
    return visiting(desk)


def save(browser: Browser, page: Any = None, **fields: Any) -> Any:
    return send(browser, page or browser.get(PATH), PATH, **fields)


def welsh(**others: str) -> dict[str, str]:
    return {f"text.{name}": text for name, text in (WELSH | others).items()}


def written(root: Path) -> str:
    return (root / "content/library/notice.cy.md").read_text("utf-8")


def states(root: Path) -> dict[str, str]:
    found = xliff.read((root / "content/library/notice.cy.xlf").read_bytes())
    return {entry.name: entry.target for entry in found.entries}


def test_every_text_stands_beside_an_empty_one_before_there_is_a_translation(anna: Browser) -> None:
    page = anna.get(PATH)
    fields = fields_of(page)
    assert {name.removeprefix("text.") for name in fields if name.startswith("text.")} == set(WELSH)
    assert not any(fields[f"text.{name}"] for name in WELSH)
    assert "We look after the library." in text_of(page) and text_of(page).count(">not translated<") == len(WELSH)


def test_a_whole_translation_is_saved_and_awaits_a_reader(root: Path, desk: Desk, anna: Browser) -> None:
    assert save(anna, **welsh()).status_code == 303
    text = written(root)
    notice, problems = notice_file.read(text.encode(), "content/library/notice.cy.md", "library", "cy")
    assert notice is not None and problems == [] and notice.facets.awaits_review
    assert notice.facets.title == "Aelodaeth llyfrgell" and "## Gair i gloi" in text
    assert "# A remark that stays." in text and states(root) == WELSH
    page = anna.get(PATH)
    assert "Texts to look at" not in text_of(page) and fields_of(page)["text.title"] == "Aelodaeth llyfrgell"
    assert next(iter(desk.access.log.entries(act="translate"))).version == "cy"


def test_a_part_of_a_translation_can_be_saved(root: Path, anna: Browser) -> None:
    assert save(anna, **{"text.title": "Aelodaeth llyfrgell"}).status_code == 303
    assert "Aelodaeth llyfrgell" in written(root) and "We lend you books." in written(root)
    page = anna.get(PATH)
    assert fields_of(page)["text.summary"] == "", "what stands in the main language is not translated"
    assert f"Texts to look at: {len(WELSH) - 1}" in text_of(page)


def test_only_the_lines_of_a_changed_text_change(root: Path, anna: Browser) -> None:
    save(anna, **welsh())
    path = root / "content/library/notice.cy.md"
    path.write_text(written(root).replace("title:", "# Sylw.\ntitle:"), "utf-8")
    before = written(root).splitlines()
    assert save(anna, **{"text.body.section-2.text": "Diolch yn fawr."}).status_code == 303
    after = written(root).splitlines()
    assert [new for new, old in zip(after, before, strict=True) if new != old] == ["Diolch yn fawr."]


def test_what_changed_in_the_main_language_is_marked_until_somebody_says(root: Path, anna: Browser) -> None:
    save(anna, **welsh())
    write_notice(root, MAIN.replace("Thank you.", "Thank you all.").replace("We lend you books.", "We lend books."))
    page = anna.get(PATH)
    text = text_of(page)
    assert "Texts to look at: 2" in text and text.count(">English changed since<") == 2
    assert "<ins>" in text and "all." in text, "the changed words are marked"
    before = written(root)
    assert save(anna, page).status_code == 303
    assert "Texts to look at: 2" in text_of(anna.get(PATH)), "saving alone says nothing of what changed"
    assert save(anna, **{"right.summary": "yes"}).status_code == 303
    assert written(root) == before, "no word was changed"
    assert "Texts to look at: 1" in text_of(anna.get(PATH))
    assert save(anna, **{"text.body.section-2.text": "Diolch i bawb."}).status_code == 303
    assert "Texts to look at" not in text_of(anna.get(PATH)) and "Diolch i bawb." in written(root)


def test_the_form_and_the_translation_say_that_the_welsh_says_something_older(root: Path, anna: Browser) -> None:
    assert save(anna, **welsh()).status_code == 303
    form = "/desk/notices/library"
    assert "says something older" not in text_of(anna.get(form)) + text_of(anna.get(PATH))
    write_notice(root, MAIN.replace("Thank you.", "Thank you all.").replace("To lend", "Only to lend"))
    assert "in 2 texts the words changed since it was written" in text_of(anna.get(form))
    assert f'href="{PATH}"' in text_of(anna.get(form)).partition("says something older")[2]
    assert "2 texts here say something older" in text_of(anna.get(PATH))


def test_a_main_text_that_changes_while_somebody_translates_stays_marked(root: Path, anna: Browser) -> None:
    page = anna.get(PATH)
    write_notice(root, MAIN.replace("Thank you.", "Thank you all."))
    assert save(anna, page, **welsh()).status_code == 303
    assert text_of(anna.get(PATH)).count("English changed since") == 1


def test_a_translation_is_read_as_a_whole_by_somebody_who_says_so(root: Path, anna: Browser) -> None:
    refused = save(anna, **{"text.title": "Aelodaeth llyfrgell", "do": "reviewed"})
    assert refused.status_code == 409 and f"and {len(WELSH) - 1} texts are not translated" in text_of(refused)
    assert fields_of(refused)["text.title"] == "Aelodaeth llyfrgell"
    assert not (root / "content/library/notice.cy.md").exists()
    assert save(anna, **welsh(), do="reviewed").status_code == 303
    notice, _ = notice_file.read(written(root).encode(), "content/library/notice.cy.md", "library", "cy")
    assert notice is not None and notice.facets.translation is not None and not notice.facets.awaits_review
    assert notice.facets.translation.reviewed_by == "Anna Example"
    assert "Read by Anna Example, 30 November 2026." in text_of(anna.get(PATH))
    assert save(anna, **{"text.title": "Llyfrgell"}).status_code == 303
    assert "waits for somebody" in text_of(anna.get(PATH)), "other words were not read by anybody"


def test_translators_of_different_texts_lose_nothing(root: Path, desk: Desk, anna: Browser) -> None:
    save(anna, **welsh())
    ben = visiting(desk, BEN)
    page = ben.get(PATH)
    save(anna, **{"text.title": "Llyfrgell"})
    assert save(ben, page, **{"text.summary": "Benthyg llyfrau."}).status_code == 303
    assert "Llyfrgell" in written(root) and "Benthyg llyfrau." in written(root)


def test_translators_of_the_same_text_see_both_and_choose(root: Path, desk: Desk, anna: Browser) -> None:
    save(anna, **welsh())
    ben = visiting(desk, BEN)
    page = ben.get(PATH)
    save(anna, **{"text.title": "Llyfrgell Anna", "text.summary": "Crynodeb Anna."})
    answer = save(ben, page, **{"text.title": "Llyfrgell Ben"})
    assert answer.status_code == 409
    assert "Llyfrgell Anna" in text_of(answer) and "Llyfrgell Ben" in text_of(answer)
    assert "Llyfrgell Anna" in written(root)
    assert save(ben, answer).status_code == 303
    assert "Llyfrgell Ben" in written(root) and "Crynodeb Anna." in written(root)


def test_a_choice_holds_for_what_was_seen_alone(root: Path, desk: Desk, anna: Browser) -> None:
    save(anna, **welsh())
    ben = visiting(desk, BEN)
    page = ben.get(PATH)
    save(anna, **{"text.title": "Llyfrgell Anna"})
    answer = save(ben, page, **{"text.title": "Llyfrgell Ben"})
    save(anna, **{"text.title": "Llyfrgell newydd"})
    again = save(ben, answer)
    assert again.status_code == 409 and "Llyfrgell newydd" in text_of(again) and "Llyfrgell newydd" in written(root)


def test_a_file_goes_to_translators_and_comes_back_into_the_page(root: Path, anna: Browser) -> None:
    sent = anna.get(f"{PATH}/xliff")
    assert sent.headers["Content-Disposition"] == 'attachment; filename="library.cy.xlf"'
    found = xliff.read(sent.data)
    assert {entry.name for entry in found.entries} == set(WELSH) and found.target_language == "cy"
    data = sent.data
    for entry in found.entries:
        empty = f'<target xml:lang="cy" state="{State.MISSING}"'.encode()
        filled = f'<target xml:lang="cy" state="translated">{WELSH[entry.name]}</target>'.encode()
        data = data.replace(empty + b" />", filled, 1)
    write_notice(root, MAIN.replace("Thank you.", "Thank you all."))
    page = send(anna, anna.get(PATH), f"{PATH}/xliff", file=(BytesIO(data), "back.xlf"))
    text = text_of(page)
    assert page.status_code == 200 and f"{len(WELSH)} texts of the file are other than before" in text
    assert not (root / "content/library/notice.cy.md").exists(), "nothing is saved before somebody looked"
    assert "The translator saw other words" in text
    assert save(anna, page).status_code == 303
    assert "Aelodaeth llyfrgell" in written(root)
    assert text_of(anna.get(PATH)).count("English changed since") == 1


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "Choose the file"),
        (b"words", "XLIFF"),
        (b'<!DOCTYPE x [<!ENTITY e "e">]><xliff version="1.2">&e;</xliff>', "XLIFF"),
    ],
)
def test_a_file_that_cannot_be_taken_is_said_and_changes_nothing(anna: Browser, data: bytes, said: str) -> None:
    answer = send(anna, anna.get(PATH), f"{PATH}/xliff", file=(BytesIO(data), "back.xlf"))
    assert answer.status_code in (400, 422) and said in text_of(answer)


DOCUMENT = """<html lang="cy"><body><main><h1>Aelodaeth llyfrgell</h1><p>Rydym yn gofalu am y llyfrgell.</p>
<h2>Pam rydym yn ei ddefnyddio</h2><p>I fenthyg llyfrau i chi, dan Erthygl 6(1)(e).</p><h2>Gair i gloi</h2><p>Diolch.</p>
<h2>Adran arall</h2><p>Geiriau sydd heb le.</p></main></body></html>"""


def test_a_document_that_translates_is_not_asked_for_the_marks_of_sections(anna: Browser) -> None:
    """They are those of the text beside it."""
    file = (BytesIO(DOCUMENT.replace("Adran arall", "Eich hawliau").encode()), "llyfrgell.html")
    text = text_of(send(anna, anna.get(PATH), f"{PATH}/document", file=file))
    assert '<td lang="cy">Eich hawliau</td>' in text and "standard section" not in text


def test_a_document_becomes_the_translation_section_by_section(root: Path, anna: Browser) -> None:
    before = (root / "content/library/notice.md").read_bytes()
    file = (BytesIO(DOCUMENT.encode()), "llyfrgell.html")
    answer = send(anna, anna.get(PATH), f"{PATH}/document", file=file)
    text = text_of(answer)
    assert answer.status_code == 200 and "texts of the document are in the page" in text
    assert '<td lang="en">A closing word</td><td lang="cy">Gair i gloi</td>' in text
    assert '<td lang="en">nothing</td><td lang="cy">Adran arall</td>' in text
    assert "Geiriau sydd heb le." in text.partition("Words of the document that have no place")[2]
    assert not (root / "content/library/notice.cy.md").exists(), "nothing is saved yet"
    assert save(anna, answer).status_code == 303
    saved = written(root)
    for words in (
        "title: Aelodaeth llyfrgell",
        "## Pam rydym yn ei ddefnyddio {#purposes}",
        "Erthygl 6(1)(e)",
        "Diolch.",
    ):
        assert words in saved
    assert "lawful_bases" not in saved and "Geiriau sydd heb le" not in saved
    assert (root / "content/library/notice.md").read_bytes() == before


@pytest.mark.parametrize(
    ("names", "ids", "met"),
    [
        (["why", "section-2"], ["", ""], [(0, 0), (1, 1)]),
        (["why", "section-2", "rights"], ["", "rights"], [(0, 0), (1, None), (2, 1)]),
        (["why", "rights"], ["", "", "rights", ""], [(0, 0), (None, 1), (1, 2), (None, 3)]),
        (["why"], [], [(0, None)]),
        ([], ["why"], [(None, 0)]),
    ],
)
def test_sections_of_one_name_belong_together_and_the_others_follow_in_order(
    names: list[str], ids: list[str], met: list[tuple[int | None, int | None]]
) -> None:
    assert pairs(names, [BodySection("Heading", "Words.", Place(""), one or None) for one in ids]) == met


@pytest.mark.parametrize(("data", "status"), [(b"", 400), (b"PK\x03\x04 no Word file", 400), (b"%PDF-1.7", 400)])
def test_a_document_that_cannot_be_read_is_said_and_changes_nothing(anna: Browser, data: bytes, status: int) -> None:
    answer = send(anna, anna.get(PATH), f"{PATH}/document", file=(BytesIO(data), "notice.docx"))
    assert answer.status_code == status and 'role="alert"' in answer.text


def test_a_file_for_another_notice_is_refused(root: Path, anna: Browser) -> None:
    write_notice(root, MAIN, "parking")
    other = anna.get("/desk/notices/parking/cy/xliff").data
    answer = send(anna, anna.get(PATH), f"{PATH}/xliff", file=(BytesIO(other), "back.xlf"))
    assert answer.status_code == 422 and "for the notice parking" in text_of(answer)


def test_a_heading_of_several_lines_is_said_at_its_text_and_the_words_stay(root: Path, anna: Browser) -> None:
    answer = save(anna, **welsh(**{"body.purposes.heading": "Un\nDau"}))
    text = text_of(answer)
    assert answer.status_code == 422 and 'href="#text.body.purposes.heading"' in text
    assert 'id="wrong.body.purposes.heading"' in text and fields_of(answer)["text.title"] == WELSH["title"]
    assert not (root / "content/library/notice.cy.md").exists()


def test_a_post_sent_twice_is_one_save(root: Path, anna: Browser) -> None:
    page = anna.get(PATH)
    assert [save(anna, page, **welsh()).status_code for _ in range(2)] == [303, 303]
    assert fields_of(anna.get(PATH))["text.title"] == WELSH["title"]


def test_no_other_language_or_notice_has_a_page_and_the_role_is_asked(desk: Desk, anna: Browser) -> None:
    for path in ("/desk/notices/library/en", "/desk/notices/library/fr", "/desk/notices/nothing/cy"):
        assert anna.get(path).status_code == 404
    assert visiting(desk, CERI).get(PATH).status_code == 403
    assert f'href="{PATH}"' in anna.get("/desk/notices/library").text


def test_a_hostile_translation_does_nothing_in_the_page(anna: Browser) -> None:
    save(anna, **welsh(**{"body.opening": "</textarea><script>document.title='x'</script>"}))
    assert "<script>document" not in anna.get(PATH).get_data(as_text=True)


def test_the_page_fits_and_has_no_barrier(browser: Chromium, root: Path) -> None:
    with served_desk(root, ANNA, BEN) as desk:
        save(visiting(desk), **welsh())
        write_notice(root, MAIN.replace("Thank you.", "Thank you all."))

        def wrong(page: Any) -> None:
            page.locator('[name="text.body.purposes.heading"]').fill("Un\nDau")
            page.locator("form.translate button").first.click()

        look(browser, desk, ANNA, PATH, wrong)
