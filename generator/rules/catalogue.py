"""Every rule there is. docs/rules.md is written from this table, and the tests run its examples."""

from __future__ import annotations

from generator.rules import completeness, lawfulness, links, silence, translation, wording
from generator.rules.rule import ERROR, Example, Family, Rule

_TITLE = "---\ntitle: Library\n"
_SOUND = Example()


def _reading(number: str, title: str, looks_for: str, why: str, fails: str, passes: str) -> Rule:
    family = {"Y": Family.FILE, "F": Family.FACETS, "B": Family.BODY}[number[0]]
    return Rule(number, family, ERROR, title, looks_for, why, Example(file=fails), Example(file=passes))


def _agreeing(number: str, title: str, looks_for: str, why: str, fails: str) -> Rule:
    return Rule(number, Family.CONSISTENCY, ERROR, title, looks_for, why, Example(fails), _SOUND)


def _elsewhere(number: str, family: Family, title: str, looks_for: str, why: str, told: str) -> Rule:
    return Rule(number, family, ERROR, title, looks_for, why, told=told)


_WORDS_AS_WRITTEN = "What is read must be what was written, in every editor's program."
READING = (
    _reading(
        "Y01",
        "A file that cannot be read",
        "Front matter or site.yml that is not YAML, text that is not UTF-8, front matter without an end.",
        _WORDS_AS_WRITTEN,
        _TITLE + "summary: one: two\n---\n",
        _TITLE + 'summary: "one: two"\n---\n',
    ),
    _reading(
        "Y02",
        "Too large or too deep",
        "Files over a million bytes, more than 12 levels, or more than ten thousand keys and items.",
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
        "Keys that no facet has; the nearest known one is suggested.",
        "What it says would be lost without a word.",
        _TITLE + "retenion: []\n---\n",
        _TITLE + "retention: []\n---\n",
    ),
    _reading(
        "F02",
        "A key that is missing",
        "Facets without a key that they cannot do without.",
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
        "Ids of headings that are malformed, that two headings share, or that are nearly a standard section's.",
        "Links would lead nowhere, or the standard section would appear twice.",
        _TITLE + "---\n## How long {#retentoin}\n\nText.\n",
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
        "`article` of a lawful basis that is not one of 6(1)(a) to 6(1)(f), or 6(1)(ea).",
        "UK GDPR article 6(1). The rights of the notice follow from it.",
        "lawful_bases: [{id: task, article: 6(1)(g)}, {id: agreed, article: 6(1)(a)}]",
    ),
    _agreeing(
        "L02",
        "An id used twice",
        "Two purposes, lawful bases or consents with one id.",
        "Records of consent name the id.",
        "lawful_bases: [{id: task, article: 6(1)(e)}, {id: agreed, article: 6(1)(a)}, {id: task, article: 6(1)(c)}]",
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
)
_NEVER = "What people read never changes, and anyone can check that: content/versions.lock."
_SLOW = "One text must not hold up the whole site."
_TAKEN = "Nothing that a translator wrote is lost, and nothing is written that nobody sent."
ELSEWHERE = (
    _elsewhere("V01", Family.HISTORY, "A version that changed", "Frozen files whose bytes differ from the lock.", _NEVER, "A word in versions/1.yml is changed."),
    _elsewhere("V02", Family.HISTORY, "A version that vanished", "Files that the lock names and that are not there.", _NEVER, "versions/1.yml is deleted."),
    _elsewhere("V03", Family.HISTORY, "A version that nobody published", "Files that the lock does not name.", _NEVER, "versions/2.yml is copied from elsewhere."),
    _elsewhere("V04", Family.HISTORY, "A lock that was edited", "Lines of the lock that `publish` did not write.", _NEVER, "The lock is overwritten."),
    _elsewhere("V05", Family.HISTORY, "Publishing that was stopped halfway", "A version that was written and is not in the lock yet.", _NEVER, "The computer is switched off during `publish`."),
    _elsewhere("V06", Family.HISTORY, "Taking down that was stopped halfway", "A tombstone that is not in the lock yet.", _NEVER, "The computer is switched off during `retract`."),
    _elsewhere("P01", Family.PUBLISHING, "A change that is not described", "A version to publish without its kind or summary.", "UK GDPR article 12(1): people must be able to see what changed.", "`publish library` without --kind and --summary, and without `change`."),
    _elsewhere("P02", Family.PUBLISHING, "A version out of turn", "A version that would start before it is published, or before the one before it.", "UK GDPR articles 13(3) and 14(4): people are told before.", "`publish --effective` with a day that has passed."),
    _elsewhere("P03", Family.PUBLISHING, "Approval that is missing", "A version without who approved it and when, or approved on a day to come, where site.yml asks for approval.", "UK GDPR article 5(2): the council must be able to show who decided.", "`publish` without --approved-by."),
    _elsewhere("R01", Family.RETRACTING, "The version in force", "A version to take down that residents are reading today.", "UK GDPR articles 13 and 14: without it there would be no notice.", "`retract library 2` while version 2 counts."),
    _elsewhere("R02", Family.RETRACTING, "A version that never was", "A number to take down that was never published.", "Nothing can be taken down.", "`retract library 99`."),
    _elsewhere("B04", Family.BODY, "A text that cannot be made into a page", "Texts that nest so deeply, or have so many marks, that rendering them takes seconds.", _SLOW, "Eight thousand opening brackets in a row."),
    _elsewhere("E01", Family.EXCHANGE, "A file that fits no notice", "A file that is no exchange of ours, or of a notice or language that is not here.", _TAKEN, "The file of another council."),
    _elsewhere("E02", Family.EXCHANGE, "Texts that do not belong", "Texts that come twice, and texts that the notice no longer has.", _TAKEN, "A translator copies a unit."),
    _elsewhere("E03", Family.EXCHANGE, "A translation that breaks a rule", "Texts that came back with something that the notice cannot hold.", _TAKEN, "The sign of a heading is lost."),
    _elsewhere("E04", Family.EXCHANGE, "A name in brackets that was lost", "Names in double square brackets that stand in a text and not in its translation.", _TAKEN, "`[[dpo.email]]` is translated."),
    _elsewhere("E05", Family.EXCHANGE, "Work that would be lost", "A translation on disk that cannot be read, or that has texts of its own.", _TAKEN, "notice.cy.md is damaged."),
    _elsewhere("E06", Family.EXCHANGE, "A remark that is not kept", "Remarks in a translation whose facts changed.", _TAKEN, "A remark for colleagues in notice.cy.md."),
    _elsewhere("F06", Family.FACETS, "A colour too pale to read", "`accent` in site.yml with less contrast to the pages than 4.5 to 1 (WCAG 2.2, 1.4.3).", "Links and buttons in it could not be read by everybody.", "`accent: '#ffdd00'`."),
    _elsewhere("W01", Family.WORDS, "A word that one language lacks", "Keys of templates/strings that one language has and another has not.", "A reader would meet an empty space.", "templates/strings/cy.yml without `page.contents`."),
    _elsewhere("W02", Family.WORDS, "A mark that nothing fills", "Marks such as {name} that one language has and the main one has not.", "A reader would meet the mark.", "{nmae} in templates/strings/cy.yml."),
    _elsewhere("W03", Family.WORDS, "A template that cannot be used", "Templates of the site's own with a mistake, or with a name that has no value.", "No page can be made with it.", "{% if page.title %} without {% endif %} in templates/page.html."),
    _elsewhere("O01", Family.OUTPUT, "A folder that is not ours", "A folder for the site that holds something no build wrote.", "Nothing of somebody else's is deleted.", "`build --out` with a folder of photographs."),
    _elsewhere("O02", Family.OUTPUT, "An extra that is missing", "`pdf` or `search` in site.yml, where the program for it is not installed or stops.", "A site that lacks what was asked for must not look finished.", "`search: yes` where Pagefind is not installed."),
    _elsewhere("O03", Family.OUTPUT, "An old address that is taken", "`aliases` that name the address of another page.", "One of the two pages would be lost without a word.", "`aliases: [/parking/]` where there is a notice `parking`."),
    _elsewhere("O04", Family.OUTPUT, "Two builds at once", "A build of a folder that another build is writing to.", "Each would write over the other's pages.", "Two people run `build` in one folder at the same time."),
)  # fmt: skip
RULES: tuple[Rule, ...] = (
    *READING,
    *SHARED,
    *CONSISTENCY,
    *completeness.RULES,
    *lawfulness.RULES,
    *wording.RULES,
    *translation.RULES,
    *links.RULES,
    *silence.RULES,
    *ELSEWHERE,
)
BY_ID = {rule.id: rule for rule in RULES}
