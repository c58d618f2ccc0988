"""docs/editors.md: the commands of each of its sections do what the section says, one after another, on a real site.

A section starts from three published versions of the notice `parking`, with a text that has changed since. Before each
command that publishes, the text changes again, as the section asks.
"""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from generator.cli import main
from tests.site_fixtures import NOTICE, PROJECT, SITE, edit, make_site, publish

EDITORS = (PROJECT / "docs" / "editors.md").read_text("utf-8")
TEXT = NOTICE.replace("title: Library", "title: Parking").replace("We look after", "We look aftre")
RUN = (
    *("Look around", "Write a new notice", "Check it", "Publish it", "Correct a mistake"),
    *("Correct the same thing in many notices", "Schedule a change", "Translate a notice", "Retire a notice"),
    *("Take a version down", "Let your editor help you"),
)
"""The sections whose commands can be run without a person."""


def sections() -> dict[str, list[str]]:
    """The commands of each section, by its heading; those that serve are for people, and tests/test_start.py runs one."""
    found: dict[str, list[str]] = {}
    for part in EDITORS.split("\n## ")[1:]:
        blocks = re.findall(r"^ *```sh\n(.*?)^ *```", part, re.M | re.S)
        lines = [line.strip() for line in "".join(blocks).splitlines() if line.strip().startswith("noticeboard ")]
        found[part.partition("\n")[0]] = [line for line in lines if not line.startswith("noticeboard serve")]
    return {heading: lines for heading, lines in found.items() if lines}


@pytest.fixture
def parking(tmp_path: Path) -> Path:
    """The working text of a notice with three versions that nobody changed since."""
    make_site(tmp_path, TEXT, SITE + "languages: [en, cy]\n", "parking")
    path = tmp_path / "content/parking/notice.md"
    for number in (1, 2, 3):
        edit(path, "This is about", f"Number {number}. This is about")
        assert (
            publish(tmp_path, f"2026-10-0{number}", f"Number {number}.", "material" if number == 1 else "clarification")
            == 0
        )
    return path


def work(text: str, heading: str, line: str) -> str:
    """The text as an editor would change it before a command of a section."""
    if heading == "Retire a notice":
        return text.replace("title:", "retired: The parking office closed.\ntitle:", 1)
    if "--kind typo" in line:
        return text.replace("aftre", "after")
    return f"{text}\nOne more sentence, since it is time.\n"


@pytest.mark.parametrize("heading", RUN)
def test_each_command_of_a_section_can_be_followed(
    heading: str, parking: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = parking.parent.parent.parent
    monkeypatch.chdir(root)
    if heading == "Write a new notice":
        shutil.rmtree(parking.parent)
        (root / "content/versions.lock").unlink()
    lines = sections()[heading]
    assert lines
    for line in lines:
        arguments = shlex.split(line)[1:]
        publishes = arguments[0] == "publish" and "--dry-run" not in arguments
        if publishes or (arguments[0] == "publish" and heading != "Publish it"):
            parking.write_text(work(parking.read_text("utf-8"), heading, line), "utf-8")
        nothing_left = heading == "Publish it" and "--dry-run" in arguments
        code = main([*arguments, *([] if arguments[0] == "schema" else ["--date", "2026-11-30"])])
        assert code == (3 if nothing_left else 0), (line, capsys.readouterr())
