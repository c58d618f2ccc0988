"""The input of each page template: typed contexts whose values arrive ready to print.

A template gets `page`, one of the classes below, and `site`, a `SiteFrame`. It decides nothing: texts are final, HTML is
safe (`Markup`), dates are dates that the template prints with `date(...)`. An address is root-relative unless it says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated

from markupsafe import Markup

from generator.content.model import Doc
from generator.versions.changes import How
from generator.versions.timeline import Standing
from widget.manifest import Consent, Contact, PublishedVersion


@dataclass(frozen=True)
class Link:
    label: Annotated[str, Doc("The words of the link.")]
    href: Annotated[str, Doc("Where it leads.")]
    language: Annotated[str | None, Doc("The language of its words and of its page, if not the page's own.")] = None


@dataclass(frozen=True)
class Alternate:
    """The page in another language: the same one, else the nearest that there is."""

    language: Annotated[str, Doc("Its language code, for lang and hreflang.")]
    label: Annotated[str, Doc("The language's own name for itself, such as Cymraeg.")]
    href: Annotated[str, Doc("Its address.")]
    url: Annotated[str | None, Doc("Its absolute address if it is the same page; None if it is only the nearest.")]
    name: Annotated[str, Doc("What the page's language calls it, such as Welsh.")] = ""


@dataclass(frozen=True)
class SiteFrame:
    """The parts that every page of one language shares; `page.html` and the endpoint's shell need nothing else."""

    name: Annotated[str, Doc("The controller's full name.")]
    short_name: Annotated[str, Doc("The name that residents use.")]
    website: Annotated[str | None, Doc("The council's own website, absolute.")]
    home: Annotated[str, Doc("The list of all notices in this language.")]
    withdraw: Annotated[
        str, Doc("The endpoint's page for withdrawing without a receipt, or the site's where it has no endpoint.")
    ]
    contact: Annotated[Contact, Doc("Who answers questions about the site: the data protection officer.")]
    asked: Annotated[bool, Doc("Whether any notice ever asked for consent, which people may withdraw.")] = True
    report: Annotated[str, Doc("Where a problem with a page is reported: the endpoint's page, or the site's.")] = ""
    agreed: Annotated[
        str | None, Doc("Where one asks for a link to what one agreed to; None without the endpoint.")
    ] = None
    pages: Annotated[tuple[Link, ...], Doc("Ordinary pages for the foot, such as accessibility and cookies.")] = ()
    header_links: Annotated[tuple[Link, ...], Doc("The council's own links for the head.")] = ()
    footer_links: Annotated[tuple[Link, ...], Doc("The council's own links for the foot.")] = ()
    logo: Annotated[str | None, Doc("The council's logo: the name of an asset.")] = None
    feed: Annotated[str | None, Doc("The Atom feed of all notices.")] = None
    search: Annotated[str | None, Doc("The script of the full-text index, where there is one.")] = None


@dataclass(frozen=True, kw_only=True)
class Frame:
    """The values that the layout needs of any page.

    Rendered alone by `shell.html`, whose `title` and `main` are the marks to cut at.
    """

    language: Annotated[str, Doc("The page's language code.")]
    title: Annotated[str, Doc("The page's one h1; <title> starts with it.")]
    direction: Annotated[str, Doc("ltr or rtl.")] = "ltr"
    description: Annotated[str | None, Doc("One or two sentences for search engines.")] = None
    canonical: Annotated[str | None, Doc("The page's absolute address; None keeps it out of search engines.")] = None
    alternates: Annotated[tuple[Alternate, ...], Doc("The page in the other languages.")] = ()
    feed: Annotated[str | None, Doc("The Atom feed of the page's notice.")] = None
    first_view: Annotated[
        bool, Doc("Whether the styles are inside the page: it is often the first of the site that somebody opens.")
    ] = False
    facts: Annotated[str | None, Doc("The page's facts for programs, as JSON-LD.")] = None
    report: Annotated[str | None, Doc("Where a problem with this page is reported, if not at `site.report`.")] = None
    x_default: Annotated[
        str | None, Doc("The absolute address for readers of any other language; None without one.")
    ] = None


