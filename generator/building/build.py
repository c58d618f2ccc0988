"""The static site: verify what was published, render what differs from the build before, and swap in a single step.

Killed at any point, `out` still leads to a whole site: the old one or the new one.
"""

from __future__ import annotations

import dataclasses
import itertools
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator import repository, site_plan
from generator.building import as_the_endpoint, backstop, folders, manifest_parts, memory, notice_job, workers
from generator.building.manifest_parts import Part, Parts
from generator.building.memory import Record
from generator.building.notice_job import Answer, Setting
from generator.content import marks
from generator.exports import search_index
from generator.pages import theme
from generator.problems import ContentError, NotInstalled, Place, errors_in
from generator.repository import CONTENT, Repository, Survey
from generator.versions import lock
from generator.versions.faults import V01
from generator.wording.strings import Words

if TYPE_CHECKING:
    from generator.building.rendering import Rendering

A_PIECE = 8  # notices that a worker is given at a time: few, so that all workers end together
WORTH_WORKERS = 50  # notices: some 200 pages
PAGES = (".html", ".xml")  # what is asked for and lies there compressed, of the files that belong to no notice
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Built:
    """The result of a build: all notices and pages of the site, and how many notices had to be rendered."""

    out: Path
    notices: int
    pages: int
    rendered: int = 0
    not_upgraded: int = 0
    """How many versions from before have no HTML beside them yet."""


@dataclass(frozen=True)
class Options:
    """How to build. `jobs` processes (None: one for each core); `force` renders everything anew; `compress` pages too."""

    with_drafts: bool = False
    jobs: int | None = None
    force: bool = False
    compress: bool = False


def build(
    repository: Repository,
    out: Path,
    on: date,
    base_url: str | None = None,
    with_drafts: bool = False,
    options: Options = Options(),
    progress: Progress = lambda done, total: None,
) -> Built:
    """Write the site as it is on a day and make `out` lead to it. `base_url` replaces the one of site.yml.

    Of `repository` it takes site.yml, pages and working texts; frozen versions it reads and verifies itself. Raises
    `ContentError` where history was altered, where a mark is left to fill in, where `out` is a folder that no build
    made or that another build holds, or where the words of a language are incomplete.
    """
    if base_url:
        address = type(repository.site.base_url)(base_url)
        repository = dataclasses.replace(repository, site=dataclasses.replace(repository.site, base_url=address))
    if with_drafts:
        options = dataclasses.replace(options, with_drafts=True)
    _refuse_unfinished(repository, drafts=options.with_drafts)
    folders.refuse_foreign(out)
    with folders.alone(out):
        return _Build(repository, out, on, options, progress).run()


def _refuse_unfinished(repository: Repository, *, drafts: bool) -> None:
    """`ContentError` where an ordinary page is there and cannot be read: the site would be without it, unseen.

    Without drafts also where a mark of `init` is left in one or in site.yml: residents would read it.
    """
    there = {page.file for page in repository.pages.values()}
    problems = [
        problem
        for problem in errors_in(repository.problems)
        if (problem.place.file.startswith(f"{CONTENT}/pages/") and problem.place.file not in there)
        or (problem.rule == marks.F07.id and not drafts)
    ]
    if problems:
        raise ContentError(problems)


