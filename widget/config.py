"""How the endpoint is set up: every option, documented where it is defined, and read from the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Any, get_type_hints

from widget.errors import StartRefused

LOOPBACK = ("127.0.0.1", "::1", "localhost")
SQLITE = "sqlite:///"
WHOLE = ("port", "workers", "threads", "mail_age", "proxies", "idempotency_days")


@dataclass(frozen=True)
class Option:
    """An option's environment variable, and its help."""

    env: str
    help: str


@dataclass(frozen=True)
class Config:
    """The endpoint's options. Each has an environment variable; `consents serve` has a flag for the common ones."""

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
    workers: Annotated[int, Option("CONSENTS_WORKERS", "Worker processes; SQLite takes one.")] = 1
    threads: Annotated[int, Option("CONSENTS_THREADS", "Requests that a worker answers at the same time.")] = 16
    hosts: Annotated[
        tuple[str, ...],
        Option("CONSENTS_HOSTS", "Host names to answer to beside that of base_url, separated by commas."),
    ] = ()
    mail: Annotated[
        str | None,
        Option(
            "CONSENTS_MAIL",
            "Who takes the mail: smtp://host:587, smtps://host, notify, or folder:DIRECTORY for trials. "
            "Where it is not set, mail waits in the outbox",
        ),
    ] = None
    mail_from: Annotated[
        str | None, Option("CONSENTS_MAIL_FROM", "The sender of mail; the council's address where it is not set")
    ] = None
    mail_seconds: Annotated[
        float, Option("CONSENTS_MAIL_SECONDS", "How long to wait for a mail server at each step.")
    ] = 20.0
    mail_age: Annotated[
        int, Option("CONSENTS_MAIL_AGE", "After how many seconds mail that was not sent makes /readyz fail.")
    ] = 3600
    ratelimit: Annotated[
        str, Option("CONSENTS_RATELIMIT", "`off` takes the limits on how often somebody may ask away: for load tests.")
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
    busy_seconds: Annotated[
        float, Option("CONSENTS_BUSY_SECONDS", "How long to wait for a locked database before answering 503.")
    ] = 5.0
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
                values[name] = _value(option.env, name, text)
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


def _value(variable: str, name: str, text: str) -> Any:
    """An environment variable as its option's type."""
    try:
        if name in ("manifest", "keys"):
            return Path(text)
        if name in WHOLE:
            return int(text)
        if name in ("busy_seconds", "mail_seconds"):
            return float(text)
    except ValueError as error:
        raise StartRefused(f"{variable} is {text!r}, which is not a number.") from error
    if name == "new_keys":
        return text.lower() in ("yes", "true", "1")
    if name == "hosts":
        return tuple(part.strip() for part in text.split(",") if part.strip())
    return text
