"""A notice that breaks no rule, in English and Welsh, and how an example of the catalogue changes it."""

from __future__ import annotations

import re
import shlex
import sys
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import pytest

from generator import repository, scene
from generator.building import folders
from generator.cli import main
from generator.problems import Problem
from generator.publishing import turn
from generator.rule import Example
from generator.rules import check
from generator.scene import Edit, Scene
from tests.picture_fixtures import write_picture
from tests.site_fixtures import NOTICE, SITE, make_site, publish, write_notice

SOUND = NOTICE.split("---\n")[1] + "must_provide: {required: no}\ncomplete: yes\n"
WELSH = """\
title: Hysbysiad preifatrwydd y llyfrgell
summary: Yr hyn rydym yn ei wneud â’ch gwybodaeth pan fyddwch yn ymuno â’r llyfrgell.
service: Llyfrgelloedd
category: Hamdden
owner: {name: Llyfrgelloedd, email: libraries@example.org}
purposes:
  - {id: lend, text: rhoi benthyg llyfrau i chi, basis: task}
  - {id: news, text: anfon newyddion atoch, basis: agreed}
lawful_bases:
  - {id: task, article: 6(1)(e), task: rhoi benthyg llyfrau, legislation: Public Libraries and Museums Act 1964 section 7}
  - {id: agreed, article: 6(1)(a)}
data: [eich enw, eich cyfeiriad]
sources: [{who: chi}]
sharing: none
retention:
  - {record: eich aelodaeth, keep: 2 years, after: end of financial year}
transfers: none
automated_decisions: none
must_provide: {required: no}
complete: yes
consents:
  - id: news
    statement: Rwy’n cytuno y caiff y llyfrgell anfon newyddion ataf.
    purposes: news
    effect: Os byddwch yn tynnu eich cydsyniad yn ôl, ni fyddwn yn anfon newyddion atoch mwyach.
    if_refused: Gallwch wrthod a benthyg llyfrau o hyd.
"""
BODY = "This is about the library.\n"


def changed(text: str, replaced: str, without: tuple[str, ...] = ()) -> str:
    """Top-level YAML with keys replaced or added, and others taken out."""
    keys = _blocks(text) | _blocks(replaced)
    return "\n".join(block for key, block in keys.items() if key not in without) + "\n"


def _blocks(text: str) -> dict[str, str]:
    parts = [part.rstrip("\n") for part in re.split(r"(?m)^(?=[a-z_]+:)", text) if part.strip()]
    return {part.partition(":")[0]: part for part in parts}


def make(root: Path, example: Example) -> Path:
    """A site with the one notice that the example describes."""
    languages = example.languages or ("[en, cy]" if example.welsh is not None else "")
    site = changed(SITE, example.site, example.site_without) + (f"languages: {languages}\n" if languages else "")
    (root / "site.yml").write_text(site, "utf-8")
    front = changed(SOUND, example.front, example.without)
    write_notice(root, example.file or f"---\n{front}---\n{example.body or BODY}")
    for name in example.pictures:
        write_picture(root / "content" / "library" / name)
    if example.welsh is not None:
        front = changed(WELSH, example.welsh)
        write_notice(root, f"---\n{front}---\n{example.welsh_body or 'Dyma hysbysiad y llyfrgell.'}\n", "library", "cy")
    return root


def problems(root: Path) -> list[Problem]:
    """The findings of the whole check about every notice of a site."""
    found = repository.read(root)
    return [problem for notice in found.notices.values() for problem in check.inspect(found, notice).problems]


def play(
    shown: Scene, root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> tuple[int, str]:
    """Do the steps of a scene in a folder: how the last command ended, and all that it said."""
    root.mkdir()
    make_site(root, scene.NOTICE)
    assert publish(root, scene.PUBLISHED, "First.") == 0
    monkeypatch.chdir(root)
    if shown.lacks:
        monkeypatch.setitem(sys.modules, shown.lacks, None)
    for module in (folders, turn) if shown.busy else ():
        monkeypatch.setattr(module, "PATIENCE", 0.1)
    with _busy(root, shown.busy):
        result = _all(shown, root, capsys)
    said = capsys.readouterr()
    return result, said.out + said.err


def _busy(root: Path, folder: str) -> AbstractContextManager[None]:
    """Another command that writes to a folder: `publish` to content/, a build to any other."""
    if folder == repository.CONTENT:
        return turn.turn(root)
    return folders.alone(root / folder) if folder else nullcontext()


def _all(shown: Scene, root: Path, capsys: pytest.CaptureFixture[str]) -> int:
    """Do the steps: how the last command ended."""
    result = 0
    for step in shown.steps:
        assert result == 0
        capsys.readouterr()
        if isinstance(step, Edit):
            _edit(root / step.file, step)
        else:
            result = main([*shlex.split(step), "--date", scene.TODAY])
    return result


def _edit(path: Path, edit: Edit) -> None:
    before = path.read_text("utf-8") if path.is_file() else ""
    assert edit.old in before
    if path.is_file():
        path.chmod(0o644)  # published versions cannot be written to by mistake
    if edit.old:
        path.write_text(before.replace(edit.old, edit.new, 1), "utf-8")
    elif edit.new:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(before + edit.new, "utf-8")
    else:
        path.unlink()
