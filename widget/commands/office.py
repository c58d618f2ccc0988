"""For the DPO and the service: export, record, erase, purge, stats."""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime

from widget.commands import opening
from widget.commands.codes import DONE, UNJUDGED
from widget.commands.moments import moment
from widget.config import Config
from widget.consent import export as exporting
from widget.consent.acting import deeds
from widget.consent.erasure import Past, Rule, Unjudged, erase, past
from widget.consent.evidence import Case, bundle
from widget.consent.input import Answer
from widget.consent.recording import Recorded, Recorder, append_with_details, record_answer, record_withdrawal
from widget.consent.renewal import standings
from widget.consent.ts27560 import CONTEXT, consent_record
from widget.errors import StartRefused
from widget.ledger import key_folder
from widget.ledger import receipt as receipts
from widget.ledger.events import TO_ACT_ON, Act, Decision, Kind, kind_of, utc
from widget.ledger.evidence_file import evidence_file
from widget.ledger.head_keeper import HeadKeeper
from widget.ledger.receipt import Receipt
from widget.mail.compose import details_of, words_of
from widget.people.addresses import BadAddress, address, lookup
from widget.people.details import Details
from widget.service import Service
from widget.store.queries import Reading
from widget.store.transaction import Writing
from widget.strings import LONDON

STAFF = Recorder(channel="staff", recorded_by="consents")
CHANNELS = ("phone", "post", "in-person")
SAID = ("name", "email", "phone", "post", "about", "case")


def export(config: Config, given: argparse.Namespace) -> int:
    """Print events as rows or records, or with --reference the evidence about one receipt, for a person to read."""
    if given.reference:
        with opening.service(config) as here, here.store.reading() as reading:
            found = _receipt(reading, given.reference)
            case = _case(found, reading, here, given.by or "somebody who gave no name (--by)")
            text = bundle(case, here.manifest, words_of(here, case.events[0]))
            proved = {"leaves": list(case.leaves), "proof": list(case.proofs), "checkpoint": case.checkpoint}
            named = {"reference": found.reference, "made": case.made, "maker": case.maker}
            file = evidence_file(text, named | proved, here.keys.sign_receipt)
        sys.stdout.flush()
        sys.stdout.buffer.write(file)  # as it was signed, whatever the terminal's encoding
        return DONE
    wanted = exporting.Wanted(given.notice, given.first, given.last)
    if given.format == "jsonld":
        with opening.service(config) as here, here.store.reading() as reading:
            json.dump(
                {"@context": CONTEXT, "@graph": list(_records(reading, here, wanted))},
                sys.stdout,
                ensure_ascii=False,
                indent=1,
            )
        print()
        return DONE
    keys = key_folder.read(config.keys_folder)
    heads = HeadKeeper(keys)
    upgraded = not heads.kept_before()  # an earlier release wrote no head into the database
    with opening.reading(config, heads if upgraded else None) as reading:
        write = exporting.write_csv if given.format == "csv" else exporting.write_jsonl
        write(exporting.rows(reading, keys, wanted), sys.stdout)
    return DONE


def record(config: Config, given: argparse.Namespace) -> int:
    """Record what a person said by phone, by post or in person, in the words they heard or read."""
    happened = moment(given.happened)
    said = Details(**({name: getattr(given, name) for name in SAID} | {"email": _address(given.email)}))
    by = Recorder(given.channel, given.by, utc(happened), said)
    decisions = dict(_decision(text) for text in given.decision)
    with opening.service(config) as here:
        if happened > here.clock():
            raise StartRefused("--happened lies in the future.")
        with here.store.reading() as reading:
            joined = _receipt(reading, given.reference) if given.reference else None
        wording = given.earlier.read_bytes() if given.earlier else None
        recorded = here.store.write(lambda writing: _record(writing, here, given, by, decisions, joined, wording))
        for event in recorded.events:
            print(f"{event.seq}. {event.kind} {event.consent}")
        if not recorded.events:
            print("Nothing changed: it stood so already.")
        token = receipts.token(here.keys.token_secret, recorded.receipt)
        print(f"Reference: {recorded.receipt.reference}")
        print(f"Receipt, for the person alone: {here.manifest.site.base_url}/receipt/{token}")
    return DONE


