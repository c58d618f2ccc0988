"""The words and the recipient of a message that is owed: the service or the person. The recipient of a link is found
here, when it is sent, so that the page that asked for it can tell nobody anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode, urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined

from widget.consent import on_file
from widget.consent.acting import request_reference
from widget.consent.linked import Found, agreed_under, asked_for, consents_on
from widget.consent.offers import contact_for
from widget.consent.problem_reports import page_reported
from widget.consent.receipt_words import version_read
from widget.consent.renewal import Standing, standings
from widget.consent.seen import contested
from widget.ledger import receipt as receipts
from widget.ledger.events import ConsentEvent, Kind
from widget.ledger.receipt import Receipt
from widget.mail.context import MailContext
from widget.mail.digest import digest
from widget.mail.message import NO_ADDRESS, Letter, Undeliverable
from widget.mail.typed_text import one_line
from widget.manifest import PublishedVersion
from widget.people.addresses import BadAddress, a_labels, address, lookup
from widget.people.details import Details
from widget.people.mailed_links import Link, Purpose, link_token, recipient_of
from widget.people.problem_reports import open_problem
from widget.store.outbox import AGREED_KIND, LINK_KIND, Owed
from widget.store.problem_reports import PROBLEM_KIND
from widget.store.queries import Reading
from widget.strings import Words, shell_and_words

TEXTS = Environment(  # plain text, not HTML: nothing is escaped
    loader=PackageLoader("widget", "templates/mail"),
    autoescape=False,  # noqa: S701
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
REASONS = {
    Kind.WITHDRAWAL_REQUESTED: "endpoint.mail.service_asked",
    Kind.REVOKED: "endpoint.mail.service_revoked",
}
TO_RESIDENT = ("receipt", LINK_KIND, AGREED_KIND, "renewal")


def is_for_resident(owed: Owed) -> bool:
    """Whether the message goes to a resident, whose address may be wrong for good."""
    return owed.kind.partition(" ")[0] in TO_RESIDENT


def letter(owed: Owed, reading: Reading, here: MailContext) -> Letter | None:
    """The letter; None where there is nobody to write to.

    `Undeliverable` where the address on file is one that no letter can be sent to.
    """
    event = reading.event_at(owed.seq)
    if event is None:
        return None
    kind, _, number = owed.kind.partition(" ")
    words = (
        _words_in(here, number.partition(" ")[0]) if kind == AGREED_KIND else words_of(here, _spoken(event, reading))
    )
    writes = {"receipt": RECEIPTS.get(number.partition("-")[0], _receipt), LINK_KIND: _link}
    if kind == "digest":
        said = _digest(event, date.fromisoformat(number), reading, here, words)
    elif kind == "renewal":
        said = _renewal(event, int(number), reading, here, words)
    elif kind == PROBLEM_KIND:
        said = _problem(number, reading, here)
    elif kind == AGREED_KIND:
        said = _agreed(owed, reading, here, words)
    elif kind in writes:
        said = writes[kind](event, reading, here, words)
    else:
        said = _service(event, reading, here, words)
    if said is None or not said.to:
        return None
    site = here.manifest.site
    host = _host(site.base_url)
    number = f"{owed.kind.replace(' ', '-')}.{event.event_id}"
    council = one_line(site.name)
    return Letter(
        message_id=f"{number}@{host}",
        sender=here.config.mail_from or site.contact.email or f"noreply@{host}",
        sender_name=council,
        to=_mailbox(said.to),
        subject=words(f"endpoint.mail.subject_{said.group}", council=council),
        body=said.body,
        date=here.clock(),
        leave=said.leave,
        links=said.links,
    )


def details_of(reading: Reading, here: MailContext, subject: str) -> Details:
    """A subject's own details; nothing where it was erased."""
    return on_file.details_of(reading, here.sealing, subject)


def _spoken(event: ConsentEvent, reading: Reading) -> ConsentEvent:
    """The event whose language a letter is in: a change of details has none, the act before it has."""
    if event.kind is not Kind.DETAILS_CHANGED:
        return event
    before = [one for one in reading.events_of(event.subject or "") if one.language and one.seq < event.seq]
    return before[-1] if before else event


def words_of(here: MailContext, event: ConsentEvent) -> Words:
    """The words in the language of an event."""
    return _words_in(here, event.language or "")


def _words_in(here: MailContext, language: str) -> Words:
    return shell_and_words(here.published.layout, here.manifest.site.languages, language)[1]


@dataclass(frozen=True)
class _Said:
    """A letter's own part. `links` are the addresses in it that are ours and stand alone on a line."""

    group: str
    to: str
    body: str
    links: tuple[str, ...] = ()
    leave: str | None = None


def _mailbox(on_file: str) -> str:
    """The address as a letter bears it: one from before today's grammar may be none."""
    try:
        return str(address(on_file))
    except BadAddress as error:
        raise Undeliverable(f"{NO_ADDRESS}: {error}") from error


