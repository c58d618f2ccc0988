"""The look of a paragraph or run of a Word file through its styles, each based on another (ISO/IEC 29500-1, 17.7)."""

from __future__ import annotations

import re
from functools import cache

from generator.importing.word.xml import Element, child, is_on, name, number_value, text_value

_HEADING = re.compile(r"heading ([1-9])")
_BODY_TEXT = 9
"""The outline level that takes a paragraph out of the outline."""


class Styles:
    """The styles of one file; an empty one where it has none."""

    def __init__(self, root: Element | None) -> None:
        self._by_id: dict[str, Element] = {}
        self._default = ""
        self._defaults = None if root is None else child(root, "w:docDefaults", "w:rPrDefault", "w:rPr")
        for style in [] if root is None else root.iterchildren(name("w:style")):
            self._by_id.setdefault(text_value(style, "w:styleId"), style)
            if text_value(style, "w:type") == "paragraph" and text_value(style, "w:default") in ("1", "true", "on"):
                self._default = text_value(style, "w:styleId")
        self.chain = cache(self._chain)
        self.of_style = cache(self._of_style)

    def _chain(self, style_id: str) -> tuple[Element, ...]:
        """A style and those that it is based on, nearest first. A circle ends where it closes."""
        styles: list[Element] = []
        while (style := self._by_id.get(style_id)) is not None and style not in styles:
            styles.append(style)
            style_id = text_value(child(style, "w:basedOn"))
        return tuple(styles)

    def names(self, style_id: str) -> list[str]:
        """The names of a style and of those under it: Word keeps built-in names in English in every language."""
        return [text_value(child(style, "w:name")).lower() for style in self.chain(style_id)]

    def of_paragraph(self, paragraph: Element) -> str:
        """The id of a paragraph's style."""
        return text_value(child(paragraph, "w:pPr", "w:pStyle")) or self._default

    def paragraph_property(self, paragraph: Element, property_name: str) -> Element | None:
        """A property such as `w:ind`: the paragraph's own, else the nearest style's."""
        own = child(paragraph, "w:pPr", property_name)
        return own if own is not None else self.style_property(self.of_paragraph(paragraph), property_name)

    def style_property(self, style_id: str, property_name: str) -> Element | None:
        """A property of paragraphs that a style has or inherits."""
        for style in self.chain(style_id):
            if (from_style := child(style, "w:pPr", property_name)) is not None:
                return from_style
        return None

    def run_property(self, run: Element, property_name: str, *, paragraph: Element | None = None) -> Element | None:
        """A property such as `w:vanish`: the run's own, else that of its style, of the paragraph's, of the file."""
        own = child(run, "w:rPr")
        value = child(own, property_name)
        if value is None:
            value = self.of_style(text_value(child(own, "w:rStyle")), property_name)
        if value is None and paragraph is not None:
            value = self.of_style(self.of_paragraph(paragraph), property_name)
        return child(self._defaults, property_name) if value is None else value

    def _of_style(self, style_id: str, property_name: str) -> Element | None:
        """A property of runs that a style has or inherits."""
        values = (child(style, "w:rPr", property_name) for style in self.chain(style_id))
        return next((value for value in values if value is not None), None)

    def run_is(self, run: Element, property_name: str, *, paragraph: Element | None = None) -> bool:
        """Whether a switch of a run is on, such as `w:b`."""
        value = self.run_property(run, property_name, paragraph=paragraph)
        return value is not None and is_on(value)

    def hidden(self, run: Element) -> bool:
        """Whether nobody sees a run (`w:vanish`), by itself or through a style."""
        paragraph = next(run.iterancestors(name("w:p")), None)
        return self.run_is(run, "w:vanish", paragraph=paragraph)

    def heading(self, paragraph: Element) -> int | None:
        """The level of a heading: 0 for the title of the document, 1 to 9, nothing for any other paragraph."""
        own = number_value(child(paragraph, "w:pPr", "w:outlineLvl"))
        if own is not None:
            return _outline(own)
        for style in self.chain(self.of_paragraph(paragraph)):
            style_name = text_value(child(style, "w:name")).lower()
            if style_name == "title":
                return 0
            if numbered := _HEADING.fullmatch(style_name):
                return int(numbered[1])
            level = number_value(child(style, "w:pPr", "w:outlineLvl"))
            if level is not None:
                return _outline(level)
        return None

    def bold_first_row(self, style_id: str) -> bool:
        """Whether a style of tables prints the first row as a header."""
        for style in self.chain(style_id):
            for part in style.iterchildren(name("w:tblStylePr")):
                bold = child(part, "w:rPr", "w:b")
                if text_value(part, "w:type") == "firstRow" and bold is not None:
                    return is_on(bold)
        return False


def _outline(level: int) -> int | None:
    return level + 1 if 0 <= level < _BODY_TEXT else None
