"""G15: countries that UK law does not hold adequate, or only for some recipients, and `adequacy: yes` beside them."""

from __future__ import annotations

from collections.abc import Iterator

from generator.content.model import Transfer
from generator.law import countries
from generator.law.statute_book import LAW
from generator.problems import Level, Problem
from generator.rule import BY_LAW, ERROR, Example, Family, Rule
from generator.rules.case import Case

G15 = Rule(
    "G15",
    Family.LAWFULNESS,
    ERROR,
    "Adequacy that the law does not give",
    "`adequacy: yes` for something that is no country, for a country that is not on the list of the day, or for one that is on it only for "
    "some recipients, where `safeguard` does not say so. The list is in docs/law.md.",
    BY_LAW,
    Example("transfers: [{country: United States, adequacy: yes}]"),
    Example(
        "transfers: [{country: United States, adequacy: yes, "
        "safeguard: certification under the UK Extension to the EU-US Data Privacy Framework, copy: ask us by email}]"
    ),
)


def check(case: Case) -> Iterator[Problem]:
    """Every transfer that calls its country adequate."""
    found = case.facets.transfers
    for index, item in enumerate(found if isinstance(found, tuple) else ()):
        if item.adequacy:
            yield from _transfer(case, f"transfers.{index}", item)


def _transfer(case: Case, path: str, item: Transfer) -> Iterator[Problem]:
    duty = LAW.duties["G15"]
    place = case.notice.place(path)
    named = countries.named_in(item.country, "en", *case.site.languages)
    if not named:
        message = f"“{item.country}” names no country that is known, so UK law cannot hold it adequate ({duty.source})."
        yield G15.problem(
            place, message, "Write the country's name, or say in `safeguard` what protects the information."
        )
    for name, code in named:
        adequate = case.law.adequate.get(code)
        if adequate is None and code != countries.HOME:
            message = f"UK law does not hold the protection of {name} adequate on {case.day} ({duty.source})."
            remedy = "Take `adequacy` out, and write in `safeguard` what protects the information and in `copy` how to get a copy."
            yield G15.problem(place, message, remedy)
        elif adequate and adequate.words and not adequate.words.search(f"{item.country} {item.safeguard or ''}"):
            message = f"UK law holds the protection of {name} adequate only for {adequate.only} ({adequate.cited})."
            remedy = "If that is so here, say it in `safeguard`; else take `adequacy` out and write what protects the information."
            yield G15.problem(place, message, remedy, Level(adequate.level))
