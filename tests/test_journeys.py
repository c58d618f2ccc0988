"""Residents' journeys, each walked to its end in each way in which people read our pages.

`make test` walks each journey once, in each way some of them; `make faults ONLY=journeys` walks the whole table.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser

from generator.building.build import read_words
from generator.rule import Example
from generator.versions import lock as lockfile
from generator.versions import version as versions
from generator.wording.strings import Words
from tests.browser import chromium, firefox
from tests.persons import Firefox, Person, Typist, Visitor
from tests.rule_fixtures import SOUND, WELSH, changed, make
from tests.serving import served
from tests.site_fixtures import edit, publish, read, write_notice
from tests.test_acts_in_browser import written
from tests.text_browsers import Lynx, W3m
from tests.widget_fixtures import linked
from widget.cli import main
from widget.ledger.events import ConsentEvent

LONG = os.environ.get("FAULTS") == "long"
MANY = 400
TOLD = {
    "en": {
        "title": "Library privacy notice",
        "topic": "Leisure",
        "summary": "What we do with your information when you join the library.",
        "before": "I agree that the library can send me news.",
        "news": "I agree that the library can send me news and offers.",
        "photos": "I agree that the library can show photos of my child at its events.",
        "club": "I agree that the library can ring me about the reading club.",
        "ring me": "Yes, ring me",
        "topic of the club": "The reading club",
    },
    "cy": {
        "title": "Hysbysiad preifatrwydd y llyfrgell",
        "topic": "Hamdden",
        "summary": "Yr hyn rydym yn ei wneud â’ch gwybodaeth pan fyddwch yn ymuno â’r llyfrgell.",
        "before": "Rwy’n cytuno y caiff y llyfrgell anfon newyddion ataf.",
        "news": "Rwy’n cytuno y caiff y llyfrgell anfon newyddion a chynigion ataf.",
        "photos": "Rwy’n cytuno y caiff y llyfrgell ddangos lluniau o’m plentyn yn ei digwyddiadau.",
        "club": "Rwy’n cytuno y caiff y llyfrgell fy ffonio am y clwb darllen.",
        "ring me": "Cewch, ffoniwch fi",
        "topic of the club": "Y clwb darllen",
    },
}
"""The council's own words; the statement `before` was replaced by that on `news`."""
CONSENTS = """\
consents:
  - id: news
    statement: I agree that the library can send me news.
    purposes: news
    effect: If you withdraw, we send you no more news. You can still borrow books.
    if_refused: You can say no and still borrow books.
  - id: photos
    statement: I agree that the library can show photos of my child at its events.
    purposes: news
    effect: If you withdraw, we take the photos down.
    if_refused: You can say no and still join in.
    on_behalf: [self, child]
"""
CLUB = {
    "en": """\
title: Reading club privacy notice
summary: What we do with your information when you read with others.
consents:
  - id: club
    topic: The reading club
    statement: I agree that the library can ring me about the reading club.
    purposes: news
    effect: If you withdraw, we stop ringing you.
    if_refused: You can say no and still borrow books.
    reach: required
    question: {text: May we ring you?, agree: "Yes, ring me", refuse: "No, do not ring me"}
""",
    "cy": """\
title: Hysbysiad preifatrwydd y clwb darllen
summary: Yr hyn rydym yn ei wneud â’ch gwybodaeth pan fyddwch yn darllen gydag eraill.
consents:
  - id: club
    topic: Y clwb darllen
    statement: Rwy’n cytuno y caiff y llyfrgell fy ffonio am y clwb darllen.
    purposes: news
    effect: Os byddwch yn tynnu eich cydsyniad yn ôl, ni fyddwn yn eich ffonio mwyach.
    if_refused: Gallwch wrthod a benthyg llyfrau o hyd.
    reach: required
    question: {text: Gawn ni eich ffonio?, agree: "Cewch, ffoniwch fi", refuse: "Na, peidiwch â’m ffonio"}
""",
}
"""Another notice, whose yes needs a way to reach the person and is the answer to a question."""
WITHOUT_CONSENT = """\
purposes: [{id: lend, text: lend you books, basis: task}]
lawful_bases: [{id: task, article: 6(1)(e), task: lend books, legislation: Public Libraries Act 1964 section 7}]
"""
IN_WELSH = """\
consents:
  - id: news
    statement: Rwy’n cytuno y caiff y llyfrgell anfon newyddion ataf.
    purposes: news
    effect: Os byddwch yn tynnu eich cydsyniad yn ôl, ni fyddwn yn anfon newyddion atoch mwyach.
    if_refused: Gallwch wrthod a benthyg llyfrau o hyd.
  - id: photos
    statement: Rwy’n cytuno y caiff y llyfrgell ddangos lluniau o’m plentyn yn ei digwyddiadau.
    purposes: news
    effect: Os byddwch yn tynnu eich cydsyniad yn ôl, rydym yn tynnu’r lluniau i lawr.
    if_refused: Gallwch wrthod a chymryd rhan o hyd.
    on_behalf: [self, child]
"""


