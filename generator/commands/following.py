"""The options that say which languages follow later: `--later cy=2026-12-20 --reason "..."`, of `publish` and
`approve`."""

from __future__ import annotations

import argparse
from datetime import date

from generator.commands.streams import day
from generator.content.model import Following, Ident, Reason


def later_options(parser: argparse.ArgumentParser) -> None:
    """Add them."""
    parser.add_argument(
        "--later",
        type=_language_and_day,
        action="append",
        default=[],
        metavar="LANGUAGE=YYYY-MM-DD",
        help="publish without a language, such as cy, whose text follows by that day",
    )
    parser.add_argument("--reason", help="why it follows later, in one plain sentence for residents")
    parser.add_argument(
        "--own-reason",
        type=_language_and_text,
        action="append",
        default=[],
        metavar="LANGUAGE=TEXT",
        help="the same in that language, for the page in that language",
    )


def misuse(options: argparse.Namespace) -> str:
    """The fault of how they were given, in a sentence; nothing where all is well."""
    languages = {language for language, _ in options.later}
    if (options.reason or options.own_reason) and not languages:
        return "Say with --later which language follows, and by which day."
    if languages and not (options.reason or "").strip():
        return "Say with --reason why the language follows later: residents read it."
    if unknown := sorted({language for language, _ in options.own_reason} - languages):
        return f"--own-reason is for a language of --later, and {', '.join(unknown)} is none."
    return ""


def given(options: argparse.Namespace) -> tuple[Following, ...] | None:
    """The languages that follow later, as `publish.Asked` has them; None where the options name none."""
    own = dict(options.own_reason)
    return (
        tuple(
            Following(Ident(language), by, Reason(options.reason), own.get(language)) for language, by in options.later
        )
        or None
    )


def _language_and_day(text: str) -> tuple[str, date]:
    language, sign, rest = text.partition("=")
    if not sign or not language:
        raise argparse.ArgumentTypeError(f"{text!r} is not a language and a day like cy=2026-12-20")
    return language, day(rest)


def _language_and_text(text: str) -> tuple[str, Reason]:
    language, sign, rest = text.partition("=")
    if not sign or not language or not rest.strip():
        raise argparse.ArgumentTypeError(f"{text!r} is not a language and a text like cy=Mae'r cyfieithydd yn sâl.")
    return language, Reason(rest)
