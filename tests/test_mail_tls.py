"""Mail over TLS, with a mail server on this machine: what is promised about it, and who is refused."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from tests.certificates import certificate
from tests.serving import free_port
from tests.test_mail import LETTER, Sink
from widget.mail.message import NotSent, Undeliverable
from widget.mail.smtp import Smtp
from widget.mail.transports import transport_of

pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")  # there, TLS was first
USER, PASSWORD = "consents", "not a secret"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the certificate of `localhost`."""
    certificate(tmp_path, "localhost")
    return tmp_path


@contextmanager
def secure_server(sink: Sink, folder: Path, *, from_the_start: bool = False) -> Iterator[int]:
    """A mail server that takes no letter, and no password, before TLS."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "certificate.pem", folder / "key.pem")

    def known(_server: Any, _session: Any, _envelope: Any, _mechanism: str, given: Any) -> AuthResult:
        return AuthResult(success=(given.login, given.password) == (USER.encode(), PASSWORD.encode()))

    how: dict[str, Any] = {"ssl_context": context} if from_the_start else {"tls_context": context}
    port = free_port()
    controller = Controller(  # type: ignore[no-untyped-call]
        sink,
        hostname="localhost",
        port=port,
        authenticator=known,
        auth_required=True,
        auth_require_tls=not from_the_start,
        require_starttls=not from_the_start,
        **how,
    )
    controller.start()  # type: ignore[no-untyped-call]
    try:
        yield port
    finally:
        controller.stop()  # type: ignore[no-untyped-call]


def carrier(port: int, scheme: str = "smtp") -> Smtp:
    environ = {"CONSENTS_SMTP_USER": USER, "CONSENTS_SMTP_PASSWORD": PASSWORD}
    found = transport_of(f"{scheme}://localhost:{port}?starttls=required", 10, environ)
    assert isinstance(found, Smtp)
    return found


def trust(monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    """The setting of an operator whose mail server has a certificate of the council's own."""
    monkeypatch.setenv("SSL_CERT_FILE", str(file))


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_a_letter_and_a_password_travel_under_tls(folder: Path, scheme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    trust(monkeypatch, folder / "certificate.pem")
    sink = Sink()
    with secure_server(sink, folder, from_the_start=scheme == "smtps") as port:
        carrier(port, scheme).send(LETTER, again=False)
    ((recipients, message),) = sink.got
    assert recipients == [LETTER.to]
    assert message["Message-ID"] == f"<{LETTER.message_id}>"


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_a_certificate_that_nobody_vouches_for_is_refused(
    folder: Path, scheme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = folder / "other"
    other.mkdir()
    certificate(other, "localhost")
    trust(monkeypatch, other / "certificate.pem")
    sink = Sink()
    with (
        secure_server(sink, folder, from_the_start=scheme == "smtps") as port,
        pytest.raises(NotSent, match="SSLCertVerificationError"),
    ):
        carrier(port, scheme).send(LETTER, again=False)
    assert sink.got == []


def test_a_certificate_of_another_name_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    certificate(tmp_path, "mail.example.org")
    trust(monkeypatch, tmp_path / "certificate.pem")
    sink = Sink()
    with secure_server(sink, tmp_path) as port, pytest.raises(NotSent, match="SSLCertVerificationError"):
        carrier(port).send(LETTER, again=False)
    assert sink.got == []


@contextmanager
def stripped_server(heard: list[bytes], *, offers: bool) -> Iterator[int]:
    """A mail server as somebody in between alters it: no STARTTLS in its greeting, or a refusal when it is asked for."""

    def speak(connection: socket.socket) -> None:
        with connection, connection.makefile("rb") as lines:
            connection.sendall(b"220 mail\r\n")
            for line in lines:
                heard.append(line)
                if line.upper().startswith(b"EHLO"):
                    connection.sendall(b"250-mail\r\n250-AUTH PLAIN LOGIN\r\n")
                    connection.sendall(b"250-STARTTLS\r\n250 HELP\r\n" if offers else b"250 HELP\r\n")
                elif line.upper().startswith(b"STARTTLS"):
                    connection.sendall(b"454 not now\r\n")
                else:
                    connection.sendall(b"221 bye\r\n" if line.upper().startswith(b"QUIT") else b"250 OK\r\n")

    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(10)

        def accept() -> None:
            speak(listening.accept()[0])

        thread = threading.Thread(target=accept)
        thread.start()
        yield int(listening.getsockname()[1])
        thread.join(20)


@pytest.mark.parametrize("offers", [False, True])
def test_nothing_is_said_to_a_server_whose_starttls_was_taken_away(offers: bool) -> None:
    heard: list[bytes] = []
    with stripped_server(heard, offers=offers) as port, pytest.raises(NotSent) as refused:
        carrier(port).send(LETTER, again=False)
    assert not isinstance(refused.value, Undeliverable), "it is tried again when the server is itself again"
    said = b"".join(heard).upper()
    assert not any(word in said for word in (b"AUTH", b"MAIL", b"RCPT", b"DATA"))
