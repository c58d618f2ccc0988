"""Tables as Markdown can hold them: one value a cell, merged values repeated, one header row; or the blocks of a
layout."""

from __future__ import annotations

from collections.abc import Iterator

from generator.importing.tree.blocks import LINE_END, Block, Span, plain, tidy
from generator.importing.tree.inert import DEAD, Element, tag_of, words_in
from generator.importing.tree.reads import Reads

MAX_SPAN = 100
LONG = 300
"""Characters of a cell that is no entry of a table but a column of a page."""
_ROWS = frozenset(("thead", "tbody", "tfoot"))
_PAGE_PARTS = frozenset(
    {"h1", "h2", "h3", "h4", "h5", "h6", "table", "form", "article", "section", "main", "hr", "dl"} | {"blockquote"}
)


def blocks(reader: Reads, table: Element) -> list[Block]:
    """The blocks of a `<table>`: a table, or the blocks of its cells where it only lays out a page."""
    rows = [row for row in _rows(table) if row]
    captions = [block for child in table if tag_of(child) == "caption" for block in reader.blocks(child)]
    if _lays_out(table, rows):
        return (
            captions + [block for row in rows for cell in row for block in reader.blocks(cell)] + _stray(reader, table)
        )
    filled = [row for row in rows if any(words_in(cell) or _described(cell) for cell in row)]
    header = _header_rows(filled)
    grid = _grid(reader, rows)
    if not grid:
        return captions + _stray(reader, table)
    head = _one_header(grid[:header]) if header else [[] for _ in grid[0]]
    found = Block("table", rows=[head, *grid[header:]], anchors=reader.take_anchors())
    if not any(plain(cell).strip() for cell in head):
        reader.lose("table without a header", table, " | ".join(plain(cell) for cell in grid[0]))
    for caption in captions:
        reader.lose("caption of a table", table, caption.text)
    if header > 1:
        reader.lose("header of several rows", table, " | ".join(plain(cell) for cell in head))
        reader.added += [plain(cell) for row in grid[:header] for cell in row]
    return [*captions, found, *_stray(reader, table)]


def _stray(reader: Reads, table: Element) -> list[Block]:
    """Text that is in a table but in no cell."""
    holder = table.makeelement("div", {})
    texts = [table.text or ""]
    for element in table.iterdescendants():
        if tag_of(element) in (*_ROWS, "tr") and _own(table, element):
            texts.append(element.text or "")
        parent = element.getparent()
        if parent is not None and (parent is table or (tag_of(parent) in (*_ROWS, "tr") and _own(table, parent))):
            texts.append(element.tail or "")
    holder.text = " ".join(text for text in texts if text.strip())
    known = {*_ROWS, "tr", "td", "th", "caption", "colgroup", "col", *DEAD}
    for part in (table, *(part for part in table if tag_of(part) in _ROWS)):
        for child in list(part):
            if tag_of(child) and tag_of(child) not in known:
                child.tail = None
                holder.append(child)
    return reader.blocks(holder)


def _own(table: Element, element: Element) -> bool:
    around = element.getparent()
    while around is not None and tag_of(around) != "table":
        around = around.getparent()
    return around is table


def _rows(table: Element) -> Iterator[list[Element]]:
    for child in table:
        if tag_of(child) in _ROWS:
            yield from _rows(child)
        elif tag_of(child) == "tr":
            yield [cell for cell in child if tag_of(cell) and tag_of(cell) not in DEAD]
        elif tag_of(child) in ("td", "th"):
            yield [child]


def _lays_out(table: Element, rows: list[list[Element]]) -> bool:
    """Whether a table only places parts of a page: no header, and one row, one column, or parts of a page in its
    cells."""
    if table.get("role") in ("presentation", "none"):
        return True
    filled = [[cell for cell in row if words_in(cell)] for row in rows]
    filled = [row for row in filled if row]
    if sum(len(row) for row in filled) <= 1:
        return True
    cells = [cell for row in filled for cell in row]
    if any(tag_of(cell) == "th" for cell in cells) or any(tag_of(child) in ("thead", "caption") for child in table):
        return False
    if len(filled) == 1 or all(len(row) == 1 for row in filled):
        return True
    return any(tag_of(inner) in _PAGE_PARTS for cell in cells for inner in cell.iterdescendants()) or any(
        len(words_in(cell)) > LONG and sum(tag_of(inner) == "p" for inner in cell) > 1 for cell in cells
    )


