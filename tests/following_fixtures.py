"""A library whose English changed and whose Welsh follows by a day: the folders for tests of that."""

from __future__ import annotations

from pathlib import Path

from generator.cli import main
from tests.site_fixtures import NOTICE, SITE, make_site, write_notice

REASON = "Our translator is ill until December."
OWN_REASON = "Mae ein cyfieithydd yn sâl tan fis Rhagfyr."
DAY, BEFORE = "2026-12-20", "2026-12-01"
"""The day by which the Welsh follows, and the one on which the English was published."""
LATER = ("--later", f"cy={DAY}", "--reason", REASON)
CHANGE = ("--kind", "material", "--summary", "We share your name with the county archive.")
TRANSLATED = ("--kind", "clarification", "--summary", "This change is now in Welsh too.")
WELSH = """\
---
title: Hysbysiad preifatrwydd y llyfrgell
summary: Beth a wnawn â'ch gwybodaeth pan ymunwch â'r llyfrgell.
service: Llyfrgelloedd
category: Hamdden
owner: {name: Llyfrgelloedd, email: libraries@example.org}
purposes:
  - {id: lend, text: rhoi benthyg llyfrau i chi, basis: task}
  - {id: news, text: anfon newyddion atoch, basis: agreed}
lawful_bases:
  - {id: task, article: 6(1)(e), task: rhoi benthyg llyfrau, legislation: Public Libraries and Museums Act 1964 section 7}
  - {id: agreed, article: 6(1)(a)}
data: [eich enw, eich cyfeiriad]
sources: [chi]
sharing: none
retention:
  - {record: eich aelodaeth, keep: 2 years, after: end of financial year}
transfers: none
automated_decisions: none
consents:
  - id: news
    statement: Rwy'n cytuno y caiff y llyfrgell anfon newyddion ataf.
    purposes: news
    effect: Os tynnwch yn ôl, ni anfonwn ragor o newyddion. Gallwch fenthyg llyfrau o hyd.
    if_refused: Gallwch wrthod a benthyg llyfrau o hyd.
---
Mae hyn am y llyfrgell.

## Ein haddewid {#our-promise}

Rydym yn gofalu am eich **gwybodaeth**.
"""
ENGLISH = NOTICE.replace("## Our promise", "## Our promise {#our-promise}")
SHARED = ENGLISH.replace(
    "sharing: none",
    "sharing: [{who: the county archive, why: to keep the history of the county, role: controller}]",
).replace("can send me news", "can send me news and invitations")
SHARED_TOO = WELSH.replace(
    "sharing: none",
    "sharing: [{who: archif y sir, why: i gadw hanes y sir, role: controller}]",
).replace("anfon newyddion ataf", "anfon newyddion a gwahoddiadau ataf")


def run(root: Path, *arguments: str, on: str = BEFORE) -> int:
    """A `noticeboard` command on a day."""
    return main([arguments[0], "--root", str(root), "--date", on, *arguments[1:]])


def both(root: Path, more: str = "") -> Path:
    """Version 1 in both languages; the working text in English then has another recipient and another statement."""
    make_site(root, ENGLISH, f"{SITE}languages: [en, cy]\n{more}")
    write_notice(root, WELSH, language="cy")
    assert run(root, "publish", "library", "--kind", "material", "--summary", "First.", on="2026-10-01") == 0
    write_notice(root, SHARED)
    return root


def english_now(root: Path, more: str = "") -> Path:
    """The same with version 2, which is in English alone and names the day."""
    both(root, more)
    own = ("--own-reason", f"cy={OWN_REASON}")
    assert run(root, "publish", "library", *CHANGE, *LATER, *own) == 0
    return root
