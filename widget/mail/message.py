"""A letter: to one address, with a subject that gives nobody away, and an id by which a second copy is known. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP


class Undeliverable(Exception):
    """The letter was refused for good: this address does not take mail."""


class NotSent(Exception):
    """The letter could not be handed over now; it is to be tried again."""


@dataclass(frozen=True)
class Letter:
    """One message. `leave` is an address that stops letters of this kind, where they can be stopped (RFC 8058)."""

    message_id: str
    sender: str
    sender_name: str
    to: str
    subject: str
    body: str
    leave: str | None = None

    def message(self) -> EmailMessage:
        """The letter as RFC 5322 text, with exactly one recipient."""
        message = EmailMessage(policy=SMTP)
        message["From"] = Address(self.sender_name, addr_spec=self.sender)
        message["To"] = Address(addr_spec=self.to)
        message["Subject"] = self.subject
        message["Message-ID"] = f"<{self.message_id}>"
        message["Auto-Submitted"] = "auto-generated"
        if self.leave:
            message["List-Unsubscribe"] = f"<{self.leave}>"
            message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        message.set_content(self.body, cte="quoted-printable")
        return message
