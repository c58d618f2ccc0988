"""The recorded site, built on four days: the project's own content, and a notice that gains a version before each build."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from generator.cli import main
from tests.picture_fixtures import png, write_picture
from tests.site_fixtures import PROJECT, edit

TEXT = Path(__file__).parent / "text"
NOTICE = "holiday-clubs"
BUILT_ON = date(2026, 11, 20)
NAMED = "Joan Bloggs of 4 Example Street runs the clubs."


def stages(root: Path, publics: Path) -> Iterator[tuple[date, Path]]:
    """Publish version after version in `root`, as an editor does; yields each day and the folder of its build."""
    shutil.copytree(PROJECT / "content", root / "content")
    shutil.copy(PROJECT / "site.yml", root)
    yield _built(_first_version(root), publics, date(2026, 10, 7))
    yield _built(_second_version(root), publics, date(2026, 10, 14))
    yield _built(_third_version(root), publics, date(2026, 11, 5))
    yield _built(_scheduled_version(root), publics, BUILT_ON)


def run(root: Path, command: str, *arguments: str) -> None:
    """Run `noticeboard`; a failure ends the recording."""
    code = main([command, "--root", str(root), *arguments])
    if code:
        raise SystemExit(f"noticeboard {command} ended with {code}")


def _first_version(root: Path) -> Path:
    """Publish in English alone, with a picture and a name that are taken down later."""
    content = root / "content"
    for name in ("clubs-desk.md", "clubs-desk.cy.md"):
        _copy(name, content / "shared" / name)
    _copy("notice.md", content / NOTICE / "notice.md")
    write_picture(content / NOTICE / "team.png", png(grey=40))
    _publish(root, "2026-10-06", "material", "First published version.")
    return root


def _second_version(root: Path) -> Path:
    """Publish in Welsh too, with another picture, and take the first version down."""
    folder = root / "content" / NOTICE
    edit(folder / "notice.md", NAMED, "A company runs the clubs for us.")
    edit(folder / "notice.md", "![The team at the door](team.png)", "![The hall where the clubs meet](hall.png)")
    (folder / "team.png").unlink()
    write_picture(folder / "hall.png")
    _copy("notice.cy.md", folder / "notice.cy.md")
    _publish(root, "2026-10-12", "clarification", "This notice is now in Welsh too.")
    reason = "It gave the address of a member of staff by mistake."
    run(root, "retract", NOTICE, "1", "--reason", reason, "--by", "Data Protection Officer", "--date", "2026-10-13")
    return root


def _third_version(root: Path) -> Path:
    """Change the words of one consent, so that people are asked to renew."""
    folder = root / "content" / NOTICE
    edit(folder / "notice.md", "in its leaflets.", "in its leaflets and on its website.")
    edit(folder / "notice.cy.md", "yn eu taflenni.", "yn eu taflenni ac ar eu gwefan.")
    _publish(root, "2026-11-02", "material", "We would like to show photos on our website too.")
    return root


def _scheduled_version(root: Path) -> Path:
    """Schedule a version for January. The Welsh words stay as they are."""
    edit(root / "content" / NOTICE / "notice.md", "until the summer", "for 1 year")
    _publish(root, "2026-11-18", "clarification", "We say for how long we keep who collects a child.", "2027-01-05")
    return root


def _publish(root: Path, on: str, kind: str, summary: str, effective: str = "") -> None:
    later = ["--effective", effective] if effective else []
    if kind == "clarification":
        later.append("--same-meaning")  # the recording needs the kind, whatever the words read like
    run(root, "publish", NOTICE, "--date", on, "--kind", kind, "--summary", summary, *later)


def _built(root: Path, publics: Path, on: date) -> tuple[date, Path]:
    public = publics / str(on)
    run(root, "build", "--date", str(on), "--out", str(public), "--quiet")
    return on, public


def _copy(name: str, path: Path) -> None:
    path.parent.mkdir(exist_ok=True)
    shutil.copy(TEXT / name, path)
