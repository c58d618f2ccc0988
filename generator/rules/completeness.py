"""N01 to N18: what UK GDPR articles 13 and 14 and the Data (Use and Access) Act 2025 have a notice say.

A fact that site.yml gives counts for every notice. A notice that is published as written, or a section that says
something in prose alone, shows its facts to readers and not to this program: what is missing there is a warning.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from generator import site as site_file
from generator.errors import Level, Place, Problem
from generator.model import AutomatedDecision, Transfer
from generator.rights import Article, read_article
from generator.rules.case import Case, is_person
from generator.rules.rule import ERROR, WARNING, Example, Family, Rule
from generator.standard import ORDER

YES_ALONE = re.compile(r"(?:yes|true|ydyn?|oes)\.?", re.I)
SCHEDULE_1 = re.compile(r"9\(2\)\([bghij]\)")


def _rule(
    number: str, level: Level, title: str, looks_for: str, why: str, fails: Example, passes: Example | None = None
) -> Rule:
    return Rule(number, Family.COMPLETENESS, level, title, looks_for, why, fails, passes or Example())


N01 = _rule(
    "N01",
    ERROR,
    "Who is responsible, and how to reach them",
    "The controller's name and at least one way to reach it, in site.yml or as the notice's `owner`.",
    "UK GDPR articles 13(1)(a) and 14(1)(a).",
    Example(site="organisation: {name: Exampleshire County Council}", without=("owner",)),
)
N02 = _rule(
    "N02",
    ERROR,
    "The controller's representative",
    "Where a representative is named, or the text speaks of one, how to reach it.",
    "UK GDPR articles 13(1)(a), 14(1)(a) and 27.",
    Example("representative: {name: Example Ltd}"),
    Example("representative: {name: Example Ltd, email: example@example.org}"),
)
N03 = _rule(
    "N03",
    ERROR,
    "The data protection officer",
    "A data protection officer in site.yml, with an email address, a telephone number or a postal address.",
    "UK GDPR articles 13(1)(b), 14(1)(b) and 37(1)(a): every public authority has one.",
    Example(site_without=("data_protection_officer",)),
)
N04 = _rule(
    "N04",
    ERROR,
    "What the information is used for",
    "At least one entry in `purposes`.",
    "UK GDPR articles 13(1)(c) and 14(1)(c).",
    Example(without=("purposes", "consents")),
)
N05 = _rule(
    "N05",
    ERROR,
    "The lawful basis",
    "At least one entry in `lawful_bases`; a purpose that names none rests on all of them.",
    "UK GDPR articles 6(1), 13(1)(c) and 14(1)(c).",
    Example("purposes: lend you books", without=("lawful_bases", "consents")),
)
N06 = _rule(
    "N06",
    ERROR,
    "Which legitimate interests",
    "`interests` beside article 6(1)(f), and beside 6(1)(ea) the `condition` that makes the interest a recognised one.",
    "UK GDPR articles 13(1)(d) and 14(2)(b); Annex 1 for recognised legitimate interests.",
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
    "UK GDPR article 14(1)(d).",
    Example("sources: [{who: your school, kind: other}]", without=("data",)),
    Example("sources: [{who: your school, kind: other}]"),
)
N08 = _rule(
    "N08",
    ERROR,
    "Who it is shared with",
    "Entries in `sharing`, or `sharing: none`.",
    "UK GDPR articles 13(1)(e) and 14(1)(e).",
    Example(without=("sharing",)),
    Example("sharing: none"),
)
N09 = _rule(
    "N09",
    ERROR,
    "Whether it leaves the United Kingdom",
    "Entries in `transfers`, or `transfers: none`. For each country whether UK law holds its protection adequate; if "
    "not, the safeguard and how to get a copy of it.",
    "UK GDPR articles 13(1)(f), 14(1)(f) and 45A to 46.",
    Example("transfers: [{country: India}]"),
    Example("transfers: [{country: India, safeguard: the UK transfer agreement, copy: ask us by email}]"),
)
N10 = _rule(
    "N10",
    ERROR,
    "How long it is kept",
    "Entries in `retention`, each with a period or with the criteria for it.",
    "UK GDPR articles 13(2)(a) and 14(2)(a).",
    Example("retention: [your membership]"),
    Example("retention: [{record: your membership, keep: 2 years}]"),
)
N11 = _rule(
    "N11",
    ERROR,
    "People's rights",
    "A lawful basis that can be understood, because the rights in the notice follow from it.",
    "UK GDPR articles 13(2)(b), 14(2)(c) and 15 to 21.",
    Example("lawful_bases: [{id: task, article: section 7}]\npurposes: lend you books", without=("consents",)),
)
N12 = _rule(
    "N12",
    ERROR,
    "How to withdraw consent",
    "Where a basis is consent (article 6(1)(a) or 9(2)(a)): a consent with a way to withdraw, or words that say how.",
    "UK GDPR articles 7(3), 13(2)(c) and 14(2)(d).",
    Example(without=("consents",)),
    Example(without=("consents",), body="Write to libraries@example.org to withdraw your consent."),
)
N13 = _rule(
    "N13",
    ERROR,
    "Complaints to the Information Commissioner",
    "The standard section about complaints, which has the Commissioner's details; an order of sections in site.yml can "
    "leave it out.",
    "UK GDPR articles 13(2)(d) and 14(2)(e).",
    Example(site="sections: [purposes, data, lawful-basis, retention, rights]"),
)
N13B = _rule(
    "N13b",
    ERROR,
    "Complaints to the council",
    "`complaints` in site.yml: an electronic form and another way. Complaints are acknowledged within 30 days.",
    "Data Protection Act 2018 section 164A, in force since 19 June 2026.",
    Example(site="complaints: {form: https://www.example.org/complain}"),
)
N14 = _rule(
    "N14",
    ERROR,
    "Where it comes from",
    "Entries in `sources`; for each that is not the person, whether it is open to the public (`kind: public`) or not "
    "(`kind: other`). No `sources` at all is a warning.",
    "UK GDPR article 14(2)(f).",
    Example("sources: [you, your school]"),
    Example("sources: [you, {who: your school, kind: other}]"),
)
N15 = _rule(
    "N15",
    WARNING,
    "Whether people must give it",
    "`must_provide`, where information comes from the person; if people must, also what follows when they do not.",
    "UK GDPR article 13(2)(e).",
    Example(without=("must_provide",)),
)
N16 = _rule(
    "N16",
    ERROR,
    "Decisions made without a person",
    "Entries in `automated_decisions`, or `automated_decisions: none`; nothing at all is a warning. Each decision says "
    "how it is made, what it means for the person, and how to be heard, have a person look again, and contest it.",
    "UK GDPR articles 13(2)(f), 14(2)(g) and 22A to 22D.",
    Example("automated_decisions: [{decision: which loan you get, logic: points}]"),
    Example(
        "automated_decisions: [{decision: which loan you get, logic: points, consequences: you may get none, "
        "safeguards: tell us and a person looks again}]"
    ),
)
N17 = _rule(
    "N17",
    WARNING,
    "What allows sensitive information",
    "For special category data the condition in article 9, for most conditions the paragraph of Schedule 1, and for "
    "employment and substantial public interest the policy document. For criminal offence data the authority.",
    "UK GDPR articles 9 and 10; Data Protection Act 2018 sections 10 and 11 and Schedule 1.",
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
    "UK GDPR articles 13(3) and 14(4).",
    Example("change: {kind: new-purpose, summary: We also lend tools.}"),
    Example("change: {kind: new-purpose, summary: We also lend tools., effective: 2099-01-01}"),
)


def _controller(case: Case) -> Iterator[Problem]:
    organisation, owner = case.site.organisation, case.facets.owner
    ways = (organisation.website, organisation.email, organisation.phone, organisation.address)
    if not any(ways) and not (owner and any((owner.email, owner.phone, owner.post, owner.url))):
        message = "Nobody is told how to reach the council."
        yield N01.problem(_site(), message, "Give `organisation` an email, phone, address or website in site.yml.")


def _representative(case: Case) -> Iterator[Problem]:
    found = case.facets.representative
    if found and not any((found.email, found.phone, found.post, found.url)):
        message = f"Nobody is told how to reach the representative, {found.name}."
        yield N02.problem(case.notice.place("representative"), message, "Add its email, phone, post or url.")
    elif not found:
        message = "The text speaks of a representative, and `representative` does not say who it is."
        place = next(p.place(m.start()) for p in case.body if (m := _REPRESENTATIVE.search(p.text)))
        yield N02.problem(place, message, "Add `representative` with a name and a contact.")


_REPRESENTATIVE = re.compile(
    r"(?:UK|EU|article 27) representative|representative (?:in the (?:UK|EU|Uni)|under art)", re.I
)


def _has_representative(case: Case) -> bool:
    told = any(_REPRESENTATIVE.search(passage.text) for passage in case.body)
    return not case.damaged("representative") and (case.facets.representative is not None or told)


def _officer(case: Case) -> Iterator[Problem]:
    officer = case.site.data_protection_officer
    if officer is None:
        message = "There is no data protection officer."
        yield N03.problem(_site(), message, "Add `data_protection_officer` with a name and an email to site.yml.")
    elif not any((officer.email, officer.phone, officer.address)):
        message = "Nobody is told how to reach the data protection officer."
        yield N03.problem(_site(), message, "Give `data_protection_officer` an email, phone or address in site.yml.")


def _purposes(case: Case) -> Iterator[Problem]:
    yield from _absent(
        case, N04, "purposes", "what the information is used for", "for example `purposes: lend you books`"
    )


def _bases(case: Case) -> Iterator[Problem]:
    remedy = "for example `lawful_bases: [{id: task, article: 6(1)(e)}]`"
    yield from _absent(case, N05, "lawful_bases", "which lawful basis allows it", remedy, "lawful-basis")


def _interests(case: Case) -> Iterator[Problem]:
    for index, basis in enumerate(case.facets.lawful_bases):
        for article, name, what in (
            (Article.LEGITIMATE_INTERESTS, "interests", "the legitimate interests"),
            (Article.RECOGNISED_INTERESTS, "condition", "which recognised legitimate interest it is"),
        ):
            path = f"lawful_bases.{index}"
            wanted = read_article(basis.article) is article and not getattr(basis, name)
            if wanted and not case.damaged(f"{path}.{name}"):
                message = f"The basis `{basis.id}` does not say {what}."
                yield N06.problem(case.notice.place(path), message, f"Add `{name}` to it, in plain words.")


def _rests_on_interests(case: Case) -> bool:
    return bool({Article.LEGITIMATE_INTERESTS, Article.RECOGNISED_INTERESTS} & set(case.articles))


def _data(case: Case) -> Iterator[Problem]:
    level = Level.ERROR if case.from_others() else Level.WARNING
    remedy = "for example `data: [your name, your address]`"
    yield from _absent(case, N07, "data", "what kinds of information are used", remedy, level=level)


def _sharing(case: Case) -> Iterator[Problem]:
    yield from _absent(case, N08, "sharing", "who the information is shared with", "or write `sharing: none`")


def _transfers(case: Case) -> Iterator[Problem]:
    what = "whether information leaves the United Kingdom"
    yield from _absent(case, N09, "transfers", what, "or write `transfers: none`")
    found = case.facets.transfers
    for index, item in enumerate(found if isinstance(found, tuple) else ()):
        if not item.adequacy and (missing := _unprotected(case, index, item)):
            message = f"The transfer to {item.country} does not say {missing}."
            remedy = "Add `safeguard` and `copy`, or `adequacy: yes` if UK law holds that country adequate."
            yield N09.problem(case.notice.place(f"transfers.{index}"), message, remedy)


def _unprotected(case: Case, index: int, item: Transfer) -> str:
    """What a transfer without adequacy leaves open."""
    path = f"transfers.{index}"
    if not item.safeguard and not case.damaged(f"{path}.safeguard") and not case.damaged(f"{path}.adequacy"):
        return "what protects the information there"
    return "how to get a copy of the safeguard" if not item.copy and not case.damaged(f"{path}.copy") else ""


def _retention(case: Case) -> Iterator[Problem]:
    remedy = "for example `retention: [{record: your form, keep: 2 years}]`"
    yield from _absent(case, N10, "retention", "how long information is kept", remedy)
    for index, row in enumerate(case.facets.retention):
        path = f"retention.{index}"
        said = (row.keep, row.note, row.url, row.or_if, row.holder)
        if not any(said) and not case.damaged(path):
            message = f"Nothing says how long we keep {row.record}."
            remedy = "Add `keep`, such as `2 years`, or a `note` that says how it is decided."
            yield N10.problem(case.notice.place(path), message, remedy)


def _rights(case: Case) -> Iterator[Problem]:
    if not case.articles and not case.damaged("lawful_bases"):
        message = "The rights that people have cannot be told, because no lawful basis is known."
        remedy = "Add `lawful_bases`, each with a point of article 6(1); the rights then follow by themselves."
        yield _softened(case, N11, "rights", case.notice.place("lawful_bases"), message, remedy)


def _rests_on_consent(case: Case) -> bool:
    explicit = any("9(2)(a)" in (item.condition or "") for item in case.facets.special_category)
    return Article.CONSENT in case.articles or explicit


_WITHDRAW = re.compile(r"\bwithdraw|\btynnu.{0,30}\byn ôl", re.I)


def _withdrawal(case: Case) -> Iterator[Problem]:
    for index, consent in enumerate(case.facets.consents):
        routes = consent.withdraw
        if not any((routes.online, routes.email, routes.phone, routes.post)):
            message = f"The consent `{consent.id}` has no way to withdraw it."
            remedy = "Write `online: yes`, or give an email, phone or post."
            yield N12.problem(case.notice.place(f"consents.{index}.withdraw"), message, remedy)
    told = any(_WITHDRAW.search(passage.text) for passage in case.passages)
    if not case.facets.consents and not told and not case.damaged("consents"):
        message = "Some of it rests on consent, and nothing says how to withdraw it."
        remedy = "Add `consents`, or a section that says how to withdraw and that it is as easy as agreeing."
        yield N12.problem(case.notice.place("lawful_bases"), message, remedy)


def _complaint_shown(case: Case) -> bool:
    return "complaint" in (case.site.sections or ORDER) or any(s.id == "complaint" for s in case.notice.sections)


def _commissioner(case: Case) -> Iterator[Problem]:
    if not _complaint_shown(case):
        message = "Nobody is told that they can complain to the Information Commissioner."
        yield N13.problem(_site(), message, "Add `complaint` to `sections` in site.yml.")


def _council(case: Case) -> Iterator[Problem]:
    ways = case.site.complaints
    if ways is None:
        message = "Nobody is told how to complain to the council."
        yield N13B.problem(_site(), message, "Add `complaints` to site.yml: a form on the web and one other way.")
    elif not any((ways.email, ways.phone, ways.post)):
        message = "The form is the only way to complain to the council."
        yield N13B.problem(_site(), message, "Give `complaints` an email, phone or post in site.yml.")


def _sources(case: Case) -> Iterator[Problem]:
    what, remedy = "where the information comes from", "for example `sources: [you]`"
    yield from _absent(case, N14, "sources", what, remedy, level=Level.WARNING)
    for index, source in enumerate(case.facets.sources):
        # a translation's sources are those of the main text, whose `you` has another name here
        if case.main and source.kind is None and not is_person(source) and not case.damaged(f"sources.{index}"):
            message = f"It is not said whether {source.who} is a source that anyone can look at."
            remedy = "Add `kind: public` for a public register, or `kind: other`; for the person write `you`."
            yield N14.problem(case.notice.place(f"sources.{index}"), message, remedy)


def _must_provide(case: Case) -> Iterator[Problem]:
    remedy = "for example `must_provide: {required: no}`"
    yield from _absent(case, N15, "must_provide", "whether people must give their information", remedy, "must-provide")
    found = case.facets.must_provide
    if found and found.required and not found.otherwise and not case.damaged("must_provide"):
        message = "People must give their information, and nothing says what follows if they do not."
        yield N15.problem(case.notice.place("must_provide"), message, "Add `otherwise` to it.")


def _automated(case: Case) -> Iterator[Problem]:
    what, remedy = "whether decisions are made without a person", "or write `automated_decisions: none`"
    yield from _absent(case, N16, "automated_decisions", what, remedy, "automated-decisions", Level.WARNING)
    found = case.facets.automated_decisions
    for index, decision in enumerate(found if isinstance(found, tuple) else ()):
        if missing := _untold(case, index, decision):
            message = f"This automated decision does not say {', '.join(missing)}."
            names = ", ".join(f"`{name}`" for name in missing.values())
            place = case.notice.place(f"automated_decisions.{index}")
            yield N16.problem(place, message, f"Add {names}, in plain words.")


def _untold(case: Case, index: int, decision: AutomatedDecision) -> dict[str, str]:
    """What a decision leaves open, with the key that says it. A mere "yes" is a mistake of its own (G04)."""
    if YES_ALONE.fullmatch(decision.decision):
        return {}
    needed = {
        "how it is made": "logic",
        "what it means for people": "consequences",
        "how to be heard and contest it": "safeguards",
    }
    path = f"automated_decisions.{index}"
    return {
        what: name
        for what, name in needed.items()
        if not getattr(decision, name) and not case.damaged(f"{path}.{name}")
    }


def _sensitive(case: Case) -> bool:
    return bool(case.facets.special_category or case.facets.criminal_data)


def _conditions(case: Case) -> Iterator[Problem]:
    for index, item in enumerate(case.facets.special_category):
        path = f"special_category.{index}"
        condition = re.sub(r"\s", "", item.condition or "")
        missing = []
        if not condition:
            missing = ["the point of article 9 that allows it (`condition`)"]
        elif SCHEDULE_1.search(condition) and not item.schedule:
            missing = ["the paragraph of Schedule 1 (`schedule`)"]
        if re.search(r"9\(2\)\([bg]\)", condition) and not item.policy:
            missing.append("the policy document (`policy`)")
        if missing and not case.damaged(path):
            message = f"For {item.label} the notice does not name {' or '.join(missing)}."
            yield N17.problem(case.notice.place(path), message, "Add it; your data protection officer knows it.")
    criminal = case.facets.criminal_data
    if criminal and not criminal.authority and not case.damaged("criminal_data"):
        message = "The notice does not name the law that allows the use of criminal offence data."
        yield N17.problem(case.notice.place("criminal_data"), message, "Add `authority` to `criminal_data`.")


def _changes_purpose(case: Case) -> bool:
    change = case.facets.change
    return (change is not None and change.kind.value == "new-purpose") or bool(_new_purposes(case))


def _new_purposes(case: Case) -> list[tuple[int, str]]:
    """The purposes, with their index, that the last version did not have."""
    last = next((v for v in reversed(case.versions) if _same(v.notice, v.language, case)), None)
    before = last.facets.get("purposes") if last else None
    if not isinstance(before, list):
        return []
    known = {item.get("id") or item.get("text") for item in before if isinstance(item, dict)}
    texts = {item.get("text") for item in before if isinstance(item, dict)}
    return [
        (index, item.text)
        for index, item in enumerate(case.facets.purposes)
        if (item.id or item.text) not in known and item.text not in texts
    ]


def _same(notice: str, language: str, case: Case) -> bool:
    return (notice, language) == (case.notice.id, case.language)


def _told_before(case: Case) -> Iterator[Problem]:
    change = case.facets.change
    if change is not None and change.kind.value == "new-purpose":
        last = next((v for v in reversed(case.versions) if _same(v.notice, v.language, case)), None)
        published = last is not None and (last.change.kind, last.change.summary) == ("new-purpose", change.summary)
        if change.effective is None and not case.damaged("change.effective"):
            message = "A new purpose would start on the day it is published, before people could read about it."
            yield N18.problem(case.notice.place("change"), message, "Add an `effective` day that lies ahead.")
        elif change.effective and case.on and change.effective <= case.on and not published:
            message = f"A new purpose would start on {change.effective}, and people are not told before."
            yield N18.problem(case.notice.place("change.effective"), message, "Give a day that lies ahead.")
        return
    for index, text in _new_purposes(case):
        message = f"The last version did not have the purpose “{text}”."
        remedy = "If the purpose is new, use the change kind new-purpose and a day that lies ahead."
        yield N18.problem(case.notice.place(f"purposes.{index}"), message, remedy, Level.WARNING)


def _site() -> Place:
    return Place(site_file.FILE)


def _absent(
    case: Case, rule: Rule, name: str, what: str, remedy: str, section: str = "", level: Level | None = None
) -> Iterator[Problem]:
    """The problem of a facet that is not there at all."""
    if case.lacks(name):
        place = case.notice.place(name)
        message = f"This notice does not say {what}."
        yield _softened(case, rule, section or name, place, message, f"Add `{name}`, {remedy}.", level)


def _softened(
    case: Case, rule: Rule, section: str, place: Place, message: str, remedy: str, level: Level | None = None
) -> Problem:
    """A warning where the text may say it in prose, which the check does not understand."""
    own = case.section(section)
    if own is not None or case.as_written:
        text = f"{message[:-1]} in a way that can be checked." if own else message
        return rule.problem(own.place if own else place, text, remedy, Level.WARNING)
    return rule.problem(place, message, remedy, level)


@dataclass(frozen=True)
class Requirement:
    """One row of the law's list: when it applies, what is missing, and words by which prose shows that it is there."""

    rule: Rule
    find: Callable[[Case], Iterable[Problem]]
    applies: Callable[[Case], bool] = lambda _case: True
    signs: str = ""
    from_site: bool = False


