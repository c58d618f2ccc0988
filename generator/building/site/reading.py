"""The site's folder as a repository that is read piece by piece: what somebody reads of it is recorded in the memo.

Rules, drafts and pages are given it in the place of a whole `Repository` and cannot tell the difference. Whatever they ask
for is an input or a query of the memo, so what they make is made anew when it changes.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from generator import repository, site_folder
from generator.building import memory
from generator.building.site.memo import Memo, Query, mark_of
from generator.building.site.snapshot import Snapshot, digest_of, of_bytes
from generator.content import site_file
from generator.content.model import Notice
from generator.content.site_file import SiteSource
from generator.markdown import pictures
from generator.markdown.pictures import Picture
from generator.pages import theme
from generator.problems import ContentError, Problem
from generator.repository import CONTENT, KINDS, Repository, text_file
from generator.site_plan import SitePlan
from generator.site_plan import aliases as aliases_of
from generator.versions import chain, listing, timeline
from generator.versions import lock as lockfile
from generator.versions import version as versions
from generator.versions.listing import Listing
from generator.versions.version import Version
from generator.wording.strings import Words

Text = tuple[Notice | None, list[Problem]]
T = TypeVar("T")
MOST_TEXTS, MOST_HISTORIES = 2_000, 200
"""How many parsed texts and published histories are kept in memory: a text takes some 60 kB."""
LOCK = f"{CONTENT}/{lockfile.LOCK}"


class Changed(Exception):
    """A file is another than it was when the folder was looked at."""


class Folder:
    """A site's folder with the memo of what is read there. `shown` alters site.yml for a preview."""

    def __init__(self, root: Path, shown: Callable[[SiteSource], SiteSource]) -> None:
        self.root = root
        self.shown = shown
        self.snapshot = Snapshot(root, (root / CONTENT,), (root / site_file.FILE,))
        self.day = date.min
        self.memo: Memo
        self.looked_at_disk = False
        """Whether something was read that the snapshot does not hold: then the disk has to be looked at again."""
        self._texts: OrderedDict[tuple[str, ...], Text] = OrderedDict()
        self._versions: OrderedDict[tuple[str, str], tuple[Version, ...]] = OrderedDict()
        self._marks: dict[str, str] = {}
        self._groups: dict[str, list[tuple[str, str]]] = {}
        self._beside: dict[str, list[tuple[str, str]]] = {}

    def renew(self) -> bool:
        """Look at the disk. Returns whether anything changed."""
        changed = self.snapshot.look()
        if changed:
            self._marks.clear()
            self._group()
        return changed

    def templates(self, site: SiteSource) -> list[Path]:
        """The folders of templates and assets, the product's own among them."""
        own = [path for path in theme.folders(self.root, site) if site_folder.is_within(self.root, path)]
        return [*own, theme.OWN_TEMPLATES, theme.WIDGET / "templates", theme.WIDGET / "static"]

    def cover(self, site: SiteSource) -> bool:
        """Have the snapshot hold the templates and the logo of a site too. Returns whether it held others before."""
        files = (self.root / site_file.FILE, *([self.root / site.theme.logo] if site.theme.logo else ()))
        folders = (self.root / CONTENT, *self.templates(site))
        if (files, folders) == (self.snapshot.files, self.snapshot.folders):
            return False
        self.snapshot.files, self.snapshot.folders = files, folders
        return True

    def _group(self) -> None:
        """The frozen files of each notice, and what is beside its text."""
        frozen: dict[str, list[tuple[str, str]]] = {}
        beside: dict[str, list[tuple[str, str]]] = {}
        for name, found in self.snapshot.below(str(self.root / CONTENT)):
            notice, _, inner = name.partition("/")
            file = inner.rpartition("/")[2]
            if notice == pictures.FOLDER and "/" not in inner:
                if pictures.suffix_of(inner) and not inner.startswith("."):
                    frozen.setdefault("", []).append((name, found))
            elif inner.startswith("versions/"):
                if inner.count("/") == 1 and file.endswith(KINDS) and not file.startswith("."):
                    frozen.setdefault(notice, []).append((name, found))
            elif pictures.suffix_of(inner):
                beside.setdefault(notice, []).append((inner, found))
        for notice, files in frozen.items():
            if (own := self._digest(f"{CONTENT}/{listing.name(notice)}")) and notice:
                files.append((listing.name(notice), own))
        self._groups, self._beside = frozen, beside

    def _digest(self, file: str) -> str:
        return self.snapshot.digests.get(str(self.root / file), "")

    def inputs(self) -> Mapping[str, Callable[..., str]]:
        """What lies outside the memo, each with its mark: files, which there are, and the day."""
        return {
            "file": self._digest,
            "names": lambda: self._once("names", self._names),
            "templates": lambda: self._once("templates", self._templates),
            "frozen": lambda notice: digest_of(self._groups.get(notice, ())),
            "all frozen": lambda: self._once("all frozen", self._all_frozen),
            "beside": lambda notice: digest_of(self._beside.get(notice, ())),
            "day": lambda: self.day.isoformat(),
        }

    def _once(self, name: str, make: Callable[[], Iterator[tuple[str, str]]]) -> str:
        """A mark that takes a while, once for each snapshot."""
        if name not in self._marks:
            self._marks[name] = digest_of(make())
        return self._marks[name]

    def _names(self) -> Iterator[tuple[str, str]]:
        start = f"{self.root / CONTENT}/"
        return ((name[len(start) :], what) for name, what in self.snapshot.names if name.startswith(start))

    def _templates(self) -> Iterator[tuple[str, str]]:
        start = f"{self.root / CONTENT}/"
        return ((name, found) for name, found in self.snapshot.digests.items() if not name.startswith(start))

    def _all_frozen(self) -> Iterator[tuple[str, str]]:
        return ((notice, digest_of(files)) for notice, files in sorted(self._groups.items()))

    def frozen(self, notice: str) -> list[tuple[str, str]]:
        """The frozen files of a notice with their digests; those of no notice are pictures."""
        self.memo.read("frozen", notice)
        return self._groups.get(notice, [])

    def frozen_notices(self) -> list[str]:
        """Every notice of which anything is frozen, in order."""
        self.memo.read("all frozen")
        return sorted(notice for notice in self._groups if notice)

    def bytes_of(self, root: Path, path: Path) -> bytes:
        """The bytes of a file as `site_folder.read` has them; `Changed` where the snapshot has others."""
        expected = self.snapshot.digests.get(str(path), "")
        try:
            data = site_folder.read(root, path)
        except ContentError as failure:
            if of_bytes(expected):  # it was a file a moment ago: the refusal must not be kept under its digest
                raise Changed from failure
            raise
        if hashlib.sha256(data).hexdigest() != expected:
            raise Changed
        return data

    def text(self, file: str, name: str, language: str) -> Text:
        """What is in the file of a working text or page: parsed once for the same bytes."""
        key = (file, self.memo.read("file", file), name, language)
        return _kept(
            self._texts,
            key,
            MOST_TEXTS,
            lambda: repository.read_text(self.root, file, name, language, self.bytes_of) if key[1] else (None, []),
        )

    def versions(self, notice: str) -> tuple[Version, ...]:
        """Everything published of a notice as its files say, tombstones too. `ValueError` where one cannot be read."""
        files = self.frozen(notice)
        return _kept(self._versions, (notice, digest_of(files)), MOST_HISTORIES, lambda: self._read_versions(files))

    def _read_versions(self, files: list[tuple[str, str]]) -> tuple[Version, ...]:
        content = self.root / CONTENT
        data = {}
        for name, digest in files:
            try:
                data[name] = (content / name).read_bytes()
            except OSError as failure:
                raise Changed from failure
            if versions.digest(data[name]) != digest:
                raise Changed
        found = versions.in_order(repository.version_in(name, data) for name in data if lockfile.is_version(name))
        if problems := chain.problems(found, CONTENT):
            raise ContentError(problems)
        return tuple(found)


