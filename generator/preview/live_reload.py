"""Keeps what an editor sees the same as what the files say: looks on save, tells open pages, shows problems in full.

Only `serve` uses it. Its script is added to pages as they are served: no built file contains it.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Iterable
from itertools import groupby
from pathlib import Path
from typing import Any

import jinja2
from watchfiles import Change
from watchfiles import watch as watch_files
from werkzeug.test import run_wsgi_app
from werkzeug.wrappers import Request, Response

from generator import site_folder
from generator.content.site_file import FILE, PICTURE
from generator.pages import theme
from generator.problems import ContentError, Problem

OWN = "/draft/-/"
TURN, SCRIPT = f"{OWN}turn", f"{OWN}reload.js"
WSGI = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class Live:
    """A WSGI app before the site: its pages as they are now, or everything that stands in the way of making them."""

    def __init__(self, root: Path, look: Callable[[], str], site: WSGI) -> None:
        self._root = root
        self._look = look
        self._site = site
        self.turn = secrets.token_hex(8)

    def rebuild(self) -> str:
        """Look at the site and let the open pages know. Returns what came of it, in one line."""
        try:
            said = self._look()
        except ContentError as failure:
            said = "The site cannot be shown:\n" + "\n".join(map(str, failure.problems))
        self.turn = secrets.token_hex(8)
        return said

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        return self._answer(Request(environ))(environ, start_response)

    def _answer(self, request: Request) -> WSGI:
        if request.path == TURN:
            return Response(self.turn, headers={"Cache-Control": "no-store"})
        if request.path == SCRIPT:
            return Response((theme.OWN_TEMPLATES / "preview.js").read_bytes(), mimetype="text/javascript")
        try:
            return self._served(request)
        except ContentError as failure:
            page = _problem_page(self._root, failure.problems)
            return self._with_script(Response(page, 503, mimetype="text/html", headers={"Cache-Control": "no-store"}))

    def _served(self, request: Request) -> WSGI:
        """What the site or the endpoint answers; a page also gets the script that waits for the next change."""
        environ = dict(request.environ)
        environ.pop("HTTP_IF_NONE_MATCH", None)  # a page differs from its file by the script
        environ.pop("HTTP_IF_MODIFIED_SINCE", None)
        body, status, headers = run_wsgi_app(self._site, environ)
        response = Response(body, status, headers)
        if response.mimetype != "text/html" or request.method == "HEAD":
            return response
        with response:
            page = Response(b"".join(response.iter_encoded()), status, headers)
        return self._with_script(page)

    def _with_script(self, response: Response) -> Response:
        script = f'<script src="{SCRIPT}" data-turn="{self.turn}" defer></script>\n'
        html = response.get_data().decode()
        start, end, rest = html.rpartition("</body>")
        response.set_data(f"{start}{script}{end}{rest}" if end else html)
        response.headers.pop("ETag", None)
        response.headers.pop("Last-Modified", None)
        return response


def _problem_page(root: Path, problems: Iterable[Problem]) -> str:
    """Every problem, by file, each with its line."""
    ordered = sorted(problems, key=lambda problem: (problem.place, problem.rule))
    files = [
        (file, [(problem, _line(root, root / file, problem.place.line)) for problem in group])
        for file, group in groupby(ordered, key=lambda problem: problem.place.file)
    ]
    loader = jinja2.FileSystemLoader(theme.OWN_TEMPLATES)
    environment = jinja2.Environment(loader=loader, autoescape=True, undefined=jinja2.StrictUndefined)
    return environment.get_template("preview_problems.html").render(files=files)


def _line(root: Path, path: Path, number: int) -> str:
    if not path.is_file() or not site_folder.is_within(root, path):
        return ""
    lines = path.read_bytes().decode("utf-8-sig", "replace").splitlines()
    return lines[number - 1].strip() if 0 < number <= len(lines) else ""


def watch(root: Path, stop: threading.Event, changed: Callable[[], None]) -> None:
    """Call `changed` after each save of anything that the site is built from, until `stop` is set. Returns at once."""
    watcher = threading.Thread(target=_watch, args=(root, stop, changed), daemon=True)
    watcher.start()


def _watch(root: Path, stop: threading.Event, changed: Callable[[], None]) -> None:
    """The folders of content and templates in depth; beside them site.yml and pictures."""
    saved = threading.Event()

    def look(paths: list[Path], wanted: Callable[[Change, str], bool], recursive: bool) -> None:
        for _ in watch_files(*paths, watch_filter=wanted, stop_event=stop, recursive=recursive):
            saved.set()

    folders = {root / "content", *theme.template_folders(root)}
    inner = [path for path in sorted(folders) if path.is_dir()]
    for arguments in ((inner, _of_an_editor, True), ([root], _beside_the_content, False)):
        threading.Thread(target=look, args=arguments, daemon=True).start()
    while not stop.is_set():
        if saved.wait(0.2):
            saved.clear()
            changed()


def _of_an_editor(_: Change, path: str) -> bool:
    """Whether a changed path is a file somebody wrote, not one that a program keeps for itself."""
    name = Path(path).name
    return not name.startswith((".", "~", "#")) and not name.endswith(("~", ".swp", ".tmp"))


def _beside_the_content(change: Change, path: str) -> bool:
    """site.yml, or a picture that may be the logo."""
    name = Path(path).name
    return _of_an_editor(change, path) and (name == FILE or PICTURE.fullmatch(name) is not None)
