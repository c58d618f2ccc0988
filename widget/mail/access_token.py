"""The token with which an application logs in to a mail server: OAuth 2.0's client credentials (RFC 6749, 4.4)."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import requests

from widget.mail.message import NotSent

EARLY = 300.0
"""So many seconds before its end a token is replaced: a delivery that begins with it must also end with it."""
USUAL_LIFE = 3600.0
"""How long a token is used whose answer does not say (`expires_in` is only recommended by RFC 6749, 5.1)."""


@dataclass(frozen=True)
class Application:
    """The application that asks, where it asks, and for what."""

    token_url: str
    client_id: str
    client_secret: str = field(repr=False)
    scope: str


class AccessToken:
    """Asks for a token once, and again shortly before it ends. `seconds` is the patience with the provider at each step."""

    def __init__(
        self, application: Application, seconds: float, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._application = application
        self._seconds = seconds
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._token = ""
        self._until = 0.0

    def current(self) -> str:
        """A token that still holds for minutes. `NotSent` where the provider gives none."""
        with self._lock:
            if not self._token or self._monotonic() >= self._until:
                self._token, life = self._ask()
                self._until = self._monotonic() + max(life - EARLY, life / 2)
            return self._token

    def forget(self, token: str) -> None:
        """Ask anew next time: a server refused this one."""
        with self._lock:
            if token == self._token:
                self._token = ""

    def _ask(self) -> tuple[str, float]:
        """A new token, and its life in seconds."""
        here = self._application
        form = {
            "grant_type": "client_credentials",
            "client_id": here.client_id,
            "client_secret": here.client_secret,
            "scope": here.scope,
        }
        try:
            answer = requests.post(here.token_url, data=form, timeout=self._seconds, allow_redirects=False)
        except requests.RequestException as error:
            raise NotSent(f"{type(error).__name__} with the giver of tokens") from error
        try:
            content = answer.json()
        except ValueError:
            content = None
        if not isinstance(content, dict):
            raise NotSent(f"the giver of tokens answered {answer.status_code}, and no JSON")
        token = content.get("access_token")
        if answer.status_code != 200 or not _is_token(token):
            raise NotSent(f"the giver of tokens answered {answer.status_code}{_reason(content.get('error'))}")
        life = content.get("expires_in")
        return str(token), float(life) if isinstance(life, int | float) and life > 0 else USUAL_LIFE


@dataclass(frozen=True)
class XOAuth2:
    """The answers of a login by XOAUTH2: the token first, then an empty line to whatever a server objects.

    The shape is Google's and Microsoft's ("SASL XOAUTH2"); RFC 7628's OAUTHBEARER is not offered by Microsoft 365.
    """

    user: str
    token: str = field(repr=False)

    def __call__(self, challenge: bytes | None = None, /) -> str:
        """The next answer, before it is encoded."""
        return "" if challenge else f"user={self.user}\x01auth=Bearer {self.token}\x01\x01"


def _is_token(token: object) -> bool:
    """Whether it can stand in a line to the server (RFC 6750, 2.1)."""
    return isinstance(token, str) and re.fullmatch(r"[A-Za-z0-9._~+/=-]{1,16384}", token) is not None


def _reason(error: object) -> str:
    """The provider's code for the log, such as `invalid_client` (RFC 6749, 5.2); its sentences may hold anything."""
    return f": {error}" if isinstance(error, str) and re.fullmatch(r"[a-z_]{1,40}", error) else ""