# The council


def many(root: Path, folder: Path) -> None:
    """Publish as many more notices as make a long list, each the copy of one, as its frozen file and line."""
    make(folder, Example(front=WITHOUT_CONSENT, without=("consents",)))
    assert publish(folder, "2026-01-05", "First.") == 0
    frozen = (folder / "content/library/versions/1.yml").read_text("utf-8")
    for number in range(1, MANY):
        name = f"service-{number:03}"
        data = frozen.replace('"library"', f'"{name}"')
        for word in ("Library", "library"):
            data = data.replace(word, f"Service {number}")
        path = root / "content" / name / "versions" / "1.yml"
        path.parent.mkdir(parents=True)
        path.write_bytes(data.encode())
        with (root / "content" / lockfile.LOCK).open("a") as lock:
            lock.write(lockfile.line(versions.digest(data.encode()), f"{name}/versions/1.yml"))


@dataclass(frozen=True)
class Council:
    """A council with a notice of two consents in two languages, whose words changed, among many other notices."""

    root: Path
    address: str

    @cached_property
    def words(self) -> dict[str, Words]:
        """The words of its pages, by language."""
        return read_words(read(self.root))

    @cached_property
    def first(self) -> dict[str, str]:
        """The digest of the first version of its notice, by language."""
        with urlopen(f"{self.address}/published.json") as answer:  # noqa: S310 (this machine)
            versions = json.load(answer)["versions"]
        return {one["language"]: one["digest"] for one in versions if (one["notice"], one["version"]) == ("library", 1)}


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Council]:
    root = tmp_path_factory.mktemp("council")
    make(root, Example(front=CONSENTS, welsh=IN_WELSH))
    for language, facts in (("", SOUND), ("cy", WELSH)):
        club = changed(facts, CLUB[language or "en"])
        write_notice(root, f"---\n{club}---\n", "club", language)
    assert publish(root, "2026-01-05", "First.") == 0
    for file, language in (("notice.md", "en"), ("notice.cy.md", "cy")):
        edit(root / "content/library" / file, TOLD[language]["before"], TOLD[language]["news"])
    assert publish(root, "2026-02-01", "Offers too.", "material") == 0
    many(root, tmp_path_factory.mktemp("one"))
    with served(root) as address:
        yield Council(root, address)


# The people


@dataclass(frozen=True)
class Mode:
    """A way in which people read: what drives it, their language, and how one of them is made."""

    engine: str
    person: Callable[..., Person]
    language: str = "en"
    scripts: bool = True


MODES = {
    "script": Mode("chromium", Visitor),
    "no_script": Mode("chromium", Visitor, scripts=False),
    "keyboard": Mode("chromium", Typist),
    "Welsh": Mode("chromium", Visitor, "cy"),
    "Firefox": Mode("firefox", Firefox),
    "lynx": Mode("terminal", Lynx, scripts=False),
    "w3m": Mode("terminal", W3m, scripts=False),
}


class Engines:
    """The one browser that runs, until another is asked for; text browsers start by themselves."""

    def __init__(self) -> None:
        self.running = ExitStack()
        self.name = ""
        self.browser: Browser | None = None

    def of(self, mode: Mode) -> Browser | None:
        """The browser of a mode."""
        if mode.engine != self.name:
            self.running.close()
            self.name = mode.engine
            start = {"chromium": chromium, "firefox": partial(firefox, script=True)}.get(mode.engine)
            self.browser = self.running.enter_context(start()) if start else None
        return self.browser


@pytest.fixture(scope="module")
def engines() -> Iterator[Engines]:
    found = Engines()
    yield found
    found.running.close()


