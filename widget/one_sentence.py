"""A command line that answers wrong use in one sentence, with what to write instead, and no list of every option."""

from __future__ import annotations

import argparse
import re
from difflib import get_close_matches
from typing import NoReturn

_SENTENCES = (
    (re.compile(r"unrecognized arguments: (?P<what>.*)", re.S), "{what} is more than this command takes"),
    (re.compile(r"the following arguments are required: (?P<what>.*)", re.S), "{what} is missing"),
    (
        re.compile(r"argument (?P<name>[^:]+): invalid int value: (?P<what>.*)", re.S),
        "{name} wants a whole number such as 2, not {what}",
    ),
    (
        re.compile(r"argument (?P<name>[^:]+): invalid fromisoformat value: (?P<what>.*)", re.S),
        "{name} wants a day like 2026-12-01, not {what}",
    ),
    (re.compile(r"argument (?P<name>[^:]+): expected one argument"), "{name} wants a value behind it"),
    (re.compile(r"argument (?P<name>[^:]+): expected (?P<what>\d+) arguments"), "{name} wants {what} values behind it"),
    (re.compile(r"argument (?P<name>[^:]+): (?P<what>.*)", re.S), "{name}: {what}"),
)
"""The messages of argparse, each with a sentence for people."""
_CHOICE = re.compile(r"argument (?P<name>[^:]+): invalid choice: '(?P<given>.*)' \(choose from (?P<known>.*)\)", re.S)


class Parser(argparse.ArgumentParser):
    """argparse's parser, whose sub-commands are of this kind too."""

    def error(self, message: str) -> NoReturn:
        """Report in one sentence what is wrong and where to look, and end with exit code 2."""
        self.exit(2, f"{self.prog}: {sentence(message)}. `{self.prog} --help` shows what it takes.\n")


def sentence(message: str) -> str:
    """A message of argparse about wrong use, for people, on one line and without its full stop."""
    message = " ".join(message.split())
    if choice := _CHOICE.fullmatch(message):
        known = [name.strip("' ") for name in choice["known"].split(",")]
        what = "there is no command" if choice["name"] == "COMMAND" else f"{choice['name']} cannot be"
        if near := get_close_matches(choice["given"], known, n=1):
            return f"{what} `{choice['given']}`; perhaps you mean {near[0]}"
        return f"{what} `{choice['given']}`; it is one of {', '.join(known)}"
    for pattern, said in _SENTENCES:
        if found := pattern.fullmatch(message):
            return said.format(**found.groupdict()).rstrip(".")
    return message
