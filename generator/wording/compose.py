"""A working text and the site's facts to the final words that residents will read. Pure.

Shared wording and values are filled in, facets become sentences, rights follow from the lawful bases. The author's
order wins; a standard section that the body does not have goes after its nearest neighbour in the default order.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import islice

from generator.content.facets import FACETS, FROM_SITE
from generator.content.model import NONE, BodySection, ConsentFacet, Facets, Notice, Section
from generator.content.notice_file import outside_code
from generator.content.section_order import ORDER
from generator.problems import Place
from generator.wording.context import Setting
from generator.wording.controllers import site_of
from generator.wording.filling import filled
from generator.wording.inserts import Wording
from generator.wording.page_ids import ABOUT, with_ids
from generator.wording.sentences import GENERATED, paragraphs
from widget import manifest

DEFINITION = re.compile(r" {0,3}(?:\[(\^?[^\]\n]+)\]:|\*\[([^\]\n]+)\]:)[ \t]*\S")
MARKS = re.compile(r"\[[^\[\]\n]+\]")
MADE_FROM = {section: name for name, row in FACETS.items() for section in row.sections}
"""The facet that a standard section is made from."""


@dataclass(frozen=True)
class Origin:
    """A place in a file from which all text, up to the next origin, belongs to the section of this id."""

    place: Place
    section: str


@dataclass(frozen=True)
class Composed:
    """Final words, in the order in which they are read."""

    title: str
    summary: str
    sections: tuple[Section, ...]
    consents: tuple[manifest.Consent, ...]
    origins: tuple[Origin, ...] = ()
    """Where the author wrote the sections: in the notice's file, and in the shared wording that it inserts."""


def compose(notice: Notice, wording: Wording, setting: Setting) -> Composed:
    """The text that residents will read. Unknown `[[names]]` stay as written: `inserts.problems` tells of them."""
    facets = wording.inside(notice.facets)
    setting = replace(setting, site=site_of(setting.site, facets), notice=notice.id)
    opening, parts = filled(notice, wording, setting.site)
    written = [opening, *parts] if opening else parts
    texts = [part.section.markdown for part in written]
    definitions = _referred(texts, _definitions(texts))
    body = [part.section for part in parts]
    made = cache(partial(_made, facets, setting))
    ordered = _slotted(body, _generated(facets, setting, body, made))
    sections = [Section(ABOUT, "", opening.section.markdown)] if opening else []
    sections += _sections(ordered, facets, setting, made)
    identified = with_ids(sections, (consent.id for consent in facets.consents))
    final = (_self_contained(section, definitions) for section in identified)
    placed = [opening.section, *ordered] if opening else ordered
    ids = {id(item): section.id for item, section in zip(placed, identified, strict=True)}
    return Composed(
        title=facets.title,
        summary=facets.summary or "",
        sections=tuple(section for section in final if section.markdown or section.heading),
        consents=tuple(_consent(item, facets, setting) for item in facets.consents),
        origins=tuple(Origin(place, ids[id(part.section)]) for part in written for place in part.starts),
    )


def _made(facets: Facets, setting: Setting, name: str) -> str:
    """The text that facts make in a standard section."""
    return GENERATED[name](facets, setting)


def _generated(facets: Facets, setting: Setting, body: list[BodySection], made: Callable[[str], str]) -> list[str]:
    """The standard sections that the notice has, in default order. A notice with no facets is published as written."""
    order = setting.site.sections or ORDER
    named = {section.id for section in body} | set(facets.says)
    standard = has_standard_sections(facets)
    have = ((name, made(name)) for name in order if name in GENERATED)
    return [name for name, text in have if text and (standard or name not in FROM_SITE) and name not in named]


def has_standard_sections(facets: Facets) -> bool:
    """Whether the sections that site.yml makes are in the notice: any facet that says something brings them with it."""
    bringing = (name for name, row in FACETS.items() if row.sections or not row.describes)
    return any(getattr(facets, name) not in ((), None) for name in bringing)


def _slotted(body: list[BodySection], missing: list[str]) -> list[BodySection | str]:
    """The body with the missing standard sections after (else before) their nearest neighbours in the default order."""
    placed: list[BodySection | str] = list(body)
    for name in missing:
        index = ORDER.index(name)
        at = {_standard(item): position for position, item in enumerate(placed)}
        before = next((at[other] for other in reversed(ORDER[:index]) if other in at), None)
        after = next((at[other] for other in ORDER[index + 1 :] if other in at), len(placed))
        placed.insert(after if before is None else before + 1, name)
    return placed


