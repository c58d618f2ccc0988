"""Every rule of the catalogue, by its own examples; and all of them together on one file."""

from __future__ import annotations

import ast
import importlib
import re
from datetime import date
from pathlib import Path

import pytest

from generator import repository
from generator.content.model import ChangeKind
from generator.pages import theme
from generator.problems import Level, errors_in
from generator.publishing import publish as publishing
from generator.publishing import storing
from generator.rule import Example, Family, Rule
from generator.rules import catalogue, check, rules_page
from generator.rules.check import State
from generator.scene import Scene
from generator.wording.strings import Words
from tests.rooms import MODULES, tree
from tests.rule_fixtures import BODY, SOUND, changed, make, play, problems
from tests.site_fixtures import PROJECT, SITE, publish, write_notice

ON_A_NOTICE = [rule for rule in catalogue.RULES if isinstance(rule.fails, Example)]
IN_STEPS = [rule for rule in catalogue.RULES if isinstance(rule.fails, Scene)]


def named(rule: Rule) -> str:
    return rule.id


@pytest.mark.parametrize("rule", ON_A_NOTICE, ids=named)
def test_a_rule_tells_of_its_failing_example(rule: Rule, tmp_path: Path) -> None:
    assert isinstance(rule.fails, Example)
    found = [problem for problem in problems(make(tmp_path, rule.fails)) if problem.rule == rule.id]
    assert found
    assert all(problem.message.endswith((".", "”")) and problem.remedy for problem in found)
    assert rule.level in {problem.level for problem in found}


@pytest.mark.parametrize("rule", ON_A_NOTICE, ids=named)
def test_a_rule_is_silent_on_its_passing_example(rule: Rule, tmp_path: Path) -> None:
    assert isinstance(rule.passes, Example)
    found = problems(make(tmp_path, rule.passes))
    assert [problem for problem in found if problem.rule == rule.id] == []
    assert errors_in(found) == []


def test_the_notice_that_examples_start_from_breaks_no_rule(tmp_path: Path) -> None:
    assert problems(make(tmp_path, Example(welsh=""))) == []


@pytest.mark.parametrize("rule", IN_STEPS, ids=named)
def test_the_steps_that_break_a_rule_are_told_of_and_those_that_keep_it_are_not(
    rule: Rule, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert isinstance(rule.fails, Scene) and isinstance(rule.passes, Scene)
    result, said = play(rule.fails, tmp_path / "fails", monkeypatch, capsys)
    assert f"[{rule.id}]" in said
    expected = 2 if rule.fails.lacks else 0 if "warning" in said and "error:" not in said else 1
    assert result == expected, said
    result, said = play(rule.passes, tmp_path / "passes", monkeypatch, capsys)
    assert (result, f"[{rule.id}]" in said) == (0, False), said


def test_every_rule_has_an_example_that_breaks_it_and_one_that_keeps_it() -> None:
    assert len(catalogue.RULES) == len({*ON_A_NOTICE, *IN_STEPS})
    assert [rule.id for rule in catalogue.RULES if rule.fails == rule.passes] == []


def test_ids_are_given_once() -> None:
    assert len(catalogue.BY_ID) == len(catalogue.RULES)


def test_the_generator_s_problems_come_from_rules_and_never_from_a_bare_id() -> None:
    """The desk alone uses `error`: its own D01, K01 and so on are no part of `noticeboard check`."""
    users = {
        name
        for name, path in MODULES.items()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom) and node.module == "generator.problems"
        if "error" in {found.name for found in node.names}
    }
    assert users
    assert [name for name in users if name.startswith("generator.")] == []
    texts = [path.read_text("utf-8") for path in MODULES.values()]
    raised = {found for text in texts for found in re.findall(r'\b(?:error|Problem)\(\s*"([A-Z]\d\d)"', text)}
    assert raised
    assert {number for number in raised if number[0] not in "DK"} == set()


def test_a_rule_that_stands_beside_its_code_alone_is_missed_by_name() -> None:
    """Adding a check as docs/architecture.md describes it: a rule in any room, and the catalogue that collects it."""
    page = (PROJECT / "docs" / "architecture.md").read_text("utf-8")
    (row,) = (line for line in page.splitlines() if line.startswith("| a check |"))
    for place in ("`generator/rules/`", "`generator/rules/catalogue.py`", "`python -m generator.rules.rules_page`"):
        assert place in row
    texts = {name: path.read_text("utf-8") for name, path in MODULES.items() if name.startswith("generator.")}
    homes = [importlib.import_module(name) for name, text in texts.items() if "generator.rule import" in text]
    written = {value.id for home in homes for value in vars(home).values() if isinstance(value, Rule)}
    assert sorted(written - set(catalogue.BY_ID)) == []


