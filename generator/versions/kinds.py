"""The least kind that a change can be published as, and the words that decide it. Pure.

`typo` is for slips alone (see `slips`): facts, ids, lengths of lists and what people agree to stay as they are. Of the
rest a new purpose is `new-purpose`, another statement, purpose, recipient or period `material`, all else `clarification`.
Facts say so for certain. Words only read so (see `telling`), and whoever publishes may answer that they mean the same.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from generator.content.facets import FACETS, kind_of
from generator.content.model import ChangeKind, Label, Name
from generator.markdown.render import Renderer
from generator.versions import slips, telling
from generator.versions.html_passages import TAG, without_plain_links
from generator.versions.section_html import section_html
from generator.versions.version import SectionHtml, Version, section_marks
from widget.manifest import Consent

RANK = {kind: rank for rank, kind in enumerate(ChangeKind)}
"""From the least to the most: the order of the enum."""
_OF_THE_PLACE = re.compile(r' (?:id="[^"]*"|href="#[^"]*")')
"""Ids and links within the page, which follow from the headings."""
_WORDS = (str, Label, Name)
"""Facts that are words; every other fact is an id, a number or a choice, and is compared to the byte."""
_RECIPIENT, _PERIOD = ("who", "why", "role"), ("record", "keep", "after", "or_if")


@dataclass(frozen=True)
class Reason:
    """Something that asks for a kind at least, in an editor's words."""

    kind: ChangeKind
    text: str
    certain: bool = True
    """False where words read so: an editor may know better."""


def least(reasons: Sequence[Reason]) -> ChangeKind:
    """The least kind that these reasons allow."""
    return max((reason.kind for reason in reasons), key=RANK.__getitem__, default=ChangeKind.TYPO)


def reasons(old: Version, new: Version, renderer: Renderer) -> list[Reason]:
    """Everything that is more than a slip between two versions of one language; the new one may be a working text."""
    compare = _Comparison(old, new, renderer)
    return [
        *compare.purposes(),
        *compare.facts_of_weight(),
        *compare.consents(),
        *compare.facts(),
        *compare.texts(),
        *compare.meaning(),
    ]


