"""Writes a letter in every language that both the site and the desk have: few people say in advance which one they read.

A letter holds no word of a draft: an address to read it at, behind signing in.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from urllib.parse import urlsplit

from desk.access import Access
from desk.people.person import Person
from desk.strings import LANGUAGES, desk_words
from widget.mail.message import Letter
from widget.people.addresses import BadAddress, address

Send = Callable[[Letter], None]


def languages_of(site_languages: Sequence[str]) -> tuple[str, ...]:
    """The languages of a letter: the site's that the desk has words in; English where it has none of them."""
    return tuple(name for name in site_languages if name in LANGUAGES) or LANGUAGES[:1]


def letter(access: Access, to: str, key: str, languages: Sequence[str], path: str = "", **values: object) -> Letter:
    """A letter whose words are `<key>_subject` and `<key>`, with the address of a page of the desk where one is given."""
    link = access.config.address + path if path else ""
    each = [desk_words(language) for language in languages]
    parts = [[words(key, **values), link, words("told.from")] for words in each]
    host = urlsplit(access.config.address).hostname or "localhost"
    return Letter(
        message_id=f"desk.{access.token(16)}@{host}",
        sender=access.config.mail_from or "",
        sender_name=each[0]("desk.name"),
        to=_mailbox(to),
        subject=" / ".join(words(f"{key}_subject") for words in each),
        body="\n\n".join(line for part in parts for line in part if line) + "\n",
        date=access.clock(),
        links=(link,) if link else (),
    )


def can_be_written(person: Person) -> bool:
    """Whether somebody has an address that a letter can be sent to."""
    try:
        address(person.address)
    except BadAddress:
        return False
    return True


def _mailbox(text: str) -> str:
    try:
        return str(address(text))
    except BadAddress:
        return text
