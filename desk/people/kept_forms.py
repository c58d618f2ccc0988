"""Forms that were sent when their session was over: kept for an hour, for the person whose session it was.

They lie in the desk's folder, since signing in with a provider leads away from the page, and since a hidden field would send
half a megabyte through every step. Nothing is kept for somebody who never was signed in. Uploaded files are not kept.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from widget.whole_files import write_whole

FOLDER = "kept"
LASTS = timedelta(hours=1)
MOST_BYTES = 2_000_000
MOST_FORMS = 20
"""For each person in an hour; the words of a further one are shown instead."""
NAME = re.compile(r"[A-Za-z0-9_-]{22,64}")


@dataclass(frozen=True)
class KeptForm:
    """A form as it was sent: to which address, from which page, and its fields in their order."""

    person: str
    address: str
    page: str
    fields: tuple[tuple[str, str], ...]
    kept: datetime


class KeptForms:
    """The folder of kept forms."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / FOLDER

    def keep(self, name: str, form: KeptForm) -> bool:
        """Keep a form under a random name; False where it is too large or there are too many."""
        said = {
            "person": form.person,
            "address": form.address,
            "page": form.page,
            "fields": form.fields,
            "kept": form.kept.timestamp(),
        }
        text = json.dumps(said, ensure_ascii=False)
        if not NAME.fullmatch(name) or len(text.encode("utf-8", "surrogatepass")) > MOST_BYTES:
            return False
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        mine = [kept for kept in self._swept(form.kept) if kept.person == form.person]
        if len(mine) >= MOST_FORMS:
            return False
        try:
            write_whole(self.folder / f"{name}.json", text)
        except (OSError, UnicodeError):
            return False
        return True

    def of(self, name: str, person: str, now: datetime) -> KeptForm | None:
        """The form of that name, for the person who sent it and within the hour; None for everybody else."""
        form = _read(self.folder / f"{name}.json") if NAME.fullmatch(name) else None
        if form is None or form.person != person or now >= form.kept + LASTS:
            return None
        return form

    def drop(self, name: str) -> None:
        """Forget a form: its words are saved."""
        if NAME.fullmatch(name):
            (self.folder / f"{name}.json").unlink(missing_ok=True)

    def _swept(self, now: datetime) -> Iterable[KeptForm]:
        """The forms that are still kept; older ones are deleted."""
        for path in sorted(self.folder.glob("*.json")):
            form = _read(path)
            if form is None or now >= form.kept + LASTS:
                path.unlink(missing_ok=True)
            else:
                yield form


def _read(path: Path) -> KeptForm | None:
    try:
        said = json.loads(path.read_text("utf-8"))
        fields = tuple((str(name), str(value)) for name, value in said["fields"])
        kept = datetime.fromtimestamp(said["kept"], UTC)
        return KeptForm(said["person"], said["address"], said["page"], fields, kept)
    except (OSError, ValueError, KeyError, TypeError):
        return None
