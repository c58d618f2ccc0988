"""The page that checks a receipt in the browser says the same as the command, and sends nothing anywhere."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from werkzeug.serving import make_server

from tests.consent_fixtures import FakeClock, answer, english, published
from tests.serving import free_port
from widget.app import close_app, create_app
from widget.cli import main

WHOLE, BROKEN = english()["endpoint.verify.whole"], english()["endpoint.verify.broken"]


@pytest.fixture
def rotated() -> bool:
    """Whether the signing key changes after the receipt was made."""
    return False


@pytest.fixture
def receipt_and_page(browser: Browser, tmp_path: Path, rotated: bool) -> Iterator[tuple[bytes, Page, list[str]]]:
    config = published(tmp_path)
    app = create_app(config, FakeClock())
    client = app.test_client()
    for _ in range(5):
        given = client.post("/api/consents", json=answer(service_news="given", photos="refused")).json or {}
    text = client.get(f"/receipt/{given['token']}/file").data
    if rotated:
        close_app(app)
        assert main(["rotate", "signing", "--database", config.database]) == 0
        app = create_app(config, FakeClock())
    port = free_port()
    server = make_server("127.0.0.1", port, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    asked: list[str] = []
    with browser.new_context() as context:
        page = context.new_page()
        page.on("request", lambda request: asked.append(f"{request.method} {request.url}"))
        page.goto(f"http://127.0.0.1:{port}/log/verify")
        asked.clear()
        yield text, page, asked
    server.shutdown()
    server.server_close()
    close_app(app)


def verdict(page: Page, text: bytes) -> str:
    page.evaluate("document.getElementById('verdict').textContent = ''")
    page.set_input_files("#file", {"name": "receipt.jsonld", "mimeType": "application/ld+json", "buffer": text})
    place = page.locator("#verdict")
    expect(place).not_to_be_empty()
    return place.inner_text()


def test_a_whole_receipt_is_whole_and_no_flipped_bit_is(receipt_and_page: tuple[bytes, Page, list[str]]) -> None:
    text, page, asked = receipt_and_page
    assert verdict(page, text) == WHOLE
    chance = random.Random(11)  # noqa: S311
    for _ in range(60):
        place = chance.randrange(len(text) * 8)
        flipped = bytearray(text)
        flipped[place // 8] ^= 1 << place % 8
        assert verdict(page, bytes(flipped)) == BROKEN, place
    for other in (b"", b"{}", b"[]", b"null", text[:-40], text.replace(b"refused", b"given")):
        assert verdict(page, other or b" ") == BROKEN
    key = page.locator("#key")
    kept = key.input_value()
    key.fill(kept[:-2] + ("A" if kept[-2] != "A" else "B") + kept[-1])
    assert verdict(page, text) == BROKEN
    assert asked == []


@pytest.mark.parametrize("rotated", [True])
def test_a_receipt_from_before_the_key_changed_is_whole(receipt_and_page: tuple[bytes, Page, list[str]]) -> None:
    text, page, _ = receipt_and_page
    assert verdict(page, text) == WHOLE
    assert verdict(page, text.replace(b"refused", b"given")) == BROKEN

    waiting: list[Route] = []
    page.route("**/*.js", lambda route: waiting.append(route))
    page.reload(wait_until="commit")
    page.set_input_files("#file", {"name": "receipt.jsonld", "mimeType": "application/ld+json", "buffer": text})
    waiting[0].continue_()
    expect(page.locator("#verdict"), "a file that was chosen before the script came is judged").to_have_text(WHOLE)
