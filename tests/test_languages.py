"""Every language of a site: its own words, its own pages, and a way from each page to the other languages."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import html5lib
import pytest
from playwright.sync_api import Browser
from werkzeug.test import Client

from generator.building import build
from generator.cli import main
from generator.content import front_matter
from generator.content.model import Facets
from generator.pages import theme
from generator.preview import server
from generator.problems import ContentError
from generator.publishing import drafts
from generator.translation import rewrite
from generator.translation.texts import units
from generator.wording import inserts
from generator.wording.strings import PLACEHOLDER, Words
from generator.wording.strings import read as read_words
from tests.serving import built_files
from tests.site_fixtures import NOTICE, PROJECT, SITE, make_site, publish, read, urdu_site, write_notice

DAY = date(2026, 12, 1)
WORDS = theme.read_words([theme.OWN_TEMPLATES], ("en", "cy"))
WELSH = """\
---
title: Hysbysiad preifatrwydd y llyfrgell
summary: Beth a wnawn â'ch gwybodaeth pan ymunwch â'r llyfrgell.
service: Llyfrgelloedd
category: Hamdden
owner: {name: Llyfrgelloedd, email: libraries@example.org}
purposes:
  - {id: lend, text: rhoi benthyg llyfrau i chi, basis: task}
  - {id: news, text: anfon newyddion atoch, basis: agreed}
lawful_bases:
  - {id: task, article: 6(1)(e), legislation: "Deddf Llyfrgelloedd ac Amgueddfeydd Cyhoeddus 1964, adran 7"}
  - {id: agreed, article: 6(1)(a)}
data: [eich enw, eich cyfeiriad]
sources: [chi]
sharing: none
retention:
  - {record: eich aelodaeth, keep: 2 years, after: end of financial year}
transfers: none
automated_decisions: none
consents:
  - id: news
    statement: Rwy'n cytuno y caiff y llyfrgell anfon newyddion ataf.
    purposes: news
    effect: Os tynnwch yn ôl, ni anfonwn ragor o newyddion. Gallwch fenthyg llyfrau o hyd.
    if_refused: Gallwch wrthod a benthyg llyfrau o hyd.
translation: {status: awaiting-review}
---
Mae hyn am y llyfrgell.

## Ein haddewid {#our-promise}

Rydym yn gofalu am eich **gwybodaeth**.
"""
ENGLISH = NOTICE.replace("## Our promise", "## Our promise {#our-promise}")
TOILETS = "---\ntitle: Toilets\ncategory: Leisure\n---\nHello.\n"
TREES = "---\ntitle: Trees\ncategory: Nature\nsummary: About trees.\n---\nHello.\n"


def bilingual(root: Path) -> Path:
    """Version 1 in English alone, version 2 in Welsh too; two notices and a page that are in English alone."""
    make_site(root, ENGLISH, f"{SITE}languages: [en, cy]\n")
    write_notice(root, TOILETS, "toilets")
    write_notice(root, TREES, "trees")
    assert publish(root, "2026-10-01", "First.", "material") == 0
    (root / "content" / "pages").mkdir()
    (root / "content" / "pages" / "cookies.md").write_text("---\ntitle: Cookies\n---\nNone.\n")
    (root / "content" / "pages" / "help.md").write_text("---\ntitle: Help\n---\nNone.\n")
    (root / "content" / "pages" / "cookies.cy.md").write_text("---\ntitle: Cwcis\n---\nDim.\n")
    write_notice(root, WELSH, language="cy")
    assert main(["publish", "--root", str(root), "--date", "2026-11-01", *GIVEN, "library"]) == 0
    return root


GIVEN = ("--kind", "clarification", "--summary", "This notice is now in Welsh too.")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return bilingual(tmp_path_factory.mktemp("bilingual"))


@pytest.fixture(scope="module")
def public(root: Path) -> Path:
    build.build(read(root), root / "public", DAY, with_drafts=True)
    return root / "public"


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The content of this project, with all its working texts published."""
    root = tmp_path_factory.mktemp("example")
    shutil.copytree(PROJECT / "content", root / "content")
    shutil.copy(PROJECT / "site.yml", root)
    main(["publish", "--root", str(root), "--date", "2026-11-30", *GIVEN, "family-hubs", "primary"])
    build.build(read(root), root / "public", DAY)
    return root / "public"


