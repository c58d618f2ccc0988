"""Rules that other parts of the program check: on published versions, commands, translators' files, templates, the build."""

from __future__ import annotations

from generator import site_folder, unread
from generator.content import faults, marks, merge_marks
from generator.problems import Level
from generator.rule import ERROR, Example, Family, Rule
from generator.rules import addresses
from generator.scene import BOOKS, FILE, PUBLISH, TAKE_DOWN, WELSH_TOO, Edit, Scene, scene
from generator.versions import lock, version


def _rule(
    number: str,
    family: Family,
    title: str,
    looks_for: str,
    why: str,
    fails: Example | Scene,
    passes: Example | Scene,
    level: Level = ERROR,
) -> Rule:
    return Rule(number, family, level, title, looks_for, why, fails, passes)


_NEVER = "A published text never changes, and anyone can check that: content/versions.lock."
_FIRST, _SECOND = "content/library/versions/1.yml", "content/library/versions/2.yml"
_LOCK, _PREPARED = f"content/{lock.LOCK}", f"content/{lock.PREPARED}"
_UNTOUCHED = scene("status")
_CLEARER = """\
notice: library
version: 2
language: en
published: 2026-11-01
effective: 2026-11-01
change:
  kind: clarification
  summary: It is about books too.
title: Library
sections: []
"""
_STONE = f"""\
retracted:
  digest: {version.digest(b"the words that were taken down")}
  on: 2026-11-01
  reason: It named a person.
notice: library
version: 1
language: en
published: 2026-10-01
effective: 2026-10-01
change:
  kind: clarification
title: Library
"""


def _locked(text: str, file: str) -> str:
    """The line of the lock for a file with that text."""
    return lock.line(version.digest(text.encode()), file.removeprefix("content/"))


