"""Everything of the site that is not a page: feeds, sitemap, facts for programs, QR codes, redirects. Pure.

One concept a module; here they are gathered. Which files there are is decided in `site_plan`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from generator.exports import atom_feed, jsonld, qr_code, security_txt, sitemap
from generator.pages import old_addresses
from generator.pages.planner import Planner
from generator.site_plan import NETLIFY, NGINX, SECURITY, Kind, Planned, SitePlan
from generator.versions import timeline
from generator.versions.version import Version
from widget.base_path import path_of


def notice_files(planner: Planner) -> Iterator[tuple[str, bytes]]:
    """The files of the notices in one language: (name, bytes). The build asks for those of one notice at a time."""
    for planned in planner.plan.of_notices(planner.language):
        if (data := notice_file(planner, planned)) is not None:
            yield planned.file, data


def notice_file(planner: Planner, planned: Planned) -> bytes | None:
    """One of those files; None for a page."""
    site, version = planner.site, planned.version
    if planned.kind is Kind.FEED:
        return _notice_feed(planner, planned)
    if version is None:
        return None
    if planned.kind is Kind.FACTS:
        return jsonld.notice(version, site).encode()
    if planned.kind is Kind.CODE:
        return qr_code.svg(site.base_url + timeline.check_path(version, site))
    return version.frozen if planned.kind is Kind.FROZEN else None


def site_files(planners: Sequence[Planner], on: date) -> Iterator[tuple[str, bytes]]:
    """The files of the whole site: (name, bytes). Of each version they take its facts, not its sections."""
    for planner in planners:
        for planned in planner.plan.of_site(planner.language):
            if planned.kind is Kind.WHOLE_FEED:
                yield planned.file, _whole_feed(planner, planned)
    site = planners[0].site
    for name, text in sitemap.files(list(addresses(planners)), site.base_url):
        yield name, text.encode()
    yield "robots.txt", sitemap.robots(site.base_url, [planner.prefix for planner in planners]).encode()
    if (told := security_txt.security_txt(site, on)) is not None:
        yield SECURITY, told.encode()
    moved = sorted(
        (move.old, planner.notice_path(move.version.notice))
        for planner in planners
        for move in planner.plan.moves(planner.language)
    )
    if moved:
        path = path_of(site.base_url)
        below = [(path + old, path + new) for old, new in moved]
        yield NETLIFY, old_addresses.netlify(below).encode()
        yield NGINX, old_addresses.nginx(below).encode()


def _notice_feed(planner: Planner, planned: Planned) -> bytes:
    """The feed of a notice in one language; a version that was taken down is there as just that."""
    history = planner.histories.get((planned.name, planner.language))
    title = history.latest.title if history else planner.words("page.retracted.notice")
    path = planner.notice_path(planned.name)
    page = path if history and history.shown else f"{path}history/"
    return _feed(planner, planned, planner.words("page.feed.title", title=title), page, _ever(planner, planned.name))


def _whole_feed(planner: Planner, planned: Planned) -> bytes:
    """The feed of every notice in one language."""
    title = planner.words("page.feed.all", council=planner.site.short_name(planner.language))
    everything = [version for notice in _own(planner) for version in _ever(planner, notice)]
    return _feed(planner, planned, title, f"{planner.prefix}/", everything)


def _own(planner: Planner) -> list[str]:
    """Every notice that was ever published in one language."""
    found = (*planner.histories, *planner.tombstones)
    return sorted({notice for notice, language in found if language == planner.language})


def _ever(planner: Planner, notice: str) -> list[Version]:
    history = planner.histories.get((notice, planner.language))
    lacking = [version for number in history.following if (version := planner.best(notice, number))] if history else []
    own = [*(history.versions if history else ()), *planner.tombstones.get((notice, planner.language), ())]
    return [*own, *lacking]


def _feed(planner: Planner, planned: Planned, title: str, page: str, versions: list[Version]) -> bytes:
    about = atom_feed.About(planned.address, title, page)
    return atom_feed.feed(about, versions, planner.site, planner.words, planner.change_language).encode()


def addresses(planners: Sequence[Planner]) -> Iterator[sitemap.Address]:
    """The addresses that search engines may list, each with the day of its last change."""
    plan, site = planners[0].plan, planners[0].site
    newest = max((h.in_force.effective for p in planners for h in p.own_histories() if h.in_force), default=None)
    for planned in plan.listed():
        changed = _changed(plan, planned) if planned.version else newest if planned.kind is Kind.INDEX else None
        path = planned.address.removeprefix(timeline.prefix(planned.language, site))[1:]
        yield _address(plan, planned, path, changed)


def _changed(plan: SitePlan, planned: Planned) -> date | None:
    """The day from which a notice's page says what it does: that of the version in force, in whichever language."""
    history = plan.histories[planned.name, planned.language]
    return history.starts.get(history.number or 0)


def _address(plan: SitePlan, planned: Planned, path: str, changed: date | None) -> sitemap.Address:
    """A page by its address without the language's prefix, with the same page in each language that has it."""
    base = plan.site.base_url
    languages = {
        language: f"{base}{timeline.prefix(language, plan.site)}/{path}"
        for language in plan.site.languages
        if plan.has(language, path)
    }
    return sitemap.Address(base + planned.address, changed, languages)
