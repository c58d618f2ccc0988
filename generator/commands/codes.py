"""Exit codes: done; the content has errors; the command was used wrongly; nothing to do."""

DONE, ERRORS, MISUSED, NOTHING = 0, 1, 2, 3
