"""Saving in a plain folder: nobody's words are overwritten unseen, none are lost, and every refusal says why."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from desk.saving import files, save, start_up, starting_points
from desk.saving.editing.changes import (
    AddItem,
    AddSection,
    Change,
    MoveItem,
    MoveSection,
    RemoveFact,
    RemoveSection,
    Restore,
    SetFact,
    SetHeading,
    SetLead,
    SetSection,
    SetText,
)
from desk.saving.outcome import (
    Choice,
    Choices,
    Conflict,
    Outcome,
    PartKind,
    Person,
    Reason,
    Refused,
    Same,
    Saved,
    SavedNotInHistory,
    Where,
)
from generator.content.model import DataItem, Period, Retention
from generator.problems import ContentError
from generator.versions.changes import How
from tests.site_fixtures import NOTICE, PROJECT, make_site

FILE = "content/library/notice.md"
SIAN = Person("Siân Tŷ", "sian@example.org")
NOW = datetime(2026, 11, 30, 10, 42, tzinfo=UTC)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    folder.mkdir()
    return make_site(folder)


def saved(root: Path, digest: str, *changes: Change, file: str = FILE, key: str = "", person: Person = SIAN) -> Outcome:
    return save.save(root, file, digest, changes, person, "Change the library notice", NOW, key=key)


def opened(root: Path, file: str = FILE) -> str:
    return save.opened(root, file).digest


def text(root: Path, file: str = FILE) -> str:
    return (root / file).read_bytes().decode()


def messages(outcome: Outcome) -> str:
    assert isinstance(outcome, Refused), outcome
    return "\n".join(map(str, outcome.problems))


def test_a_fact_is_saved_in_a_plain_folder_which_keeps_no_earlier_saves(root: Path) -> None:
    outcome = saved(root, opened(root), SetFact("retention.0.keep", "3 years"))
    assert isinstance(outcome, Saved)
    assert outcome.history == SavedNotInHistory(Reason.NO_REPOSITORY)
    assert text(root) == NOTICE.replace("keep: 2 years", "keep: 3 years")
    assert outcome.digest == files.digest((root / FILE).read_bytes())


def test_a_later_save_does_not_undo_an_earlier_one_and_shows_both_texts(root: Path) -> None:
    """gitlabhq#7000, gollum#1095: a stale digest is refused, both texts are shown, neither is lost."""
    base = opened(root)
    saved(root, base, SetSection("section-1", "We guard your information."))
    outcome = saved(root, base, SetSection("section-1", "We look after your records."))
    assert isinstance(outcome, Conflict)
    (part,) = outcome.parts
    assert (part.kind, part.name) == (PartKind.SECTION, "our promise")
    assert part.base == "## Our promise\n\nWe look after your **information**."
    assert part.mine == "## Our promise\n\nWe look after your records."
    assert part.theirs == "## Our promise\n\nWe guard your information."
    runs = [(run.how, run.text) for passage in part.passages for run in passage.runs]
    assert (How.REMOVED, "We guard your information.") in runs
    assert (How.ADDED, "We look after your records.") in runs
    assert "We guard your information." in text(root)
    chosen = saved(root, outcome.digest, SetSection("section-1", "We guard and look after your records."))
    assert isinstance(chosen, Saved)
    assert "We guard and look after your records." in text(root)


def test_each_side_of_a_conflict_is_labelled_with_person_time_and_place(root: Path) -> None:
    """nextcloud/notes#1083: “current” and “new” mislead."""
    base = opened(root)
    (root / FILE).write_text(NOTICE.replace("your name", "your full name"), "utf-8")
    os.utime(root / FILE, (1_000_000, 1_000_000))
    outcome = saved(root, base, SetFact("data.0", "your names"))
    assert isinstance(outcome, Conflict)
    assert (outcome.mine.where, outcome.mine.person, outcome.mine.when) == (Where.FORM, SIAN, NOW)
    assert (outcome.theirs.where, outcome.theirs.person) == (Where.FILE, None)
    assert outcome.theirs.when == datetime.fromtimestamp(1_000_000, UTC)
    assert [(part.base, part.mine, part.theirs) for part in outcome.parts] == [
        ("label: your name", "label: your names", "label: your full name")
    ]


