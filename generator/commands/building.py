"""`noticeboard build` and `serve`: write the site, or show it while it is worked on."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

from generator import repository
from generator.building import build, due
from generator.commands.codes import DONE, NOTHING
from generator.commands.terminal import today


def build_options(parser: argparse.ArgumentParser) -> None:
    """The options of `build`."""
    parser.add_argument("--out", type=Path, default=None, metavar="DIR", help="where to (public)")
    parser.add_argument("--pdf", action="store_true", help="make a PDF of every version, whatever site.yml says")
    parser.add_argument("--search", action="store_true", help="make the search index, whatever site.yml says")
    parser.add_argument("--quiet", action="store_true", help="say nothing where all is well")
    parser.add_argument("--json", action="store_true", help="end with the figures as one line of JSON")
    parser.add_argument("--jobs", type=int, default=None, metavar="N", help="processes (one for each core)")
    parser.add_argument("--force", action="store_true", help="render every page anew, whatever is known")
    parser.add_argument(
        "--if-due",
        action="store_true",
        help="build only where a version started or was published since the last build, or in a new month; else end with 3",
    )
    parser.add_argument("--compress", action="store_true", help="write .gz beside each page (assets have it always)")


def build_site(options: argparse.Namespace) -> int:
    """Write the site, and end with one line of figures; `NOTHING` where it was asked for if due, and is not."""
    started = time.monotonic()
    out = options.out or options.root / "public"
    if options.if_due and not due.is_due_in(options.root, out, today(options)):
        return NOTHING
    how = build.Options(jobs=options.jobs, force=options.force, compress=options.compress)
    found = repository.read_frame(options.root)
    site = replace(found.site, pdf=found.site.pdf or options.pdf, search=found.site.search or options.search)
    with _progress(options.quiet or options.json) as progress:
        built = build.build(replace(found, site=site), out, today(options), options=how, progress=progress)
    if built.not_upgraded and not options.quiet:
        print(
            f"{built.not_upgraded} versions from before this release are rendered anew at each build: "
            "run `noticeboard upgrade` once, so that no later release changes their pages.",
            file=sys.stderr,
        )
    seconds = time.monotonic() - started
    if options.json:
        figures = {"notices": built.notices, "pages": built.pages, "rendered": built.rendered}
        print(json.dumps(figures | {"seconds": round(seconds, 3), "out": str(built.out)}))
    elif not options.quiet:
        what = f"{built.pages} pages of {built.notices} notices ({built.rendered} rendered)"
        print(f"Built {what} in {seconds:.1f} s: {built.out}")
    return DONE


@contextmanager
def _progress(silent: bool) -> Iterator[build.Progress]:
    """A bar on the terminal, for work that takes more than a second."""
    if silent or not sys.stderr.isatty():
        yield lambda done, total: None
        return
    started = time.monotonic()
    with ExitStack() as shown:
        show: list[Callable[[int, int], None]] = []

        def advance(done: int, total: int) -> None:
            if not show and time.monotonic() - started > 1:
                from rich.progress import Progress  # a short build has no bar and starts without rich

                bar = shown.enter_context(Progress(transient=True))
                task = bar.add_task("notices", total=total)
                show.append(lambda done, total: bar.update(task, completed=done, total=total))
            for each in show:
                each(done, total)

        yield advance


def serve_options(parser: argparse.ArgumentParser) -> None:
    """The options of `serve`."""
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="the port to listen on (8000)")


def serve(options: argparse.Namespace) -> int:
    """Serve the site and the consent endpoint until it is interrupted."""
    from generator.preview import server  # brings Flask: the other commands start without it

    return server.serve(options.root, options.host, options.port, lambda: today(options))
