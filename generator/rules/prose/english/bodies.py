"""Bodies and people in English that get data about somebody from a council (N08) or give it some (N14)."""

from __future__ import annotations

_PUBLIC_BODIES = (
    r"police(?: forces?)?|forces|courts?|tribunals?|hmrc|hm revenue|revenue and customs|dwp|department (?:for|of) [a-z]+|the department|home office"
    r"|ministry of \w+|cabinet office|nhs\b(?! number)|(?:fire|ambulance|emergency|rescue|immunisation|prison|probation|youth justice|youth offending) (?:\w+ ){0,2}(?:services?|teams?|crews?|authorit\w+|staff)"
    r"|probation|ofsted|estyn|cafcass|care quality commission|cqc|councils?|authorit(?:y|ies)|government\b(?: departments?| agencies)?|regulators?|ombudsm[ae]n"
    r"|auditors?|audit (?:office|wales|commission)|crown prosecution service|cps|valuation office|land registry|companies house|dvla|electoral commission"
    r"|office for national statistics|ons|uk health security agency|ukhsa|public health (?:wales|england|agency)|disclosure and barring service|dbs"
    r"|trading standards|environment agency|natural resources wales|registrars?|inspectors?|inspectorate|safeguarding (?:board|partnership|hub)s?"
    r"|(?:national|general) (?:\w+ )?(?:initiative|agency|council|registry|service|data library)|coroners?|planning inspectorate|passport office"
)
_CARE_AND_SCHOOL = (
    r"gps?|gp practices?|doctors?|surger(?:y|ies)|hospitals?|clinics?|pharmac(?:y|ies|ists?)|health (?:boards?|visitors?|services?|authorit\w+|professionals?)"
    r"|social (?:services|workers?|care)|carers?|clinicians?|schools?|colleges?|universit(?:y|ies)|nurser(?:y|ies)|academ(?:y|ies)|teachers?|governors|exam(?:ination)? boards?"
)
_FIRMS = (
    r"insurers?|insurance compan(?:y|ies)|solicitors?|barristers?|lawyers?|legal (?:advisers?|representatives?|team)|bailiffs?|enforcement agents?"
    r"|debt (?:collectors?|collection \w+)|tracing agents?|(?:credit reference|fraud prevention|fraud|recruitment|benefit|partner|other|relevant|outside) agenc(?:y|ies)"
    r"|agencies|agents?|landlords?|housing associations?|employers?|banks?|contractors?|sub-?contractors?|suppliers?|providers?|processors?|printers?"
    r"|compan(?:y|ies)|firms?|partners?|partner organisations?|organisations?|bodies|third part(?:y|ies)|charit(?:y|ies)|voluntary (?:sector|groups?)|volunteers"
    r"|consultees|researchers?|operators?|bodies|pension (?:fund|scheme|provider)s?|trade unions?|referees?"
)
_PEOPLE = (
    r"councillors?|elected members|members of the public|the (?:general )?public|anyone else|neighbours?|relatives|family members|parents?|witnesses|victims"
    r"|other (?:departments|teams|services|people|forces|professionals?)|another (?:department|team|service)|departments?|colleagues|professionals|trustees|applicants?|political parties|candidates|journalists"
)
BODY = rf"\b(?:{_PUBLIC_BODIES}|{_CARE_AND_SCHOOL}|{_FIRMS}|{_PEOPLE})\b"
"""A body, a firm or people by kind; never the council itself or the reader."""
OPEN_SOURCE = (
    r"\b(?:(?:public(?:ly)?|open(?:ly)?)(?: available| accessible)? (?:\w+ )?(?:registers?|records|sources?|information)|electoral (?:register|roll)|social media|companies house"
    r"|land registry|internet|websites?|newspapers?|press|registers?|databases?|cctv|cameras?|agreement|forms?)\b"
)
"""Things that data is read from, instead of somebody who gives it."""
