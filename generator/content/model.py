"""The parts of a notice: facets, sections and versions. Frozen values, no I/O.

Facets are the keys of a notice's front matter. Each is defined once, here, with its help text: `decode` reads them by
these types, and the docs and the JSON Schema are written from them. In a facet class whose first field alone is
required, a plain text stands for the whole: `data: [postcode]` is `data: [{label: postcode}]`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal, NewType

from generator.problems import Place
from widget.manifest import ActingFor

Ident = NewType("Ident", str)
"""Lower-case letters, digits and hyphens: the id of a consent, a purpose or a section."""
NoticeId = NewType("NoticeId", str)
"""The id of another notice, which may have been published when ids were less strict."""
Email = NewType("Email", str)
Url = NewType("Url", str)
"""An absolute http or https address, or one within the site that starts with a slash."""
Point = NewType("Point", str)
"""A point of the law that the system reads, such as 6(1)(e): the same in every language."""
Period = NewType("Period", str)
"""How long, or from when: the system reads it and says it in the language of the notice."""
Name = NewType("Name", str)
"""The name of a person, a place or an Act: no sentence, and in every language as its owner writes it."""
Phone = NewType("Phone", str)
Label = NewType("Label", str)
"""A heading or a name that is no sentence; each language has its own."""
Approver = NewType("Approver", str)
"""The person who approved or reviewed something, for the council's own records."""
Reason = NewType("Reason", str)
"""Why the council decided something, as it says so itself: nobody translates it."""
NONE = "none"


@dataclass(frozen=True)
class Doc:
    """Help for one key, in the words an editor reads."""

    text: str


@dataclass(frozen=True)
class Localised:
    """A text of site.yml: one for all languages (under the empty key), or one for each."""

    words: Mapping[str, str]

    def in_language(self, language: str) -> str:
        """The text in a language, else in the first language it has."""
        return self.words.get(language) or next(iter(self.words.values()), "")


class Audience(StrEnum):
    ADULT = "adult"
    CHILD = "child"
    EASY_READ = "easy-read"


class ChangeKind(StrEnum):
    """How much a version changes; material and new-purpose can ask residents to renew their consent."""

    TYPO = "typo"
    CLARIFICATION = "clarification"
    MATERIAL = "material"
    NEW_PURPOSE = "new-purpose"


class SourceKind(StrEnum):
    """Where data comes from: decides between article 13 (the person) and article 14 (anyone else)."""

    PERSON = "person"
    OTHER = "other"
    PUBLIC = "public"


class Role(StrEnum):
    CONTROLLER = "controller"
    JOINT_CONTROLLER = "joint controller"
    PROCESSOR = "processor"


class TranslationStatus(StrEnum):
    AWAITING_REVIEW = "awaiting-review"
    REVIEWED = "reviewed"


@dataclass(frozen=True)
class Contact:
    """A way to reach somebody; the service that owns a notice, or a representative."""

    name: Annotated[Name, Doc("Who answers.")]
    email: Annotated[Email | None, Doc("Their mail address.")] = None
    phone: Annotated[Phone | None, Doc("Their telephone number.")] = None
    post: Annotated[Name | None, Doc("Their postal address, on one line.")] = None
    url: Annotated[Url | None, Doc("Their page.")] = None


@dataclass(frozen=True)
class ControllerContact:
    """Ways to reach a controller."""

    email: Annotated[Email | None, Doc("Its mail address.")] = None
    phone: Annotated[Phone | None, Doc("Its telephone number.")] = None
    post: Annotated[Name | None, Doc("Its postal address, on one line.")] = None
    url: Annotated[Url | None, Doc("Its website.")] = None


@dataclass(frozen=True)
class ControllerComplaints:
    """How to complain to a controller. Data Protection Act 2018 section 164A."""

    form: Annotated[Url | None, Doc("The electronic form.")] = None
    email: Annotated[Email | None, Doc("A mail address for complaints.")] = None
    phone: Annotated[Phone | None, Doc("A telephone number for complaints.")] = None
    post: Annotated[Name | None, Doc("A postal address for complaints, on one line.")] = None


@dataclass(frozen=True)
class Controller:
    """The body that is responsible where the council is not, such as the Returning Officer.

    UK GDPR articles 4(7), 13(1)(a).
    """

    name: Annotated[Name, Doc("The controller's full legal name.")]
    contact: Annotated[ControllerContact | None, Doc("How to reach it: email, phone, post, url.")] = None
    officer: Annotated[Contact | None, Doc("Its own data protection officer.")] = None
    complaints: Annotated[ControllerComplaints | None, Doc("How to complain to it: form, email, phone, post.")] = None
    registration: Annotated[Name | None, Doc("Its number in the register of the Information Commissioner.")] = None


