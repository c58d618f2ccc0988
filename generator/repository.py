"""The site's folder on disk: site.yml, working texts, shared wording, pages and frozen versions.

Reads; the rules are elsewhere.
"""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

from generator import site_folder
from generator import unread as unread_files
from generator.content import marks, merge_marks, notice_file, site_file
from generator.content.faults import F04, Y01
from generator.content.model import Notice
from generator.content.site_file import SiteSource
from generator.markdown import pictures
from generator.markdown.image_header import kind_of
from generator.markdown.pictures import Picture
from generator.problems import ContentError, Place, Problem
from generator.site_plan import RESERVED, SitePlan
from generator.site_plan import aliases as aliases_of
from generator.versions import called_off, chain, frozen_files, listing, timeline
from generator.versions import lock as lockfile
from generator.versions import version as versions
from generator.versions.faults import V01, V05, V06
from generator.versions.listing import P07, Listing
from generator.versions.section_html import read_html_file
from generator.versions.version import Version
from widget.manifest import IDENT, Change

CONTENT = "content"
ID_GRAMMAR = "at most 100 lower-case letters and digits, with single hyphens between them"
KINDS = (".yml", ".html", ".source.md", called_off.SUFFIX)
"""How the files of versions end."""
OTHERS = frozenset({"shared", "pages", pictures.FOLDER})
"""The folders of content/ that are no notice."""


@dataclass(frozen=True)
class Repository:
    """Everything an editor wrote and everything published.

    `notices` and `pages` are by (id, language), `shared` by language and name; `problems` are those of working texts.
    `versions` are those that can be read; `retracted` holds a tombstone for each that was taken down.
    """

    root: Path
    site: SiteSource
    notices: Mapping[tuple[str, str], Notice]
    pages: Mapping[tuple[str, str], Notice]
    shared: Mapping[str, Mapping[str, str]]
    versions: tuple[Version, ...]
    lock: str
    problems: tuple[Problem, ...]
    retracted: tuple[Version, ...] = ()
    unread: frozenset[tuple[str, str]] = frozenset()
    """The working texts that are there and cannot be read, by (id, language)."""
    pictures: Mapping[str, Mapping[str, Picture]] = field(default_factory=dict)
    """The pictures beside each notice, by its id and by their names within its folder."""
    listings: Mapping[str, Listing] = field(default_factory=dict)
    """The facts about a notice that are kept beside its versions, by its id."""
    page_digests: Mapping[str, str] | None = None
    """The digest of each ordinary page's file just before it was read: a page is at least as new as that says."""

    @property
    def ever(self) -> tuple[Version, ...]:
        """Everything ever published: the versions that can be read, and the tombstones of those taken down."""
        return tuple(versions.in_order([*self.versions, *self.retracted]))

    @property
    def asked(self) -> bool:
        """Whether any version ever asked for consent, as the disk says."""
        return asked(self.root)

    @cached_property
    def _ever(self) -> Mapping[str, tuple[Version, ...]]:
        found: dict[str, list[Version]] = {}
        for version in self.ever:
            found.setdefault(version.notice, []).append(version)
        return {notice: tuple(own) for notice, own in found.items()}

    def ever_of(self, notice: str) -> tuple[Version, ...]:
        """Everything ever published of one notice, in all languages, tombstones too."""
        return self._ever.get(notice, ())

    def versions_of(self, notice: str, language: str) -> tuple[Version, ...]:
        """The versions of one notice in one language that can be read, oldest first, those called off among them."""
        return tuple(v for v in self.ever_of(notice) if v.language == language and v.retracted is None)

    @property
    def ids(self) -> Collection[str]:
        """The notices that have a working text, be it one that cannot be read."""
        return dict.fromkeys(name for name, _ in (*self.notices, *self.unread))

    def title(self, notice: str, language: str) -> str | None:
        """The title of a working text; None where there is no such text."""
        found = self.notices.get((notice, language))
        return None if found is None else found.facets.title

    def is_written(self, name: str, language: str) -> bool:
        """Whether a notice or page has an address in a language: a working text of it, or a version."""
        key = name, language
        return key in self.notices or key in self.pages or bool(self.versions_of(*key))

    def written(self, language: str) -> list[str]:
        """The notices and pages that have an address in a language, in order."""
        texts = {name for name, own in (*self.notices, *self.pages) if own == language}
        return sorted(texts | {version.notice for version in self.versions if version.language == language})

    @cached_property
    def aliases(self) -> frozenset[str]:
        """The old addresses in all working texts, as they are written."""
        return frozenset(alias for notice in self.notices.values() for alias in notice.facets.aliases)

    @cached_property
    def old_addresses(self) -> frozenset[str]:
        """The files of old addresses that any published version names."""
        return frozenset(file for version in self.versions for _, file in aliases_of(version))

    @property
    def own_names(self) -> frozenset[str]:
        """The beginnings of the addresses of the site's own files (see `SitePlan`)."""
        return self.plan.own_names

    def source(self, text: Notice) -> bytes | None:
        """The bytes of a working text's file; None where it was saved anew since it was read."""
        data = (self.root / text.file).read_bytes()
        return data if notice_file.read(data, text.file, text.id, text.language)[0] == text else None

    def problems_in(self, *files: str) -> list[Problem]:
        """Problems of some files, by their names within the site's folder."""
        return [problem for problem in self.problems if problem.place.file in files]

    @cached_property
    def plan(self) -> SitePlan:
        """The site as it will be when every working text is published; those have no digest yet."""
        coming = [
            coming_version(name, language, notice.facets.aliases, self.numbers(name))
            for (name, language), notice in self.notices.items()
        ]
        histories = timeline.histories([*self.versions, *coming], date.max)
        return SitePlan(self.site, histories, timeline.tombstones(self.retracted), tuple(self.pages))

    def unread_problems(self, notice: str) -> list[Problem]:
        """Why the texts of a notice that cannot be read cannot; empty where all can."""
        return self.problems_in(
            *(text_file(notice, language, self.site) for own, language in self.unread if own == notice)
        )

    def published(self, notice: str, language: str) -> list[Version]:
        """The versions of one notice in one language, oldest first, without those that were called off."""
        return [version for version in self.versions_of(notice, language) if version.called_off is None]

    def last(self, notice: str, language: str) -> Version | None:
        """The newest version that can be read and was not called off, in force or not."""
        return next(reversed(self.published(notice, language)), None)

    def numbers(self, notice: str) -> list[int]:
        """The numbers that a notice ever used, in order: none is used twice."""
        return sorted({version.version for version in self.ever_of(notice)})


