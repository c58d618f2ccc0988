"""Saving in a git working tree: one commit of one file by one person; what git cannot do is said, and never repaired."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desk.saving import git, history, save, start_up
from desk.saving.editing.changes import AddSection, Change, Restore, SetFact, SetLead, SetSection
from desk.saving.git import Entry, Git
from desk.saving.outcome import (
    Conflict,
    InHistory,
    Outcome,
    Person,
    Reason,
    Same,
    Saved,
    SavedNotInHistory,
    Where,
)
from desk.saving.unrecorded import WORDS
from generator.publishing import authors
from tests.site_fixtures import NOTICE, make_site

FILE = "content/library/notice.md"
SIAN = Person("Siân Tŷ", "sian@example.org")
NOW = datetime(2026, 11, 30, 10, 42, tzinfo=UTC)
PROGRAM = [
    *("git", "-c", "user.name=The editor", "-c", "user.email=editor@example.org", "-c", "commit.gpgSign=false"),
    *("-c", "protocol.file.allow=always", "-c", "init.defaultBranch=main", "-c", "core.quotePath=false"),
]


def run(folder: Path, *arguments: str, check: bool = True) -> str:
    """Git as an editor runs it in a terminal."""
    done = subprocess.run([*PROGRAM, *arguments], cwd=folder, capture_output=True, check=check, env=_environment())
    return done.stdout.decode()


def _environment() -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C.UTF-8"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    folder.mkdir()
    return repository(make_site(folder))


def repository(folder: Path) -> Path:
    (folder / ".gitignore").write_text(".noticeboard/\n", "utf-8")
    run(folder, "init", "--quiet")
    run(folder, "add", "--all")
    run(folder, "commit", "--quiet", "--message", "Begin")
    return folder


def saved(root: Path, *changes: Change, file: str = FILE, base: str = "", message: str = "Say more") -> Outcome:
    digest = base or save.opened(root, file).digest
    return save.save(root, file, digest, changes, SIAN, message, NOW)


def recorded(outcome: Outcome) -> InHistory:
    assert isinstance(outcome, Saved) and isinstance(outcome.history, InHistory), outcome
    return outcome.history


def unrecorded(outcome: Outcome) -> SavedNotInHistory:
    assert isinstance(outcome, Saved) and isinstance(outcome.history, SavedNotInHistory), outcome
    return outcome.history


def test_a_save_is_a_commit_of_that_file_alone_by_that_person(root: Path) -> None:
    """gitit#612, powershell-universal#5587: author and committer are always explicit."""
    (root / "site.yml").write_text((root / "site.yml").read_text("utf-8") + "# changed elsewhere\n", "utf-8")
    (root / "untracked.txt").write_text("x", "utf-8")
    done = recorded(saved(root, SetFact("summary", "Other."), message="Say it in other words\n\n# not a remark"))
    assert run(root, "log", "-1", "--format=%H|%an|%ae|%cn|%ce|%aI").strip() == (
        f"{done.commit}|Siân Tŷ|sian@example.org|Siân Tŷ|sian@example.org|2026-11-30T10:42:00+00:00"
    )
    assert run(root, "log", "-1", "--format=%B").strip() == "Say it in other words\n\n# not a remark"
    assert run(root, "show", "--format=", "--name-only").split() == [FILE]
    assert run(root, "status", "--porcelain").splitlines() == [" M site.yml", "?? untracked.txt"]
    assert not done.with_earlier


def test_saving_unchanged_makes_no_commit(root: Path) -> None:
    """tinacms#1098."""
    before = run(root, "rev-parse", "HEAD")
    assert isinstance(saved(root, SetFact("service", "Libraries")), Same)
    assert run(root, "rev-parse", "HEAD") == before


def test_what_others_staged_stays_staged(root: Path) -> None:
    """git2r#364: a commit takes other staged files along."""
    (root / "site.yml").write_text((root / "site.yml").read_text("utf-8") + "# staged\n", "utf-8")
    (root / "new.txt").write_text("x", "utf-8")
    run(root, "add", "site.yml", "new.txt")
    recorded(saved(root, SetLead("Other.")))
    assert run(root, "status", "--porcelain").splitlines() == ["A  new.txt", "M  site.yml"]
    assert run(root, "show", "--format=", "--name-only").split() == [FILE]