@dataclass(frozen=True, kw_only=True)
class ShellPage(Frame):
    """`shell.html`: the layout around a page of the endpoint."""

    main: Annotated[Markup, Doc("What stands in main: the mark at which the shell is cut.")]


@dataclass(frozen=True, kw_only=True)
class ProsePage(Frame):
    """`page.html`: an ordinary page, such as the accessibility statement."""

    html: Annotated[Markup, Doc("The page's text below its h1.")]
    awaiting: Annotated[bool, Doc("Whether this is a translation that nobody has reviewed yet.")] = False
    reviewed: Annotated[Alternate | None, Doc("For such a translation: the page in a language that counts.")] = None


@dataclass(frozen=True, kw_only=True)
class MissingPage(Frame):
    """`404.html`; it is served at any address, so all that it links to is root-relative."""


@dataclass(frozen=True, kw_only=True)
class UnavailablePage(Frame):
    """`unavailable.html`: served in place of the endpoint's pages while it does not answer."""


@dataclass(frozen=True, kw_only=True)
class ActPage(Frame):
    """`withdraw.html` and `report.html`: how to withdraw, or report a problem, on a site that has no endpoint."""

    ask: Annotated[Contact, Doc("Who acts on it.")]


@dataclass(frozen=True)
class ListedNotice:
    """One entry in the list of notices."""

    title: Annotated[str, Doc("The notice's title.")]
    href: Annotated[str, Doc("Its page.")]
    summary: Annotated[str | None, Doc("What it is about.")] = None
    language: Annotated[str | None, Doc("Its language, if it does not exist in the page's own.")] = None
    language_name: Annotated[str | None, Doc("What the page's language calls that language.")] = None


@dataclass(frozen=True)
class Category:
    name: Annotated[str, Doc("The heading of the group.")]
    notices: Annotated[tuple[ListedNotice, ...], Doc("Its notices, by title.")]
    language: Annotated[str | None, Doc("The heading's language, if it is not the page's own.")] = None


@dataclass(frozen=True, kw_only=True)
class IndexPage(Frame):
    """`index.html`: every notice in force, by category."""

    categories: Annotated[tuple[Category, ...], Doc("The groups, in order.")]
    open: Annotated[bool, Doc("Whether all notices are in sight; a long list shows its topics closed.")] = True
    indexed: Annotated[bool, Doc("Whether the head has an index of the topics.")] = False
    primary: Annotated[str | None, Doc("The council's primary notice.")] = None


@dataclass(frozen=True)
class Block:
    """A section of the text as it is printed."""

    id: Annotated[str, Doc("The id that links within the page lead to.")]
    heading: Annotated[Markup, Doc("The heading's inline HTML.")]
    html: Annotated[Markup, Doc("The HTML below the heading; its own headings start at h3.")]
    anchors: Annotated[tuple[str, ...], Doc("Old ids that lead here too.")] = ()


@dataclass(frozen=True)
class GlanceRow:
    """A row of the box at a glance."""

    label: Annotated[str, Doc("What the row answers, such as How long.")]
    href: Annotated[str | None, Doc("The section that says more; None where the page has none for it.")]
    texts: Annotated[tuple[Markup, ...], Doc("What it says, as inline HTML: one sentence, or several for a list.")]


@dataclass(frozen=True)
class Glance:
    """“At a glance”: what the facts of the notice say in a few rows."""

    heading: Annotated[str, Doc("At a glance, or Some points from this notice where required facts are missing.")]
    rows: Annotated[tuple[GlanceRow, ...], Doc("The rows that have something to say.")]
    choice: Annotated[
        tuple[str, ...], Doc("What a resident can agree to, a sentence each; nothing where nobody can.")
    ] = ()


