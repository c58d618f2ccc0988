"""`/desk/notices/<id>/review`: asking for approval, reading what changed, remarks, approving, asking for changes."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, Response, abort, flash, redirect, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response as Answer

from desk.afterwards import afterwards
from desk.guard import access, needs, page, person, words
from desk.people.acts import Act
from desk.people.person import Role
from desk.publication import acting, described, following, review
from desk.publication.described import Described
from desk.publication.found import Found
from desk.publication.looks import Looks
from desk.publication.pictured import Pictured, pictured
from desk.publication.proposal import offers, wanted_digest
from desk.saving.editing.changes import SetFact
from desk.saving.outcome import Conflict, Refused
from desk.saving.save import Opened, opened, save
from desk.views.noticed import evidence, find
from desk.views.recorded import author, record
from desk.workplace import workplace
from generator.building.site.open_site import OpenSite
from generator.markdown.render import Renderer
from generator.problems import ContentError, Problem
from generator.publishing.approval import WORKED_ON
from generator.publishing.drafts import Draft
from generator.publishing.publish import Asked
from generator.publishing.review_file import Approval, Remark, Review, Words
from generator.versions import version as versions
from generator.versions.changes import How, compare
from generator.versions.marked_changes import Marker
from generator.versions.version import Version
from widget import manifest

VIEWS = Blueprint("review", __name__)
LONGEST = 2_000
"""Letters of a remark."""


@dataclass(frozen=True)
class Changed:
    """The sections of one language that differ, with their words marked."""

    language: str
    name: str
    sections: tuple[tuple[str, str, Markup, Pictured], ...]
    """Id, heading, the section's words with what was added and taken out, and its pictures."""


@VIEWS.get("/desk/notices/<notice>/review")
@needs(Act.READ)
def read(notice: str) -> Response:
    """Show the changes since the last version, the state of the review, and the remarks."""
    found = find(notice)
    access().write(person().id, Act.READ, notice)
    return _page(found)


@VIEWS.post("/desk/notices/<notice>/review/ask")
@needs(Act.ASK_APPROVAL)
def ask(notice: str) -> Response | Answer:
    """Write into the text how it changed, and ask for its approval.

    The form names the text that it was shown with, and so the description: one that a colleague saved meanwhile is shown,
    and not written over.
    """
    work, found = workplace(), find(notice)
    start = opened(work.root, found.proposal.drafts[0].notice.file)
    found = find(notice)  # after the file was opened: what changes from here on is a conflict when it is saved
    typed = described.read(request.form, offers(found.proposal), work.today(), found.others)
    if typed.wrong:
        return _page(found, typed, status=400)
    if request.form.get("seen") != found.proposal.seen:
        return _since_opened(found, typed)
    if wrong := _describe(found, typed, start):
        return _page(find(notice), typed, wrong, 409)
    try:
        digest = _digest(notice, typed.asked)
    except ContentError as failure:
        return _page(find(notice), typed, failure.problems, 409)
    text = " ".join(request.form.get("text", "").split())[:LONGEST]
    by = person().name
    _write(notice, Act.ASK_APPROVAL, lambda was: review.asked(was, digest, by, work.today(), text), "Ask for approval")
    afterwards().asked(notice)
    flash(words()("review.asked"))
    return redirect(url_for("review.read", notice=notice), 303)


@VIEWS.post("/desk/notices/<notice>/review/remark")
@needs(Act.REMARK)
def remark(notice: str) -> Response | Answer:
    """Keep a remark on a section, perhaps with words in place of others."""
    found = find(notice)
    digest = _seen(found)
    if isinstance(digest, list):
        return _page(found, problems=digest, status=409)
    said = _remark(digest)
    if not said.text and not said.words:
        return _page(found, wrong={"text": "review.remark_missing"}, status=400)
    if any(not _stands_once(found, one) for one in said.words):
        return _page(found, wrong={"old": "review.old_not_once"}, status=400)
    _write(notice, Act.REMARK, lambda was: review.remarked(was, said), "Remark")
    _look(found)
    flash(words()("review.remarked"))
    return redirect(url_for("review.read", notice=notice), 303)


