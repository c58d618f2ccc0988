"""The site and `consents serve` behind nginx and Caddy, set up by the files in deploy/."""

from __future__ import annotations

import json
import os
import re
import secrets
import signal
import ssl
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from fnmatch import fnmatchcase
from pathlib import Path
from urllib.parse import urlencode

import pytest

from generator.building import build
from tests import programs
from tests.consent_fixtures import published
from tests.endpoint import served
from tests.proxies import KINDS, Answer, Proxy, proxy, shipped
from tests.site_fixtures import SITE, TODAY, make_site, publish, read
from widget.app import close_app, create_app
from widget.config import Config

FORM = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
JSON = {"Content-Type": "application/json"}
OF_THE_ENDPOINT = "Cross-Origin-Opener-Policy"


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built site with one notice."""
    root = make_site(tmp_path_factory.mktemp("site"), site=f"{SITE}languages: [en, cy]\n")
    assert publish(root, "2026-10-01", "First.", "material") == 0
    build.build(read(root), root / "public", TODAY)
    return root / "public"


@pytest.fixture(scope="module", params=KINDS)
def behind(request: pytest.FixtureRequest, public: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    """A proxy before the site and its endpoint, which counts requests."""
    programs.required(request.param)
    folder = tmp_path_factory.mktemp(request.param)
    config = Config(
        manifest=public / "published.json",
        database=f"sqlite:///{folder}/consents.db",
        keys=folder / "keys",
        proxies=1,
    )
    with served(config) as (address, _), proxy(request.param, folder / "proxy", public, _port(address)) as running:
        yield running


def _port(address: str) -> int:
    return int(address.rpartition(":")[2])


def choice(public: Path) -> dict[str, object]:
    (version,) = json.loads((public / "published.json").read_text("utf-8"))["versions"]
    return {name: version[name] for name in ("notice", "version", "digest", "language")}


def agree(behind: Proxy, public: Path) -> str:
    """The address of a new receipt."""
    fields = {name: str(value) for name, value in choice(public).items() if name != "notice"} | {
        "decision.news": "given",
        "request_id": secrets.token_hex(16),
    }
    posted = behind.ask("POST", "/consent/library", urlencode(fields).encode(), FORM)
    assert posted.status == 303, posted.body
    return str(posted.headers["Location"])


DEPLOYED = {
    "nginx.conf": "",
    "nginx-below-a-path.conf": "/privacy",
    "Caddyfile": "",
    "Caddyfile-below-a-path": "/privacy",
}
"""Each file for a proxy, with the path that the site is below in it."""


@pytest.mark.parametrize("name", list(DEPLOYED))
def test_every_address_of_the_endpoint_is_passed_on_to_it(name: str, public: Path, tmp_path: Path) -> None:
    app = create_app(Config(manifest=public / "published.json", database=f"sqlite:///{tmp_path}/consents.db"))
    rules = {rule.rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"}
    close_app(app)
    addresses = {DEPLOYED[name] + re.sub(r"<\w+>", "x", rule) for rule in rules - {"/metrics"}}
    assert len(addresses) > 20
    text = shipped(name)
    if name.startswith("nginx"):
        (pattern,) = re.findall(r"location ~ (\S+) \{\s+proxy_pass ", text)
        missed = {address for address in addresses if not re.search(pattern, address)}
    else:
        (paths,) = re.findall(r"@\w*endpoint path (.+)", text)
        missed = {address for address in addresses if not any(fnmatchcase(address, path) for path in paths.split())}
    assert missed == set()


def test_static_pages_have_their_headers_and_their_characters(behind: Proxy) -> None:
    for path, status in (("/", 200), ("/library/", 200), ("/nowhere/", 404), ("/cy/nowhere/", 404)):
        page = behind.ask("GET", path)
        assert page.status == status
        assert page.headers["Content-Type"].replace("UTF", "utf").replace(" ", "") == "text/html;charset=utf-8"
        policy = page.headers["Content-Security-Policy"].split("; ")
        assert "frame-ancestors 'none'" in policy and "default-src 'none'" in policy
        (own,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page.body)
        left_to_the_page = r" '(wasm-unsafe-eval|unsafe-inline|sha256-[^']+)'"
        assert {re.sub(left_to_the_page, "", rule) for rule in policy} == {
            *(re.sub(left_to_the_page, "", rule) for rule in own.split("; ")),
            "frame-ancestors 'none'",
        }
        assert "unsafe" not in own
        assert page.headers["X-Content-Type-Options"] == "nosniff"
        assert page.headers["X-Frame-Options"] == "DENY"
        assert page.headers["Referrer-Policy"] == "strict-origin"
        assert page.headers["Strict-Transport-Security"]
        assert "<h1" in page.body
    for path, language in (("/nowhere/", "en"), ("/cy/nowhere/", "cy")):
        assert f'lang="{language}"' in behind.ask("GET", path).body.partition(">")[2][:60]
    assert behind.ask("GET", "/library").status in (301, 308)
    assert behind.ask("GET", "/.well-known/security.txt").status == 200


def test_only_files_whose_name_changes_with_them_are_kept_by_browsers(behind: Proxy, public: Path) -> None:
    page = behind.ask("GET", "/library/history/")
    assert page.headers["Cache-Control"] == "no-cache"
    (style, *_) = re.findall(r"/assets/site\.[0-9a-f]+\.css", page.body)
    assert "immutable" in behind.ask("GET", style).headers["Cache-Control"]
    for name, cached in ((f"/pictures/{'0' * 32}-1x1.png", "immutable"), ("/pictures/by-hand.png", "no-cache")):
        picture = public / name.lstrip("/")
        picture.parent.mkdir(exist_ok=True)
        picture.write_bytes(b"a picture")
        answer = behind.ask("GET", name)
        assert (answer.status, answer.headers["Content-Type"]) == (200, "image/png")
        assert cached in answer.headers["Cache-Control"], name
    script = behind.ask("GET", "/consent.js")
    assert script.headers["Cache-Control"] == "no-cache"
    assert "javascript" in script.headers["Content-Type"]


def test_consent_is_given_and_withdrawn_and_the_receipt_is_not_kept(behind: Proxy, public: Path) -> None:
    receipt = agree(behind, public)
    assert receipt.startswith("/receipt/")
    page = behind.ask("GET", receipt)
    assert page.status == 200 and "You said yes" in page.body
    assert page.headers["Cache-Control"] == "no-store"
    for name in ("Content-Security-Policy", "X-Frame-Options", "Referrer-Policy", "Strict-Transport-Security"):
        assert len(page.headers.get_all(name) or ()) == 1, name
    withdrawn = behind.ask("POST", f"{receipt}/withdraw", b"consent=news", FORM)
    assert withdrawn.status == 303
    assert "You withdrew your consent" in behind.ask("GET", receipt).body
    elsewhere = behind.ask("POST", "/consent/library", b"x=1", FORM | {"Sec-Fetch-Site": "cross-site"})
    assert elsewhere.status == 403


def test_every_address_of_the_endpoint_reaches_it_and_measures_do_not(behind: Proxy, tmp_path: Path) -> None:
    app = create_app(published(tmp_path))
    rules = {rule.rule for rule in app.url_map.iter_rules()} - {"/metrics"}
    close_app(app)
    for rule in sorted(rules):
        path = re.sub(r"<[^>]*>", "library", rule)
        assert behind.ask("GET", path).headers[OF_THE_ENDPOINT], path
    assert behind.ask("GET", "/metrics").status == 403
    assert behind.ask("GET", "/readyz").status == 200


def test_what_is_too_long_is_refused(behind: Proxy) -> None:
    body = b"a" * 70_000
    assert behind.ask("POST", "/consent/library", body, FORM).status in behind.too_long
    parts = b"".join(b"1000\r\n" + b"a" * 0x1000 + b"\r\n" for _ in range(20)) + b"0\r\n\r\n"
    with behind.connect() as connection:
        head = "POST /consent/library HTTP/1.1\r\nHost: privacy.example.org\r\nTransfer-Encoding: chunked\r\n"
        connection.sendall(f"{head}Content-Type: {FORM['Content-Type']}\r\n\r\n".encode())
        with suppress(OSError):
            connection.sendall(parts)
        assert int(connection.recv(20).split()[1]) in behind.too_long


def test_slow_clients_hold_nobody_up(behind: Proxy, public: Path) -> None:
    body = json.dumps({**choice(public), "decisions": {"news": "given"}}).encode()
    head = b"POST /api/consents HTTP/1.1\r\nHost: privacy.example.org\r\nContent-Type: application/json\r\n"
    slow = [behind.connect() for _ in range(60)]
    for number, connection in enumerate(slow):
        rest = b"Content-Length: %d\r\n\r\n%s" % (len(body), body[:20])
        connection.sendall(head + rest if number % 3 else head)
    assert behind.ask("POST", "/api/consents", body, JSON).status == 201
    for connection in slow:
        connection.close()


def test_a_made_up_address_does_not_start_the_count_anew(behind: Proxy) -> None:
    def asked(number: int) -> Answer:
        more = {"X-Forwarded-For": f"192.0.2.{number}", "Forwarded": f"for=192.0.2.{number}"}
        return behind.ask("POST", "/withdraw", b"notice=library&phone=0161+496+0002", FORM | more)

    answers = [asked(number) for number in range(35)]
    assert {one.status for one in answers[:25]} == {303}
    assert answers[-1].status == 429
    assert answers[-1].headers["Retry-After"]


@pytest.mark.parametrize("kind", KINDS)
def test_no_log_tells_the_key_of_a_receipt(kind: str, public: Path, tmp_path: Path) -> None:
    programs.required(kind)
    config = replace(
        published(tmp_path),
        manifest=public / "published.json",
        proxies=1,
    )
    with served(config) as (address, process), proxy(kind, tmp_path / "proxy", public, _port(address)) as running:
        receipt = agree(running, public)
        token = receipt.rpartition("/")[2]
        running.ask("GET", receipt)
        running.ask("POST", f"{receipt}/withdraw", b"consent=" + b"x" * 40_000, FORM)
        running.ask("GET", "/library/", headers={"Referer": f"https://privacy.example.org{receipt}"})
        for broken in (b"\0 HTTP/1.1\r\n\r\n", b" HTTP/9\r\n\r\n", b" HTTP/1.1\r\nHost: ?/\r\n\r\n"):
            with running.connect() as connection:
                connection.sendall(f"GET {receipt}".encode() + broken)
                with suppress(OSError, ssl.SSLError):
                    connection.recv(100)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(20)
        gone = running.ask("GET", receipt)
        assert gone.status in (502, 503)
        assert "We cannot save answers just now" in gone.body
        assert "dpo@example.org" in gone.body
        welsh = running.ask("GET", receipt, headers={"Accept-Language": "cy, en;q=0.5"})
        assert "Ni allwn gadw atebion" in welsh.body
        assert running.ask("POST", f"{receipt}/withdraw", b"consent=news", FORM).status in (502, 503)
        assert running.ask("GET", "/library/").status == 200
        log = running.written()
    assert token not in log
    assert token not in (public / "serve.log").read_text("utf-8")
    assert {"nginx": '"GET /receipt/-" 200', "caddy": '"uri":"/receipt/-"'}[kind] in log


@pytest.mark.parametrize("kind", KINDS)
def test_no_log_of_a_proxy_can_be_joined_to_the_ledger(kind: str, public: Path, tmp_path: Path) -> None:
    """The ledger keeps the time of each answer: an address with that time beside it would say who gave it."""
    programs.required(kind)
    config = replace(published(tmp_path), manifest=public / "published.json", proxies=1)
    with served(config) as (address, process), proxy(kind, tmp_path / "proxy", public, _port(address)) as running:
        receipt = agree(running, public)
        running.ask("POST", f"{receipt}/withdraw", b"consent=news", FORM | {"X-Forwarded-For": "198.51.100.7"})
        running.ask(
            "POST", "/withdraw", b"notice=library&phone=0161+496+0002", FORM | {"Referer": "https://198.51.100.7/"}
        )
        running.ask("POST", "/report", b"a" * 70_000, FORM)
        os.killpg(process.pid, signal.SIGKILL)  # what fails may be recorded all the same, and is told in other lines
        process.wait(20)
        assert running.ask("POST", "/consent/library", b"version=1", FORM).status in (502, 503)
        log = running.written()
    assert "/consent/library" in log, "it tells how much is asked for, and when"
    asked = [line for line in log.splitlines() if "POST" in line or "consent" in line or "receipt" in line]
    assert len(asked) > 3
    of_the_endpoint = address.removeprefix("http://")
    assert not [line for line in asked if re.search(r"127\.0\.0\.1|198\.51\.100\.7", line.replace(of_the_endpoint, ""))]
