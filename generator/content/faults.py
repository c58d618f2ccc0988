"""Faults of a file as an editor wrote it: the rules that several modules of this room raise."""

from __future__ import annotations

from generator.rule import ERROR, WARNING, Example, Family, Rule
from generator.scene import WELSH_TOO, Edit, scene

_TITLE = "---\ntitle: Library\n"
_WORDS_AS_WRITTEN = "Every editor's program must read the words as they were written."
_COUNCIL_IN_WELSH = Edit("site.yml", "name: Exampleshire County Council", "name: {en: Example Council, cy: Cyngor}")


def _reading(number: str, title: str, looks_for: str, why: str, fails: str, passes: str) -> Rule:
    family = {"Y": Family.FILE, "F": Family.FACETS, "B": Family.BODY}[number[0]]
    return Rule(number, family, ERROR, title, looks_for, why, Example(file=fails), Example(file=passes))


Y01 = _reading(
    "Y01",
    "A file that cannot be read",
    "Front matter or site.yml that is not YAML, text that is not UTF-8 or has signs that turn words round, front matter without an end.",
    _WORDS_AS_WRITTEN,
    _TITLE + "summary: one: two\n---\n",
    _TITLE + 'summary: "one: two"\n---\n',
)
Y02 = _reading(
    "Y02",
    "Too large or too deep",
    "Files over a million bytes, more than 12 levels, more than ten thousand keys and items, or a thousand sections.",
    "A page must be built in a moment, whatever a file holds.",
    _TITLE + "summary: " + "[" * 20 + "]" * 20 + "\n---\n",
    _TITLE + "summary: Books.\n---\n",
)
Y03 = _reading(
    "Y03",
    "A key written twice",
    "The same key twice in one group.",
    "One of the two would be lost without a word.",
    _TITLE + "title: Parks\n---\n",
    _TITLE + "---\n",
)
Y04 = _reading(
    "Y04",
    "Signs with a meaning of their own",
    "YAML aliases (& and *) and tags (!).",
    "They can make a small file huge, or run a program.",
    _TITLE + "summary: *note\n---\n",
    _TITLE + 'summary: "*note"\n---\n',
)
F01 = _reading(
    "F01",
    "An unknown key",
    "Keys that no fact has; the nearest known one is suggested.",
    "Its text would be lost without a word.",
    _TITLE + "retenion: []\n---\n",
    _TITLE + "retention: []\n---\n",
)
F02 = _reading(
    "F02",
    "A key that is missing",
    "Facts without a key that they cannot do without.",
    "Half a fact cannot be told.",
    _TITLE + "owner: {email: libraries@example.org}\n---\n",
    _TITLE + "owner: {name: Libraries, email: libraries@example.org}\n---\n",
)
F03 = _reading(
    "F03",
    "A text where keys belong, or the reverse",
    "Values of another shape than the key has.",
    "It cannot be told what is meant.",
    _TITLE + "summary: [one, two]\n---\n",
    _TITLE + "summary: One. Two.\n---\n",
)
F04 = _reading(
    "F04",
    "A value that the key cannot have",
    "Ids, addresses, choices and names that are not of the right form; folder names that are taken.",
    "It cannot be told what is meant.",
    _TITLE + "audience: grown-ups\n---\n",
    _TITLE + "audience: adult\n---\n",
)
F05 = _reading(
    "F05",
    "A day that is not one",
    "Dates that are not written like 2026-12-01, or that the calendar does not have.",
    "It cannot be told what is meant.",
    _TITLE + "review_by: 2026-02-30\n---\n",
    _TITLE + "review_by: 2026-02-28\n---\n",
)
F09 = _reading(
    "F09",
    "Text that YAML cuts",
    "A `#` after a space, or a colon or comma between words, in a text that is not in quotes.",
    "The text after it would be missing on the page, and nobody would know.",
    _TITLE + "summary: The library and #books\n---\n",
    _TITLE + 'summary: "The library and #books"\n---\n',
)
B01 = _reading(
    "B01",
    "A heading without words",
    "## with nothing behind it.",
    "WCAG 2.2 success criterion 2.4.6.",
    _TITLE + "---\n## {#one}\n\nText.\n",
    _TITLE + "---\n## One {#one}\n\nText.\n",
)
B02 = _reading(
    "B02",
    "An id that does not work",
    "Ids of headings that are malformed, or that two headings share.",
    "Links would lead nowhere.",
    _TITLE + "---\n## How long {#How long}\n\nText.\n",
    _TITLE + "---\n## How long {#retention}\n\nText.\n",
)
B03 = _reading(
    "B03",
    "A section that is too long",
    "Sections of more than 64,000 characters.",
    "A page must be built in a moment, and readers need headings.",
    _TITLE + "---\n## One\n\n" + "Words. " * 9500 + "\n",
    _TITLE + "---\n## One\n\nWords.\n",
)
F06 = Rule(
    "F06",
    Family.FACETS,
    ERROR,
    "A colour too pale to read",
    "`accent` in site.yml with less contrast to the pages than 4.5 to 1 (WCAG 2.2, 1.4.3).",
    "Links and buttons in it could not be read by everybody.",
    scene(Edit("site.yml", new="theme: {accent: '#ffdd00'}\n"), "check"),
    scene(Edit("site.yml", new="theme: {accent: '#0b5c6b'}\n"), "check"),
)
F08 = Rule(
    "F08",
    Family.FACETS,
    WARNING,
    "A text in a language that the site does not have",
    "Texts of site.yml in a language that is not among its `languages`, beside one that is.",
    "Nobody reads them: the language was taken out, or its code is misspelt.",
    scene(_COUNCIL_IN_WELSH, "check"),
    scene(WELSH_TOO, _COUNCIL_IN_WELSH, "check"),
)
READING = (Y01, Y02, Y03, Y04, F01, F02, F03, F04, F05, F09, B01, B02, B03)