def erase_person(config: Config, given: argparse.Namespace) -> int:
    """Erase a person: close their open consents, delete their details with the key, and append that it was done."""
    with opening.service(config) as here:
        with here.store.reading() as reading:
            subjects = _subjects(reading, here, given)
        if not subjects:
            raise StartRefused("Nobody is known by that.")
        count = _erase(here, subjects, Recorder("staff", given.by))
    print(f"Erased: {count} of {len(subjects)} records. Copies in older backups are erased when they are restored.")
    return DONE


def purge(config: Config, given: argparse.Namespace) -> int:
    """Show whose details are past `consent_records`; with --do, erase them.

    Details whose last day cannot be worked out are listed and kept; the command then ends with exit code 3.
    """
    with opening.service(config) as here:
        with here.store.reading() as reading:
            found = list(_past(reading, here))
        due = [one for one in found if isinstance(one, Past)]
        for one in due:
            print(f"{one.subject}: last act {one.last}, kept for {one.rule}, until {one.kept_until}")
        unjudged = [one for one in found if isinstance(one, Unjudged)]
        _report(unjudged)
        ended = UNJUDGED if unjudged else DONE
        if not given.do:
            print(f"{len(due)} records are past their time. Nothing was changed: run it again with --do.")
            return ended
        count = _erase(here, [one.subject for one in due], Recorder("staff", given.by))
        since = here.keys_since()
        forgotten = here.store.write(lambda writing: writing.forget_requests(since))
    print(f"{count} records erased; {forgotten} expired idempotency keys deleted.")
    return ended


def stats(config: Config, given: argparse.Namespace) -> int:
    """Print how many events there are, by notice, consent, kind and channel, and how much mail waits."""
    counted: Counter[tuple[str, ...]] = Counter()
    with opening.reading(config) as reading:
        for event in reading.events():
            counted[(event.notice or "-", event.consent or "-", event.kind, event.channel or "-")] += 1
        unsent, oldest = reading.unsent(), reading.oldest_unsent()
    for names, number in sorted(counted.items()):
        print("\t".join((*names, str(number))))
    print(f"unsent mail\t{unsent}\t{oldest or '-'}")
    return DONE


def _record(
    writing: Writing,
    here: Service,
    given: argparse.Namespace,
    by: Recorder,
    decisions: dict[str, str],
    joined: Receipt | None,
    wording: bytes | None,
) -> Recorded:
    withdrawn = [consent for consent, decision in decisions.items() if decision == "withdrawn"]
    if withdrawn:
        if joined is None or len(withdrawn) != len(decisions):
            raise StartRefused(
                "A withdrawal needs --reference, and is recorded alone. Without a receipt, use the page /withdraw."
            )
        return record_withdrawal(writing, joined, withdrawn, by)
    if wording is not None:
        return _record_earlier(writing, here, given, by, decisions, wording)
    version = (
        here.manifest.in_force(given.notice, given.language, by_day(by))
        if given.version is None
        else (here.manifest.find(given.notice, given.version, given.language))
    )
    if version is None:
        raise StartRefused(f"{given.notice} has no such version in {given.language}.")
    for consent in decisions:
        if (known := version.consent(consent)) is None:
            raise StartRefused(f"Version {version.version} of {given.notice} has no consent {consent}.")
        if given.acting_for not in known.on_behalf:
            raise StartRefused(f"{consent} cannot be answered for: {given.acting_for}.")
    chosen = {consent: Decision(decision) for consent, decision in decisions.items()}
    answer = Answer(version, chosen, given.acting_for, by.said.email)
    return record_answer(writing, answer, here.manifest, here.sealing, joined=joined, by=by)


