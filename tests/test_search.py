"""Full-text search: finds what counts, in a real browser, and asks nobody else."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from werkzeug.serving import make_server

from generator.building import build
from generator.preview.server import OneAddress
from tests.serving import built_files
from tests.site_fixtures import NOTICE, SITE, TODAY, make_site, publish, read, write_notice

pytest.importorskip("pagefind_bin", reason="the extra search is not installed")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    root = make_site(tmp_path_factory.mktemp("site"), site=f"{SITE}search: yes\n")
    write_notice(root, NOTICE.replace("We look after", "Formerly we hoarded"))
    publish(root, "2026-10-01", "First.", "material")
    write_notice(root, NOTICE.replace("We look after", "Zealously we guard the Children’s café in Łódź"))
    assert publish(root, "2026-11-01", "Better.", "clarification", "--same-meaning") == 0
    build.build(read(root), root / "public", TODAY)
    server = make_server("127.0.0.1", 0, OneAddress(built_files(root / "public"), lambda *_: []), threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()


def test_typing_finds_a_word_in_the_text_of_the_version_in_force(browser: Browser, address: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{address}/")
        page.get_by_label("Which service is it about?").fill("zealously")
        link = page.locator(".found a")
        link.wait_for()
        assert link.count() == 1
        assert link.get_attribute("href") == "/library/"
        assert page.locator(".found mark").first.inner_text().lower() == "zealously"
        for typed in ("children's", "CHILDRENS", "children’s", "Łódź", "cafe"):  # as in the list
            page.get_by_label("Which service is it about?").fill(f"zealously {typed}")
            expect(page.locator(".filter [role=status]")).to_have_text("1 notice")
            expect(link).to_be_visible()
        page.get_by_label("Which service is it about?").fill("hoarded")
        expect(page.locator(".found")).to_be_hidden()
        assert all(url.startswith(address) for url in asked)

        without_index = context.new_page()  # as in the preview
        without_index.route("**/pagefind/**", lambda route: route.abort())
        without_index.goto(f"{address}/?find=zealously")
        expect(without_index.get_by_role("status")).to_contain_text("The text of the notices cannot be searched here.")


def test_the_index_is_part_of_the_site_and_the_same_every_time(tmp_path: Path) -> None:
    root = make_site(tmp_path, site=f"{SITE}search: yes\n")
    publish(root, "2026-10-01", "First.", "material")
    found = []
    for _ in range(2):
        build.build(read(root), root / "public", TODAY)
        folder = root / "public" / "pagefind"
        found.append({path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()})
    assert found[0] == found[1]
    assert Path("pagefind.js") in found[0]
