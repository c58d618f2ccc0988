"""The command `consents`: the only prints and exit codes of the endpoint.

Exit codes: 0 done; 1 the ledger is not whole; 2 it could not be done, or the command was used wrongly.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from widget import export
from widget import keys as key_folder
from widget.app import close_app, create_app
from widget.checkpoint import BadCheckpoint
from widget.config import Config, options
from widget.problems import StartRefused, Unavailable
from widget.service import check_kept_head
from widget.store.audit import faults
from widget.store.engine import open_to_read
from widget.store.reading import Reading
from widget.store.store import reading_of

DONE, NOT_WHOLE, COULD_NOT = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; the exit code is returned."""
    logging.basicConfig(format="%(levelname)s %(name)s: %(message)s", level=logging.INFO, stream=sys.stderr)
    given = _parser().parse_args(arguments)
    try:
        named = {name: value for name, value in vars(given).items() if name in options()}
        return int(given.run(Config.from_env(os.environ, **named), given))
    except (StartRefused, Unavailable, BadCheckpoint, OSError) as error:
        print(f"consents {given.command}: {error}", file=sys.stderr)
        return COULD_NOT


def serve(config: Config, _given: argparse.Namespace) -> int:
    """Answer requests until it is told to stop."""
    from granian import Granian  # start-up time: no other command needs a server
    from granian.constants import Interfaces

    close_app(create_app(config))  # what refuses to start says so here, before there is a worker
    os.environ.update(config.environ())
    print(f"consents serve: http://{config.host}:{config.port}", file=sys.stderr, flush=True)
    server = Granian(
        "widget.wsgi:app",
        factory=True,
        address=config.host,
        port=config.port,
        interface=Interfaces.WSGI,
        workers=config.workers,
        blocking_threads=config.threads,
        respawn_failed_workers=True,
        log_enabled=False,
        websockets=False,
    )
    server.serve()
    return DONE


def verify(config: Config, _given: argparse.Namespace) -> int:
    """Recompute the ledger from its rows and compare it with the kept head."""
    try:
        kept = key_folder.kept_head(config.keys_folder)
    except BadCheckpoint as error:
        print(f"The signed head in {config.keys_folder} is not one of this ledger's: {error}")
        return NOT_WHOLE
    with _read(config) as reading:
        tree, found = faults(reading, kept)
    for fault in found:
        print(fault)
    if found:
        return NOT_WHOLE
    compared = f"The signed head covers {kept.size} of them." if kept else "There is no signed head to compare with."
    print(f"{tree.size} events, whole. {compared}")
    return DONE


def export_events(config: Config, given: argparse.Namespace) -> int:
    """Print the ledger's events with what was said beside them."""
    keys = key_folder.read(config.keys_folder)
    with _read(config) as reading:
        write = export.write_csv if given.format == "csv" else export.write_jsonl
        write(export.rows(reading, keys, given.notice), sys.stdout)
    return DONE


def checkpoint(config: Config, _given: argparse.Namespace) -> int:
    """Print the signed head, to be kept elsewhere."""
    keys = key_folder.read(config.keys_folder)
    with _read(config) as reading:
        check_kept_head(reading, key_folder.kept_head(config.keys_folder))
        tree = reading.tree(reading.size())
    print(keys.sign(tree.size, tree.root), end="")
    return DONE


@contextmanager
def _read(config: Config) -> Iterator[Reading]:
    engine = open_to_read(config.database, config.busy_seconds)
    try:
        with reading_of(engine) as reading:
            yield reading
    finally:
        engine.dispose()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="consents", description="Records consent, and proves what was recorded.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, run, extra in (
        ("serve", serve, ("manifest", "host", "port", "workers", "threads")),
        ("verify", verify, ()),
        ("export", export_events, ()),
        ("checkpoint", checkpoint, ()),
    ):
        command = commands.add_parser(name, help=run.__doc__, description=run.__doc__)
        command.set_defaults(run=run)
        for option in ("database", "keys", *extra):
            _add(command, option)
        if name == "export":
            command.add_argument("--format", choices=("csv", "jsonl"), default="csv", help="The form of the rows.")
            command.add_argument("--notice", help="Only the events of this notice, and those that name none.")
    return parser


def _add(command: argparse.ArgumentParser, name: str) -> None:
    option = options()[name]
    kind = {"manifest": Path, "keys": Path, "port": int, "workers": int, "threads": int}.get(name, str)
    default = getattr(Config(), name)
    text = (
        f"{option.help} (${option.env}; default: {default})"
        if default is not None
        else f"{option.help} (${option.env})"
    )
    command.add_argument(f"--{name}", type=kind, help=text)


if __name__ == "__main__":
    sys.exit(main())
