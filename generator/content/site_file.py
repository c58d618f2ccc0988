"""site.yml: who the council is and everything that is the same for all its notices."""

from __future__ import annotations

import calendar
import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Annotated

from generator.content import (
    accent_colour,
    consent_records,
    notice_file,
    own_records,
    web_address,
    withdrawals,
    yaml_tree,
)
from generator.content.consent_records import Counted
from generator.content.decode import EMAIL, Decoder
from generator.content.faults import F04, F05, F06
from generator.content.model import Audience, ConsentRecords, Doc, Email, Ident, Localised, NoticeId, Period, Url
from generator.content.own_records import OwnRecords
from generator.content.retention import Span
from generator.content.web_address import NoAddress
from generator.content.withdrawals import WithdrawalSettings
from generator.problems import Place, Problem, errors_in

FILE = "site.yml"
LANGUAGE = re.compile(r"[a-z]{2,3}")
PICTURE = re.compile(r"[^\s/\\][^\\]*\.(svg|png|webp|jpg)", re.IGNORECASE)
MONTHS = calendar.month_name[1:]
READING_AGE = {Audience.ADULT: 14, Audience.CHILD: 11, Audience.EASY_READ: 9}
"""Ages in years. Of the children's code's age ranges, 11 is the middle of 10 to 12 and 9 the end of 6 to 9."""
DEFAULT_RECORDS = ConsentRecords(Period("6 years"), Period("withdrawal of consent"))


@dataclass(frozen=True)
class Organisation:
    """The controller. UK GDPR articles 13(1)(a) and 14(1)(a)."""

    name: Annotated[Localised, Doc("The controller's full legal name.")]
    short_name: Annotated[Localised | None, Doc("The name that residents use.")] = None
    website: Annotated[Url | None, Doc("The council's own website.")] = None
    email: Annotated[Email | None, Doc("Its mail address.")] = None
    phone: Annotated[str | None, Doc("Its telephone number.")] = None
    address: Annotated[Localised | None, Doc("Its postal address, on one line.")] = None
    ico_registration: Annotated[str | None, Doc("Its number in the register of the Information Commissioner.")] = None


@dataclass(frozen=True)
class DataProtectionOfficer:
    """UK GDPR articles 13(1)(b) and 14(1)(b)."""

    name: Annotated[Localised, Doc("The office or the person.")]
    email: Annotated[Email | None, Doc("The mail address.")] = None
    phone: Annotated[str | None, Doc("The telephone number.")] = None
    address: Annotated[Localised | None, Doc("The postal address, on one line.")] = None


@dataclass(frozen=True)
class Complaints:
    """How to complain to the council itself. Data Protection Act 2018 section 164A."""

    form: Annotated[Url | None, Doc("The electronic form.")] = None
    email: Annotated[Email | None, Doc("A mail address for complaints.")] = None
    phone: Annotated[str | None, Doc("A telephone number for complaints.")] = None
    post: Annotated[Localised | None, Doc("A postal address for complaints, on one line.")] = None


@dataclass(frozen=True)
class Mailbox:
    name: Annotated[Localised, Doc("Who reads it.")]
    email: Annotated[Email | None, Doc("The mail address.")] = None
    phone: Annotated[str | None, Doc("A telephone number.")] = None
    post: Annotated[Localised | None, Doc("A postal address, on one line.")] = None


@dataclass(frozen=True)
class ConsentSettings:
    endpoint: Annotated[
        bool,
        Doc("Whether the consent service answers on the site: yes (the default), or no on a host for plain files."),
    ] = True
    origins: Annotated[tuple[str, ...], Doc("Other sites of the council that may show the consent control.")] = ()
    mailbox: Annotated[
        Mailbox | None, Doc("Who acts on withdrawals where a notice names nobody. Default: the officer.")
    ] = None


class Approval(StrEnum):
    """Whether a version needs somebody's approval before it is published."""

    REQUIRED = "required"
    OPTIONAL = "optional"


