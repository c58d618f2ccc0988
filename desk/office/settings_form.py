"""site.yml as a form: its fields, what is typed into them as changes, and each problem at its field. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from desk.saving.editing import plain
from desk.saving.editing.changes import SetFact
from desk.saving.editing.plain import Plain
from generator.content import site_file, yaml_tree
from generator.content.faults import F04
from generator.content.site_file import Approval, Theme
from generator.content.withdrawals import USUAL
from generator.problems import Place, Problem, errors_in

FILE = site_file.FILE
APPROVAL, ACCENT, LANGUAGES = "approval", "theme.accent", "languages"


@dataclass(frozen=True)
class Fact:
    """A fact of the form. One that is `localised` has a field for each language; `kind` says how it is typed."""

    path: str
    localised: bool = False
    kind: str = "text"


@dataclass(frozen=True)
class Group:
    """Facts under one heading."""

    name: str
    facts: tuple[Fact, ...]


GROUPS = (
    Group(
        "council",
        (
            Fact("organisation.name", localised=True),
            Fact("organisation.short_name", localised=True),
            Fact("organisation.website", kind="url"),
            Fact("base_url", kind="url"),
            Fact(LANGUAGES),
        ),
    ),
    Group(
        "officer",
        (
            Fact("data_protection_officer.name", localised=True),
            Fact("data_protection_officer.email", kind="email"),
            Fact("data_protection_officer.phone", kind="tel"),
        ),
    ),
    Group(
        "complaints",
        (
            Fact("complaints.form", kind="url"),
            Fact("complaints.email", kind="email"),
            Fact("complaints.phone", kind="tel"),
            Fact("complaints.post", localised=True),
        ),
    ),
    Group("look", (Fact(ACCENT),)),
    Group("rules", (Fact(APPROVAL, kind="check"), Fact("withdrawals.act_within"))),
)
FACTS = tuple(fact for group in GROUPS for fact in group.facts)
_MISSING = re.compile(r"`(?P<key>\w+)`(?: of `(?P<group>\w+)`)? is missing")
USUALLY = {ACCENT: Theme.accent, "withdrawals.act_within": str(USUAL)}
"""The values that hold where the file has none."""


def names(fact: Fact, languages: Sequence[str]) -> list[str]:
    """The names of a fact's fields: one, or one for each language."""
    return [f"{fact.path}.{language}" for language in languages] if fact.localised else [fact.path]


def of_facts(facts: Plain, languages: Sequence[str]) -> dict[str, str]:
    """The fields as a file has them. A text that is the same in all languages is in the field of the main one."""
    found: dict[str, str] = {}
    for fact in FACTS:
        value = plain.at(facts, tuple(fact.path.split(".")))
        if fact.localised:
            each = value if isinstance(value, dict) else {languages[0]: value or ""}
            found |= {f"{fact.path}.{language}": _text(each.get(language)) for language in languages}
        elif fact.path == APPROVAL:
            found[fact.path] = "yes" if value == Approval.REQUIRED else ""
        else:
            found[fact.path] = _text(value) or USUALLY.get(fact.path, "")
    return found


def typed(form: Mapping[str, str], languages: Sequence[str]) -> dict[str, str]:
    """The fields as somebody sent them."""
    return {name: plain.words(form.get(name, "")) for fact in FACTS for name in names(fact, languages)}


def changes(before: Mapping[str, str], after: Mapping[str, str], languages: Sequence[str]) -> list[SetFact]:
    """Somebody's changes in the form, a fact each; nothing for a field that is as it was."""
    found = list[SetFact]()
    for fact in FACTS:
        own = names(fact, languages)
        if any(before[name] != after[name] for name in own):
            found.append(SetFact(fact.path, _value(fact, [after[name] for name in own], languages)))
    return found


def _value(fact: Fact, texts: Sequence[str], languages: Sequence[str]) -> object:
    if fact.path == LANGUAGES:
        return re.findall(r"[^\s,;]+", texts[0].lower())
    if fact.path == APPROVAL:
        return Approval.REQUIRED if texts[0] else None
    if not fact.localised or not any(texts[1:]):
        return texts[0] or None
    return {language: text for language, text in zip(languages, texts, strict=True) if text}


def problems(data: bytes, languages: Sequence[str]) -> list[tuple[str, Problem]]:
    """Everything that is wrong with site.yml as it would be, each with the name of the field that it is in.

    The name is empty for what is in no field of the form.
    """
    _, found = site_file.read(data)
    tree, _ = yaml_tree.parse(data.decode("utf-8-sig"), FILE)
    places = sorted(_places(tree, ""))
    wrong = list(_no_codes(plain.at(plain.of_node(tree), (LANGUAGES,))))
    return wrong or [(_field(problem, places, languages), problem) for problem in errors_in(found)]


def _no_codes(languages: Plain | None) -> Iterator[tuple[str, Problem]]:
    """Languages that are none: all texts in others would be called wrong because of them."""
    for code in languages if isinstance(languages, list) else [languages or ""]:
        if isinstance(code, str) and code and not site_file.LANGUAGE.fullmatch(code):
            message = f"`{code}` is not a language code."
            yield LANGUAGES, F04.problem(Place(FILE), message, "Write one like en or cy.")


def _places(node: yaml_tree.Node | None, path: str) -> Iterator[tuple[int, int, str]]:
    """Where each key begins, with its path."""
    if isinstance(node, yaml_tree.Mapping):
        for key, value in node.entries:
            inner = f"{path}.{key.text}".lstrip(".")
            yield key.place.line, key.place.column, inner
            yield from _places(value, inner)


def _field(problem: Problem, places: Sequence[tuple[int, int, str]], languages: Sequence[str]) -> str:
    """The field in which a problem is: one that the message says is missing, else that of the last key before it."""
    before = [path for line, column, path in places if (line, column) <= (problem.place.line, problem.place.column)]
    if found := _MISSING.match(problem.message):
        named = ".".join(part for part in (found["group"], found["key"]) if part)
        if fact := next((fact for fact in FACTS if fact.path == named), None):
            return names(fact, languages)[0]
    return next((name for path in before[-1:] for name in _of_path(path, languages)), "")


def _of_path(path: str, languages: Sequence[str]) -> Iterator[str]:
    """The field of a path of the file: its own, or the first of its fact."""
    for fact in FACTS:
        own = names(fact, languages)
        if path == fact.path or path.startswith(f"{fact.path}."):
            yield path if path in own else own[0]


def _text(value: Plain | None) -> str:
    if isinstance(value, list):
        return ", ".join(_text(one) for one in value)
    return value if isinstance(value, str) else ""
