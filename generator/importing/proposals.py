"""Facts that a text seems to say, each with the sentence it came from, as comments for the front matter. Pure.

Nothing is decided: an editor who agrees takes the `#` away. Where the text leaves something open, the comment does too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.content import marks, retention

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀ-ÖÂÊÎÔÛŴŶ“\"(])")
_SHORT = re.compile(r"\b(?:e\.g|i\.e|art|para|mr|mrs|ms|dr|st|ltd|e\.e|h\.y)\.(?=[ ,)]*[\w(])", re.I)
_NO_STOP = "\u2024"
"""Stands for the full stop of a short word, which ends no sentence and no name."""
_KEEPS = re.compile(
    r"\b(?:keep|kept|retain\w*|store[sd]?|hold|held|delet\w*|destroy\w*|dispos\w*|remov\w*|eras\w*"
    r"|(?:c|g|ch)adw\w*|d?dil[eë]\w*|d?dinistri\w*|storio)\b",
    re.I,
)
_ARTICLE = re.compile(
    r"\bArt(?:icle|\.)?s? ?\(?([69]) ?\(?[12]?\)? ?\((ea|[a-j])\)|(?<![\d.])([69])\(([12])\) ?\((ea|[a-j])\)", re.I
)
_ACT = re.compile(
    r"\b((?:[A-Z][\w'’&-]{0,40},? |(?:and|of|for|the|in|on|to|etc\.?|\([A-Z][\w ,'’]{0,120}\)) ){0,30}"
    r"(?:Act|Regulations|Order|Measure|Ordinance)"
    r"(?: \([A-Z][\w ]*\))?,? (?:18|19|20)\d\d(?:,? (?:section|s\.?|part|schedule) ?\d+\w*(?:\(\w+\))*)?)"
)
_SHARES = re.compile(
    r"\b(?:shar(?:e|es|ed|ing)|disclos\w+|pass(?:ed)? (?:it |this |your \w+ )?(?:on )?to|rhannu)\b", re.I
)
_WITH = re.compile(
    r"\b(?:with|to|gyda)\b (?:the )?([^.;:]{3,90}?)(?=[.;:]|$| (?:so that|in order|where|when|if|because|for the) )",
    re.I,
)
_GETS = re.compile(
    r"\b(?:receiv\w*|obtain\w*|collect\w*|get|got|given)\b[^.;]{0,80}?\bfrom\b (?:the )?([^.;:]{3,80}?)(?=[.;:]|$)",
    re.I,
)
_DENIED = re.compile(r"\b(?:not|never|nor)\b|n['’]t\b", re.I)
_ABROAD = re.compile(
    r"\b(?:outside (?:of )?(?:the )?(?:UK|United Kingdom|EEA|EU\b|European)|overseas|abroad|third countr\w+|adequacy"
    r"|international transfer|transfer\w* (?:your |personal )*(?:information|data) (?:to|outside)|dramor)",
    re.I,
)
BASES = {
    "a": "consent",
    "b": "contract",
    "c": "legal-obligation",
    "d": "vital-interests",
    "e": "public-task",
    "ea": "recognised-interest",
    "f": "legitimate-interests",
}
"""The ids that bases of UK GDPR article 6(1) get, by the letter of their point."""
_BY_LAW = ("c", "e")
"""The points that rest on an Act."""
_UNKNOWN = "?"
_ASKED = {
    "e": (f"task: {json.dumps(marks.text('what the law has the council do, in plain words'))}",),
    "ea": (f"condition: {json.dumps(marks.text('which recognised interest'))}",),
}
"""Further facts that `check` asks of a basis."""
_WITHDRAWN = re.compile(
    r"\b(?:consent|permission)\b[^.!?]{0,90}\bwithdr|\bwithdr\w+[^.!?]{0,60}\b(?:consent|permission)\b"
    r"|\bth?ynnu[^.!?]{0,30}\bcaniatâd\b[^.!?]{0,20}\byn ôl\b",
    re.I,
)
"""Words that N12 takes for a way to withdraw consent: they name the consent itself, in the same sentence."""
_SPECIAL_POINTS = tuple("abcdefghij")
_MAIL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._%+'-]{0,63}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_PHONE = re.compile(r"(?<![\d/])(?:\+44 ?\(?0?\)? ?|\(?0)\d{2,4}\)?[ -]?\d{3,4}[ -]?\d{3,4}(?!\d)")
_MOST = 12
"""How many proposals of one kind: more are no help."""


@dataclass(frozen=True)
class Passage:
    """Some text of a section: `section` is the standard section that its heading proposes, if any."""

    section: str | None
    text: str
    is_item: bool = False
    record: str = ""
    """The first cell of a table's row."""


