"""For the DPO and the service: export, erase, purge, stats."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby

from widget.commands import opening
from widget.commands.codes import DONE, UNJUDGED
from widget.commands.output import result
from widget.commands.staff_acts import staff_id
from widget.config import Config
from widget.consent import export as exporting
from widget.consent.acting import deeds
from widget.consent.erasure import Past, Rule, Unjudged, earliest_kept, past, past_log
from widget.consent.evidence import Case, bundle
from widget.consent.on_file import held_of
from widget.consent.recording import Recorder
from widget.errors import StartRefused
from widget.ledger import key_folder
from widget.ledger import receipt as receipts
from widget.ledger.events import TO_ACT_ON, ConsentEvent, Kind, Order, State, state_of, utc
from widget.ledger.evidence_file import evidence_file
from widget.ledger.head_keeper import HeadKeeper
from widget.ledger.receipt import Receipt
from widget.mail.compose import details_of, words_of
from widget.people.addresses import lookup
from widget.service import Service
from widget.store.queries import Reading


def export(config: Config, given: argparse.Namespace) -> int:
    """Run `consents export`. Returns the exit code."""
    with result(given.out) as out:
        if given.reference:
            with opening.service(config) as here, here.store.reading() as reading:
                found = _receipt(reading, given.reference)
                case = _case(found, reading, here, given.by or "somebody who gave no name (--by)")
                text = bundle(case, here.manifest, words_of(here, case.events[0]))
                proved = {"leaves": list(case.leaves), "proof": list(case.proofs), "checkpoint": case.checkpoint}
                named = {"reference": found.reference, "made": case.made, "maker": case.maker}
                out.flush()
                # As it was signed, whatever the terminal's encoding.
                out.buffer.write(evidence_file(text, named | proved, here.keys.sign_receipt))
            return DONE
        wanted = exporting.Wanted(given.notice, given.first, given.last)
        if given.format == "jsonld":
            with opening.service(config) as here, here.store.reading() as reading:
                exporting.write_jsonld(exporting.records(reading, here.manifest, here.today(), wanted), out)
            return DONE
        keys = key_folder.read(config.keys_folder)
        heads = HeadKeeper(keys)
        upgraded = not heads.kept_before()  # an earlier release wrote no head into the database
        with opening.reading(config, heads if upgraded else None) as reading:
            write = exporting.write_csv if given.format == "csv" else exporting.write_jsonl
            write(exporting.rows(reading, keys, wanted), out)
    return DONE


def erase_person(config: Config, given: argparse.Namespace) -> int:
    """Run `consents erase`. Returns the exit code."""
    with opening.service(config) as here:
        with here.store.reading() as reading:
            subjects = _subjects(reading, here, given)
            for subject in subjects:
                print(_known_about(subject, reading, here))
        if not subjects:
            raise StartRefused("Nobody is known by that.")
        count = _erase(here, subjects, Recorder("staff", staff_id(given.by)))
    print(f"Erased: {count} of {len(subjects)} records. Copies in older backups are erased when they are restored.")
    return DONE


def purge(config: Config, given: argparse.Namespace) -> int:
    """Run `consents purge`. Returns the exit code."""
    with opening.service(config) as here:
        records = here.manifest.site.records
        period = records.staff_logs if records else None
        of_reports = records.problems if records else None
        with here.store.reading() as reading:
            found = list(_past(reading, here))
            reports = [one.made for one in reading.reports() if past_log(one.made, of_reports, here.today())]
            lists = [one.at for one in reading.listings() if past_log(one.at, period, here.today())]
        due = [one for one in found if isinstance(one, Past)]
        for one in due:
            print(f"{one.subject}: last act {one.last}, kept for {one.rule}, until {one.kept_until}")
        if lists:
            print(f"{len(lists)} notes of lists that staff asked for are past `staff_logs` of site.yml.")
        if reports:
            print(f"{len(reports)} reports of problems are past `problems` of site.yml.")
        unjudged = [one for one in found if isinstance(one, Unjudged)]
        _report(unjudged)
        ended = UNJUDGED if unjudged else DONE
        if not given.do:
            print(f"{len(due)} records are past their time. Nothing was changed: run it again with --do.")
            return ended
        count = _erase(here, [one.subject for one in due], Recorder("staff", staff_id(given.by)))
        since = here.keys_since()
        forgotten = here.store.write(lambda writing: writing.forget_requests(since))
        if lists:
            here.store.write(lambda writing: writing.forget_listings(max(lists)))
        if reports:
            here.store.write(lambda writing: writing.forget_reports(max(reports)))
    print(f"{count} records erased; {forgotten} expired idempotency keys deleted.")
    return ended


def stats(config: Config, given: argparse.Namespace) -> int:
    """Run `consents stats`. Returns the exit code."""
    counted: Counter[tuple[str, ...]] = Counter()
    stand: Counter[tuple[str, str, str]] = Counter()
    with opening.reading(config) as reading:
        for _, events in groupby(reading.by_subject(), key=lambda event: event.subject):
            orders: dict[str | None, Order] = {}
            for event in events:
                counted[(event.notice or "-", event.consent or "-", event.kind, event.channel or "-")] += 1
                if event.consent is not None:
                    orders.setdefault(event.notice, Order()).add(event)
            for notice, order in orders.items():
                stand.update((notice or "-", consent, str(state_of(one))) for consent, one in order.deciding.items())
        unsent, oldest = reading.unsent(), reading.oldest_unsent()
    for names, number in sorted(counted.items()):
        print("\t".join((*names, str(number))))
    for (notice_of, consent, state), number in sorted(stand.items()):
        print(f"{notice_of}\t{consent}\tstands\t{state}\t{number}")
    print(f"unsent mail\t{unsent}\t{oldest or '-'}")
    return DONE


def _case(found: Receipt, reading: Reading, here: Service, maker: str) -> Case:
    events = reading.events_on(found)
    read = {(event.notice, event.version, event.language) for event in events if event.version is not None}
    publications = reading.publications_of(read)
    evidence = here.evidence(reading, [*events, *publications])
    digests = {event.digest for event in events if event.version is None and event.digest}
    return Case(
        found,
        events,
        list(here.standings(event for event in events if event.kind is not Kind.ERASED).values()),
        deeds(reading, events, here.keys.details_key),
        held_of(reading, here.sealing, found.subject).with_origins(),
        {digest: (reading.earlier(digest) or b"").decode("utf-8", "replace") for digest in sorted(digests)},
        {event.seq: reading.sent_at(event.kind, event.seq) for event in events if event.kind in TO_ACT_ON},
        publications,
        evidence.leaves,
        evidence.proofs,
        evidence.checkpoint,
        str(here.keys.verifier),
        utc(here.clock()),
        maker,
    )


def _subjects(reading: Reading, here: Service, given: argparse.Namespace) -> list[str]:
    if given.reference:
        return [_receipt(reading, given.reference).subject]
    if given.email:
        return reading.who_gave(lookup(given.email, here.keys.pepper))
    return [given.subject] if reading.events_of(given.subject) else []


def _known_about(subject: str, reading: Reading, here: Service) -> str:
    """The details on file about a subject, by its parts, and on which receipts."""
    said = vars(details_of(reading, here, subject))
    parts = ", ".join(part for part, value in said.items() if value)
    receipts_of = reading.receipts_of(subject)
    given = sum(
        one.state in (State.GIVEN, State.LAPSED)
        for receipt in receipts_of
        for one in here.standings(reading.events_on(receipt)).values()
    )
    references = ", ".join(receipt.reference for receipt in receipts_of)
    receipts_told = f"{len(receipts_of)} receipts ({references})" if references else "no receipt"
    return f"{subject}: {parts or 'no details'} on file, {receipts_told}, {given} consents to close"


def _erase(here: Service, subjects: Iterable[str], by: Recorder) -> int:
    return here.erasures.erase_all(subjects, by)


def _report(unjudged: Iterable[Unjudged]) -> None:
    """Print which rules cannot be judged, whose records wait for them, and what to do."""
    waiting: dict[Rule, list[str]] = {}
    for one in unjudged:
        for rule in one.rules:
            waiting.setdefault(rule, []).append(one.subject)
    for rule, subjects in waiting.items():
        print(f"Cannot judge {len(subjects)} records: `consent_records` in {rule.written} says “{rule}”.")
        print(*(f"  {subject}" for subject in subjects), sep="\n")
    if waiting:
        print(
            "These are kept. If `noticeboard check` finds nothing wrong with the words, build the site again: its "
            "published.json is from an older release. Otherwise correct them, publish and build; or erase by hand: "
            "consents erase --subject SUBJECT --by ROLE."
        )


def _past(reading: Reading, here: Service) -> Iterator[Past | Unjudged]:
    """The people past the period, and those who cannot be judged, part by part; whoever did something lately is not
    looked at."""
    today, since = here.today(), earliest_kept(here.manifest, here.today())
    after = ""
    while subjects := reading.quiet_since(since, after):
        own: dict[str, list[ConsentEvent]] = {subject: [] for subject in subjects}
        for event in reading.histories(subjects):
            own[str(event.subject)].append(event)
        for subject, events in own.items():
            if (one := past(subject, events, here.manifest, today)) is not None:
                yield one
        after = subjects[-1]


def _receipt(reading: Reading, text: str) -> Receipt:
    reference = receipts.read_reference(text)
    found = reading.receipt_with(reference) if reference else None
    if found is None:
        raise StartRefused(
            f"There is no receipt {text}." + ("" if reference else " Its check sign does not fit: was it misread?")
        )
    return found
