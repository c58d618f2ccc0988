"""People at one desk who edit, approve and publish in any order, and what must be true afterwards.

Each step is a request over HTTP by one person; some are sent at the same moment. Every word that is typed is made up
once, so that it can be looked for wherever it may be.
"""

from __future__ import annotations

import html
import random
import re
import subprocess
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import requests
from lxml import html as pages

from desk.access import loopback_address
from desk.people.person import Person
from generator.cli import main
from tests.desk_access_fixtures import Desk
from tests.site_fixtures import read

PARTS = ("title", "summary", "lead", "sections.0.text", "purposes.0.text", "retention.0.note")
NOTICES = ("library", "archives")


@dataclass(frozen=True)
class Word:
    """A made-up word that was saved: by whom, into which part of which notice, and the number of the step."""

    text: str
    by: str
    notice: str
    part: str
    step: int


@dataclass
class Known:
    """The record of all people together: saved words, and for each save of a part the text that its person had before
    them."""

    saved: list[Word] = field(default_factory=list)
    seen: list[tuple[int, str, str, str]] = field(default_factory=list)
    """Step, notice, part and text."""
    answers: dict[str, int] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    steps: int = 0

    def count(self, what: str, answer: requests.Response) -> None:
        name = f"{what} {answer.status_code}"
        self.answers[name] = self.answers.get(name, 0) + 1
        if answer.status_code >= 500 or "Traceback" in answer.text:
            self.wrong.append(f"{name}: {' '.join(answer.text.split())[:300]}")


class Officer:
    """One person with a browser of their own, and the form that they have open."""

    def __init__(self, desk: Desk, person: Person, known: Known) -> None:
        self.person, self.known, self.address = person, known, desk.access.config.address
        self.session = requests.Session()
        self.form: list[tuple[str, str]] | None = None
        self.notice = self.shown = ""
        path = loopback_address(desk.access).removeprefix(self.address)
        self.press(self.get(path), path, {"person": person.id})

    def get(self, path: str) -> requests.Response:
        return self.session.get(self.address + path, timeout=60)

    def post(self, path: str, pairs: list[tuple[str, str]]) -> requests.Response:
        headers = {"Origin": self.address, "Sec-Fetch-Site": "same-origin"}
        return self.session.post(self.address + path, pairs, headers=headers, allow_redirects=False, timeout=60)

    def press(self, page: requests.Response, path: str, sent: dict[str, str]) -> requests.Response:
        return self.post(path, [("form_token", hidden(page, "form_token")), *sent.items()])

    def open(self, notice: str) -> None:
        """Open a notice's form, as it stays open while others save."""
        page = self.get(f"/desk/notices/{notice}")
        self.known.count("open", page)
        self.notice, self.shown = notice, html.unescape(page.text)
        self.form = fields(page, "sheet")

    def save(self, chance: random.Random, step: int) -> None:
        """Change some parts of the form that is open, and send it."""
        if self.form is None:
            self.open(chance.choice(NOTICES))
        assert self.form is not None
        words = {part: f"word{self.person.id[:3]}{step}x{at}" for at, part in enumerate(chance.sample(PARTS, 2))}
        changed = [(name, f"We say {words[name]}." if name in words else value) for name, value in self.form]
        words = {name: word for name, word in words.items() if name in dict(self.form)}
        answer = self.post(f"/desk/notices/{self.notice}", [*changed, ("do", "save")])
        self.known.count("save", answer)
        if answer.status_code == 409:
            self.settle(chance, answer, words, step)
        elif answer.status_code == 303:
            self.done(words, step, self.shown)
        else:
            self.known.wrong += [
                f"{word} was refused and not shown" for word in words.values() if word not in html.unescape(answer.text)
            ]
        self.form = None

    def settle(self, chance: random.Random, page: requests.Response, words: dict[str, str], step: int) -> None:
        """Choose in a conflict, or leave it: then the words were shown."""
        for _ in range(3):
            shown = html.unescape(page.text)
            self.known.wrong += [f"a conflict does not show {word}" for word in words.values() if word not in shown]
            choices = dict.fromkeys(re.findall(r'name="(choose\.[^"]+)"', shown))
            taken = {name: chance.choice(("mine", "mine", "theirs")) for name in choices}
            if chance.random() < 0.2:
                return
            sent = [*fields(page, "choose"), *taken.items(), ("do", "choose")]
            answer = self.post(f"/desk/notices/{self.notice}", sent)
            self.known.count("choose", answer)
            if answer.status_code == 303:
                lost = {name for name, choice in taken.items() if choice == "theirs"}
                kept = {part: word for part, word in words.items() if not any(of(part) in name for name in lost)}
                self.done(kept, step, self.shown + shown)
                return
            page = answer
            if answer.status_code != 409:
                return

    def done(self, words: dict[str, str], step: int, seen: str) -> None:
        self.known.saved += [Word(word, self.person.id, self.notice, part, step) for part, word in words.items()]
        self.known.seen += [(step, self.notice, part, seen) for part in words]

    def publish(self, chance: random.Random, step: int) -> None:
        """Publish a notice as its page offers it; others may have saved between looking and pressing."""
        self._two_steps(chance, "publish", "publish", {"kind": "material", "summary": f"Change {step}."}, "seen")

    def ask(self, chance: random.Random, step: int) -> None:
        self._two_steps(chance, "review", "review/ask", {"kind": "material", "summary": f"Change {step}."}, "seen")

    def approve(self, chance: random.Random, step: int) -> None:
        self._two_steps(chance, "review", "review/approve", {"role": "Officer"}, "digest")

    def remark(self, chance: random.Random, step: int) -> None:
        self._two_steps(chance, "review", "review/remark", {"text": f"Remark {step}."}, "digest")

    def review(self, chance: random.Random, step: int) -> None:
        self._two_steps(chance, "versions", "reviewed", {"next": f"2027-0{chance.randint(1, 9)}-01"})

    def _two_steps(self, chance: random.Random, page: str, to: str, sent: dict[str, str], *kept: str) -> None:
        notice = chance.choice(NOTICES)
        found = self.get(f"/desk/notices/{notice}/{page}")
        self.known.count(page, found)
        if any(f'name="{name}" value="' not in found.text for name in kept):
            return
        more = {name: hidden(found, name) for name in kept}
        self.known.count(to, self.press(found, f"/desk/notices/{notice}/{to}", more | sent))


