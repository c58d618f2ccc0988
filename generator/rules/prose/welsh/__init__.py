"""The signs of N01 to N16 and A01 to A04 in Welsh, with the mutations that the words take. docs/prose.md has their precision and recall."""

from __future__ import annotations

from generator.rules.prose.signs import Table
from generator.rules.prose.welsh import children, collection, rights, sharing, use, who_answers

WELSH: Table = {
    **who_answers.SIGNS,
    **use.SIGNS,
    **collection.SIGNS,
    **sharing.SIGNS,
    **rights.SIGNS,
    **children.SIGNS,
}
"""The signs of each requirement in the order in which they are looked for; `unsure` ones come last."""