HISTORY = (
    _rule(
        "V01",
        Family.HISTORY,
        "A version that changed",
        "Frozen files whose bytes differ from the lock.",
        _NEVER,
        scene(Edit(_FIRST, "This is about the library.", "This is about our library."), "status"),
        _UNTOUCHED,
    ),
    _rule(
        "V02",
        Family.HISTORY,
        "A version that vanished",
        "Files that the lock names and that are not there.",
        _NEVER,
        scene(Edit(_FIRST), "status"),
        _UNTOUCHED,
    ),
    _rule(
        "V03",
        Family.HISTORY,
        "A version that nobody published",
        "Files that the lock does not name.",
        _NEVER,
        scene(Edit(_SECOND, new=_CLEARER), "status"),
        scene(BOOKS, PUBLISH, "status"),
    ),
    _rule(
        "V04",
        Family.HISTORY,
        "A lock that was edited",
        "A lock that is gone, empty or saved in another encoding while there are versions; lines that `publish` did not "
        "write, or that contradict each other. The order of lines means nothing.",
        _NEVER,
        scene(Edit(_LOCK, new="library, version 2: clearer words\n"), "status"),
        _UNTOUCHED,
    ),
    _rule(
        "V05",
        Family.HISTORY,
        "Publishing that was stopped halfway",
        "A version that was written and is not in the lock yet.",
        _NEVER,
        scene(Edit(_SECOND, new=_CLEARER), Edit(_PREPARED, new=_locked(_CLEARER, _SECOND)), "status"),
        scene(Edit(_SECOND, new=_CLEARER), Edit(_PREPARED, new=_locked(_CLEARER, _SECOND)), BOOKS, PUBLISH, "status"),
    ),
    _rule(
        "V06",
        Family.HISTORY,
        "Taking down that was stopped halfway",
        "A tombstone that is not in the lock yet.",
        _NEVER,
        scene(
            Edit(_FIRST),
            Edit(_FIRST, new=_STONE),
            Edit(_PREPARED, new=_locked(_STONE, _FIRST)),
            "status",
        ),
        scene(BOOKS, PUBLISH, TAKE_DOWN, "status"),
    ),
    _rule(
        "V07",
        Family.HISTORY,
        "A chain that is broken",
        "A version whose `previous` is not the digest of the version before it: a file and its line in the lock were "
        "changed together, or both were taken out.",
        _NEVER,
        scene(Edit(_SECOND, new=_CLEARER), Edit(_LOCK, new=_locked(_CLEARER, _SECOND)), "status"),
        scene(BOOKS, PUBLISH, "status"),
    ),
)
_APPROVE = f'{PUBLISH.replace("publish", "approve")} --by reader@example.org --role "Head of libraries"'
_APPROVAL = Edit("site.yml", new="approval: required\n")
PUBLISHING = (
    _rule(
        "P01",
        Family.PUBLISHING,
        "A change that is not described",
        "A version to publish without its kind or summary.",
        "UK GDPR article 12(1): people must be able to see what changed.",
        scene(BOOKS, "publish library"),
        scene(BOOKS, PUBLISH),
    ),
    _rule(
        "P02",
        Family.PUBLISHING,
        "A version out of turn",
        "A version that would start before it is published, or before the one before it.",
        "UK GDPR articles 13(3) and 14(4): people are told before.",
        scene(BOOKS, f"{PUBLISH} --effective 2026-11-01"),
        scene(BOOKS, f"{PUBLISH} --effective 2026-12-01"),
    ),
    _rule(
        "P03",
        Family.PUBLISHING,
        "Approval that is missing",
        "Where site.yml asks for approval: a version, save a typo, whose very text, kind, summary and day nobody approved who "
        "wrote none of it.",
        "UK GDPR article 5(2): the council must be able to show who decided.",
        scene(_APPROVAL, BOOKS, PUBLISH),
        scene(_APPROVAL, BOOKS, _APPROVE, f"{PUBLISH} --by writer@example.org"),
    ),
    _rule(
        "P04",
        Family.PUBLISHING,
        "Two commands at once",
        "A command that writes versions while another one does, and has for half a minute.",
        "Each would read a history that the other is changing.",
        scene(BOOKS, PUBLISH, busy="content"),
        scene(BOOKS, PUBLISH, busy="public"),
    ),
    _rule(
        "P05",
        Family.PUBLISHING,
        "A kind that says too little",
        "A `typo` that changes more than slips of the pen; another statement, purpose, recipient or period below `material`; "
        "a new purpose below `new-purpose`. Changed words are read too: a time, an amount, a negation, a country, the legal basis, "
        "or what follows the verbs of sharing, keeping and using. They only read so: --same-meaning answers for them.",
        "UK GDPR articles 7(1), 13(3) and 14(4): people must learn of what changes for them, and may have to be asked again.",
        scene(BOOKS, 'publish library --kind typo --summary "We corrected a word."'),
        scene(BOOKS, PUBLISH),
    ),
    _rule(
        "P06",
        Family.PUBLISHING,
        "Work that restoring would lose",
        "A working text that no version was made from, where another text would take its place.",
        "Nothing that somebody wrote is lost.",
        scene(BOOKS, "restore library 1"),
        scene(BOOKS, PUBLISH, "restore library 1"),
    ),
    _rule(
        "P07",
        Family.PUBLISHING,
        "Facts about a notice that cannot be read",
        "A `listing.yml` that `publish` or `reviewed` would not have written.",
        "No page can be made with it.",
        scene(Edit("content/library/listing.yml", new="categry: Leisure\n"), "status"),
        scene("reviewed library --next 2027-11-24", "status"),
    ),
    _rule(
        "P09",
        Family.PUBLISHING,
        "A language that cannot follow",
        "A version to publish without a language: one that is not a further language of site.yml, by a day that does not lie "
        "ahead, without a reason, or where nothing else differs.",
        "Residents read the day and the reason, and hold the council to them.",
        scene(WELSH_TOO, BOOKS, f"{PUBLISH} --later ur=2026-12-20 --reason Later."),
        scene(WELSH_TOO, BOOKS, f"{PUBLISH} --later cy=2026-12-20 --reason Later."),
    ),
    _rule(
        "R01",
        Family.RETRACTING,
        "The version in force",
        "A version to take down that residents are reading today.",
        "UK GDPR articles 13 and 14: without it there would be no notice.",
        scene(TAKE_DOWN),
        scene(BOOKS, PUBLISH, TAKE_DOWN),
    ),
    _rule(
        "R02",
        Family.RETRACTING,
        "A version that never was",
        "A number to take down that was never published.",
        "Nothing can be taken down.",
        scene('retract library 9 --reason "It named a person."'),
        scene(BOOKS, PUBLISH, TAKE_DOWN),
    ),
)
_LATER = "publish library --kind clarification --summary Later. --effective 2026-12-24"
CALLING_OFF = (
    _rule(
        "R03",
        Family.RETRACTING,
        "A version that has started",
        "A version to call off that counts or has counted, or was taken down.",
        "A text that residents have read as the notice in force stays as it was.",
        scene("call-off library 1"),
        scene(BOOKS, _LATER, "call-off library 2"),
    ),
)
FILES = (
    site_folder.Y05,
    unread.Y06,
    merge_marks.Y07,
)
_TITLE = "---\ntitle: Library\n---\n"
BODY = (
    _rule(
        "B04",
        Family.BODY,
        "A text that cannot be made into a page",
        "Texts that nest so deeply, or have so many marks, that rendering them takes seconds.",
        "One text must not hold up the whole site.",
        Example(file=f"{_TITLE}{'>' * 8000} Bring the books back.\n"),
        Example(file=f"{_TITLE}> Bring the books back.\n"),
    ),
)
_TWIN = "content/library/notice.cy.md"
_RETURNED, _IMPORT = "library.cy.xlf", "translate import library.cy.xlf"


