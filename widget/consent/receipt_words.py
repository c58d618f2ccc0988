"""A receipt in words that a resident reads, ready to print. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from widget.consent.offers import contact_for
from widget.consent.renewal import Standing
from widget.ledger.events import ConsentEvent, Kind, State
from widget.ledger.receipt import Receipt
from widget.manifest import ActingFor, Consent, Contact, Manifest, PublishedVersion, Question
from widget.store.people import Known
from widget.strings import Words


@dataclass(frozen=True)
class Renewal:
    """The words that came in place of those agreed to, to be chosen anew."""

    version: PublishedVersion
    statement: str
    question: Question | None
    if_refused: str
    deadline: str


@dataclass(frozen=True)
class Line:
    """One consent: its exact words, where it stands, what happens next; a label where it can be withdrawn."""

    consent: str
    topic: str
    heading: str
    """The answer to it, where the receipt has other answers too."""
    statement: str
    question: Question | None
    """The question that it was asked as, if it was."""
    state: str
    sentence: str
    next: str
    effect: str
    withdraw_label: str
    renewal: Renewal | None = None


@dataclass(frozen=True)
class Read:
    """A version that was read, and what was answered to it."""

    title: str
    number: str
    words: str
    """The text of the link to them."""
    url: str
    digest: str
    language: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class ReceiptPage:
    """Everything that the receipt page shows."""

    notice: str
    heading: str
    state: str
    """The state that all its answers share; empty where they differ."""
    reference: str
    made: str
    acting_for: str
    child: str
    """The words that it was answered for a child, where it was."""
    versions: tuple[Read, ...]
    contact: Contact
    happens: tuple[str, ...]
    unanswered: tuple[str, ...]
    answer_href: str
    email_hint: str
    urgent_help: str
    withdraw_action: str
    mail_action: str
    end_action: str
    withdraw_href: str
    renew_action: str
    file_href: str
    address: str
    erased: str
    unknown: str
    """That the service cannot know whom a withdrawal is about, where that is so: before one, or after."""
    mailed: bool
    """Whether the next address is mailed where this one is ended: to an address that was confirmed."""

    @property
    def given(self) -> tuple[Line, ...]:
        """The lines that can be withdrawn."""
        return tuple(line for read in self.versions for line in read.lines if line.withdraw_label)


def receipt_page(
    receipt: Receipt,
    token: str,
    events: Iterable[ConsentEvent],
    standings: Mapping[str, Standing],
    manifest: Manifest,
    words: Words,
    earlier: Mapping[str, str],
    ambiguous: Collection[str],
    known: Known | None,
) -> ReceiptPage | None:
    """The page of a receipt; None where the site no longer publishes any of the versions it is about.

    `earlier` has the wording from before Noticeboard, by its digest; `ambiguous` names the consents that another answer
    under the same confirmed address contradicts; `known` is what is on file about the person.
    """
    events = list(events)
    lines: dict[PublishedVersion, list[Line]] = {}
    for standing in standings.values():
        read = version_read(standing.event, manifest) or _earlier(standing.event, manifest, earlier, words)
        if read is not None and read.retracted is not None and not read.consents:
            read = _taken_down(read, standings, manifest, words)
        if read is not None and read.consent(standing.event.consent or "") is not None:
            alone = len(standings) == 1
            contested = standing.event.consent in ambiguous
            lines.setdefault(read, []).append(_line(standing, read, words, manifest, contested, alone=alone))
    if not lines:
        return None
    first = next(iter(lines))
    contact = contact_for(first, first.consents[0], manifest)
    states = {_said_state(standing) for standing in standings.values()}
    child = events[0].for_whom == ActingFor.CHILD
    acting_for = words(f"endpoint.receipt.acting_for_{events[0].for_whom}")
    reach = any(one.reach for one in first.consents if one.id in standings)
    erased = [event for event in events if event.kind is Kind.ERASED]
    spoken = "" if words.language == events[0].language else f"?language={words.language}"
    return ReceiptPage(
        notice=receipt.notice,
        heading=_heading(standings, states, lines, words),
        state=next(iter(states)) if len(states) == 1 else "",
        reference=receipt.reference,
        made=words.time(receipt.made),
        acting_for=acting_for,
        child=words.either("endpoint.receipt.for_child", "endpoint.receipt.acting_for_child") if child else "",
        versions=tuple(_read(version, tuple(found), words) for version, found in lines.items()),
        contact=contact,
        happens=_happens(receipt.reference, states, contact.name or manifest.site.name, words),
        unanswered=tuple(one.statement for one in first.asked(events[0].for_whom) if one.id not in standings)
        if not erased
        else (),
        answer_href=f"/consent/{receipt.notice}?language={words.language}{'&for=child' if child else ''}",
        email_hint=words.either("consent_form.email_reach" if reach else "consent_form.email_hint"),
        urgent_help=first.urgent_help or "",
        withdraw_action=f"/receipt/{token}/withdraw{spoken}",
        mail_action=f"/receipt/{token}/mail{spoken}",
        end_action=f"/receipt/{token}/end{spoken}",
        withdraw_href=f"/withdraw?notice={receipt.notice}&language={words.language}",
        renew_action=f"/receipt/{token}/renew{spoken}",
        file_href=f"/receipt/{token}/file",
        address=f"{manifest.site.base_url}/receipt/{token}",
        erased=words("endpoint.receipt.erased", when=words.time(erased[-1].at)) if erased else "",
        unknown=_unknown(standings, words) if known is None and not erased else "",
        mailed=known is not None and known.confirmed,
    )


def _heading(
    standings: Mapping[str, Standing],
    states: Collection[str],
    lines: Mapping[PublishedVersion, list[Line]],
    words: Words,
) -> str:
    """The outcome as the heading: of one answer with its topic, of several only what they have in common."""
    last = max(standings.values(), key=lambda standing: standing.event.seq)
    if len(standings) == 1:
        return _outcome(last, next(iter(lines.values()))[0].topic, words)
    if len(states) == 1 or last.state is State.WITHDRAWN:
        return _outcome(last, "", words)
    return words.either("endpoint.receipt.outcome_mixed", "consent_form.done")


def _outcome(standing: Standing, topic: str, words: Words) -> str:
    key = f"endpoint.receipt.outcome_{_said_state(standing)}"
    return words.either(f"{key}_to" if topic else key, "endpoint.receipt.title", topic=topic)


def _happens(reference: str, states: Collection[str], service: str, words: Words) -> tuple[str, ...]:
    """Sentences about who learns of the answers, one for each state."""
    keys = (f"endpoint.receipt.happens_{state}" for state in State if state in states)
    said = (words.either(key, reference=reference, service=service) for key in keys)
    return tuple(sentence for sentence in said if sentence)


def _unknown(standings: Mapping[str, Standing], words: Words) -> str:
    states = {standing.state for standing in standings.values()}
    if states & {State.GIVEN, State.LAPSED}:
        return words.either("endpoint.receipt.unknown_before")
    return words.either("endpoint.receipt.unknown_after") if State.WITHDRAWN in states else ""


def version_read(event: ConsentEvent, manifest: Manifest) -> PublishedVersion | None:
    """The version whose words the event is about."""
    if event.notice is None or event.version is None or event.language is None:
        return None
    found = manifest.find(event.notice, event.version, event.language)
    return found if found is not None and found.digest == event.digest else None


def _read(version: PublishedVersion, lines: tuple[Line, ...], words: Words) -> Read:
    number = words("endpoint.receipt.version_number", version=version.version)
    link = words.either("endpoint.receipt.words_read", "endpoint.receipt.permanent", version=version.version)
    return Read(version.title, number, link, version.url, version.digest, version.language, lines)


def _earlier(
    event: ConsentEvent, manifest: Manifest, earlier: Mapping[str, str], words: Words
) -> PublishedVersion | None:
    """Words from before Noticeboard, as a version that was never published here."""
    wording = earlier.get(event.digest or "")
    newest = [version for version in manifest.versions if version.notice == event.notice]
    if wording is None or not newest:
        return None
    now = newest[-1].consent(event.consent or "")
    consent = Consent(
        event.consent or "",
        wording,
        now.effect if now else "",
        now.if_refused if now else "",
        on_behalf=tuple(ActingFor),
    )
    title = words("endpoint.receipt.earlier", notice=newest[-1].title)
    return replace(newest[-1], title=title, digest=event.digest or "", consents=(consent,))


def _taken_down(version: PublishedVersion, names: Iterable[str], manifest: Manifest, words: Words) -> PublishedVersion:
    """A version whose every word was taken down: what was agreed to in it can be withdrawn all the same."""
    others = [one for one in manifest.versions if one.notice == version.notice and one.language == version.language]
    known = {consent.id: consent for one in others for consent in one.consents}
    statement = words("endpoint.receipt.taken_down")
    return replace(
        version,
        consents=tuple(
            Consent(
                name,
                statement,
                known[name].effect if name in known else "",
                known[name].if_refused if name in known else "",
                on_behalf=tuple(ActingFor),
            )
            for name in names
        ),
    )


def _line(
    standing: Standing, version: PublishedVersion, words: Words, manifest: Manifest, ambiguous: bool, *, alone: bool
) -> Line:
    event, state = standing.event, standing.state
    consent = version.consent(event.consent or "")
    assert consent is not None, "an event is recorded only for a consent of its version"  # noqa: S101
    spoken = manifest.find(version.notice, version.version, words.language)
    told = (spoken.consent(consent.id) if spoken else None) or consent  # what was agreed to stays in its own language
    named = words("endpoint.receipt.withdraw_named", statement=consent.statement)
    can_withdraw = state in (State.GIVEN, State.LAPSED)
    return Line(
        consent=consent.id,
        topic=told.topic or "",
        heading="" if alone else _outcome(standing, told.topic or "", words),
        statement=consent.statement,
        question=consent.question,
        state=state,
        sentence=_sentence(standing, words, ambiguous),
        next="" if can_withdraw else words(f"endpoint.receipt.next_{state}"),
        effect=told.if_refused if state is State.REFUSED else told.effect,
        withdraw_label=f"{words('endpoint.receipt.withdraw')} {named}" if can_withdraw else "",
        renewal=_renewal(standing, words),
    )


def _sentence(standing: Standing, words: Words, ambiguous: bool) -> str:
    said = words(f"endpoint.receipt.state_{_said_state(standing)}", when=words.time(standing.event.happened))
    return f"{said} {words.either('endpoint.receipt.ambiguous')}".rstrip() if ambiguous else said


def _said_state(standing: Standing) -> str:
    """The state in words that say who ended the consent."""
    return "revoked" if standing.event.kind is Kind.REVOKED else str(standing.state)


def _renewal(standing: Standing, words: Words) -> Renewal | None:
    version = standing.renewal
    consent = version.consent(standing.event.consent or "") if version else None
    if version is None or consent is None:
        return None
    lapsed = standing.state is State.LAPSED
    key = "renewal_kept" if standing.lapses is None else "renewal_lapsed" if lapsed else "renewal_by"
    day = words.day(standing.lapses) if standing.lapses else ""
    deadline = words(f"endpoint.receipt.{key}", day=day)
    return Renewal(version, consent.statement, consent.question, consent.if_refused, deadline)
