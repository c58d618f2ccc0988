"""How the operator sets up the desk: every option, documented where it is defined, and read from the environment.

The desk cannot write any of it. Everything that a browser can change is in the site's files and in the desk's folder.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, get_args, get_type_hints
from urllib.parse import SplitResult, urlsplit

from desk.people.sessions import Way
from widget.config import LOOPBACK, Option, seconds, whole_number
from widget.errors import StartRefused
from widget.people.addresses import BadAddress
from widget.people.addresses import address as mail_address

MANY_TENANTS = frozenset({"common", "organizations", "consumers"})
"""Entra's endpoints for accounts of any tenant: their issuer is a template, which nothing can be compared with."""
TENANT = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
LAST_PORT = 65_535
ENTRA = ("login.microsoftonline.com", "login.microsoftonline.us", "login.partner.microsoftonline.cn")


@dataclass(frozen=True)
class Config:
    """The desk's options. Each has an environment variable."""

    folder: Annotated[
        Path,
        Option("DESK_FOLDER", "The desk's folder: people, log, key. Outside `content/`, for the desk's user alone."),
    ] = Path("var/desk")
    host: Annotated[str, Option("DESK_HOST", "The address to listen on.")] = "127.0.0.1"
    port: Annotated[int, Option("DESK_PORT", "The port to listen on.")] = 8002
    base_url: Annotated[
        str | None,
        Option(
            "DESK_URL",
            "The desk's own address, such as https://desk.example.org: a host that serves nothing else. "
            "On one's own machine it is made of host and port.",
        ),
    ] = None
    issuer: Annotated[
        str | None,
        Option(
            "DESK_ISSUER",
            "The OpenID Connect provider's issuer, such as https://login.microsoftonline.com/TENANT/v2.0. "
            "With one, people sign in there and nowhere else.",
        ),
    ] = None
    client_id: Annotated[str | None, Option("DESK_CLIENT_ID", "The desk's id at the provider.")] = None
    client_secret: Annotated[
        str | None, Option("DESK_CLIENT_SECRET", "The desk's secret at the provider; better in a file.")
    ] = field(default=None, repr=False)
    client_secret_file: Annotated[
        Path | None, Option("DESK_CLIENT_SECRET_FILE", "A file that holds the secret and nothing else.")
    ] = None
    subject: Annotated[
        str | None,
        Option(
            "DESK_SUBJECT",
            "The claim that names somebody for good: `sub`, or `oid` with Entra, which are chosen where it is not set.",
        ),
    ] = None
    mail: Annotated[
        str | None,
        Option(
            "DESK_MAIL",
            "Takes the desk's letters: smtp://host:587, smtps://host, notify, or folder:DIRECTORY for trials. "
            "Without a provider people sign in by a mailed link or code. "
            "DESK_SMTP_USER and DESK_SMTP_PASSWORD are for the server.",
        ),
    ] = None
    mail_from: Annotated[str | None, Option("DESK_MAIL_FROM", "The sender of the desk's letters.")] = None
    mail_seconds: Annotated[float, Option("DESK_MAIL_SECONDS", "How long to wait for a mail server at each step.")] = (
        20.0
    )

    consents: Annotated[
        str | None,
        Option(
            "DESK_CONSENTS",
            "Where the consent endpoint answers, such as https://privacy.example.org. The list of withdrawals comes from there.",
        ),
    ] = None
    consents_key_file: Annotated[
        Path | None,
        Option(
            "DESK_CONSENTS_KEY_FILE",
            "A file with an API key for it, from `consents key add desk --may withdrawals`, and nothing else.",
        ),
    ] = None

    deploy: Annotated[
        tuple[str, ...] | None,
        Option(
            "DESK_DEPLOY",
            "The program that puts the built site on the web server, and its arguments, as a JSON list: "
            '["/usr/local/bin/deploy", "{built}/"]. `{built}` is the folder with the site, added at the end where no argument '
            "has it. No shell reads the list. Without it IT publishes the site by hand or by a timer.",
        ),
    ] = None
    deploy_seconds: Annotated[
        float, Option("DESK_DEPLOY_SECONDS", "How long a build may take, and how long DESK_DEPLOY may take after it.")
    ] = 900.0
    look_live: Annotated[
        bool,
        Option(
            "DESK_LOOK_LIVE",
            "yes, to look at published.json at the address of site.yml after DESK_DEPLOY; no where the desk cannot reach it.",
        ),
    ] = True
    operator: Annotated[
        str | None, Option("DESK_OPERATOR", "The mail address that is told where the site does not become live.")
    ] = None
    remind_after: Annotated[
        int,
        Option(
            "DESK_REMIND_AFTER",
            "Days after which approvers are reminded once of a text that waits for them; 0 for never.",
        ),
    ] = 3

    @classmethod
    def from_env(cls, environ: Mapping[str, str] = os.environ, **given: Any) -> Config:
        """The options from environment variables; `given` ones that are not None win. `StartRefused` with all that is
        wrong with them."""
        values = {name: value for name, value in given.items() if value is not None}
        wrong = list[str]()
        for name, option in options().items():
            text = environ.get(option.env, "").strip()
            if name not in values and text:
                try:
                    values[name] = _READERS[_kinds()[name]](text)
                except ValueError as error:
                    wrong.append(f"{option.env} is {text!r}. {error}")
        config = cls(**values)
        if not wrong:
            config, wrong = config._with_secret()
        wrong += _wrongs(config)
        if wrong:
            raise StartRefused("\n".join(wrong))
        return config

    @property
    def address(self) -> str:
        """The desk's own address without a slash at its end. Every address that the desk gives away is made of it."""
        if self.base_url is not None:
            return self.base_url.rstrip("/")
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"

    @property
    def is_local(self) -> bool:
        """Whether the desk is for this machine alone: it listens on loopback, and its address is there too."""
        return self.host in LOOPBACK and urlsplit(self.address).hostname in LOOPBACK

    @property
    def is_secure(self) -> bool:
        """Whether the browser speaks TLS, so that cookies can have the prefix `__Host-`."""
        return self.address.startswith("https://")

    @property
    def ways(self) -> tuple[Way, ...]:
        """How people may sign in. The address from the terminal works on one's own machine alone."""
        ways = [Way.LOOPBACK] if self.is_local else []
        if self.issuer is not None:
            return (Way.PROVIDER, *ways)
        return (Way.MAIL, *ways) if self.mail is not None else tuple(ways)

    @property
    def subject_claim(self) -> str:
        """The claim that names somebody for good. Entra's `sub` differs for each application, its `oid` does not."""
        if self.subject is not None:
            return self.subject
        return "oid" if urlsplit(self.issuer or "").hostname in ENTRA else "sub"

    def _with_secret(self) -> tuple[Config, list[str]]:
        """With the secret from its file, and what is wrong with that."""
        if self.client_secret_file is None:
            return self, []
        if self.client_secret is not None:
            return self, ["Both DESK_CLIENT_SECRET and DESK_CLIENT_SECRET_FILE are set. Keep the file."]
        try:
            secret = self.client_secret_file.read_text("utf-8").strip()
        except (OSError, UnicodeError):
            return self, [
                f"DESK_CLIENT_SECRET_FILE: {self.client_secret_file} cannot be read. Let the desk's user read it."
            ]
        return replace(self, client_secret=secret or None), []


