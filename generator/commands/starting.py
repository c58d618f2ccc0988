"""`noticeboard new` and `schema`: how a notice and an editor's program start."""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
from pathlib import Path

from generator import repository
from generator.commands import new_notice
from generator.commands.codes import DONE
from generator.commands.new_notice import Answers
from generator.commands.questions import ask, ask_yes_or_no
from generator.commands.streams import misused
from generator.commands.terminal import today
from generator.content import decode, json_schema
from generator.content.site_file import SiteSource
from generator.repository import CONTENT
from generator.translation import files as translation


def new_options(parser: argparse.ArgumentParser) -> None:
    """The options of `new`."""
    parser.add_argument("id", metavar="ID", help="the notice's id: the end of its address, such as parking")
    parser.add_argument("--title", help="what it is called")
    parser.add_argument("--service", help="the council service it is about")
    parser.add_argument("--category", help="the heading under which the list of notices shows it")
    parser.add_argument("--email", help="the service's mail address")
    parser.add_argument("--law", help="the Act and section that makes it a public task")
    parser.add_argument(
        "--consent", action=argparse.BooleanOptionalAction, default=None, help="whether people are asked to agree"
    )
    parser.add_argument("--language", metavar="CODE", help="the language it is written in (the site's main one)")
    parser.add_argument("--yes", action="store_true", help="ask nothing; leave marks where no option answers")


def new(options: argparse.Namespace) -> int:
    """Write the notice.md of a new notice."""
    found = repository.read(options.root)
    site, language = found.site, options.language or found.site.language
    if language not in site.languages:
        return misused(f"`{language}` is not a language of this site. It has: {', '.join(site.languages)}.")
    translated = language != site.language and (options.id, site.language) in found.notices
    published = bool(found.numbers(options.id)) and not translated
    refused = new_notice.refusal(options.id, site, [name for name, _ in found.pages], published)
    refused = refused or new_notice.wrong_email(options.email or "")
    if refused:
        return misused(refused)
    path = options.root / CONTENT / options.id / repository.localised("notice", language, site)
    if path.exists():
        return misused(f"{path} is there already, and nothing is written over it. Open it, or choose another id.")
    answers = _answers(options, site)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(new_notice.text(options.id, answers, site, language, today(options)))
    print(
        f"Wrote {path}. Open it and replace each [TO WRITE: ...]; `noticeboard check {options.id}` says what is left."
    )
    return DONE


def _answers(options: argparse.Namespace, site: SiteSource) -> Answers:
    """The answers from the options, and on a terminal the editor's answers to the rest."""
    given = {field.name: getattr(options, field.name) for field in dataclasses.fields(Answers)}
    if not options.yes and sys.stdin.isatty():
        print(
            f"A few questions about the new notice of {site.short_name(site.language)}. Leave empty what you do not know."
        )
        for name in (name for name, value in given.items() if value is None):
            given[name] = _ask(name)
    return Answers(**{name: value for name, value in given.items() if value is not None})


def _ask(name: str) -> str | bool:
    """An answer from the terminal; asked again until it can be used."""
    question = decode.doc_of(Answers, name)
    if name == "consent":
        return ask_yes_or_no(question)
    return ask(question, lambda answer: new_notice.wrong_email(answer) if name == "email" else None)


def schema_options(parser: argparse.ArgumentParser) -> None:
    """The options of `schema`."""
    parser.add_argument(
        "--of", choices=tuple(json_schema.OF), default="notice", help="front matter (notice) or site.yml"
    )
    parser.add_argument("--out", type=Path, metavar="FILE", help="write it to a file, as UTF-8 on every system")


def schema(options: argparse.Namespace) -> int:
    """Print or write the JSON Schema of front matter or of site.yml."""
    text = json.dumps(json_schema.schema(options.of), ensure_ascii=False, indent=2)
    if options.out:
        translation.store(options.out, f"{text}\n".encode())
    else:
        print(text)
    return DONE