@dataclass(frozen=True)
class ThemeLink:
    label: Annotated[Localised, Doc("The words of the link.")]
    href: Annotated[Url, Doc("Where it leads.")]


@dataclass(frozen=True)
class Theme:
    accent: Annotated[str, Doc("The accent colour, such as #0b5c6b.")] = "#0b5c6b"
    logo: Annotated[str | None, Doc("A picture in the site's folder: svg, png, webp or jpg.")] = None
    header_links: Annotated[tuple[ThemeLink, ...], Doc("Links in the head of every page: label and href.")] = ()
    footer_links: Annotated[tuple[ThemeLink, ...], Doc("More links in the foot of every page: label and href.")] = ()
    templates: Annotated[str | None, Doc("A folder whose templates replace those of the same name.")] = None


@dataclass(frozen=True)
class SiteSource:
    """The values of site.yml.

    `base_url` is where the site is published: a host, or a path below one, without a final slash.
    """

    organisation: Annotated[Organisation, Doc("Who is responsible: at least its name.")]
    base_url: Annotated[Url, Doc("The address where the site is published, such as https://privacy.council.example.")]
    data_protection_officer: Annotated[DataProtectionOfficer | None, Doc("The data protection officer.")] = None
    complaints: Annotated[Complaints | None, Doc("How to complain to the council.")] = None
    languages: Annotated[tuple[str, ...], Doc("The languages of the site, the main one first.")] = ("en",)
    financial_year_ends: Annotated[str, Doc("The last day of the financial year, such as 31 March.")] = "31 March"
    academic_year_ends: Annotated[str, Doc("The last day of the academic year, such as 31 August.")] = "31 August"
    primary_notice: Annotated[NoticeId | None, Doc("The id of the council's primary privacy notice.")] = None
    consent: Annotated[ConsentSettings, Doc("Settings of the consent endpoint.")] = ConsentSettings()
    consent_records: Annotated[ConsentRecords, Doc("How long records of consent are kept.")] = DEFAULT_RECORDS
    records: Annotated[OwnRecords, Doc("How long other records about this site are kept.")] = OwnRecords()
    withdrawals: Annotated[WithdrawalSettings, Doc("How soon withdrawals are acted on: act_within.")] = (
        WithdrawalSettings()
    )
    destinations: Annotated[Mapping[str, str], Doc("Names of addresses that a form may return to.")] = field(
        default_factory=dict
    )
    approval: Annotated[
        Approval,
        Doc(
            "required: no version but a typo without `noticeboard approve` by somebody else than its writers; or optional."
        ),
    ] = Approval.OPTIONAL
    reading_age: Annotated[
        Mapping[Audience, int],
        Doc(
            "The age in years at which a notice should be readable, by its audience: {adult: 14, child: 11, easy-read: 9}."
        ),
    ] = field(default_factory=dict)
    welsh_body: Annotated[
        bool,
        Doc("Whether the Welsh Language Standards apply: yes makes a missing Welsh text an error; no is the default."),
    ] = False
    security_measures: Annotated[
        Localised | None,
        Doc("What protects personal data, in general words: for the record of processing only, never published."),
    ] = None
    theme: Annotated[Theme, Doc("Colours, logo and templates.")] = Theme()
    sections: Annotated[tuple[Ident, ...], Doc("The default order of the standard sections.")] = ()
    security_contact: Annotated[
        str | None,
        Doc("Who hears of security problems: a mail address or a page. The data protection officer if not given."),
    ] = None
    print_codes: Annotated[bool, Doc("Whether printed pages carry a QR code: yes (the default) or no.")] = True
    pdf: Annotated[
        bool, Doc("Whether each version is a tagged PDF too: yes or no (the default). Needs the extra pdf.")
    ] = False
    search: Annotated[
        bool, Doc("Whether the full text can be searched: yes or no (the default). Needs the extra search.")
    ] = False

    @property
    def language(self) -> str:
        """The main language."""
        return self.languages[0]

    @property
    def lasting_url(self) -> str:
        """Where the site is published, for words that are frozen: also while a preview shows it at another address."""
        return self.base_url

    @property
    def logo(self) -> str | None:
        """The council's logo as an asset, such as `logo.svg`."""
        return f"logo.{self.theme.logo.rpartition('.')[2].lower()}" if self.theme.logo else None

    @property
    def told_of_security(self) -> str | None:
        """The contact for security problems: an address that starts with https://, or a mail address."""
        officer = self.data_protection_officer
        return self.security_contact or (officer.email if officer else None) or None

    def oldest_reader(self, audience: Audience) -> int:
        """The reading age in years above which a notice is too hard for its audience."""
        return self.reading_age.get(audience, READING_AGE[audience])

    def short_name(self, language: str) -> str:
        """The name residents use."""
        return (self.organisation.short_name or self.organisation.name).in_language(language)

    def year_end(self, span: Span) -> tuple[int, int]:
        """(month, day) of the last day of a calendar, financial or academic year."""
        if span is Span.FINANCIAL_YEAR:
            return self.day(self.financial_year_ends)
        if span is Span.ACADEMIC_YEAR:
            return self.day(self.academic_year_ends)
        return 12, 31

    def day(self, text: str) -> tuple[int, int]:
        """(month, day) of a day written like 31 March."""
        number, month = text.split()
        return MONTHS.index(month.capitalize()) + 1, int(number)


