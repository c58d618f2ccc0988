"""How the endpoint is set up: every option, documented where it is defined, and read from the environment."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, get_args, get_type_hints
from urllib.parse import urlsplit

from widget.errors import StartRefused

LOOPBACK = ("127.0.0.1", "::1", "localhost")
SQLITE = "sqlite:///"
Switch = Literal["on", "off"]


class AtLeastOne(int):
    """So many in a time: one or more, since letters over an allowance of nothing would wait for ever."""


class DeskAddress(str):
    """Where the desk answers: https and a host, perhaps a path, without a slash at its end; http on this machine
    alone."""


@dataclass(frozen=True)
class Option:
    """An option's environment variable, and its help."""

    env: str
    help: str


@dataclass(frozen=True)
class Config:
    """The endpoint's options. Each has an environment variable; `consents serve` has a flag for the common ones.

    The hint of an option is its type: texts are read by it, from the environment and from the command line.
    """

    manifest: Annotated[
        Path, Option("CONSENTS_MANIFEST", "The site's published.json; endpoint.json is read from beside it.")
    ] = Path("public/published.json")
    database: Annotated[str, Option("DATABASE_URL", "Where consents are recorded, as an SQLAlchemy URL.")] = (
        "sqlite:///var/consents.db"
    )
    keys: Annotated[
        Path | None, Option("CONSENTS_KEYS", "The folder of keys; `keys` beside the SQLite file where it is not set.")
    ] = None
    host: Annotated[str, Option("CONSENTS_HOST", "The address to listen on.")] = "127.0.0.1"
    port: Annotated[int, Option("CONSENTS_PORT", "The port to listen on.")] = 8001
    workers: Annotated[AtLeastOne, Option("CONSENTS_WORKERS", "Worker processes; SQLite takes one.")] = AtLeastOne(1)
    threads: Annotated[AtLeastOne, Option("CONSENTS_THREADS", "Requests that a worker answers at the same time.")] = (
        AtLeastOne(16)
    )
    hosts: Annotated[
        tuple[str, ...],
        Option("CONSENTS_HOSTS", "Host names to answer to beside that of base_url, separated by commas."),
    ] = ()
    mail: Annotated[
        str | None,
        Option(
            "CONSENTS_MAIL",
            "The carrier of mail: smtp://host:587, smtps://host, notify, or folder:DIRECTORY for trials. "
            "Where it is not set, mail waits in the outbox",
        ),
    ] = None
    mail_from: Annotated[
        str | None, Option("CONSENTS_MAIL_FROM", "The sender of mail; the council's address where it is not set")
    ] = None
    desk: Annotated[
        DeskAddress | None,
        Option(
            "CONSENTS_DESK", "Where the desk answers, such as https://desk.example.org: letters to services link there."
        ),
    ] = None
    mail_seconds: Annotated[
        float, Option("CONSENTS_MAIL_SECONDS", "How long to wait for a mail server at each step.")
    ] = 20.0
    mail_age: Annotated[
        int,
        Option("CONSENTS_MAIL_AGE", "After how many seconds a letter that waits is logged as an error, once an hour."),
    ] = 3600
    mail_hourly: Annotated[
        AtLeastOne,
        Option("CONSENTS_MAIL_HOURLY", "Letters in an hour to one address that nobody confirmed; others wait."),
    ] = AtLeastOne(5)
    mail_daily: Annotated[
        AtLeastOne, Option("CONSENTS_MAIL_DAILY", "Letters in a day to one address that nobody confirmed; others wait.")
    ] = AtLeastOne(20)
    links_hourly: Annotated[
        AtLeastOne, Option("CONSENTS_LINKS_HOURLY", "Links for withdrawing in an hour to one address; others wait.")
    ] = AtLeastOne(5)
    links_daily: Annotated[
        AtLeastOne, Option("CONSENTS_LINKS_DAILY", "Links for withdrawing in a day to one address; others wait.")
    ] = AtLeastOne(20)
    forms_from_ipv6: Annotated[
        AtLeastOne, Option("CONSENTS_FORMS_FROM_IPV6", "Forms in a minute from one IPv6 network (/64).")
    ] = AtLeastOne(60)
    ratelimit: Annotated[
        Switch,
        Option("CONSENTS_RATELIMIT", "`off` takes the limits on how often somebody may ask away: for load tests."),
    ] = "on"
    ratelimit_storage: Annotated[
        str, Option("RATELIMIT_STORAGE_URI", "Where requests are counted: more than one process needs redis://.")
    ] = "memory://"
    proxies: Annotated[
        int, Option("CONSENTS_PROXIES", "How many proxies of yours stand before this: that many X-Forwarded-For count.")
    ] = 0
    idempotency_days: Annotated[
        int, Option("CONSENTS_IDEMPOTENCY_DAYS", "For how many days an Idempotency-Key is remembered.")
    ] = 30
    metrics_key: Annotated[
        str | None,
        Option("CONSENTS_METRICS_KEY", "The Bearer token for /metrics; without one only this machine itself may ask."),
    ] = None
    metrics_folder: Annotated[
        Path | None,
        Option(
            "PROMETHEUS_MULTIPROC_DIR",
            "Where the processes of one host count together for /metrics; `serve` makes a folder of its own where it is not set.",
        ),
    ] = None
    busy_seconds: Annotated[
        float, Option("CONSENTS_BUSY_SECONDS", "How long to wait for a locked database before answering 503.")
    ] = 5.0
    idle_seconds: Annotated[
        float,
        Option(
            "CONSENTS_IDLE_SECONDS",
            "After how many seconds without use a connection to PostgreSQL is replaced: firewalls drop them without a word.",
        ),
    ] = 60.0
    new_keys: Annotated[
        bool, Option("CONSENTS_NEW_KEYS", "`yes`, for one start: make keys anew that were lost while there are events.")
    ] = False

    @classmethod
    def from_env(cls, environ: Mapping[str, str] = os.environ, **given: Any) -> Config:
        """The options from environment variables; `given` ones that are not None win. `StartRefused` on a bad value."""
        values = {name: value for name, value in given.items() if value is not None}
        for name, option in options().items():
            text = environ.get(option.env)
            if name not in values and text:
                try:
                    values[name] = read(name, text)
                except ValueError as error:
                    raise StartRefused(f"{option.env} is {text!r}. {error}") from error
        return cls(**values)

    def environ(self) -> dict[str, str]:
        """The same options as environment variables: how a worker process is told."""
        values = {option.env: getattr(self, name) for name, option in options().items()}
        return {
            name: ",".join(value) if isinstance(value, tuple) else str(value)
            for name, value in values.items()
            if value is not None
        }

    @property
    def layout(self) -> Path:
        """The site's layout and the endpoint's words, beside the manifest."""
        return self.manifest.parent / "endpoint.json"

    @property
    def keys_folder(self) -> Path:
        """The folder of keys; `StartRefused` where it is neither given nor beside an SQLite file."""
        if self.keys is not None:
            return self.keys
        if (file := sqlite_file(self.database)) is not None:
            return file.parent / "keys"
        raise StartRefused(
            "Where are the keys? Set CONSENTS_KEYS (or --keys) to a folder that only this user can read."
        )

    def own_paths(self, *, keys: bool = True) -> tuple[Path, ...]:
        """Paths that belong to the endpoint's user: the SQLite file, and the folder of `keys` for what uses them."""
        file = sqlite_file(self.database)
        paths = [file] if file is not None else []
        if keys and (self.keys is not None or file is not None):
            paths.append(self.keys_folder)
        return tuple(paths)

    @property
    def loopback(self) -> bool:
        """Whether only this machine can reach the endpoint."""
        return self.host in LOOPBACK


