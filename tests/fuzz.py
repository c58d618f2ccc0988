"""Random mutations of notices: no traceback, nothing slow, nothing active in a page, every problem within its file. Then
made-up Markdown, compared with another library's reading.

`python -m tests.fuzz [COUNT] [SEED]` is the long run (`make fuzz`); `test_fuzz.py` has a short one. Each case has its
own seed, which is printed where it fails and repeats it: `python -m tests.fuzz 1 SEED`.
"""

from __future__ import annotations

import dataclasses
import os
import random
import re
import sys
import traceback
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.building import build
from generator.commands.report import problems_json, problems_text
from generator.content import notice_file
from generator.markdown.render import Renderer, TooHard
from generator.pages import drafts as draft_pages
from generator.pages import planner as pages
from generator.pages import theme
from generator.pages.contexts import NoticePage
from generator.problems import ContentError, Problem
from generator.publishing import drafts
from generator.repository import Repository
from generator.versions import version as versions
from generator.versions.section_html import frozen_form
from tests import two_readings
from tests.markdown_texts import text_of
from tests.site_fixtures import NOTICE, PROJECT, TODAY, make_site, read
from widget import manifest

SECONDS = 5.0
TEXTS_EACH = 10
"""How many made-up texts are compared for each mutation: 100,000 in the long run."""
RARE = 100_000
"""Of how many texts one may be unlike without a known reason: it mixes three or more of the reasons that are known."""
FILE = "content/library/notice.md"
SEEDS = [
    *(path.read_bytes() for path in sorted((PROJECT / "tests" / "notices").glob("*.md"))),
    *(path.read_bytes() for path in sorted((PROJECT / "content").glob("*/notice.md"))),
    (PROJECT / "tests" / "every_facet.md").read_bytes(),
    NOTICE.encode(),
]
ACTIVE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "![x](javascript:alert(1))",
    "<a href=' java\tscript:alert(1)'>x</a>",
    "[x]: data:text/html,<script>alert(1)</script>",
    '<form action="/receipt"><input name="version"><button formaction="//evil.example">x</button></form>',
    '<h2 id="main" name="version">x</h2>',
    "<svg/onload=alert(1)>",
    '<div markdown="1" onclick="x" style="position:fixed">*a*</div>',
    "<details open ontoggle=alert(1)><summary onclick=x>s</summary>",
    "<iframe src=//evil.example></iframe><object data=x></object><base href=//evil.example>",
    '<meta http-equiv="refresh" content="0;url=//evil.example">',
    "</section></main></body>",
    '"><script>alert(1)</script>',
    "{{7*7}}{% import os %}",
    "<!-- <script> -->",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    '<a id="x" name="y" class="objection" href="vbscript:x">x</a>',
    '*[a]: "><script>alert(1)</script>',
    "[^1]\n\n[^1]: <script>alert(1)</script>\n",
]
HARD = [
    "<![ ",
    "[",
    "![",
    "[a](",
    "[a](<",
    "> ",
    "- ",
    "1. ",
    "*a_",
    "`a``",
    "<a ",
    "a\n=\n",
    "# a\n",
    "*[a]: b\n",
    "[^1]",
]
HARD += [
    "<!--",
    "<![CDATA[",
    "a\n: b\n",
    "## a\n",
    "{#",
    "[[dpo.name]]",
    "[[dpo.emial]]\n",
    "\t",
    "{",
    "k: ",
    "- - ",
    "\n\n",
]
HARD += [
    "<details>",
    "</details>",
    "```\n",
    "|a",
    "\\",
    "&",
    "<div>",
    "</div>",
    "[x]: y\n",
    "(",
    "'",
    "\u202e",
    "\u0301",
]
YAML = [
    "&a [*a]",
    "!!python/object:x {}",
    "{" * 40,
    "[" * 40,
    '"\\ud800"',
    '"\\x07\\u0000"',
    "\t- x",
    "no",
    "1.10",
    "|\n  a\n   b",
]
YAML += [
    "? [a]\n: b",
    "<<: *a",
    "'",
    '"',
    "none",
    "[none, none]",
    "{id: x, id: x}",
    "2026-02-30",
    "9" * 50,
    "- [",
    ": :",
    "%TAG",
]
KEEPS = [
    "2 years",
    "1-7 years",
    "25 years from birth, 75 if looked after",
    "0 years",
    "9999 years",
    "18 + 82 = 100 years",
]
KEEPS += ["until x", "reviewed every " + "a" * 300, "a " * 200, "+ + +", "6 years + ", "current year + 9999 years"]


