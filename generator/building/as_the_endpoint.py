"""Read the manifest as the consent service reads it, before the build hands it over."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date
from pathlib import Path

from generator.building import manifest_parts
from generator.building.manifest_parts import Part
from generator.content.site_file import FILE, SiteSource
from generator.pages.faults import W03
from generator.problems import ContentError, Place, Problem
from generator.repository import CONTENT
from generator.site_plan import LAYOUT, MANIFEST
from generator.versions import timeline
from generator.versions import version as versions
from generator.versions.faults import V01
from widget import manifest
from widget.manifest import AFTER, BETWEEN, ManifestError

_STAYS = "The site that is published stays as it is."


def before_versions(site: SiteSource, on: date) -> bytes:
    """The part before the versions in `published.json`."""
    return b"".join(manifest.json_parts(timeline.council(site), on, [b""])).removesuffix(AFTER)


def can_read(part: bytes, notice: str, before: bytes) -> bool:
    """Whether the service reads a part of `published.json` after `before_versions`, as versions of that notice alone."""
    try:
        found = manifest.from_json(before + part + AFTER)
    except ManifestError:
        return False
    return set(found.notices()) <= {notice}


def refuse_unreadable(folder: Path, site: SiteSource, parts: Mapping[str, Part], read: Collection[str]) -> None:
    """Read `published.json` and `endpoint.json` of a build; `ContentError` where the service would refuse one.

    `parts` are those of the manifest in their order. The service's reader was given those of the notices in `read`, by
    this build or by one of the same frame: such a part is read back, and not read again where it has the same digest.
    """
    problems = []
    wrong = None
    if not _reads_what_is_new(folder / MANIFEST, parts, read):
        wrong = _wrong(manifest.from_json, folder / MANIFEST)
    if wrong:
        problems.append(_of_a_version(wrong, site))
    if wrong := _wrong(manifest.layout_from_json, folder / LAYOUT):
        message = f"The consent service would refuse the layout of its pages: {wrong}."
        remedy = f"Put the template right, or delete it to use the product's own. {_STAYS}"
        problems.append(W03.problem(Place("templates/shell.html"), message, remedy))
    if problems:
        raise ContentError(problems)


def _reads_what_is_new(path: Path, parts: Mapping[str, Part], read: Collection[str]) -> bool:
    """Whether a manifest holds the parts in their order and the service can read all but those that it read before.

    It reads the manifest without these: versions in a list are read one by one. That no name is there twice
    follows where each part names its own notice alone.
    """
    parts = {notice: part for notice, part in parts.items() if part[0]}
    start = min(manifest_parts.starts(path, parts).values(), default=-1)
    if start < 0:
        return False
    unread: dict[str, bytes] = {}
    with path.open("rb") as file:
        before, between = file.read(start), b""
        for notice, part in parts.items():
            if file.read(len(between)) != between:
                return False
            data, between = file.read(part[0]), BETWEEN
            if notice not in read or manifest_parts.measured(data) != part:
                unread[notice] = data
        if not before.endswith(b'"versions": [\n  ') or file.read() != AFTER:
            return False
    try:
        found = manifest.from_json(before + BETWEEN.join(unread.values()) + AFTER)
    except ManifestError:
        return False
    return set(found.notices()) <= unread.keys()


def _wrong(read: Callable[[bytes], object], path: Path) -> ManifestError | None:
    try:
        read(path.read_bytes())
    except ManifestError as failure:
        return failure
    return None


def _of_a_version(wrong: ManifestError, site: SiteSource) -> Problem:
    """The problem of the version at fault, or of site.yml where it is none's."""
    message = f"The consent service would refuse the whole site: {wrong}."
    if wrong.version is None:
        return V01.problem(Place(FILE), message, f"Put that right in {FILE} and build again. {_STAYS}")
    notice, number, language = wrong.version
    file = f"{CONTENT}/{versions.file_name(notice, number, language, site.language)}"
    remedy = (
        f"Restore this file and its line in versions.lock as `noticeboard publish` wrote them for `{notice}`, and build "
        f"again. {_STAYS}"
    )
    return V01.problem(Place(file), message, remedy)
