"""Links, headings and pictures: everything in the text leads somewhere, in order, and can be heard as well as seen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from generator.content.decode import EMAIL, nearest
from generator.content.heading_texts import proposed_section
from generator.content.model import BodySection
from generator.content.section_order import ORDER
from generator.content.web_address import SCHEMES
from generator.markdown.pictures import suffix_of
from generator.markdown.plain_addresses import plain_addresses
from generator.problems import Level, Place, Problem
from generator.rule import ERROR, NOTE, WARNING, Example, Family, Rule
from generator.rules.case import Case
from generator.rules.passages import Passage
from generator.site_plan import RESERVED
from generator.wording import page_ids
from generator.wording.compose import has_standard_sections
from generator.wording.page_ids import FOOTNOTE


def _rule(number: str, level: Level, title: str, looks_for: str, why: str, fails: Example, passes: Example) -> Rule:
    return Rule(number, Family.LINKS, level, title, looks_for, why, fails, passes)


K01 = _rule(
    "K01",
    ERROR,
    "A link to a page that is not there",
    "Links within the site (`/library/`), also with the site's own address, that lead to no notice, version or page; "
    "addresses that start otherwise than with https, http, mailto or tel, such as `htps://`.",
    "WCAG 2.2 success criterion 2.4.4; UK GDPR article 12(1): information that is linked must be easy to reach.",
    Example(body="See [our notice](/libary/)."),
    Example(body="See [our notice](/library/)."),
)
K02 = _rule(
    "K02",
    ERROR,
    "A link to a section that is not there",
    "Links with a `#` whose page has no section of that id.",
    "The reader lands at the top of a long page, without the answer.",
    Example(body="See [how long](#retenton)."),
    Example(body="See [how long](#retention)."),
)
K03 = _rule(
    "K03",
    ERROR,
    "A mail address that cannot be written to",
    "`mailto:` links whose address is malformed, or that name several addresses.",
    "UK GDPR articles 12(2) and 13(1)(b): people must be able to use their rights.",
    Example(body="[Write to us](mailto:libraries@example)."),
    Example(body="[Write to us](mailto:libraries@example.org)."),
)
K04 = _rule(
    "K04",
    WARNING,
    "An address that is not encrypted",
    "Links that start with http://.",
    "UK GDPR article 32(1): who reads which page on personal data is nobody else's business.",
    Example(body="See [the Act](http://www.example.org/act)."),
    Example(body="See [the Act](https://www.example.org/act)."),
)
K05 = _rule(
    "K05",
    WARNING,
    "Headings out of order",
    "A heading inside a section that skips a level (#### before any ###), or a # inside the text.",
    "WCAG 2.2 success criteria 1.3.1 and 2.4.6: screen readers list headings by level.",
    Example(body="## Your books\n\n#### Late books\n\nBring them back."),
    Example(body="## Your books\n\n### Late books\n\nBring them back."),
)
K06 = _rule(
    "K06",
    ERROR,
    "A picture without words",
    "A picture without alternative text.",
    "WCAG 2.2 success criterion 1.1.1; easy-read notices say in pictures what must be heard as well.",
    Example(body="![](https://www.example.org/book.jpg)"),
    Example(body="![A person with a book](https://www.example.org/book.jpg)"),
)
K07 = _rule(
    "K07",
    WARNING,
    "A link that does not say where it leads",
    "Links whose words name no target, such as “here”, “read more” or “can be seen here”.",
    "WCAG 2.2 success criterion 2.4.4: screen readers list links by their words alone.",
    Example(body="For our policy [click here](https://www.example.org/policy)."),
    Example(body="Read [our policy](https://www.example.org/policy)."),
)
K08 = _rule(
    "K08",
    ERROR,
    "Two footnotes with one address",
    "A footnote whose id on the page, made of its section's id and its mark, is that of another footnote.",
    "Its mark would lead to the other footnote, and readers could not come back.",
    Example(
        body="## Data {#a}\n\nYour name.[^b-1]\n\n[^b-1]: And initials.\n\n## Kept {#a-b}\n\nA year.[^1]\n\n[^1]: Or two."
    ),
    Example(
        body="## Data {#a}\n\nYour name.[^2]\n\n[^2]: And initials.\n\n## Kept {#a-b}\n\nA year.[^1]\n\n[^1]: Or two."
    ),
)
K09 = _rule(
    "K09",
    WARNING,
    "An id that is nearly a standard section's",
    "Ids of headings that differ from a standard section's in a letter or two.",
    "The standard section would appear beside it, and the page would say the same twice.",
    Example(body="## How long {#retentoin}\n\nTwo years."),
    Example(body="## How long {#retention}\n\nTwo years."),
)
K10 = _rule(
    "K10",
    NOTE,
    "A heading that may be a standard section",
    "In a notice with facts, headings whose words propose a standard section that no heading has yet and `says` does not name.",
    "The page would have both: the author's section and the generated one.",
    Example(body="## Your rights\n\nYou can ask for a copy."),
    Example(body="## Your rights {#rights}\n\nYou can ask for a copy."),
)
K13 = _rule(
    "K13",
    WARNING,
    "A link that shows one address and opens another",
    "Links whose words are a mail address or a web address of another mailbox or host than the one that they open.",
    "Readers copy what they see; UK GDPR article 12(2): their letters must reach the council.",
    Example(body="Write to [libraries@example.org](mailto:office@example.org)."),
    Example(body="Write to [libraries@example.org](mailto:Libraries@example.org)."),
)
RULES = (K01, K02, K03, K04, K05, K06, K07, K08, K09, K10, K13)
MANY = 500
"""Names among which no near one is looked for: it would take longer than it helps."""
_LINK = re.compile(r"(!?)\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\(\s*<?([^\s)>\[]{0,2000})>?(?:\s+[\"'(][^)]{0,300})?\)")
_ANGLED = re.compile(r"<(https?://[^<>\s]{1,2000}|mailto:[^<>\s]{1,300})>")
_HTML = re.compile(r"<(img|a)\b([^<>]{0,1000})>", re.I)
_HREF = re.compile(r"href\s*=\s*(?:[\"']([^\"']*)|([^\s\"'<>]+))", re.I)
_DEFINED = re.compile(r"^ {0,3}\[[^\]\n^][^\]\n]*\]:[ \t]*<?(\S+?)>?(?:[ \t]|$)", re.M)
_CODE = re.compile(r"(?<!`)(`{1,9})(?!`).{1,2000}?(?<!`)\1(?!`)")
_HOSTED = re.compile(r"(?:(https?):)?//([^/?#\s]*)([^\s]*)", re.I)
_EMPTY_WORDS = frozenset(
    [
        "a",
        "and",
        "at",
        "be",
        "by",
        "can",
        "click",
        "clicking",
        "details",
        "download",
        "find",
        "follow",
        "for",
        "found",
        "go",
        "here",
        "in",
        "info",
        "information",
        "is",
        "it",
        "learn",
        "link",
        "links",
        "more",
        "now",
        "of",
        "on",
        "open",
        "out",
        "page",
        "please",
        "read",
        "see",
        "seen",
        "site",
        "the",
        "this",
        "to",
        "via",
        "view",
        "viewed",
        "visit",
        "web",
        "website",
        "accessed",
        "available",
        "ar",
        "cael",
        "cliciwch",
        "darllen",
        "ddolen",
        "dolen",
        "dudalen",
        "ei",
        "ein",
        "eto",
        "gael",
        "gellir",
        "gweld",
        "gwefan",
        "gwelwch",
        "hon",
        "hwn",
        "i",
        "mwy",
        "o",
        "rhagor",
        "weld",
        "wybodaeth",
        "y",
        "yma",
        "yn",
        "yr",
    ]
)
"""Words that name no target; a link made of them alone says nothing when it is heard without its sentence."""
_SHOWN_MAIL = re.compile(r"[\w.+-]{1,64}@[\w.-]{1,200}\w")
_SHOWN_WEB = re.compile(r"(?:https?://)?(www\.[\w.-]{1,200}\w|(?<=//)[\w.-]{1,200}\w)(?:/\S*)?")


@dataclass(frozen=True)
class Target:
    """Where a link leads, as written, and where that stands."""

    address: str
    place: Place


def check(case: Case) -> Iterator[Problem]:
    """Everything about one notice's links, headings and pictures."""
    for target in _targets(case):
        yield from _leads_somewhere(case, target)
    for passage in case.passages:
        yield from _pictures(passage)
        yield from _words(passage)
    yield from _headings(case)
    yield from _footnotes(case)
    yield from _nearly_standard(case)
    yield from _perhaps_standard(case)


