"""Who carries letters: a mail server, GOV.UK Notify, or a folder of `.eml` files for trials."""

from __future__ import annotations

import os
import smtplib
import socket
import ssl
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import parse_qs, unquote, urlsplit

from notifications_python_client.errors import HTTPError
from notifications_python_client.notifications import NotificationsAPIClient
from requests import RequestException

from widget.config import LOOPBACK
from widget.errors import StartRefused
from widget.mail.message import ADDRESS_REFUSED, CANNOT_WRITE, Letter, NotSent, Undeliverable
from widget.mail.typed_text import notify_markdown
from widget.people.addresses import BadAddress, address

FOR_GOOD = range(500, 560)
LONGEST_STEPS = 6
"""A whole delivery may take as long as this many silent steps: a server that drips is not waited for without end."""


class Transport(Protocol):
    """Carries one letter: returns when it was taken; `NotSent` or `Undeliverable` otherwise."""

    def send(self, letter: Letter, *, again: bool) -> None:
        """Hand the letter over; `again` if it may have been handed over before."""


@dataclass(frozen=True)
class Folder:
    """Writes each letter to a file named after its id: a second copy takes the place of the first."""

    path: Path

    def send(self, letter: Letter, *, again: bool) -> None:
        """Write the letter, whole or not at all."""
        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            name = self.path / f"{letter.message_id.partition('@')[0]}.eml"
            passing = name.with_suffix(".part")
            passing.write_bytes(bytes(letter.message()))
            passing.replace(name)
        except OSError as error:
            raise NotSent(f"the folder cannot be written: {error.strerror}") from error


@dataclass(frozen=True)
class Smtp:
    """A mail server. TLS is required unless it is on this machine or `starttls=off` says that it is not there."""

    host: str
    port: int
    seconds: float
    tls: bool = False
    starttls: bool = True
    user: str = ""
    password: str = ""

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
            code = next(iter(error.recipients.values()))[0]
            raise (Undeliverable if code in FOR_GOOD else NotSent)(f"{ADDRESS_REFUSED}: {code}") from error
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
        """TLS, then the password. Where a server offers neither any more, the letter waits: nobody is given up for that."""
        try:
            server.ehlo()
            if self.starttls and not self.tls:
                server.starttls(context=ssl.create_default_context())
            if self.user:
                server.login(self.user, self.password)
        except smtplib.SMTPNotSupportedError as error:
            raise NotSent(f"{self.host}:{self.port} offers no STARTTLS, or no login") from error

    def _server(self) -> smtplib.SMTP:
        if self.tls:
            server: smtplib.SMTP = smtplib.SMTP_SSL(timeout=self.seconds, context=ssl.create_default_context())
        else:
            server = smtplib.SMTP(timeout=self.seconds)
        server._host = self.host  # type: ignore[attr-defined]  # whose certificate is asked for; only the constructor sets it
        return server


class Notify:
    """GOV.UK Notify, with one template of its own that consists of ((subject)) and ((body))."""

    def __init__(self, key: str, template: str, base_url: str, seconds: float) -> None:
        self._client: Any = NotificationsAPIClient(key, base_url=base_url, timeout=int(seconds))  # type: ignore[no-untyped-call]
        self._template = template

    def send(self, letter: Letter, *, again: bool) -> None:
        """Hand the letter over with its id as the reference, by which a letter that was taken before is found."""
        try:
            if again and self._client.get_all_notifications(reference=letter.message_id)["notifications"]:
                return
            personal = {"subject": letter.subject, "body": notify_markdown(letter.body, letter.links)}
            self._client.send_email_notification(
                letter.to,
                self._template,
                personalisation=personal,
                reference=letter.message_id,
                one_click_unsubscribe_url=letter.one_click,
            )
        except HTTPError as error:
            if error.status_code == 400 and "email_address" in str(error.message):
                raise Undeliverable(f"{ADDRESS_REFUSED}: Notify answered 400") from error
            raise NotSent(f"Notify answered {error.status_code}") from error
        except (RequestException, OSError) as error:
            raise NotSent(f"{type(error).__name__} with Notify") from error


def check_sender(mail_from: str | None) -> None:
    """`StartRefused` where CONSENTS_MAIL_FROM is an address that no letter can bear."""
    try:
        if mail_from:
            address(mail_from)
    except BadAddress as error:
        raise StartRefused(
            f"CONSENTS_MAIL_FROM is {mail_from}: {error}. Write one like council@example.org."
        ) from error


def transport_of(named: str, seconds: float, environ: Mapping[str, str] = os.environ) -> Transport:
    """The transport that `CONSENTS_MAIL` names; `StartRefused` where it names none."""
    kind, _, rest = named.partition(":")
    if kind == "folder" and rest:
        return Folder(Path(rest))
    if named == "notify":
        key, template = environ.get("NOTIFY_API_KEY", ""), environ.get("NOTIFY_TEMPLATE_ID", "")
        if not key or not template:
            raise StartRefused("GOV.UK Notify needs NOTIFY_API_KEY and NOTIFY_TEMPLATE_ID.")
        base = environ.get("NOTIFY_BASE_URL", "https://api.notifications.service.gov.uk")
        return Notify(key, template, base, seconds)
    try:
        parts = urlsplit(named)
        port = parts.port
    except ValueError as error:
        raise StartRefused("CONSENTS_MAIL is not an address: write smtp://host:587.") from error
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise StartRefused("CONSENTS_MAIL is smtp://host:587, smtps://host, notify or folder:DIRECTORY.")
    tls = parts.scheme == "smtps"
    asked = parse_qs(parts.query).get("starttls", ["off" if parts.hostname in LOOPBACK else "required"])[0]
    user = unquote(parts.username or "") or environ.get("CONSENTS_SMTP_USER", "")
    password = environ.get("CONSENTS_SMTP_PASSWORD", "")
    return Smtp(parts.hostname, port or (465 if tls else 587), seconds, tls, asked != "off", user, password)


def _hang_up(server: smtplib.SMTP) -> None:
    if server.sock is not None:
        server.sock.shutdown(socket.SHUT_RDWR)