def page(public: Path, address: str) -> str:
    path = public / address.lstrip("/")
    return (path / "index.html" if address.endswith("/") else path).read_text("utf-8")


def switches(text: str) -> list[str]:
    """Where the language switch of a page leads."""
    nav = re.search(r'<nav aria-label="(?:Languages|Ieithoedd)">(.*?)</nav>', text, re.S)
    return re.findall(r'href="([^"]+)"', nav[1]) if nav else []


def alternates(text: str) -> dict[str, str]:
    found = re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">', text)
    return dict(found)


# Words


def test_every_word_exists_in_both_languages_and_fills_the_same_names() -> None:
    english, welsh = WORDS["en"].sentences, WORDS["cy"].sentences
    for key, text in english.items():
        if key.rpartition(".")[2] not in ("one", "two", "few", "many", "zero"):
            assert set(PLACEHOLDER.findall(welsh[key])) <= set(PLACEHOLDER.findall(text)), key


def test_a_councils_own_file_of_words_may_leave_words_out() -> None:
    """One of an earlier release, or one cut short while it is saved: the product says the rest."""
    product = {
        "en.yml": "a: One\nb: Two\nn: {one: '{n} day', other: '{n} days'}",
        "cy.yml": "a: Un\nb: Dau\nn: {other: '{n} dydd'}",
    }
    words = read_words({"en.yml": "b: Second\nn: {other: 'Days: {n}'}"}, ("en", "cy"), product)
    assert (words["en"]("a"), words["en"]("b"), words["cy"]("b")) == ("One", "Second", "Dau")
    assert words["en"].plural("n", 1) == "Days: 1", "forms of a count are not mixed"


def test_a_name_in_braces_that_the_products_sentence_lacks_is_refused_in_the_main_language_too() -> None:
    with pytest.raises(ContentError) as failure:
        read_words({"en.yml": "a: 'Hello {nobody}'"}, ("en",), {"en.yml": "a: 'Hello {name}'"})
    (problem,) = failure.value.problems
    assert problem.rule == "W02" and "`{nobody}`" in problem.message


def test_a_missing_word_names_the_file_and_the_key() -> None:
    files = {"extra.en.yml": "a: {b: One, c: Two}", "extra.cy.yml": "a: {b: Un}"}
    with pytest.raises(ContentError) as failure:
        read_words(files, ("en", "cy"))
    (problem,) = failure.value.problems
    assert (problem.rule, problem.place.file) == ("W01", "templates/strings/extra.cy.yml")
    assert "`a.c`" in problem.message


def test_an_empty_word_is_a_missing_one() -> None:
    with pytest.raises(ContentError, match="`a` is missing in `cy`"):
        read_words({"en.yml": "a: One", "cy.yml": "a: ''"}, ("en", "cy"))


def test_a_name_that_nothing_fills_is_told() -> None:
    with pytest.raises(ContentError, match=r"Nothing fills `\{nmber\}` in `a`"):
        read_words({"en.yml": "a: 'Version {number}'", "cy.yml": "a: 'Fersiwn {nmber}'"}, ("en", "cy"))


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (1, "1 flwyddyn"),
        (2, "2 flynedd"),
        (3, "3 blynedd"),
        (4, "4 blynedd"),
        (5, "5 mlynedd"),
        (6, "6 blynedd"),
        (7, "7 mlynedd"),
        (10, "10 mlynedd"),
        (75, "75 mlynedd"),
    ],
)
def test_years_mutate_in_welsh_as_the_numeral_asks(count: int, said: str) -> None:
    assert WORDS["cy"].plural("section.retention.periods.year", count) == said