def _header_rows(rows: list[list[Element]]) -> int:
    """How many rows at the top are a header: those in `<thead>`, or of `<th>` alone, or one that is all bold."""
    count = 0
    for row in rows:
        parent = row[0].getparent() if row else None
        section = parent.getparent() if parent is not None else None
        in_head = section is not None and tag_of(section) == "thead"
        if row and (in_head or (all(tag_of(cell) == "th" for cell in row) and len(row) > 1)):
            count += 1
        else:
            break
    if count == len(rows):
        count = min(1, count)
    if not count and len(rows) > 1 and rows[0] and all(_bold(cell) for cell in rows[0]):
        count = 0 if all(_bold(cell) for row in rows[1:] for cell in row) else 1
    return count


def _described(cell: Element) -> bool:
    return any((picture.get("alt") or "").strip() for picture in cell.iter("img"))


def _bold(cell: Element) -> bool:
    text = words_in(cell)
    bold = " ".join(words_in(part) for part in cell.iter("b", "strong"))
    return bool(text) and "".join(text.split()) == "".join(bold.split())


def _grid(reader: Reads, rows: list[list[Element]]) -> list[list[list[Span]]]:
    """Every row with every cell; the value of a merged cell is repeated wherever it reaches."""
    grid: list[list[list[Span]]] = []
    reaching: dict[int, tuple[int, list[Span]]] = {}
    for cells in rows:
        row: list[list[Span]] = []
        later: dict[int, tuple[int, list[Span]]] = {}
        waiting = list(cells)
        while waiting or any(column >= len(row) for column in reaching):
            if len(row) in reaching:
                left, spans = reaching.pop(len(row))
                reader.added.append(plain(spans))
                if left > 1:
                    later[len(row)] = (left - 1, spans)
                row.append(spans)
                continue
            if not waiting:
                row.append([])
                continue
            cell = waiting.pop(0)
            spans, wide, high = _cell(reader, cell), _span(cell, "colspan"), _span(cell, "rowspan")
            for number in range(wide):
                if number:
                    reader.added.append(plain(spans))
                if high > 1:
                    later[len(row)] = (high - 1, spans)
                row.append(list(spans))
        reaching = later
        if any(plain(cell).strip() for cell in row):
            grid.append(row)
    width = max((len(row) for row in grid), default=0)
    return [[*row, *([] for _ in range(width - len(row)))] for row in grid]


def _span(cell: Element, name: str) -> int:
    text = (cell.get(name) or "").strip()
    return min(MAX_SPAN, max(1, int(text))) if text.isdecimal() and len(text) < 6 else 1


def _cell(reader: Reads, cell: Element) -> list[Span]:
    """The content of a cell with line ends for blocks: Markdown has no paragraphs and lists in a cell."""
    spans: list[Span] = []
    for block in reader.blocks(cell):
        if block.kind in ("ul", "ol"):
            reader.lose("list in a table", cell, "Its items are lines of the cell.")
        if block.kind == "table":
            reader.lose("table in a table", cell, "Its rows are lines of the cell.")
        own = reader.flat(block)
        if block.kind == "h":
            own = [Span(span.text, (("strong", ""), *span.marks)) for span in own]
        spans += [*([Span(LINE_END)] if spans else []), *own]
    heads_a_row = (
        tag_of(cell) == "th"
        and (parent := cell.getparent()) is not None
        and any(tag_of(other) == "td" for other in parent)
    )
    if heads_a_row:
        spans = [Span(span.text, (("strong", ""), *(m for m in span.marks if m[0] != "strong"))) for span in spans]
    return tidy(spans)


def _not_bold(spans: list[Span]) -> list[Span]:
    """A header is bold of itself."""
    return tidy(Span(span.text, tuple(mark for mark in span.marks if mark[0] != "strong")) for span in spans)


def _one_header(rows: list[list[list[Span]]]) -> list[list[Span]]:
    """Several header rows as one: what is above each other, parted by a colon."""
    head = []
    for column in range(len(rows[0])):
        spans: list[Span] = []
        texts: list[str] = []
        for row in rows:
            text = plain(row[column]).strip()
            if text and text not in texts:
                spans += [*([Span(": ")] if spans else []), *_not_bold(row[column])]
                texts.append(text)
        head.append(spans)
    return head
