"""The languages of a notice must say the same: none missing, none older than its source, nothing left in English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from enum import Enum
from itertools import pairwise
from typing import Any

from generator.content import consent_records, notice_file
from generator.content.facets import FACETS, LISTS, kind_of
from generator.content.model import BodySection, Email, Facets, Ident, Name, Notice, Phone
from generator.content.rights import read_article
from generator.markdown.render import Renderer
from generator.problems import Place, Problem
from generator.rule import ERROR, NOTE, WARNING, Example, Family, Rule
from generator.rules.case import Case
from generator.rules.languages import following, periods
from generator.rules.languages.names import NAMES
from generator.scene import Edit, scene
from generator.versions import version as versions
from generator.versions.differences import differences
from generator.versions.html_passages import passages_in
from generator.versions.section_html import section_html
from generator.versions.version import Version
from generator.wording import inserts
from generator.wording.page_ids import ABOUT, slug

X01 = Rule(
    "X01",
    Family.TRANSLATION,
    WARNING,
    "A language that is missing",
    "A notice without a text in each of the `languages` of site.yml. An error where the Welsh one is missing and site.yml "
    "says `welsh_body: yes`.",
    "Welsh Language (Wales) Measure 2011 and the standards made under it; UK GDPR article 12(1).",
    Example(languages="[en, cy]"),
    Example(welsh="", welsh_body="Dyma hysbysiad y llyfrgell."),
)
_BOTH = (
    Edit("site.yml", new="languages: [en, cy]\n"),
    Edit("content/library/notice.cy.md", new="---\ntitle: Llyfrgell\n---\nDyma hysbysiad y llyfrgell.\n"),
    'publish library --kind clarification --summary "In Welsh too."',
)
X02 = Rule(
    "X02",
    Family.TRANSLATION,
    WARNING,
    "A translation older than its source",
    "A translation that did not change although its source did: since the last published version, since a version that "
    "it does not have, or since the day it was reviewed.",
    "UK GDPR article 12(1): both readers must learn the same.",
    scene(*_BOTH, Edit("content/library/notice.md", "about the library", "about the library and its books"), "check"),
    scene(
        *_BOTH,
        Edit("content/library/notice.md", "about the library", "about the library and its books"),
        Edit("content/library/notice.cy.md", "y llyfrgell", "y llyfrgell a’i llyfrau"),
        "check",
    ),
)
X03 = Rule(
    "X03",
    Family.TRANSLATION,
    ERROR,
    "English where another language belongs",
    "A passage of six words or more in a translation that reads as English, by its commonest words. A warning while the "
    "translation awaits review.",
    "A reader of the other language cannot read it.",
    Example(welsh="", welsh_body="We use your information to lend you books and to tell you of the news."),
    Example(welsh="", welsh_body="Rydym yn defnyddio eich gwybodaeth er mwyn rhoi benthyg llyfrau i chi."),
)
X04 = Rule(
    "X04",
    Family.TRANSLATION,
    ERROR,
    "Languages that say different things",
    "Facts that differ between the languages in what does not depend on language: ids, lawful bases, conditions, "
    "periods, countries' number, dates, yes and no, and how many entries a list has. A note while the translation follows "
    "later, until its day.",
    "UK GDPR article 5(1)(a): one of the two tells its readers something that is not so.",
    Example(welsh="retention: [{record: eich aelodaeth, keep: 3 years}]", welsh_body="Dyma hysbysiad y llyfrgell."),
    Example(welsh="", welsh_body="Dyma hysbysiad y llyfrgell."),
)
RULES = (X01, X02, X03, X04, following.X05)
_ENGLISH = frozenset(
    {"the", "and", "of", "to", "we", "you", "your", "our", "us", "for", "with", "that", "this", "is", "are", "will"}
    | {"not", "from", "when", "have", "has", "if", "on", "as", "by", "it", "be", "or", "in"}
)
_WELSH = frozenset(
    {"y", "yr", "yn", "o", "ar", "am", "eich", "ein", "ni", "chi", "mae", "wedi", "gan", "neu", "os", "bod", "er"}
    | {"mwyn", "nad", "nid", "at", "fel"}
)
MIN_WORDS = 6
RENDERER = Renderer()
_DAY = re.compile(r"\d{1,2} [^\W\d]+ \d{4}")


def check(case: Case) -> Iterator[Problem]:
    """Disagreements between the languages of a notice, each reported where the editor mends it."""
    yield from _missing(case)
    source = case.notices.get((case.notice.id, case.site.language))
    if not case.main and source is not None:
        waits = following.waits(case, case.language)
        yield from () if waits else _stale(case, source)
        told = _different(case, source)
        yield from (replace(problem, level=NOTE) for problem in told) if waits else told
    if case.language != "en":
        yield from _english(case)


def _missing(case: Case) -> Iterator[Problem]:
    """Told in the main text, or in the first language there is where the main one is missing."""
    have = [language for language in case.site.languages if (case.notice.id, language) in case.notices]
    if not have or case.language != have[0]:
        return
    for language in case.site.languages:
        if language not in have and not following.follows(case, language):
            name = NAMES.get(language, f"language {language}")
            file = "notice.md" if language == case.site.language else f"notice.{language}.md"
            message = f"This notice has no {name} text."
            remedy = f"Add content/{case.notice.id}/{file}."
            level = ERROR if language == "cy" and case.site.welsh_body else None
            yield X01.problem(case.notice.place("title"), message, remedy, level)


def _stale(case: Case, source: Notice) -> Iterator[Problem]:
    place = case.notice.place("translation")
    originals = list(case.repository.versions_of(source.id, source.language))
    own = list(case.repository.versions_of(source.id, case.language))
    remedy = "Translate what changed, and then set `reviewed_on` of `translation`."
    if own and originals and own[-1].version < originals[-1].version and not _changed(case, case.notice, own[-1]):
        message = f"The source is at version {originals[-1].version}, this translation at {own[-1].version}."
        yield X02.problem(place, message, remedy)
    elif own and originals and _changed(case, source, originals[-1]) and not _changed(case, case.notice, own[-1]):
        message = f"The source changed since version {originals[-1].version}, and this translation did not."
        yield X02.problem(place, message, remedy)
    else:
        yield from _reviewed_before(case, place, originals, own, remedy)


def _reviewed_before(
    case: Case, place: Place, originals: list[Version], own: list[Version], remedy: str
) -> Iterator[Problem]:
    """A version published after the review changed the source, and not the translation."""
    review = case.facets.translation.reviewed_on if case.facets.translation else None
    texts = {version.version: version for version in own}
    for before, after in pairwise(originals):
        mine, mine_before = texts.get(after.version), texts.get(before.version)
        kept = mine is None or (mine_before is not None and not _differs(mine_before, mine))
        if review and after.published > review and _differs(before, after) and kept:
            message = f"This was reviewed on {review}; version {after.version} changed the source after that."
            yield X02.problem(place, message, remedy)
            return


def _differs(before: Version, after: Version) -> bool:
    """Whether two versions differ by more than the days in their worked examples."""
    told = differences(before, after)
    sections = {section.id for version in (before, after) for section in section_html(version, RENDERER)}
    return any(item.id not in sections for item in told) or (bool(told) and _undated(before) != _undated(after))


def _undated(version: Version) -> list[tuple[str, str]]:
    """The words of each section without the days in them."""
    found = []
    for section in section_html(version, RENDERER):
        words = (" ".join(text.words) for text in passages_in(f"<h3>{section.heading}</h3>{section.html}"))
        found.append((section.id, _DAY.sub("", "\n".join(words))))
    return found


def _changed(case: Case, notice: Notice, last: Version) -> bool:
    """Whether a working text differs from a version in what its author wrote; composed words are left aside."""
    shared = case.wording if notice.language == case.language else inserts.Wording({}, {})
    facets = shared.inside(notice.facets)
    if (facets.title, facets.summary or "") != (last.title, last.summary):
        return True
    if shared.shared or "[[" not in str(notice.facets):
        now, then = versions.stated_facets(facets), dict(last.facets)
        if _texts(now) != _texts(then):
            return True
    if last.composed:
        published, _ = notice_file.read(last.source, last.file, notice.id, notice.language)
        return published is None or _as_written(published) != _as_written(notice)
    held = {section.id: f"{section.heading}\n{section.markdown}" for section in last.sections}
    return any(not _held(section, shared, held) for section in notice.parts)


def _as_written(notice: Notice) -> list[tuple[str, str, str | None]]:
    """The text of a notice, section by section."""
    return [(section.heading, section.markdown.strip(), section.id) for section in notice.parts]


def _held(section: BodySection, wording: inserts.Wording, held: dict[str, str]) -> bool:
    """Whether a version has a section as it is now written; one with marks that cannot be filled in counts as held."""
    text = wording.text(f"{section.heading}\n{section.markdown}").strip()
    name = section.id or (slug(section.heading) if section.heading else ABOUT)
    return "[[" in text or any(
        other.strip().startswith(text) for key, other in held.items() if key == name or key.startswith(f"{name}-")
    )


def _texts(value: Any) -> Any:
    """Nested facets with every leaf as the text that a frozen file has."""
    if isinstance(value, dict):
        return {name: _texts(item) for name, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_texts(item) for item in value]
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def _english(case: Case) -> Iterator[Problem]:
    for passage in case.passages:
        if kind_of(passage.facet) in (Name, Phone) or _may_differ(passage.facet):
            continue
        words = re.findall(
            r"[^\W\d_]+", re.sub(r"\]\([^()]{0,2000}\)|[^\s@]{1,64}@\S+|https?://\S+", " ", passage.text.lower())
        )
        english = sum(word in _ENGLISH for word in words)
        other = sum(word in _WELSH for word in words) if case.language == "cy" else 0
        if len(words) >= MIN_WORDS and english >= 2 and english / len(words) >= 0.2 and other * 3 < english:
            name = NAMES.get(case.language, case.language)
            message = f"“{' '.join(passage.text.split()[:6])} …” is English in the {name} text."
            level = WARNING if case.facets.awaits_review else ERROR  # such a page says that there is work left to do
            yield X03.problem(passage.place(), message, "Translate it.", level)


def _different(case: Case, source: Notice) -> Iterator[Problem]:
    ours, theirs = dict(_facts(case.notice.facets)), dict(_facts(source.facets))
    told: set[str] = set()
    shared = (path for path in {*ours, *theirs} if not _may_differ(path))
    for path in sorted(shared, key=lambda name: (name.count("."), name)):
        top = path.partition(".")[0]
        if (
            ours.get(path) == theirs.get(path)
            or top in _damaged(case.notice, source)
            or any(path.startswith(f"{name}.") for name in told)
        ):
            continue
        told.add(path if "." in path else top)
        yield _unequal(case, source, path, ours.get(path, "nothing"), theirs.get(path, "nothing"))
    if not {"retention"} & {*told, *_damaged(case.notice, source)}:
        for path, here, there in periods.differences(case.notice.facets.retention, source.facets.retention):
            yield _unequal(case, source, path, here, there)
    yield from _records(case, source)


def _records(case: Case, source: Notice) -> Iterator[Problem]:
    """How long records of consent are kept, by what the words mean."""
    ours, theirs = case.notice.facets.consent_records, source.facets.consent_records
    if ours is None or theirs is None:
        return
    meant = [consent_records.read(records.keep, records.after or "") for records in (ours, theirs)]
    if meant[0] != meant[1]:
        here, there = (", ".join(filter(None, (records.keep, records.after))) for records in (ours, theirs))
        yield _unequal(case, source, "consent_records", here, there)


def _damaged(*notices: Notice) -> set[str]:
    return {name.partition(".")[0] for notice in notices for name in notice.unread}


def _unequal(case: Case, source: Notice, path: str, here: str, there: str) -> Problem:
    message = f"{_shown(path)} is {here} here and {there} in {NAMES.get(source.language, source.language)}."
    return X04.problem(case.notice.place(path), message, f"Make them the same; the other is in {source.file}.")


def _shown(path: str) -> str:
    """A path as an editor counts: `retention 1 keep`."""
    parts = (str(int(part) + 1) if part.isdigit() else part for part in path.split("."))
    return f"`{' '.join(parts)}`"


def _may_differ(path: str) -> bool:
    """Whether a facet, or a part of the body, need not be the same in every language."""
    name = path.partition(".")[0]
    return name in FACETS and FACETS[name].differs


def _facts(facets: Facets) -> Iterator[tuple[str, str]]:
    """The content of facets that no language changes: path to a text that can be compared."""
    for name in LISTS:
        value = getattr(facets, name)
        yield (
            name,
            value if isinstance(value, str) else f"{len(value or ())} entries" if value is not None else "nothing",
        )
    for index, basis in enumerate(facets.lawful_bases):
        yield f"lawful_bases.{index}.article", str(read_article(basis.article) or basis.article)
    for index, item in enumerate(facets.special_category):
        yield f"special_category.{index}.condition", re.sub(r"\s", "", item.condition or "nothing")
    yield from _leaves(facets, "")


def _leaves(value: Any, path: str) -> Iterator[tuple[str, str]]:
    """Ids, addresses, enums, numbers, dates and yes or no inside facets, by path."""
    if isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _leaves(item, f"{path}.{index}")
    elif hasattr(value, "__dataclass_fields__"):
        for field in value.__dataclass_fields__:
            yield from _leaves(getattr(value, field), f"{path}.{field}" if path else field)
    elif isinstance(value, bool):
        yield path, "yes" if value else "no"
    elif value is not None and (
        not isinstance(value, str | dict) or isinstance(value, Enum) or kind_of(path) in (Ident, Email)
    ):
        yield path, str(value)
