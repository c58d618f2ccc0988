"""Links into pages: each leads to what the page really has there, and no page has an id twice."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from generator.building import build
from generator.content.reserved_ids import CONSENT_IDS, PAGE_IDS
from generator.content.section_order import ORDER
from generator.rule import Example
from generator.rules.check import inspect_page
from generator.wording import page_ids
from tests.rule_fixtures import SOUND, make, problems
from tests.site_fixtures import NOTICE, PROJECT, TODAY, make_site, publish, read, write_notice
from widget.consent.input import REACHED_BY

OWN_IDS = re.compile(r'\bid="([^"]+)"')
NASTY = f"""\
---
{SOUND.replace("if_refused:", "on_behalf: [self, child]" + chr(10) + "    if_refused:")}---
This text comes first.[^1]

[^1]: A note.

## About

About the library.[^1] And more.[^data-1]

[^data-1]: Another note.

## Filter

## Main

## Email

## Your choice

## Page contents

## Page retired

## Retired

## Consent news

## Effect news

## Wrong news

## Hint email

## Fn about 1

## Fnref 1

## Our promise

## Our promise

## News about data {{#about-data}}

A text.[^1]

## Acting for {{#email}}
"""


def ids(page: Path) -> list[str]:
    return OWN_IDS.findall(page.read_text("utf-8"))


def twice(page: Path) -> list[str]:
    return [name for name, count in Counter(ids(page)).items() if count > 1]


def built(root: Path) -> Path:
    build.build(read(root), root / "public", TODAY, with_drafts=True)
    return root / "public"


def refused(root: Path) -> list[str]:
    """The anchors of links that lead nowhere, as the check reports them."""
    found = [*problems(root), *(told for page in read(root).pages.values() for told in inspect_page(read(root), page))]
    told = (re.search(r"no section `(.*)` in", problem.message) for problem in found if problem.rule == "K02")
    return [match[1] for match in told if match]


def test_the_list_of_ids_is_that_of_the_templates_and_of_the_forms_script() -> None:
    folder = PROJECT / "templates"
    texts = [path.read_text("utf-8") for path in sorted(folder.glob("*.html"))]
    whole = [text for text in texts if "<!doctype" not in text or 'id="main"' in text]  # others have no sections
    form = (PROJECT / "widget" / "templates" / "consent_form.html").read_text("utf-8")
    script = (PROJECT / "widget" / "static" / "consent.js").read_text("utf-8")
    written = {name for text in [*whole, form] for name in OWN_IDS.findall(text)}
    fixed = {name for name in written if "{" not in name}
    fields = {start + name for start in ("field-", "hint-", "wrong-") for name in REACHED_BY}
    remembered = set(re.findall(r'"(hint-remember)"', script))
    searched = set(re.findall(r'\bid: "([^"]+)"', (folder / "filter.js").read_text("utf-8")))
    assert fixed | fields | remembered | searched == PAGE_IDS
    made = {name for name in written if "{" in name}
    of_consents = {name.partition("{{ consent.id")[0] for name in made if "consent.id" in name} | {"decision."}
    of_script = set(re.findall(r'"([a-z]+[-.])" \+ (?:id|name)\b', script)) - {"field-", "hint-"}
    assert of_consents | of_script == set(CONSENT_IDS)
    sections = {"{{ section.id }}", "{{ section.id|shown_id }}", "{{ page.objection.id|shown_id }}"}
    others = {
        "{{ name }}",
        *(start + "{{ name }}" for start in ("field-", "hint-", "wrong-")),
        *sections,
        "part-{{ section.id }}",
        "{{ control }}",
        "topic-{{ loop.index }}",
    }
    assert {name for name in made if "consent.id" not in name} == others


def test_no_page_has_an_id_twice_whatever_the_headings_say(tmp_path: Path) -> None:
    root = make_site(tmp_path, NASTY)
    assert publish(root, "2026-10-01", "First.", "material") == 0
    write_notice(root, NASTY.replace("title: Library", "retired: We closed the library.\ntitle: Library"))
    public = built(root)
    pages = [public / name / "index.html" for name in ("library", "library/v/1", "draft/library")]
    assert [twice(page) for page in pages] == [[], [], []]
    assert {"about", "about-2", "consent-news", "consent-news-2", "fn-about-1", "retired"} <= set(ids(pages[0]))


def test_the_text_before_the_first_heading_keeps_its_id_and_a_heading_about_gets_another(tmp_path: Path) -> None:
    root = make_site(
        tmp_path, "---\ntitle: Parks\n---\nThis text comes first.\n\n## About\n\nAbout the parks service.\n"
    )
    assert publish(root, "2026-10-01", "First.", "material") == 0
    (frozen,) = (version for version in read(root).versions)
    assert [(section.id, section.heading) for section in frozen.html] == [("about", ""), ("about-2", "About")]


def test_a_link_passes_exactly_where_its_section_is_on_the_page(tmp_path: Path) -> None:
    candidates = [*ORDER, "about", "filter", "filter-2", "our-promise", "our-promise-2", "consent-news-2", "email-3"]
    links = "".join(f"- [part {number}](#{name})\n" for number, name in enumerate(candidates))
    notice = re.sub(r"- \{id: task.*\n|- \{id: lend.*\n", "", NASTY)  # nobody may object to what rests on consent
    root = make_site(tmp_path, notice + f"\n{links}")
    page = (built(root) / "draft" / "library" / "index.html").read_text("utf-8")
    sections = set(re.findall(r'<(?:section|span) id="([^"]+)"', page))
    assert {"object", "filter"}.isdisjoint(sections)
    assert refused(root) == [name for name in candidates if name not in sections]


@pytest.mark.parametrize(
    ("front", "without", "anchor", "leads"),
    [
        ("", (), "object", True),
        (
            "lawful_bases: [{id: task, article: 6(1)(c), legislation: The Act}, {id: agreed, article: 6(1)(a)}]",
            (),
            "object",
            False,
        ),
        ("", ("purposes", "lawful_bases", "data", "retention", "consents"), "dpo", True),
        ("", (), "your-choice", True),
        ("", ("consents",), "your-choice", False),
        ("retired: We closed it.", (), "your-choice", False),
        ("", (), "contents", False),
        ("", (), "main", True),
        ("parent: library", (), "primary-notice", True),
    ],
)
def test_a_link_to_a_standard_section_asks_what_the_facts_say(
    front: str, without: tuple[str, ...], anchor: str, leads: bool, tmp_path: Path
) -> None:
    root = make(tmp_path, Example(front, f"See [that part](#{anchor}).", without))
    assert refused(root) == ([] if leads else [anchor])


def test_a_heading_that_shared_wording_brings_can_be_linked_to(tmp_path: Path) -> None:
    root = make(tmp_path, Example(body="See [our pledge](#our-pledge).\n\n[[pledge]]\n"))
    (root / "content" / "shared").mkdir()
    (root / "content" / "shared" / "pledge.md").write_text("## Our pledge\n\nWe lend books.\n", "utf-8")
    assert refused(root) == []


def test_links_to_other_languages_pages_and_versions_ask_the_page_that_they_lead_to(tmp_path: Path) -> None:
    make_site(tmp_path, "---\ntitle: Old\n---\n## Trees\n\nText.\n", notice_id="old")
    assert publish(tmp_path, "2026-10-01", "First.", "material") == 0
    (tmp_path / "content" / "old" / "notice.md").unlink()
    good = ["/cy/library/#ein-haddewid", "/cookies/#filter-2", "/old/#trees", "/old/v/1/#trees", "#our-promise"]
    bad = ["/cy/library/#our-promise", "/cookies/#filter", "/old/#birds", "/old/v/1/#bees", "#ein-haddewid"]
    links = "".join(f"- [part {number}]({address})\n" for number, address in enumerate([*good, *bad]))
    welsh = "Gweler [un](#haddewid) a [dau](/library/#our-promise).\n\n## Ein haddewid\n\nTestun.\n"
    make(tmp_path, Example(body=f"{links}\n## Our promise\n\nA.\n", welsh="aliases: [/llyfrau/]", welsh_body=welsh))
    (tmp_path / "content" / "pages").mkdir()
    cookies = "---\ntitle: Cookies\n---\nSee [none](#none) and [here](#filter-2).\n\n## Filter\n\nText.\n"
    (tmp_path / "content" / "pages" / "cookies.md").write_text(cookies, "utf-8")
    expected = [*(address.partition("#")[2] for address in bad), "haddewid", "none"]
    assert sorted(refused(tmp_path)) == sorted(expected)
    text = (built(tmp_path) / "cookies" / "index.html").read_text("utf-8")
    assert re.findall(r'<h2 id="([^"]+)">', text) == ["filter-2"]


def test_two_footnotes_with_one_id_are_refused_where_the_second_is_written(tmp_path: Path) -> None:
    body = (
        "## Data {#a}\n\nYour name.[^b-1]\n\n[^b-1]: Or initials.\n\n## Kept {#a-b}\n\nA year.[^1]\n\n[^1]: Or two.\n"
    )
    (found,) = (problem for problem in problems(make(tmp_path, Example(body=body))) if problem.rule == "K08")
    assert body.splitlines()[found.place.line - 1 - len(SOUND.splitlines()) - 2] == "[^1]: Or two."


def test_an_old_id_that_is_nearly_a_standard_one_can_stay(tmp_path: Path) -> None:
    body = "See [your rights](#your-rights).\n\n## Your rights {#your-rights}\n\nAsk us.\n"
    told = problems(make(tmp_path, Example(body=body)))
    assert [(problem.rule, str(problem.level)) for problem in told] == [("K09", "warning")]
    assert problems(make(tmp_path, Example("silence: {K09: Other sites link to it.}", body))) == []


OLD = """\
---
title: Parks notice
---
We look after parks.

