"""The site's folder as a repository that is read piece by piece: the memo records each piece that was read.

Rules, drafts and pages are given it in the place of a whole `Repository` and cannot tell the difference. Each answer
is an input or a query of the memo, so a value made from it is made anew when it changes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from generator import repository
from generator.building.site.folder import LOCK, Folder
from generator.content import site_file
from generator.content.model import Notice
from generator.content.site_file import SiteSource
from generator.markdown.pictures import Picture
from generator.problems import Problem
from generator.repository import CONTENT, Repository, text_file
from generator.site_plan import SitePlan
from generator.versions import listing
from generator.versions.listing import Listing
from generator.versions.version import Version


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
    def asked(self) -> bool:
        return self._read("asked")  # type: ignore[no-any-return]

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
        """The problem of a page that has the name of a notice."""
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