@cache
def options() -> dict[str, Option]:
    """Each option by the name of its field."""
    hints = get_type_hints(Config, include_extras=True)
    return {name: hint.__metadata__[0] for name, hint in hints.items()}


@cache
def _kinds() -> dict[str, Any]:
    return {name: _without_none(hint) for name, hint in get_type_hints(Config).items()}


def _without_none(hint: Any) -> Any:
    if isinstance(hint, UnionType):
        (hint,) = (part for part in get_args(hint) if part is not NoneType)
    return hint


def _wrongs(config: Config) -> Iterator[str]:
    """The faults of options that can be read, each with its remedy."""
    yield from _wrong_address(config)
    yield from _wrong_consents(config)
    if config.issuer is not None:
        yield from _wrong_provider(config, config.issuer)
    if config.mail is not None and config.mail_from is None:
        yield "DESK_MAIL is set and DESK_MAIL_FROM is not. Write the sender's address."
    elif config.mail_from is not None and (reason := _wrong_sender(config.mail_from)):
        yield f"DESK_MAIL_FROM is {config.mail_from!r}: {reason}. Write one like council@example.org."
    yield from _wrong_operator(config)
    if config.host not in LOOPBACK and config.base_url is None:
        yield "DESK_HOST is not this machine alone and DESK_URL is not set. Write the desk's address, https://..."
    if not config.ways:
        yield "Nobody could sign in. Set DESK_ISSUER, or DESK_MAIL for mailed links; an address in the terminal is for loopback."


