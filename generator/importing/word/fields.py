"""Fields in a Word file: instructions whose last result Word keeps beside them (ISO/IEC 29500-1, 17.16)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.importing.word.xml import Element, child, is_on, name, number_value, text_value

_LISTS = frozenset({"TOC", "TOA", "INDEX"})
_PAGES = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES", "PAGEREF"})
_DATES = frozenset({"DATE", "TIME", "CREATEDATE", "SAVEDATE", "PRINTDATE"})
_ARGUMENT = re.compile(r'\\(\S)|"((?:[^"\\]|\\.)*)"|(\S+)')
_CHARACTER = re.compile(r"\\(.)")


@dataclass(eq=False)  # one field is not another with the same words
class Field:
    """One field, while its characters go by."""

    instruction: str = ""
    in_result: bool = False
    begin: Element | None = None  # has the state of a form's field
    result: str = ""  # kept only where the field is left out

    @property
    def kind(self) -> str:
        """Its first word, such as `PAGE`."""
        return (self.instruction.split() or [""])[0].upper()

    @property
    def left_out(self) -> str:
        """The report's name for a field whose result means nothing on a web page; empty for one that is kept."""
        if self.kind in _LISTS:
            return "table of contents"
        return "page number" if self.kind in _PAGES else ""

    @property
    def mark(self) -> str:
        """The mark on a value that an editor must decide on: a date that was to change by itself, a name that was to
        be filled in."""
        if self.kind in _DATES:
            return "date"
        return "merge field" if self.kind == "MERGEFIELD" else ""

    @property
    def address(self) -> str:
        """Where `HYPERLINK` leads, with `#` before a bookmark; empty for other fields."""
        if self.kind != "HYPERLINK":
            return ""
        address = bookmark = switch = ""
        for found in _ARGUMENT.finditer(self.instruction.strip()[len(self.kind) :]):
            if found[1]:
                switch = found[1].lower()
                continue
            argument = _CHARACTER.sub(r"\1", found[2]) if found[2] is not None else found[3]
            if switch == "l":
                bookmark = argument
            elif not switch and not address:
                address = argument
            switch = ""
        return f"{address}#{bookmark}" if bookmark else address

    @property
    def bookmark(self) -> str:
        """Where `REF` leads; empty for other fields, and where it only repeats words."""
        words = self.instruction.split()
        if self.kind == "REF" and "\\h" in words[2:]:
            return words[1]
        return ""

    @property
    def form_value(self) -> str:
        """The value that a tick box or a drop-down list of an old form shows; empty for other fields."""
        state = child(self.begin, "w:ffData")
        if self.kind == "FORMCHECKBOX":
            box = child(state, "w:checkBox")
            ticked = child(box, "w:checked")
            ticked = child(box, "w:default") if ticked is None else ticked
            return "☒" if ticked is not None and is_on(ticked) else "☐"
        if self.kind == "FORMDROPDOWN":
            choices = child(state, "w:ddList")
            entries = [] if choices is None else choices.findall(name("w:listEntry"))
            chosen = number_value(child(choices, "w:result")) or 0
            return text_value(entries[chosen]) if 0 <= chosen < len(entries) else ""
        return ""


class Fields:
    """Which fields are open at a place of the text. A field that never ends is none: it would swallow the rest."""

    def __init__(self, root: Element) -> None:
        self._open: list[Field] = []
        self._of: dict[Element, Field] = {}
        begun: list[list[Element]] = []
        for sign in root.iter(name("w:fldChar")):
            kind = text_value(sign, "w:fldCharType")
            if kind == "begin":
                begun.append([sign])
            elif begun and kind == "separate":
                begun[-1].append(sign)
            elif begun and kind == "end":
                parts = begun.pop()
                field = Field(begin=parts[0])
                self._of.update((part, field) for part in (*parts, sign))

    def sign(self, sign: Element) -> Field | None:
        """Pass a `w:fldChar`. The field, where it ends here."""
        field = self._of.get(sign)
        kind = text_value(sign, "w:fldCharType")
        if field is None:
            return None
        if kind == "begin":
            self._open.append(field)
        elif kind == "separate":
            field.in_result = True
        elif field in self._open:
            self.close(field)
            return field
        return None

    def instruct(self, text: str) -> None:
        """Pass a piece of an instruction."""
        if self._open and not self._open[-1].in_result:
            self._open[-1].instruction += text

    def open(self, instruction: str) -> Field:
        """Begin a simple field, which `close` ends."""
        field = Field(instruction, in_result=True)
        self._open.append(field)
        return field

    def close(self, field: Field) -> None:
        """End a simple field."""
        self._open = [other for other in self._open if other is not field]

    def shows(self, text: str) -> bool:
        """Whether text at this place is seen and kept; what is left out is remembered by its field."""
        for field in self._open:
            if not field.in_result:
                return False
            if field.left_out:
                field.result += text
                return False
        return True

    def innermost(self, what: str) -> str:
        """The `mark`, `address` or `bookmark` of the innermost open field that has one."""
        values = (str(getattr(field, what)) for field in reversed(self._open))
        return next(filter(None, values), "")