def test_the_page_of_rules_is_the_catalogue_s() -> None:
    assert rules_page.PAGE.read_text("utf-8") == rules_page.page(), "run: python -m generator.rules.rules_page"


def test_the_law_s_list_is_whole() -> None:
    listed = [rule.id for rule in catalogue.RULES if rule.family is Family.COMPLETENESS]
    assert listed == [f"N{number:02}" for number in range(1, 14)] + ["N13b"] + [f"N{n}" for n in range(14, 19)]


def test_a_pasted_notice_is_warned_and_not_refused(tmp_path: Path) -> None:
    found = problems(make(tmp_path, Example(file="---\ntitle: Parks\n---\nHello.\n")))
    assert {problem.level for problem in found} == {Level.WARNING}
    assert {"N04", "N05", "N10", "N13"} <= {problem.rule for problem in found}


def test_words_that_say_it_count_in_a_pasted_notice(tmp_path: Path) -> None:
    text = (
        "---\ntitle: Parks\n---\nWe keep it for a year. Our Data Protection Officer can help: dpo@example.org. "
        "You can complain to the ICO, telephone 0303 123 1113.\n"
    )
    told = {problem.rule for problem in problems(make(tmp_path, Example(file=text)))}
    assert not {"N03", "N10", "N13"} & told
    assert {"N05", "N13b"} <= told


def test_words_that_say_it_only_perhaps_are_quoted_and_not_counted(tmp_path: Path) -> None:
    text = "---\ntitle: Parks\n---\nHello.\n\nWe keep your name for as long as necessary.\n"
    root = make(tmp_path, Example(file=text))
    found = repository.read(root)
    inspected = check.inspect(found, found.notices["library", "en"])
    (score,) = [score for score in inspected.scores if score.rule.id == "N10"]
    assert (score.state, score.detail) == (State.PERHAPS, "«We keep your name for as long as necessary.»")
    (problem,) = [problem for problem in inspected.problems if problem.rule == "N10"]
    assert (problem.level, problem.place.line) == (Level.WARNING, 6)
    assert "«We keep your name" in problem.message


@pytest.mark.parametrize(
    ("reason", "facets", "untold"),
    [
        ("You withdraw your consent at the desk.", "lawful_bases: [{id: agreed, article: 6(1)(a)}]\n", "N12"),
        ("The lawful basis is in our primary notice.", "", "N05"),
    ],
)
def test_a_reason_for_silence_tells_residents_nothing(tmp_path: Path, reason: str, facets: str, untold: str) -> None:
    text = f"---\ntitle: Parks\nsilence: {{N14: {reason}}}\n{facets}---\nHello.\n"
    assert untold in {problem.rule for problem in problems(make(tmp_path, Example(file=text)))}


def test_a_gap_in_a_recognised_interest_is_found(tmp_path: Path) -> None:
    front = "lawful_bases: [{id: task, article: 6(1)(ea), condition: '[which one]'}, {id: agreed, article: 6(1)(a)}]"
    assert "T03" in {problem.rule for problem in problems(make(tmp_path, Example(front)))}


def test_a_notice_that_only_adds_to_another_has_the_sections_of_site_yml(tmp_path: Path) -> None:
    root = make(tmp_path, Example(file="---\ntitle: Parks\nparent: primary\n---\nHello.\n"))
    write_notice(root, "---\ntitle: Primary\n---\nHello.\n", "primary")
    found = {problem.rule for problem in problems(root) if problem.place.file == "content/library/notice.md"}
    assert "N04" in found
    assert not {"N01", "N03", "N13", "N13b"} & found


@pytest.mark.parametrize(
    ("front", "told"),
    [
        ("automated_decisions: [{decision: The loan}, {decision: the loan.}]", True),
        ("transfers: [{country: India, safeguard: a contract}, {country: India, safeguard: a contract}]", True),
        ("transfers: [{country: India, safeguard: a contract}, {country: India, safeguard: binding rules}]", False),
        ("must_provide: {required: no}", False),
    ],
)
def test_every_list_is_searched_for_entries_that_come_twice(tmp_path: Path, front: str, told: bool) -> None:
    assert ("T10" in {problem.rule for problem in problems(make(tmp_path, Example(front)))}) is told


