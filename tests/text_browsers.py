"""A person at a terminal: lynx and w3m as they are, keys in, letters on a screen out.

The terminal can jump and clear and nothing else, so that a page can be read off it; it is as high as the program allows.
"""

from __future__ import annotations

import codecs
import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import termios
from abc import abstractmethod
from pathlib import Path

from tests import programs
from tests.persons import FARTHEST, PATIENCE, Person

COLUMNS = 110
LONGEST, QUIET = 20.0, 0.05
"""Seconds without a letter after which a browser that loads is lost, and one that waits for a key has said all."""
LEFT, EMPTY = "\x1b[D", "\x15"
"""Keys: back, and empty the field that is typed into."""
KEPT, TYPED = "kept", "typed"
"""The names of a file that a person keeps, and of one with what they type."""
TERMINAL = r"""plain|jumps and clears,
    am, lines#24, cols#80, bel=^G, cr=\r,
    clear=\E[H\E[J, el=\E[K, cup=\E[%i%p1%d;%p2%dH,
    cuf1=\E[C, kcuu1=\E[A, kcud1=\E[B, kcub1=\E[D, kcuf1=\E[C,
"""
UNFINISHED = re.compile(r"\x1b(?:\[[\d;]*)?\Z")
"""An order of which the rest is still to come: what is read at once may end anywhere."""
ORDERS = re.compile(r"\x1b\[(\d+);(\d+)H|(\x1b\[H\x1b\[J)|(\x1b\[K)|(\x1b\[C)|(\r)|(\n)|[\x00-\x1f]|(.)", re.S)


class Terminal:
    """A program, the keys that it is sent, and what its screen shows.

    `resting` finds the line by which it waits for a key.
    """

    def __init__(self, command: list[str], folder: Path, rows: int, resting: re.Pattern[str]) -> None:
        (folder / "plain.ti").write_text(TERMINAL, "utf-8")
        subprocess.run(["tic", "-x", "-o", folder / "terminfo", folder / "plain.ti"], check=True)
        environment = programs.environment() | {
            "TERM": "plain",
            "TERMINFO": str(folder / "terminfo"),
            "LC_ALL": "C.UTF-8",
            "HOME": str(folder),
            "LINES": str(rows),  # those of whoever runs the tests would count for more than the terminal's own
            "COLUMNS": str(COLUMNS),
        }
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, COLUMNS, 0, 0))
        self.process = subprocess.Popen(
            command, stdin=slave, stdout=slave, stderr=slave, env=environment, cwd=folder, start_new_session=True
        )
        os.close(slave)
        self.rows, self.resting = rows, resting
        self.letters = codecs.getincrementaldecoder("utf-8")("replace")
        self.unfinished = ""
        self._clear()
        try:
            self.settle()
        except BaseException:
            self.close()
            raise

    def send(self, keys: str, patience: float = LONGEST) -> None:
        """Press keys, and wait until the program has answered and rests; no longer than `patience` where it need not
        answer."""
        os.write(self.master, keys.encode())
        self.settle(patience)

    def settle(self, patience: float = LONGEST) -> None:
        """Read until the program waits for a key and nothing more comes; no longer than `patience` seconds for the
        first of it."""
        while select.select([self.master], [], [], patience)[0]:
            output = self.unfinished + self.letters.decode(os.read(self.master, 1 << 16))
            cut = UNFINISHED.search(output)
            self.unfinished = cut[0] if cut else ""
            self._draw(output.removesuffix(self.unfinished))
            patience = QUIET if self.resting.search(self.bottom()) else LONGEST
        assert patience < LONGEST, f"the browser does not come to rest: {self.bottom()}"

    def bottom(self) -> str:
        """The last three lines, where the program speaks of itself."""
        return "\n".join("".join(row).rstrip() for row in self.cells[-3:])

    def page(self) -> tuple[str, list[tuple[int, int]]]:
        """The text above them, on one line, and the row and column of each of its letters."""
        text, places = "", []
        for number, row in enumerate(self.cells[:-3]):
            line = "".join(row).rstrip()
            for found in re.finditer(r"\S+", line):
                text += f"{found[0]} "
                places += [(number, column) for column in range(found.start(), found.end() + 1)]
        return text, places

    def close(self) -> None:
        """End the program."""
        self.process.kill()
        self.process.wait()
        os.close(self.master)

    def _clear(self) -> None:
        self.cells = [[" "] * COLUMNS for _ in range(self.rows)]
        self.row = self.column = 0

    def _draw(self, output: str) -> None:
        for found in ORDERS.finditer(output):
            jump_row, jump_column, clear, rest, right, home, down, letter = found.groups()
            if jump_row:
                self.row, self.column = int(jump_row) - 1, int(jump_column) - 1
            elif clear:
                self._clear()
            elif rest:
                self.cells[self.row][self.column :] = [" "] * (COLUMNS - self.column)
            elif right:
                self.column += 1
            elif home:
                self.column = 0
            elif down:
                self.row += 1
            elif letter:
                self._put(letter)

    def _put(self, letter: str) -> None:
        if self.column == COLUMNS:
            self.row, self.column = self.row + 1, 0
        self.cells[self.row][self.column] = letter
        self.column += 1


