"""Working text and facts to the final words that residents read."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from generator.content import notice_file, site_file
from generator.content.rights import read_article
from generator.content.section_order import ORDER
from generator.pages import theme
from generator.wording.compose import Composed, compose
from generator.wording.context import Setting
from generator.wording.inserts import problems as expand_problems
from generator.wording.inserts import wording
from generator.wording.sentences import GENERATED
from tests.site_fixtures import NOTICE, PROJECT, SITE

WORDS = theme.read_words([theme.OWN_TEMPLATES], ("en",))["en"]
SHARED = {
    "promise": "We promise, says [[council.short_name]].",
    "rights": "Rights.",
    "guide": "Before.\n\n## Rights {#rights}\n\nAsk [[dpo.email]].",
}


def composed(text: str, titles: dict[str, str] | None = None) -> Composed:
    notice, problems = notice_file.read(text.encode(), "notice.md", "library", "en")
    site, site_problems = site_file.read(SITE.encode())
    assert notice and site and not problems and not site_problems
    setting = Setting(site, WORDS, date(2026, 5, 10), titles or {})
    return compose(notice, wording(site, SHARED, "en"), setting)


def section(text: str, name: str) -> str:
    return next(section.markdown for section in composed(text).sections if section.id == name)


def ids(text: str) -> list[str]:
    return [section.id for section in composed(text).sections]


def test_every_standard_section_has_words() -> None:
    assert set(GENERATED) == set(ORDER)
    assert all(WORDS(f"section.{name}.heading") for name in ORDER)


def test_facets_become_sections_in_the_default_order() -> None:
    facets = NOTICE.partition("\n---\n")[0] + "\n---\n"
    assert ids(facets) == [
        "purposes",
        "data",
        "lawful-basis",
        "consent",
        "sources",
        "sharing",
        "retention",
        "transfers",
        "automated-decisions",
        "rights",
        "object",
        "controller",
        "dpo",
        "complaint",
        "updates",
    ]


def test_the_authors_order_wins_and_the_rest_slots_in_beside_its_neighbours() -> None:
    text = """---
title: A
purposes: [lend books]
data: [name]
retention: [{record: forms, keep: 1 year}]
transfers: none
---
## How long {#retention}

Not long.

## A word of our own

Hello.

## Why {#purposes}