@dataclass(frozen=True)
class Walk:
    """A person on the way, in a language; `before` is how many acts the ledger had."""

    council: Council
    person: Person
    language: str
    folder: Path
    before: int

    def say(self, key: str, **values: object) -> str:
        """Our words, in the person's language."""
        return self.council.words[self.language](key, **values)

    def told(self, name: str) -> str:
        """The council's words, in the person's language."""
        return TOLD[self.language][name]

    def open(self, path: str) -> None:
        """Open a page of the site in the person's language."""
        self.person.open(self.council.address + ("" if self.language == "en" else f"/{self.language}") + path)

    def answer(self, then: str, **decisions: str) -> None:
        """Choose, and press until it is saved: the static page without script asks once more. `then` is what is shown."""
        for statement, decision in decisions.items():
            self.person.choose(self.say(f"consent_form.{decision}"), self.told(statement))
        self.save(then)

    def save(self, then: str) -> None:
        """Press until it is saved, and read what came of it."""
        unsaved = self.say("endpoint.consent.unsaved")
        self.person.press(self.say("consent_form.send"))
        if self.person.sees(self.say(then), unsaved) == unsaved:
            self.person.press(self.say("consent_form.send"))
            self.person.sees(self.say(then))

    def did(self, *expected: str) -> None:
        """The ledger recorded these acts on the way: what happened, to which statement of which version, and for whom.

        A browser that chooses the first answer by itself refuses what the person left alone, and never more than that.
        """
        acts = [told(event) for event in written(self.council.root)[self.before :]]
        if self.person.chooses_first:
            acts = [act for act in acts if act in expected or not act.startswith("refused")]
        assert acts == list(expected)


def told(event: ConsentEvent) -> str:
    """An act in short."""
    child = "for a child" if event.acting_for == "child" else ""
    return " ".join(str(part) for part in (event.kind, event.consent, event.version, child) if part)


# The journeys


def read_a_notice(walk: Walk) -> None:
    walk.open("/library/")
    walk.person.sees(walk.told("summary"))
    walk.person.sees(walk.told("news"))
    walk.person.follow(walk.say("page.notice.history"))
    walk.person.sees(walk.say("page.history.number", number=1))
    walk.person.sees(walk.say("page.history.number", number=2))


def find_it_among_many(walk: Walk) -> None:
    walk.open("/")
    if walk.person.scripts:
        walk.person.type(walk.told("title"), walk.say("page.index.filter"))
        walk.person.sees(walk.say("page.index.found_one"))
    else:
        walk.person.unfold(walk.told("topic"))
    walk.person.follow(walk.told("title"))
    walk.person.sees(walk.told("summary"))


def give(walk: Walk) -> None:
    walk.open("/library/")
    walk.answer("endpoint.receipt.outcome_given", news="agree")
    walk.person.sees(walk.told("news"))
    walk.did("given news 2")


def refuse(walk: Walk) -> None:
    walk.open("/library/")
    walk.answer("endpoint.receipt.outcome_refused", news="refuse")
    walk.did("refused news 2")


def partly(walk: Walk) -> None:
    walk.open("/library/")
    walk.answer("endpoint.receipt.outcome_mixed", news="agree", photos="refuse")
    walk.did("given news 2", "refused photos 2")


def change_at_once(walk: Walk) -> None:
    walk.open("/library/")
    walk.answer("endpoint.receipt.outcome_refused", news="refuse")
    walk.person.follow(walk.say("consent_form.again"))
    walk.answer("endpoint.receipt.outcome_given", news="agree")
    walk.did("refused news 2", "given news 2")


def withdraw_from_the_receipt(walk: Walk) -> None:
    walk.open("/library/")
    walk.answer("endpoint.receipt.outcome_given", news="agree")
    giving = walk.person.steps
    walk.person.press(walk.say("consent_form.withdraw"))
    walk.person.sees(walk.say("endpoint.receipt.outcome_withdrawn"))
    assert walk.person.steps - giving <= giving
    walk.did("given news 2", "withdrawn news 2")


def withdraw_from_a_mail(walk: Walk) -> None:
    email = somebody()
    walk.open("/library/")
    walk.person.choose(walk.say("consent_form.agree"), walk.told("news"))
    walk.person.type(email, walk.say("consent_form.email"))
    walk.save("endpoint.receipt.outcome_given")
    giving = walk.person.steps
    walk.person.open(linked(walk.council.root, email, "receipt/"))
    walk.person.press(walk.say("consent_form.withdraw"))
    walk.person.sees(walk.say("endpoint.receipt.outcome_withdrawn"))
    assert walk.person.steps - giving <= giving
    walk.did("given news 2", "withdrawn news 2")