def _kept(cache: OrderedDict[Any, T], key: Any, most: int, make: Callable[[], T]) -> T:
    """A value by its key, made where it is not there; the one that was not asked for longest goes first."""
    if key not in cache:
        cache[key] = make()
        if len(cache) > most:
            cache.popitem(last=False)
    cache.move_to_end(key)
    return cache[key]


class Reading(Repository):
    """A repository whose every answer comes from the memo. `problems`, `versions` and the like are of the whole site."""

    def __init__(self, folder: Folder) -> None:
        object.__setattr__(self, "root", folder.root)
        object.__setattr__(self, "folder", folder)
        object.__setattr__(self, "_read", folder.memo.read)

    folder: Folder
    _read: Callable[..., Any]

    @property
    def site(self) -> SiteSource:
        return self._read("site")[0]  # type: ignore[no-any-return]

    @property
    def notices(self) -> Mapping[tuple[str, str], Notice]:
        return _Texts(self, "texts", lambda name, language: text_file(name, language, self.site))

    @property
    def pages(self) -> Mapping[tuple[str, str], Notice]:
        return _Texts(self, "pages", lambda name, language: self._read("page file", name, language))

    @property
    def shared(self) -> Mapping[str, Mapping[str, str]]:
        return {language: _Shared(self._read, language) for language in self.site.languages}

    @property
    def versions(self) -> tuple[Version, ...]:
        return tuple(version for version in self.ever if version.retracted is None)

    @property
    def retracted(self) -> tuple[Version, ...]:
        return tuple(version for version in self.ever if version.retracted is not None)

    @property
    def ever(self) -> tuple[Version, ...]:
        self._read("whole")
        return tuple(version for notice in self.folder.frozen_notices() for version in self.ever_of(notice))

    def ever_of(self, notice: str) -> tuple[Version, ...]:
        self._read("whole")
        return self.folder.versions(notice)

    @property
    def lock(self) -> str:
        self._read("file", LOCK)
        return repository.read_lock(self.root)

    @property
    def unread(self) -> frozenset[tuple[str, str]]:
        there = ((name, language) for name in self._read("folders")[0] for language in self.site.languages)
        return frozenset(key for key in there if self._read("unread", *key))

    def unread_problems(self, notice: str) -> list[Problem]:
        languages = (language for language in self.site.languages if self._read("unread", notice, language))
        return self.problems_in(*(text_file(notice, language, self.site) for language in languages))

    @property
    def ids(self) -> Collection[str]:
        return _Ids(self)

    def written(self, language: str) -> list[str]:
        return list(self._read("written", language))

    def title(self, notice: str, language: str) -> str | None:
        return self._read("title", notice, language)  # type: ignore[no-any-return]

    @property
    def pictures(self) -> Mapping[str, Mapping[str, Picture]]:
        return _Beside(self)

    @property
    def listings(self) -> Mapping[str, Listing]:
        return _Listings(self)

    @property
    def plan(self) -> SitePlan:
        return self._read("plan")  # type: ignore[no-any-return]

    @property
    def aliases(self) -> frozenset[str]:
        return self._read("aliases")  # type: ignore[no-any-return]

    @property
    def old_addresses(self) -> frozenset[str]:
        return self._read("old addresses")  # type: ignore[no-any-return]

    @property
    def own_names(self) -> frozenset[str]:
        return self._read("own names")  # type: ignore[no-any-return]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """In the order of `repository.read`."""
        site = self.site
        names, found = self._read("folders")
        found = [*self._read("site")[1], *found]
        for name in names:
            found += self._read("id problems", name)
            for language in site.languages:
                found += self._read("text problems", name, language)
        pages = self._read("page files")
        for (name, language), file in pages.items():
            found += repository.id_problems(name, file, site)
            found += self.folder.text(file, name, language)[1]
        found += (problem for name, language in pages for problem in self._clash(name, language))
        return (*found, *self._read("shared wording")[1], *self._read("not read"))

    def source(self, text: Notice) -> bytes | None:
        return self.folder.bytes_of(self.root, self.root / text.file)

    def problems_in(self, *files: str) -> list[Problem]:
        found: list[Problem] = []
        for file in files:
            found += self._problems_in(file)
        return found

    def _problems_in(self, file: str) -> list[Problem]:
        folder, _, rest = file.removeprefix(f"{CONTENT}/").partition("/")
        if file == site_file.FILE:
            return list(self._read("site")[1])
        for language in self.site.languages:
            if rest == repository.localised("notice", language, self.site):
                return list(self._read("text problems", folder, language))
        return [problem for problem in self.problems if problem.place.file == file]

    def _clash(self, name: str, language: str) -> list[Problem]:
        """What is wrong with a page that has the name of a notice."""
        page = self.pages.get((name, language))
        if page is None or (
            not self.folder.frozen(name) and not any((name, own) in self.notices for own in self.site.languages)
        ):
            return []
        return [repository.called_so_too(page, name)]


