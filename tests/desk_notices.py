"""Notices for the tests of saving: those of the repository, and generated ones with remarks and odd layouts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

from desk.saving.editing.edit import content
from desk.saving.editing.plain import Plain
from tests.site_fixtures import NOTICE, PROJECT

FILE = "content/library/notice.md"
FILES = {
    path.relative_to(PROJECT).as_posix(): path.read_bytes()
    for folder in ("content", "tests/notices", "tests/urdu", "tests/releases")
    for path in sorted((PROJECT / folder).rglob("*.md"))
    if not {"versions", "shared"} & {*path.relative_to(PROJECT).parts} and path.name != "README.md"
} | {"tests/every_facet.md": (PROJECT / "tests/every_facet.md").read_bytes(), "the library": NOTICE.encode()}
SITES = {"site.yml": (PROJECT / "site.yml").read_bytes()} | {
    path.relative_to(PROJECT).as_posix(): path.read_bytes() for path in (PROJECT / "tests").rglob("site.yml")
}
HOSTILE = (
    "Plain words, with a comma",
    "yes",
    "2026-01-01",
    "12:30",
    "null",
    "a: b",
    "ends with a colon:",
    "a # b",
    "# b",
    "- item",
    "-5",
    "“Quoted” and 'so' and \"so\"",
    "{brace} [bracket], comma",
    "*star* &and !bang %per @at `tick` |pipe >more",
    "\\ back\\nslash",
    "Siân tŷ 🏠 قانون",
    "two\nlines",
    "one\n\n  set in\nthree: # x\n- y",
    "word " * 60 + "end",
    "  double  spaces  within",
    "--- dashes",
    "...",
    "?",
    "<b>",
    "~",
    "=",
    "•\tdot",
)


def leaves(value: Plain, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text of facts by its path."""
    if isinstance(value, str):
        yield path, value
    else:
        entries = enumerate(value) if isinstance(value, list) else value.items()
        for key, inner in entries:
            yield from leaves(inner, f"{path}.{key}".lstrip("."))


def facts(data: bytes, file: str = FILE) -> Any:
    """The facts of a file as nested texts."""
    return content(data, file).facts


def blocks(data: bytes, file: str = FILE) -> dict[str, bytes]:
    """The lines of each top-level fact with the remarks and blank lines below it, and those above the first under ``.

    It looks for the keys line by line, and knows nothing of how facts are written.
    """
    keys = set(facts(data, file))
    found: dict[str, bytes] = {"": b""}
    own, inside = "", file.endswith(".yml")
    for line in data.splitlines(keepends=True):
        word = line.decode("utf-8-sig").rstrip("\r\n")
        if word.rstrip() == "---" and not file.endswith(".yml"):
            inside, own = not inside and own == "", "---" if inside else own
        name = word.partition(":")[0]
        if inside and name in keys and name not in found:
            own = name
        found[own] = found.get(own, b"") + line
    return found


def _scalar(draw: Any, text: str, indent: int, flow: bool) -> str:
    style = draw(st.sampled_from(["plain", "single", "double", "literal", "folded", "wrapped"]))
    pad = "\n" + " " * (indent + draw(st.integers(1, 4)))
    if style == "literal" and not flow:
        return draw(st.sampled_from(["|", "|-", "|+"])) + pad + text.replace("\n", pad)
    if style == "folded" and not flow:
        return draw(st.sampled_from([">", ">-", ">-  # kept"])) + pad + text.replace(" ", pad, 1)
    if style == "single":
        return f"'{text}'"
    if style == "wrapped" and not flow:
        return text.replace(" ", pad, 1)
    return text if style != "double" else f'"{text}"'


_WORDS = st.sampled_from(
    ["word", "two words", "Siân has a tŷ", "a longer text of several words", "x", "of 5 March", "Act 1964 section 7"]
)
_KEYS = st.sampled_from(["who", "why", "law", "id", "text", "keep", "after", "note", "unknown_key"])


def _remark(draw: Any, indent: int) -> str:
    kind = draw(st.sampled_from(["", "", "", "blank", "remark", "deep", "both"]))
    return {
        "": "",
        "blank": "\n",
        "remark": f"{' ' * indent}# remark {draw(st.integers(0, 999))}: - a\n",
        "deep": f"{' ' * (indent + 3)}# deep {draw(st.integers(0, 999))}\n",
        "both": f"\n{' ' * indent}#  both {draw(st.integers(0, 999))}\n\n",
    }[kind]


