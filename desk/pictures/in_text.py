"""The pictures in the Markdown of a section: found, put in, described anew, exchanged and taken out. Pure.

Only pictures beside the notice count, as `generator.markdown.pictures` finds them: code is none, other sites' are not ours.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from generator.markdown import pictures

_MARK = re.compile(
    r"!\[(?P<alt>(?:[^\[\]]|\[[^\[\]]*\])*)\]\(\s*<?(?P<address>[^\s)>\[]{1,2000})>?"
    r"(?P<title>\s+(?:\"[^\"\n]*\"|'[^'\n]*'))?\s*\)"
)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_SIGNS = re.compile(r"[\\`*_~]")


@dataclass(frozen=True)
class Mark:
    """A picture where a text shows it: the name of its file, its words, and from where to where its mark goes.

    `whole` is False for one that is written in another way than `![words](name)`: it can only be changed in the text.
    """

    name: str
    alt: str
    start: int
    end: int
    whole: bool = True


def marks(markdown: str) -> tuple[Mark, ...]:
    """The pictures of a text, in order."""
    by_address = {found.start("address"): found for found in _MARK.finditer(markdown)}
    shown = []
    for reference in pictures.references(markdown):
        found = by_address.get(reference.start)
        if found is None:
            shown.append(Mark(reference.name, "", reference.start, reference.end, whole=False))
        else:
            shown.append(Mark(reference.name, plain(found["alt"]), found.start(), found.end()))
    return tuple(shown)


def plain(alt: str) -> str:
    """Alternative text as it is read, without the signs that guard others."""
    return " ".join(html.unescape(_ESCAPED.sub(lambda found: f"&#{ord(found[1])};", alt)).split())


def written(name: str, alt: str) -> str:
    """The mark of a picture. Brackets stand as entities: the words could else end early, or be a gap or shared wording."""
    words = _SIGNS.sub(lambda found: f"\\{found[0]}", _ENTITY.sub("&amp;", " ".join(alt.split())))
    for sign in "[]<>":
        words = words.replace(sign, f"&#{ord(sign)};")
    return f"![{words}]({name})"


def added(markdown: str, mark: str, *, on_top: bool) -> str | None:
    """The text with a picture in a paragraph of its own; None where it would be no picture there, as in unclosed code."""
    body = markdown.strip("\n")
    parts = [mark, body] if on_top else [body, mark]
    new = "\n\n".join(part for part in parts if part)
    return new if len(marks(new)) == len(marks(markdown)) + 1 else None


def changed(markdown: str, mark: Mark, name: str, alt: str) -> str:
    """The text with another file or other words in the place of a picture."""
    return markdown[: mark.start] + written(name, alt) + markdown[mark.end :]


def without(markdown: str, mark: Mark) -> str:
    """The text without a picture; a line that had nothing else goes with it."""
    before, after = markdown[: mark.start], markdown[mark.end :]
    if before.rpartition("\n")[2].strip() or after.partition("\n")[0].strip():
        return before + (after.lstrip(" ") if not before or before[-1] in " \n" else after)
    rest = after.partition("\n")[2].lstrip("\n")
    kept = before.rpartition("\n")[0].rstrip("\n")
    return f"{kept}\n\n{rest}" if kept and rest else kept or rest
