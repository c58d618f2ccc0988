"""A notice goes to a translator and comes back, and nothing is lost on the way."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.cli import main
from generator.translation import rewrite, xliff
from generator.translation.texts import units
from generator.translation.xliff import Entry, Exchange, NotXliff, State
from tests.site_fixtures import NOTICE, SITE, make_site, read, write_notice

ENGLISH = NOTICE.replace("## Our promise", "## Our promise {#our-promise}")
TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\r", exclude_categories=("Cc", "Cs")), max_size=80)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_site(tmp_path, ENGLISH, f"{SITE}languages: [en, cy]\n")


def export(root: Path, name: str = "out.xlf") -> Path:
    out = root / name
    out.unlink(missing_ok=True)
    assert main(["translate", "export", "library", "--to", "cy", "--out", str(out), "--root", str(root)]) == 0
    return out


def take(root: Path, file: Path) -> int:
    return main(["translate", "import", str(file), "--root", str(root)])


def entries(file: Path) -> dict[str, Entry]:
    return xliff.entries_by_name(xliff.read(file.read_bytes()).entries)


def translated(file: Path, texts: dict[str, str] | None = None, *, but: tuple[str, ...] = ()) -> Path:
    """The file as a translator sends it back: every text that has no translation, and those given, translated."""
    sent = xliff.read(file.read_bytes())
    done = []
    for entry in sent.entries:
        target = (texts or {}).get(entry.name) or entry.target or f"Cymraeg: {entry.source}"
        done.append(Entry(entry.name, entry.source, "" if entry.name in but else target, State.DONE))
    file.write_bytes(xliff.write(Exchange(sent.original, sent.source_language, sent.target_language, tuple(done))))
    return file


def welsh(root: Path) -> Path:
    return root / "content" / "library" / "notice.cy.md"


def test_every_text_is_sent_and_no_fact_of_the_system(root: Path) -> None:
    sent = entries(export(root))
    assert list(sent)[:3] == ["title", "summary", "service"]
    assert sent["purposes.lend.text"].source == "lend you books"
    assert sent["data.2.label"].source == "your address"
    assert sent["body.our-promise.heading"].source == "Our promise"
    assert sent["body.our-promise.text"].source == "We look after your **information**."
    assert {entry.state for entry in sent.values()} == {State.MISSING}
    sources = {entry.source for entry in sent.values()}
    assert not sources & {
        "lend",
        "task",
        "6(1)(e)",
        "2 years",
        "end of financial year",
        "none",
        "libraries@example.org",
    }


def test_the_file_is_xliff_that_translators_programs_read(root: Path) -> None:
    tree = ElementTree.fromstring(export(root).read_bytes())  # noqa: S314 (our own file)
    names = {"x": xliff.NAMESPACE}
    assert tree.tag == f"{{{xliff.NAMESPACE}}}xliff"
    assert tree.get("version") == "1.2"
    (file,) = tree.findall("x:file", names)
    assert file.attrib == {
        "original": "content/library/notice.md",
        "source-language": "en",
        "target-language": "cy",
        "datatype": "plaintext",
    }
    for unit in file.findall("x:body/x:trans-unit", names):
        tags = [child.tag.partition("}")[2] for child in unit]
        assert tags[:2] == ["source", "target"]
        assert set(tags[2:]) <= {"note", "alt-trans"}


def test_a_translation_comes_back_as_a_notice_with_the_same_facts(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = translated(export(root), {"purposes.lend.text": "rhoi benthyg llyfrau i chi: am ddim", "title": "Hysbysiad"})
    assert take(root, file) == 0
    found = read(root)
    english, notice = found.notices["library", "en"], found.notices["library", "cy"]
    assert notice.facets.title == "Hysbysiad"
    assert notice.facets.purposes[0].text == "rhoi benthyg llyfrau i chi: am ddim"
    assert notice.facets.translation is not None
    assert str(notice.facets.translation.status) == "awaiting-review"
    assert notice.facets.retention[0].keep == "2 years"
    assert [purpose.id for purpose in notice.facets.purposes] == ["lend", "news"]
    assert [unit.name for unit in units(notice)] == [unit.name for unit in units(english)]
    assert "`keep` and `after` stay in English" in welsh(root).read_text("utf-8")
    assert "  purposes.lend.text\n" in capsys.readouterr().out
    assert main(["check", "--root", str(root)]) == 0


def test_what_goes_out_and_comes_back_unchanged_changes_no_byte(root: Path) -> None:
    assert take(root, translated(export(root))) == 0
    before = welsh(root).read_bytes()
    again = export(root)
    assert {entry.state for entry in entries(again).values()} == {State.DONE}
    assert take(root, again) == 0
    assert welsh(root).read_bytes() == before


def test_remarks_and_layout_of_a_translation_are_kept(root: Path) -> None:
    assert take(root, translated(export(root))) == 0
    text = welsh(root).read_text("utf-8").replace("title:", "# For the Welsh editor.\ntitle:", 1)
    welsh(root).write_text(
        text.replace("summary: ", "summary: >-\n  ", 1).replace('>-\n  "', ">-\n  ").replace('"\nservice', "\nservice")
    )
    assert take(root, translated(export(root), {"service": "Llyfrgelloedd"})) == 0
    after = welsh(root).read_text("utf-8")
    assert "# For the Welsh editor.\n" in after
    assert "summary: >-\n" in after
    assert "service: Llyfrgelloedd\n" in after


def test_what_changed_since_the_last_exchange_is_marked(root: Path) -> None:
    assert take(root, translated(export(root))) == 0
    write_notice(root, ENGLISH.replace("We look after", "We guard").replace("your address]", "your address, your age]"))
    sent = entries(export(root))
    assert sent["body.our-promise.text"].state is State.CHANGED
    assert sent["body.our-promise.text"].target == "Cymraeg: We look after your **information**."
    assert sent["data.3.label"].state is State.MISSING
    assert sent["data.1.label"].state is State.DONE
    marked = {name for name, entry in sent.items() if entry.state is not State.DONE}
    assert marked == {"body.our-promise.text", "data.3.label"}
    raw = (root / "out.xlf").read_text("utf-8")
    assert raw.count('alttranstype="previous-version"') == 1
    assert '<source xml:lang="en">We look after your **information**.</source>' in raw
    assert xliff.CHANGED_NOTE in raw


def test_a_new_item_before_others_takes_no_translation_from_them(root: Path) -> None:
    assert take(root, translated(export(root))) == 0
    write_notice(root, ENGLISH.replace("data: [your name", "data: [your age, your name"))
    sent = entries(export(root))
    found = [(sent[f"data.{n}.label"].target, sent[f"data.{n}.label"].state) for n in (1, 2, 3)]
    assert found == [
        ("", State.MISSING),
        ("Cymraeg: your name", State.DONE),
        ("Cymraeg: your address", State.DONE),
    ]


def test_an_exchange_that_follows_a_change_marks_nothing_more(root: Path) -> None:
    assert take(root, translated(export(root))) == 0
    write_notice(root, ENGLISH.replace("We look after", "We guard"))
    assert take(root, translated(export(root), {"body.our-promise.text": "Rydym yn gwarchod."})) == 0
    assert {entry.state for entry in entries(export(root)).values()} == {State.DONE}


def test_a_text_that_changed_while_it_was_away_is_told_and_marked_next_time(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = translated(export(root))
    write_notice(root, ENGLISH.replace("We look after", "We guard"))
    capsys.readouterr()
    assert take(root, file) == 0
    said = capsys.readouterr().out
    assert "Changed in the main text while they were with the translator" in said
    assert said.count("  body.our-promise.text\n") == 2
    assert entries(export(root))["body.our-promise.text"].state is State.CHANGED


def test_what_a_file_does_not_cover_is_kept_and_named(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert take(root, translated(export(root))) == 0
    file = translated(export(root), {"title": "Teitl newydd"}, but=("summary", "body.our-promise.text"))
    capsys.readouterr()
    assert take(root, file) == 0
    said = capsys.readouterr().out
    assert "Not in the file, kept as they were:\n  summary\n  body.our-promise.text\n" in said
    assert "Taken:\n  title\n" in said
    text = welsh(root).read_text("utf-8")
    assert "Cymraeg: We look after your **information**." in text
    assert "Teitl newydd" in text


def test_what_is_not_translated_yet_stays_in_english_and_is_asked_for_again(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = translated(export(root), but=("summary",))
    capsys.readouterr()
    assert take(root, file) == 0
    assert "Not translated, still in the main language:\n  summary\n" in capsys.readouterr().out
    again = entries(export(root))
    assert (again["summary"].state, again["summary"].target) == (State.MISSING, "")


def test_what_only_the_translation_has_is_never_lost(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert take(root, translated(export(root))) == 0
    with welsh(root).open("a", encoding="utf-8") as text:
        text.write("\n## Rhan arall {#rhan-arall}\n\nDim ond yn Gymraeg.\n")
    before = welsh(root).read_bytes()
    file = translated(export(root), {"title": "Newydd"})
    assert take(root, file) == 1
    assert "`body.rhan-arall.heading` stands only in the translation and would be lost" in capsys.readouterr().err
    assert welsh(root).read_bytes() == before


def test_a_remark_that_cannot_be_kept_is_told(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert take(root, translated(export(root))) == 0
    welsh(root).write_text(welsh(root).read_text("utf-8").replace("title:", "# Mine.\ntitle:", 1), "utf-8")
    write_notice(root, ENGLISH.replace("2 years", "3 years"))
    assert take(root, translated(export(root))) == 0
    assert "This remark is not kept: # Mine." in capsys.readouterr().err
    assert "keep: 3 years" in welsh(root).read_text("utf-8")


def test_a_reviewed_translation_awaits_review_again(root: Path) -> None:
    assert take(root, translated(export(root))) == 0
    text = welsh(root).read_text("utf-8")
    reviewed = "translation:\n  status: reviewed\n  reviewed_by: A Translator\n  reviewed_on: 2026-11-01\n"
    welsh(root).write_text(text.replace("translation:\n  status: awaiting-review\n", reviewed), "utf-8")
    assert read(root).problems == ()
    assert take(root, translated(export(root), {"title": "Newydd"})) == 0
    after = welsh(root).read_text("utf-8")
    assert "status: awaiting-review" in after
    assert "reviewed_by" not in after


def test_all_that_is_wrong_is_told_at_once_and_nothing_is_written(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_notice(root, ENGLISH.replace("This is about the library.", "Write to [[dpo.email]]."))
    texts = {
        "body.our-promise.heading": "Un\nDau",
        "body.our-promise.text": "Testun.\n\n## Pennawd arall\n\nMwy.",
        "body.opening": "Ysgrifennwch at [[dpo.emial]].",
    }
    file = translated(export(root), texts)
    assert take(root, file) == 1
    said = capsys.readouterr().err
    assert "has several lines" in said
    assert "adds or loses a heading" in said
    assert "Did you mean `[[dpo.email]]`?" in said
    assert "`[[dpo.email]]` stands in the text `body.opening` and not in its translation" in said
    line = next(n for n, text in enumerate(file.read_text("utf-8").split("\n"), 1) if 'id="body.opening"' in text)
    assert f"out.xlf:{line}:" in said
    assert not welsh(root).exists()
    assert not welsh(root).with_suffix(".xlf").exists()


def test_a_text_twice_or_no_longer_there_is_told(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = translated(export(root))
    text = file.read_text("utf-8")
    file.write_text(text.replace('id="summary"', 'id="gone"'), "utf-8")
    assert take(root, file) == 0
    assert "The notice no longer has the text `gone`" in capsys.readouterr().err
    file.write_text(text.replace('id="summary"', 'id="title"'), "utf-8")
    assert take(root, file) == 1
    assert "The text `title` comes twice." in capsys.readouterr().err


def test_a_file_is_never_written_over_another(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = export(root)
    command = ["translate", "export", "library", "--to", "cy", "--out", str(out), "--root", str(root)]
    assert main(command) == 2
    assert "is there already" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('target-language="cy"', 'target-language="fr"', "no translations into `fr`"),
        ('source-language="en"', 'source-language="de"', "translates from `de`"),
        ("content/library/notice.md", "content/../site.yml", "There is no notice at"),
        ("content/library/notice.md", "content/parks/notice.md", "There is no notice at"),
        ("<xliff", "<!DOCTYPE x [<!ENTITY a 'b'>]><xliff", "declares a document type"),
        ("</xliff>", "", "not well-formed XML"),
        ("urn:oasis", "urn:else", "not an XLIFF 1.2 file"),
        ('encoding="UTF-8"', 'encoding="nonsense"', "This is not"),
    ],
)
def test_a_file_that_is_no_translation_of_ours_is_refused(
    root: Path, old: str, new: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = translated(export(root))
    text = file.read_text("utf-8").replace(
        "<?xml version='1.0' encoding='UTF-8'?>", '<?xml version="1.0" encoding="UTF-8"?>'
    )
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")
    assert take(root, file) == 1
    assert said in capsys.readouterr().err
    assert not welsh(root).exists()


def test_a_bomb_of_entities_too_much_text_and_too_deep_a_nest_are_refused() -> None:
    bomb = b"<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]><xliff>&b;</xliff>"
    for data, said in (
        (bomb, "document type"),
        (b"<!DOCTYPE x SYSTEM 'file:///etc/passwd'><x/>", "document type"),
        (b" " * (xliff.MAX_BYTES + 1), "too large"),
        (b"<a>" * 10_000, "nested too deeply"),
        (b"\xff\xfe\x00", "not"),
        (b"", "not well-formed"),
    ):
        with pytest.raises(NotXliff, match=said):
            xliff.read(data)


def test_the_marks_that_programs_put_into_texts_are_ignored() -> None:
    data = f"""<xliff version="1.2" xmlns="{xliff.NAMESPACE}"><file original="o" source-language="en" target-language="cy">
    <body><group><trans-unit id="a"><source>One. Two.</source><seg-source><mrk mtype="seg" mid="1">One.</mrk></seg-source>
    <target><mrk mtype="seg" mid="1">Un.</mrk> <g id="1">Dau.</g></target>
    <alt-trans><target>Arall</target></alt-trans></trans-unit></group></body></file></xliff>""".encode()
    (entry,) = xliff.read(data).entries
    assert (entry.name, entry.source, entry.target) == ("a", "One. Two.", "Un. Dau.")


@given(st.lists(st.tuples(TEXT, TEXT), max_size=5))
def test_what_is_written_is_read_back_the_same(texts: list[tuple[str, str]]) -> None:
    sent = Exchange("o", "en", "cy", tuple(Entry(f"u{n}", a, b, State.DONE) for n, (a, b) in enumerate(texts)))
    back = xliff.read(xliff.write(sent))
    assert [(e.name, e.source, e.target) for e in back.entries] == [(e.name, e.source, e.target) for e in sent.entries]


@given(TEXT.map(lambda text: " ".join(text.split())).filter(bool))
def test_any_text_can_stand_in_the_front_matter(text: str) -> None:
    matter = "title: Old # remark\nsummary: >-\n  Two\n  lines\n\n# kept\ndata: [a, b]\nowner: {name: c}"
    new = rewrite.front_matter(matter, {"title": text, "summary": text, "data.1.label": text, "owner.name": text})
    found = rewrite.leaves(new)
    assert [found[path] for path in ("title", "summary", "data.0", "data.1", "owner.name")] == [
        text,
        text,
        "a",
        text,
        text,
    ]
    assert "# remark" in new
    assert "\n\n# kept\n" in new


@given(TEXT)
def test_no_byte_of_a_file_breaks_the_reader(text: str) -> None:
    data = f'<xliff version="1.2" xmlns="{xliff.NAMESPACE}">{escape(text)}{text}</xliff>'.encode()
    with pytest.raises(NotXliff):
        xliff.read(data)


def test_the_commands_say_what_was_done(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = export(root)
    count = len(entries(file))
    assert capsys.readouterr().out == (
        f"Wrote {file}: {count} texts, {count} to translate, 0 changed since the last exchange, 0 translated.\n"
    )
    assert main(["translate", "export", "parks", "--to", "cy", "--root", str(root)]) == 2
    assert main(["translate", "export", "library", "--to", "fr", "--root", str(root)]) == 2
    assert main(["translate", "import", str(root / "nothing.xlf"), "--root", str(root)]) == 2
    said = capsys.readouterr().err
    assert re.search(r"cannot be translated into `fr`. Languages: cy.", said)
    assert "There is no file" in said
