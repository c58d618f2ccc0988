"""Posts that were answered, by their key: the same post twice, as a double click sends it, is one save with one answer."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import Any

from desk.saving import files
from desk.saving.outcome import InHistory, Reason, Saved, SavedNotInHistory

FILE = "saved-posts.json"
MOST = 500


def answered(root: Path, key: str) -> Saved | None:
    """The answer that a post with this key had; None for a new one."""
    found = _read(root).get(key)
    if not isinstance(found, dict):
        return None
    try:
        return _saved(found)
    except (KeyError, ValueError, TypeError):
        return None


def keep(root: Path, key: str, saved: Saved) -> None:
    """Remember the answer to a post. Only within `files.turn`; a disk that takes nothing is no trouble here."""
    known = _read(root)
    known[key] = _plain(saved)
    text = json.dumps(dict(list(known.items())[-MOST:]))
    path = root / files.FOLDER / FILE
    new = path.with_name(f".{FILE}.new")
    with contextlib.suppress(OSError):
        new.write_text(text, "utf-8")
        new.replace(path)


def _read(root: Path) -> dict[str, Any]:
    try:
        found = json.loads((root / files.FOLDER / FILE).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _plain(saved: Saved) -> dict[str, Any]:
    history = saved.history
    if isinstance(history, InHistory):
        own: dict[str, Any] = {"commit": history.commit, "with_earlier": history.with_earlier}
    else:
        own = {"reason": history.reason, "detail": history.detail}
    return {"digest": saved.digest, "merged": list(saved.merged), **own}


def _saved(found: dict[str, Any]) -> Saved:
    history: InHistory | SavedNotInHistory
    if "commit" in found:
        history = InHistory(found["commit"], found["with_earlier"])
    else:
        history = SavedNotInHistory(Reason(found["reason"]), found["detail"])
    return Saved(found["digest"], history, tuple(found["merged"]))
