"""Whether a built site is still what it must be on a day: for the timer that builds it, and for the desk's look at the live one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from generator import repository, site_plan
from generator.versions import timeline
from generator.versions.version import Version
from widget import manifest
from widget.manifest import Manifest, ManifestError


def is_due(built: Manifest | None, kept: Iterable[Version], on: date) -> bool:
    """Whether the site has to be built on a day: a version started since, one was published, called off or taken down since, or
    it was built in an earlier month (security.txt holds for a year). `built` is None where there is no site that can be read."""
    if built is None or (on.year, on.month) > (built.built.year, built.built.month):
        return True
    versions = list(kept)
    starts = timeline.next_change(versions, built.built)
    return (starts is not None and starts <= on) or not all(shows(built, version) for version in versions)


def shows(built: Manifest, version: Version) -> bool:
    """Whether a site has a version as it is kept: with its words, called off, or taken down."""
    found = built.find(version.notice, version.version, version.language)
    if found is None or bool(found.retracted) != (version.retracted is not None):
        return False
    return bool(found.called_off) == (version.called_off is not None) and (
        version.retracted is not None or found.digest == version.digest
    )


def is_due_in(root: Path, out: Path, on: date) -> bool:
    """The same of a site's folder and of what was built from it. `ContentError` where the history is not whole."""
    try:
        built = manifest.from_json((out / site_plan.MANIFEST).read_bytes())
    except (OSError, ManifestError):
        built = None
    _, kept = repository.read_frozen(root)
    return is_due(built, kept, on)
