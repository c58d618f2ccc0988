"""The standard sections of a notice: their ids and default order. Their headings are words (`section.<id>.heading`)."""

from __future__ import annotations

ORDER = (
    "purposes",
    "data-subjects",
    "data",
    "special-category",
    "criminal-data",
    "lawful-basis",
    "consent",
    "opt-out",
    "must-provide",
    "sources",
    "sharing",
    "joint-controllers",
    "retention",
    "transfers",
    "automated-decisions",
    "algorithms",
    "rights",
    "object",
    "controller",
    "representative",
    "dpo",
    "complaint",
    "updates",
    "primary-notice",
)
"""The order in which a notice without a body has them: UK GDPR articles 13 and 14, in the order residents ask."""
