"""A small site whose every kind of source changes at random: as editors save, as programs fail, as people mistake.

All comes from one `random.Random`: the same seed makes the same changes.
"""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

from tests.picture_fixtures import png
from tests.rule_fixtures import SOUND, WELSH
from tests.site_fixtures import PROJECT, SITE

TEMPLATES = PROJECT / "templates"
NOTICES = ("library", "parking", "garage", "garden")
DAYS = ("2026-11-24", "2026-11-30", "2026-12-01", "2027-01-15")
"""The day on which the site begins, the last before and the first of a version that is scheduled, and one long after."""
SCHEDULED = "2026-12-01"
Publish = Callable[[list[str]], int]
"""Runs a command of `noticeboard` on the site and returns its exit code."""


def _library(number: int) -> str:
    title = f"Library privacy notice {number % 3}"
    front = SOUND.replace("Library privacy notice", title).replace("Leisure", ("Leisure", "Learning")[number % 2])
    return f"---\n{front}---\nThis is about the library.\n\n## Part {number}\n\n[[fees]]\n\nSee [parking](/parking/).\n"


def _llyfrgell(number: int) -> str:
    front = WELSH.replace("y llyfrgell\n", f"y llyfrgell {number % 3}\n", 1)
    return f"---\n{front}---\nDyma hysbysiad y llyfrgell.\n\n## Rhan {number}\n\n[[fees]]\n"


def _parking(number: int) -> str:
    front = SOUND.replace("Library privacy", f"Parking privacy {number}") + "parent: library\n"
    return f"---\n{front}---\nSee [the library](/library/#part-{number}).\n\n![A sign](sign.png) Parking is {number}.\n\n[[fees]]\n"


def _site(number: int) -> str:
    languages = "[en]" if number == 1 else "[en, cy]"
    colour = ("'#0b5c6b'", "'#7a1f1f'")[number % 2]
    site = SITE.replace("short_name: Exampleshire", f"short_name: Exampleshire {number % 4}")
    return f"{site}languages: {languages}\ntheme: {{accent: {colour}}}\n"


def _page(number: int) -> str:
    return f"---\ntitle: Cookies {number % 2}\n---\nNumber {number}.\n"


_MARK = {".html": "-{}", ".css": "/* {} */\n", ".yml": "{} "}


def _of_ours(name: str, old: str) -> Callable[[int], str]:
    """A template, style or file of strings of the product, changed in one place."""
    text = (TEMPLATES / name).read_text("utf-8")
    assert old in text
    return lambda number: text.replace(old, f"{old}{_MARK[Path(name).suffix].format(number)}", 1)


SOURCES: dict[str, Callable[[int], str | bytes]] = {
    "site.yml": _site,
    "content/library/notice.md": _library,
    "content/library/notice.cy.md": _llyfrgell,
    "content/parking/notice.md": _parking,
    "content/parking/sign.png": lambda number: png(grey=100 + number),
    "content/shared/fees.md": lambda number: f"You pay {number} pounds.\n",
    "content/shared/fees.cy.md": lambda number: f"Rydych yn talu {number} punt.\n",
    "content/pages/cookies.md": _page,
    "content/pages/cookies.cy.md": _page,
    "templates/page.html": _of_ours("page.html", '<div class="wrap text'),
    "templates/site.css": _of_ours("site.css", "}\n"),
    "templates/strings/en.yml": _of_ours("strings/en.yml", "title: "),
}
"""The text of each source, by a number from 0 to 9."""
KEPT = ("templates/page.html", "templates/site.css", "templates/strings/en.yml")
"""The sources that the product has itself: a site can do without its own."""


