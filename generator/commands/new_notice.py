"""A first notice.md for a new notice: everything that is asked, with remarks, and a mark where only the author knows.

Pure: answers in, text out. The marks read `[TO WRITE: ...]`, which `check` reports until they are gone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from generator.content import first_version, marks
from generator.content.decode import EMAIL
from generator.content.model import Doc
from generator.content.site_file import SiteSource
from generator.content.unseen_signs import seen
from generator.content.yaml_tree import NOT_TEXT
from generator.repository import ID_GRAMMAR
from generator.site_plan import RESERVED
from generator.versions import frozen_yaml
from generator.wording.page_ids import address
from widget.manifest import IDENT


@dataclass(frozen=True)
class Answers:
    """The facts of a notice before it is written; each `Doc` is the question that asks for it."""

    title: Annotated[str, Doc("What is the notice called, as residents will see it?")] = ""
    service: Annotated[str, Doc("Which council service is it about?")] = ""
    category: Annotated[str, Doc("Under which heading should the list of notices show it?")] = ""
    email: Annotated[str, Doc("At which mail address does the service answer?")] = ""
    law: Annotated[
        str,
        Doc("Is it a task that the law gives the council? Then which Act and section? (Leave empty if it is not.)"),
    ] = ""
    consent: Annotated[bool, Doc("Will people be asked to agree to something (yes or no)?")] = False


def refusal(name: str, site: SiteSource, pages: Iterable[str], published: bool) -> str | None:
    """Why a new notice cannot have that id, and which one it could have."""
    if not IDENT.fullmatch(name):
        better = address(name, "parking-permits")
        return f"`{name}` is not an id. Use {ID_GRAMMAR}, such as {better}."
    if name in RESERVED or name in site.languages or name in pages:
        return f"`{name}` is an address that the site itself uses. Choose another, such as {name}-notice."
    if published:
        return f"A notice called `{name}` was published before, and ids are not used twice. Choose another."
    return None


def wrong_email(text: str) -> str | None:
    """The fault of a mail address, if it has one."""
    if not text or EMAIL.fullmatch(text):
        return None
    return f"`{text}` is not a mail address. Write one like service@council.example."


def _one_line(answer: str) -> str:
    return " ".join(NOT_TEXT.sub(" ", seen(answer)).split())


def text(name: str, answers: Answers, site: SiteSource, language: str, on: date) -> str:
    """The file's text. Asked on a day, it is to be looked at again a year later. An answer of blanks is no answer."""
    answers = Answers(
        title=_one_line(answers.title),
        service=_one_line(answers.service),
        category=_one_line(answers.category),
        email=_one_line(answers.email),
        law=_one_line(answers.law),
        consent=answers.consent,
    )
    parts = [
        _head(name, answers, site, language, on),
        _purposes(answers),
        _data(),
        *_consents(answers),
        "\n".join(first_version.CHANGE),
        "",
    ]
    return "---\n" + "\n".join(parts) + "---\n" + _BODY


def _head(name: str, answers: Answers, site: SiteSource, language: str, on: date) -> str:
    lines = [
        "# Lines that start with # are remarks for you: no reader sees them, and you can delete them.",
        f"# Replace each [TO WRITE: ...] with your own words. `noticeboard check {name}` says what is left to do.",
        _line("title", answers.title or "[TO WRITE: the title, such as Parking permits privacy notice]"),
        "# What matters most. People read this first.",
        _line("summary", marks.SUMMARY),
        _line("service", answers.service or "[TO WRITE: the service]"),
        _line("category", answers.category or marks.CATEGORY),
        "# Who answers questions about this notice. You can add phone and post.",
        "owner:",
        "  " + _line("name", answers.service or "[TO WRITE: who answers]"),
        "  " + _line("email", answers.email) if answers.email else "  # email: service@council.example",
    ]
    if site.primary_notice and site.primary_notice != name:
        lines += ["# The notice that this one adds to.", f"parent: {site.primary_notice}"]
    lines += ["# When somebody must look at it again.", f"review_by: {first_version.review_by(on)}"]
    lines += ["# A fact that the law asks for and that is missing stops publishing.", "complete: yes"]
    if language != site.language:
        lines += ["# A translation counts when somebody who speaks the language has read it.", _TRANSLATION]
    lines += ["data_subjects:", _item("[TO WRITE: whose information it is, such as people who ask for a permit]"), ""]
    return "\n".join(lines)


