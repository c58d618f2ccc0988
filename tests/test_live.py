"""An editor's view while writing: drafts, changes and problems, as the files are now."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from watchfiles import watch as watch_files
from watchfiles._rust_notify import WatchfilesRustInternalError
from werkzeug.test import Client, TestResponse
from werkzeug.wrappers import Response

from generator.building import build
from generator.building.site.open_site import OpenSite
from generator.preview import watching
from generator.preview.live_reload import DIGEST, SCRIPT, TURN, Live
from generator.preview.server import OneAddress
from generator.preview.watching import watch
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
    top, *sections = get(live, "/draft/library/").text.split("<section id=")
    assert "“[who]” is a gap" in top
    (whose,) = [section for section in sections if "“[whose]” is a gap" in section]
    assert whose.startswith('"data-subjects"')


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
        ("templates/page.html", "{% include 'gone.html' %}", "asks for gone.html, which neither", ("/cookies/",)),
        ("templates/page.html", "{{ nothing.at.all }}", "A template cannot be used", ("/cookies/",)),
        ("content/pages/cookies.md", "<<<<<<< ours\n", "merge", ("/cookies/",)),
        ("templates/history.html", "caf\xe9", "it is not saved as UTF-8", ("/library/history/",)),
        ("templates/history.html", "{{ 1 // 0 }}", "A template cannot be used", ("/library/history/",)),
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
    path.write_text(text, "latin-1")
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


def test_what_no_check_knows_is_said_and_the_next_save_mends_it(root: Path) -> None:
    """The page that is open reports any failure and is loaded anew once it is mended."""
    states: list[Exception | None] = [ValueError("half a line"), None]

    def site(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if (failure := states.pop(0)) is not None:
            raise failure
        return Response("<body>Shown</body>", mimetype="text/html")(environ, start_response)

    live = Live(root, str, site)
    answer = get(live, "/")
    assert (answer.status_code, "half a line" in answer.text, SCRIPT in answer.text) == (503, True, True)
    assert get(live, "/").status_code == 200


def test_a_folder_in_the_place_of_strings_is_named(root: Path, live: Live) -> None:
    (root / "templates" / "strings" / "en.yml").mkdir(parents=True)
    answer = get(live, "/library/")
    assert (answer.status_code, "en.yml" in answer.text, "it is a folder" in answer.text) == (503, True, True)


def test_a_look_that_fails_stops_no_later_one(root: Path) -> None:
    def look() -> str:
        raise ValueError("half a line")

    live = Live(root, look, Response("<body>Shown</body>", mimetype="text/html"))
    seen = live.turn
    assert "half a line" in live.rebuild()
    assert live.turn != seen


def test_an_open_page_is_told_as_soon_as_something_changed(live: Live) -> None:
    seen = live.turn
    assert f'data-turn="{seen}"' in get(live, "/library/").text
    live.rebuild()
    assert get(live, TURN).text == live.turn != seen


def test_a_page_differs_from_the_built_one_by_a_script_alone(root: Path, live: Live) -> None:
    """Without script the preview says nothing of its own."""
    build.build(read(root), root / "public", TODAY)
    page = get(live, "/library/")
    rest, scripts = re.subn(rf'<script src="{SCRIPT}" data-turn="\w+" data-page="\w+" defer></script>\n', "", page.text)
    assert (rest, scripts) == ((root / "public" / "library" / "index.html").read_text("utf-8"), 1)


def test_a_page_can_be_asked_whether_it_changed(root: Path, live: Live) -> None:
    def digests() -> list[str]:
        answers = [Client(live).head(path) for path in ("/library/", "/draft/library/")]
        assert all(answer.get_data() == b"" for answer in answers)
        return [answer.headers[DIGEST] for answer in answers]

    before = digests()
    assert f'data-page="{before[0]}"' in get(live, "/library/").text
    write_notice(root, NOTICE.replace("We look after", "We guard"))
    live.rebuild()
    after = digests()
    assert after[0] == before[0]
    assert after[1] != before[1]


def test_a_request_for_the_next_turn_is_answered_when_it_comes(live: Live) -> None:
    seen = live.turn
    assert get(live, f"{TURN}?after=another").text == seen
    with ThreadPoolExecutor(30) as pool:
        waiting = [pool.submit(get, live, f"{TURN}?after={seen}") for _ in range(30)]
        assert get(live, "/library/").status_code == 200
        live.rebuild()
        assert {answer.result().text for answer in waiting} == {live.turn}
    assert live.turn != seen


def test_the_answer_to_a_form_is_not_loaded_anew(root: Path) -> None:
    """It would send the form again."""

    def site(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        return Response("<body></body>", mimetype="text/html")(environ, start_response)

    live = Live(root, str, site)
    assert SCRIPT in Client(live).get("/consent/library").text
    assert SCRIPT not in Client(live).post("/consent/library").text


def test_no_built_file_contains_the_script_of_the_preview(root: Path, live: Live) -> None:
    assert "fetch" in get(live, SCRIPT).text
    for path in (root / "public").rglob("*"):
        assert not path.is_file() or b"draft/-/" not in path.read_bytes(), path


class Noticed:
    """The reports of a watch of a site's folder, until the block ends."""

    def __init__(self, root: Path) -> None:
        self.day = TODAY
        self._root = root
        self._stop, self._changed = threading.Event(), threading.Semaphore(0)

    def __enter__(self) -> Noticed:
        watch(self._root, self._stop, self._changed.release, lambda: self.day)
        deadline = time.monotonic() + 20
        while not self.something(0.5):  # the watch needs a moment to be in place
            assert time.monotonic() < deadline
            for path in (self._root / "site.yml", self._root / "content" / "library" / "notice.md"):
                path.write_bytes(path.read_bytes())
        self.quiet()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()

    def something(self, seconds: float = 20) -> bool:
        """Whether a change is reported within that time."""
        return self._changed.acquire(timeout=seconds)

    def quiet(self) -> None:
        """Wait until nothing more is reported."""
        while self.something(0.5):
            pass


