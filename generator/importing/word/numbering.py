"""The labels of numbered paragraphs in a Word file, such as 1.1, (a) or iv, which Word counts and never writes down.

ISO/IEC 29500-1, 17.9. Numbers go on through a document: lists of one definition share their count.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from generator.importing.word.styles import Styles
from generator.importing.word.xml import Element, child, is_on, name, number_value, text_value

_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_ROMAN: tuple[tuple[int, str], ...] = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
)
_ROMAN += ((9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


@dataclass(frozen=True)
class Level:
    """How one level of a list is counted and written."""

    number_format: str
    text: str  # `%1.%2` stands for the numbers of the first two levels
    start: int
    restart: int | None  # the level after which it starts again, from 1; 0 for never
    legal: bool  # all numbers as decimals
    left: int  # indent in twentieths of a point


@dataclass(frozen=True)
class Label:
    """The number or bullet that Word prints before a paragraph."""

    list_id: str  # paragraphs with the same one are counted together
    level: int
    number: int
    text: str  # empty for a bullet
    left: int  # indent of its paragraph, in twentieths of a point

    def follows(self, other: Label) -> bool:
        """Whether both are counted together, on one level."""
        return (self.list_id, self.level) == (other.list_id, other.level)

    @property
    def ordered(self) -> bool:
        """Whether it counts."""
        return bool(self.text)

    @property
    def plain(self) -> bool:
        """Whether an ordinary list shows the same number: 4, 4. and (4), but neither 1.4 nor (d) nor Step 4."""
        return self.text.strip("().: ") == str(self.number)


class Numbering:
    """The lists of one file, counted paragraph by paragraph in the order of the text."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._definitions: dict[str, Element] = {}
        self._lists: dict[str, Element] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._begun: set[tuple[str, int]] = set()
        self._definition = cache(self._find_definition)
        self._level = cache(self._read_level)
        if root is not None:
            for definition in root.iterchildren(name("w:abstractNum")):
                self._definitions.setdefault(text_value(definition, "w:abstractNumId"), definition)
            for one in root.iterchildren(name("w:num")):
                self._lists.setdefault(text_value(one, "w:numId"), one)

    def next_label(self, paragraph: Element) -> Label | None:
        """Count a paragraph and say what Word prints before it; nothing where it is not numbered."""
        num_id, level = self._place(paragraph)
        list_id, _ = self._definition(num_id)
        rules = self._level(num_id, level)
        if rules is None:
            return None
        if rules.number_format == "bullet":
            return Label(list_id, level, 0, "", rules.left)
        number = self._count(list_id, num_id, level, rules)
        text = self._text(list_id, num_id, rules)
        return Label(list_id, level, number, text, rules.left) if text else None

    def _place(self, paragraph: Element) -> tuple[str, int]:
        """The list and level of a paragraph, its own or its style's."""
        own = child(paragraph, "w:pPr", "w:numPr")
        style_id = self._styles.of_paragraph(paragraph)
        from_style = self._styles.style_property(style_id, "w:numPr")
        num_id = text_value(child(own, "w:numId")) or text_value(child(from_style, "w:numId"))
        level = number_value(child(own, "w:ilvl"))
        if level is None:
            level = self._level_of_style(num_id, style_id)
        if level is None:
            level = number_value(child(from_style, "w:ilvl"))
        return num_id, min(max(level or 0, 0), _LEVELS - 1)

    def _level_of_style(self, num_id: str, style_id: str) -> int | None:
        """The level that names the style, or the nearest that it is based on: a style has no level of its own."""
        _, definition = self._definition(num_id)
        if definition is None:
            return None
        named = {text_value(child(level, "w:pStyle")): level for level in definition.iterchildren(name("w:lvl"))}
        for style in self._styles.chain(style_id):
            level = named.get(text_value(style, "w:styleId"))
            if level is not None:
                return number_value(level, "w:ilvl")
        return None

    def _find_definition(self, num_id: str, hops: int = 3) -> tuple[str, Element | None]:
        """The definition of a list, also where it only names a style that has it."""
        definition_id = text_value(child(self._lists.get(num_id), "w:abstractNumId"))
        definition = self._definitions.get(definition_id)
        linked = text_value(child(definition, "w:numStyleLink"))
        if linked and hops:
            numbering = self._styles.style_property(linked, "w:numPr")
            return self._definition(text_value(child(numbering, "w:numId")), hops - 1)
        return definition_id, definition

    def _override(self, num_id: str, level: int) -> Element | None:
        one = self._lists.get(num_id)
        if one is None:
            return None
        overrides = one.iterchildren(name("w:lvlOverride"))
        return next((override for override in overrides if number_value(override, "w:ilvl") == level), None)

    def _read_level(self, num_id: str, level: int) -> Level | None:
        _, definition = self._definition(num_id)
        if definition is None:
            return None
        levels = {number_value(rules, "w:ilvl"): rules for rules in definition.iterchildren(name("w:lvl"))}
        rules = child(self._override(num_id, level), "w:lvl")
        if rules is None:
            rules = levels.get(level)
        if rules is None:
            return None
        indent = child(rules, "w:pPr", "w:ind")
        legal = child(rules, "w:isLgl")
        return Level(
            text_value(child(rules, "w:numFmt")) or "decimal",
            text_value(child(rules, "w:lvlText")),
            _start(rules),
            number_value(child(rules, "w:lvlRestart")),
            legal is not None and is_on(legal),
            number_value(indent, "w:left") or number_value(indent, "w:start") or 0,
        )

    def _count(self, list_id: str, num_id: str, level: int, rules: Level) -> int:
        counts = self._counts[list_id]
        start = number_value(child(self._override(num_id, level), "w:startOverride"))
        if start is not None and (num_id, level) not in self._begun:
            counts[level] = start
        elif level in counts:
            counts[level] += 1
        else:
            counts[level] = rules.start
        self._begun.add((num_id, level))
        for deeper in [other for other in counts if other > level]:
            restart = getattr(self._level(num_id, deeper), "restart", None)
            if restart is None or level < restart:
                del counts[deeper]
        return counts[level]

    def _text(self, list_id: str, num_id: str, rules: Level) -> str:
        counts = self._counts[list_id]

        def written(place: re.Match[str]) -> str:
            level = int(place[1]) - 1
            its_rules = self._level(num_id, level)
            if its_rules is None:
                return ""
            number = counts.setdefault(level, its_rules.start)
            return written_number(number, "decimal" if rules.legal else its_rules.number_format)

        return _PLACE.sub(written, rules.text).strip()


def written_number(number: int, number_format: str) -> str:
    """A number as a format of Word writes it. Formats of other scripts are written as decimals."""
    if number_format == "none":
        return ""
    if number_format == "decimalZero":
        return f"{number:02d}"
    if number_format == "ordinal":
        return f"{number}{_ordinal(number)}"
    if number_format in ("lowerLetter", "upperLetter") and 0 < number <= 780:
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)  # z is followed by aa, bb, cc
        return letter.upper() if number_format == "upperLetter" else letter
    if number_format in ("lowerRoman", "upperRoman") and 0 < number < 4000:
        roman = _roman(number)
        return roman.upper() if number_format == "upperRoman" else roman
    return str(number)


def _roman(number: int) -> str:
    text = ""
    for value, sign in _ROMAN:
        times, number = divmod(number, value)
        text += sign * times
    return text


def _ordinal(number: int) -> str:
    if number % 100 in (11, 12, 13):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def _start(rules: Element) -> int:
    start = number_value(child(rules, "w:start"))
    return 0 if start is None else start
