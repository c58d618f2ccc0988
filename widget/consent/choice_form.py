"""What the form of a version asks of one person, or for a child, as the script builds it on another site. Pure.

Our own pages say the same in templates/consent_form.html.
"""

from __future__ import annotations

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
        tuple(_asked(consent, words) for consent in version.asked(who)),
        tuple(_fields(words, child=child)),
        others[0] if others else None,
    )


def _asked(consent: Consent, words: Words) -> Asked:
    answers = ("refused", words("consent_form.refuse")), ("given", words("consent_form.agree"))
    return Asked(consent.id, consent.topic, consent.statement, (consent.if_refused, consent.effect), answers)


def _fields(words: Words, *, child: bool) -> list[Field]:
    email = Field("email", "email", "email", words("consent_form.email"), words("consent_form.email_hint"))
    if not child:
        return [email]
    label = words.either("consent_form.about", "endpoint.withdraw.about")
    return [Field("about", "text", "off", label, words.either("consent_form.about_hint")), email]
