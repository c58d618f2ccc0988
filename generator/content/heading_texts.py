"""Which standard section a heading's words propose: `How long we keep your information` is probably `retention`. Pure.

A proposal only. Headings of real notices in English and Welsh; the first row that fits counts.
"""

from __future__ import annotations

import re

_PATTERNS = (
    ("joint-controllers", r"joint (?:data )?controllers?|who else is responsible|pwy arall sy.n gyfrifol"),
    (
        "automated-decisions",
        r"automated|(?:decisions? made by|profiling|computers? decid)|penderfyniadau (?:gan|awtomat)",
    ),
    (
        "transfers",
        r"abroad|overseas|outside (?:of )?(?:the )?(?:UK|United Kingdom|EEA|EU|European)|international transfer"
        r"|transfer\w* (?:of )?(?:your )?(?:information|data)|other countries|dramor|gwledydd eraill",
    ),
    (
        "retention",
        r"how long|retention|keep(?:ing)? (?:of )?(?:your )?(?:information|data|records)|storage period|am ba hyd|cadw eich",
    ),
    ("object", r"^(?:your )?right to object|hawl i wrthwynebu"),
    ("complaint", r"complain|not happy|unhappy|concerns?\b|cwyn|nad ydych yn fodlon"),
    ("special-category", r"special categor|sensitive (?:personal )?(?:information|data)|sensitif|categor\w* arbennig"),
    ("criminal-data", r"criminal|offences?\b|about crime|troseddau"),
    ("rights", r"\brights\b|\beich hawliau\b"),
    ("sharing", r"\bshar(?:e|es|ed|ing)\b|disclos|recipients|who (?:else )?(?:has access|sees|can see)|rhannu"),
    ("consent", r"\b(?:your )?consent\b|withdraw|caniatâd"),
    (
        "must-provide",
        r"have to (?:give|provide|tell)|must (?:you|i) (?:give|provide)|do i have to|if you (?:do not|don.t) (?:give|provide)"
        r"|oes rhaid i chi",
    ),
    (
        "sources",
        r"where (?:do )?(?:we|your|the).{0,30}(?:get|got|obtain|collect|come)|sources?\b|how (?:do )?we (?:collect|get|obtain)"
        r"|o ble",
    ),
    (
        "lawful-basis",
        r"(?:legal|lawful) (?:basis|bases|grounds|reasons?)|what (?:the )?law|laws? (?:do|does|that|we)|allows? us"
        r"|sail gyfreithiol|gyfraith",
    ),
    ("dpo", r"data protection officer|\bDPO\b|swyddog diogelu data"),
    ("representative", r"representative|cynrychiolydd"),
    ("controller", r"\bcontroller\b|who (?:we are|is responsible)|identity of|pwy (?:sy.n gyfrifol|ydym ni)"),
    ("updates", r"(?:changes?|updates?) to (?:this|our|the)|when we (?:change|update)|newidiadau i"),
    ("data-subjects", r"whose (?:information|data)|who (?:this|it) is (?:for|about)|gwybodaeth pwy"),
    (
        "purposes",
        r"(?:why|how) (?:do )?we.{0,20}(?:us|need|process|collect)|purposes?\b|what we (?:do|use).{0,40}\bfor\b"
        r"|what (?:do )?we use .{0,40}\bfor|pam (?:rydym|yr ydym)|use of (?:your|personal)",
    ),
    (
        "data",
        r"what (?:personal )?(?:information|data)|(?:information|data) (?:that )?we (?:collect|hold|use|need|process|keep)"
        r"|(?:types?|kinds?|categories) of (?:personal )?(?:information|data)|pa (?:wybodaeth|ddata)",
    ),
)
_COMPILED = tuple((section, re.compile(pattern, re.I)) for section, pattern in _PATTERNS)
_LONGEST = 120


def proposed_section(heading: str) -> str | None:
    """The id of the standard section that a heading seems to be, if any."""
    text = " ".join(heading.split())
    if len(text) > _LONGEST:
        return None
    return next((section for section, pattern in _COMPILED if pattern.search(text)), None)