def coming_version(notice: str, language: str, aliases: Sequence[str], numbers: Sequence[int]) -> Version:
    """A working text as its notice's next version, for the addresses that it will have. `numbers` are those used."""
    return Version(
        notice=notice,
        version=max(numbers, default=0) + 1,
        language=language,
        published=date.max,
        effective=date.max,
        change=Change("", ""),
        title="",
        sections=(),
        facets={"aliases": aliases},
    )


def read(root: Path) -> Repository:
    """Read a site's folder. `ContentError` where site.yml is wrong or history was altered: nothing can be done then."""
    site, problems = read_site_with_warnings(root)
    lock, frozen = read_frozen(root)
    folders, outside = folders_of_notices(root)
    problems += outside
    notices, pages, shared = _working_texts(root, site, folders, {version.notice for version in frozen}, problems)
    unread = frozenset(
        (name, language)
        for name in folders
        for language in site.languages
        if (name, language) not in notices and site_folder.exists(root / text_file(name, language, site))
    )
    standing = tuple(version for version in frozen if version.retracted is None)
    retracted = tuple(version for version in frozen if version.retracted is not None)
    beside = {
        notice: found for notice in {name for name, _ in notices} if (found := pictures_beside(root / CONTENT / notice))
    }
    told = {n: listing.read(data, n) for n, data in _listings(root / CONTENT, {v.notice for v in frozen}).items()}
    listings = {name.partition("/")[0]: found for name, found in told.items()}
    problems += not_read(root, site)
    return Repository(
        root, site, notices, pages, shared, standing, lock, tuple(problems), retracted, unread, beside, listings
    )


