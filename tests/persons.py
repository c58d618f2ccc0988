"""A person who reads our pages in one of the ways in which people do, and what every such person can do on a page.

A journey is written once in these words and walked in each mode. Each deed is a step that the person takes, and is
counted.
"""

from __future__ import annotations

import re
import time
from abc import ABC, abstractmethod
from contextlib import suppress
from pathlib import Path
from urllib.parse import urljoin

from playwright.sync_api import Browser, BrowserContext, Error, Locator, Page

PATIENCE = 200
"""How often a person looks whether a page says something, a tenth of a second apart, before giving up."""
FARTHEST = 150
"""Presses of the tabulator, at most, to anything on a page."""


class Person(ABC):
    """Somebody at a page.

    `scripts`: whether scripts run; `chooses_first`: whether the browser chooses the first answer itself.
    """

    scripts = True
    chooses_first = False

    def __init__(self) -> None:
        self.steps = 0

    @abstractmethod
    def open(self, address: str) -> None:
        """Type an address, or follow a link in a letter."""

    @abstractmethod
    def address(self) -> str:
        """The address of the page."""

    @abstractmethod
    def text(self) -> str:
        """All that the page says to this person, on one line."""

    @abstractmethod
    def follow(self, link: str) -> None:
        """Follow the first link whose name is this."""

    @abstractmethod
    def unfold(self, summary: str) -> None:
        """Open what is folded below a summary, where it is folded."""

    @abstractmethod
    def choose(self, answer: str, group: str) -> None:
        """Choose an answer to a question or a statement."""

    @abstractmethod
    def tick(self, box: str) -> None:
        """Tick the first box whose name begins with this."""

    @abstractmethod
    def type(self, text: str, field: str) -> None:
        """Type into the field of this name."""

    @abstractmethod
    def press(self, button: str) -> None:
        """Press the first button whose name begins with this."""

    @abstractmethod
    def keep(self, link: str, folder: Path) -> bytes:
        """The bytes of the file that a link leads to, kept in a folder."""

    @abstractmethod
    def hand_in(self, file: Path, field: str) -> None:
        """Choose a file in a field."""

    @abstractmethod
    def close(self) -> None:
        """Leave."""

    def sees(self, *texts: str) -> str:
        """Wait for the page to say one of these; which one."""
        for _ in range(PATIENCE):
            with suppress(Error):  # the page goes away meanwhile
                said = self.text()
                for text in texts:
                    if one_line(text) in said:
                        return text
            self.wait()
        raise AssertionError(f"{self.address()} says none of {texts}: {self.text()}")

    def wait(self) -> None:
        """Let the page go on for a moment."""
        time.sleep(0.1)


def one_line(text: str) -> str:
    """A text with one space wherever it has any."""
    return " ".join(text.split())


class Visitor(Person):
    """A person with a mouse or a finger, in a browser that Playwright drives."""

    def __init__(self, browser: Browser, *, scripts: bool = True, language: str = "en") -> None:
        super().__init__()
        self.scripts = scripts
        self.context: BrowserContext = browser.new_context(
            java_script_enabled=scripts, locale=language, accept_downloads=True
        )
        self.context.set_default_timeout(20_000)
        # residents have no script that reloads the page after a build: only `serve` adds it, for editors
        self.context.route("**/draft/-/*", lambda route: route.fulfill(body="", content_type="text/javascript"))
        self.page: Page = self.context.new_page()

    def open(self, address: str) -> None:
        self.steps += 1
        self.page.goto(address)

    def address(self) -> str:
        return self.page.url

    def text(self) -> str:
        said = str(self.page.locator("body").inner_text())
        for part in self.page.locator(
            "consent-form [role=group]"
        ).all():  # what stands in its shadow the page does not count
            said += f" {part.inner_text()}"
        return one_line(said)

    def follow(self, link: str) -> None:
        self._do(self._named("link", link))

    def unfold(self, summary: str) -> None:
        folded = self.page.locator("details:not([open]) > summary", has_text=summary)
        if folded.count():
            self._do(folded.first)

    def choose(self, answer: str, group: str) -> None:
        self.steps += 1
        self.pick(self.page.get_by_role("group", name=group).get_by_role("radio", name=answer, exact=True).first)

    def tick(self, box: str) -> None:
        self._do(self._named("checkbox", box))

    def type(self, text: str, field: str) -> None:
        self.steps += 1
        self.fill(self._field(field), text)

    def press(self, button: str) -> None:
        self._do(self._named("button", button))

    def keep(self, link: str, folder: Path) -> bytes:
        with self.page.expect_download() as waiting:
            self.follow(link)
        path = folder / waiting.value.suggested_filename
        waiting.value.save_as(path)
        return path.read_bytes()

    def hand_in(self, file: Path, field: str) -> None:
        self._field(field).set_input_files(file)

    def close(self) -> None:
        self.context.close()

    def wait(self) -> None:
        self.page.wait_for_timeout(100)

    def _named(self, role: str, name: str) -> Locator:
        begins = re.compile(rf"^\s*{re.escape(name)}")
        found = self.page.get_by_role(role, name=begins)  # type: ignore[arg-type]
        return found.first

    def _field(self, name: str) -> Locator:
        return self.page.get_by_label(name, exact=True).first

    def _do(self, control: Locator) -> None:
        self.steps += 1
        self.activate(control)

    # By hand: with a pointer here

    def activate(self, control: Locator) -> None:
        """Press a link, a button or a box."""
        control.click()

    def pick(self, radio: Locator) -> None:
        """Choose one of a group."""
        radio.check()

    def fill(self, field: Locator, text: str) -> None:
        """Type into a field."""
        field.fill(text)


class Typist(Visitor):
    """The same person without a pointer: the tabulator, the arrows, Enter and the space bar."""

    def activate(self, control: Locator) -> None:
        self.reach(control)
        self.page.keyboard.press("Space" if control.get_attribute("type") == "checkbox" else "Enter")

    def pick(self, radio: Locator) -> None:
        name = radio.get_attribute("name")
        group = self.page.locator(f"input[type=radio][name='{name}']:visible")
        self.reach(group.first, *group.all()[1:])
        for _ in range(group.count()):
            if radio.is_checked():
                return
            self.page.keyboard.press("ArrowDown" if self._on_another(radio) else "Space")
        assert radio.is_checked(), "the arrows do not reach the answer"

    def fill(self, field: Locator, text: str) -> None:
        self.reach(field)
        self.page.keyboard.type(text)

    def reach(self, *controls: Locator) -> None:
        """Come to one of these by the tabulator alone."""
        controls[0].wait_for()
        for _ in range(FARTHEST):
            if any(
                control.evaluate("control => control === control.getRootNode().activeElement") for control in controls
            ):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"the tabulator does not reach {controls[0]}")

    def _on_another(self, radio: Locator) -> bool:
        return not radio.evaluate("radio => radio === radio.getRootNode().activeElement")


class Firefox(Visitor):
    """A person in Firefox, which WebDriver BiDi drives: by keyboard, from where a click would have put the focus.

    The protocol hands out no file that was downloaded: the link is asked for.
    """

    def activate(self, control: Locator) -> None:
        control.focus()
        self.page.keyboard.press("Space" if control.get_attribute("type") == "checkbox" else "Enter")

    def pick(self, radio: Locator) -> None:
        radio.focus()
        self.page.keyboard.press("Space")

    def keep(self, link: str, folder: Path) -> bytes:
        address = self._named("link", link).get_attribute("href")
        assert address
        return self.page.request.get(urljoin(self.page.url, address)).body()