def test_edits_of_different_sections_and_facts_both_survive(root: Path) -> None:
    """mdn/kuma PR 46, service-manual-publisher PR 356."""
    base = opened(root)
    saved(
        root, base, SetSection("section-1", "Theirs."), SetFact("owner.email", "desk@example.org"), AddItem("data", "x")
    )
    mine = [SetLead("Mine."), SetFact("owner.phone", "0161"), SetFact("retention.0.keep", "4 years")]
    outcome = saved(root, base, *mine, AddSection("Added", "Below.", "added", "section-1"), MoveItem("purposes", 1, 0))
    assert isinstance(outcome, Saved)
    assert set(outcome.merged) == {"our promise", "owner.email", "data"}
    found = text(root)
    for words in (
        "Theirs.",
        "Mine.",
        "desk@example.org",
        "0161",
        "4 years",
        "## Added {#added}\n\nBelow.",
        "address, x]",
    ):
        assert words in found
    assert found.index("id: news, text") < found.index("id: lend")


def test_both_sides_may_add_take_out_and_move_sections(root: Path) -> None:
    (root / FILE).write_text(NOTICE + "\n## Two\n\nSecond.\n\n## Three\n\nThird.\n", "utf-8")
    base = opened(root)
    saved(root, base, RemoveSection("section-2"), AddSection("Theirs", "T.", None, "section-1"))
    outcome = saved(root, base, AddSection("Mine", "M.", None, "section-3"), SetHeading("section-3", "Third part"))
    assert isinstance(outcome, Saved), outcome
    headings = [line for line in text(root).splitlines() if line.startswith("## ")]
    assert headings == ["## Our promise", "## Theirs", "## Third part", "## Mine"]
    late = saved(root, opened(root), MoveSection("section-3", ""))
    assert isinstance(late, Saved)
    headings = [line for line in text(root).splitlines() if line.startswith("## ")]
    assert headings == ["## Third part", "## Our promise", "## Theirs", "## Mine"]


def test_a_section_that_one_took_out_and_the_other_changed_is_shown_to_choose(root: Path) -> None:
    base = opened(root)
    saved(root, base, RemoveSection("section-1"))
    outcome = saved(root, base, SetSection("section-1", "Mine."), SetFact("summary", "Mine too."))
    assert isinstance(outcome, Conflict)
    assert [(part.mine, part.theirs) for part in outcome.parts] == [("## Our promise\n\nMine.", None)]
    assert outcome.mine_alone == ("summary",)
    assert "Mine too." not in text(root)


def test_a_list_whose_items_moved_is_one_fact_so_that_no_words_reach_another_item(root: Path) -> None:
    base = opened(root)
    saved(root, base, AddItem("purposes", {"id": "first", "text": "come first", "basis": "task"}, 0))
    outcome = saved(root, base, SetFact("purposes.0.text", "lend you books and films"))
    assert isinstance(outcome, Conflict)
    assert [part.name for part in outcome.parts] == ["purposes"]


