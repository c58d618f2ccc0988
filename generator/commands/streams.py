"""The needs of every command before it is loaded: the day among its options, the streams that it reads and writes."""

from __future__ import annotations

import argparse
import io
import os
import sys
from datetime import date

from generator.commands.codes import MISUSED


class AnswersEnded(Exception):
    """Nobody answers the questions of a command any more."""


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


def write_utf8() -> None:
    """Write UTF-8 to files and pipes whatever the console speaks; on a terminal that lacks a sign, its number instead."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace")


def print_no_more() -> None:
    """Where nothing takes the output, let the end of the process flush into nothing rather than fail again."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
