"""How long an editor waits: from a save to the page in view, beside `hugo server` and Eleventy's `--serve`.

    python -m benchmarks.loop                       10 notices, medians of 3
    python -m benchmarks.loop 10 200 1000 --rounds 5    what docs/performance.md shows
    python -m benchmarks.loop 1000 --tools Noticeboard  leave the others out

Each tool serves the same notices, no two of which share their own words. A file is saved as editors do, by turns written in
place and by another file that takes its place; then the page is asked for every 3 ms until it shows the new words. The
tools take turns in each round, so that whatever else the machine does falls on all. A tool that is not installed is left out,
and so is a measure that only one has. Prints a Markdown table for each number of notices.
"""

from __future__ import annotations

import argparse
import http.client
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.build import ENVIRONMENT, memory_of, tree
from benchmarks.sites import corpus, eleventy, hugo, working
from tests.serving import free_port

NOTICE = "notice-00000"
DAY = "2026-11-22"
PAUSE = 0.003
"""Seconds between two looks at a page."""
REST = 0.5
"""Seconds between two measurements, in which a tool may finish what it does beside."""
LONGEST = 600.0
SERVE, CHECK, PUBLISH = "first page", "check", "publish"
SAVE, MOVED, TEMPLATE, SITE = "saved in place", "saved by renaming", "a template", "site.yml"


@dataclass(frozen=True)
class Tool:
    """A server: how its folder is made, how it is started, which page is in view, and what is edited.

    `edits` name a measure, the file and what becomes of its text; `{}` in that is a word that was never there before.
    """

    name: str
    write: Callable[[Path, int], None]
    command: Callable[[Path, int], list[str]]
    page: str
    edits: dict[str, tuple[str, Callable[[str, str], str]]]
    figures: dict[str, list[float]] = field(default_factory=dict)

    def note(self, measure: str, value: float) -> None:
        self.figures.setdefault(measure, []).append(value)


def _appended(text: str, word: str) -> str:
    return f"{text}\n\nWe now also say {word}.\n"


def _ours(root: Path, port: int) -> list[str]:
    return [*NOTICEBOARD, "serve", "--root", str(root), "--port", str(port), "--date", DAY]


NOTICEBOARD = [sys.executable, "-m", "generator.cli"]
OURS = Tool(
    "Noticeboard",
    working.write,
    _ours,
    f"/draft/{NOTICE}/",
    {
        SAVE: (f"content/{NOTICE}/notice.md", _appended),
        MOVED: (f"content/{NOTICE}/notice.md", _appended),
        TEMPLATE: ("templates/layout.html", lambda text, word: text.replace("</body>", f"<!-- {word} --></body>")),
        SITE: ("site.yml", lambda text, word: text.replace("short_name: ", f"short_name: {word} ")),
    },
)


def tools(chosen: list[str]) -> Iterator[Tool]:
    """Ours, and of the others those that are installed."""
    found = {"Noticeboard": OURS}
    if (command := hugo.command()) is not None:
        found["Hugo"] = Tool(
            "Hugo",
            hugo.write_first,
            lambda _, port: [command[0], "server", "--noBuildLock", "--port", str(port)],
            f"/{NOTICE}/",
            {
                SAVE: (f"content/{NOTICE}/v/1.md", _appended),
                MOVED: (f"content/{NOTICE}/v/1.md", _appended),
                TEMPLATE: (
                    "layouts/_default/baseof.html",
                    lambda text, word: text.replace("</body>", f"<span hidden>{word}</span></body>"),
                ),
            },
        )
    if (node := eleventy.command()) is not None:
        found["Eleventy"] = Tool(
            "Eleventy",
            eleventy.write_first,
            lambda _, port: [*node, "--serve", f"--port={port}"],
            f"/{NOTICE}/",
            {
                SAVE: (f"content/{NOTICE}/v/1.md", _appended),
                MOVED: (f"content/{NOTICE}/v/1.md", _appended),
                TEMPLATE: (
                    "_includes/base.html",
                    lambda text, word: text.replace("</body>", f"<span hidden>{word}</span></body>"),
                ),
            },
        )
    return (tool for name, tool in found.items() if name in chosen)


def until(port: int, path: str, shows: Callable[[bytes], bool]) -> float:
    """The moment at which a page shows what is wanted; it is asked for again and again."""
    began = time.perf_counter()
    while time.perf_counter() < began + LONGEST:
        body = _body(port, path)
        if body is not None and shows(body):
            return time.perf_counter()
        time.sleep(PAUSE)
    raise SystemExit(f"{path} on port {port} does not show what was saved after {LONGEST} s")