def test_a_save_is_noticed_and_what_the_build_writes_is_not(root: Path) -> None:
    with Noticed(root) as noticed:
        write_notice(root, NOTICE.replace("We look after", "We guard"))
        assert noticed.something()
        noticed.quiet()
        build.build(read(root), root / "public", TODAY)
        assert not noticed.something(1)


def test_saves_of_an_editor_that_renames_are_each_noticed(root: Path) -> None:
    path = root / "content" / "library" / "notice.md"
    with Noticed(root) as noticed:
        for turn in range(2):  # as vim saves: the old file is renamed, a new one takes its place
            before = path.with_name("notice.md~")
            path.rename(before)
            path.write_text(NOTICE.replace("We look after", f"We guard {turn}"), "utf-8")
            before.unlink()
            assert noticed.something()
            noticed.quiet()


def test_where_the_system_takes_no_more_watches_files_are_looked_at_and_that_is_said(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = list[str]()

    def full(*paths: Path, **options: Any) -> Any:
        if not options.get("force_polling"):
            raise WatchfilesRustInternalError("error in underlying watcher: OS file watch limit reached.")
        return watch_files(*paths, **options)

    monkeypatch.setattr(watching, "watch_files", full)
    stop, changed = threading.Event(), threading.Semaphore(0)
    watch(root, stop, changed.release, lambda: TODAY, said.append)
    try:
        deadline = time.monotonic() + 20
        while not changed.acquire(timeout=1):
            assert time.monotonic() < deadline
        time.sleep(1)  # until the first look at all files is done
        while changed.acquire(timeout=0.1):
            pass
        write_notice(root, NOTICE.replace("We look after", "We guard"))
        assert changed.acquire(timeout=20)
    finally:
        stop.set()
    assert set(said) == {watching.POLLING}


def test_a_theme_that_comes_later_is_watched_and_one_that_was_replaced_too(root: Path) -> None:
    site = (root / "site.yml").read_text("utf-8")
    with Noticed(root) as noticed:
        (root / "site.yml").write_text(f"{site}theme: {{templates: themes/own}}\n", "utf-8")
        for turn in range(2):
            (root / "themes" / "own").mkdir(parents=True)
            assert noticed.something()
            noticed.quiet()
            (root / "themes" / "own" / "site.css").write_text(":root { --accent: #0b5c6b; }", "utf-8")
            assert noticed.something()
            (root / "themes").rename(root / f"before-{turn}")
            assert noticed.something()
            noticed.quiet()


def test_the_beginning_of_a_day_is_noticed(root: Path) -> None:
    with Noticed(root) as noticed:
        noticed.day += timedelta(days=1)
        assert noticed.something()
