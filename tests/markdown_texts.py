"""Made-up Markdown of every construct, well formed and not, nested and run together. A seed makes one text, always the same."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

WORDS = ["we", "keep", "your", "name", "for", "two", "years", "é", "Dŵr", "£5", "2026", "a", "I", "x", "the council"]
MARKS = [
    *("*", "**", "***", "_", "__", "`", "``", "[", "]", "(", ")", "![", "\\", "&", "<", ">", "!", ":", "|", "#", "~"),
    *("\\*", "\\'", '\\"', "\\&", "\\<", "\\$", "\\@", "\\\\", "\\a", "&amp;", "&eacute;", "&#233;", "&nope;", "&#0;"),
    *(
        "[^n]",
        "[^none]",
        "[ref]",
        "[ref][]",
        "[a b][ref]",
        "[ref][none]",
        "[Ref]",
        "{.x}",
        "{#y}",
        "{}",
        "{lang=cy}",
        "{a",
    ),
    *(
        "<https://e.org/a?b=c>",
        "<a@e.org>",
        "<b>x</b>",
        "<br>",
        "<i x='y'>z</i>",
        "<!-- c -->",
        "<3",
        "< b>",
        "--",
        "...",
    ),
    *('"', "'", "“", "”", "’", "…", "+", "-", "=", "1.", "a)", "@", "$", "%", "^", "/", "?", ";", ",", "."),
]
ADDRESSES = ["/a", "https://e.org/x_y", "<x y>", "", "#x", "/a(b)", "mailto:a@e.org", "/a\\*b", "/é", "<>", "/a b"]
TITLES = ["", ' "T"', " 'it''s'", " (T)", ' "a \\" b"', ' "', "  \n'T'"]
LINES = [
    *(
        "# h",
        "## h ##",
        "####### h",
        "#h",
        "### ",
        "===",
        "---",
        "--",
        "- - -",
        "***",
        "_ _ _",
        "```",
        "~~~",
        "``` x",
        "> q",
    ),
    *("- a", "-  a", "-", "* b", "+ c", "1. d", "2. e", "1) f", "10. g", "123456789. h", "1234567890. i", "-a", "1.a"),
    *(
        "  - a",
        "   1. b",
        "    code",
        "      more",
        "\tcode",
        "- \tx",
        "1.\ty",
        ">\tz",
        ">> qq",
        "> - a",
        "> 1. b",
        ">",
    ),
    *("| a | b |", "|---|:-:|", "| c |", "a | b", "--- | ---", "| `x \\| y` | z |", "|", ":-", "|-|", "-|-"),
    *(": m", ":  m", "~ n", ":x", "Term", "[ref]: /y 'T'", "[a b]: <z>", "[ref]:", "/u", '"T"', "    more"),
    *(
        "<div>",
        "</div>",
        "<p>x",
        "<!--",
        "-->",
        "<pre>",
        "</pre>",
        "<span>",
        "</span>",
        "<details><summary>s</summary>",
    ),
    *("", "", "", "  ", "text", "text  ", "text\\", "*em*", "**b", "b**", "<b>x</b>", "![i](/p)", "[l](/p 't')", "`c`"),
]


def inline(rng: random.Random, depth: int = 0) -> str:
    """Words and marks of every kind, well formed or not."""
    parts = []
    for _ in range(rng.randint(1, 4)):
        kind = rng.random()
        if kind < 0.5 or depth > 2:
            parts.append(rng.choice(WORDS))
        elif kind < 0.7:
            parts.append(rng.choice(MARKS))
        elif kind < 0.85:
            mark = rng.choice(["*", "_", "**", "__", "`", "***", "``"])
            parts.append(f"{mark}{inline(rng, depth + 1)}{mark}")
        else:
            start = rng.choice(["[", "![", "["])
            parts.append(f"{start}{inline(rng, depth + 1)}]({rng.choice(ADDRESSES)}{rng.choice(TITLES)})")
    return rng.choice([" ", " ", " ", ""]).join(parts)


def lines_of(rng: random.Random) -> list[str]:
    """The lines of a paragraph, with soft and hard breaks."""
    ends = ["", "", "", "  ", "\\", "   "]
    return "\n".join(inline(rng) + rng.choice(ends) for _ in range(rng.choice([1, 1, 2, 3]))).split("\n")


def _heading(rng: random.Random, _depth: int) -> list[str]:
    if rng.random() < 0.3:
        return [*lines_of(rng)[:2], rng.choice(["---", "===", "-", "=", "-----  "])]
    return [
        f"{'#' * rng.randint(1, 7)}{rng.choice([' ', ' ', '  ', ''])}{inline(rng)}{rng.choice(['', ' ##', '#', ' #  '])}"
    ]


def _code(rng: random.Random, _depth: int) -> list[str]:
    inside = [rng.choice(LINES) for _ in range(rng.randint(1, 4))]
    if rng.random() < 0.4:
        return [f"    {line}" if line else line for line in inside]
    fence = rng.choice(["```", "~~~", "````"])
    return [fence + rng.choice(["", " py"]), *inside, fence + rng.choice(["", "", "`" if fence[0] == "`" else "~"])]


def _table(rng: random.Random, _depth: int) -> list[str]:
    columns = rng.randint(1, 3)

    def row(cell: Callable[[], str]) -> str:
        cells = " | ".join(cell() for _ in range(columns))
        return rng.choice([f"| {cells} |", f"| {cells} |", cells, f"|{cells}", f"{cells} |"])

    head = row(lambda: inline(rng))
    under = row(lambda: rng.choice(["---", ":--", "--:", ":-:", "-"]))
    return [
        *rng.choice([[], [], [inline(rng)]]),
        head,
        under,
        *(row(lambda: inline(rng)) for _ in range(rng.randint(0, 3))),
    ]


def _quote(rng: random.Random, depth: int) -> list[str]:
    mark = rng.choice(["> ", "> ", ">", " > "])
    lazy = rng.random() < 0.2
    return [
        line if lazy and index and rng.random() < 0.5 else mark + line
        for index, line in enumerate(blocks(rng, depth + 1))
    ]


def _list(rng: random.Random, depth: int) -> list[str]:
    mark = rng.choice(["-", "*", "+", "1.", "1)", "7.", "10)"])
    lead, gap = rng.choice(["", "", " ", "  "]), rng.choice([" "] * 6 + ["  ", "   "])
    lines: list[str] = []
    for _ in range(rng.randint(1, 4)):
        column = len(lead + mark + gap) + rng.choice([0] * 30 + [-1, 1, -2])
        first, *rest = blocks(rng, depth + 1) or [""]
        lines += [lead + mark + gap + first, *(" " * max(0, column) + line if line else "" for line in rest)]
        lines += rng.choice([[], [], [""], ["", ""]]) if rng.random() < 0.5 else []
        if rng.random() < 0.1:
            mark = rng.choice(["-", "*", "2.", "1)"])
    return lines


def _definitions(rng: random.Random, depth: int) -> list[str]:
    lines = [inline(rng), *rng.choice([[], [], [""]])]
    for _ in range(rng.randint(1, 2)):
        first, *rest = blocks(rng, depth + 1) or ["x"]
        lines += [f": {first or 'x'}", *(f"  {line}" if line else "" for line in rest)]
    return lines


def _note(rng: random.Random, depth: int) -> list[str]:
    if depth:
        return lines_of(rng)
    first, *rest = [*lines_of(rng), *rng.choice([[], ["", *blocks(rng, depth + 1)]])]
    return [f"[^n]: {first.strip() or 'x'}", *(f"    {line}" if line else "" for line in rest)]


def _reference(rng: random.Random, _depth: int) -> list[str]:
    label = rng.choice(["ref", "Ref", "a b", "\\]", "é"])
    return f"[{label}]: {rng.choice(ADDRESSES)}{rng.choice(TITLES)}".split("\n")


def _html(rng: random.Random, depth: int) -> list[str]:
    tag = rng.choice(["div", "details", "blockquote", "table", "p", "ul"])
    return [
        f"<{tag}>",
        *rng.choice([[""], [""], ["<b>x</b>"]]),
        *(blocks(rng, depth + 1) if rng.random() < 0.5 else []),
        "",
        f"</{tag}>",
    ]


MAKERS = [
    *((lambda rng, _depth: lines_of(rng)),) * 5,
    *(_list,) * 5,
    *(_heading, _code, _table, _table, _quote, _quote, _definitions, _note, _reference, _html),
    *((lambda rng, _depth: [rng.choice(["---", "***", "- - -", "___"])]), (lambda rng, _depth: [rng.choice(LINES)])),
]


def blocks(rng: random.Random, depth: int = 0) -> list[str]:
    """The lines of one or several blocks, with or without empty lines between them."""
    lines: list[str] = []
    for _ in range(rng.choice([1, 1, 1, 2] if depth else [1, 2, 3])):
        make = rng.choice(MAKERS) if depth < 3 else MAKERS[0]
        lines += make(rng, depth)
        lines += rng.choice([[], [""], [""], [""], ["", ""]])
    while lines and not lines[-1]:
        lines.pop()
    return lines


def text_of(seed: int) -> str:
    """The text that a seed makes: three in four well formed for the most part, one a mixture of any lines."""
    rng = random.Random(seed)  # noqa: S311
    if seed % 4:
        text = "\n".join(blocks(rng))
    else:
        text = "\n".join(rng.choice(LINES) if rng.random() < 0.8 else inline(rng) for _ in range(rng.randint(1, 9)))
    names = iter("npqrstuvwxyz")
    text = re.sub(r"\[\^n\]:", lambda _: f"[^{next(names, 'n')}]:", text)
    return f"{text}\n\nlast[^n][^p][^q][^r]" if "[^n]:" in text else text