def _returned(*units: tuple[str, str, str], original: str = "library") -> Edit:
    """A translator's file comes back with these texts: name, English and Welsh."""
    texts = "".join(
        f'<trans-unit id="{name}">\n<source>{source}</source>\n<target>{target}</target>\n</trans-unit>\n'
        for name, source, target in units
    )
    about = f'original="content/{original}/notice.md" source-language="en" target-language="cy" datatype="plaintext"'
    whole = f'<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">\n<file {about}>\n<body>\n{texts}'
    return Edit(_RETURNED, new=f"{whole}</body>\n</file>\n</xliff>\n")


_TAKEN = "Nothing that a translator wrote is lost, and nothing is written that nobody sent."
_NAME = ("title", "Library", "Llyfrgell")
_SENT_WELL = scene(WELSH_TOO, _returned(_NAME), _IMPORT)
_ADDRESS = Edit(FILE, "This is about the library.", "Write to [[dpo.email]].")
EXCHANGE = (
    _rule(
        "E01",
        Family.EXCHANGE,
        "A file that fits no notice",
        "A file that is no exchange of ours, or of a notice or language that is not here.",
        _TAKEN,
        scene(WELSH_TOO, _returned(_NAME, original="parks"), _IMPORT),
        _SENT_WELL,
    ),
    _rule(
        "E02",
        Family.EXCHANGE,
        "Texts that do not belong",
        "Texts that come twice, and texts that the notice no longer has.",
        _TAKEN,
        scene(WELSH_TOO, _returned(_NAME, ("title", "Library", "Y llyfrgell")), _IMPORT),
        _SENT_WELL,
    ),
    _rule(
        "E03",
        Family.EXCHANGE,
        "A translation that breaks a rule",
        "Texts that came back with something that the notice cannot hold.",
        _TAKEN,
        scene(WELSH_TOO, _returned(("body.section-1.heading", "Our promise", "Ein\nhaddewid")), _IMPORT),
        scene(WELSH_TOO, _returned(("body.section-1.heading", "Our promise", "Ein haddewid")), _IMPORT),
    ),
    _rule(
        "E04",
        Family.EXCHANGE,
        "A name in brackets that was lost",
        "Names in double square brackets that stand in a text and not in its translation.",
        _TAKEN,
        scene(
            WELSH_TOO,
            _ADDRESS,
            _returned(("body.opening", "Write to [[dpo.email]].", "Ysgrifennwch atom.")),
            _IMPORT,
        ),
        scene(
            WELSH_TOO,
            _ADDRESS,
            _returned(("body.opening", "Write to [[dpo.email]].", "Ysgrifennwch at [[dpo.email]].")),
            _IMPORT,
        ),
    ),
    _rule(
        "E05",
        Family.EXCHANGE,
        "Work that would be lost",
        "A translation on disk that cannot be read, or that has texts of its own.",
        _TAKEN,
        scene(WELSH_TOO, Edit(_TWIN, new="---\ntitle: Llyfrgell\nsummary: Llyfrau\n---\n"), _returned(_NAME), _IMPORT),
        scene(WELSH_TOO, Edit(_TWIN, new="---\ntitle: Llyfrgell\n---\n"), _returned(_NAME), _IMPORT),
    ),
    _rule(
        "E06",
        Family.EXCHANGE,
        "A remark that is not kept",
        "Remarks in a translation whose facts changed.",
        _TAKEN,
        scene(
            WELSH_TOO,
            Edit(_TWIN, new="---\n# Y gair cywir yw llyfrgell.\ntitle: Llyfrgell\naudience: child\n---\n"),
            _returned(_NAME),
            _IMPORT,
        ),
        scene(
            WELSH_TOO,
            Edit(_TWIN, new="---\n# Y gair cywir yw llyfrgell.\ntitle: Llyfrgell\n---\n"),
            _returned(_NAME),
            _IMPORT,
        ),
    ),
)
_COUNCIL_IN_WELSH = Edit("site.yml", "name: Exampleshire County Council", "name: {en: Example Council, cy: Cyngor}")
_STRINGS = "templates/strings/ours"