@dataclass(frozen=True)
class Group:
    """A group of links in the contents of a notice."""

    name: Annotated[str, Doc("Its heading, such as You decide.")]
    links: Annotated[tuple[Link, ...], Doc("Its sections, in the order of the page.")]
    href: Annotated[str | None, Doc("The section with the same heading as the group; no link repeats it.")] = None


@dataclass(frozen=True)
class OtherVersion:
    """A version of the same notice that the page points to."""

    number: Annotated[int, Doc("Its number.")]
    href: Annotated[str, Doc("Its page: the notice's own address if it is in force.")]
    effective: Annotated[date, Doc("From which day it counts.")]
    change: Annotated[str, Doc("What it changed, in one sentence.")]
    kind: Annotated[str, Doc("How much it changed, as a key of page.kind.")]
    changes: Annotated[str | None, Doc("Its changes, word by word; None for a first version.")] = None
    language: Annotated[str | None, Doc("Its language, if it does not exist in the page's own.")] = None
    language_name: Annotated[str | None, Doc("What the page's language calls that language.")] = None
    change_language: Annotated[str | None, Doc("The language of `change`, if it is not the page's own.")] = None


@dataclass(frozen=True)
class FollowingText:
    """A language whose text follows a version later."""

    language: Annotated[str, Doc("The language.")]
    name: Annotated[str, Doc("What the page's language calls it.")]
    by: Annotated[date, Doc("By which day its text follows, as the version says.")]
    reason: Annotated[str, Doc("Why it is not there yet.")]
    reason_language: Annotated[str | None, Doc("The language of `reason`, if it is not the page's own.")] = None


@dataclass(frozen=True)
class Behind:
    """For the newest text of a language that follows later: the version that counts, which is in another language."""

    number: Annotated[int, Doc("The number of the version that counts.")]
    effective: Annotated[date, Doc("From which day it counts.")]
    original: Annotated[str, Doc("What the page's language calls the language of that version.")]
    follows: Annotated[FollowingText, Doc("When this language follows, and why it does not yet.")]
    language: Annotated[str, Doc("The language of that version.")]
    choice: Annotated[str | None, Doc("Where one can agree to it or refuse; None where it asks nothing.")] = None


@dataclass(frozen=True)
class Note:
    """A problem of a working text, shown to its editor at the section that it belongs to."""

    level: Annotated[str, Doc("error, warning or note.")]
    place: Annotated[str, Doc("The file and the line.")]
    message: Annotated[str, Doc("What is wrong.")]
    remedy: Annotated[str, Doc("What to write instead.")]


