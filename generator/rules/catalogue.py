"""Every rule there is, in the order of docs/rules.md, which is written from this table; the tests run its examples.

A rule is beside the code that raises it. Where several modules of a room raise rules, or the room comes after this
one, they are in its `faults.py`, which holds values alone: so this module may read it from any room.
"""

from __future__ import annotations

from generator import site_folder, unread
from generator.building import faults as building
from generator.content import consent_records, marks, merge_marks
from generator.content import faults as content
from generator.exports import faults as exports
from generator.law.statute_book import LAW
from generator.pages import faults as pages
from generator.publishing import faults as publishing
from generator.rule import Rule
from generator.rules import addresses, approver, silence
from generator.rules.languages import translation
from generator.rules.law import adequacy, bases, completeness, consistency, lawfulness, record_periods, replaced
from generator.rules.text import audience, links, pictures, remnants, rendering, tables, typed_marks, wording
from generator.translation import faults as exchange
from generator.versions import faults as versions
from generator.versions import listing
from generator.wording import inserts, strings

RULES: tuple[Rule, ...] = (
    *content.READING,
    *pictures.RULES,
    *tables.RULES,
    inserts.S01,
    *consistency.RULES,
    consent_records.L05,
    *completeness.RULES,
    bases.G01,
    *lawfulness.RULES,
    record_periods.G12,
    bases.G13,
    bases.G14,
    adequacy.G15,
    replaced.T06,
    *wording.RULES,
    *remnants.RULES,
    *audience.RULES,
    *translation.RULES,
    *links.RULES,
    *typed_marks.RULES,
    *silence.RULES,
    approver.P08,
    site_folder.Y05,
    unread.Y06,
    merge_marks.Y07,
    *versions.RULES,
    *publishing.PUBLISHING,
    listing.P07,
    publishing.P09,
    *publishing.RETRACTING,
    rendering.B04,
    *exchange.RULES,
    content.F06,
    content.F08,
    marks.F07,
    strings.W01,
    strings.W02,
    pages.W03,
    building.O01,
    exports.O02,
    addresses.O03,
    building.O04,
)
BY_ID = {rule.id: rule for rule in RULES}


def why(rule: Rule) -> str:
    """Why a rule exists: its own words, or its source of law, which is read when somebody asks."""
    return rule.own_why or LAW.why(rule.id)
