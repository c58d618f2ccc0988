"""The site's folder as the open site sees it: the files of one moment, and what is parsed of them, each once for the
same bytes."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from generator import repository, site_folder
from generator.building.site.memo import Memo
from generator.building.site.snapshot import Snapshot, digest_of, of_bytes
from generator.content import site_file
from generator.content.model import Notice
from generator.content.site_file import SiteSource
from generator.markdown import pictures
from generator.pages import theme
from generator.problems import ContentError, Problem
from generator.repository import CONTENT, KINDS
from generator.versions import chain, listing
from generator.versions import lock as lockfile
from generator.versions import version as versions
from generator.versions.version import Version

Text = tuple[Notice | None, list[Problem]]
T = TypeVar("T")
MOST_TEXTS, MOST_HISTORIES = 2_000, 200
"""How many parsed texts and published histories are kept in memory: a text takes some 60 kB."""
LOCK = f"{CONTENT}/{lockfile.LOCK}"


class Changed(Exception):
    """A file, named as within the site's folder, is another than it was when the folder was looked at."""


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
        files = self.snapshot.changed
        if changed and (files is None or not all(map(self._is_of_an_editor, files))):
            self._marks.clear()
            self._group()
        return changed

    def is_another(self) -> bool:
        """Look at the disk. Returns whether anything changed since the look before, be it changed back by now."""
        return self.renew() or bool(self.snapshot.touched)

    def last_touched(self) -> str:
        """A file or folder that was written or moved between the last two looks, as deep as can be; empty where none
        is known."""
        last = self.snapshot.touched[-1] if self.snapshot.touched else str(self.root)
        return self.name(last) if last != str(self.root) else ""

    def name(self, path: str | Path) -> str:
        """A place as messages name it; empty where it is not of this site."""
        path = Path(path)
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else ""

    def _is_of_an_editor(self, path: str) -> bool:
        """Whether a file is a text of an editor: no mark of many files, and nothing frozen, depends on its bytes."""
        return path.startswith(f"{self.root / CONTENT}/") and path.endswith(".md") and "/versions/" not in path

    def templates(self, site: SiteSource) -> list[Path]:
        """The folders of templates and assets, the product's own among them."""
        own = [path for path in theme.folders(self.root, site) if site_folder.is_within(self.root, path)]
        ours = theme.OWN_TEMPLATES, theme.WIDGET / "templates", theme.WIDGET / "static"
        return list(dict.fromkeys([*own, *ours]))

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
        """Inputs from outside the memo, each with its mark: files, lists of files, and the day."""
        return {
            "file": self._digest,
            "names": lambda: self._once("names", self._names),
            "templates": lambda: self._once("templates", self._templates),
            "frozen": lambda notice: self._once(f"frozen {notice}", lambda: iter(self._groups.get(notice, ()))),
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
                raise Changed(self.name(path)) from failure
            raise
        if hashlib.sha256(data).hexdigest() != expected:
            raise Changed(self.name(path))
        return data

    def text(self, file: str, name: str, language: str) -> Text:
        """The content of a working text's or page's file, parsed once for the same bytes."""
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
                raise Changed(f"{CONTENT}/{name}") from failure
            if versions.digest(data[name]) != digest:
                raise Changed(f"{CONTENT}/{name}")
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
