"""Logging in to a mail server by a token, and a relay that knows its senders: as Microsoft 365 answers both."""

from __future__ import annotations

import base64
import json
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from tests.serving import free_port
from tests.test_mail import LETTER, Sink
from widget.errors import StartRefused
from widget.mail.message import NotSent, Undeliverable
from widget.mail.server_options import DESK, variables
from widget.mail.smtp import Smtp
from widget.mail.transports import transport_of

MAILBOX, SECRET = "consents@example.org", "not a secret"


class Provider:
    """Gives tokens as RFC 6749 (4.4) says, and counts them. `fails` is the status that it answers with instead."""

    def __init__(self) -> None:
        self.given: list[str] = []
        self.asked: list[dict[str, str]] = []
        self.life = 3599
        self.fails = 0
        self.address = ""

    def answer(self, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """The status and the document for one question."""
        self.asked.append(form)
        if self.fails or form.get("client_secret") != SECRET:
            said = {"error": "invalid_client", "error_description": f"{SECRET} is wrong"}
            return self.fails or 401, said
        self.given.append(f"token-{len(self.given)}")
        return 200, {"token_type": "Bearer", "expires_in": self.life, "access_token": self.given[-1]}


@pytest.fixture
def provider() -> Iterator[Provider]:
    here = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            text = self.rfile.read(int(self.headers["Content-Length"])).decode()
            status, document = here.answer({name: values[0] for name, values in parse_qs(text).items()})
            self.send_response(status)
            self.end_headers()
            self.wfile.write(json.dumps(document).encode())

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    here.address = f"http://127.0.0.1:{server.server_port}/tenant/oauth2/v2.0/token"
    yield here
    server.shutdown()
    server.server_close()


class ByTokenAlone(Sink):
    """Takes a login by one of the provider's tokens; no password, and no letter without a login."""

    def __init__(self, provider: Provider) -> None:
        super().__init__()
        self.provider = provider
        self.ended: set[str] = set()

    async def auth_XOAUTH2(self, server: Any, arguments: list[str]) -> AuthResult:
        """Compare the first answer; on a wrong one send a challenge, and refuse at the empty line that follows."""
        fields = base64.b64decode(arguments[1]).decode().split("\x01")
        token = fields[1].removeprefix("auth=Bearer ")
        known = token in self.provider.given and token not in self.ended
        if fields == [f"user={MAILBOX}", f"auth=Bearer {token}", "", ""] and known:
            return AuthResult(success=True)
        assert await server.challenge_auth('{"status":"401"}') == b""
        await server.push("535 5.7.3 Authentication unsuccessful")
        return AuthResult(success=False, handled=True)

    async def auth_LOGIN(self, server: Any, arguments: list[str]) -> AuthResult:
        """Microsoft 365 since it turned passwords off."""
        await server.push("535 5.7.139 Authentication unsuccessful, basic authentication is disabled.")
        return AuthResult(success=False, handled=True)

    auth_PLAIN = auth_LOGIN


@contextmanager
def microsoft_365(sink: Sink) -> Iterator[int]:
    port = free_port()
    controller = Controller(  # type: ignore[no-untyped-call]
        sink, hostname="127.0.0.1", port=port, auth_required=True, auth_require_tls=False
    )
    controller.start()  # type: ignore[no-untyped-call]
    try:
        yield port
    finally:
        controller.stop()  # type: ignore[no-untyped-call]


pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")


def settings(provider: Provider, **others: str) -> dict[str, str]:
    """An environment file for a login by token."""
    own = {
        "CONSENTS_SMTP_USER": MAILBOX,
        "CONSENTS_SMTP_TOKEN_URL": provider.address,
        "CONSENTS_SMTP_CLIENT_ID": "an-application",
        "CONSENTS_SMTP_CLIENT_SECRET": SECRET,
    }
    return own | others


def carrier(port: int, environ: dict[str, str]) -> Smtp:
    found = transport_of(f"smtp://127.0.0.1:{port}", 10, environ)
    assert isinstance(found, Smtp)
    return found


def test_letters_go_by_token_and_one_token_serves_many_letters(provider: Provider) -> None:
    sink = ByTokenAlone(provider)
    with microsoft_365(sink) as port:
        smtp = carrier(port, settings(provider))
        for again in (False, True):
            smtp.send(LETTER, again=again)
    assert [recipients for recipients, _ in sink.got] == [[LETTER.to]] * 2
    assert provider.asked == [
        {
            "grant_type": "client_credentials",
            "client_id": "an-application",
            "client_secret": SECRET,
            "scope": "https://outlook.office365.com/.default",
        }
    ]


def test_a_token_that_ends_soon_or_that_the_server_refuses_is_replaced(provider: Provider) -> None:
    provider.life = 0
    sink = ByTokenAlone(provider)
    with microsoft_365(sink) as port:
        smtp = carrier(port, settings(provider))
        smtp.send(LETTER, again=False)
        sink.ended.add(provider.given[0])
        with pytest.raises(NotSent, match="the server answered 535"):
            smtp.send(LETTER, again=True)
        smtp.send(LETTER, again=True)
    assert provider.given == ["token-0", "token-1"] and len(sink.got) == 2


@pytest.mark.parametrize(
    ("environ", "fails", "why"),
    [
        ({"CONSENTS_SMTP_CLIENT_SECRET": "another"}, 0, "the giver of tokens answered 401: invalid_client"),
        ({}, 503, "the giver of tokens answered 503: invalid_client"),
    ],
)
def test_where_no_token_is_given_the_letter_waits_and_no_secret_is_logged(
    provider: Provider, environ: dict[str, str], fails: int, why: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    provider.fails = fails
    sink = ByTokenAlone(provider)
    with microsoft_365(sink) as port:
        smtp = carrier(port, settings(provider, **environ))
        with pytest.raises(NotSent) as waits:
            smtp.send(LETTER, again=False)
    assert str(waits.value) == why and not isinstance(waits.value, Undeliverable)
    told = f"{caplog.text}{smtp!r}{smtp.token!r}"
    assert SECRET not in told and "another" not in told and not sink.got


def test_a_password_where_passwords_are_turned_off_leaves_the_letter_waiting(provider: Provider) -> None:
    environ = {"CONSENTS_SMTP_USER": MAILBOX, "CONSENTS_SMTP_PASSWORD": SECRET}
    with (
        microsoft_365(ByTokenAlone(provider)) as port,
        pytest.raises(NotSent, match="the server answered 535") as waits,
    ):
        carrier(port, environ).send(LETTER, again=False)
    assert not isinstance(waits.value, Undeliverable) and SECRET not in repr(carrier(1, environ))


def test_a_server_without_logins_by_token_gets_nothing(provider: Provider) -> None:
    sink = Sink()
    controller = Controller(sink, hostname="127.0.0.1", port=free_port())  # type: ignore[no-untyped-call]
    controller.start()  # type: ignore[no-untyped-call]
    try:
        with pytest.raises(NotSent, match="offers no login by token"):
            carrier(controller.port, settings(provider)).send(LETTER, again=False)
    finally:
        controller.stop()  # type: ignore[no-untyped-call]
    assert not sink.got and not provider.asked


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        ("550 5.7.64 TenantAttribution; Relay Access Denied", NotSent),
        ("550 5.7.1 Unable to relay", NotSent),
        ("550 5.1.1 No such mailbox", Undeliverable),
        ("550 no", Undeliverable),
        ("450 4.7.0 later", NotSent),
    ],
)
def test_a_relay_that_does_not_know_us_gives_no_resident_up(reply: str, kind: type[Exception]) -> None:
    sink = Sink(refuse=reply)
    controller = Controller(sink, hostname="127.0.0.1", port=free_port())  # type: ignore[no-untyped-call]
    controller.start()  # type: ignore[no-untyped-call]
    try:
        with pytest.raises(kind) as refused:
            carrier(controller.port, {}).send(LETTER, again=False)
    finally:
        controller.stop()  # type: ignore[no-untyped-call]
    assert type(refused.value) is kind


