"""Facts that a text seems to say, each with the sentence it came from, as comments for the front matter. Pure.

Nothing is decided: an editor who agrees takes the `#` away. Where the text leaves something open, the comment does too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀ-ÖÂÊÎÔÛŴŶ“\"(])")
_NUMBERS = "one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|twenty-five|fifty|seventy-five|a hundred"
_PERIOD = re.compile(
    rf"\b(?:(?:up to|at least|a minimum of|a maximum of|for) )?((?:\d{{1,3}}|{_NUMBERS})(?: ?(?:-|–|to) ?\d{{1,3}})? ?"
    r"(?:calendar |working )?(?:years?|months?|weeks?|days?))\b|\b(permanently|indefinitely)\b",
    re.I,
)
_KEEPS = re.compile(
    r"\b(?:keep|kept|retain\w*|store[sd]?|hold|held|delet\w*|destroy\w*|dispos\w*|remov\w*|cadw\w*|eras\w*)\b", re.I
)
_AFTER = re.compile(
    r"\b(?:after|from|following|since)\b (?:the )?([^.;,()]{3,60}?)(?=[.;,()]|$| and | unless | or (?:longer|until))",
    re.I,
)
_ARTICLE = re.compile(
    r"\bArt(?:icle|\.)?s? ?\(?([69]) ?\(?1?\)? ?\(([a-j])\)|(?<![\d.])([69])\(([12])\) ?\(([a-j])\)", re.I
)
_ACT = re.compile(
    r"\b((?:[A-Z][\w'’&-]*,? |(?:and|of|for|the|in|on|to|etc\.?|\([A-Z][\w ,'’]*\)) )*(?:Act|Regulations|Order|Measure|Ordinance)"
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
_MAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
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
    """Lines of front matter, each starting with `#`."""
    lines: list[str] = []
    for found in (_retention(passages), _law(passages), _sharing(passages), _sources(passages), _transfers(passages)):
        lines += found
    lines += _contacts(passages)
    return [f"# {line}".rstrip() for line in lines]


def _sentences(passages: Sequence[Passage]) -> Iterator[tuple[Passage, str]]:
    for passage in passages:
        for sentence in _SENTENCE.split(passage.text):
            if text := " ".join(sentence.split()):
                yield passage, text


def _value(text: str) -> str:
    return json.dumps(" ".join(text.split()), ensure_ascii=False)


def _source(sentence: str) -> str:
    text = sentence if len(sentence) <= 300 else sentence[:300].rpartition(" ")[0] + " ..."
    return f"    # It says: {text}"


def _retention(passages: Sequence[Passage]) -> list[str]:
    lines: list[str] = []
    for passage, sentence in _sentences(passages):
        period = _PERIOD.search(sentence)
        if period is None or not (_KEEPS.search(sentence) or passage.section == "retention") or len(lines) > 4 * _MOST:
            continue
        after = _AFTER.search(sentence, period.end())
        record = _value(passage.record) if passage.record else '"[TO WRITE: which record]"'
        lines += [f"  - record: {record}", f"    keep: {_value(period[1] or 'permanently')}"]
        lines += [f"    after: {_value(after[1])}"] if after else []
        lines.append(_source(sentence))
    return ["retention:", *lines] if lines else []


def _law(passages: Sequence[Passage]) -> list[str]:
    found: dict[str, str] = {}
    for _, sentence in _sentences(passages):
        for article in _ARTICLE.finditer(sentence):
            number, letter = article[1] or article[3], (article[2] or article[5]).lower()
            paragraph = article[4] or ("1" if number == "6" else "2")
            found.setdefault(f"article: {number}({paragraph})({letter})", sentence)
        for act in _ACT.finditer(sentence):
            name = re.sub(r"^(?:(?:and|of|for|the|in|on|to|under|The|Under|In) )+", "", act[1])
            found.setdefault(f"legislation: {_value(name)}", sentence)
    lines = [line for what, sentence in list(found.items())[:_MOST] for line in (f"  - {what}", _source(sentence))]
    return ["lawful_bases:", *lines] if lines else []


def _named(
    passages: Sequence[Passage], section: str, sentence_says: re.Pattern[str], who: re.Pattern[str]
) -> dict[str, str]:
    """Who is named: by the items of the section's lists, and by sentences."""
    found: dict[str, str] = {}
    for passage, sentence in _sentences(passages):
        if passage.section == section and passage.is_item:
            found.setdefault(sentence.rstrip(".;, "), sentence)
        elif sentence_says.search(sentence) and not _DENIED.search(sentence) and (named := who.search(sentence)):
            found.setdefault(named[1].strip(" ,"), sentence)
    return {name: sentence for name, sentence in list(found.items())[:_MOST] if 2 < len(name) < 120}


def _sharing(passages: Sequence[Passage]) -> list[str]:
    lines = []
    for name, sentence in _named(passages, "sharing", _SHARES, _WITH).items():
        lines += [f"  - who: {_value(name)}", "    why: \"[TO WRITE: why; reads on from 'to']\"", _source(sentence)]
    return ["sharing:", *lines] if lines else []


def _sources(passages: Sequence[Passage]) -> list[str]:
    lines = []
    for name, sentence in _named(passages, "sources", _GETS, _GETS).items():
        lines += [f"  - who: {_value(name)}", _source(sentence)]
    return ["sources:", *lines] if lines else []


def _transfers(passages: Sequence[Passage]) -> list[str]:
    found = [sentence for _, sentence in _sentences(passages) if _ABROAD.search(sentence)]
    return ['transfers: "[TO WRITE: none, or the country]"', *map(_source, found[:_MOST])] if found else []


def _contacts(passages: Sequence[Passage]) -> list[str]:
    lines: list[str] = []
    seen: set[str] = set()
    for _, sentence in _sentences(passages):
        for key, pattern in (("email", _MAIL), ("phone", _PHONE)):
            for found in pattern.findall(sentence):
                if found not in seen and len(seen) < _MOST:
                    seen.add(found)
                    lines += [f"  {key}: {_value(found.rstrip('.'))}", _source(sentence)]
    return ["owner:", '  name: "[TO WRITE: who answers]"', *lines] if lines else []
