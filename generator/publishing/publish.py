"""Publishing: working texts become frozen versions, with their lines in the lock. A version never changes.

`Deciding` decides and refuses, notice by notice; `storing` writes what is `gathered`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from generator.content.model import Change, ChangeKind, Following, Notice
from generator.content.site_file import Approval
from generator.markdown import pictures, render
from generator.markdown.render import TooHard
from generator.problems import ContentError, Place, Problem, errors_in
from generator.publishing import approval, drafts, later, refusals
from generator.publishing.approval import Evidence
from generator.publishing.drafts import Draft, Drafted, Working
from generator.publishing.faults import P01
from generator.publishing.storing import Publication
from generator.repository import CONTENT, Repository, name_problems
from generator.rules.text.pictures import B05
from generator.rules.text.rendering import too_hard
from generator.versions import chain, listing
from generator.versions import lock as lockfile
from generator.versions import version as versions
from generator.versions.differences import Difference
from generator.versions.section_html import frozen_form
from generator.versions.version import Version
from generator.wording.strings import Words
from widget import manifest


@dataclass(frozen=True)
class Asked:
    """The command line's description of the change; its gaps are filled from the notice's `change`."""

    kind: ChangeKind | None = None
    summary: str | None = None
    effective: date | None = None
    same_meaning: bool = False
    """That changed words mean the same to residents as before, whatever they read like."""
    translations: tuple[Following, ...] | None = None
    """The languages that follow later; None where the notice's own `change` says so."""


@dataclass(frozen=True)
class NoticePublication:
    """The publication of one notice: versions with their files and what differs in each, a listing, or why there is
    neither."""

    problems: tuple[Problem, ...] = ()
    versions: tuple[Version, ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)
    differences: Mapping[str, tuple[Difference, ...]] = field(default_factory=dict)
    listings: Mapping[str, bytes] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class Deciding:
    """Decides what becomes of each notice, which knows of no other notice that is published with it.

    `named` are the notices asked for by their ids, none for all that changed and say how (`change`). With `every`, of all
    notices that differ or were never published, through whatever they share: what is asked describes those that have no
    new `change` of their own. `evidence` tells of a notice's review, where site.yml asks for approval.
    """

    repository: Repository
    words: Mapping[str, Words]
    working: Working
    asked: Asked
    on: date
    named: frozenset[str] = frozenset()
    every: bool = False
    evidence: Callable[[str], Evidence] = lambda notice: Evidence()

    def chosen(self) -> dict[str, list[str]]:
        """The languages of each notice asked for that has a working text, the site's main language first."""
        return {
            notice: own for notice, own in _texts(self.repository).items() if notice in self.named or not self.named
        }

    def languages(self, notice: str) -> list[str]:
        """Those of a notice's working texts, in the same order."""
        return [
            language for language in self.repository.site.languages if (notice, language) in self.repository.notices
        ]

    def of(self, notice: str, languages: Iterable[str]) -> NoticePublication:
        """The publication of a notice, all its languages together.

        `ContentError` where a file changes while it is read.
        """
        if not any(one.changed or one.facts for one in (self.working.outcome(notice, own) for own in languages)):
            return NoticePublication()
        work = _Work(self.repository, self.words, self.asked, self.on, self.every, bool(self.named), self.evidence)
        work.add(notice, [self.working.draft(notice, language) for language in languages])
        return work.outcome()


def plan(repository: Repository, words: Mapping[str, Words], ids: Iterable[str], asked: Asked, on: date) -> Publication:
    """The next version of each notice named of a repository that was read whole; `ContentError` as for `gathered`."""
    deciding = Deciding(repository, words, Drafted(repository, words, on), asked, on, frozenset(ids))
    return gathered(repository, [deciding.of(*chosen) for chosen in deciding.chosen().items()])


