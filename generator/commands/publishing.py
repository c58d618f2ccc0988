"""`noticeboard publish` and `upgrade`: freeze versions, and keep the HTML of those from before."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import partial

from generator import repository
from generator.building.site import together
from generator.building.site.memo import Reads
from generator.building.site.open_site import OpenSite
from generator.commands import following
from generator.commands.codes import DONE, MISUSED, NOTHING
from generator.commands.streams import day, misused
from generator.commands.terminal import KINDS, kind, known_notices, today
from generator.problems import ContentError, errors_in
from generator.publishing import publish, storing, upgrade
from generator.publishing.evidence import evidence_of
from generator.repository import CONTENT, Repository


def publish_options(parser: argparse.ArgumentParser) -> None:
    """The options of `publish`."""
    parser.add_argument("ids", nargs="*", metavar="ID", help="notices (all that changed and say how in `change`)")
    parser.add_argument(
        "--all",
        action="store_true",
        help="every notice that differs, through shared wording too, or was never published",
    )
    parser.add_argument("--kind", type=kind, metavar=KINDS, help="how much changes")
    parser.add_argument("--summary", help="what changed, in one plain sentence")
    parser.add_argument("--effective", type=day, metavar="YYYY-MM-DD", help="from which day it counts (today)")
    following.later_options(parser)
    parser.add_argument(
        "--same-meaning",
        action="store_true",
        help="changed words mean the same to residents, though they read like another period, recipient or purpose",
    )
    parser.add_argument(
        "--by", metavar="NAME", help="who wrote the text, where git does not know and approval is required"
    )
    parser.add_argument("--approved-by", metavar="NAME", help="ignored since `approve` exists; kept for old scripts")
    parser.add_argument("--approved-on", type=day, metavar="YYYY-MM-DD", help="ignored too")
    parser.add_argument("--dry-run", action="store_true", help="say what would be published, and publish nothing")


def publish_notices(options: argparse.Namespace) -> int:
    """Freeze the notices asked for; `NOTHING` where no text differs or all that differ were left out."""
    if options.all and options.ids:
        return misused("Give --all or the ids of notices, not both.")
    if not options.all and not options.ids and (options.kind or options.summary):
        return misused("Say which notices --kind and --summary describe: give their ids, or --all.")
    if options.later and not options.ids:
        return misused("Say which notices --later is for: give their ids.")
    if wrong := following.misuse(options):
        return misused(wrong)
    if cleared := storing.clear_away(options.root):
        print(f"An earlier publication was stopped halfway. {cleared} unfinished files were cleared away.")
    on = today(options)
    site = OpenSite(options.root, lambda: on)
    wanted = site.asked(lambda: known_notices(options.ids, site.repository))
    if wanted is None:
        return MISUSED
    if options.approved_by or options.approved_on:
        print(
            "--approved-by and --approved-on are ignored: approvals come from `noticeboard approve`.", file=sys.stderr
        )
    site.asked(lambda: _refuse_unread(site, options.ids))
    deciding = _Deciding(options, on)
    decided = together.answered(site, deciding, site.asked(lambda: _undecided(site, deciding)), on)
    publication, orphans = site.asked(lambda: _planned(site, deciding, decided))
    main = site.asked(lambda: site.repository.site.language)
    site.foresee({} if options.dry_run else publication.files)
    for told in publication.left_out:
        print(f"Left out: {told}", file=sys.stderr)
    if not publication.versions and not publication.listings:
        site.save()
        site.asked(lambda: _refuse_half_read(site, options.ids))
        unchanged = "Nothing to publish: no working text differs from its last version and says what changed."
        print("Nothing was published." if publication.left_out else unchanged)
        return NOTHING
    with ThreadPoolExecutor(1) as beside:  # what is known is kept while the disk flushes
        saving = beside.submit(site.save)
        if not options.dry_run:
            storing.write(options.root, publication)
        saving.result()
    _say_published(publication, main, options.dry_run)
    for told in orphans:
        print(told, file=sys.stderr)
    return DONE


@dataclass(frozen=True)
class _Deciding:
    """The outcome for each notice of an open site, as the command line asks for it."""

    options: argparse.Namespace
    on: date

    def within(self, site: OpenSite) -> publish.Deciding:
        """The same for a site, within a question."""
        options = self.options
        return publish.Deciding(
            site.repository,
            site.words(),
            site,
            publish.Asked(
                options.kind, options.summary, options.effective, options.same_meaning, following.given(options)
            ),
            self.on,
            frozenset(options.ids),
            options.all,
            partial(evidence_of, options.root, by=options.by),
        )

    def __call__(self, site: OpenSite, notice: str) -> publish.NoticePublication:
        """The outcome for a notice, within a question."""
        deciding = self.within(site)
        return deciding.of(notice, deciding.languages(notice))


def _refuse_unread(site: OpenSite, ids: Sequence[str]) -> None:
    """`ContentError` where a text of a notice that was named cannot be read."""
    if unread := [problem for name in ids for problem in site.repository.unread_problems(name)]:
        raise ContentError(unread)


def _undecided(site: OpenSite, deciding: _Deciding) -> dict[str, list[str]]:
    """The languages of each notice asked for, but for those that are known not to differ."""
    chosen = deciding.within(site).chosen()
    return {notice: own for notice, own in chosen.items() if not all(_is_same(site, notice, each) for each in own)}


def _is_same(site: OpenSite, *text: str) -> bool:
    if not site.knows("outcome", *text):
        return False
    outcome = site.outcome(*text)
    return not outcome.changed and not outcome.facts


def _planned(
    site: OpenSite, asked: _Deciding, decided: Mapping[str, tuple[publish.NoticePublication, Reads]]
) -> tuple[storing.Publication, list[str]]:
    """The notices to publish, and those that will lead to one that nobody can read yet.

    Another process's decision counts while its sources are the same.
    """
    found = site.repository
    deciding = asked.within(site)
    planned = []
    for notice, languages in deciding.chosen().items():
        known, reads = decided.get(notice, (None, ()))
        planned.append(known if known and site.same(reads) else deciding.of(notice, languages))
    publication = publish.gathered(found, planned)
    return publication, _orphans(publication, found)


def _orphans(publication: storing.Publication, found: Repository) -> list[str]:
    """Which notices name a parent that nobody can read yet."""
    coming = {version.notice for version in publication.versions}
    told = []
    for version in publication.versions:
        parent = version.facets.get("parent")
        if parent and parent not in coming and all(one.retracted for one in found.ever_of(parent)):
            told.append(
                f"The page of {version.notice} has no link to the notice `{parent}` until `{parent}` is published."
            )
    return told


def _refuse_half_read(site: OpenSite, ids: Sequence[str]) -> None:
    """`ContentError` where a notice that was named seems unchanged only because a part of it could not be read."""
    found = site.repository
    half_read = [key for key in site.texts_of(ids) if key in found.notices and found.notices[key].unread]
    problems = [problem for key in half_read for problem in errors_in(site.inspection(*key).problems)]
    if problems:
        raise ContentError(problems)


def _say_published(publication: storing.Publication, main: str, dry_run: bool) -> None:
    done = "Would publish" if dry_run else "Published"
    for version, differences in zip(publication.versions, publication.differences.values(), strict=True):
        name = f"{version.notice} ({version.language})" if version.language != main else version.notice
        what = ", ".join(item.heading or item.id for item in differences)
        print(f"{done} version {version.version} of {name}, in force from {version.effective}.")
        if what:
            print(f"  It differs in: {what}. Why: {version.change.summary}")
        for one in version.change.translations or () if version.language == main else ():
            print(f"  Its text in `{one.language}` follows by {one.by}: {one.reason}")
    for name in publication.listings:
        print(
            f"{'Would write' if dry_run else 'Wrote'} {CONTENT}/{name}: facts about the notice, which need no version."
        )


def upgrade_site(options: argparse.Namespace) -> int:
    """Keep the HTML of each version from before beside it; `NOTHING` where each has it."""
    storing.clear_away(options.root)
    lock, frozen = repository.read_frozen(options.root)
    publication = upgrade.plan(lock, frozen)
    if not publication.files:
        print("Nothing to upgrade: every version has its HTML.")
        return NOTHING
    storing.write(options.root, publication)
    print(
        f"Wrote the HTML of {len(publication.files)} versions beside them, with its lines in content/versions.lock. "
        "Keep both in version control, like the versions."
    )
    return DONE
