"""Why a version is not published, taken down, called off or restored: the rules of this room."""

from __future__ import annotations

from generator.rule import ERROR, Family, Rule
from generator.scene import BOOKS, PUBLISH, TAKE_DOWN, WELSH_TOO, Edit, scene

_APPROVE = f'{PUBLISH.replace("publish", "approve")} --by reader@example.org --role "Head of libraries"'
_APPROVAL = Edit("site.yml", new="approval: required\n")
_LATER = "publish library --kind clarification --summary Later. --effective 2026-12-24"
P01 = Rule(
    "P01",
    Family.PUBLISHING,
    ERROR,
    "A change that is not described",
    "A version to publish without its kind or summary.",
    "UK GDPR article 12(1): people must be able to see what changed.",
    scene(BOOKS, "publish library"),
    scene(BOOKS, PUBLISH),
)
P02 = Rule(
    "P02",
    Family.PUBLISHING,
    ERROR,
    "A version out of turn",
    "A version that would start before it is published, or before the one before it.",
    "UK GDPR articles 13(3) and 14(4): people are told before.",
    scene(BOOKS, f"{PUBLISH} --effective 2026-11-01"),
    scene(BOOKS, f"{PUBLISH} --effective 2026-12-01"),
)
P03 = Rule(
    "P03",
    Family.PUBLISHING,
    ERROR,
    "Approval that is missing",
    "Where site.yml asks for approval: a version, save a typo, whose very text, kind, summary and day nobody approved who "
    "wrote none of it.",
    "UK GDPR article 5(2): the council must be able to show who decided.",
    scene(_APPROVAL, BOOKS, PUBLISH),
    scene(_APPROVAL, BOOKS, _APPROVE, f"{PUBLISH} --by writer@example.org"),
)
P04 = Rule(
    "P04",
    Family.PUBLISHING,
    ERROR,
    "Two commands at once",
    "A command that writes versions while another one does, and has for half a minute.",
    "Each would read a history that the other is changing.",
    scene(BOOKS, PUBLISH, busy="content"),
    scene(BOOKS, PUBLISH, busy="public"),
)
P05 = Rule(
    "P05",
    Family.PUBLISHING,
    ERROR,
    "A kind that says too little",
    "A `typo` that changes more than slips of the pen; another statement, purpose, recipient or period below `material`; "
    "a new purpose below `new-purpose`. Changed words are read too: a time, an amount, a negation, a country, the legal basis, "
    "or what follows the verbs of sharing, keeping and using. They only read so: --same-meaning answers for them.",
    "UK GDPR articles 7(1), 13(3) and 14(4): people must learn of what changes for them, and may have to be asked again.",
    scene(BOOKS, 'publish library --kind typo --summary "We corrected a word."'),
    scene(BOOKS, PUBLISH),
)
P06 = Rule(
    "P06",
    Family.PUBLISHING,
    ERROR,
    "Work that restoring would lose",
    "A working text that no version was made from, where another text would take its place.",
    "Nothing that somebody wrote is lost.",
    scene(BOOKS, "restore library 1"),
    scene(BOOKS, PUBLISH, "restore library 1"),
)
P09 = Rule(
    "P09",
    Family.PUBLISHING,
    ERROR,
    "A language that cannot follow",
    "A version to publish without a language: one that is not a further language of site.yml, by a day that does not lie "
    "ahead, without a reason, or where nothing else differs.",
    "Residents read the day and the reason, and hold the council to them.",
    scene(WELSH_TOO, BOOKS, f"{PUBLISH} --later ur=2026-12-20 --reason Later."),
    scene(WELSH_TOO, BOOKS, f"{PUBLISH} --later cy=2026-12-20 --reason Later."),
)
R01 = Rule(
    "R01",
    Family.RETRACTING,
    ERROR,
    "The version in force",
    "A version to take down that residents are reading today.",
    "UK GDPR articles 13 and 14: without it there would be no notice.",
    scene(TAKE_DOWN),
    scene(BOOKS, PUBLISH, TAKE_DOWN),
)
R02 = Rule(
    "R02",
    Family.RETRACTING,
    ERROR,
    "A version that never was",
    "A number to take down that was never published.",
    "Nothing can be taken down.",
    scene('retract library 9 --reason "It named a person."'),
    scene(BOOKS, PUBLISH, TAKE_DOWN),
)
R03 = Rule(
    "R03",
    Family.RETRACTING,
    ERROR,
    "A version that has started",
    "A version to call off that counts or has counted, or was taken down.",
    "A text that residents have read as the notice in force stays as it was.",
    scene("call-off library 1"),
    scene(BOOKS, _LATER, "call-off library 2"),
)
PUBLISHING = (P01, P02, P03, P04, P05, P06)
RETRACTING = (R01, R02, R03)