def not_read(root: Path, site: SiteSource) -> list[Problem]:
    """A warning for each file of content/ that nothing is made of."""
    return unread_files.problems(root, root / CONTENT, site, KINDS)


def read_frame(root: Path) -> Repository:
    """The inputs of a build beside the frozen versions, which it reads for itself: site.yml, the ordinary pages and
    the shared wording that they may insert.

    Marks that nobody filled in are among its problems.
    """
    site = read_site(root)
    problems: list[Problem] = []
    digests = _digests(root, page_files(root, site).values())
    pages = _pages(root, site, problems)
    for file in (site_file.FILE, *(page.file for page in pages.values())):
        problems += marks.left(site_folder.read(root, root / file), file)
    shared, _ = read_shared(root, site)  # `check` says what is wrong with it
    return Repository(root, site, {}, pages, shared, (), "", tuple(problems), page_digests=digests)


def _digests(root: Path, files: Iterable[str]) -> dict[str, str]:
    """The digests of the files that can be read, by their names within the site's folder."""
    found = {}
    for file in files:
        with suppress(ContentError):
            found[file] = versions.digest(site_folder.read(root, root / file))
    return found


@dataclass(frozen=True)
class Survey:
    """The published files by name: the lock's text, and each notice's files with the digests that the lock has for them.

    `pictures` are those of all notices. `whole` says that exactly the files are there that the lock has. Where they are
    not, `read_frozen` reports the problems.
    """

    lock: str
    notices: Mapping[str, tuple[tuple[str, str], ...]]
    whole: bool
    pictures: tuple[tuple[str, str], ...] = ()
    listings: tuple[tuple[str, str], ...] = ()
    """The listings of notices, which are among their files too, with the digests that they have now."""


def survey(root: Path) -> Survey:
    """Every frozen file that should be there and is. Reads the lock alone."""
    text = read_lock(root)
    lock, problems = lockfile.read(text, f"{CONTENT}/{lockfile.LOCK}")
    names = set(_frozen_names(str(root / CONTENT)))
    notices: dict[str, list[tuple[str, str]]] = {}
    kept = tuple((name, lock[name]) for name in sorted(names & lock.keys()) if lockfile.is_picture(name))
    for name in sorted(name for name in names & lock.keys() if not lockfile.is_picture(name)):
        notices.setdefault(name.partition("/")[0], []).append((name, lock[name]))
    whole = not problems and names == lock.keys()
    listings = [(name, versions.digest(data)) for name, data in _listings(root / CONTENT, notices).items()]
    for name, digest in listings:
        notices[name.partition("/")[0]].append((name, digest))
    return Survey(text, {notice: tuple(files) for notice, files in notices.items()}, whole, kept, tuple(listings))


def asked(root: Path) -> bool:
    """Whether any version ever asked for consent, be it replaced, taken down or still to start. It verifies no file."""
    lock, _ = lockfile.read(read_lock(root), "")
    names = (name for name in _frozen_names(str(root / CONTENT)) if name in lock and name.endswith(".yml"))
    paths = (root / CONTENT / name for name in names)
    return any(versions.asks(path.read_bytes()) for path in paths if site_folder.unreadable(root, path) is None)


def _listings(content: Path, notices: Iterable[str]) -> dict[str, bytes]:
    """The listing of each of these notices that has one, by its name in content/."""
    paths = {name: content / name for name in map(listing.name, sorted(notices))}
    return {name: path.read_bytes() for name, path in paths.items() if path.is_file()}


def _frozen_names(content: str) -> Iterator[str]:
    """`<notice>/versions/<n>.yml` and what is beside it, and `pictures/<name>`; plain texts: there can be tens of
    thousands."""
    if not os.path.isdir(content):  # noqa: PTH112
        return
    with suppress(FileNotFoundError, NotADirectoryError):
        found = os.listdir(f"{content}/{pictures.FOLDER}")  # noqa: PTH208
        yield from (f"{pictures.FOLDER}/{name}" for name in found if pictures.suffix_of(name) and name[0] != ".")
    for notice in os.listdir(content):  # noqa: PTH208
        with suppress(FileNotFoundError, NotADirectoryError):
            files = os.listdir(f"{content}/{notice}/versions")  # noqa: PTH208
            yield from (f"{notice}/versions/{name}" for name in files if name.endswith(KINDS) and name[0] != ".")


