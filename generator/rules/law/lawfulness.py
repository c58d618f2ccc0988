"""Rights, consent, decisions and lawful bases must agree with each other and with the law."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from generator.content import rights
from generator.content.model import AutomatedDecision
from generator.content.rights import Article, Right
from generator.law.statute_book import LAW
from generator.problems import Level, Problem
from generator.rule import BY_LAW, ERROR, WARNING, Example, Family, Rule
from generator.rules.case import Case
from generator.rules.law.missing import YES_ALONE
from generator.rules.passages import Passage


def _rule(number: str, level: Level, title: str, looks_for: str, fails: Example, passes: Example) -> Rule:
    return Rule(number, Family.LAWFULNESS, level, title, looks_for, BY_LAW, fails, passes)


DECISION = (
    "automated_decisions: [{decision: which loan you get, logic: points, consequences: you may get none, "
    "safeguards: we tell you why. Tell us what you think and a person looks at it again}]"
)
G02 = _rule(
    "G02",
    ERROR,
    "Automated decisions on a recognised legitimate interest",
    "Entries in `automated_decisions` beside article 6(1)(ea).",
    Example(
        "lawful_bases: [{id: task, article: 6(1)(ea), condition: an emergency}, {id: agreed, article: 6(1)(a)}]\n"
        + DECISION
    ),
    Example(DECISION),
)
G03 = _rule(
    "G03",
    ERROR,
    "Automated decisions with special category data",
    "Entries in `automated_decisions` beside `special_category`, without explicit consent (9(2)(a)), and without "
    "substantial public interest (9(2)(g)) together with a contract or a law.",
    Example(DECISION + "\nspecial_category: [{label: health, condition: 9(2)(h), schedule: paragraph 2}]"),
    Example(DECISION + "\nspecial_category: [{label: health, condition: 9(2)(a)}]"),
)
G04 = _rule(
    "G04",
    ERROR,
    "Automated decisions: yes, and nothing more",
    "`automated_decisions: yes`.",
    Example("automated_decisions: yes"),
    Example(DECISION),
)
G05 = _rule(
    "G05",
    WARNING,
    "Rights that do not follow from the bases",
    "Text in the section `rights` that promises erasure, portability or objection where no lawful basis gives it.",
    Example(
        "lawful_bases: [{id: task, article: 6(1)(c)}]\npurposes: lend you books",
        without=("consents",),
        body="## Your rights {#rights}\n\nYou have the right to data portability.",
    ),
    Example(body="## Your rights {#rights}\n\nYou have the right to object."),
)
G06 = _rule(
    "G06",
    ERROR,
    "A point of article 9 that does not exist",
    "A `condition` or a text that names article 9 without its paragraph 2, such as “Article 9(g)”.",
    Example("special_category: [{label: health, condition: 9(g)}]"),
    Example("special_category: [{label: health, condition: 9(2)(h), schedule: paragraph 2}]"),
)
G07 = _rule(
    "G07",
    WARNING,
    "Listed as special category, and not",
    "Gender, age, marital status, money and the like in `special_category` or marked `special: yes`.",
    Example("special_category: [{label: gender, condition: 9(2)(a)}]"),
    Example("special_category: [{label: health, condition: 9(2)(a)}]"),
)
G08 = _rule(
    "G08",
    WARNING,
    "Special category data without a condition",
    "Health, disability, ethnicity, religion, sexual orientation, trade union, biometric, genetic or political data in "
    "`data`, in a notice without `special_category`; or data marked `special: yes` in such a notice.",
    Example("data: [your name, any disability you have]"),
    Example("data: [your name, any disability you have]\nspecial_category: [{label: disability, condition: 9(2)(a)}]"),
)
G09 = _rule(
    "G09",
    WARNING,
    "Purposes listed as recipients",
    "An entry in `sharing` that says what for and not who.",
    Example("sharing: [to prevent fraud]"),
    Example("sharing: [{who: the police, why: to prevent fraud}]"),
)
G10 = _rule(
    "G10",
    ERROR,
    "Another body's registration number",
    "A number of the Information Commissioner's register that differs from `ico_registration` in site.yml.",
    Example(site="organisation: {name: X, email: x@example.org, ico_registration: Z1234567}", body="We are Z7654321."),
    Example(site="organisation: {name: X, email: x@example.org, ico_registration: Z1234567}", body="We are Z1234567."),
)
G11 = _rule(
    "G11",
    WARNING,
    "An offer to use nothing, whatever the basis",
    "“Ask us not to use any of your information” where the passage does not say that this is the right to object or "
    "depends on the basis.",
    Example(body="You can ask us not to use any of your information."),
    Example(body="You can ask us not to use any of your information where we rely on a public task."),
)


def check(case: Case) -> Iterator[Problem]:
    """Everything in one notice that the law does not let stand."""
    yield from _decisions(case)
    yield from _typed_rights(case)
    yield from _article_nine(case)
    yield from _not_special(case)
    yield from _unnoticed_special(case)
    yield from _recipients(case)
    yield from _registration(case)
    yield from _offer(case)


def _decisions(case: Case) -> Iterator[Problem]:
    found = case.facets.automated_decisions
    if not isinstance(found, tuple) or not found:
        return
    yield from _empty_decisions(case, found)
    place = case.notice.place("automated_decisions")
    if Article.RECOGNISED_INTERESTS in case.articles:
        cited = LAW.duties["G02"].cited
        message = f"Automated decisions may not rest on a recognised legitimate interest, 6(1)(ea) ({cited})."
        yield G02.problem(place, message, "Rest them on another basis, or have a person decide.")
    if case.facets.special_category and not _allowed_with_special(case):
        message = "Nothing here allows automated decisions with special category data."
        remedy = "It takes explicit consent, 9(2)(a), or a contract or law with 9(2)(g); or have a person decide."
        yield G03.problem(place, message, remedy)


def _empty_decisions(case: Case, found: Iterable[AutomatedDecision]) -> Iterator[Problem]:
    for index, decision in enumerate(found):
        if YES_ALONE.fullmatch(decision.decision):
            message = "This says that decisions are automated, and nothing about them."
            remedy = "Write the `decision`, its `logic`, `consequences` and `safeguards`, or `none`."
            yield G04.problem(case.notice.place(f"automated_decisions.{index}"), message, remedy)


def _allowed_with_special(case: Case) -> bool:
    """Article 22B(2) and (3): every condition must be explicit consent, or 9(2)(g) beside a contract or a law."""
    by_law = {Article.CONTRACT, Article.LEGAL_OBLIGATION, Article.PUBLIC_TASK} & set(case.articles)
    conditions = [re.sub(r"\s", "", item.condition or "") for item in case.facets.special_category]
    return all("9(2)(a)" in text or ("9(2)(g)" in text and by_law) for text in conditions)


_TYPED = {
    Right.ERASURE: re.compile(r"right (?:to|of) (?:erasure|be forgotten)|(?:delete|erase) (?:all )?(?:of )?your", re.I),
    Right.PORTABILITY: re.compile(r"portab", re.I),
    Right.OBJECT: re.compile(r"right to object|object to (?:us|our|the|how)", re.I),
}
_DEPENDS = re.compile(
    r"where we (?:rely|use)|depend|in some cases|sometimes|\bif we\b|may (?:have|also)|not apply", re.I
)


def _typed_rights(case: Case) -> Iterator[Problem]:
    section = case.section("rights")
    if section is None or not case.articles:
        return
    given = {found.right for found in rights.derived(case.articles)}
    lines = range(section.first_line, section.first_line + section.markdown.count("\n") + 1)
    inside = [p for p in case.body if p.file == section.place.file and p.place().line in lines]
    for passage in inside:
        for right, pattern in _TYPED.items():
            found = pattern.search(passage.text)
            if found and right not in given and not _DEPENDS.search(passage.text):
                message = f"The lawful bases of this notice do not give the right that this names ({right})."
                remedy = "Take it out: the notice lists the rights that follow from its bases by itself."
                yield G05.problem(passage.place(found.start()), message, remedy)


_ARTICLE_9 = re.compile(r"(?:UK GDPR )?(?:article|art\.?)?\s*9\s*\(2\)\s*\([a-j]\)(?:.*)", re.I)
_ARTICLE_9_WRONG = re.compile(r"\b(?:article|art\.?)\s*9\s*\(\s*[a-z]\s*\)", re.I)


def _article_nine(case: Case) -> Iterator[Problem]:
    remedy = "Write the whole point, such as 9(2)(g)."
    for index, item in enumerate(case.facets.special_category):
        if item.condition and not _ARTICLE_9.fullmatch(item.condition.strip()):
            place = case.notice.place(f"special_category.{index}.condition")
            yield G06.problem(place, f"`{item.condition}` is not a point of UK GDPR article 9(2).", remedy)
    for passage, found in matches(case.passages, _ARTICLE_9_WRONG):
        yield G06.problem(passage.place(found.start()), f"“{found[0]}” does not exist.", remedy)


_NOT_SPECIAL = re.compile(
    r"(?:your |the )?(?:gender|sex|age|date of birth|marital status|nationality|postcode|address|income|benefits?"
    r"|bank(?:ing)? details|financial (?:information|details|data)|national insurance number|rhywedd|oedran)"
    r"(?: (?:data|information|details))?",
    re.I,
)


def _not_special(case: Case) -> Iterator[Problem]:
    listed = [(f"special_category.{i}", item.label) for i, item in enumerate(case.facets.special_category)]
    listed += [(f"data.{i}", item.label) for i, item in enumerate(case.facets.data) if item.special]
    for path, label in listed:
        if _NOT_SPECIAL.fullmatch(label.strip()):
            message = f"“{label}” is not special category data."
            yield G07.problem(case.notice.place(path), message, "List it under `data`, without `special`.")


_SPECIAL = re.compile(
    r"\b(?:health(?!y| visitor| centre)|medical|disabilit|disabled|ethnic|racial|\brace\b|religio|sexual orientation"
    r"|sex life|trade union|biometric|genetic|political opinion|philosophical|iechyd|anabledd|ethnig|crefydd)",
    re.I,
)


def _unnoticed_special(case: Case) -> Iterator[Problem]:
    if case.facets.special_category or case.damaged("special_category"):
        return
    for index, item in enumerate(case.facets.data):
        if item.special or _SPECIAL.search(item.label):
            message = f"“{item.label}” is special category data, and the notice does not say what allows its use."
            remedy = "Add `special_category` with its label and the condition in article 9."
            yield G08.problem(case.notice.place(f"data.{index}"), message, remedy)


_PURPOSE = re.compile(
    r"(?:to|in order to|for (?:the )?(?:purposes? of )?\w+ing|(?:prevent|detect|provid|deliver|improv|monitor|assess)"
    r"(?:e|ing|ion)?(?: (?:and|or|of))?)\b",
    re.I,
)


def _recipients(case: Case) -> Iterator[Problem]:
    found = case.facets.sharing
    purposes = {purpose.text.strip().rstrip(".").lower() for purpose in case.facets.purposes}
    for index, item in enumerate(found if isinstance(found, tuple) else ()):
        if item.who.strip().rstrip(".").lower() in purposes or _PURPOSE.match(item.who.strip()):
            message = f"“{item.who}” says what information is shared for, not who gets it."
            yield G09.problem(case.notice.place(f"sharing.{index}"), message, "Write who gets it, and this as `why`.")


_REGISTERED = re.compile(r"\bZ[AB]?\s?\d{6,7}\b")


def _registration(case: Case) -> Iterator[Problem]:
    own = re.sub(r"\s", "", case.site.organisation.ico_registration or "").upper()
    for passage, found in matches(case.passages if own else (), _REGISTERED):
        if re.sub(r"\s", "", found[0]) != own:
            message = f"{found[0]} is not the council's number in the Information Commissioner's register."
            yield G10.problem(passage.place(found.start()), message, f"The number in site.yml is {own}.")


_OFFER = re.compile(r"ask us (?:not to|to stop|to not)\s+(?:use|using|process|processing)\s+(?:any|all)\b", re.I)
_BASIS = re.compile(r"public task|right to object|where we (?:rely|use)|object\b|may (?:have|still)|consent", re.I)


def _offer(case: Case) -> Iterator[Problem]:
    for passage, found in matches(case.passages, _OFFER):
        if not _BASIS.search(passage.text):
            message = "People can ask this only where the basis gives the right to object, and we may have to go on."
            remedy = "Say where the right to object applies; the notice has a block about it of its own."
            yield G11.problem(passage.place(found.start()), message, remedy)


def matches(passages: Iterable[Passage], pattern: re.Pattern[str]) -> Iterator[tuple[Passage, re.Match[str]]]:
    """Every place in the passages where a pattern is found."""
    for passage in passages:
        for found in pattern.finditer(passage.text):
            yield passage, found


RULES = (G02, G03, G04, G05, G06, G07, G08, G09, G10, G11)
