"""Exit codes: done; the content has errors; the command was used wrongly, or what it needs is not installed; nothing to do."""

DONE, ERRORS, MISUSED, NOTHING = 0, 1, 2, 3
