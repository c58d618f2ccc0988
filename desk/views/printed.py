"""`/desk/notices/<id>/print`: a draft for paper, its whole text with the changes shown, and DRAFT at the head of each page."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, Response
from markupsafe import Markup

from desk.guard import access, needs, page, person
from desk.people.acts import Act
from desk.publication.found import Found
from desk.publication.pictured import Pictured, pictured
from desk.views.noticed import find
from desk.workplace import LONDON, workplace
from generator.building.site.open_site import OpenSite
from generator.markdown.render import Renderer
from generator.publishing.drafts import Draft
from generator.versions.changes import How, compare
from generator.versions.marked_changes import Marker

VIEWS = Blueprint("printed", __name__)


@dataclass(frozen=True)
class Paper:
    """One language of a draft: its title, the number of the version that it is compared with (0 for none), its sections."""

    language: str
    title: str
    last: int
    sections: tuple[tuple[str, How, Markup, Pictured], ...]
    """Heading, the fate of the section, its words with those added and taken out marked, and its pictures."""


@VIEWS.get("/desk/notices/<notice>/print")
@needs(Act.PRINT)
def draft(notice: str) -> Response:
    """Every language of the draft. Signs for what changed can be told apart without colour."""
    found, at = find(notice), access().clock().astimezone(LONDON)
    access().write(person().id, Act.PRINT, notice)
    papers = workplace().ask(lambda site: _papers(site, found))
    return page("publication/print.html", found=found, papers=papers, time=f"{at:%H:%M}", printed=at.date())


def _papers(site: OpenSite, found: Found) -> list[Paper]:
    return [_paper(site, draft) for draft in found.proposal.drafts]


def _paper(site: OpenSite, draft: Draft) -> Paper:
    own = site.words()[draft.notice.language]
    marker = Marker(own)
    compared = compare(draft.last or draft.version, draft.version, Renderer(), own)
    seen = pictured(draft.last, draft.version, Renderer())
    sections = tuple(
        (one.heading, one.how, marker.text(one.passages), seen.get(one.id, Pictured())) for one in compared.sections
    )
    return Paper(draft.notice.language, draft.version.title, draft.last.version if draft.last else 0, sections)
