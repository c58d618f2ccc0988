"""Faults of a file that a translator sends back."""

from __future__ import annotations

from generator.rule import ERROR, Family, Rule
from generator.scene import FILE, WELSH_TOO, Edit, scene

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
E01 = Rule(
    "E01",
    Family.EXCHANGE,
    ERROR,
    "A file that fits no notice",
    "A file that is no exchange of ours, or of a notice or language that is not here.",
    _TAKEN,
    scene(WELSH_TOO, _returned(_NAME, original="parks"), _IMPORT),
    _SENT_WELL,
)
E02 = Rule(
    "E02",
    Family.EXCHANGE,
    ERROR,
    "Texts that do not belong",
    "Texts that come twice, and texts that the notice no longer has.",
    _TAKEN,
    scene(WELSH_TOO, _returned(_NAME, ("title", "Library", "Y llyfrgell")), _IMPORT),
    _SENT_WELL,
)
E03 = Rule(
    "E03",
    Family.EXCHANGE,
    ERROR,
    "A translation that breaks a rule",
    "Texts that came back with something that the notice cannot hold.",
    _TAKEN,
    scene(WELSH_TOO, _returned(("body.section-1.heading", "Our promise", "Ein\nhaddewid")), _IMPORT),
    scene(WELSH_TOO, _returned(("body.section-1.heading", "Our promise", "Ein haddewid")), _IMPORT),
)
E04 = Rule(
    "E04",
    Family.EXCHANGE,
    ERROR,
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
)
E05 = Rule(
    "E05",
    Family.EXCHANGE,
    ERROR,
    "Work that would be lost",
    "A translation on disk that cannot be read, or that has texts of its own.",
    _TAKEN,
    scene(WELSH_TOO, Edit(_TWIN, new="---\ntitle: Llyfrgell\nsummary: Llyfrau\n---\n"), _returned(_NAME), _IMPORT),
    scene(WELSH_TOO, Edit(_TWIN, new="---\ntitle: Llyfrgell\n---\n"), _returned(_NAME), _IMPORT),
)
E06 = Rule(
    "E06",
    Family.EXCHANGE,
    ERROR,
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
)
RULES = (
    E01,
    E02,
    E03,
    E04,
    E05,
    E06,
)
