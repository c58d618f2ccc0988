"""The command line: what editors see, and the exit codes that scripts rely on."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from generator.cli import main
from tests.site_fixtures import NOTICE, PROJECT, make_site, publish, write_notice

WHOLE = NOTICE.replace("transfers: none\n", "transfers: none\nmust_provide: {required: no}\n")


def test_check_tells_each_problem_with_its_line_and_what_to_write(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_site(tmp_path, WHOLE.replace("retention:", "retenion:").replace("basis: agreed", "basis: agred"))
    assert main(["check", "--root", str(root)]) == 1
    said = capsys.readouterr()
    assert said.out == (
        "1 notice checked: 3 errors, 0 warnings.\n"
        "\n"
        "notice   01 02 03 04 05 06 07 08 09 10 11 12 13 13b 14 15 16 17 18\n"
        "------------------------------------------------------------------\n"
        "library  ok -  ok ok ok -  ok ok ok ok ok ok ok ok  ok ok ok -  -\n"
        "ok in a fact  w in words  ? perhaps  ! incomplete  NO not found  s silenced  - does not apply\n"
        "The numbers are rules (3 is N03): `noticeboard check ID` and docs/rules.md say what each asks for.\n"
    )
    assert said.err == (
        "content/library/notice.md\n"
        "  content/library/notice.md:9:37: error: Nothing in lawful_bases is called `agred`. [L03]\n"
        "      Did you mean `agreed`?\n"
        "      |   - {id: news, text: send you news, basis: agred}\n"
        "      |                                     ^\n"
        "  content/library/notice.md:16:1: error: `retenion` is not a key that is known here. [F01]\n"
        "      Did you mean `retention`?\n"
        "      | retenion:\n"
        "      | ^\n"
        "  content/library/notice.md:24:5: error: The purpose `news` does not rest on consent alone, "
        "so nobody can be asked to agree to it. [L04]\n"
        "      Give it a basis with article 6(1)(a), or take the consent away.\n"
        "      |     purposes: news\n"
        "      |     ^\n"
    )


def test_check_speaks_to_programs_in_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make_site(tmp_path, WHOLE.replace("retention:", "retenion:"))
    assert main(["check", "--format", "json", "--root", str(root)]) == 1
    assert json.loads(capsys.readouterr().out) == [
        {
            "rule": "F01",
            "level": "error",
            "file": "content/library/notice.md",
            "line": 16,
            "column": 1,
            "message": "`retenion` is not a key that is known here.",
            "remedy": "Did you mean `retention`?",
        }
    ]


def test_check_looks_at_the_notices_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make_site(tmp_path)
    write_notice(root, "---\ntitel: x\n---\n", "parks")
    assert main(["check", "library", "--root", str(root)]) == 0
    assert main(["check", "parks", "--root", str(root)]) == 1
    assert main(["check", "pakrs", "--root", str(root)]) == 2
    assert "There is no notice called pakrs." in capsys.readouterr().err


def test_the_example_content_passes_its_checks(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--root", str(PROJECT)]) == 0
    said = capsys.readouterr()
    assert "2 notices checked: 0 errors" in said.out
    assert "outside the European Union" in said.err


def test_status_is_one_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make_site(tmp_path)
    write_notice(root, WHOLE)
    publish(root, "2026-10-01", "First.", "material")
    write_notice(root, WHOLE.replace("We look after", "We guard"))
    write_notice(root, "---\ntitle: Parks\nreview_by: 2026-11-01\n---\nHello.\n", "parks")
    capsys.readouterr()
    assert main(["status", "--root", str(root), "--date", "2026-11-22"]) == 0
    rows = [line.split("  ") for line in capsys.readouterr().out.splitlines()]
    table = [[cell.strip() for cell in row if cell.strip()] for row in rows]
    assert table[0] == ["notice", "in force", "scheduled", "working text", "review by", "checks"]
    assert table[2] == ["library", "1 since 2026-10-01", "-", "changed: Our promise", "-", "no problem"]
    assert table[3][:5] == ["parks", "-", "-", "new: not published", "2026-11-01 (due)"]
    assert table[3][5].startswith("0 errors, 1")
    assert table[4] == ["yet", "warnings"]


def test_tables_fit_a_terminal_of_100_columns(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = "a-notice-about-everything-that-libraries-and-their-desks-do-for-readers-of-every-age"
    root = make_site(tmp_path, notice_id=name)
    write_notice(root, "---\ntitle: Parks\nreview_by: 2026-11-01\n---\nHello.\n", "parks")
    assert publish(root, "2026-10-01", "First.", "material") == 0
    sections = "".join(f"\n## What we promise to readers, part {number}\n\nWords.\n" for number in range(9))
    write_notice(root, NOTICE + sections, name)
    for command in (["status"], ["check"], ["check", name]):
        capsys.readouterr()
        assert main([*command, "--root", str(root), "--date", "2026-11-22"]) == 0
        lines = capsys.readouterr().out.splitlines()
        assert max(map(len, lines)) <= 100


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("parkng", "Did you mean parking?"),
        ("Parking", "Did you mean parking?"),
        ("content/parking/notice.md", "Did you mean parking?"),
        ("zebras", "There are 201; `noticeboard status` lists them."),
    ],
)
def test_a_name_that_is_wrong_is_answered_with_the_one_that_is_meant(
    tmp_path: Path, name: str, answer: str, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_site(tmp_path, notice_id="parking")
    for number in range(200):
        write_notice(root, "---\ntitle: Parks\n---\nHello.\n", f"notice-{number}")
    for command in (["check", name], ["publish", name, "--kind", "typo", "--summary", "A word."]):
        assert main([*command, "--root", str(root)]) == 2
        said = capsys.readouterr().err
        assert said == f"There is no notice called {name}. {answer}\n"


def test_a_folder_without_a_site_is_told_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--root", str(tmp_path)]) == 1
    assert "This folder has no site.yml." in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "base_url: https://example.org/?sub\n",
            "`base_url`: `https://example.org/?sub` is a page, and a site is needed.",
        ),
        ("base_url: https://example.org\nfinancial_year_ends: 31 Febuary\n", "not a day of the year"),
        ("base_url: https://example.org\ntheme: {accent: blue}\n", "`accent` is not a colour."),
        ("base_url: https://example.org\nlangauges: [en]\n", "Did you mean `languages`?"),
        ("base_url: https://example.org\nlanguages: [English]\n", "`English` is not a language code."),
    ],
)
def test_a_mistake_in_site_yml_is_told(
    tmp_path: Path, text: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_site(tmp_path, site=f"organisation: {{name: Exampleshire}}\n{text}")
    assert main(["status", "--root", str(root)]) == 1
    said = capsys.readouterr().err
    assert "site.yml:" in said
    assert message in said


@pytest.mark.parametrize("name", ["api", "Library", "a b", "en"])
def test_a_notice_cannot_take_an_address_of_the_site(
    tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_site(tmp_path, notice_id=name)
    assert main(["check", "--root", str(root)]) == 1
    assert f"content/{name}:1:1" in capsys.readouterr().err


def test_commands_used_wrongly_are_told_how(tmp_path: Path) -> None:
    for arguments in (["--help"], ["nonsense"], ["build", "--date", "today"]):
        done = subprocess.run(
            [sys.executable, "-m", "generator.cli", *arguments],
            cwd=PROJECT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == (0 if arguments == ["--help"] else 2)
        assert "Traceback" not in done.stderr


def test_status_names_the_shared_wording_that_changed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make_site(tmp_path, NOTICE + "\n[[promise]]\n\n## More\n\nWords.\n")
    wording = root / "content" / "shared" / "promise.md"
    wording.parent.mkdir()
    wording.write_text("We promise to be careful, says [[council.short_name]].", "utf-8")
    publishing = ["publish", "library", "--kind", "material", "--summary", "First.", "--date", "2026-10-01"]
    assert main([*publishing, "--root", str(root)]) == 0
    frozen = (root / "content" / "library" / "versions" / "1.yml").read_text("utf-8")
    assert "We promise to be careful, says Exampleshire." in frozen
    wording.write_text("We promise to be very careful, says [[council.short_name]].", "utf-8")
    write_notice(root, (NOTICE + "\n[[promise]]\n\n## More\n\nOther words.\n"))
    capsys.readouterr()
    assert main(["status", "--root", str(root), "--date", "2026-11-22"]) == 0
    said = capsys.readouterr().out
    assert "changed: Our promise (shared  " in said and "wording: promise), More\n" in said
    assert (root / "content" / "library" / "versions" / "1.yml").read_text("utf-8") == frozen


def test_retention_that_is_not_understood_is_a_warning_at_its_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_site(tmp_path, NOTICE.replace("keep: 2 years", "keep: a good while"))
    assert main(["check", "--root", str(root)]) == 0
    shown = capsys.readouterr()
    assert "notice.md:17:31: warning: `a good while` is not a period that is understood" in shown.err
    assert "0 errors" in shown.out


def test_a_text_that_cannot_be_rendered_is_a_problem_with_its_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_site(tmp_path, f"---\ntitle: A\n---\n## One\n\nx\n\n## Two\n\n{'- ' * 2_000}a\n")
    assert main(["check", "--root", str(root)]) == 1
    assert "notice.md:8:1: error: This text cannot be made into a page" in capsys.readouterr().err


@pytest.mark.parametrize("escape", ["\\ud800", "\\x07", "\\uffff"])
def test_an_escape_for_what_is_not_text_is_a_problem(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], escape: str
) -> None:
    root = make_site(tmp_path, f'---\ntitle: A\nsummary: "a {escape} b"\n---\nHello.\n')
    assert main(["check", "--root", str(root)]) == 1
    assert "notice.md:3:" in capsys.readouterr().err


@pytest.mark.parametrize("command", [["publish"], ["upgrade"], ["serve"], ["status"], ["new", "x", "--yes"], ["build"]])
def test_a_command_in_the_wrong_folder_writes_nothing_there(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*command, "--root", str(tmp_path)]) == 1
    assert "Change to the folder of your notices" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())
