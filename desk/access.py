"""Shared by guard and signing in: the operator's configuration, the desk's folder, the clock and the randomness."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from desk.config import Config
from desk.people.act_log import ActLog, Entry
from desk.people.kept_forms import KeptForms
from desk.people.key_file import open_key
from desk.people.one_time import OneTimeFolder
from desk.people.people_file import PeopleFile

Clock = Callable[[], datetime]
Randomness = Callable[[int], bytes]
LOOPBACK_LASTS = timedelta(minutes=5)
LOOPBACK = "here"
PREFIX = "/desk"
ID_LETTERS = "abcdefghjkmnpqrstvwxyz23456789"
"""Letters and digits that nobody takes for one another."""


@dataclass(frozen=True)
class Access:
    """The open parts of a running desk. `clock` gives the time in UTC."""

    config: Config
    key: bytes
    people: PeopleFile
    once: OneTimeFolder
    kept: KeptForms
    log: ActLog
    clock: Clock
    randomness: Randomness

    def token(self, length: int = 32) -> str:
        """A random text for an address or a cookie; 16 bytes are more than anybody can guess."""
        return base64.urlsafe_b64encode(self.randomness(length)).rstrip(b"=").decode()

    def new_id(self) -> str:
        """The id of a new person: eight random letters."""
        return "".join(ID_LETTERS[byte % len(ID_LETTERS)] for byte in self.randomness(8))

    def digits(self, count: int) -> str:
        """A random code of so many digits, each code as likely as any other."""
        most = 1 << 64
        while True:
            drawn = int.from_bytes(self.randomness(8))
            if drawn < most - most % 10**count:
                return f"{drawn % 10**count:0{count}d}"

    def write(self, person: str, act: str, to: str = "", version: str = "") -> None:
        """Add a line to the log of acts and looks: ids alone."""
        self.log.append(Entry(self.clock(), person, act, to, version))


def open_access(config: Config, clock: Clock, randomness: Randomness) -> Access:
    """Open the desk's folder; its key is made at the first start. `StartRefused` where it must not start."""
    folder = config.folder
    key = open_key(folder, randomness)
    return Access(
        config, key, PeopleFile(folder), OneTimeFolder(folder), KeptForms(folder), ActLog(folder), clock, randomness
    )


def loopback_address(access: Access) -> str:
    """An address for the terminal that signs in once, within five minutes, on this machine alone."""
    if not access.config.is_local:
        raise ValueError("The desk can be reached from elsewhere: nobody signs in by the terminal.")
    token = access.token()
    access.once.put(LOOPBACK, token, access.clock(), LOOPBACK_LASTS, {})
    return f"{access.config.address}{PREFIX}/sign-in/here/{token}"
