"""How the page of a notice is laid out: the box at a glance, the contents in groups, the choice's place, how long it
takes. Pure."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from generator.content.reserved_ids import CHOICE, VERSION_FACTS
from generator.content.section_order import ORDER
from generator.markdown.render import Renderer
from generator.pages.contexts import Block, Glance, GlanceRow, Group, Link
from generator.versions.version import Version
from generator.wording import glance
from generator.wording.page_ids import shown_id
from generator.wording.retention_sentences import capitalised
from generator.wording.strings import Words

WORDS_A_MINUTE = 200
"""How fast adults read on a screen, on the slow side: 238 words a minute is the mean (Brysbaert 2019)."""
CONSENT = "consent"
DO, KEEP, DECIDE, US = "do", "keep", "decide", "us"
GROUP_OF: Mapping[str, str] = {
    **dict.fromkeys(ORDER, DO),
    **dict.fromkeys(
        ("sharing", "joint-controllers", "retention", "transfers", "automated-decisions", "algorithms"), KEEP
    ),
    **dict.fromkeys((CONSENT, "opt-out", "rights", "object", "complaint"), DECIDE),
    **dict.fromkeys(("controller", "representative", "dpo", "updates", "primary-notice"), US),
}
"""The group of each standard section in the contents.

A section of the author's own is in the group of the one before it.
"""


def notice_layout(
    version: Version,
    blocks: Sequence[Block],
    objection: Block | None,
    language: tuple[Words, Renderer],
    *,
    answered: bool,
) -> dict[str, Any]:
    """The parts of a `NoticePage` besides its texts.

    `answered`: whether a consent can be given here or in another language.
    """
    words, renderer = language
    shown = [*blocks, *([objection] if objection else [])]
    return {
        "glance": _glance(version, {block.id for block in shown}, words, renderer, answered),
        "groups": _groups(blocks, objection, bool(version.consents), words),
        "choice_after": _choice_after(blocks) if version.consents else None,
        "minutes": words.plural("page.notice.minutes", _minutes(version, shown)),
    }


def _glance(version: Version, shown: set[str], words: Words, renderer: Renderer, answered: bool) -> Glance | None:
    if version.digest and not version.glance:
        return None  # a version from before: its readers had no such box
    choice = _choice(version, words) if answered else ()
    if not version.glance and not choice:
        return None
    rows = tuple(
        GlanceRow(
            label=words(f"page.glance.{row.key}"),
            href=f"#{shown_id(row.section)}" if row.section in shown else None,
            texts=tuple(map(Markup if version.digest else renderer.line, row.texts)),
        )
        for row in version.glance
    )
    heading = "title" if glance.is_whole(version.glance) else "some"
    return Glance(words(f"page.glance.{heading}"), rows, choice)


def _choice(version: Version, words: Words) -> tuple[str, ...]:
    """The choices of a resident by the topics of the consents; a consent without a topic is "the choice below"."""
    said = (
        words("page.glance.choice", topic=capitalised(consent.topic))
        if consent.topic
        else words("page.glance.choice_below")
        for consent in version.consents
    )
    return tuple(dict.fromkeys(said))


def _groups(blocks: Sequence[Block], objection: Block | None, choice: bool, words: Words) -> tuple[Group, ...]:
    """Every section in one of four groups, in the order of the page."""
    links: dict[str, list[Link]] = {name: [] for name in (DO, KEEP, DECIDE, US)}
    if objection:
        links[DECIDE].append(_link(objection))
    if choice:
        links[DECIDE].append(Link(words("page.consent.title"), f"#{CHOICE}"))
    for group, block in _grouped(blocks):
        links[group].append(_link(block))
    links[US].append(Link(words("page.notice.facts"), f"#{VERSION_FACTS}"))
    return tuple(_group(words(f"page.group.{name}"), found) for name, found in links.items() if found)


def _group(name: str, links: Sequence[Link]) -> Group:
    """A group; a section of the author's with the group's own name is linked from the name, so that it is there once."""
    same = next((link for link in links if link.label.casefold() == name.casefold()), None)
    return Group(name, tuple(link for link in links if link is not same), same.href if same else None)


def _grouped(blocks: Iterable[Block]) -> Iterator[tuple[str, Block]]:
    group = DO
    for block in blocks:
        group = GROUP_OF.get(block.id, group)
        yield group, block


def _link(block: Block) -> Link:
    return Link(str(block.heading.striptags()), f"#{shown_id(block.id)}")


def _choice_after(blocks: Sequence[Block]) -> str:
    """The section that the choice is below: the one on consent, else the last."""
    ids = [block.id for block in blocks]
    if CONSENT in ids:
        return CONSENT
    return ids[-1] if ids else ""


def _minutes(version: Version, blocks: Iterable[Block]) -> int:
    """How long the whole page takes to read, in minutes, one at least."""
    texts = [version.summary, *(Markup(f"{block.heading} {block.html}").striptags() for block in blocks)]  # noqa: S704 (counted, not shown)
    texts += [f"{consent.statement} {consent.effect} {consent.if_refused}" for consent in version.consents]
    return max(1, math.ceil(sum(len(re.findall(r"\S+", text)) for text in texts) / WORDS_A_MINUTE))
