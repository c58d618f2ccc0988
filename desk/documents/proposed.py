"""The facts that an imported text proposes, apart from the text: each with the sentence it came from. Pure.

The importer writes them as remarks of the front matter (`generator.importing.proposals`). At the desk somebody ticks those
that are right, so that the draft needs no such remarks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desk.saving.editing.changes import SetFact
from desk.saving.editing.plain import Plain, of_node
from generator.content import yaml_tree

_BEGIN = "# Proposals, "
_FACTS = "# Facts, each with "
_KEY = re.compile(r"(\w+):(.*)")
_SAYS = re.compile(r"\s*# It says: (.*)")
_ITEM, _FENCE = "  - ", "---"
_WHOLE = ("owner",)
"""Facts that are one group of keys, of which each key but the first is proposed by itself."""


@dataclass(frozen=True)
class Proposal:
    """One proposed fact. `name` tells it from the others in a form; `said` are the sentences it came from."""

    name: str
    fact: str
    value: Plain
    said: tuple[str, ...]


@dataclass(frozen=True)
class Draft:
    """An imported file without its proposals, the proposals, and remarks on what is none."""

    text: str
    proposals: tuple[Proposal, ...]
    remarks: tuple[str, ...]


def parted(text: str) -> Draft:
    """An imported file as `generator.importing.notice` writes it, with its proposals taken out."""
    lines = text.split("\n")
    end = lines.index(_FENCE, 1)
    begin = next((at for at, line in enumerate(lines[:end]) if line.startswith(_BEGIN)), end)
    facts = next((at + 1 for at, line in enumerate(lines[:end]) if line.startswith(_FACTS)), end)
    proposals, remarks = list[Proposal](), list[str]()
    for block in _blocks([line.removeprefix("#") for line in lines[facts:end]]):
        if found := _KEY.fullmatch(block[0]):
            proposals += _proposals(found[1], found[2].strip(), block[1:])
        else:
            remarks += [line.strip() for line in block]
    return Draft("\n".join([*lines[:begin], *lines[end:]]), tuple(proposals), tuple(remarks))


def changes(proposals: Sequence[Proposal], taken: Iterable[str]) -> list[SetFact]:
    """The facts that a draft gets of the proposals that were taken, by their names."""
    wanted = set(taken)
    facts: dict[str, Plain] = {}
    for one in proposals:
        if one.name not in wanted:
            continue
        before = facts.get(one.fact)
        if isinstance(one.value, dict) and one.fact in _WHOLE:
            facts[one.fact] = one.value | (before if isinstance(before, dict) else {})
        elif _is_item(one):
            facts[one.fact] = [*(before if isinstance(before, list) else []), one.value]
        else:
            facts[one.fact] = one.value
    return [SetFact(fact, value) for fact, value in facts.items()]


def _is_item(one: Proposal) -> bool:
    return one.name.rpartition(".")[2].isdigit()


def _blocks(lines: Sequence[str]) -> list[list[str]]:
    """Lines, a block for each that is not set in."""
    found: list[list[str]] = []
    for line in lines:
        if found and line.startswith("  "):
            found[-1].append(line)
        else:
            found.append([line])
    return found


def _proposals(fact: str, value: str, lines: Sequence[str]) -> list[Proposal]:
    if value:
        return [Proposal(fact, fact, _first(_value(f"- {value}")), _said(lines))]
    if fact in _WHOLE:
        return _of_group(fact, lines)
    items: list[list[str]] = []
    for line in lines:
        if line.startswith(_ITEM):
            items.append([line])
        elif items:
            items[-1].append(line)
    return [_item(fact, number, item) for number, item in enumerate(items)]


def _item(fact: str, number: int, lines: Sequence[str]) -> Proposal:
    return Proposal(f"{fact}.{number}", fact, _first(_value("\n".join(lines))), _said(lines))


def _of_group(fact: str, lines: Sequence[str]) -> list[Proposal]:
    """A proposal for each key but the first, which they share: who answers is not known, only where."""
    first, found = lines[0], list[Proposal]()
    for at, line in enumerate(lines):
        if at and not line.lstrip().startswith("#"):
            key = line.strip().partition(":")[0]
            said = _said(lines[at + 1 : at + 2])
            found.append(Proposal(f"{fact}.{key}", fact, _value(f"{first}\n{line}"), said))
    return found


def _value(text: str) -> Plain:
    tree, _ = yaml_tree.parse(text, "")
    return of_node(tree)


def _first(value: Plain) -> Plain:
    return value[0] if isinstance(value, list) and value else ""


def _said(lines: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found[1] for line in lines if (found := _SAYS.fullmatch(line))))
