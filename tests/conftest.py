"""Settings for all tests: none depends on how fast the machine is."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import settings
from playwright.sync_api import Browser

import tests.compiled_once  # noqa: F401 (by its import)
from tests.browser import chromium
from tests.consent_fixtures import FakeClock, published
from tests.databases import CHOSEN, KINDS, SQLITE
from widget.app import close_app, create_app
from widget.config import Config

if os.environ.pop("PYTHONDONTWRITEBYTECODE", None):
    sys.dont_write_bytecode = False  # else each of the hundreds of commands that the tests start compiles all code anew

settings.register_profile("noticeboard", deadline=None)
settings.load_profile("noticeboard")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that asks for `each_database` runs on SQLite; where it is marked `postgresql`, on PostgreSQL as well.

    The marked tests are chosen so that each address and command is used once on both: all of them twice would only take
    time, since views and commands do not know which database they have.
    """
    if "each_database" in metafunc.fixturenames:
        marked = metafunc.definition.get_closest_marker("postgresql")
        metafunc.parametrize("each_database", KINDS if marked else (SQLITE,), indirect=True)


@pytest.fixture
def each_database(request: pytest.FixtureRequest) -> Iterator[str]:
    """The kind of the database: `published` gives the endpoint one of that kind."""
    CHOSEN.kind = request.param
    yield request.param
    CHOSEN.drop()
    CHOSEN.kind = SQLITE


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real browser, for all tests of a worker: each opens a session of its own in it."""
    with chromium() as found:
        yield found


@pytest.fixture
def clock() -> FakeClock:
    """The endpoint's clock, which a test can set."""
    return FakeClock()


@pytest.fixture
def config(tmp_path: Path, each_database: str) -> Config:
    """An endpoint beside a site that was built."""
    return published(tmp_path)


@pytest.fixture
def app(config: Config, clock: FakeClock) -> Iterator[Flask]:
    """The endpoint, closed when the test ends."""
    app = create_app(config, clock)
    yield app
    close_app(app)
