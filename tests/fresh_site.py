"""The preview without a memory: what a fresh start of it shows, and the preview on a day that a test can change.

`python -m tests.fresh_site ask` answers one request a line, each in a process of its own that has read and remembered
nothing: a JSON object with the name of a function below and its arguments. `python -m tests.fresh_site serve ROOT
PORT DAY` serves a folder; the file DAY says which day it is.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import pickle
import re
import sys
import traceback
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

from werkzeug.test import Client

from generator import repository
from generator.building import build
from generator.cli import main, parser
from generator.content import retention
from generator.preview import demo, live_reload, server
from generator.rules.prose.english import ENGLISH
from generator.rules.prose.signs import patterns
from generator.rules.prose.welsh import WELSH

LINKED = re.compile(rb'(?:src|href)="(/[^"]+\.(?:css|js|png|svg))"')
CODE = ("generator.building.notice_job", "generator.markdown.cleaning", "generator.markdown.commonmark", "brotli")
"""Modules that are loaded when something needs them."""
Answer = tuple[int, str, bytes]
"""A page as it was sent: status, kind and bytes, without what differs between two runs of the preview."""


def plain(body: bytes, root: str) -> bytes:
    """The bytes of an answer without the preview's script, the port and the path of the folder."""
    body = re.sub(rb'<script src="/draft/-/[^>]*></script>\n', b"", body)
    return re.sub(rb"http://127\.0\.0\.1:\d+", b"http://here", body).replace(root.encode(), b"ROOT")


def linked(body: bytes) -> list[str]:
    """The addresses of styles, scripts and pictures of this site that a page shows."""
    return [found.decode() for found in LINKED.findall(body) if not found.startswith(live_reload.OWN.encode())]


def pages(root: str, day: str, address: str, paths: list[str]) -> dict[str, Answer]:
    """The answers of a fresh start of the preview at these paths, and at those that its pages show."""
    shown = demo.Demo(
        address, "http://127.0.0.1:1", lambda: demo.Shown(Path(root), repository.read_site(Path(root)), ())
    )
    site = server.open_site(Path(root), lambda: date.fromisoformat(day), shown, keep=False)
    live = live_reload.Live(Path(root), str, server.OneAddress(site.file, lambda *_: []))
    client, answers = Client(live), {}
    left = list(paths)
    while left:
        path = left.pop()
        answer = client.get(path)
        answers[path] = (answer.status_code, answer.mimetype, plain(answer.data, root))
        left += [other for other in linked(answer.data) if other not in answers]
    return answers


def built(root: str, day: str, address: str, paths: list[str]) -> dict[str, bytes]:
    """The files of these pages as `build` writes them; those that it does not write are missing."""
    out = Path(root) / "built"
    build.build(repository.read_frame(Path(root)), out, date.fromisoformat(day), address)
    files = {path: out / path.lstrip("/") / ("index.html" if path.endswith("/") else "") for path in paths}
    return {path: plain(file.read_bytes(), root) for path, file in files.items() if file.is_file()}


def run(arguments: list[str]) -> int:
    """The exit code of a command of `noticeboard`."""
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        return main(arguments)


def warm() -> None:
    """Load the code and compile the patterns that a start of the preview needs, once for all processes: nothing of a
    site."""
    parser()
    for name in CODE:
        import_module(name)
    retention.read("6 years")
    for table in (ENGLISH, WELSH):
        for signs in table.values():
            for pattern in patterns(signs):
                pattern.search("")


def answer_requests() -> None:
    """Answer the requests of standard input, until it ends."""
    warm()
    for line in sys.stdin:
        request = json.loads(line)
        if (child := os.fork()) == 0:
            _answer(request)
        os.waitpid(child, 0)
        print("done", flush=True)


def _answer(request: dict[str, Any]) -> None:
    try:
        result: object = globals()[request["name"]](*request["arguments"])
    except Exception:
        result = AssertionError(traceback.format_exc())
    Path(request["into"]).write_bytes(pickle.dumps(result))
    os._exit(0)


if __name__ == "__main__" and sys.argv[1:2] == ["ask"]:
    answer_requests()
elif __name__ == "__main__":
    _, _, folder, port, file = sys.argv
    server.serve(Path(folder), "127.0.0.1", int(port), lambda: date.fromisoformat(Path(file).read_text("ascii")))
