"""English now, Welsh by a day: a version without a language says by which day that follows, and why."""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path

import pytest

from generator.building import build
from generator.content.model import ChangeKind, Following, Ident, Reason
from generator.publishing import publish
from generator.versions import timeline
from generator.versions import version as versions
from tests.following_fixtures import (
    BEFORE,
    CHANGE,
    DAY,
    ENGLISH,
    LATER,
    OWN_REASON,
    REASON,
    SHARED,
    SHARED_TOO,
    TRANSLATED,
    WELSH,
    both,
    english_now,
    run,
)
from tests.site_fixtures import SITE, make_site, read, write_notice
from widget import manifest

Captured = pytest.CaptureFixture[str]


def test_the_other_language_stops_a_publication_until_a_day_is_named(tmp_path: Path, capsys: Captured) -> None:
    root = both(tmp_path)
    assert run(root, "publish", "library", *CHANGE) == 1
    assert "[X04]" in capsys.readouterr().err
    assert run(root, "publish", "library", *CHANGE, *LATER) == 0
    assert f"Its text in `cy` follows by {DAY}: {REASON}" in capsys.readouterr().out
    assert [(one.version, one.language) for one in read(root).versions] == [(1, "cy"), (1, "en"), (2, "en")]


def test_the_day_and_the_reason_are_frozen_and_read_back(tmp_path: Path) -> None:
    version = read(english_now(tmp_path)).last("library", "en")
    assert version is not None
    said = manifest.Following("cy", date.fromisoformat(DAY), REASON, OWN_REASON)
    assert version.change.translations == (said,) and version.change.following("cy") == said
    assert f'- language: "cy"\n      by: {DAY}\n      reason: "{REASON}"' in version.frozen.decode()
    assert versions.read(version.frozen, version.file) == dataclasses.replace(version, source=b"")
    (built,) = timeline.manifest_of([version], read(tmp_path).site, date(2026, 12, 1)).versions
    sent = manifest.from_json(manifest.to_json(manifest.Manifest(manifest.Site("A", ""), date.min, (built,))))
    assert sent.versions[0].change == version.change, "the endpoint takes it from the frozen text"


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (("--later", "cy=2026-12-01", "--reason", REASON), 1, "2026-12-01 does not lie ahead."),
        (("--later", f"ur={DAY}", "--reason", REASON), 1, "`ur` is no language of site.yml"),
        (("--later", f"en={DAY}", "--reason", REASON), 1, "`en` is no language of site.yml"),
        ((*LATER, "--later", f"cy={DAY}"), 1, "A language follows twice."),
        (("--later", f"cy={DAY}"), 2, "Say with --reason why"),
        (("--reason", REASON), 2, "Say with --later which language"),
        ((*LATER, "--own-reason", "ur=x"), 2, "--own-reason is for a language of --later"),
    ],
)
def test_a_day_that_cannot_hold_is_refused(
    tmp_path: Path, capsys: Captured, options: tuple[str, ...], code: int, said: str
) -> None:
    root = both(tmp_path)
    assert run(root, "publish", "library", *CHANGE, *options) == code
    assert said in capsys.readouterr().err
    assert len(read(root).versions) == 2


def test_a_version_needs_something_new_in_the_languages_that_stay(tmp_path: Path, capsys: Captured) -> None:
    root = english_now(tmp_path)
    write_notice(root, SHARED_TOO, language="cy")
    assert run(root, "publish", "library", *TRANSLATED, "--later", "cy=2027-01-10", "--reason", REASON) == 1
    assert "nothing differs from the last version" in capsys.readouterr().err


def test_the_kind_is_checked_as_ever(tmp_path: Path, capsys: Captured) -> None:
    root = both(tmp_path)
    assert run(root, "publish", "library", "--kind", "clarification", "--summary", "Clearer.", *LATER) == 1
    assert "[P05]" in capsys.readouterr().err


def test_the_notice_may_say_it_itself(tmp_path: Path) -> None:
    root = both(tmp_path)
    said = f"translations: [{{language: cy, by: {DAY}, reason: {REASON}}}]"
    write_notice(
        root, SHARED.replace("consents:", f"change: {{kind: material, summary: Archive., {said}}}\nconsents:", 1)
    )
    assert run(root, "publish") == 0
    last = read(root).last("library", "en")
    assert last is not None and last.change.translations == (manifest.Following("cy", date(2026, 12, 20), REASON),)


def test_a_slip_in_english_needs_no_welsh_and_keeps_the_day(tmp_path: Path) -> None:
    root = english_now(tmp_path)
    write_notice(root, SHARED.replace("This is about the library.", "This is all about the library."))
    assert run(root, "publish", "library", "--kind", "clarification", "--summary", "Clearer.", on="2026-12-05") == 0
    first, second = read(root).published("library", "en")[1:]
    assert (second.version, second.change.translations) == (3, first.change.translations)


