"""A document as a `notice.md`: its title, sections, links and old anchors, and proposals for its facts as comments. Pure.

Nothing is decided for the editor: proposals are comments, and whatever was changed is in the report.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.importing.contents import contents_of, counts, differences, rendered_contents
from generator.importing.document import TEXT, WEB_PAGE, Document
from generator.importing.draft import Draft
from generator.importing.front_matter import Proposed, front_matter
from generator.importing.report import Report, compared
from generator.importing.settings import Settings
from generator.importing.to_markdown import markdown
from generator.importing.tree.inert import body_of, parse
from generator.importing.tree.reader import Reader
from generator.importing.tree.typed_lists import rebuilt
from generator.importing.words import words_of
from generator.markdown.render import Renderer
from generator.wording.page_ids import address

_MARKED_HEADING = re.compile(r"^(#{2,6} .*?)(?: \{#[^\s{}]+\})+$", re.M)


@dataclass(frozen=True)
class Imported:
    """A document as a notice: the id that its title suggests, the whole text of its file, and the report."""

    id: str
    title: str
    language: str
    text: str
    report: Report


def to_notice(document: Document, settings: Settings) -> Imported:
    """The notice that a document becomes. `NotTaken` where its HTML cannot be read whole."""
    body = body_of(parse(document.html))
    source = words_of(" ".join(document.words))
    before = contents_of(body, source)
    reader, markers = Reader(), list[str]()
    draft = Draft(settings, rebuilt(reader.read(body), markers), [*document.losses, *reader.losses], reader.added)
    draft.notes += _how_read(document.read_as)
    title = draft.take_title(document.title, of_page=document.read_as == WEB_PAGE)
    draft.take_dates(document.updated)
    draft.lower_headings()
    draft.mark_gaps()
    draft.find_ids()
    draft.resolve_links()
    sections = draft.name_sections()
    text = markdown(draft.blocks)
    rendered = Renderer().any_section(_MARKED_HEADING.sub(r"\1", text), "imported")
    missing, new, words = compared(source, rendered, title, draft.losses, [*draft.lines, *markers], draft.added)
    after = rendered_contents(rendered, title, words)
    report = Report(
        counts(before),
        counts(after),
        tuple(differences(before, after)),
        missing,
        new,
        tuple(draft.losses),
        tuple(draft.notes),
    )
    proposed = Proposed(draft.proposed_headings(), draft.lines, sections, list(draft.passages()))
    front = front_matter(title, document.language, settings, proposed)
    language = (document.language or settings.language).split("-")[0].lower()
    return Imported(address(draft.title_words, "section"), title, language, f"---\n{front}\n---\n{text}\n", report)


def _how_read(read_as: str) -> list[str]:
    """How a text was read, where it could have been read the other way."""
    other = {TEXT: "`--as html` reads it as a web page", WEB_PAGE: "`--as text` reads it as plain text"}
    return [f"Read as {read_as}; {other[read_as]}."] if read_as in other else []
