"""This release on the recordings of earlier ones (tests/releases): frozen files, the site, ledgers, receipts, mailed links."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from generator.cli import main as noticeboard
from generator.versions.version import freeze, read
from tests.consent_fixtures import FakeClock, press
from tests.databases import CHOSEN
from tests.releases import dumps, make, recorded
from tests.releases.changes import differences, patterns, unexplained
from tests.releases.recorded import Recording
from tests.releases.stages import BUILT_ON, NOTICE
from tests.site_fixtures import edit
from widget.app import close_app, create_app
from widget.cli import main as consents
from widget.config import Config
from widget.mail.delivery import send_due
from widget.mail.transports import Folder
from widget.views.shared import service_of

DATE_READ_AS_TEXT = re.compile(r'^(  review_by: )"(\d{4}-\d\d-\d\d)"$', re.M)
"""The facets of a frozen version are read as text, and text is frozen in quotes. So a date among them gains quotes."""


@pytest.fixture(scope="session", params=recorded.recordings(), ids=lambda recording: recording.name)
def recording(request: pytest.FixtureRequest) -> Recording:
    """The recording of a release."""
    found: Recording = request.param
    return found


@pytest.fixture(scope="session")
def site(recording: Recording, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The recorded site as this release builds it."""
    out = tmp_path_factory.mktemp("golden") / "public"
    build = ["build", "--root", str(recording.site), "--out", str(out), "--date", str(BUILT_ON), "--quiet"]
    assert noticeboard(build) == 0
    return out


@pytest.fixture
def ledger(recording: Recording, site: Path, each_database: str, tmp_path: Path) -> Config:
    """A copy of the recorded ledger and its keys, beside the site as this release builds it."""
    database = CHOSEN.url(tmp_path)
    dumps.load(recording.sql(each_database).read_text("utf-8"), database)
    keys = recording.copy_keys(tmp_path / "keys")
    return Config(manifest=site / "published.json", database=database, keys=keys, ratelimit="off")


@pytest.fixture
def client(recording: Recording, ledger: Config) -> Iterator[FlaskClient]:
    """This release's endpoint on the recorded ledger, at the end of the recording."""
    app = create_app(ledger, FakeClock(recording.until))
    yield app.test_client(use_cookies=False)
    close_app(app)


def run(ledger: Config, command: str, *more: str) -> int:
    """Run a command of `consents` on a ledger."""
    return consents([command, "--database", ledger.database, "--keys", str(ledger.keys), *more])


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def test_every_frozen_file_has_the_digest_in_its_lock(recording: Recording) -> None:
    content = recording.site / "content"
    files = [*content.glob("*/versions/*"), *content.glob("pictures/*")]
    names = {path.relative_to(content).as_posix() for path in files}
    lock = recorded.read_digests(content / "versions.lock")
    assert names == lock.keys()
    assert {name: hashlib.sha256((content / name).read_bytes()).hexdigest() for name in names} == lock


def test_a_frozen_version_that_is_read_is_frozen_again_to_the_same_bytes(recording: Recording) -> None:
    files = sorted((recording.site / "content").glob("*/versions/*.yml"))
    assert files
    for path in files:
        again = freeze(read(path.read_bytes(), path.name)).decode()
        assert DATE_READ_AS_TEXT.sub(r"\1\2", again).encode() == path.read_bytes(), path


def test_the_site_is_built_of_the_same_files(recording: Recording, site: Path) -> None:
    was, now = recorded.read_digests(recording.files), recorded.digests(site)
    altered = {name for name in was.keys() & now.keys() if was[name] != now[name]}
    meant = patterns(recording.name, "alters")
    if patterns(recording.name, "fields"):
        meant.append("published.json")
    assert unexplained(altered, meant) == []
    assert unexplained(now.keys() - was.keys(), patterns(recording.name, "adds")) == []
    assert unexplained(was.keys() - now.keys(), patterns(recording.name, "drops")) == []


def test_every_page_has_the_same_words(recording: Recording, site: Path) -> None:
    was, now = recorded.read_digests(recording.words), recorded.word_digests(site)
    reworded = {name for name in was.keys() & now.keys() if was[name] != now[name]}
    assert unexplained(reworded, patterns(recording.name, "rewords")) == []


def test_published_json_keeps_every_value(recording: Recording, site: Path) -> None:
    was, now = (json.loads(path.read_text("utf-8")) for path in (recording.manifest, site / "published.json"))
    assert set(differences(was, now)) == set(patterns(recording.name, "fields"))


