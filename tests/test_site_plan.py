"""One plan of files and addresses: a built site is exactly it, and no old address takes what is another's."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from generator import repository
from generator.building import backstop, build
from generator.building.rendering import Rendering
from generator.cli import main
from generator.content.model import Localised, Url
from generator.content.site_file import Organisation, SiteSource
from generator.problems import ContentError
from generator.site_plan import RESERVED, SitePlan, Taken, alias_file, compressed_as, exactly, fold
from generator.versions import timeline
from generator.versions.version import Version
from tests.picture_fixtures import write_picture
from tests.site_fixtures import NOTICE, PROJECT, SITE, TODAY, as_published, edit, make_site, publish, write_notice
from tests.test_languages import ENGLISH, GIVEN, WELSH, bilingual
from widget import manifest
from widget.app import create_app
from widget.config import Config
from widget.manifest import PATHS

PICTURE = "![A map of our libraries](map.png)"
TREES = "---\ntitle: Trees\n---\nThis is about trees.\n"


def planned(root: Path, on: date) -> set[str]:
    """The names of all files that the plan of a site has, beside its assets and pictures."""
    source = repository.read(root)
    rendering = Rendering(source, on)
    plan = rendering.knowing(source.ever)[0].plan
    own = [name + suffix for name in rendering.names.values() for suffix in ("", *compressed_as(name))]
    own += [name for name, _ in repository.survey(root).pictures]
    files = [planned.file for planned in replace(plan, own=tuple(own)).files]
    assert len(files) == len(set(files))
    return set(files)


def built(root: Path, out: Path, on: date) -> set[str]:
    """The names of all files of a site that is really built."""
    build.build(repository.read_frame(root), out, on)
    return {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}


def eventful(root: Path) -> Path:
    """Notices in force, scheduled, only later in Welsh, retired and taken down in part or whole; old addresses; a picture."""
    bilingual(root)
    edit(root / "content/library/notice.md", "We look after", f"{PICTURE}\n\nWe guard")
    edit(
        root / "content/library/notice.md",
        "service: Libraries",
        "service: Libraries\naliases: [/old, /old/, /Books.html]",
    )
    edit(
        root / "content/library/notice.cy.md", "service: Llyfrgelloedd", "service: Llyfrgelloedd\naliases: [/old, /hen]"
    )
    write_picture(root / "content/library/map.png")
    given = ("--kind", "clarification", "--summary", "We guard it.")
    assert main(["publish", "--root", str(root), "--date", "2026-11-10", *given, "library"]) == 0
    edit(root / "content/library/notice.md", "We guard", "We cherish")
    given = ("--kind", "clarification", "--summary", "We cherish it.", "--effective", "2026-12-24")
    assert main(["publish", "--root", str(root), "--date", "2026-11-12", *given, "library"]) == 0
    edit(root / "content/toilets/notice.md", "title:", "retired: Our toilets are closed.\ntitle:")
    assert main(["publish", "--root", str(root), "--date", "2026-11-12", *GIVEN, "toilets"]) == 0
    write_notice(root, NOTICE.replace("Library privacy", "Soon privacy"), "soon")
    write_notice(root, NOTICE.replace("Library privacy", "Never privacy"), "never")
    given = ("--kind", "material", "--summary", "First.", "--effective", "2027-01-01")
    assert main(["publish", "--root", str(root), "--date", "2026-11-12", *given, "soon", "never"]) == 0
    for name, number in (("library", "1"), ("library", "2"), ("never", "1")):
        why = ("--reason", "It named a resident by mistake.")
        assert main(["retract", name, number, *why, "--root", str(root), "--date", "2026-11-13"]) == 0
    return root


@pytest.mark.parametrize("on", [date(2026, 11, 24), date(2027, 2, 1)], ids=str)
def test_the_example_is_built_as_planned_to_the_last_file(tmp_path: Path, on: date) -> None:
    assert built(PROJECT, tmp_path / "public", on) == planned(PROJECT, on)


@pytest.mark.parametrize("more", ["", "print_codes: no\ntheme: {logo: logo.svg}\n"])
def test_a_site_with_every_state_of_a_notice_is_built_as_planned_to_the_last_file(tmp_path: Path, more: str) -> None:
    root = eventful(tmp_path)
    (root / "logo.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    with (root / "site.yml").open("a") as file:
        file.write(more)
    for on in (date(2026, 11, 24), date(2027, 2, 1)):
        assert built(root, root / "public", on) == planned(root, on)


def test_a_site_with_pdfs_is_built_as_planned_to_the_last_file(tmp_path: Path) -> None:
    pytest.importorskip("weasyprint")
    root = make_site(tmp_path, site=f"{SITE}pdf: yes\n")
    assert publish(root, "2026-10-01", "First.", "material") == 0
    assert "library/v/1/notice.pdf" in built(root, root / "public", TODAY) == planned(root, TODAY)


def test_the_reader_of_a_page_that_was_taken_down_can_change_the_language(tmp_path: Path) -> None:
    root = bilingual(tmp_path)
    edit(root / "content/library/notice.md", "We look after", "We guard")
    assert main(["publish", "library", *GIVEN, "--root", str(root), "--date", "2026-11-12"]) == 0
    why = ("--reason", "It named a resident by mistake.")
    assert main(["retract", "library", "2", *why, "--root", str(root), "--date", "2026-11-13"]) == 0
    build.build(repository.read_frame(root), root / "public", TODAY)
    assert 'href="/cy/library/v/2/"' in (root / "public/library/v/2/index.html").read_text("utf-8")
    assert 'href="/library/v/2/"' in (root / "public/cy/library/v/2/index.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("/old", "old/index.html"),
        ("/old/", "old/index.html"),
        ("/a//b/./c.html?x=1#y", "a/b/c.html"),
        ("/%2e/%63af%C3%A9", "café/index.html"),
        ("/./", "index.html"),
        ("/a/../b", None),
        ("/%2e%2e/b", None),
        ("/a%00", None),
        ("/a%ff", None),
        ("/a%5Cb", None),
        ("/" + "a" * 300, None),
        ("https://www.example.org/old", None),
    ],
)
def test_an_address_is_the_file_that_a_server_sends_for_it(address: str, file: str | None) -> None:
    assert alias_file(address) == file


TAKEN = [
    "/./",
    "/%2e/",
    "/index.html",
    "/.//library",
    "/./library/v/1",
    "/library/index.html",
    "/LIBRARY/",
    "/library/v/1/",
    "/library/v/7/changes",
    "/library/index.html/old.html",
    "/library/index.html.gz",
    "/library/feed.xml",
    "/check/library/1",
    "/feed.xml",
    "/Feed.xml.",
    "/published.json",
    "/endpoint.json",
    "/sitemap.xml",
    "/robots.txt",
    "/_redirects",
    "/redirects.map",
    "/consent.js",
    "/404.html",
    "/cy/",
    "/cy",
    "/cy/library/",
    "/cookies/",
    "/trees",
    "/soon/history/",
    "/soon/v/1",
    "/.well-known/change-password",
    "/assets/old.html",
    "/pictures/old",
    "/pagefind/old",
    "/draft/parks/",
    "/consent/library",
    "/Withdraw",
    "/api/",
    "/openapi.json",
    "/a/../b",
    "/parks/",
    "/old-trees.html",
    "/old-trees.html/deep",
]


@pytest.fixture(scope="module")
def taking(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site in English and Welsh: two published notices, one scheduled in its working text, a page, and a new notice."""
    root = make_site(tmp_path_factory.mktemp("taking"), ENGLISH, f"{SITE}languages: [en, cy]\n")
    write_notice(root, TREES.replace("title", "aliases: /old-trees.html\ntitle"), "trees")
    assert publish(root, "2026-10-01", "First.", "material") == 0
    write_notice(root, WELSH, language="cy")
    write_notice(root, TREES.replace("Trees", "Soon"), "soon")
    (root / "content/pages").mkdir()
    (root / "content/pages/cookies.md").write_text("---\ntitle: Cookies\n---\nNone.\n")
    return root


