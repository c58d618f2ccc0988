"""Exit codes: done; the ledger or a receipt is not whole; it could not be done."""

DONE, NOT_WHOLE, COULD_NOT = 0, 1, 2
