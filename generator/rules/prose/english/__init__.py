"""The signs of N01 to N16 and A01 to A04 in English. docs/prose.md has their precision and recall.

Each table row is read as "a notice says it where a statement ...". The `unless` of a sign has what only looks like it. A sure sign names
its object: the person's data, a decision about the person. Where only the verb fits ("it is your choice"), the answer is perhaps or no.
"""

from __future__ import annotations

from generator.rules.prose.english import (
    children,
    collection,
    giving,
    keeping,
    particulars,
    rights,
    sharing,
    use,
    who_answers,
)
from generator.rules.prose.signs import Table

ENGLISH: Table = {
    **who_answers.SIGNS,
    **use.SIGNS,
    **particulars.SIGNS,
    **collection.SIGNS,
    **giving.SIGNS,
    **sharing.SIGNS,
    **keeping.SIGNS,
    **rights.SIGNS,
    **children.SIGNS,
}
"""The signs of each requirement in the order in which they are looked for; `unsure` ones come last."""
