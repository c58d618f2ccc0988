"""The pictures that a text shows: each lies beside its notice and is one that can be kept for ever. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from generator.content.decode import nearest
from generator.markdown.image_header import NAMES, SUFFIXES
from generator.markdown.pictures import MAX_BYTES, NAME, Picture, Reference, references, suffix_of
from generator.problems import Place, Problem
from generator.rule import ERROR, Example, Family, Rule
from generator.rules.case import Case
from generator.wording import inserts

B05 = Rule(
    "B05",
    Family.BODY,
    ERROR,
    "A picture that cannot be published",
    f"Pictures beside the notice (`![words](reading.jpg)`) that are not there, are not what their name says, are over "
    f"{MAX_BYTES // 1000} KB or lie elsewhere; kinds that are not PNG, JPEG, WebP or GIF.",
    "A version shows its pictures for as long as it can be read. An SVG can hold scripts.",
    Example(body="![A person reading a book](reeding.jpg)", pictures=("reading.jpg",)),
    Example(body="![A person reading a book](reading.jpg)", pictures=("reading.jpg",)),
)
RULES = (B05,)
KINDS = "PNG, JPEG, WebP or GIF"


def check(case: Case) -> Iterator[Problem]:
    """Everything about the pictures that one text names by a relative address."""
    for place, reference in _references(case):
        if (found := _wrong(case, reference)) is not None:
            yield B05.problem(place, *found)
    for path, text in inserts.facet_texts(case.notice.facets):
        if any(references(text)):
            message = "A picture beside the notice stands in its front matter."
            yield B05.problem(case.notice.place(path), message, "Put it into the text below the front matter.")


def _references(case: Case) -> Iterator[tuple[Place, Reference]]:
    """The pictures that the body and the shared wording in it name, each with where that stands."""
    notice = case.notice
    for section in notice.parts:
        yield from _in(section.markdown, section.place.file, section.first_line)
    for name, text in case.wording.used(notice).items():
        yield from _in(text, inserts.shared_file(name, case.language, case.site), 1)


def _in(text: str, file: str, first_line: int) -> Iterator[tuple[Place, Reference]]:
    for found in references(text):
        before = text[: found.start]
        yield Place(file, first_line + before.count("\n"), len(before) - before.rfind("\n")), found


def _wrong(case: Case, reference: Reference) -> tuple[str, str] | None:
    """The fault of a picture, and its remedy; None if nothing does."""
    name = reference.name
    if case.notice.file.startswith("content/pages/"):
        remedy = "Write an address that starts with https://, or take it out."
        return f"“{name}” lies beside no notice: an ordinary page has no pictures of its own.", remedy
    if ".." in name.split("/") or "\\" in name:
        return f"“{name}” leads out of the notice's folder.", "Put the picture beside the notice and write its name."
    if not NAME.fullmatch(name):
        remedy = "Rename it: letters without accents, digits and hyphens, like reading-a-leaflet.png."
        return f"“{name}” has characters that no address should have.", remedy
    if name.startswith("versions/"):
        return "The folder versions/ is for what is published.", "Put the picture beside the notice."
    if suffix_of(name) is None:
        more = ": an SVG can hold scripts" if name.lower().endswith(".svg") else ""
        return f"“{name}” is not the name of a {KINDS} picture{more}.", "Save it as PNG and write that name."
    picture = case.pictures.get(name)
    return _missing(case, name) if picture is None else _unsound(picture)


def _missing(case: Case, name: str) -> tuple[str, str]:
    near = nearest(name, list(case.pictures))
    where = case.notice.file.rpartition("/")[0]
    remedy = f"Did you mean {near}?" if near else f"Put it into {where}/, or correct the name: capital letters count."
    return f"There is no picture {name} beside this notice.", remedy


def _unsound(picture: Picture) -> tuple[str, str] | None:
    name, kind = picture.name, picture.kind
    if picture.linked:
        return f"{name} is a link to a file elsewhere.", "Put the picture itself there."
    if picture.size > MAX_BYTES:
        size = f"{picture.size / 1000:,.0f} KB"
        return (
            f"{name} has {size}, and {MAX_BYTES // 1000} are the most.",
            "Save it smaller: 800 pixels wide is plenty.",
        )
    if kind is None:
        return f"{name} is not a {KINDS} picture, whatever its name says.", "Save it again as PNG."
    if kind.suffix != picture.suffix:
        stem = name.rpartition(".")[0]
        new = next(suffix for suffix, of in SUFFIXES.items() if of == kind.suffix)
        return (
            f"{name} is a {NAMES[kind.suffix]} picture by its first bytes.",
            f"Rename it {stem}.{new}, here and there.",
        )
    return None