@pytest.mark.parametrize("name", [FILE, "site.yml"])
def test_an_unchanged_form_is_no_conflict_and_writes_nothing(root: Path, name: str) -> None:
    """nextcloud/text#4078, requarks/wiki#2381: no typing, no conflict. tinacms#1098: saving unchanged makes no commit."""
    base = opened(root, name)
    before = (root / name).stat()
    assert saved(root, base, file=name) == Same(base)
    fact = SetFact("summary", "What we do with your information when you join the library.")
    same = [fact, SetSection("section-1", "We look after your **information**.\r\n")] if name == FILE else []
    assert saved(root, base, *same, file=name) == Same(base)
    assert ((root / name).stat().st_ino, (root / name).stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    (root / name).write_bytes((root / name).read_bytes() + b"\n")
    assert saved(root, base, *same, file=name) == Same(opened(root, name))


def test_the_same_words_on_both_sides_are_no_conflict(root: Path) -> None:
    base = opened(root)
    change = SetSection("section-1", "The same words.")
    first = saved(root, base, change)
    assert isinstance(first, Saved)
    assert saved(root, base, change) == Same(first.digest)


def test_the_bytes_of_the_file_are_read_again_at_each_save(root: Path) -> None:
    """nextcloud/text#9236, libgit2 PR 3491: a change outside, in the same second and of the same length, is noticed."""
    base = opened(root)
    times = (root / FILE).stat()
    (root / FILE).write_text(NOTICE.replace("This is about", "That is about"), "utf-8")
    os.utime(root / FILE, ns=(times.st_atime_ns, times.st_mtime_ns))
    outcome = saved(root, base, SetLead("Mine."))
    assert isinstance(outcome, Conflict)
    assert outcome.parts[0].theirs == "That is about the library."


def test_a_form_whose_start_nobody_knows_any_more_shows_every_difference(root: Path) -> None:
    outcome = saved(root, "0" * 64, SetLead("Mine."), SetFact("summary", "Mine."))
    assert isinstance(outcome, Conflict)
    assert [(part.base, part.mine) for part in outcome.parts] == [(None, "Mine."), (None, "Mine.")]
    assert text(root) == NOTICE


def test_forms_older_than_those_kept_are_dropped(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(starting_points, "MOST", 3)
    digests = [starting_points.keep(root, f"text {number}".encode()) for number in range(6)]
    for number, digest in enumerate(digests):
        path = root / ".noticeboard/forms" / digest
        if path.exists():
            os.utime(path, (number, number))
    starting_points.keep(root, b"the last")
    assert len(list((root / ".noticeboard/forms").iterdir())) == 3
    assert starting_points.find(root, FILE, digests[0]) is None


def test_a_double_click_saves_once(root: Path) -> None:
    """civiform#2469, govuk-frontend PR 1018: the same post twice is one save with one answer."""
    base = opened(root)
    with ThreadPoolExecutor(4) as threads:
        posts = [threads.submit(saved, root, base, AddItem("data", "once"), key="post-1") for _ in range(4)]
        outcomes = [post.result() for post in posts]
    assert len({str(outcome) for outcome in outcomes}) == 1 and isinstance(outcomes[0], Saved)
    assert text(root).count("once") == 1
    saved(root, opened(root), SetFact("data.2", "by somebody else"))
    assert saved(root, base, AddItem("data", "once"), key="post-1") == outcomes[0]
    assert "once" not in text(root)


def test_fifty_savers_at_once_lose_no_words(root: Path) -> None:
    base = opened(root)
    with ThreadPoolExecutor(8) as threads:
        posts = [threads.submit(saved, root, base, AddSection(f"Part {n}", f"Words {n}.")) for n in range(50)]
        outcomes = [post.result() for post in posts]
    assert all(isinstance(outcome, Saved) for outcome in outcomes), outcomes
    assert all(f"## Part {n}\n\nWords {n}.\n" in text(root) for n in range(50))


def test_facts_unknown_to_the_form_remarks_and_layout_survive(root: Path) -> None:
    """tinacms#216, #1098."""
    odd = NOTICE.replace("service: Libraries", "# a remark\nservice:   Libraries   # and one\ntheir_own: {a: [1,2]}")
    (root / FILE).write_text(odd, "utf-8")
    saved(root, opened(root), SetFact("category", "Books"), SetFact("glance", {"use": "Names."}))
    assert text(root) == odd.replace("category: Leisure", "category: Books").replace(
        "summary: What we do with your information when you join the library.\n",
        "summary: What we do with your information when you join the library.\nglance:\n  use: Names.\n",
    )


def test_a_date_stays_as_typed_whatever_the_zone(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """pagescms#133, decap-cms#7319: dates move to UTC."""
    for number, zone in enumerate(["Pacific/Kiritimati", "America/Los_Angeles", "Europe/London"]):
        monkeypatch.setenv("TZ", zone)
        saved(root, opened(root), SetFact("review_by", f"2027-03-2{number}"))
        assert f"\nreview_by: 2027-03-2{number}\n" in text(root)


def test_a_post_with_crlf_leaves_the_line_ends_of_the_file(root: Path) -> None:
    """forms-admin PR 1947, wfm#54."""
    (root / FILE).write_bytes(NOTICE.replace("\n", "\r\n").encode())
    saved(root, opened(root), SetSection("section-1", "One.\r\n\r\nTwo.\r\n"))
    assert text(root) == NOTICE.replace("We look after your **information**.", "One.\n\nTwo.").replace("\n", "\r\n")
    saved(root, opened(root), SetText(text(root).replace("Two.", "Two.\r\nThree.")))
    assert text(root).endswith("One.\r\n\r\nTwo.\r\nThree.\r\n")
    assert "\r\r" not in text(root) and "\n" not in text(root).replace("\r\n", "")


def test_owner_group_mode_and_links_survive(root: Path) -> None:
    """qwen-code PR 4431, terminal PR 10908: atomic replacement changes the owner and replaces links."""
    real = root / "texts" / "library.md"
    real.parent.mkdir()
    (root / FILE).rename(real)
    (root / FILE).symlink_to("../../texts/library.md")
    real.chmod(0o640)
    own = (os.getuid(), os.getgid())
    if os.geteuid() == 0:
        os.chown(real, 1234, 4321)
        own = (1234, 4321)
    assert isinstance(saved(root, opened(root), SetFact("summary", "Other.")), Saved)
    assert (root / FILE).is_symlink() and "Other." in real.read_text("utf-8")
    after = real.stat()
    assert (stat.S_IMODE(after.st_mode), after.st_uid, after.st_gid) == (0o640, *own)
    assert [path.name for path in real.parent.iterdir()] == ["library.md"]


def test_a_link_out_of_the_folder_is_neither_read_nor_written(root: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.md"
    outside.write_text(NOTICE, "utf-8")
    (root / FILE).unlink()
    (root / FILE).symlink_to(outside)
    digest = files.digest(NOTICE.encode())
    assert "outside the site's folder" in messages(saved(root, digest, SetFact("summary", "Other.")))
    assert outside.read_text("utf-8") == NOTICE


@pytest.mark.parametrize(
    "file",
    [
        "../site.yml",
        "content/../../x.md",
        "content/library/versions/1.yml",
        "content/.git/notice.md",
        "templates/x.html",
        ".git/config",
        "content/pages/.x.md",
        "content/pages/a/b.md",
        "/etc/passwd",
        "content/versions.lock",
    ],
)
def test_no_file_but_a_text_of_the_site_is_saved(root: Path, file: str) -> None:
    assert "saves no file of this name" in messages(saved(root, "", SetText("x"), file=file))


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "The disk is full. Have IT make room on it"),
        (errno.EACCES, "may not write this file"),
        (errno.EROFS, "can only be read"),
        (errno.EIO, "cannot be written"),
    ],
)
def test_a_disk_that_takes_nothing_is_named_and_the_old_words_stay(
    root: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    """wiki PR 372: every refusal leaves the words to the form; nothing is half-written."""
    base = opened(root)

    def full(handle: int) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", full)
        found = messages(saved(root, base, SetFact("summary", "Other.")))
    assert words in found and FILE in found and "your words are still in the form" in found
    assert text(root) == NOTICE
    assert [path.name for path in (root / FILE).parent.iterdir()] == ["notice.md"]
    assert isinstance(saved(root, base, SetFact("summary", "Other.")), Saved)


def test_a_file_written_between_reading_and_writing_is_not_overwritten(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    base, prepare = opened(root), files._prepare

    def slow(*arguments: Any) -> None:
        prepare(*arguments)
        if "theirs" not in text(root):
            (root / FILE).write_text(NOTICE.replace("your name", "theirs"), "utf-8")

    monkeypatch.setattr(files, "_prepare", slow)
    outcome = saved(root, base, SetFact("summary", "Mine."))
    assert isinstance(outcome, Saved) and outcome.merged == ("data.0",)
    assert "theirs" in text(root) and "Mine." in text(root)


def test_a_text_with_the_marks_of_a_merge_is_refused(root: Path) -> None:
    """powershell-universal#4815: conflict markers committed, page gone."""
    marks = "One.\r\n<<<<<<< HEAD\r\nTwo.\r\n=======\r\nThree.\r\n>>>>>>> theirs\r\n"
    base = opened(root)
    for change in (SetSection("section-1", marks), SetLead(marks), SetFact("summary", marks), SetText(marks)):
        assert "marks that a merge leaves" in messages(saved(root, base, change))
    assert "marks that a merge leaves" in messages(saved(root, base, Restore(marks.encode())))
    (root / FILE).write_text(NOTICE + marks, "utf-8")
    assert "A merge left both versions" in messages(saved(root, base, SetFact("summary", "Other.")))


def test_everything_that_stands_in_the_way_is_said_at_once_and_nothing_written(root: Path) -> None:
    changes = [SetSection("nowhere", "x"), RemoveSection("section-9"), SetFact("summary", "Other.")]
    found = messages(saved(root, opened(root), *changes))
    assert "nowhere" in found and "section-9" in found
    assert text(root) == NOTICE
    assert "no fact `data.9.label`" in messages(saved(root, opened(root), SetFact("data.9.label", "x")))
    unclosed = messages(saved(root, opened(root), SetLead("```\ncode")))
    assert "opened and not closed" in unclosed


def test_facts_with_slips_are_not_touched_and_the_text_below_them_can_be_saved(root: Path) -> None:
    broken = NOTICE.replace("service: Libraries", "service: a: b")
    (root / FILE).write_text(broken, "utf-8")
    assert f"{FILE}:4" in messages(saved(root, opened(root), SetFact("summary", "Other.")))
    assert isinstance(saved(root, opened(root), SetLead("Other.")), Saved)
    assert text(root) == broken.replace("This is about the library.", "Other.")


def test_a_new_notice_is_made_once(root: Path) -> None:
    file = "content/parking/notice.md"
    changes = [
        SetFact("title", "Parking"),
        SetFact("data", ["your name"]),
        SetLead("Lead."),
        AddSection("One", "Text."),
    ]
    assert isinstance(saved(root, save.NEW, *changes, file=file), Saved)
    assert text(root, file) == "---\ntitle: Parking\ndata:\n  - your name\n---\nLead.\n\n## One\n\nText.\n"
    assert isinstance(saved(root, save.NEW, *changes, file=file), Same)
    other = saved(root, save.NEW, SetFact("title", "Other"), file=file)
    assert isinstance(other, Conflict) and "Parking" in str(other.parts[0].theirs)


def test_a_file_that_is_gone_is_named(root: Path) -> None:
    base = opened(root)
    (root / FILE).unlink()
    assert "not there any more" in messages(saved(root, base, SetFact("summary", "Other.")))


def test_shared_wording_pages_and_settings_are_saved_alike(root: Path) -> None:
    shared = root / "content/shared/tŷ.md"
    shared.parent.mkdir()
    shared.write_bytes(b"\xef\xbb\xbfOne.\n\nTwo.\n")
    assert isinstance(
        saved(root, opened(root, "content/shared/tŷ.md"), SetText("One.\r\n\r\n2."), file="content/shared/tŷ.md"), Saved
    )
    assert shared.read_bytes() == b"\xef\xbb\xbfOne.\n\n2.\n"
    assert isinstance(
        saved(root, opened(root, "site.yml"), SetFact("complaints.phone", "0161"), file="site.yml"), Saved
    )
    assert '  phone: "0161"\n' in text(root, "site.yml")


def test_taking_a_fact_out_leaves_the_remarks(root: Path) -> None:
    (root / FILE).write_text(NOTICE.replace("service:", "# about the service\nservice:"), "utf-8")
    saved(root, opened(root), RemoveFact("service"), RemoveFact("data.0"), RemoveFact("transfers"))
    expected = NOTICE.replace("service: Libraries\n", "# about the service\n").replace("[your name, your", "[your")
    assert text(root) == expected.replace("transfers: none\n", "")


def test_a_value_of_the_model_and_an_emptied_field_change_only_what_they_say(root: Path) -> None:
    explicit = NOTICE.replace(
        "data: [your name, your address]", "data:\n  - {label: your name, special: no}\n  - your address"
    )
    (root / FILE).write_text(explicit, "utf-8")
    same = [SetFact("data", (DataItem("your name"), DataItem("your address"))), SetFact("data.1.special", value=False)]
    same += [SetFact("owner.phone", ""), SetFact("glance", {"use": "", "why": None}), SetFact("discreet", "no")]
    assert saved(root, opened(root), *same) == Same(opened(root))
    changed = SetFact("data", [DataItem("your name", special=True), DataItem("your address"), {"label": ""}])
    saved(
        root,
        opened(root),
        changed,
        SetFact("owner.email", ""),
        SetFact("retention.0", Retention("your card", keep=Period("1 year"))),
    )
    expected = explicit.replace("special: no", "special: yes").replace(", email: libraries@example.org", "")
    expected = expected.replace(
        "your membership, keep: 2 years, after: end of financial year", "your card, keep: 1 year"
    )
    assert text(root) == expected


@pytest.mark.parametrize("change", [Restore(b"---\ntitle: Old\n---\nOld.\n"), SetText("---\ntitle: Old\n---\nOld.\n")])
def test_every_way_to_write_refuses_a_stale_digest(root: Path, change: Change) -> None:
    """wagtail#12158, emdash PR 3118: save warned of conflicts, other routes bypassed the warning."""
    base = opened(root)
    (root / FILE).write_text(NOTICE.replace("This is about", "That is about"), "utf-8")
    outcome = saved(root, base, change)
    assert isinstance(outcome, Conflict)
    assert ("Old.", "That is about the library.") in [(part.mine, part.theirs) for part in outcome.parts]
    assert "That is about" in text(root)
    assert isinstance(saved(root, outcome.digest, change), Saved)
    assert text(root) == "---\ntitle: Old\n---\nOld.\n"


def test_the_largest_notice_can_be_saved_and_a_larger_one_is_refused(root: Path) -> None:
    """werkzeug#3003, hashview PR 457: forms over 500 kB fail with a misleading message."""
    sections = "".join(f"\n## Part {number}\n\n{'Many words. ' * 5_000}\n" for number in range(16))
    (root / FILE).write_text(NOTICE + sections, "utf-8")
    assert isinstance(saved(root, opened(root), SetSection("section-2", "Few words.")), Saved)
    assert "too large" in messages(saved(root, opened(root), SetLead("Many words. " * 20_000)))


def test_what_a_killed_save_left_is_cleared_away_by_the_next(root: Path) -> None:
    left = root / "content/library/.notice.md.0123abcd"
    left.write_bytes(b"half a te")
    other = left.with_name(".notice.md.mine")
    other.write_bytes(b"x")
    saved(root, opened(root), SetLead("Other."))
    assert not left.exists() and other.exists()


def test_processes_take_turns(root: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from datetime import datetime, UTC; from desk.saving import save\n"
        "from desk.saving.outcome import Person; from desk.saving.editing.changes import AddItem\n"
        "root, name = Path(sys.argv[1]), sys.argv[2]\n"
        "for n in range(10):\n"
        "    while True:\n"
        f"        base = save.opened(root, {FILE!r}).digest\n"
        f"        done = save.save(root, {FILE!r}, base, [AddItem('data', f'{{name}} {{n}}')], Person(name, ''), '', datetime.now(UTC))\n"
        "        if type(done).__name__ == 'Saved': break\n"
    )
    running = [subprocess.Popen([sys.executable, "-c", code, str(root), name], cwd=PROJECT) for name in ("one", "two")]
    assert [process.wait(120) for process in running] == [0, 0]
    assert all(f"{name} {number}" in text(root) for name in ("one", "two") for number in range(10))


def test_a_save_that_waits_too_long_for_another_says_so(root: Path) -> None:
    base = opened(root)
    with files.turn(root), pytest.raises(ContentError, match="has not ended"), files.turn(root, 0.05):
        pass
    assert isinstance(saved(root, base, SetLead("Other.")), Saved)


def test_the_operator_is_told_at_the_start_what_saves_will_meet(root: Path) -> None:
    (sentence,) = start_up.sentences(root)
    assert "in no git repository" in sentence
    if os.geteuid() == 0:
        return
    (root / FILE).chmod(0o444)
    assert any("may not write" in sentence and FILE in sentence for sentence in start_up.sentences(root))


def chosen(root: Path, base: str, seen: str, taken: dict[str, Choice], *changes: Change) -> Outcome:
    return save.save(root, FILE, base, changes, SIAN, "Choose", NOW, choices=Choices(seen, taken))


def test_the_same_post_with_choices_saves_them_and_all_that_needed_none(root: Path) -> None:
    base = opened(root)
    saved(
        root,
        base,
        SetLead("Theirs."),
        SetFact("summary", "Theirs."),
        RemoveSection("section-1"),
        AddSection("Their own", "T."),
    )
    mine = (
        SetLead("Mine."),
        SetFact("summary", "Mine."),
        SetSection("section-1", "My promise."),
        SetFact("category", "Mine too"),
    )
    conflict = saved(root, base, *mine)
    assert isinstance(conflict, Conflict)
    assert [part.key for part in conflict.parts] == ["fact:summary", "lead:", "section:our promise"]
    taken = {"fact:summary": Choice.THEIRS, "lead:": Choice.MINE}
    assert chosen(root, base, conflict.digest, taken, *mine) == conflict  # one is not chosen yet
    taken["section:our promise"] = Choice.MINE
    assert isinstance(chosen(root, base, conflict.digest, taken, *mine), Saved)
    found = text(root)
    assert "summary: Theirs." in found and "category: Mine too" in found
    assert found.endswith("---\nMine.\n\n## Our promise\n\nMy promise.\n\n## Their own\n\nT.\n")


def test_choices_count_for_the_file_that_was_seen_alone(root: Path) -> None:
    base = opened(root)
    saved(root, base, SetLead("Theirs."))
    conflict = saved(root, base, SetLead("Mine."))
    assert isinstance(conflict, Conflict)
    saved(root, conflict.digest, SetLead("Theirs again."))
    again = chosen(root, base, conflict.digest, {"lead:": Choice.MINE}, SetLead("Mine."))
    assert isinstance(again, Conflict) and again.parts[0].theirs == "Theirs again."
    assert "Theirs again." in text(root)
    assert isinstance(chosen(root, base, again.digest, {"lead:": Choice.THEIRS}, SetLead("Mine.")), Same)
    assert isinstance(chosen(root, base, again.digest, {"lead:": Choice.MINE}, SetLead("Mine.")), Saved)


def test_choices_hold_for_whole_texts_and_for_forms_whose_start_is_not_known(root: Path) -> None:
    shared = root / "content/shared/dpo.md"
    shared.parent.mkdir()
    shared.write_text("One.\n", "utf-8")
    name = "content/shared/dpo.md"
    base = opened(root, name)
    shared.write_text("Two.\n", "utf-8")
    conflict = saved(root, base, SetText("Three."), file=name)
    assert isinstance(conflict, Conflict) and conflict.parts[0].kind is PartKind.TEXT
    choices = Choices(conflict.digest, {conflict.parts[0].key: Choice.MINE})
    assert isinstance(save.save(root, name, base, [SetText("Three.")], SIAN, "", NOW, choices=choices), Saved)
    assert shared.read_text("utf-8") == "Three.\n"
    changes = (SetLead("Mine."), SetFact("summary", "Mine."))
    unknown = saved(root, "0" * 64, *changes)
    assert isinstance(unknown, Conflict)
    taken = {"lead:": Choice.MINE, "fact:summary": Choice.THEIRS}
    assert isinstance(chosen(root, "0" * 64, unknown.digest, taken, *changes), Saved)
    assert text(root) == NOTICE.replace("This is about the library.", "Mine.")
