"""The endpoint as mail sees it: an interface, so that this room knows nothing of the service that is above it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol

from widget.config import Config
from widget.ledger.key_folder import Keys
from widget.manifest import Manifest
from widget.people.details import Sealing
from widget.published_files import Published, PublishedFiles
from widget.store.group_commit import Store


class MailContext(Protocol):
    """The endpoint's parts that letters are made from and delivered with. `service.Service` is one."""

    @property
    def config(self) -> Config: ...
    @property
    def files(self) -> PublishedFiles: ...
    @property
    def keys(self) -> Keys: ...
    @property
    def store(self) -> Store: ...
    @property
    def manifest(self) -> Manifest: ...
    @property
    def sealing(self) -> Sealing: ...
    @property
    def published(self) -> Published: ...
    def clock(self) -> datetime:
        """The time now, in UTC."""
        ...

    def today(self) -> date:
        """The council's day, which decides what is in force."""
        ...
