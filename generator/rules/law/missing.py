"""The requirements N01 to N18 that a notice misses: one search for each requirement, and when some of them apply.

A fact that site.yml gives counts for every notice. A section that says something in prose alone shows it to readers
and not to this program: a gap there is a warning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from generator.content import site_file
from generator.content.facets import FACETS
from generator.content.model import AutomatedDecision, Transfer
from generator.content.rights import Article, read_article
from generator.content.section_order import ORDER
from generator.law.entries import Safeguard
from generator.law.statute_book import LAW
from generator.problems import Level, Place, Problem
from generator.rule import Rule
from generator.rules.case import Case, is_person
from generator.rules.law.required import (
    N01,
    N02,
    N03,
    N04,
    N05,
    N06,
    N07,
    N08,
    N09,
    N10,
    N11,
    N12,
    N13,
    N13B,
    N14,
    N15,
    N16,
    N17,
    N18,
)
from generator.rules.prose.bases import named_for
from generator.rules.prose.judgement import Answer, judged
from generator.versions.version import Version
from generator.wording.contacts import for_withdrawals, reachable

YES_ALONE = re.compile(r"(?:yes|true|ydyn?|oes)\.?", re.I)
SCHEDULE_1 = re.compile(r"9\(2\)\([bghij]\)")


def controller(case: Case) -> Iterator[Problem]:
    """N01: who is responsible."""
    organisation, owner = case.site.organisation, case.facets.owner
    ways = (organisation.website, organisation.email, organisation.phone, organisation.address)
    if not any(ways) and not (owner and any((owner.email, owner.phone, owner.post, owner.url))):
        message = "The notice does not say how to reach the controller."
        remedy = "Give `organisation` an email, phone, address or website in site.yml."
        yield _of_controller(case, N01, message, remedy, "Give `controller` a `contact`: email, phone, post or url.")


def _of_controller(
    case: Case, rule: Rule, message: str, in_site: str, in_notice: str, level: Level | None = None
) -> Problem:
    """Missing facts about the controller: in site.yml, or in the notice that names another one."""
    if case.facets.controller:
        return rule.problem(case.notice.place("controller"), message, in_notice, level)
    return rule.problem(_site(), message, in_site, level)


def representative(case: Case) -> Iterator[Problem]:
    """N02: how to reach the controller's representative."""
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


def has_representative(case: Case) -> bool:
    """Whether a representative is named, or the text speaks of one."""
    told = any(_REPRESENTATIVE.search(passage.text) for passage in case.body)
    return not case.damaged("representative") and (case.facets.representative is not None or told)


def officer(case: Case) -> Iterator[Problem]:
    """N03: the data protection officer."""
    officer = case.site.data_protection_officer
    if officer is None:
        message = "There is no data protection officer."
        remedy = "Add `data_protection_officer` with a name and an email to site.yml."
        yield _of_controller(case, N03, message, remedy, "Give `controller` an `officer` with a name and an email.")
    elif not any((officer.email, officer.phone, officer.address)):
        message = "Nobody is told how to reach the data protection officer."
        remedy = "Give `data_protection_officer` an email, phone or address in site.yml."
        yield _of_controller(case, N03, message, remedy, "Give `officer` an email, phone or post.")


def purposes(case: Case) -> Iterator[Problem]:
    """N04: what the information is used for."""
    yield from _absent(
        case, N04, "purposes", "what the information is used for", "for example `purposes: lend you books`"
    )


def bases(case: Case) -> Iterator[Problem]:
    """N05: what allows each use."""
    remedy = "for example `lawful_bases: [{id: task, article: 6(1)(e), task: ..., legislation: ...}]`"
    yield from _absent(case, N05, "lawful_bases", "which lawful basis allows it", remedy)


def interests(case: Case) -> Iterator[Problem]:
    """N06: which legitimate interests."""
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


def rests_on_interests(case: Case) -> bool:
    """Whether something rests on legitimate interests."""
    return bool({Article.LEGITIMATE_INTERESTS, Article.RECOGNISED_INTERESTS} & set(case.articles))


