"""The editor's form: a field for each fact, changes for `desk.saving` and no more, rows without script, findings at fields."""

from __future__ import annotations

from pathlib import Path

import pytest

from desk.forms import changes, controls, findings, row_acts, values
from desk.forms.fields import POINTS, Shape, every, fields, unplaced
from desk.forms.values import Values
from desk.saving.editing.changes import AddItem, AddSection, MoveItem, MoveSection, RemoveFact, SetFact, SetSection
from desk.saving.editing.edit import content, edited
from desk.strings import LANGUAGES, desk_words
from generator.content import notice_file
from generator.content.facets import KINDS
from generator.problems import ContentError, Level, Place, Problem, error
from tests.site_fixtures import NOTICE, PROJECT

FILE = "content/library/notice.md"
EVERY = (PROJECT / "tests" / "every_facet.md").read_bytes()
SMALL = b"""---
title: Libraries
# Kept: a remark.
data: postcode
purposes:
  - id: lend
    text: lend you books
  - text: tell you when they are due
  - text: count how many are lent
sharing: none
odd_key: stays
---
Opening.

## One

First.

## Two

Second.
"""


def form_of(data: bytes) -> Values:
    """The form of a file, as a browser sends it back untouched."""
    found = values.of_file(content(data, FILE))
    sent = [(name, text) for name, texts in found.items() for text in texts]
    return values.of_form([*sent, *((f"has.{name}", "1") for name in (*fields(), "sections"))])


def made(data: bytes, form: Values) -> list[object]:
    return list(changes.changes(values.of_file(content(data, FILE)), form))


def test_every_facet_has_a_field_here_or_on_another_page() -> None:
    assert unplaced() == set()
    leaves = {path for path in KINDS if path.partition(".")[0] in fields()}
    shown = set()
    for name, field in fields().items():
        shown |= set(paths(field, name))
    nones = {name for name, field in fields().items() if field.none}
    assert {path.removesuffix(".*") for path in leaves} - nones == shown


