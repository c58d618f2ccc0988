"""Chromium as a slow phone: throttled, traced, and driven over its own pipe with nothing else switched on.

A test driver's script in the page, or the stacks that are kept of each request while one watches, would cost more than what is
measured here. The pipe speaks the Chrome DevTools Protocol: JSON, each message ended by a zero byte.
"""

from __future__ import annotations

import fcntl
import json
import os
import selectors
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import sync_playwright

from tests.browser import ARGUMENTS, system_browser

PATIENCE = 30.0
"""Seconds to wait for any message."""
TRACED = "blink.user_timing,devtools.timeline,disabled-by-default-devtools.timeline"
Message = dict[str, Any]


class SlowPhone:
    """A browser at the ends of two pipes; `slower` is how many times its processor is slowed down."""

    def __init__(self, sends: int, hears: int, slower: int) -> None:
        self._sends, self._hears, self._slower = sends, hears, slower
        self._buffer = b""
        self._number = 0

    def trace(self, address: str, script: str, seconds: float = 4) -> list[Message]:
        """The trace of the first seconds of a page that was never opened before. `script` runs before the page's own."""
        context = self._ask("Target.createBrowserContext")["browserContextId"]
        target = self._ask("Target.createTarget", url="about:blank", browserContextId=context)["targetId"]
        session = self._ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self._ask("Page.enable", session)
        self._ask("Page.addScriptToEvaluateOnNewDocument", session, source=script)
        self._ask("Emulation.setCPUThrottlingRate", session, rate=self._slower)
        self._ask("Tracing.start", categories=TRACED, transferMode="ReportEvents")
        self._ask("Page.navigate", session, url=address)
        time.sleep(seconds)
        events = self._traced()
        self._ask("Target.disposeBrowserContext", browserContextId=context)
        return events

    def _traced(self) -> list[Message]:
        events: list[Message] = []

        def last(said: Message) -> bool:
            if said.get("method") == "Tracing.dataCollected":
                events.extend(said["params"]["value"])
            return said.get("method") == "Tracing.tracingComplete"

        self._say("Tracing.end")
        self._until(last)
        return events

    def _ask(self, method: str, session: str | None = None, **parameters: object) -> Message:
        number = self._say(method, session, **parameters)
        answer = self._until(lambda said: said.get("id") == number)
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']}")
        return answer["result"]  # type: ignore[no-any-return]

    def _say(self, method: str, session: str | None = None, **parameters: object) -> int:
        self._number += 1
        message: Message = {"id": self._number, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        os.write(self._sends, json.dumps(message).encode() + b"\0")
        return self._number

    def _until(self, wanted: Callable[[Message], bool]) -> Message:
        with selectors.DefaultSelector() as selector:
            selector.register(self._hears, selectors.EVENT_READ)
            end = time.monotonic() + PATIENCE
            while time.monotonic() < end:
                whole, gap, rest = self._buffer.partition(b"\0")
                if gap:
                    self._buffer = rest
                    if wanted(said := json.loads(whole)):
                        return said  # type: ignore[no-any-return]
                elif selector.select(1.0):
                    self._buffer += os.read(self._hears, 1 << 20)
        raise TimeoutError("the browser did not answer")


@contextmanager
def slow_phone(slower: int) -> Iterator[SlowPhone]:
    """A browser of its own, ended with the block."""
    theirs_in, sends = os.pipe()
    hears, theirs_out = os.pipe()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        options = ["--headless", "--remote-debugging-pipe", f"--user-data-dir={profile}", *ARGUMENTS]
        # The protocol has the file descriptors 3 and 4: first ours are moved out of their way.
        theirs = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for end in (theirs_in, theirs_out)]
        moves = [(os.POSIX_SPAWN_DUP2, end, place) for place, end in enumerate(theirs, 3)]
        quiet = (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0)
        process = os.posix_spawn(browser := _browser(), [browser, *options], os.environ, file_actions=[quiet, *moves])
        for end in (theirs_in, theirs_out, *theirs):
            os.close(end)
        try:
            yield SlowPhone(sends, hears, slower)
        finally:
            os.close(sends)
            os.close(hears)
            os.kill(process, signal.SIGTERM)
            os.waitpid(process, 0)


def _browser() -> str:
    if found := system_browser():
        return found
    with sync_playwright() as playwright:
        return playwright.chromium.executable_path
