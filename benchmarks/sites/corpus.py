"""N notices like that of Family Hubs: its sections, 700 to 900 words, lists, links, one table, two versions each.

Like a council's real notices, their sections on the controller, rights and complaints have the same
words in every notice. All else (opening, purposes, data, sources, sharing, retention, headings' order) is each
notice's own. `unique` gives every section words of its own.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from generator.content.model import Section
from generator.versions import version as versions
from generator.versions.version import Version
from widget.manifest import Change, Consent, Contact

PROJECT = Path(__file__).resolve().parents[2]
EXAMPLE = "family-hubs/versions/2.yml"
SHARED = frozenset({"consent", "rights", "object", "controller", "dpo", "complaint", "updates", "primary-notice"})
SERVICES = [
    "Libraries",
    "Parking",
    "Housing",
    "Planning",
    "Schools",
    "Elections",
    "Parks",
    "Licensing",
    "Adoption",
    "Registrars",
]
WORDS = [
    "record",
    "address",
    "family",
    "service",
    "child",
    "support",
    "council",
    "school",
    "housing",
    "benefit",
    "request",
    "visit",
    "letter",
    "officer",
    "case",
    "payment",
    "account",
    "photograph",
    "health",
    "carer",
    "partner",
    "agency",
    "form",
    "number",
    "question",
    "answer",
    "report",
    "plan",
    "meeting",
    "contact",
    "review",
    "decision",
    "appeal",
    "permit",
    "licence",
    "library",
    "card",
    "street",
    "home",
    "tenant",
    "repair",
    "street-light",
    "garden",
    "allotment",
    "market",
    "trader",
    "event",
    "ticket",
    "volunteer",
    "worker",
    "employer",
    "doctor",
    "nurse",
    "pupil",
    "teacher",
    "transport",
    "pass",
    "bus",
    "parking",
    "badge",
    "vehicle",
    "use",
    "keep",
    "share",
    "send",
    "receive",
    "check",
    "ask",
    "tell",
    "write",
    "explain",
    "help",
    "provide",
    "arrange",
    "manage",
    "collect",
    "update",
    "protect",
    "new",
    "current",
    "recent",
    "personal",
    "private",
    "useful",
    "regular",
    "written",
    "monthly",
    "local",
    "national",
    "careful",
    "short",
    "full",
]
SMALL = ["the", "a", "your", "our", "this", "each", "any", "their"]
JOINS = ["and", "with", "for", "about", "from", "when", "because", "so"]


def notices(count: int, unique: bool = False) -> Iterator[tuple[Version, Version]]:
    """The two versions of each notice, the older first; always the same."""
    example = versions.read((PROJECT / "content" / EXAMPLE).read_bytes(), EXAMPLE)
    for number in range(count):
        yield _pair(number, example, unique)


def following(version: Version, digest: str) -> Version:
    """An edit: the next version of a notice, with a sentence more in its opening."""
    more = f"We now also tell you what version {version.version} said."
    sections, html = version.sections, version.html
    if html:  # one that was frozen and read again
        opened = replace(html[0], html=f"{html[0].html}\n<p>{more}</p>", composed=versions.digest(more.encode()))
        html = (opened, *html[1:])
    else:
        sections = (replace(sections[0], markdown=f"{sections[0].markdown}\n\n{more}"), *sections[1:])
    day = version.effective + timedelta(days=1)
    change = Change("clarification", "We say more about the version before.")
    return replace(
        version,
        version=version.version + 1,
        published=day,
        effective=day,
        change=change,
        sections=sections,
        html=html,
        composed=versions.digest(version.composed.encode()) if html else "",
        previous=digest,
    )


def _pair(number: int, example: Version, unique: bool) -> tuple[Version, Version]:
    words = random.Random(number)  # noqa: S311 (made-up text)
    service = f"{words.choice(SERVICES)} {number}"
    consent = Consent(
        id="news",
        statement=f"I agree that the council can use my contact details to send me news of {service}.",
        effect=f"If you withdraw, we stop sending you news. {_sentence(words)}",
        if_refused=f"You can say no. {_sentence(words)}",
        purposes=(_phrase(words, 9),),
        withdraw=Contact(service, f"service{number}@example.org"),
    )
    own = {"about": _opening, "purposes": _purposes, "data": _kinds, "sources": _kinds, "lawful-basis": _basis}
    own |= {"sharing": _sharing, "retention": _retention, "transfers": _plain, "automated-decisions": _plain}
    sections = []
    for section in example.sections:
        if section.id in SHARED:
            text = section.markdown if not unique else f"{section.markdown}\n\n{_sentence(words)}"
        else:
            text = own[section.id](words, service)
        sections.append(Section(section.id, section.heading, text))
    first = replace(
        example,
        notice=f"notice-{number:05}",
        version=1,
        published=date(2025, 1 + number % 12, 1),
        effective=date(2025, 1 + number % 12, 2),
        change=Change("first", "This is the first version."),
        previous="",
        title=f"{service} privacy notice",
        summary=f"{_sentence(words)} {_sentence(words)}",
        sections=tuple(sections),
        service=Contact(service, f"service{number}@example.org"),
        consents=(consent,),
        facets=dict(example.facets) | {"service": service, "category": f"Category {number % 20}"},
    )
    changed = {words.choice(["about", "purposes", "sharing"]), "retention"}
    later = tuple(Section(s.id, s.heading, own[s.id](words, service)) if s.id in changed else s for s in sections)
    second = replace(
        first,
        version=2,
        published=date(2026, 1 + number % 9, 1),
        effective=date(2026, 1 + number % 9, 2),
        change=Change("clarification", _sentence(words)),
        sections=later,
    )
    return first, second


def _phrase(words: random.Random, length: int) -> str:
    parts = []
    for index in range(length):
        parts.append(words.choice(WORDS))
        if index % 3 == 1:
            parts.append(words.choice(SMALL if words.random() < 0.6 else JOINS))
    return " ".join(parts)


def _sentence(words: random.Random) -> str:
    return f"We {_phrase(words, words.randint(5, 9))}."


def _paragraph(words: random.Random, sentences: int) -> str:
    return " ".join(_sentence(words) for _ in range(sentences))


def _list(words: random.Random, items: int) -> str:
    return "\n".join(f"- {_phrase(words, words.randint(3, 6))}" for _ in range(items))


def _opening(words: random.Random, service: str) -> str:
    link = f"Read [how {service} works](https://www.example.org/{words.choice(WORDS)}/{words.choice(WORDS)})."
    return f"This notice is about {service}. {_paragraph(words, 1)}\n\n{_paragraph(words, 2)} {link}"


def _purposes(words: random.Random, service: str) -> str:
    return f"{service} uses your information to:\n\n{_list(words, 3)}"


def _kinds(words: random.Random, service: str) -> str:
    return f"{_sentence(words)} For {service} we need:\n\n{_list(words, 3)}"


def _basis(words: random.Random, service: str) -> str:
    task = (
        f"**Public task** (UK GDPR article 6(1)(e)). {_sentence(words)}\n\nThe law:\n\n- {service} Act 2006 section 1"
    )
    return f"{task}\n\n**Your consent** (UK GDPR article 6(1)(a)). We do it only if you agree."


def _sharing(words: random.Random, service: str) -> str:
    return f"{_sentence(words)}\n\n{service} may share your information with:\n\n{_list(words, 3)}"


def _retention(words: random.Random, service: str) -> str:
    rows = "\n".join(f"| {_phrase(words, 3)} | {words.randint(1, 9)} years | {_phrase(words, 4)} |" for _ in range(4))
    return f"{_sentence(words)}\n\n| Record | Kept for | From |\n| --- | --- | --- |\n{rows}\n\n{_sentence(words)}"


def _plain(words: random.Random, _service: str) -> str:
    return _paragraph(words, 1)


def edited(notice: str) -> tuple[Version, ...]:
    """The two versions of one notice, and one more."""
    example = versions.read((PROJECT / "content" / EXAMPLE).read_bytes(), EXAMPLE)
    first, second = _pair(int(notice.rpartition("-")[2]), example, False)
    return first, second, following(second, "")
