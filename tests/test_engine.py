"""The build's memory: never a stale page, nothing done twice, and history verified each time."""

from __future__ import annotations

import gzip
import json
import os
import pickle
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import brotli  # type: ignore[import-untyped]
import pytest

from generator import repository
from generator.building import build, folders, memory, notice_job, workers
from generator.building.build import Options
from generator.building.rendering import Rendering
from generator.cli import main
from generator.exports import files as exports
from generator.pages import planner as pages
from generator.problems import ContentError, Place, error
from generator.versions import timeline
from tests.site_fixtures import NOTICE, PROJECT, SITE, TODAY, make_site, publish, write_notice
from tests.test_languages import WELSH
from widget import manifest

LATER = date(2027, 1, 1)
PARKS = (
    NOTICE.replace("Library", "Parks")
    .replace("Libraries", "Parks")
    .replace("## Our promise", "## Our promise {#our-promise}")
)


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def built(root: Path, on: date = TODAY, **options: bool | int) -> build.Built:
    return build.build(repository.read_frame(root), root / "public", on, options=Options(**options))  # type: ignore[arg-type]


def assert_as_if_new(root: Path, on: date = TODAY, **options: bool | int) -> None:
    """The site in `public` is, byte for byte, what a build without any memory writes."""
    elsewhere = root / "elsewhere"
    build.build(repository.read_frame(root), elsewhere / "public", on, options=Options(**options))  # type: ignore[arg-type]
    assert contents(root / "public") == contents(elsewhere / "public")
    shutil.rmtree(elsewhere)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two notices in English on a site of two languages, one with a version to come, a page, own templates and strings."""
    root = tmp_path_factory.mktemp("published")
    make_site(root, site=f"{SITE}languages: [en, cy]\ntheme:\n  logo: logo.svg\n")
    (root / "logo.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", "utf-8")
    write_notice(root, PARKS, "parks")
    publish(root, "2026-10-01", "First.", "material")
    write_notice(root, NOTICE.replace("We look after", "We guard"))
    assert publish(root, "2026-11-01", "We guard it.", "clarification", "--effective", "2026-12-01") == 0
    (root / "content" / "pages").mkdir()
    (root / "content" / "pages" / "cookies.md").write_text("# Cookies\n\nNone.\n", "utf-8")
    (root / "content" / "shared").mkdir()
    (root / "content" / "shared" / "note.md").write_text("Shared.\n", "utf-8")
    shutil.copytree(PROJECT / "templates", root / "templates")
    return root


@pytest.fixture
def root(tmp_path: Path, published: Path) -> Path:
    """The published site in a folder of the test's own."""
    without_memory = shutil.ignore_patterns(".noticeboard")
    return Path(shutil.copytree(published, tmp_path, dirs_exist_ok=True, ignore=without_memory))


def edit(name: str, old: str, new: str) -> Callable[[Path], object]:
    def apply(root: Path) -> object:
        text = (root / name).read_text("utf-8")
        assert old in text
        return (root / name).write_text(text.replace(old, new), "utf-8")

    return apply


def publish_parks(root: Path) -> None:
    command = ["publish", "parks", "--root", str(root), "--date", "2026-11-20", "--kind", "clarification"]
    assert main([*command, "--summary", "We watch."]) == 0


def publish_again(root: Path) -> None:
    write_notice(root, PARKS.replace("We look after", "We watch"), "parks")
    publish_parks(root)


def retire(root: Path) -> None:
    write_notice(root, PARKS.replace("consents:", "retired: The parks are closed.\nconsents:"), "parks")
    publish_parks(root)


def add_twin(root: Path) -> None:
    write_notice(root, WELSH, "parks", "cy")
    publish_parks(root)


def append(root: Path, text: str) -> None:
    with (root / "site.yml").open("a", encoding="utf-8") as file:
        file.write(text)


