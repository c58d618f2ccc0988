"""Lists as Word, Outlook and PDF files give them when they are pasted, with the marks that Markdown has for lists. Pure."""

from __future__ import annotations

import re

from generator.content.notice_file import outside_code

_BULLET = re.compile(
    r"^( {0,3})([•·●▪■◦‣⁃∙\uf0b7\uf0a7\uf076\uf0d8]|[-*+](?=[\u00a0\u2003])|[o–—§](?=[\t\u00a0\u2003])|[–—](?= ))[ \t\u00a0\u2002\u2003]*(?=\S)"
)
_NUMBER = re.compile(r"^( {0,3}\d{1,9}[.)])[\t ]*\u00a0[\t \u00a0]*(?=\S)")
_DASHES = frozenset("–—")
_NEVER = "•·●▪■◦‣⁃∙–—§\uf0b7\uf0a7\uf076\uf0d8\t\u00a0"
_WORTH_A_LOOK = re.compile(f"[{_NEVER}]")


def readable(markdown: str) -> str:
    """The same text with `-` where a line starts with a bullet, each further kind of bullet one level in.

    A dash is a bullet only at the start of a paragraph or beside other lines that start so: else it may be one in a
    sentence whose line was wrapped.
    """
    if not _WORTH_A_LOOK.search(markdown):
        return markdown
    lines = markdown.split("\n")
    out: list[str] = []
    levels: list[str] = []
    for index, line, prose in outside_code(lines):
        found = _BULLET.match(line) if prose else None
        if found and found[2] in _DASHES and not _starts_list(lines, index, found[2]):
            found = None
        if found:
            mark = found[2]
            del levels[levels.index(mark) + 1 if mark in levels else len(levels) :]
            if mark not in levels:
                levels.append(mark)
            out.append(f"{found[1]}{'  ' * (len(levels) - 1)}- {line[found.end() :]}")
            continue
        if line.strip() and not line.startswith(" "):
            levels.clear()
        out.append(_NUMBER.sub(r"\1 ", line) if prose else line)
    return "\n".join(out)


def _starts_list(lines: list[str], index: int, dash: str) -> bool:
    around = [lines[at] if 0 <= at < len(lines) else "" for at in (index - 1, index + 1)]
    return not around[0].strip() or any(line.lstrip().startswith(dash) for line in around)
