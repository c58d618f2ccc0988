"""Settings for all tests: none depends on how fast the machine is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests.databases import CHOSEN, KINDS, SQLITE

settings.register_profile("noticeboard", deadline=None)
settings.load_profile("noticeboard")


@pytest.fixture(params=KINDS)
def each_database(request: pytest.FixtureRequest) -> Iterator[str]:
    """Runs a test on SQLite and on PostgreSQL: `published` gives the endpoint a database of that kind."""
    CHOSEN.kind = request.param
    yield request.param
    CHOSEN.drop()
    CHOSEN.kind = SQLITE
