"""Everything of the site that is not a page: feeds, sitemap, facts for programs, QR codes, redirects. Pure.

One concept a module; here they are gathered, and here is decided which files there are.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from datetime import date

from generator.exports import atom_feed, jsonld, qr_code, security_txt, sitemap
from generator.pages import old_addresses
from generator.pages.planner import PagePlan, Planner
from generator.problems import Place, Problem, error
from generator.versions import timeline
from generator.versions.timeline import History
from generator.versions.version import Version


def notice_files(planner: Planner) -> Iterator[tuple[str, bytes]]:
    """The files of the notices in one language: (name, bytes). The build asks for those of one notice at a time."""
    for history in planner.own_histories():
        yield from version_files(planner, history)
    yield from feeds(planner)


def site_files(planners: Sequence[Planner], on: date) -> Iterator[tuple[str, bytes]]:
    """The files of the whole site: (name, bytes). Of each version they take its facts, not its sections."""
    for planner in planners:
        yield whole_feed(planner)
    site = planners[0].site
    for name, text in sitemap.files(list(addresses(planners)), site.base_url):
        yield name, text.encode()
    yield "robots.txt", sitemap.robots(site.base_url, [planner.prefix for planner in planners]).encode()
    if (told := security_txt.security_txt(site, on)) is not None:
        yield security_txt.FILE, told.encode()
    moved = sorted(pair for planner in planners for pair in moved_by(planner))
    if moved:
        yield old_addresses.NETLIFY, old_addresses.netlify(moved).encode()
        yield old_addresses.NGINX, old_addresses.nginx(moved).encode()


def version_files(planner: Planner, history: History) -> Iterator[tuple[str, bytes]]:
    """The files of each version of one notice in one language."""
    site = planner.site
    for version in history.versions:
        permanent = timeline.version_path(version, site).lstrip("/")
        yield f"{permanent}notice.jsonld", jsonld.notice(version, site).encode()
        if site.print_codes:
            yield f"{permanent}qr.svg", qr_code.svg(site.base_url + timeline.check_path(version, site))


def feeds(planner: Planner) -> Iterator[tuple[str, bytes]]:
    """The feed of each notice in one language; a version that was taken down is there as just that."""
    for notice in _own(planner):
        history = planner.histories.get((notice, planner.language))
        title = history.latest.title if history else planner.words("page.retracted.notice")
        path = planner.notice_path(notice)
        page = path if history and history.in_force else f"{path}history/"
        yield _feed(planner, path, planner.words("page.feed.title", title=title), page, _ever(planner, notice))


def whole_feed(planner: Planner) -> tuple[str, bytes]:
    """The feed of every notice in one language."""
    title = planner.words("page.feed.all", council=planner.site.short_name(planner.language))
    everything = [version for notice in _own(planner) for version in _ever(planner, notice)]
    return _feed(planner, f"{planner.prefix}/", title, f"{planner.prefix}/", everything)


def _own(planner: Planner) -> list[str]:
    """Every notice that was ever published in one language."""
    found = (*planner.histories, *planner.tombstones)
    return sorted({notice for notice, language in found if language == planner.language})


def _ever(planner: Planner, notice: str) -> list[Version]:
    history = planner.histories.get((notice, planner.language))
    return [*(history.versions if history else ()), *planner.tombstones.get((notice, planner.language), ())]


def _feed(planner: Planner, path: str, title: str, page: str, versions: list[Version]) -> tuple[str, bytes]:
    about = atom_feed.About(f"{path}feed.xml", title, page)
    text = atom_feed.feed(about, versions, planner.site, planner.words, planner.change_language)
    return about.path.lstrip("/"), text.encode()


def addresses(planners: Sequence[Planner]) -> Iterator[sitemap.Address]:
    """What search engines may list: the list of notices, those in force, their histories, and the ordinary pages."""
    newest = max((h.in_force.effective for p in planners for h in p.own_histories() if h.in_force), default=None)
    for planner in planners:
        yield _address(planner, planners, "", newest)
        for history in planner.own_histories():
            if (current := history.in_force) is not None:
                for tail in ("", "history/"):
                    yield _address(planner, planners, f"{history.notice}/{tail}", current.effective)
        for name, language in planner.pages:
            if language == planner.language:
                yield _address(planner, planners, f"{name}/", None)


def _address(planner: Planner, planners: Sequence[Planner], path: str, changed: date | None) -> sitemap.Address:
    """A page by its address without the language's prefix, with the same page in each language that has it."""
    known, base = planner.addresses.known, planner.site.base_url
    languages = {p.language: f"{base}{p.prefix}/{path}" for p in planners if (p.language, path) in known}
    return sitemap.Address(f"{base}{planner.prefix}/{path}", changed, languages)


def moved_by(planner: Planner) -> Iterator[tuple[str, str]]:
    """(old address, new address) of the notices of one language."""
    for old, current in old_addresses.moved(planner.histories, planner.site, planner.language):
        yield old, planner.notice_path(current.notice)


def twice(plans: Sequence[PagePlan], taken: Container[str] = ()) -> list[Problem]:
    """A problem for each old address at which another page stands already, one of `plans` or of the files `taken`."""
    seen: dict[str, PagePlan] = {}
    problems = []
    for plan in sorted(plans, key=lambda plan: plan.template == "moved.html"):
        if plan.template == "moved.html" and (plan.file in seen or plan.file in taken):
            message = (
                f"The old address /{plan.file.removesuffix('index.html')} of `{plan.page.title}` is another page's."
            )
            problems.append(error("O03", Place("content"), message, "Take it out of `aliases` and publish the notice."))
        seen.setdefault(plan.file, plan)
    return problems
