"""Corrections at scale: one change of shared wording, many versions; and stops halfway."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path

import pytest

from generator.building import build
from generator.cli import main
from tests.site_fixtures import NOTICE, SITE, make_site, read, write_notice
from tests.stopped import stopped

SHARED = NOTICE.replace("We look after", "[[promise]]\n\nWe look after")
CORRECTION = ("publish", "--all", "--kind", "clarification", "--summary", "We have a new telephone number.")


def run(root: Path, *arguments: str, on: str = "2026-11-01") -> int:
    return main([arguments[0], "--root", str(root), "--date", on, *arguments[1:]])


def share(root: Path, text: str) -> None:
    path = root / "content" / "shared" / "promise.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Two notices with shared wording and one without, all published once."""
    root = make_site(tmp_path, SHARED)
    share(root, "Ring 01 for help.")
    write_notice(root, SHARED.replace("Library", "Museum"), "museum")
    write_notice(root, NOTICE.replace("Library", "Park"), "park")
    names = ["library", "museum", "park"]
    assert run(root, "publish", *names, "--kind", "material", "--summary", "First.", on="2026-10-01") == 0
    return root


def published(root: Path) -> list[tuple[str, int, str]]:
    return [(v.notice, v.version, v.change.summary) for v in read(root).versions if v.version > 1]


