"""`consent_records` must be a period, and one that the consent service can count, or nothing is ever erased."""

from __future__ import annotations

from collections.abc import Iterator

from generator.content import consent_records, site_file
from generator.content.consent_records import L05, Uncounted
from generator.problems import Place, Problem
from generator.rule import WARNING, Example, Family, Rule
from generator.rules.case import Case

G12 = Rule(
    "G12",
    Family.LAWFULNESS,
    WARNING,
    "Records of consent that only staff can erase",
    "`consent_records` whose last day the consent service cannot work out: it runs from something outside the ledger, such "
    "as `case closure`, says `at least`, or may end sooner or later in some cases.",
    "UK GDPR article 5(1)(e): `consents purge` keeps what it cannot judge, so that somebody must erase it by hand.",
    Example("consent_records: {keep: 6 years, after: case closure}"),
    Example("consent_records: {keep: 6 years, after: end of financial year}"),
)


def check(case: Case) -> Iterator[Problem]:
    """Problems with the period of the notice, or with the site's where the notice asks for consent and has none."""
    own = case.facets.consent_records
    if own is None and not case.facets.consents:
        return
    records = own or case.site.consent_records
    meaning = consent_records.read(records.keep, records.after or "")
    if not isinstance(meaning, Uncounted):
        return
    place = case.notice.place(f"consent_records.{meaning.key}") if own else Place(site_file.FILE)
    rule = G12 if meaning.is_period else L05
    yield rule.problem(place, meaning.wrong, meaning.remedy)
