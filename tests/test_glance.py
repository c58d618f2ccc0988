"""The top of a notice: at a glance from its facts, the right to object apart, the contents in groups, and no long sentence."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from markupsafe import Markup

from generator.building import build
from generator.content import notice_file, site_file
from generator.content.model import Notice
from generator.content.section_order import ORDER
from generator.markdown.render import Renderer
from generator.pages.contexts import Block
from generator.pages.notice_layout import GROUP_OF, notice_layout
from generator.versions import version as versions
from generator.versions.section_html import frozen_form, section_html
from generator.versions.version import Version
from generator.wording import glance
from generator.wording.compose import compose
from generator.wording.context import Setting
from generator.wording.inserts import Wording
from generator.wording.page_ids import shown_id
from generator.wording.sentences import GENERATED, MOST_WORDS
from tests.rule_fixtures import problems
from tests.site_fixtures import PROJECT, SITE, TODAY, composed_text, make_site, read
from widget.manifest import Change

WORDS = build.read_words(read(PROJECT))
COUNCIL, _ = site_file.read(SITE.encode())
assert COUNCIL
RENDERER = Renderer()
FIRST = Change("material", "The first version.")
FACTS = """\
title: Library privacy notice
summary: What we do when you join.
purposes: [{id: lend, text: lend you books, basis: task}, {id: news, text: send you news, basis: agreed}]
lawful_bases:
  - {id: task, article: 6(1)(e), legislation: Public Libraries and Museums Act 1964 section 7}
  - {id: agreed, article: 6(1)(a)}
