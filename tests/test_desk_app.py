"""The desk's frame: its app, its languages, its command, and the desk beside the preview."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import tomllib
from datetime import date
from importlib import import_module
from pathlib import Path

import pytest
from werkzeug.serving import WSGIRequestHandler

from desk import commands
from desk.commands import beside as beside_preview
from generator import cli
from generator.preview import beside
from tests.desk_fixtures import ANNA, BEN, CERI, signed_in, whole_desk
from tests.site_fixtures import PROJECT, make_site


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_site(tmp_path)


def preview_of(root: Path) -> beside.Preview:
    return beside.Preview(root, lambda: date(2026, 11, 30), "http://127.0.0.1:8000", lambda: "no key")


def test_nobody_passes_the_door_without_signing_in(root: Path) -> None:
    browser = whole_desk(root).browser()
    assert browser.get("/desk/").headers["Location"].startswith("/desk/sign-in")
    with browser.get("/desk/static/desk.css") as styles:
        assert styles.status_code == 200


def test_every_page_is_in_the_language_that_was_chosen(root: Path) -> None:
    browser = signed_in(root)
    page = browser.get("/desk/")
    assert '<html lang="en">' in page.text and "<strong>Exampleshire</strong>" in page.text
    browser.press(page, "/desk/language", language="cy", back="/desk/")
    for path in ("/desk/", "/desk/accessibility"):
        assert '<html lang="cy">' in browser.get(path).text


def test_the_head_shows_the_ways_of_the_roles_that_somebody_has(root: Path) -> None:
    assert 'aria-current="page">Home</a>' in signed_in(root).get("/desk/").text


def test_the_desk_shows_the_site_below_its_own_address(root: Path) -> None:
    place = whole_desk(root, port=8123).app.extensions["desk"]
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

    def maker(preview: beside.Preview, host: str, port: int) -> beside.Neighbour:
        return beside.Neighbour(lambda environ, start: [b""], f"on {port}", lambda: ended.append(port))

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with beside.running([maker], preview_of(root), "127.0.0.1", port - 1, WSGIRequestHandler) as (line,):
            assert int(line.removeprefix("on ")) > port
            with socket.create_connection(("127.0.0.1", int(line.removeprefix("on "))), 5):
                pass
    assert ended


def test_the_desk_beside_the_preview_is_made_when_it_is_asked_and_prints_an_address_that_signs_in(root: Path) -> None:
    neighbour = beside_preview(preview_of(root), "127.0.0.1", 8002)
    assert neighbour is not None and isinstance(neighbour.app, commands.Desk)
    assert neighbour.app._app is None
    path = re.search(r"http://127\.0\.0\.1:8002(/desk/sign-in/here/\S+)", neighbour.line)
    assert path
    neighbour.app.open()
    page = neighbour.app._app.test_client().get(path[1], base_url="http://127.0.0.1:8002")
    assert page.status_code == 200 and "<button" in page.text
    neighbour.close()


def test_the_operator_is_told_at_the_start_what_keeps_saves_out_of_history(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    subprocess.run(["git", "init", "--quiet", str(root)], check=True)
    hook = root / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    neighbour = beside_preview(preview_of(root), "127.0.0.1", 8002)
    assert neighbour is not None and isinstance(neighbour.app, commands.Desk)
    assert capsys.readouterr().err == "", "the preview starts without the desk"
    neighbour.app.open()
    told = capsys.readouterr().err
    assert "The desk runs no hooks: pre-commit" in told and "Changes that no commit has: content/, site.yml" in told
    neighbour.app.tell()  # as `noticeboard desk` does before it answers
    assert capsys.readouterr().err == told
    neighbour.close()


def test_the_desk_does_not_run_beside_a_preview_that_others_can_reach(root: Path) -> None:
    assert beside_preview(preview_of(root), "0.0.0.0", 8002) is None  # noqa: S104


def test_starting_a_command_of_noticeboard_does_not_load_the_desk() -> None:
    code = "import sys, generator.cli as c; c.parser('check'); print([n for n in sys.modules if n.startswith('desk')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True, cwd=PROJECT)
    assert done.stdout.strip() == "[]"


def test_the_first_steps_lead_where_somebody_may_go(root: Path) -> None:
    page = signed_in(root, CERI).get("/desk/")
    assert 'href="/desk/settings"' in page.text and 'href="/desk/people"' in page.text
    editor = signed_in(root, ANNA).get("/desk/").text
    assert 'href="/desk/import"' in editor and 'href="/desk/settings"' not in editor


def test_the_first_steps_are_gone_once_they_are_done(root: Path) -> None:
    desk = whole_desk(root, ANNA, BEN)
    anna = desk.browser()
    anna.sign_in(ANNA)
    assert "First steps" not in anna.get("/desk/").text
