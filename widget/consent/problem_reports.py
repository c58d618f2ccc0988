"""A report of a problem with a page: read from its form, kept, and owed as a letter to whoever answers for the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from widget.consent import input
from widget.errors import Refusal, Wrong
from widget.manifest import Manifest, PublishedVersion
from widget.people.details import Sealing
from widget.people.problem_reports import Problem, report_id, seal_problem
from widget.store.problem_reports import ReportRow
from widget.store.transaction import Writing

KEYS = frozenset({"problem", "email", "notice", "version", "request_id"})
"""The names of the form's fields."""


def problem_in(form: Mapping[str, Sequence[str]]) -> Problem:
    """What is reported; `Refusal` 400 where nothing is said, or what is said cannot be kept."""
    wrongs = list(input.form_wrongs(form, KEYS))
    fields = input.single(form)
    said = fields.get("problem", "").strip()
    if not said:
        wrongs.append(Wrong("problem", "problem-missing"))
    elif (wrong := input.text_wrong("problem", said)) is not None:
        wrongs.append(wrong)
    email = input.email_in(fields.get("email", ""), wrongs)
    if wrongs:
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


def record_problem(
    writing: Writing, problem: Problem, page: PublishedVersion | None, language: str, view: str, sealing: Sealing
) -> str:
    """Keep a report, and owe its letter: its id. Sent again from one view of the form, it is the same report.

    The letter is owed about the publication of the page, or where it is of no notice, of any: no act of a person is in it.
    """
    about = page or next(iter(writing.publications()), None)
    named = (about.notice, about.version, about.language) if isinstance(about, PublishedVersion) else about
    publication = writing.publications_of([named]) if named else []
    if not publication:
        raise Refusal(404)
    key = sealing.details_key
    report = report_id(problem, view or writing.randomness(16).hex(), key)
    if writing.report(report) is None:
        row_key, sealed = seal_problem(problem, report, key, writing.randomness)
        notice, version = (page.notice, page.version) if page else (None, None)
        row = ReportRow(report, publication[0].seq, notice, version, language, row_key, sealed, writing.now)
        writing.add_report(row)
    return report
