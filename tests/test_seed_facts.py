"""The Family Hubs notice says everything that the council's own text says, and says it in our words.

`seed_shingles.txt` holds what is needed to notice a copied sentence without shipping the text: for each run of
eight words in one paragraph of it, the first 16 hex digits of the run's SHA-256.
"""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path

import pytest

from tests.site_fixtures import composed_text

RUN = 8
COPIED = frozenset((Path(__file__).parent / "seed_shingles.txt").read_text(encoding="ascii").split())

TERMS = [
    "Childcare Act 2006 section 1",
    "public task",
    "article 6(1)(e)",
    "demographic information",
    "contact details",
    "postcode",
    "topic",
    "inequalities",
    "minimum",
    "safeguarding",
    "benefit fraud",
    "Mosaic",
    "Public Health",
    "Children's Services",
    "Education",
    "partners",
    "retention schedule",
    "casefile",
    "closure",
    "primary privacy notice",
    "printed",
    "Information Commissioner",
    "family.hubs@stockport.gov.uk",
    "dpa.officer@stockport.gov.uk",
    "telephone",
    "face to face",
]

FACTS = {
    "purpose: the right help": "work out what information, help or support would suit you, your child",
    "purpose: better services": "share information, so that we can make our services better in future",
    "purpose: supporting families": "learn how we can support and help families",
    "data: the topic": "the topic you ask about when you want information, help or support",
    "basis: the duty": "improve young children's well-being in our area and reduce inequalities between them",
    "basis: consent, sometimes": "Sometimes we use it because you gave us your consent",
    "consent: it can be withdrawn": "You can change your mind (withdraw your consent) at any time",
    "consent: how to withdraw": "Ask us to stop using your information for Family Hub services",
    "source: you": "in an online form, by telephone or face to face",
    "source: agencies and partners": "other agencies, and Family Hubs partners who support you",
    "source: the council": "such as Children's Services, Public Health, Mosaic and Education",
    "sharing: teams": "other teams in the council",
    "sharing: organisations": "other organisations",
    "sharing: reasons": "to give you services, for safeguarding (keeping people safe), and to prevent and detect crime",
    "sharing: only when needed and lawful": "only share your information when we need to, and when the law lets us",
    "sharing: as little as possible": "We share only the minimum",
    "sharing: mostly with consent": "Usually we ask for your consent first",
    "sharing: sometimes unknown": "Sometimes we may share it and not tell you",
    "sharing: why unknown": "to stop or detect crime or benefit fraud",
    "retention: the schedule": "We follow the council's records retention schedule",
    "retention: the policies": "the council's records management policies and procedures",
    "retention: forms": "enquiry forms",
    "retention: forms, how long": "2 years",
    "retention: forms, from when": "end of the financial year",
    "retention: forms, then": "is deleted after 31 March 2029",
    "retention: intervention": "records of a child we step in to help (intervention)",
    "retention: the casefile": "We add these to the child's casefile",
    "retention: its own schedule": "which has its own retention schedule",
    "retention: no further action": "records where we take no further action",
    "retention: no further action, how long": "6 years",
    "transfers: none": "We do not send your information outside the European Union (EU)",
    "decisions: by people": "A person is involved in every decision we make about you in this service",
    "decisions: the law's word": "human intervention",
    "rights: access": "You can ask what we know about you",
    "rights: asking us to stop": "ask us not to use any information we collect",
    "rights: said honestly": "Where we use it for a public task, this is your right to object",
    "rights: the guide": "guide on exercising your rights",
    "rights: using them": "use your rights",
    "rights: the officer": "get in touch with our Data Protection Officer",
    "rights: concerns": "raise a concern with us",
    "rights: the regulator": "complain to the Information Commissioner",
    "contact: questions": "You can ask about this notice",
    "updates: at any time": "We may change this notice at any time",
    "updates: the newest version": "www.stockport.gov.uk",
    "primary notice": "our core data protection obligations and commitments",
}


def plain(text: str) -> str:
    """The text as a reader hears it: one space between words, straight apostrophes, no capitals."""
    return " ".join(re.sub("[’‘]", "'", text).split()).casefold()


def runs(text: str) -> set[str]:
    """Each run of eight words."""
    words = re.findall("[a-z0-9]+", re.sub("['’‘]", "", text.lower()))
    return {" ".join(words[start : start + RUN]) for start in range(len(words) - RUN + 1)}


@pytest.mark.parametrize("term", TERMS)
def test_a_term_of_the_council_can_be_found(term: str) -> None:
    assert plain(term) in plain(composed_text("family-hubs"))


@pytest.mark.parametrize("fact", FACTS)
def test_a_fact_of_the_council_is_told(fact: str) -> None:
    assert plain(FACTS[fact]) in plain(composed_text("family-hubs"))


def test_the_instruction_of_the_council_s_template_is_gone() -> None:
    assert "you must reference" not in plain(composed_text("family-hubs"))


@pytest.mark.parametrize("notice_id", ["family-hubs", "primary"])
def test_no_sentence_is_copied(notice_id: str) -> None:
    copied = {run for run in runs(composed_text(notice_id)) if sha256(run.encode()).hexdigest()[:16] in COPIED}
    assert copied == set()
