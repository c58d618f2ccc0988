"""Tables, columns, indexes and rules: compared with those that this release's migrations make."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.engine import Connection

from widget.store.audit.findings import Fault, Ledger, shown
from widget.store.engine import sqlite_module
from widget.store.migrate import migrate, postgresql_rules
from widget.store.schema import METADATA

WHOLE = "Somebody changed the database's structure: compare it with that of a new one"
UNGUARDED = "Rows can be changed that must never be"
SQLITE_RULES = "SELECT type || ' ' || name, tbl_name, sql FROM sqlite_master WHERE type IN ('trigger', 'view')"
POSTGRESQL_TRIGGERS = """SELECT tgname, relname, tgenabled, pg_get_triggerdef(pg_trigger.oid) FROM pg_trigger
    JOIN pg_class ON pg_class.oid = tgrelid WHERE NOT tgisinternal AND relnamespace = current_schema()::regnamespace"""
POSTGRESQL_FUNCTIONS = """SELECT proname, prosrc FROM pg_proc WHERE pronamespace = current_schema()::regnamespace
    AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e')"""
"""Those of extensions, such as pg_stat_statements, are nobody's tampering."""
POSTGRESQL_OTHERS = """SELECT rulename, 'rule', tablename FROM pg_rules WHERE schemaname = current_schema()
    UNION ALL SELECT policyname, 'policy', tablename FROM pg_policies WHERE schemaname = current_schema()
    UNION ALL SELECT relname, 'view', relname FROM pg_class WHERE relkind IN ('v', 'm')
    AND relnamespace = current_schema()::regnamespace
    AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE objid = pg_class.oid AND deptype = 'e')"""
TRIGGER = re.compile(
    r"CREATE TRIGGER (\w+)\s+(BEFORE|AFTER)\s+(.+?)\s+ON\s+(?:\w+\.)?(\w+)\s+FOR EACH (\w+)\s+"
    r"(WHEN .+?\s+)?EXECUTE FUNCTION (?:\w+\.)?(\w+)\(\)",
    re.S,
)
FUNCTION = re.compile(r"CREATE FUNCTION (\w+)\(\).*?\$\$(.*?)\$\$", re.S)


def table_faults(ledger: Ledger) -> Iterator[Fault]:
    """Tables, columns, indexes and keys that are missing, too many or others."""
    for difference in compare_metadata(MigrationContext.configure(ledger.connection), METADATA):
        for one in difference if isinstance(difference, list) else [difference]:
            yield Fault(*_said(one), WHOLE)
    inspector = inspect(ledger.connection)
    there = set(inspector.get_table_names())
    for table in METADATA.sorted_tables:
        if table.name not in there:
            continue
        expected = [column.name for column in table.primary_key.columns]
        if inspector.get_pk_constraint(table.name)["constrained_columns"] != expected:
            yield Fault(f"table {table.name}", "its primary key is another", WHOLE)


def rule_faults(ledger: Ledger) -> Iterator[Fault]:
    """Triggers and functions that are missing, changed, switched off or too many; views, rules and policies."""
    if ledger.connection.dialect.name == "sqlite":
        expected, there = _sqlite_expected(), _sqlite_rules(ledger.connection)
    else:
        expected, there = _postgresql_expected(), _postgresql_rules(ledger.connection)
        for name, kind, table in ledger.connection.execute(text(POSTGRESQL_OTHERS)):
            yield Fault(f"{kind} {shown(name)}", f"the {kind} on {shown(table)} is none of this release's", WHOLE)
    for name, rule in expected.items():
        if name not in there:
            yield Fault(name, "the rule is missing", UNGUARDED)
        elif there[name] != rule:
            yield Fault(name, "the rule is another, or switched off", UNGUARDED)
    for name in there.keys() - expected.keys():
        yield Fault(shown(name), "it is none of this release's rules", "It can change what is written unseen")


def _said(difference: tuple[object, ...]) -> tuple[str, str]:
    """Where and what, from one difference as Alembic tells it."""
    verb, *about = difference
    names = [str(getattr(one, "name", one)) for one in about if one is not None and not isinstance(one, dict)]
    what = str(verb).replace("_", " ").replace("add ", "missing: ").replace("remove ", "too many: ")
    return f"table structure, {shown(', '.join(names))}", what


@cache
def _sqlite_expected() -> Mapping[str, object]:
    """The rules of a new database, made in memory."""
    engine = create_engine("sqlite://", module=sqlite_module())
    with engine.begin() as connection:
        migrate(connection)
        found = _sqlite_rules(connection)
    engine.dispose()
    return found


def _sqlite_rules(connection: Connection) -> dict[str, object]:
    return {
        name: (table, " ".join(sql.replace(" IF NOT EXISTS", "").split()))
        for name, table, sql in connection.execute(text(SQLITE_RULES))
    }


@cache
def _postgresql_expected() -> Mapping[str, object]:
    """The rules that the migrations' statements make."""
    script = ";\n".join(postgresql_rules())
    functions = {f"function {name}": " ".join(body.split()) for name, body in FUNCTION.findall(script)}
    return functions | {f"trigger {found[1]}": ("O", _parsed(found[0])) for found in TRIGGER.finditer(script)}


def _postgresql_rules(connection: Connection) -> dict[str, object]:
    functions = {
        f"function {name}": " ".join(body.split()) for name, body in connection.execute(text(POSTGRESQL_FUNCTIONS))
    }
    triggers = connection.execute(text(POSTGRESQL_TRIGGERS))
    return functions | {f"trigger {name}": (_text(enabled), _parsed(sql)) for name, _, enabled, sql in triggers}


def _parsed(sql: str) -> object:
    found = TRIGGER.search(sql)
    if found is None:
        return sql
    name, moment, events, table, each, condition, function = found.groups()
    return name, moment, frozenset(events.split(" OR ")), table, each, condition, function


def _text(value: object) -> str:
    return value.decode() if isinstance(value, bytes) else str(value)
