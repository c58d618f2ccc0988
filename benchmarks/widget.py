"""How soon the consent form is ready on a slow phone: CPU throttled 6 times, in a real Chromium.

`python benchmarks/widget.py` prints milliseconds. Ready is when every control of the form is in the page and laid out. What is
counted is the processor's time in the tasks of the page's own thread: from the moment the form's script starts to the end of
that task, and again from the endpoint's answer until the form is ready. Waiting for the network is no part of it, nor is what
else a busy machine does. Beside it stands the work of the whole page around the form.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from playwright.sync_api import Browser, Route

from tests.browser import chromium
from tests.serving import served
from tests.widget_fixtures import make_council

ROUNDS = 7
SLOWER = 6
PARTS = ("ScriptDuration", "LayoutDuration", "RecalcStyleDuration")
PLACES = {"on another site": "/demo/", "on our own page": "/library/"}
TRACED = ["blink.user_timing", "devtools.timeline", "disabled-by-default-devtools.timeline"]
START, READY = "consent starts", "consent ready"
WATCH = f"""
self.laid = form => {{ form.getBoundingClientRect(); performance.mark("{READY}"); }};
const attach = Element.prototype.attachShadow;
Element.prototype.attachShadow = function (how) {{
  const root = attach.call(this, how);
  const watch = new MutationObserver(() => {{
    const form = root.querySelector("form");
    if (form) {{ watch.disconnect(); laid(form); }}
  }});
  watch.observe(root, {{childList: true, subtree: true}});
  return root;
}};
"""
"""Marks the moment at which the form of another site is built and laid out. Runs before the page's own scripts."""
ENHANCED = "if (document.querySelector('consent-form form')) laid(document.querySelector('consent-form form'))"


def ready(browser: Browser, address: str) -> tuple[float, float]:
    """Milliseconds until the form is ready, and of script, layout and style of the whole page."""
    context = browser.new_context()
    page = context.new_page()
    page.add_init_script(WATCH)

    def marked(route: Route) -> None:
        response = route.fetch()
        route.fulfill(response=response, body=f"performance.mark('{START}');{response.text()};{ENHANCED}")

    page.route("**/*consent*.js", marked)
    session = context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    browser.start_tracing(page=page, categories=TRACED)
    page.goto(address)
    page.locator("consent-form form").wait_for()
    measured = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}
    events: list[dict[str, Any]] = json.loads(browser.stop_tracing())["traceEvents"]
    context.close()
    return spent(events), 1000 * sum(measured[part] for part in PARTS)


def spent(events: list[dict[str, Any]]) -> float:
    """Milliseconds of the thread in the tasks that make the form ready, from a trace."""
    marks = {event["name"]: event for event in events if event["name"] in (START, READY)}
    start, end = marks[START], marks[READY]
    answers = [
        event["ts"] for event in events if event["name"] == "ResourceReceiveResponse" and event["ts"] < end["ts"]
    ]
    answered = max((ts for ts in answers if ts > start["ts"]), default=start["ts"])
    took = 0.0
    for task in events:
        if task["name"] == "RunTask" and "tdur" in task and (task["pid"], task["tid"]) == (start["pid"], start["tid"]):
            finish = task["ts"] + task["dur"]
            first = task["ts"] <= start["ts"] < finish
            if task["ts"] < end["ts"] and finish > start["ts"] and (first or finish > answered):
                until = end["tts"] if finish > end["ts"] else task["tts"] + task["tdur"]
                took += until - (start["tts"] if first else task["tts"])
    return took / 1000


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, served(make_council(Path(folder))) as address, chromium() as browser:
        print(f"CPU {SLOWER} times slower, milliseconds, median of {ROUNDS} (best, worst):")
        for place, path in PLACES.items():
            took = [ready(browser, address + path) for _ in range(ROUNDS)]
            form, page = (sorted(times) for times in zip(*took, strict=True))
            print(f"{place}: the form is ready after {_said(form)}; all work of the page {_said(page)}")


def _said(times: list[float]) -> str:
    return f"{statistics.median(times):.0f} ({times[0]:.0f}, {times[-1]:.0f})"


if __name__ == "__main__":
    main()
