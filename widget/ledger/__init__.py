"""The ledger's own rules: entries, tree, signed heads, keys and receipts. No SQL and no Flask."""