def _record_earlier(
    writing: Writing, here: Service, given: argparse.Namespace, by: Recorder, decisions: dict[str, str], wording: bytes
) -> Recorded:
    """Consent from before Noticeboard: against the digest of a file with its wording, and no version of ours."""
    if given.notice not in here.manifest.notices():
        raise StartRefused(f"There is no notice {given.notice}.")
    digest = hashlib.sha256(wording).hexdigest()
    writing.keep_earlier(digest, wording)
    subject = writing.randomness(16).hex()
    acts = [
        by.mark(
            Act(
                kind,
                subject,
                given.notice,
                language=given.language,
                digest=digest,
                consent=consent,
                acting_for=given.acting_for,
            )
        )
        for consent, decision in decisions.items()
        if (kind := kind_of(Decision(decision), None, renewal_due=False)) is not None
    ]
    receipt = writing.add_receipt(subject, given.notice)
    return Recorded(receipt, append_with_details(writing, acts, by.said, subject, here.sealing), True)


def by_day(by: Recorder) -> date:
    """The council's day on which the person acted."""
    return datetime.fromisoformat(by.happened or "").astimezone(LONDON).date()


def _case(found: Receipt, reading: Reading, here: Service, maker: str) -> Case:
    events = reading.events_on(found)
    read = {(event.notice, event.version, event.language) for event in events if event.version is not None}
    publications = reading.publications_of(read)
    evidence = here.evidence(reading, [*events, *publications])
    known = reading.known(found.subject)
    digests = {event.digest for event in events if event.version is None and event.digest}
    return Case(
        found,
        events,
        list(here.standings(event for event in events if event.kind is not Kind.ERASED).values()),
        deeds(reading, events, here.keys.details_key),
        details_of(reading, here, found.subject),
        {digest: (reading.earlier(digest) or b"").decode("utf-8", "replace") for digest in sorted(digests)},
        {event.seq: reading.sent_at(event.kind, event.seq) for event in events if event.kind in TO_ACT_ON},
        bool(known and known.confirmed),
        publications,
        evidence.leaves,
        evidence.proofs,
        evidence.checkpoint,
        str(here.keys.verifier),
        utc(here.clock()),
        maker,
    )


def _records(reading: Reading, here: Service, wanted: exporting.Wanted) -> Iterator[dict[str, object]]:
    """A record for each consent that a wanted event is about, with all its events."""
    about = {(event.subject, event.notice): None for event in reading.events() if event.subject and wanted.takes(event)}
    for subject, notice in about:
        events = [event for event in reading.events_of(subject or "") if event.notice == notice]
        for name, one in standings(events, here.manifest, here.today()).items():
            yield consent_record([event for event in events if event.consent == name], one, here.manifest)


def _subjects(reading: Reading, here: Service, given: argparse.Namespace) -> list[str]:
    if given.reference:
        return [_receipt(reading, given.reference).subject]
    if given.email:
        return [known.subject for known in reading.known_by(lookup(given.email, here.keys.pepper))]
    return [given.subject] if reading.events_of(given.subject) else []


def _erase(here: Service, subjects: Iterable[str], by: Recorder) -> int:
    count = 0
    for subject in subjects:
        key_folder.note_erasure(
            here.config.keys_folder, subject
        )  # first: a crash between the two erases too much, not too little
        count += bool(here.store.write(lambda writing, subject=subject: erase(writing, subject, by)))  # type: ignore[misc]
    return count


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
    for subject in reading.subjects():
        if (one := past(subject, reading.events_of(subject), here.manifest, here.today())) is not None:
            yield one


def _receipt(reading: Reading, text: str) -> Receipt:
    reference = receipts.read_reference(text)
    found = reading.receipt_with(reference) if reference else None
    if found is None:
        raise StartRefused(
            f"There is no receipt {text}." + ("" if reference else " Its check sign does not fit: was it misread?")
        )
    return found


def _address(text: str | None) -> str | None:
    """An address as letters are sent to it; `StartRefused` where none can be."""
    try:
        return str(address(text)) if text else None
    except BadAddress as error:
        raise StartRefused(f"No letter can be sent to {text}: {error}. Correct --email, or leave it out.") from error


def _decision(text: str) -> tuple[str, str]:
    consent, _, decision = text.partition("=")
    if decision not in ("given", "refused", "withdrawn"):
        raise StartRefused(f"{text} is not CONSENT=given, CONSENT=refused or CONSENT=withdrawn.")
    return consent, decision
