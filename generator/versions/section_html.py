"""The HTML of a version's sections: what residents read, and what a version freezes.

A version holds the HTML itself, so no release of a library can alter a published page. A version from before release 0.2
holds Markdown. `noticeboard upgrade` renders it once into a file beside it, `2.html` beside `2.yml`, which is written and
read here; until then its pages are rendered at each build. Pure.
"""

from __future__ import annotations

import dataclasses
from html import escape, unescape
from re import Match

from generator.markdown.render import Renderer
from generator.versions.html_passages import TAG
from generator.versions.version import SectionHtml, Version, composed_digest, section_digest
from widget import __version__

_OPENS, _CLOSES = "<section id=", "</section>"


def section_html(version: Version, renderer: Renderer) -> tuple[SectionHtml, ...]:
    """The sections as HTML, in order: as frozen, else rendered now, a published version with the reading of its release.

    `TooHard` where that takes too long.
    """
    if version.html or not version.sections:
        return version.html
    if version.digest:
        renderer = renderer.older
    rendered = renderer.texts((section.markdown, section.id) for section in version.sections)
    return tuple(
        SectionHtml(
            section.id,
            str(renderer.inline(section.heading)) if section.heading else "",
            str(html),
            anchors=section.anchors,
        )
        for section, html in zip(version.sections, rendered, strict=True)
    )


def frozen_form(version: Version, renderer: Renderer) -> Version:
    """A working text in the form that is frozen: HTML, with the digests of the Markdown that it was made from."""
    made_from = {section.id: section_digest(section) for section in version.sections}
    html = tuple(
        dataclasses.replace(section, composed=made_from[section.id]) for section in section_html(version, renderer)
    )
    glance = (
        dataclasses.replace(row, texts=tuple(str(renderer.line(text)) for text in row.texts)) for row in version.glance
    )
    return dataclasses.replace(
        version,
        sections=(),
        html=html,
        glance=tuple(glance),
        composed=composed_digest(version),
        wording_release=__version__,
    )


def html_file(version: Version, renderer: Renderer) -> bytes:
    """The file beside a version from before: its sections as one HTML document that any browser shows."""
    parts = [f'<!doctype html>\n<html lang="{version.language}">\n<meta charset="utf-8">\n']
    parts.append(f"<title>{escape(version.title)}</title>\n")
    for section in section_html(version, renderer):
        parts.append(f'{_OPENS}"{section.id}">\n<h2>{section.heading}</h2>\n{section.html}\n{_CLOSES}\n')
    return "".join(parts).encode()


def read_html_file(data: bytes) -> tuple[SectionHtml, ...]:
    """The sections of such a file.

    The cleaner lets neither `section` nor `h2` into a text, and a tag within an attribute's value is none: so nothing
    that somebody wrote can end a section. `ValueError` where the file is not one that `html_file` wrote.
    """
    text = data.decode()
    found: list[SectionHtml] = []
    opened: Match[str] | None = None
    heading_at = body_at = 0
    heading = ""
    for tag in TAG.finditer(text):
        name, closes = tag[2], bool(tag[1])
        if name == "section" and not closes:
            opened = tag
        elif name == "h2" and not closes:
            heading_at = tag.end()
        elif name == "h2":
            heading, body_at = text[heading_at : tag.start()], tag.end() + 1
        elif name == "section" and opened is not None:
            section_id = unescape(opened[3].removeprefix(' id="').removesuffix('"'))
            found.append(SectionHtml(section_id, heading, text[body_at : tag.start() - 1]))
            opened = None
    if opened is not None or (not found and "<section" in text):
        raise ValueError("not the sections of a version")
    return tuple(found)
