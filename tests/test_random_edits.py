"""After any order of saves, breaks, moves and mends the preview shows what a fresh start of it shows.

`serve` runs as a process of its own and is asked over HTTP, without a browser. `make faults ONLY=open` makes 10,000
changes, other ones each time; `SEED=...` makes those of a run before.
"""

from __future__ import annotations

import json
import os
import pickle
import random
import secrets
import shutil
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from generator.preview.live_reload import TURN
from tests.fresh_site import Answer, plain
from tests.random_edits import NOTICES, Edits, today
from tests.serving import await_ready, free_port
from tests.site_fixtures import PROJECT

LONG = "FAULTS" in os.environ
CHANGES = 10_000 if LONG else 100
AT_ONCE = 8 if LONG else 20
"""So many changes at most are made before the pages are looked at."""
ALL_OF_THEM = 10 if LONG else 4
"""Every so often all pages are compared, not a few."""
PATIENCE = 60
"""Seconds after which pages that go on changing count as wrong."""
OF_A_NOTICE = ("", "history/", "v/1/", "v/2/", "v/2/changes/", "v/2/notice.yml", "v/1/notice.jsonld", "feed.xml")
PUBLISHED = [
    language + path
    for language in ("/", "/cy/")
    for path in (
        *("", "404.html", "feed.xml", "cookies/"),
        *(f"{notice}/{page}" for notice, page in product(NOTICES, OF_A_NOTICE)),
        *(f"check/{notice}/{number}/" for notice, number in product(NOTICES, (1, 2))),
    )
]
DRAFTS = [
    f"{language}draft/{path}"
    for language in ("/", "/cy/")
    for path in ("", *(f"{notice}/{page}" for notice, page in product(NOTICES, ("", "changes/"))))
]
PATHS = [*PUBLISHED, *DRAFTS, "/published.json", "/endpoint.json", "/sitemap.xml", "/robots.txt", "/nowhere/"]