def test_a_new_file_is_a_commit_of_its_own(root: Path) -> None:
    (root / "new.txt").write_text("x", "utf-8")
    run(root, "add", "new.txt")
    outcome = save.save(root, "content/parking/notice.md", save.NEW, [SetFact("title", "Parking")], SIAN, "Begin", NOW)
    recorded(outcome)
    assert run(root, "show", "--format=", "--name-only").split() == ["content/parking/notice.md"]
    assert run(root, "status", "--porcelain").splitlines() == ["A  new.txt"]


def test_names_with_accents_are_committed_whatever_the_locale(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """realms-wiki#152, weblate#4138, rstudio PR 1085: “Siân” and “tŷ.md” work under LANG=C."""
    monkeypatch.setenv("LANG", "C")
    monkeypatch.setenv("LC_ALL", "C")
    page = root / "content/pages/tŷ [1] *.md"
    page.parent.mkdir()
    page.write_text("---\ntitle: Tŷ\n---\nUn.\n", "utf-8")
    other = page.with_name("tŷ 1 x.md")
    other.write_text("---\ntitle: Arall\n---\n", "utf-8")
    run(root, "add", "--all")
    run(root, "commit", "--quiet", "--message", "Add pages")
    other.write_text("changed elsewhere", "utf-8")
    name = page.relative_to(root).as_posix()
    recorded(saved(root, SetLead("Dau: tŷ."), file=name, message="Siân: tŷ"))
    assert run(root, "show", "--format=%an: %s", "--name-only", "-z").split("\0")[0].startswith("Siân Tŷ: Siân: tŷ")
    assert run(root, "show", "--format=", "--name-only").strip().strip('"') == name
    assert [save.message for save in history.earlier(root, name)] == ["Siân: tŷ", "Add pages"]
    assert history.earlier(root, name)[0].person == SIAN


def test_a_changed_mode_alone_is_not_dirty(root: Path) -> None:
    """vscode-remote-release#1134."""
    (root / FILE).chmod(0o755)
    assert not recorded(saved(root, SetLead("Other."))).with_earlier
    assert run(root, "ls-tree", "HEAD", FILE).startswith("100644 ")
    assert (root / FILE).stat().st_mode & 0o777 == 0o755


def test_words_that_were_in_no_commit_are_taken_along_and_said(root: Path) -> None:
    """A dirty file is reported, never repaired silently."""
    (root / FILE).write_text(NOTICE.replace("your name", "your full name"), "utf-8")
    assert recorded(saved(root, SetLead("Other."))).with_earlier
    assert run(root, "log", "-1", "--format=%B").strip() == f"Say more\n\n{save.WITH_EARLIER}"
    assert not recorded(saved(root, SetLead("More."))).with_earlier


def test_words_that_are_those_of_the_last_commit_again_need_no_new_one(root: Path) -> None:
    last = run(root, "rev-parse", "HEAD").strip()
    (root / FILE).write_text(NOTICE.replace("your name", "your full name"), "utf-8")
    assert recorded(saved(root, SetFact("data.0", "your name"))).commit == last
    assert run(root, "rev-parse", "HEAD").strip() == last and run(root, "status", "--porcelain") == ""


def test_hooks_and_other_programs_are_off(root: Path) -> None:
    """platypusgit#232, git-for-windows#1276: hooks hang commits."""
    mark = root.parent / "ran"
    for name in ("pre-commit", "commit-msg", "post-commit", "prepare-commit-msg", "reference-transaction"):
        hook = root / ".git/hooks" / name
        hook.parent.mkdir(exist_ok=True)
        hook.write_text(f"#!/bin/sh\ntouch {mark}\nexit 1\n", "utf-8")
        hook.chmod(0o755)
    run(root, "config", "core.fsmonitor", f"touch {mark}")
    run(root, "config", "commit.gpgSign", "true")
    run(root, "config", "gpg.program", f"touch {mark}")
    recorded(saved(root, SetLead("Other.")))
    version = root / "content/library/versions/1.yml"
    version.parent.mkdir()
    version.write_text("a: b\n", "utf-8")
    done = save.publish(root, ["content/library/versions/1.yml"], "library/v1", Entry(SIAN, "Publish", NOW))
    assert isinstance(done, InHistory)
    assert run(root, "tag") == "library/v1\n"
    assert not mark.exists()


def test_settings_of_the_user_and_the_machine_have_no_effect(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """storybook-deployer PR 15: global signing makes commits fail."""
    home = tmp_path / "home"
    home.mkdir()
    text = "[commit]\n\tgpgsign = true\n[gpg]\n\tprogram = /bin/false\n[core]\n\thooksPath = /nonexistent\n[user]\n\tname = X\n"
    (home / ".gitconfig").write_text(text, "utf-8")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(home / ".gitconfig"))
    monkeypatch.setenv("GIT_AUTHOR_NAME", "Somebody else")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "nowhere"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "index"))
    recorded(saved(root, SetLead("Other.")))
    monkeypatch.undo()
    assert run(root, "log", "-1", "--format=%an").strip() == "Siân Tŷ"


