"""“At a glance”: what the facts of a notice say in a few rows, in the fact's own words or in the author's. Pure.

No row is shortened by program. A fact that the notice lacks has no row. The rows are frozen with their version.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from generator.content import rights
from generator.content.model import NONE, LawfulBasis, Recipient, Retention, Transfer
from generator.wording import retention_sentences, sentences
from generator.wording.context import Setting
from generator.wording.strings import Words

T = TypeVar("T")
Facts = Mapping[str, Any]
"""The facets of a version, as its file keeps them."""


@dataclass(frozen=True)
class Row:
    """One row: its key in the facet `glance`, the section that it leads to, and one text or several: inline Markdown, HTML once frozen."""

    key: str
    section: str
    texts: tuple[str, ...]


def rows(facts: Facts, setting: Setting) -> tuple[Row, ...]:
    """The rows that have something to say, in order."""
    own: Mapping[str, str] = facts.get("glance", {})
    found = []
    for key, (section, told) in ROWS.items():
        texts = (own[key],) if key in own else tuple(told(facts, setting))
        if texts:
            found.append(Row(key, section, tuple(" ".join(text.split()) for text in texts)))
    return tuple(found)


def is_whole(found: Iterable[Row]) -> bool:
    """Whether every fact that the law wants of each notice has its row: the box may say that it is the whole at a glance."""
    return {row.key for row in found} == set(ROWS)


def _use(facts: Facts, setting: Setting) -> Iterable[str]:
    """The kinds of information in one line, unless one of them has a comma of its own."""
    labels = [_marked(item, setting.words) for item in facts.get("data", ())]
    labels += [item["label"] for item in facts.get("special_category", ())]
    labels += [facts["criminal_data"]["label"]] if "criminal_data" in facts else []
    ended = [label.rstrip(".") for label in labels]
    if not ended or any("," in label for label in ended):
        return [_sentence(label) for label in ended]
    return [_sentence(setting.words("section.rights.comma").join(ended))]


def _marked(item: Facts, words: Words) -> str:
    return words("section.data.special", label=item["label"]) if item.get("special") else str(item["label"])


def _why(facts: Facts, setting: Setting) -> Iterable[str]:
    items = facts.get("purposes", ())
    return [setting.words("page.glance.why_item", purpose=item["text"].rstrip(".")) for item in items]


def _may(facts: Facts, setting: Setting) -> Iterable[str]:
    named = [_basis(_made(LawfulBasis, item), setting.words) for item in facts.get("lawful_bases", ())]
    return [_sentence(setting.words("section.object.or").join(dict.fromkeys(named)))] if named else []


def _basis(basis: LawfulBasis, words: Words) -> str:
    """A point of article 6 in words, with what makes it so here: the law, the interests or the condition."""
    article = rights.read_article(basis.article)
    name = words(f"section.rights.bases.{sentences.point(article)}") if article else basis.article
    details = [*basis.legislation, *filter(None, (basis.interests, basis.condition))]
    return (
        f"{name} ({words('section.rights.comma').join(detail.rstrip('.') for detail in details)})" if details else name
    )


def _who(facts: Facts, setting: Setting) -> Iterable[str]:
    found = facts.get("sharing", ())
    if found == NONE:
        return [setting.words("section.sharing.none")]
    return [_sentence(text) for text in sentences.recipients((_made(Recipient, item) for item in found), setting.words)]


def _long(facts: Facts, setting: Setting) -> Iterable[str]:
    items = (_made(Retention, item) for item in facts.get("retention", ()))
    return [retention_sentences.row(item, setting, example=False) for item in items]


def _abroad(facts: Facts, setting: Setting) -> Iterable[str]:
    found = facts.get("transfers", ())
    if found == NONE:
        return [setting.words("section.transfers.none")]
    return [sentences.told_transfer(_made(Transfer, item), setting.words) for item in found]


def _decides(facts: Facts, setting: Setting) -> Iterable[str]:
    found = facts.get("automated_decisions", ())
    if found == NONE:
        return [setting.words("section.automated-decisions.none")]
    return [setting.words("page.glance.decision", decision=item["decision"].rstrip(".")) for item in found]


ROWS: Mapping[str, tuple[str, Callable[[Facts, Setting], Iterable[str]]]] = {
    "use": ("data", _use),
    "why": ("purposes", _why),
    "may": ("lawful-basis", _may),
    "who": ("sharing", _who),
    "long": ("retention", _long),
    "abroad": ("transfers", _abroad),
    "decides": ("automated-decisions", _decides),
}
"""Each row in order: the standard section that it leads to, and what the facts say. UK GDPR articles 13 and 14."""


def _made(kind: Callable[..., T], item: Facts) -> T:
    """A fact of the model from what a version keeps of it."""
    names = {field.name for field in dataclasses.fields(kind)}  # type: ignore[arg-type]
    return kind(
        **{name: tuple(value) if isinstance(value, list) else value for name, value in item.items() if name in names}
    )


def _sentence(text: str) -> str:
    return retention_sentences.capitalised(text if text.endswith((".", "!", "?")) else f"{text}.")
