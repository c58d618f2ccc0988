"""Shared wording as its form shows it: what was found in its words, and the page of a text in which they stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from desk.editing import Open
from desk.forms.findings import Finding, in_form_words
from desk.forms.values import TEXT, Values, one
from desk.texts import tried, uses
from desk.texts.uses import Use
from desk.workplace import Workplace
from generator.building.site.open_site import OpenSite
from generator.problems import Level, Problem
from generator.rules.text.rendering import B04


@dataclass(frozen=True)
class Shown:
    """The findings in the words of a form, the page that they make, and the id of the section in which they stand there.

    There is no page of words that cannot be made into one.
    """

    found: tuple[Finding, ...]
    page: bytes | None = None
    place: str = ""


def check_and_show(place: Workplace, text: Open, form: Values, use: Use | None) -> Shown:
    """The words of a form in a text that uses them, or by themselves where there is none."""
    typed, today, name = one(form, TEXT), place.today, text.notice

    def question(site: OpenSite) -> Shown:
        own = tried.wording(site, name, text.language, typed, today)
        found = [_finding(one, TEXT, "") for one in own]
        if use is None:
            hard = any(one.rule == B04.id for one in own)
            return Shown(_ordered(found), None if hard else tried.shown_alone(site, name, text.language, typed))
        said = {one.message for one in own}
        for one_found in tried.within(site, use, name, typed, today):
            if one_found.message not in said:
                inside = one_found.place.file == text.file
                found.append(_finding(one_found, TEXT if inside else "", "" if inside else use.title))
        if any(one.rule == B04.id for one in found):
            return Shown(_ordered(found))
        page = tried.shown_within(site, use, name, typed, today)
        return Shown(_ordered(found), page, uses.place_in(site, use, name))

    return place.ask(question)


def _ordered(found: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(found, key=lambda one: list(Level).index(one.level)))


def _finding(problem: Problem, field: str, where: str) -> Finding:
    message, remedy = (in_form_words(text, lambda name: None) for text in (problem.message, problem.remedy))
    shown = f"{where}: {message}" if where else message
    return Finding(field, problem.level, shown, remedy, problem.rule)
