"""Takes the pictures of docs/editors.md from a running `noticeboard serve`: `python docs/pictures.py`.

Works on a copy of this project in a temporary folder; nothing in it is published for good.
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from playwright.sync_api import Page  # noqa: E402 (found once the project's folder is on the path)

from tests.browser import chromium  # noqa: E402

PICTURES = PROJECT / "docs" / "pictures"
TODAY = "2026-11-22"
WIDTH = 900


def take(page: Page, name: str, address: str, height: int, top: int = 0) -> None:
    """A part of a page as it looks in a browser: from `top`, so many pixels high."""
    page.set_viewport_size({"width": WIDTH, "height": top + height})
    page.goto(address)
    page.evaluate("document.fonts.ready")
    page.screenshot(path=PICTURES / f"{name}.png", clip={"x": 0, "y": top, "width": WIDTH, "height": height})


def prepare(root: Path) -> None:
    """A copy of the example in which something is a draft, scheduled, retired and taken down."""
    for name in ("content", "templates"):
        shutil.copytree(PROJECT / name, root / name)
    shutil.copy(PROJECT / "site.yml", root)
    run(root, "new", "parking", "--yes", "--title", "Parking permits privacy notice", "--service", "Parking")
    hubs, primary = (root / "content" / name / "notice.md" for name in ("family-hubs", "primary"))
    edit(hubs, "This notice is for you if", "Please read this notice if")
    about = ("--kind", "clarification", "--effective", "2026-12-01", "--summary", "We say who the notice is for.")
    run(root, "publish", "family-hubs", *about)
    run(root, "retract", "family-hubs", "1", "--reason", "It named a member of staff by mistake.")
    edit(hubs, "Please read this notice if", "This notice is yours if")
    edit(primary, "purposes:", "retired: Each service now has a notice of its own.\npurposes:")
    run(root, "publish", "primary", "--kind", "clarification", "--summary", "We no longer use this notice.")


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    path.write_text(text.replace(old, new, 1), "utf-8")


def run(root: Path, *arguments: str) -> None:
    command = [sys.executable, "-m", "generator.cli", arguments[0], "--root", str(root), "--date", TODAY]
    subprocess.run([*command, *arguments[1:]], cwd=PROJECT, check=True)  # noqa: S603 (our own command)


@contextmanager
def serving(root: Path) -> Iterator[str]:
    """The address of a running `noticeboard serve`."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "generator.cli", "serve", "--root", str(root), "--date", TODAY]
    with subprocess.Popen([*command, "--port", str(port)], cwd=PROJECT) as server:  # noqa: S603 (our own command)
        try:
            address = f"http://127.0.0.1:{port}"
            wait(address)
            yield address
        finally:
            server.terminate()


def wait(address: str) -> None:
    for _ in range(100):
        try:
            with urllib.request.urlopen(address):  # noqa: S310 (our own server)
                return
        except urllib.error.URLError:
            time.sleep(0.2)
    raise TimeoutError(address)


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        prepare(Path(folder))
        with serving(Path(folder)) as address, chromium() as browser:
            page = browser.new_page()
            take(page, "list", f"{address}/", 480, top=310)
            take(page, "new-notice", f"{address}/draft/parking/", 620)
            take(page, "draft", f"{address}/draft/family-hubs/", 560)
            take(page, "published", f"{address}/family-hubs/", 760)
            take(page, "scheduled", f"{address}/family-hubs/v/3/", 520)
            take(page, "retired", f"{address}/primary/", 480)
            take(page, "taken-down", f"{address}/family-hubs/v/1/", 520)
            take(page, "history", f"{address}/family-hubs/history/", 860, top=420)


if __name__ == "__main__":
    main()
