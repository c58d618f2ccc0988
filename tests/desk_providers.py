"""Providers for the tests of signing in: Canaille, which is a real one, and one that says whatever a test wants it to.

The second stands where no provider can be made to say it: Entra's `oid`, its left-out groups, a clock that is wrong, another
issuer, no `auth_time`. Its signatures are real.
"""

from __future__ import annotations

import base64
import html
import json
import re
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

import requests
from flask import Flask, redirect, request
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey
from werkzeug.serving import make_server

from tests.programs import provider as canaille_python
from tests.serving import free_port
from tests.site_fixtures import PROJECT

CLIENT, SECRET, PASSWORD = "desk", "a client's secret", "correct horse battery"


@contextmanager
def canaille(desk: str, *users: str, host: str = "127.0.0.1") -> Iterator[str]:
    """Canaille on this machine, with users of one password; gives its issuer. `localhost` is another site for browsers."""
    python, port = canaille_python(), free_port()
    asked = {
        "host": host,
        "port": port,
        "client": {
            "id": CLIENT,
            "secret": SECRET,
            "callback": f"{desk}/desk/sign-in/callback",
            "after": f"{desk}/desk/signed-out",
        },
        "users": [{"name": name, "password": PASSWORD, "address": f"{name}@example.org"} for name in users],
    }
    command = [python, PROJECT / "tests" / "canaille_server.py", json.dumps(asked)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            assert process.stdout is not None and process.stdout.readline() == "ready\n"
            issuer = f"http://{host}:{port}"
            _await(f"{issuer}/.well-known/openid-configuration")
            yield issuer
        finally:
            process.terminate()


def _await(address: str) -> None:
    for _ in range(100):
        try:
            if requests.get(address, timeout=5).ok:
                return
        except requests.ConnectionError:
            time.sleep(0.1)
    raise AssertionError(f"{address} does not answer")


class Walker:
    """Somebody with a browser: follows where they are led, and signs in to the provider when it asks."""

    def __init__(self, desk: str) -> None:
        self.desk = desk
        self.session = requests.Session()

    def get(self, address: str) -> requests.Response:
        """Look at a page, through every redirect."""
        return self.session.get(urljoin(self.desk, address), timeout=20)

    def step(self, address: str) -> requests.Response:
        """Look at a page without following where it leads."""
        return self.session.get(urljoin(self.desk, address), timeout=20, allow_redirects=False)

    def press(self, page: requests.Response, path: str, **fields: str) -> requests.Response:
        """Send a form of the desk."""
        found = re.search(r'name="form_token" value="([^"]+)"', page.text)
        assert found, page.text
        headers = {"Origin": self.desk, "Sec-Fetch-Site": "same-origin"}
        data = {"form_token": found[1], **fields}
        return self.session.post(self.desk + path, data=data, headers=headers, timeout=20)

    def through(self, name: str, page: requests.Response) -> requests.Response:
        """Answer Canaille's questions, name then password, until it leads back."""
        for _ in range(4):
            if urlsplit(page.url).netloc == urlsplit(self.desk).netloc:
                return page
            fields = dict(re.findall(r'<input[^>]*name="([^"]+)"[^>]*type="hidden"[^>]*value="([^"]*)"', page.text))
            fields |= dict(re.findall(r'<input[^>]*type="hidden"[^>]*name="([^"]+)"[^>]*value="([^"]*)"', page.text))
            fields = {key: html.unescape(value) for key, value in fields.items()}
            given = {"login": name, "password": PASSWORD, "answer": "logout"}
            asked = {key: value for key, value in given.items() if f'name="{key}"' in page.text}
            page = self.session.post(page.url, data=fields | asked, timeout=20)
        return page


@dataclass
class Says:
    """A provider that says what a test wants: `claims` is given what would be right."""

    issuer: str
    claims: Callable[[dict[str, Any]], dict[str, Any]] = lambda claims: claims
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, auto_kid=True))
    algorithm: str = "RS256"
    asked: list[dict[str, str]] = field(default_factory=list)
    exchanged: list[dict[str, str]] = field(default_factory=list)
    described: dict[str, Any] = field(default_factory=dict)
    signing_key: Any = None
    error: str = ""


@contextmanager
def saying(now: Callable[[], float]) -> Iterator[Says]:
    """Such a provider on this machine. `now` is its clock, in seconds."""
    port = free_port()
    says = Says(f"http://127.0.0.1:{port}")
    app = Flask("provider")

    @app.get("/.well-known/openid-configuration")
    def description() -> dict[str, Any]:
        return {
            "issuer": says.issuer,
            "authorization_endpoint": f"{says.issuer}/authorize",
            "token_endpoint": f"{says.issuer}/token",
            "jwks_uri": f"{says.issuer}/keys",
        } | says.described

    @app.get("/keys")
    def keys() -> Any:
        return KeySet([says.key]).as_dict(private=False)

    @app.get("/authorize")
    def authorize() -> Any:
        says.asked.append(request.args.to_dict())
        if says.error:
            return redirect(f"{request.args['redirect_uri']}?error={says.error}&state={request.args['state']}")
        return redirect(f"{request.args['redirect_uri']}?code={len(says.asked) - 1}&state={request.args['state']}")

    @app.post("/token")
    def token() -> Any:
        says.exchanged.append(request.form.to_dict())
        asked = says.asked[int(request.form["code"])]
        second = int(now())
        right = {"iss": says.issuer, "sub": "00u1ab", "aud": CLIENT, "iat": second, "exp": second + 300}
        claims = says.claims(right | {"nonce": asked["nonce"]})
        header = {"alg": says.algorithm, "kid": says.key.kid}
        if says.algorithm == "none":
            text = f"{_part(header)}.{_part(claims)}."
        else:
            text = jwt.encode(header, claims, says.signing_key or says.key, algorithms=[says.algorithm])
        return {"access_token": "an access token", "token_type": "Bearer", "id_token": text}

    server = make_server("127.0.0.1", port, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield says
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _part(said: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(said).encode()).rstrip(b"=").decode()


def query(address: str) -> dict[str, str]:
    """The query of an address."""
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