def read(data: bytes, file: str = FILE) -> tuple[SiteSource | None, list[Problem]]:
    """site.yml's bytes to its values, with what is only a warning, or None and every problem in it."""
    text, unreadable = notice_file.decode_text(data, file)
    if text is None:
        return None, unreadable
    tree, problems = yaml_tree.parse(text, file)
    decoder = Decoder(file, _languages(tree))
    if isinstance(tree, yaml_tree.Mapping):
        decoder.unread |= set(yaml_tree.written_keys(text)) - {key.text for key, _ in tree.entries}
    value = decoder.decode(SiteSource, tree, Place(file))
    problems = [*unreadable, *problems, *decoder.problems]
    if value is None or errors_in(problems):
        return None, problems
    problems += _consistency(value, decoder)
    consent, wrong = _with_origins(value.consent, decoder)
    base_url = web_address.base(value.base_url)
    if isinstance(base_url, NoAddress):
        problems.append(F04.problem(decoder.places["base_url"], f"`base_url`: {base_url.wrong}", base_url.remedy))
    problems += wrong
    if errors_in(problems) or isinstance(base_url, NoAddress):
        return None, problems
    return dataclasses.replace(value, consent=consent, base_url=Url(base_url)), problems


def _languages(tree: yaml_tree.Node | None) -> tuple[str, ...]:
    """The languages that the file itself names, needed before its texts are read."""
    if isinstance(tree, yaml_tree.Mapping):
        for key, node in tree.entries:
            if key.text == "languages" and isinstance(node, yaml_tree.Sequence):
                return tuple(item.text for item in node.items if isinstance(item, yaml_tree.Scalar))
            if key.text == "languages" and isinstance(node, yaml_tree.Scalar):
                return (node.text,)
    return SiteSource.languages