def test_a_policy_document_may_be_another_in_each_language(tmp_path: Path) -> None:
    special = "special_category: [{label: %s, condition: 9(2)(g), schedule: paragraph 6, policy: %s}]"
    english = special % ("health", "https://www.example.org/policy")
    example = Example(english, welsh=special % ("iechyd", "https://www.example.org/polisi"))
    assert "X04" not in {problem.rule for problem in problems(make(tmp_path, example))}


def test_a_section_in_prose_is_warned_where_the_facet_is_missing(tmp_path: Path) -> None:
    example = Example(without=("transfers",), body="Hello.\n\n## Abroad {#transfers}\n\nIt depends.\n")
    (found,) = [problem for problem in problems(make(tmp_path, example)) if problem.rule == "N09"]
    assert (found.level, found.place.line) == (Level.WARNING, 30)


def test_what_could_not_be_read_is_not_called_missing(tmp_path: Path) -> None:
    front = "retenion: [{record: x, keep: 1 year}]\nsharing: {why: x}\ntransfers: a: b"
    text = changed(SOUND, front, ("retention",))
    found = problems(make(tmp_path, Example(file=f"---\n{text}---\n{BODY}")))
    assert {problem.rule for problem in found} == {"F01", "F02", "Y01"}


def publish_both(root: Path, on: str) -> None:
    """Publish both languages; the words of templates are the English ones in both, which changes nothing here."""
    found = repository.read(root)
    english = theme.read_words(theme.folders(root, found.site), ("en",))["en"]
    words = {language: Words(language, english.sentences) for language in found.site.languages}
    asked = publishing.Asked(ChangeKind.CLARIFICATION, "Changed.")
    storing.write(root, publishing.plan(found, words, ["library"], asked, date.fromisoformat(on)))


TWELVE = """\
---
title: Library
titel: Library
summary: Reviewed on [DATE].
purposes:
  - {id: lend, text: lend you books, basis: taks}
lawful_bases:
  - {id: task, article: 6(1)(e), task: lend books, legislation: Public Libraries and Museums Act 1964}
data: [your name, Your name]
sources: [you, your school]
review_by: 2026-02-30
retention:
  - {record: your form, keep: as long as necessary}
transfers: one: two
must_provide: {required: perhaps}
automated_decisions: yes
---
We follow the Data Protection
Act 1998. See [our rights](#rihgts).

## Your choice

##### Too deep
"""


def test_twelve_mistakes_are_answered_by_twelve_problems_in_one_run(tmp_path: Path) -> None:
    found = problems(make(tmp_path, Example(file=TWELVE.replace("sources", "sharing: none\nsources"))))
    assert [(problem.place.line, problem.rule) for problem in found] == [
        (3, "F01"),
        (4, "T03"),
        (6, "L03"),
        (9, "T10"),
        (11, "N14"),
        (12, "F05"),
        (14, "T08"),
        (15, "Y01"),
        (16, "F04"),
        (17, "G04"),
        (19, "T06"),
        (20, "K02"),
        (24, "K05"),
    ]


def test_a_phrase_is_found_where_a_line_breaks_in_it(tmp_path: Path) -> None:
    body = "One.\n\n- first\n- we follow the Data\n  Protection Act 1998\n"
    (found,) = problems(make(tmp_path, Example(body=body)))
    assert (found.rule, found.place.line, found.place.column) == ("T06", 32, 13)


def test_shared_wording_is_told_in_its_own_file(tmp_path: Path) -> None:
    root = make(tmp_path, Example(body="One.\n\n[[rights]]\n"))
    (root / "content" / "shared").mkdir()
    (root / "content" / "shared" / "rights.md").write_text("You have rights.\n\nAsk [NAME].\n", "utf-8")
    (found,) = problems(root)
    assert str(found.place) == "content/shared/rights.md:3:5"


def test_a_silenced_rule_is_out_and_its_reason_is_kept(tmp_path: Path) -> None:
    root = make(tmp_path, Example("silence: {N09: It says so elsewhere.}", without=("transfers",)))
    found = repository.read(root)
    inspected = check.inspect(found, found.notices["library", "en"])
    assert inspected.problems == ()
    (score,) = [score for score in inspected.scores if score.rule.id == "N09"]
    assert (score.state, score.detail) == (State.SILENCED, "It says so elsewhere.")
    (silenced,) = inspected.silenced
    assert [problem.rule for problem in silenced.problems] == ["N09"]


@pytest.mark.parametrize("rule", ["Y01", "F02", "V01", "L04", "Q01", "P01"])
def test_damage_and_contradiction_cannot_be_silenced(rule: str, tmp_path: Path) -> None:
    front = f"silence: {{{rule}: We want to.}}\nreview_by: soon"
    told = {problem.rule for problem in problems(make(tmp_path, Example(front)))}
    assert told == {"Q03", "F05"}


