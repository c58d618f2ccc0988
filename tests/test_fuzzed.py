"""Requests that the description allows, and many that it does not, are answered without a fault of ours."""

from __future__ import annotations

import os
from pathlib import Path

import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error

from tests.consent_fixtures import FakeClock, published
from widget.app import close_app, create_app

LONG = os.environ.get("FAULTS") == "long"


def test_nothing_that_can_be_asked_makes_it_fail(tmp_path: Path) -> None:
    app = create_app(published(tmp_path), FakeClock())
    api = schemathesis.openapi.from_wsgi("/openapi.json", app)
    asked = cases = 0
    for found in api.get_all_operations():
        operation = found.ok()

        @settings(
            max_examples=100 if LONG else 15,
            deadline=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(operation.as_strategy())
        def ask(case: schemathesis.Case) -> None:
            nonlocal cases
            cases += 1
            response = case.call()
            case.validate_response(response, checks=[not_a_server_error])

        ask()
        asked += 1
    assert asked >= 26
    print(f"{asked} operations, {cases} requests: no fault of ours")
    close_app(app)
