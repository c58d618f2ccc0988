"""docs/options.md, from the options where the code reads them: `python -m tests.options_page` writes it, a test
compares it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any

import desk.config
import widget.config
from tests.site_fixtures import PROJECT
from widget.mail import server_options

PAGE = PROJECT / "docs" / "options.md"
_TOP = """\
# Every option

This page is made from the options where the code reads them: change those, then run `python -m tests.options_page`.

Each is an environment variable. systemd reads them from `/etc/noticeboard/consents.env` and `/etc/noticeboard/desk.env`
([operators.md](operators.md#options)). A start with a value that cannot be read is refused in one sentence, which names the variable.
"""
Row = tuple[str, str, str]
"""An environment variable, its value where it is not set, and what it says."""


def page() -> str:
    """The whole page."""
    return (
        "\n".join([_TOP, *(line for heading, rows in tables().items() for line in _table(heading, rows))]).rstrip()
        + "\n"
    )


def tables() -> dict[str, list[Row]]:
    """The options of each part, by its heading."""
    return {
        "The consent service": _of(widget.config.Config, widget.config.options()),
        "Its mail": _servers(server_options.CONSENTS),
        "The desk": _of(desk.config.Config, desk.config.options()),
        "The desk's mail": [row for row in _servers(server_options.DESK) if row[0].startswith(server_options.DESK)],
        "The timer's script": [
            (
                "NOTICEBOARD",
                "the command beside the script",
                "For deploy/noticeboard-rebuild: the command that builds.",
            ),
            ("PUBLIC", "public", "For deploy/noticeboard-rebuild: the folder that it builds into."),
            ("TODAY", "the day in the United Kingdom", "For deploy/noticeboard-rebuild: the day that it builds for."),
        ],
        "On a terminal": [
            ("NO_COLOR", "", "Set to anything: `noticeboard check` prints no colours."),
            ("TERM", "", "`dumb`: the same."),
        ],
    }


def names() -> set[str]:
    """Every variable of the page."""
    return {row[0] for rows in tables().values() for row in rows}


def _of(options: type[Any], known: dict[str, widget.config.Option]) -> list[Row]:
    defaults = {field.name: field.default for field in fields(options)}
    return [(option.env, _shown(defaults[name]), option.help) for name, option in known.items()]


def _servers(prefix: str) -> list[Row]:
    defaults = {field.name: field.default for field in fields(server_options.ServerOptions)}
    return [(env, _shown(defaults[name]), told) for name, (env, told) in server_options.variables(prefix).items()]


def _shown(default: object) -> str:
    if default is None or default is MISSING or default == "" or default == ():
        return ""
    if isinstance(default, bool):
        return "yes" if default else "no"
    if isinstance(default, float):
        return f"{default:g}"
    return str(default.as_posix() if isinstance(default, Path) else default)


def _table(heading: str, rows: list[Row]) -> Iterator[str]:
    yield f"## {heading}\n"
    yield "| variable | where it is not set | what it says |\n|---|---|---|"
    for name, default, told in rows:
        text = told.replace("|", "\\|").rstrip(".")
        yield f"| `{name}` | {f'`{default}`' if default else ''} | {text} |"
    yield ""


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
