"""Takes the example away that comes with Noticeboard, and begins a site of the council's own with its settings.

Everybody's own work stays: the settings that were saved, and notices of one's own. Where a file of the example was
changed, nothing is removed, and it is named.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from desk.people.person import Person
from desk.saving import files, git
from desk.saving.git import Entry, Git
from desk.saving.outcome import InHistory, SavedNotInHistory
from desk.saving.outcome import Person as Author
from desk.workplace import Workplace
from generator.content.site_file import FILE, SiteSource
from generator.repository import CONTENT
from generator.starting import example, folder, new_site
from generator.starting.council import Council


@dataclass(frozen=True)
class Plan:
    """The files that would go, by number.

    `changed` are files in the example's folders that somebody wrote, `own` the folders of notices that somebody
    wrote, which stay.
    """

    count: int
    changed: tuple[str, ...]
    own: tuple[str, ...]


def plan(root: Path) -> Plan | None:
    """The effect of taking the example away; None where there is no example."""
    found = example.find(root)
    ours = _in_content(root, found.files) if found else []
    if not found or not ours:
        return None
    folders = {path.parts[1] for path in ours if len(path.parts) > 2}
    foreign = _in_content(root, found.foreign)
    changed = [path.as_posix() for path in foreign if len(path.parts) < 3 or path.parts[1] in folders]
    own = {path.parts[1] for path in foreign if len(path.parts) > 2 and path.parts[1] not in folders}
    return Plan(len(found.files), tuple(changed), tuple(sorted(own)))


def take_away(place: Workplace, person: Person) -> InHistory | SavedNotInHistory | None:
    """Take the example away and write the first notices of the council's own; None where that may not be."""
    site = place.ask(lambda site: site.repository.site)
    with files.turn(place.root):
        wanted, found = plan(place.root), example.find(place.root)
        if wanted is None or found is None or wanted.changed:
            return None
        new = _new_files(place, site, own_settings=place.root / FILE not in found.files)
        new = {name: data for name, data in new.items() if not _is_own(name, wanted.own)}
        folder.write(place.root, new, replace(found, made=()))  # the desk's own folder may lie in `var`
        touched = {*found.files, *(place.root / name for name in new)}
        entry = Entry(Author(person.name, person.address), "Remove the example", place.clock())
        return git.commit(Git(place.root), sorted(touched), entry)


def _is_own(name: str, own: tuple[str, ...]) -> bool:
    return Path(name).parts[0] == CONTENT and Path(name).parts[1] in own


def _new_files(place: Workplace, site: SiteSource, *, own_settings: bool) -> Mapping[str, bytes]:
    present = {
        name: (place.root / name).read_text("utf-8") for name in new_site.ADDED_TO if (place.root / name).exists()
    }
    made = new_site.files(_council(site) if own_settings else Council(), place.today(), present)
    return {name: data for name, data in made.items() if name != FILE or not own_settings}


def _council(site: SiteSource) -> Council:
    """The council of the settings, for its first notices."""
    officer, complaints = site.data_protection_officer, site.complaints
    name = site.organisation.name.in_language(site.language)
    return Council(
        name=name,
        short_name=site.short_name(site.language),
        website=str(site.organisation.website or ""),
        officer=officer.name.in_language(site.language) if officer else "",
        officer_email=str(officer.email or "") if officer else "",
        complaints=str((complaints.form if complaints else "") or ""),
        complaints_email=str((complaints.email if complaints else "") or ""),
        languages=",".join(site.languages),
        address=site.lasting_url,
        colour=site.theme.accent,
    )


def _in_content(root: Path, paths: tuple[Path, ...]) -> list[Path]:
    found = [path.relative_to(root) for path in paths]
    return [path for path in found if path.parts[0] == CONTENT]
