"""The law as dated data: its files fit their schema, and the check judges by the law of its day."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from generator import repository
from generator.building import build
from generator.content import notice_file, site_file
from generator.content.rights import Article, Right
from generator.exports import jsonld
from generator.law import law_page, statute_book
from generator.law.entries import Basis, Replaced
from generator.law.statute_book import LAW, LawError, read
from generator.problems import Problem
from generator.rule import Example, Family
from generator.rules import check
from generator.rules.catalogue import BY_ID
from generator.versions.version import Version
from generator.wording.context import Setting
from generator.wording.sentences import GENERATED
from tests.law_notices import FAULTS, LAWFUL_TWIN, NINE_FAULTS
from tests.pattern_texts import texts
from tests.rule_fixtures import make
from tests.site_fixtures import PROJECT, SITE
from tests.site_fixtures import read as read_site
from widget import manifest

NOW = date(2026, 11, 30)
RULE = '[[rule]]\nid = "N01"\nsource = "An Act"\nfrom = 2020-01-01\n'


def found(tmp_path: Path, example: Example, on: date = NOW) -> list[Problem]:
    """The findings of the check in an example on a day."""
    site = repository.read(make(tmp_path, example))
    return [problem for notice in site.notices.values() for problem in check.inspect(site, notice, on).problems]


def test_every_entry_of_the_law_has_a_source_and_a_day_or_what_gives_it() -> None:
    assert len(LAW.bodies) >= 6
    for entry in LAW.entries:
        assert entry.source
        assert (entry.start is None) == bool(entry.awaits)


def test_every_rule_about_the_law_is_in_it_and_no_other() -> None:
    asked = {rule.id for rule in BY_ID.values() if rule.family is Family.COMPLETENESS}
    assert asked <= LAW.duties.keys() <= BY_ID.keys()


def test_bases_rights_and_regulators_are_words_that_the_product_knows() -> None:
    bases = [entry for entry in LAW.entries if isinstance(entry, Basis)]
    assert {entry.id for entry in bases} == {article.value for article in Article}
    assert {right for entry in bases for right in entry.rights} <= {right.value for right in Right}
    assert set(LAW.on(NOW).regulator.name) >= {"en", "cy"}


def test_every_needle_is_lower_case_so_that_it_can_be_found() -> None:
    for entry in LAW.entries:
        if isinstance(entry, Replaced):
            assert entry.needles == tuple(needle.lower() for needle in entry.needles) != ()


@pytest.mark.parametrize(
    "entry", [entry for entry in LAW.entries if isinstance(entry, Replaced)], ids=lambda one: one.id
)
def test_each_match_of_replaced_words_has_a_needle_so_that_it_is_looked_for(entry: Replaced) -> None:
    found = texts(entry.words)
    assert found
    assert [text for text in found if not any(needle in text.lower() for needle in entry.needles)] == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("title = ", "x.toml: Invalid value"),
        (RULE, "`title` is missing"),
        ('title = "X"\n[[rool]]\nid = "N01"', "`rool` is no table"),
        (f'title = "X"\n{RULE}colour = "red"', "rule `N01`: `colour` is not known"),
        (f'title = "X"\n{RULE}until = 2019-01-01', "`until` comes before `from`"),
        ('title = "X"\n[[rule]]\nid = "N01"\nsource = "An Act"', "give `from`, or `awaits`"),
        ('title = "X"\n[[rule]]\nid = "N01"\nfrom = 2020-01-01', "`source` is missing"),
        ('title = "X"\n[[rule]]\nid = "N01"\nsource = "An Act"\nfrom = "soon"', "`start` is 'soon'"),
        (f'title = "X"\n{RULE}{RULE}', "`N01` has two entries that hold on the same day"),
        (
            'title = "X"\n[[condition]]\nid = "a"\nsource = "b"\nfrom = 2020-01-01\nname = "c"\nwords = "("',
            "`words` is",
        ),
    ],
)
def test_a_fault_in_a_file_of_law_names_the_file_and_the_key(text: str, fault: str) -> None:
    with pytest.raises(LawError) as failure:
        read({"x.toml": text})
    assert fault in str(failure.value)
    assert "x.toml" in str(failure.value) or "two entries" in str(failure.value)


def test_entries_that_name_a_day_change_on_it_together() -> None:
    day = '[[day]]\nid = "switch"\nsource = "SI 1"\n'
    named = '[[rule]]\nid = "N02"\nsource = "An Act"\nfrom = "switch"\n'
    unknown = read({"x.toml": f'title = "X"\n{day}awaits = "a commencement order"\n{named}'})
    assert [entry.id for entry in unknown.awaited()] == ["switch", "N02"]
    assert unknown.switches(date.min) == []
    known = read({"x.toml": f'title = "X"\n{day}from = 2027-01-31\n{named}'})
    assert known.switches(NOW) == [date(2027, 1, 31)]
    assert known.on(date(2027, 1, 31)).asks_for("N02")
    assert not known.on(date(2027, 1, 30)).asks_for("N02")


def test_the_page_about_the_law_is_written_from_its_files() -> None:
    assert law_page.PAGE.read_text("utf-8") == law_page.page()


SOMETHING_OLD = [
    ("You can object under Article 22 of the GDPR.", "Article 22", date(2026, 2, 4)),
    ("Mae gennych hawl o dan Erthygl 22.", "Erthygl 22", date(2026, 2, 4)),
    ("Your rights are in Articles 15 to 22.", "Articles 15 to 22", date(2026, 2, 4)),
    ("We follow Regulation (EU) 2016/679.", "(EU) 2016/679", date(2020, 12, 30)),
    ("A subject access request costs £10.", "£10", date(2018, 5, 24)),
    ("We answer your request within 40 days.", "40 days", date(2018, 5, 24)),
    ("Rydym yn ateb eich cais o fewn 40 diwrnod.", "40 diwrnod", date(2018, 5, 24)),
    ("We may use it for any other purpose.", "any other purpose", date(2026, 2, 4)),
    ("Ring the regulator on 01625 545 745.", "01625 545 745", date(2018, 5, 24)),
    ("Complain at www.ico.gov.uk today.", "www.ico.gov.uk", date(2018, 5, 24)),
    ("It is protected by Model Contract Clauses.", "Model Contract Clauses", date(2024, 3, 20)),
    ("We comply with GDPR 2016.", "GDPR 2016", date(2020, 12, 30)),
]


@pytest.mark.parametrize(("text", "words", "before"), SOMETHING_OLD)
def test_replaced_law_is_found_since_its_day_with_its_source(
    text: str, words: str, before: date, tmp_path: Path
) -> None:
    (problem,) = (problem for problem in found(tmp_path, Example(body=text)) if problem.rule == "T06")
    assert f"“{words}”" in problem.message
    assert "since" in problem.message
    assert not [problem for problem in found(tmp_path, Example(body=text), before) if problem.rule == "T06"]


@pytest.mark.parametrize(
    "text",
    [
        "Articles 22A to 22D of the UK GDPR are about such decisions. See articles 13 and 14.",
        "The UK GDPR is Regulation (EU) 2016/679 as it forms part of the law of England and Wales.",
        "A library card costs £10. A request costs £100.",
        "A request to see your information is free. We no longer charge £10.",
        "We delete the request after 40 days. It takes 140 days.",
        "We tell you before we use it for any other purpose.",
        "Ring the regulator on 0303 123 1113, or see https://ico.org.uk/make-a-complaint/.",
        "We write to the Information Commissioner.",
    ],
)
def test_law_that_is_in_force_is_not_called_replaced(text: str, tmp_path: Path) -> None:
    assert not [problem for problem in found(tmp_path, Example(body=text)) if problem.rule == "T06"]


TASK = "{id: task, article: 6(1)(e), task: lend books, legislation: Public Libraries and Museums Act 1964 section 7}"
AGREED = "{id: agreed, article: 6(1)(a)}"


def rules(tmp_path: Path, front: str, on: date = NOW) -> list[str]:
    """The rules that the check names for facts of a notice on a day, with their level."""
    return [f"{problem.rule} {problem.level}" for problem in found(tmp_path, Example(front), on)]


@pytest.mark.parametrize("point", ["6(1)(ea), condition: an emergency", "6(1)(f), interests: good service"])
def test_a_public_task_takes_no_legitimate_interest_beside_it(point: str, tmp_path: Path) -> None:
    (problem,) = found(tmp_path, Example(f"lawful_bases: [{TASK}, {AGREED}, {{id: ours, article: {point}}}]"))
    assert problem.rule == "G01"
    assert "UK GDPR article 6(1), last sentence" in problem.message


def test_a_recognised_interest_is_no_basis_before_it_was_law(tmp_path: Path) -> None:
    bases = f"lawful_bases: [{{id: task, article: 6(1)(ea), condition: an emergency}}, {AGREED}]"
    assert rules(tmp_path, bases) == []
    assert rules(tmp_path, bases, date(2026, 2, 4)) == ["L01 error"]


def test_a_condition_outside_annex_1_is_found_with_its_source(tmp_path: Path) -> None:
    bases = f"lawful_bases: [{{id: task, article: 6(1)(ea), condition: an emergency}}, {AGREED}]"
    (problem,) = found(tmp_path, Example(bases.replace("an emergency", "direct marketing")))
    assert (problem.rule, problem.level) == ("G14", "error")
    assert "Schedule 4, since 5 February 2026" in problem.message
    assert "safeguarding a vulnerable individual" in problem.remedy


@pytest.mark.parametrize(
    "condition",
    [
        "sharing it with the police when they ask for their own public task",
        "public security",
        "an emergency under the Civil Contingencies Act 2004",
        "preventing crime",
        "safeguarding children at risk",
        "diogelu unigolyn agored i niwed",
        "ymateb i argyfwng",
    ],
)
def test_a_condition_of_annex_1_is_recognised_in_plain_words(condition: str, tmp_path: Path) -> None:
    assert rules(tmp_path, f"lawful_bases: [{{id: task, article: 6(1)(ea), condition: {condition}}}, {AGREED}]") == []


def test_a_public_task_names_its_law(tmp_path: Path) -> None:
    bare = f"lawful_bases: [{{id: task, article: 6(1)(e), task: lend books}}, {AGREED}]"
    assert rules(tmp_path, bare) == ["G13 error"]
    assert rules(tmp_path, f"{bare}\ncomplete: no") == ["G13 warning"]
    law_alone = f"lawful_bases: [{{id: task, article: 6(1)(e), legislation: Some Act 1964}}, {AGREED}]"
    assert rules(tmp_path, law_alone) == ["G13 note"]


@pytest.mark.parametrize(
    ("country", "on", "expected"),
    [
        ("Ireland", NOW, []),
        ("the EEA", NOW, []),
        ("a data centre in Dublin, Ireland", NOW, []),
        ("Iwerddon", NOW, ["G15 error"]),  # a name in a language that the site does not have
        ("Atlantis", NOW, ["G15 error"]),
        ("India", NOW, ["G15 error"]),
        ("France and India", NOW, ["G15 error"]),
        ("South Korea", NOW, ["G15 warning"]),
        ("a company in South Korea", NOW, []),
        ("South Korea", date(2022, 12, 18), ["G15 error"]),
        ("the USA", NOW, ["G15 error"]),
        ("the United States, safeguard: certified under the UK Extension to the Data Privacy Framework", NOW, []),
        ("the United States, safeguard: the UK-US data bridge", date(2023, 10, 11), ["G15 error"]),
        ("Canada", NOW, ["G15 warning"]),
        ("Canada, safeguard: PIPEDA binds the company", NOW, []),
    ],
)
def test_adequacy_is_what_the_list_of_the_day_gives(
    country: str, on: date, expected: list[str], tmp_path: Path
) -> None:
    name, _, more = country.partition(", safeguard")
    front = f'transfers: [{{country: "{name}", adequacy: yes{", safeguard" + more if more else ""}}}]'
    assert [found for found in rules(tmp_path, front, on) if found.startswith("G15")] == expected


def test_each_of_the_nine_faults_is_found_with_its_source(tmp_path: Path) -> None:
    told = found(tmp_path, Example(file=NINE_FAULTS))
    for fault, (rule, level, source) in FAULTS.items():
        assert [p for p in told if (p.rule, p.level) == (rule, level) and source in p.message], fault
    assert len([problem for problem in told if problem.rule != "T18"]) == len(FAULTS)  # T18: it says GDPR alone, too


def test_the_lawful_twin_of_that_notice_has_no_finding(tmp_path: Path) -> None:
    assert found(tmp_path, Example(file=LAWFUL_TWIN)) == []


@pytest.mark.parametrize(
    ("complaints", "expected"),
    [
        ("{form: 'https://www.example.org/complain', email: c@example.org}", []),
        ("{form: 'https://www.example.org/complain'}", ["N13b warning"]),
        ("{email: c@example.org}", ["N13b warning"]),
        ("{form: 'https://www.example.org/', email: c@example.org}", ["N13b warning"]),
    ],
)
def test_any_easy_way_to_complain_will_do_and_a_home_page_is_no_form(
    complaints: str, expected: list[str], tmp_path: Path
) -> None:
    told = found(tmp_path, Example(site=f"complaints: {complaints}"))
    assert [f"{problem.rule} {problem.level}" for problem in told] == expected


def test_the_duty_about_complaints_is_asked_for_since_its_day(tmp_path: Path) -> None:
    nothing = Example(site_without=("complaints",))
    assert [problem.rule for problem in found(tmp_path, nothing)] == ["N13b"]
    assert found(tmp_path, nothing, date(2026, 6, 18)) == []


def section(front: str, name: str, language: str, on: date = NOW) -> str:
    """A standard section of a notice with these facts, in the words of a language, by the law of a day."""
    notice, _ = notice_file.read(f"---\ntitle: A\n{front}---\n".encode(), "notice.md", "a", language)
    site, _ = site_file.read(SITE.encode())
    assert notice and site
    setting = Setting(site, WORDS[language], on, {}, law=BOOK.on(on))
    return GENERATED[name](notice.facets, setting)


DECISION = "automated_decisions: [{decision: which loan you get}]\n"


@pytest.mark.parametrize(
    ("name", "front", "language", "words"),
    [
        ("automated-decisions", DECISION, "en", "have a person look at it"),
        ("automated-decisions", DECISION, "cy", "herio'r penderfyniad"),
        ("automated-decisions", "automated_decisions: none\n", "en", "significant decision"),
        ("automated-decisions", "automated_decisions: none\n", "cy", "benderfyniad arwyddocaol"),
        ("rights", "lawful_bases: [{id: t, article: 6(1)(e)}]\n", "en", "the month waits for your reply"),
        ("rights", "lawful_bases: [{id: t, article: 6(1)(e)}]\n", "cy", "ddau fis arall"),
        ("complaint", "", "en", "Without undue delay we look into it, keep you informed and tell you the outcome"),
        ("complaint", "", "cy", "canlyniad"),
        ("complaint", "", "en", "complain to the Information Commissioner,"),
        ("complaint", "", "cy", "wrth y Comisiynydd Gwybodaeth,"),
    ],
)
def test_generated_sentences_say_what_the_law_says(name: str, front: str, language: str, words: str) -> None:
    assert words in section(front, name, language)


WHOLE = (
    "automated_decisions: [{decision: which loan you get, logic: points, consequences: you may get none, "
    "safeguards: we tell you why. Tell us what you think and a person looks at it again}]"
)


def test_a_section_in_its_own_words_speaks_of_all_four_safeguards(tmp_path: Path) -> None:
    body = "## Decisions {#automated-decisions}\n\nA computer decides. We tell you why, and you can ask a person.\n"
    (problem,) = found(tmp_path, Example(f"{WHOLE}\nsays: automated-decisions", body=body))
    assert problem.rule == "N16"
    assert "say what they think about it or contest it" in problem.message
    body += "\nTell us what you think if you want to contest it.\n"
    assert found(tmp_path, Example(f"{WHOLE}\nsays: automated-decisions", body=body)) == []


def test_a_finding_names_the_law_of_its_day(tmp_path: Path) -> None:
    bare = Example("automated_decisions: [{decision: which loan you get, logic: points, consequences: none}]")
    (today,) = found(tmp_path, bare)
    (then,) = found(tmp_path, bare, date(2026, 2, 4))
    assert "and 22A to 22D" in today.message
    assert "and 22)" in then.message


def test_one_dated_switch_renames_the_regulator_in_sentences_and_finds_its_old_name(tmp_path: Path) -> None:
    before, after = date(2027, 1, 30), date(2027, 1, 31)
    assert "Information Commissioner," in section("", "complaint", "en", before)
    assert "Information Commission," in section("", "complaint", "en", after)
    assert "y Comisiwn Gwybodaeth," in section("", "complaint", "cy", after)
    (words,) = (entry for entry in BOOK.on(after).replaced if entry.id == "commissioner-name")
    assert words.found_in("Write to the Information Commissioner’s Office.")
    assert not [entry for entry in BOOK.on(before).replaced if entry.id == "commissioner-name"]


def test_programs_are_told_of_a_recognised_interest_by_a_term_of_our_own_beside_the_nearest() -> None:
    facets = {"purposes": [{"text": "answer the police"}], "lawful_bases": [{"id": "b", "article": "6(1)(ea)"}]}
    version = Version("a", 1, "en", NOW, NOW, manifest.Change("", ""), "A", (), facets=facets)
    site, _ = site_file.read(SITE.encode())
    assert site
    (process,) = json.loads(jsonld.notice(version, site))["dpv:hasProcess"]
    own = "urn:noticeboard:term:RecognisedLegitimateInterest"
    assert process["dpv:hasLegalBasis"][0]["@type"] == ["dpv:LegitimateInterest", own]


def with_a_day(name: str, text: str) -> str:
    """A file of law in which the Commission has its day, as an officer would write it."""
    return text.replace(AWAITS, "from = 2027-01-31") if name == "commissioner.toml" else text


AWAITS = 'awaits = "the day on which section 119 of the Data (Use and Access) Act 2025 is fully in force"'
BOOK = read({path.name: with_a_day(path.name, path.read_text("utf-8")) for path in statute_book.FOLDER.glob("*.toml")})
WORDS = build.read_words(read_site(PROJECT))