def test_english_has_two_forms() -> None:
    years = [WORDS["en"].plural("section.retention.periods.year", count) for count in (1, 2, 5)]
    assert years == ["1 year", "2 years", "5 years"]


def test_dates_are_written_in_the_language() -> None:
    day = date(2026, 11, 24)
    assert [WORDS[language].full_date(day) for language in ("en", "cy")] == ["24 November 2026", "24 Tachwedd 2026"]
    assert WORDS["cy"].day_and_month(date(2000, 3, 31)) == "31 Mawrth"


def test_languages_are_named_in_each_other() -> None:
    assert (WORDS["cy"].name_of("en"), WORDS["en"].name_of("cy")) == ("Saesneg", "Welsh")
    assert Words("cy", {}).name_of("qqq") == "qqq"


# Pages


def test_every_page_leads_to_the_other_language_and_no_switch_is_broken(public: Path) -> None:
    for path in sorted(public.rglob("*.html")):
        text = path.read_text("utf-8")
        (href,) = switches(text)
        assert href.startswith("/cy/") != path.relative_to(public).as_posix().startswith("cy/"), path
        assert page(public, href)
        own = re.search(r'<html lang="(\w+)" dir="(\w+)">', text)
        assert own
        assert own.groups() == ("cy" if "cy" in path.relative_to(public).parts[:1] else "en", "ltr")


@pytest.mark.parametrize(
    ("address", "other"),
    [
        ("/", "/cy/"),
        ("/library/", "/cy/library/"),
        ("/library/v/2/", "/cy/library/v/2/"),
        ("/library/history/", "/cy/library/history/"),
        ("/cookies/", "/cy/cookies/"),
        ("/draft/library/", "/cy/draft/library/"),
        ("/404.html", "/cy/404.html"),
    ],
)
def test_a_page_in_both_languages_leads_to_itself(public: Path, address: str, other: str) -> None:
    assert switches(page(public, address)) == [other]
    assert switches(page(public, other)) == [address]


@pytest.mark.parametrize(
    ("address", "nearest"),
    [
        ("/library/v/1/", "/cy/library/"),
        ("/toilets/", "/cy/"),
        ("/toilets/history/", "/cy/"),
        ("/draft/trees/", "/cy/"),
        ("/help/", "/cy/"),
    ],
)
def test_a_page_in_one_language_leads_to_the_nearest_in_the_other(public: Path, address: str, nearest: str) -> None:
    text = page(public, address)
    assert switches(text) == [nearest]
    assert alternates(text) == {}


def test_search_engines_are_told_of_both_languages(public: Path) -> None:
    for path in ("", "library/", "library/history/", "cookies/"):
        expected = {
            "en": f"https://privacy.example.org/{path}",
            "cy": f"https://privacy.example.org/cy/{path}",
            "x-default": f"https://privacy.example.org/{path}",
        }
        assert alternates(page(public, f"/{path}")) == expected
        assert alternates(page(public, f"/cy/{path}")) == expected


def test_the_welsh_list_has_the_english_notices_marked_as_such(public: Path) -> None:
    text = page(public, "/cy/")
    assert '<a href="/cy/library/">Hysbysiad preifatrwydd y llyfrgell</a>' in text
    assert '<a href="/toilets/" hreflang="en" lang="en" dir="ltr">Toilets</a>' in text
    assert '<span class="hint" lang="en" dir="ltr">About trees.</span>' in text
    assert text.count("Iaith: Saesneg") == 2
    assert re.findall(r"<h2.*?</h2>", text)[:2] == ["<h2>Hamdden</h2>", '<h2 lang="en" dir="ltr">Nature</h2>']
    assert "Language:" not in page(public, "/")