def _body(port: int, path: str) -> bytes | None:
    """A page; None where the server does not answer yet, or breaks off while it writes the page anew."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=LONGEST)
    try:
        connection.request("GET", path)
        return connection.getresponse().read()
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def save(path: Path, text: str, *, in_place: bool) -> None:
    """Write a file as an editor does."""
    if in_place:
        path.write_text(text, "utf-8")
        return
    other = path.with_name(f".{path.name}.tmp")
    other.write_text(text, "utf-8")
    other.replace(path)


@contextmanager
def started(tool: Tool, root: Path) -> Iterator[tuple[int, int]]:
    """The port and the number of the process of a tool that serves; how long its first page took is noted."""
    port = free_port()
    with root.with_suffix(".log").open("wb") as log:
        began = time.perf_counter()
        command = tool.command(root, port)
        process = subprocess.Popen(command, cwd=root, env=ENVIRONMENT, stdout=log, stderr=log)  # noqa: S603 (named here)
        try:
            tool.note(SERVE, until(port, tool.page, lambda body: b"</html>" in body) - began)
            yield port, process.pid
        finally:
            process.terminate()
            process.wait(timeout=60)


def measure_edit(tool: Tool, root: Path, port: int, measure: str, word: str) -> None:
    """One save, until the page in view shows it; the file is as before in the end."""
    name, edited = tool.edits[measure]
    path = root / name
    before = path.read_text("utf-8")
    began = time.perf_counter()
    save(path, edited(before, word), in_place=measure != MOVED)
    tool.note(measure, until(port, tool.page, lambda body: word.encode() in body) - began)
    if measure in (TEMPLATE, SITE):
        save(path, before, in_place=True)
        until(port, tool.page, lambda body: b"</html>" in body and word.encode() not in body)
    time.sleep(REST)


def commands(root: Path, count: int) -> None:
    """`check` of all that was never checked, the same once more, and the first version of every notice."""
    for measure, arguments in (
        (f"{CHECK}, cold", ["check"]),
        (f"{CHECK}, warm", ["check"]),
        (f"{PUBLISH} {count:,}", ["publish", "--all", "--kind", "material", "--summary", "This is the first version."]),
    ):
        began = time.perf_counter()
        command = [*NOTICEBOARD, *arguments, "--root", str(root), "--date", DAY]
        subprocess.run(command, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)  # noqa: S603
        OURS.note(measure, time.perf_counter() - began)


def measured(chosen: list[Tool], folder: Path, count: int, rounds: int) -> None:
    """Fill in the figures of each tool."""
    for tool in chosen:
        root = folder / tool.name.lower()
        tool.write(root, count)
        if tool is OURS:
            (root / "templates").mkdir()
            shutil.copy(corpus.PROJECT / "templates" / "layout.html", root / "templates")
            commands(root, count)
    with ExitStack() as stack:
        ports = {tool.name: stack.enter_context(started(tool, folder / tool.name.lower())) for tool in chosen}
        for number in range(rounds):
            for measure in (SAVE, MOVED, TEMPLATE, SITE):
                for tool in (tool for tool in chosen if measure in tool.edits):
                    word = f"word{number}{measure.partition(' ')[2].replace(' ', '').replace('.', '')}{time.monotonic_ns()}"
                    measure_edit(tool, folder / tool.name.lower(), ports[tool.name][0], measure, word)
        for tool in chosen:
            tool.note("memory", sum(map(memory_of, tree(ports[tool.name][1]))))


def show(chosen: list[Tool], count: int, rounds: int) -> None:
    """The table of one number of notices."""
    load = f"load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    print(
        f"\n| {count:,} notices, medians of {rounds}, {os.cpu_count()} cores, {load} | {' | '.join(t.name for t in chosen)} |"
    )
    print("|---" * (1 + len(chosen)) + "|")
    for measure in dict.fromkeys(measure for tool in chosen for measure in tool.figures):
        print(
            f"| {measure} | {' | '.join(_figure(measure, tool.figures.get(measure)) for tool in chosen)} |", flush=True
        )


def _figure(measure: str, values: list[float] | None) -> str:
    if not values:
        return ""
    middle = statistics.median(values)
    if measure == "memory":
        return f"{middle:.0f} MiB"
    return f"{middle * 1000:.0f} ms" if middle < 1 else f"{middle:.2f} s"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("notices", type=int, nargs="*", default=[10])
    parser.add_argument("--rounds", type=int, default=3)
    names = ["Noticeboard", "Hugo", "Eleventy"]
    parser.add_argument("--tools", nargs="+", choices=names, default=names, help="all that are installed")
    options = parser.parse_args()
    for count in options.notices:
        chosen = list(tools(options.tools))
        for tool in chosen:
            tool.figures.clear()
        with tempfile.TemporaryDirectory(prefix="loop-", ignore_cleanup_errors=True) as name:
            measured(chosen, Path(name), count, options.rounds)
        show(chosen, count, options.rounds)


if __name__ == "__main__":
    main()
