"""Exit codes: done; the ledger or a receipt is not whole; it could not be done; done, but for records that nobody can judge."""

DONE, NOT_WHOLE, COULD_NOT, UNJUDGED = 0, 1, 2, 3
