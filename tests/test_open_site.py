"""The open site: what it remembers holds exactly as long as what it was made from, in memory and on the disk."""

from __future__ import annotations

import hashlib
import itertools
import os
import re
import shutil
import threading
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generator import repository
from generator.building import build, memory
from generator.building.site import memo_file, open_site
from generator.building.site.folder import Changed
from generator.building.site.memo import GaveWay, Memo, Query, Stored
from generator.building.site.open_site import MEMO, OpenSite
from generator.cli import main
from generator.commands import watching
from generator.pages import theme
from generator.problems import ContentError
from generator.publishing import drafts
from generator.publishing.drafts import Outcome
from tests.picture_fixtures import png
from tests.site_fixtures import NOTICE, TODAY, make_site, publish, write_notice

PARKS = """\
---
title: Parks
parent: library
aliases: [/green/]
---
[[hours]]

See [the promise](/library/#our-promise) and [our trees](/trees/).
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = make_site(tmp_path)
    publish(root, "2026-10-01", "First.", "material")
    write_notice(root, PARKS, "parks")
    (root / "content/shared").mkdir()
    (root / "content/shared/hours.md").write_text("We are open from 9 to 5.\n")
    (root / "content/pages").mkdir()
    (root / "content/pages/trees.md").write_text("---\ntitle: Trees\n---\nThey are green.\n")
    return root


def outcomes(site: OpenSite) -> list[Outcome]:
    return site.asked(lambda: [site.outcome(*key) for key in sorted(site.repository.notices)])


def anew(root: Path, on: date = TODAY) -> list[Outcome]:
    """The same by reading everything."""
    found = repository.read(root)
    return [drafts.outcome(draft) for draft in drafts.drafts(found, build.read_words(found), on)]


def replace(old: str, new: str, file: str) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        path = root / file
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new))

    return change


CHANGES: dict[str, Callable[[Path], object]] = {
    "its own words": replace("We look after", "We guard", "content/library/notice.md"),
    "the title that another text shows": replace("title: Library", "title: Books", "content/library/notice.md"),
    "the section that another text links to": replace("## Our promise", "## Our word", "content/library/notice.md"),
    "shared wording": replace("9 to 5", "[[nothing]]", "content/shared/hours.md"),
    "a page that is linked to": lambda root: (root / "content/pages/trees.md").unlink(),
    "an alias that another text has too": replace(
        "title: Lib", "aliases: [/green/]\ntitle: Lib", "content/library/notice.md"
    ),
    "site.yml": replace("dpo@example.org", "data@example.org", "site.yml"),
    "a language more": replace("organisation:", "languages: [en, cy]\norganisation:", "site.yml"),
    "a notice more": lambda root: write_notice(root, NOTICE, "trees"),
    "a notice less": lambda root: (root / "content/library/notice.md").unlink(),
    "a notice that cannot be read": lambda root: (root / "content/library/notice.md").write_bytes(b"Caf\xe9"),
    "a new version": lambda root: publish(root, "2026-11-01", "Second.", "clarification"),
    "words of the council's own": lambda root: _words(root),
    "a picture": lambda root: (root / "content/parks/map.png").write_bytes(b"no picture"),
}


def _words(root: Path) -> None:
    (root / "templates/strings").mkdir(parents=True)
    own = Path(build.__file__).parents[2] / "templates/strings/section.en.yml"
    (root / "templates/strings" / own.name).write_text(own.read_text().replace(" the ", " each "))


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_whatever_changes_the_open_site_says_what_reading_everything_says(
    change: Callable[[Path], object], root: Path
) -> None:
    site = OpenSite(root, lambda: TODAY)
    assert outcomes(site) == anew(root)
    site.save()
    change(root)
    assert outcomes(site) == anew(root)
    assert list(site.asked(lambda: site.repository.problems)) == list(repository.read(root).problems)
    assert outcomes(OpenSite(root, lambda: TODAY)) == anew(root)


def pages_differ(root: Path, site: OpenSite, on: date = TODAY) -> list[str]:
    """The files of the site that are not what a build writes now."""
    out = root / "built"
    built = build.build(repository.read(root), out, on, with_drafts=True, options=build.Options(jobs=1))
    names = [path.relative_to(out).as_posix() for path in sorted(out.rglob("*")) if path.is_file()]
    assert built.pages == sum(name.endswith(".html") for name in names)
    return [name for name in names if site.file(name) != (out / name).read_bytes()]


def test_every_file_of_the_open_site_is_what_a_build_writes(root: Path) -> None:
    replace("organisation:", "languages: [en, cy]\nsearch: no\norganisation:", "site.yml")(root)
    silent = NOTICE.replace("title: Library", "silence: {X03: It is translated soon.}\ntitle: Llyfrgell")
    write_notice(root, silent, "library", "cy")
    (root / "content/parks/map.png").write_bytes(png())
    publish(root, "2026-11-01", "Second.", "clarification")
    replace("We look after", "We guard", "content/library/notice.md")(root)
    write_notice(root, NOTICE, "trams")
    (root / "content/trams/notice.cy.md").write_bytes(b"Caf\xe9")
    site = OpenSite(root, lambda: TODAY)
    assert pages_differ(root, site) == []
    assert site.file("nothing/index.html") is None and site.file("../site.yml") is None
    for change in ("the title that another text shows", "site.yml", "words of the council's own", "a notice less"):
        CHANGES[change](root)
        assert pages_differ(root, site) == [], change
    assert pages_differ(root, OpenSite(root, lambda: date(2027, 1, 1)), date(2027, 1, 1)) == []


def test_pages_lead_to_withdrawing_once_any_version_asked_for_consent_and_for_ever_after(tmp_path: Path) -> None:
    root = make_site(tmp_path, "---\ntitle: Library\n---\nWe lend books.\n")
    assert publish(root, "2026-10-01", "First.", "material") == 0

    def leading() -> set[str]:
        """The files that lead there, the same in the open site and a build that remembers the one before."""
        assert pages_differ(root, site) == []
        built = (path for path in (root / "built").rglob("*") if path.suffix in (".html", ".json"))
        return {path.name for path in built if "/withdraw" in path.read_text("utf-8")}

    site = OpenSite(root, lambda: TODAY)
    assert leading() == set()
    asking = write_notice(root, NOTICE, "parks")
    assert publish(root, "2026-11-01", "We send news.", "material") == 0
    assert leading() >= {"index.html", "404.html", "endpoint.json"}
    assert '"/withdraw"' in (root / "built/library/index.html").read_text("utf-8")
    asking.write_text("---\ntitle: Parks\n---\nWe plant trees.\n")
    assert publish(root, "2026-11-02", "No news any more.", "material") == 0
    taken_down = ["retract", "parks", "1", "--reason", "It named a child.", "--all-words", "--root", str(root)]
    assert main([*taken_down, "--date", "2026-11-03"]) == 0
    assert leading() >= {"index.html", "404.html", "endpoint.json"}
    assert '"/withdraw"' in (root / "built/library/index.html").read_text("utf-8")


def test_a_save_makes_anew_what_read_it_and_nothing_else(root: Path) -> None:
    site = OpenSite(root, lambda: TODAY)
    outcomes(site)
    before = {key: site.asked(lambda key=key: site.inspection(*key)) for key in site.repository.notices}
    replace("We look after", "We guard", "content/library/notice.md")(root)
    assert site.asked(lambda: site.inspection("library", "en")) is not before["library", "en"]
    replace("They are green", "They are tall", "content/pages/trees.md")(root)
    write_notice(root, PARKS.replace("[the promise](/library/#our-promise)", "it"), "parks")
    parks = site.asked(lambda: site.inspection("parks", "en"))
    replace("We guard", "We keep", "content/library/notice.md")(root)
    assert site.asked(lambda: site.inspection("parks", "en")) is parks


def test_another_day_judges_nothing_anew_unless_the_law_or_a_day_in_the_text_changed(root: Path) -> None:
    days = [TODAY]
    site = OpenSite(root, lambda: days[-1], keep=False)
    parks = site.asked(lambda: site.inspection("parks", "en"))
    days.append(date(2026, 11, 2))
    assert outcomes(site) == anew(root, days[-1])
    assert site.asked(lambda: site.inspection("parks", "en")) is parks
    days.append(date(2026, 1, 2))  # before most of the Act of 2025
    assert outcomes(site) == anew(root, days[-1])
    assert site.asked(lambda: site.inspection("parks", "en")) is not parks


def test_a_file_that_is_gone_between_the_look_and_the_reading_is_not_kept_as_refused(root: Path) -> None:
    site = OpenSite(root, lambda: TODAY, keep=False)
    file = root / "content/pages/trees.md"
    site.asked(lambda: site.read("text problems", "library", "en"))
    folder = site._folder
    good = file.read_bytes()
    file.unlink()
    file.symlink_to("/etc/hostname")
    with pytest.raises(Changed):
        folder.text("content/pages/trees.md", "trees", "en")
    file.unlink()
    file.write_bytes(good)
    found, problems = site.asked(lambda: folder.text("content/pages/trees.md", "trees", "en"))
    assert found is not None and not problems


def test_words_that_were_away_for_the_moment_in_which_they_were_read_are_there_again(root: Path) -> None:
    _words(root)
    site = OpenSite(root, lambda: TODAY, keep=False)
    folder, away = root / "templates", root / "templates.old"
    pending = [folder]

    def question() -> str:
        if moved := pending and pending.pop():
            moved.rename(away)
        digest: str = site.words()["en"].digest
        if moved:
            away.rename(folder)
        return digest

    assert site.asked(question) == build.read_words(repository.read(root))["en"].digest


def test_styles_that_were_cut_short_for_the_moment_in_which_they_were_read_are_whole_again(root: Path) -> None:
    with (root / "site.yml").open("a") as settings:
        settings.write('\ntheme: {accent: "#123456"}\n')
    styles = root / "templates/site.css"
    styles.parent.mkdir()
    whole = (theme.OWN_TEMPLATES / "site.css").read_bytes()
    styles.write_bytes(whole)
    site = OpenSite(root, lambda: TODAY, keep=False)
    site.asked(site.words)
    pending = [b"/* no place for a colour */"]

    def question() -> object:
        cut = pending.pop() if pending else b""
        if cut:
            styles.write_bytes(cut)
            site._memo.renew()
        try:
            return site.read("rendering")
        finally:
            if cut:
                styles.write_bytes(whole)

    site.asked(question)
    assert b"#123456" in next(data for name, data in site.read("assets").items() if name.endswith(".css"))


def test_a_frozen_file_that_went_and_came_in_the_middle_of_a_look_is_there_again(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when a program takes a folder away file by file and puts it back."""
    path, real = root / "content/library/versions/1.yml", os.stat
    data, pending = path.read_bytes(), [path]
    site = OpenSite(root, lambda: TODAY, keep=False)
    assert site.asked(site.published) == ["library"]

    def stat(name: Any, *arguments: Any, **options: Any) -> os.stat_result:
        if name != str(path) or not pending:
            return real(name, *arguments, **options)
        pending.pop().unlink()
        try:
            return real(name, *arguments, **options)
        finally:
            path.write_bytes(data)

    (root / "content/aside").mkdir()  # everything is listed anew
    monkeypatch.setattr(os, "stat", stat)
    assert site.asked(site.published) == ["library"]
    assert not pending


