"""A build's memory of each notice, and the digests that say whether it still holds.

A notice's pages follow from its frozen versions, from which of them is in force, and from the frame: site.yml, templates,
strings, ordinary pages, options and the code itself; and from whether its parent was ever published, which stands among
its sources where it was not. Nothing else may, since nothing else is in the digests. Pure, save
for `frame`, which reads the files that it digests.
"""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

import generator
from generator import site_folder
from generator.building.manifest_parts import Part
from generator.content.facets import FACETS
from generator.content.site_file import SiteSource
from generator.pages import theme
from generator.repository import CONTENT
from generator.versions.version import CalledOff, Retraction, Version
from widget import base_path, frozen_text, manifest, record_period

LIBRARIES = ("babel", "brotli", "jinja2", "markdown", "markupsafe", "nh3", "pyyaml", "segno")
EXTRAS = ("fonttools", "pagefind", "pagefind_bin", "pillow", "pydyf", "tinycss2", "tinyhtml5", "weasyprint")
CODE = Path(generator.__file__).resolve().parent
LISTED = tuple(name for name, row in FACETS.items() if row.listed)


def digest(parts: Iterable[bytes]) -> str:
    """One digest of many texts, each with its length, so that none can pass for its neighbour's part."""
    found = hashlib.sha256()
    for part in parts:
        found.update(b"%d:" % len(part))
        found.update(part)
    return found.hexdigest()


def frame(root: Path, site: SiteSource, options: tuple[str, ...], pages: Mapping[str, str] | None = None) -> str:
    """The digest of all that every page depends on. `pages` has the digests of the ordinary pages as they were read: one
    that is saved after that is not taken for one that was built."""
    theme.refuse_outside(root, site)
    files = list(theme.sources(theme.folders(root, site)))
    for folder in ("shared",) if pages is not None else ("shared", "pages"):
        files += [path for path in site_folder.listed(root / CONTENT / folder, ".md") if path.is_file()]
    if site.theme.logo:
        files += [path for path in [root / site.theme.logo] if path.is_file()]
    known = sorted((pages or {}).items())
    texts = [repr(site), release(), *options, *(f"{file} {found}" for file, found in known)]
    parts = [text.encode() for text in texts]
    for path in sorted(files):
        parts += [str(path).encode(), path.read_bytes()]
    return digest(parts)


@cache
def release() -> str:
    """The digest of the code and the libraries that made what is kept: of others, nothing holds.

    It is taken once: a process goes on with the code that it started with.
    """
    return made_by(CODE)


def made_by(code: Path) -> str:
    """The digest of the code in a folder, and of what it shares with the consent service and the libraries."""
    return digest([*(text.encode() for text in _libraries()), *(path.read_bytes() for path in sorted(_files(code)))])


def _files(code: Path) -> list[Path]:
    shared = (base_path, frozen_text, manifest, record_period)
    own = (path for path in code.rglob("*") if path.suffix in (".py", ".toml"))  # the law is data
    return [*own, *(Path(str(module.__file__)) for module in shared)]


def _libraries() -> list[str]:
    return [platform.python_version(), *(f"{name} {_installed(name)}" for name in (*LIBRARIES, *EXTRAS))]


def _installed(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "not installed"


@dataclass(frozen=True)
class Record:
    """The memory of a notice, in all its languages.

    `sources` are its frozen files' digests, `number` is the version in force when its pages were written, `effective` has
    the day of each version by its number, save those that were taken down or called off, `facts` what pages of the whole
    site say about each version, `part` its part of published.json.
    """

    sources: tuple[str, ...]
    number: int | None
    effective: tuple[tuple[int, str], ...]
    files: tuple[str, ...]
    pages: int
    facts: tuple[tuple[Any, ...], ...]
    part: Part

    def plain(self) -> tuple[Any, ...]:
        """The record as plain values, to be stored."""
        return (self.sources, self.number, self.effective, self.files, self.pages, self.facts, self.part)

    def holds(self, sources: tuple[str, ...], on: date) -> bool:
        """Whether a notice with these sources has the same pages on a day."""
        return self.sources == sources and self.number == self._number(on)

    def _number(self, on: date) -> int | None:
        return manifest.number_in_force(((number, date.fromisoformat(day)) for number, day in self.effective), on)

    def versions(self, notice: str) -> Iterable[Version]:
        """The versions without their sections: what the list of notices, feeds and the like are made from."""
        return (version_of(notice, facts) for facts in self.facts)


def record(
    found: tuple[Version, ...], sources: tuple[str, ...], files: tuple[str, ...], pages: int, part: Part, on: date
) -> Record:
    """The record of a notice whose versions have just been written."""
    applying = (version for version in found if version.retracted is None and version.called_off is None)
    days = {version.version: version.effective for version in applying}
    number = manifest.number_in_force(days.items(), on)
    effective = tuple((number, day.isoformat()) for number, day in sorted(days.items()))
    return Record(sources, number, effective, files, pages, tuple(map(facts_of, found)), part)


def version_of(notice: str, facts: Sequence[Any]) -> Version:
    """A version without its sections, from its facts."""
    number, language, published, effective, kind, change, later, title, summary, facets, own, file, by, gone, off = (
        facts
    )
    return Version(
        notice=notice,
        version=number,
        language=language,
        published=date.fromisoformat(published),
        effective=date.fromisoformat(effective),
        change=manifest.Change(kind, change, _following(later)),
        title=title,
        sections=(),
        summary=summary,
        facets=facets,
        digest=own,
        file=file,
        approved_by=by,
        retracted=Retraction(date.fromisoformat(gone[0]), *gone[1:]) if gone else None,
        called_off=CalledOff(date.fromisoformat(off[0]), off[1]) if off else None,
    )


def _following(plain: Iterable[Sequence[str]]) -> tuple[manifest.Following, ...] | None:
    found = (manifest.Following(language, date.fromisoformat(by), reason, own) for language, by, reason, own in plain)
    return tuple(found) or None


def facts_of(version: Version) -> tuple[Any, ...]:
    """The facts about a version on pages of the whole site, as plain values."""
    gone = version.retracted
    facets: Mapping[str, Any] = {name: version.facets[name] for name in LISTED if name in version.facets}
    return (
        version.version,
        version.language,
        version.published.isoformat(),
        version.effective.isoformat(),
        version.change.kind,
        version.change.summary,
        [(one.language, one.by.isoformat(), one.reason, one.own_reason) for one in version.change.translations or ()],
        version.title,
        version.summary,
        dict(facets),
        version.digest,
        version.file,
        version.approved_by,
        (gone.on.isoformat(), gone.reason, gone.digest, gone.by) if gone else None,
        (version.called_off.on.isoformat(), version.called_off.digest) if version.called_off else None,
    )