def withdraw_without_a_receipt(walk: Walk) -> None:
    email = somebody()
    agreed_before(walk, email)
    welcome = linked(walk.council.root, email, "confirm/")
    walk.open("/library/")
    walk.person.follow(walk.say("page.footer.withdraw"))
    walk.person.sees(walk.say("endpoint.withdraw.without_receipt"))
    walk.person.type(email, walk.say("endpoint.withdraw.email"))
    walk.person.press(walk.say("endpoint.withdraw.send"))
    walk.person.sees(walk.say("endpoint.requested.title"))
    walk.person.sees(walk.say("endpoint.receipt.reference"))
    asking = walk.person.steps
    walk.person.open(linked(walk.council.root, email, "confirm/", welcome))
    walk.person.tick(walk.told("before"))
    walk.person.press(walk.say("endpoint.confirm.withdraw_button"))
    walk.person.sees(walk.say("endpoint.confirm.title_withdrawn"))
    walk.person.sees(walk.say("endpoint.confirm.withdraw_none"))
    assert (asking, walk.person.steps - asking) == (4, 3), "one form, and no more steps than giving by the link"
    walk.did("given news 1", "withdrawal-requested", "withdrawn news 1")
    walk.person.follow(walk.say("endpoint.receipt.title"))
    walk.person.sees(walk.say("endpoint.receipt.outcome_withdrawn"))


def see_what_was_agreed_to(walk: Walk) -> None:
    email = somebody()
    agreed_before(walk, email)
    welcome = linked(walk.council.root, email, "confirm/")
    walk.open("/")
    walk.person.follow(walk.say("page.index.agreed"))
    walk.person.sees(walk.say("endpoint.agreed.lead"))
    walk.person.type(email, walk.say("endpoint.withdraw.email"))
    walk.person.press(walk.say("endpoint.agreed.send"))
    walk.person.sees(walk.say("endpoint.agreed.sent_lead"))
    walk.person.open(linked(walk.council.root, email, "confirm/", welcome))
    walk.person.sees(walk.say("endpoint.confirm.title_agreed"))
    walk.person.sees(walk.told("before"))
    walk.did("given news 1")


def answer_for_a_child(walk: Walk) -> None:
    walk.open("/library/")
    child_says(walk, "Ann", "agree", "endpoint.receipt.outcome_given")
    walk.did("given photos 2 for a child")


def answer_for_two_children(walk: Walk) -> None:
    receipts = set()
    for child, decision, outcome in (("Ann", "agree", "given"), ("Ben", "refuse", "refused")):
        walk.open("/library/")
        child_says(walk, child, decision, f"endpoint.receipt.outcome_{outcome}")
        receipts.add(walk.person.address())
    assert len(receipts) == 2, "each child has a receipt"
    walk.did("given photos 2 for a child", "refused photos 2 for a child")


def agree_where_the_service_must_reach_one(walk: Walk) -> None:
    walk.open("/club/")
    walk.person.sees(walk.say("consent_form.reach"))
    walk.person.choose(walk.told("ring me"), walk.told("club"))
    walk.save("endpoint.wrong.reach")
    walk.did()
    walk.person.type("0161 496 0000", walk.say("endpoint.withdraw.phone"))
    walk.person.press(walk.say("consent_form.send"))
    walk.person.sees(walk.say("endpoint.receipt.outcome_given_to", topic=walk.told("topic of the club")))
    walk.did("given club 1")


def renew(walk: Walk) -> None:
    walk.person.open(agreed_before(walk, ""))
    walk.person.sees(walk.say("endpoint.receipt.renewal"))
    walk.person.follow(walk.say("endpoint.receipt.renewal_link"))
    walk.person.sees(walk.say("endpoint.receipt.renewal_now"))
    walk.person.sees(walk.told("news"))
    walk.person.press(walk.say("endpoint.receipt.renewal_yes"))
    walk.person.sees(walk.say("endpoint.receipt.outcome_given"))
    walk.did("given news 1", "renewed news 2")


def check_an_old_printed_copy(walk: Walk) -> None:
    walk.open("/check/library/1/")
    walk.person.sees("Offers too.")
    walk.person.follow(walk.say("page.check.read_current", number=2))
    walk.person.sees(walk.told("news"))


def keep_and_check_a_receipt(walk: Walk) -> None:
    walk.open("/library/")
    walk.answer("endpoint.receipt.outcome_given", news="agree")
    receipt = walk.person.address()
    walk.person.unfold(walk.say("endpoint.receipt.proof"))
    kept = walk.folder / "receipt.jsonld"
    kept.write_bytes(walk.person.keep(walk.say("endpoint.receipt.file"), walk.folder))
    walk.person.open(receipt)
    walk.person.unfold(walk.say("endpoint.receipt.proof"))
    walk.person.follow(walk.say("endpoint.receipt.verify"))
    if walk.person.scripts:
        walk.person.hand_in(kept, walk.say("endpoint.verify.choose"))
        walk.person.sees(walk.say("endpoint.verify.whole"))
    else:
        walk.person.sees(walk.say("endpoint.verify.noscript"))
    with urlopen(f"{walk.council.address}/log/keys") as answer:  # noqa: S310 (this machine)
        key = answer.read().decode().split()[0]
    assert main(["verify-receipt", str(kept), "--key", key]) == 0


