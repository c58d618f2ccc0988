"""Whatever the description allows, and much that it does not, is answered without a fault of ours."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error

from tests.consent_fixtures import FakeClock, published
from widget.app import close_app, create_app


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    app = create_app(published(tmp_path_factory.mktemp("fuzzed")), FakeClock())
    yield app
    close_app(app)


@pytest.fixture(scope="module")
def api(app: Flask) -> object:
    return schemathesis.openapi.from_wsgi("/openapi.json", app)


described = schemathesis.pytest.from_fixture("api")


@described.parametrize()
@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_nothing_that_can_be_asked_makes_it_fail(case: schemathesis.Case) -> None:
    case.headers.pop("Host", None)
    response = case.call()
    case.validate_response(response, checks=[not_a_server_error])