@dataclass(frozen=True)
class _Comparison:
    old: Version
    new: Version
    renderer: Renderer

    def alike(self, old: object, new: object) -> bool:
        """Whether two values are one, slips aside."""
        if isinstance(old, str) and isinstance(new, str):
            return slips.only_slips(slips.words_of(old), slips.words_of(new), self.new.language)
        if isinstance(old, (list, tuple)) and isinstance(new, (list, tuple)):
            return len(old) == len(new) and all(map(self.alike, old, new))
        return old == new

    def purposes(self) -> Iterator[Reason]:
        """A purpose is known by its id, else by its words. One with another id is new; so is one more than there were."""
        before, after = _listed(self.old, "purposes"), _listed(self.new, "purposes")
        known = {item["id"]: item for item in before if "id" in item}
        kept = [known[item["id"]] for item in after if item.get("id") in known]
        left = [item for item in before if item not in kept]
        for item in after:
            text = item["text"]
            if item.get("id") in known:
                earlier = known[item["id"]]["text"]
                if not self.alike(earlier, text):
                    yield Reason(ChangeKind.MATERIAL, f"the purpose “{earlier}” is now “{text}”")
                continue
            same = next((one for one in left if self.alike(one["text"], text)), None)
            nameless = next((one for one in left if "id" not in one), None) if "id" not in item else None
            if same is not None:
                left.remove(same)
            elif nameless is not None and len(after) <= len(before):
                left.remove(nameless)
                yield Reason(ChangeKind.MATERIAL, f"the purpose “{nameless['text']}” is now “{text}”")
            else:
                yield Reason(ChangeKind.NEW_PURPOSE, f"the purpose “{text}” is new")
        yield from (Reason(ChangeKind.MATERIAL, f"the purpose “{one['text']}” is gone") for one in left)

    def facts_of_weight(self) -> Iterator[Reason]:
        """Recipients and periods: each as a whole, whatever their order."""
        for facet, keys, what in (
            ("sharing", _RECIPIENT, "recipient"),
            ("joint_controllers", ("name",), "joint controller"),
            ("retention", _PERIOD, "period"),
        ):
            before = [_part(item, keys) for item in _listed(self.old, facet)]
            for part in (_part(item, keys) for item in _listed(self.new, facet)):
                same = next((one for one in before if self.alike(one, part)), None)
                if same is None:
                    yield Reason(ChangeKind.MATERIAL, f"the {what} “{_read(part)}” is new or differs")
                else:
                    before.remove(same)
            for gone in before:
                yield Reason(ChangeKind.MATERIAL, f"the {what} “{_read(gone)}” is gone or differs")
        if self.old.consent_records != self.new.consent_records:
            yield Reason(ChangeKind.MATERIAL, "records of consent are kept for another period")
        if self.old.renewal != self.new.renewal:
            yield Reason(ChangeKind.MATERIAL, "what becomes of older consents differs")

    def consents(self) -> Iterator[Reason]:
        """To the byte: these are the words that people said yes to. A notice that is retired asks nobody any more."""
        before, after = ({consent.id: consent for consent in one.consents} for one in (self.old, self.new))
        for name in {**before, **after}:
            old, new = before.get(name), after.get(name)
            if new is None and self.new.facets.get("retired"):
                continue
            if old is None or new is None:
                yield Reason(ChangeKind.MATERIAL, f"the consent `{name}` is {'new' if old is None else 'gone'}")
            elif (words := _agreed_to(old, new)) is not None:
                yield Reason(ChangeKind.MATERIAL, f"people agreed to “{words[0]}”, and it is now “{words[1]}”")
            elif old != new:
                yield Reason(ChangeKind.CLARIFICATION, f"the consent `{name}` says something else")
        if list(before) != list(after) and before.keys() == after.keys():
            yield Reason(ChangeKind.CLARIFICATION, "the consents are in another order")

    def texts(self) -> Iterator[Reason]:
        """Title, summary and sections, word by word; the marks between the words may not change either."""
        yield from self._words("the title", self.old.title, self.new.title)
        yield from self._words("the summary", self.old.summary, self.new.summary)
        before, after = section_marks(self.old), section_marks(self.new)
        if len(before) != len(after):
            yield Reason(ChangeKind.CLARIFICATION, f"there are {len(after)} sections and there were {len(before)}")
            return
        sections = (section_html(version, self.renderer) for version in (self.old, self.new))
        for old, new in zip(*sections, strict=True):
            if before[old.id] == after.get(new.id):  # the same Markdown: HTML of another release is no change
                continue
            pieces = _pieces(old), _pieces(new)
            if slips.only_slips(*pieces, self.new.language):
                continue
            words = [[piece for piece in side if not TAG.fullmatch(piece)] for side in pieces]
            where = f"“{_heading(new)}”"
            told = list(self._reason(where, *words))
            yield from told or [Reason(ChangeKind.CLARIFICATION, f"in {where}, {_laid_out(*pieces)}")]

    def meaning(self) -> Iterator[Reason]:
        """Differences in meaning that the words of summary and sections suggest: another period, recipient, purpose
        and so on."""
        before, after = section_marks(self.old), section_marks(self.new)
        untouched = {name for name in before if before[name] == after.get(name)}
        old, new = (
            [
                (SectionHtml("", "", str(escape(version.summary))), "the summary"),
                *((one, _heading(one)) for one in section_html(version, self.renderer) if one.id not in untouched),
            ]
            for version in (self.old, self.new)
        )
        for told in telling.told(old, new, self.new.language):
            words = _became(told.before, told.after)
            yield Reason(ChangeKind.MATERIAL, f"in “{told.where}”, {words} ({told.about})", certain=False)

    def facts(self) -> Iterator[Reason]:
        """Facts besides those of weight: keys, lengths and choices to the byte, words word by word."""
        listing = {name for name, row in FACETS.items() if row.listing}
        before, after = (
            {name: value for name, value in one.facets.items() if name not in listing} for one in (self.old, self.new)
        )
        yield from self._tree("", before, after)
        if self.old.service != self.new.service:
            yield Reason(ChangeKind.CLARIFICATION, "the service's contact differs")
        if self.old.awaiting_review != self.new.awaiting_review:
            yield Reason(ChangeKind.CLARIFICATION, "the state of the translation differs")

    def _tree(self, path: str, old: Any, new: Any) -> Iterator[Reason]:
        if isinstance(old, Mapping) and isinstance(new, Mapping):
            for key in sorted(old.keys() ^ new.keys()):
                how = "new" if key in new else "gone"
                yield Reason(ChangeKind.CLARIFICATION, f"`{_joined(path, key)}` is {how}")
            for key in sorted(old.keys() & new.keys()):
                yield from self._tree(_joined(path, key), old[key], new[key])
        elif isinstance(old, list) and isinstance(new, list):
            if len(old) != len(new):
                yield Reason(ChangeKind.CLARIFICATION, f"`{path}` has {len(new)} entries and had {len(old)}")
                return
            for index, (before, after) in enumerate(zip(old, new, strict=True)):
                yield from self._tree(_joined(path, str(index)), before, after)
        elif str(old) != str(new):
            yield from self._leaf(path, str(old), str(new))

    def _leaf(self, path: str, old: str, new: str) -> Iterator[Reason]:
        if kind_of(path) in _WORDS:
            yield from self._words(f"`{path}`", old, new)
        else:
            yield Reason(ChangeKind.CLARIFICATION, f"`{path}` was “{old}” and is “{new}”")

    def _words(self, where: str, old: str, new: str) -> Iterator[Reason]:
        yield from self._reason(where, slips.words_of(old), slips.words_of(new))

    def _reason(self, where: str, old: list[str], new: list[str]) -> Iterator[Reason]:
        if slips.only_slips(old, new, self.new.language):
            return
        found = slips.deciding(old, new, self.new.language) or [(" ".join(old), " ".join(new))]
        for before, after in found[:3]:
            yield Reason(ChangeKind.CLARIFICATION, f"in {where}, {_became(before, after)}")


