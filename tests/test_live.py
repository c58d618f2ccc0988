"""What an editor sees while writing: drafts, what would change, and what is wrong, as the files say it now."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest
from werkzeug.test import Client, TestResponse

from generator.building import build
from generator.building.site.open_site import OpenSite
from generator.preview.live_reload import SCRIPT, TURN, Live, watch
from generator.preview.server import OneAddress
from tests.browser import chromium
from tests.serving import served
from tests.site_fixtures import NOTICE, TODAY, make_site, publish, read, write_notice
from tests.test_prose import HOSTILE

EVERY = ("/", "/library/", "/draft/library/", "/cookies/")
WRONG = (
    NOTICE.replace("purposes: news\n", "purposes: lend\n")
    .replace("keep: 2 years", "kepp: 1 year, keep: 2 years")
    .replace("We look after", "We look after [[nothing]] and")
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = make_site(tmp_path)
    publish(root, "2026-10-01", "First.", "material")
    return root


@pytest.fixture
def live(root: Path) -> Live:
    return Live(root, lambda: "", OneAddress(OpenSite(root, lambda: TODAY).file, lambda *_: []))


def get(live: Live, path: str) -> TestResponse:
    return Client(live).get(path)


def test_a_working_text_is_shown_with_what_it_would_change(root: Path, live: Live) -> None:
    write_notice(root, NOTICE.replace("We look after", "We guard"))
    live.rebuild()
    listed = get(live, "/draft/").text
    assert "Differs from the last version." in listed and 'href="/draft/library/changes/"' in listed
    changes = get(live, "/draft/library/changes/").text
    assert "</span>guard<span" in changes and "</span>look after<span" in changes
    assert "We guard" not in get(live, "/library/").text


def test_a_problem_stands_at_the_section_it_belongs_to(root: Path, live: Live) -> None:
    write_notice(root, WRONG)
    live.rebuild()
    page = get(live, "/draft/library/").text
    for name, what in (("retention", "`kepp`"), ("our-promise", "nothing")):
        section = page.split(f'<section id="{name}">')[1].split("</section>")[0]
        assert what in section and "content/library/notice.md, " in section
    choice = page.split('id="your-choice">')[1].split("</section>")[0]
    assert 'class="error"' in choice
    assert "Errors: " in get(live, "/draft/").text


def test_a_problem_with_whose_data_it_is_stands_there_and_one_with_the_owner_on_top(root: Path, live: Live) -> None:
    wrong = NOTICE.replace("name: Libraries, email", "name: '[who]', email").replace(
        "data: [", "data_subjects: ['[whose]']\ndata: ["
    )
    write_notice(root, wrong)
    live.rebuild()
    top, *sections = get(live, "/draft/library/").text.split("<section ")
    assert "“[who]” is a gap" in top
    (whose,) = [section for section in sections if "“[whose]” is a gap" in section]
    assert whose.startswith('id="data-subjects"')


def test_a_file_that_cannot_be_read_shows_why_and_no_stale_draft(root: Path, live: Live) -> None:
    (root / "content" / "library" / "notice.md").write_bytes(b"---\ntitle: Library\n---\nCaf\xe9\n")
    live.rebuild()
    assert "This file cannot be read." in get(live, "/draft/").text
    page = get(live, "/draft/library/").text
    assert "UTF-8" in page and "We look after" not in page


def test_a_text_that_cannot_be_rendered_in_time_is_not_compared_either(root: Path, live: Live) -> None:
    (root / "content" / "library" / "notice.md").write_text(f"{NOTICE}\n{HOSTILE['numbers']}\n", "utf-8")
    live.rebuild()
    text = get(live, "/draft/library/").text
    assert 'class="error"' in text and "/draft/library/changes/" not in text
    assert get(live, "/draft/library/changes/").status_code == 404


@pytest.mark.parametrize(
    ("name", "text", "said", "harmed"),
    [
        ("site.yml", "organisation: {name: Exampleshire}\nbase_urls: x\n", "Did you mean `base_url`?", EVERY),
        ("content/library/versions/1.yml", "- [", "content/library/versions/1.yml", EVERY),
        ("templates/notice.html", "{% if page.title %}", "A template cannot be used", ("/library/", "/draft/library/")),
        ("templates/page.html", "{{ nothing.at.all }}", "A template cannot be used", ("/cookies/",)),
        ("content/pages/cookies.md", "<<<<<<< ours\n", "merge", ("/cookies/",)),
    ],
)
def test_a_page_that_cannot_be_made_says_why_and_all_others_stay(
    name: str, text: str, said: str, harmed: tuple[str, ...], root: Path, live: Live
) -> None:
    (root / "content" / "pages").mkdir()
    (root / "content" / "pages" / "cookies.md").write_text("---\ntitle: Cookies\n---\nNone.\n")
    path = root / name
    before = path.read_text() if path.exists() else None
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    live.rebuild()
    for address in EVERY:
        answer = get(live, address)
        assert SCRIPT in answer.text
        if address in harmed:
            assert answer.status_code == 503 and said in answer.text
            assert "look after" not in answer.text
        else:
            assert answer.status_code == 200
    path.write_text(before) if before is not None else path.unlink()
    live.rebuild()
    assert get(live, "/library/").status_code == 200


def test_an_open_page_is_told_as_soon_as_something_changed(live: Live) -> None:
    seen = live.turn
    assert f'data-turn="{seen}"' in get(live, "/library/").text
    live.rebuild()
    assert get(live, TURN).text == live.turn != seen


def test_no_built_file_contains_the_script_of_the_preview(root: Path, live: Live) -> None:
    assert "fetch" in get(live, SCRIPT).text
    for path in (root / "public").rglob("*"):
        assert not path.is_file() or b"draft/-/" not in path.read_bytes(), path


def test_a_save_is_noticed_and_what_the_build_writes_is_not(root: Path) -> None:
    stop, changed = threading.Event(), threading.Semaphore(0)
    watch(root, stop, changed.release)
    try:
        deadline = time.monotonic() + 20
        while not changed.acquire(timeout=0.5):  # the watcher needs a moment to be there
            assert time.monotonic() < deadline
            write_notice(root, NOTICE.replace("We look after", f"We guard {time.monotonic()}"))
        while changed.acquire(timeout=1):
            pass
        build.build(read(root), root / "public", TODAY)
        assert not changed.acquire(timeout=1.5)
    finally:
        stop.set()


def test_the_browser_shows_a_saved_text_by_itself(root: Path) -> None:
    with served(root, "--date", str(TODAY)) as address, chromium() as browser:
        page = browser.new_page()
        page.goto(f"{address}/draft/library/")
        write_notice(root, NOTICE.replace("We look after", "We cherish"))
        page.get_by_text("We cherish").wait_for()
        write_notice(root, "---\ntitle: [\n---\n")
        page.get_by_text("This line cannot be read").wait_for()
