"""The corpus as working texts of ours: what editors write, nothing of it published yet. Each has words of its own."""

from __future__ import annotations

import json
from pathlib import Path

from benchmarks.sites import corpus
from benchmarks.sites.ours import SITE
from generator.versions.version import Version

OWN = ("purposes", "data", "sources", "lawful-basis", "sharing", "retention", "transfers", "automated-decisions")
"""The sections whose words are a notice's own; they come as sections of the text, beside those that facts make."""
FACTS = """\
owner: {{name: {service}, email: {email}}}
purposes:
  - {{id: serve, text: provide {service} to you, basis: task}}
  - {{id: news, text: send you news of {service}, basis: agreed}}
lawful_bases:
  - {{id: task, article: 6(1)(e), legislation: {service} Act 2006 section 1}}
  - {{id: agreed, article: 6(1)(a)}}
data: [your name, your address, your letters to {service}]
sources: [you]
sharing: none
retention:
  - {{record: your file with {service}, keep: 6 years, after: end of financial year}}
  - {{record: your letters to {service}, keep: 2 years, after: end of financial year}}
transfers: none
automated_decisions: none
must_provide: {{required: no}}
complete: yes
consents:
  - id: news
    statement: {statement}
    purposes: news
    effect: {effect}
    if_refused: {if_refused}
"""


def write(root: Path, count: int) -> None:
    """Make the folder: site.yml and the text of each notice."""
    root.mkdir(parents=True)
    (root / "site.yml").write_text(SITE, "utf-8")
    for first, _ in corpus.notices(count, unique=True):
        path = root / "content" / first.notice / "notice.md"
        path.parent.mkdir(parents=True)
        path.write_text(_text(first), "utf-8")


def _text(version: Version) -> str:
    (consent,) = version.consents
    service = version.service.name
    facts = FACTS.format(
        service=service,
        email=version.service.email,
        statement=_quoted(consent.statement),
        effect=_quoted(consent.effect),
        if_refused=_quoted(consent.if_refused),
    )
    head = {"title": version.title, "summary": version.summary, "service": service}
    front = "".join(f"{key}: {_quoted(text)}\n" for key, text in head.items())
    category = version.facets["category"]
    sections = {section.id: section for section in version.sections}
    parts = [sections["about"].markdown]
    parts += [f"## {service}, part {n}\n\n{sections[name].markdown}" for n, name in enumerate(OWN, 1)]
    return f"---\n{front}category: {category}\n{facts}---\n" + "\n\n".join(parts) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
