"""`noticeboard call-off`, `restore` and `retract`: what was published is called off, comes back as a text, or is taken down."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from generator import repository, site_folder
from generator.commands.codes import DONE, NOTHING
from generator.commands.streams import misused
from generator.commands.terminal import today
from generator.content.site_file import SiteSource
from generator.publishing import call_off, restore, retract, storing
from generator.repository import CONTENT
from generator.versions import listing
from generator.versions.version import Version
from generator.wording import inserts


def call_off_options(parser: argparse.ArgumentParser) -> None:
    """The options of `call-off`."""
    parser.add_argument("id", metavar="ID", help="the notice")
    parser.add_argument("number", type=int, metavar="N", help="the number of the version, in all its languages")


def call_version_off(options: argparse.Namespace) -> int:
    """Keep a version that has not started from ever starting."""
    storing.clear_away(options.root)
    lock, ever = repository.read_frozen(options.root)
    publication = call_off.plan(lock, ever, options.id, options.number, today(options))
    if not publication.versions:
        print(f"Version {options.number} of {options.id} was called off before.")
        return NOTHING
    storing.write(options.root, publication)
    print(
        f"Version {options.number} of {options.id} is called off: it never applies, and its page says so once the site is built. "
        f"Your text is as it was. To correct the version in force: `noticeboard restore {options.id}`."
    )
    return DONE


def restore_options(parser: argparse.ArgumentParser) -> None:
    """The options of `restore`."""
    parser.add_argument("id", metavar="ID", help="the notice")
    parser.add_argument("number", type=int, nargs="?", metavar="N", help="the number of the version (the one in force)")
    parser.add_argument(
        "--keep", action="store_true", help="keep a text that was never published beside the one that comes back"
    )


def restore_text(options: argparse.Namespace) -> int:
    """Make the working text the one that a version was made from; `NOTHING` where it is."""
    site = repository.read_site(options.root)
    _, ever = repository.read_frozen(options.root)
    content = options.root / CONTENT
    texts = (f"{options.id}/{repository.localised('notice', language, site)}" for language in site.languages)
    working = {name: (content / name).read_bytes() for name in texts if (content / name).is_file()}
    present = restore.Present(working, partial(_bytes, options.root), partial(_shared_today, options.root, site))
    told = content / listing.name(options.id)
    due = listing.read(told.read_bytes(), told.name).review_by if told.is_file() else None
    on = today(options)
    found = restore.plan(site, ever, present, options.id, options.number, on, keep=options.keep, review_by=due)
    number = found.version
    if not found.texts and not found.pictures:
        print(f"The text of {options.id} is that of version {number}.")
        _name_what_stays(options.id, found)
        return NOTHING
    for name, data in found.copies.items():
        written = storing.write_new(content / name, data)
        print(f"Yours is kept in {written.relative_to(options.root).as_posix()}.")
    for name, data in found.pictures.items():
        storing.write_text(content / name, data)
        print(f"{CONTENT}/{name} is the picture of version {number} again.")
    for name, data in found.texts.items():
        storing.write_text(content / name, data)
        print(f"{CONTENT}/{name} is the text of version {number} again.")
    for name in found.wordy:
        print(
            f"{CONTENT}/{name} has the words of version {number} without facts: that version kept none. "
            "Version control may have the text with its facts.",
            file=sys.stderr,
        )
    _name_what_stays(options.id, found)
    print("`noticeboard status` shows how it differs from the newest version.")
    return DONE


def _name_what_stays(notice: str, found: restore.Restoration) -> None:
    for name in found.left:
        print(f"{CONTENT}/{name} stays as it is: version {found.version} is not in that language.", file=sys.stderr)
    for name in found.reworded:
        print(
            f"{CONTENT}/{name} stays as it is, since other notices may use it: version {found.version} had other words there. "
            f"The page {notice}/v/{found.version}/ shows them; version control may have the file.",
            file=sys.stderr,
        )


def _bytes(root: Path, name: str) -> bytes | None:
    path = root / CONTENT / name
    if not site_folder.exists(path) and site_folder.is_within(root, path):
        return None
    return site_folder.read(root, path)


def _shared_today(root: Path, site: SiteSource, version: Version) -> Mapping[str, str]:
    shared, _ = repository.read_shared(root, site)
    return inserts.wording(site, shared[version.language], version.language, version.effective).shared


def retract_options(parser: argparse.ArgumentParser) -> None:
    """The options of `retract`."""
    parser.add_argument("id", metavar="ID", help="the notice")
    parser.add_argument("number", type=int, metavar="N", help="the number of the version, in all its languages")
    parser.add_argument("--reason", required=True, help="why, in a plain sentence that residents read")
    parser.add_argument("--by", default="", help="kept for scripts of 0.1.0: no name is kept any more")
    parser.add_argument("--all-words", action="store_true", help="take down the title and the words of consents too")


def retract_version(options: argparse.Namespace) -> int:
    """Put a tombstone in the place of a version."""
    if not options.reason.strip():
        return misused('Say why: --reason "It named a resident by mistake."')
    site = repository.read_site(options.root)
    lock, ever = repository.read_frozen(options.root, resume=True)
    if options.by:
        print("The name given with --by is not kept: keep it in your own records.", file=sys.stderr)
    asked = retract.Asked(options.id, options.number, options.reason, options.all_words)
    publication = retract.plan(lock, ever, asked, site.language, today(options))
    if not publication.versions:
        print(f"Version {options.number} of {options.id} was taken down before.")
        return NOTHING
    storing.write(options.root, publication)
    print(
        f"Version {options.number} of {options.id} is taken down. Run `noticeboard build` and publish the site. "
        "Copies stay in backups and in version control: have them removed there too."
    )
    return DONE
