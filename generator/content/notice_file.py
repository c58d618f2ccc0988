"""A notice's file to its working text, or every problem in it at once.

The front matter is YAML between two `---` lines; the body is Markdown, cut into sections at its `##` headings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.content import front_matter, merge_marks, yaml_tree
from generator.content.decode import Decoder
from generator.content.faults import B01, B02, B03, Y01, Y02
from generator.content.model import BodySection, Facets, Notice
from generator.content.unseen_signs import seen
from generator.problems import Place, Problem
from widget.manifest import IDENT

MAX_BYTES = 1_000_000
MAX_SECTION = 64_000
MAX_SECTIONS = 1_000
MAX_HEADING = 500
"""A longer line is no heading."""
HEADING = re.compile(r" {0,3}##(?!#)[ \t]*(.*?)[ \t]*#*[ \t]*$")
ID_MARK = re.compile(r"\s*\{#([^}]*)\}\s*$")
ANCHOR = re.compile(r"[^\s\"'<>&#{}]{1,100}")
"""An old id of a heading, which links of other sites lead to, whatever its form."""
FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
UNDERLINE = re.compile(r" {0,3}-{2,}[ \t]*$")
TITLE = re.compile(r"# +(.+?)[ \t]*#*$")
TITLE_LINE = re.compile(r" {0,3}={2,}[ \t]*$")
OPENS, CLOSES = re.compile(r" {0,3}<details[\s>]", re.I), re.compile(r"</details>", re.I)


@dataclass(frozen=True)
class _Line:
    number: int
    text: str
    file: str = ""
    """The file that the line is in, where it is another than the notice's."""


def read(data: bytes, file: str, notice: str, language: str) -> tuple[Notice | None, list[Problem]]:
    """The working text in a file, and what is wrong with it; None only where nothing can be made of the file."""
    text, problems = decode_text(data, file)
    if text is None:
        return None, problems
    parts = front_matter.split(text, file)
    matter = parts.matter
    tree, yaml_problems = yaml_tree.parse(matter, file, parts.matter_line) if matter is not None else (None, [])
    lines = [_Line(parts.body_line + index, line) for index, line in enumerate(parts.body.split("\n"))]
    title, lines = (None, lines) if _has_title(tree) else _title(lines)
    if title:
        tree = _with_title(tree, title, file)
    decoder = Decoder(file)
    written = set(yaml_tree.written_keys(matter or ""))
    decoder.unread |= written - {key.text for key, _ in tree.entries} if isinstance(tree, yaml_tree.Mapping) else set()
    facets = decoder.decode(Facets, tree, Place(file))
    opening, sections = _sections(lines, file)
    problems = [*problems, *parts.problems, *yaml_problems, *decoder.problems, *_section_problems(sections)]
    if len(sections) > MAX_SECTIONS:
        place = sections[MAX_SECTIONS].place
        problems.append(Y02.problem(place, "There are too many sections.", "Keep a notice under a thousand of them."))
    if facets is None:
        return None, problems
    unread = decoder.unread | (written - decoder.places.keys())
    return Notice(notice, language, facets, opening, sections, decoder.places, file, frozenset(unread)), problems


def decode_text(data: bytes, file: str) -> tuple[str | None, list[Problem]]:
    """The text of a file in NFC, with line ends as LF and without signs that nobody sees; a problem where it is too large,
    not UTF-8, left over from a merge, or has characters that no text has."""
    if len(data) > MAX_BYTES:
        return None, [Y02.problem(Place(file), "This file is too large to read.", "Keep it under a million bytes.")]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as failure:
        before = _line_ends(failure.object[: failure.start].decode("utf-8"))  # without the mark of UTF-8 at the start
        place = Place(file, before.count("\n") + 1, len(before) - before.rfind("\n"))
        return None, [Y01.problem(place, "This file is not UTF-8 text.", "Save it again with the encoding UTF-8.")]
    text = seen(_line_ends(text))
    if merged := merge_marks.problems(text, file):
        return None, merged
    problems = []
    if found := yaml_tree.NOT_TEXT.search(text):
        place = Place(file, text.count("\n", 0, found.start()) + 1, found.start() - text.rfind("\n", 0, found.start()))
        remedy = f"Delete it (U+{ord(found[0]):04X}), and any others like it: they cannot be seen."
        problems.append(Y01.problem(place, "There is a character here that is not text.", remedy))
    return yaml_tree.NOT_TEXT.sub(" ", text), problems


def _line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _has_title(tree: yaml_tree.Node | None) -> bool:
    return isinstance(tree, yaml_tree.Mapping) and any(key.text == "title" for key, _ in tree.entries)


def _title(lines: list[_Line]) -> tuple[_Line | None, list[_Line]]:
    """A `# Title` that opens the body, or a line underlined with `===`: the title of a pasted notice, and the rest."""
    first = next((index for index, line in enumerate(lines) if line.text.strip()), None)
    if first is None or len(lines[first].text) > MAX_HEADING:
        return None, lines
    line, after = lines[first], lines[first + 1 : first + 2]
    if found := TITLE.match(line.text):
        return _Line(line.number, found[1]), lines[first + 1 :]
    if after and TITLE_LINE.match(after[0].text[:MAX_HEADING]):
        return _Line(line.number, line.text.strip()), lines[first + 2 :]
    return None, lines


