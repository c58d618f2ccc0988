"""A notice with nine unlawful statements, all of which passed before the law was data, and its lawful twin."""

from __future__ import annotations

_SAME = """\
title: Parking permits privacy notice
summary: What we do with your information when you ask for a parking permit.
service: Parking
category: Travel
owner: {name: Parking, email: parking@example.org}
purposes:
  - {id: permits, text: issue parking permits, basis: task}
  - {id: fraud, text: find permits that somebody forged, basis: fraud}
data: [your name, the number of your car]
sources: [you]
sharing: none
retention:
  - {record: your permit, keep: 2 years, after: end of financial year}
must_provide: {required: no}
complete: yes
"""
NINE_FAULTS = f"""\
---
{_SAME}lawful_bases:
  - {{id: task, article: 6(1)(e), task: run parking permits}}
  - {{id: fraud, article: 6(1)(ea), condition: direct marketing}}
transfers:
  - {{country: Atlantis, adequacy: yes}}
  - {{country: United States, adequacy: yes}}
automated_decisions:
  - {{decision: which street your permit is for, logic: a list of streets, consequences: you park there, safeguards: none are needed}}
---
You can object under Article 22 of the GDPR, Regulation (EU) 2016/679.

A copy of the information that we hold costs £10. We answer your request within 40 days.

We may also use it for any other purpose.
"""
LAWFUL_TWIN = f"""\
---
{_SAME.replace("basis: fraud}", "basis: task}")}lawful_bases:
  - {{id: task, article: 6(1)(e), task: run parking permits, legislation: Road Traffic Regulation Act 1984 section 45}}
transfers:
  - {{country: Ireland, adequacy: yes}}
  - country: United States
    adequacy: yes
    safeguard: certification of the recipient under the UK Extension to the EU-US Data Privacy Framework
automated_decisions:
  - decision: which street your permit is for
    logic: a list of streets
    consequences: you park there
    safeguards: we tell you why. Tell us if you disagree and a person looks at it
---
You can object. The UK GDPR says so, and articles 22A to 22D of it are about automated decisions.

A copy of the information that we hold is free.

We tell you before we use it for a new purpose.
"""
FAULTS = {
    "(ea) beside a public task": ("G01", "error", "section 70(2)(c), since 5 February 2026"),
    "a condition outside Annex 1": ("G14", "error", "Annex 1"),
    "6(1)(e) without law": ("G13", "error", "section 70(2)(a)"),
    "a country that does not exist": ("G15", "error", "Schedule 21"),
    "the United States without the extension": ("G15", "error", "SI 2023/1028, since 12 October 2023"),
    "Article 22": ("T06", "error", "Data (Use and Access) Act 2025 section 80, since 5 February 2026"),
    "(EU) 2016/679": ("T06", "error", "SI 2019/419"),
    "£10": ("T06", "error", "article 12(5)"),
    "40 days": ("T06", "error", "12A"),
    "any other purpose": ("T06", "warning", "8A"),
    "automated decisions beside (ea)": ("G02", "error", "article 22B(4)"),
    "no safeguards of article 22C": ("N16", "warning", "article 22C(2)"),
}
"""Each fault with its rule, its level and the source that the message names."""
