"""The report of `noticeboard check`, to people and to programs."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from generator import repository
from generator.cli import main
from generator.commands import report, sarif
from generator.problems import Level, Place, Problem, error
from generator.rule import Example
from generator.rules import weight
from generator.rules.catalogue import BY_ID
from generator.rules.check import inspect
from tests.rule_fixtures import make


def warning(rule: str, place: Place, message: str, remedy: str) -> Problem:
    return Problem(rule, Level.WARNING, place, message, remedy)


BROKEN = Example(
    "silence: {N15: It says so elsewhere.}",
    without=("must_provide", "sharing"),
    body="We keep to 100% of the Data Protection Act 1998.",
)


def check(root: Path, *arguments: str) -> int:
    return main(["check", "--root", str(root), *arguments])


def test_sarif_has_the_shape_that_its_standard_asks_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(make(tmp_path, BROKEN), "--format", "sarif") == 1
    log: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert (log["version"], set(log)) == ("2.1.0", {"$schema", "version", "runs"})
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert run["tool"]["driver"]["name"]
    assert len({rule["id"] for rule in rules}) == len(rules) == len(BY_ID)
    assert all(rule[key]["text"] for rule in rules for key in ("shortDescription", "fullDescription", "help"))
    assert {rule["defaultConfiguration"]["level"] for rule in rules} == {"error", "warning", "note"}
    assert run["columnKind"] in ("utf16CodeUnits", "unicodeCodePoints")
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("none", "note", "warning", "error")
        assert result["message"]["text"]
        (location,) = result["locations"]
        region = location["physicalLocation"]["region"]
        assert region["startLine"] >= 1
        assert region["startColumn"] >= 1
        assert location["physicalLocation"]["artifactLocation"]["uri"] == "content/library/notice.md"
    assert [result["ruleId"] for result in run["results"]] == ["N08", "T06", "N15"]
    assert run["results"][2]["suppressions"] == [
        {"kind": "inSource", "status": "accepted", "justification": "It says so elsewhere."}
    ]


def test_a_file_name_with_a_space_is_an_address_in_sarif() -> None:
    (result,) = json.loads(sarif.problems_sarif([error("F04", Place("content/a b"), "x.", "y.")], []))["runs"][0][
        "results"
    ]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "content/a%20b"


def test_github_is_told_in_workflow_commands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(make(tmp_path, BROKEN), "--format", "github") == 1
    assert capsys.readouterr().out.splitlines() == [
        "::error file=content/library/notice.md,line=1,col=1,title=N08::This notice does not say who the information "
        "is shared with. Add `sharing`, or write `sharing: none`.",
        "::error file=content/library/notice.md,line=28,col=20,title=T06::“the Data Protection Act 1998” is no "
        "longer right (Data Protection Act 2018 Schedule 19, since 25 May 2018). Name the UK GDPR or the Data Protection Act 2018.",
    ]


def test_nothing_in_a_file_can_end_a_workflow_command() -> None:
    text = report.github([warning("F04", Place("a:b,c.md"), "100%\n::error::x", "y.")])
    assert text == "::warning file=a%3Ab%2Cc.md,line=1,col=1,title=F04::100%25%0A::error::x y."


@pytest.mark.parametrize("name", ["json", "sarif", "github"])
def test_programs_are_told_of_a_broken_site_in_their_own_format(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check(tmp_path, "--format", name) == 1
    said = capsys.readouterr()
    assert "This folder has no site.yml." in said.out
    assert said.err == ""


@pytest.mark.parametrize(("name", "said"), [("json", "[]\n"), ("github", "")])
def test_programs_are_told_nothing_where_all_is_well(
    name: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check(make(tmp_path, Example()), "--format", name) == 0
    assert capsys.readouterr().out == said


def test_a_notice_that_is_named_gets_its_scorecard(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(make(tmp_path, BROKEN), "library") == 1
    lines = re.sub(r"\n {7}", " ", capsys.readouterr().out).splitlines()  # what did not fit goes on below
    assert lines[0] == "1 notice checked: 2 errors, 0 warnings."
    assert lines[2] == "library"
    card = {line.split()[0]: " ".join(line.split()) for line in lines[3:22]}
    assert card["N08"].endswith("not found This notice does not say who the information is shared with.")
    assert card["N15"].endswith("silenced It says so elsewhere.")
    assert card["N17"].endswith("does not apply")
    assert card["N01"].endswith("in a fact")
    assert lines[-2:] == ["Silenced:", "  library N15: It says so elsewhere."]


def test_a_fault_of_site_yml_is_told_once_for_all_notices(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make(tmp_path, Example(site_without=("data_protection_officer",)))
    (root / "content" / "second").mkdir()
    (root / "content" / "second" / "notice.md").write_bytes((root / "content" / "library" / "notice.md").read_bytes())
    assert check(root) == 1
    said = capsys.readouterr()
    assert said.err.count("There is no data protection officer.") == 1
    assert "2 notices checked: 1 error" in said.out


def test_ordinary_pages_are_checked_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make(tmp_path, Example())
    (root / "content" / "pages").mkdir()
    (root / "content" / "pages" / "cookies.md").write_text("---\ntitle: Cookies\n---\n[No](/nowhere/)\n", "utf-8")
    assert check(root) == 1
    assert "content/pages/cookies.md:4:1: error: Nothing is at /nowhere/ on this site. [K01]" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("terminal", "environ", "wanted"),
    [
        (True, {}, True),
        (True, {"NO_COLOR": ""}, True),
        (True, {"NO_COLOR": "1"}, False),
        (True, {"TERM": "dumb"}, False),
        (False, {}, False),
    ],
)
def test_colours_are_for_terminals_that_want_them(terminal: bool, environ: dict[str, str], wanted: bool) -> None:
    assert report.wants_colour(terminal, environ) is wanted


def test_colour_changes_nothing_but_colour() -> None:
    problems = [error("F01", Place("a.md", 1, 3), "One.", "Two."), warning("T07", Place("a.md", 2), "Three.", "Four.")]
    plain, coloured = (report.problems_text(problems, {"a.md": ["abcdef", "x"]}, on) for on in (False, True))
    assert "\x1b" not in plain
    for code in (report.RED, report.YELLOW, report.BOLD, report.PLAIN):
        coloured = coloured.replace(code, "")
    assert coloured == plain


def test_a_place_far_to_the_right_is_still_shown() -> None:
    line = "x" * 300 + "HERE" + "y" * 300
    text = report.problems_text([error("F01", Place("a.md", 1, 301), "One.", "Two.")], {"a.md": [line]})
    shown, mark = text.splitlines()[-2:]
    assert shown[mark.index("^") :].startswith("HERE")


def test_a_line_of_a_file_cannot_command_the_terminal() -> None:
    problem = error("Y01", Place("a.md", 1, 1), "The \x1b[2J.", "Delete it.")
    assert "\x1b" not in report.problems_text([problem], {"a.md": ["\x1b[2J\x07evil"]})


def test_people_read_first_what_matters_most() -> None:
    place = [Place("a.md", line) for line in range(1, 6)]
    problems = [warning("T12", place[0], "Style.", "x."), warning("K01", place[1], "Link.", "x.")]
    problems += [warning("N10", place[2], "Missing.", "x."), warning("G05", place[3], "Law.", "x.")]
    problems += [error("T03", place[4], "Gap.", "x.")]
    text = report.problems_text(problems, {})
    assert re.findall(r"(?:error|warning): (\w+)", text) == ["Gap", "Law", "Missing", "Link", "Style"]


def test_what_weighs_otherwise_than_its_family_is_a_rule() -> None:
    assert BY_ID.keys() >= weight.IN_LAW | weight.STYLE


def test_long_sentences_are_one_finding_at_the_longest(tmp_path: Path) -> None:
    long, longer = ("We lend you books " + "and more books " * count + "gladly.\n\n" for count in (8, 20))
    root = make(tmp_path, Example(body=f"{long}{longer}{long}{long}"))
    found = repository.read(root)
    (problem,) = inspect(found, found.notices["library", "en"]).problems
    assert (problem.rule, problem.place.line) == ("T11", 31)
    assert "4 sentences" in problem.message and "has 65 words" in problem.message
    assert "lines 29, 33, 35" in problem.message
