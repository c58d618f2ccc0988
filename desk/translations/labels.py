"""The page's name for each text: a fact as the notice's form calls it, a part of the body by its section's heading.
Pure."""

from __future__ import annotations

from collections.abc import Callable

from desk.forms.fields import fields
from desk.translations.sheet import Sheet
from generator.translation.texts import HEADING, OPENING

Say = Callable[[str], str]
LONGEST = 60


def labels(sheet: Sheet, say: Say) -> dict[str, str]:
    """The label of each text by its name."""
    sources = {entry.name: entry.source for entry in sheet.entries}
    return {
        name: _of_fact(path, say) if path else _of_body(name, sources, say)
        for name, path in sheet.paths.items()
        if name in sources
    }


def _of_fact(path: str, say: Say) -> str:
    """`purposes.0.text` as the form's words: Purposes 1 / What the data is used for."""
    within, found = fields(), list[str]()
    for part in path.split("."):
        if part.isdigit() and found:
            found[-1] += f" {int(part) + 1}"
        elif (field := within.get(part)) is not None:
            found.append(say(field.words))
            within = {one.name: one for one in field.fields}
        else:
            found.append(part.replace("_", " "))
    return " / ".join(found)


def _of_body(name: str, sources: dict[str, str], say: Say) -> str:
    section = name.removeprefix("body.").rpartition(".")[0]
    if name == f"body.{OPENING}":
        return say("section.lead")
    heading = " ".join(sources.get(f"body.{section}.{HEADING}", section).split())
    short = heading if len(heading) <= LONGEST else heading[:LONGEST].rpartition(" ")[0] + " …"
    return f"“{short}” / {say('section.heading' if name.endswith(f'.{HEADING}') else 'section.text')}"
