"""A person at the desk, and everybody in the file of people. Pure.

An identity provider says who somebody is: the issuer and its identifier for that person. An address never does, since
addresses can be set by others and pass from one person to the next.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from widget.people.addresses import folded


class Role(StrEnum):
    """A person's role at the desk."""

    EDITOR = "editor"
    APPROVER = "approver"
    SERVICE = "service"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True)
class Identity:
    """Somebody as a provider knows them: its issuer, and its lasting identifier (`sub`, or `oid` with Entra)."""

    issuer: str
    subject: str


@dataclass(frozen=True)
class Person:
    """One person. `session` is raised to end every session that was begun under a lower number.

    `services` are the ids of the services whose withdrawals somebody with the role `service` acts on; none means all.
    """

    id: str
    name: str
    address: str
    roles: frozenset[Role] = frozenset()
    session: int = 1
    identities: tuple[Identity, ...] = ()
    services: tuple[str, ...] = ()

    def has(self, role: Role) -> bool:
        """Whether the person has a role."""
        return role in self.roles


@dataclass(frozen=True)
class People:
    """Everybody in the file of people, in its order."""

    persons: tuple[Person, ...] = ()
    _by_id: dict[str, Person] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._by_id.update((person.id, person) for person in self.persons)

    def by_id(self, person_id: str) -> Person | None:
        """The person of an id."""
        return self._by_id.get(person_id)

    def by_identity(self, identity: Identity) -> Person | None:
        """The person whom a provider means."""
        return next((person for person in self.persons if identity in person.identities), None)

    def by_address(self, address: str) -> Person | None:
        """The person to whom a letter for that address may be sent, however the address is written."""
        wanted = folded(address)
        return next((person for person in self.persons if folded(person.address) == wanted), None)

    def with_role(self, role: Role) -> tuple[Person, ...]:
        """Everybody who has a role."""
        return tuple(person for person in self.persons if person.has(role))
