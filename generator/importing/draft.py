"""The blocks of a document while they become a notice: its title, sections, ids and links, and what the report says about it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from urllib.parse import urldefrag, urljoin, urlsplit

from generator.content import gaps, marks
from generator.content.decode import nearest
from generator.content.heading_texts import proposed_section
from generator.content.notice_file import ANCHOR
from generator.content.reserved_ids import MAIN, is_reserved
from generator.content.section_order import ORDER
from generator.importing import last_updated, placeholders
from generator.importing.document import Loss
from generator.importing.proposals import Passage
from generator.importing.settings import Settings
from generator.importing.title import looks_bold, title_in
from generator.importing.tree.blocks import Block, Span, all_spans, every, plain, tidy
from generator.importing.tree.cleaning import SCHEMES
from generator.importing.tree.inert import first_words
from generator.importing.words import clean
from generator.wording.page_ids import slug
from widget.manifest import IDENT

_FORM = re.compile(r"[a-z][a-z0-9-]*")
"""The form of an id that a heading can have as its own."""
_SITE_NAME = re.compile(r"\s+(?:[|–—:]{1,2}|-)\s+")


class Draft:
    """The blocks of a notice while they are put in order, and what the report says about it."""

    def __init__(self, settings: Settings, blocks: list[Block], losses: list[Loss], added: list[str]) -> None:
        self.settings, self.blocks, self.losses, self.added = settings, blocks, losses, added
        self.notes: list[str] = []
        self.lines: list[str] = []
        self.title_words = ""
        self.top_anchors: list[str] = []
        self.named: dict[int, str] = {}
        self.standard: dict[int, str] = {}
        for spans in all_spans(blocks):
            for kind, value in (mark for span in spans for mark in span.marks):
                if kind == "footnote":
                    added.append(value)
                if kind == "mark":
                    added.append(marks.text(""))
        for block, following in pairwise([*blocks, None]):
            if block is not None and block.kind == "p" and (block.proposed or _looks_like_a_heading(block, following)):
                block.proposed = True
                self._propose(block)

    def _propose(self, block: Block) -> None:
        if self.settings.headings:
            block.kind, block.made = "h", False
            block.level = block.level or 2
            spans = (Span(span.text, tuple(m for m in span.marks if m[0] != "strong")) for span in block.spans)
            block.spans = tidy(spans)

    def take_title(self, of_document: str, *, of_page: bool) -> str:
        """The line that is the title, taken out of the text; else what the document or its file is called."""
        name = _SITE_NAME.split(clean(of_document).strip())[0]
        title = title_in(self.blocks, name, of_page=of_page)
        if title is not None:
            if title.proposed or title.kind == "p":
                self.notes.append(f"The title is the first line of the document, “{title.text}”.")
            self.top_anchors = title.anchors
            self._lose_links(title)
            self.blocks.remove(title)
            return self._title_with_marks(title.text.rstrip(" :"))
        title_text = name or re.sub(r"[-_]+", " ", self.settings.name.rpartition("/")[2].rpartition(".")[0]) or "Notice"
        self.added.append(title_text)
        self.notes.append(f"The document has no heading for a title; “{title_text}” is what it or its file is called.")
        return self._title_with_marks(title_text)

    def _title_with_marks(self, text: str) -> str:
        self.title_words = text
        self.losses += placeholders.in_report(text, gaps.found_in(text))
        marked = gaps.marked(text)
        self.added += [marked] if marked != text else []
        return marked

    def mark_gaps(self) -> None:
        """Put marks to fill in where the document has the gaps of a template."""
        found = placeholders.mark_gaps(self.blocks)
        self.losses += found
        self.added += [gap.mark for loss in found for gap in gaps.found_in(loss.text) if gap.mark]

    def _lose_links(self, heading: Block) -> None:
        """The heading of a page and of a section shows no links; they are named."""
        for span in heading.spans:
            for kind, address in span.marks:
                if kind == "a":
                    self.losses.append(Loss("link in a heading", heading.text, address))
        heading.spans = tidy(Span(span.text, tuple(m for m in span.marks if m[0] != "a")) for span in heading.spans)

    def take_dates(self, elsewhere: str) -> None:
        """Take out lines that say when the page was updated: the notice shows its own dates."""
        self.blocks, self.lines = last_updated.taken_out(self.blocks)
        if elsewhere and elsewhere not in self.lines:
            self.lines.append(elsewhere)
        for line in self.lines:
            self.notes.append(f"Taken out, since Noticeboard shows the dates itself: “{line}”.")

    def lower_headings(self) -> None:
        """The highest headings become `##`, the next `###`, without a level left out."""
        opened: list[tuple[int, int]] = []
        for block in self.blocks:
            if block.kind != "h":
                continue
            while opened and opened[-1][0] >= block.level:
                opened.pop()
            new = min(6, opened[-1][1] + 1 if opened else 2)
            opened.append((block.level, new))
            block.level = new
        inner = (block for outer in self.blocks for item in outer.items for block in every(item))
        for block in inner:
            if block.kind == "h":
                self.losses.append(Loss("heading in a list or quotation", block.text, "It is bold text now."))
                block.kind = "p"
                block.spans = [Span(span.text, (("strong", ""), *span.marks)) for span in block.spans]

    def resolve_links(self) -> None:
        """Whole addresses for all links, and those within the page to the sections that have the words."""
        places = dict(self._places())
        for spans in all_spans(self.blocks):
            for index, span in enumerate(spans):
                marks = tuple(
                    (kind, self._resolved(value, places, span)) if kind == "a" else (kind, value)
                    for kind, value in span.marks
                )
                spans[index] = Span(span.text, tuple(mark for mark in marks if mark != ("a", "")))

    def _places(self) -> Iterator[tuple[str, Block | None]]:
        """Every id of the document with the section that holds it; None for the text before the first."""
        for name in self.top_anchors:
            yield name, None
        section: Block | None = None
        for block in self.blocks:
            section = block if block.kind == "h" and block.level == 2 else section
            for inner in every([block]):
                if inner.kind not in ("dl", "notes"):
                    yield from ((name, section) for name in inner.anchors)

    def _resolved(self, href: str, places: dict[str, Block | None], span: Span) -> str:
        """Where a link leads, empty where it can lead nowhere."""
        page = urldefrag(self.settings.address)[0]
        base = page or f"{self.settings.website.rstrip('/')}/"
        try:
            target, fragment = urldefrag(urljoin(base, href) if not href.startswith("#") else href)
            scheme = urlsplit(target).scheme
        except ValueError:
            target, fragment, scheme = href, "", "broken"
        if href.startswith("#") or (page and target == page and fragment):
            return self._within(fragment, places, span)
        if scheme not in SCHEMES:
            self.losses.append(Loss("link", first_words(span.text), href))
            return ""
        if not page and not urlsplit(href).scheme and not href.startswith("/"):
            note = f"The link “{first_words(span.text.strip())}” was relative ({href}); give the page's address with --from."
            self.notes += [note] if note not in self.notes else []
        return f"{target}#{fragment}" if fragment else target

    def _within(self, fragment: str, places: dict[str, Block | None], span: Span) -> str:
        if fragment in ("", "top"):
            return f"#{MAIN}"
        if fragment not in places:
            self.losses.append(Loss("link", first_words(span.text), f"#{fragment} is no place in the document"))
            return ""
        section = places[fragment]
        return f"#{MAIN}" if section is None else f"#{self.named[id(section)]}"

    def find_ids(self) -> None:
        """An id for each section: the standard one that its words propose, else its old one, else one of its words."""
        taken: set[str] = set()
        lines = (block for block in self.blocks if block.kind == "h" or block.proposed)
        for block in sorted(
            lines, key=lambda line: not _starts_section(line)
        ):  # a section goes before a line within one
            proposed = proposed_section(block.text)
            if proposed and proposed not in taken:
                self.standard[id(block)] = proposed
                taken.add(proposed)
        for head in filter(_starts_section, self.blocks):
            if id(head) in self.standard:
                self.named[id(head)] = self.standard[id(head)]
                continue
            names = [name for name in head.ids if can_be_written(name) and name not in taken]
            name = names[0] if names else _free(slug(head.text), taken)
            self.named[id(head)] = name
            taken.add(name)

    def name_sections(self) -> list[str]:
        """Write ids to the headings: the standard section, or an old anchor; the standard sections that the text has."""
        led_to = {
            mark[1][1:]
            for spans in all_spans(self.blocks)
            for span in spans
            for mark in span.marks
            if mark[0] == "a" and mark[1].startswith("#")
        }
        lost: list[str] = []
        written = set(self.named.values())
        for head in [block for block in self.blocks if block.kind == "h"]:
            if head.level != 2:
                lost += self._keep_one_id(head, written)
                continue
            self._lose_links(head)
            name = self.named[id(head)]
            standard = self.standard.get(id(head))
            if standard:
                self.notes.append(
                    f"“{head.text}” looks like the standard section `{standard}`; take the mark away if not."
                )
            old = [anchor for anchor in head.ids if can_lead_here(anchor) and anchor not in written]
            written |= set(old)
            lost += [anchor for anchor in head.ids if anchor not in written]
            own = [name] if standard or name in head.ids or name in led_to or any(map(IDENT.fullmatch, old)) else []
            marks = "".join(f" {{#{anchor}}}" for anchor in [*own, *old])
            head.spans = [*head.spans, Span(marks, (("literal", ""),))] if marks else head.spans
        if lost:
            self.notes.append(
                "Old anchors that could not be kept, so that links to them lead to the top of the page: "
                + ", ".join(f"#{name}" for name in dict.fromkeys(lost))
                + "."
            )
        for block in self.blocks:
            if id(block) in self.standard and id(block) not in self.named:
                like = f"“{block.text}” seems to begin the standard section `{self.standard[id(block)]}`"
                self.notes.append(f"{like}, so `says` names that; take it out there if not.")
        return [self.standard[id(block)] for block in self.blocks if id(block) in self.standard]

    def proposed_headings(self) -> list[str]:
        """The lines that look like headings, each as the heading that it would be."""
        lines = [block for block in self.blocks if block.proposed and block.kind == "p"]
        marks_of = {id(block): f" {{#{self.standard[id(block)]}}}" for block in lines if id(block) in self.standard}
        return [f"## {block.text}{marks_of.get(id(block), '')}" for block in lines]

    def _keep_one_id(self, head: Block, written: set[str]) -> list[str]:
        """Write one old id to a heading within a section, which has room for no more; the others."""
        kept = next((anchor for anchor in head.ids if can_lead_here(anchor) and anchor not in written), None)
        if kept is not None:
            written.add(kept)
            head.spans = [*head.spans, Span(f" {{#{kept}}}", (("literal", ""),))]
        return [anchor for anchor in head.ids if anchor != kept]

    def passages(self) -> Iterator[Passage]:
        """The text with the standard section that each part is in, for proposals of facts."""
        section: str | None = None
        for block in self.blocks:
            if block.kind == "h" or block.proposed:
                section = self.standard.get(id(block), section if block.level > 2 else None)
            for inner in every([block]):
                if inner.kind == "p":
                    yield Passage(section, inner.text, is_item=block.kind in ("ul", "ol"))
                for row in inner.rows:
                    cells = [plain(cell).replace("\n", " ") for cell in row]
                    yield Passage(section, "; ".join(cells), record=cells[0] if cells else "")


def _starts_section(block: Block) -> bool:
    return block.kind == "h" and block.level == 2


def _looks_like_a_heading(block: Block, following: Block | None) -> bool:
    """Whether a paragraph is short, bold throughout, no sentence, and text follows."""
    return looks_bold(block) and following is not None and following.kind in ("p", "ul", "ol", "table", "dl")


def can_lead_here(name: str) -> bool:
    """Whether an old id can be kept beside a heading's own: none of the page's and no standard section's."""
    own = is_reserved(name) or name in ORDER or name.startswith("fn")
    return ANCHOR.fullmatch(name) is not None and not own


def can_be_written(name: str) -> bool:
    """Whether an old id can be a heading's own: of our form, and not nearly a standard section's."""
    of_form = _FORM.fullmatch(name) and IDENT.fullmatch(name)
    return bool(of_form) and can_lead_here(name) and nearest(name, ORDER) is None


def _free(name: str, taken: set[str]) -> str:
    base = name if can_be_written(name) else f"section-{name}".strip("-")
    number, result = 1, base
    while result in taken:
        number += 1
        result = f"{base}-{number}"
    return result
