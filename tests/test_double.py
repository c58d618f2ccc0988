"""Forms that are sent twice at once, cut off or repeated over raw sockets, with script and without: none doubled,
none lost.

`python -m tests.faults double` runs the long form.
"""

from __future__ import annotations

import json
import os
import random
import re
import secrets
import socket
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from playwright.sync_api import Browser, Error

from tests.consent_fixtures import V2, acts, answer, form
from tests.endpoint import served
from tests.serving import served as site_served
from tests.test_acts_in_browser import visit
from tests.widget_fixtures import NEWS, choice, make_council
from widget.config import Config
from widget.ledger.events import ConsentEvent
from widget.store.engine import open_to_read
from widget.store.group_commit import reading_of

LONG = os.environ.get("FAULTS") == "long"
VIEWS = 10_000 if LONG else 40
IN_BROWSER = 100 if LONG else 4
SEED = secrets.randbits(32)


@dataclass(frozen=True)
class View:
    """A view of the form: what it sends, and how often at the same time."""

    bodies: tuple[bytes, ...]
    cut: bool


def written(database: str) -> list[ConsentEvent]:
    """People's acts, as the ledger holds them."""
    engine = open_to_read(database, 30)
    with reading_of(engine) as reading:
        found = acts(reading)
    engine.dispose()
    return found


def view(chance: random.Random) -> View:
    """Sent two or three times: as a form, as the script sends it, or both; sometimes nobody waits for a reply."""
    request_id = secrets.token_hex(16)
    fields = form(V2, photos="given") | {"request_id": request_id}
    as_form = request("/consent/family-hubs", "application/x-www-form-urlencoded", urlencode(fields).encode())
    document = answer(V2, photos="given") | {"request_id": request_id}
    as_script = request("/api/consents", "application/json", json.dumps(document).encode())
    bodies = tuple(chance.choice((as_form, as_script)) for _ in range(chance.choice((2, 2, 3))))
    return View(bodies, chance.random() < 0.2)


def request(path: str, kind: str, body: bytes) -> bytes:
    """A whole HTTP request."""
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n"
    return head.encode() + b"Connection: close\r\n\r\n" + body


def send(where: tuple[str, int], sent: bytes, *, wait: bool = True) -> str:
    """The token of the receipt in the reply; nothing where nobody waits for one."""
    with socket.create_connection(where, 60) as line:
        line.sendall(sent)
        if not wait:
            return ""
        reply = b""
        while part := line.recv(65536):
            reply += part
    found = re.search(rb"[Ll]ocation: /receipt/([\w-]{43})", reply) or re.search(rb'"token": ?"([\w-]{43})"', reply)
    assert found, reply[:300]
    return found[1].decode()


def answer_in(where: tuple[str, int], one: View, pool: ThreadPoolExecutor) -> set[str]:
    """Every token that a view was answered with: all at once, then once more."""
    waiting = [
        pool.submit(send, where, body, wait=not (one.cut and place == 0)) for place, body in enumerate(one.bodies)
    ]
    tokens = {sending.result() for sending in waiting}
    tokens.add(send(where, one.bodies[-1]))
    return tokens - {""}


@pytest.mark.postgresql
def test_no_view_is_recorded_twice_and_none_is_lost(config: Config) -> None:
    chance = random.Random(SEED)  # noqa: S311 (no secret)
    views = [view(chance) for _ in range(VIEWS)]
    with served(config) as (address, _):
        parts = urlsplit(address)
        where = (parts.hostname or "", parts.port or 0)
        with ThreadPoolExecutor(16) as sending, ThreadPoolExecutor(5) as people:
            answered = list(people.map(lambda one: answer_in(where, one, sending), views))
    assert [len(tokens) for tokens in answered] == [1] * VIEWS, f"seed {SEED}"
    assert len(set[str]().union(*answered)) == VIEWS
    events = written(config.database)
    told(config.database.partition(":")[0], VIEWS, sum(len(one.bodies) + 1 for one in views), len(events))
    assert [event.kind for event in events] == ["given"] * VIEWS
    assert len({event.subject for event in events}) == VIEWS


def told(what: str, views: int, sent: int, events: int) -> None:
    """The figures, where somebody reads along."""
    print(f"{what}: {views} views sent {sent} times, {events} events", file=sys.stderr)


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_no_view_in_a_browser_is_recorded_twice_and_none_is_lost(
    browser: Browser, tmp_path: Path, script: bool
) -> None:
    make_council(tmp_path)
    chance = random.Random(SEED)  # noqa: S311 (no secret)
    with site_served(tmp_path) as address, visit(browser, script) as page:
        for _ in range(IN_BROWSER):
            page.goto(f"{address}/consent/library")
            for turn in range(2):
                choice(page, NEWS).get_by_role("radio", name="I agree").check()
                press = page.get_by_role("button", name="Save my answer")
                often: Callable[[], None] = chance.choice((press.click, press.dblclick))
                with suppress(Error):  # the second press may find that the page is gone
                    often()
                page.wait_for_url(re.compile("/receipt/"))
                if turn == 0:
                    page.reload() if chance.random() < 0.5 else None
                    page.go_back()
        events = written(f"sqlite:///{tmp_path / 'var' / 'consents.db'}")
    told("browser", IN_BROWSER, IN_BROWSER * 2, len(events))
    assert [event.kind for event in events] == ["given"] * IN_BROWSER, f"seed {SEED}"
