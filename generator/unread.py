"""The files in `content/` that nothing is made of, each with the reason: whoever put one there expects to see it.

Names that begin with a dot are for programs, and left alone.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from generator import site_folder
from generator.content.site_file import FILE, SiteSource
from generator.markdown import pictures
from generator.problems import Place, Problem
from generator.rule import WARNING, Family, Rule
from generator.scene import Edit, scene
from generator.versions import lock as lockfile

Y06 = Rule(
    "Y06",
    Family.FILE,
    WARNING,
    "A file that is not read",
    "Files in content/ that nothing is made of. Names that begin with a dot are left alone.",
    "Somebody put it there to be read.",
    scene(Edit("content/library/notes.txt", new="Ask the desk.\n"), "check"),
    scene(Edit("content/library/.notes.txt", new="Ask the desk.\n"), "check"),
)
FACTS = frozenset({"listing.yml", "review.yml"})
"""The files that commands keep beside a notice."""
VERSIONS = "versions"
_EXCHANGE = re.compile(r"notice\.[a-z]{2,3}\.xlf")
_LANGUAGE = re.compile(r".+\.(?P<language>[a-z]{2,3})\.md")


def problems(root: Path, content: Path, site: SiteSource, frozen: tuple[str, ...]) -> list[Problem]:
    """A warning for each file of content/ that is not read; `frozen` are the endings of the files of versions."""
    found: list[tuple[str, str]] = []
    for name, entry in _entries(content, ""):
        if entry.is_dir():
            leads_out = entry.is_symlink() and not site_folder.is_within(root, content / name)
            found += () if leads_out else _in_folder(content, name, site, frozen)
        elif name != lockfile.LOCK:
            found.append((name, "Only folders belong here: one for each notice, `shared` and `pages`."))
    prefix = content.relative_to(root).as_posix()
    return [_problem(f"{prefix}/{name}", why) for name, why in found]


def _problem(file: str, why: str) -> Problem:
    return Y06.problem(Place(file), "This file is not read: no page shows it.", why)


def _entries(content: Path, folder: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """The entries of a folder of content/, by their names within content/."""
    try:
        with os.scandir(content / folder) as entries:
            listed = sorted(entries, key=lambda entry: entry.name)
    except OSError:
        return
    for entry in listed:
        if not entry.name.startswith("."):
            yield f"{folder}/{entry.name}" if folder else entry.name, entry


def _in_folder(content: Path, folder: str, site: SiteSource, frozen: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """(name, reason) of each file of a folder that is not read."""
    for name, entry in _entries(content, folder):
        if folder in ("shared", "pages"):
            yield from _of_texts(content, name, entry, site)
        elif folder == pictures.FOLDER:
            if not pictures.FROZEN.fullmatch(name):
                yield name, "Here are the pictures of published versions. Put a new one beside its notice.md."
        elif entry.name == VERSIONS and entry.is_dir():
            yield from _of_versions(content, name, frozen)
        elif entry.is_dir(follow_symlinks=False) and not _is_text(entry.name, "notice", site):
            yield from _of_pictures(content, name)
        elif not _is_text(entry.name, "notice", site) and not _is_kept(entry.name):
            yield from _beside_a_notice(name, entry, site)


def _is_kept(name: str) -> bool:
    return name in FACTS or _EXCHANGE.fullmatch(name) is not None


def _is_text(name: str, stem: str, site: SiteSource) -> bool:
    translations = {f"{stem}.{language}.md" for language in site.languages[1:]}
    return name == f"{stem}.md" or name in translations


def _of_texts(content: Path, name: str, entry: os.DirEntry[str], site: SiteSource) -> Iterator[tuple[str, str]]:
    """Shared wording and pages: Markdown in a language of the site."""
    stem = entry.name.partition(".")[0]
    if _is_text(entry.name, stem, site):
        return  # one that cannot be read is a problem of its own
    if entry.is_dir():
        for inner, below in _entries(content, name):
            if not below.is_dir():
                yield inner, "Move it up: folders within this one are not looked into."
        return
    yield name, _reason(entry.name, f"{stem}.md", site)


def _beside_a_notice(name: str, entry: os.DirEntry[str], site: SiteSource) -> Iterator[tuple[str, str]]:
    if not pictures.suffix_of(entry.name):
        yield name, _reason(entry.name, "notice.md", site)


def _of_pictures(content: Path, folder: str) -> Iterator[tuple[str, str]]:
    for name, entry in _entries(content, folder):
        if entry.is_dir(follow_symlinks=False):
            yield from _of_pictures(content, name)
        elif not pictures.suffix_of(entry.name):
            yield name, "Only pictures are read in a folder beside notice.md."


def _of_versions(content: Path, folder: str, frozen: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for name, _ in _entries(content, folder):
        if not name.endswith(frozen):
            yield name, "Here are published versions, which `publish` writes. Put it elsewhere."


def _reason(name: str, expected: str, site: SiteSource) -> str:
    """Why a file with that name is not read where a text called `expected` would be."""
    language = _LANGUAGE.fullmatch(name)
    if language and language["language"] == site.language:
        return f"The main language has no mark in the name: call it {expected}."
    if language:
        return f"`{language['language']}` is not among the `languages` of {FILE}. Add it there, or move the file."
    if name.lower() in (expected, f"{expected}.txt", expected.removesuffix(".md") + ".txt"):
        return f"If it is the text, call it {expected}."
    if name.endswith(".md") and expected == "notice.md":
        return "A notice is one file, notice.md. Move this text into it, or to `shared` or `pages`."
    return f"Text is read from {expected} alone, and pictures must be PNG, JPEG, WebP or GIF."
