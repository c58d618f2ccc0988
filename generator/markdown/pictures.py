"""Pictures of notices: how a text names one, and the name that it is published under, which follows from its bytes. Pure.

A text that was published names the picture's digest, so the same words never stand beside another picture.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from operator import itemgetter

from generator.content.model import Section
from generator.content.notice_file import outside_code
from generator.markdown.image_header import SUFFIXES, Kind

FOLDER = "pictures"
"""Where published pictures are kept within content/, and where they stand on the site."""
MAX_BYTES = 500_000
FROZEN = re.compile(rf"{FOLDER}/[0-9a-f]{{32}}-([1-9][0-9]{{0,4}})x([1-9][0-9]{{0,4}})\.(?:png|jpg|webp|gif)")
"""The name of a published picture: the start of its SHA-256, its width and height in pixels, its kind."""
NAME = re.compile(r"(?:[A-Za-z0-9][A-Za-z0-9_-]*/)*[A-Za-z0-9][A-Za-z0-9._-]*")
_INLINE = r"!\[(?:[^\[\]]|\[[^\[\]]*\])*\]\(\s*<?(?P<inline>[^\s)>\[]{1,2000})"
_HTML = r"<img\b[^<>]{0,1000}?\ssrc\s*=\s*[\"'](?P<html>[^\"'<>]{1,2000})"
_DEFINED = r"^ {0,3}\[[^\]\n^][^\]\n]*\]:[ \t]*<?(?P<defined>\S+?)(?=>?(?:[ \t]|$))"
_REFERENCE = re.compile(rf"{_INLINE}|{_HTML}|{_DEFINED}", re.M | re.I)
_TICKS = re.compile("`+")
_ELSEWHERE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|/|#|\[\[")


@dataclass(frozen=True)
class Picture:
    """A file beside a notice. `kind` is what its first bytes say, None where they say nothing; `size` is in bytes."""

    name: str
    size: int
    digest: str = ""
    kind: Kind | None = None
    linked: bool = False
    """Whether it is a link to a file elsewhere, which is never followed."""

    @property
    def suffix(self) -> str | None:
        """The kind that its name stands for, if that is one that is published."""
        return suffix_of(self.name)

    @property
    def sound(self) -> bool:
        """Whether it can be published."""
        fits = self.kind is not None and self.kind.suffix == self.suffix and self.size <= MAX_BYTES
        return fits and not self.linked and NAME.fullmatch(self.name) is not None

    @property
    def frozen(self) -> str:
        """Its name once it is published, within content/ and on the site. Only for one that is sound."""
        if self.kind is None:
            raise ValueError(f"{self.name} is no picture")
        return f"{FOLDER}/{self.digest[:32]}-{self.kind.width}x{self.kind.height}.{self.kind.suffix}"


def suffix_of(name: str) -> str | None:
    """The kind of picture that a name stands for: `jpg` for `book.JPEG`, None for `book.svg`."""
    return SUFFIXES.get(name.rpartition(".")[2].lower())


@dataclass(frozen=True)
class Reference:
    """A relative address of a picture in a text, from its `start` to its `end`."""

    address: str
    start: int
    end: int

    @property
    def name(self) -> str:
        """The file that it names, within the notice's folder."""
        return self.address.removeprefix("./")


def references(text: str) -> Iterator[Reference]:
    """Every relative address of a picture: of Markdown, of `<img>`, and of definitions that name a picture.

    Addresses that start at the site's or another's root are not looked for beside the notice, and code is no reference.
    """
    if "![" not in text and "<" not in text and "]:" not in text:
        return
    code = _code(text)
    for found in _REFERENCE.finditer(text):
        name = found.lastgroup
        if name is None or _within(found.start(), code):
            continue
        address = found[name]
        if not _ELSEWHERE.match(address) and (name != "defined" or suffix_of(address)):
            yield Reference(address, found.start(name), found.end(name))


def _within(at: int, parts: list[tuple[int, int]]) -> bool:
    """Whether a place is in one of the parts, which are in order and apart from each other."""
    before = bisect_right(parts, at, key=itemgetter(0))
    return before > 0 and at < parts[before - 1][1]


def _code(text: str) -> list[tuple[int, int]]:
    """Where code is in a text, in order: fenced, and between backticks of one line. In one pass."""
    if "`" not in text and "~~~" not in text:
        return []
    found, at = [], 0
    for _, line, prose in outside_code(text.split("\n")):
        found += [(at + start, at + end) for start, end in _spans(line)] if prose else [(at, at + len(line) + 1)]
        at += len(line) + 1
    return found


def _spans(line: str) -> Iterator[tuple[int, int]]:
    """The parts of a line between as many backticks as began them (CommonMark 0.31, 6.1)."""
    runs = [run.span() for run in _TICKS.finditer(line)]
    later: dict[int, list[int]] = {}
    for number in range(len(runs) - 1, -1, -1):
        later.setdefault(runs[number][1] - runs[number][0], []).append(number)
    number = 0
    while number < len(runs):
        start, end = runs[number]
        same = later[end - start]
        while same and same[-1] <= number:
            same.pop()
        if same:
            yield start, runs[same[-1]][1]
            number = same[-1]
        number += 1


def placed(section: Section, beside: Mapping[str, Picture]) -> Section:
    """The section with the published address of each sound picture that it names; all else stays as written."""
    parts, at = [], 0
    for reference in references(section.markdown):
        picture = beside.get(reference.name)
        if picture is not None and picture.sound:
            parts += [section.markdown[at : reference.start], f"/{picture.frozen}"]
            at = reference.end
    text = "".join([*parts, section.markdown[at:]])
    return section if not parts else replace(section, markdown=text)


def named_beside(sections: Iterable[Section], beside: Mapping[str, Picture]) -> dict[str, str]:
    """The sound pictures that sections name, as written before `placed`: each one's name, and its published one."""
    names = {reference.name for section in sections for reference in references(section.markdown)}
    return {name: beside[name].frozen for name in sorted(names & beside.keys()) if beside[name].sound}


def named_in(texts: Iterable[str]) -> set[str]:
    """The published pictures that final words name, by their names within content/."""
    return {found[0] for text in texts for found in FROZEN.finditer(text)}


def size_of(address: str) -> tuple[str, str] | None:
    """Width and height in pixels of the published picture that an address names; None where it names none."""
    found = FROZEN.search(address)
    return (found[1], found[2]) if found else None
