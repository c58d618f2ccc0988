"""How soon a page shows on a slow line: styles inside the page against styles beside it, the first page and the second.

    python -m benchmarks.first_view               series of 3
    python -m benchmarks.first_view --rounds 7    what docs/performance.md shows

The example and a list of 40 notices are built both ways, served compressed from this machine, and opened in Chromium as a slow
phone on a slow line: 390 x 844, 400 ms to and fro, 400 kbit/s, a processor four times slower, nothing in the cache. The ways take
turns in each round. First and largest contentful paint are the browser's own figures. Prints a Markdown table.
"""

from __future__ import annotations

import argparse
import gzip
import re
import statistics
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import brotli  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page

from benchmarks.sites import ours
from generator import repository
from generator.building import build
from tests.browser import chromium
from tests.site_fixtures import PROJECT

DAY = date(2026, 11, 24)
LATENCY, KILOBITS, SLOWER = 400, 400, 4
"""Milliseconds to and fro, kbit/s both ways, and how many times the processor is slowed down."""
INSIDE, BESIDE = "inside", "beside"
FIRST, SECOND = "/family-hubs/", "/primary/"
LIST = "/"
STYLE = re.compile(r"<style>.*?</style>", re.S)
DIGEST = re.compile(r" 'sha256-[^']+'")
PAINTS = """() => new Promise(done => {
  let largest = 0
  new PerformanceObserver(list => { for (const entry of list.getEntries()) largest = entry.startTime })
    .observe({type: "largest-contentful-paint", buffered: true})
  const first = () => performance.getEntriesByName("first-contentful-paint")[0]
  const look = () => first() ? setTimeout(() => done([first().startTime, largest]), 300) : setTimeout(look, 50)
  look()
})"""


def made(folder: Path, root: Path) -> dict[str, dict[str, bytes]]:
    """The files of a site by their addresses, with the styles inside the pages that have them so, and with none inside."""
    build.build(repository.read_frame(root), folder, DAY)
    files = {f"/{path.relative_to(folder)}": path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    (style,) = (name for name in files if re.fullmatch(r"/assets/site\.\w+\.css", name))
    link = f'<link rel="stylesheet" href="{style}">'
    beside = {name: _linked(data, link) if name.endswith(".html") else data for name, data in files.items()}
    return {INSIDE: files, BESIDE: beside}


def _linked(page: bytes, link: str) -> bytes:
    return DIGEST.sub("", STYLE.sub(lambda _: link, page.decode())).encode()


@contextmanager
def served(files: dict[str, bytes]) -> Iterator[str]:
    """The address of a site whose answers are compressed; what has its content in its name may be kept."""
    ready = {name: gzip.compress(data, 6) for name, data in files.items()}

    class Answer(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            name = self.path.partition("?")[0]
            name += "index.html" if name.endswith("/") else ""
            data = ready.get(name, b"")
            self.send_response(200 if name in ready else 404)
            kinds = {".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript"}
            self.send_header("Content-Type", kinds.get(Path(name).suffix, "application/octet-stream"))
            self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(data)))
            self.send_header("Cache-Control", "max-age=31536000" if name.startswith("/assets/") else "no-cache")
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def slow(browser: Browser) -> Page:
    """A page of a phone that has never been here, on a slow line."""
    page = browser.new_context(viewport={"width": 390, "height": 844}).new_page()
    session = page.context.new_cdp_session(page)
    speed = KILOBITS * 1000 / 8
    session.send("Network.enable")
    line = {"offline": False, "latency": LATENCY, "downloadThroughput": speed, "uploadThroughput": speed}
    session.send("Network.emulateNetworkConditions", line)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    return page


def measured(browser: Browser, address: str, pages: list[str]) -> list[tuple[float, float]]:
    """First and largest contentful paint of each page in turn, in milliseconds."""
    page = slow(browser)
    found = []
    for path in pages:
        page.goto(f"{address}{path}", wait_until="load")
        first, largest = page.evaluate(PAINTS)
        found.append((first, largest))
    page.context.close()
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder, chromium(whole=True) as browser:
        ours.write(Path(folder) / "forty", 40)
        sites = {
            "the example": (made(Path(folder) / "example", PROJECT), [FIRST, SECOND]),
            "40 notices": (made(Path(folder) / "built", Path(folder) / "forty"), [LIST]),
        }
        print("| page | styles | HTML, brotli | first paint | largest paint |\n|---|---|---|---|---|")
        for site, (ways, pages) in sites.items():
            taken = _rounds(browser, ways, pages, rounds)
            for index, path in enumerate(pages):
                for way, files in ways.items():
                    first, largest = (statistics.median(run[index][kind] for run in taken[way]) for kind in (0, 1))
                    size = len(brotli.compress(files[f"{path}index.html"]))
                    which = "" if index == 0 else ", opened second"
                    print(f"| {site}: {path}{which} | {way} | {size:,} | {first:,.0f} ms | {largest:,.0f} ms |")
        print("\n| built site | inside | beside |\n|---|---|---|")
        for site, (ways, _) in sites.items():
            print(f"| {site} | {_size(ways[INSIDE]):,} bytes | {_size(ways[BESIDE]):,} bytes |")


def _rounds(
    browser: Browser, ways: dict[str, dict[str, bytes]], pages: list[str], rounds: int
) -> dict[str, list[list[tuple[float, float]]]]:
    taken: dict[str, list[list[tuple[float, float]]]] = {way: [] for way in ways}
    for _ in range(rounds):
        for way, files in ways.items():
            with served(files) as address:
                taken[way].append(measured(browser, address, pages))
    return taken


def _size(files: dict[str, bytes]) -> int:
    return sum(len(data) for data in files.values())


if __name__ == "__main__":
    main()
