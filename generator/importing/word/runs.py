"""The text inside a paragraph: which runs are seen, what they look like, where they lead, and what must be reported."""

from __future__ import annotations

import re
from collections.abc import Callable

from generator.importing.word.fields import Fields
from generator.importing.word.line import Format, Line, Link
from generator.importing.word.package import Relationship
from generator.importing.word.pictures import Drawing, drawing
from generator.importing.word.source import Findings, Source
from generator.importing.word.symbols import readable
from generator.importing.word.words import follows_custom_mark, font_of, is_contents_control, symbol_of
from generator.importing.word.xml import Element, branch, child, elements, is_on, name, number_value, text_value

_ALLOWED = re.compile(r"(?i)(?:https?|mailto|tel):[^\s<>]")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|\\\\|//")
_WWW = re.compile(r"(?i)www\.[\w-]+\.[\w.-]+(?:[/?#]\S*)?")
_DELETED = frozenset({"w:delText", "w:t"})
_RAISED = frozenset({"superscript", "subscript"})
_PAGE_BREAKS = frozenset({"page", "column"})


class Runs:
    """Writes the runs of one story, the body or a note, line by line."""

    def __init__(self, source: Source, findings: Findings, story: Element, kind: str) -> None:
        self._styles = source.styles
        self._source = source
        self._findings = findings
        self._relationships = source.links.get(kind, {})
        self._fields = Fields(story)
        self._is_note = kind != "body"
        self._placeholder = False
        self._change = ""  # `insertion` or `move`
        self._link = Link()
        self._inside: dict[str, Callable[[Element, Line], None]] = {
            name("w:r"): self._run,
            name("w:hyperlink"): self._hyperlink,
            name("w:ins"): lambda element, line: self._changed("insertion", element, line),
            name("w:moveTo"): lambda element, line: self._changed("move", element, line),
            name("w:del"): lambda element, line: self._removed(element, line, "deletion"),
            name("w:moveFrom"): lambda element, line: self._removed(element, line, ""),
            name("w:sdt"): self._control,
            name("w:fldSimple"): self._simple_field,
            name("w:bookmarkStart"): self._bookmark,
            name("m:oMath"): self._formula,
            name("w:pPr"): _nothing,
            name("mc:AlternateContent"): self._alternatives,
        }
        self._parts: dict[str, Callable[[Element, Format, Line], None]] = {
            name("w:t"): self._text,
            name("w:tab"): lambda _, form, line: self._say("\t", form, line),
            name("w:ptab"): lambda _, form, line: self._say("\t", form, line),
            name("w:br"): self._break,
            name("w:cr"): self._break,
            name("w:noBreakHyphen"): lambda _, form, line: self._say("\u2011", form, line),
            name("w:sym"): self._symbol,
            name("w:fldChar"): self._field_sign,
            name("w:instrText"): lambda element, _, line: self._fields.instruct(element.text or ""),
            name("w:footnoteReference"): self._note,
            name("w:endnoteReference"): self._note,
            name("w:commentReference"): self._comment,
            name("w:ruby"): self._ruby,
            name("mc:AlternateContent"): self._alternatives_in_run,
            **{name(tag): self._drawing for tag in ("w:drawing", "w:pict", "w:object")},
        }

    def write(self, parent: Element, line: Line) -> None:
        """Write what is inside a paragraph, or inside an element in one."""
        for element in elements(parent):
            self._inside.get(str(element.tag), self.write)(element, line)

    def in_control(self, control: Element, write: Callable[[], None], where: str) -> None:
        """Write a content control's content, as a placeholder where nobody has filled it in."""
        shows_placeholder = child(control, "w:sdtPr", "w:showingPlcHdr")
        before = self._placeholder
        if shows_placeholder is not None and is_on(shows_placeholder):
            self._placeholder = True
            content = child(control, "w:sdtContent")
            texts = [] if content is None else [text.text or "" for text in content.iter(name("w:t"))]
            self._findings.lose("placeholder", where, "".join(texts))
        write()
        self._placeholder = before

    def pass_signs(self, element: Element) -> None:
        """Pass the fields in something that is not written, so that they do not stay open."""
        for part in element.iter(name("w:fldChar"), name("w:instrText")):
            if part.tag == name("w:fldChar"):
                self._fields.sign(part)
            else:
                self._fields.instruct(part.text or "")

    def _run(self, run: Element, line: Line) -> None:
        if self._styles.hidden(run):
            line.noted["hidden text"] += _own_text(run)
            self.pass_signs(run)
            return
        form = self._format(run)
        for part in elements(run):
            self._part(part, form, line)

    def _part(self, part: Element, form: Format, line: Line) -> None:
        writer = self._parts.get(str(part.tag))
        if writer is not None:
            writer(part, form, line)

    def _format(self, run: Element) -> Format:
        own_style = text_value(child(run, "w:rPr", "w:rStyle"))
        raised = text_value(self._styles.run_property(run, "w:vertAlign"))
        placeholder = self._placeholder or "placeholder text" in self._styles.names(own_style)
        return Format(
            bold=self._styles.run_is(run, "w:b"),
            italic=self._styles.run_is(run, "w:i"),
            struck=self._is(run, "w:strike") or self._is(run, "w:dstrike"),
            raised=raised if raised in _RAISED else "",
            mark="placeholder" if placeholder else "",
        )

    def _is(self, run: Element, switch: str) -> bool:
        """The same with the style of the paragraph."""
        return self._styles.run_is(run, switch, paragraph=next(run.iterancestors(name("w:p")), None))

    def _text(self, element: Element, form: Format, line: Line) -> None:
        run = element.getparent()
        if run is None or follows_custom_mark(element):
            return
        text = readable(element.text or "", font_of(self._styles, run))
        if form.struck:
            line.noted["struck text"] += text
        in_capitals = self._styles.run_is(run, "w:caps") or self._styles.run_is(run, "w:smallCaps")
        if in_capitals and text != text.upper():
            line.noted["capitals"] += text
        self._say(text, form, line, bold=form.bold or self._is(run, "w:b"))

    def _say(self, text: str, form: Format, line: Line, *, bold: bool = False) -> None:
        if not text or not self._fields.shows(text):
            return
        if self._change and text.strip():
            line.noted[self._change] += text
        mark = form.mark or self._fields.innermost("mark")
        if mark and mark != form.mark:
            line.noted[mark] += text
            form = Format(form.bold, form.italic, form.struck, form.raised, mark)
        line.write(text, form, self._link_here(line), bold=bold)

    def _break(self, element: Element, form: Format, line: Line) -> None:
        if text_value(element, "w:type") in _PAGE_BREAKS:
            self._say(" ", form, line)
        elif self._fields.shows(" "):
            line.text += "\n"
            line.add("w:br", form, self._link_here(line))

    def _symbol(self, element: Element, form: Format, line: Line) -> None:
        text = symbol_of(element)
        if not text:
            self._findings.lose("symbol", line.where, text_value(element, "w:font"))
        self._say(text, form, line)

    def _field_sign(self, sign: Element, form: Format, line: Line) -> None:
        field = self._fields.sign(sign)
        if field is None:
            return
        if field.left_out:
            self._findings.lose(field.left_out, line.where, field.result if field.left_out == "page number" else "")
        self._say(field.form_value, form, line)

    def _simple_field(self, element: Element, line: Line) -> None:
        field = self._fields.open(text_value(element, "w:instr"))
        self.write(element, line)
        self._fields.close(field)
        if field.left_out:
            self._findings.lose(field.left_out, line.where, field.result if field.left_out == "page number" else "")

    def _hyperlink(self, element: Element, line: Line) -> None:
        relationship = self._relationships.get(text_value(element, "r:id"))
        anchor = text_value(element, "w:anchor")
        self._link = self._link_to(relationship, anchor, line)
        self.write(element, line)
        self._link = Link()

    def _link_here(self, line: Line) -> Link:
        """The link that holds this place, from an element or from a field."""
        if self._link != Link():
            return self._link
        bookmark = self._fields.innermost("bookmark")
        if bookmark:
            return self._link_to(None, bookmark, line)
        address = self._fields.innermost("address")
        if address.startswith("#"):
            return self._link_to(None, address[1:], line)
        return self._link_to(Relationship("hyperlink", address, True), "", line) if address else Link()

    def _link_to(self, relationship: Relationship | None, anchor: str, line: Line) -> Link:
        """A link that may stay; nothing, and a word in the report, for any other."""
        if relationship is None:
            return Link(bookmark=f"bookmark-{self._findings.bookmark(anchor)}") if anchor else Link()
        address = relationship.target.strip()
        if anchor and "#" not in address:
            address = f"{address}#{anchor}"
        if _WWW.fullmatch(address):
            address = f"https://{address}"
        internal = not relationship.external or not address
        if internal or not (_ALLOWED.match(address) or (address.startswith("/") and not _SCHEME.match(address))):
            self._findings.lose("link", line.where, address)
            return Link()
        return Link(relationship=self._findings.relationship(address))

    def _changed(self, kind: str, element: Element, line: Line) -> None:
        before, self._change = self._change, kind
        self.write(element, line)
        self._change = before

    def _removed(self, element: Element, line: Line, kind: str) -> None:
        self.pass_signs(element)
        if kind:
            line.noted[kind] += "".join(text.text or "" for text in element.iter(*map(name, _DELETED)))

    def _control(self, element: Element, line: Line) -> None:
        if is_contents_control(element):
            self.pass_signs(element)
            self._findings.lose("table of contents", line.where)
            return
        content = child(element, "w:sdtContent")
        if content is not None:
            self.in_control(element, lambda: self.write(content, line), line.where)

    def _bookmark(self, element: Element, line: Line) -> None:
        line.bookmarks.append(self._findings.bookmark(text_value(element, "w:name")))

    def _formula(self, element: Element, line: Line) -> None:
        text = "".join(part.text or "" for part in element.iter(name("m:t")))
        self._findings.lose("formula", line.where, text)
        self._say(text, Format(), line)

    def _alternatives(self, element: Element, line: Line) -> None:
        form = branch(element)
        if form is not None:
            self.write(form, line)

    def _alternatives_in_run(self, element: Element, form: Format, line: Line) -> None:
        chosen = branch(element)
        for part in [] if chosen is None else elements(chosen):
            self._part(part, form, line)

    def _note(self, element: Element, form: Format, line: Line) -> None:
        if self._is_note:
            return  # Word has no notes to notes
        kind = "footnote" if element.tag == name("w:footnoteReference") else "endnote"
        number = text_value(element, "w:id")
        if (kind, number) in self._source.notes and self._fields.shows(""):
            line.add(f"w:{kind}Reference", Format(), Link(), w_id=number)

    def _comment(self, element: Element, _: Format, line: Line) -> None:
        comment = self._source.comments.pop(text_value(element, "w:id"), None)
        if comment is not None:
            self._findings.lose("comment", line.where, comment_text(comment))

    def _ruby(self, element: Element, _: Format, line: Line) -> None:
        base, above = child(element, "w:rubyBase"), child(element, "w:rt")
        if base is not None:
            self.write(base, line)
        if above is not None:
            self._findings.lose("reading aid", line.where, _own_text(above))

    def _drawing(self, element: Element, _: Format, line: Line) -> None:
        found: Drawing = drawing(element, self._relationships, self._source.package)
        line.boxes += found.boxes
        for kind, text in found.losses:
            self._findings.lose(kind, line.where, text)
        if found.alt is not None:
            line.picture(found.alt)


def comment_text(comment: Element) -> str:
    """The words of a comment, its paragraphs run together."""
    return " ".join(filter(None, (_own_text(paragraph) for paragraph in comment.iter(name("w:p")))))


def left_indent(element: Element | None) -> int | None:
    """An indent on the side where text begins, in twentieths of a point."""
    left = number_value(element, "w:left")
    return number_value(element, "w:start") if left is None else left


def _own_text(element: Element) -> str:
    return "".join(text.text or "" for text in element.iter(name("w:t")))


def _nothing(_: Element, __: Line) -> None:
    """A part of a paragraph without text."""
