"""The daily digest: each service hears of every decision, once a day, whatever starts, stops or looks at the same time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.consent_fixtures import V1, V2, FakeClock, answer
from tests.test_desk import bearer, give
from tests.test_mail import Box, sent
from widget.config import Config
from widget.mail.digest import CAUGHT_UP, owe_digests
from widget.mail.message import Letter
from widget.service import Service, open_service
from widget.views.shared import service_of

pytestmark = pytest.mark.postgresql
SERVICE = "family.hubs@example.org"


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client(use_cookies=False)


@pytest.fixture
def here(app: Flask) -> Service:
    return service_of(app)


def digests(here: Service) -> list[Letter]:
    owe_digests(here)
    box: Box = sent(here)
    return [letter for letter in box.to(SERVICE) if "What residents decided" in letter.body]


def test_a_service_hears_of_each_decision_of_the_day_with_its_reference(
    client: FlaskClient, here: Service, clock: FakeClock
) -> None:
    yes, gone = give(client), give(client, V1)
    client.post("/api/consents", json=answer(V2, service_news="given"), headers=bearer(gone))
    client.post(f"/receipt/{gone['token']}/withdraw", data={"consent": "service-news"})
    give(client, service_news="refused")
    client.post("/withdraw", data={"phone": "0161 496 0002", "notice": "family-hubs"})
    assert digests(here) == []
    clock.move(days=1)
    (letter,) = digests(here)
    for part in ("Said yes: 2\n", "Agreed to changed words: 1\n", "Withdrew their yes: 1\n", "22 November 2026"):
        assert part in letter.body
    assert "Asked to withdraw without a receipt: 1\n" in letter.body
    assert "nobody has acted on yet: 2\n" in letter.body
    assert letter.body.count(yes["reference"]) == 1
    assert letter.body.count(gone["reference"]) == 3
    assert "consent" not in letter.subject.lower()


def test_a_day_without_decisions_has_no_digest(client: FlaskClient, here: Service, clock: FakeClock) -> None:
    give(client, service_news="refused")
    clock.move(days=1)
    assert digests(here) == []


def test_there_is_one_digest_however_many_processes_look_and_start(
    config: Config, client: FlaskClient, here: Service, clock: FakeClock
) -> None:
    give(client)
    clock.move(days=1)
    others = [here]
    for _ in range(2 if config.database.startswith("postgresql") else 0):
        others.append(open_service(config, clock, here.randomness))
    with ThreadPoolExecutor(len(others) * 2) as threads:
        owed = sum(threads.map(owe_digests, others * 2))
    for other in others[1:]:
        other.close()
    assert owed == 1
    assert len(digests(here)) == 1
    if config.database.startswith("postgresql"):
        with closing(open_service(config, clock, here.randomness)) as again:
            assert owe_digests(again) == 0


def test_after_an_outage_the_days_that_were_missed_follow(client: FlaskClient, here: Service, clock: FakeClock) -> None:
    give(client)
    clock.move(days=1)
    assert len(digests(here)) == 1
    for _ in range(2):
        give(client)
        clock.move(days=1)
    for day, letter in zip(("23 November 2026", "24 November 2026"), digests(here), strict=True):
        assert day in letter.body
    give(client)
    clock.move(days=CAUGHT_UP + 1)
    assert digests(here) == []


def test_no_digest_is_owed_while_a_release_may_run_that_would_misread_it(
    client: FlaskClient, here: Service, clock: FakeClock
) -> None:
    give(client)
    clock.move(days=1)

    def older(writing: object) -> None:
        writing._connection.exec_driver_sql(  # type: ignore[attr-defined]
            f"INSERT INTO release (process, release, schema, seen) VALUES ('before', '0.1.0', 1, '{clock().isoformat()}')"  # noqa: S608
        )

    here.store.write(older)
    assert owe_digests(here) == 0
    clock.move(minutes=11)
    assert owe_digests(here) == 1
