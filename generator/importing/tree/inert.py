"""HTML read as inert data: nothing is fetched, no entity or document type is followed, no depth goes unbounded."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree, html

from generator.importing.document import Loss
from generator.importing.refusal import NotTaken
from generator.importing.words import clean

Element = etree._Element
MAX_BYTES = 5_000_000
MAX_DEPTH = 100
"""How deeply elements may be nested; pages of councils need about 40."""
DEAD = frozenset(("script", "style", "template", "head", "title", "meta", "link", "base", "param", "source", "track"))
"""Elements without any text that is seen."""
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.I)
CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_DOCTYPE = re.compile(r"<!DOCTYPE[^>\[]*\[", re.I)


def decoded(data: bytes) -> str:
    """The text of a file: by its byte order mark, its `<meta charset>`, as UTF-8, and else as windows-1252."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    for name in ("utf-8-sig", *(found.decode("ascii") for found in _DECLARED.findall(data[:4096])[:1])):
        try:
            return data.decode("windows-1252" if name.lower() in ("iso-8859-1", "latin1", "us-ascii") else name)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("windows-1252", "replace")


def parse(text: str) -> Element:
    """The page's root element. `NotTaken` where it is too large or nested too deeply to be read whole."""
    if len(text) > MAX_BYTES:
        raise NotTaken("This page is larger than 5 MB.", "Save the part with the notice on its own.")
    if _DOCTYPE.search(text):
        raise NotTaken("This page defines entities of its own.", "Save it from a browser and import that file.")
    parser = html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    text = re.sub(r"^\s*<\?xml[^>]*>", "", CONTROL.sub("", text))
    try:
        root = html.document_fromstring(f"{text}\n" if text.strip() else "<body></body>", parser=parser)
    except etree.ParserError:
        root = html.document_fromstring("<body></body>", parser=parser)
    cut = any(entry.type_name == "ERR_RESOURCE_LIMIT" or "depth" in entry.message for entry in parser.error_log)
    if cut or depth(root) > MAX_DEPTH:
        raise NotTaken(
            f"This page nests its elements more than {MAX_DEPTH} deep.", "Copy its text and paste it with `import -`."
        )
    _lift(root)
    return root


def _lift(root: Element) -> None:
    """Terms, meanings and items whose end tags were left out, which this parser nests, beside each other again."""
    for element in list(root.iter("dt", "dd", "li")):
        parent = element.getparent()
        own = ("li",) if tag_of(element) == "li" else ("dt", "dd")
        if parent is not None and tag_of(parent) in own:
            following = list(element.itersiblings())
            element.tail, tail = None, element.tail
            for child in reversed([element, *following]):
                parent.addnext(child)
            if tail:
                element.append(make("span", tail))


def depth(root: Element) -> int:
    """How deeply elements are nested."""
    deepest, level = 0, 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        level += 1 if event == "start" else -1
        deepest = max(deepest, level)
    return deepest


def body_of(root: Element) -> Element:
    """The body, or the root where a parser made none."""
    body = root.find("body")
    return root if body is None else body


def tag_of(element: Element) -> str:
    """An element's name in lower case; empty for what is no element. Office's `o:p` keeps its prefix."""
    return element.tag.lower() if isinstance(element.tag, str) else ""


def classes_of(element: Element) -> list[str]:
    """The classes of an element."""
    return (element.get("class") or "").split()


def words_in(element: Element) -> str:
    """The text of an element on one line, without that of scripts and styles."""
    return clean(" ".join(_texts(element))).strip()


def _texts(element: Element) -> Iterator[str]:
    if tag_of(element) in DEAD or not tag_of(element):
        return
    yield element.text or ""
    for child in element:
        yield from _texts(child)
        yield child.tail or ""


def remove(element: Element) -> None:
    """Take an element out with its content; the text after it stays."""
    parent = element.getparent()
    if parent is None:
        return
    _add_text(element, element.tail or "")
    element.tail = None
    parent.remove(element)


def unwrap(element: Element) -> None:
    """Take an element out, but leave its content where it was."""
    parent = element.getparent()
    if parent is None:
        return
    _add_text(element, element.text or "")
    index = parent.index(element)
    children = list(element)
    for offset, child in enumerate(children):
        parent.insert(index + offset, child)
    tail, element.tail = element.tail or "", None
    if children:
        children[-1].tail = (children[-1].tail or "") + tail
        parent.remove(element)
    else:
        _add_text(element, tail)
        parent.remove(element)


def _add_text(element: Element, text: str) -> None:
    """Put text directly before an element."""
    before, parent = element.getprevious(), element.getparent()
    if before is not None:
        before.tail = (before.tail or "") + text
    elif parent is not None:
        parent.text = (parent.text or "") + text


def make(tag: str, text: str = "", **attributes: str) -> Element:
    """A new element."""
    element = etree.Element(tag, {name.replace("_", "-"): value for name, value in attributes.items()})
    element.text = text or None
    return element


def leave_out(element: Element, kind: str, losses: list[Loss]) -> None:
    """Take an element out and note what it said."""
    losses.append(Loss(kind, where(element), words_in(element)))
    remove(element)


def where(element: Element) -> str:
    """Where an element is: the first words of the block around it, or the heading before it."""
    around = next(element.iterancestors("p", "li", "td", "th", "dd", "dt", *_HEADINGS), None)
    if around is not None and len(text := words_in(around)) > len(words_in(element)):
        return first_words(text)
    heading = next((h for h in element.iterancestors(*_HEADINGS)), None)
    if heading is None:
        heading = next(
            iter(element.xpath("preceding::*[self::h1|self::h2|self::h3|self::h4|self::h5|self::h6][1]")), None
        )
    return first_words(words_in(heading)) if heading is not None else ""


def first_words(text: str) -> str:
    """The start of a text, cut after a word at about sixty characters."""
    return text if len(text) <= 60 else text[:60].rpartition(" ")[0] + " ..."


def style(element: Element) -> str:
    """The `style` attribute in lower case without spaces: `display:none;color:red`."""
    return re.sub(r"\s+", "", element.get("style") or "").lower()


def inner_html(body: Element) -> str:
    """A body as HTML text, for a `Document`."""
    body.tag = "body"
    for name in list(body.attrib):
        del body.attrib[name]
    return as_html(body)


def as_html(element: Element) -> str:
    """An element as HTML text."""
    return etree.tostring(element, encoding="unicode", method="html", with_tail=False)