def _targets(case: Case) -> Iterator[Target]:
    for passage in case.passages:
        text = _without_code(passage)
        for found in _LINK.finditer(text):
            if not found[1]:
                yield Target(found[3], passage.place(found.start()))
        for found in _ANGLED.finditer(text):
            yield Target(found[1], passage.place(found.start()))
        for plain in plain_addresses(_ANGLED.sub(_blank, _LINK.sub(_blank, _HTML.sub(_blank, text)))):
            yield Target(plain.href, passage.place(plain.start))
        for tag in _HTML.finditer(text):
            if tag[1].lower() == "a" and (href := _HREF.search(tag[2])):
                yield Target(href[1] or href[2] or "", passage.place(tag.start()))
    for section in case.notice.parts:
        for found in _DEFINED.finditer(section.markdown):
            if suffix_of(found[1]) and not re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:|[/#]", found[1]):
                continue  # of a picture: see `pictures`
            line = section.first_line + section.markdown.count("\n", 0, found.start(1))
            yield Target(found[1], Place(section.place.file, line))
    for index, alias in enumerate(case.facets.aliases):
        if alias.startswith("http://"):
            yield Target(alias, case.notice.place(f"aliases.{index}"))


def _without_code(passage: Passage) -> str:
    """The text with its code spans blank: what they show as written is no link and no picture."""
    return _CODE.sub(_blank, passage.text) if "`" in passage.text else passage.text


def _blank(found: re.Match[str]) -> str:
    """As many spaces as were found, so that what follows keeps its place."""
    return " " * len(found[0])


def _leads_somewhere(case: Case, target: Target) -> Iterator[Problem]:
    address = target.address
    if "[[" in address:
        address = case.wording.text(address)
    address = _from_the_root(address, case.site.base_url)
    scheme = re.match(r"([a-zA-Z][a-zA-Z0-9+.-]*):", address)
    if scheme and scheme[1].lower() == "mailto":
        yield from _mail(address[7:], target.place)
    elif scheme and scheme[1].lower() == "http":
        message = f"The link to {address} is not encrypted."
        yield K04.problem(target.place, message, "Start it with https:// if the site has that.")
    elif address.startswith("//"):
        message = (
            f"The link to {address} does not say that it is encrypted; in a printed or saved copy it leads nowhere."
        )
        yield K04.problem(target.place, message, "Start it with https://.")
    elif address.startswith("#"):
        yield from _anchor(case, address[1:], (case.notice.id, case.language), target.place)
    elif address.startswith("/"):
        yield from _page(case, address, target.place)
    elif scheme and scheme[1].lower() not in SCHEMES:
        message = f"“{address}” opens nothing: pages show the words of this link without it."
        yield K01.problem(target.place, message, f"Start it with https://, mailto: or tel:, and not with {scheme[0]}")
    elif not scheme:
        message = f"“{address}” is not an address." if address else "This link leads nowhere."
        remedy = "Start it with https://, with / for this site, or with # for a section."
        yield K01.problem(target.place, message, f"{remedy}{_elsewhere(case, f'/{address}') if address else ''}")


def _from_the_root(address: str, base_url: str) -> str:
    """An address of this site as a path from its root, however scheme and host are written; any other as it is."""
    written, base = _HOSTED.fullmatch(address), _HOSTED.fullmatch(base_url)
    if not written or not base or (written[1] or base[1]).lower() != base[1].lower():
        return address
    path = written[3] or "/"
    if written[2].lower() != base[2].lower() or not path.startswith(f"{base[3]}/"):
        return address
    return path.removeprefix(base[3])


def _elsewhere(case: Case, path: str) -> str:
    """The same path on the council's own website, where most pasted links without a host come from."""
    website = (case.site.organisation.website or "").rstrip("/")
    return f" If it is a page of the council's own site, write {website}{path}." if website else ""


def _mail(address: str, place: Place) -> Iterator[Problem]:
    to = address.partition("?")[0]
    if not EMAIL.fullmatch(to):
        yield K03.problem(place, f"“{to}” is not one mail address.", "Write one address, like service@council.example.")


def _page(case: Case, address: str, place: Place) -> Iterator[Problem]:
    path, _, anchor = address.partition("#")
    path = unquote(path.partition("?")[0])  # as browsers ask for it: /%6Cibrary/ is /library/
    parts = [part for part in path.split("/") if part]
    language = case.site.language
    if parts and parts[0] in case.site.languages[1:]:
        language, parts = parts[0], parts[1:]
    name, rest = (parts[0], parts[1:]) if parts else ("", [])
    if name in case.repository.own_names or name in RESERVED:
        return
    written = case.repository.is_written(name, language)
    if (not written or (rest and not _has_below(case, name, language, rest))) and path in case.repository.aliases:
        return
    if not written:
        known = case.repository.written(language)
        near = nearest(name, known) if len(known) < MANY else None
        remedy = (
            f"Did you mean /{near}/?" if near else f"Name a notice or a page of this site.{_elsewhere(case, address)}"
        )
        yield K01.problem(place, f"Nothing is at {path} on this site.", remedy)
    elif rest and not _has_below(case, name, language, rest):
        yield K01.problem(place, f"Nothing is at {path} on this site.", f"Link to /{name}/ or to /{name}/history/.")
    elif anchor and rest[:1] in ([], ["v"]):
        number = int(rest[1]) if rest else None
        yield from _anchor(case, anchor, (name, language), place, number)


def _has_below(case: Case, name: str, language: str, rest: list[str]) -> bool:
    numbers = [str(version.version) for version in case.repository.versions_of(name, language)]
    if rest[0] == "v":
        return len(rest) > 1 and rest[1] in numbers
    return rest in (["history"], ["feed.xml"])


def _anchor(
    case: Case, anchor: str, page: tuple[str, str], place: Place, number: int | None = None
) -> Iterator[Problem]:
    """K02 for a link into a working text, or into the version of that number."""
    anchors = _anchors(case, page, number)
    if anchors is None or not anchor or FOOTNOTE.match(anchor) or anchor in anchors:
        return
    near = nearest(anchor, anchors) if len(anchors) < MANY else None
    where = "this notice" if page[0] == case.notice.id and number is None else f"/{page[0]}/"
    remedy = f"Did you mean #{near}?" if near else f"Give its heading the id: ## Heading {{#{anchor}}}."
    yield K02.problem(place, f"There is no section `{anchor}` in {where}.", remedy)


def _anchors(case: Case, page: tuple[str, str], number: int | None) -> frozenset[str] | None:
    """The anchors that a link can lead to there; None where nothing is known of the page."""
    if number is None and page in case.notices:
        notice = case.notice if page == (case.notice.id, case.language) else case.notices[page]
        composed = case.outline(notice)
        consents = () if notice.facets.retired else composed.consents
        return page_ids.anchors(composed.sections, consents)
    if number is None and page in case.pages:
        return page_ids.anchors(page_ids.of_page(case.pages[page]), ())
    versions = [version for version in case.repository.versions_of(*page) if number in (None, version.version)]
    if not versions:
        return None
    last = versions[-1]
    return page_ids.anchors(last.html or last.sections, last.consents)


def _pictures(passage: Passage) -> Iterator[Problem]:
    remedy = "Say in a few words what it shows: ![A person with a book](...)."
    text = _without_code(passage)
    for found in _LINK.finditer(text):
        if found[1] and not found[2].strip():
            yield K06.problem(passage.place(found.start()), "This picture has no alternative text.", remedy)
    for tag in _HTML.finditer(text):
        if tag[1].lower() == "img" and not re.search(r"alt\s*=\s*(?:\"[^\"]*\S[^\"]*\"|'[^']*\S[^']*')", tag[2], re.I):
            yield K06.problem(passage.place(tag.start()), "This picture has no alternative text.", remedy)


def _words(passage: Passage) -> Iterator[Problem]:
    for found in _LINK.finditer(_without_code(passage)):
        if not found[1] and _says_nothing(found[2]):
            message = f"“{found[2]}” does not say where the link leads."
            yield K07.problem(passage.place(found.start()), message, "Make the words of the link name its target.")
        elif not found[1] and (opened := _another_address(found[2].strip(), found[3])):
            message = f"This link shows {found[2].strip()} and opens {opened}."
            yield K13.problem(passage.place(found.start()), message, "Make both the same.")


def _says_nothing(text: str) -> bool:
    said = re.findall(r"[^\W_]+", text.lower())
    return bool(said) and set(said) <= _EMPTY_WORDS


def _another_address(text: str, target: str) -> str:
    """The mailbox or host that a link opens, if its words show another one."""
    if _SHOWN_MAIL.fullmatch(text):
        opened = target.removeprefix("mailto:").partition("?")[0]
        return opened if opened.lower() != text.lower() else ""
    shown = _SHOWN_WEB.fullmatch(text)
    host = re.match(r"https?://([^/?#]+)", target, re.I)
    if shown and host and shown[1].lower().removeprefix("www.") != host[1].lower().removeprefix("www."):
        return host[1]
    return ""


def _headings(case: Case) -> Iterator[Problem]:
    last = 2
    for passage in case.body:
        if passage.heading == 1:
            message = "The page's title is its only heading of the first level."
            yield K05.problem(passage.place(), message, "Start sections with ## and headings inside them with ###.")
        elif passage.heading > last + 1:
            message = f"This heading has {passage.heading} marks, and the one above it {last}."
            yield K05.problem(passage.place(), message, f"Write it with {last + 1}: {'#' * (last + 1)}.")
        last = passage.heading or last


def _footnotes(case: Case) -> Iterator[Problem]:
    if (case.notice.id, case.language) in case.pages or not any("[^" in part.markdown for part in case.notice.parts):
        return  # the sections of an ordinary page are numbered
    for mark in page_ids.shared_footnotes(case.outline(case.notice).sections):
        places = (Place(part.place.file, line) for part in case.notice.parts for line in _lines_of(f"[^{mark}]:", part))
        message = f"The footnote `[^{mark}]` would have the id of another footnote of this page."
        yield K08.problem(
            next(places, Place(case.notice.file)), message, "Give it another mark, here and where it is used."
        )


def _lines_of(text: str, part: BodySection) -> Iterator[int]:
    """The numbers of the lines of a section that start with a text."""
    for offset, line in enumerate(part.markdown.split("\n")):
        if line.lstrip().startswith(text):
            yield part.first_line + offset


def _nearly_standard(case: Case) -> Iterator[Problem]:
    if (case.notice.id, case.language) in case.pages:
        return  # an ordinary page has no standard sections
    for section in case.notice.sections:
        for name in filter(None, (section.id, *section.anchors)):
            near = nearest(name.lower(), ORDER) if name not in ORDER else None
            if near and near != section.id:  # `{#rights} {#YourRights}` leads where it should
                remedy = f"Did you mean `{near}`? If the old id must stay, silence K09 and say so."
                yield K09.problem(section.place, f"`{name}` is not a standard section.", remedy)


def _perhaps_standard(case: Case) -> Iterator[Problem]:
    """K10: only where standard sections come with the facets; a notice published as written has its own alone."""
    if (case.notice.id, case.language) in case.pages or not has_standard_sections(case.facets):
        return
    have = {section.id for section in case.notice.sections} | set(case.facets.says)
    on_page = {section.id for section in case.outline(case.notice).sections}
    for section in case.notice.sections:
        name = None if section.id else proposed_section(section.heading)
        if name in on_page and name not in have:
            message = f"This section may be what the standard section `{name}` says too."
            remedy = f"If it is, add {{#{name}}} to the heading; where it says everything, also `says: [{name}]`."
            yield K10.problem(section.place, message, remedy)
