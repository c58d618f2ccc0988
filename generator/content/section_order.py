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
    "must-provide",
    "sources",
    "sharing",
    "joint-controllers",
    "retention",
    "transfers",
    "automated-decisions",
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

PAGE_IDS = frozenset({"main", "email", "acting_for", "your-choice", "page-banner", "page-contents", "filter", "found"})
"""Ids that the pages themselves use, and that no section can have. Ids of consents start with `consent-`."""
