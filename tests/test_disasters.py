"""docs/disasters.md is followed: each disaster is told, nothing goes on falsely, and what the page says brings it back."""

from __future__ import annotations

import re
import shutil
import subprocess
import threading
from datetime import UTC, datetime
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from desk.people.act_log import ActLog, Entry
from desk.people.people_file import PeopleFile, first_administrator
from generator.cli import main as noticeboard
from tests.consent_fixtures import MANIFEST, FakeClock, form, published
from tests.site_fixtures import NOTICE, PROJECT, make_site, publish, write_notice
from tests.test_verify_live import Quiet
from widget.app import close_app, create_app
from widget.cli import main
from widget.config import Config
from widget.errors import StartRefused

PAGE = (PROJECT / "docs" / "disasters.md").read_text("utf-8")
PARTS = ("Signs", "What still works", "Do this", "Do not do this", "How to see that it is whole", "Tests")
SECTIONS = dict(re.findall(r"^## (.+)\n\n((?:(?!^## ).*\n?)*)", PAGE, re.MULTILINE))
DESTROYS = re.compile(
    r"\brm\b|\bDROP\b|\bDELETE\b|\bTRUNCATE\b|--force|reset --hard|mkfs|fsck|initdb|\bdelete\b|\bremove\b", re.I
)


@pytest.mark.parametrize("section", SECTIONS)
def test_each_disaster_has_its_parts_and_tests_that_are_there(section: str) -> None:
    told = dict(re.findall(r"^\*\*([^*]+)\.\*\* ((?:.+\n?)+)", SECTIONS[section], re.MULTILINE))
    assert tuple(told) == PARTS
    assert f"(#{re.sub(r'[^a-z -]', '', section.lower()).replace(' ', '-')})" in PAGE
    named = re.findall(r"`(tests/\w+\.py)::(test_\w+)`", told["Tests"])
    assert named and len(named) == told["Tests"].count("::")
    for file, test in named:
        assert f"\ndef {test}(" in (PROJECT / file).read_text("utf-8"), f"{file} has no {test}"
    assert not DESTROYS.search(told["Do this"]), "no remedy destroys"


@pytest.fixture
def config(tmp_path: Path) -> Config:
    """A service with an answer, stopped."""
    made = published(tmp_path / "live")
    app = create_app(made, FakeClock())
    answer(app.test_client(use_cookies=False))
    close_app(app)
    return made


def answer(client: FlaskClient) -> int:
    """Answer with an address: the status."""
    sent = form(photos="given") | {"email": "resident@example.org"}
    return client.post("/consent/family-hubs", data=sent).status_code


def run(config: Config, command: str, *more: str) -> int:
    """A command on that service."""
    return main([command, *more, "--database", config.database, "--keys", str(config.keys_folder)])


def away(folder: Path, pattern: str) -> Path:
    """Move files out of a folder; where they are."""
    place = folder.parent / "away"
    place.mkdir()
    for path in list(folder.glob(pattern)):
        path.rename(place / path.name)
    return place


def back(place: Path, folder: Path) -> None:
    """Move them back, over what came in their place."""
    for path in list(place.iterdir()):
        path.rename(folder / path.name)
    place.rmdir()


def test_a_database_that_is_gone_is_told_and_comes_back_whole(config: Config) -> None:
    folder = config.manifest.parent.parent
    app = create_app(config, FakeClock())
    client = app.test_client(use_cookies=False)
    place = away(folder, "consents.db*")
    told = [client.get("/readyz").status_code, answer(client), client.get("/consent/family-hubs").status_code]
    assert told == [503, 503, 200]
    back(place, folder)
    assert [client.get("/readyz").status_code, answer(client)] == [200, 303]
    close_app(app)
    place = away(folder, "consents.db*")
    with pytest.raises(StartRefused, match=r"There is no database .*/consents\.db, but 6 events were signed"):
        create_app(config, FakeClock())
    assert not (folder / "consents.db").exists()
    back(place, folder)
    assert run(config, "verify") == 0