def _wrong_consents(config: Config) -> Iterator[str]:
    if config.consents is not None:
        parts = _split(config.consents)
        known = parts is not None and parts.hostname and not (parts.query or parts.fragment or parts.username)
        if not known or parts is None:
            yield f"DESK_CONSENTS is {config.consents!r}. Write an address such as https://privacy.example.org."
        elif parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
            yield f"DESK_CONSENTS is {config.consents!r}. Write https://: the key would travel in the open."
        elif config.consents_key_file is None:
            yield "DESK_CONSENTS is set and DESK_CONSENTS_KEY_FILE is not. Name the file with the key."
    elif config.consents_key_file is not None:
        yield "DESK_CONSENTS_KEY_FILE is set and DESK_CONSENTS is not. Write where the consent endpoint answers."


def _wrong_address(config: Config) -> Iterator[str]:
    if config.port > LAST_PORT:
        yield f"DESK_PORT (or --port) is {config.port}: ports end at {LAST_PORT}."
        return
    parts = _split(config.address)
    if parts is None or not parts.hostname:
        yield f"DESK_URL is {config.base_url!r}. Write an address such as https://desk.example.org."
        return
    if parts.path or parts.query or parts.fragment or parts.username:
        yield f"DESK_URL is {config.base_url!r}. Write the host alone: the desk has one of its own, without a path."
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
        yield f"DESK_URL is {config.base_url!r}. Write https://: sessions would travel in the open."


def _wrong_provider(config: Config, issuer: str) -> Iterator[str]:
    parts = _split(issuer)
    if parts is None or not parts.hostname or parts.query or parts.fragment:
        yield f"DESK_ISSUER is {issuer!r}. Write the issuer exactly as the provider's own description has it."
        return
    if parts.scheme != "https" and parts.hostname not in LOOPBACK:
        yield f"DESK_ISSUER is {issuer!r}. Write https://."
    steps = parts.path.strip("/").split("/")
    if "{" in issuer or not MANY_TENANTS.isdisjoint(step.lower() for step in steps):
        yield f"DESK_ISSUER is {issuer!r}, which is for every tenant. Write your own tenant's id in its place."
    elif parts.hostname in ENTRA and not TENANT.fullmatch(steps[0]):
        yield f"DESK_ISSUER is {issuer!r}. Write your tenant's id, not its name: the issuer in tokens has the id."
    if config.client_id is None:
        yield "DESK_ISSUER is set and DESK_CLIENT_ID is not. Write the desk's id at the provider."
    if config.client_secret is None:
        yield "DESK_ISSUER is set and the secret is not. Set DESK_CLIENT_SECRET_FILE."
    if config.subject_claim not in ("sub", "oid"):
        yield f"DESK_SUBJECT is {config.subject!r}. Write sub or oid: addresses and names pass from one person to the next."


def _wrong_operator(config: Config) -> Iterator[str]:
    if config.deploy is not None and not Path(config.deploy[0]).is_absolute():
        yield f"DESK_DEPLOY starts with {config.deploy[0]!r}. Write the program's whole path: it runs with a bare environment."
    if config.operator is None:
        return
    if config.mail is None:
        yield "DESK_OPERATOR is set and DESK_MAIL is not. Write what takes the desk's letters."
    if reason := _wrong_sender(config.operator):
        yield f"DESK_OPERATOR is {config.operator!r}: {reason}. Write one like it@example.org."


def _wrong_sender(sender: str) -> str:
    try:
        mail_address(sender)
    except BadAddress as error:
        return str(error)
    return ""


def _split(address: str) -> SplitResult | None:
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return None
    return parts


def _yes_or_no(text: str) -> bool:
    if text not in ("yes", "no"):
        raise ValueError("Write yes or no.")
    return text == "yes"


def _arguments(text: str) -> tuple[str, ...]:
    try:
        said = json.loads(text)
    except ValueError:
        said = None
    if not isinstance(said, list) or not said or not all(isinstance(one, str) and one for one in said):
        raise ValueError('Write a JSON list of texts: the program and its arguments, like ["/usr/local/bin/deploy"].')
    if any("\0" in one for one in said):
        raise ValueError("An argument holds a sign that no program takes (NUL). Take it out.")
    return tuple(said)


_READERS: dict[Any, Callable[[str], Any]] = {
    str: str,
    Path: Path,
    int: whole_number,
    float: seconds,
    bool: _yes_or_no,
    tuple[str, ...]: _arguments,
}
"""How a text becomes a value of each type that an option has."""
