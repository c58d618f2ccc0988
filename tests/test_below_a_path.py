"""A site that is published below another one, such as https://www.example.org/privacy: every address of it works there."""

from __future__ import annotations

import mimetypes
import os
import re
import socket
import subprocess
import threading
import time
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Literal, get_args
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

from generator.cli import main
from generator.content import web_address
from generator.content.web_address import NoAddress
from tests import programs
from tests.proxies import is_old_caddy, mime_types, shipped
from tests.serving import free_port
from tests.site_fixtures import NOTICE, SITE, make_site, publish, write_notice
from widget.app import close_app, create_app
from widget.base_path import below, inside
from widget.config import Config
from widget.manifest import PATHS

PATH = "/privacy"
MOVED = NOTICE.replace("title:", "aliases: [/old-library]\ntitle:") + "\nSee [ourselves](/library/#our-promise).\n"


class Council:
    """A council's website with the site and its consent service below a path, and nothing of theirs anywhere else.

    `strips` says that the web server takes the path away before it asks the consent service.
    """

    def __init__(self, public: Path, endpoint: Callable[..., Iterable[bytes]], *, strips: bool) -> None:
        self.public, self.endpoint, self.strips = public, endpoint, strips
        self.stray: list[str] = []

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        asked = str(environ["PATH_INFO"])
        known = inside(asked, PATH)
        if known == asked:
            return self._elsewhere(asked)(environ, start_response)
        if known.lstrip("/").partition("/")[0] in PATHS:
            passed = environ | ({"PATH_INFO": known} if self.strips else {})
            return self.endpoint(passed, start_response)
        return self._file(Request(environ), known)(environ, start_response)

    def _elsewhere(self, asked: str) -> Response:
        """The council's other pages: one with the consent form in it, at /form."""
        if asked == "/form":
            return Response(FORM, mimetype="text/html")
        self.stray.append(asked)
        return Response("not ours", 404)

    def _file(self, request: Request, path: str) -> Response:
        file = self.public / path.lstrip("/")
        if file.is_dir():
            if not path.endswith("/"):
                return Response("", 301, {"Location": f"{request.path}/"})
            file /= "index.html"
        if not file.is_file():
            return Response((self.public / "404.html").read_bytes(), 404, mimetype="text/html")
        return Response(file.read_bytes(), mimetype=mimetypes.guess_type(file.name)[0] or "text/plain")


Kind = Literal["the path is passed on", "the path is taken away", "nginx", "caddy"]
KINDS: tuple[Kind, ...] = get_args(Kind)
FORM = f'<!doctype html><script src="{PATH}/consent.js" defer></script><consent-form notice="library"></consent-form>'


@contextmanager
def hosted(root: Path, kind: Kind) -> Iterator[tuple[str, Council]]:
    """The address of a site below a path of a free port, and the website that it is on."""
    port = free_port()
    home = f"http://127.0.0.1:{port}{PATH}"
    make_site(root, MOVED, SITE.replace("https://privacy.example.org", home))
    page = root / "content/pages/cookies.md"
    page.parent.mkdir()
    page.write_text('---\ntitle: Cookies\n---\nA link is written `<a href="/library/">`.\n', "utf-8")
    assert publish(root, "2026-10-01", "First.", "material") == 0
    write_notice(root, MOVED.replace("We look after", "We guard"))
    assert publish(root, "2026-10-02", "Second.") == 0
    assert main(["build", "--root", str(root), "--quiet", "--date", "2026-11-24"]) == 0
    app = create_app(Config(manifest=root / "public/published.json", database=f"sqlite:///{root / 'consents.db'}"))
    council = Council(root / "public", app.wsgi_app, strips=kind == "the path is taken away")
    try:
        if kind in ("nginx", "caddy"):
            server = nginx if kind == "nginx" else caddy
            with answering(app.wsgi_app, 0) as endpoint, server(root, port, endpoint):
                yield home, council
        else:
            with answering(council, port):
                yield home, council
    finally:
        close_app(app)


