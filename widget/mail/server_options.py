"""How a sender shows who it is to a mail server or to GOV.UK Notify: each option documented where it is defined.

Secrets stay out of `repr`, so that no log and no trace quotes them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated, get_type_hints
from urllib.parse import urlsplit

from widget.config import LOOPBACK, Option
from widget.errors import StartRefused

CONSENTS = "CONSENTS_"
DESK = "DESK_"


@dataclass(frozen=True)
class ServerOptions:
    """The options of the two ways that need a login. The names of the SMTP ones begin with CONSENTS_, at the desk with DESK_."""

    user: Annotated[str, Option("SMTP_USER", "The mailbox or account to log in with.")] = ""
    password: Annotated[str, Option("SMTP_PASSWORD", "Its password.")] = field(default="", repr=False)
    token_url: Annotated[
        str,
        Option(
            "SMTP_TOKEN_URL",
            "Log in with a token instead of a password (XOAUTH2): the address that gives one, for Microsoft 365 "
            "https://login.microsoftonline.com/TENANT/oauth2/v2.0/token.",
        ),
    ] = ""
    client_id: Annotated[str, Option("SMTP_CLIENT_ID", "The application that asks for the token.")] = ""
    client_secret: Annotated[str, Option("SMTP_CLIENT_SECRET", "Its secret.")] = field(default="", repr=False)
    scope: Annotated[str, Option("SMTP_SCOPE", "The scope of the token.")] = "https://outlook.office365.com/.default"
    notify_key: Annotated[str, Option("NOTIFY_API_KEY", "The API key of GOV.UK Notify.")] = field(
        default="", repr=False
    )
    notify_template: Annotated[
        str,
        Option(
            "NOTIFY_TEMPLATE_ID",
            "The id of an email template there, with the subject ((subject)) and the body ((body)).",
        ),
    ] = ""
    notify_url: Annotated[str, Option("NOTIFY_BASE_URL", "Where GOV.UK Notify answers.")] = (
        "https://api.notifications.service.gov.uk"
    )

    @classmethod
    def from_env(cls, environ: Mapping[str, str], prefix: str = CONSENTS) -> ServerOptions:
        """The options from environment variables; `StartRefused` where a login by token is not whole."""
        named = variables(prefix)
        given = {name: environ[env] for name, (env, _help) in named.items() if environ.get(env)}
        options = cls(**given)
        if wrong := list(_faults(options, {name: env for name, (env, _help) in named.items()})):
            raise StartRefused(" ".join(wrong))
        return options


def variables(prefix: str = CONSENTS) -> dict[str, tuple[str, str]]:
    """The environment variable and the help of each option, by the option's name."""
    hints = get_type_hints(ServerOptions, include_extras=True)
    found: dict[str, tuple[str, str]] = {}
    for name, hint in hints.items():
        option: Option = hint.__metadata__[0]
        is_notify = option.env.startswith("NOTIFY_")
        found[name] = (option.env if is_notify else f"{prefix}{option.env}", option.help)
    return found


def _faults(options: ServerOptions, env: Mapping[str, str]) -> Iterator[str]:
    """All that is wrong with a login by token."""
    if not options.token_url:
        if options.client_id or options.client_secret:
            yield f"{env['client_id']} is for a login by token: set {env['token_url']} too, or take it out."
        return
    missing = [env[name] for name in ("user", "client_id", "client_secret") if not getattr(options, name)]
    if missing:
        yield f"A login by token ({env['token_url']}) needs {', '.join(missing)} too."
    if options.password:
        yield f"Set {env['password']} or {env['token_url']}, not both."
    try:
        parts = urlsplit(options.token_url)
        host = parts.hostname
    except ValueError:
        host = None
    if host is None or not (parts.scheme == "https" or (parts.scheme == "http" and host in LOOPBACK)):
        yield f"{env['token_url']} is no https address: a secret goes there. Copy it from your provider's pages."
