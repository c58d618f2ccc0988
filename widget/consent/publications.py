"""Publications, as the ledger keeps them: the publication of each version and its taking down, once for every language.

The ledger knows which words were published. A manifest that says otherwise is refused: one that lost a version or altered
it, that puts back what was taken down, or that is older than the ledger.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from widget.ledger.events import Act, ConsentEvent, Kind
from widget.manifest import Manifest, ManifestError, PublishedVersion
from widget.store.queries import Publication
from widget.store.transaction import Writing

Known = Mapping[tuple[str, int, str], Publication]
"""The ledger's publications, by notice, version and language."""


def conflicts(manifest: Manifest, known: Known) -> list[str]:
    """Everything in which a manifest and the ledger differ, as sentences; what the ledger has not seen yet is no
    conflict."""
    return [*_lost(manifest, known), *(text for version in manifest.versions if (text := _conflict(version, known)))]


def _lost(manifest: Manifest, known: Known) -> Iterator[str]:
    for notice, number, language in known:
        if manifest.find(notice, number, language) is None:
            yield f"it lacks {notice}/{number}/{language}, which the ledger has as published: an older site, or a part of one"


def _conflict(version: PublishedVersion, known: Known) -> str | None:
    recorded = known.get((version.notice, version.version, version.language))
    if recorded is None:
        return None
    if recorded.digest != version.digest:
        return f"it has altered {version.name} since the ledger recorded the publication"
    if recorded.retracted and version.retracted is None:
        return f"it puts back {version.name}, which was taken down"
    gone = version.retracted
    if recorded.tombstone and gone and gone.digest and gone.digest != recorded.tombstone:
        return f"it has altered what was left of {version.name} when it was taken down"
    return None


def agreeing(manifest: Manifest, known: Known) -> Manifest:
    """The usable part of a manifest that is refused: the versions that the ledger has as they are, for receipts and
    withdrawals. None of them may be answered: they carry no text.
    """
    kept = (
        version
        for version in manifest.versions
        if (version.notice, version.version, version.language) in known and _conflict(version, known) is None
    )
    return replace(manifest, versions=tuple(replace(version, text="") for version in kept))


def new_in(manifest: Manifest, known: Known) -> list[PublishedVersion]:
    """The versions whose publication or taking down is not recorded yet; `ManifestError` where history was rewritten."""
    if told := conflicts(manifest, known):
        raise ManifestError("; ".join(told))
    return [version for version in manifest.versions if _is_news(version, known)]


def _is_news(version: PublishedVersion, known: Known) -> bool:
    recorded = known.get((version.notice, version.version, version.language))
    return recorded is None or (version.retracted is not None and not recorded.retracted)


def record_publications(writing: Writing, manifest: Manifest) -> tuple[ConsentEvent, ...]:
    """Append what the ledger has not seen yet. Several hosts may do so at once: the second finds nothing left."""
    known = writing.publications()
    new = new_in(manifest, known)
    published = [version for version in new if (version.notice, version.version, version.language) not in known]
    events = writing.append(
        [
            Act(Kind.NOTICE_PUBLISHED, None, version.notice, version.version, version.language, version.digest)
            for version in published
        ]
    )
    if writing.too_early_for(Kind.RETRACTED):  # an earlier release may run: it could not read the entry
        return events
    entries = {name: publication.event_id for name, publication in known.items()}
    entries |= {(e.notice or "", e.version or 0, e.language or ""): e.event_id for e in events}
    taken_down = [
        Act(
            Kind.RETRACTED,
            None,
            version.notice,
            version.version,
            version.language,
            version.retracted.digest or None,
            prior=entries[version.notice, version.version, version.language],
        )
        for version in new
        if version.retracted is not None
    ]
    return (*events, *writing.append(taken_down))
