"""Rules that a notice takes out for itself, each with its reason. They are shown in the scorecard, never lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator.content.decode import nearest
from generator.problems import Problem
from generator.rule import ERROR, Example, Family, Rule
from generator.rules.case import Case

Q01 = Rule(
    "Q01",
    Family.SILENCE,
    ERROR,
    "A rule that does not exist",
    "An id in `silence` that no rule has.",
    "A silence must name a rule that exists.",
    Example("silence: {N99: It does not apply to us.}"),
    Example("silence: {N15: It does not apply to us.}"),
)
Q02 = Rule(
    "Q02",
    Family.SILENCE,
    ERROR,
    "No reason",
    "A rule in `silence` without a reason.",
    "UK GDPR article 5(2): the council must be able to show why it is right.",
    Example('silence: {N15: ""}'),
    Example("silence: {N15: It does not apply to us.}"),
)
Q03 = Rule(
    "Q03",
    Family.SILENCE,
    ERROR,
    "A rule that cannot be silenced",
    "A rule in `silence` about damaged input, about facts that contradict each other, or about silence itself.",
    "A notice that cannot be read, or contradicts itself, cannot be published.",
    Example("silence: {F01: We like our own keys.}"),
    Example("silence: {T11: The Act has a long name.}"),
)
RULES = (Q01, Q02, Q03)


@dataclass(frozen=True)
class Silenced:
    """A rule taken out for one notice, why, and what it would have said."""

    rule: str
    reason: str
    problems: tuple[Problem, ...]


def check(case: Case, rules: Mapping[str, Rule]) -> Iterator[Problem]:
    """Problems with the notice's `silence` itself; `rules` are all rules by id."""
    for name, reason in case.facets.silence.items():
        place = case.notice.place(f"silence.{name}")
        if name not in rules:
            near = nearest(name, rules)
            remedy = (
                f"Did you mean `{near}`?" if near else "`noticeboard check` names the rule of each problem in brackets."
            )
            yield Q01.problem(place, f"There is no rule `{name}`.", remedy)
        elif not rules[name].silenceable:
            yield Q03.problem(
                place, f"The rule {name} cannot be silenced.", "Put right what it tells, and delete this."
            )
        elif not reason.strip():
            yield Q02.problem(place, f"There is no reason for silencing {name}.", "Say in a sentence why it is right.")


def apply(case: Case, found: Iterable[Problem], rules: Mapping[str, Rule]) -> tuple[list[Problem], list[Silenced]]:
    """The problems that stay, and the rules that are out with what they would have said."""
    out = {
        name: reason
        for name, reason in case.facets.silence.items()
        if name in rules and rules[name].silenceable and reason.strip()
    }
    problems = list(found)
    kept = [problem for problem in problems if problem.rule not in out]
    silenced = [
        Silenced(name, " ".join(reason.split()), tuple(p for p in problems if p.rule == name))
        for name, reason in sorted(out.items())
    ]
    return kept, silenced
