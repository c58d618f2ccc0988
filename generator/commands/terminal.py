"""Shared by all commands: the day they take for today, and the words about problems and wrong use."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from zoneinfo import ZoneInfo

from generator import site_folder
from generator.commands import report
from generator.content.model import ChangeKind
from generator.problems import Problem
from generator.repository import Repository

FEW = 12
"""As many notices as a message may list."""


def today(options: argparse.Namespace) -> date:
    """The day asked for, else today in the United Kingdom."""
    given: date | None = options.date
    return given or datetime.now(ZoneInfo("Europe/London")).date()


KINDS = "{" + ",".join(ChangeKind) + "}"


def kind(text: str) -> ChangeKind:
    """An option's kind of change; argparse reports one that is none."""
    try:
        return ChangeKind(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is none of {', '.join(ChangeKind)}") from None


def known_notices(ids: Sequence[str], found: Repository) -> list[str] | None:
    """The notices asked for, or all; None after saying which of them does not exist, and which may be meant."""
    known = sorted(found.ids)
    unknown = [name for name in ids if name not in known]
    for name in unknown:
        print(f"There is no notice called {report.printable(name)}. {_meant(name, known)}", file=sys.stderr)
    return None if unknown else list(ids) or known


def _meant(name: str, known: Sequence[str]) -> str:
    """Which notice is meant, for an editor to try again."""
    folder = name.rstrip("/").removeprefix("content/").removesuffix("/notice.md")
    if near := [folder] if folder in known else get_close_matches(folder.lower(), known, n=3, cutoff=0.6):
        return f"Did you mean {' or '.join(near)}?"
    if len(known) <= FEW:
        return f"There are: {', '.join(known) or 'none yet; `noticeboard new` starts one'}."
    return f"There are {len(known)}; `noticeboard status` lists them."


def show_problems(problems: Iterable[Problem], root: Path) -> None:
    """Print problems to standard error, by file, each with its line."""
    listed = list(problems)
    if listed:
        files = {problem.place.file for problem in listed}
        sources = {file: _lines(root, root / file) for file in files}
        colour = report.wants_colour(sys.stderr.isatty(), os.environ)
        print(report.problems_text(listed, sources, colour), file=sys.stderr)


def _lines(root: Path, path: Path) -> list[str]:
    if not path.is_file() or not site_folder.is_within(root, path):
        return []
    data = path.read_bytes()
    if b"\0" in data:  # a picture, or UTF-16: no line of it can be read
        return []
    return data.decode("utf-8-sig", "replace").splitlines()