def read_site(root: Path) -> SiteSource:
    """site.yml, or `ContentError` with every problem in it."""
    return read_site_with_warnings(root)[0]


def read_site_with_warnings(root: Path) -> tuple[SiteSource, list[Problem]]:
    """site.yml, and what is wrong with it that stops nobody from reading it."""
    require_site(root)
    data = (root / site_file.FILE).read_bytes()
    site, problems = site_file.read(data)
    if site is None:
        raise ContentError(problems)
    return site, [*problems, *marks.left(data, site_file.FILE)]


def require_site(root: Path) -> None:
    """`ContentError` where a folder is not that of a site, before anything is written to it."""
    if not (root / site_file.FILE).is_file():
        remedy = (
            "Change to the folder of your notices, which has it, or name that folder with --root. To start a site, run "
            "`noticeboard init` in an empty folder."
        )
        raise ContentError([Y01.problem(Place(site_file.FILE), "This folder has no site.yml.", remedy)])


def read_history(root: Path, site: SiteSource) -> tuple[str, tuple[Version, ...]]:
    """The lock and every version that can be read; `ContentError` if one changed, vanished or was never published."""
    text, frozen = read_frozen(root)
    return text, tuple(version for version in frozen if version.retracted is None)


def read_frozen(root: Path, *, resume: bool = False) -> tuple[str, tuple[Version, ...]]:
    """The lock and every frozen version, tombstones included; `ContentError` as for `read_history`.

    `resume` takes what an interrupted publication left for what it is, for the command that goes on with it.
    """
    text = read_lock(root)
    lock, problems = lockfile.read(text, f"{CONTENT}/{lockfile.LOCK}")
    names = sorted(_frozen_names(str(root / CONTENT)))
    frozen, unreadable = _frozen_bytes(root, names)
    problems += unreadable
    files = {name: data for name, data in frozen.items() if not lockfile.is_picture(name)}
    prepared, _ = lockfile.read(read_lock(root, prepared=True), "")
    begun = {V05.id, V06.id} if resume else set()
    digests = {name: versions.digest(data) for name, data in frozen.items()}
    changed = [name for name in files if lock.get(name) not in (None, digests[name])]
    kept = frozen_files.Found(
        digests,
        CONTENT,
        prepared,
        line_ends=[name for name in changed if versions.digest(files[name].replace(b"\r\n", b"\n")) == lock[name]],
        merged=[name for name in changed if merge_marks.problems(files[name].decode("utf-8", "replace"), name)],
    )
    explained = {problem.place.file for problem in problems}
    if lock or not problems:
        kept_as_published = frozen_files.verify(lock, kept)
        problems += [p for p in kept_as_published if p.rule not in begun and p.place.file not in explained]
    listings = _listings(root / CONTENT, {name.partition("/")[0] for name in files})
    problems += [problem for name, data in listings.items() if (problem := _unreadable(name, data))]
    files |= listings if not problems else {}
    found = []
    explained = {problem.place.file for problem in problems}
    for name in files:
        try:
            found += [version_in(name, files)] if lockfile.is_version(name) else []
        except ValueError as failure:
            if (file := f"{CONTENT}/{name}") not in explained:
                problems.append(V01.problem(Place(file), f"This version cannot be read: {failure}", "Restore it."))
    problems += chain.problems(found, CONTENT) if not problems else ()
    if problems:
        raise ContentError(problems)
    return text, tuple(versions.in_order(found))


def _unreadable(name: str, data: bytes) -> Problem | None:
    """The problem of a notice's listing, if it has one."""
    try:
        listing.read(data, f"{CONTENT}/{name}")
    except ValueError as failure:
        message = f"This listing cannot be read: {failure}."
        remedy = "Restore it from version control, or run `noticeboard publish`, which writes it anew, once it is moved away."
        return P07.problem(Place(f"{CONTENT}/{name}"), message, remedy)
    return None