def test_a_translation_that_stayed_behind_is_told(tmp_path: Path) -> None:
    root = make(tmp_path, Example(welsh=""))
    publish_both(root, "2026-10-01")
    assert problems(root) == []
    write_notice(root, f"---\n{SOUND}---\nThis is about the library and its books.\n")
    assert [(problem.rule, problem.place.file) for problem in problems(root)] == [
        ("X02", "content/library/notice.cy.md")
    ]
    write_notice(root, f"---\n{SOUND}---\nThis is about the library.\n".replace("send you news", "send you good news"))
    assert [problem.rule for problem in problems(root)] == ["X02"]


def test_a_translation_reviewed_before_its_source_changed_is_told(tmp_path: Path) -> None:
    root = make(tmp_path, Example(welsh="translation: {status: reviewed, reviewed_on: 2026-09-30}"))
    publish_both(root, "2026-10-01")
    assert problems(root) == []
    write_notice(root, f"---\n{SOUND}---\nThis is about the library and its books.\n")
    publish_both(root, "2026-11-01")
    (found,) = problems(root)
    assert (found.rule, found.message) == (
        "X02",
        "This was reviewed on 2026-09-30; version 2 changed the source after that.",
    )


@pytest.mark.parametrize(
    ("keep", "after", "told"),
    [
        ("2 years", "end of financial year", []),
        ("24 months", "end of financial year", []),
        ("two years", "the financial year ends", []),
        ("2 flynedd", "diwedd y flwyddyn ariannol", []),
        ("2 years", "diwedd y flwyddyn ariannol", []),
        ("3 blynedd", "diwedd y flwyddyn ariannol", ["`retention 1 keep` is 3 blynedd here and 2 years in English."]),
        (
            "up to 2 years",
            "end of financial year",
            ["`retention 1 keep` is up to 2 years here and 2 years in English."],
        ),
        ("2 years", "case closure", ["`retention 1 after` is case-closure here and end-of-financial-year in English."]),
    ],
)
def test_languages_are_compared_by_how_long_they_mean(keep: str, after: str, told: list[str], tmp_path: Path) -> None:
    welsh = f"retention: [{{record: eich aelodaeth, keep: {keep}, after: {after}}}]"
    found = problems(make(tmp_path, Example(welsh=welsh)))
    assert [problem.message for problem in found if problem.rule == "X04"] == told


def test_a_new_purpose_is_noticed(tmp_path: Path) -> None:
    root = make(tmp_path, Example())
    assert publish(root, "2026-10-01", "First.", "material") == 0
    added = SOUND.replace("lawful_bases:", "  - {id: tools, text: lend you tools, basis: task}\nlawful_bases:")
    write_notice(root, f"---\n{added}---\n{BODY}")
    (found,) = problems(root)
    assert (found.rule, found.level, found.place.line) == ("N18", Level.WARNING, 10)


def test_links_to_other_notices_pages_and_versions_are_followed(tmp_path: Path) -> None:
    root = make(tmp_path, Example())
    assert publish(root, "2026-10-01", "First.", "material") == 0
    (root / "content" / "pages").mkdir()
    (root / "content" / "pages" / "cookies.md").write_text("---\ntitle: Cookies\n---\n## None\n\nText.\n", "utf-8")
    write_notice(root, "---\ntitle: Parks\n---\n## Trees {#trees}\n\nText.\n", "parks")
    good = ["/", "/library/v/1/", "/library/history/", "/cookies/", "/cookies/#none", "/parks/#trees", "/withdraw"]
    bad = ["/library/v/2/", "/cookies/#some", "/parks/#birds", "parks.html", "https://privacy.example.org/prks/"]
    body = "".join(f"- [the page {index}]({address})\n" for index, address in enumerate([*good, *bad]))
    write_notice(root, f"---\n{SOUND}---\n{body}")
    found = [problem for problem in problems(root) if problem.place.file == "content/library/notice.md"]
    assert [problem.place.line for problem in found] == [36, 37, 38, 39, 40]
    assert [problem.rule for problem in found] == ["K01", "K02", "K02", "K01", "K01"]


