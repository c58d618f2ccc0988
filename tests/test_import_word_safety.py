"""Hostile and broken Word files: one sentence each, within limits, and nothing outside the file is touched."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import own_process
from generator.importing import confined
from generator.importing.refusal import NotTaken
from generator.importing.settings import Settings
from generator.importing.word import package
from generator.importing.word_file import converted
from tests import fuzz_word
from tests.word_fixtures import (
    SPACES,
    cell,
    numbered,
    paragraph,
    row,
    table,
    text,
    word_file,
    zipped,
)

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
SETTINGS = Settings("file.docx", "https://www.example.org")
PLAIN = word_file(paragraph("Plain."))
DOCTYPE = '<!DOCTYPE w:document [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
DOCUMENT = f"<w:document {SPACES}><w:body>{{}}</w:body></w:document>"


def refusal(data: bytes) -> NotTaken:
    """Why a file is refused."""
    with pytest.raises(NotTaken) as refused:
        converted(data)
    return refused.value


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "This is not a Word file."),
        (b"Dear editor,", "This is not a Word file."),
        (OLE, "This is a file of an old Word (.doc)."),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "This file has a password."),
        (b"{\\rtf1 Notice}", "This is rich text (.rtf), not a Word file."),
        (b"%PDF-1.7", "This is a PDF, not a Word file."),
        (PLAIN[:-30], "This Word file is damaged."),
        (PLAIN[: len(PLAIN) // 2], "This Word file is damaged."),
        (
            zipped({"mimetype": "application/vnd.oasis.opendocument.text"}),
            "This is not a Word file but an OpenDocument text.",
        ),
        (zipped({"xl/workbook.xml": "<workbook/>"}), "This is not a Word file."),
        (zipped({"word/document.xml": "<w:document"}), "This Word file is damaged."),
        (zipped({"word/document.xml": "<document/>"}), "This is not a Word file."),
        (zipped({"word/document.xml": f"<w:document {SPACES}/>"}), "This is not a Word file."),
    ],
)
def test_what_is_no_word_file_is_refused_with_advice(data: bytes, message: str) -> None:
    refused = refusal(data)
    assert refused.message == message
    assert refused.remedy.endswith(".")


@pytest.mark.parametrize(
    "part",
    ["word/document.xml", "word/styles.xml", "word/numbering.xml", "_rels/.rels", "word/_rels/document.xml.rels"],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_no_part_may_have_a_document_type(part: str, encoding: str) -> None:
    content = f'<?xml version="1.0" encoding="{encoding}"?>{DOCTYPE}<w:document {SPACES}><w:body/></w:document>'
    file = word_file(paragraph("Text."), replaced={part: content.encode(encoding)})
    assert refusal(file).message == "This file defines a document type, as no Word file does."


def test_an_entity_without_a_document_type_is_a_damaged_file() -> None:
    file = word_file(replaced={"word/document.xml": DOCUMENT.format(paragraph(text("&secret;")))})
    assert refusal(file).message == "This Word file is damaged."


def test_two_parts_of_one_name_are_refused() -> None:
    stream = BytesIO(PLAIN)
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("WORD/Document.xml", DOCUMENT.format(paragraph("Other.")))
    assert refusal(stream.getvalue()).message.startswith("This file holds two parts of one name")


def test_a_thousand_parts_are_enough() -> None:
    assert refusal(zipped({f"word/{number}.xml": "" for number in range(1001)})).message.startswith(
        "This file has more than 1,000"
    )


def test_bytes_are_counted_while_they_are_unpacked() -> None:
    spaces = " " * package.MAX_DOCUMENT
    file = word_file(replaced={"word/document.xml": DOCUMENT.format(spaces)})
    assert len(file) < 20_000
    assert refusal(file).message == "This file unpacks to more text than a notice can have."
    parts = {
        f"word/{kind}.xml": f"<w:{kind} {SPACES}>{' ' * 9_000_000}</w:{kind}>"
        for kind in ("styles", "numbering", "comments", "footnotes", "endnotes", "header")
    }
    listed = dict.fromkeys(("comments", "footnotes", "endnotes", "header"), "")
    file = word_file(paragraph("x"), replaced=parts, **listed)
    assert refusal(file).message == "This file unpacks to more text than a notice can have."


def test_a_size_that_is_not_true_is_no_way_round_the_limit() -> None:
    file = bytearray(word_file(replaced={"word/document.xml": DOCUMENT.format(" " * package.MAX_DOCUMENT)}))
    directory = file.rfind(b"PK\x01\x02", 0, file.rfind(b"word/document.xml"))
    file[directory + 24 : directory + 28] = (100).to_bytes(4, "little")
    assert refusal(bytes(file)).message == "This Word file is damaged."


def test_a_part_with_a_password_is_refused() -> None:
    file = bytearray(PLAIN)
    directory = file.rfind(b"PK\x01\x02", 0, file.rfind(b"word/document.xml"))
    file[directory + 8] |= 1
    assert refusal(bytes(file)).message == "This file has a password."


@pytest.mark.parametrize("depth", [60, 3000])
def test_depth_is_looked_at_before_the_text(depth: int) -> None:
    nested = "<w:sdt><w:sdtContent>" * depth + paragraph("Deep.") + "</w:sdtContent></w:sdt>" * depth
    if depth == 60:
        assert converted(word_file(nested)).html == "<body><p>Deep.</p></body>"
    else:
        assert refusal(word_file(nested)).message == "This file is nested too deeply."


def test_a_file_that_takes_too_long_or_too_much_is_ended() -> None:
    long = "<w:p><w:r><w:t>a</w:t></w:r></w:p>"
    with pytest.raises(NotTaken, match="takes too much time or memory"):
        confined.imported(word_file(long * 20_000), SETTINGS, seconds=1)
    with pytest.raises(NotTaken, match="takes too much time or memory"):
        confined.imported(word_file(long * 5_000), SETTINGS, memory=60_000_000)


def test_the_process_of_its_own_says_the_same_as_this_one() -> None:
    file = word_file(paragraph("Tŷ’r Cyngor."), numbered("a", 3, 1))
    assert confined.imported(file, SETTINGS) == confined.converted(file, SETTINGS)
    with pytest.raises(NotTaken, match=r"of the old kind"):
        confined.imported(OLE, SETTINGS)


def test_the_process_of_its_own_is_given_no_secret_of_this_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESK_CLIENT_SECRET", "a secret")
    found = own_process.answer("tests.environment", b"", clock=60)
    assert "PATH" in found and "DESK_CLIENT_SECRET" not in found


def test_a_style_map_in_the_file_is_not_obeyed() -> None:
    rules = "p => script:fresh\nr => iframe\np[style-name='Title'] => !"
    file = word_file(paragraph("Text.", style="Title"), replaced={"mammoth/style-map": rules})
    assert converted(file).html == "<body><h1>Text.</h1></body>"


def test_no_file_of_the_machine_is_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.png"
    secret.write_text("secret")
    linked = (
        '<w:r><w:drawing><wp:inline><wp:docPr id="1" descr="Logo"/><a:graphic><a:graphicData><pic:pic><pic:blipFill>'
        '<a:blip r:link="rId9"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )
    file = word_file(paragraph(linked + text("x")), links={"rId9": secret.as_uri()})
    assert converted(file).html == '<body><p><img alt="Logo">x</p></body>'


def test_parts_outside_the_package_are_not_read(tmp_path: Path) -> None:
    outside = tmp_path / "styles.xml"
    outside.write_text("<w:styles/>")
    listed = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="x/styles" '
        f'Target="{outside.as_uri()}" TargetMode="External"/><Relationship Id="b" Type="x/numbering" Target="../../../..{outside}"/>'
        "</Relationships>"
    )
    file = word_file(paragraph("Text."), replaced={"word/_rels/document.xml.rels": listed})
    assert converted(file).html == "<body><p>Text.</p></body>"


def test_words_that_look_like_markup_are_words() -> None:
    words = "&lt;script&gt;alert(1)&lt;/script&gt; &amp;amp; &lt;img src=x onerror=alert(1)&gt;"
    bookmark = '<w:bookmarkStart w:id="1" w:name="x&quot; onclick=&quot;alert(1)"/>'
    file = word_file(paragraph(bookmark + text(words), style="H1"), paragraph(words))
    document = converted(file)
    assert document.html == (f'<body><h1 id="x-onclick-alert-1-">{words}</h1><p>{words}</p></body>')


def test_circles_come_to_an_end() -> None:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{own}"><w:name w:val="{own}"/><w:basedOn w:val="{other}"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        for own, other in (("A", "B"), ("B", "A"), ("C", "C"))
    )
    numbering = '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="A"/></w:abstractNum>'
    numbering += '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    file = word_file(paragraph("a", style="A"), paragraph("c", style="C"), styles=styles, numbering=numbering)
    assert converted(file).html == "<body><p>a</p><p>c</p></body>"


def test_numbers_that_word_cannot_mean_do_no_harm() -> None:
    wild = "9" * 40
    span = cell("x", f'<w:gridSpan w:val="{wild}"/>')
    file = word_file(
        paragraph(
            "a", f'<w:numPr><w:ilvl w:val="{wild}"/><w:numId w:val="2"/></w:numPr><w:outlineLvl w:val="-{wild}"/>'
        ),
        table(row(span, cell("y", '<w:gridSpan w:val="-5"/>')), row("z")),
        paragraph(f'<w:r><w:sym w:font="Symbol" w:char="{wild}"/></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'),
    )
    assert converted(file).words == ("a", "x", "y", "z")


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10**9))
def test_a_mutated_file_is_read_or_refused(seed: int) -> None:
    fuzz_word.judge(seed)


@pytest.mark.parametrize("words", ["The Act ", "A ", "of the ", "a"])
def test_a_long_run_of_words_like_the_name_of_an_act_is_taken_in_time(words: str) -> None:
    text = "Bins\n\nWe keep " + words * (60_000 // len(words))
    assert confined.imported(text.encode(), Settings("bins.txt", "https://www.example.org"), seconds=8).text
