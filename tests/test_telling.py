"""Changed words that read like another period, recipient, purpose, basis or country are found, and rewording is not (P3)."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.versions import telling
from generator.versions.telling import Told
from generator.versions.version import SectionHtml

ANOTHER_MEANING = [
    ("<p>We keep your form for 2 years.</p>", "<p>We keep your form for 6 years.</p>", "en"),
    ("<p>We keep your form for two years.</p>", "<p>We keep your form for three years.</p>", "en"),
    ("<p>We keep your form for a year.</p>", "<p>We keep your form for 5 years.</p>", "en"),
    ("<p>We keep your form for 2 years.</p>", "<p>We keep your form permanently.</p>", "en"),
    ("<p>We keep it until you leave the library.</p>", "<p>We keep it until you die.</p>", "en"),
    (
        "<p>We share your details with the police.</p>",
        "<p>We share your details with the police and the fire service.</p>",
        "en",
    ),
    (
        "<p>Hello there all of you.</p>",
        "<p>Hello there all of you. We also share your details with Experian.</p>",
        "en",
    ),
    (
        "<p>We share with:</p><ul><li>the police</li></ul>",
        "<p>We share with:</p><ul><li>the police</li><li>our insurers</li></ul>",
        "en",
    ),
    ("<p>We do not share your details.</p>", "<p>We share your details.</p>", "en"),
    (
        "<p>We will share your details with schools.</p>",
        "<p>We will no longer share your details with schools.</p>",
        "en",
    ),
    (
        "<p>We use your number to text you about books.</p>",
        "<p>We use your number to text you about books and events.</p>",
        "en",
    ),
    ("<p>We look after it.</p>", "<p>We look after it. We use your photo to make posters.</p>", "en"),
    ("<p>The legal basis is public task.</p>", "<p>The legal basis is legitimate interests.</p>", "en"),
    ("<p>We do this with your consent.</p>", "<p>We do this under a contract.</p>", "en"),
    ("<p>Your data stays in the UK.</p>", "<p>Your data stays in the UK and India.</p>", "en"),
    ("<p>Our servers are in Ireland.</p>", "<p>Our servers are in America.</p>", "en"),
    ("<p>A permit costs £20.</p>", "<p>A permit costs £25.</p>", "en"),
    ("<p>Children under 13 need a parent.</p>", "<p>Children under 16 need a parent.</p>", "en"),
    ("<p>Serco runs the helpline for us.</p>", "<p>Capita runs the helpline for us.</p>", "en"),
    ("<p>We delete your form after 30 days.</p>", "<p>We delete your form after 90 days.</p>", "en"),
    ("<p>We don't sell your details.</p>", "<p>We sell your details.</p>", "en"),
    (
        "<p>Mae'r cyngor yn rhannu eich manylion gyda'r heddlu.</p>",
        "<p>Mae'r cyngor yn rhannu eich manylion gyda'r heddlu a'r gwasanaeth tân.</p>",
        "cy",
    ),
    ("<p>Rydym yn cadw eich ffurflen am 2 flynedd.</p>", "<p>Rydym yn cadw eich ffurflen am 6 blynedd.</p>", "cy"),
    (
        "<p>Rydym yn cadw eich ffurflen am ddwy flynedd.</p>",
        "<p>Rydym yn cadw eich ffurflen am chwe blynedd.</p>",
        "cy",
    ),
    ("<p>Nid ydym yn rhannu eich gwybodaeth.</p>", "<p>Rydym yn rhannu eich gwybodaeth.</p>", "cy"),
    ("<p>Y sail gyfreithlon yw tasg gyhoeddus.</p>", "<p>Y sail gyfreithlon yw buddiannau dilys.</p>", "cy"),
    (
        "<p>Rydym yn defnyddio eich rhif i'ch ffonio.</p>",
        "<p>Rydym yn defnyddio eich rhif i'ch ffonio ac i anfon hysbysebion.</p>",
        "cy",
    ),
    ("<p>Mae'r data yn y Deyrnas Unedig.</p>", "<p>Mae'r data yn Ffrainc.</p>", "cy"),
    (
        "<table><tr><td>Forms</td><td>2 years</td></tr><tr><td>Fines</td><td>6 years</td></tr></table>",
        "<table><tr><td>Forms</td><td>6 years</td></tr><tr><td>Fines</td><td>2 years</td></tr></table>",
        "en",
    ),
    ("<p>Our helper is a charity, Age UK.</p>", "<p>Our helper is a charity, Mind.</p>", "en"),
    (
        "<p>Your details go nowhere else.</p>",
        "<p>Your details go nowhere else. A company called Capita runs this for us.</p>",
        "en",
    ),
    ("<p>We keep it.</p><p>We destroy the form once the case is closed.</p>", "<p>We keep it.</p>", "en"),
    (
        "<p>We keep your form. We delete it when you are 18.</p>",
        "<p>We keep your form. We delete it when you are 25.</p>",
        "en",
    ),
    ("<p>We keep it 1-7 years.</p>", "<p>We keep it 1-9 years.</p>", "en"),
    ("<p>We rely on article 6(1)(e) for this work.</p>", "<p>We rely on article 6(1)(c) for this work.</p>", "en"),
    ("<p>The NHS can see your record.</p>", "<p>The NHS and schools can see your record.</p>", "en"),
    ("<p>Rydyn ni'n rhannu'r ffurflen gyda'r cyngor.</p>", "<p>Rydyn ni'n rhannu'r ffurflen gydag ysgolion.</p>", "cy"),
    ("<p>Cedwir y ffurflen tan y byddwch yn gadael.</p>", "<p>Cedwir y ffurflen tan y byddwch yn marw.</p>", "cy"),
]
SAME_MEANING = [
    ("<p>We keep your form for 2 years.</p>", "<p>We keep your form for two years.</p>", "en"),
    (
        "<p>We keep your form for 2 years and then delete it.</p>",
        "<p>We keep your form for 2 years. Then we delete it.</p>",
        "en",
    ),
    ("<p>We keep your form for 2 years.</p>", "<p>We will keep your form for 2 years.</p>", "en"),
    ("<p>We share your details with the police.</p>", "<p>We share your information with the police.</p>", "en"),
    ("<p>We can't find your form.</p>", "<p>We cannot find your form.</p>", "en"),
    ("<p>This is about the library.</p>", "<p>This is about the library and its books.</p>", "en"),
    ("<p>Ask us.</p>", "<p>Ask us at any library in the county.</p>", "en"),
    ("<p>Ask us.</p>", "<p>Ask us. You can also send a letter to the Town Hall.</p>", "en"),
    ("<p>We recieve your adress.</p>", "<p>We receive your address.</p>", "en"),
    ("<p>Ring 0161 123 4567.</p>", "<p>Ring 0161 765 4321.</p>", "en"),
    ("<p>Write to 12 High Street, Exampleton.</p>", "<p>Write to 14 High Street, Exampleton.</p>", "en"),
    (
        "<p>We explain here what happens when you join.</p>",
        "<p>This page explains what happens when you join the library.</p>",
        "en",
    ),
    (
        "<p>We look after your information carefully. It is kept safe.</p>",
        "<p>It is kept safe. We look after your information carefully.</p>",
        "en",
    ),
    ("<p>You can use this form to ask us.</p>", "<p>You can use this short form to ask us a question.</p>", "en"),
    ("<p>Mail dpo@example.org with questions.</p>", "<p>Mail privacy@example.org with questions.</p>", "en"),
    ("<p>We use your details to run the library.</p>", "<p>We use your personal details to run the library.</p>", "en"),
    ("<p>Rydym yn cadw eich ffurflen am 2 flynedd.</p>", "<p>Byddwn yn cadw eich ffurflen am ddwy flynedd.</p>", "cy"),
    ("<p>Mae hwn am y llyfrgell.</p>", "<p>Mae hwn am y llyfrgell a'i llyfrau.</p>", "cy"),
    (
        "<p>Rydym yn rhannu eich manylion gyda'r heddlu.</p>",
        "<p>Rydym yn rhannu eich gwybodaeth gyda'r heddlu.</p>",
        "cy",
    ),
    ("<p>Gofynnwch i ni.</p>", "<p>Gofynnwch i ni mewn unrhyw lyfrgell.</p>", "cy"),
    ("<p>Gallwch anfon llythyr.</p>", "<p>Gallwch anfon eich manylion i Neuadd y Dref.</p>", "cy"),
    ("<p>Rydym yn diogelu eich gwybodaeth.</p>", "<p>Rydym yn gofalu'n ofalus am eich gwybodaeth.</p>", "cy"),
    ("<p>Libraries hold events for children.</p>", "<p>Our libraries hold events for young children.</p>", "en"),
    ("<p>You have the right to object.</p>", "<p>You have the right to object. Tell us why.</p>", "en"),
    ("<ul><li>your name</li><li>your address</li></ul>", "<ul><li>your address</li><li>your name</li></ul>", "en"),
    (
        "<p>If you do not tell us, we cannot lend you books.</p>",
        "<p>If you do not tell us your name, we cannot lend you any books.</p>",
        "en",
    ),
    (
        "<p>We look after the forms and photos that you give us.</p>",
        "<p>We take good care of every form and photo that you give us.</p>",
        "en",
    ),
    ("<p>We keep your details safe.</p>", "<p>We keep your details safe in locked rooms.</p>", "en"),
    (
        "<p>What we use:</p><ul><li>your name</li></ul>",
        "<p>What we use:</p><ul><li>your name</li><li>your address</li></ul>",
        "en",
    ),
    ("<p>Nid ydym yn eu cadw.</p>", "<p>Ni fyddwn yn eu cadw.</p>", "cy"),
    ("<p>Rydyn ni yma i helpu.</p>", "<p>Rydyn yma i helpu pawb.</p>", "cy"),
    ("<p>Cedwir y ffurflen am 3 mis.</p>", "<p>Cedwir y ffurflen am dri mis.</p>", "cy"),
]


def told(old: str, new: str, language: str = "en", heading: str = "About") -> list[Told]:
    before, after = (
        [(SectionHtml(f"section-{number}", heading, html), heading) for number, html in enumerate(texts.split("|"))]
        for texts in (old, new)
    )
    return list(telling.told(before, after, language))


@pytest.mark.parametrize(("old", "new", "language"), ANOTHER_MEANING)
def test_words_that_change_what_residents_care_for_are_quoted(old: str, new: str, language: str) -> None:
    for before, after in ((old, new), (new, old)):
        found = told(before, after, language)
        assert found and all(one.before or one.after for one in found)


@pytest.mark.parametrize(("old", "new", "language"), SAME_MEANING)
def test_the_same_in_other_words_asks_for_nothing(old: str, new: str, language: str) -> None:
    assert told(old, new, language) == []


def test_an_address_behind_a_link_is_quoted_as_it_is() -> None:
    link = '<a href="https://www.example.org">the police</a>'
    (found, *_) = told(f"<p>We share your details with {link}.</p>", "<p>Nobody gets anything.</p>")
    assert "the police (https://www.example.org)" in found.before


def test_a_sentence_that_moves_to_another_section_says_what_it_said() -> None:
    kept = "<p>We keep your form for 2 years.</p>"
    assert told(f"{kept}|<p>Hello.</p>", f"<p>Hello.</p>|{kept}") == []


def test_items_below_a_heading_speak_of_what_it_says() -> None:
    items = "<ul><li>the police</li>{}</ul>"
    new = items.format("<li>our insurers</li>")
    assert told(items.format(""), new, heading="Who we share your information with")
    assert not told(items.format(""), new, heading="Our friends")


words = st.sampled_from(
    ["we", "keep", "share", "not", "your", "form", "with", "the", "police", "for", "2", "years", ".", ":", "to", "use"]
)
texts = st.lists(words, max_size=30).map(lambda found: f"<p>{' '.join(found)}</p>")


@settings(max_examples=40)
@example("<p>we</p>", "<p>we we not . we we</p>")
@given(texts, texts)
def test_a_text_means_what_it_meant_and_a_change_is_found_both_ways(old: str, new: str) -> None:
    assert told(old, old) == []
    assert bool(told(old, new)) == bool(told(new, old))