def paths(field: object, path: str) -> list[str]:
    inner = getattr(field, "fields", ())
    if not inner:
        return [path]
    start = f"{path}.*" if field.shape is Shape.ROWS else path  # type: ignore[attr-defined]
    return [one for own in inner for one in paths(own, f"{start}.{own.name}")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_and_choice_has_its_words(language: str) -> None:
    say = desk_words(language)
    for field in every():
        assert say(field.words)
        if field.none:
            assert say(f"{field.words}.none")
        for choice in field.choices if not field.refers else ():
            assert say(f"choice.{field.words.removeprefix('field.')}.{choice}")


@pytest.mark.parametrize("data", [EVERY, SMALL, NOTICE.encode()], ids=["every facet", "short forms", "a library"])
def test_a_form_that_is_sent_back_untouched_changes_nothing(data: bytes) -> None:
    assert made(data, form_of(data)) == []


WRITTEN = sorted(path for folder in ("tests/notices", "content") for path in (PROJECT / folder).rglob("*notice*.md"))
WRITTEN += sorted((PROJECT / "tests" / "notices").rglob("*.md"))


@pytest.mark.parametrize("path", dict.fromkeys(WRITTEN), ids=lambda path: str(path.relative_to(PROJECT)))
def test_no_written_notice_changes_by_opening_and_saving_it(path: Path) -> None:
    data = path.read_bytes()
    try:
        form = form_of(data)
    except ContentError:
        pytest.skip("a file that the desk does not open")
    assert made(data, form) == []
    assert edited(data, FILE, made(data, form)) == data  # type: ignore[arg-type]


def test_line_ends_of_browsers_and_blanks_at_the_end_are_no_change() -> None:
    typed = {field.name for field in every() if field.shape in (Shape.LINE, Shape.TEXT, Shape.LINES)} | {"text", "lead"}

    def as_sent(name: str, text: str) -> str:
        return text.replace("\n", "\r\n") + "  " if name.rpartition(".")[2] in typed else text

    form = form_of(EVERY)
    sent = [(name, as_sent(name, text)) for name, texts in form.items() if "has." not in name for text in texts]
    assert any("\r\n" in text for _, text in sent)
    sent += [(name, "1") for name in form if name.startswith("has.")]
    assert made(EVERY, values.of_form(sent)) == []


def test_ticks_in_the_order_of_the_form_are_no_change() -> None:
    data = b"---\ntitle: T\nsays: [updates, lawful-basis, rights]\n---\nText.\n"
    form = form_of(data)
    assert made(data, form | {"says": ("lawful-basis", "rights", "updates")}) == []
    assert made(data, form | {"says": ("lawful-basis", "rights")}) != []


def test_a_changed_word_changes_its_own_line_and_no_other() -> None:
    form = form_of(SMALL) | {"purposes.1.text": ("remind you",)}
    assert made(SMALL, form) == [SetFact("purposes.1.text", "remind you")]
    new = edited(SMALL, FILE, made(SMALL, form))  # type: ignore[arg-type]
    assert new == SMALL.replace(b"tell you when they are due", b"remind you")


def test_a_fact_that_the_form_did_not_send_stays() -> None:
    form = {name: texts for name, texts in form_of(SMALL).items() if not name.startswith(("purposes", "has.purposes"))}
    assert made(SMALL, form) == []


def test_a_list_can_have_rows_added_taken_out_and_moved_at_once() -> None:
    form = form_of(SMALL)
    form, focus = row_acts.act(form, "up:purposes.2")
    assert focus == "purposes.1.text"
    form, _ = row_acts.act(form, "remove:purposes.0")
    form, focus = row_acts.act(form, "add:purposes")
    form |= {focus: ("welcome you",)}
    assert made(SMALL, form) == [
        RemoveFact("purposes.0"),
        MoveItem("purposes", 1, 0),
        AddItem("purposes", {"text": "welcome you"}, 2),
    ]
    new = edited(SMALL, FILE, made(SMALL, form)).decode()  # type: ignore[arg-type]
    notice, _ = notice_file.read(new.encode(), FILE, "library", "en")
    assert notice is not None
    assert [one.text for one in notice.facets.purposes] == [
        "count how many are lent",
        "tell you when they are due",
        "welcome you",
    ]
    assert "odd_key: stays" in new and "# Kept: a remark." in new


def test_a_number_that_no_row_has_is_no_row_and_no_fault() -> None:
    form = form_of(SMALL) | {f"purposes.{'9' * 5_000}.text": ("x",)}
    for act in ("remove:purposes.0", f"remove:purposes.{'9' * 5_000}", "add:purposes"):
        assert row_acts.act(form, act)[0]


def test_a_new_row_that_nobody_filled_in_is_none() -> None:
    form, _ = row_acts.act(form_of(SMALL), "add:purposes")
    assert made(SMALL, form) == []


def test_none_gives_way_to_rows_and_comes_back() -> None:
    form, _ = row_acts.act(form_of(SMALL), "add:sharing")
    form |= {"sharing.0.who": ("the police",)}
    assert made(SMALL, form) == [RemoveFact("sharing"), AddItem("sharing", {"who": "the police"}, 0)]
    shared = edited(SMALL, FILE, made(SMALL, form))  # type: ignore[arg-type]
    assert made(shared, form_of(shared) | {"sharing.none": ("none",)}) == [SetFact("sharing", "none")]


def test_sections_can_be_changed_moved_added_and_taken_out() -> None:
    form, _ = row_acts.act(form_of(SMALL), "up:sections.1")
    form, focus = row_acts.act(form, "add:sections")
    assert focus == "sections.2.heading"
    form |= {"sections.2.heading": ("Three",), "sections.2.text": ("Third.",), "sections.0.text": ("Second, changed.",)}
    assert made(SMALL, form) == [
        MoveSection("section-2", ""),
        SetSection("section-2", "Second, changed."),
        AddSection("Three", "Third.", after="section-1"),
    ]
    new = edited(SMALL, FILE, made(SMALL, form)).decode()  # type: ignore[arg-type]
    assert [line for line in new.split("\n") if line.startswith("## ")] == ["## Two", "## One", "## Three"]


@pytest.mark.parametrize(
    "wanted", ["", "up:", "up:purposes.9", "remove:nothing.0", "add:title", "up:purposes.-1", "x:y.z"]
)
def test_an_act_that_no_list_has_leaves_the_form_as_it_is(wanted: str) -> None:
    form = form_of(SMALL)
    assert row_acts.act(form, wanted) == (form, "")


def test_a_finding_is_at_the_field_that_it_is_about() -> None:
    notice, _ = notice_file.read(SMALL, FILE, "library", "en")
    assert notice is not None
    form = form_of(SMALL)

    def at(line: int, column: int = 1, rule: str = "X01") -> str:
        (found,) = findings.findings([error(rule, Place(FILE, line, column), "Wrong.", "Mend it.")], notice, form)
        return found.field

    assert at(2) == "title"
    assert at(8, 5) == "purposes.1.text"
    assert at(6, 5) == "purposes.0.id"
    assert at(13) == "lead"
    assert at(15) == "sections.0.heading"
    assert at(17) == "sections.0.text" and at(21) == "sections.1.text"
    assert at(1, rule="N10") == "add-retention", "a fact that is missing is asked for where it is added"
    elsewhere = findings.findings([error("K01", Place("site.yml"), "Wrong.", "Mend it.")], notice, form)
    assert elsewhere[0].field == "" and elsewhere[0].file == "site.yml"


def test_a_finding_names_the_fact_or_the_section_that_it_is_about() -> None:
    notice, _ = notice_file.read(SMALL, FILE, "library", "en")
    assert notice is not None
    form, labels = form_of(SMALL), {"purposes": "Purposes", "purpose.text": "What for", "title": "Title"}

    def where(line: int, column: int = 1) -> str:
        (found,) = findings.findings([error("X01", Place(FILE, line, column), "A gap.", "")], notice, form, labels.get)
        return found.where

    assert (where(2), where(8, 5)) == ("Title", "Purposes 2 / What for")
    assert where(17) == notice.sections[0].heading and where(13) == ""


def test_a_form_names_no_file_to_add() -> None:
    notice, _ = notice_file.read(SMALL, FILE, "library", "en")
    told = error("X01", Place(FILE, 2), "This notice has no Welsh text.", "Add content/library/notice.cy.md.")
    (found,) = findings.findings([told], notice, form_of(SMALL))
    assert (found.message, found.remedy) == ("This notice has no Welsh text.", "")


def test_gaps_say_what_to_write_and_stand_in_the_order_of_the_form() -> None:
    data = SMALL.replace(b"title: Libraries", b"title: Libraries\nservice: '[TO WRITE: the service]'")
    notice, _ = notice_file.read(data, FILE, "library", "en")
    gap = Problem("P01", Level.ERROR, Place(FILE, 3), "“[TO WRITE: the service]” is a gap that nobody filled.", "")
    text = error("X01", Place(FILE, 18), "Wrong.", "")
    other = error("X01", Place(FILE, 9, 5), "Wrong.", "")
    found = findings.findings([other, text, gap], notice, form_of(data), {"service": "Council service"}.get)
    assert [(one.gap, one.where) for one in found if one.gap] == [("the service", "Council service")]
    assert [part for part, _own in findings.by_part(found)] == ["about", "text", "why"]


def test_points_of_the_law_are_asked_for_in_words_with_the_point_at_the_end() -> None:
    for language in LANGUAGES:
        say = desk_words(language)
        for (owner, key), points in POINTS.items():
            area = {"LawfulBasis": "lawful_basis", "SpecialCategory": "special_category"}[owner]
            for point in points:
                assert say(f"choice.{area}.{key}.{point}").endswith(f"({point})")
    form = form_of(
        b"---\nlawful_bases:\n  - {id: task, article: 6(1)(e)}\n  - {id: odd, article: Article 6.1.e}\n---\n"
    )
    words = desk_words("en")
    shown = controls.control(fields()["lawful_bases"], "lawful_bases", controls.Shown(form, words, words.sentences))
    first, odd = shown.rows
    assert first.title.startswith("A public task") and [one.name for one in first.controls][-1] == "lawful_bases.0.id"
    article = next(one for one in odd.controls if one.name.endswith(".article"))
    assert [one.value for one in article.options if one.chosen] == ["Article 6.1.e"], "as it stands in the file"


def test_a_title_that_is_missing_is_asked_for_at_the_title() -> None:
    data = SMALL.replace(b"title: Libraries\n", b"")
    notice, problems = notice_file.read(data, FILE, "library", "en")
    found = findings.findings(problems, notice, form_of(data))
    assert [one.field for one in found if one.rule == findings.MISSING] == ["title"]


def test_messages_name_facts_as_the_form_does() -> None:
    labels = {"retention": "Records", "title": "Title"}.get
    assert findings.in_form_words("`title` is missing.", labels) == "“Title” is missing."
    assert findings.in_form_words("`keep` of `retention 2` is missing.", labels) == "“keep” of “Records, 2” is missing."
    assert findings.in_form_words("`2 yeers` is not a period.", labels) == "“2 yeers” is not a period."
    notice, _ = notice_file.read(SMALL, FILE, "library", "en")
    wrong = error("X01", Place(FILE, 2), "`title` is odd.", "Write `title: Libraries` here.")
    (found,) = findings.findings([wrong], notice, form_of(SMALL), labels)
    assert (found.message, found.remedy) == ("“Title” is odd.", ""), "advice for files is not for forms"


def test_every_finding_of_a_notice_leads_to_an_input_that_the_form_has(tmp_path: Path) -> None:
    notice, _ = notice_file.read(EVERY, FILE, "library", "en")
    assert notice is not None
    form = form_of(EVERY)
    say = desk_words("en")
    shown = controls.Shown(form, say, say.sentences)
    names = set(form) | {f"add-{field.name}" for field in fields().values()}
    for place in notice.places.values():
        (found,) = findings.findings([error("X01", place, "Wrong.", "Mend it.")], notice, form)
        assert found.field in names or f"{found.field}" in printed(controls.groups(shown)), place


def printed(groups: tuple[controls.ShownGroup, ...]) -> set[str]:
    """The names of all controls of a form."""
    found: set[str] = set()

    def walk(control: controls.Control) -> None:
        found.add(control.name)
        for inner in (*control.controls, *(one for row in control.rows for one in row.controls)):
            walk(inner)

    for group in groups:
        for control in group.controls:
            walk(control)
    return found


def test_the_buttons_of_a_row_name_its_words() -> None:
    say = desk_words("en")
    form = form_of(SMALL)
    (purposes,) = (
        one
        for group in controls.groups(controls.Shown(form, say, say.sentences))
        for one in group.controls
        if one.name == "purposes"
    )
    assert [row.title for row in purposes.rows] == [
        "lend you books",
        "tell you when they are due",
        "count how many are lent",
    ]
    assert [row.movable for row in purposes.rows] == [False, True, True]


def test_a_value_of_the_file_that_is_no_choice_is_shown_to_be_put_right() -> None:
    data = SMALL.replace(b"sharing: none", b"audience: grown-ups")
    say = desk_words("en")
    shown = controls.Shown(form_of(data), say, say.sentences)
    found = controls.control(fields()["audience"], "audience", shown)
    assert [option.value for option in found.options if option.chosen] == ["grown-ups"]
    assert made(data, form_of(data)) == []