@dataclass(frozen=True, kw_only=True)
class NoticePage(Frame):
    """`notice.html`: a version of a notice, at its own address, at its permanent one, or as a draft."""

    standing: Annotated[Standing, Doc("in-force, replaced, scheduled or draft.")]
    version: Annotated[int, Doc("The version's number; for a draft, the number it would get.")]
    effective: Annotated[date | None, Doc("From which day it counts; None for a draft without one.")]
    published: Annotated[date | None, Doc("The day it was published; None for a draft.")]
    change: Annotated[str | None, Doc("What it changed, in one sentence; None for a draft that does not say.")]
    sections: Annotated[tuple[Block, ...], Doc("The text in order, without the section that stands as `objection`.")]
    summary: Annotated[str | None, Doc("What matters most, in two or three sentences.")] = None
    audience: Annotated[str, Doc("adult, child or easy-read: a class of the text, for a calm, wide layout.")] = "adult"
    until: Annotated[date | None, Doc("The day the next version took over, if it was replaced.")] = None
    called_off: Annotated[date | None, Doc("The day it was called off before it started, if it was.")] = None
    approved_role: Annotated[str | None, Doc("What its approver is, if the council had it approved.")] = None
    review_by: Annotated[date | None, Doc("When somebody must look at the notice again.")] = None
    permanent: Annotated[str | None, Doc("The address of this version for ever; None for a draft.")] = None
    permanent_url: Annotated[str | None, Doc("The same, absolute, for printed copies.")] = None
    history: Annotated[str | None, Doc("The page of all versions; None for a draft of a new notice.")] = None
    in_force: Annotated[OtherVersion | None, Doc("The version that counts today, if it is not this one.")] = None
    replaced_by: Annotated[tuple[OtherVersion, ...], Doc("Every later version that has started, oldest first.")] = ()
    upcoming: Annotated[OtherVersion | None, Doc("The next version, on the page of the one in force.")] = None
    changed: Annotated[tuple[Link, ...], Doc("For a draft: the sections that differ from the last version.")] = ()
    objection: Annotated[Block | None, Doc("The right to object, set apart from the rest: article 21(4).")] = None
    consents: Annotated[tuple[Consent, ...], Doc("What a resident can agree to in this version.")] = ()
    form: Annotated[PublishedVersion | None, Doc("The version whose form stands here; None shows words alone.")] = None
    ask: Annotated[
        tuple[Contact, ...], Doc("Where a site has no endpoint: who takes the answer to each consent, in their order.")
    ] = ()
    consent_action: Annotated[str, Doc("Where that form is sent: the notice's address at the endpoint.")] = ""
    changes: Annotated[str | None, Doc("What this version changed, word by word; None for a first version.")] = None
    searched: Annotated[bool, Doc("Whether full-text search finds this page: at the notice's own address only.")] = (
        False
    )
    pdf: Annotated[str | None, Doc("The version as a PDF, where it is made.")] = None
    code: Annotated[str | None, Doc("The picture of the QR code for printed copies; it leads to `check_url`.")] = None
    check_url: Annotated[str | None, Doc("Where a printed copy can be checked, absolute; None for a draft.")] = None
    notes: Annotated[
        Mapping[str, tuple[Note, ...]], Doc("For a draft: its problems by section id; those of no section under ''.")
    ] = field(default_factory=dict)
    change_language: Annotated[str | None, Doc("The language of `change`, if it is not the page's own.")] = None
    awaiting: Annotated[bool, Doc("Whether this is a translation that nobody has reviewed yet.")] = False
    reviewed: Annotated[Alternate | None, Doc("For such a translation: the version in a language that counts.")] = None
    glance: Annotated[Glance | None, Doc("The box at a glance; None where neither a fact nor a choice has a row.")] = (
        None
    )
    groups: Annotated[tuple[Group, ...], Doc("The contents in groups; each section is in one.")] = ()
    choice_after: Annotated[
        str | None, Doc("The id of the section that the choice stands below; None without a choice.")
    ] = None
    minutes: Annotated[str, Doc("How long the page takes to read, in words.")] = ""
    withheld: Annotated[bool, Doc("Whether its frozen file is not published, since it names a member of staff.")] = (
        False
    )
    retired: Annotated[str | None, Doc("Why the notice is no longer used, if it is not.")] = None
    following: Annotated[
        tuple[FollowingText, ...], Doc("The languages that this version does not have yet, as it says itself.")
    ] = ()
    behind: Annotated[
        Behind | None, Doc("For the newest text of a language that follows later: the version that counts.")
    ] = None


@dataclass(frozen=True, kw_only=True)
class RetractedPage(Frame):
    """`retracted.html`: in place of a version that was taken down, at its permanent address."""

    version: Annotated[int, Doc("The version's number.")]
    published: Annotated[date, Doc("The day it was published.")]
    retracted: Annotated[date, Doc("The day it was taken down.")]
    reason: Annotated[str, Doc("Why, as the council says it.")]
    digest: Annotated[str, Doc("The SHA-256 that its file had.")]
    history: Annotated[str, Doc("The page of all versions.")]
    frozen: Annotated[str | None, Doc("The file that is in its place; None where it names somebody.")] = None
    in_force: Annotated[OtherVersion | None, Doc("The version that counts today, if there is one.")] = None
    reason_language: Annotated[str | None, Doc("The language of `reason`, if it is not the page's own.")] = None


