"""The pictures that each section of two versions shows: who approves a text sees what residents will see. Pure.

Words alone are compared elsewhere: another picture with the same words would be no change there.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape

from generator.markdown.pictures import FROZEN
from generator.markdown.render import Renderer
from generator.versions.section_html import section_html
from generator.versions.version import Version

_IMAGE = re.compile(r"<img\b[^<>]*>")
_ALT = re.compile(r"\salt=\"([^\"]*)\"")


@dataclass(frozen=True)
class Picture:
    """A picture by its name on the site, which follows from its bytes, and its words."""

    name: str
    alt: str


@dataclass(frozen=True)
class Pictured:
    """The pictures of a section: those that it shows, each with whether it is new there, and those that it no longer shows."""

    shown: tuple[tuple[Picture, bool], ...] = ()
    gone: tuple[Picture, ...] = ()

    @property
    def differs(self) -> bool:
        """Whether other pictures are shown than before."""
        return bool(self.gone) or any(is_new for _, is_new in self.shown)


def pictured(before: Version | None, after: Version, renderer: Renderer) -> Mapping[str, Pictured]:
    """The pictures of each section that has or had some, by the section's id."""
    old = _by_section(before, renderer) if before is not None else {}
    new = _by_section(after, renderer)
    return {
        section: Pictured(
            tuple((one, before is not None and one.name not in _names(old, section)) for one in new.get(section, ())),
            tuple(one for one in old.get(section, ()) if one.name not in _names(new, section)),
        )
        for section in (*new, *old)
    }


def _names(by_section: Mapping[str, list[Picture]], section: str) -> set[str]:
    return {one.name for one in by_section.get(section, ())}


def _by_section(version: Version, renderer: Renderer) -> Mapping[str, list[Picture]]:
    found: dict[str, list[Picture]] = defaultdict(list)
    for section in section_html(version, renderer):
        for image in _IMAGE.findall(section.html):
            if name := FROZEN.search(image):
                alt = _ALT.search(image)
                found[section.id].append(Picture(name[0], unescape(alt[1]) if alt else ""))
    return found
