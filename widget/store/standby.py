"""Whether PostgreSQL confirms a commit before a standby has it: then a fail-over can lose what was acknowledged."""

from __future__ import annotations

import logging

from sqlalchemy.engine import Connection

log = logging.getLogger("consents")


def warn_of_standbys(connection: Connection) -> None:
    """Say in the log what a fail-over can lose; as a warning where standbys are connected now, which waits for none."""
    if connection.dialect.name == "sqlite" or connection.exec_driver_sql("SHOW synchronous_standby_names").scalar():
        return
    standbys = connection.exec_driver_sql("SELECT count(*) FROM pg_stat_replication").scalar_one()
    log.log(
        logging.WARNING if standbys else logging.INFO,
        "PostgreSQL confirms commits before a standby has them (synchronous_standby_names is empty; standbys connected: %d): "
        "acknowledged acts can be lost in a fail-over. The endpoint would notice and stop. Name a standby there so that "
        "none is lost.",
        standbys,
    )
