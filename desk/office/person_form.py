"""A person of the desk as a form: what was typed, a person made of it, and what is wrong at which field. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from desk.people.person import Identity, People, Person, Role
from desk.people.reading import ISSUER, LONGEST_NAME, SERVICE_ID
from widget.people.addresses import BadAddress, address, folded

LONGEST_SUBJECT = 255
"""OpenID Connect Core 2."""
MOST_IDENTITIES = 20


@dataclass(frozen=True)
class Typed:
    """The typed values as they were.

    `identities` are pairs of issuer and identifier; `wrong` are keys of the desk's words.
    """

    name: str = ""
    address: str = ""
    roles: tuple[str, ...] = ()
    services: str = ""
    identities: tuple[tuple[str, str], ...] = ()
    wrong: Mapping[str, str] = field(default_factory=dict)


def of_person(person: Person) -> Typed:
    """A person as the form shows them."""
    return Typed(
        person.name,
        person.address,
        tuple(role for role in Role if person.has(role)),
        ", ".join(person.services),
        tuple((one.issuer, one.subject) for one in person.identities),
    )


def typed(form: Mapping[str, str], lists: Mapping[str, Sequence[str]]) -> Typed:
    """The values that were sent. `lists` are the fields that come several times: `roles`, `issuer`, `subject`."""
    pairs = zip(lists["issuer"], lists["subject"], strict=False)
    rows = [(issuer.strip(), subject.strip()) for issuer, subject in pairs]
    return Typed(
        " ".join(form.get("name", "").split()),
        form.get("address", "").strip(),
        tuple(lists["roles"]),
        form.get("services", "").strip(),
        tuple(row for row in rows if any(row))[:MOST_IDENTITIES],
    )


def read(typed: Typed, people: People, own: str) -> Person | Mapping[str, str]:
    """The person that was typed, with the id `own`, or everything that is wrong by its field; `people` are the others
    too."""
    wrong: dict[str, str] = {}
    others = [one for one in people.persons if one.id != own]
    if not typed.name or len(typed.name) > LONGEST_NAME or not typed.name.isprintable():
        wrong["name"] = "people.wrong_name"
    try:
        mail = str(address(typed.address))
    except BadAddress:
        mail, wrong["address"] = "", "people.wrong_address"
    if mail and any(folded(one.address) == folded(mail) for one in others):
        wrong["address"] = "people.same_address"
    services = tuple(dict.fromkeys(typed.services.replace(",", " ").split()))
    if not all(SERVICE_ID.fullmatch(one) for one in services):
        wrong["services"] = "people.wrong_services"
    identities = tuple(dict.fromkeys(Identity(*row) for row in typed.identities))
    if not all(ISSUER.fullmatch(one.issuer) and 0 < len(one.subject) <= LONGEST_SUBJECT for one in identities):
        wrong["identities"] = "people.wrong_identity"
    elif any(one in other.identities for one in identities for other in others):
        wrong["identities"] = "people.same_identity"
    if wrong:
        return wrong
    roles = frozenset(Role(role) for role in typed.roles if role in set(Role))
    before = people.by_id(own)
    return Person(own, typed.name, mail, roles, before.session if before else 1, identities, services)


def mark(person: Person) -> str:
    """The mark of the person that a form started from, so that a change by somebody else meanwhile is seen."""
    said = [of_person(person).name, person.address, sorted(person.roles), person.services, person.identities]
    return hashlib.sha256(repr(said).encode()).hexdigest()[:32]
