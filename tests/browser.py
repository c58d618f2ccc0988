"""The Chromium and the Firefox that the tests drive: the system's where there is one, else the one that Playwright
fetches.

`python -m tests.browser` makes sure that they are there. Without Debian's Firefox its tests are skipped.
"""

from __future__ import annotations

import atexit
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from playwright.sync_api import Browser, Error, Playwright, sync_playwright

SHELL = "chromium-headless-shell"
"""Chromium without windows and profiles, which Playwright takes too where it fetches its own.

The engine is the same; a page in a session of its own takes 0.2 s of processor time in place of 1.1 s, and one that
axe looks at 0.8 s in place of 2.0 s.
"""
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FIREFOX = ("firefox-esr",)
PLAYWRIGHTS_OWN = os.environ.get("FIREFOX") == "playwright"
"""Whether Playwright's own build of Firefox may stand in.

No run has shown yet that the tests pass on it: docs/open.md.
"""
PACKAGES = {
    SHELL: [SHELL, "fonts-noto-core", "libpangoft2-1.0-0"],  # the last for PDFs
    "chromium": ["chromium", "fonts-noto-core", "libpangoft2-1.0-0"],
    "firefox": ["firefox-esr"],
}
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NOT_FETCHED = re.compile("Executable doesn't exist|missing dependencies")
"""Playwright's message where its own build was not fetched, or lacks libraries that only root can install."""


def installed(names: tuple[str, ...]) -> str | None:
    """The path of the system's browser, by the first of these names that it has."""
    return next((path for name in names if (path := shutil.which(name))), None)


def system_browser(*, whole: bool = True) -> str | None:
    """The path of the system's Chromium or Chrome: the `whole` of it, with all that a desktop has, or else the shell."""
    return installed((*CHROMIUM, SHELL) if whole else (SHELL, *CHROMIUM))


@cache
def driver() -> Playwright:
    """Playwright's own process, which drives all browsers of this one and ends with it."""
    playwright = sync_playwright().start()
    atexit.register(playwright.stop)
    return playwright


@contextmanager
def chromium(*, whole: bool = False) -> Iterator[Browser]:
    """A headless browser; what measures pages has the `whole` one."""
    browser = driver().chromium.launch(executable_path=system_browser(whole=whole), args=ARGUMENTS)
    try:
        yield browser
    finally:
        browser.close()


@contextmanager
def firefox(*, script: bool) -> Iterator[Browser]:
    """A headless Firefox; the test is skipped where there is none.

    Playwright drives its own build by a protocol of its own, and any other by WebDriver BiDi, which has no command that
    switches scripts off: there a preference does, for the whole browser.
    """
    preferences: dict[str, str | float | bool] = {
        "browser.sessionhistory.max_total_viewers": 0,  # Back builds the page anew, and what was typed is put back into it
        "dom.confirm_repost.testing.always_accept": True,  # a reload sends a form again without a question that nobody sees
    }
    with TemporaryDirectory() as folder:
        system = installed(FIREFOX)
        if system is None and not PLAYWRIGHTS_OWN:
            pytest.skip("no firefox-esr here; FIREFOX=playwright has the tests try Playwright's own build")
        try:
            if system is None:
                browser = driver().firefox.launch(firefox_user_prefs=preferences)
            else:
                browser = driver().firefox.launch(
                    channel="moz-firefox",
                    executable_path=relayed(system, Path(folder)),
                    firefox_user_prefs=preferences | {"javascript.enabled": script},
                )
        except Error as error:
            if NOT_FETCHED.search(error.message):
                pytest.skip("no Firefox that runs here: python -m tests.browser fetches Debian's or Playwright's")
            raise
        try:
            yield browser
        finally:
            browser.close()


def relayed(system: str, folder: Path) -> Path:
    """A program in the folder that starts the system's Firefox behind `tests.firefox_relay`."""
    program = folder / "firefox"
    command = shlex.join([sys.executable, str(Path(__file__).with_name("firefox_relay.py")), system])
    program.write_text(f'#!/bin/sh\nexec {command} "$@"\n', "utf-8")
    program.chmod(0o700)
    return program


def fetch() -> None:
    """Install the browsers that are not there: Debian's packages as root, Playwright's own elsewhere."""
    there = installed((SHELL,)) or _by_apt(SHELL) or system_browser() or (_by_apt("chromium") and system_browser())
    if not there:
        _by_playwright("chromium", required=True)
    if not installed(FIREFOX) and not (_by_apt("firefox") and installed(FIREFOX)) and PLAYWRIGHTS_OWN:
        _by_playwright("firefox", required=False)


def _by_apt(name: str) -> bool:
    """Whether Debian's packages of a browser could be installed."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "--yes", "--no-install-recommends", *PACKAGES[name]]
    for command in (["apt-get", "update"], install):
        if subprocess.run(command, env=environment, stdout=subprocess.DEVNULL).returncode:
            return False
    return True


def _by_playwright(name: str, *, required: bool) -> None:
    """Fetch Playwright's own build of a browser; one that is there already is not fetched again."""
    command = [sys.executable, "-m", "playwright", "install", name]
    if subprocess.run(command, check=required).returncode:
        print(f"There is no {name}: its tests are skipped.", file=sys.stderr)


if __name__ == "__main__":
    fetch()