class _Build:
    """One build, while it holds the lock of its output folder."""

    def __init__(self, source: Repository, out: Path, on: date, options: Options, progress: Progress) -> None:
        self.source = source
        self.out = out
        self.on = on
        self.options = options
        self.progress = progress
        self.survey: Survey = repository.survey(source.root)
        self.not_upgraded = len(lock.not_upgraded(self.survey.lock))
        self.live = folders.live(out)
        listings = repr(self.survey.listings).encode()
        compressed = ("compress",) if options.compress else ()
        self.base = memory.frame(source.root, source.site, compressed, source.page_digests).encode()
        self.whole = memory.digest([self.base, self.survey.lock.encode(), listings, str(on).encode()])

    @cached_property
    def frame(self) -> str:
        """The digest of all that every page depends on.

        A build that finds nothing to do needs none: the lock decides the rest.
        """
        return memory.digest([self.base, b"asked" if self.source.asked else b""])

    def run(self) -> Built:
        fresh = self.options.force or self.options.with_drafts
        if self.live and not fresh and folders.whole_of(self.live) == self.whole:
            self._verify()
            state = folders.state_of(self.live)
            if state is not None:
                return Built(self.out, len(state.notices), state.pages, not_upgraded=self.not_upgraded)
        return self._write()

    def _verify(self) -> None:
        """Read all that was published and raise `ContentError` if it is not what the lock says."""
        for _ in self._answers(Setting(self.source, self.on, None, "", "")):
            pass

    def _write(self) -> Built:
        from generator.building.rendering import Rendering  # Jinja2: a build that finds nothing to do starts without it

        cache = folders.cache(folders.builds(self.out))
        compiled = cache / "templates"
        rendering = Rendering(self.source, self.on, compiled)
        if problems := rendering.missing():
            raise NotInstalled(problems)
        before = None if self.options.force else folders.state_of(self.live)
        known = before.notices if before and before.frame == self.frame else {}
        spare = folders.open_spare(self.out, self.live)
        held = spare.state or folders.State()
        published = (self.live or spare.folder) / site_plan.MANIFEST
        places = manifest_parts.starts(published, _parts(known))
        setting = Setting(
            self.source,
            self.on,
            compiled,
            str(spare.folder),
            str(self.live),
            known=known,
            places=places,
            held=held.notices,
            same=held.frame == self.frame and not self.options.force,
            compress=self.options.compress,
            published=frozenset(self.survey.notices),
        )
        if sys.platform == "linux":
            setting.rendering = rendering  # the workers are forked and have it too
        with manifest_parts.gathered(cache, published, places) as parts:
            records, read = self._records(setting, parts)
            for notice in held.notices.keys() - records.keys():
                for name in Record(*held.notices[notice]).files:
                    folders.remove(str(spare.folder), name)
            state = self._others(rendering, spare, records, parts)
        rendered = sum(record is not known.get(notice) for notice, record in records.items())
        as_the_endpoint.refuse_unreadable(spare.folder, self.source.site, _parts(records), read)
        folders.publish(spare, state, self.out)
        return Built(self.out, len(records), state.pages, rendered, self.not_upgraded)

    def _records(self, setting: Setting, parts: Parts) -> tuple[dict[str, tuple[Any, ...]], set[str]]:
        """The record of each notice, in order, and the notices whose part of the manifest the consent service can
        read."""
        records: dict[str, tuple[Any, ...]] = {}
        read = set()
        for answer in self._answers(setting):
            if answer.record is None:
                records[answer.notice] = setting.known[answer.notice]
            else:
                records[answer.notice] = answer.record
                parts.add(answer.notice, answer.part)
            if answer.record is None or answer.part_read:
                read.add(answer.notice)
        return dict(sorted(records.items())), read

    def _others(
        self, rendering: Rendering, spare: folders.Spare, records: dict[str, tuple[Any, ...]], parts: Parts
    ) -> folders.State:
        """Write the files that belong to no notice, take out those that belong no more, and index what is there."""
        folder, names = str(spare.folder), []
        planners = rendering.knowing(v for notice, plain in records.items() for v in Record(*plain).versions(notice))
        plans = list(rendering.plans(planners, self.options.with_drafts))
        own = {name for plain in records.values() for name in Record(*plain).files}
        others = [*rendering.names.values(), *(plan.file for plan in plans if plan.template != "moved.html")]
        same = site_plan.fold if folders.knows_no_case(self.out) else site_plan.exactly
        backstop.refuse(planners[0].plan, own, others, same)
        for name, pieces in rendering.others(planners, plans, parts.in_order(_parts(records))):
            if self.options.compress and name.endswith(PAGES):
                pieces = [b"".join(pieces)]
                folders.write(folder, name + folders.COMPRESSED, map(folders.compressed, pieces))
                names.append(name + folders.COMPRESSED)
            folders.write(folder, name, pieces)
            names.append(name)
        known = spare.state.others if spare.state and not self.options.force else ()
        names += self._pictures(folder, frozenset(known))
        if spare.state is None:
            folders.sweep(spare.folder, own | set(names))
        else:
            for name in set(spare.state.others) - set(names) - own:
                folders.remove(folder, name)
        if self.source.site.search:
            search_index.index(spare.folder, self.source.site)
            names += folders.names(spare.folder, site_plan.SEARCH)
        pages = sum(Record(*plain).pages for plain in records.values())
        pages += sum(name.endswith(".html") for name in names)
        whole = "" if self.options.with_drafts else self.whole
        return folders.State(self.frame, whole.ljust(64), records, tuple(names), pages)

    def _pictures(self, folder: str, held: frozenset[str]) -> list[str]:
        """Write the pictures of published versions, and of working texts with drafts, that a build does not have yet.

        A picture's name follows from its bytes: one that is there is the right one. Returns the names of all.
        """
        sources = {name: (name, digest) for name, digest in self.survey.pictures}
        if self.options.with_drafts:
            for notice, found in self.source.pictures.items():
                for picture in found.values():
                    if picture.sound:
                        sources.setdefault(picture.frozen, (f"{notice}/{picture.name}", picture.digest))
        content = str(self.source.root / CONTENT)
        for name, (file, digest) in sources.items():
            if name in held:
                continue
            data = notice_job.as_locked(content, file, digest)
            if data is None:
                message = "This picture changed while it was read."
                raise ContentError([V01.problem(Place(f"{CONTENT}/{file}"), message, "Build again.")])
            folders.write(folder, name, [data])
        return list(sources)

    def _answers(self, setting: Setting) -> Iterator[Answer]:
        """The answer for each notice, in the order in which they are ready; `ContentError` where one is not as locked."""
        notices = list(self.survey.notices.items())
        # The first is done before workers are forked: the templates and words that it needed are there for them too.
        first, rest = notices[:1], notices[1:]
        pieces = [rest[start : start + A_PIECE] for start in range(0, len(rest), A_PIECE)]
        jobs = self.options.jobs or (workers.cores() if len(notices) >= WORTH_WORKERS else 1)
        whole = self.survey.whole
        content = str(self.source.root / CONTENT)
        whole = whole and all(notice_job.as_locked(content, *picture) is not None for picture in self.survey.pictures)
        done = 0
        work = itertools.chain(
            map(notice_job.start(setting), [first]), workers.spread(notice_job.start, setting, pieces, jobs)
        )
        for answers in work if whole else ():
            for answer in answers:
                whole = whole and answer.as_locked
                if answer.as_locked:
                    yield answer
            done += len(answers)
            self.progress(done, len(notices))
        if not whole:
            repository.read_frozen(self.source.root)  # says what is wrong, unless it has just been put right
            message = "The published versions changed while they were read."
            raise ContentError([V01.problem(Place(CONTENT), message, "Build again.")])


def _parts(records: Mapping[str, tuple[Any, ...]]) -> dict[str, Part]:
    """The remembered facts of each notice's part of the manifest, in the same order."""
    return {notice: Record(*plain).part for notice, plain in records.items()}


def read_words(repository: Repository) -> dict[str, Words]:
    """The words of the site's languages, for those who compose without building."""
    theme.refuse_outside(repository.root, repository.site)
    return theme.read_words(theme.folders(repository.root, repository.site), repository.site.languages)
