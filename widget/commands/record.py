"""`consents record`: what somebody told the council by phone, by post, in person or by mail.

Shown, confirmed, then recorded.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from widget.commands import opening, staff_acts
from widget.commands.codes import DONE
from widget.commands.staff_acts import Problem, Problems, StaffAct
from widget.config import Config
from widget.consent.input import Answer, WithdrawalRequest
from widget.consent.on_file import details_of
from widget.consent.reach import lacking
from widget.consent.recording import (
    Once,
    Recorder,
    append_with_details,
    record_answer,
    record_request,
    record_withdrawal,
)
from widget.ledger import receipt as receipts
from widget.ledger.events import (
    Act,
    ConsentEvent,
    Decision,
    Kind,
    State,
    kind_of,
    moment_of,
    standing,
    state_of,
    utc,
)
from widget.ledger.receipt import Receipt
from widget.service import Service
from widget.store.transaction import Writing
from widget.strings import LONDON


def record(config: Config, given: argparse.Namespace) -> int:
    """Run `consents record`. Returns the exit code."""
    if given.csv is None:
        rows = staff_acts.from_options(given)
    else:
        content = sys.stdin.buffer.read() if str(given.csv) == "-" else Path(given.csv).read_bytes()
        rows = staff_acts.from_csv(given, content)
    with opening.service(config) as here:
        acts = staff_acts.read(rows, here.manifest, here.clock())
        for one in _tried(here, acts):
            print(one.shown())
        if given.dry_run:
            print("Nothing was recorded: --dry-run.")
            return DONE
        if not (given.yes or _agreed(len(acts))):
            print("Nothing was recorded.")
            return DONE
        for one in here.store.write(lambda writing: _record_all(writing, here, acts)):
            print(one.told(here))
    return DONE


@dataclass(frozen=True)
class Change:
    """Where one consent stood and stands."""

    consent: str
    before: str
    after: str
    why: str = ""

    def __str__(self) -> str:
        if self.before == self.after:
            return f"{self.consent}: stays {self.after}{self.why}"
        return f"{self.consent}: {self.before} -> {self.after}{self.why}"


@dataclass(frozen=True)
class Done:
    """The outcome of one act."""

    act: StaffAct
    receipt: Receipt | None
    events: Sequence[ConsentEvent]
    changes: Sequence[Change]
    again: bool = False

    def shown(self) -> str:
        """The change, for staff to confirm."""
        place = f"{self.act.place}, " if self.act.place else ""
        who = f"{place}{self.receipt.notice if self.receipt else self.act.notice}"
        return "\n".join(f"{who} {change}" for change in self.changes)

    def told(self, here: Service) -> str:
        """The record, with what the person is given."""
        lines = [f"{event.seq}. {event.kind} {event.consent or ''}".rstrip() for event in self.events]
        if self.again:
            lines.append("This was recorded before.")
        elif not self.events:
            lines.append("Nothing changed: it stood so already.")
        if self.receipt is not None:
            lines.append(f"Reference: {self.receipt.reference}")
            if self.act.reference or not self.act.withdraws:
                token = receipts.token(here.keys.token_secret, self.receipt)
                lines.append(f"Receipt, for the person alone: {here.manifest.site.base_url}/receipt/{token}")
        return "\n".join(lines)


class _Tried(Exception):
    """The acts could be recorded; nothing of them is to stay."""

    def __init__(self, done: list[Done]) -> None:
        super().__init__()
        self.done = done


def _tried(here: Service, acts: Sequence[StaffAct]) -> list[Done]:
    """The changes that the acts would make: they are recorded, and taken back."""

    def attempt(writing: Writing) -> None:
        raise _Tried(_record_all(writing, here, acts))

    try:
        here.store.write(attempt)
    except _Tried as tried:
        return tried.done
    raise AssertionError("an attempt always ends with what came of it")


def _agreed(count: int) -> bool:
    """Whether somebody at a terminal agrees; where there is no terminal, nobody is asked."""
    if not sys.stdin.isatty():
        return True
    return input(f"Record {'this' if count == 1 else f'these {count}'}? [y/N] ").strip().lower() in ("y", "yes")


def _record_all(writing: Writing, here: Service, acts: Iterable[StaffAct]) -> list[Done]:
    """Record every act; `Problems` with those that cannot be."""
    done: list[Done] = []
    problems: list[Problem] = []
    seen: Counter[bytes] = Counter()
    for act in acts:
        named = hashlib.sha256(repr((*vars(act).items(),)[1:]).encode()).digest()
        seen[named] += 1
        try:
            done.append(_record(writing, here, act, _once(act, named, seen[named], here)))
        except Problems as found:
            problems += found.problems
    if problems:
        raise Problems(problems)
    return done


def _once(act: StaffAct, named: bytes, count: int, here: Service) -> Once | None:
    """The same file, or the same act of the same person, typed twice is one act.

    Two strangers may say the same on one day.
    """
    if not act.place and not act.reference and not act.said:
        return None
    return Once.of("record", f"{named.hex()} {count}", named, here.keys_since())


def _record(writing: Writing, here: Service, act: StaffAct, once: Once | None) -> Done:
    by = Recorder(act.channel, act.by, utc(act.happened.at), act.said)
    if once is not None and (remembered := writing.remembered(once.key, once.since)):
        receipt = writing.receipt(remembered[1])
        states = _states(writing.events_on(receipt)) if receipt else {}
        same = [
            Change(name, states.get(name, "none"), states.get(name, "none"), ": recorded before")
            for name in act.decisions
        ]
        return Done(act, receipt, (), same, again=True)
    joined = _receipt(writing, act) if act.reference else None
    if act.withdraws and joined is None:
        return _request(writing, here, act, by, once)
    before = writing.events_on(joined) if joined else []
    if act.withdraws and joined is not None:
        _check_withdrawal(act, before)
        recorded = record_withdrawal(writing, joined, list(act.decisions), by, here.sealing)
        receipt, events = recorded.receipt, recorded.events
    elif act.earlier is not None:
        receipt, events = _earlier(writing, here, act, by, joined)
    else:
        assert act.version is not None, "a row without one is a problem"  # noqa: S101
        chosen = {consent: Decision(decision) for consent, decision in act.decisions.items()}
        if joined is not None:
            _check_reach(writing, here, act, chosen, joined)
        answer = Answer(act.version, chosen, act.acting_for, act.said)
        recorded = record_answer(writing, answer, here.manifest, here.sealing, joined=joined, by=by)
        receipt, events = recorded.receipt, recorded.events
    after = writing.events_on(receipt)
    _check_revival(act, before, after)
    if once is not None and events:
        writing.remember(once.key, once.body, receipt)
    return Done(act, receipt, events, _changes(act, before, after))


def _request(writing: Writing, here: Service, act: StaffAct, by: Recorder, once: Once | None) -> Done:
    """A withdrawal by somebody who has no receipt: the service must find them."""
    wish = WithdrawalRequest(act.notice, act.said, act.acting_for)
    event = record_request(writing, wish, act.language, here.sealing, by)
    receipt = writing.add_receipt(event.subject or "", act.notice)
    if once is not None:
        writing.remember(once.key, once.body, receipt)
    why = ": no receipt, so the service is asked to find them"
    return Done(act, receipt, (event,), [Change(name, "?", "withdrawal requested", why) for name in act.decisions])


def _earlier(
    writing: Writing, here: Service, act: StaffAct, by: Recorder, joined: Receipt | None
) -> tuple[Receipt, tuple[ConsentEvent, ...]]:
    """Consent from before Noticeboard: against the digest of a file with its wording, and no version of ours."""
    wording = act.earlier or b""
    digest = hashlib.sha256(wording).hexdigest()
    writing.keep_earlier(digest, wording)
    subject = joined.subject if joined else writing.randomness(16).hex()
    receipt = joined or writing.add_receipt(subject, act.notice)
    standings = standing(writing.events_on(receipt)) if joined else {}
    made = []
    for consent, decision in act.decisions.items():
        earlier = standings.get(consent)
        kind = kind_of(Decision(decision), earlier, renewal_due=False)
        if kind is not None:
            told = Act(
                kind,
                subject,
                act.notice,
                language=act.language,
                digest=digest,
                consent=consent,
                acting_for=act.acting_for,
            )
            made.append(by.mark(replace(told, prior=earlier.event_id if earlier else None)))
    if not made:
        return receipt, ()
    return receipt, append_with_details(writing, made, by.said, subject, here.sealing, by, new=joined is None)


def _receipt(writing: Writing, act: StaffAct) -> Receipt:
    reference = receipts.read_reference(act.reference or "")
    found = writing.receipt_with(reference) if reference else None
    if found is None:
        misread = "" if reference else " Its check sign does not fit: was it misread?"
        raise _problem(act, "reference", f"there is no receipt {act.reference}.{misread}")
    if act.notice and act.notice != found.notice:
        raise _problem(act, "notice", f"receipt {found.reference} is about {found.notice}, not about {act.notice}.")
    return found


def _check_withdrawal(act: StaffAct, before: Sequence[ConsentEvent]) -> None:
    """Nobody withdraws what they have not said yet, or never answered."""
    standings = standing(before)
    for consent in act.decisions:
        one = standings.get(consent)
        if one is None:
            known = ", ".join(standings) or "none that counts"
            raise _problem(act, "decision", f"{consent} is not on that receipt. There are: {known}.")
        ended = moment_of(replace(one, kind=Kind.WITHDRAWN, recorded_by=act.by, happened=utc(act.happened.at)))
        if state_of(one) is State.GIVEN and ended < moment_of(one):
            said = datetime.fromisoformat(one.happened).astimezone(LONDON)
            raise _problem(
                act, "happened", f"they said yes at {said:%Y-%m-%dT%H:%M}, after that. When did they withdraw it?"
            )


def _check_reach(
    writing: Writing, here: Service, act: StaffAct, chosen: Mapping[str, Decision], joined: Receipt
) -> None:
    """A yes that needs a way to reach the person finds one in what is said now, or on file with the receipt."""
    same = writing.events_on(joined)[0].for_whom == act.acting_for
    known = [act.said, details_of(writing, here.sealing, joined.subject)] if same else [act.said]
    consents = act.version.consents if act.version else ()
    for missing in lacking(consents, chosen, act.acting_for, *known):
        raise _problem(act, missing.field, staff_acts.REACH[missing.code])


def _check_revival(act: StaffAct, before: Sequence[ConsentEvent], after: Sequence[ConsentEvent]) -> None:
    """A yes after the person's own withdrawal needs the form's fingerprint, or that the person confirmed it."""
    if act.digest or act.person_confirmed:
        return
    was, now = standing(before), standing(after)
    for consent in act.decisions:
        if consent in was and state_of(was[consent]) is State.WITHDRAWN and state_of(now[consent]) is State.GIVEN:
            when = datetime.fromisoformat(was[consent].happened).astimezone(LONDON)
            raise _problem(
                act,
                "digest",
                f"they withdrew {consent} on {when:%-d %B %Y}. A yes after that needs the fingerprint on the form (64 "
                "digits), or --person-confirmed if they confirmed to you that they changed their mind.",
            )


def _changes(act: StaffAct, before: Sequence[ConsentEvent], after: Sequence[ConsentEvent]) -> list[Change]:
    was, now = standing(before), standing(after)
    found = []
    for consent, decision in act.decisions.items():
        old, new = (str(state_of(there[consent])) if consent in there else "none" for there in (was, now))
        late = decision == Decision.GIVEN and new != State.GIVEN
        since = datetime.fromisoformat(now[consent].happened).astimezone(LONDON) if consent in now else None
        why = f": that was on {since:%-d %B %Y}, and this yes is not later" if late and since else ""
        found.append(Change(consent, old, new, why))
    return found


def _states(events: Sequence[ConsentEvent]) -> dict[str, str]:
    return {consent: str(state_of(event)) for consent, event in standing(events).items()}


def _problem(act: StaffAct, name: str, text: str) -> Problems:
    return Problems([Problem(f"{act.place}, column {name}" if act.place else f"--{name}", text)])
