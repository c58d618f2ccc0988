"""The checks, a family a file: each yields problems with their place, what is wrong and what to write instead."""