def mutated(rng: random.Random) -> bytes:
    """A seed text changed in one to six ways."""
    data = rng.choice(SEEDS)
    for _ in range(rng.randint(1, 6)):
        data = rng.choice(MUTATIONS)(data, rng)
    return data[:1_000_100]


def _spot(data: bytes, rng: random.Random) -> int:
    return rng.randint(0, len(data))


def _flip(data: bytes, rng: random.Random) -> bytes:
    changed = bytearray(data or b"x")
    for _ in range(rng.randint(1, 8)):
        changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


def _insert_bytes(data: bytes, rng: random.Random) -> bytes:
    at = _spot(data, rng)
    return data[:at] + rng.randbytes(rng.randint(1, 12)) + data[at:]


def _delete(data: bytes, rng: random.Random) -> bytes:
    at = _spot(data, rng)
    return data[:at] + data[at + rng.randint(1, 200) :]


def _repeat_span(data: bytes, rng: random.Random) -> bytes:
    at = _spot(data, rng)
    return data[:at] + data[at : at + rng.randint(1, 80)] * rng.choice([2, 5, 50, 500]) + data[at:]


def _splice(data: bytes, rng: random.Random) -> bytes:
    other = rng.choice(SEEDS)
    return data[: _spot(data, rng)] + other[_spot(other, rng) :]


def _lines(change: Callable[[list[str], random.Random], None]) -> Callable[[bytes, random.Random], bytes]:
    def mutation(data: bytes, rng: random.Random) -> bytes:
        lines = data.decode("utf-8", "replace").split("\n")
        change(lines, rng)
        return "\n".join(lines).encode("utf-8", "replace")

    return mutation


def _swap(lines: list[str], rng: random.Random) -> None:
    a, b = rng.randrange(len(lines)), rng.randrange(len(lines))
    lines[a], lines[b] = lines[b], lines[a]


def _indent(lines: list[str], rng: random.Random) -> None:
    start, by = rng.randrange(len(lines)), rng.choice(["  ", "    ", "\t", "> ", "- ", "1. ", "# ", "## "])
    for index in range(start, min(len(lines), start + rng.randint(1, 30))):
        lines[index] = by + lines[index]


def _active(lines: list[str], rng: random.Random) -> None:
    at = rng.randrange(len(lines))
    piece = rng.choice(ACTIVE)
    lines[at] = rng.choice([piece, lines[at] + piece, f"## {piece}", f"{lines[at].partition(':')[0]}: {piece!r}"])


