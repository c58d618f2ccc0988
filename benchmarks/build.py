"""Build N notices with Noticeboard and the same pages with Hugo, Eleventy and MkDocs, and print the ratios to Hugo.

    python benchmarks/build.py                     1,000 notices, medians of 5
    python benchmarks/build.py 10000 --rounds 3    another number of notices and of rounds
    python benchmarks/build.py --unique            no section is shared between notices
    python benchmarks/build.py --tools Noticeboard Hugo    leave the slow ones out

Whole processes: wall-clock time, processor time of the process and all that it starts, and the peak of the memory that
they hold together (proportional set size: shared pages count once), sampled every 50 ms. The builds take turns within
each round, so that whatever else the machine does falls on all. Sources are written before any clock starts. A tool that
is not installed is left out; benchmarks/sites says what each is given ready.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.sites import eleventy, hugo, mkdocs, ours

SITES = {"Noticeboard": ours, "Hugo": hugo, "Eleventy": eleventy, "MkDocs": mkdocs}


@dataclass(frozen=True)
class Run:
    """One whole process: seconds on the clock, seconds of processor time, MiB at its peak (0: not measured)."""

    wall: float
    processor: float
    memory: float


def run(command: list[str], folder: Path, memory: bool = False) -> Run:
    """Run a command to its end. Watching its memory costs it time, so that is done in a run of its own."""
    before = os.times()
    started = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, env=ENVIRONMENT)  # noqa: S603
    peak = 0.0
    while memory and process.poll() is None:
        peak = max(peak, sum(map(memory_of, tree(process.pid))))
        time.sleep(0.05)
    if process.wait():
        raise SystemExit(f"{command} failed in {folder}")
    wall, after = time.perf_counter() - started, os.times()
    processor = after.children_user + after.children_system - before.children_user - before.children_system
    return Run(wall, processor, peak)


def tree(process: int) -> list[int]:
    """A process and all that it started."""
    found = [process]
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            for child in task.read_text().split():
                found += tree(int(child))
        except OSError:
            continue
    return found


def memory_of(process: int) -> float:
    """Proportional set size in MiB."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


@dataclass(frozen=True)
class Tool:
    """A generator: its command, its folder, how a notice is edited, and what must go for a cold build."""

    name: str
    command: list[str]
    folder: Path
    edit: Callable[[Path, str], None]
    outputs: tuple[str, ...]

    def clean(self) -> None:
        for name in self.outputs:
            path = self.folder / name
            if path.is_symlink():
                path.unlink()
            elif path.exists():
                # Renamed, not deleted: deleting tens of thousands of files would slow down what is measured next.
                path.rename(self.folder.parent / f"gone-{self.name}-{time.monotonic_ns()}")


ENVIRONMENT = os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parents[1])}
CASES = ("cold", "first edit", "edited", "unchanged")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("notices", type=int, nargs="?", default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--unique", action="store_true")
    parser.add_argument("--tools", nargs="+", choices=SITES, default=list(SITES), help="all that are installed")
    parser.add_argument("--folder", type=Path, default=None, help="where to work (a temporary folder)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="build-benchmark-", ignore_cleanup_errors=True, dir=options.folder) as name:
        root = Path(name)
        tools = []
        for tool, site in SITES.items():
            if tool in options.tools and (command := site.command()):
                tools.append(Tool(tool, command, root / tool.lower(), site.edit, site.OUTPUTS))
                site.write(tools[-1].folder, options.notices, options.unique)
        _show(options, tools, _measured(tools, options))


def _measured(tools: list[Tool], options: argparse.Namespace) -> dict[tuple[str, str], list[Run]]:
    found: dict[tuple[str, str], list[Run]] = {(tool.name, case): [] for tool in tools for case in CASES}
    peaks = {tool.name: _cold_peak(tool) for tool in tools}
    for number in range(options.rounds):
        for case in CASES:
            for tool in tools:
                if case == "cold":
                    tool.clean()
                elif case != "unchanged":
                    tool.edit(tool.folder, f"notice-{(2 * number + (case == 'edited')) % options.notices:05}")
                once = run(tool.command, tool.folder)
                memory = peaks[tool.name] if case == "cold" else 0.0
                found[tool.name, case].append(Run(once.wall, once.processor, memory))
    return found


def _cold_peak(tool: Tool) -> float:
    tool.clean()
    return run(tool.command, tool.folder, memory=True).memory


def _show(options: argparse.Namespace, tools: list[Tool], found: dict[tuple[str, str], list[Run]]) -> None:
    pages = {tool.name: sum(1 for _ in (tool.folder / "public").resolve().rglob("*.html")) for tool in tools}
    print(f"{options.notices} notices; HTML pages: {pages}; {os.cpu_count()} cores; medians of {options.rounds}")
    print(f"{'':12}{'':12}{'seconds':>9}{'ratio':>8}{'processor':>11}{'ratio':>8}{'MiB':>8}")
    for case in CASES:
        other = found.get(("Hugo", case))
        for tool in tools:
            runs = found[tool.name, case]
            line = f"{case:12}{tool.name:12}"
            for attribute, width in (("wall", 9), ("processor", 11)):
                value = statistics.median(getattr(run, attribute) for run in runs)
                line += f"{value:{width}.2f}"
                line += f"{value / statistics.median(getattr(run, attribute) for run in other):8.3f}" if other else ""
            print(line + (f"{runs[0].memory:8.0f}" if runs[0].memory else ""))
    sys.stdout.flush()


if __name__ == "__main__":
    main()
