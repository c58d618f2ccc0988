"""`noticeboard import`: Word files, web pages and pasted text become notices, each with a report. Nothing is fetched."""

from __future__ import annotations

import argparse
import dataclasses
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from generator import repository, site_plan
from generator.commands import new_notice
from generator.commands.codes import DONE, ERRORS, NOTHING
from generator.commands.streams import misused
from generator.commands.terminal import today
from generator.importing import confined, report
from generator.importing.notice import Imported
from generator.importing.reading import READERS
from generator.importing.refusal import NotTaken
from generator.importing.settings import Settings
from generator.repository import CONTENT, Repository
from generator.translation import files as translation

STDIN = "-"
_TOO_LARGE = 50_000_000
"""Bytes that are read of one file before anything is decided about it."""


def options(parser: argparse.ArgumentParser) -> None:
    """The options of `import`."""
    parser.add_argument(
        "sources",
        nargs="+",
        metavar="FILE",
        help="Word files, web pages, text files, a folder of them, or - for what is pasted",
    )
    parser.add_argument(
        "--from", dest="address", default="", metavar="URL", help="where the page was; it only completes relative links"
    )
    parser.add_argument("--id", default="", help="the notice's id, for one file (made from its title)")
    parser.add_argument("--language", metavar="CODE", help="the language it is written in (the site's main one)")
    parser.add_argument(
        "--as",
        dest="read_as",
        choices=tuple(READERS),
        default="",
        help="read it as a web page (html) or as plain text, whatever it looks like",
    )
    parser.add_argument(
        "--headings", action="store_true", help="make headings of the lines that look like headings, such as bold ones"
    )


def import_files(options: argparse.Namespace) -> int:
    """Write a notice.md for each document, and say what became of it."""
    wrong = _misuse(options)
    if wrong:
        return misused(wrong)
    found = repository.read(options.root)
    if options.language and options.language not in found.site.languages:
        return misused(
            f"`{options.language}` is not a language of this site. It has: {', '.join(found.site.languages)}."
        )
    sources = [source for name in options.sources for source in _sources(name)]
    if options.id and len(sources) != 1:
        return misused("--id is for one file. Import the files one by one, or leave it out.")
    if not sources:
        print("There is no file to import here.")
        return NOTHING
    desk = _Desk(options, found)
    for source in sources:
        desk.take(source)
    return desk.end()


def _misuse(options: argparse.Namespace) -> str:
    """Why the command was used wrongly, if it was."""
    for name in options.sources:
        if name != STDIN and not Path(name).exists():
            return f"There is no file or folder called {name}."
    if options.address and urlsplit(options.address).scheme not in ("http", "https"):
        return f"--from {options.address} is not an address. Write the page's whole address, from https:// on."
    if options.address and (len(options.sources) > 1 or Path(options.sources[0]).is_dir()):
        return "--from is the address of one page. Import the files one by one, or leave it out."
    return ""


def _sources(name: str) -> Iterator[Path | None]:
    """The files that an argument names, in order; None for standard input."""
    if name == STDIN:
        yield None
    elif not Path(name).is_dir():
        yield Path(name)
    else:
        hidden = (".", "~$")  # what systems and Word put beside files
        yield from sorted(path for path in Path(name).iterdir() if not path.name.startswith(hidden))


class _Desk:
    """Takes one document after another and counts what became of them."""

    def __init__(self, options: argparse.Namespace, found: Repository) -> None:
        self.options, self.found = options, found
        self.written: list[Path] = []
        self.refused: list[str] = []

    def take(self, source: Path | None) -> None:
        """Import one document; what is in the way is printed, and the next one is taken."""
        name = "standard input" if source is None else str(source)
        try:
            imported = confined.imported(_bytes(source), self._settings(source))
            path = self._place(imported)
        except NotTaken as refusal:
            self.refused.append(name)
            print(f"{name}: not imported. {refusal.message} {refusal.remedy}\n", file=sys.stderr)
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        translation.store(path, imported.text.encode("utf-8"))
        self.written.append(path)
        print(f"{name}: wrote {path}\n{report.text(imported.report)}\n")

    def end(self) -> int:
        """Say what to do next; the exit code."""
        if self.written:
            names = " ".join(path.parent.name for path in self.written)
            print(
                f"Imported {len(self.written)}. Read each beside its document; `noticeboard check {names}` says what is left."
            )
        if self.refused:
            print(f"Not imported: {', '.join(self.refused)}.", file=sys.stderr)
        return ERRORS if self.refused else DONE

    def _settings(self, source: Path | None) -> Settings:
        site = self.found.site
        primary = site.primary_notice or ""
        settings = Settings(
            name="pasted text" if source is None else source.name,
            website=str(site.organisation.website or site.base_url),
            address=self.options.address,
            alias=self._alias(),
            parent=primary if primary != self.options.id else "",
            today=today(self.options),
            headings=self.options.headings,
            read_as=self.options.read_as,
        )
        language = self.options.language or site.language
        return dataclasses.replace(settings, language=language, translates=language != site.language)

    def _alias(self) -> str:
        """The path of the old address, where a page of this site can stand there."""
        path = urlsplit(self.options.address).path
        file = site_plan.alias_file(path) if path.strip("/") else None
        if file is None or site_plan.reserved(file, self.found.site):
            return ""
        taken = site_plan.Taken(planned.file for planned in self.found.plan.files)
        return "" if taken.by(file) else unquote(path)

    def _place(self, imported: Imported) -> Path:
        """Where the notice goes: never where something is. `NotTaken` where it cannot be."""
        site, language = self.found.site, self.options.language or self.found.site.language
        if not self.options.language and imported.language in site.languages and imported.language != site.language:
            raise NotTaken(
                f"The document says that its language is {imported.language}, so it is probably a translation.",
                f"Say which notice it translates: --language {imported.language} --id ID. "
                f"If it is none, say --language {site.language}.",
            )
        name = self.options.id or imported.id
        root: Path = self.options.root
        path = root / CONTENT / name / repository.localised("notice", language, site)
        if path.exists() or path in self.written:
            raise NotTaken(f"{path} is there already, and nothing is written over it.", "Give it another id with --id.")
        translates = (root / CONTENT / name).is_dir() and language != site.language
        published = bool(self.found.numbers(name)) and not translates
        if wrong := new_notice.refusal(name, site, [page for page, _ in self.found.pages], published):
            raise NotTaken(wrong, "Give it an id with --id.")
        return path


def _bytes(source: Path | None) -> bytes:
    """The bytes of a document, but not more than can be taken."""
    if source is None:
        if sys.stdin.isatty():
            print("Paste the text, then press Ctrl+D (on Windows Ctrl+Z and Enter).", file=sys.stderr)
        return sys.stdin.buffer.read(_TOO_LARGE)
    if source.is_dir():
        raise NotTaken("This is a folder within the folder.", "Name it in the command to import what is in it.")
    with source.open("rb") as file:
        return file.read(_TOO_LARGE)