def test_a_lost_machine_comes_back_from_its_backups(
    config: Config, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copies, folder = tmp_path / "copies", config.manifest.parent.parent
    assert run(config, "backup", str(copies / "consents.db")) == 0
    shutil.copytree(config.keys_folder, copies / "keys")
    shutil.copytree(config.manifest.parent, copies / "public")
    shutil.rmtree(folder)
    folder.mkdir()
    shutil.copytree(copies / "keys", config.keys_folder)
    shutil.copytree(copies / "public", config.manifest.parent)
    manifest = ("--manifest", str(config.manifest))
    assert main(["drill", str(copies / "consents.db"), "--keys", str(copies / "keys"), *manifest]) == 0
    assert run(config, "restore", str(copies / "consents.db"), *manifest) == 0
    assert f"{len(MANIFEST.versions) + 1} events are back. 0 erasures were done again." in capsys.readouterr().out
    app = create_app(config, FakeClock())
    assert answer(app.test_client(use_cookies=False)) == 303
    close_app(app)
    assert run(config, "verify", *manifest) == 0


def test_lost_keys_are_put_back_or_made_anew_and_no_entry_is_lost(
    config: Config, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = config.manifest.parent.parent
    app = create_app(config, FakeClock())
    client = app.test_client(use_cookies=False)
    place = away(folder, "keys")
    assert [client.get("/readyz").status_code, answer(client)] == [503, 503]
    back(place, folder)
    assert [client.get("/readyz").status_code, answer(client)] == [200, 303]
    old = client.get("/log/key").text
    close_app(app)
    place = away(folder, "keys")
    with pytest.raises(StartRefused, match="Restore the folder from its backup"):
        create_app(config, FakeClock())
    app = create_app(Config(**{**vars(config), "new_keys": True}), FakeClock())
    client = app.test_client(use_cookies=False)
    assert client.get("/log/key").text != old
    assert client.post("/withdraw", data={"name": "A Resident", "phone": "0161 496 0002"}).status_code == 303
    assert answer(client) == 303
    close_app(app)
    capsys.readouterr()
    assert run(config, "verify") == 1
    said = capsys.readouterr().out.splitlines()
    assert all("cannot be opened" in line or "details" in line or "receipt" in line for line in said), said


def test_a_manifest_that_is_gone_costs_nothing_while_it_runs_and_is_taken_when_it_is_back(config: Config) -> None:
    app = create_app(config, FakeClock())
    client = app.test_client(use_cookies=False)
    place = away(config.manifest.parent, "*.json")
    assert [client.get("/readyz").status_code, answer(client)] == [503, 303]
    back(place, config.manifest.parent)
    assert [client.get("/readyz").status_code, answer(client)] == [200, 303]
    close_app(app)


def test_content_is_put_back_whole_and_what_an_older_copy_lacks_is_taken_from_the_live_site(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site = make_site(tmp_path)
    assert publish(site, "2026-10-01", "First.") == 0
    shutil.copytree(site / "content", tmp_path / "older")
    write_notice(site, NOTICE.replace("We look after", "We guard"))
    assert publish(site, "2026-10-02", "Second.") == 0
    shutil.copytree(site / "content", tmp_path / "newest")
    day = ("--root", str(site), "--date", "2026-11-24")
    assert noticeboard(["build", *day]) == 0
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site / "public"))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        live = f"http://127.0.0.1:{server.server_port}"
        for copy in ("newest", "older"):
            shutil.rmtree(site / "content")
            shutil.copytree(tmp_path / copy, site / "content")
            assert noticeboard(["verify", *day]) == 0
            assert noticeboard(["verify", "--live", live, *day]) == (copy == "older")
        assert "library/2/en is live, and content/ has lost it" in capsys.readouterr().err
        shutil.copy(site / "public/library/v/2/notice.yml", site / "content/library/versions/2.yml")
        command = "sha256sum library/versions/2.yml >> versions.lock"  # as docs/disasters.md says
        assert command.replace("library", "NOTICE").replace("2.yml", "N.yml") in PAGE
        subprocess.run(["sh", "-c", command], cwd=site / "content", check=True)
        assert noticeboard(["verify", *day]) == 0
        assert noticeboard(["verify", "--live", live, *day]) == 0
        assert noticeboard(["build", *day]) == 0
        server.shutdown()


def test_the_desks_people_and_log_are_put_back(tmp_path: Path) -> None:
    folder, copy = tmp_path / "desk", tmp_path / "copy"
    folder.mkdir(mode=0o700)
    person = first_administrator(PeopleFile(folder), "An Editor", "editor@example.org", lambda: "abcd")
    ActLog(folder).append(Entry(datetime(2026, 11, 24, tzinfo=UTC), person.id, "edit", "library"))
    copy.mkdir()
    shutil.copy(folder / "people.yml", copy)
    shutil.copytree(folder / "log", copy / "log")
    shutil.rmtree(folder)
    shutil.copytree(copy, folder)
    folder.chmod(0o700)
    assert [one.name for one in PeopleFile(folder).people().persons] == ["An Editor"]
    assert [entry.act for entry in ActLog(folder).entries()] == ["edit"]
