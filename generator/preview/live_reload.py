"""Keeps what an editor sees the same as what the files say: looks on save, tells open pages, shows problems in full.

Only `serve` uses it. Its script is added to pages as they are served: no built file contains it. A page carries the
turn that it was asked for in and the digest of its bytes. One of its scripts waits for the next turn on behalf of all
pages that are open; each then asks for its own digest (`HEAD`), and only one that changed is loaded anew.
"""

from __future__ import annotations

import hashlib
import threading
import traceback
from collections.abc import Callable, Iterable
from itertools import groupby
from pathlib import Path
from typing import Any

import jinja2
from werkzeug.test import run_wsgi_app
from werkzeug.wrappers import Request, Response

from generator import site_folder
from generator.pages import theme
from generator.preview.turns import Turns
from generator.problems import ContentError, Place, Problem
from generator.repository import CONTENT

OWN = "/draft/-/"
TURN, SCRIPT = f"{OWN}turn", f"{OWN}reload.js"
SCRIPTS = {SCRIPT: "preview.js", f"{OWN}waiting.js": "preview_waiting.js"}
DIGEST = "Page-Digest"
"""The header that names the bytes of a page as the site has them, without the script."""
WAIT = 25.0
"""Seconds that a request for the next turn is held at most: shorter than what browsers and proxies allow."""
WSGI = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class Live:
    """A WSGI app before the site: its pages as they are now, or everything that is in the way of making them."""

    def __init__(self, root: Path, look: Callable[[], str], site: WSGI) -> None:
        self._root = root
        self._look = look
        self._site = site
        self._turns = Turns()
        self._looking = threading.Lock()

    @property
    def turn(self) -> str:
        """The token of what pages show now."""
        return self._turns.turn

    def advance(self) -> None:
        """Let the open pages know that something was saved: each asks what it shows now."""
        self._turns.advance()

    def rebuild(self) -> str:
        """Let the open pages know, and look at the site. Returns what came of it, in one line."""
        self.advance()
        return self.state()

    def state(self) -> str:
        """Look at the site, one thread at a time: what there is to see, or why nothing can be shown."""
        with self._looking:
            try:
                said = self._look()
            except ContentError as failure:
                said = "The site cannot be shown:\n" + "\n".join(map(str, failure.problems))
            except Exception as failure:  # the next save is to find the watch alive
                traceback.print_exc()
                said = f"The site cannot be shown: {failure}"
            return said

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        return self._answer(Request(environ))(environ, start_response)

    def _answer(self, request: Request) -> WSGI:
        if request.path == TURN:
            known = request.args.get("after")
            turn = self.turn if known is None else self._turns.after(known, WAIT)
            return Response(turn, headers={"Cache-Control": "no-store"})
        if request.path in SCRIPTS:
            data = (theme.OWN_TEMPLATES / SCRIPTS[request.path]).read_bytes()
            return Response(data, mimetype="text/javascript", headers={"Cache-Control": "no-cache"})
        turn = self.turn  # before the page is made: one that was overtaken asks again
        try:
            return self._served(request, turn)
        except ContentError as failure:
            problems = failure.problems
        except Exception as failure:  # a page that says so is loaded anew when it is mended
            traceback.print_exc()
            problems = [_unexpected(failure)]
        page = _problem_page(self._root, problems)
        response = Response(page, 503, mimetype="text/html", headers={"Cache-Control": "no-store"})
        return _with_script(response, turn, " data-problem")

    def _served(self, request: Request, turn: str) -> WSGI:
        """The answer of the site or the endpoint; a page also gets the script that waits for the next change."""
        environ = dict(request.environ)
        environ.pop("HTTP_IF_NONE_MATCH", None)  # a page differs from its file by the script
        environ.pop("HTTP_IF_MODIFIED_SINCE", None)
        if request.method == "HEAD":  # the digest is that of the whole page
            environ["REQUEST_METHOD"] = "GET"
        body, status, headers = run_wsgi_app(self._site, environ)
        response = Response(body, status, headers)
        if response.mimetype != "text/html" or request.method == "POST":  # an answer to a form is not asked for again
            return response
        with response:
            page = Response(b"".join(response.iter_encoded()), status, headers)
        return _with_script(page, turn)


def _with_script(response: Response, turn: str, more: str = "") -> Response:
    html = response.get_data()
    digest = hashlib.sha256(html).hexdigest()[:16]
    script = f'<script src="{SCRIPT}" data-turn="{turn}" data-page="{digest}"{more} defer></script>\n'.encode()
    start, end, rest = html.rpartition(b"</body>")
    response.set_data(start + script + end + rest if end else html)
    response.headers.pop("ETag", None)
    response.headers.pop("Last-Modified", None)
    response.headers[DIGEST] = digest
    return response


def _unexpected(failure: Exception) -> Problem:
    """The problem that no check knows."""
    message = f"Something unexpected stops the site here ({type(failure).__name__}: {failure})."
    return site_folder.Y05.problem(
        Place(CONTENT), message, "Save the file that you changed last again; the terminal says more."
    )


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