class _Texts(Mapping[tuple[str, str], Notice]):
    """Working texts or pages by (name, language), each read when it is asked for."""

    def __init__(self, reading: Reading, kind: str, file: Callable[[str, str], str]) -> None:
        self._reading = reading
        self._kind = kind
        self._file = file

    def __getitem__(self, key: tuple[str, str]) -> Notice:
        file = self._file(*key) if key[1] in self._reading.site.languages else ""
        found = self._reading.folder.text(file, *key)[0] if file and self._is_folder(key[0]) else None
        if found is None:
            raise KeyError(key)
        return found

    def _is_folder(self, name: str) -> bool:
        return self._kind == "pages" or bool(self._reading._read("is notice", name))

    def __contains__(self, key: object) -> bool:
        if not isinstance(key, tuple):
            return False
        name, language = key
        if language not in self._reading.site.languages:
            return False
        return bool(self._reading._read(f"in {self._kind}", name, language))

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self._reading._read(self._kind))

    def __len__(self) -> int:
        return len(self._reading._read(self._kind))


class _Shared(Mapping[str, str]):
    """The shared wording of one language by name."""

    def __init__(self, read: Callable[..., Any], language: str) -> None:
        self._read = read
        self._language = language

    def __getitem__(self, name: str) -> str:
        text: str | None = self._read("shared text", self._language, name)
        if text is None:
            raise KeyError(name)
        return text

    def __iter__(self) -> Iterator[str]:
        return iter(self._read("shared names", self._language))

    def __len__(self) -> int:
        return len(self._read("shared names", self._language))