def test_all_republishes_what_a_change_of_shared_wording_touched(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    share(site, "Ring 02 for help.")
    assert run(site, *CORRECTION) == 0
    summary = "We have a new telephone number."
    assert published(site) == [("library", 2, summary), ("museum", 2, summary)]
    said = capsys.readouterr().out
    assert "Published version 2 of museum, in force from 2026-11-01.\n  It differs in: Our promise." in said
    assert run(site, *CORRECTION, on="2026-11-02") == 3


def test_a_change_of_contacts_in_the_site_touches_every_notice(site: Path) -> None:
    (site / "site.yml").write_text(SITE.replace("dpo@example.org", "privacy@example.org"), "utf-8")
    assert run(site, *CORRECTION) == 0
    assert [name for name, _, _ in published(site)] == ["library", "museum", "park"]


def test_a_notice_that_says_what_changed_keeps_its_own_words(site: Path) -> None:
    own = "change: {kind: material, summary: We open on Sundays.}\n"
    write_notice(site, SHARED.replace("consents:", own + "consents:").replace("about the library", "about us"))
    share(site, "Ring 02 for help.")
    assert run(site, *CORRECTION) == 0
    assert published(site)[0] == ("library", 2, "We open on Sundays.")
    assert published(site)[1][2] == "We have a new telephone number."


def test_all_publishes_first_versions_too(site: Path) -> None:
    write_notice(site, NOTICE.replace("Library", "Pool"), "pool")
    assert run(site, "publish", "--all", "--kind", "material", "--summary", "The first version.") == 0
    (pool,) = (version for version in read(site).versions if version.notice == "pool")
    assert (pool.version, pool.change.summary) == (1, "The first version.")
    assert published(site) == []


def test_a_new_notice_that_is_not_finished_holds_up_no_other(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_notice(site, SHARED.replace("Library", "Pool").replace("purposes: news", "purposes: swim"), "pool")
    share(site, "Ring 02 for help.")
    assert run(site, *CORRECTION) == 0
    assert {name for name, _, _ in published(site)} == {"library", "museum"}
    assert "Left out: pool: it was never published and has errors." in capsys.readouterr().err


def test_publish_names_what_it_leaves_out(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    share(site, "Ring 02 for help.")
    assert run(site, "publish") == 3
    assert "Left out: library: it does not say what `change` it is." in capsys.readouterr().err


def test_all_says_which_notices_do_not_say_what_changed(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    share(site, "Ring 02 for help.")
    assert run(site, "publish", "--all") == 1
    assert capsys.readouterr().err.count("does not say what changed since version 1") == 2
    assert published(site) == []


def test_a_dry_run_publishes_nothing(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    share(site, "Ring 02 for help.")
    assert run(site, *CORRECTION, "--dry-run") == 0
    assert "Would publish version 2 of library" in capsys.readouterr().out
    assert published(site) == []


def test_words_for_a_change_need_notices_to_describe(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(site, "publish", "--kind", "typo", "--summary", "x") == 2
    assert run(site, "publish", "library", "--all") == 2
    assert "give their ids, or --all" in capsys.readouterr().err


def test_a_publication_that_was_stopped_anywhere_is_explained_and_repaired(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    share(site, "Ring 02 for help.")
    explained = 0
    for number in range(40):
        code = stopped(site, number, *CORRECTION)
        if code == 0:
            break
        assert code == 9
        capsys.readouterr()
        found = run(site, "status")
        said = capsys.readouterr().err
        assert (found, "[V05]" in said) in {(0, False), (1, True)}
        assert "[V01]" not in said and "[V03]" not in said
        explained += found
    else:
        pytest.fail("the command never came to its end")
    assert explained >= 2
    assert [version for _, version, _ in published(site)] == [2, 2]
    assert not list(site.rglob("*.new"))
    command = ["sha256sum", "--check", "--strict", "--quiet", "versions.lock"]
    subprocess.run(command, cwd=site / "content", check=True)


def test_only_what_publishing_left_is_cleared_away(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    stray = site / "content" / "library" / "versions" / "9.yml"
    stray.write_text("mine\n", "utf-8")
    share(site, "Ring 02 for help.")
    assert run(site, *CORRECTION) == 1
    assert "[V03]" in capsys.readouterr().err
    assert stray.read_text("utf-8") == "mine\n"


RETIRED = NOTICE.replace("consents:", "retired: The library closed on 31 October 2026.\nconsents:")


def test_a_retired_notice_stays_and_is_listed_no_more(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_notice(site, RETIRED)
    closed = ("--kind", "clarification", "--summary", "The library closed.", "--effective", "2026-11-10")
    assert run(site, "publish", "library", *closed) == 0
    assert run(site, "build", on="2026-11-09") == 0
    public = site / "public"
    assert 'href="/library/"' in (public / "index.html").read_text("utf-8")
    assert run(site, "build", on="2026-11-10") == 0
    assert 'href="/library/"' not in (public / "index.html").read_text("utf-8")
    page = (public / "library" / "index.html").read_text("utf-8")
    assert "We no longer use this notice" in page and "The library closed on 31 October 2026." in page
    assert "<form" not in page
    assert "We no longer use" not in (public / "library" / "v" / "1" / "index.html").read_text("utf-8")
    capsys.readouterr()
    assert run(site, "status", on="2026-11-10") == 0
    assert "2 since 2026-11-10, retired" in capsys.readouterr().out


def test_a_draft_names_each_part_that_differs_and_leads_to_it(site: Path) -> None:
    changed = SHARED.replace("This is about", "This tells about").replace("Library privacy", "Our library privacy")
    write_notice(site, changed)
    build.build(read(site), site / "public", date(2026, 11, 1), with_drafts=True)
    page = (site / "public/draft/library/index.html").read_text("utf-8")
    assert '<a href="#about">About this notice</a>' in page
    assert '<a href="#main">Title</a>' in page and 'id="main"' in page


def test_publish_says_where_a_notice_leads_to_one_that_nobody_can_read_yet(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_notice(site, NOTICE.replace("Library", "Primary"), "primary")
    child = NOTICE.replace("Library", "Beach").replace("category:", "parent: primary\ncategory:")
    write_notice(site, child, "beach")
    told = "The page of beach has no link to the notice `primary` until `primary` is published."
    first = ("--kind", "material", "--summary", "First.")
    assert run(site, "publish", "beach", *first, "--dry-run") == 0
    assert told in capsys.readouterr().err
    assert run(site, "publish", "beach", "primary", *first) == 0
    assert told not in capsys.readouterr().err
