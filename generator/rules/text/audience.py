"""What a notice for children, or an easy-read one, must explain in words of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.content.model import Audience
from generator.problems import Problem
from generator.rules.case import Case
from generator.rules.rule import WARNING, Example, Family, Rule

_CODE = "ICO, Age appropriate design: a code of practice for online services, standard"
_ARTICLE = "UK GDPR article 12(1): clear and plain language, in particular for a child"
_ACCESSIBLE = "For easy read: Equality Act 2010 section 20(6)."
_EXPLAINED = (
    "What happens to what you tell us? We use it to lend you books. Your librarian can help you. You can say no, and you can "
    "change your mind. Ask a grown-up if you do not understand."
)


def _rule(number: str, title: str, looks_for: str, why: str, without: str) -> Rule:
    body = _EXPLAINED.replace(without, "")
    front = "audience: child\nsummary: The library."
    fails, passes = Example(front, body, without=("consents",)), Example(front, _EXPLAINED)
    return Rule(number, Family.AUDIENCE, WARNING, title, looks_for, why, fails, passes)


A01 = _rule(
    "A01",
    "What happens to my information",
    "A notice with `audience: child` or `easy-read` whose own words do not say what happens to the information: “what we do "
    "with”, “why we ask”.",
    f"{_ARTICLE}; {_CODE} 4 (transparency). {_ACCESSIBLE}",
    "What happens to what you tell us? We use it to lend you books. ",
)
A02 = _rule(
    "A02",
    "Who can help me",
    "A notice with `audience: child` or `easy-read` whose own words name nobody who can help.",
    f"{_ARTICLE}; {_CODE} 15 (online tools). {_ACCESSIBLE}",
    "Your librarian can help you. ",
)
A03 = _rule(
    "A03",
    "How I can say no",
    "A notice with `audience: child` or `easy-read` whose own words do not say how to say no, to stop or to object.",
    f"{_ARTICLE}; UK GDPR articles 7(3) and 21(4); {_CODE} 15 (online tools). {_ACCESSIBLE}",
    "You can say no, and you can change your mind. ",
)
A04 = _rule(
    "A04",
    "Asking an adult",
    "A notice with `audience: child` whose own words do not tell the child to ask an adult whom it trusts.",
    f"{_ARTICLE}; {_CODE} 4 (transparency): prompts to speak to a parent or another adult before going on.",
    "Ask a grown-up if you do not understand.",
)
RULES = (A01, A02, A03, A04)

_ADULT = (
    r"\b(?:adults?|grown-?ups?|parents?|carers?|guardian|mum|dad|teachers?|social worker|youth worker|nurse|family|"
    r"some(?:one|body) (?:else )?(?:you trust|at home|who looks after you)"
    r"|oedolyn|rhieni|rhiant|gofalwr|athro|athrawes|mam|nyrs|gweithiwr cymdeithasol|rhywun rydych(?: chi)?(?:[’']n)? yn ymddiried)\b"
)
_SIGNS: tuple[tuple[Rule, re.Pattern[str], str, str], ...] = (
    (
        A01,
        re.compile(
            r"\bwhat (?:happens|we (?:will )?do|(?:will )?happen)\b|\bhow we use\b|\bwhy (?:do )?we (?:need|ask|want|keep|use)\b"
            r"|\bwe use (?:it|this|what|your|the)\b|\bwhat is it for\b|\bso that you can\b"
            r"|\b(?:beth (?:sy[’']n digwydd|rydym|fydd)|sut rydym|pam rydym|rydym yn (?:defnyddio|ei ddefnyddio))\b",
            re.I,
        ),
        "what happens to their information",
        "Add a sentence such as “We use what you tell us to ...”.",
    ),
    (
        A02,
        re.compile(
            r"\b(?:can|will|to|happy to|here to) help\b|\bhelps? you\b|\bfor help\b|\b(?:talk|speak) (?:to|with)\b"
            r"|\b(?:ask|call|phone|email|write to) (?:us|our|the|your|at)\b"
            r"|\b(?:helpu|am help|siarad â|siaradwch â|gofynnwch|ffoniwch|ebostiwch)\b",
            re.I,
        ),
        "who can help them",
        "Add a sentence such as “Your librarian can help you”, with how to reach them.",
    ),
    (
        A03,
        re.compile(
            r"\bsay(?:ing)? no\b|\bchange your mind\b|\b(?:do not|don[’']t) (?:have|want|need) to\b|\bask us (?:not )?to (?:stop|delete|use)\b"
            r"|\btell us to stop\b|\bto stop using\b|\byou can (?:stop|object|refuse|opt out)\b"
            r"|\b(?:dweud na|newid eich meddwl|nid oes (?:rhaid|angen)|does dim rhaid|gofyn i ni (?:stopio|beidio|roi[’']r gorau)|gwrthod)\b",
            re.I,
        ),
        "how they can say no",
        "Add a sentence such as “You can say no”, with what happens then.",
    ),
    (
        A04,
        re.compile(
            rf"\b(?:ask|talk|speak|tell|show|read|help|with)\b[^.!?]{{0,60}}?{_ADULT}"
            rf"|{_ADULT}[^.!?]{{0,40}}\b(?:can|could|will) (?:help|read|ask|explain)\b"
            rf"|\b(?:gofyn\w*|siarad\w*|dweud|dangos\w*|helpu|gyda)\b[^.!?]{{0,60}}?{_ADULT}",
            re.I,
        ),
        "that they can ask an adult",
        "Add a sentence such as “Ask a grown-up you trust if you do not understand”.",
    ),
)
_DENIED = re.compile(r"\b(?:do not|don[’']t|never|cannot|can[’']t|need not|no need to|peidiwch â) (?:\w+ )?$", re.I)
_WHO = {Audience.CHILD: "children", Audience.EASY_READ: "easy read"}
_NOT_FOR = {Audience.EASY_READ: (A04,)}


def check(case: Case) -> Iterator[Problem]:
    """What a notice for children or in easy read leaves unexplained; a sentence that denies it explains nothing."""
    audience = case.facets.audience
    if audience is Audience.ADULT or case.language not in ("en", "cy"):
        return
    for rule, sign, what, remedy in _SIGNS:
        if rule not in _NOT_FOR.get(audience, ()) and not _says(case, sign):
            message = f"This notice for {_WHO[audience]} does not seem to say {what}."
            yield rule.problem(case.notice.place("audience"), message, remedy)


def _says(case: Case, sign: re.Pattern[str]) -> bool:
    return any(
        not _DENIED.search(passage.text, max(found.start() - 40, 0), found.start())
        for passage in case.passages
        for found in sign.finditer(passage.text)
    )