def test_the_foot_leads_to_pages_that_are_in_english_alone(public: Path) -> None:
    text = page(public, "/cy/library/")
    assert '<a href="/cy/cookies/">Cwcis</a>' in text
    assert '<a href="/help/" hreflang="en" lang="en" dir="ltr">Help</a>' in text


def test_an_address_that_leads_nowhere_is_answered_in_its_language(public: Path) -> None:
    client = Client(server.OneAddress(built_files(public), lambda environ, start: []))
    welsh, english = (client.get(address, buffered=True) for address in ("/cy/dim-byd/", "/nothing/"))
    assert (welsh.status_code, english.status_code) == (404, 404)
    assert "Ni allwn ddod o hyd" in welsh.text
    assert "We cannot find that page" in english.text


def test_a_translation_that_awaits_review_says_so_and_has_no_form(public: Path) -> None:
    text = page(public, "/cy/library/")
    assert "Nid yw cyfieithydd wedi adolygu'r cyfieithiad hwn eto".replace("'", "&#39;") in text
    assert 'href="/library/#your-choice" hreflang="en"' in text
    assert "<form" not in text
    assert "<consent-form" not in text
    assert "consent.js" not in text
    assert "caiff y llyfrgell anfon newyddion ataf" in text
    assert 'id="your-choice"' in page(public, "/library/")
    assert 'action="/consent/library"' in page(public, "/library/")
    assert "awaits review" not in page(public, "/library/")


def test_a_reviewed_translation_has_its_own_form(tmp_path: Path) -> None:
    root = make_site(tmp_path, ENGLISH, f"{SITE}languages: [en, cy]\n")
    write_notice(root, WELSH.replace("status: awaiting-review", "status: reviewed"), language="cy")
    assert publish(root, "2026-10-01", "First.", "material") == 0
    build.build(read(root), root / "public", DAY)
    text = page(root / "public", "/cy/library/")
    assert 'action="/consent/library"' in text
    assert 'name="language" value="cy"' in text
    assert "aros i gael ei adolygu" not in text


def test_the_manifest_tells_the_endpoint_what_awaits_review(public: Path) -> None:
    versions = json.loads((public / "published.json").read_text("utf-8"))["versions"]
    waiting = {(v["notice"], v["version"], v["language"]) for v in versions if v["awaiting_review"]}
    assert waiting == {("library", 2, "cy")}


def test_a_scheduled_translation_leads_to_what_counts_today(tmp_path: Path) -> None:
    root = make_site(tmp_path, ENGLISH, f"{SITE}languages: [en, cy]\n")
    assert publish(root, "2026-10-01", "First.", "material") == 0
    write_notice(root, WELSH, language="cy")
    more = ("--effective", "2026-12-10")
    assert publish(root, "2026-11-01", "Now in Welsh.", "clarification", *more) == 0
    build.build(read(root), root / "public", DAY)
    scheduled = page(root / "public", "/cy/library/v/2/")
    assert "Fersiwn 1 yw&#39;r un sy&#39;n cyfrif heddiw" in scheduled
    assert (
        '<a class="onward" href="/library/" hreflang="en">Darllen y fersiwn sy&#39;n gymwys nawr (Saesneg)</a>'
        in scheduled
    )
    assert 'href="/cy/library/v/2/"' in page(root / "public", "/cy/library/history/")
    assert switches(page(root / "public", "/library/")) == ["/cy/"]
    assert not (root / "public" / "cy" / "library" / "index.html").exists()


def test_generated_words_of_welsh_pages_are_welsh(example: Path) -> None:
    english = {
        text
        for key, text in WORDS["en"].sentences.items()
        if key.startswith(("page.", "section.")) and len(text) > 12 and "{" not in text
    } - set(WORDS["cy"].sentences.values())
    for path in sorted((example / "cy").rglob("*.html")):
        tree = html5lib.parse(path.read_text("utf-8"), namespaceHTMLElements=False)
        texts = {text.strip() for element in tree.iter() for text in (element.text, element.tail) if text}
        assert not english & texts, path


