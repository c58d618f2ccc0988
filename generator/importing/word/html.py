"""The cleaned copy of a Word file as HTML, by mammoth; then headings, lists, notes and tables get their shape."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from io import BytesIO
from zipfile import ZipFile

import mammoth  # type: ignore[import-untyped]
from lxml import etree

from generator.importing.refusal import NotTaken
from generator.importing.word.headings import Headings
from generator.importing.word.line import PICTURE, Paragraph
from generator.importing.word.links import redirect_links
from generator.importing.word.lists import Lists
from generator.importing.word.source import Findings
from generator.importing.word.story import MARK
from generator.importing.word.xml import SPACES, Element, name

STYLE_MAP = """
r.placeholder => mark[data-kind='placeholder']
r.date => mark[data-kind='date']
r.mergefield => mark[data-kind='merge field']
r.picture => mark[data-kind='picture']:fresh
strike => del
"""
MAX_HTML = 20_000_000
_NOTE = re.compile(r"#((?:footnote|endnote)-(?!ref-).+)")
_NOTE_BACK = re.compile(r"#(?:footnote|endnote)-ref-")
_TOKEN = re.compile(MARK.format(r"(\d+)"))
_TYPES = """\
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">\
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
<Default Extension="xml" ContentType="application/xml"/></Types>"""


def html_of(document: Element, notes: Mapping[str, Sequence[Element]], findings: Findings) -> Element:
    """The text as `<body>`. `notes` are the cleaned notes by kind."""
    body = _by_mammoth(_package(document, notes, findings.addresses))
    described = _described(body, findings)
    _number_notes(body)
    headings = Headings(described)
    lists = Lists(described, findings, headings)
    for container in [body, *body.iter("td", "th"), *body.xpath("ol[@class='footnotes']/li")]:
        lists.arrange(container)
    redirect_links(body, described, findings)
    for picture in list(body.iter("mark")):
        if picture.get("data-kind") == "picture":
            _as_picture(picture)
    _unwrap_single_paragraphs(body)
    for element in body.iter():
        element.text = _composed(element.text)
        element.tail = _composed(element.tail)
    return body


def _by_mammoth(package: bytes) -> Element:
    """HTML that mammoth makes of a package, which holds nothing but what the cleaning pass wrote."""
    result = mammoth.convert_to_html(
        BytesIO(package),
        style_map=STYLE_MAP,
        include_default_style_map=False,
        include_embedded_style_map=False,
        external_file_access=False,
    )
    if len(result.value) > MAX_HTML:
        raise NotTaken("This file's tables repeat more text than a notice can have.", "Split its merged cells first.")
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False)
    return etree.fromstring(f"<body>{result.value}</body>".encode(), parser)


def _package(document: Element, notes: Mapping[str, Sequence[Element]], addresses: Mapping[str, str]) -> bytes:
    """A Word file with the cleaned text alone: no styles, no numbering, no pictures."""
    links = etree.Element(name("rel:Relationships"), nsmap={None: SPACES["rel"]})
    for address, identity in addresses.items():
        attributes = {"Id": identity, "Type": f"{SPACES['r']}/hyperlink", "Target": address, "TargetMode": "External"}
        etree.SubElement(links, name("rel:Relationship"), attributes)
    parts: dict[str, bytes | str] = {"[Content_Types].xml": _TYPES, "word/document.xml": etree.tostring(document)}
    for kind, its_notes in notes.items():
        root = etree.Element(name(f"w:{kind}s"), nsmap={"w": SPACES["w"]})
        root.extend(its_notes)
        parts[f"word/{kind}s.xml"] = etree.tostring(root)
    for part in ("document", *(f"{kind}s" for kind in notes)):
        parts[f"word/_rels/{part}.xml.rels"] = etree.tostring(links)
    stream = BytesIO()
    with ZipFile(stream, "w") as archive:
        for part_name, content in parts.items():
            archive.writestr(part_name, content)
    return stream.getvalue()


def _described(body: Element, findings: Findings) -> dict[Element, Paragraph]:
    """The notes of the cleaning pass on each paragraph, by the token that it begins with; the tokens go."""
    described: dict[Element, Paragraph] = {}
    for paragraph in body.iter("p"):
        token = _TOKEN.match(paragraph.text or "")
        if token:
            described[paragraph] = findings.paragraphs[int(token[1])]
            paragraph.text = (paragraph.text or "")[token.end() :]
    return described


def _number_notes(body: Element) -> None:
    """References as `<sup class="footnote-ref">`, and the notes once each in a list at the end, without links back."""
    numbers: dict[str, int] = {}
    for link in list(body.iter("a")):
        target = _NOTE.fullmatch(link.get("href", ""))
        sign = link.getparent()
        if target and sign is not None and sign.tag == "sup":
            number = numbers.setdefault(target[1], len(numbers) + 1)
            sign.set("class", "footnote-ref")
            link.attrib.clear()
            link.set("href", f"#fn-{number}")
            link.text = str(number)
        elif _NOTE_BACK.match(link.get("href", "")) and sign is not None:
            _remove_link_back(sign, link)
    for notes in body.findall("ol"):
        notes.set("class", "footnotes")
        for note in list(notes):
            number = numbers.pop(note.get("id", ""), 0)
            if not number:
                notes.remove(note)  # the same note once more
                continue
            note.set("id", f"fn-{number}")
            for paragraph in list(note.iter("p")):
                holder = paragraph.getparent()
                if holder is not None and not len(paragraph) and not (paragraph.text or "").strip():
                    holder.remove(paragraph)


def _remove_link_back(holder: Element, link: Element) -> None:
    """Take out the arrow that mammoth ends a note with, and the space before it."""
    before = link.getprevious()
    if before is None:
        holder.text = (holder.text or "").rstrip()
    else:
        before.tail = (before.tail or "").rstrip()
    holder.remove(link)


def _as_picture(mark: Element) -> None:
    """The words that stand for a picture as those of an image, which has no address any more."""
    mark.tag = "img"
    mark.attrib.clear()
    mark.set("alt", "".join(mark.itertext()).removeprefix(PICTURE))
    mark.text = None
    for inner in list(mark):
        mark.remove(inner)


def _unwrap_single_paragraphs(body: Element) -> None:
    """Take the `<p>` out of items and cells that hold one paragraph, and perhaps lists under it."""
    for holder in body.iter("li", "td", "th"):
        paragraphs = holder.findall("p")
        if len(paragraphs) != 1 or holder[0] is not paragraphs[0] or paragraphs[0].get("dir"):
            continue
        paragraph = holder[0]
        holder.text = paragraph.text
        for offset, inner in enumerate(list(paragraph)):
            holder.insert(offset, inner)
        holder.remove(paragraph)


def _composed(text: str | None) -> str | None:
    return None if text is None else unicodedata.normalize("NFC", text)
