"""`/desk/notices/<id>/versions`: the history of a notice, and what can be done with what was published."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response as Answer

from desk.afterwards import afterwards
from desk.guard import needs, page, words
from desk.people.acts import Act
from desk.publication import acting, described
from desk.views.recorded import record
from desk.workplace import workplace
from generator.building.site.open_site import OpenSite
from generator.problems import ContentError, Place, Problem
from generator.publishing import retract
from generator.publishing.faults import P02
from generator.repository import CONTENT
from generator.versions.version import Version

VIEWS = Blueprint("versions", __name__)


@VIEWS.get("/desk/notices/<notice>/versions")
@needs(Act.READ)
def every(notice: str) -> Response:
    """Every version, the newest first."""
    return listed(notice)


@VIEWS.post("/desk/notices/<notice>/versions/<int:number>/call-off")
@needs(Act.CALL_OFF)
def call_off(notice: str, number: int) -> Response | Answer:
    """Keep a version that has not started from starting."""
    work = workplace()
    return _done(
        notice,
        Act.CALL_OFF,
        lambda: acting.call_version_off(work.root, notice, number, work.today()),
        words()("versions.called_off", number=number),
        f"Call off {notice}/v{number}",
        number,
    )


@VIEWS.post("/desk/notices/<notice>/versions/<int:number>/take-down")
@needs(Act.TAKE_DOWN)
def take_down(notice: str, number: int) -> Response | Answer:
    """Put a tombstone in the place of a version."""
    work, reason = workplace(), " ".join(request.form.get("reason", "").split())
    if not reason:
        return listed(notice, [needed(notice, words()("versions.reason_missing"))], 400)
    asked = retract.Asked(notice, number, reason, bool(request.form.get("all_words")))
    return _done(
        notice,
        Act.TAKE_DOWN,
        lambda: acting.take_version_down(work.root, asked, work.today()),
        words()("versions.taken_down", number=number),
        f"Take down {notice}/v{number}\n\n{reason}",
        number,
    )


@VIEWS.post("/desk/notices/<notice>/versions/<int:number>/use-again")
@needs(Act.RESTORE)
def use_again(notice: str, number: int) -> Response | Answer:
    """Bring the text of a version back; a text that was never published is kept beside it."""
    work = workplace()
    keep = bool(request.form.get("keep"))
    return _done(
        notice,
        Act.RESTORE,
        lambda: acting.bring_back(work.root, notice, number, work.today(), keep=keep),
        words()("versions.used_again", number=number),
        f"Use the text of {notice}/v{number} again",
        number,
    )


@VIEWS.post("/desk/notices/<notice>/reviewed")
@needs(Act.REVIEWED)
def reviewed(notice: str) -> Response | Answer:
    """Note that the notice was reviewed, nothing had to change, and when it is due again."""
    work = workplace()
    following = described.day(request.form.get("next", ""))
    if following is None:
        return listed(notice, [needed(notice, words()("versions.next_missing"))], 400)
    return _done(
        notice,
        Act.REVIEWED,
        lambda: acting.note_review(work.site, notice, work.today(), following),
        words()("versions.reviewed", day=work.dates[words().language].full_date(following)),
        f"Note a review of {notice}",
    )


def _done(
    notice: str, act: Act, do: Callable[[], acting.Done], said: str, message: str, number: int | None = None
) -> Response | Answer:
    try:
        done = do()
    except ContentError as failure:
        return listed(notice, failure.problems, 409)
    told = record(done, act, notice, message, str(number) if number else "")
    if act is not Act.RESTORE:
        afterwards().published()
    flash(said)
    for name in done.kept:
        flash(words()("versions.kept", name=name))
    if told:
        flash(told)
    return redirect(url_for("versions.every", notice=notice), 303)


def needed(notice: str, message: str) -> Problem:
    """Something that the form lacks."""
    return P02.problem(Place(f"{CONTENT}/{notice}"), message, "")


def listed(notice: str, problems: list[Problem] | None = None, status: int = 200) -> Response:
    """The page, with what stood in the way of an act."""
    work = workplace()
    versions, title, has_text = work.ask(lambda site: _of(site, notice))
    if not versions and not has_text:
        abort(404)
    numbers = sorted({version.version for version in versions}, reverse=True)
    standing = [one for one in versions if one.retracted is None and one.called_off is None]
    in_force = max(
        (one for one in standing if one.effective <= work.today()),
        key=lambda one: (one.effective, one.version),
        default=None,
    )
    return page(
        "publication/versions.html",
        status,
        notice=notice,
        title=title,
        groups=[[one for one in versions if one.version == number] for number in numbers],
        in_force=in_force.version if in_force else 0,
        on=work.today(),
        problems=problems or [],
        has_text=has_text,
        retired=work.ask(lambda site: _retired(site, notice)),
        sent=request.form,
    )


def _retired(site: OpenSite, notice: str) -> list[tuple[str, str, str]]:
    """Each language that the notice has a text in, its name, and the reason why it is no longer used, empty where it is."""
    found, own = site.repository, workplace().dates[words().language]
    texts = [name for name in found.site.languages if (notice, name) in found.notices]
    return [(name, own.name_of(name), str(found.notices[notice, name].facets.retired or "")) for name in texts]


def _of(site: OpenSite, notice: str) -> tuple[list[Version], str, bool]:
    """Every version of a notice in the order of the site's languages, its title, and whether it has a text."""
    found = site.repository
    ever = list(found.ever_of(notice))
    order = found.site.languages
    ever.sort(key=lambda one: order.index(one.language) if one.language in order else len(order))
    texts = [language for language in order if (notice, language) in found.notices]
    title = found.notices[notice, texts[0]].facets.title if texts else (ever[-1].title if ever else notice)
    return ever, str(title or notice), bool(texts)
