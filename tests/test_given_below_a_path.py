"""Ways that lead residents to a site below a path from elsewhere: letters, QR codes, PDF files, full-text search."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from generator.building import build
from generator.exports import qr_code
from tests.site_fixtures import SITE, TODAY, make_site, publish, read
from tests.test_below_a_path import MOVED, PATH, Council, answering
from tests.test_mail import Box
from tests.test_pdf import inside
from widget.app import close_app, create_app
from widget.config import Config
from widget.mail.delivery import send_due
from widget.views.shared import service_of

BASE = f"https://notices.example.org{PATH}"


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("pagefind_bin", reason="the extra search is not installed")
    site = SITE.replace("https://privacy.example.org", BASE)
    root = make_site(tmp_path_factory.mktemp("site"), MOVED, f"{site}pdf: yes\nsearch: yes\n")
    assert publish(root, "2026-10-01", "First.", "material") == 0
    build.build(read(root), root / "public", TODAY)
    return root / "public"


def test_a_qr_code_and_a_pdf_file_have_the_path(public: Path) -> None:
    codes = [file.read_bytes() for file in public.rglob("*.svg")]
    assert qr_code.svg(f"{BASE}/check/library/1/") in codes
    assert (public / "check/library/1/index.html").is_file()
    printed = inside((public / "library/v/1/notice.pdf").read_bytes()).decode("latin-1")
    own = [
        address
        for address in re.findall(r"/URI \((.*?)\)", printed)
        if address.startswith("https://notices.example.org")
    ]
    assert own
    assert [address for address in own if not address.startswith(f"{BASE}/")] == []


def test_full_text_search_finds_and_leads_below_the_path(browser: Browser, public: Path) -> None:
    council = Council(public, lambda *_: [], strips=False)
    with answering(council, 0) as port, browser.new_context() as context:
        page = context.new_page()
        page.goto(f"http://127.0.0.1:{port}{PATH}/")
        page.get_by_label("Which service is it about?").fill("our promise")
        link = page.locator(".found a").first
        link.wait_for()
        assert link.get_attribute("href") == f"{PATH}/library/"
        assert [path for path in council.stray if path != "/favicon.ico"] == []


def test_every_link_in_a_letter_has_the_path(public: Path, tmp_path: Path) -> None:
    app = create_app(Config(manifest=public / "published.json", database=f"sqlite:///{tmp_path / 'consents.db'}"))
    client, box = app.test_client(use_cookies=False), Box()
    (version,) = service_of(app).manifest.versions
    sent = {
        "version": "1",
        "digest": version.digest,
        "language": "en",
        "request_id": "0" * 32,
        "decision.news": "given",
    }
    receipt = client.post("/consent/library", base_url=BASE, data=sent | {"email": "resident@example.org"}).location
    assert receipt.startswith(f"{PATH}/receipt/")
    assert (
        client.post(f"{receipt}/withdraw", base_url=BASE.removesuffix(PATH), data={"consent": "news"}).status_code < 400
    )
    client.post("/withdraw", base_url=BASE, data={"email": "resident@example.org", "language": "en"})
    send_due(service_of(app), box)
    close_app(app)
    links = [link for letter in box.letters for link in re.findall(r"https://notices\.example\.org\S*", letter.body)]
    assert any(link.startswith(f"{BASE}/receipt/") for link in links)
    assert [link for link in links if not link.startswith(f"{BASE}/")] == []
