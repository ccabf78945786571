"""The database's own refusal to change an event, on SQLite and PostgreSQL, and the check that it is there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error
from django.db import connections

_SQLITE = {
    "audit_no_update": "BEFORE UPDATE ON audit_event BEGIN SELECT RAISE(ABORT, 'audit events are never changed'); END",
    "audit_no_delete": "BEFORE DELETE ON audit_event BEGIN SELECT RAISE(ABORT, 'audit events are never deleted'); END",
    # INSERT OR REPLACE deletes without firing the delete trigger, so an insert over an event is refused too.
    "audit_no_replace": (
        "BEFORE INSERT ON audit_event WHEN EXISTS (SELECT 1 FROM audit_event WHERE id = NEW.id "
        "OR (system = NEW.system AND sequence = NEW.sequence)) "
        "BEGIN SELECT RAISE(ABORT, 'audit events are never replaced'); END"
    ),
}
_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'audit events are never changed or deleted'; END $$
"""
_POSTGRESQL = {
    "audit_no_change": "BEFORE UPDATE OR DELETE ON audit_event FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
    "audit_no_truncate": "BEFORE TRUNCATE ON audit_event FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()",
}


def make_triggers(using: str) -> None:
    """This function will make every trigger again, so that none is missing after a migration."""
    connection = connections[using]
    if "audit_event" not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRESQL_FUNCTION)
            for name, body in _POSTGRESQL.items():
                cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON audit_event")
                cursor.execute(f"CREATE TRIGGER {name} {body}")
        else:
            for name, body in _SQLITE.items():
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
                cursor.execute(f"CREATE TRIGGER {name} {body}")


def missing_triggers(using: str) -> list[str]:
    """This function will name the triggers that should be on the table and are not, or are switched off."""
    connection = connections[using]
    if "audit_event" not in connection.introspection.table_names():
        return []
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgname FROM pg_trigger WHERE tgrelid = 'audit_event'::regclass AND tgenabled <> 'D'")
            wanted = _POSTGRESQL
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit_event'")
            wanted = _SQLITE
        present = {row[0] for row in cursor.fetchall()}
    return sorted(set(wanted) - present)


def check_triggers(databases: Sequence[str] | None = None, **given: Any) -> list[CheckMessage]:
    """This function will be Django's check that the log cannot be changed behind our back."""
    return [
        Error(
            f"The event log can be changed: {', '.join(missing)} is missing from database “{using}”.",
            hint="Run `sightline migrate`, which makes the triggers again; then `sightline audit verify`.",
            id="audit.E001",
        )
        for using in databases or ()
        if (missing := missing_triggers(using))
    ]