def of(part: str) -> str:
    """How a part of the form is called in the choices of a conflict."""
    return "section" if part.startswith("sections") else part.partition(".")[0]


def hidden(page: requests.Response, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page.text)
    assert found, f"no {name} on {page.url}: {page.status_code}"
    return html.unescape(found[1])


def fields(page: requests.Response, form: str) -> list[tuple[str, str]]:
    """The fields of a form as a browser sends them."""
    wanted = next(
        one
        for one in pages.fromstring(page.text).forms
        if one.get("id") == form or (form == "choose" and one.xpath(".//*[@value='choose']"))
    )
    for area in wanted.xpath(".//textarea"):
        if area.text and area.text.startswith("\n"):
            area.text = area.text[1:]
    pairs = [(name, value) for name, value in wanted.form_values() if name != "do"]
    return [(name, value) for name, value in pairs if not name.startswith("choose.")]


def play(officers: list[Officer], chance: random.Random, steps: int) -> None:
    """Steps in a random order, some of them at the same moment."""
    known = officers[0].known
    with ThreadPoolExecutor(len(officers)) as pool:
        for _ in range(steps):
            known.steps += 1
            now = chance.sample(officers, chance.choice((1, 1, 2, len(officers))))
            own = [random.Random(chance.random()) for _ in now]  # noqa: S311 (a test that can be repeated)
            running = [pool.submit(step_of(*one), one[1], known.steps) for one in zip(now, own, strict=True)]
            for one in running:
                one.result()


def step_of(officer: Officer, chance: random.Random) -> Callable[[random.Random, int], None]:
    def opening(own: random.Random, _step: int) -> None:
        officer.open(own.choice(NOTICES))

    kinds = (opening, opening, officer.save, officer.save, officer.save, officer.publish, officer.ask)
    return chance.choice((*kinds, officer.approve, officer.remark, officer.review))


def faults(root: Path, known: Known, *, has_git: bool) -> list[str]:
    """Faults that must not be: a saved word that is nowhere and that nobody saw when it went, a site that cannot be
    built."""
    found = list(known.wrong)
    files = {notice: (root / "content" / notice / "notice.md").read_text("utf-8") for notice in NOTICES}
    history = git(root, "log", "--all", "-p", "--", "content") if has_git else ""
    for word in known.saved:
        if word.text in files[word.notice]:
            continue
        was_seen = any(
            step >= word.step and (notice, part) == (word.notice, word.part) and word.text in seen
            for step, notice, part, seen in known.seen
        )
        if not was_seen:
            found.append(f"{word} was overwritten unseen")
        if has_git and word.text not in history:
            found.append(f"{word} is in no history")
    numbers: dict[str, list[int]] = {}
    for version in read(root).ever:
        numbers.setdefault(version.notice, []).append(version.version)
    found += [f"{notice}: versions {own}" for notice, own in numbers.items() if own != list(range(1, len(own) + 1))]
    if main(["build", "--root", str(root), "--jobs", "1"]) != 0:
        found.append("the site cannot be built")
    if has_git:
        found += [f"git: {line}" for line in git(root, "status", "--porcelain").splitlines()]
        tags = set(git(root, "tag").split())
        found += [
            f"{notice}/v{one} has no tag"
            for notice, own in numbers.items()
            for one in own[1:]
            if f"{notice}/v{one}" not in tags
        ]
    return found


def git(root: Path, *arguments: str) -> str:
    own = ("-c", "user.name=Founder Example", "-c", "user.email=founder@example.org")
    done = subprocess.run(["git", *own, *arguments], cwd=root, check=True, capture_output=True, text=True)
    return done.stdout
