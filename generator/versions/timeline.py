"""Everything that was published, arranged for a day: which version of each notice counts, and what the manifest says.
Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from generator.content import consent_records, own_records, withdrawals
from generator.content.consent_records import Counted
from generator.content.site_file import SiteSource
from generator.versions import handling
from generator.versions.version import Version, digest
from generator.wording import contacts
from widget import manifest
from widget.record_period import RecordPeriod


class Standing(StrEnum):
    """Where a version of a notice is on a day; a draft is no version yet."""

    IN_FORCE = "in-force"
    REPLACED = "replaced"
    SCHEDULED = "scheduled"
    NEVER_APPLIED = "never-applied"
    RETRACTED = "retracted"
    DRAFT = "draft"


@dataclass(frozen=True)
class History:
    """All versions of one notice in one language, oldest first, and the number of the one that counts.

    One that was called off before it started is among them and never applies: none comes before or after it.
    `number` is None before the first has come into force. A language may lack some of the numbers: `starts` has the
    day from which each number counts, in whichever language.
    """

    notice: str
    language: str
    versions: tuple[Version, ...]
    number: int | None
    starts: Mapping[int, date]
    following: Mapping[int, manifest.Following] = field(default_factory=dict)
    """The versions that this language lacks and that say by which day it follows, by their numbers."""

    @property
    def in_force(self) -> Version | None:
        return self.numbered(self.number)

    @property
    def awaited(self) -> manifest.Following | None:
        """The day that the version in force names for this language, which it lacks."""
        return self.following.get(self.number or 0)

    @property
    def behind(self) -> Version | None:
        """The newest text of a language that follows later: of a version before the one in force."""
        earlier = (v for v in reversed(self.versions) if self.number is not None and v.version < self.number)
        return next((v for v in earlier if v.called_off is None), None) if self.awaited else None

    @property
    def shown(self) -> Version | None:
        """The page at the notice's own address: the version in force, else the text of a language that follows later."""
        return self.in_force or self.behind

    @property
    def upcoming_number(self) -> int | None:
        """The number of the next version to come into force, in whichever language."""
        return min((number for number in self.starts if number > (self.number or 0)), default=None)

    @property
    def upcoming(self) -> Version | None:
        """The next version of this language to come into force."""
        coming = (v for v in self.versions if self.number is None or v.version > self.number)
        return next((version for version in coming if version.called_off is None), None)

    @property
    def latest(self) -> Version:
        """The newest version, one that was called off only where there is no other."""
        standing = [version for version in self.versions if version.called_off is None]
        return (standing or self.versions)[-1]

    def standing(self, version: Version) -> Standing:
        if version.called_off is not None:
            return Standing.NEVER_APPLIED
        if self.number is None or version.version > self.number:
            return Standing.SCHEDULED
        return Standing.IN_FORCE if version.version == self.number else Standing.REPLACED

    def until(self, version: Version) -> date | None:
        """The day the next version took over; None for a version that counts, or that has not started or never did."""
        later = self.after(version) if version.called_off is None else ()
        return self.starts[later[0]] if later else None

    def before(self, version: Version) -> Version | None:
        """The version that came before, in this language; one that was taken down or called off is left out."""
        earlier = (other for other in reversed(self.versions) if other.version < version.version)
        return next((other for other in earlier if other.called_off is None), None)

    def after(self, version: Version) -> tuple[int, ...]:
        """The number of every later version that has come into force, in whichever language, oldest first."""
        return tuple(number for number in sorted(self.starts) if version.version < number <= (self.number or 0))

    def numbered(self, number: int | None) -> Version | None:
        """The version of that number, if this language has it."""
        return next((version for version in self.versions if version.version == number), None)


def histories(versions: Iterable[Version], on: date) -> dict[tuple[str, str], History]:
    """Each notice's history in each of its languages, as it is on a day, by (notice, language).

    A version that was taken down is no part of it.
    """
    grouped: dict[str, list[Version]] = {}
    for version in versions:
        if version.retracted is None:
            grouped.setdefault(version.notice, []).append(version)
    found: dict[tuple[str, str], History] = {}
    for notice, all_versions in grouped.items():
        starts = {version.version: version.effective for version in all_versions if version.called_off is None}
        number = manifest.number_in_force(starts.items(), on)
        for language in sorted({version.language for version in all_versions}):
            own = tuple(version for version in all_versions if version.language == language)
            following = _following(language, all_versions)
            found[notice, language] = History(notice, language, own, number, starts, following)
    return found


def _following(language: str, versions: Iterable[Version]) -> dict[int, manifest.Following]:
    """The days that versions, called-off ones aside, name for a language which they lack.

    A version has it or names it, never both.
    """
    said = ((v.version, v.change.following(language)) for v in versions if v.called_off is None)
    return {number: one for number, one in said if one is not None}


