"""Secrets that nobody finds out by asking: who consented, or the address of somebody's receipt."""

from __future__ import annotations

import os
import random
import re
import secrets
import time
from base64 import urlsafe_b64encode
from bisect import bisect_left, bisect_right
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.consent_fixtures import V1, answer, form, published
from widget.app import close_app, create_app
from widget.ledger.receipt import is_token, receipt_id_in
from widget.views.shared import service_of

UUID = r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}"
LONG = os.environ.get("FAULTS") == "long"
KNOWN = "resident@example.org"
RANDOM = random.Random(20261125)  # noqa: S311 (a test that can be repeated)


def ask(client: FlaskClient, email: str) -> tuple[float, bytes]:
    """How long a request to withdraw by an address takes, in seconds, and all that comes back."""
    began = time.perf_counter()
    said = client.post("/withdraw", data={"notice": "family-hubs", "email": email})
    took = time.perf_counter() - began
    assert said.status_code == 303
    return took, re.sub(UUID, "the request's own", f"{said.headers}{said.text}").encode()


def how_often_longer(one: list[float], other: list[float]) -> float:
    """The chance that one of the first is longer than one of the second: 0.5 where nothing can be told."""
    order = sorted(other)
    return sum(bisect_left(order, took) + bisect_right(order, took) for took in one) / (2 * len(one) * len(other))


def test_an_address_that_is_known_is_answered_as_one_that_is_not(tmp_path: Path) -> None:
    app = create_app(published(tmp_path))
    client = app.test_client(use_cookies=False)
    client.post("/consent/family-hubs", data=form(V1, photos="given") | {"email": KNOWN})
    count = 2000 if LONG else 50
    took: dict[bool, list[float]] = {True: [], False: []}
    bodies = set()
    for turn in RANDOM.sample([True, False] * count, 2 * count):
        seconds, body = ask(client, KNOWN if turn else "nobody12@example.org")
        took[turn].append(seconds)
        bodies.add(body)
    close_app(app)
    assert len(bodies) == 1
    longer = how_often_longer(took[True], took[False])
    print(f"{count} known and {count} unknown addresses: same bytes; a known one takes longer {longer:.3f} of the time")
    if LONG:  # five times what chance does to 2,000 of each
        assert abs(longer - 0.5) < 0.046


def test_the_measure_would_tell() -> None:
    known, unknown = ([RANDOM.gauss(mean, 1) for _ in range(2000)] for mean in (10.5, 10))
    assert how_often_longer(known, unknown) > 0.55
    assert how_often_longer(unknown, unknown) == pytest.approx(0.5)


def test_no_receipt_is_found_by_guessing(tmp_path: Path) -> None:
    app = create_app(published(tmp_path))
    client = app.test_client(use_cookies=False)
    token = str((client.post("/api/consents", json=answer(service_news="given")).json or {})["token"])
    secret = bytes.fromhex((tmp_path / "keys" / "token.secret").read_text())
    with service_of(app).store.reading() as reading:
        receipt = reading.receipt(receipt_id_in(token) or b"")
    assert receipt and is_token(secret, token, receipt)
    count = 100_000 if LONG else 1_000
    for number in range(count):
        near = list(token)
        near[RANDOM.randrange(len(near))] = RANDOM.choice("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
        blind = urlsafe_b64encode(secrets.token_bytes(32)).decode().rstrip("=")
        for guess in {"".join(near), blind[: len(token)]} - {token}:
            assert not is_token(secret, guess, receipt)
            if number % 100 == 0:
                assert client.get(f"/receipt/{guess}").status_code == 404
    print(f"{2 * count} guesses, half of them one sign away from a receipt: none found")
    close_app(app)
