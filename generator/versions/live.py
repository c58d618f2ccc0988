"""The site that residents read, compared with content/: what is live and what is kept must be the same history. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.versions import lock
from generator.versions.version import Version, digest
from widget.manifest import Manifest, PublishedVersion


def contradictions(live: Manifest, kept: Iterable[Version]) -> list[str]:
    """Contradictions between the live site and content/, as sentences.

    A version that is kept and not live yet is none.
    """
    versions = {(version.notice, version.version, version.language): version for version in kept}
    return [text for published in live.versions for text in _contradictions(published, versions.get(_name(published)))]


def not_live(live: Manifest, kept: Iterable[Version]) -> list[str]:
    """The versions of content/ that the live site does not have, such as one that was published a moment ago."""
    shown = {_name(published) for published in live.versions}
    return [version.file for version in kept if (version.notice, version.version, version.language) not in shown]


def _name(published: PublishedVersion) -> tuple[str, int, str]:
    return published.notice, published.version, published.language


def _contradictions(published: PublishedVersion, version: Version | None) -> Iterator[str]:
    if version is None:
        yield f"{published.name} is live, and content/ has lost it. Restore it from version control or a backup."
    elif published.digest != version.digest:
        yield (
            f"{published.name} has the digest {published.digest} on the live site and {version.digest} in content/. "
            "One of the two was changed: compare both with version control and with the ledger (consents verify)."
        )
    elif published.retracted and version.retracted is None:
        yield f"{published.name} was taken down on the live site, and content/ still has it. Restore its tombstone."
    elif published.called_off != (version.called_off.on if version.called_off else None) and published.called_off:
        yield (
            f"{published.name} was called off on {published.called_off} on the live site, and content/ does not say so. "
            f"Restore content/{lock.called_off(version.file)}."
        )
    elif published.effective != version.effective and published.retracted is None:
        yield f"{published.name} counts from {published.effective} on the live site and from {version.effective} here."


def file_contradiction(published: PublishedVersion, version: Version, data: bytes | None) -> str | None:
    """The fault of the frozen file that the live site sends; `data` is None where it sends none.

    The live tombstone of a version may be missing until the site is built again.
    """
    if data is None:
        return f"{published.name}: the live site sends no notice.yml. Build it with this release and publish it."
    if digest(data) == digest(version.frozen):
        return None
    if version.retracted is not None and published.retracted is None and digest(data) == version.digest:
        return None
    return f"{published.name}: the notice.yml of the live site has other bytes than content/{version.file}."