def data(case: Case) -> Iterator[Problem]:
    """N07: what information is used."""
    level = Level.ERROR if case.from_others() else Level.WARNING
    remedy = "for example `data: [your name, your address]`"
    yield from _absent(case, N07, "data", "what kinds of information are used", remedy, level=level)


def sharing(case: Case) -> Iterator[Problem]:
    """N08: who it is shared with."""
    yield from _absent(case, N08, "sharing", "who the information is shared with", "or write `sharing: none`")


def transfers(case: Case) -> Iterator[Problem]:
    """N09: where else in the world it goes."""
    what = "whether information leaves the United Kingdom"
    yield from _absent(case, N09, "transfers", what, "or write `transfers: none`")
    found = case.facets.transfers
    for index, item in enumerate(found if isinstance(found, tuple) else ()):
        if not item.adequacy and (missing := _unprotected(case, index, item)):
            message = f"The transfer to {item.country} does not say {missing}."
            remedy = "Add `safeguard` and `copy`, or `adequacy: yes` if UK law holds that country adequate."
            yield N09.problem(case.notice.place(f"transfers.{index}"), message, remedy)


def _unprotected(case: Case, index: int, item: Transfer) -> str:
    """Facts that a transfer without adequacy leaves open."""
    path = f"transfers.{index}"
    if not item.safeguard and not case.damaged(f"{path}.safeguard") and not case.damaged(f"{path}.adequacy"):
        return "what protects the information there"
    return "how to get a copy of the safeguard" if not item.copy and not case.damaged(f"{path}.copy") else ""


def retention(case: Case) -> Iterator[Problem]:
    """N10: how long it is kept."""
    remedy = "for example `retention: [{record: your form, keep: 2 years}]`"
    yield from _absent(case, N10, "retention", "how long information is kept", remedy)
    for index, row in enumerate(case.facets.retention):
        path = f"retention.{index}"
        said = (row.keep, row.note, row.url, row.or_if, row.holder)
        if not any(said) and not case.damaged(path):
            message = f"Nothing says how long we keep {row.record}."
            remedy = "Add `keep`, such as `2 years`, or a `note` that says how it is decided."
            yield N10.problem(case.notice.place(path), message, remedy)


def rights(case: Case) -> Iterator[Problem]:
    """N11: the rights."""
    if not case.articles and not case.damaged("lawful_bases"):
        message = "The rights that people have cannot be told, because no lawful basis is known."
        remedy = "Add `lawful_bases`, each with a point of article 6(1); the rights then follow by themselves."
        yield _softened(case, N11, "rights", case.notice.place("lawful_bases"), message, remedy)


def rests_on_consent(case: Case) -> bool:
    """Whether something rests on consent."""
    explicit = any("9(2)(a)" in (item.condition or "") for item in case.facets.special_category)
    return (
        Article.CONSENT in case.articles
        or explicit
        or (case.as_written and named_for(case.said, Article.CONSENT) is not None)
    )


def withdrawal(case: Case) -> Iterator[Problem]:
    """N12: that consent can be withdrawn, and how."""
    for index, consent in enumerate(case.facets.consents):
        routes = consent.withdraw
        online = routes.online and case.site.consent.endpoint
        general = not case.site.consent.endpoint and reachable(for_withdrawals(case.site, case.notice.language))
        if not any((online, general, routes.email, routes.phone, routes.post)):
            message = f"The consent `{consent.id}` has no way to withdraw it."
            remedy = "Give an email, phone or post."
            if case.site.consent.endpoint:
                remedy = "Write `online: yes`, or give an email, phone or post."
            yield N12.problem(case.notice.place(f"consents.{index}.withdraw"), message, remedy)
    told = judged(case.said, N12.id)
    if not case.facets.consents and told.answer is not Answer.YES and not case.damaged("consents"):
        message = "Some of it rests on consent, and nothing says how to withdraw it."
        remedy = "Add `consents`, or a section that says how to withdraw and that it is as easy as agreeing."
        yield N12.problem(case.notice.place("lawful_bases"), message, remedy)