@dataclass(frozen=True)
class LawfulBasis:
    """UK GDPR article 6(1)."""

    id: Annotated[Ident, Doc("A short name that purposes refer to.")]
    article: Annotated[Point, Doc("The point of article 6 that allows it, such as 6(1)(e).")]
    legislation: Annotated[tuple[Name, ...], Doc("Each Act and section that gives the task or duty.")] = ()
    task: Annotated[str | None, Doc("What the law has the council do, in plain words.")] = None
    interests: Annotated[str | None, Doc("The legitimate interests, for 6(1)(f).")] = None
    condition: Annotated[str | None, Doc("Which recognised legitimate interest, for 6(1)(ea).")] = None


@dataclass(frozen=True)
class Purpose:
    """Why data is used. UK GDPR articles 13(1)(c) and 14(1)(c)."""

    text: Annotated[str, Doc("What it is used for; reads on from 'We use it to'.")]
    id: Annotated[Ident | None, Doc("A short name that consents refer to.")] = None
    basis: Annotated[tuple[Ident, ...], Doc("The ids of the lawful bases it rests on; all of them when left out.")] = ()


@dataclass(frozen=True)
class SpecialCategory:
    """UK GDPR article 9."""

    label: Annotated[str, Doc("The kind of special category data, such as health.")]
    condition: Annotated[Point | None, Doc("The point of article 9 that allows it, such as 9(2)(g).")] = None
    schedule: Annotated[Name | None, Doc("The paragraph of Schedule 1 to the Data Protection Act 2018.")] = None
    policy: Annotated[Url | None, Doc("The appropriate policy document.")] = None


@dataclass(frozen=True)
class CriminalData:
    """UK GDPR article 10."""

    label: Annotated[str, Doc("What criminal offence data is used.")]
    authority: Annotated[Name | None, Doc("The law or official authority that allows it.")] = None


@dataclass(frozen=True)
class DataItem:
    """A category of personal data. UK GDPR article 14(1)(d)."""

    label: Annotated[str, Doc("The kind of data, such as contact details.")]
    purposes: Annotated[tuple[Ident, ...], Doc("The ids of the purposes that it is for, where not for all.")] = ()
    special: Annotated[bool, Doc("Whether it is special category data: yes or no.")] = False


@dataclass(frozen=True)
class Source:
    """Where data comes from. UK GDPR article 14(2)(f)."""

    who: Annotated[str, Doc("Who or what it comes from; 'you' for the person.")]
    kind: Annotated[SourceKind | None, Doc("person, other or public (a public register); 'you' is the person.")] = None
    how: Annotated[str | None, Doc("How it reaches the council.")] = None


@dataclass(frozen=True)
class Recipient:
    """A recipient that data is shared with. UK GDPR articles 13(1)(e) and 14(1)(e)."""

    who: Annotated[str, Doc("The recipient, or the kind of recipient.")]
    why: Annotated[str | None, Doc("What for; start with 'to' or 'for'.")] = None
    law: Annotated[Name | None, Doc("The law that has it shared.")] = None
    role: Annotated[Role | None, Doc("controller, joint controller or processor.")] = None


@dataclass(frozen=True)
class JointController:
    """UK GDPR article 26."""

    name: Annotated[Name, Doc("The other controller.")]
    contact: Annotated[str | None, Doc("How to reach it.")] = None
    share: Annotated[str | None, Doc("Who answers for what.")] = None


@dataclass(frozen=True)
class Retention:
    """How long a record is kept. UK GDPR articles 13(2)(a) and 14(2)(a)."""

    record: Annotated[str, Doc("Which record.")]
    keep: Annotated[Period | None, Doc("How long: '2 years', 'up to 50 years', 'permanently', 'per schedule' ...")] = (
        None
    )
    after: Annotated[Period | None, Doc("From when: 'end of financial year', 'case closure' ...")] = None
    or_if: Annotated[tuple[str, ...], Doc("What makes it longer or shorter, such as '75 years if looked after'.")] = ()
    note: Annotated[str | None, Doc("Anything more the reader must know, as a sentence.")] = None
    holder: Annotated[str | None, Doc("Who keeps it, where that is not the council.")] = None
    url: Annotated[Url | None, Doc("The retention schedule, for 'per schedule'.")] = None