OUTPUT = (
    faults.F06,
    faults.F08,
    marks.F07,
    _rule(
        "W01",
        Family.WORDS,
        "A word that one language lacks",
        "Keys of templates/strings that one language has and another has not.",
        "A reader would meet an empty space.",
        scene(
            WELSH_TOO,
            Edit(f"{_STRINGS}.en.yml", new="ours:\n  hello: Hello\n  thanks: Thank you\n"),
            Edit(f"{_STRINGS}.cy.yml", new="ours:\n  hello: Helo\n"),
            "build",
        ),
        scene(
            WELSH_TOO,
            Edit(f"{_STRINGS}.en.yml", new="ours:\n  hello: Hello\n"),
            Edit(f"{_STRINGS}.cy.yml", new="ours:\n  hello: Helo\n"),
            "build",
        ),
    ),
    _rule(
        "W02",
        Family.WORDS,
        "A mark that nothing fills",
        "Marks such as {name} that one language has and the main one has not.",
        "A reader would meet the mark.",
        scene(
            WELSH_TOO,
            Edit(f"{_STRINGS}.en.yml", new='ours:\n  hello: "Hello {name}"\n'),
            Edit(f"{_STRINGS}.cy.yml", new='ours:\n  hello: "Helo {nmae}"\n'),
            "build",
        ),
        scene(
            WELSH_TOO,
            Edit(f"{_STRINGS}.en.yml", new='ours:\n  hello: "Hello {name}"\n'),
            Edit(f"{_STRINGS}.cy.yml", new='ours:\n  hello: "Helo {name}"\n'),
            "build",
        ),
    ),
    _rule(
        "W03",
        Family.WORDS,
        "A template that cannot be used",
        "Templates of the site's own with a mistake, or with a name that has no value; a site.css without a place for the accent colour.",
        "No page can be made with it.",
        scene(Edit("templates/404.html", new="{% if page.title %}{{ page.title }}\n"), "build"),
        scene(Edit("templates/404.html", new="{% if page.title %}{{ page.title }}{% endif %}\n"), "build"),
    ),
    _rule(
        "O01",
        Family.OUTPUT,
        "A folder that is not ours",
        "A folder for the site that holds something no build wrote.",
        "Nothing of somebody else's is deleted.",
        scene(Edit("photographs/holiday.txt", new="By the sea.\n"), "build --out photographs"),
        scene("build --out public"),
    ),
    _rule(
        "O02",
        Family.OUTPUT,
        "An extra that is missing",
        "`pdf` or `search` in site.yml, where the program for it is not installed or stops.",
        "A site that lacks what was asked for must not look finished.",
        scene(Edit("site.yml", new="search: yes\n"), "build", lacks="pagefind"),
        scene(Edit("site.yml", new="search: no\n"), "build", lacks="pagefind"),
    ),
    addresses.O03,
    _rule(
        "O04",
        Family.OUTPUT,
        "Two builds at once",
        "A build of a folder that another build is writing to, and has been for ten seconds.",
        "Each would write over the other's pages.",
        scene("build --out public", busy="public"),
        scene("build --out elsewhere", busy="public"),
    ),
)
RULES = (*FILES, *HISTORY, *PUBLISHING, *CALLING_OFF, *BODY, *EXCHANGE, *OUTPUT)
