"""The site's folder in git: one commit a save, of that file alone, by that person. Runs the git program.

The desk changes nothing that it did not make: it ends no merge, deletes no lock, kills no git. Hooks, signing and the
settings of the user and the machine are off; the repository's own stay.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from desk.saving.outcome import InHistory, Person, Reason, SavedNotInHistory

LONGEST = 30.0
"""Seconds that one git command may take before it is asked to stop."""
LAST_WORDS = 5.0
"""Seconds that it then has to clear up."""
LOCK_PATIENCE = 2.0
"""Seconds to wait for the lock of another git command, such as the operator's pull."""
OFF = (
    "core.hooksPath=/dev/null",
    "core.fsmonitor=false",
    "core.fileMode=false",
    "core.quotePath=false",
    "commit.gpgSign=false",
    "tag.gpgSign=false",
    "commit.template=",
    "commit.status=false",
    "i18n.commitEncoding=UTF-8",
    "i18n.logOutputEncoding=UTF-8",
    "log.showSignature=false",
    "gc.auto=0",
    "maintenance.auto=false",
)
"""Settings that hold for each command: no program of somebody else's runs, and modes alone are no change."""
_UNDER_WAY = (
    "MERGE_HEAD",
    "CHERRY_PICK_HEAD",
    "REVERT_HEAD",
    "BISECT_LOG",
    "rebase-merge",
    "rebase-apply",
    "sequencer",
)
_IDENTITY_SIGNS = re.compile("[<>\x00-\x1f]+")


@dataclass(frozen=True)
class Answer:
    """How a git command ended: its exit code (None: it did not end in time), and what it wrote."""

    code: int | None
    out: bytes
    err: str


@dataclass(frozen=True)
class Git:
    """Git in one folder of a working tree. `environ` gives the PATH."""

    folder: Path
    environ: Mapping[str, str] = field(default_factory=lambda: os.environ)
    longest: float = LONGEST

    def run(self, *arguments: str, extra: Mapping[str, str] | None = None, given: bytes = b"") -> Answer:
        """Run one command. `OSError` where there is no git."""
        program = shutil.which("git", path=self.environ.get("PATH"))
        if program is None:
            raise FileNotFoundError("git")
        settings = [part for setting in OFF for part in ("-c", setting)]
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err, tempfile.TemporaryFile() as given_file:
            given_file.write(given)
            given_file.seek(0)
            process = subprocess.Popen(  # noqa: S603 (our own arguments, no shell)
                [program, *settings, *arguments],
                cwd=self.folder,
                env=self._bare() | dict(extra or {}),
                stdin=given_file,
                stdout=out,
                stderr=err,
            )
            code = _ended(process, self.longest)
            out.seek(0)
            err.seek(0)
            return Answer(code, out.read(), err.read().decode("utf-8", "replace").strip())

    def _bare(self) -> dict[str, str]:
        return {
            "PATH": self.environ.get("PATH", ""),
            "LANG": "C",
            "LC_ALL": "C",
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_SYSTEM": os.devnull,
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_TERMINAL_PROMPT": "0",
            "GIT_EDITOR": "true",
            "GIT_OPTIONAL_LOCKS": "0",
        }

    def text(self, *arguments: str) -> str | None:
        """The output of a command, without its last line end; None where it fails."""
        answer = self.run(*arguments)
        return answer.out.decode("utf-8", "surrogateescape").rstrip("\n") if answer.code == 0 else None


def _ended(process: subprocess.Popen[bytes], longest: float) -> int | None:
    """The exit code; None for a command that was asked to stop, be it that it goes on."""
    try:
        return process.wait(longest)
    except subprocess.TimeoutExpired:
        process.terminate()
    try:
        process.wait(LAST_WORDS)
    except subprocess.TimeoutExpired:  # it ends when it can; somebody has to take note
        threading.Thread(target=process.wait, daemon=True).start()
    return None


def in_repository(folder: Path) -> bool:
    """Whether a folder is in a working tree, as far as names tell: a repository, a worktree or a submodule."""
    return any((above / ".git").exists() for above in (folder, *folder.parents))


def unfit(git: Git) -> SavedNotInHistory | None:
    """Why no commit can be made in a working tree now; None where one can."""
    if not in_repository(git.folder.resolve()):
        return SavedNotInHistory(Reason.NO_REPOSITORY)
    try:
        inside = git.run(
            "rev-parse", "--is-inside-work-tree", *(part for name in _UNDER_WAY for part in ("--git-path", name))
        )
    except OSError:
        return SavedNotInHistory(Reason.NO_GIT)
    if inside.code != 0 or not inside.out.startswith(b"true\n"):
        reason = Reason.OWNERSHIP if "dubious ownership" in inside.err else Reason.FAILED
        return SavedNotInHistory(reason, inside.err)
    paths = os.fsdecode(inside.out).splitlines()[1:]
    if under_way := [name for name, path in zip(_UNDER_WAY, paths, strict=True) if (git.folder / path).exists()]:
        return SavedNotInHistory(Reason.UNDER_WAY, ", ".join(under_way))
    if unmerged := git.text("ls-files", "-z", "--unmerged", "--full-name", "--", ":/"):
        return SavedNotInHistory(Reason.UNMERGED, unmerged.split("\0")[0].partition("\t")[2])
    if git.run("symbolic-ref", "--quiet", "HEAD").code != 0:
        return SavedNotInHistory(Reason.DETACHED, git.text("rev-parse", "HEAD") or "")
    return None


