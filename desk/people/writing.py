"""Writes the file of people: only the lines of what changed, so that remarks, order and layout stay. Pure.

Each writing is read again. Where the lines do not say what was meant, as with layouts this module does not know, the whole
file is written anew, and only then are its remarks lost.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from desk.people.person import People, Person, Role
from desk.people.reading import read_people
from generator.content.yaml_tree import Mapping, Node, Scalar, Sequence, parse
from generator.problems import ContentError

HEAD = (
    "# The people of the desk. The desk reads this file at each request and changes only the lines that must change.\n"
)
KEYS = ("id", "name", "address", "roles", "session", "identities", "services")


def with_people(text: str, wanted: People) -> str:
    """The file's text, changed so that it has exactly the people `wanted`."""
    current = read_people(text)
    if current == wanted:
        return text
    changed = _lines_changed(text, current, wanted)
    if changed is not None and _says(changed, wanted):
        return changed
    return whole(wanted)


def whole(people: People) -> str:
    """The file written anew."""
    if not people.persons:
        return HEAD + "people: []\n"
    return HEAD + "people:\n" + "".join(_block(person) for person in people.persons)


def _says(text: str, wanted: People) -> bool:
    try:
        return read_people(text) == wanted
    except ContentError:
        return False


def _lines_changed(text: str, current: People, wanted: People) -> str | None:
    """The text with the changed lines; None where its layout is not one of a block a person, a line a key."""
    tree, _ = parse(text, "people.yml")
    listed = next((value for _, value in tree.entries), None) if isinstance(tree, Mapping) else None
    if not isinstance(listed, Sequence) or not listed.items or "\r" in text:
        return None
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    starts = [node.place.line - 1 for node in listed.items]
    ends = [*starts[1:], len(lines)]
    parts = ["".join(lines[: starts[0]])]
    kept = set[str]()
    for node, person, start, end in zip(listed.items, current.persons, starts, ends, strict=True):
        new = wanted.by_id(person.id)
        tail = _end_of_block(lines, start, end)
        if new is None:
            parts.append("".join(lines[tail:end]))
            continue
        kept.add(person.id)
        block = lines[start:tail] if new == person else _person_lines(lines, node, person, new, tail)
        if block is None:
            return None
        parts.append("".join([*block, *lines[tail:end]]))
    parts += [_block(person) for person in wanted.persons if person.id not in kept]
    return "".join(parts)


def _person_lines(lines: list[str], node: object, person: Person, new: Person, end: int) -> list[str] | None:
    """The lines of a person with the changed keys written anew."""
    if not isinstance(node, Mapping):
        return None
    starts = [key.place.line - 1 for key, _ in node.entries]
    if len(set(starts)) != len(starts):
        return None
    found = list[str]()
    indent = node.entries[0][0].place.column - 1
    here = {key.text for key, _ in node.entries}
    for (key, value), start, stop in zip(node.entries, starts, [*starts[1:], end], strict=True):
        if _value(person, key.text) == _value(new, key.text):
            found += lines[start:stop]
            continue
        tail = _end_of_block(lines, start, stop)
        lead = lines[start][:indent]
        written = list(_key_lines(new, key.text, indent))
        if written:
            written[0] = lead + written[0][indent:]
            written[-1] = written[-1].rstrip("\n") + _remark(lines, value) + "\n"
        elif lead.strip():
            return None
        found += [*written, *lines[tail:stop]]
    for name in KEYS:
        if name not in here and _value(person, name) != _value(new, name):
            found += _key_lines(new, name, indent)
    return found


def _remark(lines: list[str], value: Node) -> str:
    """The remark after a value on its line."""
    if not isinstance(value, Scalar) or value.cut is None:
        return ""
    return "  " + lines[value.cut.line - 1][value.cut.column - 1 :].rstrip("\n")


def _end_of_block(lines: list[str], start: int, end: int) -> int:
    """The end of a block without the remarks and empty lines after it, which belong to what follows."""
    while end > start + 1 and (not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#")):
        end -= 1
    return end


def _block(person: Person) -> str:
    lines = [line for name in KEYS for line in _key_lines(person, name, 4)]
    return "  - " + "".join(lines)[4:]


def _value(person: Person, key: str) -> object:
    return getattr(person, key)


def _key_lines(person: Person, key: str, indent: int) -> Iterator[str]:
    """The lines of a key; none for an empty list that needs no line."""
    lead = " " * indent
    if key == "roles":
        yield f"{lead}roles: [{', '.join(role for role in Role if role in person.roles)}]\n"
    elif key == "identities":
        if person.identities:
            yield f"{lead}identities:\n"
        for identity in person.identities:
            yield f"{lead}  - issuer: {_quoted(identity.issuer)}\n"
            yield f"{lead}    subject: {_quoted(identity.subject)}\n"
    elif key == "services":
        if person.services:
            yield f"{lead}services: [{', '.join(person.services)}]\n"
    elif key in ("id", "session"):
        yield f"{lead}{key}: {_value(person, key)}\n"
    else:
        yield f"{lead}{key}: {_quoted(str(_value(person, key)))}\n"


def _quoted(text: str) -> str:
    """A text as YAML in double quotes, which JSON's strings are; letters stay letters."""
    return json.dumps(text, ensure_ascii=False)
