"""The command `consents`: its options. `widget.commands` has what they do.

Exit codes: 0 done; 1 the ledger or a receipt is not whole, or mail was not sent; 2 it could not be done, or the command
was used wrongly.
"""

from __future__ import annotations

import argparse
import logging
import os
import re
import sys
from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from widget import __version__, config
from widget.commands.channels import CHANNELS
from widget.commands.codes import COULD_NOT, DONE
from widget.commands.output import write_utf8
from widget.commands.sentences import SENTENCES
from widget.config import Config, options
from widget.errors import Refusal, StartRefused, Unavailable
from widget.json_logs import log_as_json
from widget.ledger.checkpoint import BadCheckpoint
from widget.ledger.events import Done
from widget.manifest import ActingFor, ManifestError
from widget.one_sentence import Parser
from widget.people.api_keys import USUAL, Right
from widget.service_user import refuse_other_user

log = logging.getLogger("consents")
_NUMBER = re.compile(r"\[Errno -?\d+\] ")
"""The system's number of a fault, which says nothing that its words do not."""
ROTATE = """A new key in place of an old one, while the endpoint is stopped on every host. Cut short, run it again:
until then nothing starts. Afterwards copy the folder of keys to its backup and to the other hosts."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command, or show the help without one; the exit code is returned."""
    write_utf8()
    given = sys.argv[1:] if arguments is None else arguments
    try:
        try:
            return _run(given)
        finally:
            print(end="", flush=True)
    except BrokenPipeError:  # the reader has read enough: `consents export | head`
        _print_no_more()
        return DONE
    except OSError as error:  # a file that is not there or not ours, or a full disk that takes no output
        _print_no_more()
        place = f"{error.filename}: " if error.filename else ""
        _say("", f"{place}{error.strerror or error}", in_log=_is_service(given))
        return COULD_NOT
    except Exception as error:
        if not _is_service(given):
            raise
        log.critical("ended by a fault", exc_info=error)
        return COULD_NOT


def _run(arguments: Sequence[str]) -> int:
    commands = parser()
    given = commands.parse_args(arguments)
    if given.command is None:
        commands.print_help()
        return COULD_NOT
    log_as_json(logging.INFO if given.command == "serve" else logging.WARNING)
    try:
        named = {name: value for name, value in vars(given).items() if name in options()}
        config = Config.from_env(os.environ, **named)
        if "database" in given:
            refuse_other_user(config.own_paths(keys="keys" in given), ["consents", *arguments], _set_options())
        return _function(given.run)(config, given)
    except (StartRefused, Unavailable, BadCheckpoint, ManifestError, Refusal) as error:
        _say(given.command, " ".join(str(error).split()), in_log=_is_service(arguments))
        return COULD_NOT


def _is_service(arguments: Sequence[str]) -> bool:
    """Whether the endpoint itself was to run, and nobody sits before it: then all it says is its log."""
    return [*arguments][:1] == ["serve"] and not sys.stderr.isatty()


def _say(command: str, why: str, *, in_log: bool) -> None:
    """Report in one sentence why something could not be done: to a person, or as a line of the log."""
    why = _NUMBER.sub("", why)
    if in_log:
        log.critical("the endpoint does not start: %s", why)
    else:
        print(f"{f'consents {command}'.strip()}: {why}", file=sys.stderr)


def _function(place: str) -> Callable[[Config, argparse.Namespace], int]:
    """The function that runs a command; the modules of the others are not loaded."""
    module, _, name = place.rpartition(".")
    found: Callable[[Config, argparse.Namespace], int] = getattr(import_module(f"widget.commands.{module}"), name)
    return found


def _set_options() -> dict[str, str]:
    return {option.env: os.environ[option.env] for option in options().values() if option.env in os.environ}


