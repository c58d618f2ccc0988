"""Every facet has its row and its place in every table: one walk names what is missing, and the file to touch."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

from generator.building import build
from generator.commands import new_notice
from generator.commands.new_notice import Answers
from generator.content import facets as rows
from generator.content import model, notice_file, section_order, site_file
from generator.content.facets import FACETS, FROM_SITE, Row
from generator.content.model import Facets, Label, Translation, TranslationStatus
from generator.content.section_order import ORDER
from generator.exports import jsonld
from generator.markdown.render import Renderer
from generator.rule import Example
from generator.rules.law.completeness import REQUIREMENTS, Requirement
from generator.versions import changes, differences
from generator.versions import version as versions
from generator.versions.version import Version
from generator.wording import sentences
from generator.wording.compose import compose
from generator.wording.context import Setting
from generator.wording.inserts import Wording
from generator.wording.sentences import GENERATED
from generator.wording.strings import FOLDER
from tests.rooms import PAGE
from tests.site_fixtures import PROJECT, SITE, TODAY, read

WORDS = build.read_words(read(PROJECT))
EVERY_FACET = Path("tests/every_facet.md")
ALL, _ = notice_file.read((PROJECT / EVERY_FACET).read_bytes(), "notice.md", "everything", "en")
COUNCIL, _ = site_file.read(SITE.encode())
assert ALL and COUNCIL
SETTING = Setting(COUNCIL, WORDS["en"], TODAY, {"primary": "Primary notice"})


def said(section: str, facets: Facets) -> str:
    """A standard section's words."""
    return GENERATED[section](facets, SETTING)


def without(name: str) -> Facets:
    """The facets of the notice that has them all, without one."""
    return dataclasses.replace(ALL.facets, **{name: getattr(Facets(Label("")), name)})


def file(module: ModuleType) -> str:
    """Where a module is, from the top of the repository."""
    return str(Path(str(module.__file__)).relative_to(PROJECT))


def gaps(kind: type[Facets] = Facets) -> list[str]:
    """Everything that a table lacks for a facet of the model, as `file: what`."""
    return [gap for field in dataclasses.fields(kind) for gap in gaps_of(field.name)]


def gaps_of(name: str) -> Iterator[str]:
    """The gaps of one facet; without a row it is taken to need a section of its own name."""
    row = FACETS.get(name)
    if row is None:
        yield f"{file(rows)}: `{name}` has no row: its section, the law, freezing, checking and translation"
    sections = (name.replace("_", "-"),) if row is None else row.sections
    yield from (gap for section in sections for gap in gaps_in_wording(name, section))
    if (name in jsonld.TERMS) + (name in jsonld.OWN_TERMS) + (name in jsonld.UNSAID) != 1:
        yield f"{file(jsonld)}: `{name}` needs a term, or a reason to be left out"
    in_words = any(section in GENERATED for section in sections)
    if (name in differences.COMPARED) + (name in differences.NOT_COMPARED) + in_words != 1 and name != "consents":
        yield f"{file(differences)}: `{name}` is compared neither in its section nor apart, and no reason is given"
    if name in differences.COMPARED and name not in {*changes.ABOVE, *changes.BELOW, "consents"}:
        yield f"{file(changes)}: `{name}` is compared, and readers are not shown what changed in it"


def gaps_in_wording(name: str, section: str) -> Iterator[str]:
    if section not in ORDER:
        yield f"{file(section_order)}: `{section}` has no place in the order"
    if section not in GENERATED:
        yield f"{file(sentences)}: `{section}` has no wording"
    for language, words in WORDS.items():
        if f"section.{section}.heading" not in words.sentences:
            yield f"{FOLDER}/section.{language}.yml: `section.{section}` has no heading and no sentences"
    if f"\n{name}:" not in (PROJECT / EVERY_FACET).read_text("utf-8"):
        yield f"{EVERY_FACET}: the notice that has every facet has no `{name}`"


@dataclasses.dataclass(frozen=True)
class Grown(Facets):
    """The model with one facet more, of which nothing else knows."""

    pets: tuple[str, ...] = ()


def test_every_facet_has_its_place_in_every_table() -> None:
    assert gaps() == []


def test_a_facet_in_the_model_alone_is_missed_in_each_file_that_has_to_know_it() -> None:
    missing = gaps(Grown)
    assert all("`pets`" in gap or "`section.pets`" in gap for gap in missing)
    assert sorted(gap.partition(":")[0] for gap in missing) == [
        "generator/content/facets.py",
        "generator/content/section_order.py",
        "generator/exports/jsonld.py",
        "generator/versions/differences.py",
        "generator/wording/sentences.py",
        "templates/strings/section.cy.yml",
        "templates/strings/section.en.yml",
        "tests/every_facet.md",
    ]