def _frozen_bytes(root: Path, names: Iterable[str]) -> tuple[dict[str, bytes], list[Problem]]:
    """The bytes of frozen files by name. Links may lead anywhere: only bytes that the lock knows are ever shown."""
    found, problems = {}, []
    for name in names:
        path = root / CONTENT / name
        try:
            found[name] = path.read_bytes()
        except OSError as failure:
            problems.append(site_folder.refused(root, path, failure))
    return found, problems


def version_in(name: str, files: Mapping[str, bytes]) -> Version:
    """The version in a frozen file, with what is kept beside it. `ValueError` as for `versions.read`."""
    version = versions.read(files[name], name)
    if (off := files.get(lockfile.called_off(name))) is not None:
        version = dataclasses.replace(version, called_off=called_off.read(off, version, lockfile.called_off(name)))
    if (listed := files.get(listing.name(name.partition("/")[0]))) is not None and version.retracted is None:
        version = listing.applied(version, listing.read(listed, name))
    html, source = (files.get(other) for other in lockfile.beside(name))
    if html is not None:
        version = dataclasses.replace(version, html=read_html_file(html))
    return version if source is None else dataclasses.replace(version, source=source)


def pictures_beside(folder: Path) -> dict[str, Picture]:
    """Every picture in a notice's folder and the folders below it, save those of its versions, by its name there."""
    return {picture.name: picture for picture in _pictures_in(str(folder), "")}


def _pictures_in(folder: str, within: str) -> Iterator[Picture]:
    with os.scandir(folder) as entries:
        listed = sorted(entries, key=lambda entry: entry.name)
    for entry in listed:
        name = f"{within}{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            if name != "versions" and not name.startswith("."):
                yield from _pictures_in(entry.path, f"{name}/")
        elif pictures.suffix_of(name) and (entry.is_symlink() or not entry.is_file()):
            yield Picture(name, 0, linked=True)
        elif pictures.suffix_of(name):
            yield _picture(entry, name)


def _picture(entry: os.DirEntry[str], name: str) -> Picture:
    if (size := entry.stat().st_size) > pictures.MAX_BYTES:
        return Picture(name, size)
    data = Path(entry.path).read_bytes()
    return Picture(name, len(data), versions.digest(data), kind_of(data))


def read_lock(root: Path, *, prepared: bool = False) -> str:
    """The text of versions.lock, or of the one that was about to take its place; empty where there is none."""
    path = root / CONTENT / (lockfile.PREPARED if prepared else lockfile.LOCK)
    if not site_folder.exists(path):
        return ""
    return site_folder.read(root, path).decode("utf-8", "replace").replace("\r\n", "\n")


def _working_texts(
    root: Path, site: SiteSource, folders: Iterable[str], published: Collection[str], problems: list[Problem]
) -> tuple[dict[tuple[str, str], Notice], dict[tuple[str, str], Notice], dict[str, dict[str, str]]]:
    notices: dict[tuple[str, str], Notice] = {}
    for name in folders:
        problems += id_problems(name, f"{CONTENT}/{name}", site, published=name in published)
        for language in site.languages:
            notice, wrong = read_text(root, text_file(name, language, site), name, language)
            problems += wrong
            if notice is not None:
                notices[name, language] = notice
    pages = _pages(root, site, problems)
    for (name, _), page in pages.items():
        if name in published or any((name, language) in notices for language in site.languages):
            problems.append(called_so_too(page, name))
    shared, wrong = read_shared(root, site)
    problems += wrong
    return notices, pages, shared


def folders_of_notices(root: Path) -> tuple[list[str], list[Problem]]:
    """The folders of notices, by name; one that is a link to a place outside the site's folder is a problem instead."""
    names, problems = [], []
    for path in site_folder.listed(root / CONTENT, ""):
        if path.is_dir() and not site_folder.is_within(root, path):
            problems.append(site_folder.outside(root, path))
        elif path.is_dir() and path.name not in OTHERS:
            names.append(path.name)
    return names, problems


