"""No page of the desk is over 60 kB compressed with its script and styles, with the longest notice of the example in it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import brotli  # type: ignore[import-untyped]
import pytest
from werkzeug.test import TestResponse

from desk.app import close_app
from tests.desk_access_fixtures import Browser
from tests.desk_fixtures import whole_desk
from tests.desk_forms import ways
from tests.site_fixtures import PROJECT
from tests.test_desk_editor import fields, send
from tests.test_desk_fuzzed import ALL_ROLES, GOOD

LIMIT = 60_000
BIG = "family-hubs"
EDITOR = f"/desk/notices/{BIG}"
NOT_OF_THE_DESK = ("previews.", "shares.draft")
"""Pages of the site itself, which have budgets of their own."""


@pytest.fixture
def everybody(tmp_path: Path) -> Iterator[Browser]:
    shutil.copytree(PROJECT / "content", tmp_path / "content")
    shutil.copy(PROJECT / "site.yml", tmp_path)
    (tmp_path / "content" / "shared").mkdir()
    (tmp_path / "content" / "shared" / "promise.md").write_text("Ring 01 for help.\n", "utf-8")
    desk = whole_desk(tmp_path, ALL_ROLES)
    browser = desk.browser()
    assert browser.sign_in(ALL_ROLES).status_code == 303
    yield browser
    close_app(desk.app)


def packed(data: bytes) -> int:
    """Bytes as the build's own files are compressed."""
    return len(brotli.compress(data, quality=11))


def weight(browser: Browser, page: TestResponse) -> int:
    """Compressed bytes of a page with the files of the desk that it loads."""

    @cache
    def of_file(path: str) -> int:
        with browser.get(path) as file:
            assert file.status_code == 200, path
            return packed(file.data)

    linked = set(re.findall(r'(?:src|href)="(/desk/static/[^"]+)"', page.text))
    assert linked
    return packed(page.data) + sum(of_file(path) for path in linked)


def test_every_page_of_the_desk_is_light(everybody: Browser) -> None:
    found: dict[str, int] = {}
    for way in ways(everybody.desk.app):
        if way.method != "GET" or way.rule.endpoint.startswith(NOT_OF_THE_DESK):
            continue
        page = everybody.get(way.path(GOOD | {"notice": BIG}))
        if page.mimetype == "text/html" and page.status_code not in (301, 302, 303):
            found[str(way)] = weight(everybody, page)
    assert len(found) > 10
    assert {name: size for name, size in found.items() if size >= LIMIT} == {}
    print(f"heaviest: {max(found.items(), key=lambda one: one[1])}")


def test_a_form_that_comes_back_is_light_too(everybody: Browser, tmp_path: Path) -> None:
    sent = fields(everybody.get(EDITOR))
    shown = send(everybody, sent, do="show", path=EDITOR, title="Another")
    refused = send(everybody, sent, path=EDITOR, form_token="wrong", title="Another")
    notice = tmp_path / "content" / BIG / "notice.md"
    notice.write_text(re.sub("(?m)^title: ", "title: Their ", notice.read_text("utf-8")), "utf-8")
    conflict = send(everybody, sent, path=EDITOR, title="Another")
    gone = send(everybody, sent, path="/desk/notices/nothing")
    assert [page.status_code for page in (shown, refused, conflict, gone)] == [200, 403, 409, 404]
    sizes = [weight(everybody, page) for page in (shown, refused, conflict, gone)]
    assert all(size < LIMIT for size in sizes), sizes
