"""Terms that a notice for children, or an easy-read one, must explain in words of its own."""

from __future__ import annotations

from collections.abc import Iterator

from generator.content.model import Audience
from generator.problems import Problem
from generator.rule import BY_LAW, WARNING, Example, Family, Rule
from generator.rules.case import Case
from generator.rules.prose import statements
from generator.rules.prose.judgement import Answer, judged

_EXPLAINED = (
    "What happens to what you tell us? We use it to lend you books. Your librarian can help you. You can say no, and you can "
    "change your mind. Ask a grown-up if you do not understand."
)


def _rule(number: str, title: str, looks_for: str, without: str) -> Rule:
    body = _EXPLAINED.replace(without, "")
    front = "audience: child\nsummary: The library."
    fails, passes = Example(front, body, without=("consents",)), Example(front, _EXPLAINED)
    return Rule(number, Family.AUDIENCE, WARNING, title, looks_for, BY_LAW, fails, passes)


A01 = _rule(
    "A01",
    "What happens to my information",
    "A notice with `audience: child` or `easy-read` whose own words do not say what happens to the information: “what we do "
    "with”, “why we ask”.",
    "What happens to what you tell us? We use it to lend you books. ",
)
A02 = _rule(
    "A02",
    "Who can help me",
    "A notice with `audience: child` or `easy-read` whose own words name nobody who can help.",
    "Your librarian can help you. ",
)
A03 = _rule(
    "A03",
    "How I can say no",
    "A notice with `audience: child` or `easy-read` whose own words do not say how to say no, to stop or to object.",
    "You can say no, and you can change your mind. ",
)
A04 = _rule(
    "A04",
    "Asking an adult",
    "A notice with `audience: child` whose own words do not tell the child to ask an adult whom it trusts.",
    "Ask a grown-up if you do not understand.",
)
RULES = (A01, A02, A03, A04)

_EXPLANATIONS: tuple[tuple[Rule, str, str], ...] = (
    (A01, "what happens to their information", "Add a sentence such as “We use what you tell us to ...”."),
    (A02, "who can help them", "Add a sentence such as “Your librarian can help you”, with how to reach them."),
    (A03, "how they can say no", "Add a sentence such as “You can say no”, with what happens then."),
    (A04, "that they can ask an adult", "Add a sentence such as “Ask a grown-up you trust if you do not understand”."),
)
_WHO = {Audience.CHILD: "children", Audience.EASY_READ: "easy read"}
_NOT_FOR = {Audience.EASY_READ: (A04,)}


def check(case: Case) -> Iterator[Problem]:
    """Terms that a notice for children or in easy read leaves unexplained, by the signs of `rules/prose`."""
    audience = case.facets.audience
    if audience is Audience.ADULT or case.language not in ("en", "cy"):
        return
    text = statements.read(case.passages)
    for rule, what, remedy in _EXPLANATIONS:
        if rule not in _NOT_FOR.get(audience, ()) and judged(text, rule.id).answer is not Answer.YES:
            message = f"This notice for {_WHO[audience]} does not seem to say {what}."
            yield rule.problem(case.notice.place("audience"), message, remedy)
