"""docs/rules.md, written from the catalogue: `python -m generator.rules.rules_page` brings it up to date."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from pathlib import Path

from generator.content.facets import FACETS
from generator.law.entries import plain_date
from generator.law.statute_book import LAW
from generator.rule import SILENCEABLE, Example, Rule
from generator.rules.catalogue import RULES, why
from generator.scene import NOTICE, PUBLISHED, THERE, TODAY, Edit, Scene

PAGE = Path(__file__).resolve().parents[2] / "docs" / "rules.md"
_LONGEST = 300
GDPR = date(2018, 5, 25)
"""The day since which most of the law holds."""
INTRODUCTION = f"""\
# The rules of `noticeboard check`

<!-- Written by `python -m generator.rules.rules_page` from generator/rules. Change the rules there, not here. -->

An **error** stops publishing. A **warning** is shown and does not, and a **note** is a proposal. A notice can silence a rule that does not fit it,
with a reason, in its front matter:

```yaml
silence:
  N15: The notice of each service says whether people must give their information.
```

The reason is shown in the scorecard of every check. Rules about damaged input, about facts that contradict each other
and about what is already published cannot be silenced.

A fact that the law asks for and that is missing (N01 to N17, N12 aside) is an error in a notice that says `complete: yes`, as
the notices of the examples do, and a warning in others, so that a pasted notice can gain its facts one at a time.

In the examples, keys stand in the front matter of a notice that is otherwise sound, and text stands in its body.
A notice without any facts is published as written: what the check cannot see in its words is a warning there.
Nothing here is legal advice; the sources say where to read more.

Where an example shows commands, the site has one notice, `library`. It was published on {PUBLISHED} and today is {TODAY}:

```markdown
{NOTICE.strip()}
```

The steps are done in their order, and the last command is the one that fails or passes. In the text of a changed file, the
line with `-` was there before and the line with `+` stands there now.
"""


def page() -> str:
    """The whole page."""
    parts = [INTRODUCTION, _table()]
    for family, rules in groupby(RULES, key=lambda rule: rule.family):
        parts.append(f"## {family}\n\n" + ("" if family in SILENCEABLE else "These cannot be silenced.\n"))
        parts += [_rule(rule) for rule in rules]
    return "\n".join(parts).replace("\n\n\n", "\n\n")


def _table() -> str:
    rows = [f"| [{rule.id}](#{_anchor(rule)}) | {rule.level} | {rule.title} |" for rule in RULES]
    return "\n".join(["| rule | level | what |", "|---|---|---|", *rows, ""])


def _anchor(rule: Rule) -> str:
    """The id that code hosts give the heading: lower case, letters, digits and hyphens."""
    kept = "".join(sign for sign in f"{rule.id} {rule.title}".lower() if sign.isalnum() or sign in " -_")
    return kept.replace(" ", "-")


def _rule(rule: Rule) -> str:
    lines = [f"### {rule.id} {rule.title}", "", f"Level: {rule.level}. {rule.looks_for}", "", f"Why: {why(rule)}", ""]
    since = LAW.since(rule.id)
    if since and since > GDPR:
        lines += [f"In force since {plain_date(since)}; `check --date` is silent about it on earlier days.", ""]
    if meeting := [f"`{name}`" for name, row in FACETS.items() if rule.id in row.meets]:
        lines += [f"In the front matter: {', '.join(meeting)}.", ""]
    lines += ["Fails:", "", _example(rule.fails), "", "Passes:", "", _example(rule.passes), ""]
    return "\n".join(lines)


def _scene(shown: Scene) -> str:
    lacking = [f"The package `{shown.lacks}` is not installed."] if shown.lacks else []
    lacking += [f"Another build is writing to `{shown.busy}`."] if shown.busy else []
    return "\n\n".join(
        [
            *lacking,
            *(_edit(step) if isinstance(step, Edit) else _fenced(f"noticeboard {step}", "sh") for step in shown.steps),
        ]
    )


def _edit(edit: Edit) -> str:
    if not edit.old and not edit.new:
        return f"{edit.file} is deleted."
    if not edit.old:
        where = "At the end of" if edit.file in THERE else "A new file,"
        return f"{where} {edit.file}:\n\n{_fenced(edit.new, _language(edit.file), whole=True)}"
    changed = f"- {edit.old}\n+ {edit.new}"
    return f"In {edit.file}:\n\n{_fenced(changed, 'diff')}"


def _language(file: str) -> str:
    return {"md": "markdown", "yml": "yaml", "html": "html", "xlf": "xml"}.get(file.rpartition(".")[2], "text")


def _example(example: Example | Scene) -> str:
    if isinstance(example, Scene):
        return _scene(example)
    if example.file is not None:
        return _fenced(example.file, "yaml")
    parts = []
    without = [f"`{name}`" for name in example.without] + [f"`{name}` in site.yml" for name in example.site_without]
    if without:
        parts.append(
            f"A notice without {' and '.join(without)}:"
            if example.front
            else f"A notice without {' and '.join(without)}."
        )
    if example.languages:
        parts.append(f"site.yml has `languages: {example.languages}`, and there is no notice.cy.md.")
    if example.pictures:
        parts.append(
            f"Beside notice.md lies {' and '.join(f'`{name}`' for name in example.pictures)}, a small picture:"
        )
    if example.site:
        parts += ["In site.yml:", _fenced(example.site, "yaml")]
    if example.front:
        parts.append(_fenced(example.front, "yaml"))
    if example.body:
        parts.append(_fenced(example.body, "markdown"))
    if example.welsh is not None:
        parts += [
            "In notice.cy.md:",
            _fenced(example.welsh or example.welsh_body, "yaml" if example.welsh else "markdown"),
        ]
    return "\n\n".join(parts) or "A notice that says all the law asks for."


def _fenced(text: str, language: str, *, whole: bool = False) -> str:
    shown = text.strip("\n")
    shown = shown if whole or len(shown) <= _LONGEST else f"{shown[:_LONGEST]} ..."
    return f"```{language}\n{shown}\n```"


def main() -> None:
    """Write the page where the docs are."""
    PAGE.write_text(page(), "utf-8", newline="\n")


if __name__ == "__main__":
    main()