REQUIREMENTS = (
    Requirement(N01, _controller, signs=r"controller|council|rheolydd|cyngor", from_site=True),
    Requirement(N02, _representative, _has_representative),
    Requirement(N03, _officer, signs=r"data protection officer|\bDPO\b|swyddog diogelu data", from_site=True),
    Requirement(N04, _purposes, signs=r"\bwe (?:will )?use\b|purpose|why we|diben|defnyddi"),
    Requirement(N05, _bases, signs=r"lawful basis|legal basis|article 6|6\(1\)|sail gyfreithiol|erthygl 6"),
    Requirement(N06, _interests, _rests_on_interests),
    Requirement(N07, _data, signs=r"information we (?:collect|hold|use|process)|personal data|categories|gwybodaeth"),
    Requirement(N08, _sharing, signs=r"\bshar(?:e|ing|ed)\b|recipient|rhannu"),
    Requirement(N09, _transfers, signs=r"outside (?:of )?the|overseas|abroad|transfer|dramor|y tu allan"),
    Requirement(N10, _retention, signs=r"\bkeep\b|\bkept\b|retention|retain|how long|cadw"),
    Requirement(N11, _rights, signs=r"\byour rights\b|right to|right of|hawl"),
    Requirement(N12, _withdrawal, _rests_on_consent),
    Requirement(N13, _commissioner, signs=r"information commission|\bICO\b|comisiynydd gwybodaeth", from_site=True),
    Requirement(N13B, _council, signs=r"complain|gwyn(?:o|ion)\b|cwyno", from_site=True),
    Requirement(N14, _sources, signs=r"\bfrom you\b|you (?:give|provide|tell)|we (?:get|receive|collect)|gennych"),
    Requirement(N15, _must_provide, Case.from_person, signs=r"(?:have|need) to (?:give|provide)|must (?:give|provide)"),
    Requirement(N16, _automated, signs=r"automated|profiling|computer|awtomat|human intervention"),
    Requirement(N17, _conditions, _sensitive),
    Requirement(N18, _told_before, _changes_purpose),
)
RULES = tuple(requirement.rule for requirement in REQUIREMENTS)


