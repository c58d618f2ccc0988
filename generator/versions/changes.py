"""The changes between two versions of a notice, section by section and word by word. Pure.

Texts are compared as they are read, not as they are marked up: the HTML of a section becomes passages of plain words,
passages are matched by likeness, and the words of matched passages are compared. An address behind a link counts as a
word, and is shown where it changed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache

from generator.markdown.render import KEPT, Renderer
from generator.versions.differences import COMPARED
from generator.versions.html_passages import ADDRESS, Text, passages_in
from generator.versions.section_html import section_html
from generator.versions.version import Version, plain_heading
from generator.wording.strings import Words
from widget.manifest import Consent

ALIKE = 0.45
"""How much of two passages must agree for one to be the other, rewritten."""
MOST_PAIRS = 2_000_000
"""How many pairs of equal words two texts of a section may have: comparing them takes that many steps, or more.
Five thousand ordinary words have a tenth of that; one word that is repeated two thousand times has twice as many.
"""
MOST_CANDIDATES = 40_000
"""How many pairs of passages without an equal may be looked at for likeness."""


class How(StrEnum):
    """The fate of a section, a passage or a run of words."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True)
class Run:
    """Words that share a fate."""

    how: How
    text: str


@dataclass(frozen=True)
class Passage:
    """A paragraph, list item or heading, as runs of words."""

    kind: str
    """paragraph, item or heading."""
    runs: tuple[Run, ...]
    """Its words in order; what was taken out is before what took its place."""


@dataclass(frozen=True)
class SectionChange:
    """A section of either version and what became of it."""

    id: str
    heading: str
    """In plain text, the new one if it changed."""
    how: How
    passages: tuple[Passage, ...]
    """Its whole text."""


@dataclass(frozen=True)
class Comparison:
    """Everything a reader of both versions could compare, in the new version's order."""

    sections: tuple[SectionChange, ...]
    reordered: bool

    def of(self, how: How) -> tuple[SectionChange, ...]:
        """The sections with that fate."""
        return tuple(section for section in self.sections if section.how is how)

    def words(self, how: How) -> int:
        """How many words were added or removed in all."""
        changed = (section for section in self.sections if section.how is not How.SAME)
        runs = (run for section in changed for passage in section.passages for run in passage.runs)
        return sum(len(run.text.split()) for run in runs if run.how is how)


@dataclass(frozen=True)
class _Part:
    """A section before it is compared."""

    id: str
    heading: str
    texts: tuple[Text, ...]


def compare(old: Version, new: Version, renderer: Renderer, words: Words) -> Comparison:
    """The differences that a reader finds in `new`, in its order; a section taken out stands where it stood."""
    before = {part.id: part for part in _parts(old, renderer, words)}
    after = {part.id: part for part in _parts(new, renderer, words)}
    order = _merged(list(before), list(after))
    kept = [[name for name in names if name in before and name in after] for names in (before, after)]
    return Comparison(tuple(_section(before.get(name), after.get(name)) for name in order), kept[0] != kept[1])


def _merged(old: list[str], new: list[str]) -> list[str]:
    """The new order, with each name that only the old one has after the name that it followed."""
    merged = list(new)
    for index, name in enumerate(old):
        if name not in merged:
            at = merged.index(old[index - 1]) + 1 if index else 0
            merged.insert(at, name)
    return merged


def _parts(version: Version, renderer: Renderer, words: Words) -> Iterator[_Part]:
    yield from _stated(ABOVE, version, words)
    for section in section_html(version, renderer):
        heading = plain_heading(section.heading) or words("page.notice.about")
        yield _Part(section.id, heading, _read(section.html))
    for consent in version.consents:
        heading = words(COMPARED["consents"].words) if len(version.consents) == 1 else consent.statement
        yield _Part(f"consent.{consent.id}", heading, tuple(map(_text, _consent_texts(consent))))
    yield from _stated(BELOW, version, words)