def _consistency(site: SiteSource, decoder: Decoder) -> list[Problem]:
    """Rules between values that types alone cannot say."""
    problems = []
    for index, language in enumerate(site.languages):
        if not LANGUAGE.fullmatch(language):
            place = decoder.places.get(f"languages.{index}", Place(decoder.file))
            problems.append(F04.problem(place, f"`{language}` is not a language code.", "Write one like en or cy."))
    for key in ("financial_year_ends", "academic_year_ends"):
        if not _is_day(getattr(site, key)):
            remedy = "Write a day and a month, like 31 March."
            problems.append(F05.problem(decoder.places[key], f"`{key}` is not a day of the year.", remedy))
    for audience, age in site.reading_age.items():
        if not 6 <= age <= 20:
            place = decoder.places[f"reading_age.{audience}"]
            problems.append(F04.problem(place, f"{age} is no reading age.", "Write an age from 6 to 20 years."))
    if site.welsh_body and "cy" not in site.languages:
        remedy = "Write `languages: [en, cy]`, or `welsh_body: no`."
        problems.append(F04.problem(decoder.places["welsh_body"], "A Welsh body's site needs Welsh.", remedy))
    problems += _records(site.consent_records, decoder)
    for key, keep in vars(site.records).items():
        if keep is not None and own_records.counted(keep) is None:
            place = decoder.places[f"records.{key}"]
            problems.append(F04.problem(place, f"`{keep}` is not a plain period.", own_records.REMEDY))
    within = site.withdrawals.act_within
    if withdrawals.time_limit(within) is None:
        place = decoder.places["withdrawals.act_within"]
        problems.append(
            F04.problem(place, f"`{within}` is no time in which to act on a withdrawal.", withdrawals.REMEDY)
        )
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", site.theme.accent):
        remedy = "Write it with six hexadecimal digits in quotes, like '#0b5c6b'."
        problems.append(F04.problem(decoder.places["theme.accent"], "`accent` is not a colour.", remedy))
    elif not accent_colour.readable(site.theme.accent):
        problems.append(_unreadable(site.theme.accent, decoder.places["theme.accent"]))
    if site.theme.logo and (not PICTURE.fullmatch(site.theme.logo) or ".." in site.theme.logo):
        remedy = "Name a file in the folder of site.yml, such as logo.svg."
        problems.append(F04.problem(decoder.places["theme.logo"], "`logo` is not the name of a picture.", remedy))
    if site.security_contact and not (
        EMAIL.fullmatch(site.security_contact) or site.security_contact[:8] == "https://"
    ):
        remedy = "Write one mail address, or an address that starts with https://."
        place = decoder.places["security_contact"]
        problems.append(F04.problem(place, "`security_contact` is no way to reach anybody.", remedy))
    return problems


def _with_origins(consent: ConsentSettings, decoder: Decoder) -> tuple[ConsentSettings, list[Problem]]:
    """The settings with each origin as a browser sends it, each once; and the problems of those that none would send."""
    origins: list[str] = []
    problems = []
    for index, written in enumerate(consent.origins):
        origin = web_address.origin(written)
        if isinstance(origin, NoAddress):
            problems.append(F04.problem(decoder.places[f"consent.origins.{index}"], origin.wrong, origin.remedy))
        else:
            origins.append(origin)
    return dataclasses.replace(consent, origins=tuple(dict.fromkeys(origins))), problems


def _records(records: ConsentRecords, decoder: Decoder) -> list[Problem]:
    meaning = consent_records.read(records.keep, records.after or "")
    if isinstance(meaning, Counted) or meaning.is_period:
        return []
    place = decoder.places.get(f"consent_records.{meaning.key}", decoder.places["consent_records"])
    return [consent_records.L05.problem(place, meaning.wrong, meaning.remedy)]


def _unreadable(accent: str, place: Place) -> Problem:
    """WCAG 2.2 success criterion 1.4.3."""
    ratio = min(accent_colour.contrast(accent, "#ffffff"), accent_colour.contrast(accent, accent_colour.wash(accent)))
    message = f"`accent` is too pale to read: its contrast with the pages is {ratio:.1f} to 1, and 4.5 to 1 is needed."
    near = accent_colour.nearest_readable(accent)
    return F06.problem(place, message, f"The nearest colour that can be read is '{near}'.")


def _is_day(text: str) -> bool:
    number, _, month = text.partition(" ")
    if month.capitalize() not in MONTHS or not number.isdigit():
        return False
    try:
        date(2024, MONTHS.index(month.capitalize()) + 1, int(number))
    except ValueError:
        return False
    return True