def comments(passages: Sequence[Passage]) -> list[str]:
    """Lines of front matter, each starting with `#`.

    No space follows the sign of a key at the first column, so that the lines are right whether an editor takes away
    `#` or what an editing program takes for the sign, `#` with the space after it.
    """
    lines: list[str] = []
    for found in (
        _retention(passages),
        _law(passages),
        _special(passages),
        _sharing(passages),
        _sources(passages),
        _transfers(passages),
        _owner(passages),
    ):
        lines += found
    return [f"#{line}".rstrip() for line in lines]


def _sentences(passages: Sequence[Passage]) -> Iterator[tuple[Passage, str]]:
    for passage in passages:
        for sentence in _SENTENCE.split(_with_short_words_whole(passage.text)):
            if text := " ".join(sentence.split()):
                yield passage, text.replace(_NO_STOP, ".")


def _with_short_words_whole(text: str) -> str:
    return _SHORT.sub(lambda found: found[0].replace(".", _NO_STOP), text)


def value(text: str) -> str:
    """A text on one line, as front matter holds it."""
    return json.dumps(" ".join(text.split()), ensure_ascii=False)


def _source(sentence: str) -> str:
    text = sentence if len(sentence) <= 300 else sentence[:300].rpartition(" ")[0] + " ..."
    return f"    # It says: {text}"


def _retention(passages: Sequence[Passage]) -> list[str]:
    lines: list[str] = []
    for passage, sentence in _sentences(passages):
        is_about_keeping = passage.section == "retention" or _KEEPS.search(sentence)
        proposed = retention.proposed_in(sentence) if is_about_keeping and len(lines) <= 4 * _MOST else None
        if proposed is None:
            continue
        keep, after = proposed
        record = value(passage.record or marks.text("which record"))
        lines += [f"  - record: {record}", f"    keep: {value(keep)}"]
        lines += [f"    after: {value(after)}"] if after else []
        lines.append(_source(sentence))
    return ["retention:", *lines] if lines else []


def _law(passages: Sequence[Passage]) -> list[str]:
    """The lawful bases that the text names, and the Acts: those of a task or a duty, if it names one."""
    points: dict[str, str] = {}
    acts: dict[str, str] = {}
    for _, sentence in _sentences(passages):
        for letter in (point for number, point in _points(sentence) if number == "6"):
            points.setdefault(letter, sentence)
        for act in _ACT.finditer(sentence):
            name = re.sub(r"^(?:(?:and|of|for|the|in|on|to|under|The|Under|In) )+", "", act[1])
            acts.setdefault(name, sentence)
    if acts and not set(points) & set(_BY_LAW):
        points[_UNKNOWN] = ""
    lines: list[str] = []
    remarks = {letter: remark for letter in points if (remark := _not_yet(passages, letter))}
    for letter, sentence in ((letter, sentence) for letter, sentence in points.items() if letter not in remarks):
        lines += [f"  - id: {BASES.get(letter, 'law')}", f"    article: {_article(letter)}"]
        lines += [f"    {line}" for line in _ASKED.get(letter, ())]
        lines += [_source(sentence)] if sentence else []
        if letter in (*_BY_LAW, _UNKNOWN) and acts:
            named = list(acts.items())[:_MOST]
            acts = {}
            lines.append("    legislation:")
            lines += [line for name, its in named for line in (f"      - {value(name)}", f"    {_source(its)}")]
    return [*remarks.values(), *(["lawful_bases:", *lines] if lines else [])]