def _stated(table: _Table, version: Version, words: Words) -> Iterator[_Part]:
    for name, (part, texts) in table.items():
        if found := tuple(_text(text) for text in texts(version, words) if text):
            yield _Part(part, words(COMPARED[name].words), found)


_read = lru_cache(KEPT)(passages_in)
"""Most sections are the same in both versions, and many in many notices."""


def _consent_texts(consent: Consent) -> list[str]:
    topic = [consent.topic] if consent.topic else []
    question = [*vars(consent.question).values()] if consent.question else []
    return [*topic, consent.statement, *question, *consent.purposes, consent.effect, consent.if_refused]


def _awaiting(version: Version, words: Words) -> list[str]:
    return [words("page.translation.title")] if version.awaiting_review else []


def _contact(version: Version, _words: Words) -> tuple[str | None, ...]:
    contact = version.service
    return (contact.name, contact.email, contact.phone, contact.post, contact.url) if version.consents else ()


def _renewal(version: Version, words: Words) -> list[str]:
    if not version.consents:
        return []
    if (days := version.renewal.lapses_after_days) is not None:
        return [words("page.changes.renewal_lapses", days=days)]
    return [words("page.changes.renewal_stays" if version.renewal.stays_valid else "page.changes.renewal_ends")]


def _records(version: Version, _words: Words) -> list[str]:
    records = version.consent_records
    return [", ".join(filter(None, (records.keep, records.after)))] if records else []


def _discreet(version: Version, words: Words) -> list[str]:
    return [words("page.changes.discreet")] if version.facets.get("discreet") else []


_Table = Mapping[str, tuple[str, Callable[[Version, Words], Iterable[str | None]]]]
ABOVE: _Table = {
    "title": ("title", lambda version, _: [version.title]),
    "summary": ("summary", lambda version, _: [version.summary]),
    "glance": ("glance", lambda version, _: list(version.facets.get("glance", {}).values())),
    "retired": ("retired", lambda version, _: [version.facets.get("retired")]),
    "translation": ("translation", _awaiting),
}
BELOW: _Table = {
    "owner": ("service", _contact),
    "renewal": ("renewal", _renewal),
    "consent_records": ("consent-records", _records),
    "urgent_help": ("urgent-help", lambda version, _: [version.facets.get("urgent_help")]),
    "discreet": ("discreet", _discreet),
}
"""The facets of `COMPARED` as parts above and below the sections: the part's id and its texts.

Consents come first below.
"""


def _text(text: str) -> Text:
    return Text("paragraph", tuple(text.split()))


def _section(old: _Part | None, new: _Part | None) -> SectionChange:
    part = new or old
    assert part is not None  # noqa: S101 (a name comes from one of the two)
    if old is None or new is None:
        how = How.ADDED if old is None else How.REMOVED
        return SectionChange(part.id, part.heading, how, tuple(_whole(text, how) for text in part.texts))
    if old == new:
        return SectionChange(new.id, new.heading, How.SAME, _unchanged(new.texts))
    passages = list(passages_between(old.texts, new.texts))
    if old.heading != new.heading:
        passages.insert(0, _rewritten(_heading(old), _heading(new)))
    return SectionChange(new.id, new.heading, How.CHANGED, tuple(passages))


@lru_cache(KEPT)
def _unchanged(texts: tuple[Text, ...]) -> tuple[Passage, ...]:
    return tuple(_whole(text, How.SAME) for text in texts)


def _pairs(old: Sequence[Text], new: Sequence[Text]) -> int:
    """How often a word of one text is a word of the other, at most."""
    most = sum(len(text.words) for text in old) * sum(len(text.words) for text in new)
    if most <= MOST_PAIRS:
        return most  # no need to count
    before, after = (Counter(word for text in texts for word in text.words) for texts in (old, new))
    return sum(count * after[word] for word, count in before.items())


def _heading(part: _Part) -> Text:
    return Text("heading", tuple(part.heading.split()))