def _host(base_url: str) -> str:
    """The site's host as it can be named in an address and a Message-ID."""
    host = urlsplit(base_url).hostname or "localhost"
    return f"[{host}]" if ":" in host else a_labels(host) or "localhost"


def _as_typed(said: Details) -> Details:
    """A person's words, each part on one line: it is beside a label of ours in a letter."""
    return Details(**{name: one_line(value) for name, value in vars(said).items() if value})


def _service(event: ConsentEvent, reading: Reading, here: MailContext, words: Words) -> _Said | None:
    version = version_read(event, here.manifest) or _newest(event.notice, here)
    consent = version.consent(event.consent or "") if version else None
    contact = contact_for(version, consent, here.manifest) if version else here.manifest.site.contact
    subject = event.subject or ""
    receipt = reading.receipt_about(subject, event.notice or "")
    said = _as_typed(details_of(reading, here, subject))
    to = contact.email or here.manifest.site.contact.email or ""
    asked = request_reference(event) if event.kind is Kind.WITHDRAWAL_REQUESTED else ""
    desk = _at_desk(here, reference=receipt.reference if receipt else asked)
    body = _text(
        "service.txt",
        words,
        here,
        why=REASONS.get(event.kind, "endpoint.mail.service_withdrawn"),
        event=event,
        when=words.time(event.happened),
        title=version.title if version else "",
        statement=consent.statement if consent else "",
        effect=consent.effect if consent else "",
        reference=receipt.reference if receipt else said.reference,
        asked=asked,
        said=said,
        desk=desk,
    )
    return _Said("service", to, body, (desk,))


def _problem(report: str, reading: Reading, here: MailContext) -> _Said | None:
    """To whoever answers for the page; nothing where the report was erased before its letter went out."""
    row = reading.report(report)
    if row is None:
        return None
    problem = open_problem(row.row_key, row.sealed, report, here.keys.details_key)
    version = page_reported(row, here.manifest)
    contact = contact_for(version, None, here.manifest) if version else here.manifest.site.contact
    words = _words_in(here, row.language)
    body = _text(
        "problem.txt",
        words,
        here,
        when=words.time(row.made),
        title=version.title if version else "",
        row=row,
        said=one_line(problem.said),
        email=one_line(problem.email or ""),
    )
    return _Said("problem", contact.email or here.manifest.site.contact.email or "", body)


def _digest(event: ConsentEvent, day: date, reading: Reading, here: MailContext, words: Words) -> _Said | None:
    version = version_read(event, here.manifest) or _newest(event.notice, here)
    contact = contact_for(version, None, here.manifest) if version else here.manifest.site.contact
    found = digest(event, day, reading)
    title = version.title if version else event.notice
    desk = _at_desk(here, notice=event.notice or "")
    body = _text("digest.txt", words, here, found=found, title=title, desk=desk)
    return _Said("digest", contact.email or "", body, (desk,))


def _receipt(event: ConsentEvent, reading: Reading, here: MailContext, words: Words) -> _Said | None:
    receipt = reading.receipt_about(event.subject or "", event.notice or "")
    said = details_of(reading, here, event.subject or "")
    if receipt is None or not said.email:
        return None
    own = standings(reading.events_on(receipt), here.manifest, here.today())
    other = contested(receipt, own, reading, here.manifest, here.today())
    lines = [
        (
            words(f"endpoint.mail.state_{standing.state}"),
            _statement(version_read(standing.event, here.manifest), standing),
            words.either("endpoint.receipt.ambiguous") if consent in other else "",
        )
        for consent, standing in own.items()
    ]
    version = version_read(event, here.manifest)
    discreet = receipt.notice in here.manifest.discreet
    if discreet:
        lines, version = [], None
    manage = _manage(here, receipt)
    confirm = _link_address(here, Purpose.ADDRESS, event, said.email)
    body = _text(
        "receipt.txt",
        words,
        here,
        reference=receipt.reference,
        lines=lines,
        version=version,
        discreet=discreet,
        manage=manage,
        confirm=confirm,
        when=words.time(receipt.made),
    )
    return _Said("resident", said.email, body, (manage, confirm, version.url if version else ""))


def _claim(event: ConsentEvent, reading: Reading, here: MailContext, words: Words) -> _Said | None:
    """To an address that is to take the place of a confirmed one: whether it is the person's.

    Nothing else is theirs yet.
    """
    claim = on_file.held_of(reading, here.sealing, event.subject or "").claim
    if claim is None:
        return None
    confirm = _link_address(here, Purpose.ADDRESS, event, claim.value)
    return _Said("resident", claim.value, _text("claim.txt", words, here, confirm=confirm), (confirm,))