def test_a_translation_leads_to_a_main_notice_that_is_in_english_alone(tmp_path: Path) -> None:
    root = make_site(tmp_path, ENGLISH, f"{SITE}languages: [en, cy]\n")
    write_notice(root, TREES, "trees")
    write_notice(root, WELSH.replace("service:", "parent: trees\nservice:"), language="cy")
    (draft,) = [d for d in drafts.drafts(read(root), WORDS, DAY) if d.notice.language == "cy"]
    (section,) = [section for section in draft.version.sections if section.id == "primary-notice"]
    assert section.markdown == "Darllenwch yr hysbysiad hwn ynghyd â'n [trees](/trees/)."


# The example content


@pytest.mark.parametrize("notice", ["family-hubs", "primary"])
def test_the_welsh_facts_are_the_english_ones(notice: str) -> None:
    found = read(PROJECT)
    english, welsh = found.notices[notice, "en"], found.notices[notice, "cy"]
    assert [unit.name for unit in units(welsh)] == [unit.name for unit in units(english)]
    matters = [
        front_matter.split((PROJECT / "content" / notice / name).read_text("utf-8"), name).matter or ""
        for name in ("notice.md", "notice.cy.md")
    ]
    texts = {unit.path for unit in units(english) if unit.path}
    facts = [
        {
            path: value
            for path, value in rewrite.leaves(matter).items()
            if not path.startswith(("translation", "change"))
            and not any(text == path or text.startswith(f"{path}.") for text in texts)
        }
        for matter in matters
    ]
    assert facts[0] == facts[1]
    assert [section.id for section in welsh.sections] == [section.id for section in english.sections]
    numbers = [sorted(re.findall(r"\d+", " ".join(text for _, text in _texts(n.facets)))) for n in (english, welsh)]
    assert numbers[0] == numbers[1]


def _texts(facets: Facets) -> Iterator[tuple[str, str]]:
    return ((path, text) for path, text in inserts.facet_texts(facets) if not path.startswith("change"))


@pytest.mark.parametrize("notice", ["family-hubs", "primary"])
def test_the_example_in_welsh_says_its_periods_and_dates_in_welsh(notice: str) -> None:
    found = read(PROJECT)
    (draft,) = [d for d in drafts.drafts(found, WORDS, DAY) if (d.notice.id, d.notice.language) == (notice, "cy")]
    text = "\n".join(section.markdown for section in drafts.final(found, WORDS, draft, DAY).sections)
    assert draft.version.awaiting_review
    assert "/withdraw)" not in text
    if notice == "family-hubs":
        assert "Cedwir am 2 flynedd ar ôl diwedd y flwyddyn ariannol (31 Mawrth)." in text
        assert "yr hyn a gawn ar 1 Rhagfyr 2026 ei ddileu ar ôl 31 Mawrth 2029" in text
        assert "Cedwir am 6 blynedd ar ôl i'r achos gael ei gau." in text
        assert "(/withdraw?language=cy)" in text
        assert "[prif hysbysiad preifatrwydd](/cy/primary/)" in text


@pytest.mark.parametrize("name", ["accessibility", "cookies"])
def test_ordinary_pages_are_in_welsh_and_say_that_they_await_review(example: Path, name: str) -> None:
    text = page(example, f"/cy/{name}/")
    assert "Mae&#39;r cyfieithiad hwn yn aros i gael ei adolygu" in text
    assert f'href="/{name}/" hreflang="en">Darllen y testun gwreiddiol: Saesneg' in text


# Publishing


def published(root: Path, number: int) -> dict[str, str]:
    return {v.language: v.change.summary for v in read(root).versions if v.version == number}