@dataclass(frozen=True)
class PastVersion:
    """One entry of a notice's history."""

    number: Annotated[int, Doc("The version's number.")]
    href: Annotated[str, Doc("Its permanent page.")]
    standing: Annotated[Standing, Doc("in-force, replaced, scheduled, never-applied or retracted.")]
    published: Annotated[date, Doc("The day it was published.")]
    effective: Annotated[date, Doc("From which day it counts.")]
    kind: Annotated[
        str, Doc("How much changed, as a key of page.kind: first, same, typo, clarification, material, new-purpose.")
    ]
    change: Annotated[str, Doc("What it changed, in one sentence.")]
    digest: Annotated[str, Doc("The SHA-256 of its frozen file, 64 hexadecimal digits.")]
    until: Annotated[date | None, Doc("The day the next version took over.")] = None
    changes: Annotated[str | None, Doc("Its changes, word by word; None for a first version.")] = None
    change_language: Annotated[str | None, Doc("The language of `change`, if it is not the page's own.")] = None
    retracted: Annotated[date | None, Doc("The day it was taken down, if it was.")] = None
    called_off: Annotated[date | None, Doc("The day it was called off before it started, if it was.")] = None
    approved_role: Annotated[str | None, Doc("What its approver is, if the council had it approved.")] = None
    reason: Annotated[str | None, Doc("Why it was taken down.")] = None
    reason_language: Annotated[str | None, Doc("The language of `reason`, if it is not the page's own.")] = None
    frozen: Annotated[str | None, Doc("Its frozen file; None where that is not published.")] = None
    following: Annotated[
        tuple[FollowingText, ...], Doc("The languages that it does not have yet, as it says itself.")
    ] = ()
    language: Annotated[str | None, Doc("Its language, if it does not exist in the page's own.")] = None
    language_name: Annotated[str | None, Doc("What the page's language calls that language.")] = None


@dataclass(frozen=True)
class EarlierText:
    """A text from before the notice was published here."""

    effective: Annotated[date, Doc("From which day it counted.")]
    summary: Annotated[str, Doc("What it was, as a sentence.")]
    url: Annotated[str | None, Doc("Where it can be read.")] = None


@dataclass(frozen=True, kw_only=True)
class HistoryPage(Frame):
    """`history.html`: every version of a notice, the newest first. `title` is page.history.title with the notice's."""

    notice: Annotated[Link, Doc("The notice's title and its page; no address where every version was taken down.")]
    versions: Annotated[
        tuple[PastVersion, ...],
        Doc("Every version in this language, and those that it follows later, the newest first."),
    ]
    earlier: Annotated[
        tuple[EarlierText, ...], Doc("What counted before the notice was published here, newest first.")
    ] = ()


@dataclass(frozen=True)
class ComparedSection:
    """A section of either version and what became of it."""

    id: Annotated[str, Doc("The section's id.")]
    heading: Annotated[str, Doc("Its heading in plain text, the new one if it changed.")]
    how: Annotated[How, Doc("same, added, removed or changed.")]
    html: Annotated[Markup, Doc("Its whole text, with what was added in `ins` and what was taken out in `del`.")]


