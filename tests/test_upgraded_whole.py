"""The release before is upgraded whole, as docs/upgrading.md says: site, lock, ledger, keys, receipts and links in the mail."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest

from generator.cli import main as noticeboard
from tests.consent_fixtures import FakeClock
from tests.databases import CHOSEN, PROGRAMS, cluster, plain
from tests.databases import run as run_postgresql
from tests.releases import dumps, recorded
from tests.releases.stages import BUILT_ON
from tests.site_fixtures import PROJECT
from widget.app import close_app, create_app
from widget.cli import main as consents
from widget.config import Config

RECORDED = recorded.recordings()[0]
PAGE = (PROJECT / "docs" / "upgrading.md").read_text("utf-8")
STEPS = ("noticeboard upgrade", "noticeboard check", "noticeboard verify", "consents migrate", "consents verify")
"""The commands of the steps from 0.1.0, in their order."""


def test_the_page_has_the_steps_that_are_tried_here() -> None:
    from_first, _, _ = PAGE.partition("## From this release")
    blocks = re.findall(r"^ *```sh\n(.*?)```", from_first, re.MULTILINE | re.DOTALL)
    told = [line.partition("#")[0].strip() for block in blocks for line in block.splitlines()]
    assert tuple(line for line in told if line.startswith(("noticeboard", "consents"))) == STEPS


@pytest.mark.postgresql
def test_site_ledger_keys_and_mailed_links_of_the_release_before_are_upgraded_whole(
    each_database: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    site, day = tmp_path / "site", ("--date", str(BUILT_ON))
    shutil.copytree(RECORDED.site, site)
    database, keys = CHOSEN.url(tmp_path), RECORDED.copy_keys(tmp_path / "keys")
    dumps.load(RECORDED.sql(each_database).read_text("utf-8"), database)
    manifest = site / "public" / "published.json"
    where = ("--database", database, "--keys", str(keys))
    size = len(RECORDED.entries())

    assert consents(["verify", *where, "--manifest", str(RECORDED.manifest)]) == 2
    assert "run consents migrate" in capsys.readouterr().out
    for command in STEPS[:3]:
        assert noticeboard([command.partition(" ")[2], "--root", str(site), *day]) == 0, command
    assert consents(["migrate", "--database", database]) == 0
    capsys.readouterr()
    assert consents(["verify", *where]) == 0
    assert capsys.readouterr().out.startswith(f"{size} events, whole.")
    assert noticeboard(["build", "--root", str(site), *day, "--quiet"]) == 0

    app = create_app(
        Config(manifest=manifest, database=database, keys=keys, ratelimit="off"), FakeClock(RECORDED.until)
    )
    client = app.test_client(use_cookies=False)
    assert client.get("/readyz").status_code == 200
    for receipt in RECORDED.handed_out["receipts"]:
        assert client.get(f"/receipt/{receipt['token']}").status_code == 200, receipt["who"]
    for letter in RECORDED.handed_out["letters"]:
        for link in letter["links"]:
            assert client.get(link["path"]).status_code == link["status"], letter["file"]
    close_app(app)
    assert consents(["verify", *where, "--manifest", str(manifest)]) == 0
    _drilled(each_database, tmp_path, manifest, monkeypatch)


def _drilled(kind: str, folder: Path, manifest: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A backup that the release before made can still be put back by this one, with the keys of its time."""
    backup, keys = folder / "backup", RECORDED.copy_keys(folder / "keys of the backup")
    if kind == "sqlite":
        dumps.load(RECORDED.sql(kind).read_text("utf-8"), f"sqlite:///{backup}")
        scratch: tuple[str, ...] = ()
    else:
        monkeypatch.setenv("PATH", f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}")
        before = cluster().make("before-the-upgrade")
        dumps.load(RECORDED.sql(kind).read_text("utf-8"), before)
        run_postgresql("pg_dump", "--format=custom", f"--file={backup}", f"--dbname={plain(before)}")
        scratch = ("--scratch", cluster().make("scratch-of-the-upgrade"))
    assert consents(["drill", str(backup), *scratch, "--keys", str(keys), "--manifest", str(manifest)]) == 0
