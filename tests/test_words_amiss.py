"""Findings of the check in a pasted text: each fault in several forms, beside neighbours that are no fault."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from generator.content import gaps
from generator.problems import Problem
from generator.rules.check import inspect
from generator.rules.text import wording
from tests.pattern_texts import texts
from tests.site_fixtures import make_site, publish, read

AMISS = {
    "G01": (
        "We run this under the Housing Act 2004. It is also in our legitimate interests.",
        "Our public task. The legal basis is legitimate interests of the department, Article 6(1)(f).",
        "It serves the council's legitimate interests as well as our statutory duties.",
    ),
    "G05": (
        "The lawful basis is our public task. You have the right to be forgotten.",
        "This is a legal obligation.\n\n## Your rights\n\n- the right to data portability",
        "We process it under Article 6(1)(e). You have the right to have your data erased.",
    ),
    "G07": (
        "We collect special category data such as your gender and health. Article 9(2)(g).",
        "Special category data: nationality, religion. We rely on Article 9(2)(g).",
        "We hold special category information (criminal allegations) under Article 9(2)(g).",
        "## Special category data\n\n- health\n- marital status\n\nArticle 9(2)(h).",
    ),
    "G08": (
        "We collect your name, religion and ethnicity.",
        "We hold information on any disability you have.",
        "## What information we hold\n\n- name\n- sexual orientation",
        "Rydym yn casglu eich enw a’ch crefydd.",
    ),
    "T04": ("Consectetur adipiscing elit.", "Sed ut perspiciatis unde omnis.", "Pellentesque habitant morbi."),
    "T05": ("Draft v1.0", "This is a draft for consultation.", "Privacy notice DRAFT 2"),
    "T08": (
        "We keep your data no longer than is necessary.",
        "It is kept for as long as necessary.",
        "Cedwir y data cyhyd ag y bo angen.",
        "Under data protection law we keep it no longer than necessary.",
        "We hold your notes as long as it’s needed.",
        "Byddwn yn cadw eich data am gyhyd ag y bydd ei angen.",
        "Ni fyddwn yn cadw’r data yn hirach nag sydd angen.",
        "Your file is held until it is no longer needed.",
        "We store the recordings for an appropriate length of time.",
        "## How long we keep it\n\nFor as long as they are needed.",
    ),
    "T13": ("We share it with with the police.", "The\nthe council.", "Rydym ni ni yma."),
    "T14": ("Controller:\n\n## Next\n\nText.", "Retention:\n\nRecipients:\n\nThe police.", "Hello.\n\n**Complaints:**"),
    "T15": (
        "Last updated: 3 May 2019",
        "**This page was last reviewed on 2020-01-31.**",
        "Diweddarwyd ddiwethaf: 3 Mai 2019",
        "Last updated: 11/24/2026",
        "Last updated: 23.11.2026",
    ),
    "T16": (
        "We keep case files for six years.\n\nCase files are kept for 5 years.",
        "Your photographs are stored for 12 months. We will keep your photographs for 2 years.",
        "We keep the deeds for twenty-five years.\n\nThe deeds are kept for 15 years.",
    ),
    "T17": (
        "See **our rules.",
        "Read [it](https://www.example.org/a b).",
        "• one • two",
        "Text ### Heading",
        "Mr\\s Smith.",
    ),
    "T18": ("The GDPR gives you rights.", "We follow the General Data Protection Regulation.", "Yn unol â GDPR."),
    "K07": (
        "Our policy [can be seen here](https://www.example.org).",
        "[More information](https://www.example.org)",
        "[cliciwch yma i weld](https://www.example.org)",
        "[Read more](https://www.example.org)",
    ),
    "K13": (
        "[a@example.org](mailto:b@example.org)",
        "[www.example.org](https://elsewhere.example/page)",
        "[https://www.example.org/a](https://example.net/a)",
    ),
}
SOUND = {
    "G01": (
        "We cannot rely on legitimate interests, because we act under the Housing Act 2004.",
        "A recognised legitimate interest allows us to protect people in an emergency; public task otherwise.",
        "Our shop sells mugs. It is in our legitimate interests.",
    ),
    "G05": (
        "We rely on your consent to do so. You have the right to be forgotten.",
        "The lawful basis is our public task. The right to erasure does not apply.",
        "The lawful basis is our public task. You have the right to object.",
        "You have the right to be forgotten.",
    ),
    "G07": (
        "We collect special category data (such as health) and criminal offence data. Article 9(2)(g).",
        "We hold special category data: religion and health. We also ask for your gender. Article 9(2)(h).",
    ),
    "G08": (
        "We collect your name and religion. We rely on Article 9(2)(g).",
        "Environmental health officers visit shops.",
        "We treat everybody equally, whatever your religion.",
        "We do not collect your ethnicity.",
        "The health service runs a race.",
    ),
    "T04": ("Data ad hoc, pro rata and vice versa.",),
    "T05": ("We draft 3 letters a day.", "Drafting rules is our work."),
    "T08": (
        "It is kept for as long as necessary, and then reviewed each March.",
        "We keep it for as long as necessary.\n\nThat means six years after the case is closed.",
        "The road will be closed no longer than necessary.",
        "We keep it as long as needed, depending on the kind of case.",
        "Files are held no longer than necessary: the table below has each kind.",
        "We will not keep you waiting longer than necessary.",
        "Your file is held until it is no longer needed, which the Example Act 1999 sets at ten years.",
    ),
    "T13": ("We know that that is so.", "He had had enough.", "The 10 10 am bus.", "Baden-Baden is a town. No no."),
    "T14": ("We hold:\n\n- your name", "Contact:\n\noffice@example.org", "| Record: | Time: |\n|---|---|\n| a | b |"),
    "T15": (
        "Last updated: 24 November 2026",
        "Last updated: 24/11/2026",
        "Reviewed on 24th of Nov 2026",
        "Diweddarwyd ddiwethaf: 24 Tachwedd 2026",
        "The hall was last painted on 3 May 2019, and people liked it.",
    ),
    "T16": (
        "We keep case files for six years.\n\nCase files are kept for 6 years.",
        "We keep case files for six years. Case files are kept for 10 years if there is an appeal.",
        "We keep loans for a year. We keep fines for two years.",
        "We keep the deeds for twenty-five years.\n\nThe deeds are kept for 25 years.",
    ),
    "T17": (
        "See **our rules** and `**`.",
        "[a](https://www.example.org/x_(y))",
        "C# and #1.",
        "One.\n\n***\n\nTwo.",
        "| a | b |\n|---|---|\n| 1 | 2 |",
        "A \\* star.",
    ),
    "T18": ("We follow the UK GDPR. The GDPR helps.", "The UK General Data Protection Regulation (GDPR).", "GDPR y DU"),
    "K07": ("[our retention schedule](https://www.example.org)", "[See how we use your data](https://www.example.org)"),
    "K13": (
        "[A@example.org](mailto:a@example.org?subject=Hello)",
        "[www.example.org/page](https://example.org/page)",
        "[Write to us](mailto:a@example.org)",
    ),
}
ROWS = [
    (rule, text, wrong)
    for table, wrong in ((AMISS, True), (SOUND, False))
    for rule, texts in table.items()
    for text in texts
]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, tuple[Problem, ...]]:
    """The findings of the check in every row, each a notice of one site."""
    root = tmp_path_factory.mktemp("site")
    for number, (_, text, _) in enumerate(ROWS):
        make_site(root, f"---\ntitle: Notice\n---\n{text}\n", notice_id=f"n{number}")
    site = read(root)
    return {
        row[1]: inspect(site, site.notices[f"n{number}", "en"], date(2026, 11, 24)).problems
        for number, row in enumerate(ROWS)
    }


@pytest.mark.parametrize(("rule", "text", "wrong"), ROWS)
def test_a_fault_is_found_and_its_neighbour_is_not(
    rule: str, text: str, wrong: bool, found: Mapping[str, tuple[Problem, ...]]
) -> None:
    problems = [problem for problem in found[text] if problem.rule == rule]
    assert bool(problems) is wrong
    assert all(problem.message.endswith((".", "”", "»")) and problem.remedy for problem in problems)


def test_a_draft_in_the_title_is_found(tmp_path: Path) -> None:
    site = read(make_site(tmp_path, "---\ntitle: Parks notice Draft v1.0\n---\nHello.\n"))
    (problem,) = [one for one in inspect(site, site.notices["library", "en"]).problems if one.rule == "T05"]
    assert problem.place.line == 2


def test_a_typed_day_may_be_that_of_the_newest_version(tmp_path: Path) -> None:
    root = make_site(tmp_path, "---\ntitle: Parks\n---\nHello.\n\nLast updated: 1 October 2026\n")
    assert publish(root, "2026-10-01", "First.") == 0
    site = read(root)
    assert "T15" not in {
        problem.rule for problem in inspect(site, site.notices["library", "en"], date(2026, 11, 24)).problems
    }


@pytest.mark.parametrize("phrase", wording.PHRASES, ids=lambda one: one.rule.id)
def test_each_match_of_a_phrase_has_a_needle_so_that_it_is_looked_for(phrase: wording.Phrase) -> None:
    found = texts(phrase.pattern)
    assert found
    assert [text for text in found if not any(needle in text.lower() for needle in phrase.needles)] == []


def test_each_gap_has_a_sign_by_which_it_is_looked_for() -> None:
    assert [text for text in texts(gaps.GAP) if not any(sign in text for sign in wording.GAP_SIGNS)] == []
