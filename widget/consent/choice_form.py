"""The questions of a version's form to one person, or for a child, as the script builds it on another site. Pure.

Our own pages ask the same in templates/consent_form.html.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from widget.manifest import ActingFor, Consent, PublishedVersion
from widget.strings import Words


@dataclass(frozen=True)
class Asked:
    """A statement with what its answers mean, and the answers as (value, label): no first, equal in weight."""

    id: str
    topic: str | None
    statement: str
    notes: tuple[str, ...]
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Field:
    """A field to type in; `type` and `autocomplete` are those of HTML."""

    name: str
    type: str
    autocomplete: str
    label: str
    hint: str


@dataclass(frozen=True)
class ChoiceForm:
    """The form, for oneself or for a child. `instead` is for whom one can answer in place of that."""

    acting_for: str
    lead: str
    asked: tuple[Asked, ...]
    fields: tuple[Field, ...]
    instead: str | None


def acting_for(version: PublishedVersion, wanted: str) -> ActingFor:
    """For whom the form asks: as wanted, where something can be answered so."""
    able = [who for who in ActingFor if version.asked(who)]
    return next((who for who in able if who == wanted), able[0] if able else ActingFor.SELF)


def choice_form(version: PublishedVersion, wanted: str, words: Words) -> ChoiceForm:
    """The form for oneself or, where wanted and possible, for a child."""
    who = acting_for(version, wanted)
    others = [other for other in ActingFor if other != who and version.asked(other)]
    child = who is ActingFor.CHILD
    return ChoiceForm(
        who,
        words.either("consent_form.child_lead", "consent_form.for_child") if child else "",
        tuple(_asked(consent, words, child=child) for consent in version.asked(who)),
        tuple(_fields(version, words, who)),
        others[0] if others else None,
    )


def _asked(consent: Consent, words: Words, *, child: bool) -> Asked:
    notes = [consent.if_refused, consent.effect]
    if consent.reach:
        notes.append(words("consent_form.reach_child" if child else "consent_form.reach"))
    refuse, agree = words("consent_form.refuse"), words("consent_form.agree")
    if consent.question:
        notes.append(consent.question.text)
        refuse, agree = consent.question.refuse, consent.question.agree
    return Asked(consent.id, consent.topic, consent.statement, tuple(notes), (("refused", refuse), ("given", agree)))


def _fields(version: PublishedVersion, words: Words, who: ActingFor) -> Iterator[Field]:
    reach = any(consent.reach for consent in version.asked(who))
    if who is ActingFor.CHILD:
        label = (
            words("consent_form.about_reach")
            if reach
            else words.either("consent_form.about", "endpoint.withdraw.about")
        )
        hints = (words.either("consent_form.about_hint"), words.either("consent_form.unread"), version.urgent_help)
        yield Field("about", "text", "off", label, " ".join(filter(None, hints)))
    if not reach:
        yield Field("email", "email", "email", words("consent_form.email"), words("consent_form.email_hint"))
        return
    yield Field("email", "email", "email", words("endpoint.withdraw.email"), words("consent_form.email_reach"))
    yield Field("phone", "tel", "tel", words("endpoint.withdraw.phone"), words("consent_form.phone_hint"))
    yield Field("case", "text", "off", words("endpoint.withdraw.case"), words("consent_form.case_hint"))