def test_site_yml_that_was_away_for_the_moment_in_which_it_was_read_is_there_again(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = OpenSite(root, lambda: TODAY, keep=False)
    path, away, real = root / "site.yml", root / "site.old", repository.read_site_with_warnings
    pending = [path]

    def read(folder: Path) -> Any:
        if not pending:
            return real(folder)
        pending.pop().rename(away)
        try:
            return real(folder)
        finally:
            away.rename(path)

    monkeypatch.setattr(repository, "read_site_with_warnings", read)
    assert site.asked(lambda: site.repository.site.base_url) == repository.read_site(root).base_url
    assert not pending


def test_a_site_that_never_stops_changing_is_refused_and_the_file_is_named(root: Path) -> None:
    site = OpenSite(root, lambda: TODAY, keep=False)
    numbers = itertools.count()

    def question() -> object:
        (root / "content/pages/trees.md").write_text(f"---\ntitle: Trees\n---\nNumber {next(numbers)}.\n")
        return site.read("folders"), site.words(), site.read("text problems", "library", "en")

    with pytest.raises(ContentError) as told:
        site.asked(question)
    (problem,) = told.value.problems
    assert (problem.rule, problem.place.file) == ("B05", "content/pages/trees.md")

    def of_parks() -> object:
        write_notice(root, PARKS + f"{next(numbers)}\n", "parks")
        return site.repository.notices["parks", "en"]

    with pytest.raises(ContentError) as told:
        site.asked(of_parks)
    assert told.value.problems[0].place.file == "content/parks/notice.md"


def test_work_that_gave_way_leaves_nothing_of_files_that_were_another_for_a_moment(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = OpenSite(root, lambda: TODAY, keep=False)
    path, real = root / "site.yml", repository.read_site_with_warnings
    before, after = path.read_text(), path.read_text().replace("dpo@example.org", "data@example.org")
    pending: list[str] = []
    site._memo.add("officer", Query(lambda: site.read("site")[0].data_protection_officer, repr))
    officer = site.asked(lambda: site.read("officer"))

    def read(folder: Path) -> Any:
        if pending:
            path.write_text(pending.pop())
            found = real(folder)
            path.write_text(after)
            return found
        return real(folder)

    def beside() -> None:
        assert (
            site.read("officer") == officer
        )  # holds, as far as can be seen: site.yml was for a moment as it had been before
        raise GaveWay

    monkeypatch.setattr(repository, "read_site_with_warnings", read)
    monkeypatch.setattr(open_site, "A_MOMENT", 0)
    path.write_text(after)
    pending.append(before)
    with pytest.raises(GaveWay):
        site.asked(beside, now=False)
    assert site.asked(lambda: site.read("officer")).email == "data@example.org"


def test_a_site_that_cannot_be_read_says_why_and_goes_on_once_it_is_put_right(root: Path) -> None:
    site = OpenSite(root, lambda: TODAY)
    before = outcomes(site)
    for file in ("site.yml", "content/library/versions/1.yml"):
        text = (root / file).read_text()
        (root / file).write_text(f"{text}\n- [")
        with pytest.raises(ContentError) as told:
            outcomes(site)
        with pytest.raises(ContentError) as expected:
            repository.read(root)
        assert told.value.problems == expected.value.problems
        (root / file).write_text(text)
        assert outcomes(site) == before


def test_what_was_known_at_the_last_run_is_not_made_again(root: Path) -> None:
    first = OpenSite(root, lambda: TODAY)
    expected = outcomes(first)
    first.save()
    again = OpenSite(root, lambda: TODAY)
    assert outcomes(again) == expected
    kept = (root / MEMO).read_bytes()
    again.save()
    assert hashlib.sha256((root / MEMO).read_bytes()).digest() == hashlib.sha256(kept).digest()
    assert again.made < first.made


def test_what_was_just_published_for_the_first_time_need_not_be_read_again(root: Path) -> None:
    (root / "site.yml").write_text((root / "site.yml").read_text() + "languages: [en, cy]\n")
    (root / "content/parks/map.png").write_bytes(png(grey=100))
    write_notice(root, PARKS + "\n![A map](map.png)\n", "parks")
    (root / "content/parks/notice.cy.md").write_text("---\ntitle: Parciau\nparent: library\n---\nCroeso.\n")
    (root / "content/shared/hours.cy.md").write_text("Ar agor.\n")
    publish(root, "2026-11-01", 'Second: "more".', "clarification")
    known, fresh = OpenSite(root, lambda: TODAY), OpenSite(root, lambda: TODAY, keep=False)
    assert {version.file for version in known.asked(known.facts)} >= {"parks/versions/1.yml", "parks/versions/1.cy.yml"}
    assert known.asked(known.facts) == fresh.asked(fresh.facts)
    assert known.made < fresh.made
    path = root / "content/parks/versions/1.yml"
    path.chmod(0o644)
    path.write_text(path.read_text().replace("Parks", "Barks"))
    with pytest.raises(ContentError):
        known.asked(known.facts)


def test_work_that_nobody_waits_for_gives_way_to_a_question(root: Path) -> None:
    site = OpenSite(root, lambda: TODAY)
    answers: list[list[str]] = []
    question = threading.Thread(target=lambda: answers.append(site.asked(site.published)))

    def beside() -> list[Outcome]:
        question.start()
        deadline = time.monotonic() + 60
        while site.rests(0) and time.monotonic() < deadline:
            time.sleep(0.001)
        return [site.outcome(*key) for key in sorted(site.repository.notices)]

    with pytest.raises(GaveWay):
        site.asked(beside, now=False)
    question.join()
    assert answers == [["library"]]
    assert not site.rests(60)
    assert outcomes(site) == anew(root)


def test_what_another_law_judged_counts_for_nothing(tmp_path: Path) -> None:
    law = tmp_path / "law" / "adequacy.toml"
    law.parent.mkdir()
    shutil.copy(memory.CODE / "law" / "adequacy.toml", law)
    before = memory.made_by(tmp_path)
    law.write_text(law.read_text("utf-8") + "# and one more\n", "utf-8")
    assert memory.made_by(tmp_path) != before


@pytest.mark.parametrize("harm", ["cut", "bit", "release", "shape", "empty"])
def test_a_memo_that_is_damaged_or_of_another_release_counts_for_nothing(harm: str, tmp_path: Path) -> None:
    path = tmp_path / "memo"
    entry = Stored("mark", ((("file", "a"), "digest"),), {"plain": [1, None, "é"]})
    memo_file.write(path, "1", {("query", "a"): entry})
    assert memo_file.read(path, "1") == {("query", "a"): entry}
    whole = path.read_bytes()
    body = b'1\n[["a"]]'
    hurt = {
        "cut": whole[:-3],
        "bit": whole.replace(b"mark", b"nark"),
        "shape": hashlib.sha256(body).hexdigest().encode() + b"\n" + body,
        "empty": b"",
    }
    path.write_bytes(hurt.get(harm, whole))
    assert memo_file.read(path, "2" if harm == "release" else "1") == {}


def test_a_change_goes_no_further_than_the_first_value_that_it_leaves_the_same() -> None:
    text = {"a": "one two"}
    made = []

    def shout() -> str:
        made.append("shout")
        return f"{memo.read('first')}!"

    memo = Memo(
        {"first": Query(lambda: memo.read("file", "a").split()[0], str), "shout": Query(shout, str)},
        {"file": lambda name: text[name]},
    )
    assert memo.read("shout") == "one!"
    text["a"] = "one three"
    memo.renew()
    assert memo.read("shout") == "one!" and made == ["shout"]
    text["a"] = "two"
    memo.renew()
    assert memo.read("shout") == "two!" and made == ["shout", "shout"]


def test_a_check_that_goes_on_says_which_problems_went_and_which_came(root: Path) -> None:
    site = OpenSite(root, lambda: TODAY)
    saves = iter(
        (
            replace("We look after", "[[nothing]] is looked after, and we look after", "content/library/notice.md"),
            replace("title: Library", "\ntitle: Library", "content/library/notice.md"),
            replace("[[nothing]] is", "It is", "content/library/notice.md"),
        )
    )

    def wait(_: float) -> None:
        next(saves)(root)

    said = []
    with pytest.raises(RuntimeError):  # no save is left
        for line in watching.changes(lambda: site.asked(lambda: site.inspection("library", "en").problems), wait):
            said.append(line)
    first, came, moved, gone = said
    assert "Waiting for the next save" in first
    assert came.count("new:") == 1 and "nothing" in came and "gone:" not in came
    assert "new:" not in moved and "gone:" not in moved
    assert gone.count("gone:") == 1 and "new:" not in gone


def test_styles_that_are_not_utf_8_are_a_file_that_pages_load(root: Path) -> None:
    styles = (theme.OWN_TEMPLATES / "site.css").read_bytes() + b"\n.caf\xe9 { color: red }\n"
    (root / "templates").mkdir()
    (root / "templates/site.css").write_bytes(styles)
    site = OpenSite(root, lambda: TODAY, keep=False)
    page = site.file("library/index.html") or b""
    (name,) = set(re.findall(rb'href="/?(?:\.\./)*([^"]*site[^"]*\.css)"', page))
    assert b".caf\xe9 {" in (site.file(name.decode()) or b"")


@pytest.mark.parametrize("name", ["site.yml", "templates"])
def test_what_came_for_the_moment_in_which_it_was_read_is_not_there(name: str, root: Path) -> None:
    _words(root)
    path, away = root / name, root / "away"
    path.rename(away)
    site = OpenSite(root, lambda: TODAY, keep=False)
    pending = [path]

    def question() -> str:
        if came := pending and pending.pop():
            away.rename(path)
            site._memo.forget()
        try:
            return site.words()["en"].digest
        finally:
            if came:
                path.rename(away)

    if name == "site.yml":
        with pytest.raises(ContentError):
            site.asked(question)
        with pytest.raises(ContentError):
            site.asked(site.words)
    else:
        assert site.asked(question) == build.read_words(repository.read(root))["en"].digest
