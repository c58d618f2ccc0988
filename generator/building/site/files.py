"""The files of the open site, each made when somebody asks for it: what `build` would write with working texts shown."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from generator import site_plan
from generator.building import backstop, folders, manifest_parts, rendering
from generator.building.rendering import Rendering
from generator.building.site.folder import Changed
from generator.building.site.memo import Query
from generator.building.site.queries import Queries
from generator.building.site.reading import Reading
from generator.exports import files as exported
from generator.markdown import pictures
from generator.pages import drafts as draft_pages
from generator.pages import planner as pages
from generator.pages import theme
from generator.pages.planner import PagePlan, Planner
from generator.problems import ContentError, Problem
from generator.publishing import drafts
from generator.repository import CONTENT, text_file
from generator.site_plan import CHECKS, DRAFTS, LAYOUT, MANIFEST, Planned
from generator.versions import timeline
from generator.versions import version as versions
from widget import manifest

MOST_FILES = 300
"""How many files are kept in memory: those that somebody looks at."""
MOST_NOTICES = 32
MOST_PARTS = 2_000
"""How many notices' parts of published.json are kept: one takes some 30 kB."""
INDEX = "index.html"


class Files:
    """The content of each file of the site, as queries of the memo.

    Part of a page that several share is a query of its own.
    """

    def __init__(self, queries: Queries, reading: Reading) -> None:
        self._queries = queries
        self._read = queries.read
        self._reading = reading

    def all(self) -> dict[str, Query]:
        """Each by its name."""
        return {
            "rendering": Query(self._rendering),
            "site planners": Query(self._site_planners),
            "draft planners": Query(self._draft_planners),
            "site files": Query(self._site_files),
            "exported": Query(self._exported),
            "assets": Query(self._assets),
            "notice planners": Query(self._notice_planners, most=MOST_NOTICES),
            "page": Query(self._bytes, most=MOST_FILES),
            "handed over": Query(self._handed_over),
            "part": Query(self._part, lambda data: hashlib.sha256(data).hexdigest(), most=MOST_PARTS),
        }

    def _today(self) -> date:
        return date.fromisoformat(self._read("day"))

    def _rendering(self) -> Rendering:
        self._read("templates")
        compiled = folders.cache(folders.builds(self._reading.root / "public")) / "templates"
        self._queries.folder.looked_at_disk = (
            True  # before the reading: a refusal too may be of what was there for a moment
        )
        found = Rendering(self._reading, self._today(), compiled)
        for planner in found.planners:
            planner.site_frame()  # what it reads of ordinary pages is read here, and not by the first page made
        return found

    def _site_planners(self) -> list[Planner]:
        """Those of the pages that belong to no notice; `ContentError` where two of them would be one file."""
        self._read("pages")
        planners = self._rendered().knowing(self._queries.all_published())
        plan = planners[0].plan
        if self._reading.old_addresses or self._read("pages"):
            notices = [p.file for planner in planners for p in plan.of_notices(planner.language)]
            same = site_plan.fold if folders.knows_no_case(self._reading.root / "public") else site_plan.exactly
            backstop.refuse(plan, notices, self._rendered().names.values(), same)
        return planners

    def _draft_planners(self) -> list[Planner]:
        """Those of the working texts, which know of each other; what there is of one is asked when a page needs it."""
        self._read("pages")
        everything = self._queries.all_published()
        return pages.knowing(self._rendered().planners, everything, self._today(), self._reading.notices)

    def _notice_planners(self, notice: str) -> list[Planner]:
        """Those of one notice, which know no other."""
        self._read("pages")
        return self._rendered().knowing(self._reading.ever_of(notice))

    def _rendered(self) -> Rendering:
        return self._read("rendering")  # type: ignore[no-any-return]

    def _site_files(self) -> dict[str, tuple[Planner, Planned]]:
        """The pages that belong to no notice, by their files."""
        found: dict[str, tuple[Planner, Planned]] = {}
        for planner in self._read("site planners"):
            for planned in planner.plan.of_site(planner.language):
                found.setdefault(planned.file, (planner, planned))
        return found

    def _exported(self) -> dict[str, bytes]:
        """Feeds, the sitemap and the like."""
        return dict(exported.site_files(self._read("site planners"), self._today()))

    def _assets(self) -> dict[str, bytes]:
        """Styles, scripts and the logo by their files, without compressed copies."""
        found = self._rendered()
        own = {found.names[name]: data for name, data in found.assets.items()}
        return own | {name: found.assets[name] for name in theme.WIDGET_FILES}

    def _part(self, notice: str) -> bytes:
        return manifest_parts.made(self._reading.ever_of(notice), self._reading.site)

    def _bytes(self, name: str) -> bytes | None:
        """The bytes of a file of the site; None where the site has no such file. `ContentError` says why it has not."""
        found = (make(name) for make in (self._asset, self._picture, self._of_draft, self._of_notice, self._of_site))
        return next((data for data in found if data is not None), None)

    def _asset(self, name: str) -> bytes | None:
        for suffix in ("", ".br", folders.COMPRESSED):
            plain = name.removesuffix(suffix) if suffix else name
            if name.endswith(suffix) and (data := self._read("assets").get(plain)) is not None:
                if suffix:
                    known = dict(rendering.compressed(data)) if site_plan.compressed_as(plain) else {}
                    return known.get(suffix)
                return data  # type: ignore[no-any-return]
        return None

    def _picture(self, name: str) -> bytes | None:
        """A picture of a published version or of a working text; its name follows from its bytes."""
        if not name.startswith(f"{pictures.FOLDER}/"):
            return None
        self._read("whole")
        for file, digest in self._queries.folder.frozen(""):
            if file == name:
                return self._as_seen(file, digest)
        for notice, beside in self._reading.pictures.items():
            for picture in beside.values():
                if picture.sound and picture.frozen == name:
                    return self._as_seen(f"{notice}/{picture.name}", picture.digest)
        return None

    def _as_seen(self, file: str, digest: str) -> bytes:
        data = (self._reading.root / CONTENT / file).read_bytes()
        if versions.digest(data) != digest:
            raise Changed(f"{CONTENT}/{file}")
        return data

    def _parted(self, name: str) -> tuple[str, list[str]]:
        """A file's language and the parts of its name after that."""
        parts = name.split("/")
        languages = self._reading.site.languages
        return (parts[0], parts[1:]) if parts[0] in languages[1:] else (languages[0], parts)

    def _of_draft(self, name: str) -> bytes | None:
        language, parts = self._parted(name)
        if parts[0] != DRAFTS:
            return None
        plan = self._draft_plan(language, parts[1:])
        return None if plan is None else self._rendered().file(plan)

    def _draft_plan(self, language: str, parts: Sequence[str]) -> PagePlan | None:
        planner_of: dict[str, Planner] = {planner.language: planner for planner in self._read("draft planners")}
        if list(parts) == [INDEX]:
            return self._list_of_drafts(planner_of, language)
        key = parts[0], language
        if key not in self._reading.notices:
            if list(parts[1:]) == [INDEX] and (problems := self._broken(*key)):
                return draft_pages.broken_plan(planner_of[language], parts[0], problems)
            return None
        draft = self._read("draft", *key)
        if list(parts[1:]) == [INDEX]:
            words = self._read("words")
            final = drafts.final(self._reading, words, draft, self._today())
            return draft_pages.draft_plan(planner_of[language], draft, final)
        if list(parts[1:]) == ["changes", INDEX]:
            return draft_pages.changes_plan(planner_of[language], draft)
        return None

    def _broken(self, name: str, language: str) -> list[Problem]:
        return self._reading.problems_in(text_file(name, language, self._reading.site))

    def _list_of_drafts(self, planner_of: dict[str, Planner], language: str) -> PagePlan:
        reading = self._reading
        outcomes = [self._read("outcome", *key) for key in sorted(reading.notices)]
        problems = reading.problems
        return draft_pages.list_plan(
            planner_of[language], planner_of, outcomes, draft_pages.broken_texts(reading), problems
        )

    def _of_notice(self, name: str) -> bytes | None:
        language, parts = self._parted(name)
        notice = parts[1] if parts[0] == CHECKS and len(parts) > 1 else parts[0]
        if notice not in self._queries.folder.frozen_notices():
            return None
        for planner in self._read("notice planners", notice):
            if planner.language == language:
                for planned in planner.plan.of_notices(language):
                    if planned.file == name:
                        return self._planned(planner, planned)
        return None

    def _planned(self, planner: Planner, planned: Planned) -> bytes | None:
        plan = planner.page_plan(planned)
        return exported.notice_file(planner, planned) if plan is None else self._rendered().file(plan)

    def _of_site(self, name: str) -> bytes | None:
        if name == MANIFEST:
            return b"".join(self._manifest())
        if name == LAYOUT:
            return self._layout()
        self._refuse_lost(name)
        if name in self._read("site files"):
            planner, planned = self._read("site files")[name]
            plan = planner.page_plan(planned)
            if plan is not None:
                return self._rendered().file(plan)
        return self._read("exported").get(name)  # type: ignore[no-any-return]

    def _refuse_lost(self, name: str) -> None:
        """`ContentError` where an ordinary page is there and cannot be read."""
        language, parts = self._parted(name)
        key = parts[0], language
        if parts[1:] == [INDEX] and self._read("page file", *key) and key not in self._reading.pages:
            file = self._read("page file", *key)
            raise ContentError(self._queries.folder.text(file, *key)[1])

    def _handed_over(self, folder: str) -> None:
        """Write the manifest and the layout where the consent service finds them, each in one step."""
        path = Path(folder)
        path.mkdir(parents=True, exist_ok=True)
        for name, parts in ((MANIFEST, self._manifest()), (LAYOUT, iter([self._layout()]))):
            passing = path / f"{name}.new"
            with passing.open("wb") as file:
                file.writelines(parts)
            passing.replace(path / name)

    def _layout(self) -> bytes:
        return manifest.layout_to_json(self._rendered().layout()).encode()

    def _manifest(self) -> Iterator[bytes]:
        """`published.json` in parts, one notice after the other: all of them may be too much for memory."""
        self._read("whole")
        parts = (self._read("part", notice) for notice in self._queries.folder.frozen_notices())
        council = timeline.council(self._reading.site)
        yield from manifest.json_parts(council, self._today(), filter(None, parts))