@VIEWS.post("/desk/notices/<notice>/review/return")
@needs(Act.ASK_CHANGES)
def give_back(notice: str) -> Response | Answer:
    """Say that the text needs changes before it is approved."""
    found = find(notice)
    digest = _seen(found)
    if isinstance(digest, list):
        return _page(found, problems=digest, status=409)
    text = request.form.get("text", "").strip()[:LONGEST]
    if not text:
        return _page(found, wrong={"return_text": "review.return_missing"}, status=400)
    by, on = person().name, workplace().today()
    _write(notice, Act.ASK_CHANGES, lambda was: review.returned(was, digest, by, on, text), "Ask for changes")
    afterwards().answered(notice, "returned", person().id)
    _look(found)
    flash(words()("review.returned"))
    return redirect(url_for("review.read", notice=notice), 303)


@VIEWS.post("/desk/notices/<notice>/review/approve")
@needs(Act.APPROVE)
def approve(notice: str) -> Response | Answer:
    """Approve exactly the text that was read; nobody approves what they saved a part of."""
    found = find(notice)
    digest = _seen(found)
    if isinstance(digest, list):
        return _page(found, problems=digest, status=409)
    role = " ".join(request.form.get("role", "").split())
    if not role:
        return _page(found, wrong={"role": "review.role_missing"}, status=400)
    own = person()
    if not review.may_approve(evidence(notice), own.name, own.address):
        return _page(found, wrong={"role": "review.own_text"}, status=403)
    granted = Approval(digest, own.name, role, workplace().today())
    _write(notice, Act.APPROVE, lambda was: review.approved(was, granted), "Approve")
    afterwards().answered(notice, "approved", person().id)
    _look(found)
    flash(words()("review.approved"))
    return redirect(url_for("review.read", notice=notice), 303)


def _since_opened(found: Found, typed: Described) -> Response | Answer:
    """The answer to a form whose text changed since: sent twice, it is the request that was made; else the page as it
    is now."""
    if found.described.is_as(typed):
        try:
            digest = _digest(found.notice, typed.asked)
        except ContentError as failure:
            return _page(found, typed, failure.problems, 409)
        own = person().name
        if any((one.digest, one.by) == (digest, own) for one in evidence(found.notice).review.requests):
            flash(words()("review.asked"))
            return redirect(url_for("review.read", notice=found.notice), 303)
    return _page(found, typed, [acting.changed(found.notice, words()("review.look_then_ask"))], 409)


def _describe(found: Found, typed: Described, start: Opened) -> list[Problem]:
    """Save how the text changed into its main language, where it does not say so already; what is in the way."""
    if found.described.is_as(typed):
        return []
    file = found.proposal.drafts[0].notice.file
    work = workplace()
    value: dict[str, object] = {"kind": typed.kind, "summary": typed.summary}
    value |= {"effective": typed.starts} if typed.starts else {}
    value |= {"translations": stated} if (stated := following.stated(typed.late)) else {}
    message = f"Say how {found.notice} changed"
    outcome = save(work.root, file, start.digest, [SetFact("change", value)], author(), message, access().clock())
    if isinstance(outcome, Refused):
        return list(outcome.problems)
    if isinstance(outcome, Conflict):
        return [acting.changed(found.notice, words()("review.look_then_ask"))]
    access().write(person().id, Act.EDIT, found.notice)
    return []


def _digest(notice: str, asked: Asked) -> str:
    """The digest of the text as it would be published; `ContentError` where it cannot be, or nothing differs."""
    work = workplace()
    answered = dataclasses.replace(asked, same_meaning=True)
    digest = work.ask(lambda site: wanted_digest(site, notice, answered, work.today()))
    if digest is None:
        abort(409)
    return digest


def _seen(found: Found) -> str | list[Problem]:
    """The digest of the text that the form was about; what changed since, or is in the way."""
    if not found.described.kind:
        return [acting.changed(found.notice)]
    try:
        digest = _digest(found.notice, found.described.asked)
    except ContentError as failure:
        return failure.problems
    if digest != request.form.get("digest"):
        return [acting.changed(found.notice)]
    return digest