@cache
def options() -> dict[str, Option]:
    """Each option by the name of its field."""
    hints = get_type_hints(Config, include_extras=True)
    return {name: hint.__metadata__[0] for name, hint in hints.items()}


def sqlite_file(database: str) -> Path | None:
    """The file of an SQLite address; None for any other database."""
    if database.startswith(SQLITE) and (name := database.removeprefix(SQLITE).partition("?")[0]) not in (
        "",
        ":memory:",
    ):
        return Path(name)
    return None


def read(name: str, text: str) -> Any:
    """A text as the value of an option, by the option's hint; `ValueError` says what to write instead."""
    return _READERS[_kinds()[name]](text.strip())


@cache
def _kinds() -> dict[str, Any]:
    """The type of each option's value where it is set."""
    return {name: _without_none(hint) for name, hint in get_type_hints(Config).items()}


def _without_none(hint: Any) -> Any:
    if isinstance(hint, UnionType):
        (hint,) = (part for part in get_args(hint) if part is not NoneType)
    return hint


def whole_number(text: str) -> int:
    """An option's whole number from 0. `ValueError` says what to write."""
    if not re.fullmatch(r"[0-9]{1,9}", text):
        raise ValueError("Write a whole number from 0, in digits.")
    return int(text)


def _at_least_one(text: str) -> AtLeastOne:
    if not (number := whole_number(text)):
        raise ValueError("Write 1 or more.")
    return AtLeastOne(number)


def seconds(text: str) -> float:
    """An option's number of seconds. `ValueError` says what to write."""
    if not re.fullmatch(r"[0-9]{1,9}(?:\.[0-9]{1,9})?", text):
        raise ValueError("Write a number of seconds, like 2.5.")
    return float(text)


def _yes(text: str) -> bool:
    known = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
    if text.lower() not in known:
        raise ValueError("Write yes or no.")
    return known[text.lower()]


def _switch(text: str) -> str:
    if text.lower() not in get_args(Switch):
        raise ValueError("Write on or off.")
    return text.lower()


def _desk(text: str) -> DeskAddress:
    wanted = "Write an address such as https://desk.example.org."
    try:
        parts = urlsplit(text)
        host, _port = parts.hostname, parts.port
    except ValueError as error:
        raise ValueError(wanted) from error
    plain = not (parts.query or parts.fragment or parts.username) and re.fullmatch(r"[!-~]+", text)
    if not (host and plain and (parts.scheme == "https" or (parts.scheme == "http" and host in LOOPBACK))):
        raise ValueError(wanted)
    return DeskAddress(text.rstrip("/"))


def _names(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


_READERS: dict[Any, Callable[[str], Any]] = {
    str: str,
    Path: Path,
    int: whole_number,
    AtLeastOne: _at_least_one,
    DeskAddress: _desk,
    float: seconds,
    bool: _yes,
    Switch: _switch,
    tuple[str, ...]: _names,
}
"""How a text becomes a value of each type that an option has."""