class AtTerminal(Person):
    """A person in a text browser, for whom everything is unfolded and no script runs."""

    scripts = False
    rows: int
    resting: re.Pattern[str]

    def __init__(self, folder: Path, language: str = "en") -> None:
        super().__init__()
        self.folder, self.language = folder, language
        self.started: Terminal | None = None

    @abstractmethod
    def command(self) -> list[str]:
        """How the browser is started; the address follows."""

    @abstractmethod
    def go(self, address: str) -> None:
        """Have the running browser open an address."""

    @abstractmethod
    def activate(self, found: re.Match[str]) -> None:
        """Press what was found on the page."""

    @abstractmethod
    def fill(self, found: re.Match[str], text: str) -> None:
        """Type into the field that was found on the page."""

    # How things look, as patterns; the last group of each is what the cursor goes to.

    link = button = r"({})"
    box = radio = field = ""

    @property
    def terminal(self) -> Terminal:
        """The terminal in which the browser runs."""
        assert self.started, "no page is open"
        return self.started

    def open(self, address: str) -> None:
        self.steps += 1
        if self.started:
            self.go(address)
        else:
            self.started = Terminal([*self.command(), address], self.folder, self.rows, self.resting)

    def text(self) -> str:
        self.terminal.settle(0)
        return self.terminal.page()[0]

    def unfold(self, summary: str) -> None:
        self.sees(summary)

    def follow(self, link: str) -> None:
        self._press(self.link, link)

    def press(self, button: str) -> None:
        self._press(self.button, button)

    def tick(self, box: str) -> None:
        self._press(self.box, box)

    def choose(self, answer: str, group: str) -> None:
        self.steps += 1
        found = self.find(self.radio, answer, after=group)
        if "*" not in found[0]:
            self.activate(found)

    def type(self, text: str, field: str) -> None:
        self.steps += 1
        self.fill(self.find(self.field, field), text)

    def find(self, pattern: str, name: str, after: str = "") -> re.Match[str]:
        """The first thing of this name that looks so, after a text."""
        text, _ = self.terminal.page()
        start = text.find(" ".join(after.split()))
        assert start >= 0, f"{after!r} is not on the page: {text}"
        found = re.compile(pattern.format(re.escape(" ".join(name.split())))).search(text, start)
        assert found, f"{pattern.format(name)!r} is not on the page: {text}"
        return found

    def hand_in(self, file: Path, field: str) -> None:
        raise NotImplementedError("no page asks for a file without script")

    def read(self, pattern: str) -> str:
        """The page's text in the place of the pattern's group, once it is shown."""
        for _ in range(PATIENCE):
            if found := re.search(pattern, self.text()):
                return found[1]
            self.wait()
        raise AssertionError(f"the page does not say {pattern!r}: {self.text()}")

    def close(self) -> None:
        if self.started:
            self.started.close()

    def _press(self, pattern: str, name: str) -> None:
        self.steps += 1
        self.activate(self.find(pattern, name))