def add_old_address(root: Path) -> None:
    text = PARKS.replace("We look after", "We watch")
    write_notice(root, text.replace("consents:", "aliases: [/old-parks/]\nconsents:"), "parks")
    publish_parks(root)


def add_page_twin(root: Path) -> None:
    (root / "content" / "pages" / "cookies.cy.md").write_text("# Cwcis\n\nDim.\n", "utf-8")


def take_down(root: Path) -> None:
    command = ["retract", "library", "1", "--root", str(root), "--date", "2026-12-02"]
    assert main([*command, "--reason", "It named a resident by mistake."]) == 0


CHANGES = {
    "site.yml": edit("site.yml", "short_name: Exampleshire", "short_name: Example"),
    "a template": edit("templates/notice.html", '<div class="text ', '<div class="text new '),
    "a template within a template": edit("templates/banner.html", "<section", "<section data-new"),
    "a word": edit("templates/strings/en.yml", "in_force: Applies now", "in_force: Applies today"),
    "a word of every page": edit("templates/strings/cy.yml", "website: Prif wefan", "website: Gwefan"),
    "a logo": lambda root: (root / "logo.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg' id='new'/>"),
    "an old address of a notice": add_old_address,
    "no codes for printed copies": lambda root: append(root, "print_codes: no\n"),
    "a style": edit("templates/site.css", "main{flex:1}", "main{flex:2}"),
    "a page's title": edit("content/pages/cookies.md", "# Cookies", "# Storage"),
    "shared wording": edit("content/shared/note.md", "Shared.", "Shared anew."),
    "a page in Welsh too": add_page_twin,
    "a version": publish_again,
    "a notice in Welsh too": add_twin,
    "a notice that is used no more": retire,
    "a version that was taken down": take_down,
}


@pytest.mark.parametrize("change", CHANGES)
def test_no_page_is_stale_whatever_changes(root: Path, change: str) -> None:
    built(root)
    before = contents(root / "public")
    CHANGES[change](root)
    built(root)
    assert_as_if_new(root)
    assert change == "shared wording" or contents(root / "public") != before
    built(root)  # the third is written over the first
    assert_as_if_new(root)


@pytest.mark.parametrize("on", [TODAY, LATER])
def test_a_notice_rendered_knowing_no_other_has_the_pages_of_one_that_knows_them_all(root: Path, on: date) -> None:
    for change in (add_page_twin, add_twin, take_down, retire):
        change(root)
    built(root, on)
    source = repository.read(root)
    rendering = Rendering(source, on)
    planners = pages.knowing(rendering.planners, source.ever, on, source.notices)
    wanted = {plan.file: rendering.file(plan) for planner in planners for plan in planner.plans()}
    wanted |= {name: data for planner in planners for name, data in exports.notice_files(planner)}
    wanted |= dict(exports.site_files(planners, on))
    found = contents(root / "public")
    others = ("assets/", "consent.", "endpoint.json", "published.json")
    assert wanted == {name: data for name, data in found.items() if not name.startswith(others)}
    published = manifest.to_json(timeline.manifest_of(source.ever, source.site, on))
    assert found["published.json"] == published.encode()


