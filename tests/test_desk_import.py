"""Bringing a document in at the desk: what was kept, facts taken one by one, hostile files, and nothing is fetched."""

from __future__ import annotations

import random
import socket
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, expect

from desk.documents import reading
from desk.documents.proposed import changes, parted
from desk.guard import large_forms
from desk.saving.editing.edit import content, edited
from generator.content import notice_file
from generator.importing import confined
from generator.importing.settings import Settings
from generator.problems import errors_in
from tests import word_documents
from tests.desk_access_fixtures import Browser
from tests.desk_fixtures import ANNA, BEN, CERI, served_desk, signed_in, whole_desk
from tests.desk_pages import fields_of, look, send, text_of, visit
from tests.import_fixtures import DOCUMENTS
from tests.site_fixtures import make_site
from tests.word_fixtures import mutated, paragraph, word_file

PAGE = """<html><head><title>Permits</title></head><body><main><h1>Parking permits</h1>
<p>We use your data under Article 6(1)(e) of the UK GDPR, Road Traffic Regulation Act 1984.</p>
<h2>How long we keep it</h2><p>We keep your application for 2 years after the permit ends.</p>
<h2>Who we share it with</h2><ul><li>The DVLA</li><li>the police</li></ul>
<p>We store nothing outside the UK. Write to parking@example.org or call 0161 496 0000.</p>
<p>We use health data under Article 9(2)(g).</p></main></body></html>"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    folder.mkdir()
    return make_site(folder)


@pytest.fixture
def officer(root: Path) -> Browser:
    return signed_in(root)


def bring(officer: Browser, data: bytes = PAGE.encode(), name: str = "permits.html", **more: str) -> Any:
    """Send a file as a browser does."""
    page = officer.get("/desk/import")
    return send(officer, page, "/desk/import", file=(BytesIO(data), name), **more)


def written(root: Path, name: str) -> str:
    return (root / "content" / name / "notice.md").read_text("utf-8")


def test_the_report_says_what_was_kept_and_nothing_is_saved_yet(officer: Browser, root: Path) -> None:
    answer = bring(officer)
    text = text_of(answer)
    assert answer.status_code == 200
    assert '<tr><th scope="row">Headings</th><td>3</td><td>3</td></tr>' in text
    assert "Every word of the document is in the draft" in text
    assert "We keep your application for 2 years after the permit ends." in text
    assert 'value="Parking permits"' in text and 'value="parking-permits"' in text
    assert "`--" not in text, "options of a command are no advice at the desk"
    assert not (root / "content" / "parking-permits").exists()


def test_only_the_facts_that_were_taken_are_in_the_draft(officer: Browser, root: Path) -> None:
    take = ["retention.0", "sharing.1", "owner.email"]
    answer = send(officer, bring(officer), "/desk/import/save", take=take)
    assert answer.status_code == 303
    text = written(root, "parking-permits")
    assert "\n#retention" not in text and "Proposals" not in text
    facts = content(text.encode(), "content/parking-permits/notice.md").facts
    assert isinstance(facts, dict)
    assert facts["retention"] == [{"record": "[TO WRITE: which record]", "keep": "2 years", "after": "permit ends"}]
    assert [one["who"] for one in facts["sharing"]] == ["the police"]  # type: ignore[index]
    assert facts["owner"] == {"name": "[TO WRITE: who answers]", "email": "parking@example.org"}
    assert facts["title"] == "Parking permits" and "lawful_bases" not in facts
    assert "## How long we keep it {#retention}" in text
    assert officer.desk.access.log.entries(act="import", to="parking-permits")


@pytest.mark.parametrize("name", sorted(path.name for path in DOCUMENTS.iterdir() if path.suffix != ".md"))
def test_every_fact_of_a_real_document_can_be_taken_and_is_read_again(name: str) -> None:
    imported = confined.converted((DOCUMENTS / name).read_bytes(), Settings(name, "https://www.example.org"))
    draft = parted(imported.text)
    proposed = [line for line in imported.text.split("\n") if line.startswith(("#  - ", "#transfers:"))]
    assert len([one for one in draft.proposals if one.fact != "owner"]) == len(proposed)
    assert all(one.value for one in draft.proposals)
    assert all(one.said for one in draft.proposals if "[TO WRITE: 6(1)" not in str(one.value))
    data = edited(
        draft.text.encode(), "content/new/notice.md", changes(draft.proposals, [one.name for one in draft.proposals])
    )
    notice, problems = notice_file.read(data, "content/new/notice.md", "new", "en")
    assert notice is not None and errors_in([one for one in problems if "TO WRITE" not in one.message]) == []


def test_pasted_text_becomes_a_draft_and_its_html_is_preferred(officer: Browser, root: Path) -> None:
    page = officer.get("/desk/import")
    plain = send(officer, page, "/desk/import", pasted="Allotments\n\nWe keep your name for 3 years.")
    assert 'value="Allotments"' in text_of(plain)
    rich = send(officer, page, "/desk/import", pasted="Allotments We", rich=PAGE)
    assert send(officer, rich, "/desk/import/save").status_code == 303
    assert "## Who we share it with" in written(root, "parking-permits")


def test_a_document_in_another_language_is_said_to_be_perhaps_a_translation(officer: Browser) -> None:
    answer = bring(officer, PAGE.replace("<html>", '<html lang="cy-GB">').encode())
    assert "The document says that its language is Cymraeg." in text_of(answer)
    assert "says that its language" not in text_of(bring(officer, PAGE.replace("<html>", '<html lang="en">').encode()))


def test_the_same_draft_sent_twice_is_one_notice(officer: Browser, root: Path) -> None:
    draft = bring(officer)
    first, second = (send(officer, draft, "/desk/import/save") for _ in range(2))
    assert first.status_code == second.status_code == 303
    assert sorted(path.name for path in (root / "content").iterdir()) == ["library", "parking-permits"]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"id": "library"}, "There is a notice with the short name library."),
        ({"id": "versions"}, "is an address that the site itself uses"),
        ({"id": "../../etc"}, "is not an id"),
        ({"id": "new", "title": "  "}, "The notice has no title."),
        ({"text": "---\ntitle: [\n---\n"}, "not"),
    ],
)
def test_what_cannot_be_saved_is_said_and_every_choice_stays(
    officer: Browser, root: Path, fields: dict[str, str], said: str
) -> None:
    answer = send(officer, bring(officer), "/desk/import/save", take=["retention.0"], **fields)
    text = text_of(answer)
    assert answer.status_code == 400 and said in text
    assert 'value="retention.0" checked' in text and "2 years after the permit ends" in text
    assert [path.name for path in (root / "content").iterdir()] == ["library"]


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"%PDF-1.7", "a.pdf", "copy its text and paste it here"),
        (b"\x89PNG\r\n", "a.png", "This is a picture."),
        (b"PK\x03\x04 broken", "a.docx", "damaged"),
        (word_file(paragraph("Plain."))[:-40], "a.docx", "damaged"),
        (b"Words", "notice.md", "put it into a new notice"),
        (b"   ", "a.txt", "There is nothing to read."),
    ],
)
def test_a_file_that_cannot_be_taken_is_a_sentence_and_pasted_words_stay(
    officer: Browser, data: bytes, name: str, said: str
) -> None:
    answer = bring(officer, data, name, pasted="My own words")
    assert answer.status_code == 400 and said in text_of(answer) and "My own words</textarea>" in text_of(answer)


def sent_whole(officer: Browser, size: int, **fields: str) -> Any:
    """Send a file of so many bytes; the body is made here, since the client would leave its own copy open."""
    parts = fields_of(officer.get("/desk/import")) | fields
    said = [f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in parts.items()]
    head = '--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
    body = ("".join(said) + head).encode() + b"x" * size + b"\r\n--x--\r\n"
    return officer.post("/desk/import", body, content_type="multipart/form-data; boundary=x")  # type: ignore[arg-type]


def test_a_file_over_the_limit_is_refused_with_the_words_still_there(
    officer: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = sent_whole(officer, 20_000_001, pasted="My own words")
    assert answer.status_code == 400
    assert "larger than 20 MB" in text_of(answer) and "My own words</textarea>" in text_of(answer)
    monkeypatch.setattr(large_forms, "ROOM", 10_000)
    answer = sent_whole(officer, 20_000)
    assert answer.status_code == 413 and "so it was not read" in text_of(answer)


def test_nobody_else_may_send_large_files_or_bring_documents_in(root: Path) -> None:
    desk = whole_desk(root, ANNA, CERI)
    stranger = desk.browser()
    answer = stranger.post("/desk/import", b"x" * 3_000_000, content_type="multipart/form-data; boundary=x")  # type: ignore[arg-type]
    assert answer.status_code == 413
    administrator = desk.browser()
    administrator.sign_in(CERI)
    assert administrator.get("/desk/import").status_code == 403


def test_no_more_documents_are_read_at_once_than_can_be(officer: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "PATIENCE", 0.01)
    for _ in range(reading.AT_ONCE):
        assert reading._TURNS.acquire(blocking=False)
    try:
        answer = bring(officer, pasted="My own words")
    finally:
        for _ in range(reading.AT_ONCE):
            reading._TURNS.release()
    assert answer.status_code == 503 and "My own words</textarea>" in text_of(answer)
    assert bring(officer).status_code == 200


HOSTILE = (
    b"<p>a<script>document.title='x'</script></p><img src=http://127.0.0.1:{port}/p.png>",
    b'<base href="http://127.0.0.1:{port}/"><link rel=stylesheet href=s.css><p style="background:url(b.png)">words',
    b'<iframe src="http://127.0.0.1:{port}/i"></iframe><object data="http://127.0.0.1:{port}/o"></object><p>words',
    b'<p>[x](javascript:alert(1)) <a href="javascript:alert(2)" onclick="alert(3)">go</a> </textarea><script>1</script>',
    b"<!DOCTYPE x [<!ENTITY e SYSTEM 'http://127.0.0.1:{port}/e'>]><html><body><p>&e; words",
    b"<div>" * 3_000 + b"words",
)


@pytest.fixture
def watched() -> Iterator[tuple[int, socket.socket]]:
    """A port on which somebody would hear of a fetch."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server.getsockname()[1], server


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_a_hostile_page_does_nothing_and_nothing_is_fetched(
    officer: Browser, watched: tuple[int, socket.socket], number: int
) -> None:
    port, server = watched
    answer = bring(officer, HOSTILE[number].replace(b"{port}", str(port).encode()), "a.html", read_as="html")
    assert answer.status_code in (200, 400)
    shown = answer.get_data(as_text=True)
    assert "<script>" not in shown and "onclick" not in shown and 'href="javascript:' not in shown
    with pytest.raises(BlockingIOError):
        server.accept()


