"""A letter: to one address, with a subject that gives nobody away, and an id by which a second copy is known. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from enum import StrEnum

SHORT_LINES = SMTP.clone(max_line_length=76)
"""Quoted-printable allows 76 signs a line (RFC 2045, 6.7); Python would write 78."""
UNFOLDED = SMTP.clone(max_line_length=998)
"""The longest line that RFC 5322 (2.1.1) allows. At 78, Python cuts a long List-Unsubscribe into encoded words, which no
mail program undoes."""


ADDRESS_REFUSED = "the address was refused"
CANNOT_WRITE = "the server cannot write to that address"
NO_ADDRESS = "no letter can be sent to the address on file"
NO_MAILBOX = "the service has no mail address"
"""How the notes on letters begin that say why one was not sent: `mail.undelivered` knows them again."""


class Why(StrEnum):
    """Why a letter is not tried again."""

    REFUSED = "refused"
    """The mail server does not know the address, or takes nothing for it."""
    NO_ADDRESS = "no-address"
    """The text on file as an address is none that a letter can be sent to."""
    NO_MAILBOX = "no-mailbox"
    """Neither the service nor the council has a mail address."""
    TOO_MANY = "too-many"
    """The address had as many letters as it may get, for five days."""
    NOT_TAKEN = "not-taken"
    """No mail server took it in five days."""
    FULL = "full"
    """It came back: the mailbox is full."""
    UNWANTED = "unwanted"
    """It came back: a mail server took it for unwanted mail, or does not let it in."""
    CAME_BACK = "came-back"
    """It came back for another reason."""


class Undeliverable(Exception):
    """The letter was refused for good: this address does not take mail."""


class NotSent(Exception):
    """The letter could not be handed over now; it is to be tried again."""


@dataclass(frozen=True)
class Letter:
    """One message.

    `date` is when it is handed over. `leave` is an address that stops letters of this kind, where they can be stopped
    (RFC 8058). `links` are the addresses in the body that are ours and alone on their lines: nothing else is a link.
    """

    message_id: str
    sender: str
    sender_name: str
    to: str
    subject: str
    body: str
    date: datetime
    leave: str | None = None
    links: tuple[str, ...] = ()

    def message(self) -> EmailMessage:
        """The letter as RFC 5322 text, with exactly one recipient."""
        message = EmailMessage(policy=SHORT_LINES)
        message["From"] = Address(self.sender_name, addr_spec=self.sender)
        message["To"] = Address(addr_spec=self.to)
        message["Subject"] = self.subject
        message["Date"] = format_datetime(self.date)
        message["Message-ID"] = f"<{self.message_id}>"
        message["Auto-Submitted"] = "auto-generated"
        if self.one_click:
            message["List-Unsubscribe"] = f"<{self.one_click}>"
            message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        message.set_content(self.body, cte="quoted-printable")
        message.policy = UNFOLDED  # for the headers, which are written last; the body is written by now
        return message

    @property
    def one_click(self) -> str | None:
        """The address for one click in a mail program; it must be HTTPS (RFC 8058, 3.1)."""
        return self.leave if self.leave and self.leave.startswith("https://") else None