def next_change(versions: Iterable[Version], on: date) -> date | None:
    """The next day on which a version comes into force; None if nothing is scheduled."""
    coming = (v.effective for v in versions if v.effective > on and v.retracted is None and v.called_off is None)
    return min(coming, default=None)


def tombstones(versions: Iterable[Version]) -> dict[tuple[str, str], tuple[Version, ...]]:
    """The versions that were taken down, oldest first, by (notice, language)."""
    found: dict[tuple[str, str], tuple[Version, ...]] = {}
    for version in versions:
        if version.retracted is not None:
            key = version.notice, version.language
            found[key] = (*found.get(key, ()), version)
    return found


def prefix(language: str, site: SiteSource) -> str:
    """The prefix of a language's addresses: nothing for the main one, `/cy` for Welsh."""
    return "" if language == site.language else f"/{language}"


def version_path(version: Version, site: SiteSource) -> str:
    """The permanent address of a version, root-relative."""
    return f"{prefix(version.language, site)}/{version.notice}/v/{version.version}/"


FROZEN_FILE = "notice.yml"
"""The name of the frozen file on the site, beside the version's page."""


def frozen_path(version: Version, site: SiteSource) -> str | None:
    """Where the frozen file of a version is published; None for one that names somebody, which is not."""
    return None if version.names_somebody else f"{version_path(version, site)}{FROZEN_FILE}"


def check_path(version: Version, site: SiteSource) -> str:
    """Where the QR code of a printed copy of a version leads, root-relative."""
    return f"{prefix(version.language, site)}/check/{version.notice}/{version.version}/"


def published(version: Version, site: SiteSource) -> manifest.PublishedVersion:
    """A version as the endpoint knows it."""
    return manifest.PublishedVersion(
        notice=version.notice,
        version=version.version,
        language=version.language,
        title=version.title or version.notice,
        published=version.published,
        effective=version.effective,
        change=version.change,
        digest=version.digest,
        url=site.base_url + version_path(version, site),
        consents=version.consents,
        service=version.service,
        renewal=version.renewal,
        consent_records=_records(version.consent_records, site) if version.consent_records else None,
        awaiting_review=version.awaiting_review,
        retracted=_retraction(version),
        called_off=version.called_off.on if version.called_off else None,
        retired=bool(version.facets.get("retired")),
        urgent_help=version.facets.get("urgent_help"),
        discreet=bool(version.facets.get("discreet")) or None,
        text=version.frozen.decode() if version.consents and not version.names_somebody else "",
        handling=handling.of(version.facets) if version.consents else None,
    )


def _retraction(version: Version) -> manifest.Retraction | None:
    gone = version.retracted
    return manifest.Retraction(gone.on, gone.reason, digest(version.frozen)) if gone else None


def council(site: SiteSource) -> manifest.Site:
    """The council as the endpoint knows it."""
    language = site.language
    return manifest.Site(
        name=site.short_name(language),
        base_url=site.base_url,
        languages=site.languages,
        # no page may promise a way and name none
        contact=contacts.for_withdrawals(site, language),
        origins=site.consent.origins,
        destinations=dict(site.destinations),
        controller=contacts.controller(site, language),
        consent_records=_records(manifest.Records(site.consent_records.keep, site.consent_records.after), site),
        records=_own_records(site),
        act_within=withdrawals.time_limit(site.withdrawals.act_within),
    )


def _own_records(site: SiteSource) -> manifest.OwnRecords | None:
    """The periods of `records` that the consent service applies; None where site.yml has none of them."""
    said = site.records
    requests, staff_logs, problems = map(own_records.counted, (said.requests, said.staff_logs, said.problems))
    return manifest.OwnRecords(requests, staff_logs, problems) if requests or staff_logs or problems else None


def _records(written: manifest.Records, site: SiteSource) -> manifest.Records:
    """The words of `consent_records` with the period that they mean: a frozen file holds only the words."""
    meaning = consent_records.read(written.keep, written.after or "")
    if not isinstance(meaning, Counted):
        return written
    ends = None
    if meaning.year is not None:
        month, day = site.year_end(meaning.year)
        ends = f"{month:02}-{day:02}"
    period = RecordPeriod(meaning.period.longest, meaning.period.unit, meaning.start, ends)
    return replace(written, period=period)


def manifest_of(versions: Iterable[Version], site: SiteSource, built: date) -> manifest.Manifest:
    """`published.json`: everything ever published, for the endpoint."""
    return manifest.Manifest(council(site), built, tuple(published(version, site) for version in versions))
