"""Word files for the tests of the import: made here, part by part, so that nothing binary is kept."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import docx
from docx.document import Document as WordDocument

_SCHEMAS = "http://schemas.openxmlformats.org"
SPACES = " ".join(
    f'xmlns:{prefix}="{space}"'
    for prefix, space in {
        "w": f"{_SCHEMAS}/wordprocessingml/2006/main",
        "r": f"{_SCHEMAS}/officeDocument/2006/relationships",
        "wp": f"{_SCHEMAS}/drawingml/2006/wordprocessingDrawing",
        "a": f"{_SCHEMAS}/drawingml/2006/main",
        "pic": f"{_SCHEMAS}/drawingml/2006/picture",
        "c": f"{_SCHEMAS}/drawingml/2006/chart",
        "dgm": f"{_SCHEMAS}/drawingml/2006/diagram",
        "m": f"{_SCHEMAS}/officeDocument/2006/math",
        "mc": f"{_SCHEMAS}/markup-compatibility/2006",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
    }.items()
)
TYPES = f"""\
<Types xmlns="{_SCHEMAS}/package/2006/content-types">\
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
<Default Extension="xml" ContentType="application/xml"/></Types>"""
STYLES = """\
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/></w:style>
<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/></w:style>
<w:style w:type="paragraph" w:styleId="H7"><w:name w:val="heading 7"/></w:style>
<w:style w:type="paragraph" w:styleId="Section"><w:name w:val="Council Section"/><w:basedOn w:val="H1"/></w:style>
<w:style w:type="paragraph" w:styleId="Part"><w:name w:val="Part"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="LB"><w:name w:val="List Bullet"/>
<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="LB2"><w:name w:val="List Bullet 2"/>
<w:pPr><w:numPr><w:numId w:val="4"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Clause"><w:name w:val="Clause"/><w:basedOn w:val="Normal"/>
<w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="SubClause"><w:name w:val="SubClause"/><w:basedOn w:val="Clause"/></w:style>
<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>
<w:style w:type="character" w:styleId="Secret"><w:name w:val="Secret"/><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Gone"><w:name w:val="Gone"/><w:rPr><w:strike/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Draft"><w:name w:val="Draft"/><w:rPr><w:vanish/></w:rPr></w:style>"""


def _level(level: int, number_format: str, text: str, more: str = "", start: int = 1) -> str:
    indent = f'<w:pPr><w:ind w:left="{720 * (level + 1)}" w:hanging="360"/></w:pPr>'
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="{start}"/><w:numFmt w:val="{number_format}"/>{more}'
        f'<w:lvlText w:val="{text}"/>{indent}</w:lvl>'
    )


NUMBERING = "".join(
    [
        f'<w:abstractNum w:abstractNumId="1">{_level(0, "bullet", "•")}{_level(1, "bullet", "o")}</w:abstractNum>',
        f'<w:abstractNum w:abstractNumId="2">{_level(0, "decimal", "%1.")}{_level(1, "lowerLetter", "(%2)")}'
        f"{_level(2, 'lowerRoman', '(%3)')}</w:abstractNum>",
        '<w:abstractNum w:abstractNumId="3">',
        _level(0, "decimal", "%1.", '<w:pStyle w:val="Clause"/>'),
        _level(1, "decimal", "%1.%2", '<w:pStyle w:val="SubClause"/>'),
        _level(2, "lowerLetter", "(%3)"),
        _level(3, "lowerRoman", "(%4)"),
        "</w:abstractNum>",
        f'<w:abstractNum w:abstractNumId="4">{_level(0, "bullet", "o")}</w:abstractNum>',
        f'<w:abstractNum w:abstractNumId="5">{_level(0, "none", "%1")}{_level(1, "upperRoman", "Part %2")}</w:abstractNum>',
        *(f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>' for number in range(1, 6)),
        '<w:num w:numId="6"><w:abstractNumId w:val="2"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="4"/>'
        "</w:lvlOverride></w:num>",
    ]
)
_KINDS = {"styles": "styles", "numbering": "numbering", "footnotes": "footnotes", "endnotes": "endnotes"}
_KINDS |= {"comments": "comments", "header": "hdr", "footer": "ftr"}


def text(words: str, properties: str = "") -> str:
    """A run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def paragraph(content: str, properties: str = "", *, style: str = "") -> str:
    """A paragraph of runs, or of plain words."""
    runs = content if content.startswith("<") or not content else text(content)
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{runs}</w:p>"


def numbered(content: str, number: int, level: int = 0) -> str:
    """A paragraph in a list."""
    return paragraph(content, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def table(*rows: str, properties: str = "") -> str:
    """A table of rows."""
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr>{''.join(rows)}</w:tbl>"


def row(*cells: str, properties: str = "") -> str:
    """A row of cells, or of their words."""
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(each if each.startswith('<w:tc>') else cell(each) for each in cells)}</w:tr>"


