"""A mail server that takes letters over SMTP (RFC 5321, RFC 6409), with TLS and a login by password or by token."""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
import threading
from dataclasses import dataclass, field

from widget.mail.access_token import AccessToken, XOAuth2
from widget.mail.message import ADDRESS_REFUSED, CANNOT_WRITE, Letter, NotSent, Undeliverable

FOR_GOOD = range(500, 560)
LONGEST_STEPS = 6
"""A whole delivery may take as long as this many silent steps: a server that drips is not waited for without end."""
POLICY = re.compile(rb"\s*5\.7\.[0-9]{1,3}\b")
"""A refusal for reasons of security or policy (RFC 3463, 3.8): of the sender more often than of the address."""


@dataclass(frozen=True)
class Smtp:
    """A mail server. TLS is required unless it is on this machine or `starttls=off` says that it is not there."""

    host: str
    port: int
    seconds: float
    tls: bool = False
    starttls: bool = True
    user: str = ""
    password: str = field(default="", repr=False)
    token: AccessToken | None = None

    def send(self, letter: Letter, *, again: bool) -> None:
        """Hand the letter to the server. Its Message-ID is the same each time, so that a second copy is known."""
        server = self._server()
        watch = threading.Timer(self.seconds * LONGEST_STEPS, _hang_up, [server])
        watch.daemon = True
        watch.start()  # before the connection: a server may drip from its first line on
        try:
            server.connect(self.host, self.port)
            with server:
                self._make_safe(server)
                server.send_message(letter.message(), letter.sender, [letter.to])
        except smtplib.SMTPRecipientsRefused as error:
            raise _refused(*next(iter(error.recipients.values()))) from error
        except smtplib.SMTPNotSupportedError as error:
            raise Undeliverable(CANNOT_WRITE) from error
        except smtplib.SMTPResponseException as error:
            raise NotSent(f"the server answered {error.smtp_code}") from error
        except (OSError, smtplib.SMTPException) as error:
            raise NotSent(f"{type(error).__name__} with {self.host}:{self.port}") from error
        finally:
            watch.cancel()
            server.close()

    def _make_safe(self, server: smtplib.SMTP) -> None:
        """TLS, then the login. Where a server offers neither any more, the letter waits: nobody is given up for that."""
        try:
            server.ehlo()
            if self.starttls and not self.tls:
                server.starttls(context=ssl.create_default_context())
                server.ehlo()
            if self.token is not None:
                self._log_in_by_token(server, self.token)
            elif self.user:
                server.login(self.user, self.password)
        except smtplib.SMTPNotSupportedError as error:
            raise NotSent(f"{self.host}:{self.port} offers no STARTTLS, or no login") from error

    def _log_in_by_token(self, server: smtplib.SMTP, access: AccessToken) -> None:
        if "XOAUTH2" not in server.esmtp_features.get("auth", "").upper().split():
            raise NotSent(f"{self.host}:{self.port} offers no login by token (XOAUTH2)")
        token = access.current()
        try:
            server.auth("XOAUTH2", XOAuth2(self.user, token))
        except smtplib.SMTPAuthenticationError:
            access.forget(token)
            raise

    def _server(self) -> smtplib.SMTP:
        if self.tls:
            server: smtplib.SMTP = smtplib.SMTP_SSL(timeout=self.seconds, context=ssl.create_default_context())
        else:
            server = smtplib.SMTP(timeout=self.seconds)
        server._host = self.host  # type: ignore[attr-defined]  # whose certificate is asked for; only the constructor sets it
        return server


def _hang_up(server: smtplib.SMTP) -> None:
    if server.sock is not None:
        server.sock.shutdown(socket.SHUT_RDWR)


def _refused(code: int, reply: bytes) -> NotSent | Undeliverable:
    """A refused recipient: for good where the address is wrong, not where the server does not take our word.

    Microsoft 365 answers 550 5.7.64 to a relay whose connector does not know the sender: no resident is given up for that.
    """
    if policy := POLICY.match(reply):
        return NotSent(f"the server does not take letters from here: {code} {policy[0].decode().strip()}")
    if code in FOR_GOOD:
        return Undeliverable(f"{ADDRESS_REFUSED}: {code}")
    return NotSent(f"{ADDRESS_REFUSED}: {code}")
