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
from sqlalchemy import inspect, select
from sqlalchemy.engine import Connection

from widget import __version__
from widget.errors import StartRefused
from widget.store.schema import RELEASE

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
    return revision_of(connection) == newest()


def migrate(connection: Connection, to: str = "head") -> None:
    """Run what is missing up to a revision, in the connection's transaction, which must hold the write lock.

    `StartRefused` where a newer release was here already: this one does not know what its tables mean.
    """
    refuse_newer(connection)
    revision, scripts = revision_of(connection), _scripts()
    with EnvironmentContext(
        Config(), scripts, fn=lambda found, _context: scripts._upgrade_revs(to, found)
    ) as environment:
        environment.configure(connection=connection, transactional_ddl=True)
        environment.run_migrations()
    log.info("the database was brought from revision %s to %s", revision, revision_of(connection))


def refuse_newer(connection: Connection) -> None:
    """`StartRefused` where a newer release brought the database to tables that this one does not know."""
    revision = revision_of(connection)
    if revision is None or revision in revisions():
        return
    raise StartRefused(
        f"Release {__version__} cannot use this database, because {_newer(connection)} brought it to revision {revision}; "
        "nothing was changed. Install that release again; docs/upgrading.md says what going back would cost."
    )


def revisions() -> list[str]:
    """The revisions that this release knows, the first one first."""
    return [script.revision for script in _scripts().walk_revisions()][::-1]


def _newer(connection: Connection) -> str:
    """The newer release by its number, where a process of it said so within a day."""
    if not inspect(connection).has_table(RELEASE.name):
        return "a newer release"
    said = connection.execute(select(RELEASE.c.release).order_by(RELEASE.c.schema.desc(), RELEASE.c.seen.desc()))
    others = (name for name in said.scalars() if name != __version__)
    return f"a newer release ({name})" if (name := next(others, None)) else "a newer release"


def postgresql_rules() -> list[str]:
    """The statements of all migrations that make PostgreSQL's rules: each script lists its own as `POSTGRESQL_RULES`."""
    scripts = [script.module for script in _scripts().walk_revisions()]
    return [statement for script in reversed(scripts) for statement in getattr(script, "POSTGRESQL_RULES", ())]


def revision_of(connection: Connection) -> str | None:
    """The revision of a database's tables; None where no migration ever ran."""
    return MigrationContext.configure(connection).get_current_revision()


def _scripts() -> ScriptDirectory:
    return ScriptDirectory(str(MIGRATIONS))
