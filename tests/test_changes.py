"""Changes between two versions: every word accounted for, in the order in which it is read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import html5lib
from hypothesis import given
from hypothesis import strategies as st

from generator import repository
from generator.building import build
from generator.content.model import Section
from generator.markdown.render import Renderer
from generator.versions import changes
from generator.versions.changes import Comparison, How, Passage, Run
from generator.versions.marked_changes import Marker
from generator.versions.version import Version
from tests.site_fixtures import NOTICE, PROJECT, TODAY, make_site, publish, read, write_notice
from widget import manifest

WORDS = build.read_words(repository.read(PROJECT))["en"]
RENDERER = Renderer()
ORDINARY = st.lists(
    st.sampled_from(["we", "keep", "your", "form", "for", "two", "three", "years,", "then", "destroy", "it"]),
    max_size=12,
)


def version(*sections: tuple[str, str], **other: object) -> Version:
    texts = tuple(Section(name, name.replace("-", " ").capitalize(), text) for name, text in sections)
    day = date(2026, 11, 16)
    blank = Version("library", 1, "en", day, day, manifest.Change("material", "Changed."), "Library", texts)
    return replace(blank, **other)  # type: ignore[arg-type]


def compared(old: Version, new: Version) -> Comparison:
    return changes.compare(old, new, RENDERER, WORDS)


def told(comparison: Comparison, name: str) -> str:
    """A section's text with [+added+] and [-removed-] words."""
    marks = {How.ADDED: "[+{}+]", How.REMOVED: "[-{}-]"}
    (section,) = [section for section in comparison.sections if section.id == name]
    runs = (" ".join(marks.get(run.how, "{}").format(run.text) for run in passage.runs) for passage in section.passages)
    return " / ".join(runs)


def test_a_number_that_changed_is_the_only_thing_marked() -> None:
    found = compared(version(("keep", "We keep it for **2** years.")), version(("keep", "We keep it for **3** years.")))
    assert told(found, "keep") == "We keep it for [-2-] [+3+] years."
    assert (found.words(How.ADDED), found.words(How.REMOVED)) == (1, 1)


def test_sections_are_new_taken_out_changed_or_the_same() -> None:
    old = version(("a", "Stays."), ("b", "Goes."), ("c", "We help you."))
    found = compared(old, version(("a", "Stays."), ("c", "We can help you."), ("d", "New.")))
    assert [(section.id, section.how) for section in found.sections if section.id != "title"] == [
        ("a", How.SAME),
        ("b", How.REMOVED),
        ("c", How.CHANGED),
        ("d", How.ADDED),
    ]


def test_markup_alone_is_no_change_and_an_address_behind_a_link_is() -> None:
    old = version(("a", "See [our page](https://www.example.org/a) *now*."))
    assert compared(old, version(("a", "See [our page](https://www.example.org/a) now."))).of(How.CHANGED) == ()
    found = compared(old, version(("a", "See [our page](https://www.example.org/b) now.")))
    assert "[-(https://www.example.org/a)-] [+(https://www.example.org/b)+]" in told(found, "a")
    assert "example.org" not in told(compared(old, replace(old, title="Other")), "a")


def test_a_new_item_of_a_list_is_an_item() -> None:
    found = compared(version(("a", "We use:\n\n- names\n- addresses")), version(("a", "We use:\n\n- names\n- ages")))
    (section,) = found.of(How.CHANGED)
    assert [passage.kind for passage in section.passages] == ["paragraph", "item", "item", "item"]
    html = Marker(WORDS).text(section.passages)
    assert html.startswith("<p>We use:</p>\n<ul>\n<li>names</li>\n<li><del>") and html.endswith("</ins></li>\n</ul>\n")
    assert told(found, "a") == "We use: / names / [-addresses-] / [+ages+]"


def test_words_are_text_on_the_page_whatever_they_are() -> None:
    passages = (Passage("paragraph", (Run(How.ADDED, "<b>&"), Run(How.SAME, "'"))),)
    assert "&lt;b&gt;&amp;<" in Marker(WORDS).text(passages)


def test_moved_sections_and_a_new_heading_are_told() -> None:
    old, new = version(("a", "One."), ("b", "Two.")), version(("b", "Two."), ("a", "One."))
    assert compared(old, new).reordered
    assert not compared(old, old).reordered
    renamed = replace(old, sections=(Section("a", "Another heading", "One."), old.sections[1]))
    assert told(compared(old, renamed), "a").startswith("[-A-] [+Another heading+]")


def test_the_words_of_a_consent_are_compared_too() -> None:
    asked = manifest.Consent("news", "I agree to letters.", "We stop.", "You can say no.")
    old = version(("a", "One."), consents=(asked,))
    new = version(("a", "One."), consents=(replace(asked, statement="I agree to letters and calls."),))
    assert "I agree to [-letters.-] [+letters and calls.+]" in told(compared(old, new), "consent.news")


@given(st.lists(ORDINARY, max_size=4), st.lists(ORDINARY, max_size=4))
def test_without_what_was_added_it_is_the_old_text_and_without_what_was_removed_the_new(
    old: list[list[str]], new: list[list[str]]
) -> None:
    texts = ["\n\n".join(" ".join(words) for words in paragraphs if words) for paragraphs in (old, new)]
    found = compared(version(("a", texts[0])), version(("a", texts[1])))
    (section,) = [section for section in found.sections if section.id == "a"]
    runs = [run for passage in section.passages for run in passage.runs]
    assert " ".join(run.text for run in runs if run.how is not How.ADDED).split() == texts[0].split()
    assert " ".join(run.text for run in runs if run.how is not How.REMOVED).split() == texts[1].split()


def test_a_text_that_would_take_long_to_compare_is_told_whole() -> None:
    repeated = "word " * 3000
    found = told(compared(version(("a", repeated)), version(("a", f"{repeated}more"))), "a")
    assert found.startswith("[-word word") and found.endswith("word more+]")
    items = ["\n\n".join(f"{kind} number {number}" for number in range(300)) for kind in ("Old", "New")]
    (section,) = compared(version(("a", items[0])), version(("a", items[1]))).of(How.CHANGED)
    assert [passage.runs[0].how for passage in section.passages] == [How.REMOVED] * 300 + [How.ADDED] * 300


def test_the_page_is_readable_without_seeing_colours(tmp_path: Path) -> None:
    root = make_site(tmp_path)
    publish(root, "2026-10-01", "First.", "material")
    write_notice(root, NOTICE.replace("We look after", "We guard"))
    publish(root, "2026-11-01", "We say it more strongly.", "clarification")
    build.build(read(root), root / "public", TODAY)
    text = (root / "public" / "library" / "v" / "2" / "changes" / "index.html").read_text("utf-8")
    page = html5lib.parse(text, namespaceHTMLElements=False)
    (section,) = page.findall(".//section[@id='part-our-promise']")
    (added,), (removed,) = section.findall(".//ins"), section.findall(".//del")
    assert "".join(added.itertext()) == "added: guard end of added words,"
    assert "".join(removed.itertext()) == "taken out: look after end of words taken out,"
    assert page.find(".//main//details") is not None
    assert text.index("We say it more strongly.") < text.index("<ins><span")
    for name in ("library/index.html", "library/history/index.html"):
        assert 'href="/library/v/2/changes/"' in (root / "public" / name).read_text("utf-8")
    assert not (root / "public" / "library" / "v" / "1" / "changes").exists()
