"""Settings for all tests: none depends on how fast the machine is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests.databases import CHOSEN, KINDS, SQLITE

settings.register_profile("noticeboard", deadline=None)
settings.load_profile("noticeboard")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """What asks for `each_database` runs on SQLite; where it is marked `postgresql`, on PostgreSQL as well.

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
