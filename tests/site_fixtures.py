"""Small sites for the tests: real folders that the real commands work on."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import dedent

from generator import repository
from generator.building import build
from generator.cli import main
from generator.pages import theme
from generator.publishing import drafts
from generator.repository import OTHERS, Repository
from generator.versions import lock as lockfile
from generator.versions import version as versions
from generator.wording.strings import read as read_words

PROJECT = Path(__file__).resolve().parent.parent
TODAY = date(2026, 11, 30)

SITE = """\
organisation:
  name: Exampleshire County Council
  short_name: Exampleshire
  website: https://www.example.org
data_protection_officer:
  name: Data Protection Officer
  email: dpo@example.org
complaints:
  form: https://www.example.org/complain
  email: complaints@example.org
base_url: https://privacy.example.org
"""

NOTICE = """\
---
title: Library privacy notice
summary: What we do with your information when you join the library.
service: Libraries
category: Leisure
owner: {name: Libraries, email: libraries@example.org}
purposes:
  - {id: lend, text: lend you books, basis: task}
  - {id: news, text: send you news, basis: agreed}
lawful_bases:
  - {id: task, article: 6(1)(e), task: lend books, legislation: Public Libraries and Museums Act 1964 section 7}
  - {id: agreed, article: 6(1)(a)}
data: [your name, your address]
sources: [you]
sharing: none
retention:
  - {record: your membership, keep: 2 years, after: end of financial year}
transfers: none
automated_decisions: none
consents:
  - id: news
    statement: I agree that the library can send me news.
    purposes: news
    effect: If you withdraw, we send you no more news. You can still borrow books.
    if_refused: You can say no and still borrow books.
---
This is about the library.

## Our promise

We look after your **information**.
"""


def make_site(root: Path, notice: str = NOTICE, site: str = SITE, notice_id: str = "library") -> Path:
    """A folder with a site and one notice."""
    (root / "site.yml").write_text(dedent(site), "utf-8")
    write_notice(root, notice, notice_id)
    return root


def write_notice(root: Path, text: str, notice_id: str = "library", language: str = "") -> Path:
    """Write a notice's working text."""
    path = root / "content" / notice_id / (f"notice.{language}.md" if language else "notice.md")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def publish(root: Path, on: str, summary: str, kind: str = "clarification", *more: str) -> int:
    """Run `noticeboard publish` for every notice that changed."""
    arguments = ["publish", "--root", str(root), "--date", on, "--summary", summary, "--kind", kind, *more]
    notices = (path.name for path in (root / "content").glob("*") if path.is_dir() and path.name not in OTHERS)
    return main([*arguments, *sorted(notices)])


def as_published(root: Path, text: str, notice: str, *replaced: tuple[str, str]) -> None:
    """Have a notice published as an earlier release would have, whatever this one says to its name or its facts.

    `replaced` are (old, new) texts within the frozen file.
    """
    with TemporaryDirectory() as other:
        assert publish(make_site(Path(other), text, notice_id="as-before"), "2026-10-01", "First.", "material") == 0
        frozen = (Path(other) / "content/as-before/versions/1.yml").read_text("utf-8")
    for old, new in (('notice: "as-before"', f'notice: "{notice}"'), *replaced):
        assert old in frozen
        frozen = frozen.replace(old, new)
    path = root / "content" / notice / "versions/1.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(frozen, "utf-8")
    with (root / "content" / lockfile.LOCK).open("a") as lock:
        lock.write(lockfile.line(versions.digest(frozen.encode()), f"{notice}/versions/1.yml"))


def read(root: Path) -> Repository:
    return repository.read(root)


def composed_text(notice_id: str, root: Path = PROJECT, language: str = "en") -> str:
    """The working text of a notice as residents would read it: summary, sections and consents, one after another."""
    found = repository.read(root)
    working = drafts.drafts(found, build.read_words(found), TODAY)
    (draft,) = [d for d in working if (d.notice.id, d.notice.language) == (notice_id, language)]
    version = draft.version
    consents = [
        text for consent in version.consents for text in (consent.statement, consent.effect, consent.if_refused)
    ]
    sections = [text for section in version.sections for text in (section.heading, section.markdown)]
    return "\n".join([version.title, version.summary, *sections, *consents])


def edit(path: Path, old: str, new: str) -> None:
    """Change a working text, so that its draft has something to show."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def urdu_site(folder: Path) -> Path:
    """A published site in English and Urdu, whose Urdu words come from its theme; what that lacks is in English."""
    root = folder / "site"
    shutil.copytree(PROJECT / "tests" / "urdu", root)
    english = theme.read_words([theme.OWN_TEMPLATES], ("en",))["en"].sentences
    strings = root / "theme" / "strings"
    own = read_words({"ur.yml": (strings / "ur.yml").read_text("utf-8")}, ("ur",))["ur"].sentences
    rest: dict[str, object] = {}
    for key, text in english.items():
        if key not in own:
            *groups, name = key.split(".")
            inner = rest
            for group in groups:
                inner = inner.setdefault(group, {})  # type: ignore[assignment]
            inner[name] = text
    (strings / "rest.ur.yml").write_text(json.dumps(rest, ensure_ascii=False), "utf-8")
    assert publish(root, "2026-10-01", "First.", "material") == 0
    return root
