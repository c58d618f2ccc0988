"""`noticeboard approve`: somebody approves the very text that is published next, or one with words of their own."""

from __future__ import annotations

import argparse
import dataclasses

from generator import repository
from generator.building import build
from generator.commands import following
from generator.commands.codes import DONE, MISUSED, NOTHING
from generator.commands.streams import day, misused
from generator.commands.terminal import KINDS, kind, known_notices, today
from generator.content import notice_file
from generator.problems import ContentError
from generator.publishing import approval, publish, review_file, storing
from generator.publishing.evidence import evidence_of
from generator.publishing.review_file import Approval, Words
from generator.repository import CONTENT, Repository


def approve_options(parser: argparse.ArgumentParser) -> None:
    """The options of `approve`."""
    parser.add_argument("id", metavar="ID", help="the notice")
    parser.add_argument(
        "--by", required=True, metavar="NAME", help="who approves it; kept in review.yml and nowhere else"
    )
    parser.add_argument(
        "--role", required=True, help="what they are, such as Data Protection Officer; residents read it"
    )
    parser.add_argument("--kind", type=kind, metavar=KINDS, help="as `publish` will say it")
    parser.add_argument("--summary", help="as `publish` will say it")
    parser.add_argument("--effective", type=day, metavar="YYYY-MM-DD", help="as `publish` will say it")
    parser.add_argument("--same-meaning", action="store_true", help="as `publish` will say it")
    following.later_options(parser)
    parser.add_argument(
        "--replace",
        nargs=2,
        action="append",
        default=[],
        metavar=("OLD", "NEW"),
        help="approve it with other words in place of some that stand once in the text",
    )
    parser.add_argument("--language", metavar="CODE", help="the language of the words to replace (the site's main one)")


def approve(options: argparse.Namespace) -> int:
    """Write an approval to review.yml; `NOTHING` where the text does not differ from the last version."""
    found, on = repository.read(options.root), today(options)
    if known_notices([options.id], found) is None:
        return MISUSED
    if wrong := following.misuse(options):
        return misused(wrong)
    evidence = evidence_of(options.root, options.id, None)
    if approval.is_one_of(options.by, evidence.saved_by):
        return misused(f"{options.by} wrote part of this text since its last version. Somebody else has to approve it.")
    language = options.language or found.site.language
    words = tuple(Words(language, old, new) for old, new in options.replace)
    for one in words:
        if (options.id, language) not in found.notices or _text(found, options.id, one).count(one.old.encode()) != 1:
            return misused(f"“{one.old}” does not stand exactly once in that text. Give more of the words around it.")
    asked = publish.Asked(
        options.kind, options.summary, options.effective, options.same_meaning, following.given(options)
    )
    digest = publish.proposal(_with_words(found, options.id, words), build.read_words(found), options.id, asked, on)
    if digest is None:
        print(f"Nothing to approve: the text of {options.id} does not differ from its last version.")
        return NOTHING
    approved = Approval(digest, options.by, options.role, on, words)
    review = dataclasses.replace(evidence.review, approvals=(*evidence.review.approvals, approved))
    storing.write_text(found.root / CONTENT / review_file.name(options.id), review_file.dump(review))
    print(
        f"Approved by the {options.role}: this text, kind, summary and day, and no other. {CONTENT}/{options.id}/review.yml"
    )
    for one in words:
        print(f"It holds once “{one.old}” reads “{one.new}” in the text ({one.language}).")
    return DONE


def _text(found: Repository, notice: str, words: Words) -> bytes:
    return (found.root / found.notices[notice, words.language].file).read_bytes()


def _with_words(found: Repository, notice: str, words: tuple[Words, ...]) -> Repository:
    """The repository as it is once the editor took the words in."""
    notices = dict(found.notices)
    for language in {one.language for one in words}:
        before = notices[notice, language]
        data = (found.root / before.file).read_bytes()
        for one in words:
            data = data.replace(one.old.encode(), one.new.encode(), 1)
        after, problems = notice_file.read(data, before.file, notice, language)
        if after is None:
            raise ContentError(problems)
        notices[notice, language] = after
    return dataclasses.replace(found, notices=notices)