class Edits:
    """The sources of a site while they change. `sound` holds each file's bytes as they are while nothing is wrong."""

    def __init__(self, root: Path, day: Path, chance: random.Random, command: Publish) -> None:
        self.root, self.day, self.chance, self.command = root, day, chance, command
        self.sound: dict[str, bytes] = {}
        self.done: list[str] = []
        self._kinds = [
            (20, self.reword),
            (3, self.halve),
            (3, self.delete),
            (3, self.rename),
            (2, self.swap_for_folder),
            (3, self.swap_for_link),
            (2, self.other_lines),
            (2, self.spoil),
            (1, self.touch),
            (1, self.leave_behind),
            (2, self.move_folder),
            (2, self.add_or_drop_notice),
            (2, self.alter_history),
            (3, self.pass_days),
            (2, self.publish),
            (12, self.mend_one),
            (2, self.mend),
        ]

    def begin(self) -> None:
        """Write the sound site, publish its first versions, and schedule a second one."""
        self.day.write_text(DAYS[0], "ascii")
        for name, text in SOURCES.items():
            if name not in KEPT:
                self._sound(name, _bytes(text(0)))
        kind = ["--kind", "material"]
        first = ["publish", "--date", "2026-10-01", *kind, "--summary", "First.", "library", "parking"]
        assert self.command(first) == 0
        self._sound("content/library/notice.md", _bytes(_library(1)))
        second = ["publish", "--date", "2026-11-01", *kind, "--summary", "More.", "--effective", SCHEDULED, "library"]
        assert self.command(second) == 0
        self._keep_history()

    def change(self) -> str:
        """Make one change at random. Returns what it was."""
        weights = [weight for weight, _ in self._kinds]
        (kind,) = self.chance.choices([kind for _, kind in self._kinds], weights)
        try:
            said = kind()
        except OSError as failure:  # a file that should be changed is a folder by now, or gone
            said = f"{kind.__name__}: {failure}"
        self.done.append(said)
        return said

    # What an editor means

    def reword(self) -> str:
        """Say something else in one source, which is sound again by that."""
        name = self.chance.choice([name for name in SOURCES if self._is_wanted(name)])
        number = self.chance.randrange(10)
        if name in KEPT and self.chance.random() < 0.3:
            self.sound.pop(name, None)
            self._remove(self.root / name)
            return f"drop {name}"
        data = _bytes(SOURCES[name](number))
        self.sound[name] = data
        return f"{self._save(name, data)} {name} as number {number}"

    def add_or_drop_notice(self) -> str:
        """A draft that was never published comes or goes."""
        name = "content/garden/notice.md"
        if name in self.sound:
            del self.sound[name]
            self._remove(self.root / "content/garden")
            return "drop garden"
        self._sound(name, _bytes(_parking(self.chance.randrange(10)).replace("![A sign](sign.png)", "")))
        return "add garden"

    def pass_days(self) -> str:
        """Another day begins, or one comes back."""
        day = self.chance.choice(DAYS)
        written = self.day.with_suffix(".new")
        written.write_text(day, "ascii")
        written.replace(self.day)
        return f"it is {day}"

    def publish(self) -> str:
        """Publish what differs, where nothing forbids it; or write down a review."""
        if self.chance.random() < 0.3:
            command = ["reviewed", "library", "--next", f"2028-0{self.chance.randrange(1, 10)}-01"]
        else:
            command = [
                "publish",
                "--date",
                "2026-11-24",
                "--kind",
                "material",
                "--summary",
                "Again.",
                "library",
                "parking",
            ]
        code = self.command(command)
        if code == 0:
            self._keep_history()
        return f"{' '.join(command)}: {code}"

    # What goes wrong

    def halve(self) -> str:
        """Half a file is written, or nothing of it."""
        name = self._any()
        data = (self.root / name).read_bytes()
        self._save(name, data[: len(data) // 2 * self.chance.randrange(2)])
        return f"halve {name}"

    def spoil(self) -> str:
        """Bytes that are no text, a brace that never closes, or a template that cannot be used."""
        name = self._any()
        data = self.chance.choice(
            [b"---\ntitle: [\n---\n", b"\xff\xfe\x00caf\xe9\n", b"{% if %}{{ nothing.at.all }}\n"]
        )
        return f"{self._save(name, data)} {name} spoiled"

    def delete(self) -> str:
        """A file goes."""
        name = self._any()
        (self.root / name).unlink()
        return f"delete {name}"

    def rename(self) -> str:
        """A file gets another name, or takes the place of another file."""
        name = self._any()
        others = [f"{name}.old", str(Path(name).with_name("other" + Path(name).suffix)), self._any()]
        other = self.chance.choice(others)
        (self.root / name).replace(self.root / other)
        return f"rename {name} {other}"

    def swap_for_folder(self) -> str:
        """A folder stands in the place of a file."""
        name = self._any()
        (self.root / name).unlink()
        (self.root / name).mkdir()
        return f"folder {name}"

    def swap_for_link(self) -> str:
        """A link stands in the place of a file: to another file of the site, to nothing, or to a place outside."""
        name = self._any()
        here = (self.root / name).parent
        outside = self.day.with_name("outside.md")
        outside.write_text("---\ntitle: Outside\n---\nNot of this site.\n", "utf-8")
        targets = [os.path.relpath(self.root / self._any(), here), "nowhere.md", str(outside)]
        target = self.chance.choice(targets)
        (self.root / name).unlink()
        (self.root / name).symlink_to(target)
        return f"link {name} {target}"

    def other_lines(self) -> str:
        """A text is saved with the line ends of Windows."""
        name = self._any()
        data = (self.root / name).read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
        return f"{self._save(name, data)} {name} with CRLF"

    def touch(self) -> str:
        """A file is saved as it was."""
        name = self._any()
        return f"{self._save(name, (self.root / name).read_bytes())} {name} as it is"

    def leave_behind(self) -> str:
        """An editor or a system leaves a file of its own."""
        name = self.chance.choice([".notice.md.swp", "notice.md~", "Thumbs.db", "notice (1).md"])
        (self.root / "content/library" / name).write_text("left", "ascii")
        return f"leave {name}"

    def move_folder(self) -> str:
        """A folder of notices, of templates, or with all the content goes somewhere else, or comes back."""
        name, other = self.chance.choice(
            [("content/parking", "content/garage"), ("content", "content.old"), ("templates", "templates.old")]
        )
        if not (self.root / name).exists():
            name, other = other, name
        (self.root / name).rename(self.root / other)
        return f"move {name} {other}"

    def alter_history(self) -> str:
        """A published file or the lock is altered or goes."""
        names = [name for name in self.sound if "/versions" in name]
        name = self.chance.choice(sorted(names))
        if self.chance.random() < 0.5:
            (self.root / name).unlink()
            return f"delete {name}"
        data = (self.root / name).read_bytes()
        return f"{self._save(name, data.replace(b'e', b'f', 1))} {name} altered"

    # What is put right again

    def mend(self) -> str:
        """Everything is as it should be, and nothing else is there."""
        while self._mend(whole=True):
            pass
        return "mend everything"

    def mend_one(self) -> str:
        """One thing is put right."""
        return f"mend {self._mend(whole=False)}"

    def _mend(self, *, whole: bool) -> list[str]:
        """Put right all that is wrong, or one thing of it. Returns what it was."""
        there = {path for top in ("content", "templates") for path in (self.root / top).rglob("*")}
        there |= {path for path in self.root.iterdir() if path.name.endswith(".old")} | {self.root / "site.yml"}
        wanted = {self.root / name for name in self.sound}
        folders = {parent for path in wanted for parent in path.parents}
        wrong = [path for path in there if os.path.lexists(path) and path not in wanted | folders]
        wrong += [path for path in folders if path.is_symlink() or not path.is_dir()]
        wrong += [path for path in wanted if not _holds(path, self.sound[path.relative_to(self.root).as_posix()])]
        wrong = sorted(set(wrong), key=lambda path: (len(path.parts), path))
        wrong = wrong if whole else [self.chance.choice(wrong)] if wrong else []
        for path in wrong:
            name = path.relative_to(self.root).as_posix()
            if name in self.sound:
                if path.is_symlink() or not path.is_file():
                    self._remove(path)
                self._save(name, self.sound[name])
            else:
                self._remove(path)
        return [path.relative_to(self.root).as_posix() for path in wrong]

    # How files are written

    def _save(self, name: str, data: bytes) -> str:
        """Write a file in one of the ways in which editors and other programs do. Returns which."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        how = self.chance.choice(
            ["write", "replace", "write in two parts", "write with the old time", "replace with the old time"]
        )
        before = path.stat() if path.is_file() else None
        if how.startswith("replace"):
            other = path.with_name(f".{path.name}.tmp")
            other.write_bytes(data)
            if before and "old" in how:
                os.utime(other, ns=(before.st_atime_ns, before.st_mtime_ns))
            other.replace(path)
            return how
        with path.open("wb") as file:
            if "parts" in how:
                file.write(data[: len(data) // 2])
                file.flush()
                data = data[len(data) // 2 :]
            file.write(data)
        if before and "old" in how:
            os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
        return how

    def _sound(self, name: str, data: bytes) -> None:
        self.sound[name] = data
        self._save(name, data)

    def _any(self) -> str:
        """A source that has a place on the site now, broken or not."""
        return self.chance.choice([name for name in self.sound if "/versions" not in name and "/pictures/" not in name])

    def _is_wanted(self, name: str) -> bool:
        return name in self.sound or name in KEPT

    def _remove(self, path: Path) -> None:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)

    def _keep_history(self) -> None:
        """Take what a command published among what is sound, where all of it is there."""
        content = self.root / "content"
        found = [
            path
            for pattern in ("*/versions/*", "versions.lock", "pictures/*", "*/listing.yml")
            for path in content.glob(pattern)
        ]
        now = {path.relative_to(self.root).as_posix(): path.read_bytes() for path in found if path.is_file()}
        known = {name for name in self.sound if self.is_history(name)}
        if all(now.get(name) == self.sound[name] or name.endswith(("versions.lock", "listing.yml")) for name in known):
            self.sound |= now

    @staticmethod
    def is_history(name: str) -> bool:
        """Whether a file is one that publishing writes."""
        return "/versions" in name or "/pictures/" in name or name.endswith("/listing.yml")


def today(day: Path) -> date:
    """The day that a file names."""
    return date.fromisoformat(day.read_text("ascii"))


def _bytes(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode()


def _holds(path: Path, data: bytes) -> bool:
    return path.is_file() and not path.is_symlink() and path.read_bytes() == data
