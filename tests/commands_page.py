"""docs/commands.md, from the commands themselves: `python -m tests.commands_page` writes it, a test compares it."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from generator.cli import parser
from tests.site_fixtures import PROJECT

PAGE = PROJECT / "docs" / "commands.md"
_TOP = """\
# Commands of noticeboard

This page is made from the commands' own help: change that, then run `python -m tests.commands_page`.

They run in the folder that holds `site.yml`, or in the one that `--root DIR` names. `--date YYYY-MM-DD` takes another
day for today. In a terminal, `noticeboard COMMAND --help` says the same as this page.

| a command ends with | when |
|---|---|
| 0 | it is done |
| 1 | the content has errors |
| 2 | the command was used wrongly |
| 3 | there was nothing to do |
"""
_SHARED = {"help", "root", "date"}


def page() -> str:
    """The whole page."""
    return "\n".join([_TOP, *(line for name, command in commands().items() for line in _command(name, command))])


def commands() -> dict[str, argparse.ArgumentParser]:
    """Every command by its name."""
    (group,) = (action for action in parser()._actions if isinstance(action, argparse._SubParsersAction))
    return dict(group.choices)


def _command(name: str, command: argparse.ArgumentParser) -> Iterator[str]:
    own = [action for action in command._actions if action.dest not in _SHARED]
    places = " ".join(_place(action) for action in own if not action.option_strings)
    yield f"## noticeboard {name}{' ' * bool(places)}{places}\n"
    yield f"{command.description}\n"
    if own:
        yield "| | |\n|---|---|"
        yield from (f"| `{_written(action)}` | {_help(action)} |" for action in own)
        yield ""


def _place(action: argparse.Action) -> str:
    return f"[{action.metavar} ...]" if action.nargs == "*" else str(action.metavar)


def _written(action: argparse.Action) -> str:
    if not action.option_strings:
        return str(action.metavar)
    takes = action.metavar or action.dest.upper()
    if isinstance(takes, tuple):
        takes = " ".join(takes)
    return ", ".join(action.option_strings) + ("" if action.nargs == 0 else f" {takes}")


def _help(action: argparse.Action) -> str:
    choices = f": {', '.join(map(str, action.choices))}" if action.choices else ""
    needed = " (always needed)" if action.required and action.option_strings else ""
    return f"{action.help}{choices}{needed}".replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