def _remark(digest: str) -> Remark:
    sent = request.form
    old, new = sent.get("old", "").strip(), sent.get("new", "").strip()
    replaced = (Words(sent.get("language", ""), old, new),) if old else ()
    text = sent.get("text", "").strip()[:LONGEST]
    return Remark(digest, person().name, workplace().today(), text, sent.get("section", "")[:100], replaced)


def _stands_once(found: Found, one: Words) -> bool:
    file = next((draft.notice.file for draft in found.proposal.drafts if draft.notice.language == one.language), None)
    return file is not None and (workplace().root / file).read_text("utf-8").count(one.old) == 1


def _write(notice: str, act: Act, change: Callable[[Review], Review], message: str) -> None:
    told = record(acting.write_review(workplace().root, notice, change), act, notice, f"{message}: {notice}")
    if told:
        flash(told)


def _look(found: Found) -> None:
    """Keep what the person read, so that the same page can mark what changes afterwards."""
    read_now = {draft.notice.language: _as_read(draft.version) for draft in found.proposal.drafts}
    Looks(access().config.folder).keep(found.notice, person().id, read_now)


def _as_read(version: Version) -> bytes:
    """A working text in the frozen form, with what publishing adds always the same."""
    change = manifest.Change("material", "Read at the desk.")
    fixed = dataclasses.replace(version, version=1, published=WORKED_ON, effective=WORKED_ON, change=change)
    return versions.freeze(fixed)


def _page(
    found: Found,
    typed: Described | None = None,
    problems: list[Problem] | None = None,
    status: int = 200,
    wrong: dict[str, str] | None = None,
) -> Response:
    known = evidence(found.notice)  # asks git: once for the whole page
    standing, digest, in_the_way = None, "", list(found.proposal.stopping)
    if found.proposal.is_changed and not in_the_way and found.described.kind:
        try:
            digest = _digest(found.notice, found.described.asked)
            standing = review.standing(known, digest)
        except ContentError as failure:
            in_the_way = failure.problems
    elif found.proposal.is_changed and not in_the_way:
        in_the_way = list(found.proposal.avoidable)
    own = person()
    return page(
        "publication/review.html",
        status,
        found=found,
        typed=typed or found.described,
        offers=offers(found.proposal) if found.proposal.is_changed else (),
        problems=problems or [],
        in_the_way=in_the_way,
        wrong=wrong or {},
        standing=standing,
        digest=digest,
        review=known.review,
        changed=workplace().ask(lambda site: _changed(site, found)),
        since=workplace().ask(lambda site: _since(site, found)),
        is_approver=own.has(Role.APPROVER),
        is_editor=own.has(Role.EDITOR),
        may_approve=review.may_approve(known, own.name, own.address),
        today=workplace().today().isoformat(),
        sent=request.form,
    )


def _changed(site: OpenSite, found: Found) -> list[Changed]:
    """The differences from the last version, in each language that is published with it."""
    return [_marked(site, draft, draft.last) for draft in _together(found) if draft.changed and draft.last]


def _together(found: Found) -> list[Draft]:
    """The texts that an approval is for: those of languages that follow later are not among them."""
    later = {one.language for one in found.described.late if one.is_named}
    return [draft for draft in found.proposal.drafts if draft.notice.language not in later]


def _since(site: OpenSite, found: Found) -> list[Changed] | None:
    """The differences from the text that the person last answered to; None where they never answered."""
    looks = Looks(access().config.folder).last(found.notice, person().id)
    if not looks:
        return None
    marked = []
    for draft in _together(found):
        before = looks.get(draft.notice.language)
        if before is not None and before != _as_read(draft.version):
            marked.append(_marked(site, draft, versions.read(before, draft.notice.file)))
    return [one for one in marked if one.sections]


def _marked(site: OpenSite, draft: Draft, before: Version) -> Changed:
    own = site.words()[draft.notice.language]
    marker = Marker(own)
    found, seen = compare(before, draft.version, Renderer(), own), pictured(before, draft.version, Renderer())
    differing = ((one, seen.get(one.id, Pictured())) for one in found.sections)
    sections = tuple(
        (one.id, one.heading, marker.text(one.passages), pictures)
        for one, pictures in differing
        if one.how is not How.SAME or pictures.differs
    )
    return Changed(draft.notice.language, own.name_of(draft.notice.language), sections)
