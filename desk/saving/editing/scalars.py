"""Ways to write a text in YAML, the best first: in the style it had, then in safer ones. Pure.

The caller takes the first that is read again as it was meant.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from desk.saving.editing import spans
from desk.saving.editing.plain import chosen, is_literal
from generator.content.decode import NO, YES
from generator.content.model import Email, Ident, NoticeId, Period, Point, Url
from generator.versions import frozen_yaml

_INDICATORS = "-?:,[]{}#&*!|>'\"%@`=<•·▪◦●‣⁃∙–—−~"
_WORDS = frozenset({*YES, *NO, "y", "n", "null", "none", "nan", ".nan", ".inf", "-.inf", "+.inf"})
_NUMBER = re.compile(r"[-+]?[.\d][\d_.,:eExXoO+-]*")
_DAY = re.compile(r"\d{4}-\d{1,2}-\d{1,2}.*")
_WIDEST, _NARROWEST = 120, 40
_BARE = (bool, int, date, Ident, NoticeId, Email, Url, Point, Period)
"""Types whose values are never taken for others: the generator reads every value by its type."""


@dataclass(frozen=True)
class Spot:
    """Where a text is to stand: between brackets or braces, and the indent of its further lines if it has some."""

    flow: bool
    indent: int
    newline: str
    kind: Any = None


def is_plain(text: str, *, flow: bool) -> bool:
    """Whether a text on one line can stand without quotes and is a text to every reader of YAML."""
    if not text or text != text.strip() or "\n" in text or text[0] in _INDICATORS or text.endswith(":"):
        return False
    if ": " in text or " #" in text or "\t" in text or not text.isprintable():
        return False
    if flow and (set(text) & set(",[]{}")):
        return False
    return not _is_word(text)


def _is_word(text: str) -> bool:
    """Whether YAML's own types, by some reader, take a text for something else."""
    return text.lower() in _WORDS or bool(_NUMBER.fullmatch(text)) or bool(_DAY.fullmatch(text))


def fresh(text: str, spot: Spot) -> Iterator[str]:
    """Ways to write a text where none was."""
    if "\n" in text and not spot.flow:
        yield from _block("|-", text.split("\n"), spot)
    if is_plain(text, flow=spot.flow) or (_is_word(text) and _is_bare(spot.kind, text)):
        yield text
    yield frozen_yaml.quoted(text)


def _is_bare(kind: Any, text: str) -> bool:
    if is_literal(kind, text):
        return True
    kind = chosen(kind)
    return kind in _BARE or (isinstance(kind, type) and issubclass(kind, Enum))


def again(text: str, old: spans.Text, written: str, spot: Spot) -> Iterator[str]:
    """Ways to write a text in the place of another, `written` in the file: in its style where that can be."""
    lines = re.split("\r\n|[\n\r]", written)
    if old.style in ("|", ">"):
        yield from _block_again(text, old.style, lines, spot)
    elif "\n" in text:
        yield from fresh(text, spot)
    elif old.style == "'":
        yield from _wrapped("'" + text.replace("'", "''") + "'", lines, spot)
    elif old.style == '"':
        yield from _wrapped(frozen_yaml.quoted(text), lines, spot)
    elif is_plain(text, flow=spot.flow) or (_is_word(text) and _is_word(old.text)):
        yield from _wrapped(text, lines, spot)
    yield from fresh(text, spot)


def _wrapped(text: str, lines: list[str], spot: Spot) -> Iterator[str]:
    """The text on as many lines as it needs where the old one had several, else on one."""
    if len(lines) > 1:
        indent = _indent(lines[1:], spot.indent)
        width = _width(lines)
        first, *rest = textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False) or [""]
        yield spot.newline.join([first, *(" " * indent + line for line in rest)])
    yield text


def _block_again(text: str, style: str, lines: list[str], spot: Spot) -> Iterator[str]:
    header, *old = lines
    within = _indent(old, spot.indent)
    inner = Spot(spot.flow, within, spot.newline)
    if style == ">":
        wrapped: list[str] = []
        for paragraph in text.split("\n"):
            wrapped += [*textwrap.wrap(paragraph, _width(old), break_long_words=False, break_on_hyphens=False), ""]
        yield from _block(header, wrapped[:-1], inner)
    else:
        yield from _block(header, text.split("\n"), inner)
    yield from _block("|-", text.split("\n"), inner)


def _block(header: str, lines: list[str], spot: Spot) -> Iterator[str]:
    indented = [" " * spot.indent + line if line else "" for line in lines]
    yield spot.newline.join([header, *indented])


def _indent(lines: list[str], instead: int) -> int:
    return next((len(line) - len(line.lstrip(" ")) for line in lines if line.strip()), instead)


def _width(lines: list[str]) -> int:
    return min(_WIDEST, max([_NARROWEST, *(len(line.strip()) for line in lines)]))