def _moved(event: ConsentEvent, reading: Reading, here: MailContext, words: Words) -> _Said | None:
    """To the confirmed address that another one took the place of."""
    former = on_file.held_of(reading, here.sealing, event.subject or "").former
    if former is None:
        return None
    ask = f"{here.manifest.site.base_url}/withdraw?language={words.language}"
    return _Said("resident", former.value, _text("moved.txt", words, here, ask=ask), (ask,))


RECEIPTS = {"claim": _claim, "moved": _moved}
"""Letters about an address.

They are owed as receipts, so that a host of release 0.1.0 sends one, not a task for the service.
"""


def _link(event: ConsentEvent, reading: Reading, here: MailContext, words: Words) -> _Said | None:
    to = asked_for(event, reading, here.sealing)
    if to is None:
        return None
    answers = _agreed_with(to, reading, here)
    if not answers:
        return None
    lead = "endpoint.mail.link_lead"
    if not any(one.stands for one in answers):
        lead = "endpoint.mail.link_lead_none"
    link = _link_address(here, Purpose.WITHDRAW, event, to)
    return _Said("resident", to, _text("link.txt", words, here, link=link, lead=lead), (link,))


def _agreed(owed: Owed, reading: Reading, here: MailContext, words: Words) -> _Said | None:
    """To an address with which something was agreed to, standing or withdrawn; to no other."""
    found = agreed_under(owed.recipient, reading, here.sealing) if owed.recipient else None
    if found is None or not _agreed_with(found[0], reading, here):
        return None
    to, event = found
    link = f"{_link_address(here, Purpose.WITHDRAW, event, to)}?language={words.language}"
    return _Said("resident", to, _text("agreed.txt", words, here, link=link), (link,))


def _agreed_with(email: str, reading: Reading, here: MailContext) -> list[Found]:
    """The consents on the receipts of an address, standing and withdrawn."""
    known = reading.known_by(lookup(email, here.keys.pepper))
    receipts = [receipt for one in known for receipt in reading.receipts_of(one.subject)]
    return list(consents_on(receipts, reading, here.manifest, here.today()))


def _renewal(event: ConsentEvent, number: int, reading: Reading, here: MailContext, words: Words) -> _Said | None:
    receipt = reading.receipt_about(event.subject or "", event.notice or "")
    said = details_of(reading, here, event.subject or "")
    known = reading.known(event.subject or "")
    if receipt is None or not said.email or known is None or not known.confirmed or known.quiet:
        return None
    standing = standings(reading.events_on(receipt), here.manifest, here.today()).get(event.consent or "")
    if standing is None or standing.renewal is None or standing.renewal.version != number:
        return None
    manage = _manage(here, receipt)
    leave = _link_address(here, Purpose.QUIET, event, said.email)
    body = _text(
        "renewal.txt",
        words,
        here,
        manage=manage,
        discreet=receipt.notice in here.manifest.discreet,
        before=_agreed_words(version_read(event, here.manifest), standing),
        now=_agreed_words(standing.renewal, standing),
        lapses=words.day(standing.lapses) if standing.lapses else "",
        leave=leave,
    )
    return _Said("resident", said.email, body, (manage, leave), leave)


def _statement(version: PublishedVersion | None, standing: Standing) -> str:
    consent = version.consent(standing.event.consent or "") if version else None
    return consent.statement if consent else standing.event.consent or ""


def _agreed_words(version: PublishedVersion | None, standing: Standing) -> str:
    """The statement, and the question that it was asked as with the answer that says yes."""
    consent = version.consent(standing.event.consent or "") if version else None
    if consent is None or consent.question is None:
        return _statement(version, standing)
    return f"{consent.statement}\n{consent.question.text} {consent.question.agree}"


def _newest(notice: str | None, here: MailContext) -> PublishedVersion | None:
    versions = [version for version in here.manifest.versions if version.notice == notice]
    return next((version for version in reversed(versions) if version.consents), None)


def _at_desk(here: MailContext, **wanted: str) -> str:
    """The address of the desk's list of withdrawals, at what is wanted; empty where no desk is set."""
    if here.config.desk is None:
        return ""
    return f"{here.config.desk}/desk/withdrawals?{urlencode(wanted)}"


def _manage(here: MailContext, receipt: Receipt) -> str:
    token = receipts.token(here.keys.token_secret, receipt)
    return f"{here.manifest.site.base_url}/receipt/{token}"


def _link_address(here: MailContext, purpose: Purpose, event: ConsentEvent, to: str) -> str:
    recipient = recipient_of(lookup(to, here.keys.pepper))
    mailed = max(here.clock(), datetime.fromisoformat(event.at))  # another host's clock may be ahead
    token = link_token(here.keys.token_secret, Link(purpose, event.event_id, recipient, mailed))
    return f"{here.manifest.site.base_url}/confirm/{token}"


def _text(template: str, words: Words, here: MailContext, **context: object) -> str:
    return TEXTS.get_template(template).render(t=words, site=here.manifest.site, **context)