@contextmanager
def answering(app: Callable[..., Iterable[bytes]], port: int) -> Iterator[int]:
    """A server of a WSGI app on a port of this machine, which is told."""
    server = make_server("127.0.0.1", port, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def nginx(root: Path, port: int, endpoint: int) -> Iterator[None]:
    """nginx as a council's website, with the file in deploy/ as it is shipped: only addresses and paths are those of the test."""
    binary = programs.required("nginx")
    folder = root / "nginx"
    (folder / "below").mkdir(parents=True)
    (folder / "below" / PATH.strip("/")).symlink_to(root / "public")
    (folder / "form").write_text(FORM, "utf-8")
    changes = {
        "root /var/www/privacy/below;": f"root {folder}/below;",
        "/var/log/nginx/": f"{folder}/",
        "127.0.0.1:8001;": f"127.0.0.1:{endpoint};",
    }
    below_a_path = shipped("nginx-below-a-path.conf", **changes)
    maps = shipped("nginx-below-a-path.http.conf")
    own = " ".join(
        f"{name}_temp_path {folder}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    server = f"server {{ listen 127.0.0.1:{port}; root {folder}; location = /form {{ default_type text/html; }} {below_a_path} }}"
    user = "user root;\n" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(
        f"{user}daemon off;\npid {folder}/pid;\nevents {{ }}\n"
        f"http {{ include {mime_types()}; {own} access_log {folder}/all.log;\n{maps}{server} }}\n"
    )
    command = [str(binary), "-p", str(folder), "-e", "stderr", "-c", str(folder / "nginx.conf")]
    with running(command, folder, port):
        yield


@contextmanager
def caddy(root: Path, port: int, endpoint: int) -> Iterator[None]:
    """Caddy as a council's website, with the file in deploy/ as it is shipped: only addresses and paths are those of the test."""
    binary = programs.required("caddy")
    folder = root / "caddy"
    folder.mkdir()
    (folder / "form").write_text(FORM, "utf-8")
    below_a_path = shipped(
        "Caddyfile-below-a-path",
        **{"/var/www/privacy/public": str(root / "public"), "127.0.0.1:8001": f"127.0.0.1:{endpoint}"},
        **({"request_buffers 64KB": "buffer_requests"} if is_old_caddy(binary) else {}),
    )
    page = f"handle /form {{\n\theader Content-Type text/html\n\troot * {folder}\n\tfile_server\n}}"
    (folder / "Caddyfile").write_text(
        f"{{\n\tadmin off\n}}\nhttp://127.0.0.1:{port} {{\n\tbind 127.0.0.1\n{page}\n{below_a_path}\n}}\n"
    )
    command = [str(binary), "run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile")]
    with running(command, folder, port):
        yield


@contextmanager
def running(command: list[str], folder: Path, port: int) -> Iterator[None]:
    """A web server that answers on a port, with its output in a log of the folder."""
    environment = programs.environment() | {"HOME": str(folder), "XDG_DATA_HOME": str(folder)}
    with (folder / "output.log").open("w") as output:
        process = subprocess.Popen(command, env=environment, stdout=output, stderr=output)
    try:
        for _ in range(200):
            assert process.poll() is None, (folder / "output.log").read_text("utf-8")
            with suppress(OSError):
                socket.create_connection(("127.0.0.1", port), timeout=5).close()
                break
            time.sleep(0.05)
        yield
    finally:
        process.terminate()
        process.wait(20)


@pytest.fixture(scope="module", params=KINDS)
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Council]]:
    with hosted(tmp_path_factory.mktemp("site"), request.param) as found:
        yield found


def addresses_in(text: str) -> list[str]:
    tags = re.findall(r"<[a-zA-Z](?:[^\"<>]|\"[^\"]*\")*>", text)
    return [address for tag in tags for address in re.findall(r'\s(?:href|src)="([^"]*)"', tag)]


def test_every_link_leads_to_a_page_below_the_path(site: tuple[str, Council]) -> None:
    home, council = site
    waiting = [f"{home}/", f"{home}/sitemap.xml", f"{home}/feed.xml", f"{home}/404.html", f"{home}/old-library/"]
    waiting += [f"{home}/consent/library", f"{home}/withdraw", f"{home}/log/verify", f"{home}/consent.js"]
    seen: dict[str, str] = {}
    while waiting:
        address = waiting.pop()
        if address in seen or not address.startswith(home.removesuffix(PATH)):
            continue
        assert address.startswith(f"{home}/"), "a link leaves the path"
        with urllib.request.urlopen(address, timeout=20) as answer:  # noqa: S310 (this machine)
            assert answer.status == 200
            seen[address] = answer.read().decode("utf-8", "replace")
            named = answer.headers.get_content_type()
        found = addresses_in(seen[address]) if named == "text/html" else []
        found += re.findall(rf"{re.escape(home)}[^<>\"'\s]*", seen[address]) if "xml" in named else []
        waiting += [urldefrag(urljoin(address, link))[0] for link in found if not link.startswith(("data:", "mailto:"))]
    assert len(seen) > 20
    assert council.stray == []
    assert '&lt;a href="/library/"&gt;' in seen[f"{home}/cookies/"].replace("&quot;", '"'), "what is only written about"