def answer_within_another_form(walk: Walk) -> None:
    walk.person.open(f"{walk.council.address}/demo/?notice=library&language={walk.language}")
    if walk.person.scripts:
        walk.answer("consent_form.state_given", news="agree")
        walk.person.press(walk.say("consent_form.withdraw"))
        walk.person.sees(walk.say("consent_form.stopped"))
    else:
        walk.person.follow(walk.say("demo.link"))
        walk.answer("endpoint.receipt.outcome_given", news="agree")
        walk.person.press(walk.say("consent_form.withdraw"))
        walk.person.sees(walk.say("endpoint.receipt.outcome_withdrawn"))
    walk.did("given news 2", "withdrawn news 2")


def report_a_problem(walk: Walk) -> None:
    walk.open("/library/")
    walk.person.follow(walk.say("page.footer.report"))
    walk.person.sees(walk.say("endpoint.report.about", title=walk.told("title"), number=2))
    walk.person.type("The second link leads nowhere.", walk.say("endpoint.report.problem"))
    walk.person.press(walk.say("endpoint.report.send"))
    walk.person.sees(walk.say("endpoint.report.sent_title"))
    walk.did()


JOURNEYS: dict[str, Callable[[Walk], None]] = {
    journey.__name__: journey
    for journey in (
        read_a_notice,
        find_it_among_many,
        give,
        refuse,
        partly,
        change_at_once,
        withdraw_from_the_receipt,
        withdraw_from_a_mail,
        withdraw_without_a_receipt,
        answer_for_a_child,
        answer_for_two_children,
        agree_where_the_service_must_reach_one,
        renew,
        check_an_old_printed_copy,
        keep_and_check_a_receipt,
        answer_within_another_form,
        report_a_problem,
        see_what_was_agreed_to,
    )
}


# What they have in common


def somebody() -> str:
    """An address that nobody used before."""
    return f"{secrets.token_hex(6)}@example.org"


def child_says(walk: Walk, child: str, decision: str, then: str) -> None:
    """Answer for a child, whom the person names."""
    walk.person.follow(walk.say("consent_form.instead_child"))
    walk.person.sees(walk.say("consent_form.child_lead"))
    walk.person.choose(walk.say(f"consent_form.{decision}"), walk.told("photos"))
    walk.person.type(child, walk.say("consent_form.about"))
    walk.save(then)


def agreed_before(walk: Walk, email: str) -> str:
    """Agree to the first version, as somebody did who had its page open: the receipt's address."""
    fields = {
        "version": "1",
        "digest": walk.council.first[walk.language],
        "language": walk.language,
        "decision.news": "given",
        "email": email,
        "request_id": secrets.token_hex(16),
    }
    sent = urlencode(fields).encode()
    with urlopen(f"{walk.council.address}/consent/library", sent) as receipt:  # noqa: S310 (this machine)
        return str(receipt.geturl())


# The table


def square() -> list[tuple[str, str]]:
    """Each journey in one mode, and each mode about as often as any other; Firefox has tests/test_firefox.py."""
    modes = [mode for mode in MODES if mode != "Firefox"]
    return [(modes[number % len(modes)], journey) for number, journey in enumerate(JOURNEYS)]


TABLE = [(mode, journey) for mode in MODES for journey in JOURNEYS]
CELLS = sorted(TABLE if LONG else square(), key=lambda cell: MODES[cell[0]].engine)


@pytest.mark.parametrize(("mode", "journey"), CELLS, ids=[f"{journey}-{mode}" for mode, journey in CELLS])
def test_a_resident_comes_to_the_end(
    council: Council, engines: Engines, mode: str, journey: str, tmp_path: Path
) -> None:
    way = MODES[mode]
    browser = engines.of(way)
    if browser:
        person = way.person(browser, scripts=way.scripts, language=way.language)
    else:
        person = way.person(tmp_path, way.language)
    walk = Walk(council, person, way.language, tmp_path, len(written(council.root)))
    try:
        JOURNEYS[journey](walk)
    finally:
        person.close()
