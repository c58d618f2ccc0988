"""`/desk/notices/<id>/publish`: what a publication would do, and publishing it."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, request, url_for
from werkzeug.wrappers import Response as Answer

from desk.afterwards import afterwards
from desk.guard import access, needs, page, person, words
from desk.people.acts import Act
from desk.publication import acting, described, review, together
from desk.publication.acting import Wanted
from desk.publication.described import Described
from desk.publication.found import Found
from desk.publication.proposal import offers, wanted_digest
from desk.publication.review import Standing
from desk.views.live_line import live_line
from desk.views.noticed import evidence, find
from desk.views.recorded import record
from desk.workplace import workplace
from generator.content.model import ChangeKind
from generator.problems import ContentError, Problem
from generator.versions.differences import name_of
from widget.manifest import Following

VIEWS = Blueprint("publish", __name__)
VIEWS.app_context_processor(lambda: {"live_line": live_line})


@VIEWS.get("/desk/notices/<notice>/publish")
@needs(Act.PUBLISH)
def ask(notice: str) -> Response:
    """Show the changes, the kinds they may be published as, and the earliest day."""
    return _form(find(notice), find(notice).described)


@VIEWS.post("/desk/notices/<notice>/publish")
@needs(Act.PUBLISH)
def publish(notice: str) -> Response | Answer:
    """Publish the text that the person saw; the form again, with everything that is in the way."""
    found, work = find(notice), workplace()
    typed = described.read(request.form, offers(found.proposal), work.today(), found.others)
    if typed.wrong:
        return _form(found, typed, status=400)
    try:
        wanted = Wanted({notice: request.form.get("seen", "")}, typed.asked, evidence)
        done = acting.publish_notices(work.site, wanted, work.today())
    except ContentError as failure:
        return _form(found, typed, failure.problems, 409)
    message = f"Publish {' '.join(done.tags) or notice}\n\n{typed.summary}"
    told = record(done, Act.PUBLISH, notice, message, str(done.versions[0].version) if done.versions else "")
    afterwards().published()
    flash(_said(found, done))
    for one in (done.versions[0].change.translations or ()) if done.versions else ():
        flash(words()("publish.later_done", **_named(one)))
    if told:
        flash(told)
    return redirect(url_for("versions.every", notice=notice), 303)


def _named(one: Following) -> dict[str, str]:
    own = workplace().dates[words().language]
    return {"language": own.name_of(one.language), "day": own.full_date(one.by)}


def _said(found: Found, done: acting.Done) -> str:
    if not done.versions:
        return words()("publish.facts_done")
    version = done.versions[0]
    day = workplace().dates[words().language].full_date(version.effective)
    key = "publish.done" if version.effective <= workplace().today() else "publish.scheduled"
    return words()(key, title=found.title, number=version.version, day=day)


def _form(found: Found, typed: Described, problems: list[Problem] | None = None, status: int = 200) -> Response:
    standing = _standing(found, typed)
    return page(
        "publication/publish.html",
        status,
        found=found,
        typed=typed,
        offers=offers(found.proposal) if found.proposal.is_changed else (),
        problems=problems or [],
        standing=standing,
        shared=_shared(found),
        today=workplace().today().isoformat(),
        person=person(),
        base=access().config.address,
        changed=_changed(found),
    )


def _shared(found: Found) -> int:
    """How many notices one change of shared wording or settings can be published in, this one among them; 0 for one
    alone."""
    if not found.proposal.is_changed:
        return 0
    notices = workplace().ask(together.touched).seen
    return len(notices) if found.notice in notices and len(notices) > 1 else 0


def _changed(found: Found) -> list[tuple[str, list[str]]]:
    """The differences from the last version: each language with its parts, named as residents read them."""
    wording = workplace().ask(lambda site: site.words())
    every = []
    for draft in found.proposal.drafts:
        language, parts = draft.notice.language, draft.differences or draft.facts
        if draft.last and parts:
            every.append((language, [name_of(one, wording[language]) for one in parts]))
    return every


def _standing(found: Found, typed: Described) -> Standing | None:
    """Where the text stands with its approver, where one is needed or was asked and the change is described well
    enough."""
    if typed.wrong or not typed.kind or typed.kind == ChangeKind.TYPO:
        return None
    if not found.needs_approval and not evidence(found.notice).review.requests:
        return None
    work = workplace()
    try:
        asked = typed.asked
        digest = work.ask(lambda site: wanted_digest(site, found.notice, asked, work.today()))
    except ContentError:
        return None
    return review.standing(evidence(found.notice), digest) if digest else None
