"""How soon the consent form is ready on a slow phone: CPU throttled 6 times, in a real Chromium.

`python -m benchmarks.widget` prints milliseconds; `--against FOLDER` measures the form of another clone in turn with this one.
Ready is when every control of the form is in the page and laid out. The figure is the processor's time in the tasks of the page's own thread: of the one in which the form's script runs, and of all
from asking the endpoint until the form is ready. Waiting for the network is no part of it, nor is what else a busy machine
does. Each opening is a first one: nothing is in a cache.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.slow_phone import Message, SlowPhone, slow_phone
from tests.serving import await_ready, free_port
from tests.site_fixtures import PROJECT
from tests.widget_fixtures import make_council

ROUNDS = 15
SLOWER = 6
PLACES = {"on another site": "/demo/", "on our own page": "/library/"}
ASKED, READY = "consent asked", "consent ready"
WATCH = f"""{{
const laid = form => {{ form.getBoundingClientRect(); performance.mark("{READY}"); }};
const {{ fetch }} = self;
self.fetch = async (...what) => {{
  await new Promise((done) => setTimeout(done, 1500));
  performance.mark("{ASKED}");
  return fetch(...what);
}};
const {{ attachShadow }} = Element.prototype;
let root;
const watch = new MutationObserver(() => {{
  const form = root.querySelector("form");
  if (form) {{ watch.disconnect(); laid(form); }}
}});
Element.prototype.attachShadow = function (how) {{
  root = attachShadow.call(this, how);
  watch.observe(root, {{childList: true, subtree: true}});
  return root;
}};
const {{ define }} = CustomElementRegistry.prototype;
CustomElementRegistry.prototype.define = function (...what) {{
  define.apply(this, what);
  if (document.querySelector("consent-form form")) performance.mark("{READY}");
}};
}}"""
"""Marks the moment at which the form is taken over by the script, or built by it and laid out. On our own page the form is there
and laid out before, and works. An answer takes its time to a phone: the question is held back here until the page around the form
has been laid out, so that nothing of that page is counted."""


def ready(phone: SlowPhone, address: str) -> float:
    """Milliseconds of the page's thread until the form is ready."""
    return spent(phone.trace(address, WATCH))


def spent(events: list[Message]) -> float:
    """The same, from a trace."""
    end = next(event for event in events if event["name"] == READY)
    thread = [event for event in events if (event["pid"], event["tid"]) == (end["pid"], end["tid"])]
    script = next(event for event in thread if event["name"] == "EvaluateScript" and "consent." in _address(event))
    asked = next((event["ts"] for event in thread if event["name"] == ASKED), end["ts"])
    took = 0.0
    for task in thread:
        if task["name"] == "RunTask" and "tdur" in task and task["ts"] < end["ts"]:
            finish = task["ts"] + task["dur"]
            first = task["ts"] <= script["ts"] < finish
            if first or finish > asked:
                until = end["tts"] if finish > end["ts"] else task["tts"] + task["tdur"]
                took += until - (script["tts"] if first else task["tts"])
    return took / 1000


def _address(event: Message) -> str:
    return str(event["args"].get("data", {}).get("url", ""))


def main() -> None:
    parser = argparse.ArgumentParser(description="How soon the consent form is ready on a slow phone.")
    parser.add_argument("--against", type=Path, metavar="FOLDER", help="another clone, measured in turn with this one")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="openings of each page (default: %(default)s)")
    options = parser.parse_args()
    clones = {"here": PROJECT} | ({"there": options.against.resolve()} if options.against else {})
    with contextlib.ExitStack() as opened:
        addresses = {name: opened.enter_context(_council(project)) for name, project in clones.items()}
        phone = opened.enter_context(slow_phone(SLOWER))
        took: dict[tuple[str, str], list[float]] = {(name, place): [] for place in PLACES for name in clones}
        for _ in range(options.rounds):
            for name, place in took:
                took[name, place].append(ready(phone, addresses[name] + PLACES[place]))
    print(f"CPU {SLOWER} times slower, milliseconds, median of {options.rounds} (best, worst):")
    for (name, place), times in took.items():
        print(f"{name}, {place}: ready after {statistics.median(times):.0f} ({min(times):.0f}, {max(times):.0f})")


@contextlib.contextmanager
def _council(project: Path) -> Iterator[str]:
    """The address of a council's site, served by the Noticeboard of a clone."""
    with tempfile.TemporaryDirectory() as folder:
        with contextlib.redirect_stdout(io.StringIO()):
            root = make_council(Path(folder))
        port = str(free_port())
        command = [sys.executable, "-m", "generator.cli", "serve", "--root", str(root), "--port", port]
        with subprocess.Popen(command, cwd=project, stdout=subprocess.DEVNULL) as process:  # noqa: S603 (the given clone)
            try:
                address = f"http://127.0.0.1:{port}"
                await_ready(address, lambda: process.poll() is None)
                yield address
            finally:
                process.terminate()


if __name__ == "__main__":
    main()
