"""`consents verify` finds what somebody did to the ledger, or the list of what it cannot notice names it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.consent_fixtures import FakeClock
from tests.databases import POSTGRESQL, SQLITE
from tests.site_fixtures import PROJECT
from tests.tampered import EXPORT, HEAD, KINDS, MANIFEST, RECEIPT, Kind
from tests.verify_scene import RECORDING, SAVED, TOKENS, Base, Scene, recorded_base
from widget.app import close_app, create_app

pytestmark = pytest.mark.filterwarnings(
    "ignore:Exception ignored in. <function BaseConnection.__del__:pytest.PytestUnraisableExceptionWarning"
)
"""Connections of PostgreSQL to a database that was replaced under them are never closed properly."""
LONG = os.environ.get("FAULTS") == "long"
SHORT = {
    SQLITE: (
        *(
            "the same, with the head deleted too",
            "an event appended, with the tree made anew",
            "an older head put back",
        ),
        *("two receipts swapped", "details deleted", "details that were erased put back", "an address confirmed"),
        *("a look-up emptied", "wording from before changed under its digest", "the outbox emptied", "a rule dropped"),
        *("another pepper", "the kept heads deleted", "an older database and its keys folder put back"),
        *("two receipts swapped, with their times", "a manifest of before"),
    ),
    POSTGRESQL: ("an event deleted", "a rule replaced", "a rule switched off", "an address confirmed"),
}
"""The kinds of the short form."""
NAMED = {kind.name: kind for kind in KINDS}


def tried(database: str) -> list[Kind]:
    kinds = KINDS if LONG else [NAMED[name] for name in SHORT[database]]
    return [kind for kind in kinds if kind.only in ("", database)]


CASES = [(database, kind, running) for database in SHORT for kind in tried(database) for running in (False, True)]
if not LONG:
    CASES = [case for number, case in enumerate(CASES) if number % 2 == 0]  # stopped


@pytest.fixture(scope="module")
def bases(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Base]:
    """The recorded ledger in each kind of database."""
    return {kind: recorded_base(kind, tmp_path_factory.mktemp(f"base_{kind}_")) for kind in SHORT}


def helped_by(scene: Scene, what: str) -> int:
    """The exit code with what was kept elsewhere."""
    if what == MANIFEST:
        return scene.verify("--manifest", str(scene.config.manifest))
    return scene.verify("--against", str(scene.kept / what))


@pytest.mark.parametrize(
    ("database", "kind", "running"),
    CASES,
    ids=[f"{database}-{kind.name}{'-running' * running}" for database, kind, running in CASES],
)
def test_tampering_is_found_or_named_as_what_nobody_can_notice(
    bases: dict[str, Base], database: str, kind: Kind, running: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scene = bases[database].copy(tmp_path)
    if running:
        app = create_app(scene.config, FakeClock(RECORDING.until))
        kind.do(scene)
        withdrawn = {"consent": "photos"}
        app.test_client(use_cookies=False).post(f"/receipt/{TOKENS[SAVED]}/withdraw", data=withdrawn)
        code = scene.verify()
        close_app(app)
    else:
        kind.do(scene)
        code = scene.verify()
    said = capsys.readouterr()
    assert (code != 0) is (kind.found and not (running and kind.healed)), said.out
    assert said.out or said.err
    assert not any(secret in said.out + said.err for secret in ("@", "Traceback"))
    for what in (HEAD, RECEIPT, EXPORT, MANIFEST) if not kind.found else ():
        if what == MANIFEST and what not in kind.with_help_of:
            continue  # the recorded one is of a release whose manifest proves no words
        assert (helped_by(scene, what) == 1) is (what in kind.with_help_of), (what, capsys.readouterr().out)


@pytest.mark.parametrize("database", SHORT)
def test_a_ledger_that_nobody_touched_is_whole_and_goes_on_from_what_was_kept(
    bases: dict[str, Base], database: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scene = bases[database].copy(tmp_path)
    assert scene.verify() == 0, capsys.readouterr().out
    for what in (HEAD, RECEIPT, EXPORT):
        assert helped_by(scene, what) == 0, capsys.readouterr().out
        assert f"goes on from what {scene.kept / what} says" in capsys.readouterr().out


def test_each_fault_is_one_line_and_all_are_said_at_once(
    bases: dict[str, Base], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scene = bases[SQLITE].copy(tmp_path)
    names = ("wording from before changed under its digest", "a letter about a withdrawal deleted", "a look-up emptied")
    for name in names:
        NAMED[name].do(scene)
    assert scene.verify() == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line.partition(" ")[0] for line in lines] == ["subject", "event", "earlier"]
    assert (
        "event 43: its letter withdrawn is missing from the outbox. The service or the person was never told." in lines
    )


def test_many_faults_of_one_kind_are_counted(
    bases: dict[str, Base], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scene = bases[SQLITE].copy(tmp_path)
    scene.admin.run("UPDATE event SET happened = '2026'")
    assert scene.verify() == 1
    assert len(capsys.readouterr().out.splitlines()) < 30


def test_a_file_that_was_never_kept_from_a_ledger_is_no_ground_for_a_verdict(
    bases: dict[str, Base], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scene = bases[SQLITE].copy(tmp_path)
    (tmp_path / "letter.txt").write_text("Dear Sir or Madam")
    assert scene.verify("--against", str(tmp_path / "letter.txt")) == 2
    assert "neither a signed head" in capsys.readouterr().err


def test_a_head_that_another_key_signed_is_not_this_ledgers(bases: dict[str, Base], tmp_path: Path) -> None:
    scene = bases[SQLITE].copy(tmp_path)
    (tmp_path / "head.txt").write_text((scene.kept / HEAD).read_text().replace("privacy.", "other."))
    assert scene.verify("--against", str(tmp_path / "head.txt")) == 1


def test_the_published_list_names_every_kind_that_was_tried_and_no_other() -> None:
    page = (PROJECT / "docs" / "assurance.md").read_text("utf-8")
    section = page[page.index("## What `consents verify` covers") :].partition("\n## ")[0]
    rows = [[cell.strip() for cell in line[1:-1].split("|")] for line in section.splitlines() if line.startswith("| ")]
    (_, *found), (_, *unnoticed) = ([row for row in rows if len(row) == cells] for cells in (2, 3))
    assert {name for row in found for name in row[1].split("; ")} == {kind.name for kind in KINDS if kind.found}
    helped = {HEAD: "a head", RECEIPT: "a receipt", EXPORT: "an export", MANIFEST: "`--manifest`"}
    expected = {
        kind.name: ", ".join(word for what, word in helped.items() if what in kind.with_help_of) or "–"
        for kind in KINDS
        if not kind.found
    }
    assert {name: found_with for name, _, found_with in unnoticed} == expected
    assert all(reason for _, reason, _ in unnoticed)
    assert f"({len(KINDS)} kinds)" in section


def test_at_least_sixty_kinds_are_tried() -> None:
    assert len(NAMED) == len(KINDS) >= 60
