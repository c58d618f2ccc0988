"""After a publication the desk builds the site in a child process, runs the operator's program, and looks at the live site."""

from __future__ import annotations

import logging
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from textwrap import dedent

import pytest

from desk.access import open_access
from desk.afterwards import afterwards_of
from desk.app import close_app, create_app
from desk.config import Config
from desk.live import child
from desk.live.looking import NotSeen, is_live
from desk.live.publisher import Publisher
from desk.live.state import Last, LiveFolder, Outcome, is_due
from generator import repository
from generator.cli import main
from tests.desk_access_fixtures import Browser, Clock, Desk
from tests.desk_fixtures import ANNA, NOW
from tests.site_fixtures import NOTICE, SITE, make_site, publish, write_notice
from widget.errors import StartRefused
from widget.mail.message import Letter

DEPLOY = """\
    import json, os, shutil, sys, time
    from pathlib import Path
    built, live = map(Path, sys.argv[1:])
    with (live.parent / "deploys").open("a") as deploys:
        deploys.write(f"{built}\\n")
    (live.parent / "environment").write_text(json.dumps(dict(os.environ)))
    shutil.copytree(built, live, dirs_exist_ok=True)
"""
PUBLISH = "/desk/notices/library/publish"


class Quiet(SimpleHTTPRequestHandler):
    """Logs no request."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def web_server(folder: Path) -> Iterator[str]:
    """A web server on loopback for a folder."""
    folder.mkdir(exist_ok=True)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


@dataclass
class Scene:
    """A desk with a web server for its site."""

    desk: Desk
    root: Path
    live: Path
    publisher: Publisher

    def publish(self, summary: str = "We say it more clearly.", **more: str) -> None:
        browser = self.browser()
        page = browser.get(PUBLISH)
        seen = page.text.split('name="seen" value="')[1].split('"')[0]
        sent = {"seen": seen, "kind": "clarification", "summary": summary} | more
        assert browser.press(page, PUBLISH, **sent).status_code == 303

    def browser(self) -> Browser:
        browser = self.desk.browser()
        assert browser.sign_in(ANNA).status_code == 303
        return browser

    def said(self, path: str = "/desk/notices/library/versions") -> str:
        return self.browser().get(path).text

    @property
    def deploys(self) -> list[str]:
        log = self.live.parent / "deploys"
        return log.read_text("utf-8").splitlines() if log.exists() else []


@contextmanager
def scene(folder: Path, deploy: str = DEPLOY, on: datetime = NOW, **options: object) -> Iterator[Scene]:
    """A desk on a site whose text changed since its first version."""
    live, script, root = folder / "live", folder / "deploy.py", folder / "site"
    script.write_text(dedent(deploy), "utf-8")
    root.mkdir()
    with web_server(live) as address:
        make_site(root, site=SITE.replace("https://privacy.example.org", address))
        assert publish(root, "2026-10-01", "First.", "material") == 0
        write_notice(root, NOTICE.replace("We look after", "We take good care of"))
        given = {"deploy": (sys.executable, str(script), "{built}", str(live)), "folder": root / "var/desk"} | options
        clock, letters = Clock(on), list[Letter]()
        access = open_access(Config.from_env({}, **given), clock, os.urandom)
        app = create_app(root, access, send=letters.append)
        desk = Desk(app, access, clock, letters)
        desk.add(ANNA)
        publisher = afterwards_of(app).publisher
        publisher.waits = (0.0,)
        try:
            yield Scene(desk, root, live, publisher)
        finally:
            close_app(app)


def test_what_was_published_is_built_deployed_and_seen_live(tmp_path: Path) -> None:
    with scene(tmp_path) as here:
        assert "Live, checked" not in here.said()
        here.publish()
        here.publisher.wait()
        assert "Live, checked 10:00." in here.said()
        assert "Live, checked 10:00." in here.said(PUBLISH) and "Live, checked 10:00." in here.said("/desk/")
        assert "good care" in (here.live / "library/index.html").read_text("utf-8")
        here.desk.clock.later(days=1)
        assert "Live, checked 10:00 on 30 November 2026." in here.said()
        assert here.desk.letters == [] and len(here.deploys) == 1


def test_the_program_gets_a_bare_environment_and_no_shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESK_CLIENT_SECRET", "a-secret")
    with scene(tmp_path) as here:
        here.publish(summary="$(touch /nowhere); `x`")
        here.publisher.wait()
        environment = (here.live.parent / "environment").read_text("utf-8")
    assert "a-secret" not in environment and '"PATH": "/usr/local/bin:/usr/bin:/bin"' in environment


def test_the_folder_is_added_where_no_argument_names_it(tmp_path: Path) -> None:
    script = tmp_path / "kept.py"
    script.write_text(f"import sys; open({str(tmp_path / 'argv')!r}, 'w').write(repr(sys.argv[1:]))", "utf-8")
    with scene(tmp_path, deploy_seconds=60.0, look_live=False) as here:
        config = replace(here.desk.access.config, deploy=(sys.executable, str(script), "to the server"))
        publisher = Publisher(here.root, replace(here.desk.access, config=config), lambda: NOW.date(), None)
        publisher.folder.ask(NOW)
        publisher.run(checking=False)
        first, built = eval((tmp_path / "argv").read_text("utf-8"))  # noqa: S307 -- what the test wrote
    assert first == "to the server" and Path(built).is_absolute()
    assert LiveFolder(here.desk.access.config.folder).last().outcome is Outcome.HANDED_OVER  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("deploy", "outcome", "logged"),
    [
        (
            "import sys; print('no route to host'); sys.exit(3)",
            Outcome.FAILED,
            "ended with 3. It said: no route to host",
        ),
        ("pass", Outcome.NOT_LIVE, "is answered with 404"),
        ("import time; time.sleep(60)", Outcome.FAILED, "took longer than 3 seconds"),
    ],
)
def test_a_site_that_does_not_become_live_is_told_to_it_once_and_nothing_of_it_to_the_officer(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, deploy: str, outcome: Outcome, logged: str
) -> None:
    mail = {"mail": "folder:unused", "mail_from": "desk@example.org", "operator": "it@example.org"}
    seconds = 3.0 if "sleep" in deploy else 60.0
    with caplog.at_level(logging.ERROR, "desk.live"), scene(tmp_path, deploy, deploy_seconds=seconds, **mail) as here:
        here.publish()
        here.publisher.wait()
        last = here.publisher.folder.last()
        assert last is not None and last.outcome is outcome
        assert logged in caplog.text
        page = here.said()
        assert "Not live yet; IT has been told." in page and "route" not in page and "404" not in page
        here.publisher.run(checking=True)
        (letter,) = here.desk.letters
        assert letter.to == "it@example.org" and "/" in letter.subject and "ddesg" in letter.body
        assert "good care" not in letter.body and "Library" not in letter.body


def test_a_program_that_failed_is_tried_again_by_the_check_until_the_site_is_live(tmp_path: Path) -> None:
    with scene(tmp_path, "import sys; sys.exit(1)") as here:
        here.publish()
        here.publisher.wait()
        (tmp_path / "deploy.py").write_text(dedent(DEPLOY), "utf-8")
        here.publisher.run(checking=False)
        assert here.deploys == []
        here.publisher.run(checking=True)
        assert "Live, checked" in here.said() and len(here.deploys) == 1
        here.publisher.run(checking=True)
        assert len(here.deploys) == 1


def test_a_scheduled_version_is_made_live_on_its_day_and_once(tmp_path: Path) -> None:
    with scene(tmp_path) as here:
        here.publish(starts="2026-12-02")
        here.publisher.wait()
        page = here.live / "library/index.html"
        assert "good care" not in page.read_text("utf-8")
        for day, deploys in (("2026-12-01", 2), ("2026-12-02", 3), ("2026-12-02", 3)):
            here.desk.clock.now = datetime.fromisoformat(f"{day}T00:30:00+00:00")
            here.publisher.run(checking=True)
            assert len(here.deploys) == deploys  # the first is for the new month
        assert "good care" in page.read_text("utf-8")


def test_a_version_that_was_called_off_is_deployed_anew(tmp_path: Path) -> None:
    with scene(tmp_path) as here:
        here.publish(starts="2027-01-15")
        here.publisher.wait()
        browser = here.browser()
        versions = "/desk/notices/library/versions"
        assert browser.press(browser.get(versions), f"{versions}/2/call-off").status_code == 303
        here.publisher.wait()
        assert len(here.deploys) == 2 and "Live, checked" in here.said()


def test_publications_during_a_deploy_lead_to_one_more(tmp_path: Path) -> None:
    gate = "import sys, time; from pathlib import Path; gate = Path(sys.argv[2]).parent / 'gate'\n"
    waiting = "(gate.parent / 'here').touch()\nwhile not gate.exists(): time.sleep(0.02)\n"
    with scene(tmp_path, gate + waiting + dedent(DEPLOY)) as here:
        here.publish()
        for _ in range(1_500):
            if (tmp_path / "here").exists():
                break
            threading.Event().wait(0.02)
        assert "On its way to the website." in here.said()
        here.desk.clock.later(minutes=1)
        for _ in range(3):
            here.publisher.published()
        (tmp_path / "gate").touch()
        here.publisher.wait()
        assert len(here.deploys) == 2


def test_a_second_process_leaves_the_work_to_the_first(tmp_path: Path) -> None:
    with scene(tmp_path) as here:
        here.publisher.folder.ask(NOW)
        with LiveFolder(here.desk.access.config.folder).turn() as ours:
            assert ours
            here.publisher.run(checking=True)
            assert here.deploys == []
        here.publisher.run(checking=True)
        assert len(here.deploys) == 1


def test_a_desk_that_ends_ends_the_program_and_goes_on_at_the_next_start(tmp_path: Path) -> None:
    with scene(tmp_path, "import time; time.sleep(600)") as here:
        here.publish()
        here.publisher.close()
        assert here.publisher.folder.last() is None
        (tmp_path / "deploy.py").write_text(dedent(DEPLOY), "utf-8")
        again = Publisher(here.root, here.desk.access, lambda: NOW.date(), None, waits=(0.0,))
        again.run(checking=True)
        assert len(here.deploys) == 1


def test_without_a_program_the_page_says_who_publishes_the_site(tmp_path: Path) -> None:
    with scene(tmp_path, deploy=DEPLOY) as here:
        off = replace(here.desk.access.config, deploy=None)
        access = replace(here.desk.access, config=off)
        app = create_app(here.root, access)
        desk = Desk(app, access, here.desk.clock)
        browser = desk.browser()
        browser.sign_in(ANNA)
        page = browser.get("/desk/notices/library/versions").text
        assert "IT puts what is published here on the website" in page
        afterwards_of(app).published()
        assert afterwards_of(app).publisher.folder.asked() is None
        close_app(app)


# The look.


def test_the_look_knows_a_site_that_lacks_something(tmp_path: Path) -> None:
    root = make_site(tmp_path / "site") if (tmp_path / "site").mkdir() is None else tmp_path
    assert publish(root, "2026-10-01", "First.", "material") == 0
    build = ["build", "--root", str(root), "--quiet", "--date"]
    assert main([*build, "2026-11-30", "--out", str(tmp_path / "public")]) == 0
    write_notice(root, NOTICE.replace("We look after", "We take good care of"))
    assert publish(root, "2026-11-30", "Clearer.") == 0
    assert main([*build, "2026-11-30", "--out", str(tmp_path / "built")]) == 0
    _, kept = repository.read_frozen(root)
    with web_server(tmp_path / "public") as address:
        assert not is_live(address, tmp_path / "built", kept, date(2026, 11, 30))
        assert is_live(address, tmp_path / "public", kept[:1], date(2026, 11, 30))
        assert main([*build, "2026-12-01", "--out", str(tmp_path / "other")]) == 0
    with web_server(tmp_path / "other") as address:  # the operator's own timer built it a day later
        assert is_live(address, tmp_path / "built", kept, date(2026, 11, 30))
        assert not is_live(address, tmp_path / "built", kept, date(2026, 12, 2))


def test_the_look_follows_no_redirect_to_another_host(tmp_path: Path) -> None:
    class Away(Quiet):
        def do_GET(self) -> None:
            self.send_response(302)
            self.send_header("Location", elsewhere + self.path)
            self.end_headers()

    (tmp_path / "public").mkdir()
    (tmp_path / "public/published.json").write_text("{}", "utf-8")
    with web_server(tmp_path / "public") as elsewhere, ThreadingHTTPServer(("127.0.0.1", 0), Away) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        with pytest.raises(NotSeen, match="leads to another host"):
            is_live(f"http://127.0.0.1:{server.server_port}", tmp_path / "public", (), date(2026, 11, 30))
        server.shutdown()
        thread.join()


def test_the_look_ends_when_its_time_is_over(tmp_path: Path) -> None:
    (tmp_path / "published.json").write_text("x" * 200_000, "utf-8")
    times = iter(range(0, 100_000, 100))
    with web_server(tmp_path) as address, pytest.raises(NotSeen, match="takes too long"):
        is_live(address, tmp_path, (), date(2026, 11, 30), clock=lambda: next(times))


# When a build is due, and the options.

AT = datetime(2026, 11, 30, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("asked", "last", "starts", "today", "due"),
    [
        (None, None, None, date(2026, 11, 30), False),
        (AT, None, None, date(2026, 11, 30), True),
        (AT, Last(AT, AT, AT.date(), Outcome.LIVE), None, date(2026, 11, 30), False),
        (AT, Last(AT, AT, AT.date(), Outcome.FAILED), None, date(2026, 11, 30), True),
        (None, Last(AT, AT, AT.date(), Outcome.LIVE), date(2026, 12, 1), date(2026, 11, 30), False),
        (None, Last(AT, AT, date(2026, 11, 2), Outcome.LIVE), date(2026, 11, 30), date(2026, 11, 30), True),
        (None, Last(AT, AT, date(2026, 11, 30), Outcome.HANDED_OVER), None, date(2026, 12, 1), True),
    ],
)
def test_a_build_is_due(asked: datetime | None, last: Last | None, starts: date | None, today: date, due: bool) -> None:
    assert is_due(asked, last, starts, today) is due


@pytest.mark.parametrize(
    ("environ", "told"),
    [
        ({"DESK_DEPLOY": "rsync -a {built}/ host:"}, "Write a JSON list of texts"),
        ({"DESK_DEPLOY": "[]"}, "Write a JSON list of texts"),
        ({"DESK_DEPLOY": '["rsync", "-a"]'}, "Write the program's whole path"),
        ({"DESK_DEPLOY": '["/bin/true", "a\\u0000b"]'}, "Take it out"),
        ({"DESK_LOOK_LIVE": "maybe"}, "Write yes or no"),
        ({"DESK_OPERATOR": "it@example.org"}, "DESK_MAIL is not"),
        ({"DESK_OPERATOR": "it"}, "Write one like it@example.org"),
        ({"DESK_REMIND_AFTER": "soon"}, "Write a whole number"),
    ],
)
def test_a_wrong_option_is_refused_and_says_what_to_write(environ: dict[str, str], told: str) -> None:
    with pytest.raises(StartRefused, match=told):
        Config.from_env(environ)


def test_the_options_are_read() -> None:
    environ = {"DESK_DEPLOY": '["/usr/bin/rsync", "{built}/"]', "DESK_LOOK_LIVE": "no", "DESK_REMIND_AFTER": "0"}
    config = Config.from_env(environ)
    assert config.deploy == ("/usr/bin/rsync", "{built}/") and not config.look_live and config.remind_after == 0


def test_a_program_that_does_not_exist_is_said(tmp_path: Path) -> None:
    ended = child.run([str(tmp_path / "none")], {}, tmp_path, 5, threading.Event())
    assert not ended.well and "cannot be started" in ended.why
