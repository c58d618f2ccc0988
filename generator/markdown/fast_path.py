"""Plain Markdown to HTML without a Markdown pass: paragraphs, simple lists, headings and tables, links and bold.

Most of what editors write is this and no more. Python-Markdown and the cleaner after it take milliseconds over a section
that this takes microseconds over. It answers only where it is certain to give the same bytes as they do, and None
everywhere else; `tests/test_plain.py` proves the sameness on thousands of texts. Pure.
"""

from __future__ import annotations

import re

from generator.markdown.plain_addresses import plain_addresses

# What can mean something to Markdown or HTML, or that a reader of HTML would change, wherever it stands.
_TEXT = r"[^\\`*_\[\]<>&|~\x00-\x1f\x7f-\xa0\u00ad\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff0-\uffff]"
_WORDS = rf"(?:(?! ){_TEXT}+(?<! ))"
_ADDRESS = (
    r"(?:https?://(?=[A-Za-z0-9])|mailto:(?=[A-Za-z0-9])|tel:(?=[0-9+])|/(?![/])|#(?=[a-z]))[A-Za-z0-9./#=@+,;%?-]*"
)
_SPECIAL = rf"\*\*{_WORDS}\*\*(?!\*)|(?<!!)\[{_WORDS}\]\({_ADDRESS}\)"
_INLINE = re.compile(rf"(?:{_TEXT}|{_SPECIAL})+")
_PLAIN = re.compile(rf"{_TEXT}+")
_ADDRESS_SIGN = re.compile(r"@|://")
"""Where an address may stand plainly, which becomes a link."""
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_LINK = re.compile(r"\[([^\]]+)\]\(([^)]*)\)")
# A line that starts with a letter, a quotation mark, bold or a link is neither a list nor a heading nor anything else.
_START = re.compile(r"[^\W\d_]|[\"'(£“‘]|\*\*|\[")
_NUMBER = re.compile(r"\d+(?![.):\d])")
_HEADING = re.compile(r"(#{1,6}) ([^#]+)")
_RULE = re.compile(r"\|(?: -{3,} \|)+")


def section(markdown: str) -> str | None:
    """The clean HTML of a section, or None if it takes a Markdown pass to know it."""
    parts: list[str] = []
    was_list = False
    for block in markdown.split("\n\n"):
        is_list = block.startswith("- ")
        html = None if is_list and was_list else _list(block) if is_list else _block(block)
        if html is None:
            return None
        parts.append(html)
        was_list = is_list
    return "\n".join(parts)


def inline(markdown: str) -> str | None:
    """The same for a heading's text."""
    return (
        markdown
        if "  " not in markdown and _PLAIN.fullmatch(markdown) and _starts(markdown) and _ends(markdown)
        else None
    )


def _block(block: str) -> str | None:
    if "\n" in block:
        return _table(block)
    if found := _HEADING.fullmatch(block):
        text, level = _line(found[2]), max(3, len(found[1]))
        return None if text is None else f"<h{level}>{text}</h{level}>"
    text = _line(block)
    return None if text is None else f"<p>{text}</p>"


def _list(block: str) -> str | None:
    items = []
    for line in block.split("\n"):
        text = _line(line[2:]) if line.startswith("- ") else None
        if text is None:
            return None
        items.append(f"<li>{text}</li>")
    return "<ul>\n{}\n</ul>".format("\n".join(items))


def _table(block: str) -> str | None:
    lines = block.split("\n")
    if len(lines) < 3 or not _RULE.fullmatch(lines[1]):
        return None
    columns = lines[1].count("|") - 1
    rows = []
    for line in (lines[0], *lines[2:]):
        cells = line[2:-2].split(" | ")
        texts = [_line(cell) for cell in cells]
        if not (line.startswith("| ") and line.endswith(" |")) or len(cells) != columns or None in texts:
            return None
        rows.append(texts)
    head, *body = rows
    lines = ['<div class="table" tabindex="0"><table>', "<thead>", "<tr>", *(f"<th>{cell}</th>" for cell in head)]
    lines += ["</tr>", "</thead>", "<tbody>"]
    for row in body:
        lines += ["<tr>", *(f"<td>{cell}</td>" for cell in row), "</tr>"]
    return "\n".join([*lines, "</tbody>", "</table></div>"])


def _starts(line: str) -> bool:
    return bool(_START.match(line) or _NUMBER.match(line))


def _ends(line: str) -> bool:
    return line[-1] not in " #"


def _line(line: str) -> str | None:
    """One line of text with its bold parts and links."""
    if not line or not _starts(line) or not _ends(line):
        return None
    if _ADDRESS_SIGN.search(line) and any(plain_addresses(_LINK.sub(r" \1 ", line))):
        return None
    if _PLAIN.fullmatch(line):
        return line
    if "***" in line or not _INLINE.fullmatch(line):
        return None
    return _LINK.sub(r'<a href="\2">\1</a>', _BOLD.sub(r"<strong>\1</strong>", line))
