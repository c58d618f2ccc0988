"""Everything of the site that is not a page: feeds, sitemap, facts for programs, QR codes, redirects. Pure.

One concept a module; here they are gathered, and here is decided which files there are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from generator import estate, feed, jsonld, pages, qr, redirects, security, sitemap
from generator.errors import Place, Problem, error
from generator.estate import History
from generator.pages import PagePlan, Planner
from generator.versions import Version


def files(planners: Sequence[Planner], on: date) -> Iterator[tuple[str, bytes]]:
    """Every such file of the site: (name, bytes)."""
    for planner in planners:
        for history in planner.own_histories():
            yield from notice_files(planner, history)
        yield f"{planner.prefix}/feed.xml".lstrip("/"), _feed_of_all(planner).encode()
    site = planners[0].site
    for name, text in sitemap.files(list(addresses(planners)), site.base_url):
        yield name, text.encode()
    yield "robots.txt", sitemap.robots(site.base_url).encode()
    if (told := security.security_txt(site, on)) is not None:
        yield security.FILE, told.encode()
    moved = sorted(pair for planner in planners for pair in moved_by(planner))
    if moved:
        yield redirects.NETLIFY, redirects.netlify(moved).encode()
        yield redirects.NGINX, redirects.nginx(moved).encode()


def notice_files(planner: Planner, history: History) -> Iterator[tuple[str, bytes]]:
    """The files of one notice in one language."""
    site, path = planner.site, planner.notice_path(history)
    for version in history.versions:
        permanent = estate.version_path(version, site).lstrip("/")
        yield f"{permanent}notice.jsonld", jsonld.notice(version, site).encode()
        if site.print_codes:
            yield f"{permanent}qr.svg", qr.svg(site.base_url + estate.check_path(version, site))
    title = planner.words("page.feed.title", title=history.latest.title)
    found = feed.feed(f"{path}feed.xml", title, path, history.versions, site, planner.words)
    yield f"{path}feed.xml".lstrip("/"), found.encode()


def _feed_of_all(planner: Planner) -> str:
    site, words, path = planner.site, planner.words, f"{planner.prefix}/"
    title = words("page.feed.all", council=site.short_name(planner.language))
    versions = (version for history in planner.own_histories() for version in history.versions)
    return feed.feed(f"{path}feed.xml", title, path, versions, site, words)


def addresses(planners: Sequence[Planner]) -> Iterator[sitemap.Address]:
    """What search engines may list: the list of notices, those in force, their histories, and the ordinary pages."""
    site = planners[0].site
    newest = max((h.in_force.effective for p in planners for h in p.own_histories() if h.in_force), default=None)
    homes = {planner.language: f"{site.base_url}{planner.prefix}/" for planner in planners}
    for planner in planners:
        yield sitemap.Address(homes[planner.language], newest, homes)
        for history in planner.own_histories():
            if (current := history.in_force) is not None:
                yield from _of_notice(planner, planners, history, current)
        for name, language in planner.pages:
            if language == planner.language:
                yield sitemap.Address(f"{site.base_url}{planner.prefix}/{name}/")


def _of_notice(
    planner: Planner, planners: Sequence[Planner], history: History, current: Version
) -> Iterator[sitemap.Address]:
    others = {other.language: other.histories.get((history.notice, other.language)) for other in planners}
    base = planner.site.base_url
    for tail in ("", "history/"):
        languages = {
            other.language: f"{base}{other.prefix}/{history.notice}/{tail}"
            for other in planners
            if (found := others[other.language]) is not None and found.in_force is not None
        }
        yield sitemap.Address(f"{base}{planner.notice_path(history)}{tail}", current.effective, languages)


def moved_by(planner: Planner) -> Iterator[tuple[str, str]]:
    """(old address, new address) of the notices of one language."""
    for history in planner.own_histories():
        if (current := history.in_force) is not None:
            for alias in pages.aliases(current):
                yield alias, planner.notice_path(history)


def twice(plans: Sequence[PagePlan]) -> list[Problem]:
    """A problem for each old address at which another page stands already."""
    seen: dict[str, PagePlan] = {}
    problems = []
    for plan in sorted(plans, key=lambda plan: plan.template == "moved.html"):
        if plan.file in seen and plan.template == "moved.html":
            message = (
                f"The old address /{plan.file.removesuffix('index.html')} of `{plan.page.title}` is another page's."
            )
            problems.append(error("O03", Place("content"), message, "Take it out of `aliases` and publish the notice."))
        seen.setdefault(plan.file, plan)
    return problems
