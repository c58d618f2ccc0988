"""The desk's frame: its app, its languages, its command, and the desk beside the preview."""

from __future__ import annotations

import socket
import sys
import tomllib
from datetime import date
from importlib import import_module
from pathlib import Path

import pytest
from werkzeug.serving import WSGIRequestHandler

from desk.app import create_app
from desk.config import Config
from desk.strings import LANGUAGES, desk_words
from generator import cli
from generator.preview import beside
from tests.desk_fixtures import client, desk
from tests.site_fixtures import PROJECT, make_site


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_site(tmp_path)


def test_nobody_passes_the_door_without_signing_in(root: Path) -> None:
    browser = create_app(root, Config()).test_client()
    assert browser.get("/desk/").status_code in (302, 303, 403)
    with browser.get("/desk/static/desk.css") as styles:
        assert styles.status_code == 200


def test_the_home_page_is_in_english_and_in_welsh_and_the_choice_is_kept(root: Path) -> None:
    browser = client(root)
    assert '<html lang="en">' in browser.get("/desk/").text
    welsh = browser.get("/desk/?language=cy").text
    assert '<html lang="cy">' in welsh and "Hysbysiadau" not in welsh.partition("<main")[0].partition("<title>")[0]
    assert '<html lang="cy">' in browser.get("/desk/accessibility").text
    assert '<html lang="en">' in browser.get("/desk/?language=xx").text


def test_every_sentence_is_in_both_languages_with_the_same_places() -> None:
    english, welsh = (desk_words(language).sentences for language in LANGUAGES)
    assert set(english) == set(welsh)
    from desk.strings import PLACE

    assert {key for key in english if set(PLACE.findall(english[key])) != set(PLACE.findall(welsh[key]))} == set()


def test_the_desk_shows_the_site_below_its_own_address(root: Path) -> None:
    place = desk(root, port=8123).extensions["desk"]
    assert place.ask(lambda site: site.repository.site.base_url) == "http://127.0.0.1:8123/desk/preview"


def test_every_entry_point_of_the_desk_can_be_loaded() -> None:
    points = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]["entry-points"]
    assert set(points) == {cli.FURTHER, beside.GROUP}
    for group in points.values():
        for target in group.values():
            module, _, name = target.partition(":")
            assert getattr(import_module(module), name)


def test_a_neighbour_of_the_preview_listens_on_the_next_free_port(root: Path) -> None:
    ended = []

    def maker(root: Path, host: str, port: int, today: object) -> beside.Neighbour:
        return beside.Neighbour(lambda environ, start: [b""], f"on {port}", lambda: ended.append(port))

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        today = lambda: date(2026, 11, 30)  # noqa: E731
        with beside.running([maker], root, "127.0.0.1", port - 1, today, WSGIRequestHandler) as (line,):
            assert int(line.removeprefix("on ")) > port
            with socket.create_connection(("127.0.0.1", int(line.removeprefix("on "))), 5):
                pass
    assert ended


def test_the_desk_beside_the_preview_is_made_when_it_is_asked(root: Path) -> None:
    from desk.commands import Desk

    made = Desk(root, Config(), None)
    assert made._app is None
    made.close()


def test_starting_a_command_of_noticeboard_does_not_load_the_desk() -> None:
    import subprocess

    code = "import sys, generator.cli as c; c.parser('check'); print([n for n in sys.modules if n.startswith('desk')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True, cwd=PROJECT)
    assert done.stdout.strip() == "[]"
