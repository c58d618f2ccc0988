"""N01 to N18: what UK GDPR articles 13 and 14 and the Data (Use and Access) Act 2025 have a notice say."""

from __future__ import annotations

from generator.problems import Level
from generator.rule import BY_LAW, ERROR, WARNING, Example, Family, Rule


def _rule(number: str, level: Level, title: str, looks_for: str, fails: Example, passes: Example | None = None) -> Rule:
    return Rule(number, Family.COMPLETENESS, level, title, looks_for, BY_LAW, fails, passes or Example())


N01 = _rule(
    "N01",
    ERROR,
    "Who is responsible, and how to reach them",
    "The controller's name and at least one way to reach it, in site.yml or as the notice's `owner`.",
    Example(site="organisation: {name: Exampleshire County Council}", without=("owner",)),
)
N02 = _rule(
    "N02",
    ERROR,
    "The controller's representative",
    "Where a representative is named, or the text speaks of one, how to reach it.",
    Example("representative: {name: Example Ltd}"),
    Example("representative: {name: Example Ltd, email: example@example.org}"),
)
N03 = _rule(
    "N03",
    ERROR,
    "The data protection officer",
    "A data protection officer in site.yml, with an email address, a telephone number or a postal address.",
    Example(site_without=("data_protection_officer",)),
)
N04 = _rule(
    "N04",
    ERROR,
    "What the information is used for",
    "At least one entry in `purposes`.",
    Example(without=("purposes", "consents")),
)
N05 = _rule(
    "N05",
    ERROR,
    "The lawful basis",
    "At least one entry in `lawful_bases`; a purpose that names none rests on all of them.",
    Example("purposes: lend you books", without=("lawful_bases", "consents")),
)
N06 = _rule(
    "N06",
    ERROR,
    "Which legitimate interests",
    "`interests` beside article 6(1)(f), and beside 6(1)(ea) the `condition` that makes the interest a recognised one.",
    Example("lawful_bases: [{id: task, article: 6(1)(ea)}, {id: agreed, article: 6(1)(a)}]"),
    Example(
        "lawful_bases: [{id: task, article: 6(1)(ea), condition: an emergency}, {id: agreed, article: 6(1)(a)}]",
    ),
)
N07 = _rule(
    "N07",
    ERROR,
    "What kinds of information",
    "At least one entry in `data`: an error where information comes from others, a warning where it comes from the "
    "person alone.",
    Example("sources: [{who: your school, kind: other}]", without=("data",)),
    Example("sources: [{who: your school, kind: other}]"),
)
N08 = _rule(
    "N08",
    ERROR,
    "Who it is shared with",
    "Entries in `sharing`, or `sharing: none`.",
    Example(without=("sharing",)),
    Example("sharing: none"),
)
N09 = _rule(
    "N09",
    ERROR,
    "Whether it leaves the United Kingdom",
    "Entries in `transfers`, or `transfers: none`. For each country whether UK law holds its protection adequate; if "
    "not, the safeguard and how to get a copy of it.",
    Example("transfers: [{country: India}]"),
    Example("transfers: [{country: India, safeguard: the UK transfer agreement, copy: ask us by email}]"),
)
N10 = _rule(
    "N10",
    ERROR,
    "How long it is kept",
    "Entries in `retention`, each with a period or with the criteria for it.",
    Example("retention: [your membership]"),
    Example("retention: [{record: your membership, keep: 2 years}]"),
)
N11 = _rule(
    "N11",
    ERROR,
    "People's rights",
    "A lawful basis that can be understood, because the rights in the notice follow from it.",
    Example("lawful_bases: [{id: task, article: section 7}]\npurposes: lend you books", without=("consents",)),
)
N12 = _rule(
    "N12",
    ERROR,
    "How to withdraw consent",
    "Where a basis is consent (article 6(1)(a) or 9(2)(a)): a consent with a way to withdraw, or words that say how.",
    Example(without=("consents",)),
    Example(without=("consents",), body="Write to libraries@example.org to withdraw your consent."),
)
N13 = _rule(
    "N13",
    ERROR,
    "Complaints to the Information Commissioner",
    "The standard section about complaints, which has the Commissioner's details; an order of sections in site.yml can "
    "leave it out.",
    Example(site="sections: [purposes, data, lawful-basis, retention, rights]"),
)
N13B = _rule(
    "N13b",
    ERROR,
    "Complaints to the council",
    "`complaints` in site.yml: an electronic form, an email, phone or post. One way alone, and a form whose address is a bare home page, "
    "are warnings.",
    Example(site_without=("complaints",)),
)
N14 = _rule(
    "N14",
    ERROR,
    "Where it comes from",
    "Entries in `sources`; for each that is not the person, whether it is open to the public (`kind: public`) or not "
    "(`kind: other`). No `sources` at all is a warning.",
    Example("sources: [you, your school]"),
    Example("sources: [you, {who: your school, kind: other}]"),
)
N15 = _rule(
    "N15",
    WARNING,
    "Whether people must give it",
    "`must_provide`, where information comes from the person; if people must, also what follows when they do not.",
    Example(without=("must_provide",)),
)
N16 = _rule(
    "N16",
    ERROR,
    "Decisions made without a person",
    "Entries in `automated_decisions`, or `automated_decisions: none`; nothing at all is a warning. Each decision says "
    "how it is made, what it means for the person, and how to be told, be heard, have a person look at it, and contest it: one of these "
    "four that `safeguards` leaves out is a warning, since the notice lists all four itself.",
    Example("automated_decisions: [{decision: which loan you get, logic: points}]"),
    Example(
        "automated_decisions: [{decision: which loan you get, logic: points, consequences: you may get none, "
        "safeguards: we tell you why. Tell us what you think and a person looks at it again}]"
    ),
)
N17 = _rule(
    "N17",
    WARNING,
    "What allows sensitive information",
    "For special category data the condition in article 9, for most conditions the paragraph of Schedule 1, and for "
    "employment and substantial public interest the policy document. For criminal offence data the authority.",
    Example("special_category: [health]"),
    Example(
        "special_category: [{label: health, condition: 9(2)(g), schedule: paragraph 6, policy: https://www.example.org/p}]"
    ),
)
N18 = _rule(
    "N18",
    ERROR,
    "People are told before a new purpose starts",
    "A `change` of kind new-purpose has an `effective` day that lies ahead. A purpose that the last version did not "
    "have, with a change of another kind, is a warning.",
    Example("change: {kind: new-purpose, summary: We also lend tools.}"),
    Example("change: {kind: new-purpose, summary: We also lend tools., effective: 2099-01-01}"),
)
