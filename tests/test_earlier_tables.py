"""Ledgers with the tables of every earlier revision come to those of today, whole, and people and systems are
answered."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.consent_fixtures import FakeClock, layout
from tests.databases import CHOSEN
from tests.releases import dumps
from tests.releases.make_tables import TABLES
from widget.app import close_app, create_app
from widget.cli import main
from widget.config import Config
from widget.manifest import layout_to_json
from widget.store.migrate import newest, revisions

pytestmark = pytest.mark.postgresql
KEPT = sorted(path for path in TABLES.iterdir() if path.is_dir())
UNSEALED = "its hash, name, rights, notices or last day are not those that it was made with"
UNNOTED = "the address counts as confirmed, but no link to it was used"
FOUND = {"0004": {UNSEALED}, "0005": {UNSEALED, UNNOTED}, "0006": {UNSEALED}, "0007": {UNSEALED}}
"""The findings of verify in tables that were never released: the code of their days did not write yet what later
checks ask for."""


@pytest.fixture(params=KEPT, ids=lambda path: path.name)
def kept(request: pytest.FixtureRequest) -> Path:
    """The recording of a revision."""
    return Path(request.param)


@pytest.fixture
def config(kept: Path, each_database: str, tmp_path: Path) -> Config:
    """A copy of that ledger with its keys and manifest."""
    shutil.copy(kept / "published.json", tmp_path)
    (tmp_path / "endpoint.json").write_text(layout_to_json(layout()), "utf-8")
    shutil.copytree(kept / "keys", tmp_path / "keys")
    (tmp_path / "keys").chmod(0o700)
    database = CHOSEN.url(tmp_path)
    dumps.load((kept / f"{each_database}.sql").read_text("utf-8"), database)
    where = {"database": database, "keys": tmp_path / "keys"}
    return Config(manifest=tmp_path / "published.json", ratelimit="off", **where)  # type: ignore[arg-type]


def test_every_revision_since_the_first_release_is_kept() -> None:
    kept = {path.name for path in KEPT} | {"0002"}  # that of release 0.1.0, in its own recording
    assert kept >= {name for name in revisions() if "0001" < name < newest()}, "run tests.releases.make_tables"


def test_tables_of_an_earlier_revision_are_brought_to_those_of_today_and_answered_from(
    kept: Path, config: Config, capsys: pytest.CaptureFixture[str]
) -> None:
    more = ("--database", config.database, "--keys", str(config.keys_folder))
    told = json.loads((kept / "handed-out.json").read_text("utf-8"))
    main(["verify", *more])
    assert "run consents migrate" in capsys.readouterr().out or kept.name in ("0003", newest())
    assert main(["migrate", "--database", config.database]) == 0
    app = create_app(config, FakeClock())
    client = app.test_client(use_cookies=False)
    assert _found(more, capsys) == FOUND.get(kept.name, set())
    for who, consent, state in (("anna", "service-news", "given"), ("ben", "photos", "withdrawn")):
        held = {"Authorization": f"Bearer {told['receipts'][who]['token']}"}
        assert client.get("/api/receipts", headers=held).json["state"][consent] == state  # type: ignore[index]
    assert "were erased on" in client.get(f"/receipt/{told['receipts']['cora']['token']}").text
    key = told["api_key"] if UNSEALED not in FOUND.get(kept.name, set()) else _new_key(more, capsys)
    system = {"Authorization": f"Bearer {key}"}
    asked = {"notice": "family-hubs", "consent": "service-news", "email": "anna@example.org"}
    assert client.post("/api/status", json=asked, headers=system).json["state"] == "given"  # type: ignore[index]
    link = f"/receipt/{told['receipts']['anna']['token']}/withdraw"
    assert client.post(link, data={"consent": "service-news"}).status_code == 303
    assert client.post("/api/status", json=asked, headers=system).json["state"] == "withdrawn"  # type: ignore[index]
    close_app(app)
    assert _found(more, capsys) == FOUND.get(kept.name, set())


def _found(more: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> set[str]:
    """The sentences of the faults that verify finds, without whose they are."""
    capsys.readouterr()
    code = main(["verify", *more])
    said = capsys.readouterr().out
    found = {line.partition(": ")[2].partition(". ")[0] for line in said.splitlines() if ": " in line}
    assert code == bool(found), said
    return found


def _new_key(more: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> str:
    capsys.readouterr()
    assert main(["key", "add", "Case system", *more]) == 0
    return capsys.readouterr().out.strip()
