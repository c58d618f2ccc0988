"""Pictures of every kind of page, narrow, middling, wide, dark and printed: docs/pictures, and docs/pictures.md that
shows them.

`python -m tests.pictures` (or `make pictures`) makes them from the example.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Browser, Page

from generator.cli import main as noticeboard
from tests.browser import chromium
from tests.serving import served
from tests.site_fixtures import PROJECT, edit

FOLDER = PROJECT / "docs" / "pictures"
SHOWN = PROJECT / "docs" / "pictures.md"
SCREENS = 2
"""How many screens of a page are shown, from its top."""
COLOURS = 24
LIMIT = 3_000_000
"""Bytes that all of them may have together."""


@dataclass(frozen=True)
class View:
    """A view of a page: the size in pixels, and the scheme or the paper."""

    width: int
    height: int
    dark: bool = False
    printed: bool = False


VIEWS = {
    "320": View(320, 640),
    "768": View(768, 1024),
    "1280": View(1280, 800),
    "dark": View(1280, 800, dark=True),
    "print": View(720, 1020, printed=True),
}


def at(path: str) -> Callable[[Page], None]:
    """Open the page at an address."""

    def visit(page: Page) -> None:
        page.goto(path)

    return visit


def wrong(page: Page) -> None:
    """Press without a choice."""
    page.goto("/consent/family-hubs")
    page.get_by_role("button", name="Save my answer").click()


def answered(page: Page) -> None:
    """Say yes."""
    page.goto("/consent/family-hubs")
    page.get_by_role("radio", name="I agree", exact=True).first.check()
    page.get_by_role("button", name="Save my answer").click()
    page.wait_for_url("**/receipt/*")


def reporting(page: Page) -> None:
    """Follow the link in the foot of a notice."""
    page.goto("/family-hubs/")
    page.get_by_role("link", name="Report a problem with this page").click()


@dataclass(frozen=True)
class Kind:
    """A kind of page: what it is, and how one comes to it."""

    told: str
    visit: Callable[[Page], None]


KINDS = {
    "page-list": Kind("The list of notices", at("/")),
    "page-notice": Kind("A notice", at("/family-hubs/")),
    "page-old": Kind("A version that was replaced", at("/family-hubs/v/3/")),
    "page-withdrawn": Kind("In place of a version that was taken down", at("/family-hubs/v/1/")),
    "page-history": Kind("All versions of a notice", at("/family-hubs/history/")),
    "page-changes": Kind("What a version changed", at("/family-hubs/v/4/changes/")),
    "page-form": Kind("The form by itself", at("/consent/family-hubs")),
    "page-child": Kind("The form for a child", at("/consent/family-hubs?for=child")),
    "page-error": Kind("The form with a mistake", wrong),
    "page-receipt": Kind("A receipt", answered),
    "page-request": Kind("Withdrawing without a receipt", at("/withdraw")),
    "page-agreed": Kind("Asking for a link to what one agreed to", at("/withdraw/agreed")),
    "page-report": Kind("Reporting a problem with a page", reporting),
    "page-unavailable": Kind("While the consent service does not answer", at("/unavailable.html")),
    "page-check": Kind("Where the code of an old printed copy leads", at("/check/family-hubs/3/")),
    "page-verify": Kind("Checking a receipt", at("/log/verify")),
    "page-accessibility": Kind("The accessibility statement", at("/accessibility/")),
    "page-missing": Kind("An address that leads nowhere", at("/nothing-is-here/")),
    "page-problems": Kind("In place of the preview of a text that cannot be read", at("/draft/primary/")),
}


def example(root: Path) -> None:
    """A copy of the example in which each kind of page exists."""
    shutil.copytree(PROJECT / "content", root / "content")
    shutil.copy(PROJECT / "site.yml", root)
    edit(root / "content" / "primary" / "notice.md", "\ntitle:", "\ntitel:")
    assert noticeboard(["retract", "family-hubs", "1", "--root", str(root), "--reason", "It named somebody."]) == 0


def picture(browser: Browser, address: str, kind: Kind, view: View) -> bytes:
    """The first screens of a page, as a WebP of few colours."""
    context = browser.new_context(
        base_url=address,
        viewport={"width": view.width, "height": view.height},
        color_scheme="dark" if view.dark else "light",
        reduced_motion="reduce",
        locale="en-GB",
    )
    # residents have no script that reloads the page after a build: only `serve` adds it, for editors
    context.route("**/draft/-/*", lambda route: route.fulfill(body="", content_type="text/javascript"))
    page = context.new_page()
    kind.visit(page)
    page.wait_for_load_state("networkidle")
    if view.printed:
        page.emulate_media(media="print")
    taken = page.screenshot(full_page=True)
    context.close()
    return webp(taken, view)


def webp(taken: bytes, view: View) -> bytes:
    """The first screens of a picture of a whole page, as a WebP of few colours."""
    whole = Image.open(BytesIO(taken))
    cut = whole.crop((0, 0, whole.width, min(whole.height, SCREENS * view.height)))
    file = BytesIO()
    cut.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).convert("RGB").save(file, "WEBP", lossless=True)
    return file.getvalue()


def shown() -> str:
    """The page that shows them."""
    lines = [
        "# Every kind of page",
        "",
        f"The first {SCREENS} screens of each, from the example: 320, 768 and 1280 pixels wide, dark, and on paper. `make pictures` makes",
        "them anew; look at each before you commit it.",
    ]
    for name, kind in KINDS.items():
        lines += ["", f"## {kind.told}", ""]
        lines += [f"![{kind.told}: {view}](pictures/{name}-{view}.webp)" for view in VIEWS]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Make all pictures, and say how large they are."""
    total = 0
    with TemporaryDirectory() as folder, chromium() as browser:
        root = Path(folder)
        example(root)
        with served(root) as address:
            for name, kind in KINDS.items():
                for size, view in VIEWS.items():
                    data = picture(browser, address, kind, view)
                    (FOLDER / f"{name}-{size}.webp").write_bytes(data)
                    total += len(data)
    SHOWN.write_text(shown(), "utf-8")
    print(f"{len(KINDS) * len(VIEWS)} pictures, {total:,} bytes")
    assert total <= LIMIT, f"more than {LIMIT:,} bytes"


if __name__ == "__main__":
    main()
