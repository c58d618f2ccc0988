"""For the operator: read what mail servers say of letters that came back, from a mailbox's pipe, files or folders."""

from __future__ import annotations

import argparse
import mailbox
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from widget.commands import opening
from widget.commands.codes import DONE
from widget.config import Config
from widget.errors import StartRefused
from widget.mail.returned import LONGEST, returned
from widget.store.group_commit import Store

MARKED, BEFORE, OTHER = "marked", "marked before", "no letter of ours"


def bounced(config: Config, given: argparse.Namespace) -> int:
    """Run `consents bounced`. Returns the exit code."""
    missing = [str(path) for path in given.files if str(path) != "-" and not path.exists()]
    if missing:
        raise StartRefused(f"There is no {', '.join(missing)}. Nothing was read.")
    found: Counter[str] = Counter()
    with opening.store(config) as store:
        for path in given.files or [Path("-")]:
            for content in _notifications(path):
                found[_note(store, content)] += 1
    print(
        f"{found.total()} read: {found[MARKED]} letters are marked as not delivered, {found[BEFORE]} were before, "
        f"{found[OTHER]} tell of no letter from here that failed."
    )
    return DONE


def _note(store: Store, content: bytes) -> str:
    """Mark the letter that a notification names; what came of it."""
    failed = returned(content)
    if failed is None:
        return OTHER
    with store.reading() as reading:
        letter = reading.handed_over(failed.event_id, failed.kind)
    if letter is None:
        return OTHER
    new = store.write(lambda writing: writing.note_came_back(letter[0], failed.why))
    return MARKED if new else BEFORE


def _notifications(path: Path) -> Iterator[bytes]:
    """Messages: standard input is one, a file one or an mbox, a folder a Maildir or files; each cut where it is too long."""
    if str(path) == "-":
        yield sys.stdin.buffer.read(LONGEST)
    elif path.is_dir():
        places = [path / name for name in ("new", "cur") if (path / name).is_dir()] or [path]
        for place in places:
            for file in sorted(place.iterdir()):
                if file.is_file() and not file.name.startswith("."):
                    yield _start_of(file)
    elif _start_of(path).startswith(b"From "):
        with closing(mailbox.mbox(path, create=False)) as box:
            for key in box.iterkeys():
                with box.get_file(key) as message:
                    yield message.read(LONGEST)
    else:
        yield _start_of(path)


def _start_of(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(LONGEST)