def _print_no_more() -> None:
    """Where nothing takes the output, let the end of the process flush into nothing rather than fail again."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@cache
def parser() -> argparse.ArgumentParser:
    """Every command with its options, made once."""
    top: argparse.ArgumentParser = Parser(prog="consents", description="Records consent, and proves what was recorded.")
    top.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND")
    serve = ("manifest", "host", "port", "workers", "threads", "proxies", "mail", "desk")
    _command(commands, "serve", "running.serve", *serve)
    grant = _command(commands, "migrate", "running.migrate", known=("database",))
    grant.add_argument("--grant", metavar="ROLE", help="The role that the endpoint connects as (PostgreSQL).")
    verify = _command(commands, "verify", "proving.verify")
    verify.add_argument(
        "--manifest", dest="compared", type=Path, metavar="FILE", help="A published.json to compare the entries with."
    )
    verify.add_argument(
        "--against",
        type=Path,
        metavar="FILE",
        help="A signed head, a receipt's file or an export that was kept elsewhere: the ledger must go on from it.",
    )
    receipt = _command(commands, "verify-receipt", "proving.verify_receipt", known=())
    receipt.add_argument("file", type=Path, metavar="FILE", help="The file; - for standard input.")
    receipt.add_argument("--key", required=True, metavar="PUBLIC", help="The public key (/log/key), or a file with it.")
    _export(_command(commands, "export", "office.export", "manifest"))
    _record(_command(commands, "record", "record.record", "manifest"))
    listing = _command(commands, "list", "contacting.list_people", "manifest")
    listing.add_argument("notice", metavar="NOTICE", help="The notice.")
    listing.add_argument("consent", metavar="CONSENT", help="The id of the consent.")
    listing.add_argument(
        "--format", choices=("csv", "jsonl"), default="csv", help="The form of the rows (default: csv)."
    )
    listing.add_argument("--by", required=True, help="Who asks: a role or staff number. It is noted.")
    _command(commands, "listed", "contacting.listed", known=("database",))
    acted = _command(commands, "acted", "acting.acted", "manifest")
    acted.add_argument("event", type=int, metavar="EVENT", help="The number of the withdrawal or request.")
    acted.add_argument("code", metavar="CODE", help=f"What was done: {', '.join(Done)}.")
    acted.add_argument("--note", help="More about it. It is kept sealed, and erased with the person's details.")
    acted.add_argument("--by", required=True, help="Who did it: a role or staff number.")
    acted.add_argument("--happened", metavar="TIME", help="When, as for `record`; now where it is left out.")
    erase = _command(commands, "erase", "office.erase_person", "manifest")
    who = erase.add_mutually_exclusive_group(required=True)
    who.add_argument("--reference", help="The reference of a receipt.")
    who.add_argument("--email", help="The address they gave.")
    who.add_argument("--subject", help="The subject in the ledger.")
    erase.add_argument("--by", required=True, help="Who erases: a role or staff number.")
    purge = _command(commands, "purge", "office.purge", "manifest")
    purge.add_argument("--do", action="store_true", help="Erase them. Without it, they are only shown.")
    purge.add_argument("--by", default="purge", help="Who erases: a role or staff number (default: purge).")
    _out(_command(commands, "checkpoint", "proving.checkpoint"))
    keep = _command(commands, "keep-head", "proving.keep_head")
    keep.add_argument("file", type=Path, metavar="FILE", help="The newer head: what /log/checkpoint of a peer answers.")
    backup = _command(commands, "backup", "recovery.restoring.backup")
    backup.add_argument("file", type=Path, metavar="FILE", help="Where to copy the database to: a new file.")
    restore = _command(commands, "restore", "recovery.restoring.restore", "manifest")
    restore.add_argument("file", type=Path, metavar="FILE", nargs="?", help="The backup; left out after pg_restore.")
    drill = _command(commands, "drill", "recovery.drilling.drill", "manifest", known=("keys",))
    drill.add_argument(
        "backup", type=Path, metavar="BACKUP", help="What `consents backup` or `pg_dump --format=custom` wrote."
    )
    drill.add_argument(
        "--scratch", metavar="URL", help="For a dump of PostgreSQL: a new, empty database. It is emptied afterwards."
    )
    drill.add_argument("--report", type=Path, metavar="FILE", help="Write what was found to this file too, as JSON.")
    _command(commands, "send", "running.send", "manifest", "mail", "desk")
    listing = _command(commands, "mail", "letters.mail", known=("database",))
    listing.add_argument("--format", choices=("text", "json"), default="text", help="Columns parted by tabs, or JSON.")
    back = _command(commands, "bounced", "returning.bounced", known=("database",))
    files = "A notification, an mbox, or a folder of them; standard input where none is given."
    back.add_argument("files", type=Path, nargs="*", metavar="FILE", help=files)
    _command(commands, "stats", "office.stats")
    key = commands.add_parser("key", help="API keys for the council's other systems.")
    keys = key.add_subparsers(dest="key_command", required=True, metavar="COMMAND")
    add = _command(keys, "add", "running.key_add")
    add.add_argument("name", metavar="NAME", help="Which system it is for.")
    usual = " and ".join(USUAL)
    may = f"What it may do: {', '.join(Right)}. Can be repeated (default: {usual})."
    add.add_argument("--may", action="append", choices=[*map(str, Right)], metavar="RIGHT", help=may)
    add.add_argument("--notice", action="append", help="Only about this notice. Can be repeated (default: all).")
    add.add_argument("--expires", type=date.fromisoformat, metavar="DATE", help="Its last day (default: none).")
    _command(keys, "list", "running.key_list")
    _command(keys, "revoke", "running.key_revoke").add_argument(
        "id", metavar="ID", help="The key's id, from `key list`."
    )
    rotating = commands.add_parser("rotate", help="A new key in place of an old one.", description=ROTATE)
    rotations = rotating.add_subparsers(dest="rotate_command", required=True, metavar="KEY")
    _command(rotations, "signing", "rotating.rotate_signing")
    for name, function in (
        ("token", "rotating.rotate_token"),
        ("pepper", "rotating.rotate_pepper"),
        ("details", "rotating.rotate_details"),
    ):
        _command(rotations, name, function).add_argument(
            "--retire", action="store_true", help="Make no new one: end all that were kept from before."
        )
    return top


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    function: str,
    *extra: str,
    known: Sequence[str] = ("database", "keys"),
) -> argparse.ArgumentParser:
    told = SENTENCES[function]
    command = commands.add_parser(name, help=told.partition("\n")[0], description=told)
    command.set_defaults(run=function)
    for option in (*known, *extra):
        _add(command, option)
    return command


def _export(command: argparse.ArgumentParser) -> None:
    command.add_argument("--format", choices=("csv", "jsonl", "jsonld"), default="csv", help="The form of the rows.")
    command.add_argument("--notice", help="Only the events of this notice, and those that name none.")
    command.add_argument(
        "--from", dest="first", type=date.fromisoformat, metavar="DATE", help="From this day on (UTC)."
    )
    command.add_argument("--to", dest="last", type=date.fromisoformat, metavar="DATE", help="Up to and with this day.")
    command.add_argument("--reference", help="The evidence about one receipt, to be read by a person and checked.")
    command.add_argument("--by", help="Who makes the evidence: a role or staff number. It stands in it.")
    _out(command)


def _out(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--out",
        type=Path,
        metavar="FILE",
        help="Write to this file, whole or not at all, rather than to standard output.",
    )


def _record(command: argparse.ArgumentParser) -> None:
    command.add_argument("--notice", help="The notice it is about.")
    command.add_argument("--version", help="The version they were told of; the one in force that day otherwise.")
    command.add_argument("--language", help="The language of the words (default: en).")
    command.add_argument(
        "--decision",
        action="append",
        metavar="CONSENT=DECISION",
        help="What they said: given, refused or withdrawn. Can be repeated.",
    )
    command.add_argument("--channel", choices=CHANNELS, help="How they told you.")
    command.add_argument("--reference", help="Their earlier receipt, if they have one.")
    command.add_argument(
        "--acting-for", choices=[str(who) for who in ActingFor], help="Whom it is for (default: self)."
    )
    command.add_argument("--earlier", type=Path, metavar="FILE", help="A file with the words of a form from before.")
    command.add_argument(
        "--digest", help="The fingerprint that the form bears: needed for a yes after their withdrawal."
    )
    command.add_argument(
        "--person-confirmed", action="store_true", help="Instead: they confirmed to you that they changed their mind."
    )
    for name, text in (
        ("name", "Their name."),
        ("email", "Their mail address."),
        ("phone", "Their phone number."),
        ("post", "Their postal address."),
        ("about", "The child's name, if it is about a child."),
        ("case", "The service's own case reference."),
    ):
        command.add_argument(f"--{name}", help=text)
    _by(command, required=False)
    command.add_argument(
        "--csv", metavar="FILE", help="Many at once; - for standard input. Line 1 names these options without --."
    )
    command.add_argument("--dry-run", action="store_true", help="Show what would change, and record nothing.")
    command.add_argument("--yes", action="store_true", help="Do not ask on a terminal.")


def _by(command: argparse.ArgumentParser, *, required: bool = True) -> None:
    command.add_argument("--by", required=required, help="Who records it: a role or staff number, never a name.")
    command.add_argument(
        "--happened",
        required=required,
        metavar="TIME",
        help="When, in Britain: 24/11/2026, 24 November 2026, 24 Nov 2026 2.30pm or 2026-11-24T14:30.",
    )


def _add(command: argparse.ArgumentParser, name: str) -> None:
    option = options()[name]
    default = getattr(Config(), name)
    env = f"(${option.env}; default: {default})" if default is not None else f"(${option.env})"
    command.add_argument(f"--{name}", type=_reader(name), help=f"{option.help} {env}".replace("%", "%%"))


def _reader(name: str) -> Callable[[str], Any]:
    """Reads the flag of an option as the option's environment variable is read."""

    def read(text: str) -> Any:
        try:
            return config.read(name, text)
        except ValueError as error:
            raise argparse.ArgumentTypeError(f"{text!r} cannot be used. {error}") from error

    return read


if __name__ == "__main__":
    sys.exit(main())
