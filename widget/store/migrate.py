"""Brings a database to the tables and rules of this release, with Alembic. Run before the workers start.

The scripts stand in `migrations/versions`. A published script never changes; a new release adds one.
"""

from __future__ import annotations

import logging
from functools import cache
from pathlib import Path

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import inspect
from sqlalchemy.engine import Connection

from widget.errors import StartRefused

logging.getLogger("alembic").setLevel(logging.WARNING)  # it would tell of its dialects at each start
log = logging.getLogger("consents")
MIGRATIONS = Path(__file__).parent / "migrations"


@cache
def newest() -> str:
    """The revision that this release needs."""
    return str(_scripts().get_current_head())


def is_current(connection: Connection) -> bool:
    """Whether the database has the tables and rules of this release. Changes nothing."""
    if not inspect(connection).has_table("alembic_version"):
        return False
    return _revision(connection) == newest()


def migrate(connection: Connection, to: str = "head") -> None:
    """Run what is missing up to a revision, in the connection's transaction, which must hold the write lock.

    `StartRefused` where a newer release was here already: this one does not know what its tables mean.
    """
    revision = _revision(connection)
    scripts = _scripts()
    try:
        if revision:
            scripts.get_revision(revision)
    except CommandError as error:
        raise StartRefused(
            f"The database was brought to revision {revision} by a newer release than this one. Use that, or restore "
            "the backup from before the upgrade."
        ) from error
    with EnvironmentContext(
        Config(), scripts, fn=lambda found, _context: scripts._upgrade_revs(to, found)
    ) as environment:
        environment.configure(connection=connection, transactional_ddl=True)
        environment.run_migrations()
    log.info("the database was brought from revision %s to %s", revision, _revision(connection))


def postgresql_rules() -> list[str]:
    """The statements of all migrations that make PostgreSQL's rules: each script lists its own as `POSTGRESQL_RULES`."""
    scripts = [script.module for script in _scripts().walk_revisions()]
    return [statement for script in reversed(scripts) for statement in getattr(script, "POSTGRESQL_RULES", ())]


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _scripts() -> ScriptDirectory:
    return ScriptDirectory(str(MIGRATIONS))
