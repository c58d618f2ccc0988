"""A recorded ledger of 0.1.0, upgraded and used once more: what tampering is tried on, and what was kept elsewhere."""

from __future__ import annotations

import shutil
from contextlib import closing, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import make_url

from tests.consent_fixtures import FakeClock
from tests.databases import SQLITE, cluster, plain
from tests.releases import dumps, recorded
from tests.tampering import Administrator
from widget.app import close_app, create_app
from widget.cli import main
from widget.config import Config
from widget.ledger import head_files
from widget.store.engine import sqlite_module

RECORDING = recorded.recordings()[0]
TOKENS = {one["reference"]: one["token"] for one in RECORDING.handed_out["receipts"]}
WRITES, ERASED, SAVED = "XJ6-QPN-W6D", "KT3-QGQ-HW8", "33Q-LF3-2L6"
"""References: of a person who withdraws while it runs, of one who was erased, of one who saved the receipt."""


@dataclass(frozen=True)
class Scene:
    """A copy of the ledger that somebody tampers with; what was kept elsewhere is in `kept`."""

    config: Config
    kept: Path
    older_head: str
    erased: dict[str, Any]

    @property
    def is_sqlite(self) -> bool:
        """Whether the database is a file."""
        return self.config.database.startswith("sqlite")

    @property
    def keys(self) -> Path:
        """The keys folder."""
        return self.config.keys_folder

    @property
    def admin(self) -> Administrator:
        """Somebody with all rights."""
        return Administrator(self.config.database)

    def verify(self, *options: str) -> int:
        """The exit code of `consents verify`."""
        return main(["verify", "--database", self.config.database, "--keys", str(self.keys), *options])

    def structure(self, *statements: str) -> None:
        """Run statements about tables and rules, past nothing."""
        if self.is_sqlite:
            connection: Any = sqlite_module().connect(self.config.database.removeprefix("sqlite:///"), timeout=20)
        else:
            connection = psycopg.connect(plain(self.config.database))
        with closing(connection):
            for statement in statements:
                connection.execute(statement)
            connection.commit()

    def put_back(self, table: str) -> None:
        """Put the row of the person who was erased back."""
        names, values = ", ".join(self.erased), tuple(self.erased.values())
        marks = ", ".join("?" for _ in values)
        self.admin.run(f"INSERT INTO {table} ({names}) VALUES ({marks})", *values)  # noqa: S608 (names of our own tables)

    def put_older(self, *, keys: bool) -> None:
        """Put the database of before back, and the keys folder of then."""
        if self.is_sqlite:
            self.admin.swap(self.kept / "older.db")
        else:
            name = make_url(self.config.database).database or ""
            cluster().make(name, _name(self.kept.parent, "older"))
        if keys:
            shutil.rmtree(self.keys)
            shutil.copytree(self.kept / "older-keys", self.keys)
            self.keys.chmod(0o700)

    def older_manifest(self) -> None:
        """The manifest loses its newest version."""
        text = self.config.manifest.read_text()
        self.config.manifest.write_text(
            text.replace(text[text.index('"digest": "') :][:75], '"digest": "' + "0" * 64, 1)
        )


@dataclass(frozen=True)
class Base:
    """The ledger that copies are made of."""

    kind: str
    folder: Path
    erased: dict[str, Any]
    older_head: str

    def copy(self, folder: Path) -> Scene:
        """A copy to tamper with, in a folder of its own."""
        shutil.copytree(self.folder / "keys", folder / "keys")
        (folder / "keys").chmod(0o700)
        shutil.copytree(RECORDING.manifest.parent, folder / "public", dirs_exist_ok=True)
        if self.kind == SQLITE:
            shutil.copy(self.folder / "base.db", folder / "consents.db")
            database = f"sqlite:///{folder}/consents.db"
        else:
            database = cluster().make(_name(self.folder, "copy"), _name(self.folder, "base"))
        return Scene(_config(database, folder), self.folder / "kept", self.older_head, self.erased)


def recorded_base(kind: str, folder: Path) -> Base:
    """Upgrade the recorded ledger, keep a copy of what there is, and go on: two withdrawals and an erasure."""
    kept = folder / "kept"
    kept.mkdir(parents=True)
    shutil.copytree(RECORDING.manifest.parent, folder / "public")
    keys = RECORDING.copy_keys(folder / "keys")
    database = f"sqlite:///{folder}/base.db" if kind == SQLITE else cluster().make(_name(folder, "base"))
    dumps.load(RECORDING.sql(kind).read_text("utf-8"), database)
    config = _config(database, folder)
    app = create_app(config, FakeClock(RECORDING.until))
    older_head = app.test_client().get("/log/checkpoint").text
    close_app(app)
    shutil.copytree(keys, kept / "older-keys")
    if kind == SQLITE:
        Administrator(database).copy(kept / "older.db")
    else:
        cluster().make(_name(folder, "older"), _name(folder, "base"))
    subject = "(SELECT subject FROM receipt WHERE reference = ?)"
    names = ("subject", "row_key", "sealed", "lookup", "confirmed", "quiet", "made", "folding")
    (row,) = Administrator(database).run(f"SELECT {', '.join(names)} FROM subject WHERE subject = {subject}", ERASED)  # noqa: S608
    clock = FakeClock(RECORDING.until)
    app = create_app(config, clock)
    client = app.test_client()
    clock.move(minutes=5)
    assert client.post(f"/receipt/{TOKENS[SAVED]}/withdraw", data={"consent": "news"}).status_code == 303
    clock.move(minutes=5)
    (kept / "receipt").write_bytes(client.get(f"/receipt/{TOKENS[SAVED]}/file").data)
    close_app(app)
    where = ["--database", database, "--keys", str(keys), "--manifest", str(config.manifest)]
    Administrator(database).run("DELETE FROM release")  # as if 0.1.0 had ended long ago
    assert main(["acted", "43", "stopped", "--note", "Taken off the list.", "--by", "officer 12", *where]) == 0
    assert main(["key", "add", "New system", "--may", "status", "--notice", "primary", *where[:4]]) == 0
    assert main(["erase", "--reference", ERASED, "--by", "DPO", *where]) == 0
    head = max((keys / name for name in head_files.NAMES), key=lambda path: int(path.read_text().split("\n")[1]))
    shutil.copy(head, kept / "head")
    with (kept / "export").open("w") as out, redirect_stdout(out):
        assert main(["export", *where[:4]]) == 0
    return Base(kind, folder, dict(zip(names, row, strict=True)), older_head)


def _config(database: str, folder: Path) -> Config:
    where: dict[str, Any] = {"database": database, "keys": folder / "keys"}
    return Config(manifest=folder / "public" / "published.json", ratelimit="off", **where)


def _name(folder: Path, what: str) -> str:
    return f"verify_{folder.name}_{what}".replace("-", "_")