def _said_in_words(case: Case, requirement: Requirement) -> bool:
    """Whether a notice that is published as written shows by its words that it says what is required."""
    return bool(case.as_written and requirement.signs and re.search(requirement.signs, case.prose, re.I))


@dataclass(frozen=True)
class Outcome:
    """How a notice stands to one requirement: whether it applies, is said in words, and else what is missing."""

    requirement: Requirement
    applies: bool
    in_words: bool = False
    problems: tuple[Problem, ...] = ()


def outcomes(case: Case) -> list[Outcome]:
    """Every requirement, looked for once."""
    return [_outcome(case, requirement) for requirement in REQUIREMENTS]


def _outcome(case: Case, requirement: Requirement) -> Outcome:
    if not requirement.applies(case):
        return Outcome(requirement, applies=False)
    if _said_in_words(case, requirement):
        return Outcome(requirement, applies=True, in_words=True)
    if case.as_written and requirement.from_site:
        return Outcome(requirement, applies=True, problems=(_unseen(case, requirement),))
    return Outcome(requirement, applies=True, problems=tuple(requirement.find(case)))


def _unseen(case: Case, requirement: Requirement) -> Problem:
    """For what site.yml knows: a notice published as written gets no standard sections, so its own text must say it."""
    message = f"This text does not seem to say: {requirement.rule.title[:1].lower()}{requirement.rule.title[1:]}."
    remedy = "Say it in the text, or add facets, which bring the standard sections with them."
    return requirement.rule.problem(Place(case.notice.file), message, remedy, Level.WARNING)


def problems(stands: Iterable[Outcome]) -> Iterator[Problem]:
    """Everything that the law has a notice say and that this one does not."""
    for outcome in stands:
        yield from outcome.problems