def is_recorded(git: Git, path: Path, data: bytes | None) -> bool:
    """Whether the last commit has a file with just these bytes (None: has no such file), line ends aside where git
    turns them."""
    blob = git.run("cat-file", "blob", f"HEAD:./{path.name}")
    if data is None or blob.code != 0:
        return data is None and blob.code != 0
    return blob.out == data or git.run("diff", "--quiet", "HEAD", "--", _literal(path)).code == 0


def _literal(path: Path) -> str:
    """A path relative to its folder, in which no sign is a pattern."""
    return f":(literal){path.name}"


@dataclass(frozen=True)
class Entry:
    """A commit's own facts."""

    person: Person
    message: str
    now: datetime

    def environment(self) -> dict[str, str]:
        """Author and committer, for git."""
        found = {}
        for role in ("AUTHOR", "COMMITTER"):
            found[f"GIT_{role}_NAME"] = _identity(self.person.name) or "somebody"
            found[f"GIT_{role}_EMAIL"] = _identity(self.person.address)
            found[f"GIT_{role}_DATE"] = self.now.isoformat(timespec="seconds")
        return found


def _identity(text: str) -> str:
    return " ".join(_IDENTITY_SIGNS.sub(" ", text).split()).strip(" .,:;\"'")


def commit(git: Git, files: Sequence[Path], entry: Entry) -> InHistory | SavedNotInHistory:
    """Commit exactly these files as they are on the disk, new and deleted ones too; others' staged files stay staged.

    All are below `git.folder`. A refusal of git is reported, and left as it is.
    """
    if (why := unfit(git)) is not None:
        return why
    names = [f":(literal){os.path.relpath(file, git.folder)}" for file in files]
    if (held := _held(git)) is not None:
        return SavedNotInHistory(Reason.LOCKED, str(held))
    added = _added(git, files)
    if isinstance(added, SavedNotInHistory):
        return added
    if git.text("status", "--porcelain", "--", *names) == "":  # the words are those of the last commit again
        return InHistory(git.text("log", "-1", "--format=%H", "--", *names) or "")
    message = (entry.message.strip() or "Save").encode()
    done = _locking(
        git, "commit", "--quiet", "--no-verify", "--no-gpg-sign", "--cleanup=whitespace", "--file=-", "--only", "--", *names,
        extra=entry.environment(), given=message,
    )  # fmt: skip
    if done.code != 0:
        if added:
            git.run("rm", "--cached", "--quiet", "--force", "--", *added)
        return _failed(done)
    return InHistory(git.text("log", "-1", "--format=%H", "--", *names) or "")


def _added(git: Git, files: Sequence[Path]) -> list[str] | SavedNotInHistory:
    """Have git know of new files, which `commit --only` else does not take; their names, to be forgotten if it fails."""
    names = [f":(literal){os.path.relpath(file, git.folder)}" for file in files if file.exists()]
    new = [name for name in names if not git.text("ls-files", "-z", "--", name)]
    if not new:
        return []
    done = _locking(git, "add", "--", *new)
    if done.code != 0:
        ignored = "ignored by one of your .gitignore" in done.err
        return SavedNotInHistory(Reason.IGNORED, done.err) if ignored else _failed(done)
    return new


def _held(git: Git) -> Path | None:
    """The lock of another git command that does not go away; it is never deleted: the command may be alive."""
    lock = git.folder / (git.text("rev-parse", "--git-path", "index.lock") or "index.lock")
    deadline = time.monotonic() + LOCK_PATIENCE
    while lock.exists():
        if time.monotonic() > deadline:
            return lock
        time.sleep(0.05)
    return None


def _locking(git: Git, *arguments: str, extra: Mapping[str, str] | None = None, given: bytes = b"") -> Answer:
    """Run a command that takes the index's lock; once more where another command took it since somebody looked."""
    done = git.run(*arguments, extra=extra, given=given)
    if _is_locked(done) and _held(git) is None:
        return git.run(*arguments, extra=extra, given=given)
    return done


def _is_locked(answer: Answer) -> bool:
    return answer.code is not None and ".lock" in answer.err and "File exists" in answer.err


def _failed(answer: Answer) -> SavedNotInHistory:
    if answer.code is None:
        return SavedNotInHistory(Reason.TOO_SLOW, answer.err)
    return SavedNotInHistory(Reason.LOCKED if _is_locked(answer) else Reason.FAILED, answer.err)


def publish(git: Git, files: Sequence[Path], tag: str, entry: Entry) -> InHistory | SavedNotInHistory:
    """A commit of exactly the files of a publication, with a tag such as `library/v3` on it, by the same person."""
    done = commit(git, files, entry)
    if isinstance(done, SavedNotInHistory):
        return done
    message = entry.message.strip() or tag
    tagged = git.run(
        "tag", "--annotate", "--no-sign", "--cleanup=whitespace", "--file=-", tag, done.commit,
        extra=entry.environment(), given=message.encode(),
    )  # fmt: skip
    return done if tagged.code == 0 else SavedNotInHistory(_failed(tagged).reason, tagged.err)
