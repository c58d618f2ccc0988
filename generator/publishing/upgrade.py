"""Bringing a site to this release: versions from before get their HTML kept beside them, and keep their own bytes.

Each is rendered once, with the reading of Markdown of the release it comes from. From then on its pages show what is kept,
whatever later releases make of Markdown. Doing it again changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

from generator.markdown.render import Renderer, TooHard
from generator.problems import ContentError, Place
from generator.publishing.storing import Publication
from generator.repository import CONTENT
from generator.rules.text.rendering import too_hard
from generator.versions import lock as lockfile
from generator.versions import version as versions
from generator.versions.section_html import html_file
from generator.versions.version import Version


def plan(lock: str, standing: Iterable[Version]) -> Publication:
    """The HTML of each version that holds Markdown and has none beside it yet, and its line in the lock.

    `ContentError` with each version that cannot be rendered in time.
    """
    renderer = Renderer()
    files: dict[str, bytes] = {}
    problems = []
    for version in standing:
        if version.composed or version.html or version.retracted is not None:
            continue
        try:
            files[lockfile.beside(version.file)[0]] = html_file(version, renderer)
        except TooHard:
            problems.append(too_hard(Place(f"{CONTENT}/{version.file}")))
    if problems:
        raise ContentError(problems)
    lines = [lockfile.line(versions.digest(data), name) for name, data in files.items()]
    return Publication(files, lock + "".join(lines), ())