def _complaint_shown(case: Case) -> bool:
    return "complaint" in (case.site.sections or ORDER) or any(s.id == "complaint" for s in case.notice.sections)


def commissioner(case: Case) -> Iterator[Problem]:
    """N13: complaints to the Commissioner."""
    if not _complaint_shown(case):
        message = "Nobody is told that they can complain to the Information Commissioner."
        yield N13.problem(_site(), message, "Add `complaint` to `sections` in site.yml.")


def council(case: Case) -> Iterator[Problem]:
    """N13B: complaints to the council.

    The Act asks for steps "such as" a form on the web and other means: none is a must.
    """
    ways = case.site.complaints
    cited = LAW.duties["N13b"].cited
    others = (ways.email, ways.phone, ways.post) if ways else ()
    if ways is None or not any((ways.form, *others)):
        message = f"The notice does not say how to complain to the controller ({cited})."
        remedy = "Add `complaints` to site.yml: a form on the web, an email, phone or post."
        yield _of_controller(case, N13B, message, remedy, "Give `controller` `complaints`: form, email, phone or post.")
    elif not (ways.form and any(others)):
        message = f"There is one way alone to complain to the controller ({cited})."
        remedy = "Give `complaints` a form on the web and an email, phone or post in site.yml."
        own = "Give `complaints` a form on the web and an email, phone or post."
        yield _of_controller(case, N13B, message, remedy, own, Level.WARNING)
    if ways and ways.form and _is_home_page(ways.form):
        message = f"{ways.form} is a home page, not a form on which people can complain."
        remedy = "Give `complaints` in site.yml the address of the form itself."
        yield _of_controller(case, N13B, message, remedy, "Give the address of the form itself.", Level.WARNING)


def _is_home_page(address: str) -> bool:
    """Whether an address is that of a whole site: nothing follows its host."""
    parts = urlsplit(address)
    return not (parts.path.strip("/") or parts.query or parts.fragment)


def sources(case: Case) -> Iterator[Problem]:
    """N14: where the information comes from."""
    what, remedy = "where the information comes from", "for example `sources: [you]`"
    yield from _absent(case, N14, "sources", what, remedy, level=Level.WARNING)
    for index, source in enumerate(case.facets.sources):
        # a translation's sources are those of the main text, whose `you` has another name here
        if case.main and source.kind is None and not is_person(source) and not case.damaged(f"sources.{index}"):
            message = f"It is not said whether {source.who} is a source that anyone can look at."
            remedy = "Add `kind: public` for a public register, or `kind: other`; for the person write `you`."
            yield N14.problem(case.notice.place(f"sources.{index}"), message, remedy)


def must_provide(case: Case) -> Iterator[Problem]:
    """N15: whether people must give it."""
    remedy = "for example `must_provide: {required: no}`"
    yield from _absent(case, N15, "must_provide", "whether people must give their information", remedy)
    found = case.facets.must_provide
    if found and found.required and not found.otherwise and not case.damaged("must_provide"):
        message = "People must give their information, and nothing says what follows if they do not."
        yield N15.problem(case.notice.place("must_provide"), message, "Add `otherwise` to it.")


def automated(case: Case) -> Iterator[Problem]:
    """N16: decisions without a human."""
    what, remedy = "whether decisions are made without a person", "or write `automated_decisions: none`"
    yield from _absent(case, N16, "automated_decisions", what, remedy, level=Level.WARNING)
    found = case.facets.automated_decisions
    for index, decision in enumerate(found if isinstance(found, tuple) else ()):
        yield from _decision(case, f"automated_decisions.{index}", decision)
    if "automated-decisions" in case.facets.says and isinstance(found, tuple):
        yield from safeguards_in_words(case)


