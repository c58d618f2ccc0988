"""`noticeboard init`: start the site of a council, in an empty folder or in place of the example."""

from __future__ import annotations

import argparse
import dataclasses
import sys
from functools import partial
from pathlib import Path

from generator.commands.codes import DONE
from generator.commands.questions import ask, ask_yes_or_no
from generator.commands.streams import misused
from generator.commands.terminal import today
from generator.content import decode
from generator.starting import council as answers
from generator.starting import example, folder, new_site
from generator.starting.council import Council
from generator.starting.example import Example

QUESTIONS = tuple(field.name for field in dataclasses.fields(Council))


def options(parser: argparse.ArgumentParser) -> None:
    """The options of `init`."""
    parser.add_argument("dir", nargs="?", type=Path, metavar="DIR", help="where to: an empty or a new folder (here)")
    parser.add_argument("--name", help="the council's full legal name")
    parser.add_argument("--short-name", metavar="NAME", help="its everyday name")
    parser.add_argument("--website", metavar="URL", help="the council's website")
    parser.add_argument("--officer", metavar="NAME", help="who answers questions about personal data")
    parser.add_argument("--officer-email", metavar="MAIL", help="at which mail address")
    parser.add_argument("--complaints", metavar="URL", help="the form on which people complain to the council")
    parser.add_argument("--complaints-email", metavar="MAIL", help="the mail address for complaints")
    parser.add_argument("--languages", metavar="CODES", help="the languages, the main one first: en, or en,cy")
    parser.add_argument("--address", metavar="URL", help="the web address where the notices will be published")
    parser.add_argument("--colour", metavar="COLOUR", help="of links and buttons, such as #0b5c6b")
    parser.add_argument("--yes", action="store_true", help="ask nothing; leave marks where no option answers")
    parser.add_argument(
        "--remove-example",
        action="store_true",
        help="take away the example in the folder with its history, var/ and builds",
    )


def init(options: argparse.Namespace) -> int:
    """Write site.yml, the first notices and pages, and what version control needs; all of it or nothing."""
    root: Path = options.dir or options.root
    found = example.find(root) if root.is_dir() else None
    given = Council(**{name: getattr(options, name) or "" for name in QUESTIONS}).cleaned()
    refused = [*answers.wrong(given).values()]
    refused += filter(None, [folder.refusal(root, found, remove=options.remove_example)])
    asking = not options.yes and sys.stdin.isatty()
    if found is not None and not options.remove_example and not asking:
        refused.append(_has_example(root))
    if refused:
        return misused("\n".join(refused))
    if asking:
        if found is not None and not options.remove_example:
            if not ask_yes_or_no(_offer(found)):
                return misused("Nothing was changed. Name another folder: `noticeboard init DIR`.")
            if refusal := folder.refusal(root, found, remove=True):
                return misused(refusal)
        print("A few questions about the council. Leave empty what you do not know.")
        given = _asked(given, {name for name in QUESTIONS if getattr(options, name) is not None})
    present = {name: (root / name).read_text("utf-8") for name in new_site.ADDED_TO if (root / name).is_file()}
    files = new_site.files(given, today(options), present)
    folder.write(root, files, found)
    _say(root, files, removed=found is not None)
    return DONE


def _has_example(root: Path) -> str:
    where = "This folder" if root == Path() else str(root)
    return (
        f"{where} holds the example that comes with Noticeboard. To take it away, with its history, var/ and the built pages, "
        "add --remove-example; or name another folder: `noticeboard init DIR`."
    )


def _offer(found: Example) -> str:
    made = ", ".join(f"{path.name}/" for path in found.made)
    with_it = f", and with it {made}" if made else ""
    return (
        f"This folder holds the example that comes with Noticeboard: {len(found.files)} files of notices and their history"
        f"{with_it}. It must go before your own site can be here. Remove it (yes or no)?"
    )


def _asked(given: Council, known: set[str]) -> Council:
    """The answers with those that somebody types; asked again until each can be used."""
    for name in (name for name in QUESTIONS if name not in known):
        answer = ask(decode.doc_of(Council, name), partial(_wrong, name))
        given = dataclasses.replace(given, **{name: answer})
    return given.cleaned()


def _wrong(name: str, answer: str) -> str | None:
    return answers.wrong(Council(**{name: answer}).cleaned()).get(name)


def _say(root: Path, files: dict[str, bytes], *, removed: bool) -> None:
    if removed:
        print("The example is gone.")
    here = "" if root == Path() else f"{root}/"
    go = "" if root == Path() else f"cd {root}, then:\n"
    print(
        f"Wrote {len(files)} files, {here}site.yml and {here}content/primary/notice.md among them.\n{go}"
        "  noticeboard serve        shows the site on http://127.0.0.1:8000\n"
        "  noticeboard check        names each mark that is left for you to fill in\n"
        "  noticeboard new parking  starts a notice of your own"
    )