@dataclass(frozen=True)
class Transfer:
    """Data that leaves the United Kingdom. UK GDPR articles 13(1)(f) and 14(1)(f)."""

    country: Annotated[str, Doc("Where it goes.")]
    adequacy: Annotated[bool, Doc("Whether UK law holds that country's protection adequate: yes or no.")] = False
    safeguard: Annotated[str | None, Doc("What protects it there.")] = None
    copy: Annotated[str | None, Doc("How to get a copy of the safeguard.")] = None


@dataclass(frozen=True)
class AutomatedDecision:
    """UK GDPR articles 22A to 22D."""

    decision: Annotated[str, Doc("What is decided without a person.")]
    logic: Annotated[str | None, Doc("How it is decided, in plain words.")] = None
    consequences: Annotated[str | None, Doc("What it means for the person.")] = None
    safeguards: Annotated[str | None, Doc("How to be heard, have a person look again, and contest it.")] = None


@dataclass(frozen=True)
class AlgorithmicRecord:
    """A record in the Algorithmic Transparency Recording Standard, which GOV.UK recommends to councils."""

    tool: Annotated[Label, Doc("What the computer program does, in a few plain words.")]
    url: Annotated[Url, Doc("Where its record is published.")]


@dataclass(frozen=True)
class MustProvide:
    """UK GDPR article 13(2)(e)."""

    required: Annotated[bool, Doc("Whether people must give the data: yes or no.")]
    why: Annotated[str | None, Doc("The law or contract that asks for it.")] = None
    otherwise: Annotated[str | None, Doc("What follows when they do not.")] = None


@dataclass(frozen=True)
class WithdrawRoutes:
    """Ways to withdraw besides the button on the page. UK GDPR article 7(3)."""

    online: Annotated[bool, Doc("Whether the page has a button: yes (the default) or no.")] = True
    email: Annotated[Email | None, Doc("The mailbox that acts on a withdrawal.")] = None
    phone: Annotated[Phone | None, Doc("The number to ring.")] = None
    post: Annotated[Name | None, Doc("Where to write, on one line.")] = None


class Reach(StrEnum):
    """Whether a yes is worth something only where the service can reach the person."""

    REQUIRED = "required"


@dataclass(frozen=True)
class Question:
    """A consent as a question, with its own answers: they are frozen with the statement."""

    text: Annotated[str, Doc("The question, such as 'May we write to you?'; the statement stays above it.")]
    agree: Annotated[Label, Doc("The answer that means yes to the statement, such as 'Yes, you may'.")]
    refuse: Annotated[Label, Doc("The answer that means no, such as 'No'.")]


@dataclass(frozen=True)
class ConsentFacet:
    """Something a resident can agree to. UK GDPR articles 4(11) and 7."""

    id: Annotated[Ident, Doc("A short name that never changes; a new purpose is a new id.")]
    statement: Annotated[str, Doc("The exact words that are agreed to.")]
    purposes: Annotated[tuple[Ident, ...], Doc("The ids of the purposes it covers; each rests on consent.")]
    effect: Annotated[str, Doc("What happens after a withdrawal, and what does not stop.")]
    if_refused: Annotated[str, Doc("That help does not depend on agreeing.")]
    withdraw: Annotated[WithdrawRoutes, Doc("Other ways to withdraw: email, phone, post.")] = WithdrawRoutes()
    on_behalf: Annotated[tuple[ActingFor, ...], Doc("Who may agree: self, child (an adult acting for one).")] = (
        ActingFor.SELF,
    )
    topic: Annotated[
        Label | None,
        Doc("What it is about in a few words, such as 'library news': the heading of the choice and its receipt."),
    ] = None
    reach: Annotated[
        Reach | None,
        Doc("required: a yes needs an email address, a phone number or a case number; a no needs nothing."),
    ] = None
    question: Annotated[
        Question | None, Doc("A question with its own answers, in place of 'I agree' and 'I do not agree'.")
    ] = None


@dataclass(frozen=True)
class OptOut:
    """Something that is done unless a person says no: no consent, so it makes no event. UK GDPR article 21."""

    id: Annotated[Ident, Doc("A short name that never changes.")]
    text: Annotated[str, Doc("What the council does unless the person says no, as a sentence.")]
    how: Annotated[str, Doc("How to say no, as a sentence.")]


@dataclass(frozen=True)
class Earlier:
    """A version from before the notice was published here."""

    date: Annotated[date, Doc("From which day it counted.")]
    summary: Annotated[str, Doc("What it was, or what it changed, as a sentence.")]
    url: Annotated[Url | None, Doc("Where it can still be read.")] = None


@dataclass(frozen=True)
class Renewal:
    """The fate of a consent when its own statement or purposes change."""

    stays_valid: Annotated[
        bool, Doc("Whether the old consent counts until it is renewed: yes (the default) or no.")
    ] = True
    lapses_after_days: Annotated[int | None, Doc("After how many days without renewal it lapses.")] = None


