"""Asks the consent endpoint what waits, and tells it what was done. Its key goes to that one address and nowhere else.

Redirects are not followed, proxies and passwords of the environment are not used, and an answer has a limit in time
and size.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import requests

from desk.withdrawals.waiting import (
    CannotReach,
    Listed,
    OpenWithdrawal,
    Reason,
    Recorded,
    Refused,
    acted,
    letter,
    withdrawal,
)
from widget.consent.closing import Closing
from widget.ledger.events import Done, utc

SECONDS = 10.0
"""How long one answer may take, from the first byte to the last."""
MOST_BYTES = 4_000_000
MOST_PAGES = 10
"""So many times 500 withdrawals are listed: a service with more has another trouble than a long list."""
BAD_ANSWERS = (KeyError, TypeError, ValueError, AttributeError, RecursionError)


@dataclass(frozen=True)
class Client:
    """The endpoint at an address without a slash at its end, asked with an API key that may see `withdrawals`."""

    address: str
    key: str = field(repr=False)
    seconds: float = SECONDS
    monotonic: Callable[[], float] = time.monotonic

    def open_withdrawals(self, language: str) -> Listed | CannotReach:
        """Everything that waits, with titles in a language where they are in it."""
        found: list[OpenWithdrawal] = []
        letters: tuple[Any, ...] = ()
        after, more = 0, True
        for _page in range(MOST_PAGES):
            answer = self._ask("GET", "/api/withdrawals", {"after": str(after), "language": language})
            if isinstance(answer, CannotReach):
                return answer
            try:
                if answer.status != 200:
                    return CannotReach(Reason.STRANGE)
                found += map(withdrawal, answer.said["withdrawals"])
                letters = letters or tuple(map(letter, answer.said["undelivered"]))
                after, more = int(answer.said["next"]), bool(answer.said["more"])
            except BAD_ANSWERS:
                return CannotReach(Reason.STRANGE)
            if not more:
                break
        return Listed(tuple(found), letters, whole=not more)

    def withdrawal(self, number: int, language: str) -> OpenWithdrawal | CannotReach | None:
        """One of a number, also where somebody has acted on it; None where nothing of that number is to be acted on."""
        answer = self._ask("GET", f"/api/withdrawals/{number}", {"language": language})
        if isinstance(answer, CannotReach):
            return answer
        try:
            if answer.status == 404 and answer.said["status"] == 404:
                return None
            return withdrawal(answer.said) if answer.status == 200 else CannotReach(Reason.STRANGE)
        except BAD_ANSWERS:
            return CannotReach(Reason.STRANGE)

    def done(
        self, number: int, what: Done, by: str, note: str = "", on: datetime | None = None, *, beside: bool = False
    ) -> Recorded | Refused | CannotReach:
        """Say what was done about an event, by whom (an id, no name), and when; now if not given.

        The same again is recorded once. `beside` if it is beside what somebody else said.
        """
        said = {
            "code": str(what),
            "by": by,
            "note": note or None,
            "happened": utc(on) if on else None,
            "beside": beside,
        }
        answer = self._ask("POST", f"/api/withdrawals/{number}/acted", {}, said)
        if isinstance(answer, CannotReach):
            return answer
        if answer.status in (200, 201):
            return Recorded(answer.status == 201)
        if answer.status not in (400, 404, 409):
            return CannotReach(Reason.STRANGE)
        try:
            before = answer.said.get("acted")
            return Refused(acted(before) if before is not None else None)
        except BAD_ANSWERS:
            return CannotReach(Reason.STRANGE)

    def close_letter(self, letter_id: int, how: Closing, by: str) -> Recorded | Refused | CannotReach:
        """Say how somebody, an id and no name, dealt with a letter that reached nobody. The same again is noted once."""
        answer = self._ask("POST", f"/api/letters/{letter_id}/closed", {}, {"how": str(how), "by": by})
        if isinstance(answer, CannotReach):
            return answer
        if answer.status in (200, 201):
            return Recorded(answer.status == 201)
        return Refused() if answer.status in (404, 409) else CannotReach(Reason.STRANGE)

    def _ask(
        self, method: str, path: str, query: Mapping[str, str], body: dict[str, Any] | None = None
    ) -> _Answer | CannotReach:
        try:
            with requests.Session() as session:
                session.trust_env = False  # neither proxies nor .netrc: the key is for this address
                return self._answer(session, method, path, query, body)
        except _TooMuch:
            return CannotReach(Reason.STRANGE)
        except (requests.RequestException, OSError):
            return CannotReach(Reason.AWAY)

    def _answer(
        self, session: requests.Session, method: str, path: str, query: Mapping[str, str], body: dict[str, Any] | None
    ) -> _Answer | CannotReach:
        end = self.monotonic() + self.seconds
        with session.request(
            method,
            self.address + path,
            params=dict(query),
            json=body,
            headers={"Authorization": f"Bearer {self.key}", "Accept": "application/json"},
            timeout=self.seconds,
            allow_redirects=False,
            stream=True,
        ) as response:
            content = self._content(response, end)
        if (reason := _REASONS.get(response.status_code)) is not None:
            return CannotReach(reason)
        try:
            return _Answer(response.status_code, json.loads(content))
        except (ValueError, RecursionError):
            return CannotReach(Reason.STRANGE)

    def _content(self, response: requests.Response, end: float) -> bytes:
        """The content of the answer; a server that drips is not waited for without end."""
        content = bytearray()
        for part in response.iter_content(65536):
            content += part
            if len(content) > MOST_BYTES:
                raise _TooMuch
            if self.monotonic() > end:
                raise requests.Timeout("the answer took too long")
        return bytes(content)


@dataclass(frozen=True)
class _Answer:
    status: int
    said: Any


class _TooMuch(Exception):
    """The answer has no end that an endpoint's would have."""


_REASONS = {401: Reason.KEY, 403: Reason.KEY, 429: Reason.BUSY, 500: Reason.BUSY, 502: Reason.AWAY, 503: Reason.BUSY}
_REASONS |= {504: Reason.AWAY}