def gathered(repository: Repository, notices: Sequence[NoticePublication]) -> Publication:
    """One publication of what becomes of each notice. Raises `ContentError` with everything that is in the way."""
    if problems := [problem for one in notices for problem in one.problems]:
        raise ContentError(problems)
    locked, _ = lockfile.read(repository.lock, "")
    every = {name: data for one in notices for name, data in one.files.items()}
    files = {name: data for name, data in every.items() if not (lockfile.is_picture(name) and name in locked)}
    lines = [lockfile.line(versions.digest(data), name) for name, data in files.items()]
    return Publication(
        files,
        repository.lock + "".join(lines),
        tuple(version for one in notices for version in one.versions),
        {name: found for one in notices for name, found in one.differences.items()},
        listings={name: data for one in notices for name, data in one.listings.items()},
        left_out=tuple(told for one in notices for told in one.left_out),
    )


@dataclass
class _Work:
    """The work on a notice; `named` where the notices were asked for by their ids."""

    repository: Repository
    words: Mapping[str, Words]
    asked: Asked
    on: date
    every: bool
    named: bool
    evidence: Callable[[str], Evidence]
    problems: list[Problem] = field(default_factory=list)
    coming: list[Version] = field(default_factory=list)
    drafted: list[Draft] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    listings: dict[str, bytes] = field(default_factory=dict)

    def outcome(self) -> NoticePublication:
        """The outcome, with the files to write unless something is in the way."""
        if self.problems:
            return NoticePublication(tuple(self.problems))
        files, differences = _files(self.repository, self.coming, self.drafted)
        return NoticePublication((), tuple(self.coming), files, differences, self.listings, tuple(self.left_out))

    def add(self, notice: str, group: list[Draft]) -> None:
        """One notice in all its languages: a version, a listing, or why it is neither."""
        published = bool(self.repository.numbers(notice))
        if not any(draft.changed for draft in group):
            self._facts(group)
        elif not self.named and not published and not all(draft.sound for draft in group):
            self.left_out.append(f"{notice}: it was never published and has errors. See `noticeboard check {notice}`.")
        else:
            self._version(notice, group, must=self.named or (self.every and published))

    def _facts(self, group: list[Draft]) -> None:
        if any(draft.facts for draft in group):
            self.problems += (problem for draft in group for problem in errors_in(draft.problems))
            self.listings |= _listing(self.repository, group)

    def _version(self, notice: str, group: list[Draft], *, must: bool) -> None:
        """The next version; a notice that does not say how it changed is left out, unless it `must` be published."""
        written = {draft.notice.language: _written(self.repository, draft) for draft in group}
        asked = _asked_of(written, self.asked, every=self.every)
        change, refused = _change(group[0], [own for own in written.values() if own], asked)
        if change is None and must:
            self.problems += refused
        elif change is None:
            why = "it does not say what `change` it is. Write it there, or name it with --kind and --summary."
            self.left_out.append(f"{notice}: {why}")
        else:
            found = later.together(self.repository, group, change, self.on)
            self.problems += _in_the_way(self.repository, found, asked, self.on)
            self.coming += self._approved(notice, found.group, written, found.change, asked) if found.group else []
            self.drafted += found.group
            self.listings |= _listing(self.repository, group) if notice in self.repository.listings else {}

    def _approved(
        self, notice: str, group: list[Draft], written: Mapping[str, Change | None], change: Change, asked: Asked
    ) -> list[Version]:
        """The versions, with the role of who approved them where site.yml asks for it; a problem where nobody did."""
        coming = _next(self.repository, self.words, group, written, change, asked, self.on)
        if self.repository.site.approval is not Approval.REQUIRED or change.kind is ChangeKind.TYPO:
            return coming
        as_approved = _next(self.repository, self.words, group, written, change, asked, approval.WORKED_ON)
        wanted, evidence = approval.digest(as_approved, change.effective), self.evidence(notice)
        if (found := approval.granted(evidence, wanted)) is None:
            self.problems.append(approval.missing(notice, group[0].notice.file, evidence, wanted))
            return []
        on = str(found.on)
        return [dataclasses.replace(version, approved_on=on, approved_role=found.role) for version in coming]