def cell(content: str, properties: str = "") -> str:
    """A cell of paragraphs, or of plain words."""
    blocks = content if content.startswith("<w:") else paragraph(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{blocks}</w:tc>"


def field(instruction: str, result: str) -> str:
    """A field of several runs."""
    sign = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    told = f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
    return sign.format("begin") + told + sign.format("separate") + result + sign.format("end")


def box(content: str) -> str:
    """A run with a text box, as Word writes it: DrawingML, and VML to fall back on."""
    drawing = f'<w:drawing><wp:anchor><wp:docPr id="1" name="Box"/><a:graphic><a:graphicData><wps:wsp><wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>'
    old = f"<w:pict><v:shape><v:textbox><w:txbxContent>{content}</w:txbxContent></v:textbox></v:shape></w:pict>"
    return f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{drawing}</mc:Choice><mc:Fallback>{old}</mc:Fallback></mc:AlternateContent></w:r>'


def picture(alt: str) -> str:
    """A run with a picture."""
    return f'<w:r><w:drawing><wp:inline><wp:docPr id="2" name="Picture 1" descr="{alt}"/><a:graphic><a:graphicData><pic:pic/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'


def word_file(
    *body: str,
    links: Mapping[str, str] | None = None,
    replaced: Mapping[str, bytes | str] | None = None,
    **parts: str,
) -> bytes:
    """A Word file with that body. `links` are outside addresses by id; `parts` the insides of other parts by kind."""
    parts = {"styles": STYLES, "numbering": NUMBERING, **parts}
    files: dict[str, bytes | str] = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": _relationships(_relationship("rId1", "officeDocument", "word/document.xml")),
        "word/document.xml": f"<w:document {SPACES}><w:body>{''.join(body)}<w:sectPr/></w:body></w:document>",
    }
    listed = [_relationship(f"part-{kind}", kind, f"{kind}.xml") for kind in parts]
    outside = [
        _relationship(name, "hyperlink", target, ' TargetMode="External"') for name, target in (links or {}).items()
    ]
    files["word/_rels/document.xml.rels"] = _relationships(*listed, *outside)
    for kind, content in parts.items():
        files[f"word/{kind}.xml"] = f"<w:{_KINDS[kind]} {SPACES}>{content}</w:{_KINDS[kind]}>"
    return zipped({**files, **(replaced or {})})


def zipped(files: Mapping[str, bytes | str]) -> bytes:
    """Files as a ZIP archive."""
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def saved(document: WordDocument) -> bytes:
    """A document of python-docx as a file."""
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def new_document() -> WordDocument:
    """An empty document of python-docx, with Word's own styles."""
    return docx.Document()


def _relationship(name: str, kind: str, target: str, more: str = "") -> str:
    escaped = target.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
    return f'<Relationship Id="{name}" Type="{_SCHEMAS}/officeDocument/2006/relationships/{kind}" Target="{escaped}"{more}/>'


def _relationships(*links: str) -> str:
    return f'<Relationships xmlns="{_SCHEMAS}/package/2006/relationships">{"".join(links)}</Relationships>'


_ATTRIBUTES = re.compile(rb'w:(?:val|id|instr|name|ilvl|fldCharType)="[^"]*"')
_TAGS = re.compile(rb"</?(?:w|mc|wp|a|wps):[A-Za-z]+[^>]*>")
_VALUES = (
    b"0",
    b"-1",
    b"9",
    b"99999999999",
    b"",
    b"x",
    b"restart",
    b"continue",
    b"begin",
    b"separate",
    b"end",
    b"TOC",
    b"PAGE",
)


def mutated(data: bytes, rng: random.Random) -> bytes:
    """A Word file with something wrong in its XML, or in its package."""
    if rng.random() < 0.15:
        return _damaged(data, rng)
    with ZipFile(BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    for _ in range(rng.randint(1, 5)):
        name = rng.choice([*files, "word/document.xml", "word/document.xml"])
        files[name] = rng.choice((_other_value, _tag_gone, _tag_moved, _tag_moved, _part_repeated, _damaged))(
            files.get(name, b""), rng
        )
        if rng.random() < 0.05:
            del files[name]
    return zipped(files) if files else b""


def _damaged(data: bytes, rng: random.Random) -> bytes:
    changed = bytearray(data or b"x")
    for _ in range(rng.randint(1, 4)):
        changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed[: rng.choice((len(changed), len(changed), rng.randrange(len(changed))))])


def _other_value(data: bytes, rng: random.Random) -> bytes:
    return _replaced(data, _ATTRIBUTES, rng, lambda found: found.partition(b'"')[0] + b'"' + rng.choice(_VALUES) + b'"')


def _tag_gone(data: bytes, rng: random.Random) -> bytes:
    """An element without its content's frame: its start and end go."""
    found = list(re.finditer(rb"<(w:[A-Za-z]+)(?: [^>]*)?>(.*?)</\1>", data, re.S))
    if not found:
        return data
    one = rng.choice(found)
    return data[: one.start()] + one[2] + data[one.end() :]


def _tag_moved(data: bytes, rng: random.Random) -> bytes:
    """A whole element in the place of another, or before it."""
    found = list(re.finditer(rb"<((?:w|mc):[A-Za-z]+)(?: [^>]*)?(?:/>|>.*?</\1>)", data, re.S))
    if len(found) < 2:
        return data
    one, other = rng.choice(found), rng.choice(found)
    return data[: other.start()] + one[0] + data[rng.choice((other.start(), other.end())) :]


def _part_repeated(data: bytes, rng: random.Random) -> bytes:
    return _replaced(data, _TAGS, rng, lambda found: found * 2)


def _replaced(data: bytes, pattern: re.Pattern[bytes], rng: random.Random, change: Callable[[bytes], bytes]) -> bytes:
    found = list(pattern.finditer(data))
    if not found:
        return data
    one = rng.choice(found)
    return data[: one.start()] + change(one[0]) + data[one.end() :]