def _hard(lines: list[str], rng: random.Random) -> None:
    piece = "".join(rng.choices(HARD, k=rng.randint(1, 3)))
    lines.insert(
        rng.randrange(len(lines)),
        piece * rng.choice([3, 10, 40, 40, 100, 100, 400, rng.choice([400, 4_000, 60_000 // len(piece)])]),
    )


def _value(lines: list[str], rng: random.Random) -> None:
    keyed = [index for index, line in enumerate(lines) if ": " in line] or [0]
    at = rng.choice(keyed)
    lines[at] = f"{lines[at].partition(': ')[0]}: {rng.choice([*YAML, *KEEPS])}"


def _key(lines: list[str], rng: random.Random) -> None:
    at = rng.randrange(len(lines))
    lines[at] = re.sub(
        r"[a-z_]+:",
        f"{rng.choice(['titel', 'retention', 'keep', 'sharing', 'x', 'id', 'silence'])}:",
        lines[at],
        count=1,
    )


def _nested(lines: list[str], rng: random.Random) -> None:
    depth, step = (
        rng.choice([5, 30, 300]),
        rng.choice([("> ", ""), ("  ", "- a"), ("    ", "1. a"), ("<div>", ""), ("- ", "a")]),
    )
    lines += [step[0] * level + step[1] for level in range(depth)]


MUTATIONS: list[Callable[[bytes, random.Random], bytes]] = [
    _flip,
    _insert_bytes,
    _delete,
    _repeat_span,
    _splice,
    *map(_lines, (_swap, _indent, _active, _active, _hard, _value, _value, _key, _nested)),
]


class Fuzzer:
    """Takes a notice's bytes the whole way to its page, on a small site, and judges what comes out."""

    def __init__(self, root: Path) -> None:
        self.base: Repository = read(make_site(root))
        self.words = build.read_words(self.base)
        assets = {name: name for name in (*theme.ALWAYS, *theme.WIDGET_FILES)}
        self.environment = theme.environment([theme.OWN_TEMPLATES], assets, self.words["en"])
        self.looking = 0.0
        """Seconds that the fuzzer itself took to look at pages: no part of how long a notice takes."""

    def judge(self, data: bytes) -> None:
        """Raises `AssertionError` for what must not be, and lets any other exception through."""
        notice, problems = notice_file.read(data, FILE, "library", "en")
        if notice is not None:
            repository = dataclasses.replace(self.base, notices={("library", "en"): notice}, problems=tuple(problems))
            (draft,) = drafts.drafts(repository, self.words, TODAY)
            problems = list(draft.problems)
            final = drafts.final(repository, self.words, draft, TODAY)
            change = manifest.Change("material", "First.")
            version = dataclasses.replace(final, published=TODAY, effective=TODAY, change=change)
            if draft.sound:
                self._frozen(version)
            self._page(repository, draft, version, problems)
        self._problems(problems, data)

    def _frozen(self, version: versions.Version) -> None:
        try:
            frozen = frozen_form(version, Renderer())
        except TooHard:
            return  # the page is refused as well, and `_page` looks whether that is told
        again = versions.read(versions.freeze(frozen), "library/versions/1.yml")
        assert (again.html, again.consents, again.title) == (frozen.html, version.consents, version.title)
        assert versions.composed_digest(again) == versions.composed_digest(version)

    def _page(
        self, repository: Repository, draft: drafts.Draft, version: versions.Version, problems: list[Problem]
    ) -> None:
        (planner,) = pages.planners(repository.site, self.words, (), {}, TODAY)
        try:
            page = draft_pages.draft_page(planner, draft, version, "/draft/library/")
        except ContentError as failure:
            assert all(problem.place.file == FILE for problem in failure.problems)
            assert "B04" in {problem.rule for problem in problems}, "the build refuses what check does not"
            return
        html = self._html(page, planner)
        started = _processor_time()
        try:
            told = "B02" in {problem.rule for problem in problems}
            assert_harmless(html, len(page.sections) + bool(page.objection), one_id_each=not told)
        finally:
            self.looking += _processor_time() - started

    def _html(self, page: NoticePage, planner: pages.Planner) -> str:
        values = {"page": page, "site": planner.site_frame()}
        return theme.render(self.environment, "notice.html", values)

    def _problems(self, problems: list[Problem], data: bytes) -> None:
        lines = data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n").split("\n")
        for problem in problems:
            place = problem.place
            assert place.file == FILE, f"{problem} is in another file"
            assert 1 <= place.line <= len(lines), f"{problem} is below the file's {len(lines)} lines"
            assert 1 <= place.column <= len(lines[place.line - 1]) + 2, f"{problem} is beside its line"
            assert problem.message and problem.remedy
        problems_json(problems).encode()
        problems_text(problems, {FILE: lines}).encode()


_BLANK = "".join(map(chr, range(33)))


class _Inspector(HTMLParser):
    """Walks a page and notes what could act."""

    FRAME = frozenset({"meta", "link", "script", "style"})
    NEVER = frozenset(
        [
            "iframe",
            "object",
            "embed",
            "form",
            "input",
            "button",
            "textarea",
            "select",
            "svg",
            "math",
            "base",
            "frame",
            "frameset",
            "applet",
            "audio",
            "video",
            "source",
        ]
    )

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.ids: list[str] = []
        self.sections = 0
        self.in_main = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.in_main = self.in_main or tag == "main"
        own = {"your-choice", "about-this-version"} & {value for name, value in attrs if name == "id"}
        own |= {name for name, value in attrs if name == "aria-labelledby"}  # the page's boxes: no cleaned text has one
        self.sections += tag == "section" and self.in_main and not own
        if tag in self.NEVER or (self.in_main and tag in self.FRAME):
            self.found.append(tag)
        for name, value in attrs:
            address = re.sub(r"[\t\n\r]", "", (value or "").strip(_BLANK)).lower()  # as a browser reads it
            if name.startswith("on") or (name in ("style", "srcdoc", "formaction", "name") and self.in_main):
                self.found.append(f"{tag} {name}")
            own_icon = tag == "link" and not self.in_main
            if address.startswith(("javascript:", "vbscript:", "data:")) and not own_icon:
                self.found.append(f"{tag} {name}={address[:30]}")
            if name == "id":
                self.ids.append(value or "")


def assert_harmless(html: str, sections: int, *, one_id_each: bool) -> None:
    """Nothing active, nothing that opens or closes the page's own parts; no id twice, unless the check refuses the text for it."""
    page = _Inspector()
    page.feed(html)
    page.close()
    assert not page.found, page.found
    assert page.sections <= sections, "a section more than there are"
    twice = {item for item in page.ids if page.ids.count(item) > 1}
    assert not (twice and one_id_each), f"ids twice: {twice}"
    html.encode()


def case(fuzzer: Fuzzer, seed: int) -> tuple[float, str]:
    """Run one case: how long it took, and what is wrong with it (nothing: an empty text)."""
    data = mutated(random.Random(seed))  # noqa: S311 (repeatable on purpose)
    started, wrong = _processor_time() - fuzzer.looking, ""
    try:
        fuzzer.judge(data)
    except Exception:
        wrong = traceback.format_exc(limit=-4)
    return _processor_time() - fuzzer.looking - started, wrong


def _processor_time() -> float:
    """Seconds of processor time, that of processes started and ended included: the same on a busy machine."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def main(count: int = 10_000, first: int = 1) -> int:
    """Run many cases; 1 if any fails or takes longer than `SECONDS`."""
    failures, slow, longest = 0, 0, (0.0, 0)
    with TemporaryDirectory() as folder:
        fuzzer = Fuzzer(Path(folder))
        for seed in range(first, first + count):
            seconds, wrong = case(fuzzer, seed)
            longest = max(longest, (seconds, seed))
            failures += bool(wrong)
            slow += seconds > SECONDS
            if seed % 1_000 == 0:
                sys.stdout.write(f"{seed - first + 1} of {count}\n")
                sys.stdout.flush()
            if wrong or seconds > SECONDS:
                sys.stdout.write(f"seed {seed}: {seconds:.1f} s\n{wrong}\n")
                sys.stdout.flush()
    sys.stdout.write(
        f"{count} mutations: {failures} failures, {slow} over {SECONDS:.0f} s; "
        f"the longest took {longest[0]:.1f} s (seed {longest[1]}).\n"
    )
    return int(bool(failures or slow) or unlike(TEXTS_EACH * count))


def unlike(count: int) -> bool:
    """Whether a made-up text is read in another way than by another library, for no reason that is known."""
    seeds = [seed for seed in range(count) if two_readings.difference(text_of(seed)) == ""]
    sys.stdout.write(f"{count} made-up texts read by two libraries: {len(seeds)} unlike without a known reason.\n")
    if seeds:
        sys.stdout.write(f"Their seeds for tests.markdown_texts.text_of: {seeds[:100]}\n")
    return len(seeds) * RARE > count


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