def _not_yet(passages: Sequence[Passage], letter: str) -> str:
    """Why a point that the text names is no proposal: taken over, `check` would refuse it. Empty for the others."""
    if letter in ("f", "ea"):
        return f" The text names article 6(1)({letter}), and a council cannot rest its public tasks on it: see `check`, G01."
    if letter == "a" and not any(_WITHDRAWN.search(passage.text) for passage in passages):
        return " The text names consent, article 6(1)(a), and not how to withdraw it. Write that, then add the basis."
    return ""


def _article(letter: str) -> str:
    return f"6(1)({letter})" if letter != _UNKNOWN else value(marks.text("6(1)(c) for a duty, or 6(1)(e) for a task"))


def _points(sentence: str) -> Iterator[tuple[str, str]]:
    """The points of articles 6(1) and 9(2) that a sentence names, as article and letter."""
    for found in _ARTICLE.finditer(sentence):
        number, letter = found[1] or found[3], (found[2] or found[5]).lower()
        if letter in (BASES if number == "6" else _SPECIAL_POINTS):
            yield number, letter


def _special(passages: Sequence[Passage]) -> list[str]:
    """The conditions of article 9 that the text names."""
    found: dict[str, str] = {}
    for _, sentence in _sentences(passages):
        for letter in (point for number, point in _points(sentence) if number == "9"):
            if letter != "a" or not _not_yet(passages, letter):
                found.setdefault(letter, sentence)
    lines: list[str] = []
    for letter, sentence in found.items():
        kind = value(marks.text("which kind of sensitive information, such as health"))
        lines += [f"  - label: {kind}", f"    condition: 9(2)({letter})", _source(sentence)]
    return ["special_category:", *lines] if lines else []


def _named(
    passages: Sequence[Passage], section: str, sentence_says: re.Pattern[str], who: re.Pattern[str]
) -> dict[str, str]:
    """The people and bodies named: by the items of the section's lists, and by sentences."""
    found: dict[str, str] = {}
    for passage, sentence in _sentences(passages):
        whole = _with_short_words_whole(sentence)
        if passage.section == section and passage.is_item:
            found.setdefault(sentence.rstrip(".;, "), sentence)
        elif sentence_says.search(whole) and not _DENIED.search(whole) and (named := who.search(whole)):
            found.setdefault(named[1].replace(_NO_STOP, ".").strip(" ,"), sentence)
    return {name: sentence for name, sentence in list(found.items())[:_MOST] if 2 < len(name) < 120}


def _sharing(passages: Sequence[Passage]) -> list[str]:
    lines = []
    for name, sentence in _named(passages, "sharing", _SHARES, _WITH).items():
        lines += [f"  - who: {value(name)}", f"    why: {value(marks.WHY_SHARED)}", _source(sentence)]
    return ["sharing:", *lines] if lines else []


def _sources(passages: Sequence[Passage]) -> list[str]:
    lines = []
    for name, sentence in _named(passages, "sources", _GETS, _GETS).items():
        lines += [f"  - who: {value(name)}", _source(sentence)]
    return ["sources:", *lines] if lines else []


def _transfers(passages: Sequence[Passage]) -> list[str]:
    found = [sentence for _, sentence in _sentences(passages) if _ABROAD.search(sentence)]
    return [f"transfers: {value(marks.TRANSFERS)}", *map(_source, found[:_MOST])] if found else []


def _owner(passages: Sequence[Passage]) -> list[str]:
    """The owner's contacts: the first mail address and the first telephone number; the others as remarks."""
    lines: list[str] = []
    seen: set[str] = set()
    for _, sentence in _sentences(passages):
        for key, pattern in (("email", _MAIL), ("phone", _PHONE)):
            for contact in (match.rstrip(".") for match in pattern.findall(sentence)):
                if contact not in seen and len(seen) < _MOST:
                    sign = "# Or " if any(line.startswith(f"  {key}:") for line in lines) else ""
                    seen.add(contact)
                    lines += [f"  {sign}{key}: {value(contact)}", _source(sentence)]
    return ["owner:", f"  name: {value(marks.text('who answers'))}", *lines]
