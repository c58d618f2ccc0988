"""A typo changes no fact: what may pass for a slip of the pen, and which kind a change has at least (P3)."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.versions.slips import distance, is_slip, only_slips, words_of
from tests.site_fixtures import NOTICE, make_site, publish, read, write_notice

LETTERS = "abcdeé"
words = st.text(LETTERS, max_size=8)
long_words = st.text("abcdefghklopqrstvwyz", min_size=5, max_size=12)


@given(words, words, words)
def test_the_distance_of_words_is_a_metric(one: str, two: str, three: str) -> None:
    assert (distance(one, two) == 0) == (one == two)
    assert distance(one, two) == distance(two, one) <= max(len(one), len(two))
    assert distance(one, three) <= distance(one, two) + distance(two, three)


@given(words, st.data())
def test_one_stroke_is_one_step_away(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(word)))
    letter = data.draw(st.sampled_from(LETTERS))
    assert distance(word, word[:at] + letter + word[at:]) == 1
    assert distance(word, word[:at] + word[at + 1 :]) == (at < len(word))
    swapped = word[:at] + word[at : at + 2][::-1] + word[at + 2 :]
    assert distance(word, swapped) == (word != swapped)


@given(long_words, long_words)
def test_a_slip_can_be_made_both_ways(one: str, two: str) -> None:
    assert is_slip(one, two, "en") == is_slip(two, one, "en")


@given(st.lists(st.sampled_from(["the", "council", "keeps", "records", "2", "."])), st.data())
def test_a_word_that_stands_twice_may_go_and_none_may_come(text: list[str], data: st.DataObject) -> None:
    assert only_slips(text, text, "en")
    if text and (word := text[at := data.draw(st.integers(0, len(text) - 1))]).isalpha():
        doubled = [*text[:at], word, *text[at:]]
        assert only_slips(doubled, text, "en")
        assert not only_slips(text, doubled, "en")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("We recieve your adress.", "We receive your address."),
        ("for the the council", "for the council"),
        ("Acommodation", "Accommodation"),
        ("on Wenesday", "on Wednesday"),
        ("for fourty days", "for forty days"),
        ("these these three people", "these three people"),
        ("information about familys", "information about family"),
        ("“recieved”, twice", "“received”, twice"),
    ],
)
def test_a_slip_may_be_mended(old: str, new: str) -> None:
    assert only_slips(words_of(old), words_of(new), "en")


@pytest.mark.parametrize(
    ("old", "new", "language"),
    [
        ("You must tell us.", "You must not tell us.", "en"),
        ("We can share it.", "We can't share it.", "en"),
        ("We cannot share it.", "We can share it.", "en"),
        ("You are able to object.", "You are unable to object.", "en"),
        ("It is lawful.", "It is unlawful.", "en"),
        ("It is legal.", "It is ilegal.", "en"),
        ("regular checks", "irregular checks", "en"),
        ("we include your name", "we exclude your name", "en"),
        ("We never share it.", "We every share it.", "en"),
        ("Either parent agrees.", "Neither parent agrees.", "en"),
        ("We could share it.", "We would share it.", "en"),
        ("for 2 years", "for 6 years", "en"),
        ("from 1 March 2026", "from 1 March 2027", "en"),
        ("for seven years", "for seventy years", "en"),
        ("open on Monday", "open on Sunday", "en"),
        ("We now share it.", "We not share it.", "en"),
        ("Stop, we keep it.", "Stop we keep it.", "en"),
        ("We keep it", "We keep it safe", "en"),
        ("We keep keep it safe.", "We keep safe it.", "en"),
        ("your mothers record", "your mother's record", "en"),
        ("the council the council", "the council", "en"),
        ("Mae'n bwysig.", "Mae'n dibwysig.", "cy"),
        ("cofnod llonydd", "cofnod anllonydd", "cy"),
        ("\u0301council", "council", "en"),
        ("It is kept in Austria.", "It is kept in Australia.", "en"),
        ("under a contract", "under a contact", "en"),
        ("ask parking@example.org", "ask parkings@example.org", "en"),
        ("see example.org/permits", "see example.org/permitts", "en"),
    ],
)
def test_what_changes_a_sentence_is_no_slip(old: str, new: str, language: str) -> None:
    assert not only_slips(words_of(old), words_of(new), language)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = make_site(tmp_path, NOTICE.replace("We look after", "We look after your adress and"))
    assert publish(root, "2026-10-01", "First.", "material") == 0
    return root


PUBLISHED = NOTICE.replace("We look after", "We look after your adress and")
SLIP = ("your adress", "your address")


QUESTION = "question: {text: May we write?, agree: 'Yes, write', refuse: 'No'}"


@pytest.mark.parametrize(
    ("changed", "least", "because"),
    [
        ("question: {text: May we ring?, agree: 'Yes, write', refuse: 'No'}", "material", "agreed to “May we write?”"),
        ("question: {text: May we write?, agree: 'Yes, ring', refuse: 'No'}", "material", "it is now “Yes, ring”"),
        ("", "material", "May we write?; Yes, write"),
        (
            "question: {text: May we write?, agree: 'Yes, write', refuse: 'Not now'}",
            "clarification",
            "the consent `news`",
        ),
    ],
)
def test_the_question_and_the_yes_to_it_are_part_of_what_people_agreed_to(
    tmp_path: Path, changed: str, least: str, because: str, capsys: pytest.CaptureFixture[str]
) -> None:
    def asked(question: str) -> str:
        return NOTICE.replace("    effect: If you withdraw,", f"    {question}\n    effect: If you withdraw,", 1)

    root = make_site(tmp_path, asked(QUESTION))
    assert publish(root, "2026-10-01", "First.", "material") == 0
    write_notice(root, asked(changed))
    kinds = ["typo", "clarification", "material"]
    for less in kinds[: kinds.index(least)]:
        capsys.readouterr()
        assert publish(root, "2026-11-01", "A change.", less) == 1
        assert because in capsys.readouterr().err
    assert publish(root, "2026-11-01", "A change.", least) == 0


@pytest.mark.parametrize(
    ("changes", "least", "because"),
    [
        ([SLIP], "typo", ""),
        (
            [("news, text: send you news", "news, text: send you news and more")],
            "material",
            "agreed to “send you news”",
        ),
        ([("can send me news.", "can send me newss.")], "material", "I agree that the library can send me newss."),
        ([("effect: If you withdraw,", "effect: If you object,")], "clarification", "the consent `news`"),
        ([("keep: 2 years", "keep: 6 years")], "material", "your membership, 2 years, end of financial year"),
        ([("sharing: none", "sharing: [the library of Cardiff]")], "material", "the library of Cardiff"),
        ([("- {id: lend", "- {id: sell, text: sell you books, basis: task}\n  - {id: lend")], "new-purpose", "sell"),
        ([("text: lend you books", "text: sell you books")], "material", "“lend you books” is now “sell you books”"),
        ([SLIP, ("data: [your name,", "data: [your name, your health,")], "clarification", "`data` has 3 entries"),
        ([SLIP, ("look after", "care for")], "clarification", "“look after” became “care for”"),
        ([SLIP, ("look after", "sell on")], "material", "became “We sell on your address"),
        ([("your **information**", "your `information`")], "clarification", "laid out in another way: bold and code"),
        ([("6(1)(e)", "6(1)(c)")], "material", "(the legal basis)"),
        ([("libraries@example.org", "library@example.org")], "clarification", "the service's contact differs"),
    ],
    ids=lambda value: value if isinstance(value, str) and value in ("typo", "clarification", "material") else "",
)
def test_a_change_has_the_kind_that_its_words_ask_for(
    site: Path, changes: list[tuple[str, str]], least: str, because: str, capsys: pytest.CaptureFixture[str]
) -> None:
    text = PUBLISHED
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    write_notice(site, text)
    kinds = ["typo", "clarification", "material", "new-purpose"]
    for less in kinds[: kinds.index(least)]:
        capsys.readouterr()
        assert publish(site, "2026-11-01", "A change.", less) == 1
        said = capsys.readouterr().err
        assert "[P05]" in said and f"Publish it as `{least}`" in said
    assert because in said if because else True
    assert publish(site, "2026-11-01", "A change.", least) == 0
    assert read(site).versions[-1].change.kind == least


def test_what_reads_like_another_meaning_is_a_clarification_where_its_editor_says_so(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Facts decide for themselves: no word of an editor makes another period a clarification."""
    write_notice(site, PUBLISHED.replace("look after", "look after, and never sell,"))
    assert publish(site, "2026-11-01", "Said more clearly.") == 1
    said = capsys.readouterr().err
    assert "became “look after, and never sell, your”" in said and "`clarification` with --same-meaning" in said
    assert publish(site, "2026-11-01", "Said more clearly.", "typo", "--same-meaning") == 1
    assert "Publish it as `clarification`, or undo" in capsys.readouterr().err
    assert publish(site, "2026-11-01", "Said more clearly.", "clarification", "--same-meaning") == 0
    write_notice(site, PUBLISHED.replace("keep: 2 years", "keep: 6 years"))
    assert publish(site, "2026-11-02", "Said more clearly.", "clarification", "--same-meaning") == 1
    assert "--same-meaning" not in capsys.readouterr().err


def test_a_list_item_is_named_by_its_words_and_never_by_its_tags(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_notice(site, PUBLISHED.replace("about the library.", "about the library.\n\n- Books\n- Films"))
    assert publish(site, "2026-11-01", "A list.", "typo") == 1
    said = capsys.readouterr().err
    assert "Books Films" in said and "<" not in said.partition("\n      |")[0]


def test_what_differs_only_by_slips_in_a_purpose_counts_as_unchanged(site: Path) -> None:
    """Where no consent holds the purpose's words: those are compared to the byte."""
    write_notice(site, PUBLISHED.replace("text: lend you books", "text: lend you bookks"))
    assert publish(site, "2026-11-01", "A slip.", "typo") == 0


def test_html_of_another_release_asks_for_no_other_kind(site: Path) -> None:
    """The section that was not touched is compared by the Markdown that it was made from."""
    write_notice(site, PUBLISHED.replace("about the library.", "about the librarry."))
    assert publish(site, "2026-11-01", "A slip.", "typo") == 0
