"""The notes for the officer beside "saved"."""

from __future__ import annotations

import logging

from desk.guard import words
from desk.saving.outcome import Outcome, Reason, Saved, SavedNotInHistory
from desk.saving.unrecorded import WORDS

LOG = logging.getLogger("desk")


def not_in_history(outcome: Outcome) -> str:
    """A sentence where a saved file is in no history and should be; empty otherwise. The operator's log says more."""
    if not isinstance(outcome, Saved) or not isinstance(outcome.history, SavedNotInHistory):
        return ""
    kept = outcome.history
    if kept.reason is Reason.NO_REPOSITORY:
        return ""
    LOG.warning("A save is in no history: %s (%s)", WORDS[kept.reason].operator, kept.detail)
    return str(WORDS[kept.reason].officer[words().language])
