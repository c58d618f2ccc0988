"""How the editor describes a change: its kind, one sentence, a day, an answer about words, languages that follow later.

Read from a form. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from desk.publication import following
from desk.publication.following import Late
from desk.publication.proposal import Offer
from generator.content.model import Change, ChangeKind, Following
from generator.publishing.publish import Asked

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
LONGEST = 300
"""Letters of the sentence that residents read about a change."""


@dataclass(frozen=True)
class Described:
    """The typed words as they were typed, and the keys of the sentences that say what is wrong, by field."""

    kind: str = ""
    summary: str = ""
    starts: str = ""
    same_meaning: bool = False
    late: tuple[Late, ...] = ()
    """Each language that may follow later, named or not."""
    wrong: Mapping[str, str] = field(default_factory=dict)

    def is_as(self, other: Described) -> bool:
        """Whether both say the same of a change."""
        return self._words == other._words

    @property
    def _words(self) -> tuple[object, ...]:
        return self.kind, self.summary, self.starts, [one for one in self.late if one.is_named]

    @property
    def asked(self) -> Asked:
        """The same as publishing takes it; of a description without a fault."""
        starts = date.fromisoformat(self.starts) if self.starts else None
        following = tuple(one.following for one in self.late if one.is_named)
        return Asked(ChangeKind(self.kind), self.summary, starts, self.same_meaning, following)

    @property
    def says_when(self) -> bool:
        """Whether it names a language that follows later."""
        return any(one.is_named for one in self.late)


def of_change(change: Change | None, languages: Sequence[str], before: Sequence[Following] = ()) -> Described:
    """The change as the notice itself describes it; `before` are the languages that its last version says follow later."""
    said = change.translations if change is not None and change.translations else before
    late = following.of_change(said, languages)
    if change is None:
        return Described(late=late)
    return Described(str(change.kind), change.summary, str(change.effective or ""), late=late)


def read(form: Mapping[str, str], offers: Sequence[Offer], on: date, languages: Sequence[str] = ()) -> Described:
    """A form's description, with everything that is wrong with it. A day is `YYYY-MM-DD`, as date fields send it, or empty.

    `languages` are those that may follow later.
    """
    summary = " ".join(form.get("summary", "").split())
    kind, starts = form.get("kind", ""), form.get("starts", "").strip()
    same = bool(form.get("same_meaning"))
    wrong = dict[str, str]()
    offer = next((one for one in offers if one.kind == kind), None)
    if offer is None:
        wrong["kind"] = "publish.kind_missing"
    elif offer.same_meaning and not same:
        wrong["same_meaning"] = "publish.same_meaning_missing"
    if not summary:
        wrong["summary"] = "publish.summary_missing"
    elif len(summary) > LONGEST:
        wrong["summary"] = "publish.summary_long"
    if key := _wrong_day(starts, on):
        wrong["starts"] = key
    late = following.read(form, languages)
    wrong |= following.wrong(late, on)
    return Described(kind, summary, starts, same, late, wrong)


def day(text: str) -> date | None:
    """The day of a date field, `YYYY-MM-DD` alone: Python reads other forms of ISO 8601 too, which no text of the site has."""
    try:
        return date.fromisoformat(text if DAY.fullmatch(text) else "")
    except ValueError:
        return None


def _wrong_day(text: str, on: date) -> str:
    if not text:
        return ""
    starts = day(text)
    if starts is None:
        return "publish.starts_no_day"
    return "publish.starts_past" if starts < on else ""