@pytest.mark.parametrize("seed", range(6))
def test_a_mutated_word_file_is_a_draft_or_a_sentence(officer: Browser, seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311 (repeatable on purpose)
    data = mutated(rng.choice([make() for make in word_documents.ALL.values()]), rng)
    answer = bring(officer, data, "a.docx")
    assert answer.status_code in (200, 400)


def test_proposals_that_the_desk_never_sent_do_no_harm(officer: Browser, root: Path) -> None:
    draft = bring(officer)
    for sent in ("", "[", "{}", "[1]", '[{"name":"a","fact":"a.b","value":[[]],"said":[]}]', "[" * 100_000):
        answer = send(officer, draft, "/desk/import/save", proposals=sent, take=["a"])
        assert answer.status_code in (303, 400)


def paste(page: Page) -> None:
    page.locator("#pasted").fill("Allotments\n\nWe keep your name for 3 years after you leave.")
    page.locator("main form button").click()
    page.locator("main summary").last.click()


def test_the_pages_fit_and_have_no_barrier(browser: Chromium, root: Path) -> None:
    with served_desk(root, ANNA, BEN) as desk:
        look(browser, desk, ANNA, "/desk/import", paste)


def test_what_is_pasted_keeps_its_headings_with_script(browser: Chromium, root: Path) -> None:
    with served_desk(root, ANNA) as desk, visit(browser, desk, ANNA) as page:
        page.goto(f"{desk.access.config.address}/desk/import")
        page.evaluate(
            """html => {
                const data = new DataTransfer();
                data.setData("text/html", html); data.setData("text/plain", "Parking permits");
                document.querySelector("#pasted").dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true}));
                document.querySelector("#pasted").value = "Parking permits";
            }""",
            PAGE,
        )
        page.wait_for_function("document.forms.length && document.querySelector('[name=rich]').value")
        page.get_by_role("button", name="Read it").click()
        page.get_by_label("Take this fact over").first.check()
        page.get_by_role("button", name="Save the draft").click()
        expect(page.get_by_text("is saved as a draft")).to_be_visible()
    data = (root / "content/parking-permits/notice.md").read_bytes()
    assert b"retention:" in data and b"\r" not in data, "browsers send CRLF"
