"""How well `check` reads prose: precision and recall of each rule on the annotated notices in tests/prose, and its speed.

    python -m benchmarks.prose                 both halves of the notices and the single sentences, rule by rule
    python -m benchmarks.prose --wrong         also each wrong answer on the half that rules are written on
    python -m benchmarks.prose --speed 1000    `check` of so many pasted notices of 1,000 words each, cold and warm, and of one in an open site
    python -m benchmarks.prose --hostile       processor time on hostile texts: twice the text must take about twice the time

Wrong answers on what measures the rules are never shown, because rules must not be written on them. docs/prose.md says more.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from generator.building.site.open_site import OpenSite
from generator.law.statute_book import newest
from generator.rules import check
from generator.rules.passages import passages
from generator.rules.prose import statements
from generator.rules.prose.judgement import Answer, Judgement, judged
from tests.prose import HALVES, OLDER, notices
from tests.prose.sentences import SETS, sentences
from tests.site_fixtures import make_site, read

SAID = ("N01", "N03", "N04", "N05", "N07", "N08", "N09", "N10", "N11", "N12", "N13", "N13b", "N14", "N15", "N16")
FOUND = ("G01", "G05", "G07", "G08", "T04", "T05", "T08", "T13", "T14", "T16", "T17", "T18", "K07", "K13")
SINGLE = (*SAID, "A01", "A02", "A03", "A04")
"""The rules that have single sentences besides; of the last four, notices show none."""
PRECISION, RECALL = 0.95, 0.92
"""The aim of each rule."""
WORDS = 1000
EDITS = 20
HOSTILE = {
    "spaces": " ",
    "the start of many signs": "we use your information ",
    "a record without an end": "we will keep your details for ",
    "open brackets": "[a](",
    "asterisks": "** a ",
    "full stops": ". ",
    "colons": "a: ",
    "short lines": "A\n",
    "links": "[a](https://www.example.org/a) ",
    "mail addresses": "a@a.example ",
    "one word": "a" * 50,
    "numbers": "6(1)(e) 2016 ",
}


@dataclass
class Tally:
    """How often each rule was right, spoke wrongly and was silent wrongly."""

    right: Counter[str] = field(default_factory=Counter)
    wrongly: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    answers: list[str] = field(default_factory=list)

    def include(self, other: Tally) -> None:
        """Count the answers of another tally too."""
        self.right += other.right
        self.wrongly += other.wrongly
        self.missed += other.missed

    def add(self, rule: str, name: str, spoke: str | None, *, expected: bool) -> None:
        """Count one answer on the text of that name; `spoke` is what the rule quotes, None where it is silent."""
        if spoke is not None:
            (self.right if expected else self.wrongly)[rule] += 1
        elif expected:
            self.missed[rule] += 1
        if (spoke is not None) is not expected:
            self.answers.append(f"  {rule} {name}: {spoke or 'silent'}")


def measure(half: str) -> Tally:
    """Every rule on every notice of a half; where readers may differ (`perhaps`), nothing is counted."""
    tally = Tally()
    with TemporaryDirectory() as folder:
        annotated = notices(half)
        for number, notice in enumerate(annotated):
            make_site(Path(folder), f"---\ntitle: Notice\n---\n{notice.text}", notice_id=f"n{number}")
        site = read(Path(folder))
        for number, notice in enumerate(annotated):
            working = site.notices[f"n{number}", "en"]
            text = check.case_of(site, working, lambda: None, newest()).said
            problems = check.inspect(site, working).problems
            for rule in (rule for rule in SAID if rule not in notice.perhaps):
                judgement = judged(text, rule)
                tally.add(rule, notice.name, _quote(judgement), expected=rule in notice.said)
            for rule in (rule for rule in FOUND if rule not in notice.perhaps):
                message = next((problem.message for problem in problems if problem.rule == rule), None)
                tally.add(rule, notice.name, message, expected=rule in notice.finds)
    return tally


def _quote(judgement: Judgement) -> str | None:
    if judgement.answer is not Answer.YES or judgement.statement is None:
        return None
    return judgement.statement.quote


def measure_sentences(name: str) -> Tally:
    """Each rule on its own single sentences of a set."""
    tally = Tally()
    for sentence in sentences(name):
        text = statements.read(passages(sentence.text.split("\n"), "notice.md", 1))
        tally.add(sentence.rule, sentence.text, _quote(judged(text, sentence.rule)), expected=sentence.says)
    return tally


def measure_everything() -> Tally:
    """Each requirement on all that the rules are not written on: the measured notices and each measured set of sentences."""
    tally = measure("measured")
    for name in SETS:
        if name != "written":
            tally.include(measure_sentences(name))
    return tally


def reaches(tally: Tally, rule: str) -> bool:
    """Whether a rule has the precision and the recall that are aimed at, 95 % and 92 %."""
    right, wrongly, missed = tally.right[rule], tally.wrongly[rule], tally.missed[rule]
    return right >= PRECISION * (right + wrongly) and right >= RECALL * (right + missed)


def table(tally: Tally, rules: Iterable[str]) -> Iterator[str]:
    """Lines of Markdown: counts, precision and recall of each rule and of all together."""
    yield "| rule | right | wrongly | missed | precision | recall |"
    yield "|---|---|---|---|---|---|"
    names = list(rules)
    for name in names:
        yield _row(name, tally.right[name], tally.wrongly[name], tally.missed[name])
    yield _row("all", *(sum(counted[name] for name in names) for counted in (tally.right, tally.wrongly, tally.missed)))


def _row(name: str, right: int, wrongly: int, missed: int) -> str:
    return f"| {name} | {right} | {wrongly} | {missed} | {_share(right, wrongly)} | {_share(right, missed)} |"


def _share(right: int, wrong: int) -> str:
    return f"{100 * right / (right + wrong):.0f} %" if right + wrong else "-"


def speed(count: int) -> None:
    """Print the clock's and the processor's seconds of a cold and a warm `check` of so many notices, and the milliseconds of one
    notice in an open site."""
    with TemporaryDirectory() as folder:
        _write(Path(folder), count)
        print(f"{count} notices of {WORDS} words")
        for name in ("cold", "warm"):
            wall, processor = _checked(folder)
            print(f"{name}: {wall:.1f} s, {processor:.1f} s of processor time, load {os.getloadavg()[0]:.1f}")
        clock, processors = (sorted(times) for times in zip(*_edited_in_open_site(Path(folder)), strict=True))
        print(
            f"one changed notice in an open site: {median(clock):.0f} ms, {median(processors):.0f} ms of processor time"
            f" (at most {clock[-1]:.0f} and {processors[-1]:.0f} ms of {EDITS} edits)"
        )


def _checked(folder: str) -> tuple[float, float]:
    """The clock's and the processor's seconds of `check` as a process of its own."""
    before, started = os.times(), time.perf_counter()
    command = [sys.executable, "-m", "generator.cli", "check", "--root", folder]
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)  # noqa: S603
    wall, after = time.perf_counter() - started, os.times()
    return wall, after.children_user + after.children_system - before.children_user - before.children_system


def _edited_in_open_site(root: Path) -> Iterator[tuple[float, float]]:
    """The clock's and the processor's milliseconds from each edit of a notice to its findings, in a site that is read."""
    site = OpenSite(root, date.today)
    keys = site.asked(lambda: list(site.repository.notices))
    site.asked(lambda: [site.inspection(*key) for key in keys])
    for number in range(EDITS):
        key = keys[number % len(keys)]
        file = root / site.asked(lambda key=key: site.repository.notices[key].file)
        file.write_text(f"{file.read_text('utf-8')}\nWe added sentence {number}.\n", "utf-8")
        started, used = time.perf_counter(), time.process_time()
        site.asked(lambda key=key: site.inspection(*key))
        yield 1000 * (time.perf_counter() - started), 1000 * (time.process_time() - used)


def _write(root: Path, count: int) -> None:
    """Notices made of paragraphs of the annotated ones, in an order that is the same each time."""
    chance = random.Random(7)  # noqa: S311 (for an order, not for a secret)
    paragraphs = [
        part for half in HALVES for notice in notices(half) for part in re.split(r"\n{2,}", notice.text.strip())
    ]
    for number in range(count):
        text: list[str] = []
        while sum(len(part.split()) for part in text) < WORDS:
            text.append(chance.choice(paragraphs))
        make_site(root, f"---\ntitle: Notice {number}\n---\n" + "\n\n".join(text) + "\n", notice_id=f"n{number}")


def hostile() -> None:
    """Print the processor time of one notice of 30,000 and of 60,000 signs of each kind, and the ratio."""
    for name, piece in HOSTILE.items():
        once, twice = (min(_seconds(piece, size) for _ in range(2)) for size in (30_000, 60_000))
        print(f"{name}: {1000 * once:.0f} ms, {1000 * twice:.0f} ms, ratio {twice / max(once, 0.001):.1f}")


def _seconds(piece: str, size: int) -> float:
    with TemporaryDirectory() as folder:
        make_site(Path(folder), f"---\ntitle: Notice\n---\nText.\n\n{(piece * (size // len(piece)))}end\n")
        site = read(Path(folder))
        started = time.process_time()
        check.inspect(site, site.notices["library", "en"])
        return time.process_time() - started


def main() -> None:
    """Print what the options ask for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wrong", action="store_true")
    parser.add_argument("--speed", type=int, metavar="N")
    parser.add_argument("--hostile", action="store_true")
    options = parser.parse_args()
    if options.speed:
        speed(options.speed)
    elif options.hostile:
        hostile()
    else:
        for half in (*HALVES, OLDER):
            tally = measure(half)
            print(f"\n{half}: {len(notices(half))} notices\n")
            print("\n".join([*table(tally, SAID), "", *table(tally, FOUND)]))
            if options.wrong and half == "written":
                print("\n".join(tally.answers))
        for name in SETS:
            tally = measure_sentences(name)
            print(f"\nsingle sentences, {name}: {len(sentences(name))}\n")
            print("\n".join(table(tally, SINGLE)))
            if options.wrong and name == "written":
                print("\n".join(tally.answers))
        print("\nall that is measured\n")
        print("\n".join(table(measure_everything(), SAID)))


if __name__ == "__main__":
    main()
