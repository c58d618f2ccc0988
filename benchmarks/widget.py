"""How soon the consent form is ready on a slow phone: CPU throttled 6 times, in a real Chromium.

`python -m benchmarks.widget` prints milliseconds. Ready is when every control of the form is in the page and laid out. What is
counted is the processor's time in the tasks of the page's own thread: of the one in which the form's script runs, and of all
from the endpoint's answer until the form is ready. Waiting for the network is no part of it, nor is what else a busy machine
does. Each opening is a first one: nothing is in a cache.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.slow_phone import Message, SlowPhone, slow_phone
from tests.serving import served
from tests.widget_fixtures import make_council

ROUNDS = 15
SLOWER = 6
PLACES = {"on another site": "/demo/", "on our own page": "/library/"}
READY = "consent ready"
WATCH = f"""
const laid = form => {{ form.getBoundingClientRect(); performance.mark("{READY}"); }};
const {{ fetch }} = self;
self.fetch = async (...what) => {{
  await new Promise((done) => setTimeout(done, 1500));
  return fetch(...what);
}};
const {{ attachShadow }} = Element.prototype;
Element.prototype.attachShadow = function (how) {{
  const root = attachShadow.call(this, how);
  const watch = new MutationObserver(() => {{
    const form = root.querySelector("form");
    if (form) {{ watch.disconnect(); laid(form); }}
  }});
  watch.observe(root, {{childList: true, subtree: true}});
  return root;
}};
const {{ define }} = CustomElementRegistry.prototype;
CustomElementRegistry.prototype.define = function (...what) {{
  define.apply(this, what);
  if (document.querySelector("consent-form form")) performance.mark("{READY}");
}};
"""
"""Marks the moment at which the form is taken over by the script, or built by it and laid out. On our own page the form is there
and laid out before, and works. An answer takes its time to a phone: by then the page around the form has been laid out."""


def ready(phone: SlowPhone, address: str) -> float:
    """Milliseconds of the page's thread until the form is ready."""
    return spent(phone.trace(address, WATCH))


def spent(events: list[Message]) -> float:
    """The same, from a trace."""
    end = next(event for event in events if event["name"] == READY)
    thread = [event for event in events if (event["pid"], event["tid"]) == (end["pid"], end["tid"])]
    script = next(event for event in thread if event["name"] == "EvaluateScript" and "consent." in _address(event))
    answered = [
        event["ts"] for event in thread if event["name"] == "ResourceReceiveResponse" and event["ts"] < end["ts"]
    ]
    last = max((ts for ts in answered if ts > script["ts"]), default=end["ts"])
    took = 0.0
    for task in thread:
        if task["name"] == "RunTask" and "tdur" in task and task["ts"] < end["ts"]:
            finish = task["ts"] + task["dur"]
            first = task["ts"] <= script["ts"] < finish
            if first or finish > last:
                until = end["tts"] if finish > end["ts"] else task["tts"] + task["tdur"]
                took += until - (script["tts"] if first else task["tts"])
    return took / 1000


def _address(event: Message) -> str:
    return str(event["args"].get("data", {}).get("url", ""))


def main() -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        served(make_council(Path(folder))) as address,
        slow_phone(SLOWER) as phone,
    ):
        print(f"CPU {SLOWER} times slower, milliseconds, median of {ROUNDS} (best, worst):")
        for place, path in PLACES.items():
            took = sorted(ready(phone, address + path) for _ in range(ROUNDS))
            print(f"{place}: the form is ready after {statistics.median(took):.0f} ({took[0]:.0f}, {took[-1]:.0f})")


if __name__ == "__main__":
    main()