def test_redirects_and_lists_for_servers_and_programs_have_the_path(site: tuple[str, Council]) -> None:
    home, council = site
    assert (council.public / "_redirects").read_text("utf-8") == f"{PATH}/old-library {PATH}/library/ 301\n"
    assert (council.public / "redirects.map").read_text("utf-8") == f"{PATH}/old-library {PATH}/library/;\n"
    assert f"Disallow: {PATH}/receipt/" in (council.public / "robots.txt").read_text("utf-8")
    for name in ("published.json", "feed.xml", "library/v/1/notice.jsonld", "sitemap.xml"):
        text = (council.public / name).read_text("utf-8")
        host = home.removesuffix(PATH)
        assert home in text
        assert not re.findall(rf"{re.escape(host)}(?!{PATH})[^\"<\s]*", text), name


def agree(page: Page) -> None:
    page.get_by_role("radio", name="I agree").check()
    page.get_by_role("button", name="Save my answer").click()


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_resident_agrees_and_withdraws(script: bool, site: tuple[str, Council], browser: Browser) -> None:
    home, council = site
    context = browser.new_context(java_script_enabled=script)
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.goto(f"{home}/library/")
    agree(page)
    if not script:
        expect(page.locator("main")).to_contain_text("Your answer is not saved yet.")
        page.get_by_role("button", name="Save my answer").click()
    expect(page).to_have_url(re.compile(f"^{re.escape(home)}/receipt/"))
    expect(page.locator("main")).to_contain_text(f"{home}/library/v/2/")
    page.get_by_role("button", name=re.compile("Withdraw")).click()
    expect(page).to_have_url(re.compile(f"^{re.escape(home)}/receipt/"))
    expect(page.locator("main")).to_contain_text(re.compile("withdrawn|withdrew", re.I))
    assert council.stray == []
    context.close()


def test_the_form_on_a_page_elsewhere_finds_its_way(site: tuple[str, Council], browser: Browser) -> None:
    home, council = site
    context = browser.new_context()
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.goto(f"{home.removesuffix(PATH)}/form")
    agree(page)
    receipt = page.get_by_role("link", name=re.compile("receipt", re.I)).first
    assert str(receipt.get_attribute("href")).startswith(f"{home}/receipt/")
    logged = council.public.parent.glob("*/*.log")
    assert not any("/receipt/" in log.read_text("utf-8") for log in logged), "the address of a receipt is its key"
    assert [path for path in council.stray if path != "/favicon.ico"] == []
    context.close()


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("https://WWW.example.org/privacy/", "https://www.example.org/privacy"),
        ("https://www.example.org:443/our/privacy.notices", "https://www.example.org/our/privacy.notices"),
        ("https://www.example.org/", "https://www.example.org"),
    ],
)
def test_the_address_of_a_site_may_have_a_path(written: str, meant: str) -> None:
    assert web_address.base(written) == meant


@pytest.mark.parametrize("path", ["/a//b", "/../a", "/a/.", "/a b", "/a?b", "/a#b", "/assets", "/ŷ", "/%20", "//a"])
def test_a_path_that_no_folder_has_is_refused(path: str) -> None:
    assert isinstance(web_address.base(f"https://www.example.org{path}"), NoAddress)


TEXT = st.text(st.characters(blacklist_characters="<>"), max_size=40)


@given(TEXT, TEXT)
def test_only_addresses_of_the_site_in_tags_get_the_path(before: str, text: str) -> None:
    page = f'{before}<a title=\'x href="/no"\' href="/yes/"><img src="//else/"></a>{text} href="/no"'
    put = below(page, PATH)
    assert put == page.replace('"/yes/"', f'"{PATH}/yes/"')
    assert below(page, "") == page


def test_nothing_but_the_path_itself_is_taken_off() -> None:
    assert [
        inside(address, PATH) for address in ("/privacy/a", "/privacy/privacy/", "/privacyx/", "/privacy", "/a")
    ] == [*("/a", "/privacy/", "/privacyx/", "/privacy", "/a")]
    assert unquote(urlsplit(inside("/privacy/%C5%B7", PATH)).path) == "/ŷ"
