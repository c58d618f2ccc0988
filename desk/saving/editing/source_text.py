"""A file's bytes as parts that edits replace: the mark of UTF-8 before it, its facts, the lines of its body. Pure.

Put together again without a change, the parts are the same bytes.
"""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath
from typing import Any

from generator.content import front_matter, notice_file, site_file, yaml_tree
from generator.content.model import Facets
from generator.content.site_file import SiteSource
from generator.problems import ContentError, Problem, errors_in

MARK = "\ufeff"
_LINES = re.compile("[^\r\n]*(?:\r\n|[\n\r])|[^\r\n]+")
_ANY_END = re.compile("\r\n|[\n\r]")


class Form(StrEnum):
    """The make-up of a file: facts and a body, facts alone, or one text."""

    NOTICE = "notice"
    SITE = "site"
    SHARED = "shared"

    @property
    def kind(self) -> Any:
        """The type of its facts."""
        return SiteSource if self is Form.SITE else Facets


def form_of(file: str) -> Form:
    """The make-up of a file of the site, by its name within the site's folder."""
    if file == site_file.FILE:
        return Form.SITE
    return Form.SHARED if PurePosixPath(file).parent == PurePosixPath("content/shared") else Form.NOTICE


@dataclass(frozen=True)
class SourceText:
    """A file in parts.

    `facts` and `lines` are as written; `top` and `close` are the `---` lines and what is above them.
    """

    file: str
    form: Form
    mark: str
    top: str
    facts: str
    close: str
    lines: tuple[str, ...]
    """The lines of the body, each with its own end."""
    newline: str
    """The line end of new lines: that of the file's first line."""
    body_line: int
    matter_line: int
    tree: yaml_tree.Node | None = None
    """The reading of its facts; only of a text that was not changed since."""
    facts_problems: tuple[Problem, ...] = ()
    """Why facts cannot be changed: what else could be read of them is not all that is written."""

    @property
    def has_title(self) -> bool:
        """Whether the facts have a title, so that a heading that opens the body is none."""
        return isinstance(self.tree, yaml_tree.Mapping) and any(key.text == "title" for key, _ in self.tree.entries)

    @property
    def data(self) -> bytes:
        """The whole file."""
        return "".join([self.mark, self.top, self.facts, self.close, *self.lines]).encode()

    def with_facts(self, facts: str) -> SourceText:
        """The file with other facts, between `---` lines that it may not have had."""
        if facts and self.form is Form.NOTICE and not self.close:
            line = f"---{self.newline}"
            return dataclasses.replace(self, top=self.top or line, facts=facts, close=line)
        return dataclasses.replace(self, facts=facts)

    def with_lines(self, lines: list[str]) -> SourceText:
        """The file with another body."""
        close = self.close
        if lines and close and not close.endswith(("\n", "\r")):
            close += self.newline
        return dataclasses.replace(self, lines=tuple(lines), close=close)


def lines_of(text: str) -> list[str]:
    """The lines of a text, each with its own end; the last may have none."""
    return _LINES.findall(text)


def split(data: bytes, file: str) -> SourceText:
    """A file in parts.

    `ContentError` where nobody could say what is written in it: no UTF-8, a merge's marks, too large.
    """
    text, problems = notice_file.decode_text(data, file)
    if text is None:
        raise ContentError(problems)
    written = data.decode("utf-8")
    mark = MARK if written.startswith(MARK) else ""
    lines = lines_of(written.removeprefix(MARK))
    first = _ANY_END.search(written)
    newline = first[0] if first else "\n"
    form = form_of(file)
    whole = SourceText(file, form, mark, "", "", "", tuple(lines), newline, 1, 1, facts_problems=tuple(problems))
    if form is Form.SHARED:
        return whole
    parts = front_matter.split(text, file)
    matter = text if form is Form.SITE else parts.matter
    tree, yaml_problems = yaml_tree.parse(matter or "", file, 1 if form is Form.SITE else parts.matter_line)
    if form is Form.SITE:
        wrong = (*problems, *errors_in(yaml_problems))
        return dataclasses.replace(whole, facts="".join(lines), lines=(), tree=tree, facts_problems=wrong)
    if parts.matter is None:
        return whole
    start, end = parts.matter_line - 1, parts.body_line - 1
    return dataclasses.replace(
        whole,
        top="".join(lines[:start]),
        facts="".join(lines[start : end - 1]),
        close="".join(lines[end - 1 : end]),
        lines=tuple(lines[end:]),
        body_line=parts.body_line,
        matter_line=parts.matter_line,
        tree=tree,
        facts_problems=(*problems, *parts.problems, *errors_in(yaml_problems)),
    )