def test_languages_are_published_together_each_with_its_own_digest(root: Path) -> None:
    second = {v.language: v for v in read(root).versions if (v.notice, v.version) == ("library", 2)}
    assert set(second) == {"en", "cy"}
    assert second["en"].digest != second["cy"].digest
    lock = (root / "content" / "versions.lock").read_text("utf-8")
    assert f"{second['cy'].digest}  library/versions/2.cy.yml\n" in lock
    assert f"{second['en'].digest}  library/versions/2.yml\n" in lock
    assert second["cy"].previous == ""
    first = next(v for v in read(root).versions if (v.notice, v.version) == ("library", 1))
    assert second["en"].previous == first.digest


def test_each_language_records_what_it_says_of_the_change(tmp_path: Path) -> None:
    root = make_site(tmp_path, ENGLISH, f"{SITE}languages: [en, cy]\n")
    assert publish(root, "2026-10-01", "First.", "material") == 0
    said = "change: {kind: clarification, summary: %s}\nconsents:"
    write_notice(root, ENGLISH.replace("consents:", said % "Now in Welsh too."))
    write_notice(root, WELSH.replace("consents:", said % "Bellach yn Gymraeg hefyd."), language="cy")
    assert main(["publish", "--root", str(root), "--date", "2026-11-01"]) == 0
    assert published(root, 2) == {"en": "Now in Welsh too.", "cy": "Bellach yn Gymraeg hefyd."}
    build.build(read(root), root / "public", DAY)
    assert "Bellach yn Gymraeg hefyd." in page(root / "public", "/cy/library/history/")
    assert main(["publish", "--root", str(root), "--date", "2026-11-02", "library"]) == 3


def test_a_correction_of_one_language_leaves_the_words_of_the_other(tmp_path: Path) -> None:
    root = bilingual(tmp_path)
    change = "change: {kind: typo, summary: Cywirwyd gair.}\nconsents:"
    write_notice(root, WELSH.replace("gofalu", "goffalu").replace("consents:", change), language="cy")
    assert main(["publish", "--root", str(root), "--date", "2026-11-20"]) == 0
    english, welsh = (
        next(v for v in read(root).versions if (v.version, v.language) == (3, code)) for code in ("en", "cy")
    )
    before = next(v for v in read(root).versions if (v.notice, v.version, v.language) == ("library", 2, "en"))
    assert english.html == before.html
    assert english.consents == before.consents
    assert (welsh.change.kind, welsh.change.summary) == ("typo", "Cywirwyd gair.")
    assert english.change.summary == "The English words are the same. The text changed in another language: Welsh."
    build.build(read(root), root / "public", DAY)
    assert "<strong>The same words.</strong>" in page(root / "public", "/library/history/")
    assert "<strong>Cywiro sillafu.</strong>" in page(root / "public", "/cy/library/history/")


def test_a_change_that_matters_in_one_language_asks_nobody_to_renew_in_the_other(tmp_path: Path) -> None:
    root = bilingual(tmp_path)
    change = "change: {kind: material, summary: Newidiwyd ystyr.}\nconsents:"
    write_notice(root, WELSH.replace("gofalu", "edrych").replace("consents:", change), language="cy")
    assert main(["publish", "--root", str(root), "--date", "2026-11-20"]) == 0
    kinds = {v.language: v.change.kind for v in read(root).versions if v.version == 3}
    assert kinds == {"en": "clarification", "cy": "material"}


def test_a_summary_in_the_main_language_is_marked_as_such_on_the_other_page(root: Path, public: Path) -> None:
    assert published(root, 2)["cy"] == "This notice is now in Welsh too."
    assert '<span lang="en" dir="ltr">This notice is now in Welsh too.</span>' in page(public, "/cy/library/history/")
    assert '<dd><span lang="en" dir="ltr">This notice is now in Welsh too.</span></dd>' in page(public, "/cy/library/")
    assert "<dd><span>This notice is now in Welsh too.</span> <a" in page(public, "/library/")


