"""Every rule there is. docs/rules.md is written from this table, and the tests run its examples."""

from __future__ import annotations

from generator.content import consent_records, faults
from generator.law.statute_book import LAW
from generator.rule import ERROR, Example, Family, Rule
from generator.rules import approver, elsewhere, silence
from generator.rules.languages import translation
from generator.rules.law import adequacy, bases, completeness, lawfulness, record_periods, replaced
from generator.rules.text import audience, links, pictures, remnants, tables, typed_marks, wording

_SOUND = Example()


def _agreeing(number: str, title: str, looks_for: str, why: str, fails: str) -> Rule:
    return Rule(number, Family.CONSISTENCY, ERROR, title, looks_for, why, Example(fails), _SOUND)


SHARED = (
    Rule(
        "S01",
        Family.SHARED,
        ERROR,
        "A name that nothing answers to",
        "`[[name]]` where neither content/shared nor site.yml has that name, or where it does not stand alone.",
        "Readers would see the brackets.",
        Example(body="Write to [[dpo.emial]]."),
        Example(body="Write to [[dpo.email]]."),
    ),
)
CONSISTENCY = (
    _agreeing(
        "L01",
        "A point of article 6 that does not exist",
        "`article` of a lawful basis that is not one of 6(1)(a) to 6(1)(f), or 6(1)(ea); and 6(1)(ea) before 5 February 2026.",
        "UK GDPR article 6(1). The rights of the notice follow from it.",
        "lawful_bases: [{id: task, article: 6(1)(g)}, {id: agreed, article: 6(1)(a)}]",
    ),
    _agreeing(
        "L02",
        "An id used twice",
        "Two purposes, lawful bases or consents with one id.",
        "Records of consent name the id.",
        f"lawful_bases: [{bases.TASK}, {bases.AGREED}, {{id: task, article: 6(1)(c)}}]",
    ),
    _agreeing(
        "L03",
        "A name that points to nothing",
        "The basis of a purpose, the purpose of a consent, or a parent that does not exist.",
        "The fact that it stands for would be lost without a word.",
        "parent: town-hall",
    ),
    _agreeing(
        "L04",
        "Consent asked for what does not rest on it",
        "A consent whose purpose does not rest on article 6(1)(a) alone.",
        "UK GDPR articles 4(11) and 7(4): a yes that changes nothing is no consent.",
        "purposes: [{id: lend, text: lend you books, basis: task}, {id: news, text: send you news, basis: task}]",
    ),
    consent_records.L05,
)
RULES: tuple[Rule, ...] = (
    *faults.READING,
    *pictures.RULES,
    *tables.RULES,
    *SHARED,
    *CONSISTENCY,
    *completeness.RULES,
    bases.G01,
    *lawfulness.RULES,
    record_periods.G12,
    bases.G13,
    bases.G14,
    adequacy.G15,
    replaced.T06,
    *wording.RULES,
    *remnants.RULES,
    *audience.RULES,
    *translation.RULES,
    *links.RULES,
    *typed_marks.RULES,
    *silence.RULES,
    approver.P08,
    *elsewhere.RULES,
)
BY_ID = {rule.id: rule for rule in RULES}


def why(rule: Rule) -> str:
    """Why a rule exists: its own words, or its source of law, which is read when somebody asks."""
    return rule.own_why or LAW.why(rule.id)