@dataclass(frozen=True)
class ConsentRecords:
    """How long records of consent themselves are kept."""

    keep: Annotated[Period, Doc("How long, such as '6 years'.")]
    after: Annotated[Period | None, Doc("From when, such as 'withdrawal of consent'.")] = None


@dataclass(frozen=True)
class Translation:
    status: Annotated[TranslationStatus, Doc("awaiting-review or reviewed.")]
    reviewed_by: Annotated[Approver | None, Doc("Who reviewed it.")] = None
    reviewed_on: Annotated[date | None, Doc("When.")] = None


@dataclass(frozen=True)
class Following:
    """A language whose text follows later, and which the version lacks."""

    language: Annotated[Ident, Doc("The language, such as cy.")]
    by: Annotated[date, Doc("By which day its text follows.")]
    reason: Annotated[Reason, Doc("Why it is not there yet, for residents.")]
    own_reason: Annotated[Reason | None, Doc("The same in that language, for the page in that language.")] = None


@dataclass(frozen=True)
class Change:
    """A version's changes, in words a resident reads."""

    kind: Annotated[ChangeKind, Doc("typo, clarification, material or new-purpose.")]
    summary: Annotated[str, Doc("What changed, in one plain sentence.")]
    effective: Annotated[date | None, Doc("From which day; the day of publishing when left out.")] = None
    translations: Annotated[
        tuple[Following, ...],
        Doc("The languages that this version does not have yet, each with the day by which it follows and the reason."),
    ] = ()
    approved_by: Annotated[Approver | None, Doc("Ignored: `noticeboard approve` records approvals.")] = None
    approved_on: Annotated[date | None, Doc("Ignored, like approved_by.")] = None


@dataclass(frozen=True)
class Glance:
    """The author's own words for rows of “At a glance”; a row without them says what the facts say."""

    use: Annotated[str | None, Doc("What information is used, in place of `data`.")] = None
    why: Annotated[str | None, Doc("What for, in place of `purposes`.")] = None
    may: Annotated[str | None, Doc("Why the law allows it, in place of `lawful_bases`.")] = None
    who: Annotated[str | None, Doc("Who sees it, in place of `sharing`.")] = None
    long: Annotated[str | None, Doc("How long it is kept, in place of `retention`.")] = None
    abroad: Annotated[str | None, Doc("Whether it is sent abroad, in place of `transfers`.")] = None
    decides: Annotated[str | None, Doc("Who decides, in place of `automated_decisions`.")] = None


