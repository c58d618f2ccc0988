"""A save of shared wording or of a page changes what somebody changed and nothing else, to the byte, whatever the file is like."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk import editing
from desk.editing import Open
from desk.forms.values import LEAD, TEXT, Values, of_form
from desk.saving.editing.edit import content
from desk.saving.editing.source_text import lines_of, split
from tests.desk_notices import FILES, blocks
from tests.examples import examples

WORDING, PAGE = "content/shared/promise.md", "content/pages/cookies.md"
SOUND = {
    name: data for name, data in FILES.items() if split(data, PAGE).has_title and not split(data, PAGE).facts_problems
}
"""Texts with a title among their facts, as every page at the desk has one: `new page` writes it."""
LINES = st.sampled_from(
    [
        "",
        "",
        "Ring 01 for help.",
        "  - a list ",
        "## Heading {#id}",
        "<!-- a remark -->",
        "[[dpo.email]]",
        "\ttab",
        "tŷ",
        "---",
    ]
)
ENDS = st.sampled_from(["\n", "\n", "\r\n", "\r"])
NEW = "Words that were in no line."


def opened(file: str, data: bytes) -> Open:
    return Open("x", "en", file, data, "digest")


def sent(form: Values) -> Values:
    """The form as a browser sends it: every line ends with CRLF."""
    return of_form((name, text.replace("\n", "\r\n")) for name, texts in form.items() for text in texts)


@st.composite
def wordings(draw: st.DrawFn) -> str:
    lines = draw(st.lists(st.tuples(LINES, ENDS), min_size=1, max_size=9))
    text = draw(st.sampled_from(["", "\ufeff"])) + "".join(line + end for line, end in lines)
    return text if draw(st.booleans()) else text.rstrip("\r\n")


@given(wordings(), st.data())
@settings(max_examples=examples(60, 3_000), deadline=None, derandomize=True)
def test_a_line_of_shared_wording_is_changed_and_every_other_byte_stays(text: str, data: st.DataObject) -> None:
    old = opened(WORDING, text.encode())
    form = editing.form_of_file(old)
    assert editing.typed(old, old.data, sent(form)) == old.data, "opening a form and saving it changes nothing"
    shown = form[TEXT][0].split("\n")
    number = data.draw(st.integers(0, len(shown) - 1))
    form = {TEXT: ("\n".join([*shown[:number], NEW, *shown[number + 1 :]]),)}
    new = editing.typed(old, old.data, sent(form)).decode()
    assert content(new.encode(), WORDING).body.lead == form[TEXT][0].strip("\n")
    before, after = (lines_of(one.removeprefix("\ufeff")) for one in (text, new))
    assert new.startswith("\ufeff") == text.startswith("\ufeff")
    changed = [line for line in after if line.rstrip("\r\n") == NEW]
    assert len(changed) == 1
    at = after.index(changed[0])
    gone = 0 if not any(shown) else 1
    assert after[:at] == before[:at] and after[at + 1 :] == before[at + gone :]


def matter(data: bytes) -> dict[str, bytes]:
    return {key: block for key, block in blocks(data, PAGE).items() if key != "---"}


@pytest.mark.parametrize("name", SOUND)
@pytest.mark.parametrize("ends", [b"\n", b"\r\n"])
def test_the_words_of_a_page_are_changed_and_its_facts_and_other_sections_stay(name: str, ends: bytes) -> None:
    old = opened(PAGE, SOUND[name].replace(b"\r\n", b"\n").replace(b"\n", ends))
    form = editing.form_of_file(old) | {f"has.{part}": ("1",) for part in ("title", "summary", "sections")}
    assert editing.typed(old, old.data, sent(form)) == old.data
    new = editing.typed(old, old.data, sent(form | {"title": ("Another title",)}))
    assert content(new, PAGE).body == content(old.data, PAGE).body
    assert {key for key, block in matter(new).items() if matter(old.data).get(key) != block} == {"title"}
    new = editing.typed(old, old.data, sent(form | {LEAD: (NEW,)}))
    assert content(new, PAGE).body.lead == NEW and matter(new) == matter(old.data)
    assert content(new, PAGE).body.sections == content(old.data, PAGE).body.sections
    if "sections.0.text" in form:
        new = editing.typed(old, old.data, sent(form | {"sections.0.text": (NEW,)}))
        before, after = (content(one, PAGE).body for one in (old.data, new))
        assert after.sections[0].markdown == NEW and (after.lead, after.sections[1:]) == (
            before.lead,
            before.sections[1:],
        )
        assert matter(new) == matter(old.data)