def test_an_address_that_starts_with_a_typing_mistake_is_found_since_the_page_leaves_it_out(tmp_path: Path) -> None:
    good = ["https://www.example.org/act", "tel:01610000000", "mailto:libraries@example.org", "TEL:01610000000"]
    bad = [
        "htps://www.example.org/act",
        "htp:/bad",
        "http;//www.example.org",
        "file:///C:/notice.docx",
        "C:/notice.docx",
    ]
    links = "".join(f"- [the page {index}]({address})\n" for index, address in enumerate([*good, *bad]))
    found = problems(make(tmp_path, Example(body=links)))
    assert [problem.rule for problem in found] == ["K01"] * len(bad)
    assert "“htp:/bad” opens nothing" in found[1].message and "https://" in found[1].remedy


def test_an_address_of_this_site_is_followed_however_it_is_written_and_code_is_no_link(tmp_path: Path) -> None:
    good = [
        "HTTPS://Privacy.Example.ORG/library/",
        "//privacy.example.org/library/",
        "/%6Cibrary/",
        "https://privacy.example.org",
    ]
    bad = [
        "HTTPS://PRIVACY.example.org/libary/",
        "//privacy.example.org/libary/",
        "/%6Cibary/",
        "//www.example.org/act",
    ]
    links = "".join(f"- [the page {index}]({address})\n" for index, address in enumerate([*good, *bad]))
    code = "Write `[here](/libary/)`, ``[a ` sign](/libary/)`` or `![](x.png)`."
    found = problems(make(tmp_path, Example(body=f"{links}\n{code}\n\nBut ` [the parks](/parks/).\n")))
    first = min(problem.place.line for problem in found)
    assert [(problem.rule, problem.place.line - first) for problem in found] == [
        ("K01", 0),
        ("K01", 1),
        ("K01", 2),
        ("K04", 3),
        ("K01", 7),
    ]


def test_an_ordinary_page_is_judged_in_the_way_of_a_notice(tmp_path: Path) -> None:
    root = make(tmp_path, Example())
    (root / "content" / "pages").mkdir()
    page = "---\ntitle: Cookies\n---\n## None\n\nWe follow Article 22 of the UK GDPR.\n\n[TO WRITE: which Act] says [so](/libary/).\n"
    (root / "content" / "pages" / "cookies.md").write_text(page, "utf-8")
    site = repository.read(root)
    (cookies,) = site.pages.values()
    assert [problem.rule for problem in check.inspect_page(site, cookies)] == ["T06", "T03"]
    assert [problem.rule for problem in check.inspect_page(site, cookies, date(2026, 2, 4))] == ["T03"]


@pytest.mark.parametrize("href", ["/libary/", "'/libary/'", '"/libary/"'])
def test_a_link_in_html_is_followed_with_and_without_quotation_marks(tmp_path: Path, href: str) -> None:
    (found,) = problems(make(tmp_path, Example(body=f"See <a href={href}>the library</a>.")))
    assert found.rule == "K01"


@pytest.mark.parametrize(
    "body",
    [
        "[our policy][policy] and [policy] and a note[^1].\n\n[policy]: https://www.example.org\n[^1]: A note.\n",
        "- [ ] one\n- [x] two\n",
        "`[code]` is fine in\n\n```\n[DATE]\n```\n",
        "Write to [[dpo.email]].",
        "See *Durant* [2003] EWCA Civ 1746.",
    ],
)
def test_brackets_that_mean_something_are_left_alone(body: str, tmp_path: Path) -> None:
    assert problems(make(tmp_path, Example(body=body))) == []


@pytest.mark.parametrize(
    "body",
    [
        "We use our own health and safety adviser.",
        "The right to object applies where we rely on a public task.",
        "We keep it as long as is necessary for the law.",
        "We follow the Human Rights Act 1998.",
        "You must tell us.",
    ],
)
def test_good_words_are_left_alone(body: str, tmp_path: Path) -> None:
    assert problems(make(tmp_path, Example(body=body))) == []


def test_the_example_content_is_warned_where_it_speaks_of_the_eu_and_has_no_error() -> None:
    found = repository.read(PROJECT)
    told = [p for notice in found.notices.values() for p in check.inspect(found, notice).problems]
    assert errors_in(told) == []
    assert [(p.rule, p.place.file) for p in told if p.rule == "T07"] == [
        ("T07", f"content/family-hubs/{file}")
        for file in ("notice.md", "notice.cy.md")
        for _ in ("glance", "transfers")
    ]


def test_facts_of_site_yml_count_for_every_notice(tmp_path: Path) -> None:
    root = make(tmp_path, Example(site="complaints: {form: https://www.example.org/complain}"))
    write_notice(root, f"---\n{SOUND}---\n{BODY}", "second")
    assert "phone" not in SITE
    found = problems(root)
    assert {(problem.rule, problem.place.file) for problem in found} == {("N13b", "site.yml")}
    assert len(set(found)) == 1