Because.
"""
    assert ids(text)[:5] == ["retention", "transfers", "controller", "dpo", "complaint"]
    assert ids(text)[-3:] == ["a-word-of-our-own", "purposes", "data"]


def test_prose_opens_its_section_and_the_facet_follows() -> None:
    text = "---\ntitle: A\nretention: [{record: forms, keep: 1 year, after: collection}]\n---\n## How long {#retention}\n\nHello.\n"
    assert section(text, "retention") == (
        "Hello.\n\n- **Forms:** Kept for 1 year after we get it. "
        "For example, what we get on 10 May 2026 is deleted after 10 May 2027."
    )


@pytest.mark.parametrize(
    ("base", "prefix", "link"),
    [
        ("https://privacy.example.org", "", "[privacy.example.org/library](/library/)"),
        ("https://www.example.org/privacy", "/cy", "[www.example.org/privacy/cy/library](/cy/library/)"),
    ],
)
def test_a_printed_copy_leads_to_the_notices_own_page(base: str, prefix: str, link: str) -> None:
    notice, _ = notice_file.read(NOTICE.encode(), "notice.md", "library", "en")
    site, _ = site_file.read(SITE.replace("https://privacy.example.org", base).encode())
    assert notice and site
    setting = Setting(site, WORDS, date(2026, 5, 10), {}, prefix)
    final = compose(notice, wording(site, SHARED, "en"), setting)
    assert next(f"Go to {link} for" in part.markdown for part in final.sections if part.id == "updates")


def test_a_worked_example_counts_from_the_end_of_the_financial_year() -> None:
    assert "what we get on 10 May 2026 is deleted after 31 March 2029" in section(NOTICE, "retention")


def test_a_generated_no_gives_way_to_the_authors_words() -> None:
    own = "---\ntitle: A\ntransfers: none\n---\n## Abroad {#transfers}\n\nNot outside the EU.\n"
    assert section(own, "transfers") == "Not outside the EU."
    assert "outside the United Kingdom" in section("---\ntitle: A\ntransfers: none\n---\n", "transfers")


def test_a_notice_with_a_title_and_a_body_is_published_as_written() -> None:
    text = (
        "---\ntitle: A\nservice: Libraries\n---\nFirst.\n\n## One\n\n1. a\n2. b\n\n## Two\n\n[x](https://example.org)\n"
    )
    found = composed(text).sections
    assert [(item.id, item.heading, item.markdown) for item in found] == [
        ("about", "", "First."),
        ("one", "One", "1. a\n2. b"),
        ("two", "Two", "[x](https://example.org)"),
    ]


def test_sections_of_the_same_name_keep_their_own_ids() -> None:
    assert ids("---\ntitle: A\n---\n## Notes\n\na\n\n## Notes\n\nb\n") == ["notes", "notes-2"]


def test_links_defined_in_one_section_work_in_another() -> None:
    text = (
        "---\ntitle: A\n---\n## One\n\nSee [the guide][g].[^1]\n\n## Two\n\n[g]: https://example.org\n[^1]: A note.\n"
    )
    assert section(text, "one") == "See [the guide][g].[^1]\n\n[g]: https://example.org\n[^1]: A note."


def test_rights_follow_from_the_lawful_bases() -> None:
    rights = section(NOTICE, "rights")
    assert "delete it (erasure), where we rely on your consent" in rights
    assert "object" not in rights, "it has a section of its own, apart from any other information (article 21(4))"
    only_task = "---\ntitle: A\nlawful_bases: [{id: t, article: 6(1)(e)}]\n---\n"
    assert "erasure" not in section(only_task, "rights")
    assert "portability" not in section(only_task, "rights")
    assert "That is when we" not in section(only_task, "object"), "it holds for everything, so nothing is listed"


@pytest.mark.parametrize("text", ["6(1)(e)", "Article 6(1)(e)", "6.1.e", "(e)", "UK GDPR Article 6 (1) (e)"])
def test_an_article_is_read_however_it_is_written(text: str) -> None:
    assert read_article(text) == "6(1)(e)"


def test_shared_wording_and_values_are_filled_in_and_nothing_else() -> None:
    text = "---\ntitle: A\nsummary: From [[council.name]].\n---\n## One\n\n[[promise]]\n\nAsk [[dpo.email]]. {{7*7}} {% x %}\n"
    assert composed(text).summary == "From Exampleshire County Council."
    assert section(text, "one") == "We promise, says Exampleshire.\n\nAsk dpo@example.org. {{7*7}} {% x %}"


def test_an_unknown_name_is_an_error_with_the_nearest_one() -> None:
    text = "---\ntitle: A\n---\nHello\n\n[[promis]]\n\nx [[dpo.emial]]\n\nx [[promise]]\n"
    notice, _ = notice_file.read(text.encode(), "notice.md", "library", "en")
    site, _ = site_file.read(SITE.encode())
    assert notice and site
    found = [(p.place.line, p.place.column, p.remedy) for p in expand_problems(notice, wording(site, SHARED, "en"))]
    assert found == [
        (6, 1, "Did you mean `[[promise]]`?"),
        (8, 3, "Did you mean `[[dpo.email]]`?"),
        (10, 3, "Put it alone on a line, with an empty line above and below."),
    ]


def test_the_primary_notice_is_linked_by_its_title() -> None:
    text = "---\ntitle: A\nparent: primary\n---\n"
    found = composed(text, {"primary": "Our main notice"}).sections
    assert "[our main notice](/primary/)" in next(item.markdown for item in found if item.id == "primary-notice")


def test_composing_is_repeatable() -> None:
    assert dataclasses.astuple(composed(NOTICE)) == dataclasses.astuple(composed(NOTICE))


EVERY_FACET = (PROJECT / "tests" / "every_facet.md").read_text("utf-8")


def test_every_facet_has_its_section() -> None:
    assert {name for name in ORDER if name not in ids(EVERY_FACET)} == {"primary-notice"}


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("purposes", "- send you news about routes (your consent)"),
        ("data-subjects", "- children who travel to school"),
        (
            "special-category",
            "- **health**, which UK GDPR article 9(2)(g) allows together with the Data Protection Act",
        ),
        ("special-category", "- **religion**, which the Data Protection Act 2018, Schedule 1, paragraph 8 allows"),
        ("criminal-data", "What allows us to: Road Traffic Act 1988."),
        (
            "consent",
            "How to withdraw:\n\n- **I agree to news.**\n    - Use your receipt",
        ),
        ("sharing", "- the Department for Education (the law: Education Act 1996). They decide for themselves"),
        ("joint-controllers", "[dpo@example.org](mailto:dpo@example.org). Who answers for what: the school answers"),
        ("retention", "- **CCTV** (held by the bus company): Recorded over after 30 days."),
        ("retention", "Kept for 25 years after the person is born. Kept for 75 years if looked after."),
        (
            "retention",
            "is deleted by 10 November 2027 at the latest. Kept for 75 years if looked after. Longer if a claim",
        ),
        ("retention", "3 years after it. For example, what we get on 10 May 2026 is deleted after 31 March 2030."),
        ("retention", "- **Y:** Ask at the desk."),
        (
            "transfers",
            "- **India**. It is protected by the international data transfer agreement. To get a copy: email",
        ),
        ("automated-decisions", "**whether a route is walkable**. How: a map measures it."),
        (
            "rights",
            "computer can read (portability), where we rely on a contract and your consent",
        ),
        ("representative", "- Example Agents Ltd"),
    ],
)
def test_every_facet_is_said_in_words(name: str, sentence: str) -> None:
    assert sentence in section(EVERY_FACET, name)


def test_a_single_item_is_a_sentence() -> None:
    text = "---\ntitle: A\ndata: [your name]\nsources: [you]\nsharing: [{who: the police, role: controller}]\n---\n"
    assert section(text, "data") == "We use this information: your name."
    assert section(text, "sharing").endswith("with the police. They decide for themselves how they use it.")


def test_two_headings_of_one_kind_keep_their_prose_and_the_facts_stand_once() -> None:
    text = (
        "---\ntitle: A\nretention: [{record: forms, keep: 1 year}]\n---\n"
        "## Paper {#retention}\n\nOne.\n\n## Files {#retention}\n\nTwo.\n"
    )
    found = [item for item in composed(text).sections if item.heading in ("Paper", "Files")]
    assert [(item.id, item.markdown) for item in found] == [
        ("retention", "One.\n\n- **Forms:** Kept for 1 year."),
        ("retention-2", "Two."),
    ]


def test_an_id_that_the_author_wrote_wins_over_one_made_from_a_heading() -> None:
    assert ids("---\ntitle: A\n---\n## Retention\n\na\n\n## How long {#retention}\n\nb\n\n## Main\n\nc\n") == [
        "retention-2",
        "retention",
        "main-2",
    ]


def test_headings_inside_shared_wording_are_sections() -> None:
    text = "---\ntitle: A\n---\n## One\n\nFirst.\n\n[[guide]]\n"
    assert [(item.id, item.markdown) for item in composed(text).sections] == [
        ("one", "First.\n\nBefore."),
        ("rights", "Ask dpo@example.org."),
    ]


def test_a_footnote_stands_in_the_section_that_uses_it_and_nowhere_else() -> None:
    text = "---\ntitle: A\n---\n## One\n\nx[^1]\n\n## Two\n\ny[^2]\n\n[^1]: First.\n[^2]: Second.\n"
    assert (section(text, "one"), section(text, "two")) == ("x[^1]\n\n[^1]: First.", "y[^2]\n\n[^2]: Second.")


def test_a_heading_inside_an_accordion_does_not_cut_it() -> None:
    assert ids("---\ntitle: A\n---\n## One\n\n<details>\n\n## Two\n\n</details>\n\n## Three\n") == ["one", "three"]


def test_an_unknown_name_in_a_facet_is_at_its_key() -> None:
    text = "---\ntitle: A\nsummary: >-\n  A long line of words and more words\n  [[dpo.emial]]\n---\n"
    notice, _ = notice_file.read(text.encode(), "notice.md", "library", "en")
    site, _ = site_file.read(SITE.encode())
    assert notice and site
    (problem,) = expand_problems(notice, wording(site, SHARED, "en"))
    assert (problem.place.line, problem.place.column) == (3, 1)


def test_an_unknown_name_is_on_its_own_line_under_any_heading() -> None:
    text = "---\ntitle: A\n---\n\n## One\n\n\nx [[dpo.emial]]\n\nTwo\n---\n\ny [[dpo.emial]]\n"
    notice, _ = notice_file.read(text.encode(), "notice.md", "library", "en")
    site, _ = site_file.read(SITE.encode())
    assert notice and site
    places = [problem.place for problem in expand_problems(notice, wording(site, SHARED, "en"))]
    assert [(place.line, place.column) for place in places] == [(8, 3), (13, 3)]
