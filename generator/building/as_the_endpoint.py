"""What the build hands to the consent service, read as the service reads it, before anybody gets it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from generator.content.site_file import FILE, SiteSource
from generator.problems import ContentError, Place, Problem, error
from generator.repository import CONTENT
from generator.site_plan import LAYOUT, MANIFEST
from generator.versions import version as versions
from widget import manifest
from widget.manifest import ManifestError

_STAYS = "The site that is published stays as it is."


def refuse_unreadable(folder: Path, site: SiteSource) -> None:
    """Read `published.json` and `endpoint.json` of a build; `ContentError` where the service would refuse one."""
    problems = []
    if wrong := _wrong(manifest.from_json, folder / MANIFEST):
        problems.append(_of_a_version(wrong, site))
    if wrong := _wrong(manifest.layout_from_json, folder / LAYOUT):
        message = f"The consent service would refuse the layout of its pages: {wrong}."
        remedy = f"Put the template right, or delete it to use the product's own. {_STAYS}"
        problems.append(error("W03", Place("templates/shell.html"), message, remedy))
    if problems:
        raise ContentError(problems)


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
        return error("V01", Place(FILE), message, f"Put that right in {FILE} and build again. {_STAYS}")
    notice, number, language = wrong.version
    file = f"{CONTENT}/{versions.file_name(notice, number, language, site.language)}"
    remedy = (
        f"Restore this file and its line in versions.lock as `noticeboard publish` wrote them for `{notice}`, and build "
        f"again. {_STAYS}"
    )
    return error("V01", Place(file), message, remedy)