def _with_title(tree: yaml_tree.Node | None, line: _Line, file: str) -> yaml_tree.Mapping:
    place = Place(file, line.number)
    entry = (yaml_tree.Scalar("title", place), yaml_tree.Scalar(line.text, place))
    entries = tree.entries if isinstance(tree, yaml_tree.Mapping) else ()
    return yaml_tree.Mapping((entry, *entries), place)


def outside_code(lines: list[str]) -> Iterator[tuple[int, str, bool]]:
    """Each line with its index and whether it is prose rather than part of a fenced code block."""
    fence: str | None = None
    for index, line in enumerate(lines):
        found = FENCE.match(line)
        if fence is None and found:
            fence = found[1]
            yield index, line, False
        elif fence is not None:
            yield index, line, False
            if found and found[1].startswith(fence) and not line.strip().strip(fence[0]):
                fence = None
        else:
            yield index, line, True


def cut(lines: Iterable[tuple[Place, str]]) -> tuple[BodySection | None, tuple[BodySection, ...]]:
    """Lines of one or several files cut at their headings: what comes before the first, and the sections."""
    return _sections([_Line(place.line, text, place.file) for place, text in lines], "")


def _outside_accordions(lines: list[str]) -> Iterator[tuple[int, str, bool]]:
    """Each line with its index and whether a heading there cuts the text: not in code, nor between <details> tags."""
    last = max((index for index, line in enumerate(lines) if CLOSES.search(line)), default=-1)
    depth = 0
    for index, line, prose in outside_code(lines):
        if prose and index <= last and OPENS.match(line):
            depth += 1
        yield index, line, prose and depth == 0
        if prose and depth:
            depth = max(0, depth - len(CLOSES.findall(line)))


def _sections(lines: list[_Line], file: str) -> tuple[BodySection | None, tuple[BodySection, ...]]:
    """The text before the first heading, and the sections."""
    texts = [line.text for line in lines]
    heads: list[tuple[int, int, str]] = []  # (index of the heading, index of the text below it, heading)
    for index, text, prose in _outside_accordions(texts):
        if not prose or len(text) > MAX_HEADING:
            continue
        if found := HEADING.match(text):
            heads.append((index, index + 1, found[1]))
        elif index and UNDERLINE.match(text) and _underlined(texts, index):
            heads.append((index - 1, index + 1, texts[index - 1].strip()))
    ends = [start for start, _, _ in [*heads[1:], (len(texts), 0, "")]] if heads else []
    opening_lines = texts[: heads[0][0]] if heads else texts
    opening_text = "\n".join(opening_lines).strip("\n")
    first = next((line for line in lines if line.text.strip()), None)
    place = Place(first.file or file, first.number) if first else Place(file)
    starts = next((line.number for line in lines if line.text), place.line)
    opening = BodySection("", opening_text, place, None, starts) if opening_text.strip() else None
    sections = tuple(
        _section(lines[start], heading, lines[below:end], file)
        for (start, below, heading), end in zip(heads, ends, strict=True)
    )
    return opening, sections


def _underlined(texts: list[str], index: int) -> bool:
    """Whether the line above a row of hyphens is a one-line paragraph, which makes it a heading."""
    above = texts[index - 1]
    if len(above) > MAX_HEADING:
        return False
    alone = index < 2 or not texts[index - 2].strip()
    return bool(above.strip()) and alone and not re.match(r"\s*([-*+|>#]|\d+[.)])\s|.*\|", above)


def _section(line: _Line, heading: str, below: list[_Line], file: str) -> BodySection:
    place = Place(line.file or file, line.number)
    markdown = "\n".join(item.text for item in below).strip("\n")
    first = next((item.number for item in below if item.text), line.number)
    marks: list[str] = []
    while mark := ID_MARK.search(heading):
        heading = heading[: mark.start()]
        marks.insert(0, mark[1])
    name = next((one for one in marks if IDENT.fullmatch(one) or not ANCHOR.fullmatch(one)), None)
    return BodySection(heading, markdown, place, name, first, tuple(one for one in marks if one != name))


def _section_problems(sections: tuple[BodySection, ...]) -> Iterator[Problem]:
    for section in sections:
        if not section.heading.strip():
            yield B01.problem(section.place, "This heading has no words.", "Write them after the ##.")
        if section.id is not None and not IDENT.fullmatch(section.id):
            remedy = "Use lower-case letters, digits and hyphens, like {#retention}."
            yield B02.problem(section.place, f"`{section.id}` is not an id.", remedy)
        if len(section.markdown) > MAX_SECTION:
            remedy = "Cut it into sections with ## headings."
            yield B03.problem(section.place, "This section is longer than 64,000 characters.", remedy)