def _became(before: str, after: str) -> str:
    if not before:
        return f"“{after}” was added"
    return f"“{before}” became “{after}”" if after else f"“{before}” was taken out"


def _heading(section: SectionHtml) -> str:
    return str(Markup(section.heading).striptags()) or "the beginning"  # noqa: S704 (for its words alone)


_LAID_OUT = {
    "strong": "bold",
    "em": "emphasis",
    "code": "code",
    "pre": "code",
    "a": "a link",
    "ul": "a list",
    "ol": "a list",
    "li": "an item of a list",
    "table": "a table",
    "tr": "a row of a table",
    "p": "a paragraph",
    "br": "a line",
    "img": "a picture",
    "del": "words struck out",
    "blockquote": "a quotation",
    "h3": "a heading",
    "h4": "a heading",
}
"""The effect of tags on words, in words; others get a general name."""


def _laid_out(old: list[str], new: list[str]) -> str:
    """How the same words stand otherwise: as code, in a list, with a link elsewhere."""
    before, after = ([tag for piece in side if (tag := TAG.fullmatch(piece))] for side in (old, new))
    texts = [Counter(tag[0] for tag in side) for side in (before, after)]
    names = {tag[2]: tag[2] for tag in (*before, *after) if texts[0][tag[0]] != texts[1][tag[0]]}
    told = list(dict.fromkeys(_LAID_OUT[name] for name in names if name in _LAID_OUT))
    return f"the same words are laid out in another way: {' and '.join(told) or 'their order or form'}"


def _pieces(section: SectionHtml) -> list[str]:
    """A section as its words and, between them, its tags: what is struck out, linked or in a list stays so."""
    pieces: list[str] = []
    for html in (section.heading, without_plain_links(section.html)):
        at = 0
        for tag in TAG.finditer(html):
            pieces += slips.words_of(_plain(html[at : tag.start()]))
            pieces.append(_OF_THE_PLACE.sub("", tag[0]))
            at = tag.end()
        pieces += slips.words_of(_plain(html[at:]))
    return pieces


def _plain(html: str) -> str:
    return Markup(html).unescape()  # noqa: S704 (for its words alone)


def _agreed_to(old: Consent, new: Consent) -> tuple[str, str] | None:
    """The words that people agreed to and what they are now, where they differ."""
    before, after = old.agreed_to, new.agreed_to
    if before == after:
        return None
    differing = (pair for pair in zip(before, after, strict=False) if pair[0] != pair[1] and all(pair))
    return next(differing, ("; ".join(filter(None, before)), "; ".join(filter(None, after))))


def _listed(version: Version, facet: str) -> list[Mapping[str, Any]]:
    value = version.facets.get(facet, ())
    return [] if isinstance(value, str) else list(value)


def _part(item: Mapping[str, Any], keys: Sequence[str]) -> list[Any]:
    return [item.get(key, "") for key in keys]


def _read(part: Sequence[Any]) -> str:
    return ", ".join(str(one) if isinstance(one, str) else "; ".join(one) for one in part if one)


def _joined(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key
