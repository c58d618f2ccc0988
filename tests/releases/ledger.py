"""The endpoint and its commands on one database, with a clock that is set and random bytes that repeat."""

from __future__ import annotations

import hashlib
import io
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any
from unittest import mock

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.consent_fixtures import FakeClock, answer, form
from tests.serving import free_port
from widget.app import close_app, create_app
from widget.cli import main
from widget.commands import opening
from widget.config import Config
from widget.manifest import PublishedVersion, from_json

OPENED = re.compile(r"https://[^/\s]+(/(?:confirm|receipt)/\S+)")
"""A link in a letter to a resident."""
DECIDED = ("news", "photos", "service_news")
"""The consents of the recorded notices. The rest of an answer is about the person."""


@dataclass
class Draws:
    """Random bytes from a seed: a second recording of a release draws the same. Nothing made from them is secret."""

    seed: str
    count: int = 0

    def __call__(self, size: int) -> bytes:
        self.count += 1
        return hashlib.shake_256(f"{self.seed} {self.count}".encode()).digest(size)


@dataclass
class Ledger:
    """A ledger with its keys and letters in a folder, beside the site that was built last (`public`)."""

    database: str
    folder: Path
    draws: Draws
    public: Path = Path()
    clock: FakeClock = field(default_factory=FakeClock)
    tokens: dict[str, str] = field(default_factory=dict)
    """The token of each person's receipt."""
    mailed: dict[str, str] = field(default_factory=dict)
    """When each letter was mailed, by the name of its file."""
    api_keys: dict[str, str] = field(default_factory=dict)

    @property
    def letters(self) -> Path:
        """Where letters are delivered."""
        return self.folder / "letters"

    @property
    def config(self) -> Config:
        """The endpoint's options."""
        where: dict[str, Any] = {"database": self.database, "keys": self.folder / "keys"}
        return Config(manifest=self.public / "published.json", ratelimit="off", **where)

    @contextmanager
    def endpoint(self, when: str) -> Iterator[FlaskClient]:
        """Run the endpoint at a time in UTC, and close it at the end of the block."""
        self.clock.now = moment(when)
        app = create_app(self.config, self.clock, self.draws)
        try:
            yield app.test_client(use_cookies=False)
        finally:
            close_app(app)

    def command(self, when: str, *arguments: str, code: int = 0) -> str:
        """Run `consents` at a time in UTC; returns its output."""
        self.clock.now = moment(when)
        with (
            mock.patch.dict(os.environ, self.config.environ()),
            mock.patch.object(opening, "utc_now", self.clock),
            mock.patch.object(secrets, "token_bytes", self.draws),
            redirect_stdout(io.StringIO()) as printed,
        ):
            ended = main(arguments)
        if ended != code:
            raise SystemExit(f"consents {' '.join(arguments)} ended with {ended}: {printed.getvalue()}")
        return printed.getvalue()

    def send(self, when: str) -> None:
        """Deliver all mail that is due."""
        self.command(when, "send", "--mail", f"folder:{self.letters}")
        for path in sorted(self.letters.iterdir()):
            self.mailed.setdefault(path.name, utc(self.clock.now))

    def send_in_vain(self, when: str) -> None:
        """Try to deliver while the mail server is away."""
        self.command(when, "send", "--mail", f"smtp://127.0.0.1:{free_port()}", code=1)

    def read(self, notice: str, version: int, language: str = "en") -> PublishedVersion:
        """A published version."""
        found = from_json(self.config.manifest.read_bytes()).find(notice, version, language)
        if found is None:
            raise SystemExit(f"{notice} has no version {version} in {language}")
        return found

    def post_form(self, client: FlaskClient, who: str, version: PublishedVersion, said: dict[str, str]) -> None:
        """Answer with the form of the page."""
        decisions = {name: said[name] for name in said if name in DECIDED}
        more = {name: said[name] for name in said if name not in DECIDED}
        response = client.post(f"/consent/{version.notice}", data=form(version, **decisions) | more)
        self.tokens[who] = expect(response, 303).headers["Location"].rpartition("/")[2]

    def post_json(
        self, client: FlaskClient, who: str, version: PublishedVersion, headers: dict[str, str], **said: str
    ) -> TestResponse:
        """Answer through the API, as the script of the page does."""
        decisions = {name: said[name] for name in said if name in DECIDED}
        more = {name: said[name] for name in said if name not in DECIDED}
        response = client.post("/api/consents", json=answer(version, **decisions) | more, headers=headers)
        self.tokens[who] = expect(response, 200, 201).json["token"]  # type: ignore[index]
        return response

    def withdraw(self, client: FlaskClient, who: str, consent: str) -> None:
        """Withdraw on the receipt."""
        expect(client.post(f"/receipt/{self.tokens[who]}/withdraw", data={"consent": consent}), 303)

    def ask(self, client: FlaskClient, language: str = "en", **said: str) -> None:
        """Ask to withdraw without a receipt."""
        expect(client.post(f"/withdraw?language={language}", data=said), 303)

    def link(self, kind: str, to: str) -> str:
        """The confirmation link in the last letter of a kind to an address."""
        found = [name for name in self.mailed if name.startswith(kind) and letter_to(self.letters / name) == to]
        return [path for path in links_in(self.letters / found[-1]) if path.startswith("/confirm/")][-1]


def links_in(letter: Path) -> list[str]:
    """The links in a letter, without the host."""
    return OPENED.findall(_message(letter).get_content())


def letter_to(letter: Path) -> str:
    """The recipient of a letter."""
    return str(_message(letter)["To"])


def expect(response: TestResponse, *statuses: int) -> TestResponse:
    """The response, which must have one of these statuses: a mistake that nobody sees would be recorded for ever."""
    if response.status_code not in statuses:
        raise SystemExit(f"{response.request.path} answered {response.status_code}: {response.text}")
    return response


def moment(text: str) -> datetime:
    """A time in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def utc(time: datetime) -> str:
    """A time as the recording writes it."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ")


def _message(letter: Path) -> Any:
    return message_from_bytes(letter.read_bytes(), policy=policy.default)