def passages_between(old: Sequence[Text], new: Sequence[Text]) -> Iterator[Passage]:
    """The passages of two texts in the new one's order, those taken out where they stood, with the words that differ."""
    return _replaced(old, new) if _pairs(old, new) > MOST_PAIRS else _passages(old, new)


def _passages(old: Sequence[Text], new: Sequence[Text]) -> Iterator[Passage]:
    for name, a1, a2, b1, b2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if name == "equal":
            yield from (_whole(text, How.SAME) for text in new[b1:b2])
        else:
            yield from _matched(old[a1:a2], new[b1:b2])


def _matched(old: Sequence[Text], new: Sequence[Text]) -> Iterator[Passage]:
    """Passages that have no equal: each old one with the first new one like it, the rest as removed or added."""
    if len(old) * len(new) > MOST_CANDIDATES:
        yield from _replaced(old, new)
        return
    start = 0
    for text in old:
        at = next((index for index in range(start, len(new)) if _alike(text, new[index])), None)
        if at is None:
            yield _whole(text, How.REMOVED)
            continue
        yield from (_whole(other, How.ADDED) for other in new[start:at])
        yield _rewritten(text, new[at])
        start = at + 1
    yield from (_whole(other, How.ADDED) for other in new[start:])


def _replaced(old: Sequence[Text], new: Sequence[Text]) -> Iterator[Passage]:
    """Everything taken out and everything added, where to look closer would take too long."""
    yield from (_whole(text, How.REMOVED) for text in old)
    yield from (_whole(text, How.ADDED) for text in new)


def _alike(old: Text, new: Text) -> bool:
    """Whether one is the other, rewritten. The two quick ratios are never less than the ratio itself."""
    matcher = SequenceMatcher(None, old.words, new.words, autojunk=False)
    return matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE


def _whole(text: Text, how: How) -> Passage:
    return Passage(text.kind, tuple(_runs([(how, list(text.words))])))


def _rewritten(old: Text, new: Text) -> Passage:
    pieces: list[tuple[How, list[str]]] = []
    matcher = SequenceMatcher(None, old.words, new.words, autojunk=False)
    codes = matcher.get_opcodes()
    for index, (name, a1, a2, b1, b2) in enumerate(codes):
        between = 0 < index < len(codes) - 1
        if name == "equal" and not (between and a2 - a1 <= 2 and _busy(codes[index - 1], codes[index + 1])):
            pieces.append((How.SAME, list(new.words[b1:b2])))
        else:
            pieces += [(How.REMOVED, list(old.words[a1:a2])), (How.ADDED, list(new.words[b1:b2]))]
    return Passage(new.kind, tuple(_runs(_gathered(pieces))))


def _busy(before: tuple[str, int, int, int, int], after: tuple[str, int, int, int, int]) -> bool:
    """Whether the changes on both sides are so long that a word or two between them only make them harder to read."""
    return all(code[0] == "replace" and code[2] - code[1] + code[4] - code[3] >= 4 for code in (before, after))


def _gathered(pieces: Sequence[tuple[How, list[str]]]) -> Iterator[tuple[How, list[str]]]:
    """Between two runs of kept words, all that was removed and then all that was added."""
    waiting: dict[How, list[str]] = {How.REMOVED: [], How.ADDED: []}
    for how, words in [*pieces, (How.SAME, [])]:
        if how is not How.SAME:
            waiting[how] += words
            continue
        yield from ((fate, list(found)) for fate, found in waiting.items())
        for found in waiting.values():
            found.clear()
        yield how, words


def _runs(pieces: Iterator[tuple[How, list[str]]] | list[tuple[How, list[str]]]) -> Iterator[Run]:
    """The pieces that have words; a link's address is shown only where it changed."""
    for how, words in pieces:
        shown = [word for word in words if how is not How.SAME or not word.startswith(ADDRESS)]
        if shown:
            yield Run(how, " ".join(word.removeprefix(ADDRESS) for word in shown))
