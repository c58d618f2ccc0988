"""What all commands share: the day they take for today, and what they print about problems and wrong use."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from generator.commands import report
from generator.commands.codes import MISUSED
from generator.problems import Problem
from generator.repository import Repository


def today(options: argparse.Namespace) -> date:
    """The day asked for, else today in the United Kingdom."""
    given: date | None = options.date
    return given or datetime.now(ZoneInfo("Europe/London")).date()


def day(text: str) -> date:
    """An option's date; argparse reports one that is no date."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date like 2026-12-01") from None


def misused(sentence: str) -> int:
    """Print why the command was used wrongly; `MISUSED`."""
    print(sentence, file=sys.stderr)
    return MISUSED


def known_notices(ids: Sequence[str], found: Repository) -> list[str] | None:
    """The notices asked for, or all; None after saying which of them does not exist."""
    known = sorted({name for name, _ in found.notices})
    if unknown := [name for name in ids if name not in known]:
        print(f"There is no notice called {', '.join(unknown)}. There are: {', '.join(known)}.", file=sys.stderr)
        return None
    return list(ids) or known


def show_problems(problems: Iterable[Problem], root: Path) -> None:
    """Print problems to standard error, by file, each with its line."""
    listed = list(problems)
    if listed:
        files = {problem.place.file for problem in listed}
        sources = {file: _lines(root / file) for file in files}
        colour = report.wants_colour(sys.stderr.isatty(), os.environ)
        print(report.problems_text(listed, sources, colour), file=sys.stderr)


def _lines(path: Path) -> list[str]:
    return path.read_bytes().decode("utf-8-sig", "replace").splitlines() if path.is_file() else []


def print_no_more() -> None:
    """Where nothing takes the output, let the end of the process flush into nothing rather than fail again."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
