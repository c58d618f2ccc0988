"""The last guard of a build: no page takes the place of another file, of a folder, or of the consent service's addresses.

`check` and `publish` refuse it before; what earlier releases let be published, or another way round, ends here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from generator.problems import ContentError, Place, Problem
from generator.repository import CONTENT
from generator.rules.addresses import O03
from generator.site_plan import Kind, Planned, SitePlan, Taken, reserved
from widget import manifest


def refuse(plan: SitePlan, notices: Collection[str], others: Iterable[str], same: Callable[[str], str]) -> None:
    """`ContentError` with every old address and ordinary page whose file is another's already.

    `notices` are the files of all notices, `others` those whose names the plan does not know; `same` makes names equal
    that are one file on the disk.
    """
    site_files = [planned for language in plan.site.languages for planned in plan.of_site(language)]
    moved = [planned for planned in site_files if planned.kind is Kind.MOVED]
    problems = [_page(planned) for planned in site_files if planned.kind is Kind.PAGE and planned.file in notices]
    if moved:
        kept = (planned.file for planned in (*site_files, *plan.of_whole()) if planned.kind is not Kind.MOVED)
        taken = Taken([*kept, *notices, *others], same)
        leads_to: dict[str | None, tuple[str, str]] = {}
        for planned in moved:
            by, to = taken.by(planned.file), (planned.name, planned.language)
            other = by is not None and (leads_to.get(by) != to or _parts(by, same) != _parts(planned.file, same))
            if other or reserved(planned.file, plan.site) in manifest.PATHS:
                problems.append(_moved(planned))
            taken.add(planned.file)
            leads_to.setdefault(planned.file, to)
    if problems:
        raise ContentError(problems)


def _parts(file: str, same: Callable[[str], str]) -> list[str]:
    return list(map(same, file.split("/")))


def _moved(planned: Planned) -> Problem:
    title = planned.version.title if planned.version else planned.name
    message = f"The old address {planned.address} of `{title}` is another page's."
    return O03.problem(Place(CONTENT), message, "Take it out of `aliases` and publish the notice.")


def _page(planned: Planned) -> Problem:
    message = f"The notice `{planned.name}` has the address {planned.address} too."
    return O03.problem(Place(f"{CONTENT}/pages"), message, f"Give the page `{planned.name}` another name.")
