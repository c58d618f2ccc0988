"""docs/law.md, written from the files of law: `python -m generator.law.law_page` brings it up to date."""

from __future__ import annotations

from pathlib import Path

from generator.law.entries import Adequate, Entry, Named, Replaced, plain_date
from generator.law.statute_book import LAW, Body

PAGE = Path(__file__).resolve().parents[2] / "docs" / "law.md"
INTRODUCTION = """\
# The law that Noticeboard judges by

<!-- Written by `python -m generator.law.law_page` from generator/law/*.toml. Change the law there, not here. -->

The check, the generated sentences and the rights in a notice read the law from the files in `generator/law/`: one file a body of law.
Each entry has its source and the first day on which it holds, and the last one if it has ended. `noticeboard check --date 2026-02-01`
judges by the law of that day. `noticeboard check --ahead` and `noticeboard status` name each published notice that a change of law
breaks, and from which day.

Entries were written from copies of the Acts and of the Commissioner's guidance. The last column names published texts with which
somebody has compared an entry since, and what is still not verified.

Nothing here is legal advice. A data protection officer should compare it with the sources before a council relies on it.

## How to change the law

A change of law is a change of these files and a line in CHANGELOG.md. No code changes.

1. Find the file of the body of law, and the entry. Keys that every entry has: `id`, `source` (the Act, section or SI), and `from` or `awaits`.
   `checked` says where you compared it with a published text, or begins with "not verified:" and says what nobody has compared.
2. **Something ends:** write its last day as `until = 2027-01-30`. Do not delete it: published versions are judged by the law of their day.
3. **Something begins:** add an entry with `from = 2027-01-31`. An entry may share its id with one that ends on the day before.
4. **The day is not known yet:** write `awaits = "what gives the day"` in place of `from`. The entry changes nothing until it has a day.
   Several entries that change together name one `[[day]]` by its id: `from = "commission"`.
5. Patterns (`words`, `near`, `unless`) are regular expressions in single quotes; capitals do not matter. `needles` are lower-case texts of
   which each match has at least one.
6. Run `python -m generator.law.law_page`, `python -m generator.rules.rules_page` and `pytest tests/test_law.py`. A fault in a file names the
   file, the entry and the key.
7. Write the changelog line for officers: what changes, from which day, and what they must do. For example: "From 31 January 2027 the
   Information Commissioner is the Information Commission; `noticeboard check --ahead` lists the notices to publish again."

| kind | what it is | keys of its own |
|---|---|---|
| `rule` | why a rule of the check exists; the rule is silent on days without it | `says` |
| `basis` | a point of article 6(1) | `rights`, `not_for_tasks` |
| `condition` | a recognised legitimate interest of Annex 1 | `name`, `words` |
| `safeguard` | a safeguard of article 22C | `name`, `words` |
| `adequate` | countries that UK law holds adequate | `countries`, `names`, `only`, `words`, `level` |
| `replaced` | words that are wrong since a day | `words`, `needles`, `near`, `unless`, `instead`, `level` |
| `regulator` | name and contacts | `website`, `complaint`, `phone`, `name`, `insert` |
| `day` | a day by name | |
"""


def page() -> str:
    """The whole page."""
    return "\n".join([INTRODUCTION, *(_body(body) for body in LAW.bodies)])


def _body(body: Body) -> str:
    rows = [
        f"| {_what(entry)} | {entry.source} | {_from(entry)} | {plain_date(entry.end)} | {entry.checked} |"
        for entry in body.entries
    ]
    head = [f"## {body.title}", "", f"File: `generator/law/{body.file}`.", ""]
    return "\n".join([*head, "| entry | source | from | until | compared with |", "|---|---|---|---|---|", *rows, ""])


def _from(entry: Entry) -> str:
    return plain_date(entry.start) or f"not known yet: {entry.awaits}"


def _what(entry: Entry) -> str:
    """An entry's id, and what it says in words."""
    said = ""
    if isinstance(entry, Named):
        said = entry.name
    elif isinstance(entry, Adequate):
        said = ", ".join(entry.countries) + (f"; only {entry.only}" if entry.only else "")
    elif isinstance(entry, Replaced):
        said = f"{entry.level}. {entry.instead}"
    return f"`{entry.id}`" + (f": {said}" if said else "")


def main() -> None:
    """Write the page where the docs are."""
    PAGE.write_text(page(), "utf-8", newline="\n")


if __name__ == "__main__":
    main()
