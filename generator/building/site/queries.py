"""How what `Reading` answers is made: queries of the memo about texts, pages, shared wording and history."""

from __future__ import annotations

from datetime import date
from typing import Any

from generator import repository, site_folder
from generator.building import memory
from generator.building.site.folder import LOCK, Changed, Folder, Text
from generator.building.site.memo import Query, mark_of
from generator.building.site.plain import plain_problems, problems_of
from generator.content import site_file
from generator.content.model import Notice
from generator.content.site_file import SiteSource
from generator.markdown.pictures import Picture
from generator.pages import theme
from generator.problems import ContentError, Problem
from generator.repository import CONTENT, text_file
from generator.site_plan import SitePlan
from generator.site_plan import aliases as aliases_of
from generator.versions import listing, timeline
from generator.versions import lock as lockfile
from generator.versions.version import Version
from generator.wording import inserts
from generator.wording.strings import Words


class Queries:
    """How what `Reading` answers is made."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder
        self.root = folder.root

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
            "text problems": Query(lambda *key: self.text(*key)[1], dump=plain_problems, load=problems_of),
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
            "asked": Query(self._asked, same),
            "inserted": Query(self._inserted, same, dump=list, load=list),
            "shared wording": Query(self._shared, same),
            "shared text": Query(lambda lang, name: self.read("shared wording")[0].get(lang, {}).get(name), same),
            "shared names": Query(lambda language: tuple(self.read("shared wording")[0].get(language, {})), same),
            "pictures": Query(self._pictures, same),
            "whole": Query(self._whole, same),
            "facts": Query(self._facts, dump=list, load=lambda plain: plain),
            "asking": Query(self._asking, dump=list, load=list),
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

    def _asked(self) -> bool:
        self.read("all frozen")
        self.read("file", LOCK)
        self.folder.looked_at_disk = True
        return repository.asked(self.root)

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
        published = bool(self.published(name))
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

    def _inserted(self, kind: str, name: str, language: str) -> list[str]:
        """The names on lines of their own in a `notice` or a `page`: those that are shared wording are inserted there."""
        text = self._page(name, language) if kind == "page" else self.text(name, language)[0]
        return [] if text is None else sorted(inserts.named(text))

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
        known = {name: found for name, found in there.items() if name not in listings}
        if problems or known != lock or not all(self.read("facts", notice) for notice in self.folder.frozen_notices()):
            self.folder.looked_at_disk = True
            repository.read_frozen(self.root)  # says what is wrong, unless it has just been put right
            others = [name for name, _ in known.items() ^ lock.items()]
            raise Changed(f"{CONTENT}/{min(others)}" if others else CONTENT)
        return True

    def _facts(self, notice: str) -> list[Any]:
        """The facts about a notice's versions on pages of the whole site; empty where they cannot be read."""
        try:
            return [list(memory.facts_of(version)) for version in self.folder.versions(notice)]
        except (ValueError, ContentError):
            return []

    def _asking(self, notice: str) -> list[tuple[str, str]]:
        """The language and title of each version of a notice that asks for consent and was not called off, oldest
        first."""
        standing = (one for one in self.folder.versions(notice) if one.retracted is None and one.called_off is None)
        return [(version.language, version.title) for version in standing if version.consents]

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
