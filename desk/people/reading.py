"""Reads the file of people: strictly, with everything that is wrong at once. Pure.

    people:
      - id: 7kq2mxw4
        name: Siân Example
        address: sian@example.org
        roles: [editor, approver]
        session: 1
        identities:
          - issuer: https://login.example.org
            subject: 00u1ab
        services: [waste]

`id`, `name`, `address` and `roles` are asked for; `session` is 1 where it is missing. An unknown key is a problem, since a
slip such as `role:` would otherwise take somebody's access, or leave it, without a word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from desk.people.person import Identity, People, Person, Role
from generator.content.yaml_tree import Mapping, Node, Scalar, Sequence, parse
from generator.problems import ContentError, Place, Problem, error
from widget.people.addresses import BadAddress, address, folded

FILE = "people.yml"
RULE = "K01"
PERSON_ID = re.compile(r"[a-z0-9]{4,32}")
SERVICE_ID = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?")
MOST_SESSIONS = 1_000_000_000
LONGEST_NAME = 200
ISSUER = re.compile(r"https?://[^\s\"'<>]+")


def read_people(text: str, file: str = FILE) -> People:
    """Everybody in the file; `ContentError` with every problem. An empty file has nobody in it."""
    tree, problems = parse(text, file)
    reader = _Reader(file, problems)
    people = reader.people(tree)
    if reader.problems:
        raise ContentError(reader.problems)
    return people


class _Reader:
    """Collects the problems while the values are taken out of the tree."""

    def __init__(self, file: str, problems: list[Problem]) -> None:
        self.file = file
        self.problems = list(problems)

    def people(self, tree: Node | None) -> People:
        if tree is None:
            return People()
        keys = self._keys(tree, ("people",), "The file is a list of people under `people:`.")
        listed = keys.get("people")
        if listed is None or _is_empty(listed):
            return People()
        if not isinstance(listed, Sequence):
            self._wrong(listed.place, "`people` is not a list.", "Begin each person with `- id:`.")
            return People()
        persons = tuple(person for node in listed.items if (person := self._person(node)) is not None)
        self._check_twice(listed, persons)
        return People(persons)

    def _person(self, node: Node) -> Person | None:
        known = ("id", "name", "address", "roles", "session", "identities", "services")
        before = len(self.problems)
        keys = self._keys(node, known, "Each person is a group of keys that begins with `- id:`.")
        if not isinstance(node, Mapping):
            return None
        for name in ("id", "name", "address", "roles"):
            if name not in keys:
                self._wrong(node.place, f"`{name}` is missing.", f"Add a line `{name}:` to this person.")
        person = Person(
            self._text(keys.get("id"), self._id),
            self._text(keys.get("name"), self._name),
            self._text(keys.get("address"), self._address),
            frozenset(self._roles(keys.get("roles"))),
            self._session(keys.get("session")),
            tuple(self._identities(keys.get("identities"))),
            tuple(self._services(keys.get("services"))),
        )
        return person if len(self.problems) == before else None

    def _keys(self, node: Node, known: tuple[str, ...], remedy: str) -> dict[str, Node]:
        if not isinstance(node, Mapping):
            self._wrong(node.place, "A group of keys is expected here.", remedy)
            return {}
        for key, _ in node.entries:
            if key.text not in known:
                self._wrong(key.place, f"`{key.text}` is not a key that is known here.", f"Use {_listed(known)}.")
        return {key.text: value for key, value in node.entries if key.text in known}

    def _text(self, node: Node | None, check: Callable[[str, Place], str]) -> str:
        if node is None:
            return ""
        if not isinstance(node, Scalar):
            self._wrong(node.place, "One text is expected here.", "Write it on this line.")
            return ""
        return check(node.text.strip(), node.place)

    def _id(self, text: str, place: Place) -> str:
        if not PERSON_ID.fullmatch(text):
            self._wrong(place, f"“{text}” is no id.", "Write 4 to 32 letters a to z and digits, and never change them.")
        return text

    def _name(self, text: str, place: Place) -> str:
        if not text or len(text) > LONGEST_NAME or not text.isprintable():
            self._wrong(place, "This is no name.", f"Write the person's name, at most {LONGEST_NAME} letters.")
        return text

    def _address(self, text: str, place: Place) -> str:
        try:
            return str(address(text))
        except BadAddress as bad:
            self._wrong(place, f"No letter can be sent to “{text}”: {bad}.", "Write the person's mail address.")
            return text

    def _roles(self, node: Node | None) -> Iterator[Role]:
        for item in self._items(node, "roles"):
            text = self._text(item, lambda text, place: text)
            if text in set(Role):
                yield Role(text)
            elif text:
                self._wrong(item.place, f"“{text}” is not a role.", f"Use {_listed(tuple(Role))}.")

    def _session(self, node: Node | None) -> int:
        text = self._text(node, lambda text, place: text)
        if node is None:
            return 1
        if re.fullmatch(r"[1-9][0-9]{0,9}", text) and int(text) < MOST_SESSIONS:
            return int(text)
        self._wrong(node.place, f"“{text}” is no session number.", "Write a whole number from 1.")
        return 1

    def _identities(self, node: Node | None) -> Iterator[Identity]:
        for item in self._items(node, "identities"):
            keys = self._keys(item, ("issuer", "subject"), "Write `- issuer:` and under it `subject:`.")
            issuer = self._text(keys.get("issuer"), self._issuer)
            subject = self._text(keys.get("subject"), lambda text, place: text)
            if issuer and subject and len(subject) <= 255:  # OpenID Connect Core 2: at most 255 characters
                yield Identity(issuer, subject)
            elif isinstance(item, Mapping):
                self._wrong(item.place, "This identity is not whole.", "Write its `issuer` and its `subject`.")

    def _issuer(self, text: str, place: Place) -> str:
        if not ISSUER.fullmatch(text):
            self._wrong(
                place, f"“{text}” is no issuer.", "Write the provider's address as the desk's configuration has it."
            )
        return text

    def _services(self, node: Node | None) -> Iterator[str]:
        for item in self._items(node, "services"):
            text = self._text(item, lambda text, place: text)
            if SERVICE_ID.fullmatch(text):
                yield text
            else:
                self._wrong(item.place, f"“{text}” is no id of a service.", "Write it as in `site.yml`.")

    def _items(self, node: Node | None, name: str) -> tuple[Node, ...]:
        if node is None or _is_empty(node):
            return ()
        if isinstance(node, Sequence):
            return node.items
        self._wrong(node.place, f"`{name}` is not a list.", f"Write `{name}: [one, another]`.")
        return ()

    def _check_twice(self, listed: Sequence, persons: tuple[Person, ...]) -> None:
        """Nobody shares an id, an address or an identity: the desk would not know who is meant."""
        met: dict[tuple[str, object], int] = {}
        if len(persons) != len(listed.items):
            return
        for node, person in zip(listed.items, persons, strict=True):
            marks: list[tuple[str, object]] = [("id", person.id), ("address", folded(person.address))]
            marks += [("identity", identity) for identity in person.identities]
            for mark in marks:
                if mark in met:
                    message = f"This person has the {mark[0]} of the person on line {met[mark]}."
                    self._wrong(node.place, message, f"Give each person an {mark[0]} of their own.")
                met.setdefault(mark, node.place.line)

    def _wrong(self, place: Place, message: str, remedy: str) -> None:
        self.problems.append(error(RULE, place, message, remedy))


def _is_empty(node: Node) -> bool:
    return isinstance(node, Scalar) and not node.text.strip()


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names[:-1]) + f" or `{names[-1]}`" if len(names) > 1 else f"`{names[0]}`"
