"""A report of a problem with a page: read from its form, kept, and owed as a letter to whoever answers for the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from widget.consent import input
from widget.errors import Refusal, Unavailable, Wrong
from widget.manifest import Manifest, PublishedVersion
from widget.people.details import Sealing
from widget.people.problem_reports import Problem, report_id, seal_problem
from widget.store.problem_reports import ReportRow
from widget.store.transaction import Writing

KEYS = frozenset({"problem", "email", "notice", "version", "request_id"})
"""The names of the form's fields."""


def problem_in(form: Mapping[str, Sequence[str]]) -> Problem:
    """The report; `Refusal` 400 where it says nothing, or cannot be kept."""
    wrongs = list(input.form_wrongs(form, KEYS))
    fields = input.single(form)
    said = input.visible(fields.get("problem", ""))
    if said is None:
        wrongs.append(Wrong("problem", "problem-missing"))
    elif (wrong := input.text_wrong("problem", said)) is not None:
        wrongs.append(wrong)
    email = input.email_in(fields.get("email", ""), wrongs)
    if wrongs or said is None:
        raise Refusal(400, wrongs)
    return Problem(said, email or None)


def page_of(named: Mapping[str, str], language: str, manifest: Manifest) -> PublishedVersion | None:
    """The version that a page showed; None where nothing of that name was published, or the page is of no notice.

    A name that was cut off or changed hinders nobody from reporting.
    """
    notice, number = named.get("notice", ""), named.get("version", "")
    if not input.NUMBER.fullmatch(number):
        return None
    languages = (language, *manifest.site.languages)
    return next((found for one in languages if (found := manifest.find(notice, int(number), one))), None)


def page_reported(row: ReportRow, manifest: Manifest) -> PublishedVersion | None:
    """The version that a report is about, in the reporter's language where it has that one; None for a page of no
    notice."""
    return page_of({"notice": row.notice or "", "version": str(row.version)}, row.language, manifest)


def record_problem(
    writing: Writing, problem: Problem, page: PublishedVersion | None, language: str, view: str, sealing: Sealing
) -> str:
    """Keep a report, and owe its letter: its id. Sent again from one view of the form, it is the same report.

    The letter is owed about the publication of the page, or where it is of no notice, of the first one: no act of a
    person is in it. `Unavailable` where nothing was published yet.
    """
    published = writing.publications_of([(page.notice, page.version, page.language)]) if page else []
    publication = published[0] if published else writing.first_publication()
    if publication is None:
        raise Unavailable("a letter about a report is owed about a publication, and nothing was published yet")
    key = sealing.details_key
    report = report_id(problem, view or writing.randomness(16).hex(), key)
    if writing.report(report) is None:
        row_key, sealed = seal_problem(problem, report, key, writing.randomness)
        notice, version = (page.notice, page.version) if page else (None, None)
        row = ReportRow(report, publication.seq, notice, version, language, row_key, sealed, writing.now)
        writing.add_report(row)
    return report