@dataclass(frozen=True)
class Facets:
    """The front matter of a notice: everything the system understands. Only the title is always needed."""

    title: Annotated[Label, Doc("The notice's title, as residents see it.")]
    summary: Annotated[str | None, Doc("Two or three sentences that say what matters most.")] = None
    glance: Annotated[
        Glance | None, Doc("Rows of “At a glance” in your own words: use, why, may, who, long, abroad, decides.")
    ] = None
    service: Annotated[Label | None, Doc("The council service it is about.")] = None
    category: Annotated[Label | None, Doc("The heading under which the list of notices shows it.")] = None
    owner: Annotated[Contact | None, Doc("The service's contact.")] = None
    audience: Annotated[Audience, Doc("adult, child or easy-read.")] = Audience.ADULT
    parent: Annotated[NoticeId | None, Doc("The id of the notice this one adds to.")] = None
    review_by: Annotated[date | None, Doc("When somebody must look at it again.")] = None
    aliases: Annotated[tuple[Url, ...], Doc("Old addresses that redirect here.")] = ()
    controller: Annotated[
        Controller | None, Doc("Another body that is responsible, in place of the council that site.yml names.")
    ] = None
    processor_for: Annotated[
        tuple[Contact, ...],
        Doc("The bodies that decide, where the council only acts for them: name, email, phone, post."),
    ] = ()
    data_subjects: Annotated[tuple[Label, ...], Doc("Whose data it is about.")] = ()
    representative: Annotated[Contact | None, Doc("The controller's representative, if there is one.")] = None
    purposes: Annotated[tuple[Purpose, ...], Doc("Why data is used.")] = ()
    lawful_bases: Annotated[tuple[LawfulBasis, ...], Doc("What in UK GDPR article 6 allows it.")] = ()
    special_category: Annotated[tuple[SpecialCategory, ...], Doc("Special category data and what allows it.")] = ()
    criminal_data: Annotated[CriminalData | None, Doc("Criminal offence data and what allows it.")] = None
    data: Annotated[tuple[DataItem, ...], Doc("The kinds of data.")] = ()
    sources: Annotated[tuple[Source, ...], Doc("Where data comes from.")] = ()
    sharing: Annotated[tuple[Recipient, ...] | Literal["none"] | None, Doc("Who it is shared with, or none.")] = None
    joint_controllers: Annotated[tuple[JointController, ...], Doc("Other controllers.")] = ()
    retention: Annotated[tuple[Retention, ...], Doc("How long each record is kept.")] = ()
    transfers: Annotated[tuple[Transfer, ...] | Literal["none"] | None, Doc("Where data is sent abroad, or none.")] = (
        None
    )
    automated_decisions: Annotated[
        tuple[AutomatedDecision, ...] | Literal["none"] | None, Doc("Decisions made without a person, or none.")
    ] = None
    algorithmic_records: Annotated[
        tuple[AlgorithmicRecord, ...],
        Doc("Programs that help to decide, each with its published algorithmic transparency record."),
    ] = ()
    must_provide: Annotated[MustProvide | None, Doc("Whether people must give the data.")] = None
    direct_marketing: Annotated[
        tuple[Ident, ...],
        Doc("The ids of the purposes that are direct marketing: everybody may stop it, whatever the basis."),
    ] = ()
    consents: Annotated[tuple[ConsentFacet, ...], Doc("What residents can agree to.")] = ()
    opt_outs: Annotated[tuple[OptOut, ...], Doc("What is done unless a person says no.")] = ()
    renewal: Annotated[Renewal | None, Doc("What becomes of consents when their words change.")] = None
    consent_records: Annotated[ConsentRecords | None, Doc("How long records of consent are kept.")] = None
    urgent_help: Annotated[
        str | None,
        Doc("Where to turn when somebody is in danger, as a sentence: shown beside every box that residents type in."),
    ] = None
    discreet: Annotated[
        bool,
        Doc("Whether the notice's name and words stay out of letters and of titles of the consent pages: yes or no."),
    ] = False
    translation: Annotated[Translation | None, Doc("The state of a translation.")] = None
    says: Annotated[
        tuple[Ident, ...],
        Doc("The standard sections that the text has in its own words: no sentence is added to them."),
    ] = ()
    complete: Annotated[
        bool, Doc("Whether every fact is here: yes has a missing one stop publishing; no (the default) only warns.")
    ] = False
    silence: Annotated[Mapping[str, str], Doc("Rules that do not apply here, each with the reason.")] = field(
        default_factory=dict
    )
    earlier: Annotated[tuple[Earlier, ...], Doc("The notice's history from before it was published here.")] = ()
    retired: Annotated[str | None, Doc("Why the notice is no longer used, as a sentence: publishing retires it.")] = (
        None
    )
    change: Annotated[Change | None, Doc("What the next version changes: 'publish' records it.")] = None

    @property
    def awaits_review(self) -> bool:
        """Whether this is a translation that nobody has reviewed yet: its page says so and takes no consent."""
        return self.translation is not None and self.translation.status is TranslationStatus.AWAITING_REVIEW


@dataclass(frozen=True)
class Section:
    """A part of the text: an id for links, a heading of inline Markdown, and Markdown.

    `anchors` are old ids that lead there.
    """

    id: str
    heading: str
    markdown: str
    anchors: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The text below the heading."""
        return self.markdown


@dataclass(frozen=True)
class BodySection:
    """A section as the editor wrote it. `id` is that of the standard section it opens, or its own, if it has one.

    `first_line` is the line of the file on which its text starts. `anchors` are ids that are not of our form.
    """

    heading: str
    markdown: str
    place: Place
    id: str | None = None
    first_line: int = 1
    anchors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Notice:
    """A working text: one language of one notice, as read from its file.

    `places` maps the path of a facet, such as ``consents.0.id``, to where it stands. `unread` are the paths of facets
    that are written and could not be read, so that nothing calls them missing.
    """

    id: str
    language: str
    facets: Facets
    opening: BodySection | None
    sections: tuple[BodySection, ...]
    places: Mapping[str, Place]
    file: str
    unread: frozenset[str] = frozenset()

    @property
    def parts(self) -> tuple[BodySection, ...]:
        """The whole body: the text before the first heading, if it has one, and the sections."""
        return self.sections if self.opening is None else (self.opening, *self.sections)

    def place(self, path: str) -> Place:
        """Where a facet stands: the nearest enclosing key that is written, else the top of the file."""
        parts = path.split(".")
        while parts:
            if found := self.places.get(".".join(parts)):
                return found
            parts.pop()
        return Place(self.file)