class Lynx(AtTerminal):
    """lynx, which numbers all that one can press."""

    chooses_first = True
    rows = 1800
    resting = re.compile(r"\A(\(|Commands:|Enter |.*D\)ownload)")
    link = r"\[(\d+)\]{}"
    button = r"\(\[(\d+)\]\w+\) {}"
    box = r"\[(\d+)\]\[[ X]\] {}"
    radio = r"\[(\d+)\]\([ *]\) {}"
    field = r"{}(?: |\*)[^\[]*\[(\d+)\]_"

    def command(self) -> list[str]:
        settings = self.folder / "lynx.cfg"
        settings.write_text(
            "CHARACTER_SET:utf-8\n"
            "DEFAULT_KEYPAD_MODE:LINKS_AND_FORM_FIELDS_ARE_NUMBERED\n"
            "SET_COOKIES:FALSE\n"
            "NO_PAUSE:TRUE\n"
            "TEXTFIELDS_NEED_ACTIVATION:TRUE\n"
            f"PREFERRED_LANGUAGE:{self.language}\n",
            "utf-8",
        )
        styles = self.folder / "lynx.lss"
        styles.touch()
        return [str(programs.required("lynx")), f"-cfg={settings}", f"-lss={styles}", "-nocolor"]

    def text(self) -> str:
        return re.sub(r"\(\[\d+\]\w+\) |\[\d+\]", "", super().text())

    def go(self, address: str) -> None:
        self.terminal.send(f"g{address}\r")

    def address(self) -> str:
        self.terminal.send("=")
        address = self.read(r"URL: (\S+)")
        self.terminal.send(LEFT)
        return address

    def activate(self, found: re.Match[str]) -> None:
        self._to(found)
        self.terminal.send("\r")

    def fill(self, found: re.Match[str], text: str) -> None:
        self._to(found)
        self.terminal.send("\r")
        self.terminal.send(f"{text}\t")

    def keep(self, link: str, folder: Path) -> bytes:
        self.follow(link)
        self.terminal.send("d")
        self.follow("Save to disk")
        self.terminal.send(f"{EMPTY}{KEPT}\r")
        return (self.folder / KEPT).read_bytes()

    def _to(self, found: re.Match[str]) -> None:
        self.terminal.send(f"{found[1]}g\r")


class W3m(AtTerminal):
    """w3m, whose tabulator goes from one thing that one can press to the next."""

    rows = 200
    resting = re.compile(r"^(≪|TEXT|Goto URL|\(Download\))", re.M)
    box = r"\[([ *])\] ?{}"
    radio = r"\(([ *])\) ?{}"
    field = r"{} [^\[]*\[( )"

    def command(self) -> list[str]:
        options = {"accept_cookie": "0", "color": "0", "accept_language": self.language, "confirm_qq": "0"}
        options["editor"] = f"cp {self.folder / TYPED}"
        given = [part for name, value in options.items() for part in ("-o", f"{name}={value}")]
        return [str(programs.required("w3m")), *given]

    def go(self, address: str) -> None:
        self.terminal.send("U")
        self.terminal.send(f"{EMPTY}{address}\r")

    def address(self) -> str:
        self.terminal.send("=")
        address = self.read(r"Current URL (\S+)")
        self.terminal.send("B")
        return address

    def activate(self, found: re.Match[str]) -> None:
        self._to(found)
        self.terminal.send("\r")

    def fill(self, found: re.Match[str], text: str) -> None:
        self._to(found)
        (self.folder / TYPED).write_text(f"{text}\n", "utf-8")  # for the editor that w3m opens for a long text
        self.terminal.send("\r")
        if self.terminal.bottom().endswith("TEXT:"):
            self.terminal.send(f"{text}\r")

    def keep(self, link: str, folder: Path) -> bytes:
        self.follow(link)
        self.terminal.send(f"{EMPTY}{KEPT}\r")
        return (self.folder / KEPT).read_bytes()

    def find(self, pattern: str, name: str, after: str = "") -> re.Match[str]:
        self.terminal.send("g", QUIET)
        while True:
            try:
                return super().find(pattern, name, after)
            except AssertionError:
                before = self.terminal.page()
                self.terminal.send(" ", QUIET)
                if self.terminal.page() == before:
                    raise

    def _to(self, found: re.Match[str]) -> None:
        places = self.terminal.page()[1][found.start(1) : found.end(1)]
        if below := places[0][0] - self.terminal.row:
            self.terminal.send(f"{below}j")
        for _ in range(FARTHEST):
            if (self.terminal.row, self.terminal.column) in places:
                return
            self.terminal.send("\t")
        raise AssertionError(f"the tabulator does not reach {found[0]!r}")