def _standard(item: BodySection | str) -> str | None:
    return item if isinstance(item, str) else item.id


def _sections(
    ordered: list[BodySection | str], facets: Facets, setting: Setting, made: Callable[[str], str]
) -> Iterator[Section]:
    """The final sections. Where several headings carry one standard id, what the facets say is under the first."""
    told: set[str] = set()
    for item in ordered:
        if isinstance(item, str):
            yield Section(item, setting.words(f"section.{item}.heading"), made(item))
        elif item.id not in GENERATED or item.id in told or item.id in facets.says:
            yield Section(item.id or "", item.heading, item.markdown, item.anchors)
        else:
            told.add(item.id)
            generated = made(item.id)
            negated = item.id in MADE_FROM and getattr(facets, MADE_FROM[item.id]) == NONE
            if negated and item.markdown.strip():
                generated = ""
            yield Section(item.id, item.heading, paragraphs(item.markdown, generated), item.anchors)


def _definitions(texts: Iterable[str]) -> dict[str, str]:
    """Link references, footnotes and abbreviations of the whole body, by their mark: `[x]`, `[^x]`, `*[x]`."""
    found: dict[str, str] = {}
    for text in texts:
        lines = text.split("\n")
        for index, line, prose in outside_code(lines):
            if prose and (match := DEFINITION.match(line)):
                mark = f"[{match[1].lower()}]" if match[1] else f"*[{match[2]}]"
                found.setdefault(mark, "\n".join([line, *_continued(lines, index + 1)]))
    return found


def _continued(lines: list[str], start: int) -> list[str]:
    """The indented lines that go on with a footnote, over empty lines between its paragraphs."""
    kept: list[str] = []
    for line in islice(lines, start, None):
        if line.strip() and not line.startswith(("    ", "\t")):
            break
        kept.append(line)
    while kept and not kept[-1].strip():
        kept.pop()
    return kept


def _self_contained(section: Section, definitions: Mapping[str, str]) -> Section:
    """The section with the definitions that it uses, whichever section holds them; a footnote stands where it is used."""
    if not definitions:
        return section
    own = _definitions([section.markdown])
    text = section.markdown
    for mark in own.keys() & definitions.keys():
        if mark.startswith("[^"):
            text = text.replace(own[mark], "", 1)
    added: dict[str, str] = {}
    pending = [text]
    while pending:
        for mark in _used(pending.pop(), definitions):
            if mark not in added and (mark not in own or mark.startswith("[^")):
                added[mark] = definitions[mark]
                pending.append(definitions[mark])
    return replace(section, markdown=paragraphs(text.strip("\n"), "\n".join(added.values())))


def _referred(texts: list[str], definitions: dict[str, str]) -> dict[str, str]:
    """The definitions without the footnotes that nothing refers to: those stay where they were written."""
    bodies = "\n".join(texts).lower()
    return {m: text for m, text in definitions.items() if not m.startswith("[^") or bodies.count(m) > 1}


def _used(text: str, definitions: Mapping[str, str]) -> list[str]:
    if not definitions:
        return []
    marks = set(MARKS.findall(text.lower()))
    return [mark for mark in definitions if (mark[2:-1] in text if mark.startswith("*") else mark in marks)]


def _consent(item: ConsentFacet, facets: Facets, setting: Setting) -> manifest.Consent:
    purposes = {purpose.id: purpose.text for purpose in facets.purposes}
    routes = item.withdraw
    who = facets.service or facets.title
    return manifest.Consent(
        id=item.id,
        statement=item.statement,
        effect=item.effect,
        if_refused=item.if_refused,
        purposes=tuple(purposes[name] for name in item.purposes if name in purposes),
        withdraw=manifest.Contact(who, email=routes.email, phone=routes.phone, post=routes.post),
        on_behalf=tuple(str(who) for who in item.on_behalf),
        topic=item.topic,
        reach=str(item.reach) if item.reach else None,
        question=manifest.Question(**vars(item.question)) if item.question else None,
    )
