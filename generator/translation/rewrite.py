"""New texts in a notice's file, with every remark, order and layout of it kept. Pure.

A text that is already there is not touched, so that the same texts give the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from generator.content.model import BodySection, Notice
from generator.versions import frozen_yaml

_AWAITING = "translation:\n  status: awaiting-review\n"
_TRANSLATION = re.compile(r"^translation:.*\n(?:(?:[ \t]+.*|[ \t]*)\n)*?(?=\S|\Z)", re.M)
_PLAIN = re.compile(r"[^\W\d_](?:[\w'’().–-]| (?=\S))*")
_RESERVED = frozenset({"yes", "no", "on", "off", "true", "false", "null", "none"})


def front_matter(matter: str, texts: Mapping[str, str]) -> str:
    """The front matter with new texts at facet paths; `KeyError` names a path at which no text stands."""
    spans = dict(_spans(matter))
    edits = []
    for path, text in texts.items():
        start, end, old = spans[_written_at(path, spans)]
        if old.strip() != text:
            written = matter[start:end]
            after = written[len(written.rstrip("\n")) :]  # a block's last line ends are part of it
            edits.append((start, end, scalar(text) + after))
    for start, end, text in sorted(edits, reverse=True):
        matter = matter[:start] + text + matter[end:]
    return matter


def awaiting_review(matter: str) -> str:
    """The front matter saying that the translation awaits review, and nothing of an earlier one."""
    found = _TRANSLATION.search(f"{matter}\n")
    if found and found[0].strip() == _AWAITING.strip():
        return matter
    if found:
        gap = "\n" if found[0].endswith("\n\n") else ""
        return f"{matter}\n".replace(found[0], _AWAITING + gap, 1).removesuffix("\n")
    return f"{matter}\n{_AWAITING}".removesuffix("\n")


def scalar(text: str) -> str:
    """A text as YAML: as it is where that is safe, else in double quotes."""
    if _PLAIN.fullmatch(text) and text.lower() not in _RESERVED:
        return text
    return frozen_yaml.quoted(text)


def body(notice: Notice) -> str:
    """A body as text: the opening, then every section under its heading."""
    parts = [notice.opening.markdown] if notice.opening else []
    parts += [_section(section) for section in notice.sections]
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def _section(section: BodySection) -> str:
    mark = f" {{#{section.id}}}" if section.id else ""
    return f"## {section.heading}{mark}\n\n{section.markdown}"


def remarks(matter: str) -> list[str]:
    """The remarks of a front matter: its lines that start with #."""
    return [line.strip() for line in matter.split("\n") if line.lstrip().startswith("#")]


def _written_at(path: str, spans: Mapping[str, Any]) -> str:
    """Where a text really stands: `data.0.label` is at `data.0` where the item is a plain text."""
    shorter = path
    while shorter and shorter not in spans:
        shorter = shorter.rpartition(".")[0]
    if not shorter:
        raise KeyError(path)
    return shorter


def leaves(matter: str) -> dict[str, str]:
    """Every value of a front matter by its path."""
    return {path: text.strip() for path, (_, _, text) in _spans(matter)}


def _spans(matter: str) -> Iterator[tuple[str, tuple[int, int, str]]]:
    """The path of every value with where it starts and ends. The text has been read before: it is YAML."""
    events: Iterator[Any] = iter(list(yaml.parse(matter, Loader=yaml.BaseLoader)))
    next(events)
    if isinstance(next(events), yaml.DocumentStartEvent):
        yield from _node(next(events), events, "")


def _extent(event: Any) -> tuple[int, int]:
    return event.start_mark.index, event.end_mark.index


def _node(event: Any, events: Iterator[Any], path: str) -> Iterator[tuple[str, tuple[int, int, str]]]:
    if isinstance(event, yaml.ScalarEvent):
        yield path, (*_extent(event), event.value)
    elif isinstance(event, yaml.SequenceStartEvent):
        index = 0
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            yield from _node(event, events, f"{path}.{index}".lstrip("."))
            index += 1
    else:
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            yield from _node(next(events), events, f"{path}.{event.value}".lstrip("."))
