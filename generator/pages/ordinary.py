"""The ordinary pages of the site, such as cookies and accessibility. Pure."""

from __future__ import annotations

from dataclasses import replace

from markupsafe import Markup

from generator.content.model import Notice, Section
from generator.pages import contexts
from generator.pages.language_site import Frames
from generator.wording import filling, inserts, page_ids


def _heading(section: Section, words: Markup) -> Markup:
    """A heading with its id, its old ones, and the one that it had before where blockers may hide that."""
    shown = page_ids.shown_id(section.id)
    old = (*section.anchors, section.id) if shown != section.id else section.anchors
    before = Markup("").join(Markup('<span id="{}"></span>').format(name) for name in old)
    return Markup('<h2 id="{}">{}{}</h2>').format(shown, before, words)


def prose_page(frames: Frames, name: str, page: Notice) -> contexts.ProsePage:
    """A page's text as HTML, filled in as a notice is; one that awaits review leads to a language in which it does not."""
    wording = inserts.wording(frames.site, frames.shared.get(frames.language, {}), frames.language)
    first, more = filling.filled(page, wording, frames.site)
    page = replace(page, opening=first.section if first else None, sections=tuple(part.section for part in more))
    opening = [(page.opening.markdown, name)] if page.opening else []
    sections = [(section.markdown, f"{name}-{number}") for number, section in enumerate(page.sections, 1)]
    rendered = frames.rendered([*opening, *sections], page.file)
    parts = rendered[: len(opening)]
    for section, text in zip(page_ids.of_page(page), rendered[len(opening) :], strict=True):
        parts += [_heading(section, frames.renderer.inline(section.heading)), text]
    frame = frames.frame(frames.notice_path(name), page.facets.title)
    awaiting = page.facets.awaits_review
    reviewed = (
        other
        for other in frame["alternates"]
        if (name, other.language) in frames.pages and not frames.pages[name, other.language].facets.awaits_review
    )
    return contexts.ProsePage(
        **frame,
        description=page.facets.summary,
        html=Markup("\n").join(parts),
        awaiting=awaiting,
        reviewed=next(reviewed, None) if awaiting else None,
    )