def test_a_lock_that_git_left_is_reported_and_never_deleted(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """nbgitpuller#30, hermes-agent PR 107216: deleting index.lock can steal a live one."""
    monkeypatch.setattr(git, "LOCK_PATIENCE", 0.1)
    lock = root / ".git/index.lock"
    lock.write_bytes(b"")
    told = unrecorded(saved(root, SetLead("Other.")))
    assert told.reason is Reason.LOCKED and "index.lock" in told.detail
    assert lock.exists() and "Other." in (root / FILE).read_text("utf-8")
    lock.unlink()
    assert recorded(saved(root, SetSection("section-1", "More."))).with_earlier
    assert run(root, "status", "--porcelain") == ""


def test_a_lock_that_comes_just_before_the_commit_is_waited_for_too(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs, came = tmp_path / "bin", tmp_path / "came"
    programs.mkdir()
    real = shutil.which("git")
    (programs / "git").write_text(
        f"""#!/bin/sh
case " $* " in *" commit "*) if [ ! -e {came} ]; then
  touch {came}; echo "fatal: Unable to create '.git/index.lock': File exists." >&2; exit 128
fi;; esac
exec {real} "$@"
"""
    )
    (programs / "git").chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    recorded(saved(root, SetLead("Once more.")))
    assert came.exists()


def test_asking_who_wrote_a_text_takes_no_lock(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`git status` writes the index anew where it can, just when somebody else commits."""
    programs, asked = tmp_path / "bin", tmp_path / "asked"
    programs.mkdir()
    (programs / "git").write_text(
        f'#!/bin/sh\necho "$1 $GIT_OPTIONAL_LOCKS" >> {asked}\nexec {shutil.which("git")} "$@"\n'
    )
    (programs / "git").chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    authors.saved_by(root, "library", None)
    assert "status 0" in asked.read_text().splitlines()
    assert {line.partition(" ")[2] for line in asked.read_text().splitlines()} == {"0"}


def test_a_lock_that_goes_away_is_waited_for(root: Path) -> None:
    lock = root / ".git/index.lock"
    code = "import pathlib, sys, time; time.sleep(0.5); pathlib.Path(sys.argv[1]).unlink()"
    lock.write_bytes(b"")
    with subprocess.Popen([sys.executable, "-c", code, str(lock)]):
        recorded(saved(root, SetLead("Other.")))


def test_a_detached_tree_gets_no_commit_that_would_be_lost(root: Path) -> None:
    """sourcegit#1462."""
    run(root, "checkout", "--quiet", "--detach")
    before = run(root, "rev-parse", "HEAD")
    told = unrecorded(saved(root, SetLead("Other.")))
    assert told == SavedNotInHistory(Reason.DETACHED, before.strip())
    assert run(root, "rev-parse", "HEAD") == before
    assert "Other." in (root / FILE).read_text("utf-8")


@pytest.mark.parametrize("verb", ["merge", "rebase", "cherry-pick"])
def test_a_merge_or_rebase_under_way_is_left_as_it_is(root: Path, verb: str) -> None:
    run(root, "checkout", "--quiet", "-b", "other")
    for branch, words in (("other", "theirs"), ("main", "ours")):
        run(root, "checkout", "--quiet", branch)
        (root / "site.yml").write_text(
            f"# {words}\n" + (root / "site.yml").read_text("utf-8").partition("\n")[2], "utf-8"
        )
        run(root, "commit", "--quiet", "--all", "--message", words)
    run(root, verb, "other", check=False)
    before = run(root, "status")
    told = unrecorded(saved(root, SetLead("Other.")))
    assert told.reason is Reason.UNDER_WAY
    assert "Other." in (root / FILE).read_text("utf-8")
    assert [line for line in run(root, "status").splitlines() if FILE not in line][:4] == before.splitlines()[:4]
    assert (root / "site.yml").read_text("utf-8").count("<<<<<<<") == 1


def test_unmerged_paths_without_a_merge_are_reported(root: Path) -> None:
    (root / "site.yml").write_text("# stashed\n" + (root / "site.yml").read_text("utf-8").partition("\n")[2], "utf-8")
    run(root, "stash", "--quiet")
    (root / "site.yml").write_text("# other\n" + (root / "site.yml").read_text("utf-8").partition("\n")[2], "utf-8")
    run(root, "commit", "--quiet", "--all", "--message", "Other")
    run(root, "stash", "pop", check=False)
    assert unrecorded(saved(root, SetLead("Other."))) == SavedNotInHistory(Reason.UNMERGED, "site.yml")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_a_repository_of_somebody_else_is_said_and_not_trusted(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """harness#3601: dubious ownership after a move or in containers; officers see “saved, not in history”."""
    for path in (root, root / ".git"):
        os.chown(path, 1234, 1234)
    told = unrecorded(saved(root, SetLead("Other.")))
    assert told.reason is Reason.OWNERSHIP and "dubious ownership" in told.detail
    assert "chown" in WORDS[told.reason].operator


def test_a_machine_without_git_saves_the_file(root: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert unrecorded(saved(root, SetLead("Other."))).reason is Reason.NO_GIT
    assert history.earlier(root, FILE) == ()
    assert "Other." in (root / FILE).read_text("utf-8")


def test_a_commit_that_fails_leaves_the_file_saved_and_the_index_as_it_was(root: Path) -> None:
    run(root, "config", "core.bigFileThreshold", "nonsense")
    outcome = save.save(root, "content/parking/notice.md", save.NEW, [SetFact("title", "Parking")], SIAN, "Begin", NOW)
    told = unrecorded(outcome)
    assert told.reason is Reason.FAILED and "nonsense" in told.detail
    run(root, "config", "--unset", "core.bigFileThreshold")
    assert run(root, "status", "--porcelain").splitlines() == ["?? content/parking/"]


def test_a_file_that_git_ignores_is_saved_and_said(root: Path) -> None:
    (root / ".gitignore").write_text(".noticeboard/\ncontent/parking/\n", "utf-8")
    outcome = save.save(root, "content/parking/notice.md", save.NEW, [SetFact("title", "Parking")], SIAN, "Begin", NOW)
    assert unrecorded(outcome).reason is Reason.IGNORED


@pytest.mark.parametrize("stubborn", [False, True])
def test_a_git_that_hangs_is_asked_to_stop_and_never_killed(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stubborn: bool
) -> None:
    monkeypatch.setattr(git, "LAST_WORDS", 0.5)
    asked, ended = tmp_path / "asked", tmp_path / "ended"
    slow = tmp_path / "bin" / "git"
    slow.parent.mkdir()
    trap = f"echo yes > {asked}; {'' if stubborn else 'exit 1'}"
    slow.write_text(
        f"#!/bin/sh\ntrap '{trap}' TERM\nfor i in 1 2 3 4 5 6 7 8 9; do sleep 0.2; done\necho > {ended}\n", "utf-8"
    )
    slow.chmod(0o755)
    answer = Git(root, {"PATH": f"{slow.parent}:{os.environ['PATH']}"}, longest=0.3).run("status")
    assert answer.code is None
    for _ in range(200):
        if asked.exists() and (ended.exists() or not stubborn):
            break
        time.sleep(0.05)
    assert asked.exists() and ended.exists() == stubborn


def test_worktrees_and_submodules_are_working_trees_too(root: Path, tmp_path: Path) -> None:
    """UEGitPlugin#76: worktrees go unrecognised."""
    worktree = tmp_path / "worktree"
    run(root, "worktree", "add", "--quiet", "-b", "desk", str(worktree))
    recorded(saved(worktree, SetLead("In a worktree.")))
    assert run(root, "log", "-1", "--format=%s", "desk").strip() == "Say more"
    outer = tmp_path / "outer"
    outer.mkdir()
    run(outer, "init", "--quiet")
    run(outer, "submodule", "--quiet", "add", str(root), "site")
    recorded(saved(outer / "site", SetLead("In a submodule.")))
    assert run(outer / "site", "log", "-1", "--format=%s").strip() == "Say more"
    assert run(outer / "site", "status", "--porcelain") == ""


def test_a_site_in_a_folder_of_a_larger_repository_is_committed_there(tmp_path: Path) -> None:
    (tmp_path / "sub" / "site").mkdir(parents=True)
    site = make_site(tmp_path / "sub" / "site")
    repository(tmp_path)
    recorded(saved(site, SetLead("Other.")))
    assert run(tmp_path, "show", "--format=", "--name-only").split() == [f"sub/site/{FILE}"]
    assert len(history.earlier(site, FILE)) == 2


def test_files_behind_filters_stay_what_they_are(root: Path) -> None:
    """gitea#4778: a web commit empties LFS files. The filter stands for LFS: what is in git is a pointer."""
    (root / ".gitattributes").write_text("*.pdf filter=pointer\n", "utf-8")
    (root / "big.pdf").write_bytes(b"%PDF the whole file")
    run(root, "config", "filter.pointer.clean", "printf pointer")
    run(root, "config", "filter.pointer.smudge", "printf whole")
    run(root, "config", "filter.pointer.required", "true")
    run(root, "add", "--all")
    run(root, "commit", "--quiet", "--message", "A big file")
    before = run(root, "ls-tree", "-r", "HEAD").splitlines()
    os.utime(root / "big.pdf")
    recorded(saved(root, SetLead("Other.")))
    after = run(root, "ls-tree", "-r", "HEAD").splitlines()
    assert [line for line in before if FILE not in line] == [line for line in after if FILE not in line]
    assert (root / "big.pdf").read_bytes() == b"%PDF the whole file"


def test_line_ends_that_git_turns_are_no_earlier_words(root: Path) -> None:
    (root / ".gitattributes").write_text("*.md text eol=crlf\n", "utf-8")
    (root / FILE).write_bytes(NOTICE.replace("\n", "\r\n").encode())
    run(root, "add", "--all")
    run(root, "commit", "--quiet", "--message", "Lines")
    assert not recorded(saved(root, SetLead("Other."))).with_earlier
    assert run(root, "status", "--porcelain") == ""
    assert b"Other.\r\n" in (root / FILE).read_bytes()


def test_the_first_commit_of_a_repository_can_be_a_save(tmp_path: Path) -> None:
    run(make_site(tmp_path), "init", "--quiet")
    recorded(saved(tmp_path, SetLead("Other.")))
    assert run(tmp_path, "show", "--format=", "--name-only").split() == [FILE]


def test_earlier_saves_are_listed_and_brought_back_to_the_byte(root: Path) -> None:
    for number in range(3):
        recorded(saved(root, SetLead(f"Words {number}."), message=f"Write {number}\n\nWith reasons."))
    found = history.earlier(root, FILE)
    assert [one.message.partition("\n")[0] for one in found] == ["Write 2", "Write 1", "Write 0", "Begin"]
    assert found[0].person == SIAN and found[0].when == NOW
    first = history.bytes_at(root, FILE, found[-1].commit)
    assert first == NOTICE.encode()
    recorded(saved(root, Restore(first), message="Bring back the first text"))
    assert (root / FILE).read_bytes() == NOTICE.encode()
    assert history.bytes_at(root, FILE, "--help") is None
    assert history.bytes_at(root, FILE, "0" * 40) is None


def test_a_stale_save_is_merged_from_git_where_the_form_is_no_longer_kept(root: Path) -> None:
    base = save.opened(root, FILE).digest
    recorded(saved(root, SetLead("Theirs.")))
    for path in (root / ".noticeboard/forms").iterdir():
        path.unlink()
    recorded(saved(root, SetSection("section-1", "Mine."), base=base))
    assert "Theirs." in (root / FILE).read_text("utf-8") and "Mine." in (root / FILE).read_text("utf-8")


def test_a_conflict_names_the_person_of_the_last_commit(root: Path) -> None:
    """notes#1083, and git pull by a timer: the file changed under the form."""
    base = save.opened(root, FILE).digest
    (root / FILE).write_text(NOTICE.replace("This is about", "That is about"), "utf-8")
    run(root, "commit", "--quiet", "--all", "--message", "By an editor's program")
    outcome = saved(root, SetLead("Mine."), base=base)
    assert isinstance(outcome, Conflict)
    assert (outcome.theirs.where, outcome.theirs.person) == (Where.HISTORY, Person("The editor", "editor@example.org"))
    assert outcome.theirs.when is not None and abs(outcome.theirs.when - datetime.now(UTC)) < timedelta(minutes=10)


def test_a_publication_is_a_commit_of_exactly_its_files_with_a_tag(root: Path) -> None:
    version = root / "content/library/versions/1.yml"
    version.parent.mkdir()
    version.write_text("a: b\n", "utf-8")
    gone = root / "content/library/old.png"
    gone.write_bytes(b"x")
    run(root, "add", str(gone))
    run(root, "commit", "--quiet", "--message", "A picture")
    gone.unlink()
    (root / "site.yml").write_text("# elsewhere\n", "utf-8")
    files = ["content/library/versions/1.yml", FILE, "content/library/old.png"]
    entry = Entry(SIAN, "Publish library 1", NOW)
    done = save.publish(root, files, "library/v1", entry)
    assert isinstance(done, InHistory)
    assert run(root, "rev-parse", "library/v1^{commit}").strip() == done.commit
    assert run(root, "show", "--format=", "--name-status").split() == [
        *("D", "content/library/old.png"),
        *("A", "content/library/versions/1.yml"),
    ]
    assert (
        run(root, "for-each-ref", "--format=%(taggername) %(subject)", "refs/tags").strip()
        == "Siân Tŷ Publish library 1"
    )
    assert run(root, "status", "--porcelain").splitlines() == [" M site.yml"]
    version.write_text("a: c\n", "utf-8")
    again = save.publish(root, files[:1], "library/v1", entry)
    assert isinstance(again, SavedNotInHistory) and "already exists" in again.detail


def test_an_odd_name_or_address_cannot_forge_a_header(root: Path) -> None:
    odd = Person("A <b@example.org>\nB", "c@example.org>\ncommitter X <x@example.org")
    outcome = save.save(root, FILE, save.opened(root, FILE).digest, [SetLead("Other.")], odd, "", NOW)
    recorded(outcome)
    assert run(root, "log", "-1", "--format=%an|%cn|%s").strip() == "A b@example.org B|A b@example.org B|Save"


def test_each_reason_has_words_for_an_officer_and_for_the_operator() -> None:
    assert WORDS.keys() == set(Reason)
    for words in WORDS.values():
        assert words.officer.keys() == {"en", "cy"} and words.officer["en"].startswith("Saved.")
        assert words.operator.endswith(".") or words.operator.endswith("follows.")


def test_changes_made_by_the_editor_and_the_desk_in_turn_lose_no_words(root: Path) -> None:
    for number in range(5):
        base = save.opened(root, FILE).digest
        text = (root / FILE).read_text("utf-8")
        (root / FILE).write_text(text + f"\n## Theirs {number}\n\nWords.\n", "utf-8")
        run(root, "commit", "--quiet", "--all", "--message", "Theirs")
        recorded(saved(root, AddSection(f"Mine {number}", "Words.", None, ""), base=base))
    text = (root / FILE).read_text("utf-8")
    assert all(f"## {who} {number}\n" in text for who in ("Mine", "Theirs") for number in range(5))


def test_the_operator_is_told_at_the_start_what_has_no_effect_and_what_is_in_no_commit(root: Path) -> None:
    """harness#3601: a check at the start tells the operator; platypusgit#232: hooks are off, and said so."""
    assert start_up.sentences(root) == ()
    hook = root / ".git/hooks/pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\n", "utf-8")
    hook.chmod(0o755)
    run(root, "config", "commit.gpgSign", "true")
    (root / "site.yml").write_text("# changed\n", "utf-8")
    hooks, signed, changed = start_up.sentences(root)
    assert "pre-commit" in hooks and "not signed" in signed and "site.yml" in changed
    run(root, "-c", "commit.gpgSign=false", "checkout", "--quiet", "--detach")
    assert start_up.sentences(root)[0].startswith("The working tree is at a commit and on no branch")