## How long we keep it {#YourRecords} {#sec_3}

Two years. See [who](#WhoWeAre) and [how long](#sec_3).

## Who we are {#who} {#WhoWeAre}

The council.
"""


def test_old_ids_of_headings_go_on_leading_there(tmp_path: Path) -> None:
    make_site(tmp_path, OLD)
    assert problems(tmp_path) == [] or {problem.level for problem in problems(tmp_path)} == {"warning"}
    assert publish(tmp_path, "2026-10-01", "First.", "material") == 0
    (frozen,) = read(tmp_path).versions
    assert [(section.id, section.anchors) for section in frozen.html] == [
        ("about", ()),
        ("how-long-we-keep-it", ("YourRecords", "sec_3")),
        ("who", ("WhoWeAre",)),
    ]
    page = (built(tmp_path) / "library" / "index.html").read_text("utf-8")
    for name in ("YourRecords", "sec_3", "WhoWeAre"):
        assert page.count(f'id="{name}"') == 1
    assert "{#" not in page


def test_an_old_id_that_the_page_needs_itself_is_left_to_the_page(tmp_path: Path) -> None:
    make_site(tmp_path, OLD.replace("{#sec_3}", "{#who}").replace("(#sec_3)", "(#who)"))
    page = (built(tmp_path) / "draft" / "library" / "index.html").read_text("utf-8")
    assert page.count('id="who"') == 1


def test_an_old_id_beside_the_standard_one_that_it_resembles_is_no_near_miss(tmp_path: Path) -> None:
    body = "## Your rights {#rights} {#Rights_1}\n\nYou have rights."
    assert not [problem for problem in problems(make(tmp_path, Example("", body))) if problem.rule == "K09"]


INNER = """\
---
title: Parks notice
---
See [letters](#Letters).

## How long we keep it

### Letters and emails {#Letters}

Two years.

### Your email {#field-email}

One year.
"""


def test_a_heading_within_a_section_keeps_its_id_too(tmp_path: Path) -> None:
    make_site(tmp_path, INNER)
    assert "K02" not in {problem.rule for problem in problems(tmp_path)}
    page = (built(tmp_path) / "draft" / "library" / "index.html").read_text("utf-8")
    assert '<h3 id="Letters">Letters and emails</h3>' in page
    assert "<h3>Your email</h3>" in page
    write_notice(tmp_path, INNER.replace("#field-email", "#Letters"))
    assert "B02" in {problem.rule for problem in problems(tmp_path)}


@pytest.mark.parametrize(
    "text",
    [
        "### Why {#purposes}\n",
        "- one\n\n    ### Why {#purposes}\n",
        "- one\n\t- two\n\n\t## Why {#purposes}\n",
        "1. one\n\n   ### Why {#purposes}\n",
        "> ### Why {#purposes}\n",
        "- ### Why {#purposes}\n",
    ],
)
def test_no_heading_anywhere_takes_the_id_of_a_section_that_facts_make(tmp_path: Path, text: str) -> None:
    make_site(tmp_path, f"{NOTICE}\n{text}")
    (found,) = (problem for problem in problems(tmp_path) if problem.rule == "B02")
    assert "`purposes`" in found.message and found.place.line > NOTICE.count("\n")


@pytest.mark.parametrize(
    "name", ["privacypolicy", "cookiepolicy", "our-cookiesettings", "consentbanner", "cookies-policy"]
)
def test_an_id_that_blockers_hide_by_its_words_has_a_prefix(name: str) -> None:
    assert page_ids.shown_id(name) == f"part-{name}"
    assert page_ids.shown_id("private-policy") == "private-policy"
