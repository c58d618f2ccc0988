"""Every form and address of the desk, found by walking the app: for tests that send them as people would not.

Nothing is listed here: a new view is walked because it is registered, and its form because some page has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from flask import Flask
from lxml import html
from werkzeug.routing import IntegerConverter, RequestRedirect, Rule
from werkzeug.test import TestResponse

from desk import guard
from desk.guard.needs import NEED, Need
from desk.people.sessions import form_token, unsealed
from tests.desk_access_fixtures import Browser, token_of
from tests.picture_uploads import multipart

SAFE = {"GET", "HEAD", "OPTIONS"}
PASSING = {".noticeboard", "kept", "here"}
"""Folders that say nothing of the site: what is known of its files, words that were refused, and one-time addresses."""
UPLOADS = {"pictures.add", "pictures.exchange", "logo.change"}
"""Views that take a picture."""
Pairs = list[tuple[str, str]]


@dataclass(frozen=True)
class Way:
    """A method of an address: the rule, and what its view says that it needs."""

    rule: Rule
    method: str
    need: Need

    def __str__(self) -> str:
        return f"{self.method} {self.rule.rule}"

    def path(self, values: Mapping[str, str]) -> str:
        """The address with these values in place of its parts, quoted as browsers do: one named `people.name` or
        `path:name` before `name`."""
        own = self.rule.endpoint.partition(".")[0]

        def value(part: re.Match[str]) -> str:
            named = values.get(f"{part[1]}:{part[2]}", values.get(part[2], "x"))
            return quote(values.get(f"{own}.{part[2]}", named), safe="/")

        return re.sub(r"<(?:(\w+):)?(\w+)>", value, self.rule.rule)

    @property
    def parts(self) -> list[str]:
        """The names of what is in the address."""
        return sorted(self.rule.arguments - set(self.rule.defaults or ()))

    def is_number(self, name: str) -> bool:
        """Whether a part of the address is a number."""
        return isinstance(self.rule._converters.get(name), IntegerConverter)


def ways(app: Flask) -> list[Way]:
    """Every method of every address but the files of the frame; signing out comes last."""
    found = [
        Way(rule, method, getattr(app.view_functions[rule.endpoint], NEED))
        for rule in app.url_map.iter_rules()
        if rule.endpoint != "static"
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    ]
    return sorted(found, key=lambda way: (way.rule.endpoint == "sign_in.sign_out", str(way)))


def forms_of(page: TestResponse) -> Iterator[tuple[str, Pairs]]:
    """The address and the fields of each form of a page, without its token."""
    for form in html.fromstring(page.text).forms if page.mimetype == "text/html" and page.data else ():
        if form.method.upper() == "POST":
            pairs = [(name, value) for name, value in form.form_values() if name != guard.TOKEN_FIELD]
            yield form.get("action") or "", pairs


def forms(browser: Browser, values: Mapping[str, str]) -> dict[str, Pairs]:
    """The fields of each form that somebody with every role finds on the pages, by endpoint."""
    app = browser.desk.app
    matcher = app.url_map.bind("")
    found: dict[str, Pairs] = {}
    for way in ways(app):
        path = way.path(values)
        page = browser.get(path) if way.method == "GET" else None
        for action, pairs in forms_of(page) if page is not None else ():
            try:
                endpoint, _ = matcher.match(urlsplit(action or path).path, "POST")
            except RequestRedirect:  # pragma: no cover - no form of the desk is sent to another address
                continue
            found.setdefault(endpoint, pairs)
    return found


def token(browser: Browser) -> str:
    """The token that the pages of this browser have in their forms."""
    desk = browser.desk
    with desk.app.test_request_context(base_url=browser.address):
        name = guard.cookie_name(guard.SESSION)
    cookie = browser.client.get_cookie(name, domain="127.0.0.1")
    session = unsealed(desk.access.key, cookie.value) if cookie is not None else None
    return form_token(desk.access.key, session.mark) if session else token_of(browser.get("/desk/sign-in"))


@dataclass
class State:
    """All that an act can change: the site's folder, the desk's, git's branches and tags; and apart the log of acts."""

    files: dict[str, bytes] = field(default_factory=dict)
    log: list[str] = field(default_factory=list)


def state(root: Path) -> State:
    """The present state."""
    found = State()
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root)
        inside = name.parts[0] == ".git" and not (
            len(name.parts) > 1 and name.parts[1] in ("refs", "logs", "packed-refs")
        )
        if inside or PASSING & set(name.parts) or not path.is_file():
            continue
        if path.suffix == ".jsonl":
            found.log += path.read_text("utf-8").splitlines()
        else:
            found.files[name.as_posix()] = path.read_bytes()
    return found


def acts_since(before: State, now: State) -> list[str]:
    """Changes between two states: names of files, and acts in the log that were not refused or mere looks."""
    files = [name for name in {*before.files, *now.files} if before.files.get(name) != now.files.get(name)]
    return sorted(files) + [line for line in now.log[len(before.log) :] if '"act": "refused-' not in line]


def sent(browser: Browser, way: Way, path: str, pairs: Pairs, file: bytes | None = None, **more: Any) -> TestResponse:
    """Ask or send, as a browser on a page of the desk does; a form that takes a picture with a file."""
    if way.method in SAFE:
        return browser.get(path, query_string=pairs if pairs else None)
    if file is not None and way.rule.endpoint in UPLOADS:
        body, kind = multipart(dict(pairs), file, "../Llun tŷ.png")
        return browser.post(path, body, content_type=kind, **more)
    data: dict[str, list[str]] = {}
    for name, value in pairs:
        data.setdefault(name, []).append(value)
    return browser.post(path, data, **more)
