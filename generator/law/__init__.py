"""The law as dated data: one file a body of law, read once. No rule, no wording; those ask it by day."""