def _flow(draw: Any, depth: int) -> str:
    kind = draw(st.sampled_from(["text", "list", "group"] if depth < 2 else ["text"]))
    if kind == "text":
        return _scalar(draw, draw(_WORDS), 0, True)
    gap = draw(st.sampled_from(["", " ", "\n      "]))
    if kind == "list":
        items = [_flow(draw, depth + 1) for _ in range(draw(st.integers(1, 3)))]
        return f"[{gap}{', '.join(items)}{gap}]"
    keys = draw(st.lists(_KEYS, min_size=1, max_size=3, unique=True))
    return "{" + gap + ", ".join(f"{key}: {_flow(draw, depth + 1)}" for key in keys) + gap + "}"


def _block(draw: Any, indent: int, depth: int) -> str:
    """A value after its colon, with its last line end."""
    kind = draw(st.sampled_from(["text", "text", "flow", "list", "group"] if depth < 3 else ["text", "flow"]))
    space = " " * draw(st.integers(1, 3))
    end = draw(st.sampled_from(["", "", " ", "  # at the end"]))
    if kind == "text":
        written = _scalar(draw, draw(_WORDS), indent, False)
        return space + written + ("" if written[0] in "|>" else end) + "\n"
    if kind == "flow":
        return space + _flow(draw, depth + 1) + end + "\n"
    if kind == "list":
        inner = indent + draw(st.sampled_from([0, 2, 3]))
        items = "".join(_item(draw, inner, depth) for _ in range(draw(st.integers(1, 4))))
        return draw(st.sampled_from(["", "  # of these"])) + "\n" + items
    inner = indent + draw(st.sampled_from([1, 2, 4]))
    keys = draw(st.lists(_KEYS, min_size=1, max_size=3, unique=True))
    return "\n" + "".join(f"{_remark(draw, inner)}{' ' * inner}{key}:{_block(draw, inner, depth + 1)}" for key in keys)


def _item(draw: Any, indent: int, depth: int) -> str:
    above, dash = _remark(draw, indent), " " * indent + "-"
    kind = draw(st.sampled_from(["text", "flow", "group"]))
    if kind == "group":
        keys = draw(st.lists(_KEYS, min_size=1, max_size=4, unique=True))
        inner = indent + 2
        entries = [f"{key}:{_block(draw, inner, depth + 2)}" for key in keys]
        parts = [f"{_remark(draw, inner)}{' ' * inner}{entry}" for entry in entries[1:]]
        return f"{above}{dash} {entries[0]}{''.join(parts)}"
    space = " " * draw(st.integers(1, 3))
    written = _scalar(draw, draw(_WORDS), indent, False) if kind == "text" else _flow(draw, 1)
    return f"{above}{dash}{space}{written}\n"


@st.composite
def notices(draw: Any) -> bytes:
    """A notice with facts in any layout, some of them unknown, and some sections; CRLF or LF, with a byte order mark or not."""
    names = ["title", "summary", "owner", "sharing", "retention", "data", "purposes", "their_own", "change", "says"]
    keys = draw(st.lists(st.sampled_from(names), min_size=2, max_size=6, unique=True))
    matter = "".join(f"{_remark(draw, 0)}{key}:{_block(draw, 0, 0)}" for key in keys)
    sections = draw(st.lists(_sections, max_size=3))
    body = draw(st.sampled_from(["", "Lead text.\n\n", "\n\nLead\nof two.\n\n\n"])) + "\n".join(sections)
    text = f"---\n{matter}{_remark(draw, 0)}---\n{body}"
    if draw(st.booleans()):
        text = text.replace("\n", "\r\n")
    if draw(st.sampled_from([False, False, True])):
        text = text.removesuffix("\n").removesuffix("\r")
    return (draw(st.sampled_from(["", "", "\ufeff"])) + text).encode()


_sections = st.sampled_from(
    [
        "## A heading {#retention}\n\nText.  \nMore.\n",
        "## Rights\nNo blank line.\n",
        "Underlined\n----------\n\n- item\n  - item\n\n| a | b |\n|---|---|\n| 1 | 2 |\n",
        "## Code\n\n```\n## no heading\n```\n\n\n",
        "## Empty\n\n",
        "  ##   Odd   {#Old} {#odd}  ##\n\nSoft\u00adhyphen and e\u0301.\n",
    ]
)