class _Ids(Collection[str]):
    """The notices that have a working text."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    def __contains__(self, name: object) -> bool:
        return bool(self._reading._read("has text", str(name)))

    def __iter__(self) -> Iterator[str]:
        return iter(self._reading._read("ids"))

    def __len__(self) -> int:
        return len(self._reading._read("ids"))


class _Beside(Mapping[str, Mapping[str, Picture]]):
    """The pictures beside each notice."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    def __getitem__(self, notice: str) -> Mapping[str, Picture]:
        found: Mapping[str, Picture] = self._reading._read("pictures", notice)
        if not found:
            raise KeyError(notice)
        return found

    def __iter__(self) -> Iterator[str]:
        return (notice for notice in dict.fromkeys(name for name, _ in self._reading.notices) if notice in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class _Listings(Mapping[str, Listing]):
    """The listing of each notice that has one and was published."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    def __getitem__(self, notice: str) -> Listing:
        folder, name = self._reading.folder, listing.name(notice)
        if not any(file == name for file, _ in folder.frozen(notice)):
            raise KeyError(notice)
        return listing.read((folder.root / CONTENT / name).read_bytes(), name)

    def __iter__(self) -> Iterator[str]:
        return (notice for notice in self._reading.folder.frozen_notices() if notice in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class Queries:
    """How what `Reading` answers is made."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder
        self.root = folder.root
        self.reading: Reading

    def read(self, name: str, *arguments: str) -> Any:
        return self.folder.memo.read(name, *arguments)

    def all(self) -> dict[str, Query]:
        """Each by its name."""
        same = mark_of
        return {
            "site": Query(self._site, same),
            "words": Query(self._words, lambda found: mark_of([words.digest for words in found.values()])),
            "folders": Query(self._folders, same),
            "not read": Query(self._not_read, same),
            "id problems": Query(self._id_problems, same),
            "head": Query(self._head, dump=list, load=lambda plain: plain),
            "title": Query(lambda *key: self.read("head", *key)[1], same),
            "text problems": Query(lambda *key: tuple(self.text(*key)[1]), same),
            "in texts": Query(lambda *key: self.read("is notice", key[0]) and self.read("head", *key)[0], same),
            "texts": Query(self._texts, same),
            "is notice": Query(lambda name: name in self.read("folders")[0], same),
            "there": Query(self._there, same),
            "has text": Query(self._has_text, same),
            "ids": Query(lambda: [name for name in self.read("folders")[0] if self.read("has text", name)], same),
            "written": Query(self._written, same),
            "unread": Query(self._unread, same),
            "page files": Query(self._page_files, same),
            "page file": Query(lambda *key: self.read("page files").get(key, ""), same),
            "in pages": Query(lambda *key: self._page(*key) is not None, same),
            "pages": Query(self._pages, same),
            "shared wording": Query(self._shared, same),
            "shared text": Query(lambda lang, name: self.read("shared wording")[0].get(lang, {}).get(name), same),
            "shared names": Query(lambda language: tuple(self.read("shared wording")[0].get(language, {})), same),
            "pictures": Query(self._pictures, same),
            "whole": Query(self._whole, same),
            "facts": Query(self._facts, dump=list, load=lambda plain: plain),
            "aliases": Query(self._aliases, lambda found: mark_of(sorted(found))),
            "old addresses": Query(self._old_addresses, lambda found: mark_of(sorted(found))),
            "own names": Query(lambda: self._published_plan().own_names, lambda found: mark_of(sorted(found))),
            "plan": Query(self._plan),
        }

    def _site(self) -> tuple[SiteSource, list[Problem]]:
        self.read("file", site_file.FILE)
        self.folder.looked_at_disk = True
        site, problems = repository.read_site_with_warnings(self.root)
        return self.folder.shown(site), problems

    def _words(self) -> dict[str, Words]:
        self.read("templates")
        site = self.read("site")[0]
        theme.refuse_outside(self.root, site)
        self.folder.looked_at_disk = True
        return theme.read_words(theme.folders(self.root, site), site.languages)

    def text(self, name: str, language: str) -> Text:
        if not self.read("is notice", name):
            return None, []
        return self.folder.text(text_file(name, language, self.read("site")[0]), name, language)

    def _folders(self) -> tuple[list[str], list[Problem]]:
        self.read("names")
        self.folder.looked_at_disk = True
        return repository.folders_of_notices(self.root)

    def _not_read(self) -> list[Problem]:
        self.read("names")
        self.folder.looked_at_disk = True
        return repository.not_read(self.root, self.read("site")[0])

    def _id_problems(self, name: str) -> list[Problem]:
        published = any(version.notice == name for version in self.published(name))
        return repository.id_problems(name, f"{CONTENT}/{name}", self.read("site")[0], published=published)

    def _head(self, name: str, language: str) -> tuple[bool, str | None, list[str]]:
        """Whether a text can be read, its title and its old addresses: what lists and other texts ask about it."""
        found = self.text(name, language)[0]
        return (False, None, []) if found is None else (True, found.facets.title, list(found.facets.aliases))

    def _texts(self) -> list[tuple[str, str]]:
        languages = self.read("site")[0].languages
        keys = ((name, language) for name in self.read("folders")[0] for language in languages)
        return [key for key in keys if self.read("in texts", *key)]

    def _written(self, language: str) -> list[str]:
        texts = {name for name, own in (*self.read("texts"), *self.read("pages")) if own == language}
        published = {
            version.notice
            for version in self.all_published()
            if version.retracted is None and version.language == language
        }
        return sorted(texts | published)

    def _there(self, name: str, language: str) -> bool:
        return bool(self.read("file", text_file(name, language, self.read("site")[0])))

    def _has_text(self, name: str) -> bool:
        languages = self.read("site")[0].languages
        return self.read("is notice", name) and any(self._there(name, language) for language in languages)

    def _unread(self, name: str, language: str) -> bool:
        return self._there(name, language) and not self.read("in texts", name, language)

    def _page_files(self) -> dict[tuple[str, str], str]:
        self.read("names")
        self.folder.looked_at_disk = True
        return repository.page_files(self.root, self.read("site")[0])

    def _page(self, name: str, language: str) -> Notice | None:
        file = self.read("page file", name, language)
        return self.folder.text(file, name, language)[0] if file else None

    def _pages(self) -> list[tuple[str, str]]:
        return [key for key in self.read("page files") if self.read("in pages", *key)]

    def _shared(self) -> tuple[dict[str, dict[str, str]], list[Problem]]:
        self.read("names")
        for path in site_folder.listed(self.root / CONTENT / "shared", ".md"):
            self.read("file", path.relative_to(self.root).as_posix())
        self.folder.looked_at_disk = True
        return repository.read_shared(self.root, self.read("site")[0], self.folder.bytes_of)

    def _pictures(self, notice: str) -> dict[str, Picture]:
        self.read("beside", notice)
        if not self.read("is notice", notice):
            return {}
        self.folder.looked_at_disk = True
        return repository.pictures_beside(self.root / CONTENT / notice)

    def _whole(self) -> bool:
        """Whether history is as it was published; `ContentError` with all that is wrong where it is not."""
        self.read("all frozen")
        self.read("file", LOCK)
        lock, problems = lockfile.read(repository.read_lock(self.root), LOCK)
        there = {
            name: found for notice in ("", *self.folder.frozen_notices()) for name, found in self.folder.frozen(notice)
        }
        listings = {listing.name(notice) for notice in self.folder.frozen_notices()}
        same = not problems and {name: found for name, found in there.items() if name not in listings} == lock
        if not same or not all(self.read("facts", notice) for notice in self.folder.frozen_notices()):
            self.folder.looked_at_disk = True
            repository.read_frozen(self.root)  # says what is wrong, unless it has just been put right
            raise Changed
        return True

    def _facts(self, notice: str) -> list[Any]:
        """What the whole site says of a notice's versions; empty where they cannot be read."""
        try:
            return [list(memory.facts_of(version)) for version in self.folder.versions(notice)]
        except (ValueError, ContentError):
            return []

    def published(self, notice: str) -> list[Version]:
        """A notice's versions and tombstones without their sections."""
        self.read("whole")
        return [memory.version_of(notice, facts) for facts in self.read("facts", notice)]

    def all_published(self) -> list[Version]:
        """Those of all notices, by notice."""
        self.read("whole")
        return [version for notice in self.folder.frozen_notices() for version in self.published(notice)]

    def _aliases(self) -> frozenset[str]:
        return frozenset(alias for key in self.read("texts") for alias in self.read("head", *key)[2])

    def _old_addresses(self) -> frozenset[str]:
        standing = (version for version in self.all_published() if version.retracted is None)
        return frozenset(file for version in standing for _, file in aliases_of(version))

    def _published_plan(self) -> SitePlan:
        """The plan as rules see it, without what is still to come: that has no names of the site's own."""
        ever = self.all_published()
        standing = [version for version in ever if version.retracted is None]
        histories = timeline.histories(standing, date.max)
        return SitePlan(self.read("site")[0], histories, timeline.tombstones(ever), tuple(self.read("pages")))

    def _plan(self) -> SitePlan:
        ever = self.all_published()
        numbers: dict[str, list[int]] = {}
        for version in ever:
            numbers.setdefault(version.notice, []).append(version.version)
        coming = [
            repository.coming_version(name, language, self.read("head", name, language)[2], numbers.get(name, []))
            for name, language in self.read("texts")
        ]
        standing = [version for version in ever if version.retracted is None]
        histories = timeline.histories([*standing, *coming], date.max)
        return SitePlan(self.read("site")[0], histories, timeline.tombstones(ever), tuple(self.read("pages")))