def test_a_change_once_used_is_not_used_again_after_another_language_moved_on(tmp_path: Path) -> None:
    root = make_site(tmp_path, ENGLISH, f"{SITE}languages: [en, cy]\n")
    said = "change: {kind: clarification, summary: %s}\nconsents:"
    english = ENGLISH.replace("consents:", said % "Now in Welsh too.")
    write_notice(root, english)
    write_notice(root, WELSH.replace("consents:", said % "Bellach yn Gymraeg."), language="cy")
    assert main(["publish", "--root", str(root), "--date", "2026-11-01"]) == 0
    changed = WELSH.replace("gofalu", "edrych").replace("consents:", said % "Cywirwyd gair.")
    write_notice(root, changed, language="cy")
    assert main(["publish", "--root", str(root), "--date", "2026-11-02"]) == 0
    write_notice(root, english.replace("We look after", "We guard"))
    assert main(["publish", "--root", str(root), "--date", "2026-11-03"]) == 3
    assert len({v.version for v in read(root).versions}) == 2


# From right to left


@pytest.fixture(scope="module")
def urdu(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = urdu_site(tmp_path_factory.mktemp("urdu"))
    build.build(read(root), root / "public", DAY)
    return root / "public"


def test_a_language_from_right_to_left_says_so(urdu: Path) -> None:
    text = page(urdu, "/ur/library/")
    assert '<html lang="ur" dir="rtl">' in text
    assert '<a href="/library/" hreflang="en" lang="en" dir="ltr">English</a>' in text
    assert '<a href="/ur/library/" hreflang="ur" lang="ur" dir="rtl">اردو</a>' in page(urdu, "/library/")
    assert "2 سال" in text
    assert "31 مارچ 2029" in text
    html5lib.HTMLParser(strict=True).parse(text)


def test_a_page_from_right_to_left_is_laid_out_that_way(browser: Browser, urdu: Path) -> None:
    for width in (1280, 320):
        found = browser.new_page(viewport={"width": width, "height": 900}, bypass_csp=True)
        found.route("**/*", lambda route: route.abort())
        styles = next((urdu / "assets").glob("site.*.css")).read_text("utf-8")
        found.set_content(page(urdu, "/ur/library/"))
        found.add_style_tag(content=styles)
        heading, brand = found.locator("h1").bounding_box(), found.locator(".brand").bounding_box()
        assert heading
        assert brand
        assert heading["x"] + heading["width"] > width / 2
        assert brand["x"] + brand["width"] > width * 0.7
        assert found.evaluate("getComputedStyle(document.querySelector('main')).direction") == "rtl"
        assert found.evaluate("document.documentElement.scrollWidth") <= width
        found.close()


def test_a_language_that_was_taken_out_is_a_warning_each_and_status_says_why(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """P15: its texts in site.yml stay for the day on which it comes back, and its versions stay published."""
    root = bilingual(tmp_path)
    words = (
        "name: Exampleshire County Council",
        "name: {en: Exampleshire County Council, cy: Cyngor Sir Exampleshire}",
    )
    site = (root / "site.yml").read_text("utf-8").replace(*words)
    assert words[1] in site and "languages: [en, cy]" in site
    (root / "site.yml").write_text(site.replace("languages: [en, cy]", "languages: [en]"), "utf-8")
    capsys.readouterr()
    assert main(["check", "--root", str(root)]) == 0
    said = capsys.readouterr().err
    assert said.count("[F08]") == 1 and "`cy` is not a language of this site" in said
    assert main(["status", "--root", str(root)]) == 0
    shown = capsys.readouterr().out
    assert "library (cy)" in shown and {"`cy`", "among", "site.yml"} <= set(shown.split())
    assert "gone" not in shown
    assert main(["build", "--root", str(root), "--jobs", "1"]) == 0
    assert "Exampleshire County Council" in page(root / "public", "/library/")
