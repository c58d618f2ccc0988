"""The rights of the endpoint's role in PostgreSQL: add to the ledger and read it, and no more than it must elsewhere."""

from __future__ import annotations

from collections.abc import Mapping

from widget.store.schema import (
    ACTION,
    ADDRESS,
    API_KEY,
    EARLIER,
    ERASURE,
    EVENT,
    HEAD,
    IDEMPOTENCY,
    LINK,
    LISTING,
    NODE,
    NOTE,
    OUTBOX,
    RECEIPT,
    RELEASE,
    REPORT,
    SUBJECT,
)

ADD = "SELECT, INSERT"
RIGHTS: Mapping[str, str] = {
    EVENT.name: ADD,
    NODE.name: ADD,
    HEAD.name: f"{ADD}, UPDATE",
    RECEIPT.name: f"{ADD}, UPDATE (ended)",
    LINK.name: "SELECT",
    EARLIER.name: ADD,
    LISTING.name: f"{ADD}, DELETE",
    API_KEY.name: f"{ADD}, UPDATE (revoked, used)",
    OUTBOX.name: f"{ADD}, UPDATE",
    ACTION.name: f"{ADD}, DELETE",
    NOTE.name: f"{ADD}, DELETE",
    REPORT.name: f"{ADD}, DELETE",
    RELEASE.name: f"{ADD}, UPDATE, DELETE",
    IDEMPOTENCY.name: f"{ADD}, DELETE",
    ERASURE.name: ADD,
    ADDRESS.name: f"{ADD}, DELETE",
    SUBJECT.name: f"{ADD}, UPDATE, DELETE",
    "alembic_version": "SELECT",
}
"""The rights that each table needs, and no others."""


def grants(role: str) -> list[str]:
    """The statements that the owner of the tables runs for the role that `consents serve` connects as.

    The role then cannot drop the rules, change an event or make a table: `consents migrate` is run by the owner.
    """
    name = '"' + role.replace('"', '""') + '"'
    return [
        f"GRANT USAGE ON SCHEMA public TO {name}",
        *(f"GRANT {rights} ON {table} TO {name}" for table, rights in RIGHTS.items()),
        f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {name}",
    ]
