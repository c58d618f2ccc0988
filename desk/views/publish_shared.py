"""`/desk/publish-shared`: every notice that shared wording or settings changed, published with one form and one
approval."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from flask import Blueprint, Response, flash, redirect, request, url_for
from werkzeug.wrappers import Response as Answer

from desk.afterwards import afterwards
from desk.guard import access, needs, page, person, words
from desk.people.acts import Act
from desk.people.person import Role
from desk.publication import acting, described, review, together
from desk.publication.acting import Done, Wanted
from desk.publication.described import Described
from desk.publication.review import State
from desk.publication.together import Pending, PendingFile, Together, combined
from desk.views.noticed import evidence
from desk.views.recorded import record
from desk.workplace import workplace
from generator.problems import ContentError, Place, Problem
from generator.publishing.faults import P02
from generator.publishing.review_file import Approval, Remark, Review
from generator.repository import CONTENT

VIEWS = Blueprint("publish_shared", __name__)
NAME = "shared-change"
"""The id of the whole act in the log; each notice that was published has a line of its own."""
LONGEST = 2_000
"""Letters of an answer."""


@VIEWS.get("/desk/publish-shared")
@needs(Act.REMARK)
def ask() -> Response:
    """The list, the form, and where it stands with the approver."""
    return _page(_touched())


@VIEWS.post("/desk/publish-shared")
@needs(Act.PUBLISH)
def publish() -> Response | Answer:
    """Publish all of them, or none."""
    found, work = _touched(), workplace()
    typed = described.read(request.form, found.offers, work.today())
    if refused := _refused(found, typed):
        return refused
    try:
        done = acting.publish_notices(work.site, Wanted(found.seen, typed.asked, evidence), work.today())
    except ContentError as failure:
        return _page(found, typed, failure.problems, 409)
    _pending().end()
    for version in {one.notice: one for one in done.versions}.values():
        access().write(person().id, Act.PUBLISH, version.notice, str(version.version))
    _recorded(done, Act.PUBLISH, f"Publish one change in {len(done.tags)} notices\n\n{typed.summary}")
    afterwards().published()
    flash(words()("together.done", count=len(done.tags)))
    return redirect(url_for("publish_shared.ask"), 303)


@VIEWS.post("/desk/publish-shared/ask")
@needs(Act.ASK_APPROVAL)
def ask_approval() -> Response | Answer:
    """Ask for one approval of the change in all of them."""
    found, work = _touched(), workplace()
    typed = described.read(request.form, found.offers, work.today())
    if refused := _refused(found, typed):
        return refused
    waiting = _pending().read()
    if waiting is not None and not waiting.described.is_as(typed) and waiting.mark != request.form.get("described"):
        return _page(found, typed, [_problem("together.described_since")], 409)
    try:
        digests = _digests(found, typed)
    except ContentError as failure:
        return _page(found, typed, failure.problems, 409)
    _pending().keep(Pending(typed.kind, typed.summary, typed.starts, combined(digests)))
    by, on = person().name, work.today()
    _written(digests, Act.ASK_APPROVAL, lambda digest, was: review.asked(was, digest, by, on), "Ask for approval")
    afterwards().asked_together()
    flash(words()("review.asked"))
    return redirect(url_for("publish_shared.ask"), 303)


@VIEWS.post("/desk/publish-shared/approve")
@needs(Act.APPROVE)
def approve() -> Response | Answer:
    """Approve exactly what the list shows, in each of the notices."""
    found = _touched()
    digests = _shown(found)
    if isinstance(digests, list):
        return _page(found, problems=digests, status=409)
    role = " ".join(request.form.get("role", "").split())
    if not role:
        return _page(found, problems=[_problem("review.role_missing")], status=400)
    own, on = person(), workplace().today()
    if not all(review.may_approve(evidence(notice), own.name, own.address) for notice in digests):
        return _page(found, problems=[_problem("together.own_text")], status=403)
    _written(
        digests, Act.APPROVE, lambda digest, was: review.approved(was, Approval(digest, own.name, role, on)), "Approve"
    )
    afterwards().approved_together(NAME, combined(digests), own.id)
    flash(words()("together.approved", count=len(digests)))
    return redirect(url_for("publish_shared.ask"), 303)


@VIEWS.post("/desk/publish-shared/return")
@needs(Act.ASK_CHANGES)
def give_back() -> Response | Answer:
    """Say that the change needs other words before it is approved, in each of the notices."""
    found = _touched()
    digests = _shown(found)
    if isinstance(digests, list):
        return _page(found, problems=digests, status=409)
    text = request.form.get("text", "").strip()[:LONGEST]
    if not text:
        return _page(found, problems=[_problem("review.return_missing")], status=400)
    own, on = person(), workplace().today()
    _written(
        digests,
        Act.ASK_CHANGES,
        lambda digest, was: review.returned(was, digest, own.name, on, text),
        "Ask for changes",
    )
    afterwards().returned_together(NAME, combined(digests), own.id)
    flash(words()("review.returned"))
    return redirect(url_for("publish_shared.ask"), 303)


def _shown(found: Together) -> dict[str, str] | list[Problem]:
    """The digest of each text that the form was about; what changed since, or is in the way."""
    pending = _pending().read()
    try:
        digests = _digests(found, pending.described) if pending and found.notices else {}
    except ContentError as failure:
        return failure.problems
    if not digests or combined(digests) != request.form.get("digest"):
        return [_problem("together.changed")]
    return digests


def _touched() -> Together:
    return workplace().ask(together.touched)


def _pending() -> PendingFile:
    return PendingFile(access().config.folder)


def _digests(found: Together, typed: Described) -> dict[str, str]:
    work = workplace()
    return work.ask(lambda site: together.wanted_digests(site, found.notices, typed.asked, work.today()))


def _refused(found: Together, typed: Described) -> Response | None:
    """The page again, where the form lacks something or the list is another than the person saw."""
    if typed.wrong:
        return _page(found, typed, status=400)
    if not found.notices or combined(found.seen) != request.form.get("seen"):
        return _page(found, typed, [_problem("together.changed")], 409)
    return None


def _written(digests: Mapping[str, str], act: Act, change: Callable[[str, Review], Review], message: str) -> None:
    """Change the review of each notice, with one commit."""
    root = workplace().root
    files = [
        file
        for notice, digest in digests.items()
        for file in acting.write_review(root, notice, partial(change, digest)).files
    ]
    _recorded(Done(tuple(files)), act, f"{message}: one change in {len(digests)} notices")


def _recorded(done: Done, act: Act, message: str) -> None:
    if told := record(done, act, NAME, message):
        flash(told)


def _problem(key: str) -> Problem:
    return P02.problem(Place(CONTENT), words()(key), "")


def _page(
    found: Together, typed: Described | None = None, problems: list[Problem] | None = None, status: int = 200
) -> Response:
    pending, own = _pending().read(), person()
    digest, state, in_the_way, answers = "", None, list[Problem](), list[Remark]()
    if pending is not None and found.notices:
        try:
            digests = _digests(found, pending.described)
            digest, state, answers = combined(digests), _state(digests, pending), _answers(digests)
        except ContentError as failure:
            in_the_way = failure.problems
    return page(
        "publication/together.html",
        status,
        found=found,
        typed=typed or (pending.described if pending else Described()),
        offers=found.offers,
        problems=problems or in_the_way,
        pending=pending,
        digest=digest,
        state=state,
        answers=answers,
        seen=combined(found.seen),
        needs_approval=any(one.needs_approval for one in found.notices),
        is_approver=own.has(Role.APPROVER),
        is_editor=own.has(Role.EDITOR),
        today=workplace().today().isoformat(),
        sent=request.form,
    )


def _answers(digests: Mapping[str, str]) -> list[Remark]:
    """Changes that approvers asked for, once where they said it of all of the notices."""
    every = (one for notice, digest in digests.items() for one in review.standing_answers(evidence(notice), digest))
    return list({(one.by, one.on, one.text): one for one in every}.values())


def _state(digests: Mapping[str, str], pending: Pending) -> State:
    """Where the change stands as a whole: approved only where each notice is."""
    if combined(digests) != pending.asked_for:
        return State.ASKED_BEFORE
    return together.state_of_all(review.standing(evidence(notice), digest).state for notice, digest in digests.items())