data: [your name, {label: health needs, special: yes}]
sharing: [{who: the printer, why: to print your card}, {who: the post, why: to print your card}]
retention: [{record: loans, keep: 2 years, after: end of financial year, or_if: [75 years if looked after], note: Ask us}]
transfers: none
automated_decisions: [{decision: who may borrow}]
consents: [{id: news, topic: library news, statement: I agree to news., purposes: news, effect: We stop., if_refused: Fine.}]
"""


def notice(front: str, body: str = "", language: str = "en") -> Notice:
    found, wrong = notice_file.read(f"---\n{front}---\n{body}".encode(), "notice.md", "library", language)
    assert found, wrong
    return found


def setting(language: str = "en") -> Setting:
    assert COUNCIL
    return Setting(COUNCIL, WORDS[language], TODAY, {"primary": "Primary notice"})


def published(front: str, body: str = "", language: str = "en") -> Version:
    """A text as the version that it becomes, read again from its frozen file."""
    text = notice(front, body, language)
    composed = compose(text, Wording({}, {}), setting(language))
    version = versions.working(composed, text.facets, setting().site, language)
    version = frozen_form(dataclasses.replace(version, glance=glance.rows(version.facets, setting(language))), RENDERER)
    numbered = dataclasses.replace(version, notice="library", version=1, published=TODAY, effective=TODAY, change=FIRST)
    return versions.read(versions.freeze(numbered), "1.yml")


def rows(front: str) -> dict[str, tuple[str, ...]]:
    return {row.key: row.texts for row in glance.rows(published(front).facets, setting())}


def test_what_was_shown_at_a_glance_stays_and_a_version_from_before_has_none() -> None:
    version = published(FACTS)
    assert ("long", "retention") in {(row.key, row.section) for row in version.glance}
    _, layout = shown(dataclasses.replace(version, facets={}))
    assert layout["glance"].rows[0].texts == tuple(map(Markup, version.glance[0].texts))  # type: ignore[attr-defined]
    assert shown(dataclasses.replace(version, glance=()))[1]["glance"] is None


def without(key: str) -> str:
    """The facts without one of them."""
    return re.sub(rf"(?m)^{key}:.*\n(?:  .*\n)*", "", FACTS)


def shown(version: Version, *, answered: bool = True) -> tuple[list[Block], dict[str, object]]:
    """The sections of a version and the layout of its page."""
    html = [(one.id, Markup(one.heading), Markup(one.html)) for one in section_html(version, RENDERER)]  # noqa: S704 (clean)
    blocks = [Block(*parts) for parts in html]
    objection = next((block for block in blocks if block.id == "object"), None)
    others = [block for block in blocks if block is not objection]
    words = WORDS[version.language]
    return blocks, notice_layout(version, others, objection, (words, RENDERER), answered=answered)


def test_each_row_has_the_words_of_the_fact_and_all_of_them() -> None:
    assert rows(FACTS) == {
        "use": ("Your name, health needs (this is sensitive information that the law protects more strongly).",),
        "why": ("To lend you books.", "To send you news."),
        "may": ("A public task (Public Libraries and Museums Act 1964 section 7) or your consent.",),
        "who": ("The printer and the post, to print your card.",),
        "long": (
            "**Loans:** Kept for 2 years after the end of the financial year (31 March). "
            "Kept for 75 years if looked after. Ask us.",
        ),
        "abroad": ("We do not send your information outside the United Kingdom.",),
        "decides": ("A computer makes this decision without a person: who may borrow.",),
    }


def test_the_author_s_own_line_is_shown_as_it_is_written() -> None:
    own = "glance: {long: '2 years, 75 if you were looked after.', abroad: 'Not outside the EU.'}\n"
    found = rows(FACTS + own)
    assert found["long"] == ("2 years, 75 if you were looked after.",)
    assert found["abroad"] == ("Not outside the EU.",)
    assert found["why"] == rows(FACTS)["why"]


@pytest.mark.parametrize("mark", ["", "*", "["])
def test_the_box_shows_every_word_of_a_long_fact(mark: str) -> None:
    kinds = [f"kind of information number {number}" for number in range(60)]
    _, layout = shown(published(f"title: A\ndata: ['{mark * 2000}{kinds[0]}', {', '.join(kinds[1:])}]\n"))
    told = str(layout["glance"].rows[0].texts[0])  # type: ignore[attr-defined]
    assert told.lower().count("kind of information number") == len(kinds)
    assert told.endswith("59.")


@pytest.mark.parametrize(
    ("fact", "row"),
    [("data", "use"), ("purposes", "why"), ("sharing", "who"), ("retention", "long"), ("transfers", "abroad")],
)
def test_a_fact_that_is_missing_has_no_row_and_the_heading_says_some_points(fact: str, row: str) -> None:
    version = published(without(fact))
    assert row not in {one.key for one in glance.rows(version.facets, setting())}
    _, layout = shown(version)
    assert "Some points from this notice" in repr(layout["glance"])
    _, whole = shown(published(FACTS))
    assert "At a glance" in repr(whole["glance"])


def test_a_notice_without_facts_has_no_box() -> None:
    _, layout = shown(published("title: Parks\n", "Words of the parks."), answered=False)
    assert layout["glance"] is None


def test_a_row_leads_to_its_section_and_to_nothing_where_the_page_has_none() -> None:
    _, layout = shown(published(FACTS))
    found = {row.label: row.href for row in layout["glance"].rows}  # type: ignore[attr-defined]
    assert found["How long"] == "#retention"
    _, said = shown(published(f"{FACTS}says: [retention]\n", "## Times\n\nTwo years.\n"))
    assert {row.label: row.href for row in said["glance"].rows}["How long"] is None  # type: ignore[attr-defined]


def test_what_a_resident_can_choose_is_told_only_where_it_can_be_chosen() -> None:
    version = published(FACTS)
    for answered, choice in ((True, ("Library news: only if you agree.",)), (False, ())):
        _, layout = shown(version, answered=answered)
        assert layout["glance"].choice == choice  # type: ignore[attr-defined]


def objecting(front: str) -> str:
    return GENERATED["object"](notice(front).facets, setting())


def test_people_are_told_that_they_can_object_only_to_what_that_is_true_of() -> None:
    told = objecting(FACTS)
    assert told.startswith("You can object to what we do as a public task.")
    assert "- lend you books" in told
    assert "send you news" not in told
    assert objecting("title: A\npurposes: [send you news]\nlawful_bases: [{id: a, article: 6(1)(a)}]\n") == ""


def test_everybody_may_stop_direct_marketing_whatever_the_basis() -> None:
    told = objecting(f"{FACTS}direct_marketing: [news]\n")
    marketing = told.partition("direct marketing")[2]
    assert "always say no to direct marketing" in told
    assert "- send you news" in marketing
    assert "strong legal reason" not in marketing


def test_a_purpose_that_direct_marketing_names_must_be_there(tmp_path: Path) -> None:
    found = problems(make_site(tmp_path, f"---\n{FACTS}direct_marketing: [newss]\n---\n"))
    assert [one.remedy for one in found if one.rule == "L03"] == ["Did you mean `news`?"]


def test_every_section_is_in_one_of_four_groups() -> None:
    text = "Words first.\n\n## Our promise\n\nWe care.\n\n## Rights {#rights}\n\nYours.\n"
    blocks, layout = shown(published(FACTS, text))
    groups = {group.name: [link.href for link in group.links] for group in layout["groups"]}  # type: ignore[attr-defined]
    assert list(groups) == ["What we do", "Who and how long", "You decide", "About us"]
    linked = [href for links in groups.values() for href in links]
    assert sorted(linked) == sorted(
        [*(f"#{shown_id(block.id)}" for block in blocks), "#your-choice", "#about-this-version"]
    )
    assert groups["What we do"][:2] == ["#about", "#our-promise"]
    assert set(GROUP_OF) == set(ORDER)


def test_a_section_named_like_a_group_is_in_the_contents_once() -> None:
    body = "## What we do\n\nWe lend.\n\n## Books\n\nWe have them.\n"
    _, layout = shown(published("title: A\n", body))
    first = layout["groups"][0]  # type: ignore[index]
    assert (first.name, first.href) == ("What we do", "#what-we-do")
    assert [link.label for link in first.links] == ["Books"]


def sentences(markdown: str) -> Iterator[str]:
    """The sentences of generated Markdown: an address counts as the words of its link."""
    plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", markdown)
    for line in plain.splitlines():
        yield from re.split(r"(?<=[.!?:])\s+", line.strip().removeprefix("- "))


@pytest.mark.parametrize("language", ["en", "cy"])
@pytest.mark.parametrize("name", ["family-hubs", "primary", "every facet", "the library"])
def test_no_generated_sentence_has_more_than_25_words(name: str, language: str) -> None:
    if name == "every facet":
        text, _ = notice_file.read((PROJECT / "tests/every_facet.md").read_bytes(), "notice.md", "all", language)
    elif name == "the library":
        text = notice(FACTS, language=language)
    else:
        text = read(PROJECT).notices[name, language]
    assert text
    told = [made(text.facets, setting(language)) for made in GENERATED.values()]
    told += [one for row in glance.rows(versions.stated_facets(text.facets), setting(language)) for one in row.texts]
    assert [one for markdown in told for one in sentences(markdown) if len(one.split()) > MOST_WORDS] == []


@pytest.mark.parametrize("language", ["en", "cy"])
def test_the_words_around_the_facts_are_short_too(language: str) -> None:
    """Of a sentence that the facts fill in, the program's own words are at most 20: the facts have room beside them."""
    own = {key: text for key, text in WORDS[language].sentences.items() if key.startswith("section.")}
    said = [
        (key, one, len(re.sub(r"\{\w+\}", "", one).split())) for key, text in own.items() for one in sentences(text)
    ]
    long = [(key, one) for key, one, count in said if count > (20 if "{" in one else MOST_WORDS)]
    assert long == []


@pytest.mark.parametrize("language", ["en", "cy"])
def test_the_example_does_not_say_in_its_summary_what_it_says_at_a_glance(language: str) -> None:
    facets = read(PROJECT).notices["family-hubs", language].facets
    found = glance.rows(versions.stated_facets(facets), setting(language))
    assert glance.is_whole(found)
    summary = facets.summary or ""
    told = [one for row in found for text in row.texts for one in sentences(text)]
    assert [one for one in told if one in summary] == []


def test_family_hubs_says_at_a_glance_what_is_true_and_no_less() -> None:
    facets = read(PROJECT).notices["family-hubs", "en"].facets
    told = {row.key: " ".join(row.texts) for row in glance.rows(versions.stated_facets(facets), setting())}
    assert "2 years after the financial year ends" in told["long"]
    assert "its own schedule" in told["long"]
    assert "or your consent" in told["may"]
    assert "Sometimes without telling you" in told["who"]
    assert "Sometimes we may share it and not tell you" in composed_text("family-hubs")