def test_no_page_is_stale_when_the_code_or_a_library_changes(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = repository.read_site(root)
    first = memory.frame(root, site, ())
    assert first == memory.frame(root, site, ())
    assert first != memory.frame(root, site, ("compress",))
    here = memory.made_by(memory.CODE)
    assert here == memory.release()
    monkeypatch.setattr(memory.metadata, "version", lambda name: "999")
    assert here != memory.made_by(memory.CODE)
    monkeypatch.undo()
    shutil.copytree(memory.CODE, root / "code")
    moved = memory.made_by(root / "code")
    with (root / "code" / "plain.py").open("a") as file:
        file.write("# changed\n")
    assert moved != memory.made_by(root / "code")
    monkeypatch.setattr(memory, "release", lambda: "another")
    assert first != memory.frame(root, site, ())


def test_the_day_matters_only_where_a_version_starts(root: Path) -> None:
    assert built(root).rendered == 2
    assert built(root, date(2026, 11, 23)).rendered == 0
    assert_as_if_new(root, date(2026, 11, 23))
    assert built(root, date(2026, 12, 1)).rendered == 1
    assert_as_if_new(root, date(2026, 12, 1))
    assert built(root, TODAY).rendered == 1
    assert_as_if_new(root)


def test_only_the_notice_that_changed_is_rendered(root: Path) -> None:
    built(root)
    publish_again(root)
    assert built(root).rendered == 1


def test_nothing_is_written_when_nothing_changed(root: Path) -> None:
    first = built(root)
    target = (root / "public").readlink()
    second = built(root)
    assert (root / "public").readlink() == target
    assert (second.rendered, second.pages, second.notices) == (0, first.pages, first.notices)
    assert built(root, force=True).rendered == 2
    assert (root / "public").readlink() != target


def test_history_is_verified_even_when_nothing_changed(root: Path) -> None:
    built(root)
    path = root / "content" / "library" / "versions" / "1.yml"
    path.chmod(0o644)
    path.write_text(path.read_text("utf-8").replace("First.", "Other."), "utf-8")
    with pytest.raises(ContentError, match="was changed"):
        built(root)


def test_what_the_site_no_longer_has_goes(root: Path) -> None:
    built(root)
    (root / "content" / "pages" / "cookies.md").unlink()
    for _ in range(2):
        built(root, LATER)
        built(root)
        assert not (root / "public" / "cookies").exists()
    assert_as_if_new(root)


def test_the_published_build_is_never_written_to(root: Path) -> None:
    built(root)
    published = (root / "public").resolve()
    before = contents(published)
    edit("site.yml", "short_name: Exampleshire", "short_name: Example")(root)
    built(root)
    assert contents(published) == before
    built(root, LATER)  # now it is this folder's turn
    assert_as_if_new(root, LATER)


def test_a_build_that_was_interrupted_leaves_nothing_behind(root: Path) -> None:
    built(root)
    built(root, LATER)
    (spare,) = [f for f in folders.builds(root / "public").iterdir() if f != (root / "public").resolve()]
    folders.open_spare(root / "public", (root / "public").resolve())  # as a build does that is then killed
    (spare / "library" / "index.html").unlink()
    (spare / "library" / "index.html").write_text("half")
    (spare / "stray").mkdir()
    (spare / "stray" / "index.html").write_text("stray")
    built(root)
    assert_as_if_new(root)


def test_a_memory_that_was_damaged_is_not_believed(root: Path) -> None:
    built(root)
    for path in (root / ".noticeboard" / "cache").glob("public.*"):
        path.write_bytes(path.read_bytes()[:-1] + b"x")
    built(root, LATER)
    assert_as_if_new(root, LATER)


def test_workers_write_what_one_process_writes(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "A_PIECE", 1)
    built(root, jobs=2)
    assert_as_if_new(root, jobs=1)


def test_a_worker_that_is_started_afresh_makes_its_own_rendering(root: Path) -> None:
    setting = notice_job.Setting(repository.read_frame(root), TODAY, None, "", "")
    assert setting.rendering
    sent = pickle.loads(pickle.dumps(setting))  # noqa: S301 (our own bytes)
    assert sent.source == setting.source


def _double(setting: int) -> Callable[[int], int]:
    def answer(piece: int) -> int:
        if piece == 13:
            raise ValueError("thirteen")
        if piece == 99:
            os.kill(os.getpid(), signal.SIGKILL)
        return setting * piece

    return answer


def test_workers_answer_everything_once() -> None:
    assert sorted(workers.spread(_double, 2, range(10), 3)) == list(range(0, 20, 2))


def test_what_goes_wrong_in_a_worker_is_said() -> None:
    with pytest.raises(ValueError, match="thirteen"):
        list(workers.spread(_double, 2, [1, 13, 2], 2))


def test_a_worker_that_dies_ends_the_build_rather_than_hang_it() -> None:
    with pytest.raises(workers.WorkerError):
        list(workers.spread(_double, 2, [1, 99, 2], 2))


def test_two_builds_at_once_take_turns_or_say_so(root: Path) -> None:
    built(root)
    before = contents(root / "public")
    with (
        folders.alone(root / "public"),
        pytest.raises(ContentError, match="Another build"),
        folders.alone(root / "public", patience=0.1),
    ):
        raise AssertionError
    command = [sys.executable, "-m", "generator.cli", "build", "--quiet", "--root", str(root), "--date", str(TODAY)]
    running = [subprocess.Popen([*command, "--force"], cwd=PROJECT) for _ in range(3)]
    assert [process.wait() for process in running] == [0, 0, 0]
    assert contents(root / "public") == before


def test_a_build_killed_at_any_moment_leaves_a_whole_site(root: Path) -> None:
    days = [date(2026, 11, 30), date(2026, 12, 1)]
    wanted = {}
    for day in days:
        built(root, day)
        wanted[str(day)] = contents(root / "public")
    command = [sys.executable, "-m", "generator.cli", "build", "--root", str(root), "--jobs", "2", "--force"]
    for number in range(20):
        day = days[number % 2]
        process = subprocess.Popen([*command, "--date", str(day)], cwd=PROJECT, stdout=subprocess.DEVNULL)
        time.sleep(0.1 + 0.05 * number)
        process.kill()
        process.wait()
        found = contents(root / "public")
        assert found == wanted[json.loads(found["published.json"])["built"]]
    built(root, days[0])
    assert_as_if_new(root, days[0])


def test_assets_are_there_compressed_and_always_the_same(root: Path) -> None:
    built(root, compress=True)
    assets = [path for path in (root / "public" / "assets").iterdir() if path.suffix in (".css", ".js")]
    assert {path.name.split(".")[0] for path in assets} == {"site", "filter", "consent"}
    for path in assets:
        assert brotli.decompress(path.with_name(f"{path.name}.br").read_bytes()) == path.read_bytes()
        assert gzip.decompress(path.with_name(f"{path.name}.gz").read_bytes()) == path.read_bytes()
    pages = sorted((root / "public").resolve().rglob("*.html"))
    assert len(pages) > 5
    for page in pages:
        assert gzip.decompress(page.with_name(f"{page.name}.gz").read_bytes()) == page.read_bytes()
    assert_as_if_new(root, compress=True)


FIRST_VIEW = 12_000  # bytes of ten packets of 1,200: RFC 9002
HEADERS = 600  # those of nginx with what deploy/nginx.conf adds


def test_the_first_view_of_a_notice_fits_one_round_trip(tmp_path: Path) -> None:
    build.build(repository.read_frame(PROJECT), tmp_path / "public", TODAY)
    public = tmp_path / "public"
    page = public / "family-hubs" / "index.html"
    html = page.read_text("utf-8")
    files = [page, *(path for path in (public / "assets").iterdir() if f'"/assets/{path.name}"' in html)]
    assert {path.suffix for path in files} == {".html", ".js"}, "the styles are inside the page"
    assert len(brotli.compress(page.read_bytes())) + HEADERS <= FIRST_VIEW
    assert len(gzip.compress(page.read_bytes(), 9)) + HEADERS <= FIRST_VIEW


def test_a_worker_sends_back_every_problem_that_it_found() -> None:
    told = ContentError(
        [error("Y01", Place("content/a/notice.md", 3), "One.", "Mend it."), error("B01", Place("b"), "Two.", "Go.")]
    )
    assert pickle.loads(pickle.dumps(told)).problems == told.problems  # noqa: S301 (made here)