def test_the_welsh_that_follows_asks_for_no_kind_of_its_own(tmp_path: Path) -> None:
    """Another recipient and another statement are `material`, and the English said so when it changed."""
    root = english_now(tmp_path)
    write_notice(root, SHARED_TOO, language="cy")
    assert run(root, "publish", "library", *TRANSLATED, on="2026-12-10") == 0
    english, welsh = (read(root).last("library", language) for language in ("en", "cy"))
    assert english is not None and welsh is not None
    assert (english.version, welsh.version) == (3, 3)
    assert (english.change.kind, welsh.change.kind) == ("clarification", "clarification")
    assert english.change.translations is None and "Cymraeg" not in welsh.change.summary
    assert english.consents == read(root).published("library", "en")[1].consents


def test_what_the_welsh_adds_to_the_english_is_checked(tmp_path: Path, capsys: Captured) -> None:
    root = both(tmp_path)
    write_notice(root, ENGLISH.replace("This is about", "This is all about"))
    assert run(root, "publish", "library", "--kind", "clarification", "--summary", "Clearer.", *LATER) == 0
    write_notice(
        root,
        SHARED_TOO.replace("sharing: [{who: archif y sir, why: i gadw hanes y sir", "sharing: none #"),
        language="cy",
    )
    assert run(root, "publish", "library", *TRANSLATED, on="2026-12-10") == 1
    assert "people agreed to" in capsys.readouterr().err


def test_an_approval_names_the_day_and_the_reason(tmp_path: Path) -> None:
    root = both(tmp_path)
    found, on = read(root), date.fromisoformat(BEFORE)

    def digest(*said: Following) -> str | None:
        asked = publish.Asked(ChangeKind.MATERIAL, "Archive.", translations=said)
        return publish.proposal(found, build.read_words(found), "library", asked, on)

    day = date.fromisoformat(DAY)
    said = Following(Ident("cy"), day, Reason(REASON))
    others = (Following(Ident("cy"), day, Reason("Other.")), Following(Ident("cy"), date(2026, 12, 21), Reason(REASON)))
    assert len({digest(said), *map(digest, others)}) == 3 and digest(said) == digest(said)


def test_an_approval_on_the_command_line_takes_the_same_options(tmp_path: Path, capsys: Captured) -> None:
    root = both(tmp_path)
    site = root / "site.yml"
    site.write_text(site.read_text("utf-8") + "approval: required\n", "utf-8")
    approve = ("approve", "library", "--by", "reader@example.org", "--role", "Officer", *CHANGE)
    assert run(root, *approve, *LATER) == 0
    publishing = ("publish", "library", "--by", "writer@example.org", *CHANGE)
    assert run(root, *publishing, "--later", "cy=2026-12-21", "--reason", REASON) == 1
    assert "[P03]" in capsys.readouterr().err
    assert run(root, *publishing, *LATER) == 0


def test_a_new_notice_may_be_in_english_first_where_the_law_asks_for_welsh(tmp_path: Path, capsys: Captured) -> None:
    root = make_site(tmp_path, ENGLISH, f"{SITE}languages: [en, cy]\nwelsh_body: yes\n")
    assert run(root, "publish", "library", *CHANGE) == 1
    assert "[X01]" in capsys.readouterr().err
    assert run(root, "publish", "library", *CHANGE, *LATER) == 0
    run(root, "check", "library")
    assert "[X0" not in capsys.readouterr().err
    assert run(root, "status") == 0
    assert "library (cy) none, without version 1:" in " ".join(capsys.readouterr().out.split())
    run(root, "check", "library", on="2026-12-21")
    assert "error: The Welsh text was due by 2026-12-20" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("on", "more", "told"),
    [
        ("2026-12-12", "", []),
        ("2026-12-13", "", ["note: The Welsh text is due by 2026-12-20"]),
        ("2026-12-20", "", ["note: The Welsh text is due by 2026-12-20"]),
        ("2026-12-21", "", ["warning: The Welsh text was due by 2026-12-20"]),
        ("2026-12-21", "welsh_body: yes\n", ["error: The Welsh text was due by 2026-12-20"]),
    ],
)
def test_the_check_tells_when_it_is_due(tmp_path: Path, capsys: Captured, on: str, more: str, told: list[str]) -> None:
    root = english_now(tmp_path, more)
    capsys.readouterr()
    run(root, "check", "library", on=on)
    said = capsys.readouterr().err
    found = [line for line in said.splitlines() if "[X05]" in line]
    assert [one in line for one, line in zip(told, found, strict=True)] == [True] * len(told)
    assert all("content/library/notice.cy.md" in line for line in found)
    assert ("error:" in said) == (on > DAY), "what differs is no error while the day lies ahead"


def test_a_translation_that_somebody_began_is_checked_as_ever(tmp_path: Path, capsys: Captured) -> None:
    root = english_now(tmp_path)
    write_notice(root, WELSH.replace("Mae hyn am", "Mae hyn i gyd am"), language="cy")
    assert run(root, "check", "library") == 1
    assert "error:" in capsys.readouterr().err
    assert run(root, "publish", "library", *TRANSLATED, on="2026-12-10") == 1


def test_status_says_by_which_day_a_language_follows(tmp_path: Path, capsys: Captured) -> None:
    root = english_now(tmp_path)
    capsys.readouterr()
    assert run(root, "status") == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "library (cy) 1, without version 2:" in said and "due by 2026-12-20" in said
    assert run(root, "status", on="2026-12-21") == 0
    assert "(overdue)" in capsys.readouterr().out
