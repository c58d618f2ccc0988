"""Every rule there is. docs/rules.md is written from this table, and the tests run its examples."""

from __future__ import annotations

from generator.law.statute_book import LAW
from generator.rule import ERROR, Example, Family, Rule
from generator.rules import approver, elsewhere, silence
from generator.rules.languages import translation
from generator.rules.law import adequacy, bases, completeness, lawfulness, record_periods, replaced
from generator.rules.text import audience, links, pictures, remnants, tables, typed_marks, wording

_TITLE = "---\ntitle: Library\n"
_SOUND = Example()


def _reading(number: str, title: str, looks_for: str, why: str, fails: str, passes: str) -> Rule:
    family = {"Y": Family.FILE, "F": Family.FACETS, "B": Family.BODY}[number[0]]
    return Rule(number, family, ERROR, title, looks_for, why, Example(file=fails), Example(file=passes))


def _agreeing(number: str, title: str, looks_for: str, why: str, fails: str) -> Rule:
    return Rule(number, Family.CONSISTENCY, ERROR, title, looks_for, why, Example(fails), _SOUND)


_WORDS_AS_WRITTEN = "Every editor's program must read the words as they were written."
READING = (
    _reading(
        "Y01",
        "A file that cannot be read",
        "Front matter or site.yml that is not YAML, text that is not UTF-8 or has signs that turn words round, front matter without an end.",
        _WORDS_AS_WRITTEN,
        _TITLE + "summary: one: two\n---\n",
        _TITLE + 'summary: "one: two"\n---\n',
    ),
    _reading(
        "Y02",
        "Too large or too deep",
        "Files over a million bytes, more than 12 levels, more than ten thousand keys and items, or a thousand sections.",
        "A page must be built in a moment, whatever a file holds.",
        _TITLE + "summary: " + "[" * 20 + "]" * 20 + "\n---\n",
        _TITLE + "summary: Books.\n---\n",
    ),
    _reading(
        "Y03",
        "A key written twice",
        "The same key twice in one group.",
        "One of the two would be lost without a word.",
        _TITLE + "title: Parks\n---\n",
        _TITLE + "---\n",
    ),
    _reading(
        "Y04",
        "Signs with a meaning of their own",
        "YAML aliases (& and *) and tags (!).",
        "They can make a small file huge, or run a program.",
        _TITLE + "summary: *note\n---\n",
        _TITLE + 'summary: "*note"\n---\n',
    ),
    _reading(
        "F01",
        "An unknown key",
        "Keys that no fact has; the nearest known one is suggested.",
        "Its text would be lost without a word.",
        _TITLE + "retenion: []\n---\n",
        _TITLE + "retention: []\n---\n",
    ),
    _reading(
        "F02",
        "A key that is missing",
        "Facts without a key that they cannot do without.",
        "Half a fact cannot be told.",
        _TITLE + "owner: {email: libraries@example.org}\n---\n",
        _TITLE + "owner: {name: Libraries, email: libraries@example.org}\n---\n",
    ),
    _reading(
        "F03",
        "A text where keys belong, or the reverse",
        "Values of another shape than the key has.",
        "It cannot be told what is meant.",
        _TITLE + "summary: [one, two]\n---\n",
        _TITLE + "summary: One. Two.\n---\n",
    ),
    _reading(
        "F04",
        "A value that the key cannot have",
        "Ids, addresses, choices and names that are not of the right form; folder names that are taken.",
        "It cannot be told what is meant.",
        _TITLE + "audience: grown-ups\n---\n",
        _TITLE + "audience: adult\n---\n",
    ),
    _reading(
        "F05",
        "A day that is not one",
        "Dates that are not written like 2026-12-01, or that the calendar does not have.",
        "It cannot be told what is meant.",
        _TITLE + "review_by: 2026-02-30\n---\n",
        _TITLE + "review_by: 2026-02-28\n---\n",
    ),
    _reading(
        "F09",
        "Text that YAML cuts",
        "A `#` after a space, or a colon or comma between words, in a text that is not in quotes.",
        "The text after it would be missing on the page, and nobody would know.",
        _TITLE + "summary: The library and #books\n---\n",
        _TITLE + 'summary: "The library and #books"\n---\n',
    ),
    _reading(
        "B01",
        "A heading without words",
        "## with nothing behind it.",
        "WCAG 2.2 success criterion 2.4.6.",
        _TITLE + "---\n## {#one}\n\nText.\n",
        _TITLE + "---\n## One {#one}\n\nText.\n",
    ),
    _reading(
        "B02",
        "An id that does not work",
        "Ids of headings that are malformed, or that two headings share.",
        "Links would lead nowhere.",
        _TITLE + "---\n## How long {#How long}\n\nText.\n",
        _TITLE + "---\n## How long {#retention}\n\nText.\n",
    ),
    _reading(
        "B03",
        "A section that is too long",
        "Sections of more than 64,000 characters.",
        "A page must be built in a moment, and readers need headings.",
        _TITLE + "---\n## One\n\n" + "Words. " * 9500 + "\n",
        _TITLE + "---\n## One\n\nWords.\n",
    ),
)
SHARED = (
    Rule(
        "S01",
        Family.SHARED,
        ERROR,
        "A name that nothing answers to",
        "`[[name]]` where neither content/shared nor site.yml has that name, or where it does not stand alone.",
        "Readers would see the brackets.",
        Example(body="Write to [[dpo.emial]]."),
        Example(body="Write to [[dpo.email]]."),
    ),
)
CONSISTENCY = (
    _agreeing(
        "L01",
        "A point of article 6 that does not exist",
        "`article` of a lawful basis that is not one of 6(1)(a) to 6(1)(f), or 6(1)(ea); and 6(1)(ea) before 5 February 2026.",
        "UK GDPR article 6(1). The rights of the notice follow from it.",
        "lawful_bases: [{id: task, article: 6(1)(g)}, {id: agreed, article: 6(1)(a)}]",
    ),
    _agreeing(
        "L02",
        "An id used twice",
        "Two purposes, lawful bases or consents with one id.",
        "Records of consent name the id.",
        f"lawful_bases: [{bases.TASK}, {bases.AGREED}, {{id: task, article: 6(1)(c)}}]",
    ),
    _agreeing(
        "L03",
        "A name that points to nothing",
        "The basis of a purpose, the purpose of a consent, or a parent that does not exist.",
        "The fact that it stands for would be lost without a word.",
        "parent: town-hall",
    ),
    _agreeing(
        "L04",
        "Consent asked for what does not rest on it",
        "A consent whose purpose does not rest on article 6(1)(a) alone.",
        "UK GDPR articles 4(11) and 7(4): a yes that changes nothing is no consent.",
        "purposes: [{id: lend, text: lend you books, basis: task}, {id: news, text: send you news, basis: task}]",
    ),
    record_periods.L05,
)
RULES: tuple[Rule, ...] = (
    *READING,
    *pictures.RULES,
    *tables.RULES,
    *SHARED,
    *CONSISTENCY,
    *completeness.RULES,
    bases.G01,
    *lawfulness.RULES,
    record_periods.G12,
    bases.G13,
    bases.G14,
    adequacy.G15,
    replaced.T06,
    *wording.RULES,
    *remnants.RULES,
    *audience.RULES,
    *translation.RULES,
    *links.RULES,
    *typed_marks.RULES,
    *silence.RULES,
    approver.P08,
    *elsewhere.RULES,
)
BY_ID = {rule.id: rule for rule in RULES}


def why(rule: Rule) -> str:
    """Why a rule exists: its own words, or its source of law, which is read when somebody asks."""
    return rule.own_why or LAW.why(rule.id)