@pytest.mark.parametrize(
    ("others", "said"),
    [
        (
            {"CONSENTS_SMTP_CLIENT_ID": "", "CONSENTS_SMTP_USER": ""},
            "needs CONSENTS_SMTP_USER, CONSENTS_SMTP_CLIENT_ID too",
        ),
        ({"CONSENTS_SMTP_PASSWORD": "one"}, "Set CONSENTS_SMTP_PASSWORD or CONSENTS_SMTP_TOKEN_URL, not both."),
        ({"CONSENTS_SMTP_TOKEN_URL": "http://login.example.org/token"}, "CONSENTS_SMTP_TOKEN_URL is no https address"),
        ({"CONSENTS_SMTP_TOKEN_URL": "https://[/token"}, "CONSENTS_SMTP_TOKEN_URL is no https address"),
        ({"CONSENTS_SMTP_TOKEN_URL": ""}, "set CONSENTS_SMTP_TOKEN_URL too"),
    ],
)
def test_a_login_by_token_that_is_not_whole_stops_the_start(
    provider: Provider, others: dict[str, str], said: str
) -> None:
    with pytest.raises(StartRefused, match=r".*") as refused:
        transport_of("smtp://mail.example.org", 10, settings(provider, **others))
    assert said in str(refused.value) and SECRET not in str(refused.value)


def test_the_desk_has_the_same_options_under_its_own_name(provider: Provider) -> None:
    environ = {name.replace("CONSENTS_", "DESK_"): value for name, value in settings(provider).items()}
    found = transport_of("smtp://mail.example.org", 10, environ, DESK)
    assert isinstance(found, Smtp) and found.token is not None and found.user == MAILBOX
    with pytest.raises(StartRefused, match=r"^DESK_MAIL is smtp://"):
        transport_of("mail.example.org", 10, {}, DESK)


def test_every_option_of_a_mail_server_is_documented() -> None:
    documented = (Path(__file__).parent.parent / "docs" / "mail.md").read_text("utf-8")
    named = {env for prefix in ("CONSENTS_", DESK) for env, _help in variables(prefix).values()}
    assert [name for name in sorted(named) if f"`{name}`" not in documented] == []
