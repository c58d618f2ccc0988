"""An officer's story, end to end in a real browser: a Word file becomes a notice, a colleague approves it, a change
is scheduled, a spelling mistake is mended meanwhile, and residents read the right text on each day. Nobody opens a
terminal or a file."""

from __future__ import annotations

import os
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

import docx
import pytest
from aiosmtpd.controller import Controller
from playwright.sync_api import Browser, expect
from werkzeug.serving import make_server

from desk.access import open_access
from desk.app import close_app, create_app
from desk.config import Config
from desk.people.person import Person, Role
from desk.sign_in.installing import sender_of
from generator.cli import main as noticeboard
from tests.desk_access_fixtures import Clock, Desk
from tests.desk_fixtures import Quiet
from tests.desk_hands import Hands, Keyboard
from tests.serving import free_port
from tests.site_fixtures import SITE
from tests.test_desk_publishing import git
from tests.test_desk_sign_in import Post

ANNA = Person("anna1234", "Anna Example", "anna@example.org", frozenset({Role.EDITOR}))
BEN = Person("ben12345", "Ben Example", "ben@example.org", frozenset({Role.APPROVER}))
NOTICE = "allotments-privacy-notice"
MISTAKE, MENDED = "your name and adress", "your name and address"
SCHEDULED = "We keep your application for 3 years after the tenancy ends."
NOW = "We keep your application for 2 years after the tenancy ends."
LEAD = "We tell you what the council does with your information when you rent an allotment."
WHY = f"We use {MISTAKE} to let plots, under Article 6(1)(e) of the UK GDPR, Allotments Act 1908."
SHARED = "We share it with the allotment association."
SUMMARY = "What we do with your information when you rent an allotment."
IN_WELSH = "Yr hyn a wnawn gyda'ch gwybodaeth pan fyddwch yn rhentu rhandir."
WELSH = {
    "Allotments privacy notice": "Hysbysiad preifatrwydd rhandiroedd",
    SUMMARY: IN_WELSH,
    LEAD: "Rydym yn dweud wrthych beth mae'r cyngor yn ei wneud gyda'ch gwybodaeth pan fyddwch yn rhentu rhandir.",
    "Why we use it": "Pam rydym yn ei defnyddio",
    WHY.replace(
        MISTAKE, MENDED
    ): "Rydym yn defnyddio eich enw a'ch cyfeiriad i osod lleiniau, o dan Erthygl 6(1)(e) o GDPR y DU, "
    "Deddf Rhandiroedd 1908.",
    "How long we keep it": "Am faint rydym yn ei chadw",
    SCHEDULED: "Rydym yn cadw eich cais am 3 blynedd ar ôl i'r denantiaeth ddod i ben.",
    "Who we share it with": "Gyda phwy rydym yn ei rhannu",
    SHARED: "Rydym yn ei rhannu â'r gymdeithas rhandiroedd.",
    "let allotments": "gosod rhandiroedd",
    "to look after the plots": "i ofalu am y lleiniau",
    "allotment association": "cymdeithas rhandiroedd",
    "your application": "eich cais",
    "tenancy ends": "i'r denantiaeth ddod i ben",
}
"""A translator's words, by the words of the notice. Names of laws and periods stay as they are."""
PATIENCE = 60_000
"""Milliseconds to wait for a page."""
KINDS = {
    "typo": "Spelling only",
    "material": "Something changes for people",
}


@dataclass
class Office:
    """A desk with its mail server, its day, and how people work at it."""

    root: Path
    desk: Desk
    post: Post
    browser: Browser
    hands: type[Hands]
    script: bool
    opened: dict[tuple[str, str], int] = field(default_factory=dict)
    """How many mailed addresses of a kind somebody has opened: each is opened once."""

    @contextmanager
    def at_the_desk(self, person: Person, path: str = "/desk/") -> Iterator[Hands]:
        """Somebody at the desk, from signing in by a mailed link."""
        context = self.browser.new_context(
            base_url=self.desk.access.config.address, java_script_enabled=self.script, locale="en-GB"
        )
        context.set_default_timeout(PATIENCE)
        hands = self.hands(context.new_page(), has_script=self.script)
        try:
            self._sign_in(hands, person, path)
            yield hands
        finally:
            context.close()

    def _sign_in(self, hands: Hands, person: Person, path: str) -> None:
        hands.page.goto(path)
        hands.write("Your work email address", person.address)
        hands.press("Send the link")
        expect(hands.page.locator("h1")).to_have_text("Look at your email")
        hands.page.goto(self.link(person, "/desk/sign-in/link/"))
        hands.press("Sign in")
        expect(hands.page.locator("header.desk .me")).to_contain_text(person.name)

    def link(self, person: Person, path: str) -> str:
        """The newest mailed address that leads to a page of the desk."""
        for _ in range(200):
            letters = [str(one.get_content()) for one in self.post.taken if one["To"] == person.address]
            found = re.findall(rf"{self.desk.access.config.address}{path}\S*", "\n".join(letters))
            if len(found) > self.opened.get((person.id, path), 0):
                self.opened[person.id, path] = len(found)
                return str(found[-1])
            time.sleep(0.05)  # letters leave after the answer
        raise AssertionError(f"no letter to {person.name} with {path}")

    def read_on(self, day: str, language: str = "en") -> str:
        """The page that residents get on a day, from a build of that day."""
        assert noticeboard(["build", "--root", str(self.root), "--date", day]) == 0
        start = "" if language == "en" else f"{language}/"
        return unescape((self.root / f"public/{start}{NOTICE}/index.html").read_text("utf-8"))