def test_the_docs_name_the_files_to_touch_for_a_facet() -> None:
    (line,) = re.findall(r"(?m)^\| a facet \|.*$", PAGE.read_text("utf-8"))
    files = {gap.partition(":")[0] for gap in gaps(Grown)}
    assert set(re.findall(r"`([\w./]+)`", line)) == files | {file(model), "tests/test_facets.py"}


def test_no_table_speaks_of_a_facet_that_the_model_lacks() -> None:
    assert list(FACETS) == [field.name for field in dataclasses.fields(Facets)]
    for table in (jsonld.TERMS, jsonld.OWN_TERMS, jsonld.UNSAID, differences.COMPARED, differences.NOT_COMPARED):
        assert set(table) <= set(FACETS)
    assert {*changes.ABOVE, *changes.BELOW, "consents"} == set(differences.COMPARED)


@pytest.mark.parametrize(("name", "row"), FACETS.items())
def test_a_row_is_whole(name: str, row: Row) -> None:
    assert bool(row.sections) != bool(row.apart), f"{name} needs a section, or where else it goes"
    assert row.frozen in {"", *(field.name for field in dataclasses.fields(Version))}


@pytest.mark.parametrize(
    ("name", "section"), [(name, section) for name, row in FACETS.items() for section in row.sections]
)
def test_a_section_is_made_from_its_facet(name: str, section: str) -> None:
    assert said(section, ALL.facets) != said(section, without(name))


@pytest.mark.parametrize("section", sorted(FROM_SITE))
def test_a_section_that_no_facet_makes_is_the_same_in_every_notice(section: str) -> None:
    assert said(section, ALL.facets) == said(section, Facets(Label(""))) != ""


def published(facets: Facets) -> Version:
    """The notice that has every facet, with these instead, as the version that it would become."""
    composed = compose(dataclasses.replace(ALL, facets=facets), Wording({}, {}), SETTING)
    return dataclasses.replace(versions.working(composed, facets, COUNCIL, "en"), notice="everything", version=1)


@pytest.mark.parametrize("name", FACETS)
def test_programs_are_told_of_a_facet_that_has_a_term_and_of_no_other(name: str) -> None:
    told, untold = (jsonld.notice(published(facets), COUNCIL) for facets in (ALL.facets, without(name)))
    assert (told != untold) is (name in {*jsonld.TERMS, *jsonld.OWN_TERMS})


@pytest.mark.parametrize("name", sorted(set(FACETS) - set(differences.NOT_COMPARED)))
def test_a_facet_that_changes_makes_a_difference_that_readers_are_shown(name: str) -> None:
    more = {"retired": "The buses stopped.", "translation": Translation(TranslationStatus.AWAITING_REVIEW)}
    facets = dataclasses.replace(ALL.facets, **{key: value for key, value in more.items() if key == name})
    old, new = published(without(name)), published(facets)
    assert differences.differences(old, new)
    shown = changes.compare(old, new, Renderer(), WORDS["en"])
    assert [section for section in shown.sections if section.how is not changes.How.SAME]


@pytest.mark.parametrize("requirement", REQUIREMENTS, ids=lambda requirement: requirement.rule.id)
def test_a_requirement_is_met_by_the_facets_whose_lack_breaks_it(requirement: Requirement) -> None:
    broken = requirement.rule.fails
    assert isinstance(broken, Example)
    changed = {*broken.without, *re.findall(r"(?m)^(\w+):", broken.front)}
    meeting = {name for name, row in FACETS.items() if requirement.rule.id in row.meets}
    assert meeting & changed if changed else requirement.from_site and not meeting


def test_every_requirement_that_a_row_names_is_one_of_the_law_s_list() -> None:
    known = {requirement.rule.id for requirement in REQUIREMENTS}
    assert {number for row in FACETS.values() for number in row.meets} <= known


def test_a_new_notice_asks_for_every_facet_that_the_law_always_wants() -> None:
    starter = new_notice.text("library", Answers(), COUNCIL, "en", date(2026, 11, 24))
    always = {item.rule.id for item in REQUIREMENTS if item.applies is Requirement.applies and not item.from_site}
    wanted = {name for name, row in FACETS.items() if always & set(row.meets)}
    assert [name for name in sorted(wanted) if f"\n{name}:" not in starter] == []