class Fresh:
    """Answers requests in processes that remember nothing."""

    def __init__(self, root: Path) -> None:
        self._root, self._into = root, root.with_name("answer.pickle")
        self._copy = root.with_name("copy")
        command = [sys.executable, "-m", "tests.fresh_site", "ask"]
        self._process = subprocess.Popen(command, cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def close(self) -> None:
        self._process.communicate(timeout=30)

    def command(self, arguments: list[str]) -> int:
        """Run a command of `noticeboard` on the site itself."""
        return int(self._ask("run", [arguments[0], "--root", str(self._root), *arguments[1:]]))

    def pages(self, day: str, address: str, paths: list[str]) -> dict[str, Answer]:
        """The pages of a fresh start of the preview for the site as it is."""
        return dict(self._of_a_copy("pages", day, address, paths))

    def built(self, day: str, address: str, paths: list[str]) -> dict[str, bytes]:
        """The files of the pages as a build writes them."""
        return dict(self._of_a_copy("built", day, address, paths))

    def _of_a_copy(self, name: str, *arguments: object) -> Any:
        shutil.rmtree(self._copy, ignore_errors=True)
        no_sources = shutil.ignore_patterns(".noticeboard", "var", "serve.log")
        shutil.copytree(self._root, self._copy, symlinks=True, ignore=no_sources)
        return self._ask(name, str(self._copy), *arguments)

    def _ask(self, name: str, *arguments: object) -> Any:
        ask, answer = self._process.stdin, self._process.stdout
        assert ask is not None
        assert answer is not None
        ask.write(json.dumps({"name": name, "arguments": arguments, "into": str(self._into)}) + "\n")
        ask.flush()
        assert answer.readline() == "done\n"
        found = pickle.loads(self._into.read_bytes())  # noqa: S301 (written by a child of this test)
        if isinstance(found, Exception):
            raise found
        return found


class Served:
    """The preview of a site, as a browser sees it."""

    def __init__(self, root: Path, address: str) -> None:
        self.address = address
        self.root = str(root)

    def get(self, path: str, seconds: float = 30) -> tuple[int, str, bytes]:
        try:
            with urllib.request.urlopen(f"{self.address}{path}", timeout=seconds) as answer:  # noqa: S310 (this machine)
                return answer.status, answer.headers.get_content_type(), answer.read()
        except urllib.error.HTTPError as refused:
            with refused:
                return refused.code, refused.headers.get_content_type(), refused.read()

    def turn(self) -> str:
        """The token of what is shown now."""
        return self.get(TURN)[2].decode()

    def turn_after(self, turn: str) -> str:
        """The next token; the same one where nothing happens for half a minute."""
        return self.get(f"{TURN}?after={turn}", 60)[2].decode()

    def page(self, path: str) -> Answer:
        """A page without what differs between two runs."""
        status, kind, body = self.get(path)
        return status, kind, plain(body, self.root)


class Reader:
    """Asks for one page again and again while the site changes, and remembers what it read last."""

    def __init__(self, served: Served, path: str) -> None:
        self._served, self.path = served, path
        self.read: list[tuple[str, Answer]] = []
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def _run(self) -> None:
        while not self._stop.is_set():
            status, kind, body = self._served.get(self.path)
            _, found, rest = body.partition(b'data-turn="')
            if found:
                answer = (status, kind, plain(body, self._served.root))
                self.read = [*self.read[-20:], (rest.partition(b'"')[0].decode(), answer)]

    def __enter__(self) -> Reader:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()


@contextmanager
def served_on(root: Path, day: Path) -> Iterator[Served]:
    """The site in a folder, served on the day that a file names."""
    port = free_port()
    command = [sys.executable, "-m", "tests.fresh_site", "serve", str(root), str(port), str(day)]
    log = root.with_name("serve.log")
    with log.open("w") as output, subprocess.Popen(command, cwd=PROJECT, stdout=output, stderr=output) as process:
        try:
            address = f"http://127.0.0.1:{port}"
            await_ready(address, lambda: process.poll() is None, lambda: log.read_text("utf-8"))
            yield Served(root, address)
        finally:
            process.terminate()
            process.wait(timeout=10)


def differences(expected: Mapping[str, Answer], page: Callable[[str], Answer]) -> dict[str, tuple[Answer, Answer]]:
    """The paths at which a page is another than expected, with what is expected and what is there."""
    found = {path: (answer, page(path)) for path, answer in expected.items()}
    return {path: (wanted, got) for path, (wanted, got) in found.items() if wanted != got}


def settled(served: Served, expected: Mapping[str, Answer]) -> tuple[str, dict[str, tuple[Answer, Answer]]]:
    """The turn by which all is as expected, or what still differs when no other turn comes."""
    deadline = time.monotonic() + PATIENCE
    while True:
        turn = served.turn()
        wrong = differences(expected, served.page)
        if not wrong or time.monotonic() > deadline or served.turn_after(turn) == turn:
            return turn, wrong


def said(wrong: Mapping[str, tuple[Answer, Answer]], edits: Edits, seed: int) -> str:
    """The differences, for the reader of a failed test."""
    lines = [f"SEED={seed}, {len(edits.done)} changes, the last:", *edits.done[-40:]]
    for path, ((status, kind, wanted), (other_status, other_kind, got)) in list(wrong.items())[:3]:
        start = next(
            (i for i, (a, b) in enumerate(zip(wanted, got, strict=False)) if a != b), min(len(wanted), len(got))
        )
        lines.append(f"{path}: {status} {kind} expected, {other_status} {other_kind} there, from byte {start}:")
        lines += [repr(text[max(0, start - 200) : start + 300]) for text in (wanted, got)]
    return "\n".join(lines)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "site"
    root.mkdir()
    return root


def test_each_page_is_that_of_a_fresh_start_whatever_changed(root: Path) -> None:
    seed = int(os.environ.get("SEED") or (secrets.randbelow(10**9) if LONG else 14))
    print(f"SEED={seed}", flush=True)
    chance = random.Random(seed)  # noqa: S311 (made-up changes)
    day = root.with_name("day")
    fresh = Fresh(root)
    try:
        edits = Edits(root, day, chance, fresh.command)
        edits.begin()
        with served_on(root, day) as served:
            assert served.page("/library/")[0] == 200
            looks, compared = 0, list[int]()
            while len(edits.done) < CHANGES:
                looks += 1
                everything = looks % ALL_OF_THEM == 0
                with Reader(served, chance.choice(PATHS)) as reader:
                    for _ in range(chance.randrange(1, AT_ONCE)):
                        edits.change()
                    if everything or chance.random() < 0.5:
                        edits.done.append(edits.mend())
                paths = PATHS if everything else [reader.path, *chance.sample(PATHS, 7)]
                on = str(today(day))
                expected = fresh.pages(on, served.address, paths)
                assert not any(b"Something unexpected" in body for _, _, body in expected.values()), said(
                    {}, edits, seed
                )
                turn, wrong = settled(served, expected)
                assert not wrong, said(wrong, edits, seed)
                late = [got for of, got in reader.read if of == turn and got != expected[reader.path]]
                if late and served.turn_after(turn) != turn:
                    late = []  # the watch reported the last save only now, so that this was not the last turn
                stale = dict.fromkeys([reader.path], (expected[reader.path], late[0])) if late else {}
                assert not late, f"carries the last turn:\n{said(stale, edits, seed)}"
                if everything:
                    built = fresh.built(on, served.address, PUBLISHED)
                    compared.append(len(built))
                    assert {path: expected[path][2] for path in built} == built
        print(f"{len(edits.done)} changes, {looks} looks")
        assert sum(compared) / len(compared) > len(PUBLISHED) / 4  # most states have a site to compare
    finally:
        fresh.close()