def _texts(repository: Repository) -> dict[str, list[str]]:
    """The languages of the working texts by notice, the site's main language first."""
    found: dict[str, list[str]] = {}
    for notice, language in sorted(repository.notices):
        found.setdefault(notice, []).append(language)
    return {notice: sorted(own, key=repository.site.languages.index) for notice, own in found.items()}


def proposal(
    repository: Repository,
    words: Mapping[str, Words],
    notice: str,
    asked: Asked,
    on: date,
    working: Working | None = None,
) -> str | None:
    """The digest of what somebody approves: a notice's text as it would be published now. None where nothing differs.

    `working` has the drafts of an open site; without it every text of the repository is composed.

    Raises `ContentError` with what would stand in its way besides approval.
    """
    texts = working or Drafted(repository, words, on)
    group = [texts.draft(notice, language) for language in _texts(repository)[notice]]
    if not any(draft.changed for draft in group):
        return None
    written = {draft.notice.language: _written(repository, draft) for draft in group}
    change, problems = _change(group[0], [own for own in written.values() if own], asked)
    if change is None:
        raise ContentError(problems)
    found = later.together(repository, group, change, on)
    if problems := list(_in_the_way(repository, found, asked, on)):
        raise ContentError(problems)
    coming = _next(repository, words, found.group, written, found.change, asked, approval.WORKED_ON)
    return approval.digest(coming, found.change.effective)


def _listing(repository: Repository, group: list[Draft]) -> dict[str, bytes]:
    """The facts about a notice as its working texts have them, by the name of their file."""
    notice = group[0].notice.id
    texts = [draft.version for draft in group]
    return {listing.name(notice): listing.dump(listing.of(texts, repository.listings.get(notice)))}


def _asked_of(written: Mapping[str, Change | None], asked: Asked, *, every: bool) -> Asked:
    """The description that applies to one notice: when all are published, its own new `change` says more."""
    if every and any(written.values()):
        return dataclasses.replace(asked, kind=None, summary=None)
    return asked


def _in_the_way(repository: Repository, found: later.Together, asked: Asked, on: date) -> Iterator[Problem]:
    """Everything that stops a notice from being published with a change."""
    yield from found.problems
    group, change = found.group, found.change
    if not group:
        return
    if not repository.numbers(group[0].notice.id):
        yield from name_problems(repository, group[0].notice.id)
    yield from (problem for draft in group for problem in later.errors_of(draft, change))
    yield from repository.unread_problems(group[0].notice.id)
    yield from next((wrong for draft in group if (wrong := refusals.out_of_turn(draft, change, on))), [])
    yield from refusals.kind_too_low(group, change, same_meaning=asked.same_meaning)


def _next(
    repository: Repository,
    words: Mapping[str, Words],
    group: list[Draft],
    written: Mapping[str, Change | None],
    change: Change,
    asked: Asked,
    on: date,
) -> list[Version]:
    """One number for all languages, each with its own words and its own summary of the change."""
    main = group[0]
    notice = main.notice.id
    number = max(repository.numbers(notice), default=0) + 1
    ever = repository.ever_of(notice)
    before = {v.language: v.digest for v in ever}  # the newest is the last
    found = []
    for draft in group:
        said = _said(draft, written[draft.notice.language], change, group, words[draft.notice.language])
        version = drafts.final(repository, words, draft, on, change.effective) if draft.changed else draft.version
        found.append(
            dataclasses.replace(
                _frozen(version, draft.notice),
                version=number,
                published=on,
                effective=change.effective or on,
                change=dataclasses.replace(said, summary=asked.summary) if draft is main and asked.summary else said,
                previous=before.get(draft.notice.language, ""),
                cites=tuple(chain.uncited(v for v in ever if v.language == draft.notice.language)),
            )
        )
    return found