def _decision(case: Case, path: str, decision: AutomatedDecision) -> Iterator[Problem]:
    """Facts that one decision leaves open, and which of the four safeguards its own words leave out."""
    if untold := _untold(case, path, decision):
        message = f"This automated decision does not say {', '.join(untold)} ({case.law.duties['N16'].source})."
        names = ", ".join(f"`{name}`" for name in untold.values())
        yield N16.problem(case.notice.place(path), message, f"Add {names}, in plain words.")
    elif left := _left_out(case, decision.safeguards or ""):
        message = f"The safeguards of this decision do not say how people can {_ways(left)} ({left[0].cited})."
        remedy = "The notice lists the four safeguards of the law; say in `safeguards` how to use each."
        yield N16.problem(case.notice.place(f"{path}.safeguards"), message, remedy, Level.WARNING)


def _left_out(case: Case, text: str) -> list[Safeguard]:
    """The safeguards of the day that a text does not speak of; none of a text that is not there, which is another
    finding."""
    return [one for one in case.law.safeguards if text and not one.words.search(text)]


def _ways(safeguards: list[Safeguard]) -> str:
    return " or ".join(one.name for one in safeguards)


def safeguards_in_words(case: Case) -> Iterator[Problem]:
    """N16 in words, where no facts add them: the section must speak of all four safeguards of the day."""
    section = case.section("automated-decisions")
    if left := _left_out(case, section.markdown if section else case.prose):
        message = f"The text does not say that people can {_ways(left)} ({left[0].cited})."
        remedy = "Say it, or take `automated-decisions` out of `says`, so that the notice lists the safeguards itself."
        yield N16.problem(section.place if section else Place(case.notice.file), message, remedy)


def _untold(case: Case, path: str, decision: AutomatedDecision) -> dict[str, str]:
    """Facts that a decision leaves open, with the key that says it. A mere "yes" is a mistake of its own (G04)."""
    if YES_ALONE.fullmatch(decision.decision):
        return {}
    needed = {
        "how it is made": "logic",
        "what it means for people": "consequences",
        "how to be heard and contest it": "safeguards",
    }
    return {
        what: name
        for what, name in needed.items()
        if not getattr(decision, name) and not case.damaged(f"{path}.{name}")
    }


def sensitive(case: Case) -> bool:
    """Whether special category data or data about crime is used."""
    return bool(case.facets.special_category or case.facets.criminal_data)


def conditions(case: Case) -> Iterator[Problem]:
    """N17: what allows the use of sensitive data."""
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


def changes_purpose(case: Case) -> bool:
    """Whether this version brings a new purpose, or says so."""
    change = case.facets.change
    return (change is not None and change.kind.value == "new-purpose") or bool(_new_purposes(case))


def _new_purposes(case: Case) -> list[tuple[int, str]]:
    """The purposes, with their index, that the last version did not have."""
    last = _last(case)
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


def _last(case: Case) -> Version | None:
    """The newest version in the language of the text that was not called off."""
    return case.repository.last(case.notice.id, case.language)


def told_before(case: Case) -> Iterator[Problem]:
    """N18: a new purpose told before it starts."""
    change = case.facets.change
    if change is not None and change.kind.value == "new-purpose":
        last = _last(case)
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
    case: Case, rule: Rule, name: str, what: str, remedy: str, *, level: Level | None = None
) -> Iterator[Problem]:
    """The problem of a facet that is not there at all."""
    if case.lacks(name):
        place = case.notice.place(name)
        message = f"This notice does not say {what}."
        section = FACETS[name].sections[0]
        yield _softened(case, rule, section, place, message, f"Add `{name}`, {remedy}.", level)


def _softened(
    case: Case, rule: Rule, section: str, place: Place, message: str, remedy: str, level: Level | None = None
) -> Problem:
    """A warning where the text may say it in prose, which the check does not understand."""
    own = case.section(section)
    if own is not None or case.as_written:
        text = f"{message[:-1]} in a way that can be checked." if own else message
        return rule.problem(own.place if own else place, text, remedy, Level.WARNING)
    return rule.problem(place, message, remedy, level)