def _pages(root: Path, site: SiteSource, problems: list[Problem]) -> dict[tuple[str, str], Notice]:
    pages: dict[tuple[str, str], Notice] = {}
    for (name, language), file in page_files(root, site).items():
        problems += id_problems(name, file, site)
        page, wrong = read_text(root, file, name, language)
        problems += wrong
        if page is not None:
            pages[name, language] = page
    return pages


def page_files(root: Path, site: SiteSource) -> dict[tuple[str, str], str]:
    """The files of the ordinary pages by (name, language), by language."""
    return _files_in("pages", root, site)


def shared_files(root: Path, site: SiteSource) -> dict[tuple[str, str], str]:
    """The files of the shared wording by (name, language), by language."""
    return _files_in("shared", root, site)


def _files_in(folder: str, root: Path, site: SiteSource) -> dict[tuple[str, str], str]:
    found = {}
    for language in site.languages:
        for path in site_folder.listed(root / CONTENT / folder, ".md"):
            if name := _name_in(path, language, site):
                found[name, language] = path.relative_to(root).as_posix()
    return found


def read_text(
    root: Path, file: str, name: str, language: str, read: Callable[[Path, Path], bytes] = site_folder.read
) -> tuple[Notice | None, list[Problem]]:
    """A working text or page, and what is wrong with its file; None where it is not there or nothing can be made of
    it."""
    path = root / file
    if not site_folder.exists(path):
        return None, []
    try:
        data = read(root, path)
    except ContentError as refused:
        return None, refused.problems
    return notice_file.read(data, file, name, language)


def text_file(notice: str, language: str, site: SiteSource) -> str:
    """The file of a working text, within the site's folder."""
    return f"{CONTENT}/{notice}/{localised('notice', language, site)}"


def localised(name: str, language: str, site: SiteSource) -> str:
    """The name of a Markdown file in a language: `notice.md`, `notice.cy.md` for a translation."""
    return f"{name}.md" if language == site.language else f"{name}.{language}.md"


def _name_in(path: Path, language: str, site: SiteSource) -> str | None:
    """The name of a Markdown file if it is in that language: `cookies.cy.md` is `cookies` in Welsh."""
    name, dot, suffix = path.stem.rpartition(".")
    if not dot:
        return path.stem if language == site.language else None
    return name if suffix == language != site.language else None


def name_problems(repository: Repository, notice: str) -> list[Problem]:
    """Why no first version of a notice can be published under its name."""
    pages = [called_so_too(page, name) for (name, _), page in repository.pages.items() if name == notice]
    return [*id_problems(notice, f"{CONTENT}/{notice}", repository.site), *pages]


def called_so_too(page: Notice, name: str) -> Problem:
    """The problem of an ordinary page with the name of a notice."""
    return F04.problem(Place(page.file), f"A notice is called `{name}` too.", "Give the page another name.")


def id_problems(name: str, file: str, site: SiteSource, *, published: bool = False) -> list[Problem]:
    """Why a name cannot be that of a notice or a page. One that was published keeps the id that it has."""
    if not IDENT.fullmatch(name) and not published:
        remedy = f"Rename it: {ID_GRAMMAR}, like parking-permits."
        return [F04.problem(Place(file), f"`{name}` is not an id.", remedy)]
    if name in RESERVED or name in site.languages:
        remedy = "Choose another name."
        if published:
            remedy = "Write a notice with another name, and say `retired` in this one. Delete nothing."
        return [F04.problem(Place(file), f"The name `{name}` is taken by the site itself.", remedy)]
    return []


def read_shared(
    root: Path, site: SiteSource, read: Callable[[Path, Path], bytes] = site_folder.read
) -> tuple[dict[str, dict[str, str]], list[Problem]]:
    """The shared wording by language and name, and what is wrong with its files."""
    problems: list[Problem] = []
    found: dict[str, dict[str, str]] = {language: {} for language in site.languages}
    for path in site_folder.listed(root / CONTENT / "shared", ".md"):
        try:
            data = read(root, path)
        except ContentError as refused:
            problems += refused.problems
            continue
        text, text_problems = notice_file.decode_text(data, path.relative_to(root).as_posix())
        problems += text_problems
        for language in site.languages:
            if text is not None and (name := _name_in(path, language, site)):
                found[language][name] = text.strip("\n")
    return found, problems
