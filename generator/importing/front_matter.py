"""The front matter of an imported notice: its title, and everything else as remarks that the editor decides on. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.content import first_version, marks
from generator.importing import proposals
from generator.importing.proposals import Passage, value
from generator.importing.settings import Settings
from generator.importing.words import clean


@dataclass(frozen=True)
class Proposed:
    """The facts of a document that become remarks for the editor."""

    headings: Sequence[str]
    """Lines that look like headings."""
    dates: Sequence[str]
    """Lines that said when the document was updated."""
    sections: Sequence[str]
    """The standard sections that the text has."""
    passages: Sequence[Passage]


def front_matter(title: str, language: str, settings: Settings, proposed: Proposed) -> str:
    """The lines between the two `---`; `language` is what the document says of itself."""
    whence = f", which was at {settings.address}" if settings.address else ""
    lines = [
        f"# Imported on {settings.today} from {clean(settings.name)}{clean(whence)}.",
        "# Lines that start with # are remarks for you: no reader sees them, and you can delete them.",
        f"title: {value(title)}",
    ]
    if settings.alias:
        lines += [
            "# The old address; it leads here once its web server or this site's does so.",
            f"aliases: [{value(settings.alias)}]",
        ]
    if not settings.translates:
        lines += [
            "# When somebody must look at the notice again.",
            f"review_by: {first_version.review_by(settings.today)}",
        ]
        lines += first_version.CHANGE
    if language and language.split("-")[0].lower() != settings.language:
        lines.append(f"# The document says that its language is {clean(language)}.")
    if proposed.headings:
        lines.append(
            "# These lines look like headings. To make one a heading, write it as it is here, without ** around it:"
        )
        lines += [f"#   {clean(text)}" for text in proposed.headings]
    for line in proposed.dates:
        lines.append(f"# The document said: {clean(line)}")
    if proposed.sections:
        named = ", ".join(proposed.sections)
        lines += ["# The standard sections that the text has itself: facts add no sentences there.", f"says: [{named}]"]
    return "\n".join(line.replace("\n", " ") for line in [*lines, *_proposals(settings, proposed)])


def _proposals(settings: Settings, proposed: Proposed) -> list[str]:
    """Proposed facts, each behind a `#` that the editor takes away to accept it."""
    lines = [
        "# Proposals, for you to check. To take one over, take the # away from its first line and from each line below it that is",
        "# set in, and put your words in place of every [TO WRITE: ...]. Delete the others.",
    ]
    if not settings.translates:
        if settings.parent:
            lines += [
                f"# If this notice only adds to the council's notice for everything, content/{settings.parent}: its page says so, with "
                "a link.",
                f"#parent: {settings.parent}",
            ]
        lines += ["# What matters most: people read it first.", f"#summary: {value(marks.SUMMARY)}"]
        lines += ["# Under which heading the list of notices shows it.", f"#category: {value(marks.CATEGORY)}"]
    lines += ["# Facts, each with the sentence that it was found in.", *proposals.comments(proposed.passages)]
    return lines
