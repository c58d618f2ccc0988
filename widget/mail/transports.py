"""Carriers of letters: a mail server, GOV.UK Notify, or a folder of `.eml` files for trials."""

from __future__ import annotations

import os
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
from widget.mail.access_token import AccessToken, Application
from widget.mail.message import ADDRESS_REFUSED, Letter, NotSent, Undeliverable
from widget.mail.server_options import CONSENTS, ServerOptions, variables
from widget.mail.smtp import Smtp
from widget.mail.typed_text import notify_markdown
from widget.people.addresses import BadAddress, address


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


def transport_of(
    named: str, seconds: float, environ: Mapping[str, str] = os.environ, prefix: str = CONSENTS
) -> Transport:
    """The transport that `CONSENTS_MAIL` (or, by `prefix`, `DESK_MAIL`) names; `StartRefused` where it names none."""
    kind, _, rest = named.partition(":")
    if kind == "folder" and rest:
        return Folder(Path(rest))
    options = ServerOptions.from_env(environ, prefix)
    if named == "notify":
        return _notify(options, seconds, prefix)
    return _smtp(named, options, seconds, prefix)


def _notify(options: ServerOptions, seconds: float, prefix: str) -> Notify:
    names = variables(prefix)
    missing = [names[name][0] for name in ("notify_key", "notify_template") if not getattr(options, name)]
    if missing:
        raise StartRefused(f"GOV.UK Notify needs {' and '.join(missing)}.")
    return Notify(options.notify_key, options.notify_template, options.notify_url, seconds)


def _smtp(named: str, options: ServerOptions, seconds: float, prefix: str) -> Smtp:
    """The mail server of an address such as `smtp://host:587?starttls=off`."""
    try:
        parts = urlsplit(named)
        port = parts.port
    except ValueError as error:
        raise StartRefused(f"{prefix}MAIL is not an address: write smtp://host:587.") from error
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise StartRefused(f"{prefix}MAIL is smtp://host:587, smtps://host, notify or folder:DIRECTORY.")
    tls = parts.scheme == "smtps"
    asked = parse_qs(parts.query).get("starttls", ["off" if parts.hostname in LOOPBACK else "required"])[0]
    user = unquote(parts.username or "") or options.user
    return Smtp(
        host=parts.hostname,
        port=port or (465 if tls else 587),
        seconds=seconds,
        tls=tls,
        starttls=asked != "off",
        user=user,
        password=options.password,
        token=_token(options, seconds),
    )


def _token(options: ServerOptions, seconds: float) -> AccessToken | None:
    if not options.token_url:
        return None
    return AccessToken(Application(options.token_url, options.client_id, options.client_secret, options.scope), seconds)