def test_a_difference_that_no_change_names_is_found() -> None:
    assert unexplained(["a/index.html", "b.css"], ["*.html"]) == ["b.css"]
    assert unexplained(["a/index.html"], ["*.html", "*.css"]) == ["*.css"]
    was = {"site": "x", "versions": [{"title": "A", "url": "/a/"}]}
    more = {"site": "x", "versions": [{"title": "A", "url": "/a/", "words": "w"}]}
    assert list(differences(was, more)) == ["versions[].words"]
    less = {"versions": [{"title": "B"}]}
    told = {"site is gone", "versions[].title was 'A' and is 'B'", "versions[].url is gone"}
    assert set(differences(was, less)) == told


def test_the_next_version_is_published_after_the_recorded_ones(recording: Recording, tmp_path: Path) -> None:
    shutil.copytree(recording.site, tmp_path / "site")
    root, lock = ["--root", str(tmp_path / "site")], tmp_path / "site" / "content" / "versions.lock"
    before = lock.read_bytes()
    edit(tmp_path / "site" / "content" / NOTICE / "notice.md", "Allergies & medicines", "Allergies")
    given = (
        "--kind",
        "clarification",
        "--summary",
        "We say it in fewer words.",
        "--effective",
        "2027-02-01",
        "--same-meaning",
    )
    assert noticeboard(["publish", *root, "--date", "2026-11-21", *given, NOTICE]) == 0
    assert lock.read_bytes().startswith(before)
    assert noticeboard(["build", *root, "--date", "2027-02-01", "--quiet"]) == 0
    assert (tmp_path / "site" / "public" / NOTICE / "v" / "5" / "index.html").is_file()


def test_the_entries_of_the_ledger_have_the_root_that_was_signed(recording: Recording) -> None:
    _, size, root, *_ = (recording.kept("keys") / "head").read_text("utf-8").splitlines()
    assert len(recording.entries()) == int(size)
    assert base64.b64encode(recorded.root(recording.entries())).decode() == root


@pytest.mark.postgresql
def test_the_ledger_verifies_before_and_after_it_is_migrated(
    ledger: Config, recording: Recording, capsys: pytest.CaptureFixture[str]
) -> None:
    size = len(recording.entries())
    whole = f"{size} events, whole. The signed head covers {size} of them.\n"
    assert run(ledger, "verify") == 0
    assert capsys.readouterr().out == whole
    assert consents(["migrate", "--database", ledger.database]) == 0
    capsys.readouterr()
    assert run(ledger, "verify") == 0
    assert capsys.readouterr().out == whole


@pytest.mark.postgresql
def test_a_migrated_ledger_has_the_tables_of_a_new_one(ledger: Config, tmp_path: Path) -> None:
    new = CHOSEN.url(tmp_path / "new")
    for database in (ledger.database, new):
        assert consents(["migrate", "--database", database]) == 0
    assert dumps.tables(dumps.dump(ledger.database)) == dumps.tables(dumps.dump(new))


@pytest.mark.postgresql
def test_systems_read_the_same_entries_with_the_same_key(client: FlaskClient, recording: Recording) -> None:
    keys = recording.handed_out["api_keys"]
    here = service_of(client.application)
    with here.store.reading() as reading:
        assert reading.size() == len(recording.entries()), "the release before may still run and read the ledger"
    here.clock.now = datetime.now(UTC) + timedelta(minutes=11)  # type: ignore[attr-defined]
    here.record_publications()
    assert client.get("/api/events", headers=bearer(keys["Old one"])).status_code == 401
    events = (client.get("/api/events", headers=bearer(keys["Case system"])).json or {})["events"]
    known = recording.entries()
    was = [{name: event[name] for name in json.loads(entry)} for event, entry in zip(events, known, strict=False)]
    assert [recorded.leaf(event) for event in was] == known
    assert [event["kind"] for event in events[len(known) :]] == ["retracted"], "the ledger notes what was taken down"
    assert int(client.get("/log/checkpoint").text.splitlines()[1]) == len(events)
    assert client.get("/log/key").data == (recording.kept("keys") / "log.vkey").read_bytes()


@pytest.mark.postgresql
def test_a_receipt_opens_with_the_words_that_were_read(client: FlaskClient, recording: Recording) -> None:
    for receipt in recording.handed_out["receipts"]:
        page = client.get(f"/receipt/{receipt['token']}")
        assert page.status_code == 200, receipt["who"]
        shown = html.unescape(page.text)
        assert f'lang="{receipt["language"]}"' in shown
        for words in (receipt["reference"], *receipt["words"]):
            assert words in shown, receipt["who"]
        known = client.get("/api/receipts", headers=bearer(receipt["token"])).json or {}
        assert (known["reference"], known["state"]) == (receipt["reference"], receipt["state"])
        assert {text.encode() for text in known["leaves"]} <= set(recording.entries())


@pytest.mark.postgresql
def test_a_mailed_link_answers_as_it_did(client: FlaskClient, recording: Recording) -> None:
    for letter in recording.handed_out["letters"]:
        for link in letter["links"]:
            assert client.get(link["path"]).status_code == link["status"], letter["file"]