def _frozen(version: Version, notice: Notice) -> Version:
    """The version as residents will read it; `ContentError` where it cannot be made into a page in time."""
    try:
        return frozen_form(version, render.kept())
    except TooHard as failure:
        raise ContentError([too_hard(Place(notice.file))]) from failure


def _written(repository: Repository, draft: Draft) -> Change | None:
    """The `change` of a working text; None if it has none, or if it still describes a version of the past."""
    written = draft.notice.facets.change
    past = repository.published(draft.notice.id, draft.notice.language)
    used = written and any((str(written.kind), written.summary) == (v.change.kind, v.change.summary) for v in past)
    return None if used else written


def _change(draft: Draft, written: list[Change], asked: Asked) -> tuple[Change | None, list[Problem]]:
    """The version's description of its change: the command line's words before the notice's own, the main language's
    before others'."""
    own = written[0] if written else None
    kind = asked.kind or (own.kind if own else None)
    summary = asked.summary or (own.summary if own else None)
    if kind is None or not summary:
        what = f"does not say what changed since version {draft.last.version}" if draft.last else "has no `change`"
        remedy = "Give --kind and --summary, or write `change` with a kind and a summary in its front matter."
        return None, [P01.problem(draft.notice.place("change"), f"This notice {what}.", remedy)]
    effective = asked.effective or (own.effective if own else None)
    following = asked.translations if asked.translations is not None else own.translations if own else ()
    return Change(kind, summary, effective, following), []


def _said(draft: Draft, own: Change | None, change: Change, group: list[Draft], words: Words) -> manifest.Change:
    """One language's description of the change, in its own words where it has them.

    A language whose words stay the same says so, and asks nobody to renew: what changed is another language's text.
    """
    following = later.stated(change)
    if own:
        return manifest.Change(str(change.kind), own.summary, following)
    others = [other.notice.language for other in group if other.changed]
    if draft.changed or not others:
        return manifest.Change(str(change.kind), change.summary, following)
    kind = change.kind if change.kind in (ChangeKind.TYPO, ChangeKind.CLARIFICATION) else ChangeKind.CLARIFICATION
    names = ", ".join(words.name_of(language) for language in others)
    return manifest.Change(str(kind), words("section.change.same", languages=names), following)


def _files(
    repository: Repository, found: Sequence[Version], drafted: Sequence[Draft]
) -> tuple[dict[str, bytes], dict[str, tuple[Difference, ...]]]:
    """The files of a notice's versions, and what differs in each from the version before."""
    main = repository.site.language
    names = [versions.file_name(v.notice, v.version, v.language, main) for v in found]
    files = _pictures(repository, found)
    files |= {name: versions.freeze(version) for name, version in zip(names, found, strict=True)}
    for name, draft in zip(names, drafted, strict=True):
        files[lockfile.beside(name)[1]] = _source(repository, draft.notice)
    return files, {name: draft.differences for name, draft in zip(names, drafted, strict=True)}


def _source(repository: Repository, notice: Notice) -> bytes:
    """The working text as its editor wrote it; `ContentError` where it was saved anew since it was composed."""
    data = repository.source(notice)
    if data is None:
        raise ContentError([B05.problem(Place(notice.file), "This text changed while it was read.", "Publish again.")])
    return data


def _pictures(repository: Repository, found: Iterable[Version]) -> dict[str, bytes]:
    """The pictures that the versions show, by the names under which they are kept within content/.

    `ContentError` where one was saved anew since the text was composed.
    """
    files: dict[str, bytes] = {}
    for version in found:
        shown = pictures.named_in([versions.shown_text(version)]) - files.keys()
        for picture in repository.pictures.get(version.notice, {}).values():
            if picture.sound and picture.frozen in shown:
                path = repository.root / CONTENT / version.notice / picture.name
                data = path.read_bytes()
                if versions.digest(data) != picture.digest:
                    place = Place(path.relative_to(repository.root).as_posix())
                    raise ContentError(
                        [B05.problem(place, "This picture changed while it was read.", "Publish again.")]
                    )
                files[picture.frozen] = data
    return files