def with_aliases(root: Path, aliases: list[str]) -> None:
    lines = "".join(f"  - '{alias}'\n" for alias in aliases)
    write_notice(root, f"---\ntitle: Parks\naliases:\n{lines}---\nThis is about parks.\n", "parks")


def test_an_old_address_that_is_taken_is_refused_before_anything_is_published(
    taking: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with_aliases(taking, TAKEN)
    lock = (taking / "content/versions.lock").read_bytes()
    for command in (["check", "parks"], ["publish", "parks", *GIVEN]):
        assert main([*command, "--root", str(taking), "--date", str(TODAY)]) == 1
        said = capsys.readouterr().err
        told = re.findall(r"content/parks/notice\.md:(\d+):\d+: error: The old address (\S+) .+ \[O03\]", said)
        assert told == [(str(line), alias) for line, alias in enumerate(TAKEN, 4)]
    assert (taking / "content/versions.lock").read_bytes() == lock
    assert not (taking / "content/parks/versions").exists()


def test_an_old_address_that_is_free_is_taken(taking: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with_aliases(
        taking,
        ["/old/library", "/library/old/", "/pages/parks", "/v/1", "/cy/old-parks", "/library-notice", "/Parks.pdf"],
    )
    assert main(["check", "parks", "--root", str(taking), "--date", str(TODAY)]) == 0, capsys.readouterr().err


def test_a_notice_cannot_be_published_where_an_old_address_of_another_stands(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_site(tmp_path, NOTICE.replace("service: Libraries", "service: Libraries\naliases: [/trees/]"))
    assert publish(root, "2026-10-01", "First.", "material") == 0
    write_notice(root, NOTICE)
    write_notice(root, TREES, "trees")
    assert main(["publish", "trees", *GIVEN, "--root", str(root), "--date", str(TODAY)]) == 1
    assert "published old address of `library`" in capsys.readouterr().err
    assert main(["publish", "library", *GIVEN, "--root", str(root), "--date", str(TODAY)]) == 0
    assert main(["publish", "trees", *GIVEN, "--root", str(root), "--date", str(TODAY)]) == 0
    assert "trees/index.html" in built(root, root / "public", TODAY)


@pytest.mark.parametrize("alias", ["/./", "/library/./v/1", "/feed.xml", "/published.json", "/withdraw", "/parks/v/1"])
def test_the_build_refuses_what_an_earlier_release_let_be_published(tmp_path: Path, alias: str) -> None:
    root = make_site(tmp_path)
    assert publish(root, "2026-10-01", "First.", "material") == 0
    before = built(root, root / "public", TODAY)
    as_published(root, "---\ntitle: Parks\naliases: [/free]\n---\nThis is about parks.\n", "parks", ("/free", alias))
    with pytest.raises(ContentError, match="of `Parks` is another page's"):
        build.build(repository.read_frame(root), root / "public", TODAY)
    public = root / "public"
    assert {path.relative_to(public).as_posix() for path in public.rglob("*") if path.is_file()} == before


def test_two_spellings_of_an_old_address_of_one_notice_are_one_page_where_case_does_not_count() -> None:
    facets = {"aliases": ["/Old/", "/old/"]}
    change = manifest.Change("material", "First.")
    version = Version("parks", 1, "en", TODAY, TODAY, change, "Parks", (), facets=facets, digest="0" * 64)
    site = SiteSource(Organisation(Localised({"": "Council"})), Url("https://privacy.example.org"))
    plan = SitePlan(site, timeline.histories([version], TODAY), {})
    backstop.refuse(plan, [], [], fold)
    with pytest.raises(ContentError, match="old address /Old/"):
        backstop.refuse(plan, ["old/index.html"], [], fold)


def test_files_that_are_one_where_case_does_not_count_are_one_only_there() -> None:
    assert Taken(["Old/index.html"]).by("old/index.html") == "Old/index.html"
    assert Taken(["Old/index.html"], exactly).by("old/index.html") is None


def test_an_ordinary_page_cannot_take_the_place_of_a_published_notice(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_site(tmp_path)
    (root / "content/pages").mkdir()
    (root / "content/pages/library.md").write_text("---\ntitle: Library\n---\nHello.\n")
    assert main(["publish", "library", *GIVEN, "--root", str(root), "--date", str(TODAY)]) == 1
    assert "content/pages/library.md: error: A notice is called `library` too." in capsys.readouterr().err
    (root / "content/pages/library.md").rename(root / "library.md")
    assert publish(root, "2026-10-01", "First.", "material") == 0
    (root / "library.md").rename(root / "content/pages/library.md")
    with pytest.raises(ContentError, match="The notice `library` has the address /library/ too"):
        build.build(repository.read_frame(root), root / "public", TODAY)


def test_the_names_of_the_consent_service_are_those_that_it_answers_at(tmp_path: Path) -> None:
    root = make_site(tmp_path)
    built(root, root / "public", TODAY)
    app = create_app(Config(manifest=root / "public/published.json", database=f"sqlite:///{tmp_path}/c.db"))
    first = {rule.rule.strip("/").partition("/")[0] for rule in app.url_map.iter_rules() if rule.endpoint != "static"}
    assert first == PATHS
    assert PATHS < RESERVED
