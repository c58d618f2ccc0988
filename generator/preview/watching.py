"""Reports each save of what the site is built from within some milliseconds, and the beginning of a day."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from watchfiles import Change
from watchfiles import watch as watch_files
from watchfiles.main import FileChange

from generator import repository, site_folder
from generator.content.site_file import FILE, PICTURE
from generator.pages import theme
from generator.problems import ContentError

STEP = 2
"""Milliseconds between two looks at what the system noticed; a look that finds nothing new ends the wait. The default of
watchfiles, 50, costs 50 to 100 ms a save; 2 costs 3 ms and under 1 % of a core while nothing happens."""
LONGEST = 50
"""Milliseconds after which saves that follow one another without a pause are reported all the same."""
RECHECK = 100
"""Milliseconds within which a watch of new folders is in place."""
POLL = 500
"""Milliseconds between two looks at all files, where the system reports none."""
POLLING = (
    "The system reports no more changes of files (on Linux: fs.inotify.max_user_watches). All files are looked at twice a "
    "second instead, which takes more of the processor."
)
TICK = 0.2
"""Seconds between two looks at the calendar."""


def watch(
    root: Path,
    stop: threading.Event,
    changed: Callable[[], None],
    today: Callable[[], date] = date.today,
    say: Callable[[str], None] = lambda line: None,
) -> None:
    """Call `changed`, one call at a time, after each save of a source and when `today` turns, until `stop` is set.

    Returns at once. Saves during a call lead to one more call after it. `say` gets a line where the system reports no
    changes and files are looked at instead.
    """
    threading.Thread(target=_Watch(root, stop, changed, today, say).run, daemon=True).start()


@dataclass(frozen=True)
class _Watch:
    """Two watches: one of the folders of sources in depth, one of what lies beside them in the site's folder."""

    root: Path
    stop: threading.Event
    changed: Callable[[], None]
    today: Callable[[], date]
    say: Callable[[str], None]
    saved: threading.Event = field(default_factory=threading.Event)
    moved: threading.Event = field(default_factory=threading.Event)
    """Set where a folder of sources came, went or was replaced: the watch in depth knows folders, not names."""
    polling: threading.Event = field(default_factory=threading.Event)
    """Set where the system reports no changes."""

    def run(self) -> None:
        for look in (self._in_depth, self._beside):
            threading.Thread(target=look, daemon=True).start()
        day = self.today()
        while not self.stop.is_set():
            saved = self.saved.wait(TICK)
            if saved:  # what is reported after a wait that was in vain counts at the next
                self.saved.clear()
            before, day = day, self.today()
            if saved or day != before:
                self.changed()

    def _reported(self, *paths: Path, **options: Any) -> Iterator[set[FileChange]]:
        """The changes: as the system reports it, or by looking at all files where it takes no more watches."""
        if not self.polling.is_set():
            try:
                yield from watch_files(*paths, **options)
                return
            except FileNotFoundError:
                raise
            except (OSError, RuntimeError):
                if not self.polling.is_set():
                    self.polling.set()
                    self.say(POLLING)
                self.saved.set()  # what was saved before the looks began
        yield from watch_files(*paths, **options, force_polling=True, poll_delay_ms=POLL)

    def _in_depth(self) -> None:
        """Content, templates and the theme, with all folders in them."""
        replaced = False
        while not self.stop.is_set():
            self.moved.clear()
            try:
                for changes in self._reported(
                    *source_folders(self.root),
                    watch_filter=_of_an_editor,
                    step=STEP,
                    debounce=LONGEST,
                    rust_timeout=RECHECK,
                    yield_on_timeout=True,
                    stop_event=_Either(self.stop, self.moved),
                ):
                    if changes or replaced:  # what was saved in new folders before this watch was in place
                        self.saved.set()
                    replaced = False
            except FileNotFoundError:  # a folder went before the watch reached it
                pass
            replaced = True

    def _beside(self) -> None:
        """site.yml, and pictures that may be the logo."""
        known = _identities(self.root)
        for changes in self._reported(
            self.root, watch_filter=_of_an_editor, step=STEP, debounce=LONGEST, stop_event=self.stop, recursive=False
        ):
            now = _identities(self.root)
            if now != known:
                self.moved.set()
            if now != known or any(_beside_the_content(path) for _, path in changes):
                self.saved.set()
            known = now


@dataclass(frozen=True)
class _Either:
    """Set as soon as one of two events is."""

    one: threading.Event
    other: threading.Event

    def is_set(self) -> bool:
        return self.one.is_set() or self.other.is_set()


def source_folders(root: Path) -> list[Path]:
    """The folders that hold sources and exist now. Those that site.yml alone names count while it can be read."""
    named = [repository.CONTENT, "templates"]
    try:
        chosen = repository.read_site(root).theme
    except ContentError:  # saving it again is noticed, and looked at again
        pass
    else:
        named += [str(chosen.templates), *([str(chosen.logo)] if "/" in str(chosen.logo) else [])]
    # The topmost folder: a watch notices what goes and comes within it.
    folders = {root / Path(name).parts[0] for name in named if Path(name).parts}
    inside = (path for path in folders if path.is_dir() and site_folder.is_within(root, path))
    return sorted([*inside, theme.OWN_TEMPLATES])


def _identities(root: Path) -> dict[Path, tuple[int, int]]:
    """Which folders the names of `source_folders` stand for: device and inode."""
    found = {}
    for folder in source_folders(root):
        try:
            status = folder.stat()
        except FileNotFoundError:
            continue
        found[folder] = (status.st_dev, status.st_ino)
    return found


def _of_an_editor(_: Change, path: str) -> bool:
    """Whether a changed path is a file somebody wrote, not one that a program keeps for itself."""
    name = Path(path).name
    return not name.startswith((".", "~", "#")) and not name.endswith(("~", ".swp", ".tmp"))


def _beside_the_content(path: str) -> bool:
    """site.yml, or a picture that may be the logo."""
    name = Path(path).name
    return name == FILE or PICTURE.fullmatch(name) is not None