@pytest.mark.postgresql
def test_a_mailed_link_acts_until_it_expires(client: FlaskClient, ledger: Config, recording: Recording) -> None:
    tokens = {receipt["reference"]: receipt["token"] for receipt in recording.handed_out["receipts"]}
    withdrawn: list[str] = []
    for letter, path in open_links(recording):
        names = re.findall(r'name="consent" value="([^"]+)"', client.get(path).text)
        assert bool(names) == letter.startswith("link."), letter
        assert press(client, path) == 200, letter
        assert client.get(path).status_code == 200, letter
        withdrawn += names
    assert withdrawn
    for name in withdrawn:
        reference, _, consent = name.partition("/")
        known = client.get("/api/receipts", headers=bearer(tokens[reference])).json or {}
        assert known["state"][consent] == "withdrawn"
    assert run(ledger, "verify") == 0


def open_links(recording: Recording) -> list[tuple[str, str]]:
    """The links that could still act at the end of the recording, each with the name of its letter."""
    letters = recording.handed_out["letters"]
    links = [(letter["file"], link) for letter in letters for link in letter["links"]]
    return [(file, link["path"]) for file, link in links if link["status"] == 200 and "/confirm/" in link["path"]]


@pytest.mark.postgresql
def test_an_old_consent_is_renewed_and_withdrawn_on_its_receipt(client: FlaskClient, recording: Recording) -> None:
    (token,) = [receipt["token"] for receipt in recording.handed_out["receipts"] if receipt["who"] == "ed"]
    page = client.get(f"/receipt/{token}/renew").text
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]+)"', page))
    given = {name: fields[name] for name in ("version", "digest", "language")} | {"decision.photos": "given"}
    assert client.post(f"/receipt/{token}/renew", data=given).status_code == 303
    assert "and on its website." in client.get(f"/receipt/{token}").text
    assert client.post(f"/receipt/{token}/withdraw", data={"consent": "photos"}).status_code == 303
    known = client.get("/api/receipts", headers=bearer(token)).json or {}
    assert known["state"] == {"photos": "withdrawn"}


@pytest.mark.postgresql
def test_receipts_open_before_the_site_is_built_again_and_nobody_can_answer(
    ledger: Config, recording: Recording
) -> None:
    config = Config(manifest=recording.manifest, database=ledger.database, keys=ledger.keys, ratelimit="off")
    app = create_app(config, FakeClock(recording.until))
    client = app.test_client(use_cookies=False)
    closed = ["/readyz", f"/consent/{NOTICE}", f"/consent/{NOTICE}?language=cy"]
    paths = [
        "/withdraw",
        "/log/verify",
        *(f"/receipt/{receipt['token']}" for receipt in recording.handed_out["receipts"]),
    ]
    wanted = dict.fromkeys(paths, 200) | dict.fromkeys(closed, 503)
    assert {path: client.get(path).status_code for path in wanted} == wanted
    close_app(app)


def test_a_saved_receipt_verifies(recording: Recording, capsys: pytest.CaptureFixture[str]) -> None:
    files = sorted(recording.kept("receipts").iterdir())
    assert files
    for file in files:
        assert consents(["verify-receipt", str(file), "--key", str(recording.kept("keys") / "log.vkey")]) == 0
        assert capsys.readouterr().out.startswith("Whole: ")


@pytest.mark.postgresql
def test_the_export_keeps_every_value(ledger: Config, recording: Recording, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(ledger, "export", "--format", "jsonl") == 0
    now = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    was = [json.loads(line) for line in recording.export.read_text("utf-8").splitlines()]
    assert any("said_email" in row for row in was)
    assert [{name: row.get(name) for name in old} for old, row in zip(was, now, strict=True)] == was


@pytest.mark.postgresql
def test_mail_that_was_owed_is_sent(client: FlaskClient, recording: Recording, tmp_path: Path) -> None:
    events = [json.loads(entry) for entry in recording.entries()]
    about = {f"{event['kind']}.{event['event_id']}.eml" for event in events if event["kind"].startswith("withdraw")}
    owed = about - {letter["file"] for letter in recording.handed_out["letters"]}
    assert owed
    send_due(service_of(client.application), Folder(tmp_path / "letters"))
    assert {path.name for path in (tmp_path / "letters").iterdir()} == owed


def test_this_release_can_be_recorded(tmp_path: Path) -> None:
    make.main(["next", str(tmp_path / "next")])
    made = Recording(tmp_path / "next")
    assert made.entries() and made.handed_out["receipts"]
    with pytest.raises(SystemExit, match="a recording never changes"):
        make.main(["next", str(tmp_path / "next")])