@dataclass(frozen=True, kw_only=True)
class ChangesPage(Frame):
    """`changes.html`: what a version changed, word by word. `title` is page.changes.title with the notice's."""

    notice: Annotated[Link, Doc("The notice's title and its page.")]
    version: Annotated[Link, Doc("The newer version's number and page.")]
    before: Annotated[Link, Doc("The older version's number and page.")]
    effective: Annotated[date | None, Doc("From which day the newer one counts; None for a draft.")]
    kind: Annotated[str | None, Doc("How much changed, as a key of page.kind; None for a draft that does not say.")]
    change: Annotated[str | None, Doc("What changed, in one sentence.")]
    sections: Annotated[tuple[ComparedSection, ...], Doc("Every section of either version, in order.")]
    added: Annotated[tuple[Link, ...], Doc("The sections that are new.")] = ()
    removed: Annotated[tuple[Link, ...], Doc("The sections that were taken out.")] = ()
    changed: Annotated[tuple[Link, ...], Doc("The sections in which words changed.")] = ()
    reordered: Annotated[bool, Doc("Whether sections stand in another order.")] = False
    words_added: Annotated[int, Doc("How many words were added.")] = 0
    words_removed: Annotated[int, Doc("How many words were taken out.")] = 0
    history: Annotated[str | None, Doc("The page of all versions.")] = None
    change_language: Annotated[str | None, Doc("The language of `change`, if it is not the page's own.")] = None


@dataclass(frozen=True, kw_only=True)
class CheckPage(Frame):
    """`check.html`: where the QR code of a printed copy leads. It says whether the copy still counts."""

    notice: Annotated[Link, Doc("The notice's title and the page of the printed version.")]
    standing: Annotated[Standing, Doc("in-force, replaced, scheduled, never-applied or retracted.")]
    version: Annotated[int, Doc("The printed version's number.")]
    effective: Annotated[date, Doc("From which day it counts.")]
    until: Annotated[date | None, Doc("The day the next version took over.")] = None
    replaced_by: Annotated[tuple[OtherVersion, ...], Doc("Every later version that has started, oldest first.")] = ()
    in_force: Annotated[OtherVersion | None, Doc("The version that counts today, if it is another one.")] = None
    upcoming: Annotated[OtherVersion | None, Doc("The next version, if this one counts today.")] = None
    history: Annotated[str, Doc("The page of all versions.")]
    called_off: Annotated[date | None, Doc("The day it was called off before it started, if it was.")] = None
    retracted: Annotated[date | None, Doc("The day it was taken down, if it was.")] = None
    reason: Annotated[str | None, Doc("Why it was taken down.")] = None
    reason_language: Annotated[str | None, Doc("The language of `reason`, if it is not the page's own.")] = None
    behind: Annotated[
        Behind | None, Doc("For the newest text of a language that follows later: the version that counts.")
    ] = None


@dataclass(frozen=True, kw_only=True)
class MovedPage(Frame):
    """`moved.html`: at an old address of a notice."""

    notice: Annotated[Link, Doc("The notice's title and its page.")]


@dataclass(frozen=True)
class ListedDraft:
    """A working text in the list of drafts."""

    title: Annotated[str, Doc("Its title, or its file's name where it cannot be read.")]
    href: Annotated[str, Doc("The draft, or its problems.")]
    language: Annotated[str | None, Doc("Its language, if it is not the page's own.")]
    language_name: Annotated[str | None, Doc("What the page's language calls that language.")]
    state: Annotated[str, Doc("A key of page.drafts: new, same, changed or broken.")]
    errors: Annotated[int, Doc("How many errors it has.")]
    warnings: Annotated[int, Doc("How many warnings it has.")]
    changes: Annotated[str | None, Doc("What would change, word by word.")] = None


@dataclass(frozen=True, kw_only=True)
class DraftsPage(Frame):
    """`drafts.html`: every working text, for editors."""

    drafts: Annotated[tuple[ListedDraft, ...], Doc("The working texts, by title.")]
    notes: Annotated[tuple[Note, ...], Doc("Problems of files that belong to no working text.")] = ()


@dataclass(frozen=True, kw_only=True)
class BrokenPage(Frame):
    """`broken.html`: in place of a working text that cannot be read."""

    notes: Annotated[tuple[Note, ...], Doc("What is wrong, in the order of the file.")]
    drafts: Annotated[str, Doc("The list of all working texts.")]
