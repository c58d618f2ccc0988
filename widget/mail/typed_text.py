"""A person's words as text and nothing else: on one line of a plain letter, and in GOV.UK Notify's Markdown. Pure.

A letter quotes them after a label of ours. A line end in it could forge another label, a sign for the direction
of writing could turn the line around, and Markdown could put a link under innocent words.
"""

from __future__ import annotations

import re
import unicodedata

LINE_ENDS = re.compile(r"\s*[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+\s*")
JOINERS = frozenset("\u200c\u200d")
"""Persian, Urdu and Indic names are spelt with them."""
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co"})
BREAK = "\u200b"
"""Zero width: what Notify itself puts into words that must not become links."""
SIGNS = re.compile(r"[\\`*{}\[\]()#+!_~|]")
"""Signs that Notify's Markdown (Mistune 0.8) lets a backslash precede, but `>`: that is an HTML entity by then."""
ENTITY = re.compile(r"&(?=[#\w])")
SCHEME = re.compile(r":(?=//)")
BLOCK = re.compile(r"^(\s*)(?:([-=])|(\d+)(\.)|([•^]))")


def one_line(text: str) -> str:
    """The text on one line: line ends become commas, runs of spaces one space, and signs that cannot be seen are gone."""
    joined = LINE_ENDS.sub(", ", text.strip())
    kept = (sign for sign in joined if sign in JOINERS or sign.isspace() or unicodedata.category(sign) not in UNSEEN)
    return " ".join("".join(kept).split())


def notify_markdown(body: str, links: tuple[str, ...]) -> str:
    """A plain letter as Markdown that GOV.UK Notify shows letter by letter; only our own `links`, alone on a line, live.

    Notify undoes HTML entities before it reads Markdown, and makes a link of anything after `http://`: both are broken
    by a sign of no width, since a backslash does not stop them.
    """
    return "\n".join(line if line in links else _escaped(line) for line in body.split("\n"))


def _escaped(line: str) -> str:
    text = SIGNS.sub(r"\\\g<0>", line)
    text = SCHEME.sub(f":{BREAK}", ENTITY.sub(f"&{BREAK}", text))
    return BLOCK.sub(_no_block, text)


def _no_block(found: re.Match[str]) -> str:
    """The start of a line that Notify would take for a list, a rule, a heading's underline or a quotation."""
    _, rule, number, dot, sign = found.groups()
    if number:
        return f"{number}\\{dot}"
    return f"\\{rule}" if rule == "-" else f"{BREAK}{rule or sign}"
