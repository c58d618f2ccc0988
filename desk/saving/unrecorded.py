"""Why a saved file is in no history: a sentence for an officer, and one for the operator with what to do. Data.

The desk repairs none of these: it neither ends a merge, deletes a lock nor changes an owner.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desk.saving.outcome import Reason


@dataclass(frozen=True)
class Words:
    """`officer` is in English and Welsh by language; `operator` is in English, for the log and the start-up check."""

    officer: Mapping[str, str]
    operator: str


_TOLD = {
    "en": "Saved. It is not in the history yet: IT needs to look at the folder.",
    "cy": "Wedi'i gadw. Nid yw yn yr hanes eto: mae angen i TG edrych ar y ffolder.",
}
_SOON = {
    "en": "Saved. It is not in the history yet: another program was using the history. The next save adds it.",
    "cy": "Wedi'i gadw. Nid yw yn yr hanes eto: roedd rhaglen arall yn defnyddio'r hanes. Bydd y cadw nesaf yn ei ychwanegu.",
}
WORDS: Mapping[Reason, Words] = {
    Reason.NO_REPOSITORY: Words(
        {
            "en": "Saved. This site keeps no history, so earlier saves cannot be brought back.",
            "cy": "Wedi'i gadw. Nid yw'r wefan hon yn cadw hanes, felly ni ellir dod â fersiynau cynharach yn ôl.",
        },
        "The site's folder is in no git repository. Run `git init` in it and commit its files, if saves should be kept.",
    ),
    Reason.NO_GIT: Words(
        _TOLD,
        "The folder is a git repository, and there is no program `git` for the desk to run. Install it, or mend its PATH.",
    ),
    Reason.DETACHED: Words(
        _TOLD,
        "The working tree is at a commit and on no branch, where commits get lost. Check out the branch again.",
    ),
    Reason.UNDER_WAY: Words(
        _TOLD,
        "A merge, rebase, cherry-pick, revert or bisect is under way in the repository. End it, or abort it.",
    ),
    Reason.UNMERGED: Words(
        _TOLD,
        "The repository has unmerged paths. Resolve them and commit.",
    ),
    Reason.LOCKED: Words(
        _SOON,
        "Another git command holds the repository's lock. If none is running, a command was killed: delete the file that is named.",
    ),
    Reason.OWNERSHIP: Words(
        _TOLD,
        "The repository belongs to another user than the desk runs as, so git refuses to use it. Change its owner with chown; "
        "`safe.directory` in a user's settings has no effect on the desk.",
    ),
    Reason.IGNORED: Words(
        _TOLD,
        "The file is in .gitignore, so git does not record it. Take it out there.",
    ),
    Reason.TOO_SLOW: Words(
        _SOON,
        "git did not end in time. It was asked to stop (SIGTERM) and never killed; look whether it is still running.",
    ),
    Reason.FAILED: Words(
        _TOLD,
        "git could not commit. Run `git status` in the folder; what git said follows.",
    ),
}
