"""What the endpoint's role may do in PostgreSQL: add to the ledger and read it, and no more than it must elsewhere."""

from __future__ import annotations

from widget.store.schema import EVENT, METADATA, NODE

APPEND_ONLY = (EVENT.name, NODE.name)


def grants(role: str) -> list[str]:
    """The statements that the owner of the tables runs for the role that `consents serve` connects as.

    The role then cannot drop the rules, change an event or make a table: `consents migrate` is run by the owner.
    """
    name = '"' + role.replace('"', '""') + '"'
    tables = sorted(METADATA.tables)
    others = ", ".join(table for table in tables if table not in APPEND_ONLY)
    return [
        f"GRANT USAGE ON SCHEMA public TO {name}",
        f"GRANT SELECT, INSERT ON {', '.join(APPEND_ONLY)} TO {name}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON {others} TO {name}",
        f"GRANT SELECT ON alembic_version TO {name}",
        f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {name}",
    ]