@pytest.fixture(autouse=True)
def patient() -> Iterator[None]:
    """A busy machine takes its time to read a Word file or to build a page."""
    expect.set_options(timeout=PATIENCE)
    yield
    expect.set_options(timeout=5_000)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A council's site without a notice, in version control, where somebody else has to approve."""
    folder = tmp_path / "site"
    (folder / "content").mkdir(parents=True)
    (folder / "site.yml").write_text(SITE + "approval: required\nlanguages: [en, cy]\n", "utf-8")
    (folder / ".gitignore").write_text("var/\n.noticeboard/\npublic\n", "utf-8")
    for arguments in (("init", "--quiet"), ("add", "."), ("commit", "--quiet", "-m", "First")):
        git(folder, *arguments)
    return folder


@contextmanager
def office(root: Path, browser: Browser, hands: type[Hands], *, script: bool) -> Iterator[Office]:
    """The desk of the site behind a real server, with a mail server that takes its letters."""
    taking, mail, port = Post(), free_port(), free_port()
    config = Config(root / "var" / "desk", port=port, mail=f"smtp://127.0.0.1:{mail}", mail_from="desk@example.org")
    clock = Clock(datetime(2026, 11, 30, 10, 0, tzinfo=UTC))
    access = open_access(config, clock, os.urandom)
    desk = Desk(create_app(root, access, send=sender_of(access, {})), access, clock)
    desk.add(ANNA, BEN)
    controller = Controller(taking, hostname="127.0.0.1", port=mail)
    server = make_server("127.0.0.1", port, desk.app, threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    controller.start()
    thread.start()
    try:
        yield Office(root, desk, taking, browser, hands, script)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        close_app(desk.app)
        controller.stop()


def word_file(path: Path) -> Path:
    """A notice as services send them: in Word, with a spelling mistake."""
    document = docx.Document()
    document.add_heading("Allotments privacy notice", 0)
    document.add_paragraph(LEAD)
    document.add_heading("Why we use it", 1)
    document.add_paragraph(WHY)
    document.add_heading("How long we keep it", 1)
    document.add_paragraph(NOW)
    document.add_heading("Who we share it with", 1)
    document.add_paragraph(SHARED)
    document.save(str(path))
    return path


@pytest.mark.parametrize(("hands", "script"), [(Hands, True), (Hands, False), (Keyboard, True)])
def test_an_officer_brings_a_word_file_to_residents_without_a_terminal(
    browser: Browser, root: Path, tmp_path: Path, hands: type[Hands], script: bool
) -> None:
    document = word_file(tmp_path / "Allotments.docx")
    with office(root, browser, hands, script=script) as here:
        with here.at_the_desk(ANNA) as anna:
            bring_in(anna, document)
            mend(anna)
            ask_for_approval(anna, "material", "This is the first version of this notice.")
            approve(here)
            publish(anna)

            change_section(anna, "How long we keep it", SCHEDULED)
            ask_for_approval(anna, "material", "We keep applications for a year longer.", "2027-04-01")
            approve(here)
            publish(anna)

            call_off_and_use(anna, off=2, again=1)
            correct_spelling(anna)
            open_page(anna, "Publish")
            describe(anna, "typo", "We corrected a spelling mistake.")
            publish(anna, opened=True)

            open_page(anna, "Versions")
            use_again(anna, 2)
            correct_spelling(anna)
            if hands is not Keyboard:  # its many texts are tried with the mouse alone
                translate(anna)
            ask_for_approval(anna, "material", "We keep applications for a year longer.", "2027-04-01")
            approve(here)
            publish(anna)
        for day, read, not_read in (("2026-12-01", NOW, SCHEDULED), ("2027-04-01", SCHEDULED, NOW)):
            page = here.read_on(day)
            assert read in page and not_read not in page, day
            assert MENDED in page and MISTAKE not in page, day
        if hands is not Keyboard:
            assert IN_WELSH in here.read_on("2027-04-01", "cy")


def open_page(officer: Hands, name: str) -> None:
    """Follow the way to another page of the notice."""
    officer.press(name, "link", "nav.tabs")
    expect(officer.page.locator("nav.tabs [aria-current]")).to_have_text(name)


def bring_in(officer: Hands, document: Path) -> None:
    officer.press("Bring in a notice", "link", "main")
    officer.bring("Word file, saved web page or text file", document)
    officer.press("Read it")
    expect(officer.page.locator("main")).to_contain_text("Every word of the document is in the draft or listed below.")
    for number in range(officer.page.locator("fieldset.proposal").count()):
        officer.choose("Take this fact over", f"fieldset.proposal >> nth={number}")
    officer.press("Save the draft")
    expect(officer.page.locator("h1")).to_have_text("Allotments privacy notice")


def mend(officer: Hands) -> None:
    """Follow each finding to its field, and write there what the sentence asks for."""
    found = officer.page.locator("#found li a")
    answers = {
        "what the law has": "let allotments",
        "why, starting": "to look after the plots",
        "which record": "your application",
    }
    for asked, answer in answers.items():
        link = found.filter(has_text=asked)
        field = officer.page.locator(f'[id="{(link.get_attribute("href") or "")[1:]}"]')
        officer.act_on(link)
        if officer.has_script:
            expect(field).to_be_focused()
        officer.write_into(field, answer)
    officer.write("Summary", SUMMARY)
    officer.press("Save")
    expect(officer.page.locator(".said")).to_contain_text("Saved. The team sees your words")
    expect(officer.page.locator("#found")).not_to_contain_text("Put this right before publishing")


def change_section(officer: Hands, heading: str, text: str) -> None:
    """Give a section other words."""
    open_page(officer, "Write")
    row = officer.page.locator("[data-row^='sections.']", has=officer.page.locator(f'input[value="{heading}"]'))
    officer.write_into(row.locator("textarea"), text)
    officer.press("Save")
    expect(officer.page.locator(".said")).to_contain_text("Saved.")


def correct_spelling(officer: Hands) -> None:
    open_page(officer, "Write")
    area = officer.page.locator("[data-row^='sections.'] textarea").first
    assert MISTAKE in area.input_value()
    change_section(officer, "Why we use it", area.input_value().replace(MISTAKE, MENDED))


def translate(officer: Hands) -> None:
    """Put each text into Welsh beside the English one, and say that it was read."""
    officer.act_on(officer.page.locator("nav.tabs a[href$='/cy']"))
    texts = officer.page.locator("form.translate textarea")
    for number in range(texts.count()):
        english = officer.page.locator("form.translate .source").nth(number).inner_text()
        officer.write_into(texts.nth(number), WELSH.get(english, english))
    officer.press("Save, and I have read it")
    expect(officer.page.locator(".said")).to_contain_text("The translation is saved.")


def describe(officer: Hands, kind: str, summary: str, starts: str = "") -> None:
    officer.choose(KINDS[kind])
    officer.write("What changed, in one plain sentence", summary)
    if starts:
        officer.day("From which day", starts)


def ask_for_approval(officer: Hands, kind: str, summary: str, starts: str = "") -> None:
    open_page(officer, "Review")
    describe(officer, kind, summary, starts)
    officer.press("Ask for approval")
    expect(officer.page.locator(".said").first).to_contain_text("Approval is asked for.")


def approve(here: Office) -> None:
    """Ben follows the link of the letter that asks him, signs in on the way, reads what changed and approves."""
    with here.at_the_desk(BEN, here.link(BEN, f"/desk/notices/{NOTICE}/review")) as ben:
        expect(ben.page.locator("main")).to_contain_text("Anna Example asked for approval")
        ben.write("Your role", "Data Protection Officer")
        ben.press("Approve this text")
        expect(ben.page.locator(".said").first).to_contain_text("You approved this text.")


def publish(officer: Hands, *, opened: bool = False) -> None:
    if not opened:
        open_page(officer, "Publish")
    officer.press("Publish")
    expect(officer.page.locator(".said")).to_contain_text(re.compile("published", re.I))
    expect(officer.page.locator("h1")).to_have_text("Versions: Allotments privacy notice")


def call_off_and_use(officer: Hands, *, off: int, again: int) -> None:
    officer.press(f"Call off version {off}")
    expect(officer.page.locator(".said")).to_contain_text(f"Version {off} is called off.")
    use_again(officer, again)


def use_again(officer: Hands, number: int) -> None:
    officer.press(f"Use the text of version {number} again")
    expect(officer.page.locator(".said")).to_contain_text(f"The text of version {number} is the one that you edit.")
