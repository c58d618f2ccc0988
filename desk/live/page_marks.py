"""Digests of what each ordinary page is made of, so that the desk can say which saved words the last build had. Pure but for
reading the pages' files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from contextlib import suppress

from generator import site_folder
from generator.content.model import Notice
from generator.problems import ContentError
from generator.repository import Repository
from generator.wording.inserts import named


def of_all(repository: Repository, files: Iterable[tuple[str, str]] | None = None) -> dict[str, str]:
    """The mark of each page that can be read, by its file; of those of some (name, language) where they are given."""
    found = {}
    for key in repository.pages if files is None else files:
        page = repository.pages.get(key)
        if page is not None:
            with suppress(ContentError, FileNotFoundError):
                data = site_folder.read(repository.root, repository.root / page.file)
                found[page.file] = _mark(page, data, repository.shared.get(page.language, {}))
    return found


def _mark(page: Notice, data: bytes, shared: Mapping[str, str]) -> str:
    """The SHA-256 of a page's file and of the shared wording in it."""
    total = hashlib.sha256(data)
    for name in sorted(named(page)):
        if name in shared:
            total.update(f"\0{name}\0{shared[name]}".encode("utf-8", "surrogatepass"))
    return total.hexdigest()
