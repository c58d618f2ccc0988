"""The publication of each version, as the ledger keeps it: once for every language, when it is first seen."""

from __future__ import annotations

from collections.abc import Mapping

from widget.ledger.events import Act, ConsentEvent, Kind
from widget.manifest import Manifest, ManifestError, PublishedVersion
from widget.store.transaction import Writing

Known = Mapping[tuple[str, int, str], str]
"""Digests by notice, version and language."""


def new_in(manifest: Manifest, known: Known) -> list[PublishedVersion]:
    """The versions whose publication is not recorded yet.

    `ManifestError` where a version has other bytes than those whose publication is recorded: history was rewritten.
    """
    names = {(version.notice, version.version, version.language): version for version in manifest.versions}
    if altered := [name for name, version in names.items() if known.get(name, version.digest) != version.digest]:
        said = ", ".join("/".join(map(str, name)) for name in altered)
        raise ManifestError(f"it has altered {said} since the ledger recorded the publication")
    return [version for name, version in names.items() if name not in known]


def record_publications(writing: Writing, manifest: Manifest) -> tuple[ConsentEvent, ...]:
    """Append what the ledger has not seen yet. Several hosts may do so at once: the second finds nothing left."""
    return writing.append(
        [
            Act(Kind.NOTICE_PUBLISHED, None, version.notice, version.version, version.language, version.digest)
            for version in new_in(manifest, writing.publications())
        ]
    )
