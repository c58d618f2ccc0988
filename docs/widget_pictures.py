"""Takes the pictures of docs/embedding.md: the consent form in each state, at 320 and 1280 pixels, on another site.

`python docs/widget_pictures.py`. Works on a copy of the example in a temporary folder.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from tests.browser import chromium  # noqa: E402 (found once the project's folder is on the path)
from tests.widget_states import ALL, changed_council, reach  # noqa: E402

PICTURES = PROJECT / "docs" / "pictures" / "widget"
WIDTHS = (320, 1280)


def main() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        chromium() as browser,
        changed_council(Path(folder), browser) as council,
    ):
        for width in WIDTHS:
            for state in ALL:
                context = browser.new_context(viewport={"width": width, "height": 800}, reduced_motion="reduce")
                page = context.new_page()
                reach(page, state, council)
                page.locator("consent-form").screenshot(path=PICTURES / f"{state}-{width}.png")
                context.close()


if __name__ == "__main__":
    main()