_TRANSLATION = "translation:\n  status: awaiting-review"


def _purposes(answers: Answers) -> str:
    basis = "public-task" if answers.law or not answers.consent else "consent"
    lines = [
        "# Why you use the information. The text reads on from 'We use it to'.",
        "purposes:",
        "  - id: main",
        "    " + _line("text", "[TO WRITE: what you use it for, such as decide whether you can have a permit]"),
        f"    basis: {basis}",
    ]
    if answers.consent and basis != "consent":
        lines += [
            "  # What people can agree to, or not.",
            "  - id: agreed",
            "    " + _line("text", "[TO WRITE: what you do only for those who agree, such as send you news]"),
            "    basis: consent",
        ]
    lines += ["", "# What allows it: UK GDPR article 6. Your Data Protection Officer knows which point is right."]
    lines += ["lawful_bases:"]
    if basis == "public-task":
        law = answers.law or "[TO WRITE: the Act and section that gives the council this task]"
        lines += [
            "  - id: public-task",
            "    article: 6(1)(e)",
            "    " + _line("legislation", law),
            "    " + _line("task", "[TO WRITE: what that law has the council do, in plain words]"),
        ]
    if answers.consent:
        lines += ["  - id: consent", "    article: 6(1)(a)"]
    return "\n".join([*lines, ""])


def _data() -> str:
    """The data used, its sources and recipients: nothing is answered in the author's place, `none` least of all."""
    return "\n".join(
        [
            "data:",
            _item("[TO WRITE: one kind of information a line, such as your name and address]"),
            "sources:",
            "  - you",
            "  # " + _item("who else it comes from").strip(),
            "# Write `sharing: none` if nobody outside the service sees it.",
            "sharing:",
            "  - " + _line("who", "[TO WRITE: who you share it with]"),
            "    " + _line("why", marks.WHY_SHARED),
            "retention:",
            "  - " + _line("record", "[TO WRITE: which record]"),
            "    " + _line("keep", "[TO WRITE: how long, such as 2 years]"),
            "    " + _line("after", "[TO WRITE: from when, such as end of financial year or case closure]"),
            "# Does it leave the United Kingdom? Write `transfers: none` if it does not.",
            _line("transfers", marks.TRANSFERS),
            "# Is a significant decision made without a person who takes a meaningful part in it? Write `automated_decisions: none` if not.",
            _line("automated_decisions", "[TO WRITE: none, or what is decided]"),
            "# Must people give you the information? After yes, take away the # signs and answer.",
            "must_provide:",
            "  " + _line("required", "[TO WRITE: yes or no]"),
            "  # why: the law or the contract that asks for it",
            "  # otherwise: what follows if they do not",
            "",
        ]
    )


def _consents(answers: Answers) -> Iterator[str]:
    if not answers.consent:
        return
    purpose = "agreed" if answers.law else "main"
    yield "\n".join(
        [
            "# What people are asked. The id never changes; a new question gets a new id.",
            "consents:",
            f"  - id: {purpose}",
            "    " + _line("statement", "[TO WRITE: the exact words that people agree to, from 'I agree that']"),
            f"    purposes: {purpose}",
            "    " + _line("effect", "[TO WRITE: what stops if they change their mind, and what goes on]"),
            "    " + _line("if_refused", "[TO WRITE: that they get the same help if they say no]"),
            "",
        ]
    )


_BODY = """\
This notice is for you if [TO WRITE: who it is for].

"We" means the council.

"""


def _line(key: str, value: str) -> str:
    """`key: "value"` on one line, safely quoted."""
    return frozen_yaml.dump({key: " ".join(value.split())}).rstrip("\n")


def _item(value: str) -> str:
    return "  - " + _line("x", value).removeprefix("x: ")
