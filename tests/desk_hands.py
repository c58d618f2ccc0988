"""How somebody works at the desk in a browser: with the mouse, with script or without, or by the keyboard alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Locator, Page, TimeoutError

MOST_TABS = 600
"""How often Tab may be pressed to come to a control; the longest form has about 250 of them."""
_HAS_FOCUS = "one => one === document.activeElement"


class Hands:
    """Somebody with a mouse. Controls are found by the words that stand on them."""

    def __init__(self, page: Page, *, has_script: bool = True) -> None:
        self.page = page
        self.has_script = has_script

    def press(self, name: str, role: str = "button", within: str = "body") -> None:
        """Press a button or follow a link."""
        self.act_on(self._of(within).get_by_role(role, name=name, exact=True).first)  # type: ignore[arg-type]

    def unfold(self, name: str, within: str = "body") -> None:
        """Open a part that is folded, where it is."""
        part = self._of(within).locator("details", has=self.page.locator("summary", has_text=name)).first
        if part.get_attribute("open") is None:
            self.act_on(part.locator("summary").first)

    def write(self, label: str, text: str, within: str = "body") -> None:
        """Put a text in place of a field's own."""
        self.write_into(self._of(within).get_by_label(label, exact=True).first, text)

    def choose(self, label: str, within: str = "body") -> None:
        """Choose one of several, or tick a box."""
        self._of(within).get_by_label(label, exact=True).first.check()

    def pick(self, label: str, option: str, within: str = "body") -> None:
        """Pick an entry of a list."""
        self._of(within).get_by_label(label, exact=True).first.select_option(label=option)

    def day(self, label: str, day: str) -> None:
        """Choose a day, written 2027-04-01."""
        self.page.get_by_label(label, exact=True).fill(day)

    def bring(self, label: str, file: Path) -> None:
        """Choose a file."""
        self.page.get_by_label(label, exact=True).set_input_files(file)

    def act_on(self, one: Locator) -> None:
        """Press a control."""
        one.click()

    def write_into(self, one: Locator, text: str) -> None:
        """Put a text in place of a field's own."""
        one.fill(text)

    def _of(self, within: str) -> Locator:
        return self.page.locator(within).first


class Keyboard(Hands):
    """Somebody who has no mouse: Tab leads to a control, Enter and Space press it, letters are typed."""

    def choose(self, label: str, within: str = "body") -> None:
        one = self._of(within).get_by_label(label, exact=True).first
        if one.is_checked():
            return
        if one.get_attribute("type") == "checkbox":
            self._to(one)
            self.page.keyboard.press("Space")
            return
        name = one.get_attribute("name")
        group = self.page.locator(f'[name="{name}"]')
        self._until(lambda: bool(group.evaluate_all("all => all.includes(document.activeElement)")))
        self.page.keyboard.press("Space")
        for _ in range(group.count()):
            if one.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        assert one.is_checked(), label

    def pick(self, label: str, option: str, within: str = "body") -> None:
        one = self._of(within).get_by_label(label, exact=True).first
        self._to(one)
        self.page.keyboard.press("Home")
        for _ in range(one.locator("option").count()):
            if one.evaluate("one => one.selectedOptions[0].label") == option:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{label} has no {option}")

    def day(self, label: str, day: str) -> None:
        one = self.page.get_by_label(label, exact=True)
        self._to(one)
        year, month, number = day.split("-")
        self.page.keyboard.type(month + number + year)  # the order of the browser itself, not of its page
        assert one.input_value() == day

    def bring(self, label: str, file: Path) -> None:
        one = self.page.get_by_label(label, exact=True)
        for key in ("Enter", "Space", "Enter"):  # a browser that has just shown a page may let the first press pass
            self._to(one)
            try:
                with self.page.expect_file_chooser(timeout=10_000) as chooser:
                    self.page.keyboard.press(key)
            except TimeoutError:
                continue
            chooser.value.set_files(file)
            return
        raise AssertionError(f"{label} opens no dialog for a file")

    def act_on(self, one: Locator) -> None:
        self._to(one)
        self.page.keyboard.press("Enter")

    def write_into(self, one: Locator, text: str) -> None:
        self._to(one)
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.insert_text(text)

    def _to(self, one: Locator) -> None:
        one.wait_for(state="attached")
        self._until(lambda: bool(one.evaluate(_HAS_FOCUS)))

    def _until(self, there: Callable[[], bool]) -> None:
        """Press Tab until the focus is there. It may come round past the browser's own controls once."""
        for _ in range(MOST_TABS):
            if there():
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not lead there on {self.page.url}")
