"""Statements on how long records are kept, each with the sentence that residents read, and how many are understood.

`python -m tests.retention_statements` prints the figures of docs/assurance.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from generator.content import retention, site_file
from generator.content.model import Retention
from generator.content.retention import Unread
from generator.pages import theme
from generator.wording import retention_sentences
from generator.wording.context import Setting
from tests.site_fixtures import PROJECT, SITE

FILE = PROJECT / "tests" / "retention_statements.txt"
COUNCIL, _ = site_file.read(SITE.encode())
WORDS = theme.read_words([theme.OWN_TEMPLATES], ("en", "cy"))
MADE = date(2026, 5, 10)
_CHANGED = frozenset(
    re.findall(
        r"\w+",
        """kept retained stored period total academic from following since within more than longer maximum minimum
        between plus then after birth thereafter afterwards further which point with when being will closure closes contact last
        complete file held line accordance with council indefinitely permanent permanently minimum
        ddiwedd cyfnod gyfnod uchafswm isafswm ddyddiad dyddiad diwedd ynghyd gyfredol dilyn wedi hynny rhwng angen geni chwe barhaol unol gadw
        flwyddyn""",
    )
)
"""Words for which the sentence may have others."""


@dataclass(frozen=True)
class Statement:
    """An editor's `keep` and `after`, and the sentence that a page shows."""

    keep: str
    after: str
    expected: str
    language: str
    half: str

    @property
    def sentence(self) -> str:
        """The sentence on the page."""
        assert COUNCIL
        setting = Setting(COUNCIL, WORDS[self.language], MADE, {})
        row = retention_sentences.row(Retention("r", self.keep, self.after or None), setting)
        return row.removeprefix("**R:** ")

    @property
    def is_understood(self) -> bool:
        """Whether the grammar knows it, and the page shows the whole sentence."""
        return not isinstance(retention.read(self.keep, self.after).keep, Unread) and self.sentence == self.expected

    @property
    def lost(self) -> list[str]:
        """The words of the statement that the page does not show; numbers in words count as their digits."""
        return [word for word in _words(self.keep) if word not in _CHANGED and word not in _words(self.sentence)]


def _words(text: str) -> list[str]:
    return [word for word in re.findall(r"[^\W\d_]{4,}", text.lower()) if not _is_number(word)]


def _is_number(word: str) -> bool:
    return retention.read(f"{word} years").keep != Unread(f"{word} years")


def statements() -> Iterator[Statement]:
    """Those of the file, in its order."""
    language = half = ""
    for line in FILE.read_text("utf-8").splitlines():
        if line.startswith("== "):
            language, _, half = line.removeprefix("== ").partition(", ")
        elif line and not line.startswith("#"):
            written, _, expected = line.partition(" => ")
            keep, _, after = written.partition(" ;; ")
            yield Statement(keep, after, expected, language, half)


if __name__ == "__main__":
    for (language, half), some in groupby(statements(), lambda one: (one.language, one.half)):
        those = list(some)
        right = sum(one.is_understood for one in those)
        whole = sum(not one.lost for one in those)
        print(f"{language}, {half}: {right} of {len(those)} understood as whole sentences; {whole} lose no word")
