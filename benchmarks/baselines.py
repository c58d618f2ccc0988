"""Rivals of the endpoint: small Flask apps that record one row a commit, under the same server."""

from __future__ import annotations

import os
import sys
import threading
import uuid
from datetime import UTC, datetime

from flask import Flask, Response, jsonify, request
from granian import Granian
from granian.constants import Interfaces
from sqlalchemy import Column, MetaData, Table, Text, create_engine, event, insert

from widget.store.engine import durable_mode, sqlite_module

COLUMNS = ("id", "notice", "version", "digest", "consent", "decision", "at")
EVENT = Table("consent", MetaData(), *(Column(name, Text, primary_key=name == "id") for name in COLUMNS))


def row() -> dict[str, str]:
    """One answer as a row."""
    sent = request.get_json()
    ((consent, decision),) = sent["decisions"].items()
    at = datetime.now(UTC).isoformat()
    values = (str(uuid.uuid4()), sent["notice"], str(sent["version"]), sent["digest"], consent, decision, at)
    return dict(zip(COLUMNS, values, strict=True))


def empty() -> Flask:
    """A view that does nothing."""
    app = Flask("empty")
    app.post("/api/consents")(lambda: ("", 201))
    return app


def sqlalchemy_core() -> Flask:
    """Flask and SQLAlchemy Core, one row a commit."""
    app = Flask("sqlalchemy")
    database = os.environ["DATABASE_URL"]
    if database.startswith("sqlite"):
        engine = create_engine(database, module=sqlite_module(), connect_args={"timeout": 30}, pool_size=16)
        event.listen(engine, "connect", lambda connection, _record: _durable(connection))
    else:
        engine = create_engine(database, pool_size=16)
    EVENT.metadata.create_all(engine)

    @app.post("/api/consents")
    def give() -> tuple[Response, int]:
        values = row()
        with engine.begin() as connection:
            connection.execute(insert(EVENT), values)
        return jsonify(id=values["id"]), 201

    return app


def sqlite_directly() -> Flask:
    """Flask and the driver alone, one row a commit."""
    app = Flask("sqlite")
    file = os.environ["DATABASE_URL"].removeprefix("sqlite:///")
    driver = sqlite_module()
    kept = threading.local()

    def connected() -> object:
        if not hasattr(kept, "connection"):
            kept.connection = driver.connect(file, timeout=30, isolation_level=None)
            _durable(kept.connection)
        return kept.connection

    connected().execute(f"CREATE TABLE IF NOT EXISTS consent (id TEXT PRIMARY KEY, {', '.join(COLUMNS[1:])})")

    @app.post("/api/consents")
    def give() -> tuple[Response, int]:
        values = row()
        connected().execute("INSERT INTO consent VALUES (?, ?, ?, ?, ?, ?, ?)", tuple(values.values()))
        return jsonify(id=values["id"]), 201

    return app


def _durable(connection: object) -> None:
    journal, synchronous = durable_mode(sqlite_module().sqlite_version_info)
    connection.execute(f"PRAGMA journal_mode = {journal}")
    connection.execute(f"PRAGMA synchronous = {synchronous}")


if __name__ == "__main__" and len(sys.argv) > 1:  # `make bench` runs every file here, and this one measures nothing
    name, port, threads = sys.argv[1:]
    Granian(
        f"benchmarks.baselines:{name}",
        factory=True,
        address="127.0.0.1",
        port=int(port),
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=int(threads),
        log_enabled=False,
        websockets=False,
    ).serve()
