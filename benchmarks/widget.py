"""How much work the consent form is for a slow phone: CPU throttled 6 times, from nothing to the form, in a real Chromium.

`python benchmarks/widget.py` prints milliseconds of the page's own thread; waiting for the network is not in them.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from playwright.sync_api import Browser

from tests.browser import chromium
from tests.serving import served
from tests.widget_fixtures import make_council

ROUNDS = 11
SLOWER = 6
PARTS = ("ScriptDuration", "LayoutDuration", "RecalcStyleDuration")


def work(browser: Browser, address: str) -> float:
    """Milliseconds of script, layout and style that the page with the form took."""
    context = browser.new_context()
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.goto(f"{address}/demo/")
    page.locator("consent-form form").wait_for()
    measured = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}
    context.close()
    return 1000 * sum(measured[part] for part in PARTS)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, served(make_council(Path(folder))) as address, chromium() as browser:
        took = sorted(work(browser, address) for _ in range(ROUNDS))
    median = statistics.median(took)
    print(f"Script, layout and style until the form is ready, CPU {SLOWER} times slower: {median:.0f} ms", end=" ")
    print(f"(best {took[0]:.0f}, worst {took[-1]:.0f} of {ROUNDS})")


if __name__ == "__main__":
    main()
